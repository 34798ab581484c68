//! `rules/literal-heading.md`

use std::cell::OnceCell;

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::page::Tag;
use crate::post::Post;
use crate::text::{Span, first_line, holding};

/// Spaces that Markdown takes for letters: no-break, full-width, and those without a width.
const STRANGE: &[char] = &['\u{a0}', '\u{3000}', '\u{200b}', '\u{feff}', '\u{2060}'];

/// Lines with `##` that lack the space which makes a heading.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some((page, profile)) = context.page() else { return };
    let verbatim = OnceCell::new();
    let verbatim = || {
        verbatim.get_or_init(|| {
            let elements = page.elements().filter(|(tag, _)| tag.is_verbatim() || **tag == Tag::Table);
            let mut verbatim: Vec<&Span> = elements.map(|(_, source)| source).collect();
            verbatim.sort_by_key(|source| source.start);
            // What stands in a table is said by the table.
            let mut end = 0;
            verbatim.retain(|source| {
                let is_outer = source.start >= end;
                end = end.max(source.end);
                is_outer
            });
            verbatim
        })
    };
    let is_prose = |source: &Span| holding(verbatim(), source.start, |verbatim| verbatim).is_none();
    let begins_line = |source: &Span| post.line_of(source).start == source.start && is_prose(source);
    let lines = page.text().filter(|(text, source)| text.as_bytes().first() == Some(&b'#') && begins_line(source));
    let is_meant = |line: &Line| !is_between_fences(&post.text[post.body.span.start..line.span.start]);
    let found = lines.filter_map(|(_, source)| Line::read(post, source.start)).filter(is_meant);
    let found: Vec<Line> = found.collect();
    let several = found.iter().any(|line| line.hashes > 1);
    let is_meant = |line: &Line| match line.indent.is_empty() || line.hashes > 1 {
        true => line.is_sure(post) || several && is_title(post, &line.span),
        false => line.is_heading(post) && is_title(post, &line.span),
    };
    for line in found.into_iter().filter(is_meant) {
        if !line.indent.is_empty() {
            let (written, marker) = (&post.text[line.span], &post.text[line.marker()]);
            findings
                .at(
                    line.span,
                    format!(
                        "`{written}` is no heading for {}: white space stands before the `{marker}`",
                        profile.name()
                    ),
                )
                .help(format!("let the line begin with the `{marker}`"))
                .unsafe_fix("take the white space away", vec![Edit::new(line.indent, "")]);
            continue;
        }
        let [marker, text] = [line.marker(), Span::new(line.gap.end, line.span.end)].map(|span| &post.text[span]);
        let why = match post.text[line.gap].chars().next() {
            Some(space) => format!("the space after the `{marker}` is U+{:04X}, which is none to it", u32::from(space)),
            None => format!("no space follows the `{marker}`"),
        };
        let shown = format!("{marker}{}{text}", if line.gap.is_empty() { "" } else { " " });
        findings
            .at(line.span, format!("`{shown}` is no heading for {}: {why}", profile.name()))
            .help(format!(
                "write `{marker} {text}`{}",
                if line.gap.is_empty() { "" } else { " with an ordinary space" }
            ))
            .unsafe_fix("put a space after the `#`", vec![Edit::new(line.gap, " ")]);
    }
}

/// Whether what follows a text is meant for code, by the lines of backticks and tildes above it. Where one of them is none
/// to the engine, as within HTML, that is what is wrong.
fn is_between_fences(before: &str) -> bool {
    let mut open: Option<&str> = None;
    for line in before.lines() {
        let line = line.trim();
        let Some(sign @ ('`' | '~')) = line.chars().next() else { continue };
        let marks = &line[..line.len() - line.trim_start_matches(sign).len()];
        match open {
            Some(fence) if marks.starts_with(fence) && marks.len() == line.len() => open = None,
            None if marks.len() > 2 && !line[marks.len()..].contains('`') => open = Some(marks),
            _ => {}
        }
    }
    open.is_some()
}

/// A line that begins with `#` and is no heading.
struct Line {
    span: Span,
    hashes: usize,
    /// The strange spaces after them, if there are any.
    gap: Span,
    /// White space before them, where that is what makes it none.
    indent: Span,
}

impl Line {
    /// The line from a byte on, if letters follow its `#`, or white space stands before a marker that is well.
    fn read(post: &Post, at: usize) -> Option<Line> {
        let span = first_line(post.text, Span::new(at, post.text.len()));
        let rest = post.text[span].trim_start_matches('#');
        let text = rest.trim_start_matches(STRANGE);
        let hashes = span.len() - rest.len();
        let gap = Span::new(span.start + hashes, span.end - text.len());
        let start = post.line_start(at);
        let is_indented = at > start && post.text[start..at].trim_matches([' ', '\t']).is_empty();
        let is_marker = gap.is_empty() && text.starts_with([' ', '\t']);
        let (indent, text) = match is_indented && is_marker {
            true => (Span::new(start, at), text.trim_start()),
            false => (Span::empty(at), text),
        };
        let is_title =
            text.starts_with(char::is_alphanumeric) || !gap.is_empty() && text.starts_with(['`', '*', '[', '(']);
        (hashes <= 6 && is_title).then_some(Line { span, hashes, gap, indent })
    }

    fn marker(&self) -> Span {
        Span::new(self.span.start, self.span.start + self.hashes)
    }

    /// One `#` is also that of a hashtag, but no space follows that, and the prompt of a shell.
    fn is_sure(&self, post: &Post) -> bool {
        let line = &post.text[self.span];
        let is_command = || line.contains(" | ") || line.contains(" -");
        self.hashes > 1 || !self.gap.is_empty() && !is_command()
    }

    /// One `#` behind white space may be a comment of code, too.
    fn is_heading(&self, post: &Post) -> bool {
        let is_alone = || {
            let below = post.text[self.span.end..].trim_start_matches([' ', '\t', '\r']);
            let below = below.strip_prefix('\n').unwrap_or(below);
            below.is_empty() || below.trim_start_matches([' ', '\t', '\r']).starts_with(['\n', '-', '*', '>', '`', '!'])
        };
        !self.indent.is_empty() && post.body.headings.iter().any(|heading| heading.level == 1) && is_alone()
    }
}

/// One `#` is also that of a hashtag, which stands beside others or in running text.
fn is_title(post: &Post, line: &Span) -> bool {
    let blank = |text: &str| text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n");
    !post.text[line.start + 1..line.end].contains('#') && blank(&post.text[..post.line_start(line.start)])
}
