//! The words that stand in for a text, and whether a line is nothing but one of them.

use std::collections::HashSet;

use crate::text::Span;

/// The words that postlint knows: English, Korean, Japanese, Chinese.
pub(crate) const KNOWN: &[&str] = &[
    "todo", "fixme", "tbd", "tba", "wip", "to be added", "to be written", "to be filled in", "to be determined",
    "to be announced", "to be done", "coming soon", "work in progress", "under construction", "write me", "fill me in",
    "your text here", "add content here", "lorem ipsum", "추가 예정", "추가할 예정", "작성 예정", "작성 중",
    "작성 필요", "추후 작성", "추후 추가", "추후 작성 예정", "추후 추가 예정", "추후 업데이트", "추후 업데이트 예정",
    "업데이트 예정", "내용 추가", "내용 추가 예정", "정리 예정", "정리 중", "보완 예정", "채울 예정", "준비 중",
    "내용을 입력하세요", "執筆中", "作成中", "追記予定", "加筆予定", "後で書く", "あとで書く", "未記入", "準備中",
    "書きかけ", "待补充", "待更新", "待完善", "待添加", "待写", "施工中", "编写中", "待補充", "編寫中",
];

/// How Korean makes a sentence of a word.
const ENDINGS: &[&str] = &["입니다", "이에요", "이다", "임", "합니다"];

/// More bytes than this nobody puts around a word: brackets, emphasis, emoji.
const AROUND: usize = 24;

/// Words to look for.
pub(crate) struct Words {
    set: HashSet<String>,
    /// The bytes that a line may begin with, each with those that may follow it ([`bit`]): nearly all lines have others.
    first: [u32; 256],
    /// The length of the longest word with its ending, in bytes.
    longest: usize,
}

impl Words {
    /// Words that lines are held against, whatever their case.
    pub(crate) fn new(words: impl IntoIterator<Item = String>) -> Self {
        let set: HashSet<String> = words.into_iter().map(|word| plain(&word)).filter(|word| !word.is_empty()).collect();
        let mut first = [0; 256];
        for word in set.iter().map(|word| word.as_bytes()) {
            // Between a letter and a sign of another script there may be a space.
            let second = word.get(1).map_or(u32::MAX, |&second| bit(second) | bit(b' '));
            first[usize::from(word[0])] |= second;
            first[usize::from(word[0].to_ascii_uppercase())] |= second;
        }
        let ending = ENDINGS.iter().map(|ending| ending.len()).max().unwrap_or_default();
        // A space for each letter is more than anybody writes.
        let longest = set.iter().map(|word| 2 * word.len() + ending).max().unwrap_or_default();
        Words { set, first, longest }
    }

    /// Whether a line may be one of the words, told from its length and first letter: nearly all lines are not.
    pub(crate) fn may_be(&self, line: &str) -> bool {
        let first = || line.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        line.len() <= self.longest + AROUND
            && first().is_some_and(|at| !line.as_bytes()[at].is_ascii() || self.may_begin(&line.as_bytes()[at..]))
    }

    fn may_begin(&self, text: &[u8]) -> bool {
        match text {
            [] => false,
            [first] => self.first[usize::from(*first)] != 0,
            [first, second, ..] => self.first[usize::from(*first)] & bit(*second) != 0,
        }
    }

    /// Whether a text is one of the words and nothing else.
    pub(crate) fn has(&self, text: &str) -> bool {
        if text.len() > self.longest || !self.may_begin(text.as_bytes()) {
            return false;
        }
        let text = plain(text);
        let stem = || ENDINGS.iter().find_map(|ending| text.strip_suffix(ending));
        self.set.contains(&text) || stem().is_some_and(|stem| self.set.contains(stem))
    }
}

/// The bit of a byte, which is the same for a letter in upper and in lower case.
fn bit(byte: u8) -> u32 {
    1 << (byte & 31)
}

/// Lower case; other scripts than ours are written with and without their spaces.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    if lower.is_ascii() { lower } else { lower.replace(' ', "") }
}

/// The line without what stands around words: brackets, emphasis, list markers, dots, emoji. Quotation marks stay.
pub(crate) fn core(text: &str, line: Span) -> Span {
    let slice = &text[line];
    let start = line.start + (slice.len() - slice.trim_start_matches(is_around).len());
    Span::new(start, start.max(line.start + slice.trim_end_matches(is_around).len()))
}

fn is_around(c: char) -> bool {
    match c {
        '"' | '\'' | '`' | '{' | '}' | '<' | '%' => false,
        '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '«' | '»' => false,
        _ => !c.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_word_or_not() {
        let words = Words::new(KNOWN.iter().map(|word| word.to_string()));
        for (line, is) in [
            ("to be added", true),
            ("**TBD**", true),
            ("(작성중입니다...)", true),
            ("🚧 추후 업데이트 예정 🚧", true),
            ("待补充。", true),
            ("\"TODO\"", false),
            ("`TBD`", false),
            ("준비 중인 시험", false),
            ("TODO 앱", false),
            ("", false),
        ] {
            assert_eq!(words.has(&line[core(line, Span::new(0, line.len()))]), is, "{line}");
        }
    }
}
