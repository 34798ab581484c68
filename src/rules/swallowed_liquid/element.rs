//! Formulas and code: what holds braces that are meant for the reader.

use crate::finding::Edit;
use crate::markdown::document::{BlockKind, Code, Document};
use crate::post::Post;
use crate::text::{Span, trimmed};

/// A formula or a piece of code.
pub(crate) struct Element {
    /// Delimiters included.
    pub span: Span,
    /// What stands between them.
    pub content: Span,
    /// What it is.
    pub kind: Kind,
    /// Whether it is said to be a template, in whatever language of templates.
    pub shows_templates: bool,
}

/// The languages of templates with braces, as highlighters name them.
const TEMPLATES: &[&str] = &[
    "django", "handlebars", "hbs", "html+django", "html+jinja", "jinja", "jinja2", "liquid", "mustache", "nunjucks",
    "twig", "vue",
];

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A formula.
    Math,
    /// Code in running text, or in a block that is not one of fences at the margin.
    Code,
    /// A block of code between fences that stand at the margin, with nothing to hold on to them.
    Fenced,
}

/// The commands whose argument is text, where a space is seen.
const TEXT: &[&str] = &["fbox", "hbox", "mbox", "operatorname", "color", "tag", "label", "ref", "href", "begin", "end"];

/// The elements of a post, in order.
pub(crate) fn elements(post: &Post, written: &Document) -> Vec<Element> {
    let code = written.code.iter().map(|code| {
        let kind = if is_at_margin(post, written, code) { Kind::Fenced } else { Kind::Code };
        let shows_templates = TEMPLATES.contains(&language(post, code).to_lowercase().as_str());
        Element { span: code.span, content: code.content, kind, shows_templates }
    });
    let formulas = post.body.formulas.iter().map(|formula| {
        let (span, content) = (formula.span, formula.tex);
        Element { span, content, kind: Kind::Math, shows_templates: false }
    });
    let mut all: Vec<Element> = code.chain(formulas).collect();
    all.sort_by_key(|element| element.span.start);
    all
}

/// The first word behind a fence, or behind `highlight`.
fn language<'a>(post: &Post<'a>, code: &Code) -> &'a str {
    let tag = || {
        let opening = post.liquid().parts_in(&Span::new(code.span.start, code.span.start + 1)).first()?;
        Some(opening.markup).filter(|_| code.block)
    };
    let words = code.info.or_else(tag).map_or("", |words| &post.text[words]);
    words.split([' ', ',', '{', '\t']).next().unwrap_or_default()
}

/// Whether lines can be put around a block of code without a change to what surrounds it.
fn is_at_margin(post: &Post, written: &Document, code: &Code) -> bool {
    let text = post.text;
    let is_fenced = code.block && text[code.span].starts_with(['`', '~']);
    let after = text[code.span.end..].trim_start_matches(['\r', '\n']);
    let blocks = &written.blocks;
    let first = blocks.partition_point(|block| block.span.start < code.span.start);
    let is_top = blocks.get(first).is_some_and(|block| block.kind == BlockKind::Code && block.depth == 0);
    let line_starts = code.span.start == 0 || text[..code.span.start].ends_with('\n');
    is_fenced
        && line_starts
        && code.content.end < code.span.end
        && is_top
        // kramdown hangs a line of attributes on the block it follows.
        && !after.starts_with("{:")
}

impl Element {
    /// What a message shows of it: all of it, or the line around a part.
    pub(crate) fn around(&self, post: &Post, part: &Span) -> Span {
        let content = &post.text[self.content];
        if !content.trim().contains('\n') {
            return trimmed(post.text, self.content);
        }
        let line = post.line_of(part);
        Span::new(line.start.max(self.content.start), line.end.min(self.content.end).max(part.end))
    }

    /// What to do about the braces.
    pub(crate) fn advice(&self, post: &Post) -> &'static str {
        match self.kind {
            Kind::Math if self.takes_spaces(post) => {
                "write `{ {` and `} }`: TeX reads them the same way, and Liquid does not"
            }
            _ => "put `{% raw %}` before it and `{% endraw %}` behind it: Liquid leaves alone what stands between",
        }
    }

    /// The edits that keep Liquid out, and what they do; none where `raw` itself is in the way.
    pub(crate) fn repair(&self, post: &Post) -> Option<(&'static str, Vec<Edit>)> {
        let content = &post.text[self.content];
        if content.contains("raw %}") || content.contains("raw%}") || content.contains("raw -%}") {
            return None;
        }
        if self.kind == Kind::Math && self.takes_spaces(post) {
            return Some(("put spaces between the braces", self.spaces(post)));
        }
        let line_break = if post.text[self.span].contains("\r\n") { "\r\n" } else { "\n" };
        let edits = if self.kind == Kind::Fenced {
            let [before, after] = [format!("{{% raw %}}{line_break}"), format!("{line_break}{{% endraw %}}")];
            vec![Edit::insert(self.span.start, before), Edit::insert(self.span.end, after)]
        } else {
            let start = self.content.end - content.trim_start_matches([' ', '\t', '>', '\r', '\n']).len();
            let end = (self.content.start + content.trim_end().len()).max(start);
            vec![Edit::insert(start, "{% raw %}"), Edit::insert(end, "{% endraw %}")]
        };
        Some(("put `{% raw %}` and `{% endraw %}` around it", edits))
    }

    /// Whether a space between two braces is nothing to TeX everywhere in the formula.
    fn takes_spaces(&self, post: &Post) -> bool {
        let tex = &post.text[self.content];
        let is_text = |at: usize| {
            let before = &tex[..at];
            let word = &before[before.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
            before[..before.len() - word.len()].ends_with('\\') && (word.starts_with("text") || TEXT.contains(&word))
        };
        !tex.match_indices("{{").any(|(at, _)| is_text(at))
    }

    /// A space in every `{{` and `{%`, and in the `}}` that ends an output.
    fn spaces(&self, post: &Post) -> Vec<Edit> {
        let bytes = &post.text.as_bytes()[self.content];
        let opens = bytes.windows(2).enumerate().filter(|(_, pair)| [b"{{", b"{%"].contains(&&[pair[0], pair[1]]));
        let opens = opens.map(|(at, _)| self.content.start + at + 1);
        let outputs = post.liquid().parts_in(&self.content).iter().filter(|part| part.name.is_empty());
        let closes = outputs.map(|part| part.span.end - 1);
        let mut places: Vec<usize> = opens.chain(closes).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|at| Edit::insert(at, " ")).collect()
    }
}
