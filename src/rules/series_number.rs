//! `rules/series-number.md`

use super::RuleContext;
use super::series::{name_at, show_name};
use crate::finding::Findings;
use crate::kinds::series::{Fault, Number, Place};
use crate::text::Span;

/// A number that does not fit the series, or that of another place of the post.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    for fault in context.series_faults() {
        let (message, number, owner, right) = match fault {
            Fault::Disagreement { number, others, right, owner } => {
                let others: Vec<String> = others.iter().map(said).collect();
                let message = format!("the number is {}, but {}", said(number), others.join(" and "));
                (message, number, *owner, *right)
            }
            Fault::WrongNumber { number, right, owner } => {
                let why = if owner.is_some() {
                    "is that of another post too"
                } else {
                    "does not fit between those around it"
                };
                (format!("the number {} {why}", number.first), number, owner.map(|owner| (number.first, owner)), *right)
            }
            Fault::Jump { number, last, before } => {
                let message = format!("the number jumps from {last} to {}", number.first);
                (message, number, Some((*last, *before)), Some(last + 1))
            }
            _ => continue,
        };
        let finding = findings.at(place(context, number), message).demanded();
        if let Fault::Disagreement { others, .. } = fault {
            for other in others.iter().filter(|other| !matches!(other.place, Place::Name)) {
                finding.label(place(context, other), said(other));
            }
        }
        if let Some((number, owner)) = owner {
            show_name(context, finding, &sequence.members[owner], &format!("number {number}"));
        }
        if let Some(right) = right {
            finding.help(format!("by the posts around it, this is number {right}"));
        }
    }
}

/// Where a number of the post stands.
fn place(context: &RuleContext, number: &Number) -> Span {
    let post = context.post;
    match number.place {
        Place::Heading => post.title_heading().map(|heading| heading.text),
        Place::DateLine => post.date_range.as_ref().map(|range| post.line_of(&range.span)),
        Place::Key(key) => post.front_matter().and_then(|front| front.get(key)).map(|entry| entry.value.span),
        Place::Title | Place::Name => None,
    }
    .unwrap_or_else(|| name_at(post))
}

/// A number with its place.
fn said(number: &Number) -> String {
    let place = match number.place {
        Place::Title => "in the title".to_owned(),
        Place::Heading => "in the H1".to_owned(),
        Place::DateLine => "beside the days".to_owned(),
        Place::Name => "in the file name".to_owned(),
        Place::Key(key) => format!("in `{key}`"),
    };
    match number.first == number.last {
        true => format!("{} {place}", number.first),
        false => format!("{} to {} {place}", number.first, number.last),
    }
}
