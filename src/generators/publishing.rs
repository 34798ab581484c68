//! What a post itself says of being published, and what its generator makes of it.

use super::Features;
use crate::syntax::front_matter::{Entry, FrontMatter, Node, Value};
use crate::text::Span;

/// What a post says of not being published.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Withheld {
    /// So it is: the bytes that say it.
    Yes(Span),
    /// The key of the switch has no value, and the generator takes that for a no.
    Unsaid(Span),
    /// Its author wants it, and the generator publishes it all the same.
    OnlyMeant {
        /// The bytes that say it.
        span: Span,
        /// What is to be written instead.
        right: String,
        /// Whether the key is the right one, and its value is not read as it is meant.
        is_value: bool,
        /// Earlier versions of the generator read it as it is meant: which.
        once: Option<&'static str>,
    },
}

/// How a generator reads the value of its switch; `None` where it says nothing.
pub(crate) type Switch = fn(&Node) -> Option<bool>;

/// Only what the language of the front matter takes for a truth value counts.
pub(crate) fn by_type(value: &Node) -> Option<bool> {
    match value.value()? {
        Value::Bool(flag) => Some(flag),
        _ => None,
    }
}

impl Features {
    /// Whether the front matter keeps a post out, rather than being only meant to.
    pub(crate) fn keeps_out(&self, front: &FrontMatter) -> bool {
        matches!(self.withheld(front), Some(Withheld::Yes(_) | Withheld::Unsaid(_)))
    }

    /// What the front matter says of not being published; nothing where it has faults, as nobody knows what is read of it.
    pub(crate) fn withheld(&self, front: &FrontMatter) -> Option<Withheld> {
        let (own, says) = self.withheld_by?;
        if !front.tree.faults.is_empty() {
            return None;
        }
        let is = |written: &str, key: &str| written == key || self.ignores_case && written.eq_ignore_ascii_case(key);
        let last = |key: &str| front.tree.entries.iter().rfind(|entry| is(&entry.key, key));
        let span = |entry: &Entry| Span::new(entry.key_span.start, entry.value.span.end);
        let right = || format!("{own}: {says}");
        if let Some(entry) = last(own) {
            return match (self.reads_switch)(&entry.value) {
                Some(flag) if flag == says => match entry.value.is_null() {
                    true => Some(Withheld::Unsaid(entry.key_span)),
                    false => Some(Withheld::Yes(span(entry))),
                },
                _ if meant(&entry.value) == Some(says) => {
                    let is_word = matches!(entry.value.value(), Some(Value::Bool(_)));
                    let once = self.reads_words.filter(|_| is_word);
                    Some(Withheld::OnlyMeant { span: span(entry), right: right(), is_value: true, once })
                }
                _ => None,
            };
        }
        // The same key in another case, or the key of another generator.
        let is_foreign = |entry: &&Entry| {
            let same = entry.key.eq_ignore_ascii_case(own) && meant(&entry.value) == Some(says);
            let other = |&(key, says): &(&str, bool)| is(&entry.key, key) && meant(&entry.value) == Some(says);
            same || self.foreign_switches.iter().any(other)
        };
        let entry = front.tree.entries.iter().rfind(is_foreign)?;
        Some(Withheld::OnlyMeant { span: span(entry), right: right(), is_value: false, once: None })
    }
}

/// What the author of a value means by it, whatever is made of it.
fn meant(value: &Node) -> Option<bool> {
    match value.value()? {
        Value::Bool(flag) => Some(flag),
        Value::Integer(0) => Some(false),
        Value::Integer(1) => Some(true),
        Value::Text(text) => match &*text.trim().to_lowercase() {
            "true" | "yes" | "on" | "y" => Some(true),
            "false" | "no" | "off" | "n" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::{hexo, hugo, jekyll, zola};
    use crate::syntax::front_matter;

    #[test]
    fn what_is_said_of_being_published() {
        let withheld = |features: &Features, line: &str| {
            let text = format!("---\ntitle: a\n{line}\n---\n");
            let found = front_matter::read(&text);
            match features.withheld(found.whole().expect("front matter")) {
                None => "published",
                Some(Withheld::Yes(_)) => "withheld",
                Some(Withheld::Unsaid(_)) => "unsaid",
                Some(Withheld::OnlyMeant { is_value: true, .. }) => "value",
                Some(Withheld::OnlyMeant { is_value: false, .. }) => "key",
            }
        };
        // Asked of Jekyll 4.3.1.
        for (line, verdict) in [
            ("published: false", "withheld"),
            ("published: no", "withheld"),
            ("published: False", "withheld"),
            ("published:", "unsaid"),
            ("published: true", "published"),
            ("published: \"false\"", "value"),
            ("published: \"no\"", "value"),
            ("published: n", "value"),
            ("published: 0", "value"),
            ("published: 2022-10-09", "published"),
            ("draft: true", "key"),
            ("draft: \"true\"", "key"),
            ("draft: false", "published"),
            ("publish: false", "key"),
            ("Published: false", "key"),
            ("draft: true\npublished: false", "withheld"),
            ("draft: true\npublished: true", "published"),
        ] {
            assert_eq!(withheld(&jekyll::FEATURES, line), verdict, "{line}");
        }
        // Asked of Hugo 0.168.
        for (line, verdict) in [
            ("draft: true", "withheld"),
            ("Draft: true", "withheld"),
            ("draft: \"true\"", "withheld"),
            ("draft: T", "withheld"),
            ("draft: 1", "withheld"),
            ("draft: 2", "withheld"),
            ("draft: yes", "value"),
            ("draft: on", "value"),
            ("draft: \"on\"", "value"),
            ("draft: y", "value"),
            ("draft: \"true \"", "value"),
            ("draft:", "published"),
            ("draft: 0", "published"),
            ("draft: no", "published"),
            ("publish: false", "key"),
        ] {
            assert_eq!(withheld(&hugo::FEATURES, line), verdict, "{line}");
        }
        // Asked of Hexo 8.1.2.
        for (line, verdict) in [
            ("published: false", "withheld"),
            ("published: \"false\"", "withheld"),
            ("published: 0", "withheld"),
            ("published: \"\"", "withheld"),
            ("published: no", "value"),
            ("published: off", "value"),
            ("published: \"no\"", "value"),
            ("published:", "published"),
            ("published: true", "published"),
            ("draft: true", "key"),
            ("Published: false", "key"),
        ] {
            assert_eq!(withheld(&hexo::FEATURES, line), verdict, "{line}");
        }
        assert_eq!(withheld(&zola::FEATURES, "draft: true"), "withheld");
    }
}
