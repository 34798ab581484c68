//! Ids as Hexo makes them: hexo-util 4.0 (`slugize.js`, `escape_diacritic.js`, `strip_html.js`).

use foldhash::HashMap;

use super::{Case, accents};

/// What is left of the text of a heading, with a separator for what is not.
pub(super) fn slug(text: &str, case: Case, separator: char) -> String {
    let mut slug = String::with_capacity(text.len());
    // Controls are gone before white space is looked at.
    for sign in text.chars().filter(|sign| *sign >= ' ') {
        match sign {
            _ if sign.is_whitespace() || sign.is_ascii_punctuation() => {
                if !slug.is_empty() && !slug.ends_with(separator) {
                    slug.push(separator);
                }
            }
            _ if sign.is_ascii() => slug.push(sign),
            _ => plain(sign, &mut slug),
        }
    }
    let slug = slug.trim_end_matches(separator);
    match case {
        Case::Kept => slug.to_owned(),
        Case::Lower => slug.to_lowercase(),
        Case::Upper => slug.to_uppercase(),
    }
}

/// The id of the next heading: the count is that of its slug, and what comes of it is not looked up again. The first of a
/// name that all objects of JavaScript have is counted as if it had come before.
pub(super) fn counted(taken: &mut HashMap<String, usize>, slug: String) -> String {
    const NATIVE: &[&str] = &[
        "constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString", "toString",
        "valueOf",
    ];
    match taken.get_mut(&slug) {
        None if NATIVE.contains(&&*slug) => {
            taken.insert(slug.clone(), 0);
            slug + "-NaN"
        }
        None | Some(0) => {
            taken.insert(slug.clone(), 1);
            slug
        }
        Some(count) => {
            *count += 1;
            format!("{slug}-{}", *count - 1)
        }
    }
}

/// A letter without its marks, and as the plain one that it is a form of.
fn plain(sign: char, slug: &mut String) {
    const OTHERS: &[(&str, &str)] = &[
        ("AE", "ÆǼǢ"),
        ("ae", "æǽǣ"),
        ("O", "ØǾƟ"),
        ("o", "øǿɵ"),
        ("OE", "Œ"),
        ("oe", "œ"),
        ("D", "Đ"),
        ("d", "đ"),
        ("H", "Ħ"),
        ("h", "ħ"),
        ("i", "ı"),
        ("L", "ŁĿ"),
        ("l", "łŀſ"),
        ("n", "ŉ"),
        ("S", "ẞ"),
        ("s", "ß"),
        ("T", "Ŧ"),
        ("t", "ŧ"),
    ];
    const FORMS: &[(char, char, char)] = &[('Ａ', 'Ｚ', 'A'), ('ａ', 'ｚ', 'a'), ('Ⓐ', 'Ⓩ', 'A'), ('ⓐ', 'ⓩ', 'a')];
    let form = FORMS.iter().find(|(first, last, _)| (*first..=*last).contains(&sign));
    let other = || OTHERS.iter().find(|(_, letters)| letters.contains(sign));
    match (form, accents::without(sign)) {
        (Some((first, _, plain)), _) => {
            let index = (sign as u32 - *first as u32) as u8;
            slug.push(char::from(*plain as u8 + index));
        }
        (None, Some(plain)) => slug.push(plain),
        (None, None) => match other() {
            Some((plain, _)) => slug.push_str(plain),
            None => slug.push(sign),
        },
    }
}

/// A text without what looks like tags, which code can hold: `List<String>` is `List`.
pub(super) fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    // Where the tag that is read begins, how many more are open in it, and the quote that is open.
    let mut tag: Option<(usize, usize, Option<char>)> = None;
    for (at, sign) in text.char_indices() {
        match (&mut tag, sign) {
            (None, '<') => tag = Some((at, 0, None)),
            (None, _) => kept.push(sign),
            (Some((_, depth, None)), '<') => *depth += 1,
            (Some((_, 0, None)), '>') => tag = None,
            (Some((_, depth, None)), '>') => *depth -= 1,
            (Some((_, _, quote)), '"' | '\'') if *quote == Some(sign) => *quote = None,
            (Some((_, _, quote)), '"' | '\'') => *quote = quote.or(Some(sign)),
            (Some((start, ..)), ' ' | '\n') if at - *start == 1 => {
                tag = None;
                kept.push_str("< ");
            }
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::ids::{Ids, Style};

    /// Asked of hexo-renderer-marked 7.0.1.
    #[test]
    fn ids_of_hexo() {
        for (text, expected) in [
            ("Learned!", "Learned"),
            ("snake_case", "snake-case"),
            ("A.B (c)", "A-B-c"),
            ("é Ünï Straße", "e-Uni-Strase"),
            ("$a_b$", "a-b"),
            ("!!!", ""),
            ("배운 것　x", "배운-것-x"),
            ("a < b", "a-b"),
            ("List<String> x", "List-x"),
            ("“x” – b…", "“x”-–-b…"),
            ("（全角）Ａ１", "（全角）A１"),
            ("a\u{b}b", "ab"),
        ] {
            assert_eq!(slug(without_tags(text).trim(), Case::Kept, '-'), expected, "{text}");
        }
        assert_eq!(slug("Éa B", Case::Lower, '-'), "ea-b");
        assert_eq!(slug("Éa B", Case::Upper, '_'), "EA_B");
    }

    #[test]
    fn ids_that_come_again() {
        let mut ids = Ids::new(Style::Hexo(Case::Kept));
        let texts = ["a", "A", "a", "a-1", "a", "constructor", "constructor", "constructor", "!", "?"];
        let ids: Vec<_> = texts.iter().map(|text| ids.next(text, text).unwrap_or_default()).collect();
        let expected = ["a", "A", "a-1", "a-1", "a-2", "constructor-NaN", "constructor", "constructor-1", "", "-1"];
        assert_eq!(ids, expected);
    }
}
