use pulldown_cmark::{Event, Tag};

use super::*;
use crate::finding::{Edit, Label, OtherFile, RuleId};

/// A finding at the first occurrence of some words of a text.
fn at(text: &str, words: &str) -> Finding {
    let start = text.find(words).unwrap();
    Finding::new(RuleId::new("rule"), Span::new(start, start + words.len()), "wrong".into())
}

fn labelled(text: &str, words: &str, others: &[(&str, &str)]) -> Finding {
    let label =
        |(words, message): &(&str, &str)| Label { span: at(text, words).span, message: (*message).into(), file: None };
    Finding { labels: others.iter().map(label).collect(), ..at(text, words) }
}

fn render(format: Format, path: &str, text: &str, finding: Finding) -> String {
    drawn(Style::plain(format), path, &Lines::new(text), &[(Severity::Warn, finding)])
}

fn drawn(style: Style, path: &str, lines: &Lines, findings: &[(Severity, Finding)]) -> String {
    let folders = &Folders::default();
    style.render(&Checked { path, lines, folders, kind: None, findings, not_checked: &[] }).findings
}

/// What stands under the header and the location's line.
fn quoted(text: &str, finding: Finding) -> String {
    let report = render(Format::Text, "a.md", text, finding);
    report.split_once("│\n").unwrap().1.trim_end().to_owned()
}

#[test]
fn carets_stand_under_what_they_mean() {
    for (text, words, expected) in [
        ("가나다라 to be\n", "다라", "1 │ 가나다라 to be\n  │     ^^^^"),
        ("ｆｕｌｌ width", "width", "1 │ ｆｕｌｌ width\n  │          ^^^^^"),
        ("e\u{301}a\u{300} xy", "xy", "1 │ e\u{301}a\u{300} xy\n  │    ^^"),
        ("ae\u{301}b", "\u{301}", "1 │ ae\u{301}b\n  │  ^"),
        ("\u{1100}\u{1161}\u{11a8}", "\u{11a8}", "1 │ \u{1100}\u{1161}\u{11a8}\n  │ ^^"),
        ("\ta\tb", "b", "1 │     a   b\n  │         ^"),
        ("a\tb", "\t", "1 │ a   b\n  │  ^^^"),
        ("\u{feff}가x", "x", "1 │ 가x\n  │   ^"),
        ("\u{feff}x", "\u{feff}", "1 │ x\n  │ ^"),
        ("ab\n", "", "1 │ ab\n  │ ^"),
        ("ab\r\n", "\n", "1 │ ab\n  │   ^"),
        ("ab  \n", "  ", "1 │ ab\n  │   ^^"),
        ("one\r\ntwo\n", "e\r\ntwo", "1 │ one\n  │   ^"),
        ("", "", "1 │\n  │ ^"),
    ] {
        assert_eq!(quoted(text, at(text, words)), expected, "{text:?}");
    }
}

#[test]
fn nothing_steers_the_terminal() {
    let bad = "\u{1b}[31m\0\u{7}\r\u{7f}\u{9b}2J\u{202e}\u{2066}\u{200f}\u{e0041}\u{2028}";
    let text = format!("{bad}이 z {bad}\r\n");
    let mut finding = at(&text, "z");
    finding.message = format!("one\r\ntwo {bad}");
    finding.label(Span::new(0, 4), bad).help(bad);
    let report = render(Format::Text, &format!("a\n{bad}.md"), &text, finding);
    let shown = "␛[31m␀␇␍␡\u{fffd}2J\u{fffd}\u{fffd}\u{fffd}\u{fffd}\u{fffd}";
    let words = shown.replace('␍', " ");
    let column = bad.chars().count() + 3;
    let expected = format!(
        "warning[rule]: one two {words}
  ┌─ a␊{shown}.md:1:{column}
  │
1 │ {shown}이 z {shown}
  │ ----                ^
  │ │
  │ {words}
  │
  = {words}

"
    );
    assert_eq!(report, expected);
}

#[test]
fn long_lines_are_shown_in_part() {
    let long = format!("{}HERE{} FAR", "가 나".repeat(60), " word".repeat(60));
    let finding = labelled(&long, "HERE", &[("word", "near"), ("FAR", "far")]);
    assert!(render(Format::Text, "a.md", &long, finding.clone()).contains("a.md:1:181\n"));
    let shown = format!("…{}HERE{} wo…", "가 나".repeat(6), " word".repeat(7));
    let mut report = quoted(&long, finding);
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(lines[0].strip_prefix("1 │ ").unwrap(), shown);
    assert!(lines[1].contains("^^^^ ----   ") && lines[1].ends_with(" - far"), "{report}");

    let wide = format!("{} {}{}", "a".repeat(60), "b".repeat(200), " word".repeat(60));
    report = quoted(&wide, at(&wide, &"b".repeat(200)));
    assert_eq!(report, format!("1 │ …{}…\n  │  {}", "b".repeat(72), "^".repeat(73)));

    let end = format!("{}END", "a".repeat(200));
    report = quoted(&end, at(&end, "END"));
    assert_eq!(report, format!("1 │ …{}END\n  │ {}^^^", "a".repeat(69), " ".repeat(70)));
}

#[test]
fn labels_stand_on_lines_of_their_own() {
    let text = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\nten\n";
    let expected = " 1 │ one
   │ --- before
 2 │ two
 3 │ three
   │ ^^^^^
 4 │ four
   │ ---- next
   ·
10 │ ten
   │ --- far";
    let finding = labelled(text, "three", &[("ten", "far"), ("one", "before"), ("four", "next")]);
    assert_eq!(quoted(text, finding.clone()), expected);
    assert!(render(Format::Text, "a.md", text, finding).contains("a.md:3:1\n"));
}

#[test]
fn colours_are_few_and_end() {
    let text = "one";
    let style = Style { color: true, ..Style::plain(Format::Text) };
    let report = drawn(style, "a.md", &Lines::new(text), &[(Severity::Error, at(text, "ne"))]);
    assert!(report.starts_with("\u{1b}[0m\u{1b}[1m\u{1b}[31merror[rule]\u{1b}[0m\u{1b}[1m: wrong\u{1b}[0m\n"));
    assert!(report.contains("\u{1b}[34m1\u{1b}[0m "));
    assert!(report.contains("\u{1b}[31m^^\u{1b}[0m\n"));
}

#[test]
fn any_span_is_survived() {
    let text = "\u{feff}가\r\n\u{301}b\n\n끝";
    let ends = [0, 1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13, 15, 16, 99, usize::MAX];
    for (start, end) in ends.iter().flat_map(|&start| ends.map(|end| (start, end))) {
        for &format in Format::value_variants() {
            let mut finding = at(text, "b");
            finding.span = Span::new(start, end);
            finding.label(Span::new(end, start), "here");
            assert_eq!(render(format, "a.md", text, finding).is_empty(), format == Format::Summary);
        }
    }
}

#[test]
fn an_excerpt_takes_the_time_of_what_it_shows() {
    for filler in ["a", "\u{301}", "\t", "한"] {
        let text = filler.repeat(1 << 20);
        let finding = |place| Finding { span: Span::new(place, text.len()), ..at("", "") };
        let findings: Vec<_> = (0..1000).map(|place| (Severity::Warn, finding(place * 1000))).collect();
        let report = drawn(Style::plain(Format::Text), "a.md", &Lines::new(&text), &findings);
        assert!(report.len() < 2_000_000, "{}", report.len());
    }
}

/// A report on two posts, one of them clean, with a place left open.
fn report() -> (String, Summary) {
    let text = "---\n---\n가 [a](#b)\nend\n";
    let lines = Lines::new(text);
    let mut finding = labelled(text, "#b", &[("end", "\"here\"\u{9b}")]);
    finding.help("try");
    let findings = [(Severity::Error, finding), (Severity::Warn, at(text, "(#b)\nend"))];
    let open = [NotChecked { span: at(text, "[a]").span, why: "made later".into() }];
    let style = Style { summary: true, ..Style::plain(Format::Json) };
    let mut out = Vec::new();
    let mut output = Output::new(&mut out, style, 2);
    let folders = Folders::default();
    let rendered = [(&[][..], &[][..]), (&findings[..], &open[..])].map(|(findings, not_checked)| {
        style.render(&Checked {
            path: "a, b%0A.md",
            folders: &folders,
            lines: &lines,
            kind: None,
            findings,
            not_checked,
        })
    });
    rendered.iter().for_each(|rendered| output.add(rendered));
    let summary = output.finish().unwrap();
    (String::from_utf8(out).unwrap(), summary)
}

#[test]
fn json_is_one_document() {
    let expected = r#"{"version":1,"posts":2,"findings":[
{"rule":"rule","severity":"error","path":"a, b%0A.md","message":"wrong","span":{"start":16,"end":18,"line":3,"column":7,"end_line":3,"end_column":9},"labels":[{"path":"a, b%0A.md","span":{"start":20,"end":23,"line":4,"column":1,"end_line":4,"end_column":4},"message":"\"here\"\u009b"}],"help":"try"},
{"rule":"rule","severity":"warning","path":"a, b%0A.md","message":"wrong","span":{"start":15,"end":23,"line":3,"column":6,"end_line":4,"end_column":4},"labels":[],"help":null}
],"not_checked":[
{"path":"a, b%0A.md","span":{"start":12,"end":15,"line":3,"column":3,"end_line":3,"end_column":6},"why":"made later"}
]}
"#;
    let (document, summary) = report();
    assert_eq!(document, expected);
    assert_eq!(summary, Summary { posts: 2, errors: 1, warnings: 1, not_checked: 1, ..Summary::default() });
    let value: serde_json::Value = serde_json::from_str(&document).unwrap();
    assert_eq!(value["findings"][0]["labels"][0]["message"], "\"here\"\u{9b}");
}

#[test]
fn github_commands_cannot_be_forged() {
    let mut finding = at("x", "x");
    finding.message = "%0A\r\n::set-output name=a::b \u{1b}[0m\u{85}".into();
    let expected = "::warning file=a%3A%3A%0A%3A%3Aerror%3A%3Ab,line=1,endLine=1,col=1,endColumn=2,title=postlint(rule)\
        ::%250A%0D%0A::set-output name=a::b ␛[0m\u{fffd}\n";
    assert_eq!(render(Format::Github, "a::\n::error::b", "x", finding), expected);
}

/// Text that is markup, a command or a sign of control to one reader or another.
const NASTY: &str = "<b onx=\"1\">&amp;'\u{1b}[31m\u{202e}\u{0}\u{ffff}]]>`*_[x](1) {1} @a |\r\n::error::b\n- c";

#[test]
fn strangers_forge_nothing() {
    for &format in Format::value_variants() {
        let text = format!("{NASTY}\n");
        let mut finding = at(&text, "onx");
        finding.message = NASTY.into();
        finding.label(Span::new(0, 2), NASTY).help(NASTY).unsafe_fix(NASTY, vec![Edit::insert(1, NASTY)]);
        let path = format!("a/{NASTY}.md");
        let report = whole(format, &path, &text, finding);
        assert!(!report.contains(|sign: char| sign != '\n' && visible(sign) != sign), "{format:?}: {report:?}");
        match format {
            Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => {
                serde_json::from_str::<serde_json::Value>(&report)
                    .unwrap_or_else(|error| panic!("{format:?}: {error}"));
            }
            Format::Junit => {
                let document = roxmltree::Document::parse(&report).unwrap();
                let elements = document.descendants().filter(roxmltree::Node::is_element).count();
                assert_eq!(elements, 4, "{report}");
            }
            Format::Concise | Format::Github => assert_eq!(report.lines().count(), 1),
            Format::Html => {
                assert_eq!(report.matches("<li ").count(), 1, "{report}");
                assert!(!report.contains("<b ") && !report.contains("onx=\"") && !report.contains("[31m\u{1b}"));
            }
            Format::Markdown => {
                for event in pulldown_cmark::Parser::new_ext(&report, pulldown_cmark::Options::all()) {
                    match event {
                        Event::Html(_) | Event::InlineHtml(_) | Event::InlineMath(_) => panic!("{report}"),
                        Event::Start(Tag::Link { dest_url, .. }) => {
                            assert_eq!(*dest_url, rule_page(RuleId::new("rule")))
                        }
                        Event::Text(text) => assert!(!text.starts_with('@'), "{report}"),
                        _ => {}
                    }
                }
            }
            _ => {}
        }
    }
}

#[test]
fn paths_begin_at_the_top_of_the_repository() {
    let folders = |here: &str, top: &str| Folders { here: here.into(), top: top.into() };
    for (here, top, path, expected) in [
        ("/r/blog", "/r", "_posts/a.md", "blog/_posts/a.md"),
        ("/r/blog", "/r", "../b/a.md", "b/a.md"),
        ("/", "/r", "r/a.md", "a.md"),
        ("/r", "/r", "a.md", "a.md"),
    ] {
        let (lines, folders) = (Lines::new(""), folders(here, top));
        let post = Checked { path, folders: &folders, lines: &lines, kind: None, findings: &[], not_checked: &[] };
        assert_eq!(post.in_repository(path), expected);
    }
}

/// A report on one post.
fn whole(format: Format, path: &str, text: &str, finding: Finding) -> String {
    let (lines, folders) = (Lines::new(text), Folders::default());
    let findings = [(Severity::Error, finding)];
    let post = Checked { path, folders: &folders, lines: &lines, kind: None, findings: &findings, not_checked: &[] };
    let style = Style::plain(format);
    let rendered = style.render(&post);
    let mut out = Vec::new();
    let mut output = Output::new(&mut out, style, 1);
    output.add(&rendered);
    output.finish().unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_label_in_another_file() {
    let (text, other) = ("---\npermalink: /a/\n---\n", "---\ntitle: 회고\npermalink: /a/\n---\n");
    let mut finding = at(text, "permalink: /a/");
    let file = OtherFile { path: "_posts/\u{202e}b.md".into(), text: other.into() };
    finding.label_in(file, at(other, "permalink: /a/").span, "the other one");
    let expected = "\
warning[rule]: wrong
  ┌─ a.md:2:1
  │
2 │ permalink: /a/
  │ ^^^^^^^^^^^^^^
  │
  ┌─ _posts/\u{fffd}b.md:3:1
  │
3 │ permalink: /a/
  │ -------------- the other one

";
    let report = render(Format::Text, "a.md", text, finding.clone());
    assert_eq!(report, expected);
    let entry: serde_json::Value = serde_json::from_str(&render(Format::Json, "a.md", text, finding)).unwrap();
    let label = &entry["labels"][0];
    assert_eq!((&label["path"], &label["span"]["line"]), (&"_posts/\u{202e}b.md".into(), &3.into()));
}
