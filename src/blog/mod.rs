//! Posts to [`Blog`]: which files are posts, and what the whole of them is used to.
//!
//! It asks its [`Files`] for what lies in its folder, and nothing else.

mod bodies;
mod customs;
pub(crate) mod external;
mod habits;
mod index;
mod keys;
pub mod links;
pub(crate) mod mathematics;
mod names;
mod posts;
mod reasons;
pub(crate) mod root;
mod template;
mod titles;
pub mod urls;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use self::external::Answers;
use self::mathematics::{Engine, Mathematics};
use self::urls::SiteMap;
use crate::files::{Files, PathPattern, PerPath};
use crate::generators::dates::DateFault;
use crate::generators::rewrites::{ShownKey, TexRewriter};
use crate::generators::{Build, ConfigFault, Generator, Site, Sources, Target, Templates};
use crate::liquid::Liquid;
use crate::markdown::document::{Formula, Template, TemplateKind};
use crate::markdown::page::Page;
use crate::markdown::{Markdown, MarkdownEngine};
use crate::nunjucks;
use crate::post::Post;
use crate::post::delivered::Delivered;
use crate::post::facts::Facts;
use crate::post::math;
use crate::shortcodes::Known;
use crate::text::Span;

pub(crate) use customs::{Customs, Markers};
pub(crate) use habits::{Habits, is_finishing};
pub(crate) use keys::{is_for_readers, is_known_key};
pub(crate) use names::{is_translation, untranslated};
pub(crate) use posts::Draft;
pub(crate) use template::names_no_post;
pub(crate) use titles::numbered;

/// The blog that posts belong to.
#[derive(Debug)]
pub struct Blog {
    /// All that lies in its folder.
    pub files: Files,
    generator: Generator,
    settings: Settings,
    sources: Sources,
    listing: OnceLock<posts::Listing>,
    /// The places of posts in their list, by the names of their files without day and ending.
    named: OnceLock<HashMap<String, Vec<usize>>>,
    habits: OnceLock<Habits>,
    customs: OnceLock<Customs>,
    bodies: PerPath<OnceLock<bodies::Bodies>>,
    titles: PerPath<OnceLock<titles::Titles>>,
    facts: PerPath<OnceLock<Option<Arc<Facts>>>>,
    /// How the texts of posts begin and end.
    ends: PerPath<OnceLock<Option<u64>>>,
    /// Whether it is usual that posts say nothing.
    empty_is_usual: OnceLock<bool>,
    /// Whether posts tell days around their own.
    weeks: PerPath<OnceLock<Option<bool>>>,
    /// Whether no template asks posts for their categories, and for their tags.
    unshown: [OnceLock<bool>; 2],
    site: OnceLock<Site>,
    zone: OnceLock<Option<TimeZone>>,
    profile: OnceLock<Option<MarkdownEngine>>,
    map: OnceLock<SiteMap>,
    layout_ids: OnceLock<HashSet<String>>,
    layout_addresses: OnceLock<links::Layouts>,
    shown_keys: OnceLock<Vec<ShownKey>>,
    tex_rewriter: OnceLock<Option<TexRewriter>>,
    mathematics: OnceLock<Mathematics>,
    shortcodes: OnceLock<Option<Known>>,
    tags: OnceLock<Option<nunjucks::Known>>,
    components: OnceLock<bool>,
    /// What came of asking for URLs of other sites, where somebody wanted to know.
    pub(crate) answers: Option<Answers>,
}

/// What `postlint.yaml` and the command line say of a blog; it goes before what the generator's own config says.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What builds it.
    pub generator: Option<Generator>,
    /// Which files are posts.
    pub posts: Option<Vec<PathPattern>>,
    /// Which of them are left in peace all the same: nobody checks them, and what they say counts for no other post.
    pub exclude: Vec<PathPattern>,
    /// The Markdown engine.
    pub markdown: Option<Markdown>,
    /// The math engine.
    pub math: mathematics::MathOverrides,
    /// The time zone that the site is built in.
    pub timezone: Option<TimeZone>,
    /// The moment that counts as now; the clock's when absent.
    pub now: Option<Timestamp>,
}

impl Blog {
    /// The blog in a folder. What `settings` leave open is looked at when needed.
    pub fn new(files: Files, settings: Settings) -> Self {
        let generator = settings.generator.unwrap_or_else(|| Generator::of(&files));
        Blog {
            files,
            generator,
            settings,
            sources: Sources::beginning(generator.heads()),
            listing: OnceLock::new(),
            named: OnceLock::new(),
            habits: OnceLock::new(),
            customs: OnceLock::new(),
            bodies: PerPath::default(),
            titles: PerPath::default(),
            facts: PerPath::default(),
            ends: PerPath::default(),
            empty_is_usual: OnceLock::new(),
            weeks: PerPath::default(),
            unshown: Default::default(),
            site: OnceLock::new(),
            zone: OnceLock::new(),
            profile: OnceLock::new(),
            map: OnceLock::new(),
            layout_ids: OnceLock::new(),
            layout_addresses: OnceLock::new(),
            shown_keys: OnceLock::new(),
            tex_rewriter: OnceLock::new(),
            mathematics: OnceLock::new(),
            shortcodes: OnceLock::new(),
            tags: OnceLock::new(),
            components: OnceLock::new(),
            answers: None,
        }
    }

    /// What the generator's own config says.
    pub(crate) fn site(&self) -> &Site {
        self.site.get_or_init(|| Site::read(&self.files, self.generator))
    }

    /// The Markdown engine, if it is known what its pages show.
    pub fn profile(&self) -> Option<&MarkdownEngine> {
        self.engine().filter(|engine| engine.makes_pages())
    }

    /// The Markdown engine: that of `postlint.yaml`, or the site's, or the generator's usual one; `None` where it is
    /// not known.
    pub(crate) fn engine(&self) -> Option<&MarkdownEngine> {
        let profile = || {
            let site = self.site().markdown.clone();
            let Some(engine) = self.settings.markdown else { return site };
            // What the site says of this engine still holds.
            site.filter(|profile| profile.is(engine)).or_else(|| Some(MarkdownEngine::by_itself(engine)))
        };
        self.profile.get_or_init(profile).as_ref()
    }

    /// The same for one post: some generators have another engine for other endings.
    pub(crate) fn engine_of(&self, path: &str) -> Option<&MarkdownEngine> {
        match &self.site().markdown_of {
            Some((ending, engine)) if path.ends_with(ending) => engine.as_ref(),
            _ => self.engine(),
        }
    }

    /// The engine of a post, if it is known what its pages show.
    pub(crate) fn profile_of(&self, path: &str) -> Option<&MarkdownEngine> {
        self.engine_of(path).filter(|engine| engine.makes_pages())
    }

    /// What a post is read with: its Markdown engine, or GitHub's where it is not known.
    pub(crate) fn markdown_of(&self, path: &str) -> &MarkdownEngine {
        self.engine_of(path).unwrap_or(MarkdownEngine::usual())
    }

    /// What sets the formulas: what `postlint.yaml` says of it, and what is found in the site.
    pub(crate) fn math(&self) -> &Mathematics {
        self.mathematics.get_or_init(|| Mathematics::read(&self.files, self.site(), &self.settings.math))
    }

    /// What changes the formulas of pages on their way to the math engine, if something does.
    pub(crate) fn tex_rewriter(&self) -> Option<&TexRewriter> {
        self.tex_rewriter.get_or_init(|| self.site().conventions.tex_rewriter(self.site(), &self.files)).as_ref()
    }

    /// The shortcodes that posts can use, where the generator has such.
    pub(crate) fn shortcodes(&self) -> Option<&Known> {
        self.shortcodes.get_or_init(|| self.site().conventions.shortcodes(self.site(), &self.files)).as_ref()
    }

    /// The tags of Nunjucks that posts can use, where it reads them.
    pub(crate) fn tags(&self) -> Option<&nunjucks::Known> {
        self.tags.get_or_init(|| self.site().conventions.tags(self.site(), &self.files)).as_ref()
    }

    /// The components that posts of MDX can use without a word; `None` where others may be given to them.
    pub(crate) fn components(&self) -> Option<&'static [&'static str]> {
        let gives = || self.site().gives_components.is_some_and(|gives| gives(&self.files));
        self.site().components.filter(|_| !*self.components.get_or_init(gives))
    }

    /// What Liquid sees in a post; `None` where there is nothing for it, or no Liquid: Jekyll 4.3.1, `convertible.rb`.
    pub(crate) fn liquid<'p>(&self, post: &'p Post) -> Option<&'p Liquid> {
        Some(post).filter(|post| post.runs_liquid).map(Post::liquid).filter(|liquid| !liquid.is_empty())
    }

    /// Whether a template engine reads something in a stretch of a post.
    pub(crate) fn has_template(&self, post: &Post, span: &Span) -> bool {
        self.site().features.templates != Templates::None && post.body.has_template(span)
    }

    /// Whether a template engine prints `{{ title }}` in a post, by what stands at its head or comes with the site: those
    /// that are not read, those of Eleventy, and Nunjucks of Hexo, which is given the keys of the post (8.1.2,
    /// `hexo/post.js`). Liquid of Jekyll has them behind `page.` only.
    pub(crate) fn prints_fields(&self, post: &Post) -> bool {
        post.runs_unread || post.runs_nunjucks || post.liquid().given().is_some()
    }

    /// Whether tags in a post print Markdown that nobody knows: those of a language that is not read. `raw` prints what
    /// stands in it.
    pub(crate) fn is_templated(&self, post: &Post) -> bool {
        let prints = |template: &Template| {
            let name = post.text[template.content].split_whitespace().next().unwrap_or_default();
            template.kind == TemplateKind::Tag && !matches!(name, "raw" | "endraw")
        };
        post.runs_unread && post.body.templates.iter().any(prints)
    }

    /// The time zone that the site is built in: that of `postlint.yaml`, or the site's, or UTC, as on the servers that
    /// build sites. `None` where the config cannot be read.
    pub(crate) fn zone(&self) -> Option<&TimeZone> {
        let zone = || match (&self.settings.timezone, &self.site().timezone) {
            (Some(zone), _) => Some(zone.clone()),
            _ if self.site().is_faulty => None,
            // Jekyll sets `TZ` to it, and to libc a name that it does not know is UTC.
            (None, _) => Some(self.site().zone().unwrap_or(TimeZone::UTC)),
        };
        self.zone.get_or_init(zone).as_ref()
    }

    /// The name in the config of the site that is no time zone, if days are counted by that config.
    pub(crate) fn unknown_zone(&self) -> Option<&str> {
        let site = self.site();
        (self.settings.timezone.is_none() && !site.is_faulty).then(|| site.zone().err()).flatten()
    }

    /// Whether nothing names the time zone that days are counted in.
    fn lacks_zone(&self) -> bool {
        self.settings.timezone.is_none() && self.site().timezone.is_none() && !self.site().is_faulty
    }

    /// Whether the day of a post is part of its address, as far as is known.
    pub(crate) fn tells_day(&self, post: &Post) -> bool {
        let own = post.front_matter().is_some_and(|front| front.get("permalink").is_some());
        !own && self.site().tells_day(post.path)
    }

    /// What is wrong with the dates of a post.
    pub(crate) fn date_faults(&self, post: &Post) -> Vec<DateFault> {
        self.site().conventions.date_faults(post, self.zone())
    }

    /// What is wrong with the config of its generator.
    pub(crate) fn config_faults(&self) -> Vec<ConfigFault> {
        let lacking = self.habits().lacking_zone(self);
        lacking.into_iter().chain(self.site().conventions.config_faults(self.site(), &self.files)).collect()
    }

    /// What a build of the site depends on.
    pub(crate) fn build(&self) -> Build<'_> {
        Build { files: &self.files, sources: &self.sources, now: self.now(), zone: self.zone() }
    }

    /// The moment that counts as now.
    #[allow(clippy::disallowed_methods, reason = "asked here alone")]
    pub(crate) fn now(&self) -> Timestamp {
        self.settings.now.unwrap_or_else(Timestamp::now)
    }

    /// Whether a day lies in a year to come.
    pub(crate) fn is_years_ahead(&self, day: Date) -> bool {
        day.year() > self.now().to_zoned(TimeZone::UTC).year()
    }

    /// What the Markdown engine makes of a post, if that is known.
    pub(crate) fn page<'p, 'a>(&self, post: &'p Post<'a>) -> Option<&'p Page<'a>> {
        self.profile_of(post.path).filter(|_| !self.is_templated(post)).map(|_| &post.page)
    }

    /// The page by which headings are known, and their ids.
    pub(crate) fn outlined<'p, 'a>(&self, post: &'p Post<'a>) -> Option<&'p Page<'a>> {
        self.engine_of(post.path).map(|_| &post.page)
    }

    /// What of each formula reaches the math engine; nothing where that is not known.
    pub(crate) fn delivered<'a>(&self, post: &Post<'a>) -> Vec<Delivered<'a>> {
        let formulas = &post.body.formulas;
        if let Some(page) = self.page(post) {
            return self.seen(post, page.delivered(formulas));
        }
        let Some(taken) = self.taken(post) else { return vec![Delivered::Unseen; formulas.len()] };
        let delivered = |(formula, is_taken): (&Formula, bool)| match is_taken {
            true => Delivered::verbatim(post.text, formula),
            false => Delivered::Unseen,
        };
        formulas.iter().zip(taken).map(delivered).collect()
    }

    /// Whether the Markdown engine takes each formula of a post out itself, where nothing else is known of its pages; `None`
    /// where it takes none.
    pub(crate) fn taken(&self, post: &Post) -> Option<Vec<bool>> {
        self.engine_of(post.path)
            .filter(|engine| !engine.makes_pages())
            .and_then(|engine| math::taken::taken(post, engine.math()))
    }

    /// Every address of the site.
    pub fn map(&self) -> &SiteMap {
        self.map.get_or_init(|| SiteMap::read(self))
    }

    /// Where a post goes, by its own text, as far as that is known.
    pub fn target(&self, post: &Post) -> Option<Target> {
        self.site().conventions.target_of(self.site(), &self.build(), post)
    }

    /// What of each formula reaches the math engine, told from what reaches the page.
    pub(crate) fn seen<'a>(&self, post: &Post<'a>, mut delivered: Vec<Delivered<'a>>) -> Vec<Delivered<'a>> {
        // What the Markdown engine leaves in the text, nobody sets.
        let (is_native, sets) = (self.sets_native(), post.page.sets());
        for (formula, delivered) in post.body.formulas.iter().zip(&mut delivered) {
            let is_left = || is_native && !sets(formula);
            if !self.may_set(formula) || matches!(delivered, Delivered::Whole { .. }) && is_left() {
                *delivered = Delivered::Unseen;
            }
        }
        if !is_native {
            self.math().look_for(&post.page, &post.body.formulas, &mut delivered);
        }
        delivered
    }

    /// Whether formulas are what the Markdown engine takes out of the text, and nothing else is.
    pub(crate) fn sets_native(&self) -> bool {
        let other = self.site().markdown_of.as_ref().and_then(|(_, engine)| engine.as_ref());
        self.engine().or(other).is_some_and(MarkdownEngine::takes_formulas)
    }

    /// Whether the site can set a formula, if its delimiters arrive: its math engine looks for them, as far as is known.
    pub(crate) fn may_set(&self, formula: &Formula) -> bool {
        let sets_doubled = self.profile().is_some_and(MarkdownEngine::sets_double_dollars);
        if formula.is_code() {
            // GitHub's own Markdown sets it; MathJax and KaTeX leave code alone.
            return self.profile().is_some_and(MarkdownEngine::sets_code_as_math);
        }
        if sets_doubled && formula.delimiter == "$$" {
            // Set apart by kramdown itself, in a way that every engine takes (2.4.0, `converter/math_engine/mathjax.rb`).
            return self.math().engine != Some(Engine::Absent);
        }
        let arriving = formula.arriving().filter(|_| !formula.is_environment());
        self.math().looks_for(arriving.map_or(formula.delimiter, |(open, _)| open)) != Some(false)
    }

    /// Whether all posts are older than the Markdown engine that the generator has now, so that another one read them.
    pub(crate) fn predates_engine(&self) -> bool {
        let since = self.site().engine_since;
        since.is_some_and(|since| self.habits().last_day.is_some_and(|last| last < since))
    }

    /// Finds out on all cores what nearly every post asks for: who asks while posts are checked does it alone.
    pub(crate) fn prepare(&self) {
        self.map();
        self.habits();
        self.compare_posts();
    }

    /// How the posts are written.
    pub(crate) fn customs(&self) -> &Customs {
        self.customs.get_or_init(|| Customs::of(self))
    }

    /// What the posts have in common.
    pub(crate) fn habits(&self) -> &Habits {
        self.habits.get_or_init(|| Habits::of(self))
    }
}
