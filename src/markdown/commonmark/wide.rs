//! White space of other scripts behind the signs of a heading, which marked takes for a space (15.0, `rules.ts`, `heading`).

/// A text as long as it is, with plain spaces there; `None` where there are none.
pub(crate) fn plain(text: &str) -> Option<String> {
    if !text.contains("#\u{3000}") && !text.contains("#\u{a0}") {
        return None;
    }
    let mut plain = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '>']).len();
        let signs = line[indent..].bytes().take_while(|&byte| byte == b'#').count();
        let after = indent + signs;
        plain.push_str(&line[..after]);
        match line[after..]
            .chars()
            .next()
            .filter(|next| (1..=6).contains(&signs) && matches!(next, '\u{3000}' | '\u{a0}'))
        {
            Some(wide) => {
                plain.extend(std::iter::repeat_n(' ', wide.len_utf8()));
                plain.push_str(&line[after + wide.len_utf8()..]);
            }
            None => plain.push_str(&line[after..]),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn headings_of_other_scripts() {
        assert_eq!(plain("##　배운 것\n#x\n> #\u{a0}y　z").as_deref(), Some("##   배운 것\n#x\n> #  y　z"));
        assert_eq!(plain("a #　b").as_deref(), Some("a #　b"));
        assert_eq!(plain("# a"), None);
    }
}
