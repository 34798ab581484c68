//! Attribute lists, `{: .class #id key="value" name}` (kramdown 2.4.0, `parser/kramdown/extensions.rb`).

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::char_classes::{is_ascii_word, is_white};
use super::tree::AttributeList;
use crate::markdown::page::Attributes;

/// How many lists one list may bring in: they may name each other, even in circles.
const MAX_REFERENCES: usize = 100;

/// `ALD_TYPE_ANY` with the space behind it: a name with its value, the name of a list, or ids and classes.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    let value = |quote| format!(r"{quote}((?:\\[}}{quote}]|(?u:[^}}\x02]))*?){quote}");
    let (double, single) = (value('"'), value('\''));
    let many = r"((?:#[A-Za-z][\w:-]*|\.(?u:[^ \t-\r.#]+))+)";
    let pattern = format!(r"(?-u)(?:\A|\s)(?:(\w[\w-]*)=(?:{double}|{single})|(\w[\w-]*)|{many})(?:\s|\z)");
    Regex::new(&pattern).expect("a regular expression")
});

/// `EXT_START_STR`, without its braces and colons.
static EXTENSION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\A([0-9A-Za-z_]+)(?:[ \t-\r](.*?))?(/)?\z").expect("a regular expression"));

/// What stands in `{::name attributes}` or `{::name attributes /}`: the name, the attributes, and whether it ends here.
pub(crate) fn extension(inside: &str) -> Option<(&str, AttributeList, bool)> {
    let found = EXTENSION.captures(inside)?;
    let list = found.get(2).map_or("", |list| list.as_str());
    Some((found.get(1)?.as_str(), parse(list), found.get(3).is_some()))
}

/// Reads the inside of an attribute list, without `{:` and `}`.
pub(crate) fn parse(text: &str) -> AttributeList {
    let mut list = AttributeList::default();
    extend(&mut list, text);
    list
}

/// Reads the inside of another attribute list into a list, as `parse_attribute_list` does.
pub(crate) fn extend(list: &mut AttributeList, text: &str) {
    let mut at = 0;
    while let Some(found) = ITEM.captures_at(text, at) {
        let part = |group: usize| found.get(group).map(|part| part.as_str());
        let quoted = part(2).map(|value| (value, "\"")).or(part(3).map(|value| (value, "'")));
        if let (Some(name), Some((value, quote))) = (part(1), quoted) {
            *entry(&mut list.pairs, name) = value.replace("\\}", "}").replace(&format!("\\{quote}"), quote);
        }
        list.references.extend(part(4).map(str::to_owned));
        let many = part(5).unwrap_or_default();
        for ((_, sign), name) in many.match_indices(['#', '.']).zip(many.split(['#', '.']).skip(1)) {
            let old = entry(&mut list.pairs, if sign == "." { "class" } else { "id" });
            *old = if sign == "." { joined(old, name) } else { name.to_owned() };
        }
        // The space behind it may be that before the next.
        at = found.get_match().start() + found[0].trim_end_matches(is_white).len();
    }
}

/// The value of a name among others, which is empty if it is new.
fn entry<'p>(pairs: &'p mut Vec<(String, String)>, name: &str) -> &'p mut String {
    let place = pairs.iter().position(|(known, _)| known == name);
    let place = place.unwrap_or_else(|| {
        pairs.push((name.to_owned(), String::new()));
        pairs.len() - 1
    });
    &mut pairs[place].1
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

fn joined(old: &str, new: &str) -> String {
    format!("{old} {new}").trim_start().to_owned()
}

/// The length of the name that a text begins with, `ALD_ID_NAME`.
pub(crate) fn name(text: &str) -> usize {
    let word = text.bytes().take_while(|&byte| is_ascii_word(byte) || byte == b'-').count();
    if text.starts_with('-') { 0 } else { word }
}
