//! `rules/unrendered-math.md`

use super::RuleContext;
use crate::blog::mathematics::{Engine, Mathematics};
use crate::finding::Findings;
use crate::liquid::Condition;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{Block, BlockKind, Code, Formula};
use crate::post::Post;
use crate::post::delivered::Delivered;
use crate::post::math::{is_prose, is_tex};
use crate::syntax::front_matter::Entry;
use crate::text::{Span, trimmed};

/// The first formula of a post that no math engine sets, where the site is known well enough to say so.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, math) = (context.post, context.blog.math());
    let is_certain = |formula: &&Formula| {
        let tex = &post.text[formula.tex];
        // A price on the line makes another pair of what the engine reads as two signs.
        let is_doubled = formula.delimiter == "$"
            && (post.text[..formula.span.start].ends_with('$') || post.text[formula.span.end..].starts_with('$'));
        if is_doubled && context.engine().is_some_and(MarkdownEngine::sets_double_dollars) {
            return false;
        }
        let is_meant = match formula.is_code() {
            true => {
                let is_formula = is_tex(tex) || is_equation(tex) || formula.display && !tex.trim().is_empty();
                math.leaves_code && math.engine.is_some() && is_formula
            }
            false => {
                let is_short = || formula.delimiter.ends_with(['(', '[']) && is_equation(tex) && !has_word(tex);
                let is_display = || formula.delimiter == "$$" && is_equation(tex);
                (is_tex(tex) || is_display() || is_short()) && !is_prose(tex)
            }
        };
        is_meant && !post.body.has_template(&formula.span)
    };
    let Some(first) = post.body.formulas.iter().find(is_certain).filter(|_| !loads_own(post)) else { return };
    match loading(context, math) {
        Loading::Nothing(by) => {
            let message = format!("readers see the TeX: {by} loads no math engine");
            findings.at(first.span, message).help("load MathJax or KaTeX there, or take the formula out");
        }
        Loading::Switch(by, keys) => {
            let switch = format!("`{}: true`", keys.join("` or `"));
            let message = format!("{by} loads the math engine only for posts with {switch}");
            findings.at(first.span, message).help(format!("add `{}: true` to the front matter", keys[0]));
        }
        Loading::Engine => {
            let unseen = |(_, delivered): &(&Formula, &Delivered)| **delivered == Delivered::Unseen;
            let Some((formula, _)) = context.delivered().filter(unseen).find(|(formula, _)| is_certain(formula)) else {
                return indented(context, math, findings);
            };
            if let Some(message) = reason(context, math, formula) {
                findings.at(formula.span, message).help(advice(context, math, formula));
            }
        }
    }
}

/// A display that is code for its indentation, in a post that has formulas besides.
fn indented(context: &RuleContext, math: &Mathematics, findings: &mut Findings) {
    let post = context.post;
    if !math.leaves_code || math.engine.is_none() || context.engine().is_none() {
        return;
    }
    let displays = |code: &&Code| {
        let is_fence = code.info.is_some() || post.text[code.span].trim_start().starts_with(['`', '~']);
        let content = post.text[code.content].trim();
        let tex = content.strip_prefix("$$").and_then(|tex| tex.strip_suffix("$$")).filter(|tex| !tex.contains("$$"));
        let is_meant = tex.is_some_and(|tex| (is_tex(tex) || is_equation(tex)) && !is_prose(tex));
        code.block && !is_fence && is_meant && !context.blog.has_template(post, &code.span)
    };
    if let Some(code) = post.body.code.iter().find(displays) {
        let at = trimmed(post.text, code.content);
        let message = "readers see the TeX: its indentation makes code of this formula";
        findings
            .at(at, message.to_owned())
            .help("indent it by less than four spaces, or by as much as the text above it");
    }
}

/// Whether what stands between two pairs of dollar signs can be nothing but a formula, though it has no command.
fn is_equation(tex: &str) -> bool {
    tex.contains(['^', '_', '=']) && !tex.contains([';', '"', '`', '$', '|', '@', '/'])
}

/// Whether several letters stand next to each other.
fn has_word(tex: &str) -> bool {
    tex.split(|sign: char| !sign.is_alphabetic()).any(|word| word.chars().count() > 2)
}

/// What the page of a post loads.
enum Loading {
    /// An engine, or it is not known.
    Engine,
    /// An engine, where the front matter switches it on: what asks for that, and the keys.
    Switch(String, Vec<String>),
    /// None; what would have to.
    Nothing(String),
}

fn loading(context: &RuleContext, math: &Mathematics) -> Loading {
    let (post, blog) = (context.post, context.blog);
    if !blog.site().features.names_layouts {
        let switches = math.switches();
        let is_off = || !switches.iter().any(|key| is_on_page(post, key));
        return match math.engine {
            Some(Engine::Absent) => Loading::Nothing("the site".to_owned()),
            _ if !switches.is_empty() && post.loads() && is_off() => {
                Loading::Switch("the site".to_owned(), switches.to_vec())
            }
            _ => Loading::Engine,
        };
    }
    let value = |key: &str| match post.front_matter().and_then(|front| front.get(key)) {
        Some(entry) => entry.value.text().map(str::to_owned),
        None => blog.site().conventions.preset(post.path, key).map(str::to_owned),
    };
    let is_faulty = post.front_matter().is_none_or(|front| !front.tree.faults.is_empty());
    let Some(layout) = value("layout").filter(|_| !is_faulty) else {
        let is_told = math.engine == Some(Engine::Absent) && !math.is_whole;
        return if is_told { Loading::Nothing("the site".to_owned()) } else { Loading::Engine };
    };
    match math.loading(&layout) {
        Condition::Never => Loading::Nothing(format!("layout `{layout}`")),
        Condition::Switched(keys) if !keys.iter().any(|key| is_on(value(key).as_deref())) => {
            Loading::Switch(format!("layout `{layout}`"), keys.clone())
        }
        Condition::Unknown if math.engine == Some(Engine::Absent) => Loading::Nothing("the site".to_owned()),
        _ => Loading::Engine,
    }
}

/// Whether a parameter of the page is on, in whatever case it is written (Hugo 0.168, `maps.Params`).
fn is_on_page(post: &Post, key: &str) -> bool {
    let Some(front) = post.front_matter() else { return false };
    let is_it = |entry: &&Entry| entry.key.eq_ignore_ascii_case(key);
    let nested = front.get("params").into_iter().flat_map(|params| params.value.entries());
    front.tree.entries.iter().chain(nested).rfind(is_it).is_some_and(|entry| match entry.value.text() {
        Some(text) => is_on(Some(text)),
        None => !entry.value.is_empty(),
    })
}

/// What Liquid takes for true.
fn is_on(value: Option<&str>) -> bool {
    !matches!(value, None | Some("false" | "null" | "~" | ""))
}

/// Why no engine sets a formula.
fn reason(context: &RuleContext, math: &Mathematics, formula: &Formula) -> Option<String> {
    let written = formula.delimiter;
    if formula.is_code() {
        let engine = context.engine()?.name();
        let code = if formula.display { "a fence called `math`" } else { "what stands in backticks" };
        return Some(format!("readers see the TeX: {engine} makes code of {code}, and math engines leave code alone"));
    }
    if !context.blog.may_set(formula) {
        let engine = math.name();
        return Some(format!("readers see the TeX: on this site {engine} does not look for `{written}`"));
    }
    if context.blog.sets_native() {
        // A script may look for them where nothing is known to set those that are taken out.
        math.engine?;
        let engine = context.engine()?.name();
        return Some(format!("readers see the TeX: {engine} takes no formula out of the text here"));
    }
    let (arriving, _) = formula.arriving().filter(|_| written.len() == 2)?;
    let escaped = &arriving[1..];
    if math.takes_brackets {
        return None;
    }
    let engine = context.engine()?.name();
    Some(format!("readers see the TeX: `{written}` arrives as `{escaped}`, for {engine} takes the backslash away"))
}

fn advice(context: &RuleContext, math: &Mathematics, formula: &Formula) -> String {
    let is_html = |block: &Block| block.kind == BlockKind::Html;
    if context.blog.sets_native() && context.post.body.leaf_at(formula.span.start).is_some_and(is_html) {
        return "take it out of the HTML, or put a blank line between it and the tags".to_owned();
    }
    let sets_doubled = context.engine().is_some_and(MarkdownEngine::sets_double_dollars);
    let doubled = if formula.display { ("\\\\[", "\\\\]") } else { ("\\\\(", "\\\\)") };
    let (open, close) = match math.looks_for("$") {
        _ if sets_doubled || formula.display => ("$$", "$$"),
        Some(true) => ("$", "$"),
        _ => doubled,
    };
    format!("write it between `{open}` and `{close}`")
}

/// Whether the post has a script that loads an engine, or speaks of one, other than by a key that switches it off.
fn loads_own(post: &Post) -> bool {
    let names_one = |key: &str| ["mathjax", "katex"].iter().any(|name| key.to_ascii_lowercase().contains(name));
    let is_off = |entry: &Entry| names_one(&entry.key) && entry.value.text().is_some_and(|value| !is_on(Some(value)));
    let has_off = post.front_matter().is_some_and(|front| front.tree.entries.iter().any(is_off));
    // All three end in an `x`, and few letters are as rare.
    let text = post.text[if has_off { post.body.span } else { Span::new(0, post.text.len()) }].as_bytes();
    let ends_in = |head: &[u8], name: &str| {
        head.len() >= name.len() && head[head.len() - name.len()..].eq_ignore_ascii_case(name.as_bytes())
    };
    memchr::memchr2_iter(b'x', b'X', text)
        .any(|at| ["mathjax", "katex", "tex2jax"].iter().any(|name| ends_in(&text[..=at], name)))
}
