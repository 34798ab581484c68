//! The Liquid tags of Jekyll's plugins, as their gems register them.

use crate::blog::site::Site;

/// Gems with their tags. One that is not here may have any.
const PLUGINS: &[(&str, &[&str])] = &[
    ("github-pages", &["avatar", "feed_meta", "gist", "github_edit_link", "include_cached", "seo"]),
    ("jekyll-admin", &[]),
    ("jekyll-archives", &[]),
    ("jekyll-avatar", &["avatar"]),
    ("jekyll-coffeescript", &[]),
    ("jekyll-commonmark", &[]),
    ("jekyll-commonmark-ghpages", &[]),
    ("jekyll-compose", &[]),
    ("jekyll-default-layout", &[]),
    ("jekyll-feed", &["feed_meta"]),
    ("jekyll-gist", &["gist"]),
    ("jekyll-github-metadata", &["github_edit_link"]),
    ("jekyll-include-cache", &["include_cached"]),
    ("jekyll-mentions", &[]),
    ("jekyll-optional-front-matter", &[]),
    ("jekyll-paginate", &[]),
    ("jekyll-paginate-v2", &[]),
    ("jekyll-readme-index", &[]),
    ("jekyll-redirect-from", &[]),
    ("jekyll-relative-links", &[]),
    ("jekyll-remote-theme", &[]),
    ("jekyll-sass-converter", &[]),
    (
        "jekyll-scholar",
        &["bibliography", "bibliography_count", "cite", "cite_details", "details_link", "nocite", "quote", "reference"],
    ),
    ("jekyll-seo-tag", &["seo"]),
    ("jekyll-sitemap", &[]),
    ("jekyll-spaceship", &[]),
    ("jekyll-target-blank", &[]),
    ("jekyll-titles-from-headings", &[]),
    ("jekyll-youtube", &["youtube"]),
    ("jemoji", &[]),
    ("kramdown-parser-gfm", &[]),
    ("tzinfo-data", &[]),
    ("wdm", &[]),
    ("webrick", &[]),
];

fn tags_of(gem: &str) -> Option<&'static [&'static str]> {
    PLUGINS.iter().find(|(known, _)| *known == gem).map(|(_, tags)| *tags)
}

/// Whether a plugin of the site has such a tag.
pub fn has(site: &Site, tag: &str) -> bool {
    site.plugins.iter().filter_map(|gem| tags_of(gem)).any(|tags| tags.contains(&tag))
}

/// Whether plugins that are not known, or the blog's own, may have tags that nobody can list.
pub fn may_have_other_tags(site: &Site) -> bool {
    site.own_plugins || site.plugins.iter().any(|gem| tags_of(gem).is_none())
}
