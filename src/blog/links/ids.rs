//! The ids that a page has, and those that another engine would give it.

use crate::generators::address::decoded;
use crate::html;
use crate::markdown::ids::{Ids, Style};
use crate::markdown::kramdown::references;
use crate::markdown::page::{Page, Tag, What};
use crate::text::Span;

/// Ids, and the names of `a`: the names of other elements are no places (HTML, "find a potential indicated element").
pub(super) fn ids_in_html(html: &str) -> Vec<String> {
    if memchr::memchr(b'=', html.as_bytes()).is_none() {
        return Vec::new();
    }
    let ids = html::tags(html).flat_map(|tag| {
        let is_a = tag.is("a");
        let is_id = move |name: &str| name.eq_ignore_ascii_case("id") || is_a && name.eq_ignore_ascii_case("name");
        tag.attributes()
            .filter(move |found| is_id(found.name))
            .map(|found| references::resolved(found.value).into_owned())
    });
    ids.filter(|id| !id.is_empty()).collect()
}

/// Names, kept as one text: a blog has hundreds of thousands of them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each ends, in bytes.
    ends: Vec<usize>,
}

impl Names {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// One of them.
    pub(crate) fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[index]]
    }

    /// All of them, in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|index| self.get(index))
    }

    /// Whether one of them is this: few are as long.
    pub(super) fn has(&self, name: &str) -> bool {
        let mut start = 0;
        self.ends.iter().any(|&end| {
            let from = std::mem::replace(&mut start, end);
            end - from == name.len() && self.text.as_bytes()[from..end] == *name.as_bytes()
        })
    }

    pub(super) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.ends.push(self.text.len());
    }

    /// Gives back the room that no name takes.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }
}

impl<S: AsRef<str>> Extend<S> for Names {
    fn extend<I: IntoIterator<Item = S>>(&mut self, names: I) {
        names.into_iter().for_each(|name| self.push(name.as_ref()));
    }
}

impl<S: AsRef<str>> FromIterator<S> for Names {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Names {
        let mut all = Names::default();
        all.extend(names);
        all
    }
}

/// The ids on a page, those of headings first.
pub(super) fn ids_of(page: &Page) -> Names {
    let (mut headings, mut others) = (Names::default(), Names::default());
    for event in &page.events {
        match &event.what {
            What::Html(html) => others.extend(ids_in_html(html)),
            What::Start(element) => {
                let named = element.attributes().iter().filter(|(name, _)| matches!(&**name, "id" | "name"));
                others.extend(named.map(|(_, value)| value));
                match &element.tag {
                    Tag::Heading { id: Some(id), .. } => {
                        headings.push(id);
                        // A fragment is looked for as it is escaped, too (HTML, "find a potential indicated element").
                        if id.contains('%') {
                            others.extend([decoded(id)]);
                        }
                    }
                    // kramdown and goldmark, GitHub, Zola, in this order.
                    Tag::FootnoteMark { name, number } => others.extend([
                        format!("fnref:{name}"),
                        format!("fnref:{number}"),
                        format!("user-content-fnref-{name}"),
                        format!("fr-{name}-1"),
                    ]),
                    Tag::Footnote { name } => {
                        others.extend(["fn:", "user-content-fn-", "fn-", ""].map(|start| format!("{start}{name}")));
                    }
                    _ => {}
                }
            }
            _ => {}
        }
    }
    headings.extend(others.iter());
    headings
}

/// The ids that the headings would get from another engine, each with its own. People know those of GitHub best, and
/// tools for lists of contents write them.
pub(super) fn ids_in(page: &Page, style: Style, file: &str) -> Vec<(String, String)> {
    let mut ids = Ids::new(style);
    let mut pairs = Vec::new();
    let mut open: Option<(&str, String, usize)> = None;
    // The bytes of the heading that is open.
    let mut raw = Span::empty(0);
    for event in &page.events {
        raw = match open.is_some() && raw.end > 0 {
            true => Span::new(raw.start.min(event.source.start), raw.end.max(event.source.end)),
            false => event.source,
        };
        match (&event.what, &mut open) {
            (What::Start(element), None) => {
                if let Tag::Heading { id: Some(id), .. } = &element.tag {
                    open = Some((id, String::new(), 0));
                    raw = Span::empty(0);
                }
            }
            (What::Start(_), Some((.., depth))) => *depth += 1,
            (What::Text(piece), Some((_, text, _))) => text.push_str(piece),
            (What::End, Some((id, text, depth))) if *depth == 0 => {
                pairs.extend(ids.next(file[raw].trim(), text).map(|other| (other, (*id).to_owned())));
                open = None;
            }
            (What::End, Some((.., depth))) => *depth -= 1,
            _ => {}
        }
    }
    pairs
}
