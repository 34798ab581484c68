//! `rules/unclosed-math.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::post::Post;
use crate::text::Span;

/// Formulas that are opened and never closed.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for unclosed in &post.body.unclosed {
        let close = closing(unclosed.delimiter);
        let message = format!("`{}` opens a formula that is never closed", unclosed.delimiter);
        let finding = findings.at(unclosed.span, message);
        finding.help(format!("write `{close}` where the formula ends"));
        match &unclosed.swallows {
            Some(next) => {
                let between = Span::new(unclosed.end, next.start);
                if let Some(heading) = heading_in(post, &between) {
                    finding.label(heading, "this heading becomes a part of the formula");
                }
                let engine = context.engine().map_or("the engine", |profile| profile.name());
                finding.label(*next, format!("{engine} takes this `{close}` for its end"));
            }
            None => {
                let last = post.text[..unclosed.end].chars().next_back().map_or(0, char::len_utf8);
                finding.label(Span::new(unclosed.end - last, unclosed.end), format!("`{close}` is missing up to here"));
            }
        }
    }
}

fn heading_in(post: &Post, within: &Span) -> Option<Span> {
    let mut headings = post.body.headings.iter().map(|heading| &heading.span);
    headings.find(|span| within.start <= span.start && span.end <= within.end).cloned()
}

/// What closes a delimiter.
fn closing(delimiter: &str) -> String {
    delimiter.replace("\\begin", "\\end").replace('(', ")").replace('[', "]")
}
