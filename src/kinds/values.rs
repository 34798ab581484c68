//! Values of front matter held against what a kind asks of their key.

use super::schema::{Key, ValueType};
use crate::syntax::dates;
use crate::syntax::front_matter;
use crate::syntax::front_matter::{Data, Node, Style, Value, quoted};
use crate::text::nearest;

/// What is wrong with a value.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What follows the name of the key.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// How to write the value, where one way is sure.
    pub spelling: Option<String>,
}

impl Key {
    /// Why a value is not of the type that is asked for. `splits`: the generator makes a list of a text.
    pub(crate) fn refuses_type(&self, node: &Node, splits: bool) -> Option<Refusal> {
        let asked = self.value_type.filter(|asked| !asked.takes(node, splits))?;
        let message = format!("must be {}, and this is {}", asked.name(), name_of(node));
        let is_written = asked == ValueType::Text && node.text().is_some();
        let help = is_written.then(|| "put it in quotes".to_owned());
        let is_fine = || node.text().is_some_and(|text| self.refuses(text).is_none());
        Some(Refusal { message, help, spelling: asked.spelling(node).filter(|_| is_fine()) })
    }

    /// The value, or the items of a list, that are none of those that may stand there, each with why.
    pub(crate) fn refuses_items<'n>(&self, value: &'n Node, splits: bool) -> impl Iterator<Item = (&'n Node, Refusal)> {
        let refused = move |text: &str| {
            let whole = self.refuses(text)?;
            if splits { text.split_whitespace().find_map(|part| self.refuses(part)) } else { Some(whole) }
        };
        let nodes = if let Data::List(items) = &value.data { items } else { std::slice::from_ref(value) };
        nodes.iter().filter_map(move |node| Some((node, refused(node.text()?)?)))
    }

    /// Why a text is none of those that may stand there.
    pub(crate) fn refuses(&self, text: &str) -> Option<Refusal> {
        if let Some(choices) = self.one_of.as_ref().filter(|choices| choices.0.iter().all(|choice| choice != text)) {
            let help = match nearest(text, choices.0.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let listed: Vec<String> = choices.0.iter().map(|choice| format!("`{choice}`")).collect();
                    format!("write {}", listed.join(" or "))
                }
            };
            return Some(Refusal { message: format!("cannot be `{text}`"), help: Some(help), spelling: None });
        }
        let pattern = self.pattern.as_ref().filter(|pattern| !pattern.0.is_match(text))?;
        let message = format!("is `{text}`, which does not match `{}`", pattern.0);
        Some(Refusal { message, help: None, spelling: None })
    }
}

impl ValueType {
    /// Whether a value is of this type; one that could not be read is given the benefit of the doubt.
    fn takes(self, node: &Node, splits: bool) -> bool {
        let value = match (&node.data, node.value()) {
            (Data::List(_), _) => return self == ValueType::List,
            (Data::Map(_), _) => return false,
            (_, None) => return true,
            (_, Some(value)) => value,
        };
        let is_day = |text| dates::read_front_matter_date(text).is_some_and(|written| written.date.is_some());
        match self {
            ValueType::Text => matches!(value, Value::Text(_)),
            ValueType::Number => matches!(value, Value::Integer(_) | Value::Float(_)),
            ValueType::Boolean => matches!(value, Value::Bool(_)),
            ValueType::Date => matches!(value, Value::Date(_) | Value::Time { .. }) || node.text().is_some_and(is_day),
            ValueType::List => splits && matches!(value, Value::Text(_)),
        }
    }

    /// The same value of this type: in quotes, or without them.
    fn spelling(self, node: &Node) -> Option<String> {
        let text = node.text().filter(|text| !text.contains('\n'))?;
        let is_quoted = matches!(node.style, Style::SingleQuoted | Style::DoubleQuoted);
        let fits = match self {
            ValueType::Text => return (node.style == Style::Plain).then(|| quoted(text)),
            ValueType::Boolean => matches!(text, "true" | "false"),
            ValueType::Number => matches!(front_matter::resolved(text), Value::Integer(_)),
            ValueType::Date | ValueType::List => false,
        };
        (fits && is_quoted).then(|| text.to_owned())
    }

    fn name(self) -> &'static str {
        match self {
            ValueType::Text => "a text",
            ValueType::Number => "a number",
            ValueType::Boolean => "`true` or `false`",
            ValueType::Date => "a date",
            ValueType::List => "a list",
        }
    }
}

fn name_of(node: &Node) -> String {
    let text = node.text().unwrap_or_default();
    match node.value() {
        None if matches!(node.data, Data::List(_)) => "a list".to_owned(),
        None => "a map".to_owned(),
        Some(Value::Integer(_) | Value::Float(_)) => format!("the number `{text}`"),
        Some(Value::Date(_) | Value::Time { .. }) => format!("the date `{text}`"),
        Some(Value::Bool(_)) => format!("the yes or no `{text}`"),
        Some(Value::Null | Value::Text(_)) => format!("the text `{text}`"),
    }
}
