//! `rules/bare-math.md`

use std::sync::LazyLock;

use regex::Regex;

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::post::Post;
use crate::text::Span;

/// A power, an index of one letter, a root: what nobody writes in a text that is not mathematics.
static BARE: LazyLock<Regex> = LazyLock::new(|| {
    let power = r"[A-Za-z0-9)]+\^(?:\{[^{}\s]+\}|[-+]?[A-Za-z0-9]+)";
    let index = r"[A-Za-z]_(?:\{[^{}\s]+\}|[0-9]{1,2}|[A-Za-z]{1,2})";
    let root = r"sqrt\([^()\n]+\)";
    Regex::new(&format!("{root}|{power}|{index}")).expect("a pattern")
});

/// Mathematics in running text without delimiters.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let sets_doubled = context.engine().is_some_and(MarkdownEngine::sets_double_dollars);
    let dollars = if sets_doubled { "$$" } else { "$" };
    for block in post.body.prose() {
        for found in BARE.find_iter(&post.text[block.span]) {
            let span = Span::new(block.span.start + found.start(), block.span.start + found.end());
            if !is_word(post, &span) || is_elsewhere(post, &span) {
                continue;
            }
            let written = found.as_str();
            let tex = match written.strip_prefix("sqrt(").and_then(|root| root.strip_suffix(')')) {
                Some(root) => format!("\\sqrt{{{root}}}"),
                None => written.to_owned(),
            };
            let message = format!("`{written}` is set as text, not as a formula");
            findings.at(span, message).help(format!("write `{dollars}{tex}{dollars}`"));
        }
    }
}

/// Whether it is no part of a longer name, path or address.
fn is_word(post: &Post, span: &Span) -> bool {
    let before = post.text[..span.start].chars().next_back();
    let after = post.text[span.end..].chars().next();
    let joins = |c: char| c.is_ascii_alphanumeric() || "_^$\\/@#&=:-".contains(c);
    !before.is_some_and(|c| joins(c) || matches!(c, '.' | '{' | '`' | '"'))
        && !after.is_some_and(|c| joins(c) || matches!(c, '(' | '}' | '`' | '"'))
}

fn is_elsewhere(post: &Post, span: &Span) -> bool {
    let body = &post.body;
    let in_link = body.link_at(span.start).is_some();
    let template = body.templates.partition_point(|template| template.span.end <= span.start);
    let in_template = body.templates.get(template).is_some_and(|template| template.span.start < span.end);
    let in_other =
        |at: usize| body.code_at(at).is_some() || body.formula_at(at).is_some() || body.comment_at(at).is_some();
    let after = body.unclosed.partition_point(|unclosed| unclosed.span.start < span.start);
    let unclosed = body.unclosed[..after].last().is_some_and(|unclosed| span.start < unclosed.end);
    in_link || in_template || unclosed || in_other(span.start) || in_other(span.end - 1)
}
