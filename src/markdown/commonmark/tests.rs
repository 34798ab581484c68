//! Pages against what the engines made of the same text (`tests/data`).

pub(crate) mod html;
mod mathjax;
mod remark;

use super::*;
use crate::markdown::ids::{HugoSource, HugoType, Style};
use crate::markdown::page::{Event, Page, Tag, What};
use crate::text::Span;

#[derive(serde::Deserialize)]
struct Snippet {
    name: String,
    source: String,
    #[serde(flatten)]
    engines: std::collections::BTreeMap<String, serde_json::Value>,
}

fn snippets(json: &str) -> Vec<Snippet> {
    serde_json::from_str(json).expect("a list of snippets")
}

fn read<'a>(file: &'a str, options: &Options) -> Page<'a> {
    let page = page(file, &MappedText::verbatim(file, Span::new(0, file.len())), options);
    check(file, &page);
    page
}

/// Spans lie on characters of the file, what is borrowed stands there, and elements end.
fn check(file: &str, page: &Page) {
    let mut open = 0_usize;
    for Event { what, source } in &page.events {
        let slice = file.get(source.range()).unwrap_or_else(|| panic!("{source:?} in {file:?}"));
        match what {
            What::Start(_) => open += 1,
            What::End => open = open.checked_sub(1).expect("an element that is open"),
            What::Text(std::borrow::Cow::Borrowed(text)) => assert!(text.len() != slice.len() || *text == slice),
            _ => {}
        }
    }
    assert_eq!(open, 0);
}

#[test]
fn html_of_the_engines() {
    let engines =
        [("commonmark", Options::commonmark()), ("gfm", Options::gfm()), ("pulldown-cmark", Options::pulldown_cmark())];
    let mut wrong = Vec::new();
    for Snippet { name, source, engines: expected } in snippets(include_str!("../../../tests/data/snippets.json")) {
        // pulldown-cmark was run without ids of headings.
        for (engine, usual) in engines.iter().filter(|(engine, _)| expected.contains_key(*engine)) {
            let options = Options { ids: None, ..usual.clone() };
            let (got, expected) =
                (html::of(&read(&source, &options)), html::normal(expected[*engine].as_str().unwrap_or_default()));
            if got != expected {
                wrong.push(format!("{name}, {engine}:\n  {expected}\n  {got}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn formulas_of_the_engines() {
    let plain = Options { typographer: false, raw_html: true, ..Options::goldmark() };
    let engines = [
        ("goldmark", plain.clone()),
        ("passthrough", Options { passthrough: Delimiter::math(), ..plain }),
        ("pulldown-cmark", Options::pulldown_cmark()),
    ];
    let mut wrong = Vec::new();
    for Snippet { name, source, engines: expected } in snippets(include_str!("../../../tests/data/math.json")) {
        for (engine, options) in &engines {
            let got = serde_json::to_value(mathjax::formulas(&read(&source, options))).expect("formulas");
            if got != expected[*engine] {
                wrong.push(format!("{name}, {engine}:\n  {}\n  {got}", expected[*engine]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn ids_of_the_engines() {
    type Row = std::collections::HashMap<String, Option<String>>;
    let rows: Vec<Row> = serde_json::from_str(include_str!("../../../tests/data/heading_ids.json")).expect("a table");
    let headings = rows.iter().map(|row| format!("## {}\n\n", row["heading"].as_deref().unwrap_or_default()));
    let document = headings.collect::<String>() + "[^1]: note\n";
    let algorithms = [
        ("marked", Options::gfm(), Style::Github),
        ("hugo-text", Options::goldmark(), Style::Hugo(HugoType::Github, HugoSource::Text)),
        ("hugo-github", Options::goldmark(), Style::Hugo(HugoType::Github, HugoSource::Markdown)),
        ("hugo-github-ascii", Options::goldmark(), Style::Hugo(HugoType::GithubAscii, HugoSource::Markdown)),
        ("hugo-blackfriday", Options::goldmark(), Style::Hugo(HugoType::Blackfriday, HugoSource::Markdown)),
        ("zola-on", Options::pulldown_cmark(), Style::ZolaOn),
        ("zola-safe", Options::pulldown_cmark(), Style::ZolaSafe),
        ("markdown-it-anchor", Options::commonmark(), Style::MarkdownItAnchor),
    ];
    let mut wrong = Vec::new();
    for (column, usual, style) in algorithms {
        let page = read(&document, &Options { ids: Some(style), ..usual });
        let ids: Vec<_> = page.events.iter().filter_map(heading_id).collect();
        assert_eq!(ids.len(), rows.len());
        for (row, id) in rows.iter().zip(ids) {
            // markdown-it strikes out, and takes HTML for text, other than CommonMark.
            let is_other = column == "markdown-it-anchor"
                && row["heading"]
                    .as_deref()
                    .is_some_and(|heading| ["~~", "<b>"].iter().any(|sign| heading.contains(sign)));
            if *id != row[column] && !is_other {
                wrong.push(format!("{column}: {:?} {id:?}", row));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn heading_id<'p>(event: &'p Event) -> Option<&'p Option<String>> {
    match &event.what {
        What::Start(element) => match &element.tag {
            Tag::Heading { id, .. } => Some(id),
            _ => None,
        },
        _ => None,
    }
}

#[test]
fn what_engines_do_otherwise() {
    let goldmark = Options { raw_html: true, ..Options::goldmark() };
    let passing = Options { passthrough: Delimiter::math(), ..goldmark.clone() };
    let (gfm, it) = (Options::gfm(), Options::hexo_markdown_it());
    // Run with markdown-it 13.0.2, cmark-gfm 0.29.0.gfm.6, and with Hugo 0.150 (goldmark 1.7.13, passthrough 0.3.1).
    for (options, source, expected) in [
        (&gfm, "a ~~b~ c~ ~d~~ ~~~e~~~ \\~f~ g~", "a~~b~c~<del>d~~~~~e~~~~f</del>g~"),
        (&gfm, "~a ~~b~ c~~ d~e~~f~g", "<del>a<del>b~c</del>d</del>e~~f~g"),
        (&gfm, "[[https://a.b/c]] <http://a.b/~c~>", "[[https://a.b/c]]<ahref=\"http://a.b/~c~\">http://a.b/~c~</a>"),
        (&gfm, "*a ~b* c~", "<em>a~b</em>c~"),
        (&it, "a ~~b~~ c ~d~ 1~2 ~~f~", "a<del>b</del>c~d~1~2~~f~"),
        (&it, "**a(b)**中 [^1]\nc", "**a(b)**中[^1]<br>c"),
        (&goldmark, "\"https://a.b/c --", "“<ahref=\"https://a.b/c\">https://a.b/c</a>–"),
        (
            &goldmark,
            "<http://a.b/--c> '90s don't \"a\" << \\---",
            "<ahref=\"http://a.b/--c\">http://a.b/--c</a>’90sdon’t“a”«-–",
        ),
        (&goldmark, "n\n:o", "n:o"),
        (&goldmark, "a \\\\\\\nb \\\nc", "a\\\\b<br>c"),
        (&passing, "\\[\na\nb\n:= *c*\n\\]", "<mathtrue>ab:=*c*</math>"),
        (&passing, "*a $b*c$ d* \\(*e*\\)", "<em>a<mathfalse>b*c</math>d</em><mathfalse>*e*</math>"),
        (&passing, "$a<b$ \\\\(c\\)", "$a<b$\\(c)"),
    ] {
        assert_eq!(html::of(&read(source, options)), format!("<p>{expected}</p>"), "{source}");
    }
    let tabs = "|\ta\t|\n|\t-\t|\n";
    assert!(html::of(&read(tabs, &goldmark)).starts_with("<table>"));
    assert!(html::of(&read(tabs, &Options::marked())).starts_with("<p>"));
    assert_eq!(html::of(&read("## a {b}\n", &goldmark)), "<h2>a{b}</h2>");
    let earlier = Options { ascii_punctuation: true, ..Options::marked() };
    let page = read("## **주의：**글 **a(b)**글\n", &earlier);
    assert_eq!(html::of(&page), "<h2><strong>주의：</strong>글**a(b)**글</h2>");
    assert_eq!(page.events.iter().find_map(heading_id), Some(&Some("주의：글-a-b-글".to_owned())));
    let omitted = "<p>a<!--rawHTMLomitted-->b</p>";
    assert_eq!(html::of(&read("a <i>b\n", &Options::goldmark())), omitted);
}

#[test]
fn ids_of_hugo_since_it_reads_text() {
    let options = Options { ids: Some(Style::Hugo(HugoType::Github, HugoSource::Text)), ..Options::goldmark() };
    // Run with Hugo 0.150 and 0.168.
    for (source, id) in [
        ("## a [x](y) ##", Some("a-x")),
        ("## a [^1]\n\n[^1]: n", Some("a")),
        ("## a\\_b `c_d` &amp; ~~e f~~ g ![i](j) h", Some("a_b-c_d--e-f-g-i-h")),
        ("## *a **b c** d* e", Some("a--e")),
        ("## **a_b_c** d_e", Some("a_-d_e")),
        ("## **x (y_z)** [c_d](e)", Some("x-y_-c_")),
        ("## **a[b]c** **`a_b` c**", Some("a-a_b")),
        ("## **a\\_b** **a.b \"q\"**", Some("a_b-ab")),
        ("## !", Some("heading")),
        ("## &nbsp;", Some("heading")),
        ("## &#39;a", Some("39a")),
        ("## https://a.b/c d <https://e.f>", Some("d")),
        ("## ![](i)", None),
        ("##", None),
        ("mul\nti *li ne*\n===", Some("ti-li-ne")),
        ("## \"q\" -- it's ...", Some("q--its-")),
    ] {
        let page = read(source, &options);
        assert_eq!(page.events.iter().find_map(heading_id), Some(&id.map(str::to_owned)), "{source}");
    }
}
