//! The placeholders of a document: Jekyll 4.3.1, `drops/url_drop.rb`.

use std::collections::HashSet;

use jiff::Zoned;

use super::keys::Keys;
use super::permalink::{Slug, slugify, stem};
use crate::files::file_name;
use crate::generators::dates::Dated;

/// A post or a file of a collection.
pub(crate) struct Document<'p> {
    /// Its path from the folder of the collections on: `relative_path`.
    pub path: &'p str,
    /// The folder of its collection.
    pub folder: &'p str,
    /// The name of its collection.
    pub label: &'p str,
    /// The folders above that, each a category.
    pub above: &'p str,
    /// Its name without date and extension.
    pub slug: &'p str,
    /// The date in its name.
    pub dated: Option<Dated>,
}

impl Document<'_> {
    /// What a placeholder stands for.
    pub(crate) fn value(&self, name: &str, keys: &Keys, moment: Option<&Zoned>, output: &str) -> Option<String> {
        let base = || stem(file_name(self.path));
        let slug = || keys.slug.as_deref().unwrap_or_else(|| self.slug.trim_end_matches('.'));
        Some(match name {
            "collection" => self.label.to_owned(),
            "output_ext" => output.to_owned(),
            "path" => stem(self.path).replacen(self.folder, "", 1),
            "name" => slugify(base(), Slug::Plain),
            "title" => slugify(slug(), Slug::Pretty),
            "slug" => slugify(slug(), Slug::Plain),
            "categories" | "slugified_categories" => {
                let categories = keys.categories_below(self.above).into_iter();
                let parts = categories.map(|category| match name {
                    "categories" => category.to_lowercase(),
                    _ => slugify(category, Slug::Plain),
                });
                let mut known = HashSet::new();
                parts.filter(|part| known.insert(part.clone())).collect::<Vec<_>>().join("/")
            }
            date => {
                let format = format_of(date)?;
                moment.map(|moment| moment.strftime(format).to_string()).unwrap_or_default()
            }
        })
    }
}

fn format_of(placeholder: &str) -> Option<&'static str> {
    Some(match placeholder {
        "year" => "%Y",
        "month" => "%m",
        "day" => "%d",
        "hour" => "%H",
        "minute" => "%M",
        "second" => "%S",
        "i_day" => "%-d",
        "i_month" => "%-m",
        "short_month" => "%b",
        "long_month" => "%B",
        "short_year" => "%y",
        "w_year" => "%G",
        "week" => "%V",
        "w_day" => "%u",
        "short_day" => "%a",
        "long_day" => "%A",
        "y_day" => "%j",
        _ => return None,
    })
}
