//! `rules/irregular-date-range.md`

use jiff::ToSpan;
use jiff::civil::Date;

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::Lengths;
use crate::kinds::schema::DateRangeSchema;
use crate::post::Post;
use crate::syntax::dates::{self, DateRange, RangeForm};

/// A range that the calendar has, but the kind writes or counts another way.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(schema) = context.kind.and_then(|kind| kind.schema.date_range.as_ref()) else { return };
    let Some(range) = &context.post.date_range else { return };
    if range.form == RangeForm::OpenEnd {
        open_end(context.post, range, schema, findings);
        return;
    }
    if let (RangeForm::WeekOfMonth(_), Some(format)) = (range.form, &schema.format) {
        let message =
            format!("`{}` does not say on which days its week begins and ends", &context.post.text[range.span]);
        findings.at(range.span, message).help(format!("write them as `{}`", format.source));
    }
    let Some((start, end)) = range.dates().filter(|(start, end)| start <= end) else { return };
    spelling(context.post, range, schema, findings);
    length(range, (start, end), schema, findings);
}

fn open_end(post: &Post, range: &DateRange, schema: &DateRangeSchema, findings: &mut Findings) {
    let message = format!("`{}` has no last day", &post.text[range.span]);
    let finding = findings.at(range.span, message);
    let last = schema.days.as_ref().zip(range.start.date).and_then(|(days, start)| last_day(start, days.usual()));
    if let (Some(start), Some(end)) = (range.start.date, last) {
        let whole =
            schema.format.as_ref().map_or_else(|| format!("{start} - {end}"), |format| format.write(start, end));
        finding.help(format!("write `{whole}`"));
    }
}

fn spelling(post: &Post, range: &DateRange, schema: &DateRangeSchema, findings: &mut Findings) {
    let (Some(format), Some((start, end))) = (&schema.format, range.dates()) else { return };
    let line = post.line_of(&range.span);
    let right = format.write(start, end);
    let covers = |at: usize| line.start + at <= range.span.start && range.span.end <= line.start + at + right.len();
    // A line that is a list to the engine has to be written another way in any case.
    let is_list = dates::reads_as_list(&post.text[line]).is_some();
    if !is_list && !post.text[line].match_indices(&right).any(|(at, _)| covers(at)) {
        let message = format!("`{}` is not written as `{}`", &post.text[range.span], format.source);
        let finding = findings.at(range.span, message).help(format!("write `{right}`"));
        let read = dates::read_range(&right, 0, Some(start)).and_then(|range| range.dates());
        let in_text = range.span.start >= post.body.span.start;
        if in_text && range.form == RangeForm::Days && format.is_bare() && read == Some((start, end)) {
            finding.unsafe_fix("write it so", vec![Edit::new(range.span, right)]);
        }
    }
}

/// A wrong first day makes the weekday and the length wrong at once: that is one finding.
fn length(range: &DateRange, (start, end): (Date, Date), schema: &DateRangeSchema, findings: &mut Findings) {
    let days = dates::days_between(start, end) + 1;
    let wanted = schema.days.as_ref();
    let first = schema.starts_on.map(|weekday| weekday.in_calendar());
    let wrong_start = first.filter(|&weekday| start.weekday() != weekday);
    let back = |&length: &u16| end.checked_sub((i32::from(length) - 1).days()).ok();
    let mut counted_back = wanted.into_iter().flat_map(|lengths| lengths.0.iter().filter_map(back));
    let unit = if days == 1 { "day" } else { "days" };
    let listed = |lengths: &Lengths| lengths.0.iter().map(u16::to_string).collect::<Vec<_>>().join(" or ");
    let wrong_length = wanted.filter(|lengths| !lengths.takes(days));
    if let Some(weekday) = wrong_start {
        let message = format!("the range begins on a {:?}, not on a {weekday:?}", start.weekday());
        let finding = findings.at(range.start.span, message);
        if let Some(monday) = counted_back.find(|back| back.weekday() == weekday) {
            finding.help(monday.strftime("%-d %B %Y would fit").to_string());
            return;
        }
    }
    if let Some(lengths) = wrong_length {
        let shown = range.end.as_ref().map_or(&range.span, |end| &end.span);
        let finding = findings.at(*shown, format!("the range has {days} {unit}, not {}", listed(lengths)));
        finding.label(range.start.span, "from here on");
        if let Some(end) = last_day(start, lengths.usual()) {
            finding.help(end.strftime("%-d %B %Y would fit").to_string());
        }
    }
}

fn last_day(start: Date, days: u16) -> Option<Date> {
    start.checked_add((i32::from(days) - 1).days()).ok()
}
