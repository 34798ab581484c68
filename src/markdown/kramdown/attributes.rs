//! Attribute lists, `{: .class #id key="value" name}` (kramdown 2.4.0, `parser/kramdown/extensions.rb`).

use std::collections::HashMap;

use super::char_classes::{is_ascii_word, is_space};
use super::tree::AttributeList;
use crate::markdown::page::Attributes;

/// How many lists one list may bring in: they may name each other, even in circles.
const MAX_REFERENCES: usize = 100;

/// Reads the inside of an attribute list, without `{:` and `}`.
pub(crate) fn parse(text: &str) -> AttributeList {
    let mut list = AttributeList::default();
    extend(&mut list, text);
    list
}

/// Reads the inside of another attribute list into a list, as `parse_attribute_list` does.
pub(crate) fn extend(list: &mut AttributeList, text: &str) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        // What stands alone begins the text or follows a space.
        let starts = [(at == 0).then_some(0), is_space(bytes[at]).then_some(at + 1)];
        let item = starts.into_iter().flatten().find_map(|start| item(&text[start..]).map(|found| (start, found)));
        at = match item {
            Some((start, Item { len, what })) => {
                add(list, what);
                start + len
            }
            None => at + text[at..].chars().next().map_or(1, char::len_utf8),
        };
    }
}

/// Gives an element what a list and those that it names say, as `update_attr_with_ial` does.
pub(crate) fn apply(list: &AttributeList, known: &HashMap<String, AttributeList>, onto: &mut Attributes) {
    apply_some(list, known, onto, &mut MAX_REFERENCES.clone());
}

fn apply_some(
    list: &AttributeList,
    known: &HashMap<String, AttributeList>,
    onto: &mut Attributes,
    references: &mut usize,
) {
    for list in list.references.iter().filter_map(|name| known.get(name)) {
        if *references == 0 {
            break;
        }
        *references -= 1;
        apply_some(list, known, onto, references);
    }
    for (name, value) in &list.pairs {
        let place = onto.iter_mut().find(|(known, _)| known == name);
        match place {
            Some((_, old)) if name == "class" => *old = joined(old, value).into(),
            Some((_, old)) => *old = value.clone().into(),
            None => onto.push((name.clone().into(), value.clone().into())),
        }
    }
}

fn set(pairs: &mut Vec<(String, String)>, name: &str, value: &str, join: bool) {
    match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) if join => *old = joined(old, value),
        Some((_, old)) => *old = value.to_owned(),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
}

fn joined(old: &str, new: &str) -> String {
    format!("{old} {new}").trim_start().to_owned()
}

struct Item<'t> {
    len: usize,
    what: What<'t>,
}

enum What<'t> {
    Pair {
        name: &'t str,
        quote: char,
        value: &'t str,
    },
    Reference(&'t str),
    /// `#id` and `.class` without anything between them.
    IdsAndClasses(&'t str),
}

fn add(list: &mut AttributeList, what: What) {
    match what {
        What::Pair { name, quote, value } => set(&mut list.pairs, name, &unescaped(value, quote), false),
        What::Reference(name) => list.references.push(name.to_owned()),
        What::IdsAndClasses(mut text) => {
            while let Some(len) = id_or_class(text) {
                let is_class = text.starts_with('.');
                set(&mut list.pairs, if is_class { "class" } else { "id" }, &text[1..len], is_class);
                text = &text[len..];
            }
        }
    }
}

/// `ALD_TYPE_ANY`, from where it begins to the space or the end behind it.
fn item(text: &str) -> Option<Item<'_>> {
    if let len @ 1.. = name(text) {
        let name = &text[..len];
        if ends(text, len) {
            return Some(Item { len, what: What::Reference(name) });
        }
        let quote = text[len..].strip_prefix('=')?.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let from = len + 2;
        let value = &text[from..from + value(&text[from..], quote)?];
        return Some(Item { len: from + value.len() + 1, what: What::Pair { name, quote, value } });
    }
    let mut len = 0;
    while let Some(more) = id_or_class(&text[len..]) {
        len += more;
    }
    (len > 0 && ends(text, len)).then(|| Item { len, what: What::IdsAndClasses(&text[..len]) })
}

fn ends(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_none_or(|&byte| is_space(byte))
}

/// The length of the name that a text begins with, `ALD_ID_NAME`.
pub(crate) fn name(text: &str) -> usize {
    let word = text.bytes().take_while(|&byte| is_ascii_word(byte) || byte == b'-').count();
    if text.starts_with('-') { 0 } else { word }
}

/// Where a value ends: at the first quote before a space that no backslash escapes, else at the last one that is.
fn value(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut escaped = None;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'\\' if matches!(bytes.get(at + 1), Some(&next) if next == b'}' || next == quote as u8) => {
                if bytes[at + 1] == quote as u8 && ends(text, at + 2) {
                    escaped = Some(at + 1);
                }
                at += 1;
            }
            b'}' | 0x02 => break,
            byte if byte == quote as u8 && ends(text, at + 1) => return Some(at),
            _ => {}
        }
        at += 1;
    }
    escaped
}

fn unescaped(value: &str, quote: char) -> String {
    value.replace("\\}", "}").replace(&format!("\\{quote}"), &quote.to_string())
}

fn id_or_class(text: &str) -> Option<usize> {
    let rest = text.as_bytes().get(1..)?;
    let len = match text.as_bytes()[0] {
        b'#' if rest.first()?.is_ascii_alphabetic() => {
            rest.iter().take_while(|&&byte| is_ascii_word(byte) || matches!(byte, b':' | b'-')).count()
        }
        b'.' => rest.iter().take_while(|&&byte| !is_space(byte) && !matches!(byte, b'.' | b'#')).count(),
        _ => 0,
    };
    (len > 0).then_some(len + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_kramdown_does() {
        // the inside of a list; names of lists; names and values
        let cases = [
            (".a #b .c", "", "class=a c|id=b"),
            ("#b.a.c", "", "id=b|class=a c"),
            (":.a", "", ""),
            (" toc other ", "toc,other", ""),
            ("k=\"v w\" l='x\\'y' m='\\}'", "", "k=v w|l=x'y|m=}"),
            ("k=\"a\"b\" x", "x", "k=a\"b"),
            ("k=\"a\\\"", "", "k=a\\"),
            (".a class=\"b\" .c", "", "class=b c"),
            ("k=v .a", "", "class=a"),
            ("#1 .가나 #가", "", "class=가나"),
            ("target=\"_blank\"", "", "target=_blank"),
            (".a..b .c", "", "class=c"),
        ];
        for (text, references, pairs) in cases {
            let list = parse(text);
            let written: Vec<_> = list.pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert_eq!((list.references.join(","), written.join("|")), (references.into(), pairs.into()), "{text}");
        }
    }

    #[test]
    fn lists_bring_in_others() {
        let known = HashMap::from([("x".to_owned(), parse(".x y id=\"i\"")), ("y".to_owned(), parse("x .y"))]);
        let mut attributes = vec![("class".into(), "old".into())];
        apply(&parse(".new"), &known, &mut attributes);
        assert_eq!(attributes, [("class".into(), "old new".into())]);
        apply(&parse("x"), &known, &mut attributes);
        assert_eq!(attributes[1], ("id".into(), "i".into()));
    }
}
