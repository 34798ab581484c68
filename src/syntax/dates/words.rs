//! The words of dates: months, weekdays and separators in the languages that headers are written in.

use std::sync::LazyLock;

use foldhash::HashMap;
use jiff::civil::Weekday;

use super::scan::Scan;
use crate::text::Span;

/// Months in English, French, Spanish, German, Italian, Portuguese and Russian, in full and as they are shortened.
const MONTHS: [&str; 12] = [
    "january jan janvier janv enero ene januar jänner gennaio janeiro января янв",
    "february feb février fevrier févr fév febrero februar febbraio fevereiro февраля фев",
    "march mar mars marzo märz maerz mär março марта мар",
    "april apr avril avr abril abr aprile апреля апр",
    "may mai mayo maggio maio мая",
    "june jun juin junio juni giugno junho июня",
    "july jul juillet juil julio juli luglio julho июля",
    "august aug août aout agosto ago августа авг",
    "september sept sep septembre septiembre setiembre settembre setembro сентября сен",
    "october oct octobre octubre oktober okt ottobre outubro октября окт",
    "november nov novembre noviembre novembro ноября ноя",
    "december dec décembre déc diciembre dic dezember dez dicembre dezembro декабря дек",
];

/// Weekdays from Monday on; `mar` is left out, it is March before it is mardi.
const WEEKDAYS: [&str; 7] = [
    "monday mon lundi lun lunes montag mo",
    "tuesday tues tue mardi martes dienstag di",
    "wednesday wed mercredi mer miércoles miercoles mié mittwoch mi",
    "thursday thurs thur thu jeudi jeu jueves jue donnerstag do",
    "friday fri vendredi ven viernes vie freitag fr",
    "saturday sat samedi sam sábado sabado sáb samstag sonnabend sa",
    "sunday sun dimanche dim domingo dom sonntag so",
];

/// From each word of a table to the index of its line; every word of a header is looked up here.
type Index = LazyLock<HashMap<&'static str, usize>>;

static MONTH_OF: Index = LazyLock::new(|| index(&MONTHS));
static WEEKDAY_OF: Index = LazyLock::new(|| index(&WEEKDAYS));

fn index(table: &'static [&'static str]) -> HashMap<&'static str, usize> {
    let words = |(index, names): (usize, &'static &str)| names.split(' ').map(move |name| (name, index));
    table.iter().enumerate().flat_map(words).collect()
}

/// The number of a month, 1 to 12, by its name in lower case.
pub(super) fn month(word: &str) -> Option<u16> {
    MONTH_OF.get(word).map(|&index| index as u16 + 1)
}

fn latin_weekday(word: &str) -> Option<Weekday> {
    Weekday::from_monday_zero_offset(*WEEKDAY_OF.get(word)? as i8).ok()
}

/// A weekday in front of its date: `Mon, Oct 3`, `lundi 3 mai`.
pub(super) fn weekday_before(scan: &mut Scan) -> Option<(Weekday, Span)> {
    let mut ahead = *scan;
    let word = ahead.word();
    let weekday = latin_weekday(&word)?;
    let span = Span::new(scan.at, ahead.at);
    let marked = ahead.eat_any(&[".,", ".", ","]).is_some();
    if ahead.spaces() == 0 || !(marked || word.len() > 2) {
        return None;
    }
    *scan = ahead;
    Some((weekday, span))
}

/// A weekday behind its date: `(월)`, `（周六）`, ` (Mon)`, `월요일`, `, Monday`.
pub(super) fn weekday_after(scan: &mut Scan) -> Option<(Weekday, Span)> {
    let mut ahead = *scan;
    ahead.eat(",");
    ahead.spaces();
    let bracketed = ahead.eat_any(&["(", "（", "["]).is_some();
    let start = ahead.at;
    let weekday = weekday_word(&mut ahead, bracketed)?;
    let span = Span::new(start, ahead.at);
    if bracketed {
        ahead.eat_any(&[".", "|"]);
        ahead.eat_any(&[")", "）", "]"])?;
    }
    *scan = ahead;
    Some((weekday, span))
}

/// One weekday; outside brackets only forms that cannot be a unit or a particle.
fn weekday_word(scan: &mut Scan, bracketed: bool) -> Option<Weekday> {
    let mut ahead = *scan;
    let word = ahead.word();
    if !word.is_empty() {
        *scan = ahead;
        return latin_weekday(&word).filter(|_| bracketed || word.chars().count() > 2);
    }
    let week = ahead.eat_any(&["周", "週", "星期", "礼拜", "禮拜"]).is_some();
    let letter = ahead.peek()?;
    ahead.eat_while(|c| c == letter);
    let sets: &[&str] = if week {
        &["一二三四五六日", "一二三四五六天"]
    } else {
        &["월화수목금토일", "月火水木金土日"]
    };
    let chinese: &[&str] = &["一二三四五六日"];
    let sets = if bracketed && !week { [sets, chinese].concat() } else { sets.to_vec() };
    let index = sets.iter().find_map(|set| set.chars().position(|c| c == letter))?;
    let full = ahead.eat_any(&["요일", "曜日", "曜"]).is_some();
    if !(bracketed || week || full) {
        return None;
    }
    *scan = ahead;
    Weekday::from_monday_zero_offset(index as i8).ok()
}

/// What stands between the two dates of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// An ASCII hyphen, which dates, versions and subtractions use as well.
    Hyphen,
    /// A dash, a tilde or an arrow.
    Sign,
    /// A word: `to`, `至`, `부터`.
    Word,
}

const SIGNS: [&str; 20] = [
    "\\~", "~", "〜", "～", "∼", "→", "⇒", "->", "---", "--", "–", "—", "―", "‐", "−", "‒", "&ndash;", "&mdash;", "⟶",
    "➔",
];
const CJK_WORDS: [&str; 5] = ["至", "到", "부터", "から", "에서"];
pub(super) const LATIN_WORDS: [&str; 9] = ["to", "through", "thru", "until", "till", "au", "al", "bis", "à"];

/// Reads a separator with the spaces and markup at both sides of it.
pub(super) fn separator(scan: &mut Scan) -> Option<(Separator, Sides)> {
    let mut ahead = *scan;
    let left = ahead.gap();
    let separator = if ahead.eat_any(&SIGNS).is_some() {
        Separator::Sign
    } else if ahead.eat_any(&["\\-", "-"]).is_some() {
        Separator::Hyphen
    } else if separating_word(&mut ahead, left) {
        Separator::Word
    } else {
        return None;
    };
    let right = ahead.gap();
    article(&mut ahead);
    *scan = ahead;
    Some((separator, Sides { left, right }))
}

/// Steps over a separator in letters; a Latin one stands between spaces.
fn separating_word(scan: &mut Scan, spaced: bool) -> bool {
    scan.eat_any(&CJK_WORDS).is_some() || (spaced && LATIN_WORDS.contains(&&*scan.word()) && scan.peek() == Some(' '))
}

/// Whether white space stands at the sides of a separator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sides {
    pub left: bool,
    pub right: bool,
}

/// Steps over the article of `to the 9th`, `hasta el 9`, `bis zum 9.`
fn article(scan: &mut Scan) {
    scan.eat_any(&["the ", "el ", "le ", "zum "]);
}
