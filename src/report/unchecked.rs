//! What was not checked, by cause.

use super::columns::shown;
use super::wrap::wrapped;
use super::{Checked, Style, clamp};
use crate::text::Lines;

/// A place that was left open.
#[derive(Debug, Clone)]
pub(super) struct Unchecked {
    why: String,
    /// `_posts/a.md:12:1`
    place: String,
}

/// What was left open in a post.
pub(super) fn of(post: &Checked) -> Vec<Unchecked> {
    let place = |lines: &Lines, span| {
        let at = lines.position(clamp(lines.text(), span).start);
        format!("{}:{}:{}", post.path, at.line, at.column)
    };
    let open = post.not_checked.iter();
    open.map(|open| Unchecked { why: open.why.clone(), place: place(post.lines, &open.span) }).collect()
}

/// So many places of a cause are named.
const PLACES: usize = 10;

/// All of it, the most usual cause first, with an empty line behind each.
pub(super) fn listed(all: &[&Unchecked], style: Style) -> String {
    let mut causes: Vec<Vec<&Unchecked>> = Vec::new();
    for &one in all {
        match causes.iter_mut().find(|cause| is_alike(&cause[0].why, &one.why)) {
            Some(cause) => cause.push(one),
            None => causes.push(vec![one]),
        }
    }
    causes.sort_by_key(|cause| std::cmp::Reverse(cause.len()));
    let mut text = String::new();
    for cause in &causes {
        let head = format!("not checked: {} ({})", common(cause), cause.len());
        text += &match style.columns {
            Some(columns) => wrapped(&shown(&head), columns.saturating_sub(2), 0).join("\n  "),
            None => shown(&head),
        };
        text.push('\n');
        for one in cause.iter().take(PLACES) {
            text += &format!("  {}{}\n", shown(&one.place), shown(&own(cause, &one.why)));
        }
        if cause.len() > PLACES {
            text += &format!("  and {} more\n", cause.len() - PLACES);
        }
        text.push('\n');
    }
    text
}

/// Whether two sentences differ in what they quote alone.
fn is_alike(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.split('`').step_by(2), other.split('`').step_by(2));
    one.by_ref().eq(other.by_ref())
}

/// The names that a sentence quotes, each with whether all of a cause quote the same there.
fn names<'w>(cause: &[&Unchecked], why: &'w str) -> Vec<(&'w str, bool)> {
    let name = |at: usize| move |one: &&Unchecked| one.why.split('`').nth(at).map(str::to_owned);
    let quoted = why.split('`').enumerate().skip(1).step_by(2);
    let is_same = |at: usize, word: &str| cause.iter().map(name(at)).all(|other| other.as_deref() == Some(word));
    quoted.map(|(at, word)| (word, is_same(at, word))).collect()
}

/// The sentence that all of a cause share, with `…` where they quote different names.
fn common(cause: &[&Unchecked]) -> String {
    let why = &cause[0].why;
    let mut names = names(cause, why).into_iter();
    let parts = why.split('`').enumerate().map(|(at, part)| match at % 2 {
        0 => part,
        _ => names.next().map_or(part, |(name, is_same)| if is_same { name } else { "…" }),
    });
    parts.collect::<Vec<_>>().join("`")
}

/// The names that a place has for itself.
fn own(cause: &[&Unchecked], why: &str) -> String {
    let own = names(cause, why).into_iter().filter(|(_, is_same)| !is_same);
    own.map(|(name, _)| format!(" `{name}`")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Format;

    #[test]
    fn causes_are_told_once() {
        let one = |why: &str, place: &str| Unchecked { why: why.to_owned(), place: place.to_owned() };
        let mut all = vec![
            one("the include `a` may come from `x`", "p.md:1:1"),
            one("nobody knows", "p.md:2:1"),
            one("the include `b` may come from `x`", "q.md:3:1"),
        ];
        let text = listed(&all.iter().collect::<Vec<_>>(), Style::plain(Format::Text));
        assert_eq!(
            text,
            "not checked: the include `…` may come from `x` (2)\n  p.md:1:1 `a`\n  q.md:3:1 `b`\n\n\
             not checked: nobody knows (1)\n  p.md:2:1\n\n"
        );
        all.extend((0..11).map(|line| one("nobody knows", &format!("r.md:{line}:1"))));
        assert!(
            listed(&all.iter().collect::<Vec<_>>(), Style::plain(Format::Text)).contains("  r.md:8:1\n  and 2 more\n")
        );
    }
}
