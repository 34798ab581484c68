//! `postlint fix`

use std::collections::HashSet;
use std::io;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use rayon::prelude::*;

use super::progress::Progress;
use super::target::{self, Target, Targets};
use super::terminal;
use super::writing::{Printer, is_seen_before, pass_on, readable, rewrite};
use super::{FixArgs, Outcome, complain};
use crate::blog::Blog;
use crate::engine::Engine;
use crate::files::{Text, clear_leftover};
use crate::finding::{Finding, Safety, Severity};
use crate::fix::{self, Fixed};
use crate::report::diff::diff;
use crate::report::repairs::{self, Repairs};
use crate::report::{Checked, Folders, Format, Style};
use crate::text::Lines;

/// How commands that write posts end.
pub(super) const CODES: &str =
    "Exit codes: 0 done, 1 with --check when something would change, 2 postlint could not do its work";

/// Formats and repairs what the arguments name, or shows what it would do.
pub(crate) fn run(args: &FixArgs) -> io::Result<Outcome> {
    let Some(targets) = args.writing.targets(args.rules.selection(true))? else { return Ok(Outcome::Failed) };
    let piped = targets.piped.is_some() || args.writing.paths.stdin_filename.is_some();
    let printer = Printer::new(&args.writing, piped);
    let run = Run { args, here: std::env::current_dir()?, printer, progress: Progress::default() };
    // All is decided before anything is written, so that no post sees another half done.
    let mut results = if targets.faulty.is_empty() { run.all(&targets, fix::fix) } else { Vec::new() };
    let unfamiliar = run.unfamiliar(&results);
    if unfamiliar.is_some() {
        results = run.all(&targets, fix::repair);
    }
    if !run.printer.is_dry() {
        let mut seen = HashSet::new();
        results.retain(|result| !is_seen_before(changing(result), &mut seen));
        results.par_iter_mut().for_each(|result| run.write(result));
    }
    if let Some(text) = &targets.piped {
        let fixed = results.first().filter(|_| targets.stdin.is_some() && !run.printer.is_dry());
        let fixed = fixed.and_then(|result| result.as_ref().ok()).filter(|seen| seen.changed().is_some());
        pass_on(text, fixed.map(|seen| &*seen.fixed.text))?;
    }
    if !targets.faulty.is_empty() {
        return run.tell_faults(&targets);
    }
    let (mut outcome, mut total, mut changed) = (targets.outcome, Repairs::default(), false);
    for result in &results {
        match result {
            Ok(seen) => {
                run.show(seen)?;
                seen.add_to(&mut total);
                changed |= seen.changed().is_some();
            }
            Err((why, failure)) => {
                complain(why);
                outcome = outcome.max(*failure);
            }
        }
    }
    let verb = if args.rules.are_about_format() { "format" } else { "fix" };
    run.printer.say(&total.summary(verb, run.printer.is_dry()))?;
    if verb == "format" && !args.writing.quiet {
        let open = results.iter().flatten().filter_map(|seen| seen.fixed.not_checked.as_deref());
        repairs::left_alone(open).iter().for_each(|line| complain(line));
    }
    if let Some(count) = unfamiliar.filter(|_| !args.writing.quiet) {
        let today = targets.list.first().map(|target| target.blog.now().to_zoned(TimeZone::UTC).date());
        complain(&repairs::left_unformatted(count, total.posts, today));
    }
    let found = if args.writing.check && changed { Outcome::Found } else { Outcome::Clean };
    Ok(outcome.max(found))
}

/// The file of a post that changes.
fn changing(result: &Result) -> Option<&Path> {
    result.as_ref().ok().filter(|seen| seen.changed().is_some())?.path.as_deref()
}

/// A post that was looked at, or why it was not, and what that makes of the run.
type Result = std::result::Result<Seen, (String, Outcome)>;

/// What is done to posts: [`fix::fix`] or [`fix::repair`].
type Work = fn(&str, &str, &Engine, &Blog, Safety) -> Fixed;

/// So many posts are formatted without further ado,
const HANDFUL: usize = 10;

/// and one in so many of a blog.
const SHARE: usize = 3;

/// A post that was looked at.
struct Seen {
    /// The file, unless it came from standard input.
    path: Option<PathBuf>,
    /// Its path for people.
    shown: String,
    /// The text as it was, where there is something to say of it.
    old: Option<String>,
    /// What came of it; without its text where nothing did.
    fixed: Fixed,
    /// Whether its format changes, and the config says nothing of that.
    is_formatted: bool,
}

impl Seen {
    /// The text as it was, where it changes.
    fn changed(&self) -> Option<&str> {
        self.old.as_deref().filter(|old| *old != self.fixed.text)
    }

    fn add_to(&self, total: &mut Repairs) {
        total.posts += 1;
        total.more += self.fixed.more;
        if self.changed().is_some() {
            total.add(&self.fixed.repaired);
        }
    }
}

struct Run<'a> {
    args: &'a FixArgs,
    here: PathBuf,
    printer: Printer<'a>,
    progress: Progress,
}

impl Run<'_> {
    /// Standard input first, then the posts in order.
    fn all(&self, targets: &Targets, work: Work) -> Vec<Result> {
        self.progress.show("looked at", targets.count(), self.args.writing.quiet, || {
            // Whoever asks while posts are looked at finds it out alone.
            for target in targets.list.iter().filter(|target| target.engine.formats()) {
                target.blog.profile().map(|_| target.blog.customs());
            }
            let mut results = targets.for_each(|target, file, text| {
                let result = self.post(target, file, &text, work);
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
    fn post(&self, target: &Target, file: &str, text: &Text, work: Work) -> Result {
        let shown = target.shown(file, &self.here);
        let text = readable(text, &shown)?;
        let asked = if self.args.unsafe_fixes { Safety::Unsafe } else { Safety::Safe };
        let work = || work(file, text, &target.engine, &target.blog, asked);
        let mut fixed = std::panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
            let why = format!("this is a fault of postlint, not of your post: it could not fix `{shown}`");
            (why, Outcome::Failed)
        })?;
        let says_nothing = *fixed.text == **text && fixed.refused.is_empty();
        if says_nothing {
            fixed.text = String::new();
        }
        let path = Some(target.blog.files.place(file));
        let is_formatted = fixed.repaired.iter().any(|&rule| target.engine.formats_unasked(rule));
        Ok(Seen { path, shown, old: (!says_nothing).then(|| text.to_string()), fixed, is_formatted })
    }

    /// How many posts would be formatted, where that are many and nobody asked for more than a look at the whole blog: its
    /// author is told before most of it is rewritten.
    fn unfamiliar(&self, results: &[Result]) -> Option<usize> {
        let FixArgs { writing, rules, .. } = self.args;
        let formatted = results.iter().flatten().filter(|seen| seen.is_formatted).count();
        let is_whole = writing.paths.paths.is_empty() && rules.select.is_empty();
        (is_whole && formatted > HANDFUL && formatted * SHARE > results.len()).then_some(formatted)
    }

    fn write(&self, result: &mut Result) {
        let Ok(seen) = result else { return };
        let Some(path) = &seen.path else { return };
        let Some(old) = seen.changed() else { return clear_leftover(path) };
        if let Err(failure) = rewrite(path, &seen.shown, old, &seen.fixed.text) {
            *result = Err(failure);
        }
    }

    /// Says what came of a post.
    fn show(&self, seen: &Seen) -> io::Result<()> {
        for refused in &seen.fixed.refused {
            let place = repairs::place(&seen.shown, &seen.fixed.text, &refused.span);
            let rule = refused.rule;
            complain(&match refused.safety {
                Safety::Safe => format!(
                    "this is a fault of postlint: the fix of `{rule}` at {place} would change the page, so it was left out"
                ),
                Safety::Unsafe => format!(
                    "the repair of `{rule}` at {place} was left out: it would change more of the page than it says"
                ),
            });
        }
        let Some(old) = seen.changed() else { return Ok(()) };
        if self.args.writing.diff {
            return self.printer.print(&diff(&seen.shown, old, &seen.fixed.text, self.printer.reader()), false);
        }
        if self.args.writing.check {
            return self.printer.print(&self.report(&seen.shown, old, &seen.fixed.found), false);
        }
        repairs::lines(&seen.shown, &seen.fixed.repaired).iter().try_for_each(|line| self.printer.say(line))
    }

    fn report(&self, path: &str, text: &str, findings: &[(Severity, Finding)]) -> String {
        let style = match self.printer.piped {
            true => Style { color: self.printer.is_colored(), ..Style::plain(Format::Text) },
            false => terminal::style(Format::Text, self.args.writing.color),
        };
        let (folders, lines) = (&Folders::default(), &Lines::new(text));
        style.render(&Checked { path, folders, lines, kind: None, findings, not_checked: &[] }).findings
    }

    /// With a config at fault nothing is touched, whatever else is named.
    fn tell_faults(&self, targets: &Targets) -> io::Result<Outcome> {
        for (path, text, faults) in &targets.faulty {
            let faults: Vec<_> = faults.iter().map(|fault| (Severity::Error, fault.clone())).collect();
            self.printer
                .print(&self.report(&target::shown(path, &self.here), text, &faults), self.args.writing.diff)?;
        }
        Ok(Outcome::Failed)
    }
}
