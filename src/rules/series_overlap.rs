//! `rules/series-overlap.md`

use super::RuleContext;
use super::series::{days_at, show_days, written};
use crate::finding::Findings;
use crate::kinds::series::Fault;

/// A post of the series with days that another one has.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let Some(sequence) = context.sequence() else { return };
    for fault in context.series_faults() {
        let Fault::Overlap { other, free } = fault else { continue };
        let member = &sequence.members[*other];
        // Two posts with one text are told as such.
        if context.blog.posts_like(context.post).contains(&&*member.facts.path) {
            continue;
        }
        let message = format!("`{}` has these days too", member.facts.path);
        let finding = findings.at(days_at(context.post), message).demanded();
        show_days(context, finding, member, "the other one");
        finding.help(match free {
            Some((from, to)) => format!("no post covers {}: are these the days?", written(context, *from, *to)),
            None => "mend the days of one of them, or put both into one post".to_owned(),
        });
    }
}
