//! The rules: one page (`rules/<id>.md`) says what each claims, one file here does it, one line below lists it.

pub mod invalid_encoding;

use std::cell::OnceCell;

use serde::de::DeserializeOwned;

use crate::blog::Blog;
use crate::blog::mathematics::Fault;
use crate::finding::{Findings, Severity};
use crate::kinds::sections::Alignment;
use crate::kinds::{Kind, Kinds};
use crate::post::Post;
use crate::post::body::Formula;
use crate::post::math::{is_prose, is_tex};
use crate::render::Profile;
use crate::render::content::Content;
use crate::render::delivered::Delivered;
use crate::render::loss::loss;
use crate::render::page::Page;
use crate::render::part::{self, Part};
use crate::text::nearest;

/// What a rule looks at: a post, and what it is held to.
pub struct Subject<'a> {
    /// The post.
    pub post: &'a Post<'a>,
    /// Its kind, if it has one and is held to it.
    pub kind: Option<&'a Kind>,
    /// All kinds of the blog.
    pub kinds: &'a Kinds,
    /// The blog it belongs to.
    pub blog: &'a Blog,
    alignment: OnceCell<Alignment>,
    page: OnceCell<Option<Page<'a>>>,
    arrival: OnceCell<Option<Arrival<'a>>>,
    math_faults: OnceCell<Vec<Fault>>,
}

/// What arrives of the formulas of a post.
struct Arrival<'a> {
    /// Where not the whole page was needed to know it, the part of it that was.
    part: Option<Page<'a>>,
    delivered: Vec<Delivered<'a>>,
}

impl<'a> Subject<'a> {
    /// A post with its kind, in its blog.
    pub fn new(post: &'a Post<'a>, kind: Option<&'a Kind>, kinds: &'a Kinds, blog: &'a Blog) -> Self {
        let (alignment, page, arrival) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Subject { post, kind, kinds, blog, alignment, page, arrival, math_faults: OnceCell::new() }
    }

    /// What the blog's Markdown engine makes of the post, and the engine, if it is known.
    pub fn page(&self) -> Option<(&Page<'a>, &'a Profile)> {
        let page = self.page.get_or_init(|| self.blog.page(self.post)).as_ref()?;
        Some((page, self.blog.profile()?))
    }

    /// The same, if the engine is kramdown.
    pub fn kramdown_page(&self) -> Option<(&Page<'a>, &'a Profile)> {
        self.blog.profile().filter(|profile| profile.is_kramdown()).and_then(|_| self.page())
    }

    /// The formulas of the post in order, each with what arrives of it; none where the Markdown engine is not known, and
    /// no prices and the like between dollar signs.
    pub fn delivered(&self) -> impl Iterator<Item = (&'a Formula, &Delivered<'a>)> {
        let formulas = &self.post.body.formulas;
        let delivered = self.arrival().map_or(&[][..], |arrival| &arrival.delivered);
        let is_text = |formula: &Formula| formula.delimiter == "$" && is_prose(&self.post.text[formula.tex.clone()]);
        formulas.iter().zip(delivered).filter(move |(formula, _)| !is_text(formula))
    }

    /// The page as far as it was needed to know what arrives of the formulas, to which [`Delivered::Cut`] points, and the
    /// engine, if it is known.
    pub fn page_of_formulas(&self) -> Option<(&Page<'a>, &'a Profile)> {
        match &self.arrival()?.part {
            Some(part) => Some((part, self.blog.profile()?)),
            None => self.page(),
        }
    }

    /// What the math engine of the blog stumbles over. Of a formula that does not arrive as it is meant, which is told
    /// apart, it is asked what was meant.
    pub fn math_faults(&self) -> &[Fault] {
        self.math_faults.get_or_init(|| {
            let post = self.post;
            let pipes_are_escaped = self.kramdown_is_used();
            let formulas = self.delivered().filter(|(formula, _)| self.is_readable(formula));
            let read = formulas.filter_map(|(formula, delivered)| {
                let meant = || Content::verbatim(post.text, formula.meant().clone());
                match delivered {
                    Delivered::Whole { tex, display } => {
                        let lost = loss(&post.text[formula.meant().clone()], tex.text(), pipes_are_escaped);
                        Some((if lost.is_some() { meant() } else { tex.clone() }, *display))
                    }
                    Delivered::Cut(_) => Some((meant(), formula.display)),
                    Delivered::Unseen | Delivered::Gone => None,
                }
            });
            self.blog.math().faults(post.text, read)
        })
    }

    /// Whether it is known what the math engine is to read. Of dollar signs, MathJax may pair others; and where nothing
    /// tells of an engine, what they enclose may be no formula.
    fn is_readable(&self, formula: &Formula) -> bool {
        let tex = &self.post.text[formula.tex.clone()];
        let is_clear = || !tex.contains('$') && (self.blog.math().engine.is_some() || is_tex(tex));
        (formula.delimiter != "$" || is_clear()) && !self.blog.has_template(self.post, &formula.span)
    }

    fn kramdown_is_used(&self) -> bool {
        self.blog.profile().is_some_and(Profile::is_kramdown)
    }

    fn arrival(&self) -> Option<&Arrival<'a>> {
        let (post, formulas) = (self.post, &self.post.body.formulas);
        let arrive = || {
            let profile = self.blog.profile().filter(|_| !formulas.is_empty())?;
            let (part, delivered) = match part::of(post, profile) {
                Part::All => (None, self.page()?.0.delivered(formulas)),
                Part::Blocks(blocks) => {
                    let page = profile.page(post.text, &blocks.text);
                    let mut delivered = page.delivered(formulas);
                    blocks.add_untouched(post, &mut delivered);
                    (Some(page), delivered)
                }
            };
            Some(Arrival { part, delivered: self.blog.seen(post, delivered) })
        };
        self.arrival.get_or_init(arrive).as_ref()
    }

    /// How the sections of the post fit its kind; nothing to say where the kind lists none.
    pub fn alignment(&self) -> &Alignment {
        self.alignment.get_or_init(|| {
            let sections = self.kind.and_then(|kind| kind.schema.sections.as_ref());
            sections.map(|sections| sections.align(self.post)).unwrap_or_default()
        })
    }
}

/// A rule as it runs, its options set.
pub type Check = Box<dyn Fn(&Subject, &mut Findings) + Send + Sync>;

/// A rule as it is known.
pub struct Rule {
    /// Its id, which names the fault.
    pub id: &'static str,
    /// How bad a finding is unless the config says otherwise; `None`: the rule is off.
    pub default: Option<Severity>,
    /// `rules/<id>.md`
    pub page: &'static str,
    /// The options with their defaults, where it has any.
    pub options: Option<fn() -> serde_yaml::Value>,
    /// Builds the check from the rule's options in the config; `None` for what is found before there is a post to
    /// look at, or after all other rules have spoken.
    pub build: Option<Build>,
}

/// How a check is built from options; no options are null.
pub type Build = fn(serde_yaml::Value) -> Result<Check, serde_yaml::Error>;

impl Rule {
    /// The rule of an id.
    pub fn of(id: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.id == id)
    }

    /// What to say to somebody who called a rule by a name that none has.
    pub fn suggestion(wrong: &str) -> String {
        match nearest(wrong, RULES.iter().map(|rule| rule.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`postlint explain` lists the rules".to_owned(),
        }
    }

    /// The line of the page that says what the rule finds.
    pub fn summary(&self) -> &'static str {
        summary(self.page)
    }
}

/// The `summary:` of a page's front matter.
pub fn summary(page: &'static str) -> &'static str {
    page.lines().find_map(|line| line.strip_prefix("summary: ")).unwrap_or_default()
}

/// A rule without options takes none.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NoOptions {}

fn plain(options: serde_yaml::Value, check: fn(&Subject, &mut Findings)) -> Result<Check, serde_yaml::Error> {
    read_options::<Option<NoOptions>>(options)?;
    Ok(Box::new(check))
}

fn read_options<T: DeserializeOwned + Default>(options: serde_yaml::Value) -> Result<T, serde_yaml::Error> {
    if options.is_null() { Ok(T::default()) } else { serde_yaml::from_value(options) }
}

macro_rules! rules {
    (@severity error) => { Some(Severity::Error) };
    (@severity warn) => { Some(Severity::Warn) };
    (@severity off) => { None };
    (@options $module:ident options) => {
        Some(|| serde_yaml::to_value($module::Options::default()).expect("options are plain data"))
    };
    (@options $($module:ident)?) => { None };
    (@build $module:ident) => { Some(|options| plain(options, $module::check)) };
    (@build $module:ident options) => { Some(|options| Ok($module::with(read_options(options)?))) };
    (@build) => { None };
    ($($id:literal $severity:ident $($module:ident)? $(with $options:ident)?;)*) => {
        $($(mod $module;)?)*

        /// All rules, in the order of the documentation.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id,
            default: rules!(@severity $severity),
            page: include_str!(concat!("../../rules/", $id, ".md")),
            options: rules!(@options $($module)? $($options)?),
            build: rules!(@build $($module)? $($options)?),
        }),*];
    };
}

rules! {
    "missing-front-matter" warn missing_front_matter;
    "invalid-front-matter" error invalid_front_matter;
    "duplicate-key" error duplicate_key;
    "missing-key" error missing_key;
    "unknown-key" warn unknown_key;
    "invalid-value" error invalid_value;
    "unordered-keys" off unordered_keys;
    "truncated-value" error truncated_value;
    "split-category" warn split_category;
    "title-mismatch" error title_mismatch;
    "missing-date-range" error missing_date_range;
    "invalid-date-range" error invalid_date_range;
    "irregular-date-range" error irregular_date_range;
    "date-mismatch" warn date_mismatch;
    "missing-section" error missing_section;
    "misplaced-section" error misplaced_section;
    "unknown-section" error unknown_section;
    "duplicate-section" error duplicate_section;
    "wrong-section-level" error wrong_section_level;
    "empty-section" warn empty_section;
    "placeholder" warn placeholder with options;
    "empty-list-item" warn empty_list_item;
    "unpublished-post" warn unpublished_post with options;
    "impossible-date" error impossible_date;
    "url-conflict" error url_conflict;
    "unknown-layout" warn unknown_layout;
    "invalid-encoding" error;
    "invalid-math" error invalid_math;
    "unknown-math-command" error unknown_math_command;
    "unclosed-math" error unclosed_math;
    "mangled-math" error mangled_math;
    "unrendered-math" error unrendered_math;
    "bare-math" off bare_math;
    "accidental-table" error accidental_table;
    "accidental-list" error accidental_list;
    "accidental-heading" error accidental_heading;
    "accidental-strikethrough" error accidental_strikethrough;
    "literal-heading" warn literal_heading;
    "literal-emphasis" warn literal_emphasis;
    "swallowed-heading" error swallowed_heading;
    "swallowed-liquid" error swallowed_liquid;
    "invalid-liquid" error invalid_liquid with options;
    "unused-suppression" warn;
    "invalid-config" error;
}
