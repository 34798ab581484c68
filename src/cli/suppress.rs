//! `postlint suppress`

use std::collections::{BTreeMap, HashSet};
use std::io::{self, IsTerminal, Write};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;

use clap::Args;

use super::progress::Progress;
use super::target::{self, Target, Targets};
use super::terminal::{colored, colored_on};
use super::{Outcome, Rules, WritingArgs, complain};
use crate::config::Selection;
use crate::files::{Text, Unreadable, replace_file};
use crate::finding::RuleId;
use crate::fix::suppress::{self, Left, Suppressed, Why};
use crate::report::diff::{Reader, diff};
use crate::report::repairs;

#[derive(Args)]
pub(crate) struct SuppressArgs {
    #[command(flatten)]
    writing: WritingArgs,
    #[command(flatten)]
    rules: Rules,
    /// Why the findings are right as they are, for people who read the suppressions
    #[arg(long, value_name = "TEXT", value_parser = reason)]
    reason: Option<String>,
}

/// Writes suppressions for what is found in the posts that the arguments name, or shows what it would write.
pub(crate) fn run(args: &SuppressArgs) -> io::Result<Outcome> {
    let targets = args.writing.paths.targets(Selection::default(), args.writing.posts_only)?;
    let run =
        Run { args, here: std::env::current_dir()?, piped: targets.piped.is_some(), progress: Progress::default() };
    let mut results = if targets.faulty.is_empty() { run.all(&targets) } else { Vec::new() };
    if !run.is_dry() {
        let mut seen = HashSet::new();
        results.retain(|result| !is_seen_before(result, &mut seen));
        results.iter_mut().for_each(|result| run.write(result));
    }
    if let Some(text) = &targets.piped {
        let seen = results.first().filter(|_| targets.stdin.is_some() && !run.is_dry());
        pass_on(text, seen.and_then(|result| result.as_ref().ok()))?;
    }
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &run.here)));
    }
    let mut outcome = if targets.faulty.is_empty() { targets.outcome } else { Outcome::Failed };
    let (mut rules, mut posts) = (0, 0);
    let mut left: BTreeMap<(Why, RuleId), usize> = BTreeMap::new();
    for result in &results {
        match result {
            Ok(seen) => {
                run.show(seen)?;
                rules += seen.made.rules.len();
                posts += usize::from(seen.changed().is_some());
                seen.made.left.iter().for_each(|Left { rule, why, .. }| *left.entry((*why, *rule)).or_default() += 1);
            }
            Err((why, failure)) => {
                complain(why);
                outcome = outcome.max(*failure);
            }
        }
    }
    tell_left(&left);
    if targets.faulty.is_empty() {
        run.say(&summary(rules, posts, run.is_dry()))?;
    }
    let found = if args.writing.check && posts > 0 { Outcome::Found } else { Outcome::Clean };
    Ok(outcome.max(found))
}

fn summary(findings: usize, posts: usize, only_shown: bool) -> String {
    let count = |number: usize, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    match findings {
        0 => "nothing to suppress".to_owned(),
        _ => {
            let verb = if only_shown { "would suppress" } else { "suppressed" };
            format!("{verb} {} in {}", count(findings, "finding"), count(posts, "post"))
        }
    }
}

/// What is left for each of the reasons, on a line.
fn tell_left(left: &BTreeMap<(Why, RuleId), usize>) {
    for (why, told) in [
        (Why::SeveralPosts, "they are about several posts, which no comment in one of them answers"),
        (Why::Suppression, "they are about suppressions"),
    ] {
        let of = left.iter().filter(|((of, _), _)| *of == why);
        let counts: Vec<String> = of.map(|((_, rule), count)| format!("{count} {rule}")).collect();
        if !counts.is_empty() {
            complain(&format!("left as they are: {}; {told}", counts.join(", ")));
        }
    }
}

/// Whether it is of a file that another of the results is of, under another name: a link leads to it.
fn is_seen_before(result: &Result, seen: &mut HashSet<PathBuf>) -> bool {
    let changed = result.as_ref().ok().filter(|result| result.changed().is_some());
    let path = changed.and_then(|result| result.path.as_ref()?.canonicalize().ok());
    path.is_some_and(|path| !seen.insert(path))
}

/// A post that was looked at, or why it was not, and what that makes of the run.
type Result = std::result::Result<Seen, (String, Outcome)>;

/// A post that was looked at.
struct Seen {
    /// The file, unless it came from standard input.
    path: Option<PathBuf>,
    /// Its path for people.
    shown: String,
    /// The text as it was.
    old: String,
    /// What came of it.
    made: Suppressed,
}

impl Seen {
    /// The text as it was, where it changes.
    fn changed(&self) -> Option<&str> {
        Some(&*self.old).filter(|old| *old != self.made.text)
    }
}

struct Run<'a> {
    args: &'a SuppressArgs,
    here: PathBuf,
    /// Whether a text comes from standard input.
    piped: bool,
    progress: Progress,
}

impl Run<'_> {
    /// Whether nothing is written.
    fn is_dry(&self) -> bool {
        self.args.writing.check || self.args.writing.diff
    }

    /// Standard input first, then the posts in order.
    fn all(&self, targets: &Targets) -> Vec<Result> {
        self.progress.show("looked at", targets.count(), self.args.writing.quiet, || {
            let mut results = targets.for_each(|target, file, text| {
                let result = self.post(target, file, &text);
                self.progress.step();
                result
            });
            if let (Some(_), Some(Ok(seen))) = (&targets.stdin, results.first_mut()) {
                seen.path = None;
            }
            results
        })
    }

    /// A fault of postlint itself is told as such, and the other files are still looked at.
    fn post(&self, target: &Target, file: &str, text: &Text) -> Result {
        let shown = target.shown(file, &self.here);
        let text = text.as_ref().map_err(|error| match error {
            Unreadable::NotUtf8(_) => (format!("`{shown}` is not UTF-8, so it was left alone"), Outcome::Clean),
            error => (format!("cannot read `{shown}`: {}", target::why(error)), Outcome::Failed),
        })?;
        let asks = |rule: RuleId| self.args.rules.asks(rule);
        let suppress =
            || suppress::suppress(file, text, &target.engine, &target.blog, asks, self.args.reason.as_deref());
        let made = std::panic::catch_unwind(AssertUnwindSafe(suppress)).map_err(|_| {
            let why = format!("this is a fault of postlint, not of your post: it could not look at `{shown}`");
            (why, Outcome::Failed)
        })?;
        Ok(Seen { path: Some(target.blog.files.place(file)), shown, old: text.to_string(), made })
    }

    fn write(&self, result: &mut Result) {
        let Ok(seen) = result else { return };
        let (Some(path), Some(old)) = (&seen.path, seen.changed()) else { return };
        if let Err(why) = replace_file(path, old, &seen.made.text) {
            *result = Err((format!("cannot write `{}`: {why}", seen.shown), Outcome::Failed));
        }
    }

    /// Says what came of a post.
    fn show(&self, seen: &Seen) -> io::Result<()> {
        for Left { rule, span, .. } in seen.made.left.iter().filter(|left| left.why == Why::NoForm) {
            let place = repairs::place(&seen.shown, &seen.made.text, span);
            complain(&format!("`{rule}` at {place} was left: every suppression of it would change more than that"));
        }
        let Some(old) = seen.changed() else { return Ok(()) };
        if self.args.writing.diff {
            return self.print(&diff(&seen.shown, old, &seen.made.text, self.reader()), false);
        }
        self.say(&repairs::suppressed(&seen.shown, &seen.made.rules))
    }

    fn reader(&self) -> Reader {
        let is_watched = if self.piped { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
        let choice = self.args.writing.color;
        let color = if self.piped { colored_on(&io::stderr(), choice) } else { colored(choice) };
        if color || is_watched { Reader::Person { color } } else { Reader::Program }
    }

    fn say(&self, line: &str) -> io::Result<()> {
        if self.args.writing.quiet { Ok(()) } else { self.print(&format!("{line}\n"), self.args.writing.diff) }
    }

    /// Standard output is for a text that came from standard input and nothing else, or else for a diff, where there is
    /// one; `is_beside`: this is not what is asked for.
    fn print(&self, text: &str, is_beside: bool) -> io::Result<()> {
        match self.piped || is_beside {
            true => io::stderr().write_all(text.as_bytes()),
            false => io::stdout().lock().write_all(text.as_bytes()),
        }
    }
}

/// The text from standard input, with suppressions or as it came.
fn pass_on(text: &Text, seen: Option<&Seen>) -> io::Result<()> {
    let bytes = match text {
        Ok(old) => seen.map_or(&**old, |seen| &seen.made.text).as_bytes(),
        Err(Unreadable::NotUtf8(bytes)) => bytes,
        Err(_) => &[],
    };
    io::stdout().lock().write_all(bytes)
}

/// What can stand in a comment of HTML, and behind a `#`.
fn reason(text: &str) -> std::result::Result<String, String> {
    let text = text.trim();
    let ends_comment = text.contains("--") || text.ends_with('-') || text.starts_with('>');
    match text.is_empty() || ends_comment || text.chars().any(char::is_control) {
        true => Err("write it on one line, without `--`".to_owned()),
        false => Ok(text.to_owned()),
    }
}
