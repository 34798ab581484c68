use super::*;
use crate::markdown::{Markdown, MarkdownEngine, commonmark};
use crate::post::{Engines, Post};

#[test]
fn the_way_back() {
    use Markdown::{Goldmark, KramdownGfm, PulldownCmark};
    for (engine, text, tex, part, source) in [
        (KramdownGfm, "값 $a_1 + b$\n", "a_1 + b", "b", "b"),
        (KramdownGfm, "$$\nx_1\n$$\n", "x_1", "x_1", "x_1"),
        (KramdownGfm, "> $$\n> a\n> + b\n> $$\n", "a\n+ b", "a\n+", "a\n> +"),
        (KramdownGfm, "- a\n\n  $$\n  a\n  b\n  $$\n", "a\nb", "b", "b"),
        (KramdownGfm, "$\\\\{a\\\\}$\n", "\\{a\\}", "\\}", "\\\\}"),
        (KramdownGfm, "$a &lt; b'$\n", "a < b’", "<", "&lt;"),
        (KramdownGfm, "$1, ..., n$\n", "1, …, n", "n", "n"),
        (KramdownGfm, "$a\nb$\n", "a\nb", "b", "b"),
        (PulldownCmark, "$a\\_b$ c\n", "a_b", "_b", "_b"),
        (Goldmark, "> $a ... b$\n", "a … b", "b", "b"),
    ] {
        let engines = Engines { markdown: Some(&MarkdownEngine::of(engine)), ..Engines::default() };
        let post = Post::parse("a.md", text, &engines);
        let delivered = post.page.delivered(&post.body.formulas);
        let [Delivered::Whole { tex: content, .. }] = &delivered[..] else { panic!("{text}: {delivered:?}") };
        assert_eq!(content.text().trim(), tex, "{text}");
        let at = content.text().find(part).expect("a part");
        assert_eq!(&text[content.span(Span::new(at, at + part.len()))], source, "{text}");
    }
}

/// A block of HTML whose lines do not stand side by side in the file is none that begins in the formula.
#[test]
fn formulas_in_html() {
    use crate::markdown::page::What;
    let engine = MarkdownEngine::CommonMark(commonmark::Options { raw_html: true, ..commonmark::Options::goldmark() });
    for (text, is_cut) in [
        ("<div>\n$$\na_1 \\\\ b_1\n$$\n</div>\n", false),
        ("<div>\r\n$$\r\na_1 \\\\ b_1\r\n$$\r\n</div>\r\n", false),
        ("- a\n  <div>\n  $$\n  a_1 & b_1\n  $$\n  </div>\n", false),
        ("$$\na<b>_1\n$$\n", true),
        ("a<b>$x<i>y$\n", true),
    ] {
        let post = Post::parse("a.md", text, &Engines { markdown: Some(&engine), ..Engines::default() });
        let delivered = post.page.delivered(&post.body.formulas);
        let cut = |delivered: &Delivered| match delivered {
            Delivered::Cut(event) => matches!(post.page.events[*event].what, What::Html(_)),
            _ => false,
        };
        assert_eq!(delivered.iter().any(cut), is_cut, "{text:?}: {delivered:?}");
    }
}

#[derive(serde::Deserialize)]
struct Snippet {
    name: String,
    source: String,
    #[serde(flatten)]
    engines: std::collections::HashMap<String, Vec<(bool, String)>>,
}

/// Where a scan of the page takes other dollar signs together than their author, or counts prices.
const PAIRED_OTHERWISE: &[&str] = &[
    "sub-brace-pair", "star-in-two", "money", "money-math", "escaped-dollar", "spaces-inside", "nested-dollar",
    "link-like", "tilde", "backtick-math", "abs-inline-kramdown",
];

#[test]
fn what_the_engines_deliver() {
    let passthrough = MarkdownEngine::CommonMark(commonmark::Options {
        passthrough: commonmark::Delimiter::math(),
        passes_html: true,
        raw_html: true,
        typographer: false,
        ..commonmark::Options::goldmark()
    });
    let goldmark = MarkdownEngine::CommonMark(commonmark::Options {
        raw_html: true,
        typographer: false,
        ..commonmark::Options::goldmark()
    });
    let engines = [
        ("kramdown-gfm", MarkdownEngine::of(Markdown::KramdownGfm)),
        ("kramdown", MarkdownEngine::of(Markdown::Kramdown)),
        ("goldmark", goldmark),
        ("passthrough", passthrough),
        ("pulldown-cmark", MarkdownEngine::of(Markdown::PulldownCmark)),
    ];
    let mut wrong = Vec::new();
    let snippets: Vec<Snippet> = serde_json::from_str(include_str!("../../../tests/data/math.json")).expect("snippets");
    let as_meant = |snippet: &&Snippet| !PAIRED_OTHERWISE.contains(&&*snippet.name);
    for Snippet { name, source, engines: expected } in snippets.iter().filter(as_meant) {
        for (engine, profile) in &engines {
            let post = Post::parse("a.md", source, &Engines { markdown: Some(profile), ..Engines::default() });
            let formulas = post.body.formulas.iter().filter(|formula| !formula.is_code());
            let formulas: Vec<Formula> = formulas.cloned().collect();
            let squeezed = |tex: &str| tex.split_whitespace().collect::<Vec<_>>().join(" ");
            let got = post.page.delivered(&formulas).into_iter().filter_map(|delivered| match delivered {
                Delivered::Whole { tex, display } => Some((display, squeezed(tex.text()))),
                _ => None,
            });
            let got: Vec<_> = got.collect();
            let expected: Vec<_> = expected[*engine].iter().map(|(display, tex)| (*display, squeezed(tex))).collect();
            if got != expected {
                wrong.push(format!("{name}, {engine}: {source:?}\n  {expected:?}\n  {got:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formulas_in_blocks_of_html() {
    let text = "<p>\n$a$\n</p>\n\n<p>\n$b$\n</p>\n\n- <p>\n  $c$\n  </p>\n";
    let engine = MarkdownEngine::of(Markdown::Gfm);
    let post = Post::parse("a.md", text, &Engines { markdown: Some(&engine), ..Engines::default() });
    let delivered = post.page.delivered(&post.body.formulas);
    let tex: Vec<_> = delivered.iter().map(Delivered::tex).collect();
    assert_eq!(tex[..2], [Some("a"), Some("b")]);
}
