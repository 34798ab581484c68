//! `rules/series-number.md`

use super::RuleContext;
use super::series::{name_at, show_name};
use crate::finding::Findings;
use crate::kinds::series::{Fault, Member, Number, Place};
use crate::text::Span;

/// A number that does not fit the series, or that of another place of the post.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    let post = context.post;
    for fault in context.series_faults() {
        match fault {
            Fault::Disagreement { number, others, right } => {
                let others_said: Vec<String> = others.iter().map(said).collect();
                let message = format!("the number is {}, but {}", said(number), others_said.join(" and "));
                let finding = findings.at(span(context, number), message).demanded();
                for other in others.iter().filter(|other| !matches!(other.place, Place::Name | Place::Key(_))) {
                    finding.label(span(context, other), said(other));
                }
                let owner =
                    others.iter().chain([number]).filter(|wrong| Some(wrong.first) != *right).find_map(|wrong| {
                        let is_owner = |member: &&Member| {
                            *member.facts.path != *post.path
                                && member.numbers.first().is_some_and(|own| own.first == wrong.first)
                        };
                        sequence.members.iter().find(is_owner).map(|member| (wrong.first, member))
                    });
                if let Some((number, member)) = owner.filter(|_| right.is_some()) {
                    show_name(context, finding, member, &format!("number {number}"));
                }
                if let Some(right) = right {
                    finding.help(format!("by the posts around it, this is number {right}"));
                }
            }
            Fault::WrongNumber { number, right, owner } => {
                let message = match owner {
                    Some(_) => format!("the number {} is that of another post too", number.first),
                    None => format!("the number {} does not fit between those around it", number.first),
                };
                let finding = findings.at(span(context, number), message).demanded();
                if let Some(owner) = owner {
                    show_name(context, finding, &sequence.members[*owner], &format!("number {}", number.first));
                }
                if let Some(right) = right {
                    finding.help(format!("by the posts around it, this is number {right}"));
                }
            }
            Fault::Jump { number, before } => {
                let member = &sequence.members[*before];
                let last = member.numbers.first().map_or(0, |number| number.last);
                let message = format!("the number jumps from {last} to {}", number.first);
                let finding = findings.at(span(context, number), message).demanded();
                show_name(context, finding, member, "the post before it");
                finding.help(format!("the next number would be {}", last + 1));
            }
            _ => {}
        }
    }
}

/// Where a number of the post stands.
fn span(context: &RuleContext, number: &Number) -> Span {
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
