//! The keys of front matter that an address depends on, and the defaults of the config below them: Jekyll 4.3.1,
//! `document.rb`.

use std::collections::HashSet;

use super::dates;
use crate::generators::dates::Dated;
use crate::syntax::front_matter::{Entry, Node, Value};

/// What a front matter says of the address of its page.
#[derive(Debug, Clone, Default)]
pub(crate) struct Keys {
    /// `permalink:`
    pub permalink: Option<String>,
    /// `slug:`
    pub slug: Option<String>,
    /// `date:`
    pub date: Option<Dated>,
    /// `categories:`, a text cut at white space.
    pub categories: Vec<String>,
    /// `category:`, a text in one piece.
    pub category: Option<Vec<String>>,
    /// `published:`
    pub published: Option<bool>,
    /// `redirect_from:` of the plugin jekyll-redirect-from.
    pub redirects: Vec<String>,
    /// Something stands there that is not understood.
    pub is_unsure: bool,
}

/// `Publisher#can_be_published?` asks whether `published` is true: to Ruby all is, but `false` and null.
pub(crate) fn is_published(value: &Node) -> Option<bool> {
    Some(!is_nothing(value))
}

/// What Ruby takes for nothing: `Utils.pluralized_array_from_hash` goes on to the other key.
fn is_nothing(value: &Node) -> bool {
    matches!(value.value(), Some(Value::Bool(false) | Value::Null))
}

/// What is neither a text nor a list: Jekyll cannot read the post, and goes on.
fn is_number_or_switch(value: &Node) -> bool {
    matches!(value.value(), Some(Value::Bool(_) | Value::Integer(_) | Value::Float(_)))
}

impl Keys {
    /// Reads a map; of keys that stand there twice the last counts.
    pub(crate) fn of(entries: &[Entry]) -> Keys {
        let mut keys = Keys::default();
        for Entry { key, value, .. } in entries {
            match &**key {
                "permalink" => keys.permalink = keys.text(value),
                "slug" => keys.slug = keys.text(value),
                "date" => keys.date = Some(dates::read_value(value)),
                "categories" if is_number_or_switch(value) => keys.is_unsure = true,
                "categories" => keys.categories = keys.texts(value, true),
                "category" => keys.category = Some(keys.texts(value, false)).filter(|_| !is_nothing(value)),
                "published" => keys.published = is_published(value),
                "redirect_from" => keys.redirects = keys.texts(value, false),
                _ => {}
            }
        }
        keys
    }

    fn text(&mut self, value: &Node) -> Option<String> {
        self.is_unsure |= value.text().is_none();
        value.text().filter(|_| !value.is_null()).map(str::to_owned)
    }

    fn texts(&mut self, value: &Node, splits: bool) -> Vec<String> {
        match value.text() {
            Some(_) if value.is_null() => Vec::new(),
            Some(text) if splits => text.split_whitespace().map(str::to_owned).collect(),
            Some(text) => vec![text.to_owned()],
            None => {
                let items: Vec<&str> = value.items().iter().filter_map(Node::text).collect();
                self.is_unsure |= items.len() < value.items().len() || value.items().is_empty() && !value.is_empty();
                items.into_iter().map(str::to_owned).collect()
            }
        }
    }

    /// These keys, and where they say nothing, those of the defaults, the strongest first.
    pub(crate) fn over<'k>(mut self, presets: impl Iterator<Item = &'k Keys>) -> Keys {
        let mut categories = Vec::new();
        for keys in presets {
            self.permalink = self.permalink.or_else(|| keys.permalink.clone());
            self.slug = self.slug.or_else(|| keys.slug.clone());
            self.date = self.date.or(keys.date);
            self.category = self.category.or_else(|| keys.category.clone());
            self.published = self.published.or(keys.published);
            if categories.is_empty() {
                categories.clone_from(&keys.categories);
            }
            if self.redirects.is_empty() {
                self.redirects.clone_from(&keys.redirects);
            }
        }
        categories.append(&mut self.categories);
        Keys { categories, ..self }
    }

    /// The categories of a document in this folder, each once: `categories_from_path`, `populate_categories`.
    pub(crate) fn categories_below<'k>(&'k self, folders: &'k str) -> Vec<&'k str> {
        let from_path = folders.split('/').filter(|name| !name.is_empty());
        let own = self.categories.iter().chain(self.category.iter().flatten());
        let mut known = HashSet::new();
        from_path.chain(own.map(String::as_str)).filter(|category| known.insert(*category)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter::yaml;
    use crate::text::Span;

    /// Asked of Jekyll 4.3.1.
    #[test]
    fn categories_that_are_none() {
        for (text, category, categories) in [
            ("category: a b", Some(&["a b"][..]), &[][..]),
            ("category: false", None, &[]),
            ("category: null\ncategories: a b", None, &["a", "b"]),
            ("category: false\ncategories: [a]", None, &["a"]),
            ("category: true", Some(&["true"]), &[]),
            ("categories: false", None, &[]),
            ("categories: 2022", None, &[]),
            ("category: 2022", Some(&["2022"]), &[]),
        ] {
            let keys = Keys::of(&yaml(text, Span::new(0, text.len())).entries);
            assert_eq!(
                keys.category,
                category.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
                "{text}"
            );
            assert_eq!(keys.categories, categories, "{text}");
        }
    }
}
