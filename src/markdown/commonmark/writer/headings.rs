//! What ids of headings are made of, and the words for images, which may be part of it.

use std::borrow::Cow;

use pulldown_cmark::{CowStr, Event as Read, TagEnd};

use super::Writer;
use crate::markdown::commonmark::Math;
use crate::markdown::ids::{self, HugoSource, Style};
use crate::markdown::page::{Attributes, Element, Event, Image, Tag, What};
use crate::text::Span;

/// A heading that is open.
pub(super) struct Heading {
    /// Its beginning, an index of the events.
    pub start: usize,
    /// Bytes of the text it stands in.
    pub raw: Span,
    /// What an id is made of.
    pub text: String,
    /// Something in it stands in the id in a way that is not known.
    pub is_unknown: bool,
}

/// An image that is open.
pub(super) struct OpenImage<'a> {
    pub span: Span,
    pub source: Cow<'a, str>,
    pub alt: String,
    pub title: Option<Box<Cow<'a, str>>>,
}

impl<'a, 'c> Writer<'a, 'c> {
    pub(super) fn heading_attributes(
        &self,
        classes: Vec<CowStr<'c>>,
        attributes: Vec<(CowStr<'c>, Option<CowStr<'c>>)>,
    ) -> Attributes<'a> {
        if classes.is_empty() && attributes.is_empty() {
            return Attributes::new();
        }
        let classes: Vec<_> = classes.iter().map(|class| &**class).collect();
        let class = (!classes.is_empty()).then(|| (Cow::Borrowed("class"), Cow::Owned(classes.join(" "))));
        let others =
            attributes.into_iter().map(|(name, value)| (self.borrow(name), self.borrow(value.unwrap_or("".into()))));
        class.into_iter().chain(others).collect()
    }

    /// Widens the source of the heading that is open.
    pub(super) fn heading_raw(&mut self, event: &Read, span: &Span) {
        let Some(heading) = &mut self.heading else { return };
        if !matches!(event, Read::End(TagEnd::Heading(_))) {
            // The text of an escape begins behind its backslash.
            let escape = usize::from(self.read[..span.start].ends_with('\\'));
            heading.raw = Span::new(heading.raw.start.min(span.start - escape), span.end);
        }
    }

    /// Adds to the text of the heading that is open.
    pub(super) fn heading_text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
    }

    /// The same for a formula.
    pub(super) fn heading_formula(&mut self, written: &str, tex: &str) {
        let Some(heading) = &mut self.heading else { return };
        match self.options.math {
            Math::Remark { .. } if !self.options.ids_after_katex => heading.text.push_str(tex.trim()),
            Math::Remark { .. } => match ids::shown(tex) {
                Some(shown) => heading.text.extend([&*shown, tex.trim(), &*shown]),
                None => heading.is_unknown = true,
            },
            _ => match self.options.ids {
                Some(style) if style.skips_formulas() => {}
                Some(style) if style.reads_tokens() => heading.text.push_str(tex),
                _ => heading.text.push_str(written),
            },
        }
    }

    /// The same for a stretch that is not what it says in the source: an escape, a reference to a character.
    pub(super) fn heading_text_of(&mut self, text: &str, written: &str) {
        if self.heading.is_none() {
            return;
        }
        let keeps = self.options.ids.is_some_and(Style::keeps_entities) && written.starts_with('&');
        let unescaped = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'")];
        let is_vue = self.options.ids == Some(Style::MditVue);
        let is_read = !is_vue && unescaped.iter().any(|(written_so, _)| *written_so == written);
        self.heading_text(if keeps && !is_read { written } else { text });
    }

    pub(super) fn end_heading(&mut self) {
        let (Some(heading), Some(ids)) = (self.heading.take(), &mut self.ids) else { return };
        if heading.is_unknown {
            self.has_unknown_ids = true;
            return;
        }
        let What::Start(Element { tag: Tag::Heading { id: None, level }, .. }) = &self.events[heading.start].what
        else {
            return;
        };
        if *level < self.options.ids_from {
            return;
        }
        let link = self.options.ids.filter(|style| style.stops_behind_link());
        let link = link.and_then(|_| first_of_link(&self.events[heading.start + 1..]));
        let heading = Heading { text: link.unwrap_or(heading.text), ..heading };
        let raw = self.content.text().get(heading.raw.range()).unwrap_or_default();
        let next = match self.options.ids {
            Some(Style::Github | Style::GithubOfAll) => ids.next(raw, &heading.text),
            Some(Style::Hugo(_, HugoSource::Text)) => {
                ids.next(raw, last_line(&first_leaves(self.file, &self.events[heading.start + 1..])))
            }
            _ => ids.next(last_line(raw.trim()), &heading.text),
        };
        if let What::Start(Element { tag: Tag::Heading { id, .. }, .. }) = &mut self.events[heading.start].what {
            *id = next;
        }
    }

    pub(super) fn alt(&mut self, event: &Read) {
        let text = match event {
            Read::Text(text) | Read::Code(text) | Read::InlineMath(text) | Read::DisplayMath(text) => text,
            Read::SoftBreak | Read::HardBreak => "\n",
            _ => return,
        };
        if self.options.ids.is_some_and(|style| style.reads_images()) {
            self.heading_text(text);
        }
        if let Some((image, _)) = &mut self.image {
            image.alt.push_str(text);
        }
    }

    pub(super) fn end_image(&mut self) {
        let Some((OpenImage { span, source, alt, title }, _)) = self.image.take() else { return };
        self.element(Tag::Image(Box::new(Image { source, alt: alt.into(), title })), Vec::new(), span);
        self.close(span);
    }
}

/// What Hugo takes of a text.
fn last_line(text: &str) -> &str {
    text.lines().last().unwrap_or_default()
}

/// What a link begins with that a heading begins with.
fn first_of_link(events: &[Event]) -> Option<String> {
    let [link, rest @ ..] = events else { return None };
    let is_link = matches!(&link.what, What::Start(Element { tag: Tag::Link { .. }, .. }));
    let first = rest.iter().find_map(|event| match &event.what {
        What::Text(text) => Some(text.to_string()),
        What::Start(Element { tag: Tag::CodeSpan, .. }) => None,
        _ => Some(String::new()),
    });
    first.filter(|_| is_link)
}

/// The text of a heading as Hugo reads it: of an element only what it begins with (`markup/goldmark/internal/render`,
/// `TextPlain`).
fn first_leaves(file: &str, events: &[Event]) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    // Whether something of the outermost element was read, and whether that is all.
    let (mut seen, mut spent, mut in_code) = (false, false, false);
    for event in events {
        let mut is_over = spent;
        let words = match &event.what {
            What::Start(Element { tag, .. }) => {
                (seen, spent) = if depth == 0 { (false, false) } else { (seen, spent || seen) };
                is_over = spent;
                depth += 1;
                in_code = matches!(tag, Tag::CodeSpan);
                match tag {
                    Tag::Image(image) => &image.alt,
                    // A link that is its own address is no text.
                    Tag::Link { .. } if !file[event.source].starts_with('[') => {
                        (seen, spent) = (true, true);
                        continue;
                    }
                    _ => continue,
                }
            }
            What::End => {
                depth = depth.saturating_sub(1);
                (spent, in_code) = (true, false);
                continue;
            }
            What::Text(words) if depth > 0 && !spent && !in_code => {
                let (first, is_all) = first_node(file, event.source, words);
                spent = !is_all;
                first
            }
            // Of references to characters only those with names are resolved.
            What::Text(_) if file[event.source].starts_with("&#") => &file[event.source],
            What::Text(words) => words,
            What::Break => "\n",
            // A tag is a node of its own, and no text.
            What::Html(_) if depth > 0 => {
                spent = true;
                ""
            }
            _ => "",
        };
        if depth == 0 || !is_over {
            text.push_str(words);
        }
        seen = true;
    }
    text
}

/// What of a text goldmark (1.7) keeps in the node that it begins, and whether that is all of it: a mark of emphasis that
/// makes none ends the node, a bracket begins another, and so do quotes and dashes that its typographer sets.
fn first_node<'t>(file: &'t str, source: Span, words: &'t str) -> (&'t str, bool) {
    let written = &file[source];
    match written.as_bytes() {
        _ if written == words => {}
        [b'&', b'#', ..] => return (written, true),
        [b'&', ..] => return (words, true),
        _ => return ("", false),
    }
    let from = usize::from(file[..source.start].ends_with('\\')).min(words.len());
    let Some(at) = words[from..].find(['*', '_', '~', '[']).map(|at| from + at) else { return (words, true) };
    let mark = words[at..].chars().next().unwrap_or_default();
    let run = words[at..].len() - words[at..].trim_start_matches(mark).len();
    (&words[..if mark == '[' { at } else { at + run }], false)
}
