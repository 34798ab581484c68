//! `rules/unpublished-post.md`

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

use super::{Check, RuleContext};
use crate::blog::names_no_post;
use crate::files::file_name;
use crate::finding::Findings;
use crate::generators::{Absence, Rename, Why, Withheld};
use crate::text::listed;

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
        let site = blog.site();
        let features = site.features;
        match post.front_matter().filter(|_| !site.unpublished).and_then(|front| features.withheld(front)) {
            Some(Withheld::Yes(span)) if options.deliberate => {
                let (key, says) = features.withheld_by.unwrap_or_default();
                findings
                    .at(span, format!("`{key}: {says}`, so {} leaves this post out", features.name))
                    .help("take the line out to publish the post");
            }
            Some(Withheld::Yes(_)) => {}
            Some(Withheld::Unsaid(span)) => {
                let key = &post.text[span];
                findings
                    .at(span, format!("`{key}` has no value, so {} leaves this post out", features.name))
                    .help(format!("write `{key}: true`, or take the line out"));
            }
            Some(Withheld::OnlyMeant { .. }) | None => {
                if let Some(absence) = blog.site().conventions.absence(post, &blog.build()) {
                    tell(context, absence, options.deliberate, findings);
                }
            }
        }
    })
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
        Why::ToCome { .. } if site.future || context.is_parked() => return,
        Why::ToCome { due, is_local } => {
            let now = shown(&blog.now().to_zoned(due.time_zone().clone()));
            // Every day has begun somewhere half a day before it begins in UTC.
            let is_near = due.timestamp().duration_since(blog.now()) < SignedDuration::from_hours(14);
            let other = match is_near && is_local && *due.time_zone() == TimeZone::UTC {
                true => match blog.unknown_zone() {
                    Some(unknown) => format!("a time zone for `{unknown}`, which is none,"),
                    None => "the `timezone` of the blog".to_owned(),
                },
                false => format!("`{}`", site.features.publishes_future),
            };
            let message = format!("{} is still to come, so {name} leaves this post out", shown(&due));
            (message, format!("it is {now} now: build later, or write {other} in `{}`", site.features.config))
        }
        Why::Over(due) if deliberate => {
            findings.at(span, format!("{} is over, so {name} leaves this post out", shown(&due)));
            return;
        }
        Why::Said(says) if deliberate => {
            findings.at(span, format!("{says}, so {name} leaves this post out"));
            return;
        }
        Why::Over(_) | Why::Said(_) => return,
        Why::Swallowed(index) => {
            let message = format!("`{index}` makes its folder one page, so {name} leaves this post out");
            (message, format!("rename `{index}`: with a `_` before it, it is the page of a section"))
        }
        Why::Swallows(lost) => {
            let shown = listed(lost.iter().take(SHOWN));
            let more = if lost.len() > SHOWN { " and others" } else { "" };
            let message = format!("this file makes its folder one page, so {name} leaves out {shown}{more}");
            (message, "rename it: with a `_` before it, it is the page of a section".to_owned())
        }
        Why::Lacks(key) => (
            format!("this post has no `{key}`, so {name} leaves it out"),
            format!("add `{key}` to what stands above the text"),
        ),
        Why::OfSection { key: "draft", .. } if !deliberate => return,
        Why::OfSection { index, key: key @ "draft" } => {
            let message = format!("`{index}` is a draft, so {name} leaves this post out");
            (message, format!("take `{key}` out of `{index}` to publish its posts"))
        }
        Why::OfSection { index, key } => {
            let message = format!("`{index}` sorts by `{key}`, which this post does not have, so {name} leaves it out");
            (message, format!("add `{key}` to the front matter"))
        }
        Why::Elsewhere(folder) => {
            let message = format!("{name} reads posts from `{folder}` alone, so it leaves this one out");
            let why = "the config names the folder of the collections, and `_posts` is one of them";
            (message, format!("move it to `{folder}`: {why}"))
        }
    };
    findings.at(span, message).help(help);
}

/// So many posts are named.
const SHOWN: usize = 3;

fn advice(Rename { to, needs_title }: &Rename) -> String {
    let title = if *needs_title { ", with a title of your own" } else { "" };
    format!("rename the file to `{to}`{title}")
}

/// Whether a file without a day in its name is meant for a post.
fn is_meant(context: &RuleContext) -> bool {
    let post = context.post;
    let name = file_name(post.path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let title = post.front_matter().and_then(|front| front.text("title"));
    let is_written = title.is_some_and(|title| !title.is_empty()) && !post.text[post.body.span].trim().is_empty();
    is_written && !names_no_post(stem) && !context.blog.habits().leaves_days_out()
}

/// `2022-10-09 00:30 UTC`
fn shown(moment: &Zoned) -> String {
    let is_named = moment.time_zone().iana_name().is_some();
    moment.strftime(if is_named { "%Y-%m-%d %H:%M %Z" } else { "%Y-%m-%d %H:%M %z" }).to_string()
}
