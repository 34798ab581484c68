//! The rules: one page (`rules/<id>.md`) says what each claims, one file here does it, one line below lists it.

use std::cell::OnceCell;

use serde::de::DeserializeOwned;

use crate::blog::Blog;
use crate::finding::{Findings, Severity};
use crate::kinds::Kind;
use crate::kinds::sections::Alignment;
use crate::post::Post;

/// What a rule looks at: a post, and what it is held to.
pub struct Subject<'a> {
    /// The post.
    pub post: &'a Post<'a>,
    /// Its kind, if it has one and is held to it.
    pub kind: Option<&'a Kind>,
    /// The blog it belongs to.
    pub blog: &'a Blog,
    alignment: OnceCell<Alignment>,
}

impl<'a> Subject<'a> {
    /// A post with its kind, in its blog.
    pub fn new(post: &'a Post<'a>, kind: Option<&'a Kind>, blog: &'a Blog) -> Self {
        Subject { post, kind, blog, alignment: OnceCell::new() }
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
    /// Builds the check from the rule's options in the config.
    pub build: fn(serde_yaml::Value) -> Result<Check, serde_yaml::Error>,
}

impl Rule {
    /// The rule of an id.
    pub fn of(id: &str) -> Option<&'static Rule> {
        RULES.iter().find(|rule| rule.id == id)
    }

    /// The check with its default options.
    pub fn check(&self) -> Check {
        (self.build)(serde_yaml::Value::Null).expect("no options are valid options")
    }
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
    (@build $module:ident) => { |options| plain(options, $module::check) };
    (@build $module:ident options) => { |options| Ok($module::with(read_options(options)?)) };
    ($($id:literal $module:ident $severity:ident $($options:ident)?;)*) => {
        $(mod $module;)*

        /// All rules that look at a post, in the order of the documentation.
        pub const RULES: &[Rule] = &[$(Rule {
            id: $id,
            default: rules!(@severity $severity),
            page: include_str!(concat!("../../rules/", $id, ".md")),
            build: rules!(@build $module $($options)?),
        }),*];
    };
}

rules! {
    "missing-front-matter" missing_front_matter warn;
    "invalid-front-matter" invalid_front_matter error;
    "duplicate-key" duplicate_key error;
    "missing-key" missing_key error;
    "unknown-key" unknown_key warn;
    "invalid-value" invalid_value error;
    "unordered-keys" unordered_keys off;
    "truncated-value" truncated_value error;
    "split-category" split_category warn;
    "title-mismatch" title_mismatch error;
    "missing-date-range" missing_date_range error;
    "invalid-date-range" invalid_date_range error;
    "irregular-date-range" irregular_date_range error;
    "date-mismatch" date_mismatch warn;
    "missing-section" missing_section error;
    "misplaced-section" misplaced_section error;
    "unknown-section" unknown_section error;
    "duplicate-section" duplicate_section error;
    "wrong-section-level" wrong_section_level error;
    "empty-section" empty_section warn;
    "placeholder" placeholder warn options;
    "empty-list-item" empty_list_item warn;
    "accidental-list" accidental_list error;
}
