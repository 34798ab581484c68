//! What each tag of liquidjs demands of the words behind its name (`tags/*.ts`), and shortcodes of Eleventy
//! (`src/Engines/Liquid.js`).

use super::expression::{self, Reader};
use super::{Custom, Known};
use crate::liquid::What;
use crate::text::Span;

/// What is wrong with a value and its filters: where, from the start of the markup, and what.
pub(super) fn of_value(markup: &str, known: &Known) -> Vec<(Span, What)> {
    match expression::read(markup) {
        Err(_) => vec![(Span::new(0, markup.len()), What::Syntax)],
        Ok(read) => {
            let is_missing = |filter: &Span| !known.has_filter(&markup[*filter]);
            read.filters.into_iter().filter(is_missing).map(|filter| (filter, What::NoFilter)).collect()
        }
    }
}

/// What is wrong with the words behind a tag's name.
pub(crate) fn check(name: &str, markup: &str, known: &Known) -> Vec<(Span, What)> {
    let demand = |met: bool| if met { Vec::new() } else { vec![(Span::new(0, markup.len()), What::Syntax)] };
    let mut reader = Reader::new(markup);
    match name {
        "if" | "unless" | "elsif" | "case" => of_value(markup, known),
        "echo" if markup.is_empty() => Vec::new(),
        "echo" => of_value(markup, known),
        "assign" => {
            let is_named = !reader.identifier().is_empty();
            reader.skip_blank();
            if !is_named || !reader.take('=') {
                return demand(false);
            }
            let start = reader.at;
            let shift = |(span, what): (Span, What)| match what {
                What::Syntax => (Span::new(0, markup.len()), what),
                _ => (Span::new(start + span.start, start + span.end), what),
            };
            of_value(&markup[start..], known).into_iter().map(shift).collect()
        }
        "for" | "tablerow" => {
            let is_named = !reader.identifier().is_empty() || name == "tablerow";
            let word = reader.identifier();
            demand(is_named && &markup[word] == "in" && reader.value() == Ok(true))
        }
        "capture" => demand(!reader.identifier().is_empty() || reader.quoted()),
        "when" => demand(reads_cases(reader)),
        "cycle" => demand(!markup.is_empty()),
        "include" | "render" | "layout" => demand(reader.value() == Ok(true)),
        "endif" | "endfor" => demand(markup.is_empty()),
        "#" => {
            let mut lines = markup.split('\n').skip(1);
            demand(lines.all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')))
        }
        _ => match known.tags.get(name) {
            Some(Custom::Shortcode | Custom::Paired) if !known.reads_values => {
                arguments(markup).map(|span| (span, What::Arguments)).into_iter().collect()
            }
            _ => Vec::new(),
        },
    }
}

fn reads_cases(mut reader: Reader) -> bool {
    while !reader.is_end() {
        if reader.value() != Ok(true) {
            return false;
        }
        reader.skip_blank();
        reader.leap(if reader.peek() == Some(',') { "," } else { "or" });
    }
    true
}

/// The first sign in the arguments of a shortcode that is none of a word, a text in quotes, or between them:
/// `argumentLexerOptions`.
fn arguments(markup: &str) -> Option<Span> {
    let mut at = 0;
    while let Some(sign) = markup[at..].chars().next() {
        let length = match sign {
            '"' | '\'' => text_length(&markup[at..], sign),
            ',' | ' ' | '\t' | '.' | '-' | '_' => Some(1),
            _ => sign.is_ascii_alphanumeric().then_some(1),
        };
        match length {
            Some(length) => at += length,
            None => return Some(Span::new(at, at + sign.len_utf8())),
        }
    }
    None
}

/// How long a text in quotes is, on one line; only quotes and backslashes are escaped in it.
fn text_length(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\n' => return None,
            '\\' => _ = signs.next().filter(|(_, next)| *next == quote || *next == '\\')?,
            _ if sign == quote => return Some(at + 1),
            _ => {}
        }
    }
    None
}
