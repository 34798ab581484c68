//! The places on a page that a fragment can lead to.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::ids::{Names, ids_in, ids_in_html, ids_of};
use super::lost::{self, Lost};
use super::outlined;
use crate::blog::Blog;
use crate::files::{file_name, join};
use crate::generators::{Kind, Target, Templates};
use crate::liquid::{Role, included_file};
use crate::markdown::MarkdownEngine;
use crate::markdown::ids::{HugoSource, Style};
use crate::post::Post;

/// The places of a page, found out when they are asked for.
#[derive(Debug, Default)]
pub(crate) struct Places(OnceLock<Anchors>);

impl Places {
    /// All of them; `read` finds them.
    pub(super) fn all(&self, read: impl FnOnce() -> Anchors) -> &Anchors {
        self.0.get_or_init(read)
    }

    /// Whether somebody asked for them.
    pub(super) fn are_known(&self) -> bool {
        self.0.get().is_some()
    }
}

/// A link to a place of a page that nobody has read yet. It leads there until that page says otherwise.
#[derive(Debug)]
pub(crate) struct PendingAnchor {
    /// The page.
    pub target: Arc<Target>,
    /// The id, its escapes undone.
    pub fragment: String,
}

/// What a look at the links of a post leaves.
#[derive(Debug, Default)]
pub(crate) struct Left {
    /// The links to pages that nobody has read yet.
    pub pending: Vec<PendingAnchor>,
    /// The places on its own page, if a link asked for them.
    pub own: Places,
}

/// The ids of a page.
#[derive(Debug, Default)]
pub(crate) struct Anchors {
    /// Ids and names, those of headings first.
    pub ids: Names,
    /// Whether these are all; else something prints more.
    pub is_whole: bool,
    /// Their indices in the order of the names, when somebody asks for one.
    sorted: OnceLock<Vec<usize>>,
    /// The ids of headings, by those that GitHub would give them, where the two differ.
    guesses: HashMap<String, String>,
    /// Ids that stand in the source and on no page, with the reason.
    lost: Vec<(String, Lost)>,
    /// How further ids begin that may be there.
    starts: &'static [&'static str],
}

/// Places that layouts and scripts usually make.
const USUAL: &[&str] = &[
    "", "comment", "comments", "content", "disqus_thread", "footer", "giscus", "header", "main", "main-content", "nav",
    "page-title", "search", "sidebar", "site-nav", "toc", "top", "utterances",
];

/// What themes call a layout that shows the text of its page, and lists nothing.
const ONE_PAGE: &[&str] = &["default", "none", "page", "post", "single"];

/// The extensions of files that a Markdown engine reads.
const MARKDOWN: &[&str] = &["md", "mdx", "markdown", "mkd", "mkdn", "mkdown"];

/// How ids begin that scripts, comment systems and WordPress make.
const USUAL_STARTS: &[&str] = &["comment-", "isso-", "markdown-toc-", "more-"];

/// Shortcodes of Hugo's that print no ids.
const PLAIN_SHORTCODES: &[&str] = &["figure", "gist", "highlight", "img", "image", "ref", "relref", "video", "youtube"];

impl Anchors {
    fn new(ids: Names, is_whole: bool) -> Anchors {
        Anchors { ids, is_whole, ..Anchors::default() }
    }

    /// The id of the heading that GitHub would give this one.
    pub(crate) fn by_guess(&self, fragment: &str) -> Option<&str> {
        self.guesses.get(fragment).map(String::as_str)
    }

    /// Why an id that the source has is not on the page.
    pub(crate) fn lost(&self, fragment: &str) -> Option<&Lost> {
        self.lost.iter().find(|(id, _)| id == fragment).map(|(_, why)| why)
    }

    /// Whether a fragment, with its escapes undone, leads to a place of the page.
    pub(crate) fn has(&self, fragment: &str) -> bool {
        if self.starts.iter().any(|start| fragment.starts_with(start)) {
            return true;
        }
        // So few are looked through as quickly as put in order.
        const FEW: usize = 128;
        if self.ids.len() <= FEW {
            return self.ids.has(fragment);
        }
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.ids.len()).collect();
            sorted.sort_unstable_by_key(|&index| self.ids.get(index));
            sorted
        });
        sorted.binary_search_by_key(&fragment, |&index| self.ids.get(index)).is_ok()
    }
}

/// Whether a fragment leads to a place that the usual layouts have.
pub(crate) fn is_usual(fragment: &str) -> bool {
    USUAL.iter().any(|usual| usual.eq_ignore_ascii_case(fragment))
        || USUAL_STARTS.iter().any(|start| fragment.starts_with(start))
}

impl Blog {
    /// The ids on the page of a post.
    pub(crate) fn anchors(&self, post: &Post) -> Anchors {
        let Some(page) = self.page(post) else { return self.outlined_anchors(post) };
        let mut ids = ids_of(page);
        let mut is_whole = (self.site().features.templates == Templates::Liquid || !self.may_print_ids(post))
            && !names_script(post)
            && !self.site().makes_ids
            && !page.has_unknown_ids;
        let parts = self.liquid(post).map_or(&[][..], |liquid| &liquid.parts);
        for part in parts {
            let is_include = matches!(&post.text[part.name], "include" | "include_relative" | "include_cached");
            match part.role {
                Role::Tag | Role::Unknown if is_include => {
                    let markup = &post.text[part.markup];
                    let file = included_file(markup).map(|file| join(&self.site().include_folder, &markup[file]));
                    let text = file.and_then(|file| self.files.text(&file));
                    match text {
                        Some(text) if !prints_ids(&text) => ids.extend(ids_in_html(&text)),
                        _ => is_whole = false,
                    }
                }
                Role::Unknown => is_whole = false,
                _ => {}
            }
        }
        let other = |profile| other_style(profile, self.site().version_is_untold);
        if let Some(style) = self.profile_of(post.path).and_then(other) {
            ids.extend(ids_in(page, style, post.text).into_iter().map(|(id, _)| id));
        }
        let is_github = self.markdown_of(post.path).ids() == Some(Style::Github);
        let guesses = if is_github { Vec::new() } else { ids_in(page, Style::Github, post.text) };
        let others = guesses.into_iter().filter(|(guess, id)| guess != id);
        ids.shrink();
        let lost = lost::of(post.text, page, self.markdown_of(post.path).omits_html());
        Anchors { guesses: others.collect(), lost, ..Anchors::new(ids, is_whole) }
    }

    /// Whether a shortcode of a post may print ids.
    fn may_print_ids(&self, post: &Post) -> bool {
        let templates = self.shortcodes().map(|known| &known.templates);
        let is_free = |name: &str| {
            PLAIN_SHORTCODES.contains(&name)
                || templates.and_then(|all| all.get(name)).is_some_and(|template| template.prints_no_ids)
        };
        post.body.templates.iter().any(|template| !is_free(shortcode_in(&post.text[template.content])))
    }

    /// The ids on a page of which no more is known than its headings.
    fn outlined_anchors(&self, post: &Post) -> Anchors {
        // kramed reads underscores, and sets hyphens, in ways of its own.
        let is_sure = |style| style != Style::Kramed && !self.site().makes_ids;
        let page = self.outlined(post).filter(|_| self.markdown_of(post.path).ids().is_some_and(is_sure));
        let Some(page) = page else { return Anchors::new(Names::default(), false) };
        let written = outlined::written(post, page);
        let is_whole = written.is_some();
        let mut ids = ids_of(page);
        ids.extend(written.unwrap_or_default());
        let guesses = ids_in(page, Style::Github, post.text).into_iter().filter(|(guess, id)| guess != id);
        Anchors { guesses: guesses.collect(), starts: outlined::STARTS, ..Anchors::new(ids, is_whole) }
    }

    /// The ids on the page of a target; nothing is said of what is no page.
    pub(super) fn anchors_at(&self, target: &Target) -> Anchors {
        let unknown = || Anchors::new(Names::default(), false);
        let text = self.files.read(&target.source).ok();
        let Some(text) = text.filter(|text| !shows_section(target) && !text.trim().is_empty()) else {
            return unknown();
        };
        match &*extension(target) {
            _ if is_post(target) => {
                let post = self.page_alone(&target.source, &text);
                let anchors = self.anchors(&post);
                let is_whole = anchors.is_whole && (target.kind != Kind::Page || !self.layout_makes_ids(&post));
                Anchors { is_whole, ..anchors }
            }
            // A layout may print whole posts into a page.
            "html" | "htm" | "xhtml" if target.kind == Kind::File => {
                Anchors::new(ids_in_html(&text).into_iter().collect(), !text.contains("{{") && !text.contains("{%"))
            }
            _ => unknown(),
        }
    }

    /// Whether the layout of a page that stands alone may give ids to what it lists, such as categories.
    fn layout_makes_ids(&self, page: &Post) -> bool {
        let Some(layout) = page.front_matter().and_then(|front| front.text("layout")) else { return false };
        let texts = self.site().conventions.layouts(&self.files, layout);
        let is_of_a_theme = texts.is_empty() && !ONE_PAGE.contains(&layout);
        self.site().features.templates == Templates::Liquid
            && (is_of_a_theme || texts.iter().any(|(_, text)| computes_ids(text)))
    }

    /// Keeps the ids on the page of a post, which was read as it stands in its file, for the links that lead there. Its
    /// text is wanted no more, unless a link of its own is still pending.
    pub(crate) fn let_go(&self, post: &Post, left: &mut Left) {
        // Without a link nobody asked for addresses yet.
        let Some(map) = self.map.get() else { return };
        let mut own = left.own.0.take();
        for target in map.of_source(post.path) {
            let Some(places) = map.places_of(target) else { continue };
            match is_post(target) && !shows_section(target) && !post.text.trim().is_empty() {
                true => places.all(|| own.take().unwrap_or_else(|| self.anchors(post))),
                false => places.all(|| self.anchors_at(target)),
            };
        }
        if left.pending.is_empty() {
            self.keep_ends(post);
            self.files.forget(post.path);
        }
    }

    /// Whether a link leads to a place of its page after all, as far as anybody can tell.
    pub(crate) fn has_place(&self, PendingAnchor { target, fragment }: &PendingAnchor) -> bool {
        let places = self.map().places_of(target);
        places.is_none_or(|places| !self.lacks(places.all(|| self.anchors_at(target)), fragment))
    }

    /// Whether nothing on a page with these ids has this one, the layout of the blog included.
    pub(super) fn lacks(&self, anchors: &Anchors, fragment: &str) -> bool {
        !anchors.has(fragment) && anchors.is_whole && !self.layout_ids().contains(fragment)
    }
}

/// Whether a Markdown engine makes a page of it.
fn is_post(target: &Target) -> bool {
    target.kind.is_page() && MARKDOWN.contains(&&*extension(target))
}

/// Whether it is the page of a section, which shows what its layout gathers.
fn shows_section(target: &Target) -> bool {
    file_name(&target.source).starts_with("_index.")
}

fn extension(target: &Target) -> String {
    target.source.rsplit('.').next().unwrap_or_default().to_lowercase()
}

/// Whether HTML prints ids, or Markdown, that only the built site knows.
fn prints_ids(html: &str) -> bool {
    html.contains("markdownify")
        || html.contains("include.content")
        || html.contains("{% include")
        || computes_ids(html)
}

/// Whether an id is what a template comes to.
fn computes_ids(html: &str) -> bool {
    html.match_indices("id=").any(|(at, _)| html[at + 3..].trim_start_matches(['"', '\'']).starts_with('{'))
}

/// Hugo makes ids of the text of a heading since 0.144, of its source before: the other of the two, where nothing says
/// which version builds the site.
fn other_style(profile: &MarkdownEngine, is_untold: bool) -> Option<Style> {
    let MarkdownEngine::CommonMark(options) = profile else { return None };
    match options.ids? {
        Style::Hugo(kind, HugoSource::Text) if is_untold => Some(Style::Hugo(kind, HugoSource::Markdown)),
        _ => None,
    }
}

/// Whether a page has a script of its own, by its front matter; that may make ids in the browser.
fn names_script(post: &Post) -> bool {
    post.front_matter().is_some_and(|front| front.tree.has_text(|text| text.ends_with(".js")))
}

/// The name of a shortcode that stands between signs.
fn shortcode_in(inner: &str) -> &str {
    let inner = inner.trim_start_matches(['<', '%', ' ', '/']);
    inner.split([' ', '>', '%', '(']).next().unwrap_or_default()
}
