//! `rules/unclosed-math.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::post::Post;
use crate::text::{Span, lines_in};

/// Formulas that are opened and never closed.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    for unclosed in &post.body.unclosed {
        let close = closing(unclosed.delimiter);
        let message = format!("`{}` opens a formula that is never closed", unclosed.delimiter);
        let finding = findings.at(unclosed.span, message);
        finding.help(format!("write `{close}` where the formula ends"));
        match unclosed.swallows.filter(|next| is_taken(post, &unclosed.span, next)) {
            Some(next) => {
                if let Some(heading) = heading_in(post, Span::new(unclosed.end, next.start)) {
                    finding.label(heading, "this heading becomes a part of the formula");
                }
                let engine = context.engine().map_or("the engine", |profile| profile.name());
                finding.label(next, format!("{engine} takes this `{close}` for its end"));
            }
            None => {
                let last = post.text[..unclosed.end].chars().next_back().map_or(0, char::len_utf8);
                finding.label(Span::new(unclosed.end - last, unclosed.end), format!("`{close}` is missing up to here"));
            }
        }
    }
}

/// Whether all up to the next delimiter is a formula on the page.
fn is_taken(post: &Post, open: &Span, next: &Span) -> bool {
    post.body.formulas.iter().any(|formula| formula.span.start == open.start && formula.span.end == next.end)
}

/// The first line that would be a heading.
fn heading_in(post: &Post, within: Span) -> Option<Span> {
    let mut lines =
        lines_in(post.text, within).map(|line| Span::new(line.start, line.start + post.text[line].trim_end().len()));
    let is_heading =
        |line: &Span| post.text[*line].trim_start_matches('#').starts_with(' ') && post.text[*line].starts_with('#');
    lines.find(is_heading)
}

/// What closes a delimiter.
fn closing(delimiter: &str) -> String {
    delimiter.replace("\\begin", "\\end").replace('(', ")").replace('[', "]")
}
