//! `rules/title-mismatch.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::schema::TitleHeading;
use crate::markdown::document::TemplateKind;
use crate::text::is_plain;

/// Signs without a width that come along with copied text.
const UNSEEN: &[char] = &['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// The H1 of the text against the title of the front matter, as the kind wants the two.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (Some(kind), Some(title)) = (context.kind, context.post.title()) else { return };
    let (post, Some(text)) = (context.post, title.text()) else { return };
    let level = kind.schema.sections.as_ref().map_or(2, |sections| sections.heading_level());
    let mut top = post.body.headings.iter().filter(|heading| heading.top && heading.level == 1);
    match kind.schema.title_heading {
        Some(TitleHeading::Same) => {
            let Some(heading) = post.title_heading().or_else(|| top.next().filter(|_| level > 1)) else {
                let message = format!("no H1 repeats the title `{text}`");
                let finding = findings.at(title.span, message);
                finding.help(format!("`# {text}` belongs on top of the text"));
                let first = post.first_line();
                if is_plain(text) && first.start >= post.body.span.start {
                    let heading = format!("# {text}\n\n");
                    finding.unsafe_fix("put the heading there", vec![Edit::insert(first.start, heading)]);
                }
                return;
            };
            let source = &post.text[heading.text];
            let filled_in = || {
                let mut outputs = post.body.templates.iter().filter(|template| template.kind == TemplateKind::Output);
                outputs.any(|output| heading.text.start <= output.span.start && output.span.end <= heading.text.end)
            };
            if !equal(text, &heading.title) && !equal(text, source) && !filled_in() {
                let message = format!("the H1 is `{}`, but the title is `{text}`", heading.title);
                let finding = findings.at(heading.text, message);
                finding.label(title.span, "the title").help("make them equal");
                // A title that differs in signs only that nobody sees is no model for the H1.
                if text.contains(UNSEEN) && equal(&text.replace(UNSEEN, ""), &heading.title) {
                    let edit = Edit::new(title.span, post.text[title.span].replace(UNSEEN, ""));
                    finding.unsafe_fix("take out of the title what nobody sees", vec![edit]);
                } else if is_plain(text) && !source.contains('\n') && !heading.text.is_empty() {
                    let edit = Edit::new(heading.text, text);
                    finding.unsafe_fix("make the H1 the same as the title", vec![edit]);
                }
            }
        }
        Some(TitleHeading::Absent) => {
            if let Some(heading) = post.title_heading().or_else(|| top.next()).filter(|_| level > 1) {
                let message = format!("the page prints its title already, and then this H1: `{}`", heading.title);
                let finding = findings.at(heading.span, message);
                finding.label(title.span, "the title").help("take the H1 out, or write it as `##`");
            }
        }
        Some(TitleHeading::Any) | None => {}
    }
}

/// Whether a reader sees the same: white space and the shape of quotes and dashes aside, which engines change.
fn equal(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let words = words.replace("---", "-").replace("--", "-").replace("...", "…");
        let same = |c: char| match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' => '-',
            c => c,
        };
        words.chars().map(same).collect::<String>()
    };
    plain(one) == plain(other)
}
