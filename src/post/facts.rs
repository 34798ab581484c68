//! What the rest of the blog asks of a post: kept when the post itself is gone.

use jiff::civil::Date;

use super::Post;
use crate::syntax::dates::DateRange;
use crate::text::Span;

/// What is known of a post when its text is not at hand. It owns what it says and stays small, as a run keeps those of
/// many posts; what stands in the front matter is with its [`Head`](super::Head).
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// The path from the blog's folder on.
    pub path: Box<str>,
    /// The title of the front matter.
    pub title: Option<Words>,
    /// The H1 that is the post's title.
    pub heading: Option<Words>,
    /// The first line of its text.
    pub opening: Span,
    /// What stands beside the days on their line.
    pub beside: Box<[Box<str>]>,
    /// The number that its front matter gives it, and the key.
    pub order: Option<(&'static str, u64)>,
    /// The days it is about.
    pub range: Option<DateRange>,
    /// The day of the post, by the name of its file or its front matter.
    pub day: Option<Date>,
    /// The language that its front matter names.
    pub language: Option<Box<str>>,
}

/// Words of a post and where they stand.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    /// As a reader sees them.
    pub text: Box<str>,
    /// Bytes of the post.
    pub span: Span,
}

/// Keys whose value is the number of a post in its series.
const ORDER: [&str; 4] = ["series_order", "series-order", "number", "issue"];

/// Keys whose value is the language of a post.
const LANGUAGE: [&str; 3] = ["lang", "language", "locale"];

impl Facts {
    /// What a post says of itself.
    pub(crate) fn of(post: &Post) -> Facts {
        let title = post.title().and_then(|title| Some(Words { text: title.text()?.into(), span: title.span }));
        Facts {
            path: post.path.into(),
            title,
            heading: post.title_heading().map(|heading| Words { text: (&*heading.title).into(), span: heading.text }),
            opening: post.first_line(),
            beside: post.beside_date_range().map(|span| post.text[span].trim().into()).collect(),
            order: ORDER.iter().find_map(|&key| Some((key, post.front_matter()?.text(key)?.trim().parse().ok()?))),
            range: post.date_range.clone(),
            day: post.file_date.as_ref().and_then(|name| name.date).or_else(|| post.written_date()),
            language: LANGUAGE.iter().find_map(|key| post.front_matter()?.text(key)).map(|text| text.trim().into()),
        }
    }
}
