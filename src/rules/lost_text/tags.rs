//! `List<String>`: words that read as tags of HTML, which browsers do not show.

use std::collections::HashMap;

use memchr::memmem;

use crate::finding::{Edit, Findings};
use crate::html::{self, Tag};
use crate::markdown::page::{self, Page, What};
use crate::post::Post;
use crate::rules::RuleContext;
use crate::text::{Span, holding};

/// So often the same word is told in a post.
const MOST: usize = 3;

/// Words between `<` and `>` that no browser knows, that nothing closes, and that have no values of attributes.
pub(super) fn check(context: &RuleContext, page: &Page, findings: &mut Findings) {
    let post = context.post;
    let mut told = 0;
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for event in &page.events {
        let is_tag = match &event.what {
            What::Html(_) => true,
            What::Start(element) => matches!(element.tag, page::Tag::Html { .. }),
            _ => false,
        };
        if !is_tag {
            continue;
        }
        // An element of its own holds what has events of its own; HTML that is handed on as it is has none.
        let whole = &post.text[event.source];
        let whole = if matches!(event.what, What::Html(_)) { whole } else { first_tag(whole) };
        for tag in html::tags(whole).filter(is_word) {
            let start = event.source.start + tag.start;
            let span = Span::new(start, start + tag.end() - tag.start);
            let count = counts.entry(&post.text[span]).or_default();
            if start >= told && *count < MOST && is_lost(context, &tag, &span) {
                *count += 1;
                told = span.end;
                report(context, page, &tag, span, findings);
            }
        }
    }
}

fn first_tag(whole: &str) -> &str {
    html::tag_at(whole, 0).map_or("", |tag| &whole[..tag.end()])
}

/// Whether a tag is none that a browser knows, and says nothing but words.
fn is_word(tag: &Tag) -> bool {
    !is_known(tag.name) && tag.attributes().all(|attribute| attribute.value.is_empty())
}

fn is_lost(context: &RuleContext, tag: &Tag, span: &Span) -> bool {
    let post = context.post;
    let written = &post.text[*span];
    written.ends_with('>')
        && !written.ends_with("/>")
        && !written.contains(['\n', '='])
        && !closes(post, tag.name)
        && post.body.is_plain_at(span.start)
        && !context.blog.has_template(post, span)
        && !(tag.name.contains('-') && is_element(post, tag.name))
}

/// Whether the same stands in the post with attributes, so that it is an element of the site's own.
fn is_element(post: &Post, name: &str) -> bool {
    html::tags(post.text).any(|tag| tag.is(name) && tag.attributes().next().is_some())
}

fn closes(post: &Post, name: &str) -> bool {
    let bytes = post.text.as_bytes();
    let is_name =
        |at: usize| bytes.get(at..at + name.len()).is_some_and(|other| other.eq_ignore_ascii_case(name.as_bytes()));
    memmem::find_iter(bytes, b"</").any(|at| is_name(at + 2))
}

fn report(context: &RuleContext, page: &Page, tag: &Tag, span: Span, findings: &mut Findings) {
    let post = context.post;
    let written = &post.text[span];
    // A block of HTML that nothing closes goes on to the end.
    let block = holding(&page.html_blocks, span.start, |block| block).filter(|block| block.start == span.start);
    let swallows = block.is_some_and(|block| post.text[block.start..block.end].trim_end().contains("\n\n"));
    let message = match swallows {
        true => format!("`{written}` is read as HTML, so readers do not see it, and what follows is no Markdown"),
        false => format!("`{written}` is read as HTML, so readers do not see it"),
    };
    let edit = Edit::new(Span::new(span.start, span.start + 1), "&lt;");
    let finding =
        findings.at(span, message).help(format!("write it as code, or `&lt;{}>`", &written[1..written.len() - 1]));
    if tag.name.is_ascii() {
        finding.unsafe_fix("write `&lt;` for its `<`", vec![edit]);
    }
}

/// The elements of HTML, those of old included, of SVG and of MathML.
const KNOWN: &[&str] = &[
    "a", "abbr", "acronym", "address", "animate", "animatemotion", "animatetransform", "annotation", "applet", "area",
    "article", "aside", "audio", "b", "base", "basefont", "bdi", "bdo", "bgsound", "big", "blink", "blockquote",
    "body", "br", "button", "canvas", "caption", "center", "circle", "cite", "clippath", "code", "col", "colgroup",
    "data", "datalist", "dd", "defs", "del", "desc", "details", "dfn", "dialog", "dir", "div", "dl", "dt", "ellipse",
    "em", "embed", "feblend", "fecolormatrix", "fecomposite", "feflood", "fegaussianblur", "femerge", "femergenode",
    "fencedframe", "feoffset", "fieldset", "figcaption", "figure", "filter", "font", "footer", "foreignobject", "form",
    "frame", "frameset", "g", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i",
    "iframe", "image", "img", "input", "ins", "kbd", "keygen", "label", "legend", "li", "line", "lineargradient",
    "link", "main", "map", "mark", "marker", "marquee", "mask", "math", "menclose", "menu", "menuitem", "merror",
    "meta", "metadata", "meter", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mpath",
    "mphantom", "mprescripts", "mroot", "mrow", "ms", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable",
    "mtd", "mtext", "mtr", "munder", "munderover", "nav", "nobr", "noembed", "noframes", "noscript", "object", "ol",
    "optgroup", "option", "output", "p", "param", "path", "pattern", "picture", "plaintext", "polygon", "polyline",
    "pre", "progress", "q", "radialgradient", "rb", "rect", "rp", "rt", "rtc", "ruby", "s", "samp", "script", "search",
    "section", "select", "semantics", "set", "slot", "small", "source", "span", "stop", "strike", "strong", "style",
    "sub", "summary", "sup", "svg", "switch", "symbol", "table", "tbody", "td", "template", "text", "textarea",
    "textpath", "tfoot", "th", "thead", "time", "title", "tr", "track", "tspan", "tt", "u", "ul", "use", "var",
    "video", "view", "wbr", "xmp",
];

/// The same outside of `<svg>` and `<math>`, as words that people put between `<` and `>`.
const WORDS: &[&str] =
    &["data", "desc", "image", "line", "metadata", "path", "pattern", "set", "switch", "text", "view"];

/// Whether a browser knows an element; one that only drawings have is a word elsewhere.
pub(in crate::rules) fn is_known(name: &str) -> bool {
    let lower = || name.bytes().map(|byte| byte.to_ascii_lowercase());
    let found = KNOWN.binary_search_by(|known| known.bytes().cmp(lower()));
    found.is_ok_and(|at| !WORDS.contains(&KNOWN[at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_sorted() {
        assert!(KNOWN.is_sorted());
        assert!(is_known("BR") && !is_known("String") && !is_known("path"));
    }
}
