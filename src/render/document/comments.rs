//! HTML comments, which hold what readers do not see and what is said to postlint.

use super::Comment;
use crate::text::{Span, trimmed};

/// The comments in a stretch of HTML.
pub(crate) fn read(text: &str, within: Span, inline: bool) -> impl Iterator<Item = Comment> + '_ {
    let mut from = within.start;
    std::iter::from_fn(move || {
        let open = from + text[from..within.end].find("<!--")?;
        let inner = open + 4;
        let close = inner + text[inner..within.end].find("-->")?;
        from = close + 3;
        Some(Comment { span: open..from, text: trimmed(text, inner..close), inline })
    })
}
