//! `rules/placeholder.md`

mod words;

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use self::words::{KNOWN, Words, core};
use super::{Check, RuleContext};
use crate::finding::Findings;
use crate::markdown::document::{Block, BlockKind, Item};
use crate::post::Post;
use crate::syntax::front_matter::{Data, Entry, Value};
use crate::text::{Span, first_line, lines_in};

/// The rule's options.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct Options {
    /// The words, instead of those that postlint knows.
    words: Vec<String>,
    /// More words.
    also: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { words: KNOWN.iter().map(|word| word.to_string()).collect(), also: Vec::new() }
    }
}

/// The check for these words.
pub(crate) fn with(options: Options) -> Check {
    let words = Words::new(options.words.into_iter().chain(options.also));
    Box::new(move |context, findings| check(context, &words, findings))
}

static TODO: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("TODO"));
static SMALL_TODO: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("todo"));
static FIXME: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("FIXME"));

/// `TODO:` and `(TODO …)`.
static MARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(MARK_PATTERN).expect("a pattern"));
static MARK_HERE: LazyLock<Regex> = LazyLock::new(|| Regex::new(&format!(r"\A(?:{MARK_PATTERN})")).expect("a pattern"));
const MARK_PATTERN: &str = r"[(\[](?i:todo)(?-u:\b)|(?:TODO|FIXME) ?[:：]";

/// A date that nobody filled in.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let year = "(?:20[0-9][0-9]|20xx|xxxx|yyyy)";
    Regex::new(&format!(r"(?i-u:\b{year}[./-] ?(?:xx|mm)(?:[./-] ?(?:xx|dd))?\b)")).expect("a pattern")
});

fn check(context: &RuleContext, words: &Words, findings: &mut Findings) {
    let post = context.post;
    if is_draft(post) {
        return;
    }
    if let Some(front) = post.front_matter() {
        let has_mark = has_mark(&post.text[..post.body.span.start]);
        front.tree.entries.iter().for_each(|entry| check_entry(post, entry, words, has_mark, findings));
    }
    for block in post.body.prose().filter(|block| !block.quoted) {
        lines_in(post.text, block.span).for_each(|line| check_line(post, block, line, words, findings));
    }
    check_marks(post, findings);
    check_fields(context, findings);
}

/// A post that is not published may hold what it likes.
fn is_draft(post: &Post) -> bool {
    let value = |key| post.front_matter().and_then(|front| front.value(key));
    matches!(value("published"), Some(Value::Bool(false))) || matches!(value("draft"), Some(Value::Bool(true)))
}

fn report(post: &Post, span: Span, findings: &mut Findings) {
    let said = &post.text[span];
    findings.at(span, format!("`{said}` is still here")).help("write what belongs here, or take the line out");
}

/// Whether a text has one of the words that [`MARK`] looks for.
fn has_mark(text: &str) -> bool {
    [&*TODO, &*SMALL_TODO, &*FIXME].iter().any(|word| word.find(text.as_bytes()).is_some())
}

fn check_entry(post: &Post, entry: &Entry, words: &Words, may_be_marked: bool, findings: &mut Findings) {
    let Data::Scalar(_) = entry.value.data else { return };
    let span = &entry.value.span;
    let core = core(post.text, *span);
    let within =
        |pattern: &Regex| pattern.find(&post.text[*span]).map(|found| shifted(Span::from(found.range()), span.start));
    // Tags and categories may well be called `todo`.
    let label = ["tag", "categor", "series", "status", "slug", "permalink", "layout"];
    if words.has(&post.text[core]) && !label.iter().any(|label| entry.key.to_lowercase().starts_with(label)) {
        report(post, core, findings);
        return;
    }
    // Nearly no value has what these patterns need.
    let mark = || may_be_marked.then(|| within(&MARK)).flatten();
    let date = || may_be_blank_date(post.text[*span].as_bytes()).then(|| within(&DATE)).flatten();
    if let Some(found) = mark().or_else(date) {
        report(post, self::core(post.text, found), findings);
    }
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

fn check_line(post: &Post, block: &Block, line: Span, words: &Words, findings: &mut Findings) {
    let text = &post.text[line];
    if block.kind == BlockKind::Paragraph && words.may_be(text) {
        let core = core(post.text, line);
        let alone = words.has(&post.text[core]) && !is_label(post, block, &line) && !is_link(post, &core);
        let alone = alone && !is_on_board(post, block);
        if alone && speaks(post, block, core.start) {
            report(post, core, findings);
            return;
        }
    }
    if block.kind == BlockKind::Heading && may_be_blank_date(text.as_bytes()) || ends_like_blank_date(text) {
        check_date(post, block, line, findings);
    }
}

/// Whether a text has a sign that divides a date, and letters that stand for its digits: nearly none has.
fn may_be_blank_date(text: &[u8]) -> bool {
    memchr::memchr3(b'.', b'/', b'-', text).is_some() && has_blank_digits(text)
}

fn has_blank_digits(text: &[u8]) -> bool {
    let stands_for_digit = |byte: u8| matches!(byte, b'x' | b'X' | b'm' | b'M' | b'd' | b'D' | b'y' | b'Y');
    text.windows(2).any(|pair| stands_for_digit(pair[0]) && pair[0].eq_ignore_ascii_case(&pair[1]))
}

/// Whether a short line ends in one of the letters that stand for digits in a date.
fn ends_like_blank_date(line: &str) -> bool {
    const SHORT: usize = 80;
    let last = || line.bytes().rposition(|byte| byte.is_ascii_alphanumeric());
    line.len() <= SHORT && last().is_some_and(|last| has_blank_digits(&line.as_bytes()[last.saturating_sub(1)..=last]))
}

fn check_date(post: &Post, block: &Block, line: Span, findings: &mut Findings) {
    let core = core(post.text, line);
    if let Some(found) = DATE.find(&post.text[core]).map(|found| shifted(Span::from(found.range()), core.start))
        && (in_header(post, block) && !is_format(&post.text[found]) || stands_alone(post, &found, &core))
        && speaks(post, block, found.start)
    {
        report(post, found, findings);
    }
}

/// `YYYY-MM-DD` in the words of a heading speaks of dates; `2025.xx.xx` is one.
fn is_format(date: &str) -> bool {
    date.starts_with(['y', 'Y'])
}

/// `TODO:` at the start of a paragraph, `(TODO …)` anywhere; an item that ends in `(TODO)` is one of a list of tasks.
fn check_marks(post: &Post, findings: &mut Findings) {
    let body = &post.text.as_bytes()[post.body.span];
    let hits = [&*TODO, &*FIXME].into_iter().flat_map(|word| word.find_iter(body));
    for hit in hits.map(|at| post.body.span.start + at) {
        let Some(block) = post.body.prose_at(hit).filter(|block| !block.quoted && speaks(post, block, hit)) else {
            continue;
        };
        let bracket = post.text[..hit].ends_with(['(', '[']);
        let start = hit - usize::from(bracket);
        let Some(mark) = MARK_HERE.find(&post.text[start..]) else { continue };
        let word = Span::new(hit, hit + post.text[hit..start + mark.end()].trim_end_matches([':', '：', ' ']).len());
        let opens = core(post.text, block.span).start == hit && block.item.is_none();
        let paragraph = block.kind == BlockKind::Paragraph;
        let says_more = block.item.is_none() || !post.text[word.end..].starts_with([')', ']']);
        let heads = || is_label(post, block, &first_line(post.text, block.span));
        if bracket && says_more && !is_link(post, &word) || opens && paragraph && !heads() {
            report(post, word, findings);
        }
    }
}

/// In a longer block no field stands alone, and the line around each is not searched for, in bytes.
const SHORT_BLOCK: usize = 4096;

/// Fields of templates: `{{date}}` of Obsidian and its like.
fn check_fields(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    if context.blog.prints_fields(post) {
        return;
    }
    for field in &post.body.templates {
        let name = post.text[field.content].split(':').next().unwrap_or_default();
        let known = matches!(name, "date" | "time" | "title") && post.text[field.span].starts_with("{{");
        let around = || context.before_liquid().prose_at(field.span.start).filter(|block| !block.quoted);
        if let Some(block) = known.then(around).flatten() {
            let is_short = block.span.len() <= SHORT_BLOCK;
            let alone = is_short && stands_alone(post, &field.span, &core(post.text, post.line_of(&field.span)));
            let placed = block.kind == BlockKind::Heading || in_header(post, block) || alone;
            if placed && speaks(post, block, field.span.start) {
                report(post, field.span, findings);
            }
        }
    }
}

/// Whether the author speaks to the reader here: not in code or a formula, a comment, a list of tasks.
fn speaks(post: &Post, block: &Block, at: usize) -> bool {
    let body = &post.body;
    let task = block.item.and_then(|item| body.items.get(item)).is_some_and(|item| item.task.is_some());
    !task && body.is_plain_at(at)
}

/// In a heading, or right below the title, where dates stand.
fn in_header(post: &Post, block: &Block) -> bool {
    if block.kind == BlockKind::Heading {
        return true;
    }
    let from = post.title_heading().map_or(post.body.span.start, |heading| heading.span.end);
    let first = post.body.blocks.partition_point(|block| block.span.start < from);
    post.body.blocks.get(first).is_some_and(|first| first.span.start == block.span.start)
}

/// Whether it is all that the line says, a label before it aside: `날짜: 2025.xx.xx`.
fn stands_alone(post: &Post, found: &Span, core: &Span) -> bool {
    let before = post.text[core.start.min(found.start)..found.start].trim_end();
    found.end >= core.end && (before.is_empty() || before.ends_with([':', '：']))
}

/// Whether the words only head what follows: a list, or with a colon anything but a heading.
fn is_label(post: &Post, block: &Block, line: &Span) -> bool {
    let written = post.text[*line].trim_end_matches(|c: char| c.is_whitespace() || "*_".contains(c));
    let has_colon = written.ends_with([':', '：']);
    let goes_on = || !post.text[line.end.min(block.span.end)..block.span.end].trim().is_empty();
    let after = post.body.blocks.partition_point(|other| other.span.start <= block.span.start);
    let next = post.body.blocks[after..].iter().find(|next| post.body.comment_at(next.span.start).is_none());
    let heads = |next: &Block| match next.kind {
        BlockKind::List => next.depth >= block.depth,
        BlockKind::Heading | BlockKind::Rule | BlockKind::Footnote => false,
        _ => has_colon && next.item == block.item,
    };
    has_colon && goes_on() || next.is_some_and(heads)
}

/// The columns of a board of tasks.
static STATUS: LazyLock<Regex> = LazyLock::new(|| {
    let words = "to[ -]?do|backlog|in[ -]progress|doing|wip|work in progress|in review|review|blocked|done|completed?|할 ?일|\
        진행 ?중|진행|완료|대기|보류|검토 ?중?|待办|待辦|进行中|進行中|已完成|完成|未着手|作業中|完了";
    Regex::new(&format!(r"\A(?i:{words})\z")).expect("a pattern")
});

/// Whether it is an item of a list of nothing but `Todo`, `Doing`, `Done` and the like, which name the columns of a board.
fn is_on_board(post: &Post, block: &Block) -> bool {
    let Some(item) = block.item.map(|item| &post.body.items[item]) else { return false };
    let others = post.body.items.iter().filter(|other| other.list == item.list && other.span != item.span);
    let is_status = |other: &Item| {
        let line = first_line(post.text, Span::new(other.marker.end, other.span.end));
        STATUS.is_match(&post.text[core(post.text, line)])
    };
    let mut others = others.map(is_status).peekable();
    others.peek().is_some() && others.all(|is| is)
}

fn is_link(post: &Post, span: &Span) -> bool {
    let in_link = post.body.link_at(span.start).is_some_and(|link| span.end <= link.span.end);
    // `[todo][]` without a definition is meant as one.
    in_link || post.text[..span.start].ends_with('[') && post.text[span.end..].starts_with("][")
}
