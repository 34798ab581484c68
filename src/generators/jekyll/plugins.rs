//! What plugins and themes write: pages that stand in no source.

use super::beside;
use super::config::Config;
use crate::files::Files;
use crate::generators::{Site, Territory};

/// Plugins that write no page that a link could lead to.
const HARMLESS: &[&str] = &[
    "classifier-reborn", "faraday-retry", "github-pages", "html-proofer", "http_parser.rb", "jekyll", "jekyll-admin",
    "jekyll-algolia", "jekyll-analytics", "jekyll-avatar", "jekyll-coffeescript", "jekyll-commonmark",
    "jekyll-commonmark-ghpages", "jekyll-compose", "jekyll-compress-html", "jekyll-default-layout",
    "jekyll-email-protect", "jekyll-feed", "jekyll-gist", "jekyll-github-metadata", "jekyll-include-cache",
    "jekyll-katex", "jekyll-last-modified-at", "jekyll-livereload", "jekyll-mentions", "jekyll-minifier",
    "jekyll-mermaid", "jekyll-optional-front-matter", "jekyll-paginate", "jekyll-readme-index", "jekyll-redirect-from",
    "jekyll-relative-links", "jekyll-remote-theme", "jekyll-sass-converter", "jekyll-seo-tag", "jekyll-sitemap",
    "jekyll-spaceship", "jekyll-target-blank", "jekyll-timeago", "jekyll-titles-from-headings", "jekyll-toc",
    "jekyll-twitter-plugin", "jekyll-watch", "jekyll-youtube", "jemoji", "kramdown", "kramdown-math-katex",
    "kramdown-parser-gfm", "minima", "octopress-minify-html", "rouge", "tzinfo", "tzinfo-data", "wdm", "webrick",
];

/// Plugins that write pages, but copy and make no other files, as far as those are not told of by the site itself.
const PAGES_ONLY: &[&str] = &[
    "jekyll-archives", "jekyll-auto-authors", "jekyll-datapage-generator", "jekyll-datapage_gen", "jekyll-paginate-v2",
    "jekyll-postfiles", "jekyll-tagging", "jekyll-tagories",
];

/// Where pages may be that are not seen.
pub(crate) fn territories(site: &Site, config: &Config, files: &Files) -> Vec<Territory> {
    if config.is_made {
        return vec![Territory::All];
    }
    let mut all = vec![Territory::At("/sitemap.xml".into()), Territory::At("/robots.txt".into())];
    all.extend(config.feeds.iter().map(|path| Territory::Below(path.clone())));
    all.push(Territory::Below("/feed/".into()));
    all.push(Territory::At("/redirects.json".into()));
    all.extend(config.paginated.as_deref().map(|path| Territory::Numbered(before_placeholder(path))));
    all.extend(config.archives.iter().map(|pattern| archive(pattern)));
    all.extend(config.kept.iter().map(|name| Territory::Below(format!("/{}", name.trim_start_matches('/')))));
    let writes_pages = |gem: &String| !HARMLESS.contains(&gem.as_str()) && !gem.contains("theme");
    // Without `permalinks:` jekyll-archives has usual ones, and they are many.
    let archives = config.archives.is_empty() && site.plugins.iter().any(|gem| gem == "jekyll-archives");
    let gems = site.plugins.iter().any(|gem| gem != "jekyll-archives" && writes_pages(gem));
    if archives || gems || site.own_plugins && own_plugins_write(files, &config.plugins) {
        all.push(Territory::Pages);
    }
    let makes_files = |gem: &String| writes_pages(gem) && !PAGES_ONLY.contains(&gem.as_str());
    if site.plugins.iter().any(makes_files) || site.own_plugins && own_plugins_copy(files, &config.plugins) {
        all.push(Territory::Files);
    }
    if site.theme.is_some() || site.plugins.iter().any(|gem| gem.contains("theme") && gem != "jekyll-remote-theme") {
        all.push(Territory::Theme("/assets/".into()));
    }
    all
}

/// Whether a plugin of the blog's own may write pages, or move them.
fn own_plugins_write(files: &Files, folder: &str) -> bool {
    const SIGNS: &[&str] = &["Generator", "Page", "StaticFile", "permalink", ".pages", ".url", "File.", "FileUtils"];
    beside::scripts(files, folder).iter().any(|text| text.is_empty() || SIGNS.iter().any(|sign| text.contains(sign)))
}

/// Whether a plugin of the blog's own may copy or make files, or change what is on a page.
fn own_plugins_copy(files: &Files, folder: &str) -> bool {
    const SIGNS: &[&str] =
        &["StaticFile", "static_files", "File.write", "File.open", "FileUtils", "IO.write", ":post_render", ".output"];
    beside::scripts(files, folder).iter().any(|text| SIGNS.iter().any(|sign| text.contains(sign)))
}

fn before_placeholder(path: &str) -> String {
    let start = path.split(':').next().unwrap_or_default();
    format!("/{}", start.trim_start_matches('/'))
}

/// `/tags/:name/`, or `/:year/:month/`.
fn archive(pattern: &str) -> Territory {
    match before_placeholder(pattern) {
        root if root == "/" && pattern.contains(":year") => Territory::Numbered(root),
        root if root == "/" => Territory::Pages,
        below => Territory::Below(below),
    }
}
