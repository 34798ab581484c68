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
    let mut tags = lexer::read(text, from);
    tags.retain(|tag| tag.broken.is_none());
    let partners = pair(text, &mut tags, known);
    let mut at = 0;
    calls(text, &tags, &partners, known, &mut at, tags.len())
}

/// For each tag that opens, the one that closes it: the next of its name that nothing else has. One without a name closes
/// what was opened last, and gets its name: `{{</>}}` (Hugo 0.168, `hugolib/shortcode.go`, `extractShortcode`).
pub(super) fn pair(text: &str, tags: &mut [Tag], known: &Known) -> Vec<Option<usize>> {
    let mut partners = vec![None; tags.len()];
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tags.len() {
        if tags[index].broken.is_some() {
            continue;
        }
        let name = &text[tags[index].name];
        match tags[index].role {
            Role::Opens => {
                if known.template(name).is_none_or(|template| template.takes_content != Some(false)) {
                    open.push(index);
                }
            }
            Role::Closes => {
                let is_it = |&open: &usize| name.is_empty() || &text[tags[open].name] == name;
                match open.iter().rposition(is_it) {
                    Some(at) => {
                        partners[open[at]] = Some(index);
                        if name.is_empty() {
                            tags[index].name = tags[open[at]].name;
                        }
                        open.truncate(at);
                    }
                    None if name.is_empty() => tags[index].broken = Some(Broken::NothingOpen),
                    None => {}
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
