//! What is known of a post without its body.

use jiff::civil::Date;

use crate::files::file_name;
use crate::syntax::dates::{self, FileDate};
use crate::syntax::front_matter::{self, Data, Found, FrontMatter, Heads, Node};
use crate::text::{Span, first_line, opening};

/// What stands in the name of a post and at its head.
#[derive(Debug)]
pub struct Head {
    /// Its path from the blog's folder on, with forward slashes.
    pub path: Box<str>,
    /// Where its front matter is, or went.
    pub found: Found,
    /// The date in its file name.
    pub file_date: Option<FileDate>,
}

impl Head {
    /// Reads the head of a text.
    pub(crate) fn read(path: &str, text: &str, heads: Heads) -> Head {
        let name = file_name(path);
        Head { path: path.into(), found: front_matter::read_as(text, heads), file_date: dates::read_file_date(name) }
    }

    /// The front matter, if there is one from fence to fence.
    pub(crate) fn front_matter(&self) -> Option<&FrontMatter> {
        self.found.whole()
    }

    /// Whether there is front matter, or was meant to be.
    pub(crate) fn may_have_front_matter(&self) -> bool {
        matches!(self.found, Found::Whole(_) | Found::Unclosed { .. })
    }

    /// Whether the generator can read the front matter, or there is none to read.
    pub(crate) fn loads(&self) -> bool {
        match &self.found {
            Found::None => true,
            Found::Whole(front) => front.tree.faults.is_empty() && front.tree.complete,
            Found::Unclosed { .. } | Found::Misplaced { .. } => false,
        }
    }

    /// What the front matter says to postlint itself: `postlint: {kind: note}`.
    pub(crate) fn setting(&self, name: &str) -> Option<&Node> {
        let Data::Map(settings) = &self.front_matter()?.get("postlint")?.value.data else { return None };
        settings.iter().rev().find(|entry| entry.key == name).map(|entry| &entry.value)
    }

    /// The title of the front matter.
    pub(crate) fn title(&self) -> Option<&Node> {
        Some(&self.front_matter()?.get("title")?.value)
    }

    /// The first line of the first of some keys that is there, or of the text, which is the one it was read of.
    pub(crate) fn place_of(&self, keys: &[&str], text: &str) -> Span {
        let entry = self.front_matter().and_then(|front| keys.iter().find_map(|key| front.get(key)));
        entry.map_or_else(
            || opening(text),
            |entry| first_line(text, Span::new(entry.key_span.start, entry.value.span.end)),
        )
    }

    /// The day of the post: that of its front matter, or that of its file name.
    pub(crate) fn date(&self) -> Option<Date> {
        self.written_date().or_else(|| self.file_date.as_ref()?.date)
    }

    /// The day of the front matter's `date`, as written.
    pub(crate) fn written_date(&self) -> Option<Date> {
        dates::read_front_matter_date(self.front_matter()?.text("date")?)?.date
    }
}
