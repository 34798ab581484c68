//! White space that an engine takes for a space, other than pulldown-cmark: that of other scripts behind the signs of a
//! heading (marked 15.0, `rules.ts`, `heading`), and tabs in the line below the head of a table (cmark-gfm,
//! `ext_scanners.re`; goldmark, `extension/table.go`).

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

/// A text as long as it is, with spaces for tabs in lines of `|`, `-` and `:`; `None` where there are none.
pub(crate) fn untabbed(text: &str) -> Option<String> {
    memchr::memmem::find(text.as_bytes(), b"|\t")?;
    let is_divider = |line: &str| {
        let line = line.trim_end();
        line.contains('|')
            && line.contains('\t')
            && line.contains('-')
            && line.bytes().all(|sign| b"|:- \t".contains(&sign))
    };
    text.split_inclusive('\n').any(is_divider).then(|| {
        let mut plain = String::with_capacity(text.len());
        for line in text.split_inclusive('\n') {
            let (indent, row) = line.split_at(line.find(['|', ':', '-']).unwrap_or_default());
            plain.push_str(indent);
            match is_divider(line) {
                true => plain.extend(row.chars().map(|sign| if sign == '\t' { ' ' } else { sign })),
                false => plain.push_str(row),
            }
        }
        plain
    })
}

#[cfg(test)]
mod tests {
    use super::{plain, untabbed};

    #[test]
    fn tables_with_tabs() {
        let untabbed = |text| untabbed(text).unwrap_or_default();
        assert_eq!(untabbed("|\ta\t|\n|\t:-:\t|\n|\tb\t|\n"), "|\ta\t|\n| :-: |\n|\tb\t|\n");
        assert_eq!(untabbed("a|\tb\n\t-|\t-"), "a|\tb\n\t-| -");
        assert_eq!(untabbed("|\ta\t|\n| - |"), "");
    }

    #[test]
    fn headings_of_other_scripts() {
        assert_eq!(plain("##　배운 것\n#x\n> #\u{a0}y　z").as_deref(), Some("##   배운 것\n#x\n> #  y　z"));
        assert_eq!(plain("a #　b").as_deref(), Some("a #　b"));
        assert_eq!(plain("# a"), None);
    }
}
