//! `rules/invalid-front-matter.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::generators::HeadFault;
use crate::syntax::front_matter::{Fault, Format, Found, Slip, quoted};
use crate::text::Span;

/// What the reader of the front matter could not make sense of, each cause once.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    match &post.found {
        Found::Whole(front) => {
            let features = context.blog.site().features;
            let reads_tabs = features.reads_tabs;
            // The tabs behind a line break, so not those of the first line (hexo-front-matter 4.2, `escapeYAML`).
            let is_behind = |at: usize| post.text[front.content.start..at].contains('\n');
            let is_read_over = |at: usize| features.skips_blank_tabs && post.line_of(&Span::empty(at)).is_empty();
            let is_fine = |fault: &Fault| {
                &post.text[fault.span] == "\t"
                    && (reads_tabs && is_behind(fault.span.start) || is_read_over(fault.span.start))
            };
            let outcome = context.blog.site().unreadable_front_matter;
            let mut outcome = outcome.filter(|_| front.format == Format::Yaml);
            for fault in front.tree.faults.iter().filter(|fault| !is_fine(fault)) {
                let finding = findings.at(fault.span, &fault.message);
                finding.help = fault.help.clone();
                match &fault.slip {
                    Some(Slip::Quotes(value)) => {
                        let edit = Edit::new(*value, quoted(&post.text[*value]));
                        finding.unsafe_fix("put the value in quotes", vec![edit]);
                    }
                    Some(Slip::Colon(gap)) => {
                        finding.unsafe_fix("put a colon and a space there", vec![Edit::new(*gap, ": ")]);
                    }
                    None => {}
                }
                // One fault is enough for it.
                if let Some(outcome) = outcome.take() {
                    finding.label(front.span, outcome);
                }
            }
            for HeadFault { span, message, help } in context.blog.site().conventions.head_faults(post) {
                findings.at(span, message).help(help);
            }
        }
        Found::Unclosed { opening } => {
            let fence = &post.text[*opening];
            let refusal = context.blog.site().conventions.refusal(post);
            let outcome = refusal.unwrap_or_else(|| "so it is printed as text".to_owned());
            findings
                .at(*opening, format!("no second `{fence}` closes the front matter, {outcome}"))
                .help(format!("write `{fence}` on a line of its own below the last key"));
        }
        Found::None | Found::Misplaced { .. } => {}
    }
}
