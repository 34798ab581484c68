//! What is left of a name in an address: Zola 0.22, `components/utils/src/slugs.rs`; and the day before it,
//! `components/content/src/page.rs`.

use std::sync::LazyLock;

use regex::Regex;

/// How names become parts of addresses: `slugify.paths`, `slugify.taxonomies`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Slugs {
    /// Lower case, ASCII, hyphens.
    #[default]
    On,
    /// As they are, without what files of Windows cannot be called.
    Safe,
    /// As they are.
    Off,
}

impl Slugs {
    /// As the config says it; what it cannot say has the default.
    pub(super) fn named(name: Option<&str>) -> Slugs {
        match name {
            Some("safe") => Slugs::Safe,
            Some("off") => Slugs::Off,
            _ => Slugs::On,
        }
    }

    /// A name as a part of an address.
    pub(super) fn of(self, name: &str) -> String {
        const FORBIDDEN: &str = "<>:\"/\\|?*";
        match self {
            Slugs::On => slug::slugify(name),
            Slugs::Safe => name.trim_end_matches([' ', '.']).replace(|sign| FORBIDDEN.contains(sign), ""),
            Slugs::Off => name.to_owned(),
        }
    }
}

/// `RFC3339_DATE`
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])";
    let clock = r"T(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?";
    let zone = r"(?:Z|[-+](?:[01][0-9]|2[0-3]):[0-5][0-9])";
    Regex::new(&format!(r"^{day}(?:{clock}{zone})?(?:\s?[-_](?P<name>.+))?")).expect("a pattern")
});

/// What follows the day that a name begins with; `None` where it begins with none.
pub(super) fn behind_date(name: &str) -> Option<Option<&str>> {
    // Nearly no name is looked at any further.
    let is_digit = |at: usize| name.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let found = if is_digit(0) && is_digit(3) { DATE.captures(name)? } else { return None };
    Some(found.name("name").map(|name| name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Asked of Zola 0.22.1.
    #[test]
    fn what_is_left_of_names() {
        for (name, on, safe, off) in [
            ("Upper Case", "upper-case", "Upper Case", "Upper Case"),
            ("a/b. ", "a-b", "ab", "a/b. "),
            ("회고 하나", "hoego-hana", "회고 하나", "회고 하나"),
        ] {
            assert_eq!([Slugs::On, Slugs::Safe, Slugs::Off].map(|slugs| slugs.of(name)), [on, safe, off]);
        }
        for (name, behind) in [
            ("2022-10-09-a", Some(Some("a"))),
            ("2022-10-09_a", Some(Some("a"))),
            ("2022-02-30 -a", Some(Some("a"))),
            ("2022-10-09T10:00:00+09:00-k", Some(Some("k"))),
            ("2022-10-09", Some(None)),
            ("2022-10-09 g", Some(None)),
            ("2022-13-09-c", None),
            ("2022-10-9-e", None),
            ("x-2022-10-09-i", None),
        ] {
            assert_eq!(behind_date(name), behind, "{name}");
        }
    }
}
