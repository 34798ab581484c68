//! A page as HTML, to compare it with that of an engine.

use std::sync::LazyLock;

use regex::Regex;

use crate::markdown::page::{Align, Element, Image, Page, Tag, What};

/// The HTML of a page, normalised.
pub(crate) fn of(page: &Page) -> String {
    let mut html = String::new();
    let mut open = Vec::new();
    let mut in_head = false;
    for event in &page.events {
        match &event.what {
            What::Start(element) => {
                in_head = in_head || element.tag == Tag::TableHead;
                let (start, end) = tags(element, in_head);
                html.push_str(&start);
                open.push(end);
            }
            What::End => {
                let end = open.pop().unwrap_or_default();
                in_head = in_head && end != "</thead>";
                html.push_str(&end);
            }
            What::Text(text) => html.push_str(&escape(text)),
            What::Math { display, tex } => html.push_str(&format!("<math {display}>{}</math>", tex.text())),
            What::Break => html.push_str("<br>"),
            What::Rule => html.push_str("<hr>"),
            What::Html(raw) => html.push_str(raw),
        }
    }
    normal(&html)
}

static NOISE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#" (class|id|aria-[a-z]+|data-[a-z-]+|disabled)(="[^"]*")?|\s+"#).expect("a pattern"));

static FOOTNOTES: LazyLock<Regex> = LazyLock::new(|| {
    let pattern = r##"<sup>(<ahref="[^"]*">)?(\d+)(</a>)?</sup>|<ahref="#fn[^"]*">↩</a>|<section>.*"##;
    Regex::new(pattern).expect("a pattern")
});

/// Without white space, and with one way to write what can be written in many.
pub(crate) fn normal(html: &str) -> String {
    let html = NOISE.replace_all(html, "");
    let html = FOOTNOTES.replace_all(&html, "$2").into_owned();
    let same = [("/>", ">"), ("&quot;", "\""), ("&#39;", "'"), ("checked=\"\"", "checked"), ("<tbody></tbody>", "")];
    same.iter().fold(html, |html, (from, to)| html.replace(from, to))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn url(text: &str) -> String {
    let sign = |sign: char| match sign {
        ' ' => "%20".to_owned(),
        '&' => "&amp;".to_owned(),
        _ if sign.is_ascii() => sign.to_string(),
        _ => sign.encode_utf8(&mut [0; 4]).bytes().map(|byte| format!("%{byte:02X}")).collect(),
    };
    text.chars().map(sign).collect()
}

fn tags(element: &Element, in_head: bool) -> (String, String) {
    let name = match &element.tag {
        Tag::Paragraph => "p",
        Tag::Heading { level, .. } => return (format!("<h{level}>"), format!("</h{level}>")),
        Tag::Quote => "blockquote",
        Tag::List { start: None } => "ul",
        Tag::List { start: Some(1) } => "ol",
        Tag::List { start: Some(start) } => return (format!("<ol start=\"{start}\">"), "</ol>".to_owned()),
        Tag::Item => "li",
        Tag::Checkbox { ticked } => {
            let checked = if *ticked { " checked" } else { "" };
            return (format!("<input type=\"checkbox\"{checked}>"), String::new());
        }
        Tag::CodeBlock { .. } => return ("<pre><code>".to_owned(), "</code></pre>".to_owned()),
        Tag::Table => "table",
        Tag::TableHead => "thead",
        Tag::TableBody => "tbody",
        Tag::Row => "tr",
        Tag::Cell { align } => {
            let name = if in_head { "th" } else { "td" };
            let align = match align {
                Align::None => String::new(),
                align => format!(" align=\"{}\"", format!("{align:?}").to_lowercase()),
            };
            return (format!("<{name}{align}>"), format!("</{name}>"));
        }
        Tag::CodeSpan => "code",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Strike => "del",
        Tag::Link { destination, .. } => return (format!("<a href=\"{}\">", url(destination)), "</a>".to_owned()),
        Tag::Image(image) => {
            let Image { source, alt, .. } = &**image;
            return (format!("<img src=\"{}\" alt=\"{alt}\">", url(source)), String::new());
        }
        Tag::FootnoteMark { number, .. } => return (format!("<sup>{number}"), "</sup>".to_owned()),
        Tag::Footnotes => "section",
        Tag::Footnote { name } => return (format!("<div>{name}"), "</div>".to_owned()),
        tag => return (format!("<{tag:?}>"), format!("</{tag:?}>")),
    };
    (format!("<{name}>"), format!("</{name}>"))
}
