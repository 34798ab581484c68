//! `rules/invalid-value.md`

use super::Subject;
use crate::finding::Findings;
use crate::kinds::schema::{Key, ValueType};
use crate::post::dates;
use crate::post::front_matter::{Data, Node, Value};
use crate::text::{first_line, nearest};

/// Values of another type than the kind asks for, or outside of what it lists or describes.
pub fn check(subject: &Subject, findings: &mut Findings) {
    let (Some(kind), Some(front)) = (subject.kind, subject.post.front_matter()) else { return };
    for (name, asked) in kind.schema.front_matter.iter() {
        let Some(entry) = front.get(name).filter(|entry| !entry.value.is_empty()) else { continue };
        let value = &entry.value;
        let splits = subject.blog.generator.splits(name);
        let span = |node: &Node| first_line(subject.post.text, node.span.clone());
        if let Some(asked) = asked.value_type.filter(|&asked| !is(asked, value, splits)) {
            findings.at(span(value), format!("`{name}` must be {}, and this is {}", word(asked), kind_of(value)));
            continue;
        }
        let nodes = if let Data::List(items) = &value.data { items.as_slice() } else { std::slice::from_ref(value) };
        for node in nodes {
            let Some(text) = node.text() else { continue };
            let whole = wrong(asked, text);
            let fault = if splits { whole.and_then(|_| text.split_whitespace().find_map(|part| wrong(asked, part))) } else { whole };
            if let Some((message, help)) = fault {
                findings.at(span(node), format!("`{name}` {message}")).help = help;
            }
        }
    }
}

/// What is wrong with a text, and what to write.
fn wrong(asked: &Key, text: &str) -> Option<(String, Option<String>)> {
    if let Some(choices) = asked.one_of.as_ref().filter(|choices| choices.iter().all(|choice| choice != text)) {
        let listed: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        let help = match nearest(text, choices.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", listed.join(" or ")),
        };
        return Some((format!("cannot be `{text}`"), Some(help)));
    }
    let pattern = asked.pattern.as_ref().filter(|pattern| !pattern.0.is_match(text))?;
    Some((format!("is `{text}`, which does not match `{}`", pattern.0), None))
}

fn is(asked: ValueType, node: &Node, splits: bool) -> bool {
    let is_day = |text: &str| dates::read_front_matter_date(text).is_some_and(|written| written.date.is_some());
    match (asked, node.value()) {
        (_, None) => matches!(node.data, Data::Alias(_) | Data::Unread) || (asked == ValueType::List && !node.items().is_empty()),
        (ValueType::Text, Some(value)) => matches!(value, Value::Text(_)),
        (ValueType::Number, Some(value)) => matches!(value, Value::Integer(_) | Value::Float(_)),
        (ValueType::Boolean, Some(value)) => matches!(value, Value::Bool(_)),
        (ValueType::Date, Some(value)) => {
            matches!(value, Value::Date(_) | Value::Time { .. }) || node.text().is_some_and(is_day)
        }
        (ValueType::List, Some(value)) => splits && matches!(value, Value::Text(_)),
    }
}

fn word(asked: ValueType) -> &'static str {
    match asked {
        ValueType::Text => "a text",
        ValueType::Number => "a number",
        ValueType::Boolean => "`true` or `false`",
        ValueType::Date => "a date",
        ValueType::List => "a list",
    }
}

fn kind_of(node: &Node) -> String {
    let what = match node.value() {
        None if node.items().is_empty() => return "a map".to_owned(),
        None => return "a list".to_owned(),
        Some(Value::Integer(_) | Value::Float(_)) => "the number",
        Some(Value::Date(_) | Value::Time { .. }) => "the date",
        Some(Value::Bool(_)) => "the switch",
        Some(Value::Null | Value::Text(_)) => "the text",
    };
    format!("{what} `{}`", node.text().unwrap_or_default())
}
