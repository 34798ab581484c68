//! Pages of kramdown against what the real one makes of the same text: `tests/data/kramdown.json`, written by kramdown
//! 2.4.0 with kramdown-parser-gfm 1.1.0, with and without `hard_wrap`, and by kramdown alone where that differs.

#[path = "support/html.rs"]
mod html;
#[path = "support/normal_html.rs"]
mod normal_html;

use postlint::markdown::kramdown::{self, Options};
use postlint::markdown::mapped_text::MappedText;
use postlint::text::Span;

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    source: String,
    gfm: String,
    hard_wrap: Option<String>,
    kramdown: Option<String>,
}

#[test]
fn pages_are_those_of_the_real_kramdown() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("data/kramdown.json")).expect("a list of cases");
    for case in cases {
        let hard_wrap = Options { hard_wrap: true, ..Options::new(true) };
        agrees(&case, "gfm", &Options::new(true), &case.gfm);
        agrees(&case, "hard_wrap", &hard_wrap, case.hard_wrap.as_ref().unwrap_or(&case.gfm));
        agrees(&case, "kramdown", &Options::new(false), case.kramdown.as_ref().unwrap_or(&case.gfm));
    }
}

fn agrees(case: &Case, how: &str, options: &Options, expected: &str) {
    let (source, expected) = (&case.source, normal_html::normal(expected));
    let page = kramdown::page(source, &MappedText::verbatim(source, Span::new(0, source.len())), options);
    assert_eq!(normal_html::normal(&html::print(&page)), expected, "{} with {how}:\n{source}", case.name);
    let returns = source.replace('\n', "\r\n");
    let page = kramdown::page(&returns, &MappedText::verbatim(&returns, Span::new(0, returns.len())), options);
    assert_eq!(normal_html::normal(&html::print(&page)), expected, "{} with {how} and CRLF:\n{source}", case.name);
}

#[test]
fn spans_lead_to_the_source() {
    let file = "skip\r\n> * a *b*\r\n>   c\\\r\n>   d\r\n";
    let page = kramdown::page(file, &MappedText::verbatim(file, Span::new(6, file.len())), &Options::new(true));
    let seen: Vec<_> = page
        .events
        .iter()
        .filter(|event| !matches!(event.what, postlint::markdown::page::What::End))
        .map(|event| &file[event.source])
        .collect();
    let quote = "> * a *b*\r\n>   c\\\r\n>   d";
    let item = "* a *b*\r\n>   c\\\r\n>   d";
    assert_eq!(seen, [quote, item, item, "a ", "*b*", "b", "\n", "c", "\\\r\n", "\n", "d"]);
}

#[test]
fn deep_and_long_texts_are_read() {
    let blocks = [
        ">", "* ", "1. ", "<div>", "|", "{:", "$$", "    ", "```\n", ": a\n", "[^1]: a\n", "`|", "{:x: x}\n{: x}\na\n",
    ];
    let spans = [
        "[", "![", "[a](b ", "[a](b \"t ", "[a][", "[a]((", "[![a](b)", "*a_", "**a ", "*[_![**<b>~~a ", "[ *a* ",
        "<http:", "<b>", "<!--", "<a b='x\" ", "{: ", "{::comment}", "~~a ", "$$$ ", "``a`b", "\"'",
    ];
    for text in blocks.into_iter().chain(spans) {
        let text = text.repeat(40_000 / text.len());
        for gfm in [true, false] {
            let page =
                kramdown::page(&text, &MappedText::verbatim(&text, Span::new(0, text.len())), &Options::new(gfm));
            assert!(page.events.iter().all(|event| text.get(event.source.range()).is_some()));
        }
    }
}
