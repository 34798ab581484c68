//! The shortcodes of a text, each with what stands between its tags.

use super::{Broken, Dialect, Known, Role, Tag, Template, lexer, zola};
use crate::text::Span;

/// A shortcode in a text.
#[derive(Debug, Clone)]
pub(crate) struct Call<'k> {
    /// All of it.
    pub span: Span,
    /// Its name.
    pub name: Span,
    /// What stands between its tags.
    pub content: Option<Span>,
    /// What it is.
    pub kind: Kind,
    /// What is known of its template.
    pub template: Option<&'k Template>,
    /// The shortcodes between its tags.
    pub inner: Vec<Call<'k>>,
}

/// What a shortcode is in the text around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `{{< note >}}`: put in its place behind the Markdown engine.
    Printed,
    /// `{{% note %}}`: the engine reads what it prints.
    Read,
    /// `{{</* note */>}}`: shown without the signs of the comment.
    Shown,
}

/// The shortcodes of a text from a byte on, in order; nothing is said of what cannot be read.
pub(super) fn read<'k>(text: &str, from: usize, known: &'k Known) -> Vec<Call<'k>> {
    if known.dialect == Dialect::Called {
        return zola::calls(text, from, known);
    }
    let mut tags = tags(text, from, known);
    tags.retain(|tag| tag.broken.is_none());
    let partners = pair(text, &tags, known);
    let mut at = 0;
    calls(text, &tags, &partners, known, &mut at, tags.len())
}

/// The tags of a text. One that closes without a name closes what was opened last: `{{</>}}` (Hugo 0.168,
/// `hugolib/shortcode.go`, `extractShortcode`).
pub(super) fn tags(text: &str, from: usize, known: &Known) -> Vec<Tag> {
    let mut tags = lexer::read(text, from);
    let is_nameless = |tag: &Tag| tag.role == Role::Closes && tag.name.is_empty() && tag.broken.is_none();
    if !tags.iter().any(is_nameless) {
        return tags;
    }
    let mut open: Vec<Span> = Vec::new();
    for tag in tags.iter_mut().filter(|tag| tag.broken.is_none()) {
        let name = &text[tag.name];
        match tag.role {
            Role::Opens if known.template(name).is_none_or(|template| template.takes_content != Some(false)) => {
                open.push(tag.name);
            }
            Role::Closes if name.is_empty() => match open.pop() {
                Some(name) => tag.name = name,
                None => tag.broken = Some(Broken::NothingOpen),
            },
            Role::Closes => open.truncate(open.iter().rposition(|open| text[*open] == *name).unwrap_or(open.len())),
            _ => {}
        }
    }
    tags
}

/// For each tag that opens, the one that closes it: the next of its name that nothing else has.
fn pair(text: &str, tags: &[Tag], known: &Known) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for (index, tag) in tags.iter().enumerate() {
        let name = &text[tag.name];
        match tag.role {
            Role::Opens => {
                if known.template(name).is_none_or(|template| template.takes_content != Some(false)) {
                    open.push(index);
                }
            }
            Role::Closes => {
                if let Some(at) = open.iter().rposition(|&open| &text[tags[open].name] == name) {
                    partners[open[at]] = Some(index);
                    open.truncate(at);
                }
            }
            Role::ClosesItself | Role::Shows => {}
        }
    }
    partners
}

fn calls<'k>(
    text: &str,
    tags: &[Tag],
    partners: &[Option<usize>],
    known: &'k Known,
    at: &mut usize,
    end: usize,
) -> Vec<Call<'k>> {
    let mut found = Vec::new();
    while *at < end {
        let (tag, partner) = (&tags[*at], partners[*at]);
        *at += 1;
        let kind = match tag.role {
            Role::Closes => continue,
            Role::Shows => Kind::Shown,
            _ if text[tag.span].starts_with("{{%") => Kind::Read,
            _ => Kind::Printed,
        };
        let template = known.template(&text[tag.name]).filter(|_| kind != Kind::Shown);
        let mut call = Call { span: tag.span, name: tag.name, content: None, kind, template, inner: Vec::new() };
        if let Some(partner) = partner {
            let close = &tags[partner];
            call.content = Some(Span::new(tag.span.end, close.span.start));
            call.span.end = close.span.end;
            call.inner = calls(text, tags, partners, known, at, partner);
            *at = partner + 1;
        }
        found.push(call);
    }
    found
}
