//! The rules: one page (`rules/<id>.md`) says what each claims, one file here does it, one line below lists it.

mod context;
mod groups;
pub(crate) mod invalid_encoding;
mod series;

use serde::de::DeserializeOwned;

pub(crate) use self::context::RuleContext;
pub use self::groups::{Group, Named};
use crate::blog::Draft;
use crate::finding::{Finding, Findings, RuleId, Severity};
use crate::syntax::front_matter::typed::{self, Input};
use crate::text::Span;

/// A rule as it runs, its options set.
pub(crate) type Check = Box<dyn Fn(&RuleContext, &mut Findings) + Send + Sync>;

/// A rule as it is known.
pub struct Rule {
    /// Its id, which names the fault.
    pub id: RuleId,
    /// The group that it belongs to.
    pub group: Group,
    /// How bad a finding is unless the config says otherwise; `None`: the rule is off.
    pub default: Option<Severity>,
    /// Whether it is about how a post is written, not about its page: such a rule runs for `fix`, and in `check` only
    /// when it is asked for.
    pub is_format: bool,
    /// `rules/<id>.md`
    pub page: &'static str,
    /// The options with their defaults, where it has any.
    pub options: Option<fn() -> serde_yaml::Value>,
    /// Builds the check from the rule's options in the config; `None` for what is found before there is a post to
    /// look at, or after all other rules have spoken.
    pub build: Option<Build>,
}

/// How a check is built from the options that the config gives, if it gives any.
pub(crate) type Build = fn(Option<Input>) -> Result<Check, typed::Error>;

impl Rule {
    /// The rule of an id.
    pub fn of(id: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| *rule.id == *id)
    }

    /// The line of the page that says what the rule finds.
    pub fn summary(&self) -> &'static str {
        summary(self.page)
    }
}

/// The `summary:` of a page's front matter.
pub(crate) fn summary(page: &'static str) -> &'static str {
    page.lines().find_map(|line| line.strip_prefix("summary: ")).unwrap_or_default()
}

/// What asks for something that a post has when it is done.
const OF_WHOLE_POSTS: &[&str] = &[
    "missing-key", "missing-date-range", "missing-section", "empty-section", "placeholder", "empty-list-item",
    "empty-heading", "empty-post",
];

/// What is about a day or an address that a post is published under, or about its place among those that are published.
const OF_PUBLISHED_POSTS: &[&str] = &[
    "missing-front-matter", "date-mismatch", "series-gap", "series-overlap", "series-number", "unpublished-post",
    "published-draft", "copied-post", "duplicate-title", "impossible-date", "url-conflict",
];

/// Whether it is too early for a rule: a draft is under work, and one that lies apart has no day and no address.
pub(crate) fn is_premature(rule: RuleId, draft: Option<Draft>) -> bool {
    let is_in = |rules: &[&str]| rules.contains(&rule.name());
    draft.is_some() && is_in(OF_WHOLE_POSTS) || draft == Some(Draft::Apart) && is_in(OF_PUBLISHED_POSTS)
}

/// Leaves out what is said of code that the page shows as text, where its fence is told: it follows from that. Templates
/// are read before, so what they say counts wherever it stands.
pub(crate) fn leave_out_consequences(context: &RuleContext, found: &mut Vec<(Severity, Finding)>) {
    if !found.iter().any(|(_, finding)| finding.rule == RuleId::LITERAL_MARKUP) {
        return;
    }
    let code = literal_markup::closed_code_as_text(context);
    let is_of_template = |rule: RuleId| rule.contains("liquid") || rule.contains("shortcode");
    found.retain(|(_, finding)| {
        let follows = |code: &Span| code.start < finding.span.start && finding.span.end <= code.end;
        is_of_template(finding.rule) || !code.iter().any(follows)
    });
}

/// A rule without options takes none.
#[derive(Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct NoOptions {}

fn plain(options: Option<Input>, check: fn(&RuleContext, &mut Findings)) -> Result<Check, typed::Error> {
    read_options::<NoOptions>(options)?;
    Ok(Box::new(check))
}

fn read_options<T: DeserializeOwned + Default>(options: Option<Input>) -> Result<T, typed::Error> {
    options.map_or_else(|| Ok(T::default()), T::deserialize)
}

macro_rules! rules {
    (@severity error) => { Some(Severity::Error) };
    (@severity warn) => { Some(Severity::Warn) };
    (@severity off) => { None };
    (@severity format) => { None };
    (@is_format format) => { true };
    (@is_format $severity:ident) => { false };
    (@options $module:ident options) => {
        Some(|| serde_yaml::to_value($module::Options::default()).expect("options are plain data"))
    };
    (@options $($module:ident)?) => { None };
    (@build $module:ident) => { Some(|options| plain(options, $module::check)) };
    (@build $module:ident options) => { Some(|options| Ok($module::with(read_options(options)?))) };
    (@build) => { None };
    ($($group:literal $about:literal {
        $($id:literal $severity:ident $($module:ident)? $(with $options:ident)? $(= $name:ident)?;)*
    })*) => {
        $($($(mod $module;)?)*)*

        impl RuleId {
            $($($(
                #[doc = concat!("`", $id, "`, which more than its own file speaks of.")]
                pub(crate) const $name: RuleId = RuleId::new($id);
            )?)*)*
        }

        /// The groups, in the order of the documentation.
        pub const GROUPS: &[Group] = &[$(Group { id: $group, about: $about }),*];

        /// All rules, in the order of the documentation: group by group.
        pub const RULES: &[Rule] = &[$($(Rule {
            id: RuleId::new($id),
            group: Group { id: $group, about: $about },
            default: rules!(@severity $severity),
            is_format: rules!(@is_format $severity),
            page: include_str!(concat!("../../rules/", $id, ".md")),
            options: rules!(@options $($module)? $($options)?),
            build: rules!(@build $($module)? $($options)?),
        },)*)*];
    };
}

rules! {
    "front-matter" "the data at the head of a post" {
        "missing-front-matter" warn missing_front_matter;
        "invalid-front-matter" error invalid_front_matter;
        "duplicate-key" error duplicate_key;
        "missing-key" error missing_key;
        "unknown-key" warn unknown_key;
        "invalid-value" error invalid_value;
        "unordered-keys" off unordered_keys;
        "truncated-value" error truncated_value;
        "split-category" warn split_category;
    }
    "header" "the title and the days of a post" {
        "title-mismatch" error title_mismatch;
        "missing-date-range" error missing_date_range;
        "invalid-date-range" error invalid_date_range;
        "irregular-date-range" error irregular_date_range;
        "date-mismatch" warn date_mismatch;
    }
    "sections" "the parts of a post, and what is not written yet" {
        "missing-section" error missing_section;
        "misplaced-section" error misplaced_section;
        "unknown-section" error unknown_section;
        "duplicate-section" error duplicate_section;
        "wrong-section-level" error wrong_section_level;
        "empty-section" warn empty_section;
        "placeholder" warn placeholder with options;
        "empty-list-item" warn empty_list_item;
    }
    "series" "posts beside each other" {
        "series-gap" error series_gap;
        "series-overlap" error series_overlap;
        "series-number" error series_number;
        "duplicate-title" warn duplicate_title;
    }
    "publishing" "whether and where a post is published" {
        "unpublished-post" warn unpublished_post with options;
        "published-draft" warn published_draft;
        "empty-post" warn empty_post;
        "copied-post" warn copied_post;
        "misnamed-post" warn misnamed_post;
        "impossible-date" error impossible_date;
        "url-conflict" error url_conflict;
        "unknown-layout" warn unknown_layout;
        "invalid-shortcode" error invalid_shortcode;
        "invalid-mdx" error invalid_mdx;
        "invalid-attributes" error invalid_attributes;
        "invalid-encoding" error = INVALID_ENCODING;
        "invalid-liquid" error invalid_liquid with options;
        "invalid-site-config" warn = INVALID_SITE_CONFIG;
    }
    "links" "links and images, and where they lead" {
        "dead-link" error dead_link with options;
        "dead-anchor" error dead_anchor;
        "dead-url" error dead_url = DEAD_URL;
        "wrong-case" error wrong_case;
        "undefined-reference" warn undefined_reference;
        "empty-link" warn empty_link;
        "unportable-path" error unportable_path;
        "local-url" warn local_url;
        "unused-definition" warn unused_definition;
        "duplicate-definition" warn duplicate_definition;
        "vague-link-text" off vague_link_text with options;
    }
    "math" "formulas on their way to the page" {
        "invalid-math" error invalid_math;
        "unknown-math-command" error unknown_math_command;
        "unclosed-math" error unclosed_math;
        "mangled-math" error mangled_math;
        "unrendered-math" error unrendered_math;
        "swallowed-math" warn swallowed_math;
        "accidental-math" warn accidental_math;
        "suspicious-math" warn suspicious_math with options;
        "bare-math" off bare_math;
    }
    "rendering" "text that the page shows as something else" {
        "accidental-table" error accidental_table;
        "accidental-list" error accidental_list;
        "accidental-heading" error accidental_heading;
        "accidental-strikethrough" error accidental_strikethrough;
        "accidental-emphasis" warn accidental_emphasis;
        "restarted-list" warn restarted_list;
        "literal-markup" warn literal_markup = LITERAL_MARKUP;
        "joined-lines" warn joined_lines;
        "lost-text" warn lost_text;
        "literal-heading" warn literal_heading;
        "empty-heading" warn empty_heading;
        "literal-emphasis" warn literal_emphasis;
        "swallowed-heading" error swallowed_heading;
        "swallowed-liquid" error swallowed_liquid;
    }
    "format" "how a post is written, whatever its page; for `postlint fix`" {
        "trailing-space" format trailing_space;
        "missing-final-newline" format missing_final_newline;
        "extra-blank-lines" format extra_blank_lines;
        "crowded-block" format crowded_block;
        "mixed-list-markers" format mixed_list_markers;
        "loose-spacing" format loose_spacing;
    }
    "postlint" "what is said to postlint itself" {
        "unused-suppression" warn = UNUSED_SUPPRESSION;
        "invalid-config" error = INVALID_CONFIG;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_early_for_a_draft() {
        for id in OF_WHOLE_POSTS.iter().chain(OF_PUBLISHED_POSTS) {
            assert!(Rule::of(id).is_some(), "{id}");
        }
        let is_premature = |id: &str, draft| is_premature(Rule::of(id).expect("a rule").id, draft);
        for (id, apart, withheld) in
            [("placeholder", true, true), ("url-conflict", true, false), ("invalid-math", false, false)]
        {
            assert_eq!(is_premature(id, Some(Draft::Apart)), apart, "{id}");
            assert_eq!(is_premature(id, Some(Draft::Withheld)), withheld, "{id}");
            assert!(!is_premature(id, None), "{id}");
        }
    }
}
