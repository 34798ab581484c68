//! `postlint new`

use std::io::{self, Write};
use std::path::Path;
use std::process::Command;

use jiff::{Timestamp, ToSpan};

use super::target::{self, Target};
use super::{Home, NewArgs, Outcome, complain};
use crate::config::Selection;
use crate::files::{Unwritten, create_file, join};
use crate::finding::Finding;
use crate::kinds::next::{self, Asked, Draft, Follows, PLACEHOLDER};
use crate::text::Refused;

/// Writes the next post of a kind, or prints it.
pub(crate) fn run(args: &NewArgs) -> io::Result<Outcome> {
    let editor = editor();
    if args.edit && editor.is_none() {
        return refuse("`--edit` needs an editor: `VISUAL` or `EDITOR` names it");
    }
    let here = std::env::current_dir()?;
    let targets = args.home.targets(Selection::default())?;
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &here)));
    }
    let Some(target) = targets.list.first() else { return Ok(Outcome::Failed) };
    let (draft, proof) = match args.draft(target)? {
        Ok(drafted) => drafted,
        Err(why) => return refuse(&why),
    };
    let shown = target.shown(&draft.path, &here);
    if args.stdout {
        let mut out = io::stdout().lock();
        out.write_all(draft.text.as_bytes())?;
        out.flush()?;
        complain(&format!("this is for `{shown}`; nothing was written"));
    } else {
        if let Err(why) = create_file(target.blog.files.root(), &draft.path, &draft.text) {
            let help =
                if matches!(why, Unwritten::Exists) { "; `--date` or another title may give another name" } else { "" };
            return refuse(&format!("cannot write `{shown}`: {why}{help}"));
        }
        writeln!(io::stdout().lock(), "{shown}")?;
    }
    proof.tell(args, &shown);
    match editor.filter(|_| args.edit) {
        Some(editor) => edit(&editor, &target.blog.files.place(&draft.path)),
        None => Ok(Outcome::Clean),
    }
}

fn refuse(why: &str) -> io::Result<Outcome> {
    complain(why);
    Ok(Outcome::Failed)
}

/// What postlint says of the new post itself.
#[derive(Default)]
struct Proof {
    /// Whether it is of its kind.
    is_of_kind: bool,
    /// Whether the kind is one of the blog's.
    is_declared: bool,
    /// A pattern of paths that fits it, where its name tells the kind.
    pattern: Option<String>,
    /// Whether it keeps itself out of the site.
    is_draft: bool,
    /// How many places wait for the author.
    open: usize,
    /// What else is wrong with it.
    left: Vec<Finding>,
    /// Its address, where that is known.
    url: Option<String>,
}

/// Rules by whose findings the page is not there, or not as it is written.
const BROKEN: &[&str] = &["invalid-front-matter", "unpublished-post"];

/// Whether a finding tells of what the author has yet to write.
fn is_open(finding: &Finding) -> bool {
    OPEN.contains(&finding.rule.name()) || finding.message.contains(PLACEHOLDER)
}

/// Rules whose findings in a new post tell of that.
const OPEN: &[&str] = &["placeholder", "missing-key", "empty-section"];

impl NewArgs {
    /// The post, and what postlint says of it. What it has of the last posts is left out where that is at fault.
    fn draft(&self, target: &Target) -> io::Result<Result<(Draft, Proof), String>> {
        let draft = |follows| {
            let asked = Asked { kind: &self.kind, title: self.title.as_deref(), day: self.date, follows };
            next::draft(&asked, &target.engine.kinds, &target.blog)
        };
        let mut best = match draft(Follows::All) {
            Ok(draft) => (self.prove(target, &draft)?, draft),
            Err(why) => return Ok(Err(told(&why))),
        };
        for follows in [Follows::Kind, Follows::Nothing] {
            let may_help = match follows {
                Follows::Nothing => best.0.broken().is_some(),
                _ => best.1.has_common && !best.0.left.is_empty(),
            };
            if may_help && let Ok(other) = draft(follows) {
                let proof = self.prove(target, &other)?;
                let faults = |proof: &Proof| (proof.broken().is_some(), proof.left.len());
                if faults(&proof) < faults(&best.0) {
                    best = (proof, other);
                }
            }
        }
        let (proof, draft) = best;
        Ok(match proof.broken().filter(|broken| broken.rule.name() == BROKEN[0]) {
            Some(broken) => {
                let like = "; the last posts may have it too, `postlint check` tells";
                Err(format!("the post would be broken: {}: {}{like}", broken.rule, broken.message))
            }
            None => Ok((draft, proof)),
        })
    }

    /// Reads the new post as if it were there, on a day when it is published.
    fn prove(&self, target: &Target, draft: &Draft) -> io::Result<Proof> {
        let home =
            Home { config: self.home.config.clone(), now: Some(published(target.blog.now(), draft)), ..self.home };
        let mut targets = home.targets(Selection::default())?;
        let Some(target) = targets.list.first_mut() else { return Ok(Proof::default()) };
        target.blog.files.lay(&draft.path, Ok(draft.text.as_str().into()));
        let (blog, engine) = (&target.blog, &target.engine);
        let post = blog.post(&draft.path, &draft.text);
        let is_declared = engine.kinds.named(&self.kind).is_some();
        let is_of_kind = engine.kinds.of(&post).is_some_and(|kind| kind.name == self.kind);
        let found = engine.check(&post, blog).into_iter().map(|(_, finding)| finding);
        let (open, left): (Vec<_>, Vec<_>) = found.partition(is_open);
        let (folder, name) = draft.path.rsplit_once('/').unwrap_or(("", &draft.path));
        let ending = name.rsplit_once('.').map_or("md", |(_, ending)| ending);
        let pattern = join(folder, &format!("*{}*.{ending}", self.kind));
        let pattern = Some(pattern).filter(|_| name.contains(&self.kind));
        let is_draft = post.front_matter().is_some_and(|front| blog.site().features.keeps_out(front));
        let base = &blog.map().base;
        let url = blog.target(&post).map(|target| format!("{base}{}", target.url));
        Ok(Proof { is_draft, is_of_kind, is_declared, pattern, open: open.len(), left, url })
    }
}

/// A moment at which the post is published.
fn published(now: Timestamp, draft: &Draft) -> Timestamp {
    let behind = draft.day.and_then(|day| day.saturating_add(2.days()).to_zoned(jiff::tz::TimeZone::UTC).ok());
    behind.map_or(now, |behind| behind.timestamp().max(now))
}

impl Proof {
    /// What keeps it out of the site.
    fn broken(&self) -> Option<&Finding> {
        self.left.iter().find(|finding| BROKEN.contains(&finding.rule.name()))
    }

    /// Says what is to be done.
    fn tell(&self, args: &NewArgs, shown: &str) {
        for finding in &self.left {
            complain(&format!("left to mend: {}: {}", finding.rule, finding.message));
        }
        let kind = &args.kind;
        if !self.is_declared {
            let path = self.pattern.as_ref().map(|pattern| format!(", match: {{path: \"{pattern}\"}}"));
            let config = format!("kinds: {{{kind}: {{extends: {kind}{}}}}}", path.unwrap_or_default());
            complain(&format!("no post is held to the kind `{kind}` before `postlint.yaml` says `{config}`"));
        } else if !self.is_of_kind {
            complain(&format!("the post is not of the kind `{kind}`: its `match` does not fit"));
        }
        if let Some(url) = &self.url {
            complain(&format!("its page will be `{url}`"));
        }
        if self.is_draft {
            complain("it says itself that it is a draft; take that out to publish it");
        }
        let open = match self.open {
            0 => String::new(),
            1 => "fill in the place that is left open; ".to_owned(),
            open => format!("fill in the {open} places that are left open; "),
        };
        if !args.stdout {
            complain(&format!("{open}`postlint check {shown}` tells what is still missing"));
        }
    }
}

/// What the author writes with.
fn editor() -> Option<String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| std::env::var(name).ok());
    named.map(|editor| editor.trim().to_owned()).find(|editor| !editor.is_empty())
}

/// Opens a file in an editor, and waits for it. It may be named with options, as for Git.
fn edit(editor: &str, file: &Path) -> io::Result<Outcome> {
    let mut command = if cfg!(windows) { by_words(editor) } else { by_shell(editor) };
    match command.arg(file).status() {
        Ok(status) if status.success() => Ok(Outcome::Clean),
        Ok(status) => refuse(&format!("`{editor}` ended with {status}; the post is written")),
        Err(error) => refuse(&format!("cannot start `{editor}`: {error}; the post is written")),
    }
}

fn by_words(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    command.args(words);
    command
}

fn by_shell(editor: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$@\""), editor]);
    command
}

fn told(why: &Refused) -> String {
    why.help.as_ref().map_or_else(|| why.message.clone(), |help| format!("{}; {help}", why.message))
}
