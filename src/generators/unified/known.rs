//! Plugins of remark and rehype, and of Gatsby, by what they do to the text of posts.

use crate::files::Files;
use crate::generators::javascript::file_of;
use crate::tex::Engine;

/// What a plugin does, as far as anybody checks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing that links, formulas, headings and their ids would not survive.
    Nothing,
    /// The ids of headings, or what they are made of.
    Ids,
    /// It makes the ids of headings, as GitHub does.
    Slug,
    /// It sets signs of typography.
    Smart,
    /// It takes formulas out of the text.
    Math,
    /// It sets them.
    Setter(Engine),
    /// Nobody knows.
    Unknown,
}

/// Those that leave alone what is checked: they add elements and attributes, look at code, or only read.
const HARMLESS: &[&str] = &[
    "@astrojs/markdown-remark",
    "@beoe/rehype-mermaid",
    "@docusaurus/remark-plugin-npm2yarn",
    "@microflash/rehype-figure",
    "@fec/remark-a11y-emoji",
    "rehype-accessible-emojis",
    "rehype-add-classes",
    "rehype-astro-relative-markdown-links",
    "rehype-class-names",
    "rehype-code-group",
    "rehype-code-titles",
    "rehype-citation",
    "rehype-components",
    "rehype-expressive-code",
    "rehype-external-links",
    "rehype-figure",
    "rehype-format",
    "rehype-highlight",
    "rehype-highlight-code-lines",
    "rehype-img-size",
    "rehype-lazy-load",
    "rehype-mermaid",
    "rehype-minify-whitespace",
    "rehype-picture",
    "rehype-pretty-code",
    "rehype-preset-minify",
    "rehype-prism",
    "rehype-prism-plus",
    "rehype-raw",
    "rehype-rewrite",
    "rehype-section",
    "rehype-sectionize",
    "rehype-stringify",
    "rehype-toc",
    "rehype-unwrap-images",
    "rehype-wrap",
    "rehype-wrap-all",
    "rehype-callouts",
    "remark-breaks-off",
    "remark-capitalize",
    "remark-code-import",
    "remark-code-titles",
    "remark-collapse",
    "remark-comment",
    "remark-embedder",
    "remark-external-links",
    "remark-flexible-code-titles",
    "remark-flexible-toc",
    "remark-footnotes-extra",
    "remark-frontmatter",
    "remark-gfm",
    "remark-github-admonitions-to-directives",
    "remark-github-beta-blockquote-admonitions",
    "remark-github-blockquote-alert",
    "remark-images",
    "remark-lint",
    "remark-mdx-frontmatter",
    "remark-mdx-images",
    "remark-mermaid",
    "remark-mermaidjs",
    "remark-modified-time",
    "remark-oembed",
    "remark-preset-lint-consistent",
    "remark-preset-lint-recommended",
    "remark-prism",
    "remark-reading-time",
    "remark-rehype",
    "remark-sectionize",
    "remark-toc",
    "remark-unwrap-images",
    "remark-validate-links",
];

/// Those that put something into headings, or take it out.
const OF_IDS: &[&str] = &["remark-emoji", "remark-gemoji", "remark-directive", "remark-slug", "rehype-slug-custom-id"];

/// What a plugin does.
pub(super) fn effect(module: &str) -> Effect {
    // A part of a package: `rehype-mathjax/chtml`.
    let package = match module.strip_prefix('@') {
        Some(scoped) => scoped.match_indices('/').nth(1).map_or(module, |(at, _)| &module[..at + 1]),
        None => module.split('/').next().unwrap_or(module),
    };
    match package {
        "remark-math" => Effect::Math,
        "rehype-katex" | "@ericrovell/rehype-katex" => Effect::Setter(Engine::Katex),
        "rehype-mathjax" => match module.strip_prefix("rehype-mathjax/") {
            // That of the browser leaves the page to a MathJax that it loads.
            Some("browser") => Effect::Nothing,
            _ => Effect::Setter(Engine::MathJax3),
        },
        "rehype-slug" => Effect::Slug,
        "rehype-autolink-headings" => Effect::Nothing,
        "remark-smartypants" | "@ngsctt/remark-smartypants" => Effect::Smart,
        _ if HARMLESS.contains(&package) => Effect::Nothing,
        _ if OF_IDS.contains(&package) => Effect::Ids,
        _ => Effect::Unknown,
    }
}

/// Whether a name is that of what counts words, as Astro's documentation has it.
pub(super) fn tells_reading_time(name: &str) -> bool {
    let plain: String = name.to_ascii_lowercase().chars().filter(|sign| sign.is_ascii_alphanumeric()).collect();
    ["readingtime", "readtime", "modifiedtime", "wordcount", "lastmod"].iter().any(|word| plain.contains(word))
}

/// Whether a file of the site with a plugin only reads: it takes no node in its hands.
pub(super) fn is_harmless_script(module: &str, files: &Files) -> bool {
    if tells_reading_time(module) {
        return true;
    }
    let path = module.trim_start_matches("./").trim_start_matches("~/").trim_start_matches("@/");
    let text = ["", "src/"].iter().find_map(|folder| files.text(&file_of(files, &format!("{folder}{path}"))?));
    const SIGNS: &[&str] =
        &["visit", "children", "splice", "unshift", "replace", ".value", ".url", ".type =", "import("];
    text.is_some_and(|text| !text.trim().is_empty() && !SIGNS.iter().any(|sign| text.contains(sign)))
}

/// Plugins of gatsby-transformer-remark that leave alone what is checked.
pub(super) const HARMLESS_OF_GATSBY: &[&str] = &[
    "gatsby-remark-autolink-headers",
    "gatsby-remark-code-titles",
    "gatsby-remark-codepen",
    "gatsby-remark-copy-linked-files",
    "gatsby-remark-copy-linked-files-v2",
    "gatsby-remark-draw",
    "gatsby-remark-embed-gist",
    "gatsby-remark-embed-snippet",
    "gatsby-remark-embed-youtube",
    "gatsby-remark-embedder",
    "gatsby-remark-emojis",
    "gatsby-remark-external-links",
    "gatsby-remark-figure-caption",
    "gatsby-remark-graph",
    "gatsby-remark-highlight-code",
    "gatsby-remark-images",
    "gatsby-remark-images-medium-zoom",
    "gatsby-remark-katex",
    "gatsby-remark-mermaid",
    "gatsby-remark-normalize-paths",
    "gatsby-remark-numbered-footnotes",
    "gatsby-remark-prismjs",
    "gatsby-remark-prismjs-title",
    "gatsby-remark-reading-time",
    "gatsby-remark-relative-images",
    "gatsby-remark-responsive-iframe",
    "gatsby-remark-shiki",
    "gatsby-remark-shiki-twoslash",
    "gatsby-remark-static-images",
    "gatsby-remark-table-of-contents",
    "gatsby-remark-toc",
    "gatsby-remark-vscode",
];
