//! `postlint suppress`

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use clap::Args;

use super::progress::Progress;
use super::target::{self, Target, Targets};
use super::writing::{Printer, is_seen_before, pass_on, readable, rewrite};
use super::{Outcome, Rules, WritingArgs, complain};
use crate::config::Selection;
use crate::files::Text;
use crate::finding::RuleId;
use crate::fix::suppress::{self, Left, Suppressed, Why};
use crate::report::diff::diff;
use crate::report::{count, repairs};

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
    let Some(targets) = args.writing.targets(Selection::default())? else { return Ok(Outcome::Failed) };
    let printer = Printer::new(&args.writing, targets.piped.is_some());
    let run = Run { args, here: std::env::current_dir()?, printer, progress: Progress::default() };
    let mut results = if targets.faulty.is_empty() { run.all(&targets) } else { Vec::new() };
    if !run.printer.is_dry() {
        let mut seen = HashSet::new();
        results.retain(|result| !is_seen_before(changing(result), &mut seen));
        results.iter_mut().for_each(|result| run.write(result));
    }
    if let Some(text) = &targets.piped {
        let seen = results.first().filter(|_| targets.stdin.is_some() && !run.printer.is_dry());
        pass_on(text, seen.and_then(|result| Some(&*result.as_ref().ok()?.made.text)))?;
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
        run.printer.say(&summary(rules, posts, run.printer.is_dry()))?;
    }
    let found = if args.writing.check && posts > 0 { Outcome::Found } else { Outcome::Clean };
    Ok(outcome.max(found))
}

fn summary(findings: usize, posts: usize, only_shown: bool) -> String {
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

/// The file of a post that changes.
fn changing(result: &Result) -> Option<&Path> {
    result.as_ref().ok().filter(|seen| seen.changed().is_some())?.path.as_deref()
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
    printer: Printer<'a>,
    progress: Progress,
}

impl Run<'_> {
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
        let text = readable(text, &shown)?;
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
        if let Err(failure) = rewrite(path, &seen.shown, old, &seen.made.text) {
            *result = Err(failure);
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
            return self.printer.print(&diff(&seen.shown, old, &seen.made.text, self.printer.reader()), false);
        }
        self.printer.say(&repairs::suppressed(&seen.shown, &seen.made.rules))
    }
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
