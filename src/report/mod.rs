//! What `postlint check` prints: one file a format.
//!
//! Posts are checked in parallel and printed in order. A post's findings become text where its source is at hand
//! ([`Style::render`]), so memory grows with what is found and not with the files; [`Output`] joins the pieces. A new
//! format is a file with a [`Reporter`], and a line in `formats!`.
//! Every name, message and quoted line is data of strangers: no format lets it steer the terminal or the reader's tools.

use std::io::{self, Write};

use clap::ValueEnum;

use crate::finding::{Finding, NotChecked, Severity};
use crate::text::{Lines, Span, boundary};
use summary::Tally;

pub(crate) mod calendar;
mod columns;
pub(crate) mod diff;
mod excerpt;
mod github;
mod json;
pub(crate) mod kind;
pub(crate) mod learned;
pub(crate) mod outline;
pub(crate) mod repairs;
mod summary;
#[cfg(test)]
mod tests;
mod text;

/// A form of the output.
trait Reporter {
    /// What stands before all findings.
    fn begin(&self, _posts: usize) -> String {
        String::new()
    }

    /// What a post's findings become.
    fn findings(&self, post: &Checked, style: Style) -> String;

    /// What becomes of that which was left open in a post.
    fn not_checked(&self, _post: &Checked) -> String {
        String::new()
    }

    /// What of a post goes into tables at the end.
    fn tally(&self, _post: &Checked) -> Option<Tally> {
        None
    }

    /// Those tables.
    fn tables(&self, _tallies: &[Tally], _style: Style) -> String {
        String::new()
    }

    /// What stands between the pieces of two posts.
    fn separator(&self) -> &'static str {
        ""
    }

    /// What stands behind all findings; what was left open is handed over joined.
    fn end(&self, _run: &Summary, _not_checked: &str, _style: Style) -> String {
        String::new()
    }
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
    /// For programs: one JSON document.
    Json => json::Json,
    /// For GitHub Actions: workflow commands that become annotations.
    Github => github::Github,
    /// For an overview: how much was found, by rule, by kind and by post.
    Summary => summary::Overview,
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
}

/// A post and what was found in it.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'a> {
    /// The path from the folder postlint runs in, with forward slashes.
    pub path: &'a str,
    /// Its text.
    pub lines: &'a Lines<'a>,
    /// The name of its kind, empty where it has none; `None` where it is no post.
    pub kind: Option<&'a str>,
    /// What is wrong, in the order to print.
    pub findings: &'a [(Severity, Finding)],
    /// What was left open.
    pub not_checked: &'a [NotChecked],
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
    open: usize,
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
}

impl Style {
    /// Turns a post's findings into output.
    pub fn render(self, post: &Checked) -> Rendered {
        let reporter = self.format.reporter();
        let (findings, not_checked) = (reporter.findings(post, self), reporter.not_checked(post));
        let errors = post.findings.iter().filter(|(severity, _)| *severity == Severity::Error).count();
        let tally = reporter.tally(post);
        Rendered {
            findings,
            not_checked,
            tally,
            errors,
            warnings: post.findings.len() - errors,
            open: post.not_checked.len(),
        }
    }
}

/// A report under way.
#[derive(Debug)]
pub struct Output<W> {
    out: W,
    style: Style,
    summary: Summary,
    /// What was left open so far; it waits for the end.
    not_checked: String,
    has_findings: bool,
    tallies: Vec<Tally>,
}

impl<W: Write> Output<W> {
    /// Begins the report on a number of posts.
    ///
    /// # Errors
    /// Here and below, what the writer says.
    pub fn new(mut out: W, style: Style, posts: usize) -> io::Result<Self> {
        out.write_all(style.format.reporter().begin(posts).as_bytes())?;
        let summary = Summary { posts, ..Summary::default() };
        Ok(Output { out, style, summary, not_checked: String::new(), has_findings: false, tallies: Vec::new() })
    }

    /// Prints what was found in the next post.
    pub fn add(&mut self, post: &Rendered) -> io::Result<()> {
        self.summary.errors += post.errors;
        self.summary.warnings += post.warnings;
        self.summary.not_checked += post.open;
        self.tallies.extend(post.tally.clone());
        let separator = self.style.format.reporter().separator();
        if !self.not_checked.is_empty() && !post.not_checked.is_empty() {
            self.not_checked.push_str(separator);
        }
        self.not_checked.push_str(&post.not_checked);
        if self.has_findings && !post.findings.is_empty() {
            self.out.write_all(separator.as_bytes())?;
        }
        self.has_findings |= !post.findings.is_empty();
        self.out.write_all(post.findings.as_bytes())
    }

    /// Ends the report and says what it came to.
    pub fn finish(mut self) -> io::Result<Summary> {
        self.out.write_all(self.style.format.reporter().tables(&self.tallies, self.style).as_bytes())?;
        let end = self.style.format.reporter().end(&self.summary, &self.not_checked, self.style);
        self.out.write_all(end.as_bytes())?;
        self.out.flush()?;
        Ok(self.summary)
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
