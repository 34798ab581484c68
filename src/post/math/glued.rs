//! Displays that no blank line parts from the text around them. kramdown 2.4.0 (`parser/kramdown/math.rb`) takes `$$` for a
//! block only behind a blank line, or at the start of what holds it, and only if a blank line or the end follows; else it
//! sets the formula in the line.

use super::{ends_line, starts_line};
use crate::finding::Edit;
use crate::markdown::document::Formula;
use crate::post::Post;

/// Where text stands that has to be parted from a display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Glued {
    /// In the line above it.
    above: bool,
    /// In the line below it.
    below: bool,
    /// What stands above is a block of its own, such as a heading: no text is in its line.
    alone: bool,
}

impl Glued {
    /// What becomes of it, in words.
    pub(crate) fn fate(self) -> &'static str {
        match (self.above, self.below) {
            (true, false) if self.alone => "as running text, small and at the left: a block stands right above it",
            (true, true) => "in one line with what stands around it",
            (true, false) => "in one line with what stands above it",
            (false, _) => "in one line with what stands below it",
        }
    }

    /// What to do.
    pub(crate) fn help(self) -> String {
        let sides = match (self.above, self.below) {
            (true, true) => "above and below it",
            (true, false) => "above it",
            (false, _) => "below it",
        };
        format!("put a blank line {sides}")
    }
}

/// How a formula that is written as a display is glued to text; `None` for one that is not.
///
/// In a line of its own, one is surely a display if it has a relation or a fraction; a symbol in its own line may be
/// part of a sentence.
pub(crate) fn glued(post: &Post, formula: &Formula) -> Option<Glued> {
    let text = post.text;
    if formula.delimiter != "$$" {
        return None;
    }
    let tex = &text[formula.tex];
    // In lines of its own, or opened at the end of one and closed at the start of another.
    let is_opened = starts_line(text, formula.span.start) || ends_line(tex, 0);
    let is_closed = ends_line(text, formula.span.end) || starts_line(tex, tex.len());
    if !is_opened || !is_closed {
        return None;
    }
    let has_text = |line: &str| !line.trim_matches([' ', '\t', '\r', '\n', '>']).is_empty();
    let line = post.line_start(formula.span.start).max(post.body.span.start);
    let last = post.line_start(line.saturating_sub(1)).max(post.body.span.start);
    let above = last < line && has_text(&text[last..line]);
    let above = above || !starts_line(text, formula.span.start);
    let own_end = post.line_end(formula.span.end);
    let below = own_end < text.len() && has_text(&text[own_end + 1..post.line_end(own_end + 1)]);
    // What stands below may be another item, or a heading.
    let goes_on = below && post.body.leaf_at(formula.span.start).is_none_or(|leaf| leaf.span.end > formula.span.end);
    let is_large = tex.contains('\n') || tex.contains("\\begin{");
    let is_meant = is_large || is_equation(tex) && !(above && goes_on);
    // An author who ends the lines around it by hand has it in a line of its own, as it stands.
    let broken = |line: &str| HARD_BREAKS.iter().any(|mark| line.trim_end_matches('\r').ends_with(mark));
    let before = text[post.body.span.start..line].trim_end_matches('\n');
    let is_apart = (!above || broken(before)) && (!goes_on || broken(&text[formula.span.end..own_end]));
    if is_apart && (above || goes_on) && !tex.contains('\n') {
        return None;
    }
    let leaf = post.body.leaf_at(formula.span.start);
    let alone = starts_line(text, formula.span.start) && leaf.is_some_and(|leaf| leaf.span.start >= line);
    (is_meant && (above || below)).then_some(Glued { above, below, alone })
}

/// What ends a line of a paragraph on the page, too.
const HARD_BREAKS: [&str; 5] = ["  ", "\\\\", "<br>", "<br/>", "<br />"];

/// Whether a line of TeX says something by itself.
fn is_equation(tex: &str) -> bool {
    tex.contains('=')
        || ["\\le", "\\ge", "\\approx", "\\sim", "\\equiv", "\\propto"].iter().any(|sign| tex.contains(sign))
}

/// Blank lines between a display and the text, where nothing holds it but the page.
pub(crate) fn parted(post: &Post, formula: &Formula, glued: Glued) -> Option<Vec<Edit>> {
    let leaf = post.body.leaf_at(formula.span.start)?;
    let text = post.text;
    let line = post.line_start(formula.span.start);
    if leaf.depth > 0 || line != formula.span.start {
        return None;
    }
    let line_break = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let above = glued.above.then(|| Edit::insert(formula.span.start, line_break));
    let below = glued.below.then(|| Edit::insert(formula.span.end, line_break));
    Some(above.into_iter().chain(below).collect())
}
