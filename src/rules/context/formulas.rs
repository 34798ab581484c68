//! Formulas of posts whose page is not known: what surely is one, as it is written.

use std::borrow::Cow;

use super::RuleContext;
use crate::blog::mathematics::Fault;
use crate::markdown::document::Formula;
use crate::markdown::mapped_text::MappedText;
use crate::post::math::{is_between_others, is_prose, is_tex};

impl<'a> RuleContext<'a> {
    /// The TeX of each formula that is surely one, be the page of the post known or not: what the Markdown engine takes out
    /// of the text itself, or what an author means for one under every engine. In order, with whether it is a display.
    pub(super) fn formulas_as_written(&self) -> Vec<(MappedText<'a>, bool)> {
        let (post, blog) = (self.post, self.blog);
        let taken = blog.taken(post);
        let is_sure = |(at, formula): &(usize, &Formula)| {
            let tex = &post.text[formula.tex];
            let is_text = || is_prose(tex) || is_between_others(tex, &post.text[formula.span.end..]);
            if blog.has_template(post, &formula.span) || tex.trim().is_empty() {
                return false;
            }
            match &taken {
                Some(taken) => taken[*at] && (formula.delimiter != "$" || !is_text()),
                // Markdown takes the backslash before a bracket away, or does not; code is math for few.
                None if formula.is_code() || matches!(formula.delimiter, "\\(" | "\\[") => false,
                None => !is_text() && (formula.delimiter != "$" || !tex.contains('$') && is_tex(tex)),
            }
        };
        let formulas = post.body.formulas.iter().enumerate().filter(is_sure);
        formulas.map(|(_, formula)| (MappedText::verbatim(post.text, *formula.meant()), formula.display)).collect()
    }

    /// Whether a fault of a formula that is read as it is written is one on the page as well: Markdown may take the
    /// backslash before a sign away.
    pub(super) fn arrives_at_fault(&self, tex: &MappedText, display: bool) -> bool {
        let written = tex.text();
        let is_taken = || self.blog.taken(self.post).is_some();
        match without_escapes(written) {
            Cow::Borrowed(_) => true,
            Cow::Owned(bare) => is_taken() || self.blog.math().refuses(&bare, display),
        }
    }

    /// Whether a fault is one whatever the site may define. Where not all was read that it tells the engine, that can be any
    /// macro, and what is one is written again.
    pub(super) fn is_at_fault_for_all(&self, fault: &Fault) -> bool {
        // So many letters have no short name that people give a macro.
        const LONG: usize = 5;
        let written = &self.post.text[fault.span];
        let name = written.trim_start_matches('\\');
        let is_whole = self.blog.math().is_whole;
        !fault.fault.is_unknown_command()
            || is_whole
            || name.len() >= LONG && self.post.text.matches(written).count() == 1
    }
}

/// A text as it is where the backslash before each sign is taken away.
fn without_escapes(text: &str) -> Cow<'_, str> {
    let mut bare = String::new();
    let mut rest = text;
    while let Some(at) = rest.match_indices('\\').map(|(at, _)| at).find(|&at| is_escape(rest, at)) {
        bare.push_str(&rest[..at]);
        // What follows is the sign, which is no beginning of another.
        bare.push_str(&rest[at + 1..at + 2]);
        rest = &rest[at + 2..];
    }
    if bare.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(bare + rest) }
}

fn is_escape(text: &str, at: usize) -> bool {
    text.as_bytes().get(at + 1).is_some_and(u8::is_ascii_punctuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_markdown() {
        for (text, bare) in
            [(r"a \\ b \{", r"a \ b {"), (r"\\\\", r"\\"), (r"\frac{a}", r"\frac{a}"), (r"\", r"\"), (r"\_a", "_a")]
        {
            assert_eq!(without_escapes(text), bare);
        }
    }
}
