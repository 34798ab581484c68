//! What rules about format may touch.

use super::RuleContext;
use crate::finding::{self, Edit, Findings, NotChecked, RuleId};
use crate::markdown::MarkdownEngine;
use crate::markdown::blocks::blocks_without;
use crate::markdown::document::BlockKind;
use crate::nunjucks::FaultKind;
use crate::post::Post;
use crate::post::forms::Form;
use crate::post::layout::{self, Layout};
use crate::rules::{
    accidental_heading, accidental_list, accidental_table, literal_markup, swallowed_heading, swallowed_liquid,
    unclosed_math,
};
use crate::text::Span;

/// A rule that finds blocks which the engine reads in another way than they look.
type Reading = (&'static str, fn(&RuleContext, &mut Findings));

const READINGS: &[Reading] = &[
    ("accidental-table", accidental_table::check),
    ("accidental-list", accidental_list::check),
    ("accidental-heading", accidental_heading::check),
    ("literal-markup", literal_markup::check_blocks),
    ("swallowed-heading", swallowed_heading::check),
    ("swallowed-liquid", swallowed_liquid::check),
    ("unclosed-math", unclosed_math::check),
];

/// What makes the format of a post a matter of its author.
#[derive(Debug)]
pub(super) struct Surprise {
    rule: &'static str,
    span: Span,
}

impl RuleContext<'_> {
    /// The lines of the post and what of them a rule about format may touch; nothing where the Markdown engine is not
    /// known, where front matter is meant that does not load, so that generators read the file in another way, or where
    /// the engine reads blocks in another way than they look, so that nobody can tell what they are meant to be.
    pub(crate) fn layout(&self) -> Option<&Layout> {
        let layout = || {
            let engine = self.engine_of_running_text().filter(|_| self.post.loads())?;
            self.surprise().is_none().then(|| layout::read(self.post, engine))
        };
        self.layout.get_or_init(layout).as_ref()
    }

    fn surprise(&self) -> Option<&Surprise> {
        let look = || {
            let first = |(rule, check): &Reading| {
                let mut findings = Findings::of(RuleId::new(rule), self.post.text);
                check(self, &mut findings);
                let span = findings.into_vec().first()?.span;
                Some(Surprise { rule, span })
            };
            let stops = || {
                let liquid = self.blog.liquid(self.post)?;
                let fault = liquid.faults.iter().find(|fault| fault.what.stops_the_build())?;
                Some(Surprise { rule: "invalid-liquid", span: fault.span })
            };
            // Where Nunjucks or MDX stops, nobody knows what is a tag and what is text.
            let stops_nunjucks = || {
                let knows_all = self.blog.tags()?.missing.is_none();
                let is_sure = |kind| match kind {
                    FaultKind::Unknown | FaultKind::NothingOpen => knows_all,
                    kind => kind != FaultKind::NoFunction,
                };
                let fault = self.nunjucks().faults.iter().find(|fault| is_sure(fault.kind))?;
                Some(Surprise { rule: "invalid-shortcode", span: fault.span })
            };
            let stops_mdx = || {
                let fault = self.post.mdx.as_ref()?.faults.first()?;
                Some(Surprise { rule: "invalid-mdx", span: fault.span })
            };
            stops().or_else(stops_nunjucks).or_else(stops_mdx).or_else(|| READINGS.iter().find_map(first))
        };
        self.surprise.get_or_init(look).as_ref()
    }

    /// Where a rule about format found that it had better leave the post alone.
    pub(crate) fn left_by_format(&self) -> Option<NotChecked> {
        let Surprise { rule, span } = self.surprise.get()?.as_ref()?;
        let why = format!("`{rule}` finds what is not read as it looks, which is to be repaired first");
        Some(NotChecked { span: crate::text::first_line(self.post.text, *span), why })
    }

    /// Whether lines that are added or taken away behind the block which ends before a byte are so in the HTML of the page:
    /// readers do not see them, but all else would stay letter by letter.
    pub(crate) fn keeps_lines_behind(&self, layout: &Layout, at: usize) -> bool {
        let above = layout.blocks.iter().rfind(|block| block.span.end <= at);
        let is_raw = above.is_some_and(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html));
        is_raw && self.engine().is_some_and(MarkdownEngine::keeps_lines_behind_html)
    }

    /// Whether the format brings in line what is written untidily: where the posts of the blog are tidy there, or where
    /// the config says how bad it is that one is not.
    pub(crate) fn tidies(&self, form: Form, findings: &Findings) -> bool {
        findings.is_chosen || self.blog.customs().are_tidy(form)
    }

    /// Whether some edits, which are in the order of the text, leave the page as it is.
    pub(crate) fn keeps_page(&self, edits: &[Edit]) -> bool {
        let text = finding::edited(self.post.text, edits);
        self.page().is_some_and(|(page, _)| page.is_same(&self.blog.post(self.post.path, &text).page))
    }

    /// The same, but that only what readers see counts.
    pub(crate) fn shows_same(&self, edits: &[Edit]) -> bool {
        let text = finding::edited(self.post.text, edits);
        let after = self.blog.post(self.post.path, &text);
        let seen =
            |post: &Post| blocks_without(&post.page, post.text, &[]).into_iter().map(|block| block.seen).collect();
        let seen: [Vec<String>; 2] = [seen(self.post), seen(&after)];
        seen[0] == seen[1]
    }

    /// Of some edits, each a repair by itself, those that leave the page as it is.
    pub(crate) fn keeping_page(&self, edits: Vec<Edit>) -> Vec<Edit> {
        // If they change it, so many are tried one by one: each trial makes the whole page.
        const MOST: usize = 32;
        if edits.is_empty() || self.keeps_page(&edits) {
            return edits;
        }
        let keeps = |edit: &Edit| self.keeps_page(std::slice::from_ref(edit));
        let kept: Vec<Edit> = edits.into_iter().take(MOST).filter(keeps).collect();
        if self.keeps_page(&kept) { kept } else { Vec::new() }
    }
}
