//! The command line: one file a command. Only here is anything printed.

#![allow(clippy::disallowed_methods, reason = "the way to the terminal, and to what the command line names")]

mod calendar;
mod changed;
mod check;
mod completions;
mod explain;
mod external;
mod fix;
mod forms;
mod info;
mod init;
mod known;
mod log;
mod man;
mod new;
mod outline;
mod progress;
mod stream;
mod suppress;
mod target;
mod terminal;
mod writing;

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::StringValueParser;
use clap::{Args, ColorChoice, Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;

use self::completions::Ruled;
use self::forms::{Asked, AskedParser};
use crate::config::Selection;
use crate::finding::RuleId;
use crate::rules::{Group, Named, Rule};

/// A linter for blog posts that knows what the blog's own engines do to them.
#[derive(Parser)]
#[command(name = "postlint", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Say what is wrong with the posts of a blog
    #[command(after_help = "Exit codes: 0 no errors, 1 errors found, 2 postlint could not do its work")]
    Check(CheckArgs),
    /// Format posts and repair their faults, so that readers see the same page
    #[command(after_help = fix::CODES)]
    Fix(FixArgs),
    /// Format posts alone: white space, blank lines, list markers; readers see the same page
    #[command(after_help = fix::CODES)]
    Format(WritingArgs),
    /// Write suppressions for the findings that are there, so that readers see the same page
    #[command(after_help = fix::CODES)]
    Suppress(suppress::SuppressArgs),
    /// Learn from the posts what they look like, and write `postlint.yaml`
    Init(InitArgs),
    /// Show the page of a rule, a group, a kind or the config; without ID, the list of them
    Explain(ExplainArgs),
    /// Write the next post of a kind
    #[command(after_help = "Exit codes: 0 done, 2 postlint could not do its work")]
    New(NewArgs),
    /// Show what postlint takes the blog for, and why: engines, posts, kinds, what it cannot know
    Info(info::InfoArgs),
    /// Show what postlint sees in posts: title, dates, sections, links, formulas
    Outline(OutlineArgs),
    /// Draw the series of a blog: what is covered, missing, there twice or incomplete
    Calendar(calendar::CalendarArgs),
    /// Print what a shell needs to complete the commands of postlint
    Completions(completions::CompletionsArgs),
    /// Print the manual: the page of postlint, or of one of its commands
    Man(man::ManArgs),
}

/// What to look at.
#[derive(Args)]
struct Paths {
    /// Posts, folders of posts, or `-` for standard input; without any, the whole blog
    paths: Vec<PathBuf>,
    /// The path that the text on standard input belongs to
    #[arg(long, value_name = "PATH")]
    stdin_filename: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
}

/// How the blog is found.
#[derive(Args)]
struct Home {
    /// The config to use in place of the `postlint.yaml` that is found
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read what links lead to outside of the blog's repository, too
    #[arg(long)]
    follow_links: bool,
    /// The moment that counts as now, such as `2022-10-09T12:00:00Z`; `POSTLINT_NOW` says the same
    #[arg(long, value_name = "TIME", hide = true, value_parser = moment)]
    now: Option<Timestamp>,
}

/// Which rules to run.
#[derive(Args)]
struct Rules {
    /// Run only these rules, or groups such as `links`
    #[arg(long, value_name = "RULE,..", value_delimiter = ',', value_parser = Ruled(named), hide_possible_values = true)]
    select: Vec<Named>,
    /// Leave these rules or groups out
    #[arg(long, value_name = "RULE,..", value_delimiter = ',', value_parser = Ruled(named), hide_possible_values = true)]
    ignore: Vec<Named>,
}

#[derive(Args)]
struct CheckArgs {
    #[command(flatten)]
    paths: Paths,
    /// How to print findings, `FORMAT=FILE` to a file; more than once for several [default: text, and github too under GitHub Actions]
    #[arg(long, value_name = "FORMAT", value_parser = AskedParser)]
    format: Vec<Asked>,
    /// Write the findings to a file
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    #[command(flatten)]
    rules: Rules,
    /// Tell what posts suppress, too
    #[arg(long)]
    no_inline_config: bool,
    #[command(flatten)]
    known: known::KnownArgs,
    #[command(flatten)]
    changed: changed::ChangedArgs,
    /// How bad a finding is that makes the exit code 1
    #[arg(long, value_enum, value_name = "SEVERITY", default_value_t = check::FailOn::Error)]
    fail_on: check::FailOn,
    /// Exit with 1 when there are more warnings than this, too
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
    /// Exit with 0 whatever is found; 2 still says that postlint could not do its work
    #[arg(long)]
    exit_zero: bool,
    /// Of the files named, check only those that are posts of the blog
    #[arg(long)]
    posts_only: bool,
    /// Ask other sites whether the URLs that posts link to are still there; needs `lychee`
    #[arg(long)]
    external: bool,
    /// A config of lychee of which all counts; of the blog's own `lychee.toml`, only what does no harm
    #[arg(long, value_name = "FILE", requires = "external")]
    lychee_config: Option<PathBuf>,
    /// Check a fleet of blogs: read one as a line of JSON, write its findings as a line of JSON
    #[arg(
        long,
        conflicts_with_all = [
            "paths", "stdin_filename", "output_file", "max_warnings", "posts_only", "external", "changed", "baseline",
            "write_baseline", "statistics", "show_unchecked"
        ]
    )]
    stream: bool,
    /// List what was not checked, and why
    #[arg(long)]
    show_unchecked: bool,
    /// Print how much each rule found, not each finding
    #[arg(long, conflicts_with = "format")]
    statistics: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Print findings only, no summary
    #[arg(short, long)]
    quiet: bool,
}

/// Which posts to write, and whether only to show what would be written.
#[derive(Args)]
struct WritingArgs {
    #[command(flatten)]
    paths: Paths,
    #[command(flatten)]
    changed: changed::ChangedArgs,
    /// Print what would change as a unified diff, and write nothing
    #[arg(long)]
    diff: bool,
    /// Print what would change, write nothing, and exit with 1 if there is anything
    #[arg(long)]
    check: bool,
    /// Of the files named, take only those that are posts of the blog
    #[arg(long)]
    posts_only: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    /// Print no file names and no summary
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Args)]
struct FixArgs {
    #[command(flatten)]
    writing: WritingArgs,
    /// Repair too what changes the page, each as its finding says
    #[arg(long)]
    unsafe_fixes: bool,
    #[command(flatten)]
    rules: Rules,
}

#[derive(Args)]
struct ExplainArgs {
    /// A rule such as `missing-section`, or a kind such as `weekly`: of the blog, or one that comes with postlint
    #[arg(value_parser = Ruled(StringValueParser::new()), hide_possible_values = true)]
    id: Option<String>,
    #[command(flatten)]
    home: Home,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Args)]
struct NewArgs {
    /// A kind of the blog, or one that comes with postlint
    kind: String,
    /// What differs from title to title, or the whole of it
    title: Option<String>,
    /// The day of the post, such as `2022-10-09` [default: that which follows the last post]
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Date>,
    /// Print the post, and write nothing
    #[arg(long)]
    stdout: bool,
    /// Open the post in `$VISUAL` or `$EDITOR`
    #[arg(long, conflicts_with = "stdout")]
    edit: bool,
    #[command(flatten)]
    home: Home,
}

#[derive(Args)]
struct InitArgs {
    /// The folder of the blog, or one in it; without it, the folder postlint runs in
    folder: Option<PathBuf>,
    /// Print the config, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Put new kinds in place of those in the `postlint.yaml` that is there
    #[arg(long)]
    force: bool,
    /// How to print the config with --dry-run
    #[arg(long, value_enum, default_value_t = InitFormat::Text)]
    format: InitFormat,
    /// Print nothing but the config of --dry-run
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum InitFormat {
    /// As it is written to the file
    Text,
    /// For programs
    Json,
}

#[derive(Args)]
struct OutlineArgs {
    #[command(flatten)]
    paths: Paths,
    /// How to print it
    #[arg(long, value_enum, default_value_t = OutlineFormat::Text)]
    format: OutlineFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum OutlineFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Outcome {
    #[default]
    Clean,
    Found,
    Failed,
}

/// Runs the command that the arguments ask for.
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Fix(args) => fix::run(&args),
        Command::Format(writing) => fix::run(&FixArgs { writing, unsafe_fixes: false, rules: Rules::about_format() }),
        Command::Info(args) => info::run(&args),
        Command::Suppress(args) => suppress::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::New(args) => new::run(&args),
        Command::Outline(args) => outline::run(&args),
        Command::Calendar(args) => calendar::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    let outcome = outcome.unwrap_or_else(|error| {
        // Whoever read the output has seen enough, and need not be told: `postlint explain | head`.
        if error.kind() != io::ErrorKind::BrokenPipe {
            complain(&error.to_string());
        }
        Outcome::Failed
    });
    ExitCode::from(outcome as u8)
}

/// One line on standard error; the names in it cannot steer the terminal.
fn complain(message: &str) {
    let mut line = String::from("postlint: ");
    line.extend(message.chars().map(crate::report::visible));
    line.push('\n');
    // Nothing is left to be done where even this cannot be written.
    let _ = io::stderr().write_all(log::inert(&line).as_bytes());
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| "write a moment as in `2022-10-09T12:00:00Z`".to_owned())
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day of the calendar as in `2022-10-09`".to_owned())
}

fn named(name: &str) -> Result<Named, String> {
    Named::of(name).ok_or_else(|| format!("no rule is called `{name}`; {}", Named::suggestion(name)))
}

impl Rules {
    /// Whether they leave some rules out.
    fn narrow(&self) -> bool {
        !self.select.is_empty() || !self.ignore.is_empty()
    }

    /// Those about format.
    fn about_format() -> Self {
        Rules { select: Group::of("format").map(Named::Group).into_iter().collect(), ignore: Vec::new() }
    }

    /// Whether nothing but rules about format was asked for.
    fn are_about_format(&self) -> bool {
        !self.select.is_empty() && self.select.iter().flat_map(|named| named.rules()).all(|rule| rule.is_format)
    }

    /// The rules that were asked for; `format` says whether those about format run as well.
    fn selection(&self, format: bool) -> Selection {
        let mut selection = Selection { format, ..Selection::default() };
        for named in &self.select {
            match named {
                Named::Rule(rule) => selection.select.push(rule.id),
                Named::Group(group) => selection.groups.push(*group),
            }
        }
        selection.ignore = self.ignore.iter().flat_map(|named| named.rules()).map(|rule| rule.id).collect();
        selection
    }

    /// Whether it is about a rule.
    fn asks(&self, id: RuleId) -> bool {
        let Some(rule) = Rule::of(&id) else { return false };
        (self.select.is_empty() || self.select.iter().any(|named| named.has(rule)))
            && !self.ignore.iter().any(|named| named.has(rule))
    }

    /// Whether a rule is selected by its own name.
    fn selects(&self, rule: RuleId) -> bool {
        self.select.iter().any(|named| named.name() == rule.name())
    }
}
