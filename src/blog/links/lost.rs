//! Ids that an author wrote and the page does not have.

use std::sync::LazyLock;

use regex::Regex;

use super::ids::ids_in_html;
use crate::markdown::page::{Element, Event, Page, Tag, What};

/// Why an id that stands in the source of a page is not on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Lost {
    /// The engine leaves out the HTML that it stands in.
    Html,
    /// The braces behind a heading are text to the engine.
    Braces {
        /// As they are written.
        written: String,
        /// What stands in them.
        inner: String,
        /// The id that the heading gets instead.
        instead: String,
    },
}

/// `{#id .class}`, `{: #id}` at the end of a heading that readers see.
static BRACES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\{:?\s*([^{}]*#[^{}]*?)\s*\}\s*$").expect("a pattern"));

/// The ids that a text has and its page lacks.
pub(super) fn of(text: &str, page: &Page, omits_html: bool) -> Vec<(String, Lost)> {
    let mut lost = Vec::new();
    for (index, event) in page.events.iter().enumerate() {
        match &event.what {
            What::Html(_) if omits_html => {
                lost.extend(ids_in_html(&text[event.source]).into_iter().map(|id| (id, Lost::Html)));
            }
            // Few titles have a brace.
            What::Start(Element { tag: Tag::Heading { id: Some(id), .. }, .. })
                if memchr::memchr(b'}', text[event.source].as_bytes()).is_some() =>
            {
                lost.extend(in_braces(id, &text_within(&page.events[index + 1..]).collect::<String>()));
            }
            _ => {}
        }
    }
    lost
}

/// The pieces of text up to the end of the element that these events stand in.
fn text_within<'p>(events: &'p [Event]) -> impl Iterator<Item = &'p str> {
    let mut depth = 0;
    let within = events.iter().map_while(move |event| {
        match event.what {
            What::Start(_) => depth += 1,
            What::End if depth == 0 => return None,
            What::End => depth -= 1,
            _ => {}
        }
        Some(event)
    });
    within.filter_map(|event| if let What::Text(piece) = &event.what { Some(&**piece) } else { None })
}

/// The id in the braces behind the title of a heading that got another one.
fn in_braces(instead: &str, title: &str) -> Option<(String, Lost)> {
    let braces = BRACES.captures(title)?;
    let inner = braces[1].to_owned();
    let id = inner.split_whitespace().find_map(|part| part.strip_prefix('#'))?.to_owned();
    let written = braces[0].trim().to_owned();
    Some((id, Lost::Braces { written, inner, instead: instead.to_owned() }))
}
