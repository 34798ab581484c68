//! Keys of front matter that generators and their usual themes read, so that none of them is taken for a slip.

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
