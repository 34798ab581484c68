//! Text to [`Post`]: one pass, byte spans for everything a rule may point at. Parsing never fails.

pub mod body;
mod comments;
pub mod dates;
pub mod definitions;
pub mod front_matter;
mod header;
pub mod liquid;
mod markdown;
pub mod math;
pub mod sections;
pub mod templates;

use std::cell::OnceCell;

use jiff::civil::Date;

use self::body::{Body, Heading};
use self::dates::jekyll::{self, JekyllDate};
use self::dates::{DateRange, FileDate};
use self::front_matter::{Data, Format, Found, FrontMatter, Node, Value};
use self::liquid::Liquid;
use self::sections::Section;
use crate::text::Span;

/// One file of the blog, parsed.
#[derive(Debug)]
pub struct Post<'a> {
    /// Its path from the blog's folder on, with forward slashes.
    pub path: &'a str,
    /// The file as it is on disk.
    pub text: &'a str,
    /// Where its front matter is, or went.
    pub found: Found,
    /// The Markdown below.
    pub body: Body<'a>,
    /// The sections its headings make.
    pub sections: Vec<Section>,
    /// The date in its file name.
    pub file_date: Option<FileDate>,
    /// The days it is about: below its first heading, or in its title.
    pub date_range: Option<DateRange>,
    liquid: OnceCell<Liquid>,
}

impl<'a> Post<'a> {
    /// Reads a post. Whatever is wrong with it, the rest is read all the same.
    pub fn parse(path: &'a str, text: &'a str) -> Post<'a> {
        let (found, body) = front_matter::read(text);
        let body = markdown::read(text, body);
        let sections = sections::read(text, &body);
        let name = path.rsplit('/').next().unwrap_or(path);
        let file_date = dates::read_file_date(name);
        let mut post = Post { path, text, found, body, sections, file_date, date_range: None, liquid: OnceCell::new() };
        post.date_range = header::date_range(&post);
        post
    }

    /// The front matter, if there is one from fence to fence.
    pub fn front_matter(&self) -> Option<&FrontMatter> {
        match &self.found {
            Found::Whole(front) => Some(front),
            _ => None,
        }
    }

    /// Whether the generator can read the front matter, or there is none to read.
    pub fn loads(&self) -> bool {
        match &self.found {
            Found::None => true,
            Found::Whole(front) => front.tree.faults.is_empty() && front.tree.complete,
            Found::Unclosed { .. } | Found::Late { .. } => false,
        }
    }

    /// What the front matter says to postlint itself: `postlint: {kind: note}`.
    pub fn setting(&self, name: &str) -> Option<&Node> {
        let Data::Map(settings) = &self.front_matter()?.get("postlint")?.value.data else { return None };
        settings.iter().rev().find(|entry| entry.key == name).map(|entry| &entry.value)
    }

    /// The title of the front matter.
    pub fn title(&self) -> Option<&Node> {
        Some(&self.front_matter()?.get("title")?.value)
    }

    /// The H1 that is the post's title: its first heading, unless several H1 divide the post into sections.
    pub fn title_heading(&self) -> Option<&Heading<'a>> {
        let mut top = self.body.headings.iter().filter(|heading| heading.top);
        let first = top.next().filter(|heading| heading.level == 1)?;
        let says_title = || self.title().and_then(|title| title.text()) == Some(&*first.title);
        (says_title() || top.all(|heading| heading.level > 1)).then_some(first)
    }

    /// The heading of a section.
    pub fn heading_of(&self, section: usize) -> &Heading<'a> {
        &self.body.headings[self.sections[section].heading]
    }

    /// What stands beside the date range on its line below the title: `3주차` in `3주차 (22.10.03 - 22.10.09)`.
    pub fn beside_date_range(&self) -> impl Iterator<Item = Span> {
        let in_title = |span: &Span| self.title_heading().is_some_and(|heading| span.start < heading.span.end);
        let below = self.date_range.as_ref().map(|range| &range.span);
        let below = below.filter(|span| span.start >= self.body.span.start && !in_title(span));
        let sides = |span: &Span| {
            let line = self.line_of(span);
            [line.start..span.start, span.end..line.end]
        };
        below.map(sides).into_iter().flatten()
    }

    /// The first line of the text below the front matter.
    pub fn first_line(&self) -> Span {
        let body = crate::text::trimmed(self.text, self.body.span.clone());
        if body.is_empty() { self.last_line() } else { crate::text::first_line(self.text, body) }
    }

    /// The last line with text on it: where what is missing at the end is pointed at.
    pub fn last_line(&self) -> Span {
        let whole = crate::text::trimmed(self.text, 0..self.text.len());
        let start = self.text[whole.clone()].rfind('\n').map_or(whole.start, |at| whole.start + at + 1);
        crate::text::trimmed(self.text, start..whole.end)
    }

    /// What Liquid sees in it, where Liquid reads it: on a blog of Jekyll's, unless the front matter says
    /// `render_with_liquid: false` (Jekyll 4.3.1, `convertible.rb`).
    pub fn liquid(&self) -> &Liquid {
        self.liquid.get_or_init(|| match self.front_matter().and_then(|front| front.value("render_with_liquid")) {
            Some(Value::Bool(false)) => Liquid::default(),
            _ => Liquid::read(self.text, self.body.span.clone()),
        })
    }

    /// The file name without its date and extension.
    pub fn slug(&self) -> &'a str {
        slug_of(self.path.rsplit('/').next().unwrap_or(self.path))
    }

    /// The line around a span, without white space at its ends.
    pub fn line_of(&self, span: &Span) -> Span {
        let line = self.text[..span.start].rfind('\n').map(|at| at + 1);
        let start = line.unwrap_or_else(|| crate::text::after_bom(self.text));
        crate::text::trimmed(self.text, start..crate::text::first_line(self.text, start..self.text.len()).end)
    }

    /// The day of the post: that of its front matter, or that of its file name.
    pub fn date(&self) -> Option<Date> {
        self.written_date().or_else(|| self.file_date.as_ref()?.date)
    }

    /// The date of the post as Jekyll reads it: that of its front matter, or that of its file name. `None` where it has
    /// neither, or where the front matter cannot be read.
    pub fn jekyll_date(&self) -> Option<JekyllDate> {
        let front = match &self.found {
            Found::Whole(front) if front.format == Format::Yaml => Some(front),
            _ => None,
        };
        if front.is_some_and(|front| !front.tree.faults.is_empty()) {
            return None;
        }
        match front.and_then(|front| front.get("date")) {
            Some(entry) => Some(jekyll::read_value(&entry.value)),
            None => self.file_date.as_ref().map(jekyll::read_name),
        }
    }

    /// The day of the front matter's `date`, as written.
    pub fn written_date(&self) -> Option<Date> {
        dates::read_front_matter_date(self.front_matter()?.text("date")?)?.date
    }
}

/// A file name without its date and extension.
pub fn slug_of(name: &str) -> &str {
    match dates::read_file_date(name) {
        Some(date) => &name[date.slug],
        None => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
    }
}
