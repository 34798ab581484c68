//! `rules/date-mismatch.md`

use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::RuleContext;
use crate::blog::{is_finishing, numbered};
use crate::finding::Findings;
use crate::generators::dates::{Dated, Moment};
use crate::generators::zones;
use crate::kinds::schema::FileDatePlace;
use crate::kinds::series::{Fault, only_number};
use crate::syntax::dates::{DateRange, RangeForm, days_between};
use crate::text::Span;

/// What the post says in two places about its days, and not the same.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    front_matter_date(context, findings);
    file_date(context, findings);
    week_label(context, findings);
    far_range(context, findings);
    copied_name(context, findings);
}

/// The day of the front matter against that of the file name.
fn front_matter_date(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(named) = post.file_date.as_ref().and_then(|name| name.date) else { return };
    let Some(entry) = post.front_matter().and_then(|front| front.get("date")) else { return };
    let span = entry.value.span;
    if context.blog.site().features.dates_file_names {
        return counted_date(context, named, span, findings);
    }
    // Elsewhere only the same day of another year is surely a slip.
    let Some(written) = post.written_date() else { return };
    let other_year = (named.month(), named.day()) == (written.month(), written.day()) && named != written;
    if other_year && !context.blog.habits().dates_differ() {
        findings.at(span, disagreement(written, named)).help("mend the wrong one");
    }
}

/// Where the day is part of the address, it is the one that the site counts the date of the post to.
fn counted_date(context: &RuleContext, named: Date, span: Span, findings: &mut Findings) {
    let (post, habits) = (context.post, context.blog.habits());
    let site = context.blog.site();
    let (Some(Dated::Moment(moment)), Some(zone)) = (site.conventions.dated(post), context.blog.zone()) else { return };
    let Some(counted) = moment.day(zone).filter(|_| moment.lacking.is_none()) else { return };
    let written = moment.civil.date();
    let name = site.features.name;
    // Where the post gives itself an address without a day, nothing on the page depends on the file name.
    let has_own_address = post.front_matter().is_some_and(|front| front.get("permalink").is_some());
    let is_same_day = (named.month(), named.day()) == (written.month(), written.day());
    if has_own_address && !context.blog.tells_day(post) && !is_same_day {
        return;
    }
    let later = days_between(named, written);
    let is_far = later.abs() > 1;
    // Of histories of blogs four in five leave it so: the file is named when the draft is begun.
    if is_finishing(later) {
        return;
    }
    // A post that is finished past midnight has a later day than its file.
    let is_late = written > named && counted == written;
    let is_near =
        named != counted && !is_far && !is_late && context.blog.tells_day(post) && !habits.dates_move(context.blog);
    if is_far && !habits.dates_differ() || is_near && named != written {
        let help = format!("{name} publishes the post under {counted}; rename the file if that is right");
        findings.at(span, disagreement(written, named)).help(help);
    } else if is_near {
        let message = format!("{name} publishes this post under {counted}, the file name says {named}");
        findings.at(span, message).help(zone_help(context, &moment));
    }
}

fn disagreement(written: Date, named: Date) -> String {
    format!("the front matter says {written}, the file name {named}")
}

/// What to do about a day that another time zone makes.
fn zone_help(context: &RuleContext, moment: &Moment) -> String {
    if let Some(unknown) = context.blog.unknown_zone() {
        let config = context.blog.site().features.config;
        let fault = format!("`timezone: {unknown}` in `{config}` is no time zone, so the site counts its days in UTC");
        return match zones::meant(unknown, moment.offset.map(|offset| offset.seconds())) {
            Some(zone) => format!("{fault}: write `timezone: {zone}`"),
            None => format!("{fault}: write a name such as `Asia/Seoul`"),
        };
    }
    if let Some(name) = context.blog.zone().and_then(TimeZone::iana_name).filter(|&name| name != "UTC") {
        return format!("the site counts its days in `{name}`: rename the file, or write the time with its offset");
    }
    let zone = match moment.offset.and_then(|offset| zones::of_offset(offset.seconds())) {
        Some(zone) => format!("`timezone: {zone}`"),
        None => "the `timezone` of the blog".to_owned(),
    };
    format!("the site counts its days in UTC: write {zone} in `{}`", context.blog.site().features.config)
}

/// The day of the file name, or of the front matter where the name has none, against the range.
fn file_date(context: &RuleContext, findings: &mut Findings) {
    let (Some(schema), post) = (context.kind.and_then(|kind| kind.schema.date_range.as_ref()), context.post) else {
        return;
    };
    let Some(range) = &post.date_range else { return };
    let (Some((start, end)), Some(place)) = (range.possible_days(), schema.file_date) else { return };
    let last = range.end.as_ref().map_or(&range.span, |end| &end.span);
    // Which days a week of a month has, nobody says: that of the file is among them.
    let place = if matches!(range.form, RangeForm::WeekOfMonth(_)) { FileDatePlace::Inside } else { place };
    let (days, span, must) = match place {
        FileDatePlace::Start => (start..=start, &range.start.span, format!("begins on {start}")),
        FileDatePlace::End => (end..=end, last, format!("ends on {end}")),
        FileDatePlace::Inside => (start..=end, &range.span, format!("goes from {start} to {end}")),
        FileDatePlace::Any => return,
    };
    let named = post.file_date.as_ref().and_then(|name| name.date);
    let Some(date) = named.or_else(|| post.written_date()) else { return };
    // Where the other date fits, what is wrong with this one has been said; and so it has where the days are another post's.
    let is_said = !findings.is_empty() && post.written_date().is_some_and(|written| days.contains(&written))
        || context.series_faults().iter().any(|fault| matches!(fault, Fault::Overlap { .. }));
    if start <= end && !days.contains(&date) && !is_said {
        let source = if named.is_some() { "file name" } else { "front matter" };
        findings.at(*span, format!("the {source} says {date}, but the range {must}")).demanded();
    }
}

/// The week in a heading or the title of a post that no kind holds, against the day of the post.
fn far_range(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    if context.kind.is_some_and(|kind| kind.schema.date_range.is_some()) {
        return;
    }
    let tells = |range: &&DateRange| matches!(range.form, RangeForm::Days | RangeForm::WeekOfMonth(_));
    let Some(range) = post.date_range.as_ref().filter(tells) else { return };
    let (Some((start, end)), Some(date)) = (range.possible_days(), post.date()) else { return };
    let holds = |span: &Span| span.start <= range.span.start && range.span.end <= span.end;
    let heading = post.body.headings.iter().map(|heading| heading.text).find(holds);
    let title = post.title().map(|title| title.span);
    let Some(place) = heading.or_else(|| title.filter(holds)) else { return };
    let (after, before) = (days_between(date, start), days_between(end, date));
    let is_of_month = range.form != RangeForm::Days;
    let spans = [Some(place), title].into_iter().flatten();
    let names_week = is_of_month || spans.map(|span| &post.text[span]).any(names_week);
    let is_week = is_of_month
        || start <= end
            && days_between(start, end) < LONGEST_WEEK
            && (names_week || post.text[place].trim() == post.text[range.span].trim());
    // A look back may be written late; nobody looks back on what is to come.
    let may_be_late = || match context.blog.keeps_to_its_weeks(post) {
        Some(keeps) => !keeps,
        None => !names_week || before <= LATE,
    };
    if !is_week || after.max(before) <= FAR || before > 0 && may_be_late() {
        return;
    }
    let shown = &post.text[range.span];
    let at_least = if is_of_month { "at least " } else { "" };
    let message = format!("`{shown}` is {at_least}{} days away from the day of this post, {date}", after.max(before));
    let finding = findings.at(range.span, message).help("mend the wrong one");
    if let Some(entry) = post.front_matter().and_then(|front| front.get("date")) {
        finding.label(entry.value.span, "the day of the post");
    }
}

/// A week and a day, where somebody counts both ends.
const LONGEST_WEEK: i32 = 8;

/// So many days a post may be away from its week.
const FAR: i32 = 21;

/// So many days later a look back on a week may be written, where no other post shows what its author does.
const LATE: i32 = 45;

/// Whether a line speaks of a week.
fn names_week(line: &str) -> bool {
    let line = line.to_lowercase();
    let words = ["week", "주차", "주간", "週", "周", "недел", "semana", "semaine", "woche", "settimana"];
    words.iter().any(|word| line.contains(word))
}

/// A week of the year beside the days, told by the day in the middle: weeks begin on Monday or on Sunday.
fn week_label(context: &RuleContext, findings: &mut Findings) {
    let Some(range) = context.post.date_range.as_ref().filter(|range| range.form == RangeForm::Days) else { return };
    let (Some((start, end)), Some(label)) = (range.dates(), &range.week) else { return };
    let Ok(middle) = start.checked_add((days_between(start, end) / 2).days()) else { return };
    if start <= end && !label.holds(middle) {
        let shown = &context.post.text[label.span];
        let week = middle.strftime("%V of %G");
        let finding = findings.at(label.span, format!("`{shown}` does not fit the days beside it"));
        finding.label(range.span, format!("week {week}"));
    }
}

/// The number of the title against that of the file name, where this is the name of another part of the series.
fn copied_name(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let is_checked = context.kind.is_some_and(|kind| kind.schema.series.is_some());
    let (false, Some(title)) = (is_checked, post.title()) else { return };
    let numbered_title = |text: Option<&str>| text.and_then(|text| numbered(text.trim()));
    let Some((rest, number)) = numbered_title(title.text()) else { return };
    let Some(in_name) = only_number(post.slug()).filter(|&named| named != u64::from(number)) else { return };
    let is_owner = |path: &&String| {
        let source = Some(path).filter(|path| **path != post.path).and_then(|path| blog.source(path));
        let titled = source.and_then(|source| numbered_title(source.head.title().and_then(|title| title.text())));
        titled.is_some_and(|titled| titled.0 == rest && u64::from(titled.1) == in_name)
    };
    if let Some(other) = blog.posts_named(post.slug()).find(is_owner).filter(|_| !is_shared(context)) {
        let message =
            format!("the number is {number} in the title, but {in_name} in the file name, as in that of `{other}`");
        findings.at(title.span, message).help("rename this file: its name is part of its address");
    }
}

/// Whether several posts have this name: then its number is that of the course, not of the post.
fn is_shared(context: &RuleContext) -> bool {
    context.blog.posts_named(context.post.slug()).count() > 2
}
