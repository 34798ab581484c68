//! `rules/undefined-reference.md`

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{Definition, LinkKind};
use crate::post::Post;
use crate::text::{Span, nearest};

static LABEL: LazyLock<Finder> = LazyLock::new(|| Finder::new("]["));
static FOOTNOTE: LazyLock<Finder> = LazyLock::new(|| Finder::new("[^"));

/// So many marks that refer to a footnote are shown.
const MOST_MARKS: usize = 3;

/// What a post says of itself as to references.
struct Known<'p> {
    /// Labels that are defined; the first of them.
    labels: Vec<&'p str>,
    uses_references: bool,
    /// Labels of footnotes.
    footnotes: HashSet<&'p str>,
}

/// So many labels are held against a wrong one, and so many wrong ones against them.
const MOST: usize = 200;

/// References to what is not defined, where they are surely meant as such: readers see their brackets.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, body) = (context.post, &context.post.body);
    let known = OnceCell::new();
    let known = || {
        known.get_or_init(|| Known {
            labels: body.definitions.iter().take(MOST).map(|definition| definition.label.as_str()).collect(),
            uses_references: body.links.iter().any(|link| link.kind == LinkKind::Reference),
            footnotes: body.notes.iter().map(|note| note.name.as_str()).collect(),
        })
    };
    let mut tried = 0;
    let found = |finder: &'static Finder| {
        let hits = finder.find_iter(&post.text.as_bytes()[body.span]).map(|at| body.span.start + at);
        hits.filter_map(move |at| Some((at, &body.leaf_at(at).filter(|block| block.kind.is_running())?.span)))
    };
    for (middle, block) in found(&LABEL).filter(|&(at, _)| body.link_at(at).is_none()) {
        if let Some(found) = reference(post.text, block, middle) {
            undefined(context, known(), &found, &mut tried, findings);
        }
    }
    if context.blog.site().lacks_footnotes {
        let definition = body.definitions.iter().find(|definition| definition.label.starts_with('^'));
        let notes = OnceCell::new();
        let has_note = |label: &str| notes.get_or_init(|| noted(post.text)).contains(label);
        let mut marks =
            found(&FOOTNOTE).filter_map(|(open, block)| lone_mark(context, Span::new(open, block.end), has_note));
        without_footnotes(context, definition, marks.next().as_ref(), findings);
        return;
    }
    let marks: Vec<Mark> = found(&FOOTNOTE)
        .filter_map(|(open, block)| undefined_mark(context, known(), Span::new(open, block.end)))
        .collect();
    let mut firsts: HashMap<&str, usize> = HashMap::new();
    marks.iter().for_each(|mark| _ = firsts.entry(mark.label).or_insert(mark.whole.start));
    let is_note = |mark: &&Mark| firsts[mark.label] < mark.whole.start && begins_note(post, mark);
    let (notes, others): (Vec<&Mark>, Vec<&Mark>) = marks.iter().partition(is_note);
    let mut referring: HashMap<&str, Vec<Span>> = HashMap::new();
    others.iter().for_each(|mark| referring.entry(mark.label).or_default().push(mark.whole));
    for Mark { label, whole } in &notes {
        let message = format!("`[^{label}]` begins no footnote without a colon, so readers see the brackets");
        let finding = findings.at(*whole, message).help(format!("write `[^{label}]:`"));
        let marks = referring.get(label).into_iter().flatten().take(MOST_MARKS);
        marks.for_each(|mark| _ = finding.label(*mark, "this refers to it"));
    }
    let labels: HashSet<&str> = notes.iter().map(|note| note.label).collect();
    for Mark { label, whole } in others {
        if !labels.contains(label) {
            findings
                .at(*whole, format!("there is no footnote `{label}`, so readers see the brackets"))
                .help(format!("add a line `[^{label}]: …`"));
        }
    }
}

/// The first mark or note of a post whose engine reads no footnotes: all else is the same.
fn without_footnotes(
    context: &RuleContext,
    definition: Option<&Definition>,
    mark: Option<&Mark>,
    findings: &mut Findings,
) {
    let Some(engine) = context.engine().map(MarkdownEngine::name) else { return };
    let finding = match (definition, mark) {
        (Some(definition), _) => {
            let label = &definition.label;
            findings.at(definition.span, format!("{engine} reads no footnotes, so `[{label}]` becomes a link"))
        }
        (None, Some(mark)) => {
            let label = mark.label;
            findings.at(mark.whole, format!("{engine} reads no footnotes, so readers see `[^{label}]`"))
        }
        (None, None) => return,
    };
    finding.help("write the note into the text, or give the engine a plugin for footnotes");
}

/// The labels of what looks like a note: `[^label]: ` at the start of a line.
fn noted(text: &str) -> HashSet<&str> {
    const OPEN: &str = "\n[^";
    let behind = memchr::memmem::find_iter(text.as_bytes(), OPEN).map(|at| &text[at + OPEN.len()..]);
    let label =
        |rest: &'_ str| rest.find(|sign: char| !is_in_label(sign)).filter(|&end| rest[end..].starts_with("]: "));
    behind.filter_map(|rest| Some(&rest[..label(rest)?])).collect()
}

fn is_in_label(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-')
}

/// `[^label]` that a footnote is meant by: it is numbered, or a note is there.
fn lone_mark<'a>(context: &RuleContext<'a>, span: Span, has_note: impl Fn(&str) -> bool) -> Option<Mark<'a>> {
    let post = context.post;
    let rest = &post.text[span.start + 2..span.end];
    let label = &rest[..rest.find(|sign: char| !is_in_label(sign))?];
    let whole = Span::new(span.start, span.start + label.len() + 3);
    let is_number = label.len() < 3 && label.bytes().all(|byte| byte.is_ascii_digit());
    let before = post.text[..whole.start].chars().next_back().unwrap_or('\n');
    let is_pattern = matches!(before, '\\' | '[' | '`' | '/' | '(')
        || post.text[whole.end..].starts_with(['(', '*', '+', ']', '{', '?']);
    let is_mark = !label.is_empty() && rest[label.len()..].starts_with(']') && !is_pattern;
    (is_mark && (is_number || has_note(label)) && context.is_open(&whole)).then_some(Mark { label, whole })
}

/// `[^label]`
#[derive(Clone, Copy)]
struct Mark<'t> {
    label: &'t str,
    whole: Span,
}

/// Whether text follows a mark at the start of a line, as where a footnote begins: not in the midst of running text.
fn begins_note(post: &Post, mark: &Mark) -> bool {
    let start = post.line_start(mark.whole.start);
    let before = &post.text[start..mark.whole.start];
    let behind = post.text[mark.whole.end..].lines().next().unwrap_or_default();
    let is_first = || post.body.leaf_at(mark.whole.start).is_some_and(|block| start <= block.span.start);
    let is_behind_note = || post.text[..start].lines().next_back().is_some_and(|line| line.trim().starts_with("[^"));
    before.trim().is_empty() && behind.starts_with(' ') && !behind.trim().is_empty() && (is_first() || is_behind_note())
}

/// `[text][label]`, `[label][]`
struct Reference<'t> {
    text: &'t str,
    label: &'t str,
    /// All of it, with the `!` of an image.
    whole: Span,
}

/// The reference that has its `][` at a byte.
fn reference<'t>(text: &'t str, block: &Span, middle: usize) -> Option<Reference<'t>> {
    /// So long is a text or a label, in bytes.
    const LONGEST: usize = 300;
    let bytes = text.as_bytes();
    let stops = |byte: &u8| matches!(byte, b'[' | b']' | b'\n');
    let before = &bytes[block.start.max(middle.saturating_sub(LONGEST))..middle];
    let open = middle - before.iter().rev().position(stops)? - 1;
    let behind = &bytes[middle + 2..block.end.min(middle + 2 + LONGEST)];
    let close = middle + 2 + behind.iter().position(stops)?;
    let is_whole = bytes[open] == b'[' && bytes[close] == b']' && open + 1 < middle;
    let start = open - usize::from(text[block.start..open].ends_with('!'));
    is_whole.then(|| Reference {
        text: &text[open + 1..middle],
        label: &text[middle + 2..close],
        whole: Span::new(start, close + 1),
    })
}

fn undefined(context: &RuleContext, known: &Known, found: &Reference, tried: &mut usize, findings: &mut Findings) {
    let (post, Reference { text, label, whole }) = (context.post, found);
    let name = if label.is_empty() { text } else { label };
    if !may_be_meant(post, text, whole) || !context.is_open(whole) {
        return;
    }
    *tried += 1;
    let labels = known.labels.iter().copied().filter(|_| *tried <= MOST);
    let near = nearest(name, labels);
    let is_number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
    let is_meant = match *label {
        "" => true,
        // Without any definition, `state [received][100]` is a line of a log: nobody numbers a hundred references.
        _ => {
            is_number && (!known.labels.is_empty() || label.len() < 3)
                || near.is_some()
                || known.uses_references && !heads_line(post, whole)
        }
    };
    if is_meant {
        let message = format!("there is no definition of `[{name}]`, so readers see the brackets");
        findings.at(*whole, message).help(match near {
            Some(near) => format!("did you mean `[{near}]`?"),
            None => format!("write the address in parentheses, or add a line `[{name}]: https://…`"),
        });
    }
}

/// Whether brackets can be those of a reference: `a[i][j]` and `[0][1]` are none.
fn may_be_meant(post: &Post, text: &str, span: &Span) -> bool {
    let has_words = text.chars().filter(|sign| sign.is_alphabetic()).count() > 1;
    let before = post.text[..span.start].chars().next_back().unwrap_or('\n');
    let after = post.text[span.end..].chars().next().unwrap_or('\n');
    let is_index = before.is_ascii_alphanumeric() || matches!(before, '[' | ']' | ')' | '\\' | '_' | '`');
    has_words && !is_index && !matches!(after, '(' | '[' | ':') && post.body.link_at(span.start).is_none()
}

/// Whether no word stands before it on its line, as with `[BOJ][Python]` before the title of a problem.
fn heads_line(post: &Post, span: &Span) -> bool {
    const LONGEST_MARKER: usize = 32;
    let before = post.text[..span.start].char_indices().rev().take(LONGEST_MARKER);
    let mut before = before.map(|(_, sign)| sign).take_while(|sign| *sign != '\n');
    let is_first = before.all(|sign| !sign.is_alphabetic());
    is_first && before.next().is_none()
}

/// `[^label]` at the beginning of a span that may go on to the end of its block, where readers see its brackets.
fn undefined_mark<'a>(context: &RuleContext<'a>, known: &Known, span: Span) -> Option<Mark<'a>> {
    /// So long is a label, in characters.
    const LONGEST: usize = 100;
    let post = context.post;
    let is_word = |sign: &(usize, char)| is_in_label(sign.1);
    let rest = &post.text[span.start + 2..span.end];
    let end = rest.char_indices().take(LONGEST).take_while(is_word).last().map_or(0, |(at, last)| at + last.len_utf8());
    let (label, whole) = (&rest[..end], Span::new(span.start, span.start + end + 3));
    let engine_has_none = || context.engine().is_some_and(|engine| !engine.has_footnotes());
    if label.is_empty() || !rest[end..].starts_with(']') || known.footnotes.contains(label) || engine_has_none() {
        return None;
    }
    let before = post.text[..whole.start].chars().next_back().unwrap_or('\n');
    let is_number = label.bytes().all(|byte| byte.is_ascii_digit());
    let is_meant = is_number || !known.footnotes.is_empty() && is_name(label);
    let is_pattern =
        matches!(before, '\\' | '[' | '`' | '/' | '(') || post.text[whole.end..].starts_with([':', '(', '*', '+', ']']);
    (is_meant && !is_pattern && context.is_open(&whole)).then_some(Mark { label, whole })
}

/// Whether a label is a name, and not the signs that a pattern leaves out: `a-z`, `abc`.
fn is_name(label: &str) -> bool {
    label.chars().count() > 3 && label.chars().nth(1) != Some('-')
}
