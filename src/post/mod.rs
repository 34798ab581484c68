//! Text to [`Post`]: one pass, byte spans for everything a rule may point at. Parsing never fails.

pub(crate) mod delivered;
pub(crate) mod facts;
pub(crate) mod forms;
mod head;
mod header;
pub(crate) mod layout;
pub(crate) mod math;
pub(crate) mod sections;
pub(crate) mod templates;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Deref;
use std::sync::Arc;

use self::sections::Section;
use self::templates::Names;
use crate::files::file_name;
use crate::liquid::Liquid;
use crate::liquid::javascript::Given;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{self, Document, Heading, Template};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Element, Event, Page, What};
use crate::mdx;
use crate::nunjucks;
use crate::shortcodes::{Expansion, Known};
use crate::syntax::dates::{self, DateRange};
use crate::syntax::front_matter::{Heads, Value};
use crate::text::Span;

pub use self::head::Head;

/// One file of the blog, parsed.
#[derive(Debug)]
pub struct Post<'a> {
    /// Its path from the blog's folder on, with forward slashes.
    pub path: &'a str,
    /// The file as it is on disk.
    pub text: &'a str,
    /// What is known of it without its body.
    pub head: Arc<Head>,
    /// The page that its engines make of it.
    pub page: Page<'a>,
    /// The document that this page shows.
    pub body: Document<'a>,
    /// The sections its headings make.
    pub sections: Vec<Section>,
    /// The days it is about: below its first heading, or in its title.
    pub date_range: Option<DateRange>,
    /// Whether Liquid reads it before the Markdown engine does: on a blog of Jekyll's, unless the front matter says
    /// `render_with_liquid: false` (Jekyll 4.3.1, `convertible.rb`), and on one of Eleventy's.
    pub runs_liquid: bool,
    /// Whether Nunjucks reads it, unless the front matter says `disableNunjucks: true` (Hexo 8.1.2, `hexo/post.ts`).
    pub runs_nunjucks: bool,
    /// What MDX reads of it, if it does.
    pub(crate) mdx: Option<mdx::Reading>,
    /// The names that data gives values for Nunjucks by itself; `None` where others may have some.
    pub(crate) data_names: Option<BTreeSet<String>>,
    /// Whether a language of templates reads it of which no more is known than where its tags stand.
    pub runs_unread: bool,
    /// What liquidjs is given, where that reads it.
    given: Option<Given>,
    liquid: OnceCell<Liquid>,
    /// Where lines end.
    breaks: OnceCell<Vec<usize>>,
}

/// What reads the posts of a blog.
#[derive(Debug, Clone, Copy, Default)]
pub struct Engines<'e> {
    /// The Markdown engine; where it is not known, posts are read as GitHub does.
    pub markdown: Option<&'e MarkdownEngine>,
    /// Whether Liquid reads a post that says nothing of it; `None` where there is no Liquid.
    pub liquid: Option<bool>,
    /// The shortcodes of the blog, where the generator has such.
    pub(crate) shortcodes: Option<&'e Known>,
    /// The tags of Nunjucks, where that reads a post that says nothing of it.
    pub(crate) nunjucks: Option<&'e nunjucks::Known>,
    /// The names that data gives values for Nunjucks by itself; `None` where others may have some.
    pub(crate) names: Option<&'e BTreeSet<String>>,
    /// What liquidjs is given, where that reads a post.
    pub(crate) given: Option<&'e Given>,
    /// Whether a language of templates reads it that is not read here.
    pub(crate) unread: bool,
}

impl<'a> Post<'a> {
    /// Reads a post. Whatever is wrong with it, the rest is read all the same.
    pub fn parse(path: &'a str, text: &'a str, engines: &Engines) -> Post<'a> {
        Post::new(path, text, Arc::new(Head::read(path, text, Heads::Fenced)), engines)
    }

    /// The same, with the head that was read of it.
    pub(crate) fn new(path: &'a str, text: &'a str, head: Arc<Head>, engines: &Engines) -> Post<'a> {
        let mut post = Post::page_alone(path, text, head, engines);
        let templates = std::mem::take(&mut post.body.templates);
        let names = match engines.nunjucks.filter(|_| post.runs_nunjucks) {
            Some(known) if known.is_plain => &templates::OF_PLAIN_NUNJUCKS,
            Some(_) => &templates::OF_NUNJUCKS,
            None => &templates::OF_LIQUID,
        };
        post.body = document_of(text, post.body.span.start, &mut post.page, templates, names);
        math::find(&mut post);
        post.sections = sections::read(text, &post.body);
        post.date_range = header::date_range(&post);
        post
    }

    /// The same without its document: of that it has nothing but what template engines read.
    pub(crate) fn page_alone(path: &'a str, text: &'a str, head: Arc<Head>, engines: &Engines) -> Post<'a> {
        let start = head.found.body(text);
        let mut post = Post {
            path,
            text,
            head,
            page: Page::default(),
            body: Document { span: Span::new(start, text.len()), ..Document::default() },
            sections: Vec::new(),
            date_range: None,
            runs_liquid: false,
            runs_nunjucks: false,
            mdx: None,
            data_names: engines.names.cloned(),
            runs_unread: engines.unread,
            given: engines.given.cloned(),
            liquid: OnceCell::new(),
            breaks: OnceCell::new(),
        };
        post.runs_liquid = match post.front_matter().and_then(|front| front.value(LIQUID_SWITCH)) {
            _ if engines.given.is_some() => true,
            _ if engines.liquid.is_none() => false,
            Some(value) => value != Value::Bool(false),
            None => engines.liquid == Some(true),
        };
        let is_off = || post.front_matter().and_then(|front| front.value(NUNJUCKS_SWITCH)) == Some(Value::Bool(true));
        post.runs_nunjucks = engines.nunjucks.is_some_and(|known| known.is_plain || !is_off());
        post.body.templates = templates::read(text, start);
        let engine = engines.markdown.unwrap_or(MarkdownEngine::usual());
        if let Some(expansion) = engines.shortcodes.and_then(|known| Expansion::of(text, start, known)) {
            post.page = expansion.page(text, post.body.span, engine);
            templates::close(text, &mut post.body.templates, &expansion.closed());
            return post;
        }
        if let Some(options) = engine.mdx() {
            let reading = mdx::read(text, post.body.span, options, engine.fences_formulas());
            post.page = mdx::page(text, post.body.span, engine, &reading);
            post.mdx = Some(reading);
            return post;
        }
        if let Some(known) = engines.nunjucks.filter(|_| post.runs_nunjucks) {
            post.page = nunjucks::page(text, post.body.span, engine, known);
            return post;
        }
        let content = match post.runs_liquid {
            true => post.liquid().expand(text, post.body.span),
            false => MappedText::verbatim(text, post.body.span),
        };
        post.page = engine.page(text, &content);
        post
    }

    /// Whether MDX stops at something in a stretch of it.
    pub(crate) fn stops_mdx(&self, span: &Span) -> bool {
        self.mdx.as_ref().is_some_and(|mdx| mdx.faults.iter().any(|fault| span.contains(&fault.span.start)))
    }

    /// The document as its author sees it in the source: as if Liquid left all of it as it is.
    pub(crate) fn before_liquid(&self, engine: &MarkdownEngine) -> Document<'a> {
        let mut page = engine.page(self.text, &MappedText::verbatim(self.text, self.body.span));
        let start = self.body.span.start;
        document_of(self.text, start, &mut page, templates::read(self.text, start), &templates::OF_LIQUID)
    }

    /// The elements of the page for which [`Tag::is_markup`](crate::markdown::page::Tag::is_markup) holds, each with its index in [`Page::events`].
    pub(crate) fn markup(&self) -> impl Iterator<Item = (usize, &Element<'a>, Span)> {
        self.body.markup.iter().filter_map(|&index| match &self.page.events[index] {
            Event { what: What::Start(element), source } => Some((index, element, *source)),
            _ => None,
        })
    }

    /// The H1 that is the post's title: its first heading, unless several H1 divide the post into sections.
    pub(crate) fn title_heading(&self) -> Option<&Heading<'a>> {
        let mut top = self.body.headings.iter().filter(|heading| heading.top);
        let first = top.next().filter(|heading| heading.level == 1)?;
        let says_title = || self.title().and_then(|title| title.text()) == Some(&*first.title);
        (says_title() || top.all(|heading| heading.level > 1)).then_some(first)
    }

    /// The heading of a section.
    pub(crate) fn heading_of(&self, section: usize) -> &Heading<'a> {
        &self.body.headings[self.sections[section].heading]
    }

    /// What stands beside the date range on its line below the title: `3주차` in `3주차 (22.10.03 - 22.10.09)`.
    pub(crate) fn beside_date_range(&self) -> impl Iterator<Item = Span> {
        let in_title = |span: &Span| self.title_heading().is_some_and(|heading| span.start < heading.span.end);
        let below = self.date_range.as_ref().map(|range| &range.span);
        let below = below.filter(|span| span.start >= self.body.span.start && !in_title(span));
        let sides = |span: &Span| {
            let line = self.line_of(span);
            [Span::new(line.start, span.start), Span::new(span.end, line.end)]
        };
        below.map(sides).into_iter().flatten()
    }

    /// The first line of the text below the front matter.
    pub(crate) fn first_line(&self) -> Span {
        let body = crate::text::trimmed(self.text, self.body.span);
        if body.is_empty() { self.last_line() } else { crate::text::first_line(self.text, body) }
    }

    /// The last line with text on it: where what is missing at the end is pointed at.
    pub(crate) fn last_line(&self) -> Span {
        self.last_line_of(Span::new(0, self.text.len()))
    }

    /// The last line with text of a part of it.
    pub(crate) fn last_line_of(&self, part: Span) -> Span {
        let whole = crate::text::trimmed(self.text, part);
        let start = self.text[whole].rfind('\n').map_or(whole.start, |at| whole.start + at + 1);
        crate::text::trimmed(self.text, Span::new(start, whole.end))
    }

    /// What Liquid sees in it; nothing where Liquid does not read it.
    pub(crate) fn liquid(&self) -> &Liquid {
        self.liquid.get_or_init(|| match self.runs_liquid {
            true => Liquid::read_as(self.text, self.body.span, self.given.as_ref()),
            false => Liquid::default(),
        })
    }

    /// The file name without its date and extension.
    pub(crate) fn slug(&self) -> &'a str {
        slug_of(file_name(self.path))
    }

    /// The line around a span, without white space at its ends.
    pub(crate) fn line_of(&self, span: &Span) -> Span {
        let start = match self.line_start(span.start) {
            0 => crate::text::after_bom(self.text),
            start => start,
        };
        crate::text::trimmed(self.text, Span::new(start, self.line_end(span.start).max(start)))
    }

    /// Where the line of a byte begins. A line can be as long as the post, so that none is looked through for each place
    /// in it.
    pub(crate) fn line_start(&self, offset: usize) -> usize {
        let breaks = self.breaks();
        let before = breaks.partition_point(|&at| at < offset);
        before.checked_sub(1).map_or(0, |last| breaks[last] + 1)
    }

    /// Where the line of a byte ends: at its `\n`, or where the text does.
    pub(crate) fn line_end(&self, offset: usize) -> usize {
        let breaks = self.breaks();
        breaks.get(breaks.partition_point(|&at| at < offset)).copied().unwrap_or(self.text.len())
    }

    fn breaks(&self) -> &[usize] {
        self.breaks.get_or_init(|| memchr::memchr_iter(b'\n', self.text.as_bytes()).collect())
    }
}

impl Deref for Post<'_> {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

/// The key of the front matter that switches Liquid off.
const LIQUID_SWITCH: &str = "render_with_liquid";
/// The same of Nunjucks.
const NUNJUCKS_SWITCH: &str = "disableNunjucks";

/// The document of a page, with what template engines read before.
fn document_of<'a>(
    text: &'a str,
    start: usize,
    page: &mut Page<'a>,
    templates: Vec<Template>,
    names: &Names,
) -> Document<'a> {
    let mut document = document::read(text, Span::new(start, text.len()), page);
    document.templates = templates;
    templates::find_blocks(text, &mut document, names);
    document
}

/// What the address of a post is made of: the name of its file without day and ending, or of the folder that is the post.
pub(crate) fn telling_name(path: &str) -> &str {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if is_index(name) { file_name(folder) } else { slug_of(name) }
}

/// Whether a file of this name stands for its folder.
pub(crate) fn is_index(name: &str) -> bool {
    matches!(slug_of(name), "index" | "_index")
}

/// A file name without its date and extension.
pub(crate) fn slug_of(name: &str) -> &str {
    match dates::read_file_date(name) {
        Some(date) => &name[date.slug],
        None => name.rsplit_once('.').map_or(name, |(stem, _)| stem),
    }
}
