//! Why Hugo leaves a page out: Hugo 0.111 waits for `publishDate`, or for `date`, and takes pages down at `expiryDate`.

use jiff::Zoned;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use crate::generators::Build;
use crate::generators::features::{Absence, Why};
use crate::post::Post;
use crate::syntax::dates::read_front_matter_date;
use crate::text::{Span, first_line};

/// What keeps a page out that does not say so itself.
pub(crate) fn of(post: &Post, build: &Build) -> Option<Absence> {
    let moments = |keys: &[&str]| keys.iter().find_map(|key| moment(post, build, key));
    if let Some((span, due, is_local)) =
        moments(&["publishDate", "date"]).filter(|(_, due, _)| due.timestamp() > build.now)
    {
        return Some(Absence { span, why: Why::ToCome { due, is_local } });
    }
    let (span, due, _) = moments(&["expiryDate"]).filter(|(_, due, _)| due.timestamp() <= build.now)?;
    Some(Absence { span, why: Why::Over(due) })
}

/// The moment under a key, the bytes of its first line, and whether it is written without an offset.
fn moment(post: &Post, build: &Build, key: &str) -> Option<(Span, Zoned, bool)> {
    let entries = &post.front_matter()?.tree.entries;
    let entry = entries.iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key))?;
    let written = read_front_matter_date(entry.value.text()?)?;
    let time = written.time.unwrap_or(Some(Time::midnight()))?;
    let own = written.offset.map_or_else(|| build.zone.cloned(), |offset| Some(TimeZone::fixed(offset)))?;
    let due = own.to_zoned(written.date?.to_datetime(time)).ok()?;
    Some((first_line(post.text, entry.value.span), due, written.offset.is_none()))
}
