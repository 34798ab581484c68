//! Learned kinds as the text of a `postlint.yaml`.

use std::fmt::Write as _;

use crate::kinds::learned::draft::{Draft, DraftRange, DraftSection, DraftSections, DraftSeries, Share};
use crate::kinds::schema::{FileDatePlace, TitleHeading, Weekday};
use crate::syntax::front_matter::{self, double_quoted, is_printable, is_text};
use crate::text::Span;

/// What stands in a config before its kinds.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// Comments to begin with.
    pub comments: Vec<String>,
    /// What an old config says beside its kinds, as it is written there.
    pub kept: Vec<String>,
}

impl Frame {
    /// All of a config but its kinds.
    pub(crate) fn of(old: &str) -> Frame {
        let tree = front_matter::yaml(old, Span::new(0, old.len()));
        let others = tree.entries.iter().filter(|entry| entry.key != "kinds");
        let written = |entry: &front_matter::Entry| {
            let span = Span::new(entry.key_span.start, entry.value.span.end.max(entry.key_span.end + 1));
            old[span].trim_end().to_owned()
        };
        Frame { comments: Vec::new(), kept: others.map(written).collect() }
    }
}

/// The text of a config with some kinds.
pub(crate) fn text(frame: &Frame, drafts: &[Draft]) -> String {
    let mut text = String::new();
    frame.comments.iter().for_each(|line| comment(&mut text, 0, line));
    if !frame.kept.is_empty() {
        let _ = write!(text, "\n{}\n", frame.kept.join("\n"));
    }
    if drafts.is_empty() {
        text.push_str("\nkinds: {}\n");
        return text;
    }
    text.push_str("\nkinds:\n");
    for (place, draft) in drafts.iter().enumerate() {
        if place > 0 {
            text.push('\n');
        }
        kind(&mut text, draft);
    }
    text
}

fn kind(text: &mut String, draft: &Draft) {
    line(text, 1, &format!("{}:", quoted(&draft.name)), Some(&format!("{} posts", draft.posts.len())));
    line(text, 2, &matches(draft), None);
    if let Some((day, posts)) = draft.since {
        let seen =
            format!("{posts} posts have the form below; the {} before it another one", draft.posts.len() - posts);
        comment(text, 2, &seen);
        line(text, 2, &format!("since: {day}"), None);
    }
    if !draft.keys.is_empty() {
        line(text, 2, "front-matter:", None);
    }
    for key in &draft.keys {
        let mut parts = Vec::new();
        if key.required {
            parts.push("required: true".to_owned());
        }
        if !key.one_of.is_empty() {
            parts.push(format!("one-of: [{}]", list(&key.one_of)));
        }
        parts.extend(key.pattern.as_ref().map(|pattern| format!("pattern: {}", single_quoted(pattern))));
        line(text, 3, &format!("{}: {{{}}}", quoted(&key.name), parts.join(", ")), seen(key.seen).as_deref());
    }
    if let Some(heading) = draft.title_heading {
        let word = match heading {
            TitleHeading::Same => "same",
            TitleHeading::Absent => "absent",
            TitleHeading::Any => "any",
        };
        line(text, 2, &format!("title-heading: {word}"), None);
    }
    if let Some(range) = &draft.range {
        date_range(text, range);
    }
    if let Some(inner) = &draft.sections {
        line(text, 2, "sections:", None);
        sections(text, 3, inner);
    }
    if let Some(series) = &draft.series {
        if !series.open.is_empty() {
            let on_purpose =
                format!("no post covers these days; on purpose? then add `skips: [{}]`", series.open.join(", "));
            comment(text, 2, &on_purpose);
        }
        line(text, 2, &self::series(series), None);
    }
}

fn matches(draft: &Draft) -> String {
    let paths = draft.paths.iter().map(|path| double_quoted(path)).collect::<Vec<_>>();
    let mut parts = match &paths[..] {
        [] => Vec::new(),
        [path] => vec![format!("path: {path}")],
        several => vec![format!("path: [{}]", several.join(", "))],
    };
    let front =
        draft.front.as_ref().map(|(key, value)| format!("front-matter: {{{}: {}}}", quoted(key), quoted(value)));
    parts.extend(front);
    format!("match: {{{}}}", parts.join(", "))
}

fn date_range(text: &mut String, range: &DraftRange) {
    line(text, 2, "date-range:", seen(range.seen).as_deref());
    if let Some(format) = &range.format {
        line(text, 3, &format!("format: {}", double_quoted(format)), None);
    }
    if let Some(weekday) = range.starts_on {
        line(text, 3, &format!("starts-on: {}", weekday_name(weekday)), None);
    }
    match &range.days[..] {
        [] => {}
        [days] => line(text, 3, &format!("days: {days}"), None),
        several => {
            let days: Vec<String> = several.iter().map(u16::to_string).collect();
            line(text, 3, &format!("days: [{}]", days.join(", ")), None);
        }
    }
    let place = range.file_date.and_then(|place| match place {
        FileDatePlace::Start => Some("start"),
        FileDatePlace::End => Some("end"),
        FileDatePlace::Inside => Some("inside"),
        FileDatePlace::Any => None,
    });
    if let Some(place) = place {
        line(text, 3, &format!("file-date: {place}"), None);
    }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"][weekday as usize]
}

fn sections(text: &mut String, depth: usize, inner: &DraftSections) {
    line(text, depth, &format!("level: {}", inner.level), None);
    line(text, depth, &format!("others: {}", if inner.forbids_others { "forbid" } else { "allow" }), None);
    line(text, depth, "list:", None);
    for entry in &inner.list {
        section(text, depth + 1, entry);
    }
}

fn section(text: &mut String, depth: usize, section: &DraftSection) {
    let name = quoted(&section.name);
    let mut parts = vec![format!("name: {name}")];
    if !section.also.is_empty() {
        parts.push(format!("also: [{}]", list(&section.also)));
    }
    parts.extend(section.pattern.as_ref().map(|pattern| format!("pattern: {}", single_quoted(pattern))));
    if !section.required {
        parts.push("required: false".to_owned());
    }
    if section.repeat {
        parts.push("repeat: true".to_owned());
    }
    let seen = seen(section.seen);
    match &section.sections {
        None if parts.len() == 1 => line(text, depth, &format!("- {name}"), seen.as_deref()),
        None => line(text, depth, &format!("- {{{}}}", parts.join(", ")), seen.as_deref()),
        Some(inner) => {
            for (place, part) in parts.iter().enumerate() {
                let mark = if place == 0 { "- " } else { "  " };
                line(text, depth, &format!("{mark}{part}"), seen.as_deref().filter(|_| place == 0));
            }
            line(text, depth + 1, "sections:", None);
            sections(text, depth + 2, inner);
        }
    }
}

fn series(series: &DraftSeries) -> String {
    let number = series.number.as_ref().map(|number| format!("number: {}", single_quoted(number)));
    let contiguous = series.contiguous.then(|| "contiguous: true".to_owned());
    let parts: Vec<String> = number.into_iter().chain(contiguous).collect();
    format!("series: {{{}}}", parts.join(", "))
}

/// How many posts agree, where some do not.
fn seen(share: Share) -> Option<String> {
    (share.of < share.all).then(|| format!("{} of {} posts", share.of, share.all))
}

fn line(text: &mut String, depth: usize, said: &str, note: Option<&str>) {
    let note = note.map_or(String::new(), |note| format!("  # {note}"));
    // A string takes whatever is written to it.
    let _ = writeln!(text, "{}{said}{note}", "  ".repeat(depth));
}

fn comment(text: &mut String, depth: usize, said: &str) {
    let said: String = said.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    let _ = writeln!(text, "{}# {said}", "  ".repeat(depth));
}

fn list(values: &[String]) -> String {
    values.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(", ")
}

/// A text as YAML has it, in quotes where it needs some.
fn quoted(text: &str) -> String {
    let is_plain = |sign: char| sign.is_alphanumeric() || matches!(sign, ' ' | '_' | '-' | '.' | '/');
    let starts = text.starts_with(|sign: char| sign.is_alphabetic() || sign == '_');
    let fits = starts && text.chars().all(is_plain) && text.trim() == text && !text.contains("  ");
    if fits && is_text(text) { text.to_owned() } else { single_quoted(text) }
}

/// A text in single quotes, in which a backslash stands for itself.
fn single_quoted(text: &str) -> String {
    match text.chars().all(is_printable) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => double_quoted(text),
    }
}

/// The text of a config as values, keys in the same order.
pub(crate) fn tree(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Selection};

    #[test]
    fn what_else_a_config_says_is_kept() {
        let old = "# mine\ngenerator: jekyll # yes\nrules:\n  placeholder: warn\n  dead-link: off\nkinds:\n  a: {}\nposts: [\"_posts/*.md\"]\ntimezone:\n";
        let frame = Frame { comments: vec!["new".to_owned()], ..Frame::of(old) };
        let expected = "# new\n\ngenerator: jekyll\nrules:\n  placeholder: warn\n  dead-link: off\nposts: [\"_posts/*.md\"]\ntimezone:\n\nkinds: {}\n";
        assert_eq!(text(&frame, &[]), expected);
        assert_eq!(text(&Frame { comments: vec!["new".to_owned()], ..Frame::of(expected) }, &[]), expected);
    }

    #[test]
    fn any_name_is_written_so_that_it_is_read() {
        let odd = [
            "a: b", "- x", "it's", "\"q\"", "yes", "12", " edge ", "#1", "a\\b", "{x}", "null", "\u{85}", "👩‍👧", "a\tb",
            "*", "&a", "%d", "a #b", "2022-10-09", "?", "!x", "~", "\u{feff}x", "a\nb", "[x]", "`x`", "한글: 제목",
        ];
        for name in odd {
            let section =
                DraftSection { name: name.to_owned(), also: vec![format!("{name}{name}")], ..DraftSection::default() };
            let inner = DraftSections { level: 3, forbids_others: false, list: vec![section.clone()] };
            let list =
                vec![section, DraftSection { name: "b".to_owned(), sections: Some(inner), ..DraftSection::default() }];
            let draft = Draft {
                name: name.to_owned(),
                front: Some((name.to_owned(), name.to_owned())),
                sections: Some(DraftSections { level: 2, forbids_others: true, list }),
                ..Draft::default()
            };
            let frame = Frame { comments: vec![name.to_owned()], kept: Vec::new() };
            let text = text(&frame, &[draft]);
            let (_, _, faults) = Config::read(&text).engine(&Selection::default());
            assert!(faults.is_empty(), "{faults:?} in {text}");
            let tree: serde_yaml::Value = serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let kind = &tree["kinds"][name];
            assert_eq!(kind["match"]["front-matter"][name].as_str(), Some(name), "{text}");
            for list in [&kind["sections"]["list"], &kind["sections"]["list"][1]["sections"]["list"]] {
                assert_eq!(list[0]["name"].as_str(), Some(name), "{text}");
            }
        }
    }
}
