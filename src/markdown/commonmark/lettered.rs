//! Signs of punctuation that are letters to an engine where it looks for emphasis: marked before 5 knows those of ASCII
//! alone (marked 1.2, 2.1 and 4.3, `rules.js`, `_punctuation`).

use super::flanking::is_punctuation;

/// A text as long as it is, with letters for the signs of other scripts beside marks of emphasis; `None` where there are
/// none.
pub(crate) fn lettered(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_wide = |at: usize| bytes.get(at).is_some_and(|byte| !byte.is_ascii());
    let mut marks = memchr::memchr2_iter(b'*', b'_', bytes);
    marks.find(|&at| is_wide(at + 1) || at > 0 && is_wide(at - 1))?;
    let mut lettered = String::with_capacity(text.len());
    let mut last = '\n';
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let is_beside = matches!(last, '*' | '_') || matches!(signs.peek(), Some('*' | '_'));
        let is_sign = is_beside && !sign.is_ascii() && is_punctuation(sign);
        lettered.push(match sign.len_utf8() {
            2 if is_sign => 'é',
            3 if is_sign => '가',
            4 if is_sign => '𝒶',
            _ => sign,
        });
        last = sign;
    }
    Some(lettered)
}

#[cfg(test)]
mod tests {
    use super::lettered;

    #[test]
    fn signs_of_other_scripts() {
        for (text, read) in [
            ("**주의：**글", Some("**주의가**글")),
            ("«*a*» 「_b_」、c", Some("é*a*é 가_b_가、c")),
            ("**글 (a)**", Some("**글 (a)**")),
            ("a、b", None),
            ("*a*", None),
        ] {
            assert_eq!(lettered(text).as_deref(), read, "{text}");
            assert!(lettered(text).is_none_or(|read| read.len() == text.len()));
        }
    }
}
