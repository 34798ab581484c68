//! A kind as it is learned: what `postlint.yaml` will say of it, with how many posts agree.

use jiff::civil::Date;

use crate::kinds::schema::{FileDatePlace, TitleHeading, Weekday};

/// A kind that was learned.
#[derive(Debug, Clone, Default)]
pub(crate) struct Draft {
    /// Its name.
    pub name: String,
    /// Patterns of the paths of its posts.
    pub paths: Vec<String>,
    /// A key of the front matter and the value that its posts have.
    pub front: Option<(String, String)>,
    /// Its posts.
    pub posts: Vec<String>,
    /// The first day of the skeleton that its posts have now, and how many of them follow it.
    pub since: Option<(Date, usize)>,
    /// Keys of the front matter, in order.
    pub keys: Vec<DraftKey>,
    /// What the H1 is.
    pub title_heading: Option<TitleHeading>,
    /// The days that a post is about.
    pub range: Option<DraftRange>,
    /// The sections.
    pub sections: Option<DraftSections>,
    /// How the posts are numbered, and whether they follow each other.
    pub series: Option<DraftSeries>,
}

/// How many of some posts agree.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Share {
    pub of: usize,
    pub all: usize,
}

/// A key of the front matter.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftKey {
    pub name: String,
    pub required: bool,
    pub one_of: Vec<String>,
    pub pattern: Option<String>,
    pub seen: Share,
}

/// The line with the days.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftRange {
    pub format: Option<String>,
    pub starts_on: Option<Weekday>,
    pub days: Vec<u16>,
    pub file_date: Option<FileDatePlace>,
    pub seen: Share,
}

/// Sections of one level.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftSections {
    pub level: u8,
    pub forbids_others: bool,
    pub list: Vec<DraftSection>,
}

/// One section.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftSection {
    pub name: String,
    pub also: Vec<String>,
    pub pattern: Option<String>,
    pub required: bool,
    pub repeat: bool,
    pub seen: Share,
    pub sections: Option<DraftSections>,
}

/// How the posts follow each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct DraftSeries {
    /// A regular expression whose group is the number.
    pub number: Option<String>,
    pub contiguous: bool,
    /// What is not covered now, as `skips` has it.
    pub open: Vec<String>,
}

impl Share {
    /// Of how many posts it holds, of all that were looked at.
    pub(crate) fn count<T>(posts: &[T], holds: impl Fn(&T) -> bool) -> Share {
        Share { of: posts.iter().filter(|post| holds(post)).count(), all: posts.len() }
    }

    /// Whether it can be asked of every post: nearly all have it already.
    pub(crate) fn is_rule(self) -> bool {
        let without = self.all - self.of;
        self.all > 0 && (without * 20 <= self.all || without == 1 && self.all >= 10)
    }
}

impl Draft {
    /// Whether it asks for anything that tells its posts from others.
    pub(crate) fn asks(&self) -> bool {
        let sections = self.sections.as_ref().map_or(&[][..], |sections| &sections.list);
        self.series.is_some()
            || self.range.is_some()
            || self.keys.iter().any(|key| key.pattern.is_some())
            || sections.iter().any(DraftSection::asks)
            || sections.iter().filter(|section| section.seen.of * 4 >= section.seen.all * 3).count() > 1
    }
}

impl DraftSection {
    /// Whether it must be there, or something in it.
    fn asks(&self) -> bool {
        self.required || self.sections.iter().flat_map(|inner| &inner.list).any(DraftSection::asks)
    }
}
