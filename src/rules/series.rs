//! What rules about a series ask, and how they show its other posts.

use jiff::civil::Date;

use super::RuleContext;
use crate::finding::{Finding, OtherFile};
use crate::kinds::series::{Fault, Member, Sequence};
use crate::post::Post;
use crate::text::{Span, opening};

impl<'a> RuleContext<'a> {
    /// The posts of its kind one after another, where they are a series. Nobody knows them before all posts are read.
    pub(crate) fn sequence(&self) -> Option<&'a Sequence> {
        let kind = self.kind.filter(|kind| kind.schema.series.is_some() && !self.defers)?;
        Some(self.kinds.sequence(kind, self.blog))
    }

    /// What is wrong with the series at this post.
    pub(crate) fn series_faults(&self) -> &'a [Fault] {
        self.sequence().map_or(&[], |sequence| sequence.faults_of(self.post.path))
    }
}

/// Days as the kind writes them.
pub(super) fn written(context: &RuleContext, from: Date, to: Date) -> String {
    let format = context.kind.and_then(|kind| kind.schema.date_range.as_ref()?.format.as_ref());
    match format {
        Some(format) => format.write(from, to),
        None if from == to => from.to_string(),
        None => format!("{from} to {to}"),
    }
}

/// Where a post says which days it is about, or else what it is called.
pub(super) fn days_at(post: &Post) -> Span {
    post.date_range.as_ref().map_or_else(|| name_at(post), |range| range.span)
}

/// Where a post says what it is called, or else its first line.
pub(super) fn name_at(post: &Post) -> Span {
    let title = post.title().map(|title| title.span).or_else(|| post.title_heading().map(|heading| heading.text));
    title.filter(|span| !span.is_empty()).unwrap_or_else(|| post.first_line())
}

/// Shows the days of another post of the series.
pub(super) fn show_days(context: &RuleContext, finding: &mut Finding, member: &Member, message: &str) {
    let range = member.facts.range.as_ref().map(|range| range.span);
    show(context, finding, member, range, message);
}

/// Shows what another post of the series is called.
pub(super) fn show_name(context: &RuleContext, finding: &mut Finding, member: &Member, message: &str) {
    show(context, finding, member, None, message);
}

fn show(context: &RuleContext, finding: &mut Finding, member: &Member, place: Option<Span>, message: &str) {
    let facts = &member.facts;
    let Some(text) = context.blog.files.text(&facts.path) else { return };
    let names = [&facts.title, &facts.heading].into_iter().flatten();
    let name = names.map(|words| words.span).find(|span| !span.is_empty());
    // It may have been written anew meanwhile.
    let span = place.or(name).unwrap_or(facts.opening);
    let span = if text.get(span.start..span.end).is_some() { span } else { opening(&text) };
    let end = text[span.end..].find('\n').map_or(text.len(), |line| span.end + line);
    let file = OtherFile { path: facts.path.to_string(), text: text[..end].to_owned() };
    finding.label_in(file, span, message);
}
