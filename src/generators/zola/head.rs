//! What Zola (0.22) refuses in the front matter of a page, which stops the build: `components/content/src/front_matter/
//! page.rs`, `components/utils/src/de.rs`, and `Site::add_page` for taxonomies.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::generators::dates::{DateFault, HeadFault};
use crate::post::Post;
use crate::syntax::front_matter::{Data, Entry, Format, Node, Style, Value};
use crate::text::{beginning, first_line, listed, opening};

/// What a key takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Switch,
    Number,
    Texts,
    Table,
}

/// `PageFrontMatter`
const KEYS: &[(&str, Kind)] = &[
    ("title", Kind::Text),
    ("description", Kind::Text),
    ("slug", Kind::Text),
    ("path", Kind::Text),
    ("template", Kind::Text),
    ("draft", Kind::Switch),
    ("render", Kind::Switch),
    ("in_search_index", Kind::Switch),
    ("weight", Kind::Number),
    ("authors", Kind::Texts),
    ("aliases", Kind::Texts),
    ("taxonomies", Kind::Table),
    ("extra", Kind::Table),
];

impl Kind {
    fn says(self) -> (&'static str, &'static str) {
        match self {
            Kind::Text => ("a text", "put it in quotes"),
            Kind::Switch => ("`true` or `false`", "write `true` or `false` without quotes"),
            Kind::Number => ("a whole number", "write a number without quotes"),
            Kind::Texts => ("a list of texts", "write a list, each of its texts in quotes"),
            Kind::Table => ("a table of keys", "write keys below it"),
        }
    }

    fn takes(self, node: &Node) -> bool {
        let is_text = |node: &Node| {
            // Text to YAML 1.2 is what Psych takes for a date or a `yes`.
            let is_yaml_word = || match node.value() {
                Some(Value::Bool(_)) => {
                    !matches!(node.text(), Some("true" | "false" | "True" | "False" | "TRUE" | "FALSE"))
                }
                Some(Value::Integer(_) | Value::Float(_) | Value::Null) | None => false,
                Some(_) => true,
            };
            node.text().is_some() && (node.style != Style::Bare && is_yaml_word())
        };
        match (self, &node.data) {
            (_, Data::Alias(_) | Data::Unread) => true,
            (Kind::Text, _) => is_text(node) || node.style == Style::Plain && node.is_null(),
            (Kind::Switch, Data::Scalar(_)) => matches!(node.value(), Some(Value::Bool(_))),
            (Kind::Number, Data::Scalar(_)) => {
                matches!(node.value(), Some(Value::Integer(0..))) || node.style == Style::Plain && node.is_null()
            }
            (Kind::Texts, Data::List(items)) => items.iter().all(is_text),
            (Kind::Table, Data::Map(_)) => true,
            _ => false,
        }
    }
}

/// Types, empty addresses and taxonomies; those of the config are these.
pub(super) fn faults(post: &Post, taxonomies: Option<&[String]>) -> Vec<HeadFault> {
    let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
    let entry = |key: &str| front.get(key);
    let mut faults = Vec::new();
    for &(key, kind) in KEYS {
        let Some(entry) = entry(key) else { continue };
        let (takes, help) = kind.says();
        if !kind.takes(&entry.value) {
            let message = format!("`{key}` takes {takes}, so Zola stops the build here");
            faults.push(fault(post, entry, message, help.to_owned()));
        } else if matches!(key, "slug" | "path") && entry.value.text() == Some("") {
            let message = format!("`{key}` is empty, so Zola stops the build here");
            faults.push(fault(post, entry, message, "write an address, or take the line out".to_owned()));
        }
    }
    for entry in entry("taxonomies").map_or(&[][..], |entry| entry.value.entries()) {
        let name = &entry.key;
        if let Some(known) = taxonomies.filter(|known| !known.contains(name)) {
            let help = match known.is_empty() {
                true => format!("declare it in the config: `taxonomies = [{{name = \"{name}\"}}]`"),
                false => format!("declare it in the config, which has {}", listed(known)),
            };
            let message = format!("no taxonomy `{name}` is declared, so Zola stops the build here");
            faults.push(fault(post, entry, message, help));
        } else if !Kind::Texts.takes(&entry.value) {
            let message = format!("`{name}` takes a list of texts, so Zola stops the build here");
            faults.push(fault(post, entry, message, format!("write a list: `{name} = [\"...\"]`")));
        } else if let Some(empty) =
            entry.value.items().iter().find(|item| item.text().is_some_and(|text| text.trim().is_empty()))
        {
            let message = format!("a name in `{name}` is empty, so Zola stops the build here");
            faults.push(HeadFault { span: empty.span, message, help: "take it out".to_owned() });
        }
    }
    faults
}

fn fault(post: &Post, entry: &Entry, message: String, help: String) -> HeadFault {
    let span = first_line(post.text, entry.value.span);
    let is_shown = !span.is_empty() && entry.value.style != Style::Block;
    HeadFault { span: if is_shown { span } else { entry.key_span }, message, help }
}

/// A name of a file with a language that the config does not have.
pub(super) fn language(post: &Post, language: &str) -> HeadFault {
    let message =
        format!("`{language}` in the name of this file is no language of the config, so Zola stops the build");
    HeadFault { span: opening(post.text), message, help: "name it in `[languages]`, or take the period out".to_owned() }
}

/// Fences that Zola does not take for such (`front_matter/split.rs`, `TOML_RE` and `YAML_RE`).
pub(super) fn fences(post: &Post) -> Option<HeadFault> {
    let front = post.front_matter()?;
    let first = first_line(post.text, front.span);
    let (span, is_fence, help) = match front.format {
        Format::Toml | Format::Yaml if first.len() > 3 => (first, "this line", "let it end behind the three signs"),
        Format::Yaml if post.text[front.closing] == *"..." => (front.closing, "`...`", "write `---` there"),
        Format::Json => (first, "JSON", "write it as TOML between `+++` lines, or as YAML between `---` lines"),
        _ => return None,
    };
    let message = match front.format {
        Format::Json => "Zola reads no JSON here, so it stops the build".to_owned(),
        _ => format!("{is_fence} is no fence for Zola, so it stops the build"),
    };
    Some(HeadFault { span, message, help: help.to_owned() })
}

/// What `date` and `updated` say that is no date to Zola.
pub(super) fn date_faults(post: &Post) -> Vec<DateFault> {
    let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
    let entries = ["date", "updated"].into_iter().filter_map(|key| front.get(key));
    let fault = |entry: &Entry| {
        let span = first_line(post.text, entry.value.span);
        let span = if span.is_empty() { entry.key_span } else { span };
        let shown = beginning(post.text[span].trim(), SHOWN);
        let message = format!("`{shown}` is no date that Zola can read, so it stops the build here");
        let help = Some("write the day as in `2022-10-09`, with a time as in `2022-10-09T21:00:00+09:00`");
        DateFault { span, message, is_empty: false, help }
    };
    entries.filter(|entry| !is_date(entry)).map(fault).collect()
}

/// So much of a value is shown, in characters.
const SHOWN: usize = 40;

/// `parse_yaml_datetime` and the dates of TOML, of which the seconds may be left out (TOML 1.1).
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})";
    let clock = r"(?:[Tt]|[ \t]+)([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{0,9})?)?";
    let zone = r"[ \t]*(?:[Zz]|[-+][0-9]{1,2}(?::[0-9]{2})?)?";
    Regex::new(&format!("^\"?{day}(?:{clock}{zone})?\"?$")).expect("a pattern")
});

fn is_date(entry: &Entry) -> bool {
    let value = &entry.value;
    let Some(text) = value.text() else { return matches!(value.data, Data::Alias(_) | Data::Unread) };
    if value.style == Style::Bare {
        // What is a date to TOML is one to Zola; a time alone is none, but that is only asked of `date`.
        let is_clock = text.find(':').is_some_and(|colon| colon <= 2);
        let is_day = matches!(value.value(), Some(Value::Date(_) | Value::Time { .. }));
        return is_day || is_clock && entry.key != "date" || DATE.is_match(text);
    }
    let Some(parts) = DATE.captures(text) else { return false };
    let number = |at: usize| parts.get(at).map_or(Some(0), |part| part.as_str().parse::<i16>().ok());
    let [Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)] = [1, 2, 3, 4, 5, 6].map(number)
    else {
        return false;
    };
    let date = Date::new(year, i8::try_from(month).unwrap_or(0), i8::try_from(day).unwrap_or(0));
    date.is_ok() && hour < 24 && minute < 60 && second <= 60
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    fn said(head: &str) -> Vec<String> {
        let post = Post::parse("content/a.md", head, &Engines::default());
        let known = ["tags".to_owned()];
        let types = faults(&post, Some(&known)).into_iter().map(|fault| fault.message);
        types.chain(date_faults(&post).into_iter().map(|fault| fault.message)).collect()
    }

    /// Asked of Zola 0.22.1.
    #[test]
    fn what_stops_the_build() {
        for (line, stops) in [
            ("date = 2022-10-09", false),
            ("date = 2022-10-09T10:00:00", false),
            ("date = 2022-10-09 10:00:00", false),
            ("date = 2022-10-09T10:00:00Z", false),
            ("date = 2022-10-09T10:00:00+09:00", false),
            ("date = \"2022-10-09\"", false),
            ("date = \"2022-10-9\"", false),
            ("date = \"Oct 9, 2022\"", true),
            ("date = \"2022-10-09 10:00\"", false),
            ("date = \"2022-10-09T10:00:00Z\"", false),
            ("date = \"\"", true),
            ("date = 2022", true),
            ("date = \"2022/10/09\"", true),
            ("date = \"2022-02-30\"", true),
            ("date = 10:00:00", true),
            ("date = true", true),
            ("updated = 10:00:00", false),
            ("updated = \"2022/10/09\"", true),
            ("title = 1", true),
            ("titel = \"x\"", false),
            ("tags = [\"a\"]", false),
            ("[taxonomies]\ntags = \"a\"", true),
            ("[taxonomies]\ntags = [1]", true),
            ("[taxonomies]\ntags = [\"\"]", true),
            ("[taxonomies]\ntags = [\"a\"]", false),
            ("[taxonomies]\nseries = [\"a\"]", true),
            ("draft = \"true\"", true),
            ("draft = 1", true),
            ("weight = \"1\"", true),
            ("weight = 1.5", true),
            ("weight = 1", false),
            ("slug = 1", true),
            ("slug = \"\"", true),
            ("aliases = \"x\"", true),
            ("template = 1", true),
            ("in_search_index = \"no\"", true),
            ("extra = 1", true),
            ("[extra]\nx = 1", false),
            ("authors = \"a\"", true),
            ("authors = [\"a\"]", false),
            ("render = \"no\"", true),
            ("description = 1", true),
            ("toc = true", false),
            ("path = \"\"", true),
        ] {
            let said = said(&format!("+++\n{line}\n+++\nx\n"));
            assert_eq!(!said.is_empty(), stops, "{line}: {said:?}");
        }
        for (line, stops) in [
            ("date: 2022-10-09", false),
            ("date: 2022-10-9", false),
            ("date: 2022-10-09 10:00:00", false),
            ("date: 2022-10-09T10:00:00+09:00", false),
            ("date: '2022-10-09'", false),
            ("date: Oct 9, 2022", true),
            ("date: 2022/10/09", true),
            ("date: 2022-02-30", true),
            ("title: a", false),
            ("draft: true", false),
        ] {
            let said = said(&format!("---\n{line}\n---\nx\n"));
            assert_eq!(!said.is_empty(), stops, "{line}: {said:?}");
        }
    }
}
