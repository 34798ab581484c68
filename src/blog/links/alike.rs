//! Names that look the same and are not.

use unicode_normalization::UnicodeNormalization;

use crate::text::odd_space;

/// A name as it looks: composed, with a plain space for every other, and without what has no width.
pub(crate) fn as_it_looks(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let sign = |sign: char| match odd_space(sign) {
        Some(_) if sign.is_whitespace() => Some(' '),
        Some(_) => None,
        None => Some(sign),
    };
    name.nfc().filter_map(sign).collect::<String>().trim_end().to_owned()
}

/// How two names differ that look the same; `None` where they are the same, or look different.
pub(crate) fn difference(written: &str, other: &str) -> Option<String> {
    if written == other || written.is_ascii() && other.is_ascii() || as_it_looks(written) != as_it_looks(other) {
        return None;
    }
    let odd = |name: &str| name.chars().find_map(odd_space);
    Some(match (odd(written), odd(other)) {
        (Some(here), there) if there.as_ref() != Some(&here) => format!("here stands {here}"),
        (None, Some(there)) => format!("there stands {there}"),
        _ if written.nfc().ne(written.chars()) => "its letters are taken apart here (Unicode NFD)".to_owned(),
        _ => "its letters are taken apart there (Unicode NFD)".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn names_that_look_the_same() {
        for (written, other, how) in [
            ("cafe\u{301}", "caf\u{e9}", Some("its letters are taken apart here (Unicode NFD)")),
            ("caf\u{e9}", "cafe\u{301}", Some("its letters are taken apart there (Unicode NFD)")),
            ("a\u{a0}b.png", "a b.png", Some("here stands U+00A0 (a no-break space)")),
            ("a b.png", "a\u{3000}b.png", Some("there stands U+3000 (a full-width space)")),
            ("a.png\u{200b}", "a.png", Some("here stands U+200B (a space without a width)")),
            ("a b", "a b", None),
            ("a b", "a c", None),
            ("caf\u{e9}", "cafe", None),
        ] {
            assert_eq!(difference(written, other).as_deref(), how, "{written} {other}");
        }
    }
}
