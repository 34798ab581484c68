//! `--changed`: what was changed since a commit, and what the change causes elsewhere.
//!
//! A finding is told if it lies on a changed line, or if the blog before the change had none like it. That blog is the one
//! on the disk with the files of the commit laid over it.

mod git;
mod lines;

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use self::git::{Change, Git};
use self::lines::Changed;
use super::CheckArgs;
use super::check::Found;
use super::target::{Target, Targets};
use crate::baseline::{Entry, matched};
use crate::blog::{self, Blog};
use crate::config::{Config, Selection};
use crate::engine::{Engine, Verdict};
use crate::files::{Files, Text, Unreadable, is_markdown};
use crate::finding::RuleId;
use crate::text::Span;

/// `--changed`
#[derive(clap::Args)]
pub(super) struct ChangedArgs {
    /// Only what changed since the commit that REV and the work tree share, and what that causes [default REV: the
    /// default branch]
    #[arg(long, value_name = "REV", num_args = 0..=1, default_missing_value = "")]
    changed: Option<String>,
}

impl ChangedArgs {
    /// Whether it is asked for.
    pub(super) fn is_some(&self) -> bool {
        self.changed.is_some()
    }

    fn revision(&self) -> Option<&str> {
        self.changed.as_deref().filter(|revision| !revision.is_empty())
    }

    /// Leaves the posts out that did not change.
    ///
    /// # Errors
    /// Why nobody can tell, in a line.
    pub(super) fn keep_changed(&self, targets: &mut Targets) -> Result<(), String> {
        for target in targets.list.iter_mut().filter(|_| self.is_some()) {
            let changes = Changes::of(target, self.revision())?;
            target.files.retain(|file| changes.is_changed(file));
        }
        Ok(())
    }
}

/// What changed in a blog.
struct Changes {
    git: Git,
    base: String,
    list: Vec<Change>,
    /// The old paths of files that were there, by their path.
    old: HashMap<String, String>,
    added: HashSet<String>,
}

impl Changes {
    fn of(target: &Target, revision: Option<&str>) -> Result<Changes, String> {
        let git = Git::of(target.blog.files.root())?;
        let base = git.base(revision)?;
        let list = paired(&git, &base, target, git.changes(&base)?)?;
        let (mut old, mut added) = (HashMap::new(), HashSet::new());
        for change in &list {
            match change {
                Change::Added(path) => _ = added.insert(path.clone()),
                Change::Changed(from, to) => _ = old.insert(to.clone(), from.clone()),
                Change::Deleted(_) => {}
            }
        }
        // What was put away in the index and is there all the same is not new.
        added.retain(|path| !old.contains_key(path));
        Ok(Changes { git, base, list, old, added })
    }

    fn is_changed(&self, path: &str) -> bool {
        self.added.contains(path) || self.old.contains_key(path)
    }
}

/// The same changes, with posts that were renamed behind Git's back: it does not know the new name yet.
fn paired(git: &Git, base: &str, target: &Target, mut list: Vec<Change>) -> Result<Vec<Change>, String> {
    let gone = list.iter().filter_map(|change| match change {
        Change::Deleted(path) if is_markdown(path) => Some(path.clone()),
        _ => None,
    });
    let gone: Vec<String> = gone.collect();
    if gone.is_empty() {
        return Ok(list);
    }
    let paths: Vec<&str> = gone.iter().map(String::as_str).collect();
    let texts = git.texts(base, &paths)?;
    for (old, text) in gone.iter().zip(texts).filter_map(|(old, text)| Some((old, String::from_utf8(text?).ok()?))) {
        let is_same = |path: &String| {
            is_markdown(path) && target.blog.files.read(path).is_ok_and(|new| lines::are_alike(&text, &new))
        };
        let new = list.iter().position(|change| matches!(change, Change::Added(path) if is_same(path)));
        if let Some(Change::Added(new)) = new.map(|new| list.swap_remove(new)) {
            list.retain(|change| !matches!(change, Change::Deleted(path) if path == old));
            list.push(Change::Changed(old.clone(), new));
        }
    }
    Ok(list)
}

/// A blog before the change, and what changed.
struct Before {
    changes: Changes,
    target: Target,
}

/// The blogs that are checked, as they were.
pub(super) struct Past {
    /// One for each blog, in their order.
    list: Vec<Before>,
}

impl Past {
    /// Finds out what changed; `None` where nobody asks.
    ///
    /// # Errors
    /// Why nobody can tell, in a line.
    pub(super) fn of(args: &CheckArgs, targets: &Targets) -> Result<Option<Past>, String> {
        if !args.changed.is_some() {
            return Ok(None);
        }
        let selection = || args.selection();
        let before = |target| Before::of(target, args.changed.revision(), &selection());
        Ok(Some(Past { list: targets.list.iter().map(before).collect::<Result<_, _>>()? }))
    }

    /// Puts first what the change neither touches nor causes.
    pub(super) fn set_apart(&self, targets: &Targets, held: &mut [&mut Found]) {
        held.par_iter_mut().for_each(|found| {
            let place = targets.list.iter().position(|target| std::ptr::eq(target, found.target));
            if let Some(before) = place.map(|place| &self.list[place]) {
                before.set_apart(found);
            }
        });
    }
}

impl Before {
    fn of(target: &Target, revision: Option<&str>, selection: &Selection) -> Result<Before, String> {
        let changes = Changes::of(target, revision)?;
        let mut files = Files::on_disk(target.blog.files.root());
        let gone = changes.list.iter().filter_map(|change| match change {
            Change::Added(_) => None,
            Change::Deleted(path) | Change::Changed(path, _) => Some(path.as_str()),
        });
        let gone: Vec<&str> = gone.collect();
        let now = changes.list.iter().filter_map(|change| match change {
            Change::Changed(_, path) | Change::Added(path) => Some(path.as_str()),
            Change::Deleted(_) => None,
        });
        now.for_each(|path| files.hide(path));
        for (path, bytes) in gone.iter().zip(changes.git.texts(&changes.base, &gone)?) {
            if let Some(bytes) = bytes {
                files.lay(*path, text_of(bytes));
            }
        }
        let (engine, settings) = config_of(target, &files, selection);
        let now = Some(target.blog.now());
        let blog = Blog::new(files, blog::Settings { now, ..settings.into_blog() });
        Ok(Before { target: Target::new(blog, engine, target.root_why.clone(), None), changes })
    }

    fn set_apart(&self, found: &mut Found) {
        let file = found.file.to_string();
        if self.changes.added.contains(&file) {
            return;
        }
        let old_path = self.changes.old.get(&file).cloned();
        let path = old_path.clone().unwrap_or(file);
        let text = self.target.blog.files.read(&path);
        let changed = match (&old_path, &text) {
            (Some(_), Ok(text)) => Changed::between(text, &found.text),
            (Some(_), Err(_)) => return,
            (None, _) => Changed::default(),
        };
        let is_touched = |span: &Span| changed.has(&found.text, span);
        let findings = std::mem::take(&mut found.verdict.findings);
        let (mut kept, rest): (Vec<_>, Vec<_>) =
            findings.into_iter().partition(|(_, finding)| is_touched(&finding.span));
        let mut old = Vec::new();
        if !rest.is_empty() {
            let entries: Vec<_> =
                rest.iter().map(|(_, finding)| Entry::of(&found.file, &found.text, finding)).collect();
            let places = matched(&self.entries(&path, &text), &entries).entries;
            for (finding, place) in rest.into_iter().zip(places) {
                // What other sites say is nothing that a change causes.
                let is_old = place.is_some() || finding.1.rule == RuleId::DEAD_URL;
                if is_old { old.push(finding) } else { kept.push(finding) }
            }
        }
        kept.sort_by_key(|(_, finding)| (finding.span.start, finding.rule));
        found.old = old.len();
        old.append(&mut kept);
        found.verdict.findings = old;
    }

    /// What was found in a file before the change.
    fn entries(&self, path: &str, text: &Text) -> Vec<Entry> {
        let Target { blog, engine, .. } = &self.target;
        let Ok(text) = text else { return Vec::new() };
        let verdict = match engine.of_site(blog).into_iter().find(|(file, _)| file == path) {
            Some((_, verdict)) => verdict,
            None if blog.is_post(path) || is_markdown(path) => {
                let check = || engine.verdict(&blog.post(path, text), blog);
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(check)).unwrap_or_default()
            }
            None => Verdict::default(),
        };
        verdict.findings.iter().map(|(_, finding)| Entry::of(path, text, finding)).collect()
    }
}

/// The engine that a blog had, by the config that it had; by the one that it has where that was at fault.
fn config_of(target: &Target, files: &Files, selection: &Selection) -> (Engine, Config) {
    let read = |text: &str| Config::read(text).engine(selection);
    let (path, now) = target.config.as_ref().map_or((None, ""), |(path, text)| (Some(path), text));
    let old = path.and_then(|path| path.strip_prefix(files.root()).ok()?.to_str()).map(|path| files.read(path));
    let old = old.map(|old| old.unwrap_or_else(|_| "".into()));
    let (engine, settings, faults) = read(old.as_deref().unwrap_or(now));
    if faults.is_empty() {
        return (engine, settings);
    }
    let (engine, settings, _) = read(now);
    (engine, settings)
}

fn text_of(bytes: Vec<u8>) -> Text {
    String::from_utf8(bytes).map(Arc::from).map_err(|error| Unreadable::NotUtf8(error.into_bytes().into()))
}
