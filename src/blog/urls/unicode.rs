//! Names that look the same and differ in their bytes.

/// A name as a second look compares it: in lower case, and composed, as far as Hangul and kana go. macOS takes Hangul
/// syllables apart in file names, and servers do not put them together.
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() { name.to_ascii_lowercase() } else { composed(name).to_lowercase() }
}

/// Hangul syllables and voiced kana in one character each (Unicode 15, chapter 3.12; the voiced kana follow the plain
/// ones by one or two).
fn composed(name: &str) -> String {
    let mut composed = String::with_capacity(name.len());
    for sign in name.chars() {
        match composed.chars().next_back().and_then(|last| pair(last, sign)) {
            Some(whole) => {
                composed.pop();
                composed.push(whole);
            }
            None => composed.push(sign),
        }
    }
    composed
}

fn pair(last: char, sign: char) -> Option<char> {
    let (one, other) = (last as u32, sign as u32);
    let whole = match (one, other) {
        (0x1100..=0x1112, 0x1161..=0x1175) => 0xac00 + ((one - 0x1100) * 21 + (other - 0x1161)) * 28,
        (0xac00..=0xd7a3, 0x11a8..=0x11c2) if (one - 0xac00).is_multiple_of(28) => one + (other - 0x11a7),
        (0x3046 | 0x30a6, 0x3099) => one + 0x4e,
        (0x304b..=0x3062 | 0x30ab..=0x30c2, 0x3099) if one % 2 == 1 => one + 1,
        (0x3064..=0x3069 | 0x30c4..=0x30c9, 0x3099) if one.is_multiple_of(2) => one + 1,
        (0x306f..=0x307d | 0x30cf..=0x30dd, 0x3099 | 0x309a) if one.is_multiple_of(3) => one + (other - 0x3098),
        _ => return None,
    };
    char::from_u32(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_taken_apart() {
        for (apart, whole) in [
            ("\u{1112}\u{116c}\u{1100}\u{1169}", "회고"),
            ("\u{1102}\u{1173}\u{1101}\u{1175}\u{11ab} 점", "느낀 점"),
            ("\u{304b}\u{3099}\u{306f}\u{309a}\u{30d5}\u{3099}\u{30a6}\u{3099}", "がぱブヴ"),
            ("\u{3066}\u{3099}", "で"),
            ("a.md", "a.md"),
        ] {
            assert_eq!(composed(apart), whole);
        }
        assert_eq!(folded("A"), "a");
    }
}
