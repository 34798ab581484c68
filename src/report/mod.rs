//! What `postlint check` prints: one file a format.
//!
//! Posts are checked in parallel and printed in order. A post's findings become text where its source is at hand
//! ([`Style::render`]), so memory grows with what is found and not with the files; [`Output`] joins the pieces. A new
//! format is a file with a [`Reporter`], and a line in `formats!`.
//! Every name, message and quoted line is data of strangers: no format lets it steer the terminal or the reader's tools.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::files::{plain, shown};
use crate::finding::{Finding, NotChecked, RuleId, Safety, Severity};
use crate::text::{Lines, Span, boundary};
pub use output::Output;
use summary::Tally;
pub(crate) use text::count;
use unchecked::Unchecked;

pub(crate) mod calendar;
pub(crate) mod columns;
mod concise;
pub(crate) mod diff;
mod escape;
mod excerpt;
mod github;
mod gitlab;
mod html;
pub(crate) mod info;
pub(crate) mod json;
mod junit;
pub(crate) mod kind;
pub(crate) mod learned;
mod markdown;
pub(crate) mod outline;
mod output;
pub(crate) mod page;
mod places;
mod rdjson;
pub(crate) mod repairs;
mod sarif;
mod summary;
#[cfg(test)]
mod tests;
mod text;
mod unchecked;
pub(crate) mod wrap;

/// A form of the output.
trait Reporter {
    /// What stands before all findings.
    fn begin(&self, _whole: &Whole, _style: Style) -> String {
        String::new()
    }

    /// What a post's findings become.
    fn findings(&self, post: &Checked, style: Style) -> String;

    /// What becomes of that which was left open in a post.
    fn not_checked(&self, _post: &Checked) -> String {
        String::new()
    }

    /// What of a post goes into tables before or behind the findings.
    fn tally(&self, _post: &Checked) -> Option<Tally> {
        None
    }

    /// Whether it also tells of posts in which nothing was found.
    fn names_clean_posts(&self) -> bool {
        false
    }

    /// What stands between the pieces of two posts.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands behind all findings.
    fn end(&self, _whole: &Whole, _style: Style) -> String {
        String::new()
    }
}

/// What a report knows of all posts.
pub(crate) struct Whole<'r> {
    summary: Summary,
    tallies: Vec<&'r Tally>,
    /// What was left open, joined.
    not_checked: String,
    /// Files without findings.
    clean: usize,
    /// The series of the blog as a picture, for a page.
    series: &'r str,
    /// Whether it is the summary of a job of GitHub Actions.
    is_of_job: bool,
    /// For how many posts there was no room, and what was found in them.
    left: (usize, usize),
}

macro_rules! formats {
    ($($(#[$help:meta])* $name:ident => $reporter:expr,)*) => {
        /// The form of the output.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum Format {
            $($(#[$help])* $name,)*
        }

        impl Format {
            fn reporter(self) -> &'static dyn Reporter {
                match self {
                    $(Format::$name => &$reporter,)*
                }
            }
        }
    };
}

formats! {
    /// For people: each finding under the line it is about.
    Text => text::Text,
    /// For editors and `grep`: a line for each finding.
    Concise => concise::Concise,
    /// For programs: one JSON document.
    Json => json::Json,
    /// For GitHub Actions: workflow commands that become annotations.
    Github => github::Github,
    /// For GitHub's code scanning and editors: SARIF 2.1.0.
    Sarif => sarif::Sarif,
    /// For GitLab: a Code Quality report.
    Gitlab => gitlab::Gitlab,
    /// For any CI: JUnit XML, a suite for each post.
    Junit => junit::Junit,
    /// For reviewdog: diagnostics with suggestions.
    Rdjson => rdjson::Rdjson,
    /// For a browser: one page with a filter.
    Html => html::Html,
    /// For the summary of a job, a comment or a chat.
    Markdown => markdown::Markdown,
    /// For an overview: how much was found, by rule, by kind and by post.
    Summary => summary::Overview,
    /// How much each rule found.
    #[value(skip)]
    Statistics => summary::Statistics,
}

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The form.
    pub format: Format,
    /// Whether text is coloured.
    pub color: bool,
    /// Whether text ends with a line that counts.
    pub summary: bool,
    /// How many columns a line of text has; `None` where nobody looks at a terminal, so that lines stay whole.
    pub columns: Option<usize>,
    /// Whether the ids of rules are links to their pages.
    pub links: bool,
    /// Whether all that was left open is listed at the end.
    pub unchecked: bool,
}

/// A post and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The path from the folder postlint runs in, with forward slashes.
    pub path: &'a str,
    /// The folders that paths of reports begin at.
    pub folders: &'a Folders,
    /// Its text.
    pub lines: &'a Lines<'a>,
    /// The name of its kind, empty where it has none; `None` where it is no post.
    pub kind: Option<&'a str>,
    /// What is wrong, in the order to print.
    pub findings: &'a [(Severity, Finding)],
    /// What was left open.
    pub not_checked: &'a [NotChecked],
}

/// The folders that paths of reports begin at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders {
    /// The one postlint runs in.
    pub here: PathBuf,
    /// The top of the Git repository; without one, the same.
    pub top: PathBuf,
}

impl Checked<'_> {
    /// A path from the top of the repository on, by that from the folder postlint runs in on.
    fn in_repository(&self, path: &str) -> String {
        shown(&plain(&self.folders.here.join(path)), &self.folders.top)
    }
}

/// The page of a rule on the web.
pub(crate) fn rule_page(rule: RuleId) -> String {
    format!("https://github.com/postlint/postlint/blob/main/rules/{rule}.md")
}

/// How many findings are not told, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Untold {
    /// The author has answered to them in the post.
    pub suppressed: usize,
    /// They are in the baseline.
    pub known: usize,
    /// They are in the baseline, and in the post no more.
    pub fixed: usize,
}

impl std::ops::AddAssign for Untold {
    fn add_assign(&mut self, more: Untold) {
        self.suppressed += more.suppressed;
        self.known += more.known;
        self.fixed += more.fixed;
    }
}

/// What one post adds to the output; needs the post's text no longer.
#[derive(Debug)]
pub struct Rendered {
    /// The findings alone.
    pub findings: String,
    not_checked: String,
    tally: Option<Tally>,
    errors: usize,
    warnings: usize,
    safe: usize,
    risky: usize,
    open: usize,
    /// What was found too.
    pub untold: Untold,
    unchecked: Vec<Unchecked>,
}

/// What a whole run came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Posts that were checked.
    pub posts: usize,
    /// Findings that are errors.
    pub errors: usize,
    /// Findings that are warnings.
    pub warnings: usize,
    /// Places that were left open.
    pub not_checked: usize,
    /// Findings that are not told.
    pub untold: Untold,
    /// Whether these are listed.
    pub lists_unchecked: bool,
    /// Findings with a repair that leaves the page as it is.
    pub safe: usize,
    /// Findings with a repair that changes the page.
    pub risky: usize,
}

impl Rendered {
    fn found(&self) -> usize {
        self.errors + self.warnings
    }
}

impl Summary {
    fn found(&self) -> usize {
        self.errors + self.warnings
    }
}

impl Style {
    /// Whether it says something of a post in which nothing was found.
    pub fn names_clean_posts(self) -> bool {
        self.format.reporter().names_clean_posts()
    }

    /// Of a format, for a file or a pipe.
    pub fn plain(format: Format) -> Style {
        Style { format, color: false, summary: false, columns: None, links: false, unchecked: false }
    }

    /// Turns a post's findings into output.
    pub fn render(self, post: &Checked) -> Rendered {
        let reporter = self.format.reporter();
        let (findings, not_checked) = (reporter.findings(post, self), reporter.not_checked(post));
        let errors = post.findings.iter().filter(|(severity, _)| *severity == Severity::Error).count();
        let tally = reporter.tally(post);
        let with = |safety| post.findings.iter().filter(|(_, finding)| finding.is_fixed_by(safety)).count();
        Rendered {
            findings,
            not_checked,
            tally,
            errors,
            warnings: post.findings.len() - errors,
            safe: with(Safety::Safe),
            risky: with(Safety::Unsafe),
            open: post.not_checked.len(),
            untold: Untold::default(),
            unchecked: if self.unchecked { unchecked::of(post) } else { Vec::new() },
        }
    }
}

/// The span moved into the text and onto character boundaries: a text read with losses is shorter or longer than its file.
fn clamp(text: &str, span: &Span) -> Span {
    let start = boundary(text, span.start);
    Span::new(start, boundary(text, span.end).max(start))
}

/// The character to print in place of one that moves the cursor, reorders text, or cannot be seen.
pub(crate) fn visible(character: char) -> char {
    match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' => '\u{fffd}',
        '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
        '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        _ => character,
    }
}
