//! What an `if` asks for, as far as that can be told without building the site (Liquid 5.4.0, `tags/if.rb`).

use super::evaluate::{Environment, Value, operand};

/// On which pages a part of a template is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) enum Condition {
    /// On all pages.
    Always,
    /// On none.
    Never,
    /// Where the front matter switches one of these keys on.
    Switched(Vec<String>),
    /// Only the built site knows.
    #[default]
    Unknown,
}

use Condition::{Always, Never, Switched, Unknown};

impl Condition {
    /// What an `if` or `elsif` asks for.
    pub(crate) fn of(markup: &str, known: &dyn Environment) -> Condition {
        // Liquid reads from the right, so with both words it is not as it looks.
        if markup.contains(" and ") && markup.contains(" or ") {
            return Unknown;
        }
        match markup.contains(" and ") {
            true => markup.split(" and ").map(|part| comparison(part, known)).fold(Always, Condition::and),
            false => markup.split(" or ").map(|part| comparison(part, known)).fold(Never, Condition::or),
        }
    }

    /// What holds in a block that a tag opens.
    pub(crate) fn opening(name: &str, markup: &str, known: &dyn Environment) -> Condition {
        match name {
            "if" => Condition::of(markup, known),
            "unless" => Condition::of(markup, known).opposite(),
            "comment" => Never,
            "raw" => Always,
            _ => Unknown,
        }
    }

    /// What holds in the next branch of a block.
    pub(crate) fn branch(self, name: &str, markup: &str, known: &dyn Environment) -> Condition {
        match (self, name) {
            (Never, "elsif") => Condition::of(markup, known),
            (Never, "else") => Always,
            (Always, _) => Never,
            _ => Unknown,
        }
    }

    /// Both.
    pub(crate) fn and(self, other: Condition) -> Condition {
        match (self, other) {
            (Never, _) | (_, Never) => Never,
            (Always, one) | (one, Always) => one,
            (one, other) if one == other => one,
            _ => Unknown,
        }
    }

    /// One of both.
    pub(crate) fn or(self, other: Condition) -> Condition {
        match (self, other) {
            (Always, _) | (_, Always) => Always,
            (Never, one) | (one, Never) => one,
            (Switched(mut keys), Switched(more)) => {
                keys.extend(more);
                keys.sort_unstable();
                keys.dedup();
                Switched(keys)
            }
            _ => Unknown,
        }
    }

    /// The opposite.
    pub(crate) fn opposite(self) -> Condition {
        match self {
            Always => Never,
            Never => Always,
            _ => Unknown,
        }
    }
}

/// One comparison, or a name alone.
fn comparison(markup: &str, known: &dyn Environment) -> Condition {
    match markup.split_whitespace().collect::<Vec<_>>()[..] {
        [one] => match operand(one, known) {
            Value::Nothing | Value::Bool(false) => Never,
            Value::Text(_) | Value::Bool(true) | Value::Something => Always,
            Value::OfPage(key) => Switched(vec![key]),
            Value::Unknown => Unknown,
        },
        [one, "==", other] => equal(operand(one, known), operand(other, known)),
        [one, "!=", other] => equal(operand(one, known), operand(other, known)).opposite(),
        _ => Unknown,
    }
}

fn equal(one: Value, other: Value) -> Condition {
    match (one, other) {
        (Value::OfPage(key), Value::Bool(true)) => Switched(vec![key]),
        (Value::Unknown | Value::OfPage(_), _) | (_, Value::Unknown | Value::OfPage(_)) => Unknown,
        (Value::Something, Value::Something) => Unknown,
        (one, other) if one == other => Always,
        _ => Never,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Known;

    impl Environment for Known {
        fn value(&self, name: &str) -> Value {
            match name {
                "site.math" => Value::Bool(true),
                "site.engine" => Value::Text("katex".to_owned()),
                "site.none" => Value::Nothing,
                _ => name.strip_prefix("page.").map_or(Value::Unknown, |key| Value::OfPage(key.to_owned())),
            }
        }
    }

    #[test]
    fn conditions() {
        let switched = |keys: &[&str]| Switched(keys.iter().map(|&key| key.to_owned()).collect());
        for (markup, expected) in [
            ("site.math", Always),
            ("site.none", Never),
            ("site.none == nil or site.other", Always),
            ("site.engine == 'katex'", Always),
            ("site.engine != \"katex\"", Never),
            ("site.math == 'true'", Never),
            ("page.math", switched(&["math"])),
            ("page.math == true and site.math", switched(&["math"])),
            ("page.b or page.a", switched(&["a", "b"])),
            ("page.math == 'katex'", Unknown),
            ("page.a and site.math or site.none", Unknown),
            ("site.other", Unknown),
        ] {
            assert_eq!(Condition::of(markup, &Known), expected, "{markup}");
        }
    }
}
