//! What a rule looks at: a post and what is known of it, each found out when the first rule asks.

mod format;
mod formulas;
mod values;

use std::cell::{Cell, OnceCell};

use self::format::Surprise;
use crate::blog::Blog;
use crate::blog::links::{Left, ResolvedLink, Resolver};
use crate::blog::mathematics::{Engine, Fault};
use crate::finding::NotChecked;
use crate::generators::{Absence, Why, Withheld};
use crate::kinds::sections::Alignment;
use crate::kinds::{Kind, Kinds};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{Document, Formula};
use crate::markdown::mapped_text::MappedText;
use crate::markdown::page::{Page, Tag, What};
use crate::markdown::tex_diff::{Usage, are_indices_escaped, tex_diff};
use crate::nunjucks::Nunjucks;
use crate::post::Post;
use crate::post::delivered::Delivered;
use crate::post::layout::Layout;
use crate::post::math::glued::{Glued, glued};
use crate::post::math::{is_between_others, is_prose, is_tex};
use crate::tex::Reference;
use crate::text::{Span, holding, line_start};

/// What a rule looks at: a post, and what it is held to.
pub struct RuleContext<'a> {
    /// The post.
    pub post: &'a Post<'a>,
    /// Its kind, if it has one and is held to it.
    pub kind: Option<&'a Kind>,
    /// All kinds of the blog.
    pub kinds: &'a Kinds,
    /// The blog it belongs to.
    pub blog: &'a Blog,
    /// Whether links to places on pages that nobody has read yet are left pending.
    pub(super) defers: bool,
    alignments: OnceCell<Vec<Alignment<'a>>>,
    delivered: OnceCell<Vec<(&'a Formula, Delivered<'a>)>>,
    arriving_formulas: OnceCell<Vec<(MappedText<'a>, bool)>>,
    math_faults: OnceCell<Vec<Fault>>,
    resolver: OnceCell<Resolver<'a>>,
    resolved_links: OnceCell<Vec<ResolvedLink>>,
    /// The bytes of the text on the page, in order.
    shown: OnceCell<Vec<Span>>,
    layout: OnceCell<Option<Layout>>,
    surprise: OnceCell<Option<Surprise>>,
    before_liquid: OnceCell<Document<'a>>,
    nunjucks: OnceCell<Nunjucks>,
    /// Whether the post escapes the indices of its formulas.
    escapes_indices: OnceCell<bool>,
    /// Whether a rule asked for an engine that is not known.
    lacks_engine: Cell<bool>,
    /// Whether one asked how the engine reads running text, and that is not known.
    lacks_running_text: Cell<bool>,
}

impl<'a> RuleContext<'a> {
    /// A post with its kind, in its blog.
    pub(crate) fn new(post: &'a Post<'a>, kind: Option<&'a Kind>, kinds: &'a Kinds, blog: &'a Blog) -> Self {
        RuleContext {
            post,
            kind,
            kinds,
            blog,
            defers: false,
            alignments: OnceCell::new(),
            delivered: OnceCell::new(),
            arriving_formulas: OnceCell::new(),
            math_faults: OnceCell::new(),
            resolver: OnceCell::new(),
            resolved_links: OnceCell::new(),
            shown: OnceCell::new(),
            layout: OnceCell::new(),
            surprise: OnceCell::new(),
            before_liquid: OnceCell::new(),
            nunjucks: OnceCell::new(),
            escapes_indices: OnceCell::new(),
            lacks_engine: Cell::new(false),
            lacks_running_text: Cell::new(false),
        }
    }

    /// The same, with links to places on pages that nobody has read yet left pending.
    pub(crate) fn deferring(self) -> Self {
        RuleContext { defers: true, ..self }
    }

    /// What the look at the links leaves.
    pub(crate) fn into_left(self) -> Left {
        self.resolver.into_inner().map(Resolver::into_left).unwrap_or_default()
    }

    /// What the blog's Markdown engine makes of the post, and the engine, if it is known.
    pub(crate) fn page(&self) -> Option<(&'a Page<'a>, &'a MarkdownEngine)> {
        Some((&self.post.page, self.engine()?))
    }

    /// Whether no more is known of how the Markdown engine reads a post than its headings, code, links and formulas.
    pub(crate) fn is_outlined(&self) -> bool {
        self.blog.engine().is_some() && self.blog.profile().is_none()
    }

    /// The Markdown engine, if it is known; a rule that asks depends on it.
    pub(crate) fn engine(&self) -> Option<&'a MarkdownEngine> {
        let engine = self.blog.profile_of(self.post.path).filter(|_| !self.blog.is_templated(self.post));
        self.lacks_engine.set(self.lacks_engine.get() || engine.is_none());
        engine
    }

    /// The same for rules about emphasis, cells, formulas and the like, which some engines read in ways of their own.
    pub(crate) fn engine_of_running_text(&self) -> Option<&'a MarkdownEngine> {
        let engine = self.engine()?;
        self.lacks_running_text.set(self.lacks_running_text.get() || !engine.knows_running_text());
        engine.knows_running_text().then_some(engine)
    }

    /// What was left open as the Markdown engine is not known, or how it reads text, if a rule asked for it.
    pub(crate) fn open_without_engine(&self) -> Option<NotChecked> {
        const WHY: &str = "the Markdown engine is not known, so nobody can tell what it makes of this post, \
            and formulas are looked at as they are written; `markdown:` in postlint.yaml names it";
        const TEMPLATED: &str = "tags of templates stand in this post, and what they print is read as Markdown: what readers \
            see is not looked at";
        const OUTLINE: &str = "what this Markdown engine makes of a post is not modelled: headings, links and formulas \
            are looked at, and no more";
        const TEXT: &str = "emphasis and formulas are not looked at: this version of the Markdown engine reads them in a \
            way of its own";
        let why = match (self.lacks_engine.get(), self.lacks_running_text.get()) {
            (true, _) if self.blog.is_templated(self.post) => TEMPLATED,
            (true, _) if self.blog.engine_of(self.post.path).is_some() => OUTLINE,
            (true, _) => WHY,
            (false, true) => TEXT,
            (false, false) => return None,
        };
        Some(NotChecked { span: self.post.first_line(), why: why.to_owned() })
    }

    /// The document as its author sees it in the source: as if Liquid left all of it as it is.
    pub(crate) fn before_liquid(&self) -> &Document<'a> {
        if self.blog.liquid(self.post).is_none() {
            return &self.post.body;
        }
        self.before_liquid.get_or_init(|| self.post.before_liquid(self.blog.markdown_of(self.post.path)))
    }

    /// The formulas of the post in order, each with what arrives of it; none where the Markdown engine is not known, and
    /// no prices and the like between dollar signs.
    pub(crate) fn delivered(&self) -> impl Iterator<Item = (&'a Formula, &Delivered<'a>)> {
        let deliver = || {
            let formulas = &self.post.body.formulas;
            if formulas.is_empty() || self.engine_of_running_text().is_none() {
                return Vec::new();
            }
            let text = self.post.text;
            let is_none = |formula: &Formula| is_between_others(&text[formula.tex], &text[formula.span.end..]);
            let is_text = |formula: &Formula| {
                let tex = &text[formula.tex];
                formula.delimiter == "$" && (is_prose(tex) || is_none(formula) || self.blog.math().is_no_formula(tex))
            };
            let seen = self.blog.seen(self.post, self.post.page.delivered(formulas));
            formulas.iter().zip(seen).filter(|(formula, _)| !is_text(formula)).collect()
        };
        self.delivered.get_or_init(deliver).iter().map(|(formula, delivered)| (*formula, delivered))
    }

    /// What the math engine of the blog stumbles over. A formula that does not arrive as it is meant is told apart, and
    /// what was meant is not known.
    pub(crate) fn math_faults(&self) -> &[Fault] {
        self.math_faults.get_or_init(|| match (self.arriving_formulas(), self.references_in_text()) {
            ([], references) if references.is_empty() => Vec::new(),
            (formulas, references) => {
                let knows_page = self.blog.profile_of(self.post.path).is_some();
                let arrives = |(tex, display): &&(MappedText, bool)| knows_page || self.arrives_at_fault(tex, *display);
                let read = formulas.iter().filter(arrives).map(|(tex, display)| (tex, *display));
                let mut faults = self.blog.math().faults(self.post.text, read, &references);
                faults.retain(|fault| knows_page || self.is_at_fault_for_all(fault));
                faults
            }
        })
    }

    /// References to labels of formulas in running text, which MathJax sets as well (3.2.2, `FindTeX.ts`, `processRefs`).
    fn references_in_text(&self) -> Vec<(MappedText<'a>, Reference)> {
        if memchr::memmem::find(self.post.text.as_bytes(), b"ref{").is_none() {
            return Vec::new();
        }
        let text = self.page().into_iter().flat_map(|(page, _)| page.text());
        let mut found = Vec::new();
        for (text, source) in text.filter(|(text, source)| text.len() == source.len() && self.is_open(source)) {
            for (command, open) in [("\\ref", "\\ref{"), ("\\eqref", "\\eqref{")] {
                for (at, _) in text.match_indices(open) {
                    let Some((label, _)) = text[at + open.len()..].split_once('}') else { continue };
                    let start = source.start + at;
                    // MathJax leaves code of HTML alone.
                    let before = &self.post.text[self.post.line_start(start)..start];
                    if before.rfind("<code").is_some_and(|code| !before[code..].contains("</code")) {
                        continue;
                    }
                    let span = Span::new(start, start + open.len() + label.len() + 1);
                    let (command, label) = (command.to_owned(), label.trim().to_owned());
                    let reference = Reference { command, label, span: Span::new(0, span.len()) };
                    found.push((MappedText::verbatim(self.post.text, span), reference));
                }
            }
        }
        found
    }

    /// The displays that the Markdown engine sets in the text that they are glued to, each with the sides of that.
    pub(crate) fn glued_displays(&self) -> impl Iterator<Item = (&'a Formula, Glued)> {
        let sets_doubled = self.engine().is_some_and(MarkdownEngine::sets_double_dollars);
        self.delivered().filter(move |_| sets_doubled).filter_map(|(formula, delivered)| {
            let is_inline = matches!(delivered, Delivered::Whole { display: false, .. });
            let is_known = is_inline && !self.blog.has_template(self.post, &formula.span);
            Some((formula, glued(self.post, formula).filter(|_| is_known)?))
        })
    }

    /// The TeX of each formula that the math engine of the blog gets to read as it is meant, in order, and whether it is
    /// set as a display; none where it is known that the blog has no engine.
    pub(crate) fn arriving_formulas(&self) -> &[(MappedText<'a>, bool)] {
        self.arriving_formulas.get_or_init(|| {
            if self.blog.math().engine == Some(Engine::Absent) {
                return Vec::new();
            }
            if self.blog.profile_of(self.post.path).is_none() {
                return self.formulas_as_written();
            }
            let formulas = self.delivered().filter(|(formula, _)| self.is_readable(formula));
            let mut read: Vec<(MappedText, bool)> =
                formulas.filter_map(|(formula, delivered)| self.read(formula, delivered)).collect();
            read.extend(self.formulas_of_the_engine());
            read.sort_by_key(|(tex, _)| tex.source(0));
            read
        })
    }

    /// The TeX of a formula as it arrives, and whether it is set as a display.
    /// What is usual in a formula that an engine reads.
    pub(crate) fn usage(&self, formula: &Formula, engine: &MarkdownEngine) -> Usage {
        let text = self.post.text;
        Usage::of(formula, text, engine, || *self.escapes_indices.get_or_init(|| are_indices_escaped(text)))
    }

    fn read(&self, formula: &Formula, delivered: &Delivered<'a>) -> Option<(MappedText<'a>, bool)> {
        let Delivered::Whole { tex, display } = delivered else { return None };
        let written = &self.post.text[*formula.meant()];
        let usage = || self.usage(formula, self.blog.markdown_of(self.post.path));
        let arrives = written == tex.text() || tex_diff(written, tex.text(), usage()).is_none();
        arrives.then(|| (tex.clone(), *display))
    }

    /// What the Markdown engine sets apart as mathematics and nobody takes for a formula who reads the source.
    fn formulas_of_the_engine(&self) -> impl Iterator<Item = (MappedText<'a>, bool)> {
        let page = self
            .page()
            .filter(|_| !self.post.body.formulas.is_empty())
            .filter(|(_, engine)| engine.sets_double_dollars());
        let written = &self.post.body.formulas;
        let is_written = |tex: &MappedText| {
            let start = tex.source(tex.text().len() - tex.text().trim_start().len());
            let at = written.partition_point(|formula| formula.span.end <= start);
            written.get(at).is_some_and(|formula| formula.delimiter == "$$" && formula.span.start <= start)
        };
        let events = page.into_iter().flat_map(|(page, _)| &page.events);
        let formulas = events.filter_map(|event| match &event.what {
            What::Math { tex, display } => Some((&**tex, *display, &event.source)),
            _ => None,
        });
        let is_other = move |(tex, _, source): &(&MappedText, bool, &Span)| {
            !is_written(tex) && !is_prose(tex.text()) && !self.blog.has_template(self.post, source)
        };
        formulas.filter(is_other).map(|(tex, display, _)| (tex.clone(), display))
    }

    /// Whether it is known what the math engine is to read. Of dollar signs, MathJax may pair others; and where nothing
    /// tells of an engine, what they enclose may be no formula.
    fn is_readable(&self, formula: &Formula) -> bool {
        let tex = &self.post.text[formula.tex];
        let is_clear = || !tex.contains('$') && (self.blog.math().engine.is_some() || is_tex(tex));
        (formula.delimiter != "$" || is_clear()) && !self.blog.has_template(self.post, &formula.span)
    }

    /// The links on the page of the post, in order, each with where it leads.
    pub fn resolved_links(&self) -> &[ResolvedLink] {
        self.resolved_links.get_or_init(|| match self.blog.links(self.post) {
            links if links.is_empty() => Vec::new(),
            links => self.resolver().resolved(self.post, links),
        })
    }

    /// Whether a byte of the post is one of the text on its page; not known without an engine, and then it is none.
    pub(crate) fn shows(&self, offset: usize) -> bool {
        let spans = self.shown.get_or_init(|| {
            let text = self.page().into_iter().flat_map(|(page, _)| page.text());
            let mut spans: Vec<Span> = text.map(|(_, span)| *span).collect();
            spans.sort_by_key(|span| span.start);
            spans
        });
        holding(spans, offset, |span| span).is_some()
    }

    /// Whether readers see it as it is written: no code, no formula, nothing that an engine makes something of.
    pub(crate) fn is_open(&self, span: &Span) -> bool {
        let at = span.start;
        self.post.body.is_plain_at(at) && !self.blog.has_template(self.post, span) && self.shows(at)
    }

    /// Whether the generator leaves the post out as its author means it to: what is not written yet may stand there.
    pub(crate) fn is_in_work(&self) -> bool {
        let (blog, site) = (self.blog, self.blog.site());
        let withheld = self.post.front_matter().and_then(|front| site.features.withheld(front));
        matches!(withheld, Some(Withheld::Yes(_)))
            || self.blog.draft(self.post).is_some()
            || self.is_parked()
            || blog.is_post(self.post.path)
                && matches!(
                    site.conventions.absence(self.post, &blog.build()),
                    Some(Absence { why: Why::NoDay(_), .. })
                )
    }

    /// Whether the generator leaves the post out for the day in its file name, which is told as that.
    pub(crate) fn is_left_out_for_its_name(&self) -> bool {
        let absence = self.blog.site().conventions.absence(self.post, &self.blog.build());
        matches!(absence, Some(Absence { why: Why::NoDay(_) | Why::OddDay(_) | Why::NoTitle(_), .. }))
    }

    /// Whether the post waits under a day of a year to come, as others of the blog do.
    pub(crate) fn is_parked(&self) -> bool {
        let day = self.post.file_date.as_ref().and_then(|name| name.date);
        day.is_some_and(|day| self.blog.is_years_ahead(day))
            && !self.blog.site().future
            && self.blog.habits().parks_drafts()
    }

    /// Whether the page breaks the line where a line of the source begins.
    pub(crate) fn is_broken_at(&self, line: usize) -> bool {
        let text = self.post.text;
        let start = line_start(text, line);
        let above = line_start(text, start.saturating_sub(1));
        let is_break = |what: &What| match what {
            What::Break => true,
            What::Html(tag) => tag.starts_with("<br"),
            What::Start(element) => matches!(&element.tag, Tag::Html { name } if *name == "br"),
            _ => false,
        };
        let is_between = |span: &Span| above <= span.start && span.start <= line;
        self.post.page.events.iter().any(|event| is_break(&event.what) && is_between(&event.source))
    }

    /// What leads from links to pages; made when a link first asks for it.
    pub(crate) fn resolver(&self) -> &Resolver<'a> {
        self.resolver.get_or_init(|| match self.defers {
            true => Resolver::of_what_is_read(self.blog, self.post),
            false => Resolver::new(self.blog, self.post),
        })
    }

    /// How the sections of the post fit its kind: the list of the kind, then those within its sections; none where the
    /// kind lists none.
    pub(crate) fn alignments(&self) -> &[Alignment<'a>] {
        self.alignments.get_or_init(|| {
            let sections = self.kind.and_then(|kind| kind.schema.sections.as_ref());
            sections.map(|sections| sections.align(self.post)).unwrap_or_default()
        })
    }
}
