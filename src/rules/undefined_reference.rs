//! `rules/undefined-reference.md`

use std::sync::LazyLock;

use regex::Regex;

use super::Subject;
use crate::finding::Findings;
use crate::post::Post;
use crate::post::body::{BlockKind, LinkKind};
use crate::render::Markdown;
use crate::text::{Span, nearest};

/// `[text][label]`, `[label][]`
static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"!?\[([^\[\]\n]{1,200})\]\[([^\[\]\n]{0,100})\]").expect("a pattern"));

/// `[^label]`
static FOOTNOTE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\[\^([\w-]{1,100})\]").expect("a pattern"));

/// References to what is not defined, where they are surely meant as such: readers see their brackets.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let (post, body) = (subject.post, &subject.post.body);
    let blocks = body.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table)
    });
    for block in blocks {
        let text = &post.text.as_bytes()[block.span.clone()];
        if memchr::memmem::find(text, b"][").is_some() {
            references(subject, block.span.clone(), findings);
        }
        if memchr::memmem::find(text, b"[^").is_some() {
            footnotes(subject, block.span.clone(), findings);
        }
    }
}

fn references(subject: &Subject, block: Span, findings: &mut Findings) {
    let post = subject.post;
    for found in REFERENCE.captures_iter(&post.text[block.clone()]) {
        let (text, label) = (&found[1], &found[2]);
        let whole = found.get(0).map_or(0..0, |whole| block.start + whole.start()..block.start + whole.end());
        let name = if label.is_empty() { text } else { label };
        if !is_open(subject, &whole) || !is_meant(post, text, label, &whole) {
            continue;
        }
        let finding = findings.at(whole, format!("there is no definition of `[{name}]`, so readers see the brackets"));
        let labels = post.body.definitions.iter().map(|definition| definition.label.as_str());
        finding.help(match nearest(name, labels.take(MOST)) {
            Some(near) => format!("did you mean `[{near}]`?"),
            None => format!("write the address in parentheses, or add a line `[{name}]: https://…`"),
        });
    }
}

/// So many labels are held against a wrong one.
const MOST: usize = 1000;

/// Whether brackets are those of a reference, and not of an index or of words before a title: `a[i][j]`, `[BOJ][Python]`.
fn is_meant(post: &Post, text: &str, label: &str, span: &Span) -> bool {
    let has_words = |text: &str| text.chars().filter(|sign| sign.is_alphabetic()).count() > 1;
    let is_number = |label: &str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    let before = post.text[..span.start].chars().next_back().unwrap_or('\n');
    let after = post.text[span.end..].chars().next().unwrap_or('\n');
    let is_index = before.is_alphanumeric() && before.is_ascii() || matches!(before, ']' | ')' | '\\' | '_' | '`');
    let line = post.line_of(span);
    let heads_line = !post.text[line.start..span.start].contains(char::is_alphabetic);
    let uses_references = || post.body.links.iter().any(|link| link.kind == LinkKind::Reference);
    let labels = || post.body.definitions.iter().take(MOST).map(|known| known.label.as_str());
    let is_reference = match label {
        "" => before != '[',
        label if is_number(label) => true,
        label => nearest(label, labels()).is_some() || uses_references() && !heads_line,
    };
    has_words(text) && !is_index && !matches!(after, '(' | '[' | ':') && is_reference
}

fn footnotes(subject: &Subject, block: Span, findings: &mut Findings) {
    let post = subject.post;
    if subject.blog.profile().is_some_and(|profile| profile.is(Markdown::Commonmark)) {
        return;
    }
    let has_footnotes = || post.body.blocks.iter().any(|block| block.kind == BlockKind::Footnote);
    for found in FOOTNOTE.captures_iter(&post.text[block.clone()]) {
        let label = &found[1];
        let whole = found.get(0).map_or(0..0, |whole| block.start + whole.start()..block.start + whole.end());
        let before = post.text[..whole.start].chars().next_back().unwrap_or('\n');
        let is_meant = label.bytes().all(|byte| byte.is_ascii_digit()) || has_footnotes() && is_name(label);
        let is_mark = !matches!(before, '\\' | '[' | '`' | '/' | '(') && !post.text[whole.end..].starts_with([':', '(', '*', '+', ']']);
        if is_meant && is_mark && is_open(subject, &whole) {
            findings
                .at(whole, format!("there is no footnote `{label}`, so readers see the brackets"))
                .help(format!("add a line `[^{label}]: …`"));
        }
    }
}

/// Whether a label is a name, and not the signs that a pattern leaves out: `a-z`, `abc`.
fn is_name(label: &str) -> bool {
    label.chars().count() > 3 && label.chars().nth(1) != Some('-')
}

/// Whether readers see it as it is written: no code, no formula, nothing that an engine makes something of.
fn is_open(subject: &Subject, span: &Span) -> bool {
    let (post, body) = (subject.post, &subject.post.body);
    let is_prose = body.code_at(span.start).is_none()
        && body.formula_at(span.start).is_none()
        && body.comment_at(span.start).is_none();
    is_prose && !subject.blog.has_template(post, span) && subject.shows(span.start)
}
