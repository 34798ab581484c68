//! Pages as HTML, to hold them against what the real engines print.

use std::collections::HashMap;
use std::fmt::Write;

use postlint::markdown::page::{Align, Attributes, Element, Image, Page, Tag, What};

const VOID: [&str; 16] = [
    "area", "base", "br", "col", "command", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The HTML that kramdown prints for a page, white space and line breaks between blocks aside.
pub fn print(page: &Page) -> String {
    let mut printer = Printer::default();
    page.events.iter().for_each(|event| printer.event(&event.what));
    let contents = printer.contents();
    match printer.contents_at {
        Some((at, _)) => printer.out.replace_range(at..at, &contents),
        None => assert!(contents.is_empty()),
    }
    printer.out
}

#[derive(Default)]
struct Printer {
    out: String,
    /// What is written when the elements that are open end, and where what stands in them began.
    open: Vec<(String, usize)>,
    in_head: bool,
    /// The element that began last is a cell of Markdown, which is never empty.
    in_cell: bool,
    /// How often the text refers to each footnote.
    marks: HashMap<String, usize>,
    /// Headings: level, id, HTML.
    headings: Vec<(u8, String, String)>,
    heading: Option<(u8, String)>,
    /// Where a list of contents stands, its opening tag without the name and its name.
    contents_at: Option<(usize, (String, &'static str))>,
    /// What goes back from the footnote that is open to its marks.
    back: Vec<String>,
    after_paragraph: bool,
}

impl Printer {
    fn event(&mut self, what: &What) {
        let after_paragraph = std::mem::take(&mut self.after_paragraph);
        match what {
            What::Start(element) => self.start(element),
            What::End => self.end(after_paragraph),
            What::Text(text) => escape(&mut self.out, text),
            What::Math { display, tex } => {
                let (open, close) = if *display { ("\\[", "\\]\n") } else { ("\\(", "\\)") };
                self.out.push_str(open);
                escape(&mut self.out, tex.text());
                self.out.push_str(close);
            }
            What::Break => self.out.push_str("<br />"),
            What::Rule => self.out.push_str("<hr />"),
            What::Html(html) => self.out.push_str(html),
        }
    }

    fn open(&mut self, name: &str, attributes: &Attributes, close: String) {
        let _ = write!(self.out, "<{name}");
        for (name, value) in attributes.iter().filter(|(name, value)| name != "id" || !value.trim().is_empty()) {
            attribute(&mut self.out, name, value);
        }
        if close.is_empty() {
            self.out.push_str(" />");
        } else {
            self.out.push('>');
        }
        self.open.push((close, self.out.len()));
    }

    fn start(&mut self, element: &Element) {
        let tag = &element.tag;
        let mut attributes = element.attributes().to_vec();
        self.in_cell = matches!(tag, Tag::Cell { .. });
        let mut add = |name: &'static str, value: &str| attributes.push((name.into(), value.to_string().into()));
        let name: &str = match tag {
            Tag::Paragraph => "p",
            Tag::Heading { level, id } => {
                id.iter().for_each(|id| add("id", id));
                let is_left_out =
                    element.attributes().iter().any(|(name, value)| name == "class" && value.contains("no_toc"));
                self.heading = Some((*level, id.clone().unwrap_or_default())).filter(|_| !is_left_out);
                ["h1", "h2", "h3", "h4", "h5", "h6"][*level as usize - 1]
            }
            Tag::Quote => "blockquote",
            Tag::List { start: None } => "ul",
            Tag::List { start: Some(_) } => "ol",
            Tag::Item => "li",
            Tag::Checkbox { ticked } => {
                for (name, value) in
                    [("type", "checkbox"), ("class", "task-list-item-checkbox"), ("disabled", "disabled")]
                {
                    add(name, value);
                }
                ticked.then(|| add("checked", "checked"));
                "input"
            }
            Tag::DescriptionList => "dl",
            Tag::Term => "dt",
            Tag::Description => "dd",
            Tag::CodeBlock { info, .. } => return self.code_block(info, attributes),
            Tag::Table => "table",
            Tag::TableHead => {
                self.in_head = true;
                "thead"
            }
            Tag::TableBody => "tbody",
            Tag::TableFoot => "tfoot",
            Tag::Row => "tr",
            Tag::Cell { align } => {
                let align = [(Align::Left, "left"), (Align::Center, "center"), (Align::Right, "right")]
                    .iter()
                    .find_map(|(other, name)| (other == align).then_some(*name));
                align.iter().for_each(|align| add("style", &format!("text-align: {align}")));
                if self.in_head { "th" } else { "td" }
            }
            Tag::CodeSpan => "code",
            Tag::Emphasis => "em",
            Tag::Strong => "strong",
            Tag::Strike => "del",
            Tag::Link { destination, title } => {
                add("href", destination);
                title.iter().for_each(|title| add("title", title));
                "a"
            }
            Tag::Image(image) => {
                let Image { source, alt, title } = &**image;
                add("src", source);
                add("alt", alt);
                title.iter().for_each(|title| add("title", title));
                "img"
            }
            Tag::Html { name } => name,
            Tag::FootnoteMark { name, number } => return self.footnote_mark(name, *number),
            Tag::Footnotes => {
                self.out.push_str("<div class=\"footnotes\" role=\"doc-endnotes\"><ol>");
                return self.open.push(("</ol></div>".to_string(), self.out.len()));
            }
            Tag::Footnote { name } => {
                add("id", &format!("fn:{name}"));
                add("role", "doc-endnote");
                self.back = self.way_back(name);
                "li"
            }
            Tag::Abbreviation { title } => {
                if !title.is_empty() {
                    add("title", title);
                }
                "abbr"
            }
            Tag::Contents { ordered } => {
                let id = attributes.iter().position(|(name, _)| name == "id").map(|index| attributes.remove(index).1);
                let mut open = String::new();
                attribute(&mut open, "id", id.as_deref().unwrap_or("markdown-toc"));
                attributes.iter().for_each(|(name, value)| attribute(&mut open, name, value));
                self.contents_at = Some((self.out.len(), (open, if *ordered { "ol" } else { "ul" })));
                return self.open.push((String::new(), self.out.len()));
            }
        };
        let close = if VOID.contains(&name) { String::new() } else { format!("</{name}>") };
        self.open(name, &attributes, close);
    }

    fn code_block(&mut self, info: &str, mut attributes: Attributes) {
        let info_class = info.char_indices().skip(1).find(|(_, c)| *c == '?').map_or(info, |(at, _)| &info[..at]);
        let class = attributes.iter().position(|(name, _)| name == "class").map(|index| attributes.remove(index).1);
        let mut classes: Vec<String> =
            if info.is_empty() { Vec::new() } else { vec![format!("language-{info_class}")] };
        classes.extend(class.iter().map(|class| class.to_string()));
        let classes = classes.join(" ");
        let language = classes.split(' ').find(|class| class.starts_with("language-")).map(str::to_string);
        let others =
            classes.split(' ').filter(|class| Some(*class) != language.as_deref()).collect::<Vec<_>>().join(" ");
        if !others.is_empty() {
            attributes.push(("class".into(), others.into()));
        }
        self.open("pre", &attributes, "\n</code></pre>".to_string());
        self.out.push_str("<code");
        language.iter().for_each(|language| attribute(&mut self.out, "class", language));
        self.out.push('>');
    }

    fn footnote_mark(&mut self, name: &str, number: usize) {
        let count = self.marks.entry(name.to_string()).or_default();
        let repeat = if *count > 0 { format!(":{count}") } else { String::new() };
        *count += 1;
        let _ = write!(
            self.out,
            "<sup id=\"fnref:{name}{repeat}\" role=\"doc-noteref\"><a href=\"#fn:{name}\" class=\"footnote\" \
             rel=\"footnote\">{number}</a></sup>"
        );
        self.open.push((String::new(), self.out.len()));
    }

    fn way_back(&self, name: &str) -> Vec<String> {
        let marks = self.marks.get(name).copied().unwrap_or(1);
        let back = |index: usize| {
            let (repeat, sup) = match index {
                0 => (String::new(), String::new()),
                _ => (format!(":{index}"), format!("<sup>{}</sup>", index + 1)),
            };
            format!("<a href=\"#fnref:{name}{repeat}\" class=\"reversefootnote\" role=\"doc-backlink\">↩{sup}</a>")
        };
        (0..marks).map(back).collect()
    }

    fn end(&mut self, after_paragraph: bool) {
        let Some((close, start)) = self.open.pop() else { panic!("an end without a start") };
        match &*close {
            "\n</code></pre>" if self.out.ends_with('\n') => {
                self.out.pop();
            }
            "</td>" | "</th>" if self.in_cell && self.out.len() == start => self.out.push('\u{a0}'),
            "</thead>" => self.in_head = false,
            "</li>" if !self.back.is_empty() && self.open.last().is_some_and(|(close, _)| close == "</ol></div>") => {
                let back = std::mem::take(&mut self.back).join("\u{a0}");
                if after_paragraph {
                    self.out.truncate(self.out.len() - 4);
                    let _ = write!(self.out, "\u{a0}{back}</p>");
                } else {
                    let _ = write!(self.out, "<p>{back}</p>");
                }
            }
            _ => {}
        }
        let heading = self.heading.take_if(|_| close.starts_with("</h") && close.len() == 5);
        if let Some((level, id)) = heading.filter(|(_, id)| !id.is_empty()) {
            self.headings.push((level, id, self.out[start..].to_string()));
        }
        self.after_paragraph = close == "</p>";
        self.out.push_str(&close);
    }

    /// The list of contents, if one is wanted.
    fn contents(&self) -> String {
        let Some((_, (attributes, name))) = self.contents_at.as_ref().filter(|_| !self.headings.is_empty()) else {
            return String::new();
        };
        let anchor = regex::Regex::new(r#"<sup id="fnref:.*?</sup>|</?a\b[^>]*>"#).expect("a regular expression");
        let list_id = attributes.split('"').nth(1).unwrap_or_default();
        let mut out = format!("<{name}{attributes}>");
        let mut open: Vec<(u8, bool)> = Vec::new();
        let close = |out: &mut String, has_list: bool| {
            out.push_str(&if has_list { format!("</{name}></li>") } else { "</li>".to_string() });
        };
        for (level, id, html) in &self.headings {
            while let Some((_, has_list)) = open.pop_if(|(above, _)| *above >= *level) {
                close(&mut out, has_list);
            }
            if let Some((_, has_list)) = open.last_mut().filter(|(_, has_list)| !has_list) {
                *has_list = true;
                let _ = write!(out, "<{name}>");
            }
            let html = anchor.replace_all(html, "");
            let _ = write!(out, "<li><a href=\"#{id}\" id=\"{list_id}-{id}\">{html}</a>");
            open.push((*level, false));
        }
        open.iter().rev().for_each(|(_, has_list)| close(&mut out, *has_list));
        let _ = write!(out, "</{name}>");
        out
    }
}

fn escape(out: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            _ => out.push(character),
        }
    }
}

/// Attributes keep references to characters as they are written.
fn attribute(out: &mut String, name: &str, value: &str) {
    let value = value.replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    let _ = write!(out, " {name}=\"{value}\"");
}
