//! `rules/series-gap.md`

use super::RuleContext;
use super::series::{days_at, name_at, show_days, show_name, written};
use crate::finding::Findings;
use crate::kinds::Rest;
use crate::kinds::series::Fault;

/// Days that no post of the series covers, or numbers that none has.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    for fault in context.series_faults() {
        match fault {
            Fault::Gap { from, to, before } => {
                let message = format!("no post covers {}", written(context, *from, *to));
                let finding = findings.at(days_at(context.post), message).demanded();
                show_days(context, finding, &sequence.members[*before], "the post before it");
                finding.help(format!(
                    "write it, or name the days of rest: `series: {{skips: [{}]}}`",
                    Rest::over(*from, *to)
                ));
            }
            Fault::Pause { days, usual, before } => {
                let message =
                    format!("{days} days lie between this post and the one before it, where {usual} are usual");
                let finding = findings.at(name_at(context.post), message).demanded();
                show_name(context, finding, &sequence.members[*before], "the post before it");
                finding.help("write what is missing, or name the days of rest: `series: {skips: [...]}`");
            }
            Fault::Misdated { from, to } => {
                let days = written(context, *from, *to);
                let message = format!("by its own day this post is about {days}, which no other post has");
                findings.at(days_at(context.post), message).demanded().help("are these the days?");
            }
            Fault::Missing { numbers, before, between } => {
                let finding = findings.at(name_at(context.post), format!("no post has {}", named(numbers))).demanded();
                show_name(context, finding, &sequence.members[*before], "the post before it");
                finding.help(match between {
                    Some(day) => format!("write it, or name a day of rest: `series: {{skips: [{day}]}}`"),
                    None => "write it, or mend the numbers".to_owned(),
                });
            }
            _ => {}
        }
    }
}

/// Numbers as they are told.
fn named(numbers: &[u64]) -> String {
    let all: Vec<String> = numbers.iter().map(u64::to_string).collect();
    match &all[..] {
        [one] => format!("the number {one}"),
        [first, .., last]
            if numbers.len() > 2 && numbers[numbers.len() - 1] - numbers[0] == numbers.len() as u64 - 1 =>
        {
            format!("the numbers {first} to {last}")
        }
        [others @ .., last] => format!("the numbers {} and {last}", others.join(", ")),
        [] => "the number".to_owned(),
    }
}
