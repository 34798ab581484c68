//! `rules/placeholder.md`

use regex::{Captures, Regex, RegexBuilder};

use super::{Check, Subject};
use crate::finding::Findings;
use crate::post::Post;
use crate::post::body::{Block, BlockKind};
use crate::post::front_matter::{Data, Entry, Node, Value};
use crate::text::{Span, trimmed};

/// What stands in for a text that is to come, where it is all there is on a line.
const WORDS: &[&str] = &[
    "todo", "fixme", "tbd", "tba", "wip", "to be added", "to be written", "to be filled in", "to be determined",
    "to be announced", "to be done", "coming soon", "work in progress", "under construction", "write me", "fill me in",
    "your text here", "add content here", "lorem ipsum", "추가 예정", "추가할 예정", "작성 예정", "작성 중", "작성 필요",
    "추후 작성", "추후 추가", "추후 작성 예정", "추후 추가 예정", "추후 업데이트", "추후 업데이트 예정", "업데이트 예정",
    "내용 추가", "내용 추가 예정", "정리 예정", "정리 중", "보완 예정", "채울 예정", "준비 중", "내용을 입력하세요",
    "執筆中", "作成中", "追記予定", "加筆予定", "後で書く", "あとで書く", "未記入", "準備中", "書きかけ", "待补充",
    "待更新", "待完善", "待添加", "待写", "施工中", "编写中", "待補充", "編寫中",
];

/// The rule's options.
#[derive(Debug, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Options {
    /// The words, instead of those that postlint knows.
    words: Vec<String>,
    /// More words.
    also: Vec<String>,
}

impl Default for Options {
    fn default() -> Self {
        Options { words: WORDS.iter().map(|word| word.to_string()).collect(), also: Vec::new() }
    }
}

/// The check for these words.
pub fn with(options: Options) -> Check {
    let words: Vec<String> = options.words.iter().chain(&options.also).filter(|word| !word.is_empty()).map(|word| loose(word)).collect();
    let ending = "(?:입니다|이에요|이다|임|합니다|중|중입니다)?";
    let words = if words.is_empty() { "$^".to_owned() } else { format!("(?:{}){ending}", words.join("|")) };
    let pattern = format!(r"(?P<mark>[(\[]TODO\b|(?-i:TODO|FIXME) ?[:：])|(?P<template>{TEMPLATE})|(?P<word>{words})");
    let pattern = RegexBuilder::new(&pattern).case_insensitive(true).unicode(true).build();
    let pattern = pattern.expect("escaped words make a pattern");
    Box::new(move |subject, findings| check(subject, &pattern, findings))
}

/// Fields of templates that nobody filled in.
const TEMPLATE: &str = r"\{\{ ?(?:date|time|title)(?::[^}]*)? ?\}\}|<% ?tp\.[^%]*%>|\b(?:20\d\d|20xx|xxxx|yyyy)[.\-/] ?(?:xx|mm)(?:[.\-/] ?(?:xx|dd))?\b";

/// A word as a pattern; people write Korean with and without its spaces.
fn loose(word: &str) -> String {
    let escaped = regex::escape(word);
    if word.is_ascii() { escaped } else { escaped.replace(' ', " ?") }
}

fn check(subject: &Subject, pattern: &Regex, findings: &mut Findings) {
    let post = subject.post;
    if is_draft(post) {
        return;
    }
    if let Some(front) = post.front_matter() {
        front.tree.entries.iter().for_each(|entry| check_entry(post, entry, pattern, findings));
    }
    let mut from = post.body.span.start;
    while let Some(found) = pattern.captures_at(post.text, from) {
        let whole = found.get(0).expect("a match has a whole").range();
        from = whole.end.max(from + 1);
        let Some(block) = prose_at(post, whole.start).filter(|block| counts(post, block, &whole)) else { continue };
        let line = line_of(post.text, block, whole.start);
        if let Some(span) = in_prose(post, block, &found, &line) {
            from = from.max(span.end);
            report(post, span, findings);
        }
    }
}

/// A post that is not published may hold what it likes.
fn is_draft(post: &Post) -> bool {
    let value = |key| post.front_matter().and_then(|front| front.value(key));
    matches!(value("published"), Some(Value::Bool(false))) || matches!(value("draft"), Some(Value::Bool(true)))
}

fn report(post: &Post, span: Span, findings: &mut Findings) {
    let said = &post.text[span.clone()];
    findings.at(span, format!("`{said}` is still here")).help("write what belongs here, or take the line out");
}

fn check_entry(post: &Post, entry: &Entry, pattern: &Regex, findings: &mut Findings) {
    let nodes: Vec<&Node> = match &entry.value.data {
        Data::Scalar(_) => vec![&entry.value],
        Data::List(items) => items.iter().collect(),
        _ => return,
    };
    for node in nodes.into_iter().filter(|node| !node.span.is_empty()) {
        let Some(found) = pattern.captures(&post.text[node.span.clone()]) else { continue };
        let whole = found.get(0).expect("a match has a whole").range();
        let whole = node.span.start + whole.start..node.span.start + whole.end;
        // Tags and categories may well be called `todo`.
        let all = || core(post.text, node.span.clone()) == whole && !is_label(&entry.key);
        if found.name("word").is_none() || all() {
            report(post, core(post.text, whole), findings);
        }
    }
}

fn is_label(key: &str) -> bool {
    ["tag", "categor", "series", "status", "slug", "permalink", "layout"].iter().any(|label| key.to_lowercase().starts_with(label))
}

/// The block of running text that holds a byte.
fn prose_at<'p>(post: &'p Post, offset: usize) -> Option<&'p Block> {
    const NEAR: usize = 64;
    let blocks = &post.body.blocks;
    let after = blocks.partition_point(|block| block.span.start <= offset);
    let holds = |block: &&Block| offset < block.span.end;
    let leaf = blocks[..after].iter().rev().take(NEAR).find(holds)?;
    matches!(leaf.kind, BlockKind::Paragraph | BlockKind::Heading).then_some(leaf)
}

/// Whether the author speaks here: not in a quotation, not in code or a formula, not in a list of tasks.
fn counts(post: &Post, block: &Block, found: &Span) -> bool {
    let task = block.item.is_some_and(|item| post.body.items[item].task.is_some());
    let inline = post.body.code_at(found.start).is_some() || post.body.formula_at(found.start).is_some();
    let hidden = post.body.comments.iter().any(|comment| comment.span.start <= found.start && found.start < comment.span.end);
    !(block.quoted || task || inline || hidden)
}

/// The line of a block around a byte.
fn line_of(text: &str, block: &Block, at: usize) -> Span {
    let start = text[block.span.start..at].rfind('\n').map_or(block.span.start, |found| block.span.start + found + 1);
    let end = text[at..block.span.end].find('\n').map_or(block.span.end, |found| at + found);
    trimmed(text, start..end)
}

/// The line without what stands around words: brackets, emphasis, list markers, dots, emoji. Quotation marks stay.
fn core(text: &str, line: Span) -> Span {
    let around = |c: char| !c.is_alphanumeric() && !"\"'`“”‘’「」『』«»{}<%".contains(c);
    let slice = &text[line.clone()];
    let start = line.start + (slice.len() - slice.trim_start_matches(around).len());
    start..start.max(line.start + slice.trim_end_matches(around).len())
}

fn in_prose(post: &Post, block: &Block, found: &Captures, line: &Span) -> Option<Span> {
    let whole = found.get(0)?.range();
    let core = core(post.text, line.clone());
    if found.name("template").is_some() {
        let title = block.kind == BlockKind::Heading;
        return (title || in_header(post, block) || stands_alone(post, &whole, &core)).then_some(whole);
    }
    if found.name("mark").is_some() {
        let bracket = post.text[whole.start..].starts_with(['(', '[']);
        let link = post.text[line.start..line.end].contains("](");
        let opens = core.start == whole.start && block.item.is_none() && block.kind == BlockKind::Paragraph;
        let word = whole.start + usize::from(bracket)..post.text[..whole.end].trim_end_matches([':', '：', ' ']).len();
        return (bracket && !link || opens && !labels_list(post, block)).then_some(word);
    }
    let all = whole == core && block.kind == BlockKind::Paragraph && !post.body.links.iter().any(|link| link.span.start <= core.start && core.end <= link.span.end);
    (all && !labels_list(post, block)).then_some(core)
}

/// Right below the title, where dates stand.
fn in_header(post: &Post, block: &Block) -> bool {
    let from = post.title_heading().map_or(post.body.span.start, |heading| heading.span.end);
    let first = post.body.blocks.iter().find(|block| block.span.start >= from);
    first.is_some_and(|first| first.span.start == block.span.start)
}

/// Whether it is all that the line says, a label before it aside: `날짜: 2025.xx.xx`.
fn stands_alone(post: &Post, found: &Span, core: &Span) -> bool {
    let before = post.text[core.start.min(found.start)..found.start].trim_end();
    found.end >= core.end && (before.is_empty() || before.ends_with([':', '：']))
}

/// Whether a list follows, which the words then only head: a list of things to do is no placeholder.
fn labels_list(post: &Post, block: &Block) -> bool {
    let after = post.body.blocks.partition_point(|other| other.span.start <= block.span.start);
    post.body.blocks.get(after).is_some_and(|next| next.kind == BlockKind::List && next.depth >= block.depth)
}
