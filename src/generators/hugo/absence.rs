//! Why Hugo leaves a page out: Hugo 0.111 waits for `publishDate`, or for `date`, and takes pages down at `expiryDate`.

use jiff::Zoned;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::cascade::{self, Said};
use super::dates::{DATES_STOP, First};
use super::keys::get;
use super::mounts::Mount;
use super::pages::{self, is_page};
use super::settings::Settings;
use crate::generators::Build;
use crate::generators::features::{Absence, Why};
use crate::post::Post;
use crate::syntax::dates::read_front_matter_date;
use crate::syntax::front_matter::Tree;
use crate::text::{Span, first_line, opening};

/// What keeps a page out that does not say so itself.
pub(crate) fn of(post: &Post, settings: &Settings, build: &Build) -> Option<Absence> {
    if let Some(why) = bundled(post, settings, build) {
        return Some(Absence { span: opening(post.text), why });
    }
    let out = settings.makes_no("page").then_some("the config leaves out pages of this kind");
    if let Some(says) =
        out.or_else(|| pages::said_of(settings, build, post).and_then(|said| told(said, settings.keeps_drafts)))
    {
        return Some(Absence { span: opening(post.text), why: Why::Said(says) });
    }
    if let Some(span) = published(post, settings) {
        return Some(Absence { span, why: Why::Said("the Hugo that this site asks for takes it for a draft then") });
    }
    if let Some((span, due, is_local)) =
        moment(post, settings, build, "publishdate").filter(|(_, due, _)| due.timestamp() > build.now)
    {
        return Some(Absence { span, why: Why::ToCome { due, is_local } });
    }
    let (span, due, _) =
        moment(post, settings, build, "expirydate").filter(|(_, due, _)| due.timestamp() <= build.now)?;
    (!settings.keeps_expired).then_some(Absence { span, why: Why::Over(due) })
}

/// `published: false`, which Hugo read as `draft: true` where no `draft` stands (0.111, `hugolib/page__meta.go`).
fn published(post: &Post, settings: &Settings) -> Option<Span> {
    let tree = &post.front_matter().filter(|_| !settings.keeps_drafts)?.tree;
    let entry = tree.entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case("published"))?;
    let is_off = settings.version.is_before(DATES_STOP) && cascade::switch(&entry.value) == Some(false);
    (is_off && get(tree, &["draft"]).is_none()).then(|| Span::new(entry.key_span.start, entry.value.span.end))
}

/// What a page says of not being rendered, or is told by what is above it.
fn told(said: Said, keeps_drafts: bool) -> Option<&'static str> {
    match said {
        Said { renders: Some(false), .. } => Some("its `build` says that no page is made of it"),
        _ if keeps_drafts => None,
        Said { is_below_draft: true, .. } => Some("the `_index.md` above it is a draft"),
        Said { draft: Some(true), is_handed: true, .. } => Some("a `cascade` above it makes it a draft"),
        _ => None,
    }
}

/// An `index.md` makes its folder one page, and all that lies below is its own: in the folder of the content, or in that
/// of a section, it takes the posts away (0.168).
fn bundled(post: &Post, settings: &Settings, build: &Build) -> Option<Why> {
    let Mount { folder: content, .. } = settings.content_of(post.path)?;
    let (own, name) = post.path.rsplit_once('/')?;
    let mut folder = content.as_str();
    loop {
        let entries = build.files.folder(folder);
        let index = entries.entries().iter().find(|entry| is_index(&entry.name));
        let is_own = folder == own && is_index(name);
        if is_own {
            let lost = || {
                let below = build.files.below(folder, |_| true);
                let pages = below.into_iter().map(|file| format!("{folder}/{file}"));
                pages.filter(|file| file != post.path && is_lost(settings, build, (folder, folder == content), file))
            };
            let mut lost: Vec<String> = lost().collect();
            lost.sort_unstable();
            return (!lost.is_empty()).then(|| Why::Swallows(lost));
        }
        if let Some(index) = index {
            let is_lost = is_lost(settings, build, (folder, folder == content), post.path);
            return is_lost.then(|| Why::Swallowed(format!("{folder}/{}", index.name)));
        }
        let next = own.strip_prefix(folder)?.strip_prefix('/')?;
        let end = folder.len() + 1 + next.find('/').unwrap_or(next.len());
        folder = &own[..end];
    }
}

fn is_index(name: &str) -> bool {
    !name.contains('/') && name.starts_with("index.") && is_page(name)
}

/// Whether a file below an `index.md` is meant for a page: it has a date, or a title where the whole site is at stake.
/// What only lends its text to a page has neither.
fn is_lost(settings: &Settings, build: &Build, (folder, is_root): (&str, bool), file: &str) -> bool {
    // The index in another language is a page beside the index.
    let is_beside = file.strip_prefix(folder).and_then(|rest| rest.strip_prefix('/')).is_some_and(is_index);
    if !is_page(file) || settings.ignores(file) || is_beside {
        return false;
    }
    let Some(source) = build.source(file) else { return false };
    let has = |key: &str| {
        let front = source.head.front_matter();
        front.is_some_and(|front| front.tree.entries.iter().any(|entry| entry.key.eq_ignore_ascii_case(key)))
    };
    has("date") || is_root && has("title")
}

/// One of the dates, the bytes of its first line, and whether it is written without an offset.
fn moment(post: &Post, settings: &Settings, build: &Build, date: &str) -> Option<(Span, Zoned, bool)> {
    let none = Tree::default();
    let tree = post.front_matter().map_or(&none, |front| &front.tree);
    let midnight = |day: Date, zone: &TimeZone| zone.to_zoned(day.to_datetime(Time::midnight())).ok();
    let entry = match settings.dates.first(date, tree, pages::own_name(post.path))? {
        First::Key(entry) => entry,
        First::FileName(day) => return Some((opening(post.text), midnight(day, build.zone?)?, true)),
        First::Elsewhere => return None,
    };
    let written = read_front_matter_date(entry.value.text()?)?;
    let time = written.time.unwrap_or(Some(Time::midnight()))?;
    let own = written.offset.map_or_else(|| build.zone.cloned(), |offset| Some(TimeZone::fixed(offset)))?;
    let due = own.to_zoned(written.date?.to_datetime(time)).ok()?;
    Some((first_line(post.text, entry.value.span), due, written.offset.is_none()))
}
