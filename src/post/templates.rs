//! What a template engine reads before Markdown does: `{{ … }}` and `{% … %}`.

use std::collections::HashMap;

use memchr::memchr_iter;
use memchr::memmem;

use crate::markdown::document::{Block, BlockKind, Code, Comment, Document, Template, TemplateKind};
use crate::text::{Span, holding, trimmed};

/// Finds tags and outputs from a byte on; what is never closed is not one.
pub(crate) fn read(text: &str, from: usize) -> Vec<Template> {
    let bytes = text.as_bytes();
    let mut found: Vec<Template> = Vec::new();
    let mut end = from;
    for open in memchr_iter(b'{', &bytes[from..]).map(|at| from + at) {
        let (kind, closing) = match bytes.get(open + 1) {
            Some(b'{') => (TemplateKind::Output, "}}"),
            Some(b'%') => (TemplateKind::Tag, "%}"),
            _ => continue,
        };
        if open < end {
            continue;
        }
        let inner = open + 2;
        // A tag stands on a line or a few; a search to the end of a long file for each `{{` would be quadratic.
        let reach = text.len().min(inner + MOST_BYTES);
        let Some(close) = memmem::find(&bytes[inner..reach], closing.as_bytes()).map(|at| inner + at) else { continue };
        end = close + 2;
        found.push(Template { span: Span::new(open, end), kind, content: trim(text, Span::new(inner, close)) });
    }
    found
}

/// Takes what stands in some stretches, which are in order, for one template each.
pub(crate) fn close(text: &str, templates: &mut Vec<Template>, stretches: &[Span]) {
    if stretches.is_empty() {
        return;
    }
    templates.retain(|template| holding(stretches, template.span.start, |span| span).is_none());
    templates.extend(stretches.iter().map(|&span| {
        let content = trim(text, Span::new(span.start + 2, span.end - 2));
        Template { span, kind: TemplateKind::Output, content }
    }));
    templates.sort_by_key(|template| template.span.start);
}

/// What the tags are called that set code apart, and comments.
pub(crate) struct Names {
    pub code: &'static [&'static str],
    pub comments: &'static [&'static str],
}

/// Those of Liquid.
pub(crate) const OF_LIQUID: Names = Names { code: &["highlight"], comments: &["comment"] };

/// Those of Hexo (8.1.2, `plugins/tag/index.ts`).
pub(crate) const OF_NUNJUCKS: Names = Names { code: &["code", "codeblock"], comments: &[] };

/// Those of Nunjucks by itself: what stands in them is printed elsewhere.
pub(crate) const OF_PLAIN_NUNJUCKS: Names = Names { code: &[], comments: &["macro", "set"] };

/// Finds what templates set apart: code, what is not shown, and `raw`, in which braces are text.
pub(crate) fn find_blocks(text: &str, body: &mut Document, names: &Names) {
    // With their names, their bytes, and what stands in them.
    let mut blocks: Vec<(&str, Span, Span)> = Vec::new();
    let mut unclosed: Vec<&str> = Vec::new();
    let mut tags = body.templates.iter();
    while let Some(open) = tags.next() {
        let name = name(text, open);
        // `{% set a = b %}` has no end.
        let is_single = name == "set" && text[open.content].contains('=');
        let sets_apart = name == "raw" || names.code.contains(&name) || names.comments.contains(&name) && !is_single;
        if !sets_apart || unclosed.contains(&name) || body.code_at(open.span.start).is_some() {
            continue;
        }
        let mut later = tags.clone();
        match later.find(|tag| closed_by(self::name(text, tag)) == Some(name)) {
            Some(close) => {
                let outer = Span::new(open.span.start, close.span.end);
                blocks.push((name, outer, Span::new(open.span.end, close.span.start)));
                tags = later;
            }
            None => unclosed.push(name),
        }
    }
    if blocks.is_empty() {
        return;
    }
    let (raw, read): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|(name, ..)| *name == "raw");
    body.templates.retain(|tag| holding(&raw, tag.span.start, |(.., content)| content).is_none());
    body.take_back(&read.iter().map(|(_, span, _)| *span).collect::<Vec<_>>());
    for (name, span, content) in read {
        if names.code.contains(&name) {
            body.blocks.push(Block { kind: BlockKind::Code, span, depth: 0, quoted: false, item: None });
            body.code.push(Code { span, info: None, content, block: true });
        } else {
            body.comments.push(Comment { span, text: trimmed(text, content), inline: false });
        }
    }
    body.blocks.sort_by_key(|block| block.span.start);
    body.code.sort_by_key(|code| code.span.start);
    body.comments.sort_by_key(|comment| comment.span.start);
}

/// From the tag that opens a block to the tag that closes it, both included: `{% if a %}…{% endif %}`,
/// `{{< note >}}…{{< /note >}}`, and Zola's `{% note() %}…{% end %}`.
pub(crate) fn paired(text: &str, templates: &[Template]) -> Vec<Span> {
    let mut open: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut blocks = Vec::new();
    for template in templates {
        let name = name(text, template);
        match closed_by(name).map(|name| open.get_mut(name).and_then(Vec::pop)) {
            Some(Some(start)) => blocks.push(Span::new(start, template.span.end)),
            Some(None) => {}
            None => {
                open.entry(name).or_default().push(template.span.start);
                if template.kind == TemplateKind::Tag {
                    // What `end` closes is the last tag.
                    open.entry("").or_default().push(template.span.start);
                }
            }
        }
    }
    blocks
}

/// The first word of a tag, `<` and `%` of Hugo's shortcodes aside.
fn name<'t>(text: &'t str, tag: &Template) -> &'t str {
    let content = text[tag.content].trim_start_matches(['<', '%', ' ']);
    content.split([' ', '\n', '>']).next().unwrap_or_default()
}

/// What a closing tag closes: `endraw` of Liquid, `/highlight` of Hugo.
fn closed_by(name: &str) -> Option<&str> {
    name.strip_prefix("end").or_else(|| name.strip_prefix('/'))
}

/// The longest tag that is looked for, in bytes.
const MOST_BYTES: usize = 4096;

fn trim(text: &str, span: Span) -> Span {
    let source = &text[span];
    let blank = |c: char| c.is_whitespace() || c == '-';
    let start = span.start + source.len() - source.trim_start_matches(blank).len();
    Span::new(start, start.max(span.start + source.trim_end_matches(blank).len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_code_and_comments() {
        let text = "{% highlight sh %}\n## install\n{% endhighlight %}\n\n{% comment %}\n- a\n{% endcomment %}\n\n{% raw %}{{ a }}{% endraw %}\n";
        let post = crate::post::Post::parse("a.md", text, &crate::post::Engines::default());
        assert!(post.body.headings.is_empty());
        assert_eq!(&text[post.body.code[0].content], "\n## install\n");
        assert_eq!(&text[post.body.comments[0].text], "- a");
        assert!(post.body.templates.iter().all(|template| template.kind == TemplateKind::Tag));
    }

    #[test]
    fn tags_and_outputs() {
        let text = "a {{ site.url }} {%- raw -%}{{ x }}{% endraw %} {{ open {b}";
        let contents: Vec<_> = read(text, 0).into_iter().map(|t| &text[t.content]).collect();
        assert_eq!(contents, ["site.url", "raw", "x", "endraw"]);
    }
}
