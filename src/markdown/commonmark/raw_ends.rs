//! Ends of raw HTML in capitals: CommonMark ends a block of `<style>` at `</STYLE>` too, and pulldown-cmark 0.13 does not.

use std::sync::LazyLock;

use regex::Regex;

static ENDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"</(?i:style|script|pre|textarea)>").expect("a pattern that a test compiles"));

/// A text as long as it is, with these ends in small letters; `None` where there are none in capitals.
pub(crate) fn small(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let has_capital = |at: usize| matches!(bytes.get(at + 2), Some(b'S' | b'P' | b'T'));
    memchr::memmem::find_iter(bytes, b"</").any(has_capital).then_some(())?;
    let small = ENDS.replace_all(text, |found: &regex::Captures| found[0].to_ascii_lowercase());
    (small != text).then(|| small.into_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn ends_in_capitals() {
        assert_eq!(
            super::small("<STYLE>\n</STYLE>\n</Pre> </SPAN>").as_deref(),
            Some("<STYLE>\n</style>\n</pre> </SPAN>")
        );
        assert_eq!(super::small("</style></SPAN>"), None);
    }
}
