//! The baseline of `postlint check`: takes away what is known, and keeps the file.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::check::Found;
use super::target::{self, Target, Targets};
use super::{CheckArgs, Outcome, complain};
use crate::baseline::{self, Baseline, Entry, Matching, matched, renamed};
use crate::files::{Unwritten, create_file, read_file, replace_file};
use crate::finding::RuleId;
use crate::report::{Untold, count};
use crate::rules::Rule;

/// Faults of a post that hide others: where one is told, nothing of the post counts as fixed.
const HIDING: &[&str] = &[
    "invalid-encoding", "invalid-front-matter", "missing-front-matter", "invalid-liquid", "invalid-shortcode",
    "unclosed-math", "literal-markup", "invalid-site-config",
];

/// What the command line says of baselines.
#[derive(clap::Args)]
pub(super) struct KnownArgs {
    /// Leave out the findings that a file knows [default: `.postlint-baseline.json`, if there is one]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what is found to the baseline, so that from now on only new findings are told
    #[arg(long)]
    write_baseline: bool,
    /// Tell what the baseline knows, too
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline"])]
    no_baseline: bool,
}

/// The baselines of the blogs that are checked.
pub(super) struct Books<'a> {
    args: &'a CheckArgs,
    targets: &'a Targets,
    /// The folder that paths are shown from.
    here: &'a Path,
    /// One for each blog, in their order.
    list: Vec<Option<Book>>,
    gone: OnceLock<Untold>,
}

/// The baseline of one blog.
struct Book {
    /// Where its file is, or is to be.
    path: PathBuf,
    /// The text of the file, if there is one.
    text: Option<String>,
    baseline: Baseline,
    /// What is to be written.
    new: OnceLock<New>,
}

/// A baseline that takes the place of another.
struct New {
    baseline: Baseline,
    /// How many findings of the old one were fixed.
    fixed: usize,
    /// How many posts have another name.
    renamed: usize,
}

impl<'a> Books<'a> {
    /// Reads the baselines; `None` where there is none to be heard.
    ///
    /// # Errors
    /// Why one cannot be relied on, in a line.
    pub(super) fn open(args: &'a CheckArgs, targets: &'a Targets, here: &'a Path) -> Result<Option<Self>, String> {
        if args.known.no_baseline {
            return Ok(None);
        }
        if args.known.baseline.is_some() && targets.list.len() > 1 {
            return Err("`--baseline` goes with one blog, and the paths lead to several".to_owned());
        }
        if args.known.write_baseline && args.changed.is_some() {
            return Err("`--write-baseline` takes in all that is found, so it does not go with `--changed`".to_owned());
        }
        if args.known.write_baseline && targets.stdin.is_some() {
            return Err("`--write-baseline` goes with files, not with `-`".to_owned());
        }
        let list = targets.list.iter().map(|target| Book::open(args, target, here)).collect::<Result<Vec<_>, _>>()?;
        Ok(list.iter().any(Option::is_some).then_some(Books { args, targets, here, list, gone: OnceLock::new() }))
    }

    /// The blog of a file, by its place in the list.
    fn place(&self, found: &Found) -> Option<usize> {
        // A fault of the config is never known.
        if found.verdict.findings.iter().any(|(_, finding)| finding.rule == RuleId::INVALID_CONFIG) {
            return None;
        }
        self.targets.list.iter().position(|target| std::ptr::eq(target, found.target))
    }

    /// Whether something that was found in a file can be known, or something that was not.
    pub(super) fn may_know(&self, found: &Found) -> bool {
        let book = self.place(found).and_then(|place| self.list[place].as_ref());
        book.is_some_and(|book| !found.verdict.findings.is_empty() || !book.baseline.of(&found.file).is_empty())
    }

    /// What is to be said of files that are gone.
    pub(super) fn gone(&self) -> Untold {
        self.gone.get().copied().unwrap_or_default()
    }

    /// Takes away what is known.
    pub(super) fn take_away(&self, held: Vec<&mut Found>) {
        let mut by_blog: Vec<Vec<&mut Found>> = self.list.iter().map(|_| Vec::new()).collect();
        for found in held {
            if let Some(place) = self.place(found) {
                by_blog[place].push(found);
            }
        }
        let mut gone = Untold::default();
        for ((target, book), held) in self.targets.list.iter().zip(&self.list).zip(by_blog) {
            let Some(book) = book else { continue };
            let look = Look { args: self.args, target, has_stdin: self.targets.stdin.is_some(), book };
            match self.args.known.write_baseline {
                true => look.write(held),
                false => gone += look.take_away(held),
            }
        }
        _ = self.gone.set(gone);
    }

    /// Writes the baselines that are to be written.
    pub(super) fn keep(&self) -> Outcome {
        let outcome = |book: &Book| book.keep(self.args, &target::shown(&book.path, self.here));
        self.list.iter().flatten().map(outcome).max().unwrap_or_default()
    }
}

impl Book {
    /// The baseline of a blog, if it has one.
    fn open(args: &CheckArgs, target: &Target, here: &Path) -> Result<Option<Book>, String> {
        let root = target.blog.files.root();
        let folder = target.config_folder().unwrap_or(root);
        let named = match (&args.known.baseline, &target.baseline) {
            (Some(path), _) => Some(here.join(path)),
            (None, path) => path.as_ref().map(|path| folder.join(path)),
        };
        let is_named = named.is_some();
        let usual = || if folder.starts_with(root) { folder } else { root }.join(baseline::NAME);
        let path = target::plain(&named.unwrap_or_else(usual));
        let shown = target::shown(&path, here);
        let is_there = path.symlink_metadata().is_ok();
        if !is_there && !args.known.write_baseline {
            let why = || format!("cannot read `{shown}`: there is no such file; `check --write-baseline` writes it");
            return if is_named { Err(why()) } else { Ok(None) };
        }
        let real = |path: &Path| path.canonicalize().map_err(|error| format!("cannot use `{shown}`: {error}"));
        let place = real(if is_there { &path } else { path.parent().unwrap_or(root) })?;
        if !place.starts_with(real(root)?) {
            let blog = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy();
            return Err(format!("cannot use `{shown}`: it lies outside of the blog `{blog}`"));
        }
        let text = is_there.then(|| read_file(&path)).transpose();
        let text = text.map_err(|error| format!("cannot read `{shown}`: {}", target::why(&error)))?;
        let read = text.as_deref().map(Baseline::read).transpose();
        let baseline = read.map_err(|why| format!("cannot use `{shown}`: {why}"))?.unwrap_or_default();
        Ok(Some(Book { path, text: text.map(|text| text.to_string()), baseline, new: OnceLock::new() }))
    }

    fn keep(&self, args: &CheckArgs, shown: &str) -> Outcome {
        let Some(new) = self.new.get() else { return Outcome::Clean };
        if !args.known.write_baseline && is_ci() {
            return Outcome::Clean;
        }
        let text = new.baseline.text();
        let written = match &self.text {
            Some(old) => replace_file(&self.path, old, &text),
            None => {
                let (folder, name) = (self.path.parent().unwrap_or(&self.path), self.path.file_name());
                create_file(folder, &name.unwrap_or_default().to_string_lossy(), &text)
            }
        };
        match written {
            Ok(()) if args.quiet => {}
            Ok(()) => complain(&new.told(args.known.write_baseline, shown)),
            // Who may not write the file looks on.
            Err(Unwritten::ReadOnly) if !args.known.write_baseline => {}
            Err(Unwritten::Disk(error)) if !args.known.write_baseline && is_forbidden(&error) => {}
            Err(why) => {
                complain(&format!("cannot write `{shown}`: {why}"));
                return if args.known.write_baseline { Outcome::Failed } else { Outcome::Clean };
            }
        }
        Outcome::Clean
    }
}

impl New {
    /// What to say of it, in a line.
    fn told(&self, is_asked_for: bool, shown: &str) -> String {
        if is_asked_for {
            return format!("wrote {} to `{shown}`", count(self.baseline.len(), "finding"));
        }
        match (self.fixed, self.renamed) {
            (0, renamed) => format!("`{shown}` follows {} to the new name", count(renamed, "post")),
            (1, _) => format!("took 1 finding out of `{shown}`, for it is fixed"),
            (fixed, _) => format!("took {fixed} findings out of `{shown}`, for they are fixed"),
        }
    }
}

/// Whether this run belongs to a machine, whose copy of the blog is thrown away.
fn is_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

fn is_forbidden(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// A look at what was found in the files of one blog.
struct Look<'l> {
    args: &'l CheckArgs,
    target: &'l Target,
    /// Whether a text comes from standard input, which stands for a file.
    has_stdin: bool,
    book: &'l Book,
}

impl Look<'_> {
    /// Whether all rules run that the config wants.
    fn has_all_rules(&self) -> bool {
        !self.args.rules.narrow() && !self.args.changed.is_some()
    }

    /// Whether all posts are checked.
    fn is_whole(&self) -> bool {
        self.target.is_whole && !self.has_stdin
    }

    /// Whether a rule runs: whether its silence can say something.
    fn runs(&self, rule: RuleId) -> bool {
        let is_asked = match rule {
            RuleId::DEAD_URL => self.target.blog.answers.is_some(),
            RuleId::INVALID_SITE_CONFIG => self.target.is_asked_for,
            _ => true,
        };
        is_asked && self.target.engine.severity(rule).is_some()
    }

    /// Whether a finding would have been told again if it were still in this file.
    fn is_judged(&self, found: &Found, entry: &Entry) -> bool {
        let unjudged = &found.verdict.unjudged;
        let hides = |rule: RuleId| HIDING.contains(&rule.name());
        let is_open = |rule: RuleId| unjudged.all || unjudged.rules.contains(&rule);
        let rule = Rule::of(&entry.key.rule).map(|rule| rule.id);
        rule.is_some_and(|rule| self.runs(rule) && !is_open(rule))
            && !found.verdict.findings.iter().any(|(_, finding)| hides(finding.rule))
    }

    /// Makes all that was found known, besides what this run cannot speak of.
    fn write(&self, held: Vec<&mut Found>) {
        let mut new = Baseline::default();
        let old = &self.book.baseline;
        let entries = entries_of(&held);
        let is_off = |entry: &Entry| {
            let rule = Rule::of(&entry.key.rule).map(|rule| rule.id).filter(|rule| *rule != RuleId::DEAD_URL);
            self.has_all_rules() && rule.is_some_and(|rule| self.target.engine.severity(rule).is_none())
        };
        let mut seen = HashSet::new();
        for (found, entries) in held.iter().zip(&entries) {
            let known = old.of(&found.file);
            let left = matched(known, entries).left;
            let kept = known.iter().zip(left).filter(|(entry, left)| *left > 0 && !self.is_judged(found, entry));
            for (entry, count) in kept.filter(|(entry, _)| !is_off(entry)) {
                new.add(Entry { count, ..entry.clone() });
            }
            entries.iter().for_each(|entry| new.add(entry.clone()));
            seen.insert(found.file.to_string());
        }
        let is_post = |path: &str| self.target.files.iter().any(|file| file == path);
        let is_elsewhere = |path: &str| !self.is_whole() && self.target.blog.files.is_file(path);
        for path in old.paths().filter(|path| !seen.contains(*path) && (is_post(path) || is_elsewhere(path))) {
            old.of(path).iter().for_each(|entry| new.add(entry.clone()));
        }
        for found in held {
            found.untold.known += found.verdict.findings.len();
            found.verdict.findings.clear();
        }
        _ = self.book.new.set(New { baseline: new, fixed: 0, renamed: 0 });
    }

    /// Takes away what is known, and finds out what was fixed since.
    fn take_away(&self, held: Vec<&mut Found>) -> Untold {
        let old = &self.book.baseline;
        let entries = entries_of(&held);
        let renamed = self.renamed(&held, &entries);
        let (mut new, mut gone, mut fixed) = (Baseline::default(), Untold::default(), 0);
        let mut seen: HashSet<String> = renamed.values().cloned().collect();
        for (found, entries) in held.into_iter().zip(&entries) {
            let path = found.file.to_string();
            let known = old.of(renamed.get(&path).unwrap_or(&path));
            let Matching { entries: places, left, .. } = matched(known, entries);
            // Those that a change did not bring come first: what is known is they, not what is new beside them.
            let old = found.old;
            for (at, entry) in entries.iter().enumerate().filter(|(at, _)| places[*at].is_some()) {
                found.old -= usize::from(at < old);
                found.untold.known += usize::from(at >= old);
                new.add(entry.clone());
            }
            let mut is_known = places.iter().map(Option::is_some);
            found.verdict.findings.retain(|_| !is_known.next().unwrap_or_default());
            for (entry, count) in known.iter().zip(left).filter(|(_, left)| *left > 0) {
                match self.has_all_rules() && self.is_judged(found, entry) {
                    true => found.untold.fixed += count,
                    false => new.add(entry.renamed(&path, count)),
                }
            }
            fixed += found.untold.fixed;
            seen.insert(path);
        }
        for path in old.paths().filter(|path| !seen.contains(*path)) {
            let is_gone = self.is_whole() && !self.target.blog.files.is_file(path);
            for entry in old.of(path) {
                let is_of_site =
                    entry.key.rule == *RuleId::INVALID_SITE_CONFIG && self.runs(RuleId::INVALID_SITE_CONFIG);
                match self.has_all_rules() && (is_gone || is_of_site) {
                    true => gone.fixed += entry.count,
                    false => new.add(entry.clone()),
                }
            }
        }
        fixed += gone.fixed;
        if self.has_all_rules() && self.is_whole() && (fixed > 0 || !renamed.is_empty()) {
            _ = self.book.new.set(New { baseline: new, fixed, renamed: renamed.len() });
        }
        gone
    }

    /// The old paths of posts that have another name now.
    fn renamed(&self, held: &[&mut Found], entries: &[Vec<Entry>]) -> BTreeMap<String, String> {
        let old = &self.book.baseline;
        let gone: Vec<&str> = old.paths().filter(|path| !self.target.blog.files.is_file(path)).collect();
        if gone.is_empty() {
            return BTreeMap::new();
        }
        let others = held.iter().zip(entries).filter(|(found, _)| old.of(&found.file).is_empty());
        let others: Vec<_> = others.map(|(found, entries)| (&*found.file, &entries[..])).collect();
        let renamed = renamed(old, &gone, &others);
        renamed.into_iter().map(|(new, old)| (new.to_owned(), old.to_owned())).collect()
    }
}

/// What was found in each file, as it is known again.
fn entries_of(held: &[&mut Found]) -> Vec<Vec<Entry>> {
    let entries = |found: &&mut Found| {
        let findings = found.verdict.findings.iter();
        findings.map(|(_, finding)| Entry::of(&found.file, &found.text, finding)).collect()
    };
    held.iter().map(entries).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_hide_others_are_there() {
        for rule in HIDING {
            assert!(Rule::of(rule).is_some(), "{rule}");
        }
    }
}
