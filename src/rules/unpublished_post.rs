//! `rules/unpublished-post.md`

mod names;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Zoned};

use super::{Check, Subject};
use crate::blog::Generator;
use crate::finding::Findings;
use crate::post::dates::jekyll::JekyllDate;
use crate::post::dates::read_front_matter_date;
use crate::post::front_matter::{Entry, Value};
use crate::text::{Span, after_bom};

/// What the config can say.
#[derive(Debug, Clone, Default, serde::Deserialize, serde::Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// Report posts that say themselves that they are not published, too.
    pub deliberate: bool,
}

/// The check with its options.
pub fn with(options: Options) -> Check {
    Box::new(move |subject, findings| {
        let publishes = matches!(subject.blog.generator, Generator::Jekyll | Generator::Hugo | Generator::Zola);
        if !publishes || !subject.blog.is_post(subject.post.path) {
            return;
        }
        if let Some((span, said)) = withheld(subject) {
            if options.deliberate {
                findings.at(span, said).help("take the line out to publish the post");
            }
            return;
        }
        match subject.blog.generator {
            Generator::Jekyll => jekyll(subject, findings),
            Generator::Hugo => hugo(subject, options.deliberate, findings),
            _ => {}
        }
    })
}

/// What the post itself says of not being published: whoever writes that means it.
fn withheld(subject: &Subject) -> Option<(Span, String)> {
    let site = subject.blog.site();
    let (key, says, lifted) = match subject.blog.generator {
        Generator::Jekyll => ("published", false, site.unpublished),
        Generator::Hugo => ("draft", true, site.drafts),
        Generator::Zola => ("draft", true, false),
        _ => return None,
    };
    let entry = entry(subject, key)?;
    let is_withheld = entry.value.value() == Some(Value::Bool(says)) && !lifted;
    let name = subject.blog.generator.name();
    let span = entry.key_span.start..entry.value.span.end;
    is_withheld.then(|| (span, format!("`{key}: {says}`, so {name} leaves this post out")))
}

/// A file name without a day makes no post, one that ends with the day a page without a name, and a day to come is
/// waited for.
fn jekyll(subject: &Subject, findings: &mut Findings) {
    let post = subject.post;
    let start = after_bom(post.text)..post.text.len();
    let file = post.path.rsplit('/').next().unwrap_or_default();
    let Some(name) = &post.file_date else {
        if let Some((message, help)) = names::fault(subject, file) {
            findings.at(start, message).help(help);
        }
        return;
    };
    if name.slug.is_empty() && ["slug", "permalink"].iter().all(|key| entry(subject, key).is_none()) {
        let day = &post.path[post.path.len() - file.len()..][..name.span.len()];
        findings
            .at(start, "nothing follows the day in the file name, so the page is called `.html`")
            .help(format!("rename the file to `{day}-title.md`, with a title of your own"));
        return;
    }
    let (Some(JekyllDate::Moment(moment)), Some(zone)) = (post.jekyll_date(), subject.blog.zone()) else { return };
    let Some(instant) = moment.timestamp(zone).filter(|_| moment.lacking.is_none()) else { return };
    let span = entry(subject, "date").map_or(start, |entry| entry.value.span.clone());
    let own = moment.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
    tell_if_to_come(subject, span, &instant.to_zoned(own), moment.offset.is_none(), findings);
}

/// Hugo 0.111 waits for `publishDate`, or for `date`, and takes pages down at `expiryDate`.
fn hugo(subject: &Subject, deliberate: bool, findings: &mut Findings) {
    let Some(zone) = subject.blog.zone() else { return };
    let moment = |key: &str| {
        let entry = entry(subject, key)?;
        let written = read_front_matter_date(entry.value.text()?)?;
        let time = written.clock.map_or(Some(jiff::civil::Time::midnight()), |clock| clock.time())?;
        let own = written.offset.map_or_else(|| zone.clone(), TimeZone::fixed);
        let due = own.to_zoned(written.date?.to_datetime(time)).ok()?;
        Some((entry.value.span.clone(), due, written.offset.is_none()))
    };
    if let Some((span, due, is_local)) = moment("publishDate").or_else(|| moment("date")) {
        tell_if_to_come(subject, span, &due, is_local, findings);
    }
    let is_over = |due: &Zoned| deliberate && due.timestamp() <= subject.blog.now();
    if let Some((span, due, _)) = moment("expiryDate").filter(|(_, due, _)| is_over(due)) {
        findings.at(span, format!("{} is over, so Hugo leaves this post out", shown(&due)));
    }
}

/// A moment that is still to come. `is_local`: it is written without an offset, so the zone of the site makes it.
fn tell_if_to_come(subject: &Subject, span: Span, due: &Zoned, is_local: bool, findings: &mut Findings) {
    let (blog, now) = (subject.blog, subject.blog.now());
    if due.timestamp() <= now || blog.site().future {
        return;
    }
    let name = blog.generator.name();
    let message = format!("{} is still to come, so {name} leaves this post out", shown(due));
    let (key, config) = match blog.generator {
        Generator::Hugo => ("buildFuture = true", "hugo.toml"),
        _ => ("future: true", "_config.yml"),
    };
    // Every day has begun somewhere half a day before it begins in UTC.
    let is_near = due.timestamp().duration_since(now) < SignedDuration::from_hours(14);
    let other = match is_near && is_local && *due.time_zone() == TimeZone::UTC {
        true => "the `timezone` of the blog".to_owned(),
        false => format!("`{key}`"),
    };
    let now = now.to_zoned(due.time_zone().clone());
    findings.at(span, message).help(format!("it is {} now: build later, or write {other} in `{config}`", shown(&now)));
}

/// `2022-10-09 00:30 UTC`
fn shown(moment: &Zoned) -> String {
    let is_named = moment.time_zone().iana_name().is_some();
    moment.strftime(if is_named { "%Y-%m-%d %H:%M %Z" } else { "%Y-%m-%d %H:%M %z" }).to_string()
}

/// The entry of a key, in upper or lower case where the generator does not mind.
fn entry<'s>(subject: &'s Subject, key: &str) -> Option<&'s Entry> {
    let entries = &subject.post.front_matter()?.tree.entries;
    let any_case = subject.blog.generator.ignores_case();
    entries.iter().rfind(|entry| entry.key == key || any_case && entry.key.eq_ignore_ascii_case(key))
}
