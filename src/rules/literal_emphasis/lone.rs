//! Marks that are the only ones of their block.

use std::cell::LazyCell;

use super::marks::{Run, Sign};
use crate::finding::Findings;
use crate::post::Post;
use crate::text::{Span, beginning, is_east_asian, trimmed};

/// So much of a line is shown, in characters.
const SHOWN: usize = 40;

/// Marks of which a block shows no other, and which can be none of a sentence about them, of a power, or of a note.
pub(super) fn check(post: &Post, runs: &[Run], sign: Sign, findings: &mut Findings) {
    let marks = sign.marks();
    // A mark of a note stands before the note as well.
    let has_notes = LazyCell::new(|| post.text.contains("\n** "));
    let lone: Vec<(&Run, Side)> = runs
        .chunk_by(|one, other| one.block == other.block)
        .filter_map(|block| {
            let mut shown = block.iter().filter(|run| run.shown);
            let run = shown.next().filter(|run| run.span.len() == 2 && shown.next().is_none())?;
            // Who escapes one means the sign.
            let is_sign = post.text[run.block].contains(if sign == Sign::Asterisk { "\\*" } else { "\\~" });
            if is_sign {
                return None;
            }
            Some((run, side(post, run, sign, &has_notes)?))
        })
        .collect();
    let mut closed = None;
    for (index, (run, side)) in lone.iter().enumerate() {
        if closed == Some(index) {
            continue;
        }
        let (name, mark) = (sign.name(), run.span);
        let next = lone.get(index + 1).filter(|(next, other)| {
            let (from, to) = (run.block.end, next.block.start);
            let is_near = from <= to && post.text[from..to].trim_matches([' ', '\t', '\r', '\n', '>', '-']).is_empty();
            (*side, *other) == (Side::Begins, Side::Ends) && is_near
        });
        if let Some((next, _)) = next {
            closed = Some(index + 1);
            let finding = findings.at(mark, format!("this `{marks}` stays as it is: {name} ends with its paragraph"));
            finding.label(next.span, "this was to close it");
            finding.help(format!("put a `{marks}` at both ends of each paragraph"));
            continue;
        }
        let line = Span::new(mark.start, post.line_of(&mark).end.min(run.block.end));
        let (why, help) = match side {
            Side::Begins => {
                let text = beginning(&post.text[trimmed(post.text, line)], SHOWN);
                ("closes", format!("write `{text}{marks}`, or take it out"))
            }
            Side::Ends => ("opens", format!("put a `{marks}` before the text as well, or take it out")),
        };
        findings.at(mark, format!("this `{marks}` stays as it is: nothing {why} it")).help(help);
    }
}

/// Which side of emphasis a mark was to stand at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Begins,
    Ends,
}

fn side(post: &Post, run: &Run, sign: Sign, has_notes: &LazyCell<bool, impl FnOnce() -> bool>) -> Option<Side> {
    let before = &post.text[run.line.max(run.block.start)..run.span.start];
    let after = &post.text[run.span.end..run.block.end.max(run.span.end)];
    match sign {
        Sign::Asterisk => side_of(before, after).filter(|side| *side == Side::Begins || !**has_notes),
        Sign::Tilde => struck(before, after).then_some(Side::Begins),
    }
}

/// The side of bold text that two asterisks stand at, by what stands before them on their line, and behind them in their
/// block.
fn side_of(before: &str, after: &str) -> Option<Side> {
    let above = before.trim_matches([' ', '\t', '>', '-', '+']);
    let last = before.chars().next_back();
    if above.is_empty() {
        return begins(after).then_some(Side::Begins);
    }
    let is_apart = last.is_none_or(|last| last.is_whitespace() || matches!(last, '，' | '。' | '、' | '：' | '；'));
    if is_apart && begins_within(after) {
        return Some(Side::Begins);
    }
    let is_word = |sign: Option<char>| sign.is_some_and(|sign| is_east_asian(sign) && sign.is_alphabetic());
    let is_end = after.trim().is_empty() && is_word(last);
    let is_particle = || {
        let word: &str = after.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default();
        let letters = before.chars().rev().take_while(|sign| sign.is_alphabetic()).count();
        PARTICLES.contains(&word) && letters > 1
    };
    (is_end || is_word(last) && is_particle()).then_some(Side::Ends)
}

/// Particles of Korean, which stand behind a word.
const PARTICLES: &[&str] = &["을", "를", "은", "는", "가", "의", "와", "과", "로", "으로", "에", "에서", "도"];

/// Whether bold text may begin here, at the beginning of a line. A small letter may be one of Python, or of a pattern.
fn begins(after: &str) -> bool {
    let word = after.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or_default();
    let Some(first) = after.chars().next() else { return false };
    let is_prose = || {
        let is_name =
            word.contains('_') || word.ends_with("args") || !word.bytes().all(|byte| byte.is_ascii_lowercase());
        let rest = &after[word.len()..];
        let others = rest.split_whitespace().filter(|word| word.chars().all(char::is_alphabetic)).count();
        word.len() > 1 && !is_name && rest.starts_with(' ') && others > 1
    };
    match first {
        'a'..='z' => is_prose(),
        _ => first.is_alphabetic(),
    }
}

/// The same in the middle of a line, where powers and patterns have such marks.
fn begins_within(after: &str) -> bool {
    let word = after.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    let Some(first) = after.chars().next() else { return false };
    let is_title = || {
        let mut letters = word.chars();
        letters.next().is_some_and(|first| first.is_ascii_uppercase())
            && letters.clone().count() > 1
            && letters.all(|letter| letter.is_ascii_lowercase())
    };
    is_title() || is_east_asian(first) && first.is_alphabetic() || first == '`'
}

/// Whether two tildes at the beginning of a block were to strike out what follows: in Korean and Japanese they also
/// stand for words that are left out, before a particle.
fn struck(before: &str, after: &str) -> bool {
    const SHORTEST: usize = 15;
    const ENDINGS: &str = "하한할함해했되된될됨라란이인일을를은는가와과에의로으도고며면지";
    let is_first = before.trim_matches([' ', '\t', '>', '-', '+', '*']).is_empty();
    let first = after.chars().next();
    let is_left_out = |first: char| ENDINGS.contains(first) || ('\u{3040}'..'\u{3100}').contains(&first);
    let is_word = first.is_some_and(|first| first.is_alphabetic() && !is_left_out(first));
    is_first && is_word && after.chars().count() >= SHORTEST && !after.contains('~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_bold_text() {
        for (text, side) in [
            ("- **손실 함수", Some(Side::Begins)),
            ("**dropout is a good thing", Some(Side::Begins)),
            ("오늘은 **드롭아웃을 배웠다", Some(Side::Begins)),
            ("이렇다. **`init()` 은 좋다", Some(Side::Begins)),
            ("注意，**每次", Some(Side::Begins)),
            ("a tree. **Hint: use a tree", Some(Side::Begins)),
            ("드롭아웃**을 배웠다", Some(Side::Ends)),
            ("결과가 같다**", Some(Side::Ends)),
            ("**kwargs 는 인자", None),
            ("**kwargs are all of them", None),
            ("2 **3 은 8", None),
            ("x **N of them", None),
            ("O(N**2)", None),
            ("src/**", None),
            ("用双星号**标记", None),
            ("王**老师", None),
            ("김**이 왔다", None),
            ("char **argv", None),
            ("worth it**", None),
        ] {
            let (before, after) = text.split_once("**").unwrap_or_default();
            assert_eq!(side_of(before, after), side, "{text}");
        }
    }

    #[test]
    fn tildes_that_strike() {
        for (text, is) in [
            ("- ~~드롭아웃은 쓰지 않는 것이 좋다", true),
            ("~~I am getting ahead of myself here", true),
            ("~~하는 것이 좋다고 모두가 말한다고 한다", false),
            ("~~する必要があると思っていたのですが", false),
            ("좋다~~ 정말로 좋다고 생각하고 있습니다", false),
            ("~~짧다", false),
        ] {
            let (before, after) = text.split_once("~~").unwrap_or_default();
            assert_eq!(struck(before, after), is, "{text}");
        }
    }
}
