//! Keys of front matter that generators and their usual themes read, so that none of them is taken for a slip.

use super::Blog;
use crate::syntax::dates;
use crate::syntax::front_matter::{Entry, FrontMatter};
use crate::text::is_slip;

impl Blog {
    /// Whether a key that some theme may read is `date` with a slip here: its value is a day, the post has no date, and
    /// posts of the blog have one, or the templates that are all there read no such key.
    pub(crate) fn is_lost_date(&self, entry: &Entry, front: &FrontMatter) -> bool {
        let is_day =
            || entry.value.text().and_then(dates::read_front_matter_date).is_some_and(|read| read.date.is_some());
        let lacks_date = || !front.tree.entries.iter().any(|other| other.key.eq_ignore_ascii_case(DATE));
        let habits = || self.habits();
        let is_usual = || habits().keys.get(DATE).is_some_and(|&with| 5 * with >= 4 * habits().posts && with > 1);
        is_slip(&entry.key, DATE) && is_day() && lacks_date() && (is_usual() || self.reads_no_key(&entry.key))
    }

    /// Whether the templates of the pages are all there, and none of them reads a key of posts.
    fn reads_no_key(&self, key: &str) -> bool {
        let owners = ["page", "post", "Params", "extra", "include"].map(|owner| format!("{owner}.{key}"));
        let is_whole = self.site().theme.is_none() && !self.site().own_plugins;
        let mut texts = self.layout_texts().peekable();
        is_whole && texts.peek().is_some() && !texts.any(|text| owners.iter().any(|owner| text.contains(owner)))
    }

    /// Whether the templates and the pages of the site are all there, and none of them asks for the categories or the tags
    /// of posts, so that no reader sees them.
    pub(crate) fn shows_no(&self, key: &str) -> bool {
        let is_tag = !key.starts_with("categor");
        let asked = if is_tag { ".tag" } else { ".categor" };
        *self.unshown[usize::from(is_tag)].get_or_init(|| self.asks_for_no(asked))
    }

    fn asks_for_no(&self, asked: &str) -> bool {
        let site = self.site();
        let is_page =
            |file: &str| [".html", ".md", ".markdown", ".xml", ".json", ".txt"].iter().any(|end| file.ends_with(end));
        let is_apart =
            |folder: &str| !matches!(folder, "_posts" | "_drafts" | "_site" | "assets" | "node_modules" | ".git");
        let pages = || {
            let files = self.files.below(&site.sources, is_apart).into_iter().filter(|file| is_page(file));
            files.filter_map(|file| self.files.text(&crate::files::join(&site.sources, &file)))
        };
        // Plugins that make a page of each are set up there.
        let config = self.files.text(&crate::files::join(&site.sources, site.features.config));
        let is_set_up = config.is_none_or(|config| config.contains(&asked[1..]) || config.contains("archive"));
        let is_whole = site.theme.is_none() && !site.own_plugins && self.layout_texts().next().is_some();
        is_whole
            && !is_set_up
            && !self.layout_texts().any(|text| text.contains(asked))
            && !pages().any(|text| text.contains(asked))
    }

    /// The texts of the layouts and of what they include.
    fn layout_texts(&self) -> impl Iterator<Item = std::sync::Arc<str>> {
        let site = self.site();
        let files = site.features.layout_folders.iter().flat_map(|folder| {
            let folder = crate::files::join(&site.sources, folder);
            self.files.below(&folder, |_| true).into_iter().map(move |file| format!("{folder}/{file}"))
        });
        files.filter_map(|file| self.files.text(&file))
    }
}

/// The key for the day of a post.
const DATE: &str = "date";

/// Whether some generator or usual theme reads a key: `data` is not a misspelt `date`.
pub(crate) fn is_known_key(key: &str) -> bool {
    KNOWN.binary_search(&key).is_ok()
}

/// Whether the value of a key is written for readers.
pub(crate) fn is_for_readers(key: &str) -> bool {
    FOR_READERS.contains(&key)
}

const FOR_READERS: &[&str] = &[
    "title", "subtitle", "description", "excerpt", "summary", "tagline", "caption", "alt", "category", "categories",
    "tag", "tags", "keywords",
];

/// Keys that mean the same to every generator, and that few other words look like.
pub(super) const OF_ALL: &[&str] =
    &["title", "layout", "categories", "category", "description", "permalink", "published", "subtitle", "summary"];

/// Sorted.
const KNOWN: &[&str] = &[
    "abstract", "alias", "aliases", "archive", "article", "audio", "author", "authors", "banner", "bibliography",
    "build", "canonical", "cascade", "categories", "category", "code", "comment", "cover", "css", "data", "date",
    "description", "draft", "excerpt", "exclude", "expires", "extra", "featured", "featured_image", "file", "format",
    "gallery", "header", "hero", "hidden", "icon", "image", "images", "index", "javascript", "keyword", "label",
    "lang", "language", "lastmod", "layout", "link", "location", "math", "mathjax", "menu", "modified", "name",
    "order", "output", "page", "paginate", "params", "permalink", "photo", "pin", "pinned", "place", "post", "project",
    "publish", "publishDate", "published", "publisher", "redirect_from", "redirect_to", "reference", "resource",
    "role", "script", "section", "series", "sidebar", "site", "sitemap", "skill", "slug", "source", "speaker",
    "status", "style", "subtitle", "summary", "tag", "tags", "taxonomies", "taxonomy", "template", "theme",
    "thumbnail", "tile", "title", "toc", "tool", "topic", "translation", "type", "update", "updated", "url", "version",
    "video", "weight",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted() {
        assert!(KNOWN.is_sorted());
        assert!(is_known_key("update") && !is_known_key("titel"));
    }
}
