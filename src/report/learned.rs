//! What was learned of a blog, as a table for people.

use std::fmt::Write as _;

use super::columns::{SCREEN, shown, width};
use super::text::count;
use crate::kinds::learned::draft::{Draft, DraftRange, DraftSection, DraftSections, Share};
use crate::kinds::schema::{FileDatePlace, TitleHeading};

/// What `init` learned.
pub(crate) struct Learned<'a> {
    /// The kinds, each with what its posts lack: path and what is wrong.
    pub kinds: &'a [(Draft, Vec<(String, String)>)],
    /// How many posts the blog has.
    pub posts: usize,
    /// The config as it is shown.
    pub config: &'a str,
}

/// What a line is about, and how many posts agree.
const SUBJECT: usize = 14;
const COUNT: usize = 16;

/// So many posts that differ are named.
const MOST_NAMED: usize = 5;

/// The table, with the name of the config on its first line.
pub(crate) fn text(learned: &Learned) -> String {
    let posts = count(learned.posts, "post");
    let mut text = String::new();
    if learned.kinds.is_empty() {
        let _ = writeln!(
            text,
            "wrote {}: {posts}, and no series among them\n\nNo posts are alike enough to be held to a form. That is fine: `postlint check`\n\
             needs none. `postlint explain weekly` shows one, should you want it.",
            shown(learned.config)
        );
        return text;
    }
    let of_kinds: usize = learned.kinds.iter().map(|(kind, _)| kind.posts.len()).sum();
    let kinds = count(learned.kinds.len(), "kind");
    let _ = writeln!(text, "wrote {}: {kinds}, {of_kinds} of {posts}", shown(learned.config));
    for (kind, differ) in learned.kinds {
        text.push('\n');
        of_kind(&mut text, kind, differ);
    }
    text.push_str("\nNext: `postlint check`. The config is yours to change.\n");
    text
}

fn of_kind(text: &mut String, kind: &Draft, differ: &[(String, String)]) {
    row(text, &kind.name, &place(kind), &count(kind.posts.len(), "post"));
    if let Some((day, held)) = kind.since {
        line(text, "since", &format!("{day}, when the form changed"), Some(Share { of: held, all: kind.posts.len() }));
    }
    let names: Vec<&str> = kind.keys.iter().map(|key| key.name.as_str()).collect();
    if !names.is_empty() {
        line(text, "front matter", &names.join(", "), None);
    }
    for key in &kind.keys {
        let values = (!key.one_of.is_empty()).then(|| key.one_of.join(" or "));
        if key.pattern.is_some() || values.is_some() {
            line(text, &key.name, key.pattern.as_ref().or(values.as_ref()).map_or("", String::as_str), Some(key.seen));
        }
    }
    match kind.title_heading {
        Some(TitleHeading::Same) => line(text, "H1", "the same as the title", None),
        Some(TitleHeading::Absent) => line(text, "H1", "none", None),
        _ => {}
    }
    if let Some(range) = &kind.range {
        line(text, "days", &days(range), Some(range.seen));
    }
    if let Some(sections) = &kind.sections {
        of_sections(text, sections, 0);
    }
    if let Some(series) = &kind.series {
        let number = series.number.as_ref().map(|number| format!("numbered `{number}`"));
        let follows = series.contiguous.then(|| "one after the other".to_owned());
        line(text, "series", &number.into_iter().chain(follows).collect::<Vec<_>>().join(", "), None);
    }
    for (path, what) in differ.iter().take(MOST_NAMED) {
        line(text, "but", &format!("{path}: {what}"), None);
    }
    if differ.len() > MOST_NAMED {
        line(text, "", &format!("and {} more", differ.len() - MOST_NAMED), None);
    }
}

fn place(kind: &Draft) -> String {
    let front = kind.front.as_ref().map(|(key, value)| format!("{key}: {value}"));
    kind.paths.iter().cloned().chain(front).collect::<Vec<_>>().join(", ")
}

fn days(range: &DraftRange) -> String {
    let mut said: Vec<String> = range.format.iter().cloned().collect();
    let lengths: Vec<String> = range.days.iter().map(u16::to_string).collect();
    let from = range.starts_on.map(|weekday| format!(" from {weekday:?}")).unwrap_or_default();
    if !lengths.is_empty() || !from.is_empty() {
        let lengths = if lengths.is_empty() { String::new() } else { format!("{} days", lengths.join(" or ")) };
        said.push(format!("{lengths}{from}").trim().to_owned());
    }
    said.extend(range.file_date.and_then(|place| match place {
        FileDatePlace::Start => Some("the post on the first".to_owned()),
        FileDatePlace::End => Some("the post on the last".to_owned()),
        FileDatePlace::Inside => Some("the post on one of them".to_owned()),
        FileDatePlace::Any => None,
    }));
    said.join(", ")
}

fn of_sections(text: &mut String, sections: &DraftSections, depth: usize) {
    for section in &sections.list {
        let marker = "#".repeat(sections.level.into());
        let heading = format!("{}{marker} {}{}", "  ".repeat(depth), section.name, variants(section));
        let subject = if depth == 0 && std::ptr::eq(section, &sections.list[0]) { "sections" } else { "" };
        line(text, subject, &heading, Some(section.seen));
        if let Some(inner) = &section.sections {
            of_sections(text, inner, depth + 1);
        }
    }
}

fn variants(section: &DraftSection) -> String {
    let also = section.also.iter().map(|also| format!(", {also}")).collect::<String>();
    if section.pattern.is_some() { format!("{also}, another number") } else { also }
}

fn line(text: &mut String, subject: &str, said: &str, share: Option<Share>) {
    let share = share.map_or(String::new(), |share| format!("{} of {}", share.of, share.all));
    row(text, &format!("  {subject}"), said, &share);
}

/// A row: what it is about, what was seen, how often.
fn row(text: &mut String, subject: &str, said: &str, count: &str) {
    let subject = padded(&cut(&shown(subject), SUBJECT), SUBJECT + 1);
    let line = if count.is_empty() {
        format!("{subject}{}", wrapped(&shown(said), SCREEN - SUBJECT - 1, SUBJECT + 1))
    } else {
        let room = SCREEN - SUBJECT - 1 - COUNT;
        format!(
            "{subject}{}{}{count}",
            padded(&cut(&shown(said), room - 1), room),
            " ".repeat(COUNT.saturating_sub(count.len()))
        )
    };
    let _ = writeln!(text, "{}", line.trim_end());
}

fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(width(text))))
}

/// The text in lines of so many columns, all but the first indented; a word that is longer is cut.
fn wrapped(text: &str, columns: usize, indent: usize) -> String {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_inclusive(' ') {
        if !line.is_empty() && width(&line) + width(word.trim_end()) > columns {
            lines.push(cut(line.trim_end(), columns));
            line = String::new();
        }
        line += word;
    }
    lines.push(cut(line.trim_end(), columns));
    lines.join(&format!("\n{}", " ".repeat(indent)))
}

/// The text, or so much of it as the columns hold.
fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let (mut cut, mut used) = (String::new(), 1);
    for sign in text.chars() {
        used += width(sign.encode_utf8(&mut [0; 4]));
        if used > columns {
            break;
        }
        cut.push(sign);
    }
    cut + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_as_wide_as_they_look() {
        let mut text = String::new();
        row(&mut text, "  sections", "## 이번 주에 배운 것", "12 of 14");
        row(&mut text, "  sections", &"가나다라마바사".repeat(9), "12 of 14");
        row(&mut text, "  but", &"a long story ".repeat(9), "");
        row(&mut text, "  but", &"가".repeat(90), "");
        let widths: Vec<usize> = text.lines().map(width).collect();
        assert_eq!(widths, [SCREEN, SCREEN, 79, 66, SCREEN], "{text}");
    }
}
