//! What libyaml and go-yaml read, and the parser here does not: a quoted text that goes on at the column of its key, a byte
//! order mark before a value, and a tab before an item in brackets. The parser is handed a text of the same length that
//! says the same to it.

use super::Tree;
use super::cause::{Stop, Trouble};
use crate::text::{Span, line_start};

/// So often a text is mended; each time it is read again.
const MOST: usize = 64;

/// The text that the parser is handed.
#[derive(Debug, Default)]
pub(super) struct Handed {
    /// It, where it is not that of the file.
    pub text: Option<String>,
    mends: usize,
}

impl Handed {
    /// Puts what the reader stumbled over in another way, unless it is a fault to all.
    pub(super) fn mend(&mut self, text: &str, range: Span, stop: &Stop) -> bool {
        let mended = mended(self.text.as_deref().unwrap_or(text), range, stop).filter(|_| self.mends < MOST);
        self.mends += 1;
        let is_mended = mended.is_some();
        self.text = mended.or_else(|| self.text.take());
        is_mended
    }
}

impl Tree {
    /// How much of it there is.
    pub(super) fn sizes(&self) -> (usize, usize, usize, bool) {
        (self.entries.len(), self.comments.len(), self.faults.len(), self.complete)
    }

    /// Takes away what is more than that.
    pub(super) fn cut(&mut self, (entries, comments, faults, complete): (usize, usize, usize, bool)) {
        self.entries.truncate(entries);
        self.comments.truncate(comments);
        self.faults.truncate(faults);
        self.complete = complete;
    }
}

/// Stands for a byte order mark, with as many bytes.
const STAND_IN: char = '\u{e000}';

fn mended(text: &str, range: Span, stop: &Stop) -> Option<String> {
    let before = &text[range.start..stop.at];
    match stop.trouble {
        // The line break is a space in a quoted text either way.
        Trouble::Continued => {
            let at = range.start + before.rfind('\n')?;
            let from = if text[..at].ends_with('\r') { at - 1 } else { at };
            Some(format!("{}{}{}", &text[..from], " ".repeat(at + 1 - from), &text[at + 1..]))
        }
        // Where a key is to begin, it is a fault.
        Trouble::Mark => {
            let rest = text[stop.at..].strip_prefix('\u{feff}')?;
            let line = &before[line_start(before, before.len())..];
            let is_value = !line.trim_matches([' ', '\t', '-']).is_empty() || line.trim_end().ends_with('-');
            is_value.then(|| format!("{}{STAND_IN}{rest}", &text[..stop.at]))
        }
        // Between brackets it is white space like any other.
        Trouble::Tab | Trouble::Start => {
            let start = line_start(text, stop.at);
            let end = text.len() - text[start..].trim_start_matches([' ', '\t']).len();
            let is_mendable = text[start..end].contains('\t') && is_in_brackets(&text[range.start..start]);
            is_mendable.then(|| format!("{}{}{}", &text[..start], text[start..end].replace('\t', " "), &text[end..]))
        }
        _ => None,
    }
}

/// Whether a list or a map in brackets is open at the end of a text.
fn is_in_brackets(before: &str) -> bool {
    let mut depth = 0_usize;
    let mut quote = None;
    for line in before.lines() {
        let mut last = '\n';
        for sign in line.chars() {
            let begins = last.is_whitespace() || matches!(last, '[' | '{' | ',' | ':');
            match sign {
                _ if quote.is_some() => quote = quote.filter(|open| *open != sign),
                '"' | '\'' if begins => quote = Some(sign),
                '#' if last.is_whitespace() => break,
                '[' | '{' if depth > 0 || begins => depth += 1,
                ']' | '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            last = sign;
        }
    }
    depth > 0
}

/// What a quoted text over several lines says, as it is written: a line break is a space, and one more is one. `None` where
/// signs in it stand for others.
pub(super) fn folded(written: &str) -> Option<String> {
    let quote = written.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let inner = written.strip_prefix(quote)?.strip_suffix(quote)?;
    if !inner.contains('\n') || inner.contains(['\\', quote]) {
        return None;
    }
    let last = inner.split('\n').count() - 1;
    let mut folded = String::with_capacity(inner.len());
    let mut blanks = 0;
    for (at, line) in inner.split('\n').enumerate() {
        let line = if at > 0 { line.trim_start_matches([' ', '\t']) } else { line };
        let line = if at < last { line.trim_end_matches([' ', '\t', '\r']) } else { line };
        if at > 0 && at < last && line.is_empty() {
            blanks += 1;
            continue;
        }
        match blanks {
            _ if at == 0 => {}
            0 => folded.push(' '),
            blanks => folded.extend(std::iter::repeat_n('\n', blanks)),
        }
        blanks = 0;
        folded.push_str(line);
    }
    Some(folded)
}

/// A value of a mended text as it was meant.
pub(super) fn restored(value: String) -> String {
    if value.contains(STAND_IN) { value.replace(STAND_IN, "\u{feff}") } else { value }
}
