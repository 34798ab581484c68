//! Text for people: a finding under the line it is about.

use std::fmt::{Result, Write};
use std::iter;
use std::ops::Range;

use anstyle::{AnsiColor, Style};
use codespan_reporting::diagnostic::{self, Diagnostic, LabelStyle};
use codespan_reporting::term::{self, Config, WriteStyle};

use super::excerpt::{Excerpt, Excerpts};
use super::wrap::wrapped;
use super::{Checked, Reporter, Summary, Untold, Whole, rule_page, visible};
use crate::finding::{Finding, Label, RuleId, Severity};
use crate::text::{Lines, Span};

/// Excerpts, and a line that counts.
pub(super) struct Text;

impl Reporter for Text {
    fn findings(&self, post: &Checked, style: super::Style) -> String {
        let super::Style { color, columns, links, .. } = style;
        let mut page = Page { text: String::new(), color, columns, links };
        let path = printed(post.path);
        for (severity, finding) in post.findings {
            draw(&mut page, &path, post.lines, *severity, finding);
        }
        if color { page.text } else { without_trailing_spaces(&page.text) }
    }

    fn end(&self, whole: &Whole, style: super::Style) -> String {
        closing(&whole.summary, style)
    }
}

/// A finding as people read it, in a file.
pub(super) fn drawn(path: &str, lines: &Lines, severity: Severity, finding: &Finding) -> String {
    let mut page = Page { text: String::new(), color: false, columns: None, links: false };
    draw(&mut page, &printed(path), lines, severity, finding);
    without_trailing_spaces(&page.text)
}

/// The renderer fills lines up to the widest label; a report kept in a file is better without.
fn without_trailing_spaces(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end_matches(' '), "\n"]).collect()
}

fn draw(page: &mut Page, path: &str, lines: &Lines, severity: Severity, finding: &Finding) {
    let own: Vec<&Label> = finding.labels.iter().filter(|label| label.file.is_none()).collect();
    let spans: Vec<&Span> = iter::once(&finding.span).chain(own.iter().map(|label| &label.span)).collect();
    let (excerpt, ranges) = Excerpt::new(path.to_owned(), lines, &spans, page.room(lines));
    if !page.color
        && page.columns.is_none()
        && finding.labels.is_empty()
        && let Some(line) = excerpt.narrow_line().filter(|_| !ranges[0].is_empty())
    {
        return draw_one(page, &excerpt, line, &ranges[0], severity, finding);
    }
    let mut excerpts = Excerpts(vec![excerpt]);
    let mut labels = vec![diagnostic::Label::primary(0, ranges[0].clone())];
    labels.extend(own.iter().zip(&ranges[1..]).map(|(label, range)| secondary(0, range, label)));
    for (label, file) in finding.labels.iter().filter_map(|label| Some((label, label.file.as_ref()?))) {
        let (excerpt, ranges) = {
            let lines = Lines::new(&file.text);
            Excerpt::new(printed(&file.path), &lines, &[&label.span], page.room(&lines))
        };
        labels.push(secondary(excerpts.0.len(), &ranges[0], label));
        excerpts.0.push(excerpt);
    }
    render(page, excerpts, labels, severity, finding);
}

/// Leaves it to the renderer to lay out what stands where.
fn render(
    page: &mut Page,
    excerpts: Excerpts,
    labels: Vec<diagnostic::Label<usize>>,
    severity: Severity,
    finding: &Finding,
) {
    let gutter = excerpts.0.iter().map(Excerpt::gutter).max().unwrap_or_default();
    let diagnostic = Diagnostic::new(match severity {
        Severity::Warn => diagnostic::Severity::Warning,
        Severity::Error => diagnostic::Severity::Error,
    })
    .with_code(page.linked(finding.rule))
    .with_message(page.header(severity, finding))
    .with_labels(labels)
    .with_notes_iter(finding.help.as_deref().map(|help| page.note(help, gutter)));
    term::emit_to_write_style(page, &Config::default(), &excerpts, &diagnostic)
        .expect("every label is in its excerpt, and memory takes all that is written");
}

/// Draws what the renderer makes of a place on one line without colours, as most findings are, in a fraction of its time.
fn draw_one(
    page: &mut Page,
    excerpt: &Excerpt,
    line: &str,
    range: &Range<usize>,
    severity: Severity,
    finding: &Finding,
) {
    let severity = word(severity);
    let (rule, message) = (page.linked(finding.rule), one_line(&finding.message));
    let (path, number, column) = excerpt.place();
    let gutter = " ".repeat(number.to_string().len());
    let [before, carets] = [&line[..range.start], &line[range.clone()]].map(|part| part.chars().count());
    let drawn = write!(
        page.text,
        "{severity}[{rule}]: {message}\n{gutter} ┌─ {path}:{number}:{column}\n{gutter} │\n{number} │ {line}\n\
         {gutter} │ {:before$}{:^<carets$}\n",
        "", ""
    );
    let help = finding.help.as_deref().map(one_line);
    let drawn = drawn.and_then(|()| help.map_or(Ok(()), |help| write!(page.text, "{gutter} │\n{gutter} = {help}\n")));
    drawn.expect("memory takes all that is written");
    page.text.push('\n');
}

/// The id of a rule as a link to its page (OSC 8).
pub(crate) fn linked(rule: RuleId) -> String {
    format!("\u{1b}]8;;{}\u{1b}\\{rule}\u{1b}]8;;\u{1b}\\", rule_page(rule))
}

fn secondary(excerpt: usize, range: &Range<usize>, label: &Label) -> diagnostic::Label<usize> {
    diagnostic::Label::secondary(excerpt, range.clone()).with_message(one_line(&label.message))
}

/// A path without signs that steer the terminal.
pub(super) fn printed(path: &str) -> String {
    if is_plain(path) { path.to_owned() } else { path.chars().map(visible).collect() }
}

/// Whether each byte is a sign that is printed as it is.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// Words of a rule, which may quote anything.
pub(super) fn one_line(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { visible(c) }).collect()
}

/// The last line, such as `1 error and 3 warnings in 12 posts`.
pub(crate) fn summary(run: &Summary) -> String {
    let found = match (run.errors, run.warnings) {
        (0, 0) if run.posts == 0 => return "no posts were checked".to_owned(),
        (0, 0) => "no problems".to_owned(),
        (errors, 0) => count(errors, "error"),
        (0, warnings) => count(warnings, "warning"),
        (errors, warnings) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
    };
    // Without posts, it is the config that was found fault with.
    let place =
        if run.posts == 0 { "; no posts were checked".to_owned() } else { format!(" in {}", count(run.posts, "post")) };
    let line = found + &place + &untold(&run.untold);
    let how = if run.lists_unchecked { "" } else { " (`--show-unchecked` lists them)" };
    match run.not_checked {
        0 => line,
        1 if !run.lists_unchecked => format!("{line}; 1 thing not checked (`--show-unchecked` tells which)"),
        open => format!("{line}; {} not checked{how}", count(open, "thing")),
    }
}

/// Which command repairs how many of the findings; a repair that does not pass the proof is left out when it runs.
fn repairs(run: &Summary) -> Option<String> {
    const SAFE: &str = "`postlint fix`";
    const RISKY: &str = "`postlint fix --unsafe-fixes`";
    let all = run.errors + run.warnings;
    let of_them = |number: usize| match (number, all) {
        (1, 1) => "it".to_owned(),
        (number, all) if number == all => "all of them".to_owned(),
        (number, _) => format!("{number} of them"),
    };
    match (run.safe, run.risky) {
        (0, 0) => None,
        (safe, 0) => Some(format!("{SAFE} tries to repair {}", of_them(safe))),
        (0, risky) => Some(format!("{RISKY} tries to repair {}", of_them(risky))),
        (safe, risky) => Some(format!("{SAFE} tries to repair {}, {RISKY} {risky} more", of_them(safe))),
    }
}

/// What stands below all findings.
pub(crate) fn closing(run: &Summary, style: super::Style) -> String {
    let lines = [Some(summary(run)), repairs(run)];
    let mut text = String::new();
    for line in lines.into_iter().flatten().filter(|_| style.summary) {
        let lines = style.columns.map_or_else(|| vec![line.clone()], |columns| wrapped(&line, columns, 0));
        lines.iter().for_each(|line| text += &format!("{line}\n"));
    }
    text
}

/// What was found too, such as `; 12 in the baseline, 3 of it fixed since; 2 suppressed`.
fn untold(untold: &Untold) -> String {
    let mut told = String::new();
    let known = untold.known + untold.fixed;
    if known > 0 {
        told += &format!("; {known} in the baseline");
    }
    if untold.fixed > 0 {
        told += &format!(", {} of it fixed since", untold.fixed);
    }
    if untold.suppressed > 0 {
        told += &format!("; {} suppressed", untold.suppressed);
    }
    told
}

pub(crate) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

fn word(severity: Severity) -> &'static str {
    if severity == Severity::Error { "error" } else { "warning" }
}

/// Collects what is drawn, with colours or without.
struct Page {
    text: String,
    color: bool,
    columns: Option<usize>,
    links: bool,
}

impl Page {
    /// How many columns there are for a line of a post.
    fn room(&self, lines: &Lines) -> usize {
        // At most two signs say that a line goes on.
        let gutter = lines.index(lines.text().len()).to_string().len() + " │ ……".chars().count();
        self.columns.map_or(usize::MAX, |columns| columns.saturating_sub(gutter))
    }

    /// The id of a rule, which leads to its page where the terminal shows links.
    fn linked(&self, rule: RuleId) -> String {
        if self.links { linked(rule) } else { rule.name().to_owned() }
    }

    /// The message behind the name of the rule.
    fn header(&self, severity: Severity, finding: &Finding) -> String {
        let before = word(severity).len() + finding.rule.len() + "[]: ".len();
        self.in_lines(&finding.message, before, "  ")
    }

    /// What to do, below the lines of the post.
    fn note(&self, help: &str, gutter: usize) -> String {
        let columns = self.columns.map(|columns| columns.saturating_sub(gutter + " = ".len()));
        Page { text: String::new(), columns, ..*self }.in_lines(help, 0, "")
    }

    fn in_lines(&self, text: &str, first: usize, indent: &str) -> String {
        let text = one_line(text);
        let Some(columns) = self.columns else { return text };
        let columns = columns.saturating_sub(indent.len());
        wrapped(&text, columns, first).join(&format!("\n{indent}"))
    }

    fn set(&mut self, style: Style) -> Result {
        if self.color { write!(self.text, "{}{style}", anstyle::Reset) } else { Ok(()) }
    }
}

impl Write for Page {
    fn write_str(&mut self, text: &str) -> Result {
        self.text.write_str(text)
    }

    fn write_char(&mut self, character: char) -> Result {
        self.text.write_char(character)
    }
}

const GUTTER: Style = AnsiColor::Blue.on_default();

fn tone(severity: diagnostic::Severity) -> Style {
    let is_error = severity == diagnostic::Severity::Error;
    if is_error { AnsiColor::Red.on_default() } else { AnsiColor::Yellow.on_default() }
}

impl WriteStyle for Page {
    fn set_header(&mut self, severity: diagnostic::Severity) -> Result {
        self.set(tone(severity).bold())
    }

    fn set_header_message(&mut self) -> Result {
        self.set(Style::new().bold())
    }

    fn set_line_number(&mut self) -> Result {
        self.set(GUTTER)
    }

    fn set_note_bullet(&mut self) -> Result {
        self.set(GUTTER)
    }

    fn set_source_border(&mut self) -> Result {
        self.set(GUTTER)
    }

    fn set_label(&mut self, severity: diagnostic::Severity, style: LabelStyle) -> Result {
        self.set(if style == LabelStyle::Primary { tone(severity) } else { GUTTER })
    }

    fn reset(&mut self) -> Result {
        self.set(Style::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::RuleId;

    #[test]
    fn one_place_is_drawn_as_by_the_renderer() {
        let long = "word ".repeat(60);
        let mut drawn_alike = 0;
        for (text, words) in [
            ("to be", "be"),
            ("one\n\n  two three  \n", "three"),
            ("one\n\n  two three  \n", " three  "),
            (&*format!("{long}here {long}"), "here"),
            (&*format!("{long}here"), "here"),
            (&*format!("{}a here", "\n".repeat(120)), "here"),
            ("가나 here", "here"),
            ("a\there", "here"),
            ("to be", ""),
        ] {
            let start = text.find(words).expect("words of the text");
            for help in [None, Some("write `a`".to_owned())] {
                let span = Span::new(start, start + words.len());
                let finding = Finding { help, ..Finding::new(RuleId::new("rule"), span, "it is `wrong`".into()) };
                let lines = Lines::new(text);
                let page = || Page { text: String::new(), color: false, columns: None, links: false };
                let (mut page, mut other) = (page(), page());
                draw(&mut page, "a/b.md", &lines, Severity::Warn, &finding);
                let (excerpt, ranges) = Excerpt::new("a/b.md".to_owned(), &lines, &[&finding.span], usize::MAX);
                drawn_alike += usize::from(excerpt.narrow_line().is_some() && !ranges[0].is_empty());
                render(
                    &mut other,
                    Excerpts(vec![excerpt]),
                    vec![diagnostic::Label::primary(0, ranges[0].clone())],
                    Severity::Warn,
                    &finding,
                );
                assert_eq!(without_trailing_spaces(&page.text), without_trailing_spaces(&other.text), "{text:?}");
            }
        }
        assert_eq!(drawn_alike, 12);
    }
}
