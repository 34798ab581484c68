//! `rules/impossible-date.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::dates::DateFault;

/// A day or a time that the calendar and the clock do not have, or that the generator cannot read.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for DateFault { span, message, is_empty, help } in context.blog.date_faults(post) {
        let at_name = post.front_matter().is_none_or(|front| span.start < front.content.start);
        let usual = || match &post.file_date {
            Some(_) if at_name => "rename the file: its name begins with the day, as in `2022-10-09-title.md`",
            Some(name) if name.date.is_some() && is_empty => {
                "write the day, or take the line out: the name of the file has one"
            }
            _ => "write the day as in `2022-10-09`, with a time as in `2022-10-09 21:00:00 +0900`",
        };
        findings.at(span, message).help(help.unwrap_or_else(usual));
    }
}
