//! `rules/unpublished-post.md`

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

use super::{Check, RuleContext};
use crate::finding::Findings;
use crate::generators::{Absence, Rename, Why};
use crate::syntax::front_matter::Value;
use crate::text::Span;

/// What the config can say.
#[derive(Debug, Clone, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Options {
    /// Report posts that say themselves that they are not published, too.
    pub deliberate: bool,
}

/// The check with its options.
pub(crate) fn with(options: Options) -> Check {
    Box::new(move |context, findings| {
        let (blog, post) = (context.blog, context.post);
        if !blog.is_post(post.path) {
            return;
        }
        match withheld(context) {
            Some((span, said)) if options.deliberate => {
                findings.at(span, said).help("take the line out to publish the post");
            }
            Some(_) => {}
            None => {
                if let Some(absence) = blog.site().conventions.absence(post, &blog.build()) {
                    tell(context, absence, options.deliberate, findings);
                }
            }
        }
    })
}

/// What the post itself says of not being published: whoever writes that means it.
fn withheld(context: &RuleContext) -> Option<(Span, String)> {
    let site = context.blog.site();
    let (key, says) = site.features.withheld_by.filter(|_| !site.unpublished)?;
    let is_key = |name: &str| name == key || site.features.ignores_case && name.eq_ignore_ascii_case(key);
    let entries = &context.post.front_matter()?.tree.entries;
    let entry = entries.iter().rfind(|entry| is_key(&entry.key))?;
    let span = Span::new(entry.key_span.start, entry.value.span.end);
    let said = || (span, format!("`{key}: {says}`, so {} leaves this post out", site.features.name));
    (entry.value.value() == Some(Value::Bool(says))).then(said)
}

fn tell(context: &RuleContext, Absence { span, why }: Absence, deliberate: bool, findings: &mut Findings) {
    let (blog, site) = (context.blog, context.blog.site());
    let name = site.features.name;
    let (message, help) = match why {
        Why::OddDay(rename) => {
            (format!("{name} reads no day from this file name, so it leaves the post out"), advice(&rename))
        }
        Why::NoDay(_) if !is_meant(context) => return,
        Why::NoDay(rename) => (format!("the file name has no day, so {name} leaves this post out"), advice(&rename)),
        Why::NoTitle(rename) => {
            ("nothing follows the day in the file name, so the page is called `.html`".to_owned(), advice(&rename))
        }
        Why::ToCome { .. } if site.future => return,
        Why::ToCome { due, is_local } => {
            let now = shown(&blog.now().to_zoned(due.time_zone().clone()));
            // Every day has begun somewhere half a day before it begins in UTC.
            let is_near = due.timestamp().duration_since(blog.now()) < SignedDuration::from_hours(14);
            let other = match is_near && is_local && *due.time_zone() == TimeZone::UTC {
                true => "the `timezone` of the blog".to_owned(),
                false => format!("`{}`", site.features.publishes_future),
            };
            let message = format!("{} is still to come, so {name} leaves this post out", shown(&due));
            (message, format!("it is {now} now: build later, or write {other} in `{}`", site.features.config))
        }
        Why::Over(due) if deliberate => {
            findings.at(span, format!("{} is over, so {name} leaves this post out", shown(&due)));
            return;
        }
        Why::Over(_) => return,
    };
    findings.at(span, message).help(help);
}

fn advice(Rename { to, needs_title }: &Rename) -> String {
    let title = if *needs_title { ", with a title of your own" } else { "" };
    format!("rename the file to `{to}`{title}")
}

/// Words in the names of files that posts are copied from, and of files that are about the folder.
const NO_POSTS: &[&str] = &[
    "about", "draft", "drafts", "example", "format", "home", "index", "memo", "note", "notes", "sample", "skeleton",
    "template", "temp", "test", "tmp", "todo", "양식", "템플릿", "예시", "샘플", "초안", "메모", "模板", "草稿",
];

/// Whether a file without a day in its name is meant for a post.
fn is_meant(context: &RuleContext) -> bool {
    let post = context.post;
    let name = post.path.rsplit('/').next().unwrap_or_default();
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let title = post.front_matter().and_then(|front| front.text("title"));
    let is_written = title.is_some_and(|title| !title.is_empty()) && !post.text[post.body.span].trim().is_empty();
    let mut words = stem.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    is_written && !words.any(|word| NO_POSTS.contains(&word.as_str())) && !context.blog.habits().leaves_days_out()
}

/// `2022-10-09 00:30 UTC`
fn shown(moment: &Zoned) -> String {
    let is_named = moment.time_zone().iana_name().is_some();
    moment.strftime(if is_named { "%Y-%m-%d %H:%M %Z" } else { "%Y-%m-%d %H:%M %z" }).to_string()
}
