//! `rules/mangled-math.md`

mod braces;
mod fences;
mod repair;

use std::cell::OnceCell;

use super::{RuleContext, accidental_table};
use crate::finding::{Finding, Findings};
use crate::html;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::Formula;
use crate::markdown::page::{Event, Page, Tag, What};
use crate::markdown::tex_diff::{Loss, tex_diff};
use crate::post::Post;
use crate::post::delivered::Delivered;
use crate::post::math::{has_words, is_prose, is_tex};
use crate::tex::has_tag;
use crate::text::{Span, beginning};

/// Formulas whose TeX does not reach the page as it was meant.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some((page, profile)) = context.page() else { return };
    braces::check(context, findings);
    let fences = fences::of(post, page, profile);
    let mut told = 0;
    let tables = OnceCell::new();
    let tables = || tables.get_or_init(|| accidental_table::accidental(post));
    for (formula, delivered) in context.delivered() {
        let tex = &post.text[formula.tex];
        if delivered.tex() == Some(tex) || tex.trim().is_empty() {
            continue;
        }
        if let Some(fence) = fences.iter().find(|fence| fence.contains(&formula.span.start)) {
            // What it swallows is told with it.
            if fence.start >= told {
                fences::report(post, formula, *fence, profile.name(), findings);
            }
            told = fence.end;
            continue;
        }
        let in_table = tables().iter().any(|table| table.contains(&formula.span.start));
        // Two backslashes stand before no bracket but that of a formula.
        let is_text = if formula.delimiter.starts_with("\\\\") { has_words(tex) } else { is_prose(tex) };
        // Between backticks the author keeps it from Markdown, for a script that takes them away.
        let is_code = tex.trim().starts_with('`') && tex.trim().ends_with('`');
        let is_text = is_text && !is_block(post, formula);
        // What stops the build makes no page.
        let is_left = || context.blog.has_template(post, &formula.span) || post.stops_mdx(&formula.span);
        if in_table || is_text || is_code || is_left() {
            continue;
        }
        let math = context.blog.math();
        let is_refused = math.refuses(&post.text[*formula.meant()], formula.display);
        // Of `\[x\]` brackets are left, which is all that can be meant.
        if is_refused && !has_tag(tex) && delivered.tex().is_some_and(|arrived| math.accepts(arrived, formula.display))
        {
            continue;
        }
        if is_left_open(context, formula, delivered, findings) {
            continue;
        }
        let finding = match delivered {
            Delivered::Whole { tex: arrived, .. } => {
                match tex_diff(tex, arrived.text(), context.usage(formula, profile)) {
                    Some(loss) => lost(findings, post.text, formula, &loss, profile.name()),
                    None => continue,
                }
            }
            Delivered::Cut(event) if matches!(page.events[*event].what, What::Break) => {
                broken(findings, formula, profile, math.name());
                continue;
            }
            Delivered::Cut(event) if page.passes_html && page.events[*event].source == formula.span => {
                tagged(findings, post, formula, profile.name());
                continue;
            }
            Delivered::Cut(event) if matches!(page.events[*event].what, What::Math { .. }) => {
                taken(findings, post, formula, page.events[*event].source, profile.name());
                continue;
            }
            Delivered::Cut(event) => cut(findings, post, formula, page, *event, profile.name()),
            Delivered::Unseen | Delivered::PairedOtherwise | Delivered::Gone => continue,
        };
        let is_repairable = !is_refused && !has_tag(tex) && context.blog.tex_rewriter().is_none();
        match repair::repair(post, formula, profile, || context.usage(formula, profile)).filter(|_| is_repairable) {
            Some(repair) => {
                finding.help(repair.advice).unsafe_fix(repair.message, repair.edits);
            }
            None => {
                finding.help(advice(post, formula, page, delivered, profile));
            }
        }
    }
}

/// Whether a template may make the formula what was meant, which is told once for a post.
fn is_left_open(context: &RuleContext, formula: &Formula, delivered: &Delivered, findings: &mut Findings) -> bool {
    let Some(rewriter) = context.blog.tex_rewriter() else { return false };
    let is_open = rewriter.changes_tags || !matches!(delivered, Delivered::Cut(_));
    if is_open && findings.is_silent() {
        findings.not_checked(formula.span, format!("`{}` changes formulas before the page is printed", rewriter.path));
    }
    is_open
}

/// Whether both delimiters stand alone on their lines around TeX: that is a formula, whatever words are in it.
fn is_block(post: &Post, formula: &Formula) -> bool {
    let tex = &post.text[formula.tex];
    let is_alone = tex.trim_start_matches([' ', '\t', '\r']).starts_with('\n')
        && tex.trim_end_matches([' ', '\t']).ends_with('\n');
    formula.delimiter == "$$" && is_alone && is_tex(tex) && !tex.contains("\n\n")
}

/// What to do where no other way to write it was found.
fn advice(post: &Post, formula: &Formula, page: &Page, delivered: &Delivered, profile: &MarkdownEngine) -> String {
    let cut = if let Delivered::Cut(event) = delivered { Some(*event) } else { None };
    let is_in_lines = formula.display && post.text[formula.tex].contains('\n');
    let is_cut_by_block =
        cut.is_some_and(|event| matches!(markup(page, event).0, "a list" | "a heading" | "another block"));
    if is_in_lines && profile.sets_double_dollars() && (formula.is_environment() || is_cut_by_block) {
        let name = profile.name();
        return format!(
            "put it between `$$` and `$$` on lines of their own, with a blank line above and below: there {name} leaves all \
             as it is"
        );
    }
    if is_in_lines && is_cut_by_block {
        return "let no line of it be blank or begin with `-`, `+`, `#`, `>`, `=` or a number: such a sign can end the line \
                above"
            .to_owned();
    }
    if cut.is_some_and(|event| is_html(page, event)) || has_tag(&post.text[formula.tex]) {
        return "take the HTML out of the formula".to_owned();
    }
    "write it without what Markdown reads: `\\lbrace`, `\\rbrace`, `\\vert`, `\\ast`, `\\lt`".to_owned()
}

/// So many characters of a formula tell which it is.
const SHOWN: usize = 20;

/// Something of the formula does not arrive.
fn lost<'f>(findings: &'f mut Findings, text: &str, formula: &Formula, loss: &Loss, engine: &str) -> &'f mut Finding {
    let Span { start, end } = loss.written;
    let span = Span::new(formula.tex.start + start, formula.tex.start + end);
    let written = &text[span];
    let arrived = &loss.arrived;
    let message = match (loss.escape, arrived.is_empty()) {
        (true, _) => format!("`{written}` arrives as `{arrived}`: {engine} takes the backslash away"),
        (false, true) => format!("`{}` of the formula does not arrive", beginning(written, SHOWN)),
        (false, false) => {
            format!("`{}` arrives as `{}`: {engine} changes it", beginning(written, SHOWN), beginning(arrived, SHOWN))
        }
    };
    findings.at(span, message)
}

/// It goes over a line break of the page.
fn broken(findings: &mut Findings, formula: &Formula, profile: &MarkdownEngine, engine: &str) {
    let name = profile.name();
    let message =
        format!("{name} makes `<br>` of a line break in the formula, and {engine} finds none that goes over one");
    let help = match profile.sets_breaks() {
        true => "write it on one line, or switch off that each line break is one on the page (`breaks: false`)",
        false => "write it on one line, or end no line of it with two spaces or a backslash",
    };
    findings.at(formula.span, message).help(help);
}

/// The engine takes a formula out of the text that shares signs with this one.
fn taken(findings: &mut Findings, post: &Post, formula: &Formula, other: Span, engine: &str) {
    let written = beginning(&post.text[other], SHOWN);
    let message = format!("{engine} takes `{written}` for a formula, which leaves this one as text");
    let help = "a backslash before the sign that opens the other one keeps that a sign";
    findings.at(formula.span, message).help(help).label(other, "this is set as a formula");
}

/// A browser takes a sign of the formula for the beginning of a tag.
fn tagged(findings: &mut Findings, post: &Post, formula: &Formula, engine: &str) {
    let at = html::opening(&post.text[formula.tex]).map_or(formula.tex, |at| {
        let start = formula.tex.start + at;
        Span::new(start, start + 1)
    });
    let message = format!("{engine} hands `<` on, and a browser takes it for the beginning of a tag here");
    findings.at(at, message).help("write `\\lt`, or a space behind it");
}

/// Markup begins or ends in the formula.
fn cut<'f>(
    findings: &'f mut Findings,
    post: &Post,
    formula: &Formula,
    page: &Page,
    event: usize,
    engine: &str,
) -> &'f mut Finding {
    let event = next_block(page, event, formula).unwrap_or(event);
    let begins = !matches!(page.events[event].what, What::End);
    let (name, span) = markup(page, event);
    let does = if begins { "begins" } else { "ends" };
    let message = format!("{name} {does} inside the formula, so that no math engine sees all of it");
    let mark =
        if begins { Span::new(span.start, span.start + 1) } else { Span::new(span.end.saturating_sub(1), span.end) };
    let border = post.text[formula.span].find('|').filter(|_| name == "a table cell");
    let mark = border.map_or(mark, |at| Span::new(formula.span.start + at, formula.span.start + at + 1));
    let within = formula.span.start <= mark.start && mark.end <= formula.span.end;
    let mark = if within && post.text.get(mark.range()).is_some() { mark } else { formula.span };
    let finding = findings.at(formula.span, message);
    if mark != formula.span && !mark.is_empty() {
        let sign = &post.text[mark];
        finding.label(mark, format!("{engine} reads this `{sign}` as a mark of its own"));
    }
    finding
}

/// The event that begins the next block, where one ends in a formula: that tells why.
fn next_block(page: &Page, event: usize, formula: &Formula) -> Option<usize> {
    let is_block_end = matches!(page.events[event].what, What::End) && markup(page, event).0 == "another block";
    let is_inside = |at: usize| formula.tex.start < at && at < formula.tex.end;
    let begins = |event: &&Event| matches!(event.what, What::Start(_)) && is_inside(event.source.start);
    page.events.get(event + 1).filter(begins).filter(|_| is_block_end).map(|_| event + 1)
}

/// Whether an event begins or ends HTML that stands in the post as such.
fn is_html(page: &Page, event: usize) -> bool {
    let event = if matches!(page.events[event].what, What::End) { page.start_of(event) } else { event };
    match &page.events[event].what {
        What::Start(element) => matches!(element.tag, Tag::Html { .. }),
        what => matches!(what, What::Html(_)),
    }
}

/// What an event begins or ends, in a blogger's words, with its bytes.
fn markup(page: &Page, event: usize) -> (&'static str, Span) {
    let event = match page.events[event].what {
        What::End => page.start_of(event),
        _ => event,
    };
    let name = match &page.events[event].what {
        What::Start(element) => match element.tag {
            Tag::Emphasis => "emphasis",
            Tag::Strong => "strong emphasis",
            Tag::Strike => "a strikethrough",
            Tag::Link { .. } => "a link",
            Tag::Image { .. } => "an image",
            Tag::CodeSpan => "code",
            Tag::Table | Tag::TableHead | Tag::TableBody | Tag::TableFoot | Tag::Row | Tag::Cell { .. } => {
                "a table cell"
            }
            Tag::Html { .. } => "an HTML element",
            Tag::FootnoteMark { .. } => "a footnote",
            Tag::List { .. } | Tag::Item => "a list",
            Tag::Heading { .. } => "a heading",
            _ => "another block",
        },
        What::Html(_) => "HTML",
        _ => "other markup",
    };
    (name, page.events[event].source)
}
