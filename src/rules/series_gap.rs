//! `rules/series-gap.md`

use jiff::civil::Date;

use super::RuleContext;
use super::series::{days_at, name_at, show_days, show_name, written};
use crate::finding::Findings;
use crate::kinds::series::Fault;
use crate::syntax::dates::days_between;

/// Days that no post of the series covers, or numbers that none has.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    for fault in context.series_faults() {
        match *fault {
            Fault::Gap { from, to, before } => {
                let message = format!("no post covers {}", written(context, from, to));
                let finding = findings.at(days_at(context.post), message).demanded();
                show_days(context, finding, &sequence.members[before], "the post before it");
                finding.help(format!("write it, or name the days of rest: `series: {{skips: [{}]}}`", rest(from, to)));
            }
            Fault::Stray { from, to } => {
                let message =
                    format!("this post is of the time of {}, which no post covers", written(context, from, to));
                findings.at(days_at(context.post), message).demanded().help("mend the days");
            }
            Fault::Missing { first, last, before, between } => {
                let message = match last - first {
                    0 => format!("no post has the number {first}"),
                    1 => format!("no post has the numbers {first} and {last}"),
                    _ => format!("no post has the numbers {first} to {last}"),
                };
                let finding = findings.at(name_at(context.post), message).demanded();
                show_name(context, finding, &sequence.members[before], "the post before it");
                finding.help(match between {
                    Some(day) => format!("write it, or name a day of rest: `series: {{skips: [{day}]}}`"),
                    None => "write it, or mend the numbers".to_owned(),
                });
            }
            _ => {}
        }
    }
}

fn rest(from: Date, to: Date) -> String {
    if days_between(from, to) < 7 { from.to_string() } else { format!("{from}..{to}") }
}
