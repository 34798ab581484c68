//! What plugins and themes write: pages that stand in no source.

use super::beside;
use super::config::Config;
use crate::files::{Files, join};
use crate::generators::{Site, Territory};

/// Plugins that write no page that a link could lead to.
const HARMLESS: &[&str] = &[
    "classifier-reborn", "faraday-retry", "github-pages", "html-proofer", "http_parser.rb", "jekyll", "jekyll-admin",
    "jekyll-algolia", "jekyll-analytics", "jekyll-avatar", "jekyll-coffeescript", "jekyll-commonmark",
    "jekyll-commonmark-ghpages", "jekyll-compose", "jekyll-compress-html", "jekyll-default-layout",
    "jekyll-email-protect", "jekyll-feed", "jekyll-get-json", "jekyll-gfm-admonitions", "jekyll-gist",
    "jekyll-github-metadata", "jekyll-imagemagick", "jekyll-include-cache", "jekyll-katex", "jekyll-last-modified-at",
    "jekyll-link-attributes", "jekyll-livereload", "jekyll-mentions", "jekyll-minifier", "jekyll-mermaid",
    "jekyll-optional-front-matter", "jekyll-paginate", "jekyll-readme-index", "jekyll-redirect-from",
    "jekyll-regex-replace", "jekyll-relative-links", "jekyll-remote-theme", "jekyll-sass-converter", "jekyll-seo-tag",
    "jekyll-sitemap", "jekyll-spaceship", "jekyll-tabs", "jekyll-target-blank", "jekyll-timeago",
    "jekyll-titles-from-headings", "jekyll-toc", "jekyll-twitter-plugin", "jekyll-watch", "jekyll-youtube", "jemoji",
    "kramdown", "kramdown-math-katex", "kramdown-parser-gfm", "mini_racer", "minima", "octopress-minify-html", "rouge",
    "tzinfo", "tzinfo-data", "unicode_utils", "wdm", "webrick",
];

/// Plugins that write pages, but copy and make no other files, as far as those are not told of by the site itself.
const PAGES_ONLY: &[&str] = &[
    "jekyll-archives", "jekyll-auto-authors", "jekyll-datapage-generator", "jekyll-datapage_gen", "jekyll-json-feed",
    "jekyll-jupyter-notebook", "jekyll-paginate-v2", "jekyll-postfiles", "jekyll-scholar", "jekyll-tagging",
    "jekyll-tagories", "jekyll/scholar",
];

/// How far a plugin reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// It writes nothing that a link could lead to.
    Nothing,
    /// It writes pages.
    Pages,
    /// It may write anything.
    Everything,
}

/// How far a plugin reaches, as far as that is known; what themes bring is asked elsewhere.
pub(crate) fn reach(gem: &str) -> Reach {
    match gem {
        gem if HARMLESS.contains(&gem) => Reach::Nothing,
        gem if PAGES_ONLY.contains(&gem) => Reach::Pages,
        _ => Reach::Everything,
    }
}

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
    let own = if site.own_plugins { beside::scripts(files, &config.plugins) } else { Vec::new() };
    if archives || gems || own.iter().any(|script| writes(script, config)) {
        all.push(Territory::Pages);
    }
    all.extend(config.image_formats.iter().map(|format| Territory::Ending(format!(".{format}"))));
    // A script of Chirpy's up to 2.6 makes them before the build.
    if files.is_file(&join(&config.source, "_scripts/sh/create_pages.sh")) {
        all.extend(["/categories/", "/tags/"].map(|folder| Territory::Below(folder.into())));
    }
    if own.iter().any(|script| script.contains(LIBRARIES)) {
        all.push(Territory::Below("/assets/libs/".into()));
    }
    let makes_images = |gem: &str| gem == "jekyll-imagemagick" && config.image_formats.is_empty();
    let makes_files =
        |gem: &String| writes_pages(gem) && !PAGES_ONLY.contains(&gem.as_str()) || makes_images(gem.as_str());
    if site.plugins.iter().any(makes_files) || own.iter().any(|script| copies(script)) {
        all.push(Territory::Files);
    }
    if let Some((_, folders)) = THEMES.iter().find(|(name, _)| site.theme.as_deref() == Some(*name)) {
        all.extend(folders.iter().map(|folder| Territory::Below((*folder).to_owned())));
    } else if site.theme.is_some()
        || site.plugins.iter().any(|gem| gem.contains("theme") && gem != "jekyll-remote-theme")
    {
        all.push(Territory::Theme("/assets/".into()));
    }
    all
}

/// Themes with all folders of theirs that hold files for pages (jekyll-theme-chirpy 2.6 to 7.3).
const THEMES: &[(&str, &[&str])] = &[(
    "jekyll-theme-chirpy",
    &["/assets/css/", "/assets/data/", "/assets/img/favicons/", "/assets/img/sample/", "/assets/js/", "/assets/lib/"],
)];

/// A script of al-folio's (`download-3rd-party.rb`) fetches what the config names below this key to `assets/libs`.
const LIBRARIES: &str = "third_party_libraries";

/// The key of the feeds that a script of al-folio's (`external-posts.rb`) makes posts of.
const FEEDS: &str = "external_sources";

/// Whether a plugin of the blog's own may write pages, or move them. A generator that only gives posts more data does
/// not.
fn writes(script: &str, config: &Config) -> bool {
    const SIGNS: &[&str] = &[
        "Page", "StaticFile", "static_files", "Document.new", "docs <<", "docs.push", "docs.concat", "docs +=",
        "permalink", "slug", "categor", "'date'", "\"date\"", ".pages", ".url", "File.write", "File.open", "File.new",
        "IO.write", "FileUtils",
    ];
    let is_idle = script.contains(FEEDS) && !config.has_feeds || script.contains(LIBRARIES);
    script.is_empty() || !is_idle && SIGNS.iter().any(|sign| script.contains(sign))
}

/// Whether a plugin of the blog's own may copy or make files, or change what is on a page.
fn copies(script: &str) -> bool {
    const SIGNS: &[&str] =
        &["StaticFile", "static_files", "File.write", "File.open", "FileUtils", "IO.write", ":post_render", ".output"];
    !script.contains(LIBRARIES) && SIGNS.iter().any(|sign| script.contains(sign))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generators::Generator;

    /// Where a page and an image that stand in no source may be written by a plugin.
    fn may_be(sources: &[(&str, &str)]) -> (bool, bool) {
        let files = Files::in_memory(sources.iter().copied());
        let site = Site::read(&files, Generator::Jekyll);
        let tree = crate::generators::config::read(&files, &["_config.yml"]);
        let config = Config::of(&files, &tree);
        let all = territories(&site, &config, &files);
        let has = |wanted: fn(&Territory) -> bool| all.iter().any(wanted);
        (has(|one| matches!(one, Territory::Pages)), has(|one| matches!(one, Territory::Files)))
    }

    #[test]
    fn what_own_plugins_write() {
        for (script, pages, files) in [
            ("class Raw < Generator\n site.posts.docs.each { |post| post.data['raw'] = post.content }", false, false),
            ("class Tags < Generator\n site.pages << TagPage.new(site)", true, false),
            ("site.collections['posts'].docs << Jekyll::Document.new(path, options)", true, false),
            ("Digest::MD5.hexdigest(File.read(File.join(folder, name)))", false, false),
            ("File.write(path, text)", true, true),
            ("site.config['third_party_libraries'].each { |url| File.open(name, 'wb') }", false, false),
            ("site.config['external_sources'].each { |feed| Jekyll::Document.new(feed.url) }", false, false),
        ] {
            assert_eq!(may_be(&[("_config.yml", ""), ("_plugins/a.rb", script)]), (pages, files), "{script}");
        }
        let config = ("_config.yml", "external_sources: [{name: a, rss_url: 'https://example.org/feed'}]\n");
        let script = ("_plugins/a.rb", "site.config['external_sources'].each { Jekyll::Document.new(path) }");
        assert_eq!(may_be(&[config, script]), (true, false));
    }

    #[test]
    fn what_gems_write() {
        for (config, pages, files) in [
            ("plugins: [jekyll-feed, jekyll/scholar, jekyll-tabs]\n", true, false),
            ("plugins: [jekyll-link-attributes, jekyll-tabs]\n", false, false),
            ("plugins: [jekyll-imagemagick]\n", false, true),
            ("plugins: [jekyll-imagemagick]\nimagemagick: {output_formats: {webp: auto-orient}}\n", false, false),
            ("plugins: [nobody-knows-it]\n", true, true),
        ] {
            assert_eq!(may_be(&[("_config.yml", config)]), (pages, files), "{config}");
        }
    }
}
