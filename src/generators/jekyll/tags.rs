//! The Liquid tags of Jekyll's plugins, as their gems register them.

/// Gems with their tags.
const PLUGINS: &[(&str, &[&str])] = &[
    ("github-pages", &["avatar", "feed_meta", "gist", "github_edit_link", "include_cached", "seo"]),
    ("jekyll-avatar", &["avatar"]),
    ("jekyll-feed", &["feed_meta"]),
    ("jekyll-gist", &["gist"]),
    ("jekyll-github-metadata", &["github_edit_link"]),
    ("jekyll-include-cache", &["include_cached"]),
    (
        "jekyll-scholar",
        &["bibliography", "bibliography_count", "cite", "cite_details", "details_link", "nocite", "quote", "reference"],
    ),
    ("jekyll-seo-tag", &["seo"]),
    ("jekyll-youtube", &["youtube"]),
];

/// Gems without any. One that is in neither list may have some.
const WITHOUT_TAGS: &[&str] = &[
    "jekyll-admin", "jekyll-archives", "jekyll-coffeescript", "jekyll-commonmark", "jekyll-commonmark-ghpages",
    "jekyll-compose", "jekyll-default-layout", "jekyll-mentions", "jekyll-optional-front-matter", "jekyll-paginate",
    "jekyll-paginate-v2", "jekyll-readme-index", "jekyll-redirect-from", "jekyll-relative-links",
    "jekyll-remote-theme", "jekyll-sass-converter", "jekyll-sitemap", "jekyll-spaceship", "jekyll-target-blank",
    "jekyll-titles-from-headings", "jemoji", "kramdown-parser-gfm", "tzinfo-data", "wdm", "webrick",
];

fn tags_of(gem: &str) -> Option<&'static [&'static str]> {
    let with = PLUGINS.iter().find(|(known, _)| *known == gem).map(|(_, tags)| *tags);
    with.or_else(|| WITHOUT_TAGS.contains(&gem).then_some(&[]))
}

/// Whether all tags of a gem are known.
pub(crate) fn are_known(gem: &str) -> bool {
    tags_of(gem).is_some()
}

/// The tags that plugins register, as far as they are known, and whether there may be others.
pub(crate) fn of(gems: &[String]) -> (Vec<String>, bool) {
    let known = gems.iter().filter_map(|gem| tags_of(gem)).flatten().map(|tag| (*tag).to_owned());
    (known.collect(), gems.iter().any(|gem| tags_of(gem).is_none()))
}
