//! Slips of the finger in the names of commands.

use regex::Regex;

/// Numbers that look like chance and are always the same.
pub struct Chance(u64);

impl Chance {
    /// Begins with what a text hashes to.
    pub fn of(text: &str) -> Self {
        Chance(
            text.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)),
        )
    }

    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    /// One of many, or nothing of nothing.
    pub fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        (!from.is_empty()).then(|| from[self.below(from.len())].clone())
    }
}

/// The formula with a letter swapped, dropped, doubled or replaced in one of its commands, and that command.
pub fn misspell(tex: &str, chance: &mut Chance) -> Option<(String, String)> {
    let names = Regex::new(r"\\([a-zA-Z]{3,})").ok()?;
    let known =
        |name: &str| !matches!(name, "begin" | "end" | "left" | "right" | "def" | "newcommand" | "norm" | "half");
    let found: Vec<_> = names.captures_iter(tex).filter_map(|found| found.get(1)).collect();
    let found: Vec<_> = found.iter().filter(|found| known(found.as_str())).map(|found| found.range()).collect();
    let found = chance.pick(&found)?;
    let name = &tex[found.clone()];
    let at = 1 + chance.below(name.len() - 1);
    let wrong = match chance.below(4) {
        0 if name.as_bytes()[at] != name.as_bytes()[at - 1] => {
            format!("{}{}{}{}", &name[..at - 1], &name[at..=at], &name[at - 1..at], &name[at + 1..])
        }
        1 => format!("{}{}", &name[..at], &name[at + 1..]),
        2 => format!("{}{}", &name[..=at], &name[at..]),
        _ => format!("{}{}{}", &name[..at], char::from(b'a' + chance.below(26) as u8), &name[at + 1..]),
    };
    (wrong != name).then(|| (format!("{}{wrong}{}", &tex[..found.start], &tex[found.end..]), name.to_owned()))
}
