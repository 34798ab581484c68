//! Ids that an author wrote and the page does not have.

use std::sync::LazyLock;

use regex::Regex;

use super::ids::ids_in_html;
use crate::markdown::page::{Page, Tag, What};

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
    let mut heading: Option<(&str, String)> = None;
    for event in &page.events {
        match &event.what {
            What::Html(_) if omits_html => {
                lost.extend(ids_in_html(&text[event.source]).into_iter().map(|id| (id, Lost::Html)));
            }
            What::Start(element) => {
                let next = match &element.tag {
                    Tag::Heading { id: Some(id), .. } => Some((&**id, String::new())),
                    Tag::Paragraph | Tag::List { .. } | Tag::CodeBlock { .. } => None,
                    _ => continue,
                };
                let last = std::mem::replace(&mut heading, next);
                lost.extend(last.and_then(|(id, title)| in_braces(id, &title)));
            }
            What::Text(piece) => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(piece);
                }
            }
            _ => {}
        }
    }
    lost.extend(heading.and_then(|(id, title)| in_braces(id, &title)));
    lost
}

/// The id in the braces behind the title of a heading that got another one.
fn in_braces(instead: &str, title: &str) -> Option<(String, Lost)> {
    // Few titles end so, and a search by the pattern is dear.
    let title = title.trim_end();
    let braces = title.ends_with('}').then(|| BRACES.captures(title)).flatten()?;
    let inner = braces[1].to_owned();
    let id = inner.split_whitespace().find_map(|part| part.strip_prefix('#'))?.to_owned();
    let written = braces[0].trim().to_owned();
    Some((id, Lost::Braces { written, inner, instead: instead.to_owned() }))
}
