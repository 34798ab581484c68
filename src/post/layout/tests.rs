use super::*;
use crate::markdown::Markdown;
use crate::post::Engines;

/// What stands on each line, a letter for each: blank, data, text, kept.
fn lines_of(text: &str, engine: Markdown) -> String {
    lines_with(text, &MarkdownEngine::of(engine))
}

fn lines_with(text: &str, engine: &MarkdownEngine) -> String {
    let engines = Engines { markdown: Some(engine), ..Engines::default() };
    let post = Post::parse("a.md", text, &engines);
    let letter = |line: &Line| match line.kind {
        LineKind::Blank => '-',
        LineKind::Data => 'd',
        LineKind::Text(_) => 't',
        LineKind::Kept => 'k',
    };
    read(&post, engine).lines.iter().map(letter).collect()
}

#[test]
fn what_may_be_touched() {
    use Markdown::{Gfm, KramdownGfm};
    for (text, engine, lines) in [
        ("---\ntitle: a\nb: |\n  c\n\nd: e\n---\n\nf\n", Gfm, "dkkkd-t"),
        ("\u{feff}a\nb\n \n# c\n", Gfm, "tt-t"),
        ("a `b\nc` d\ne\n", Gfm, "kkt"),
        ("a $$b\nc$$ d\ne\n", KramdownGfm, "kkt"),
        ("[a](b\n'c') d\n\n[x]: y\n", Gfm, "kk-k"),
        ("- a\n  b\n\n      c\n\n      d\n- e\n", Gfm, "tt-kkkt"),
        ("```\na\n\n```\n\n    b\n\n    c\n", Gfm, "kkkk-kkk"),
        ("<div>\n\na\n</div>\n\nb\n", KramdownGfm, "kkkk-t"),
        ("a\n{: .b}\n\n| c | d |\n\n^\n", KramdownGfm, "tk-k-k"),
        ("a\n\n: b\n\nc\n", KramdownGfm, "kkk-t"),
        ("{% if a %}\nb\n\n{% endif %}\nc {{ d }}\ne\n", Gfm, "kkkkkt"),
        ("a[^b]\n\n[^b]: c\n\n    d\n\ne\n", KramdownGfm, "t-kkk-t"),
        ("> a\n> b\n>\n> c\n", Gfm, "ttkt"),
        ("```\na\n\n \n", Gfm, "kkkk"),
        ("<pre>\na\n\n", Gfm, "kkk"),
        ("<pre>\na\n\n", KramdownGfm, "kkk"),
        ("```\na\n```\n\n", Gfm, "kkk-"),
        ("    a\n\n", Gfm, "k-"),
        ("    a\n     \n\nb\n", Gfm, "kk-t"),
    ] {
        assert_eq!(lines_of(text, engine), lines, "{text:?}");
    }
}

/// Blank lines below lists that micromark 2.11 counts to them.
#[test]
fn white_lines_below_lists() {
    use crate::markdown::commonmark::Options;
    let engine = MarkdownEngine::CommonMark(Options { white_lines: true, ..Options::gfm() });
    for (text, lines) in [
        ("- a\n  - b\n  \n- c\n", "ttkt"),
        ("- a\n  - b\n\n- c\n", "tt-t"),
        ("- a\n  - b\n  \n\n- c\n", "tt--t"),
        ("- a\n  - b\n\n  \n- c\n", "ttkkt"),
        ("- a\n  \nb\n", "t-t"),
        ("- a\n  \n  \nb\n", "tkkt"),
        ("- a\n \n ", "tkk"),
        ("- a\n \n \n\nb\n", "tkkkt"),
        ("a\n  \n  \nb\n", "t--t"),
    ] {
        assert_eq!(lines_with(text, &engine), lines, "{text:?}");
    }
}
