//! Files that are not UTF-8: found by whoever reads the file, because there is no text to make a post of.

use crate::finding::{Finding, RuleId};
use crate::generators::Features;
use crate::text::Span;

/// What is wrong with bytes that are not UTF-8; the span counts bytes of the file.
pub(crate) fn finding(bytes: &[u8], features: &Features) -> Finding {
    let (start, message) = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => (0, "the file is UTF-16, not UTF-8".to_owned()),
        _ => {
            let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let byte = bytes.get(valid).copied().unwrap_or_default();
            (valid, format!("the file is not UTF-8: byte {byte:#04x} cannot stand here"))
        }
    };
    let left_out = match features.skips_other_encodings {
        true => format!(", so {} leaves the post out", features.name),
        false => String::new(),
    };
    let span = Span::new(start, (start + 1).min(bytes.len()));
    let mut finding = Finding::new(RuleId::INVALID_ENCODING, span, message + &left_out);
    finding.help("save the file as UTF-8; Korean files of older Windows programs are mostly EUC-KR (CP949)");
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(bytes: &[u8]) -> Finding {
        finding(bytes, &Features::PLAIN)
    }

    #[test]
    fn the_first_bad_byte_is_pointed_at() {
        assert_eq!(of("# 회고 ".as_bytes()).span, Span::empty(9));
        assert_eq!(of(b"# caf\xe9\n").span, Span::new(5, 6));
        assert!(of(b"\xff\xfe#\0").message.contains("UTF-16"));
    }
}
