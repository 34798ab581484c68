//! A kind as it is written in a config, what it extends folded in.

use std::fmt::Debug;

use super::forms::Rest;
use super::schema::{DateRangeSchema, Key, Match, Schema, SectionSchema, SectionsSchema, Series};
use super::{Kind, OneOrMany};
use crate::syntax::front_matter::is_text;

impl Kind {
    /// What it demands, in the YAML of a config: a line or a few for each key, in the order of their documentation.
    pub(crate) fn shown(&self) -> String {
        let mut shown = Shown::default();
        shown.schema(&self.schema);
        shown.text
    }
}

#[derive(Default)]
struct Shown {
    text: String,
}

impl Shown {
    /// A key at the left with a value beside it.
    fn line(&mut self, key: &str, value: &str) {
        self.text += &format!("{key}: {value}\n");
    }

    /// A key at the left with keys of its own below it.
    fn block(&mut self, key: &str, entries: &[(String, String)]) {
        self.text += &format!("{key}:\n");
        for (key, value) in entries {
            self.text += &format!("  {key}: {value}\n");
        }
    }

    fn schema(&mut self, schema: &Schema) {
        let Schema {
            summary,
            extends: _,
            matches,
            since,
            front_matter,
            other_keys,
            title_heading,
            date_range,
            sections,
            series,
        } = schema;
        if let Some(summary) = summary {
            self.line("summary", &scalar(summary));
        }
        if let Some(matches) = matches {
            self.line("match", &match_of(matches));
        }
        if let Some(since) = since {
            self.line("since", &since.to_string());
        }
        let keys: Vec<_> = front_matter.iter().map(|(name, key)| (scalar(name), key_of(key))).collect();
        if !keys.is_empty() {
            self.block("front-matter", &keys);
        }
        if let Some(others) = other_keys {
            self.line("other-keys", &word(others));
        }
        if let Some(heading) = title_heading {
            self.line("title-heading", &word(heading));
        }
        if let Some(range) = date_range {
            self.line("date-range", &range_of(range));
        }
        if let Some(sections) = sections {
            self.sections(sections);
        }
        if let Some(series) = series {
            self.line("series", &series_of(series));
        }
    }

    /// The sections, one a line.
    fn sections(&mut self, sections: &SectionsSchema) {
        self.block("sections", &settings_of(sections));
        if let Some(list) = &sections.list {
            self.text += if list.is_empty() { "  list: []\n" } else { "  list:\n" };
            for section in list {
                self.text += &format!("    - {}\n", section_of(section));
            }
        }
    }
}

fn match_of(Match { path, front_matter }: &Match) -> String {
    let mut entries = Vec::new();
    let sources = path.0.iter().map(|path| path.source.as_str());
    entries.extend((!path.0.is_empty()).then(|| ("path", one_or_many(sources))));
    let values: Vec<_> = front_matter.iter().map(|(key, value)| (scalar(key), scalar(value))).collect();
    entries.extend((!values.is_empty()).then(|| ("front-matter", mapping(values))));
    mapping(entries)
}

fn key_of(Key { required, one_of, pattern, value_type }: &Key) -> String {
    let choices = |choices: &OneOrMany<String>| list(choices.0.iter().map(String::as_str));
    let entries = [
        ("required", required.then(|| "true".to_owned())),
        ("one-of", one_of.as_ref().map(choices)),
        ("pattern", pattern.as_ref().map(|pattern| scalar(pattern.0.as_str()))),
        ("type", value_type.as_ref().map(word)),
    ];
    mapping(given(entries))
}

fn range_of(DateRangeSchema { format, starts_on, days, file_date }: &DateRangeSchema) -> String {
    let entries = [
        ("format", format.as_ref().map(|format| scalar(&format.source))),
        ("starts-on", starts_on.as_ref().map(word)),
        ("days", days.as_ref().map(|days| days.to_string())),
        ("file-date", file_date.as_ref().map(word)),
    ];
    mapping(given(entries))
}

/// All but the list.
fn settings_of(SectionsSchema { level, others, placeholder, list: _ }: &SectionsSchema) -> Vec<(String, String)> {
    let entries = [
        ("level", level.map(|level| level.to_string())),
        ("others", others.as_ref().map(word)),
        ("placeholder", placeholder.as_ref().map(|placeholder| scalar(placeholder))),
    ];
    given(entries).map(|(key, value)| (key.to_owned(), value)).collect()
}

/// A list within a section, on the line of that.
fn within(sections: &SectionsSchema) -> String {
    let list = |list: &Vec<SectionSchema>| format!("[{}]", list.iter().map(section_of).collect::<Vec<_>>().join(", "));
    let list = sections.list.as_ref().map(|sections| ("list".to_owned(), list(sections)));
    mapping(settings_of(sections).into_iter().chain(list))
}

fn section_of(SectionSchema { name, also, pattern, required, repeat, sections }: &SectionSchema) -> String {
    let entries = [
        ("name", Some(scalar(name))),
        ("also", (!also.is_empty()).then(|| one_or_many(also.iter().map(String::as_str)))),
        ("pattern", pattern.as_ref().map(|pattern| scalar(pattern.0.as_str()))),
        ("required", (!required).then(|| "false".to_owned())),
        ("repeat", repeat.then(|| "true".to_owned())),
        ("sections", sections.as_ref().map(within)),
    ];
    let entries: Vec<_> = given(entries).collect();
    if entries.len() == 1 { scalar(name) } else { mapping(entries) }
}

fn series_of(Series { number, contiguous, skips }: &Series) -> String {
    let listed = || format!("[{}]", skips.iter().map(Rest::to_string).collect::<Vec<_>>().join(", "));
    mapping(given([
        ("number", number.as_ref().map(|number| scalar(number.0.as_str()))),
        ("contiguous", contiguous.map(|contiguous| contiguous.to_string())),
        ("skips", (!skips.is_empty()).then(listed)),
    ]))
}

/// Those that say something.
fn given<const N: usize>(entries: [(&'static str, Option<String>); N]) -> impl Iterator<Item = (&'static str, String)> {
    entries.into_iter().filter_map(|(key, value)| Some((key, value?)))
}

fn mapping<K: AsRef<str>>(entries: impl IntoIterator<Item = (K, String)>) -> String {
    let entries = entries.into_iter().map(|(key, value)| format!("{}: {value}", key.as_ref()));
    format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    format!("[{}]", texts.map(scalar).collect::<Vec<_>>().join(", "))
}

fn one_or_many<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> String {
    let mut rest = texts.clone();
    match (rest.next(), rest.next()) {
        (Some(one), None) => scalar(one),
        _ => list(texts),
    }
}

/// The word of a choice; each is one word.
fn word(choice: &impl Debug) -> String {
    format!("{choice:?}").to_lowercase()
}

/// A text as YAML, also within brackets: in quotes where a sign in it, or its looks, might mean something else.
fn scalar(text: &str) -> String {
    let is_usual = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-' | '.' | '/');
    let is_plain = text.starts_with(char::is_alphanumeric) && !text.ends_with(' ') && text.chars().all(is_usual);
    if is_plain && is_text(text) {
        return text.to_owned();
    }
    if !text.contains(char::is_control) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let escaped = |c: char| match c {
        '"' | '\\' => format!("\\{c}"),
        '\n' => "\\n".to_owned(),
        c if c.is_control() => format!("\\x{:02x}", u32::from(c)),
        c => c.to_string(),
    };
    format!("\"{}\"", text.chars().map(escaped).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Kinds, Ordered};

    fn kind(text: &str) -> Kind {
        let schemas: Ordered<Schema> = serde_yaml::from_str(text).expect("kinds");
        let (kinds, faults) = Kinds::new(&schemas);
        assert!(faults.is_empty());
        kinds.list.into_iter().next().expect("a kind")
    }

    /// Everything that a kind can say.
    const WHOLE: &str = r"week:
  extends: weekly
  match: {path: ['_posts/*-week*.md', notes.md], front-matter: {categories: a, draft: 'false'}}
  since: 2022-10-03
  front-matter:
    title: {required: true, pattern: '\d+주차 회고$'}
    kind of: {one-of: ['it''s', '1', b], type: text}
    date: {type: date}
  other-keys: forbid
  title-heading: same
  date-range: {format: '%y.%m.%d - %y.%m.%d', starts-on: monday, file-date: end}
  sections:
    level: 3
    others: forbid
    placeholder: '- 작성 예정'
    list:
      - learned
      - {name: feeling, also: [feelings, '#1'], pattern: '^느낀', required: false, repeat: true}
      - {name: links, also: link}
      - {name: todo, sections: {others: forbid, list: ['1', {name: 다음 주, sections: {level: 6, list: [월]}}]}}
  series: {number: '(\d+)주차'}
";

    #[test]
    fn what_is_shown_says_the_same() {
        for text in [WHOLE, "empty: {}\n", "bare: {match: {}, sections: {list: []}, front-matter: {a: {}}}\n"] {
            let shown = kind(text).shown();
            let indented: String = shown.lines().map(|line| format!("  {line}\n")).collect();
            let again = kind(&if shown.is_empty() { "a: {}\n".to_owned() } else { format!("a:\n{indented}") });
            assert_eq!(again.shown(), shown);
            let schema = |kind: &Kind| format!("{:?}", Schema { extends: None, ..kind.schema.clone() });
            assert_eq!(schema(&again), schema(&kind(text)), "{shown}");
        }
    }

    #[test]
    fn scalars_stay_texts() {
        for (text, shown) in [
            ("not boostcamp", "not boostcamp"),
            ("느낀 점", "느낀 점"),
            ("yes", "'yes'"),
            ("12", "'12'"),
            ("2022-10-03", "'2022-10-03'"),
            ("a: b", "'a: b'"),
            ("*", "'*'"),
            ("it's", "'it''s'"),
            ("a\nb", "\"a\\nb\""),
            ("\u{1b}\"\\", "\"\\x1b\\\"\\\\\""),
            ("", "''"),
            ("- a", "'- a'"),
        ] {
            assert_eq!(scalar(text), shown);
            assert_eq!(serde_yaml::from_str::<Vec<String>>(&format!("[{shown}]")).expect(text), [text]);
        }
    }
}
