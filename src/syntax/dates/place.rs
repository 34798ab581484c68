//! Where in its line a range stands, and whether anything sticks to it: what tells dates from version numbers.

use super::scan::{Scan, is_letter};
use crate::text::Span;

/// Where in its line a range stands; the surer the place, the barer the dates may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Nothing but markup around it.
    Alone,
    /// Behind a label that announces dates: `기간: …`, `Week 3 (…)`.
    Labelled,
    /// First on the line, with other text behind.
    Leading,
    /// In brackets in other text.
    Bracketed,
    /// In running text.
    InText,
}

const OPENING: [char; 7] = ['(', '（', '[', '【', '「', '［', '〔'];

/// Signs of formulas, code and tables: beside them numbers are no dates.
const NOT_IN_A_HEADER: &str = "$=+\\|^{}%&@";

/// Words that announce dates, in lower case; one in Latin letters counts at the start of a word.
const LABELS: [&str; 40] = [
    "week", "wk", "kw", "kalenderwoche", "woche", "semaine", "semana", "sprint", "date", "dates", "period", "duration",
    "when", "zeitraum", "datum", "période", "periode", "fecha", "fechas", "du", "주차", "주간", "기간", "일정", "날짜",
    "일시", "일자", "期间", "期間", "日期", "日時", "日程", "时间", "時間", "周报", "週報", "周记", "今週", "本周",
    "이번 주",
];

/// Finds the place of a span of a line; `after` is where the text behind the range begins.
pub(super) fn place(line: &str, span: &Span, after: usize) -> Place {
    let (before, after) = (&line[..span.start], &line[after..]);
    let lead = before.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`'));
    let bracketed = lead.ends_with(OPENING);
    let leading = is_bare(without_marker(before));
    if leading && is_bare(after) {
        Place::Alone
    } else if (bracketed || lead.ends_with([':', '：'])) && announces(lead) || (is_bare(after) && ends_as_label(lead))
    {
        Place::Labelled
    } else if leading {
        Place::Leading
    } else if bracketed {
        Place::Bracketed
    } else {
        Place::InText
    }
}

/// The text without the number of an ordered list item.
fn without_marker(text: &str) -> &str {
    let mut scan = Scan::new(text, 0);
    scan.spaces();
    let is_item = scan.number(4).is_some() && scan.eat_any(&[". ", ") "]).is_some();
    if is_item { scan.rest() } else { text }
}

/// True if there are only markup, brackets, HTML tags and punctuation.
fn is_bare(text: &str) -> bool {
    let mut in_tag = false;
    text.chars().all(|c| {
        in_tag = c == '<' || (in_tag && c != '>');
        in_tag || !(c.is_alphanumeric() || NOT_IN_A_HEADER.contains(c))
    })
}

/// The characters that a label and its heading may have; behind a longer text the range belongs to a sentence.
const LABEL: usize = 40;

/// True if a label stands anywhere in a short text.
fn announces(text: &str) -> bool {
    if text.chars().count() > LABEL {
        return false;
    }
    let lower = text.to_lowercase();
    let labelled = |label: &str| lower.match_indices(label).any(|(at, _)| starts_word(&lower, at));
    LABELS.iter().any(|label| labelled(label)) || numbered_week(&lower)
}

/// True if the label stands last, perhaps with its number: `Week 4 - `, `3주차 `.
fn ends_as_label(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_ascii_digit() || " \t:：,-–—|".contains(c)).to_lowercase();
    let labelled = |label: &str| end.strip_suffix(label).is_some_and(|rest| starts_word(&end, rest.len()));
    LABELS.iter().any(|label| labelled(label)) || (numbered_week(&end) && end.ends_with(['주', '周', '週']))
}

fn starts_word(text: &str, at: usize) -> bool {
    let is_word = text[at..].starts_with(is_letter);
    !is_word || !text[..at].ends_with(is_letter)
}

/// `3주`, `第40周`, `第一周`, `둘째 주`: a week by its number.
fn numbered_week(text: &str) -> bool {
    let counts = |c: char| c.is_ascii_digit() || "一二三四五六七八九十째".contains(c);
    text.match_indices(['주', '周', '週']).any(|(at, _)| text[..at].trim_end().ends_with(counts))
}

/// True if a place in the line is part of an address: of a URL, or of a link's destination.
pub(super) fn in_address(line: &str, at: usize) -> bool {
    let word = line[..at].rsplit(char::is_whitespace).next().unwrap_or("");
    match (word.rfind("]("), word.find("://")) {
        (Some(link), _) => word[link + 1..].matches('(').count() > word[link..].matches(')').count(),
        (None, Some(url)) => word[url..].is_ascii(),
        (None, None) => false,
    }
}

/// True if nothing before the date sticks to it, as in `v22.10.03`, `-10.3`, `1,234/5`.
pub(super) fn free_before(scan: Scan) -> bool {
    let mut before = scan.text[..scan.at].chars().rev();
    let Some(last) = before.next() else { return true };
    let second = before.next();
    match last {
        ':' | ',' => !second.is_some_and(|c| c.is_ascii_digit()),
        '_' => !second.is_some_and(char::is_alphanumeric),
        '.' | '-' | '/' | '~' | '#' | '<' => false,
        c => !(c.is_ascii_digit() || is_letter(c) || NOT_IN_A_HEADER.contains(c)),
    }
}

/// True if nothing behind the date sticks to it, as in `2022-10-09-1`, `10.9%`, `10/9/a.png`, `21:00`.
pub(super) fn free_after(scan: Scan) -> bool {
    let mut after = scan.rest().chars();
    let Some(first) = after.next() else { return true };
    let second = after.next();
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit() || is_letter(c));
    match first {
        '.' | ':' | ',' | '_' | '-' | '~' => !joins(second),
        '/' | '°' | '×' => false,
        '\\' | '|' => true,
        c => !(joins(Some(c)) || NOT_IN_A_HEADER.contains(c)),
    }
}

/// True if a date whose last parts are elided is over here: a number in running text would go on.
pub(super) fn ends_clearly(scan: Scan) -> bool {
    let mut ahead = scan;
    let wide = ahead.eat_while(char::is_whitespace).chars().count() > 1;
    wide || ahead.peek().is_none_or(|c| !(c.is_alphanumeric() || NOT_IN_A_HEADER.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_of(line: &str) -> Place {
        let start = line.find("10/3").expect("the test lines hold the range 10/3 ~ 10/9");
        let end = start + "10/3 ~ 10/9".len();
        place(line, &Span::new(start, end), end)
    }

    #[test]
    fn places() {
        for (line, expected) in [
            ("10/3 ~ 10/9", Place::Alone),
            ("  - **10/3 ~ 10/9** 🙂", Place::Alone),
            ("<p class='a'>10/3 ~ 10/9</p>", Place::Alone),
            ("2. 10/3 ~ 10/9", Place::Alone),
            ("### 2주차 (10/3 ~ 10/9) 정리", Place::Labelled),
            ("**기간** : 10/3 ~ 10/9", Place::Labelled),
            ("Week 4 - 10/3 ~ 10/9", Place::Labelled),
            ("第2周 10/3 ~ 10/9", Place::Labelled),
            ("10/3 ~ 10/9 3주차", Place::Leading),
            ("update (10/3 ~ 10/9)", Place::Bracketed),
            ("this week from 10/3 ~ 10/9", Place::InText),
            ("$10/3 ~ 10/9$", Place::InText),
        ] {
            assert_eq!(place_of(line), expected, "{line}");
        }
    }
}
