//! `markdown:` and `kramdown:` of `_config.yml`.

use crate::generators::{Reason, Site, config};
use crate::markdown::kramdown::Options;
use crate::markdown::{Markdown, MarkdownEngine};
use crate::syntax::front_matter::{Tree, Value};
use crate::text::beginning;

/// The engine; `None` for one that postlint does not know.
pub(crate) fn profile(tree: &Tree) -> Option<MarkdownEngine> {
    match config::text(tree, &["markdown"]).unwrap_or("kramdown").to_lowercase().as_str() {
        "kramdown" => Some(MarkdownEngine::Kramdown(options(tree))),
        // The plugin jekyll-commonmark, as long as it is told nothing.
        "commonmark" if config::get(tree, &["commonmark"]).is_none() => Some(MarkdownEngine::of(Markdown::Commonmark)),
        _ => None,
    }
}

/// Why it is this engine, or why it is not known.
pub(crate) fn reason(site: &Site) -> Reason {
    let (tree, file) = (&site.tree, site.config_name());
    let named = config::text(tree, &["markdown"]);
    match named {
        _ if site.is_faulty => Reason::because(format!("`{file}` cannot be read")),
        Some(name) if site.markdown.is_none() => {
            let set_up = if config::get(tree, &["commonmark"]).is_some() { " as it is set up" } else { "" };
            Reason::because(format!("`markdown: {}` in `{file}` is not modelled{set_up}", beginning(name, 40)))
        }
        Some(_) => Reason::key(file, "markdown"),
        None if config::get(tree, &["kramdown", "input"]).is_some() => Reason::key(file, "kramdown.input"),
        None => Reason::because("Jekyll's own, as the config names no other"),
    }
}

/// Jekyll 4.3.1, `configuration.rb` has the defaults, kramdown 2.4.0 (`options.rb`) and its GFM parser 1.1.0 the names.
fn options(tree: &Tree) -> Options {
    let flag = |key: &str, usual: bool| config::flag(tree, &["kramdown", key]).unwrap_or(usual);
    let input = config::text(tree, &["kramdown", "input"]).unwrap_or("GFM");
    let usual = Options::new(input.eq_ignore_ascii_case("gfm"));
    let quirks = config::get(tree, &["kramdown", "gfm_quirks"]);
    let quirks = quirks.map(|_| config::texts(tree, &["kramdown", "gfm_quirks"]).join(","));
    Options {
        hard_wrap: flag("hard_wrap", usual.hard_wrap),
        auto_ids: flag("auto_ids", usual.auto_ids),
        auto_id_prefix: config::text(tree, &["kramdown", "auto_id_prefix"]).unwrap_or_default().to_owned(),
        header_offset: number(tree, "header_offset").unwrap_or(usual.header_offset),
        parse_block_html: flag("parse_block_html", usual.parse_block_html),
        parse_span_html: flag("parse_span_html", usual.parse_span_html),
        paragraph_end: quirks.as_ref().map_or(usual.paragraph_end, |quirks| quirks.contains("paragraph_end")),
        typographic: !quirks.is_some_and(|quirks| quirks.contains("no_auto_typographic")),
        smart_quotes: quotes(tree).unwrap_or(usual.smart_quotes),
        ..usual
    }
}

fn number(tree: &Tree, key: &str) -> Option<i8> {
    match config::get(tree, &["kramdown", key])?.value()? {
        Value::Integer(number) => i8::try_from(number).ok(),
        _ => None,
    }
}

/// `smart_quotes: lsquo,rsquo,ldquo,rdquo`: names of entities, or numbers.
fn quotes(tree: &Tree) -> Option<[char; 4]> {
    let named = config::texts(tree, &["kramdown", "smart_quotes"]).join(",");
    let quotes: Option<Vec<char>> = named.split(',').map(|name| quote(name.trim())).collect();
    quotes?.try_into().ok()
}

fn quote(name: &str) -> Option<char> {
    Some(match name {
        "lsquo" => '\u{2018}',
        "rsquo" => '\u{2019}',
        "sbquo" => '\u{201a}',
        "ldquo" => '\u{201c}',
        "rdquo" => '\u{201d}',
        "bdquo" => '\u{201e}',
        "laquo" => '\u{ab}',
        "raquo" => '\u{bb}',
        "lsaquo" => '\u{2039}',
        "rsaquo" => '\u{203a}',
        "apos" => '\'',
        "quot" => '"',
        number => char::from_u32(number.parse().ok()?)?,
    })
}
