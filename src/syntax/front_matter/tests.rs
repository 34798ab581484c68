//! The reader on whole files.

use super::*;

fn whole(text: &str) -> FrontMatter {
    match read(text) {
        Found::Whole(front_matter) => front_matter,
        other => panic!("{text:?} gave {other:?}"),
    }
}

/// Reads the content between `---` fences and returns the file too, for its spans.
fn faults_of(content: &str) -> (String, Vec<Fault>, bool) {
    let text = format!("---\n{content}\n---\n본문\n");
    let tree = whole(&text).tree;
    (text.clone(), tree.faults, tree.complete)
}

#[test]
fn where_it_is() {
    let cases = [
        ("---\ntitle: a\n---\nbody", "Whole 17"),
        ("\u{feff}---\r\ntitle: a\r\n---  \r\nbody", "Whole 25"),
        ("--- \ntitle: a\n...\nbody", "Whole 18"),
        ("---\n---\n", "Whole 8"),
        ("---\n---", "Whole 7"),
        ("---\n\n# a comment\ntitle: a\n---\n", "Whole 30"),
        ("+++\ntitle = \"a\"\n+++\n", "Whole 20"),
        ("{\n\t\"title\": \"a } b\",\n\t\"x\": {\"y\": [\"\\\"}\"]}\n}\nbody", "Whole 44"),
        ("\u{feff}{ \"title\":\"a\" }\r\nbody", "Whole 20"),
        ("\u{feff}text", "None 3"),
        ("---\ntitle: a\n\nbody\n", "Unclosed 0"),
        ("---\nweek: 3\nmood: good\nbody\n", "Unclosed 0"),
        ("---\ntitle: a\n ---\nbody\n", "Unclosed 0"),
        ("+++\ntitle = \"a\"\nbody\n", "Unclosed 0"),
        ("\n---\ntitle: a\n---\n", "Late 0"),
        ("  \n\n+++\ntitle = 'a'\n+++\n", "Late 0"),
        (" ---\n title: a\n ---\n", "Late 0"),
    ];
    for (text, expected) in cases {
        let found = read(text);
        let body = found.body(text);
        let name = match found {
            Found::None => "None",
            Found::Whole(_) => "Whole",
            Found::Unclosed { .. } => "Unclosed",
            Found::Misplaced { .. } => "Late",
        };
        assert_eq!(format!("{name} {body}"), expected, "{text:?}");
    }
    for text in [
        "{\"title\": \"a\"",
        "{\"title\": \"a\"} and more\n",
        "{% include a.html %}\n",
        "{{< note \"a\" >}}\n",
        "",
        "text\n---\na: b\n---\n",
        "----\ntitle: a\n----\n",
        "---\n\nProse after a thematic break.\n\n---\n\nMore.\n",
        "---\nProse that never ends\n",
        "---\nNote: prose\n",
        "---\n",
        "\n---\n\nprose\n\n---\n",
        "\n---\ntitle: a\n",
    ] {
        assert!(matches!(read(text), Found::None), "{text:?}");
    }
}

#[test]
fn fences_and_content() {
    let text = "\u{feff}---\r\ntitle: 회고\r\n---\r\n본문";
    let front_matter = whole(text);
    assert_eq!(&text[front_matter.content], "title: 회고\r\n");
    assert_eq!(&text[front_matter.closing], "---");
    assert_eq!(&text[front_matter.span], "---\r\ntitle: 회고\r\n---");
    let title = front_matter.get("title").unwrap();
    assert_eq!((&text[title.key_span], &text[title.value.span]), ("title", "회고"));
    assert_eq!(title.value.text(), Some("회고"));
}

#[test]
fn spans_and_styles() {
    let cases = [
        ("a: b # c", "b", Style::Plain, "b"),
        ("a: b\n  c", "b\n  c", Style::Plain, "b c"),
        ("a:", "", Style::Plain, ""),
        ("a: # c", "", Style::Plain, ""),
        ("a: 'b'", "'b'", Style::SingleQuoted, "b"),
        ("'a': \"b\\n\"", "\"b\\n\"", Style::DoubleQuoted, "b\n"),
        ("a: |\n  b\n\n", "|\n  b", Style::Literal, "b\n"),
        ("a: >-  # c\n\n  b\n  c\nd: e", ">-  # c\n\n  b\n  c", Style::Folded, "\nb c"),
        ("a: !!str 5", "5", Style::Plain, "5"),
        ("a: &b c", "c", Style::Plain, "c"),
        ("a: [b, c]  ", "[b, c]", Style::Flow, "-"),
        ("a: [\n  b,\n]\nc: d", "[\n  b,\n]", Style::Flow, "-"),
        ("a: {b: c}", "{b: c}", Style::Flow, "-"),
        ("a:\n  - b\n  - c\n\nd: e", "- b\n  - c", Style::Block, "-"),
        ("a:\n- b\n- c\nd: e", "- b\n- c", Style::Block, "-"),
        ("a:\n-\n- c\nd: e", "-\n- c", Style::Block, "-"),
        ("a:\n- - b\n  - c", "- - b\n  - c", Style::Block, "-"),
        ("a:\n  b: c\n  d:\n    e\n\n# f", "b: c\n  d:\n    e", Style::Block, "-"),
    ];
    for line_break in ["\n", "\r\n"] {
        for (content, span, style, value) in cases {
            let text = format!("---\n{content}\n---\n").replace('\n', line_break);
            let front_matter = whole(&text);
            assert_eq!(front_matter.tree.faults, [], "{text:?}");
            let node = &front_matter.get("a").unwrap().value;
            assert_eq!(&text[node.span], span.replace('\n', line_break), "{text:?}");
            assert_eq!((node.style, node.text().unwrap_or("-")), (style, value), "{text:?}");
        }
    }
}

#[test]
fn an_empty_value_stands_after_the_colon() {
    let text = "---\na:\nb: \n---\n";
    let spans: Vec<_> = whole(text).tree.entries.iter().map(|entry| entry.value.span).collect();
    assert_eq!(spans, [Span::empty(6), Span::empty(9)]);
}

#[test]
fn order_duplicates_and_comments() {
    let text = "---\nb: 1 # one\n# two\na: 2\nb: yes\n---\n";
    let front_matter = whole(text);
    let keys: Vec<_> = front_matter.tree.entries.iter().map(|entry| entry.key.as_str()).collect();
    assert_eq!(keys, ["b", "a", "b"]);
    assert_eq!((front_matter.text("b"), front_matter.value("b")), (Some("yes"), Some(Value::Bool(true))));
    let comments: Vec<_> = front_matter.tree.comments.iter().map(|span| &text[*span]).collect();
    assert_eq!(comments, ["# one", "# two"]);
}

#[test]
fn quotes_and_tags_make_text() {
    let text = "---\na: 'yes'\nb: !!str 5\nc: |\n  5\n---\n";
    let front_matter = whole(text);
    for (key, expected) in [("a", "yes"), ("b", "5"), ("c", "5\n")] {
        assert_eq!(front_matter.value(key), Some(Value::Text(expected)));
    }
}

#[test]
fn aliases_are_kept_as_names() {
    let text = "---\na: &x [1]\nb: *x\n---\n";
    let front_matter = whole(text);
    let alias = &front_matter.get("b").unwrap().value;
    assert!(matches!(&alias.data, Data::Alias(name) if name == "x"));
    assert_eq!(&text[alias.span], "*x");
}

/// What `rules/invalid-front-matter.md` does not show: what stands between the fences, the text at fault, words of the message, the help, and the keys after it.
const BROKEN: [(&str, &str, &str, &str, &str); 32] = [
    ("o:\n  t: a: b\nx: y", ":", "value of `t` holds", "put the value in quotes: `t: \"a: b\"`", "o? x"),
    (
        "title: \"a\": b\nx: y",
        ":",
        "value of `title` holds",
        "put the value in quotes: `title: '\"a\": b'`",
        "title? x",
    ),
    ("title: {a} b\nx: y", "b", "`{a}` is a map", "put the value in quotes: `title: \"{a} b\"`", "title? x"),
    ("title: `x`\nx: y", "`", "starts with a backtick", "put the value in quotes: `title: \"`x`\"`", "title? x"),
    ("title: %x\nx: y", "%", "starts with `%`", "put the value in quotes: `title: \"%x\"`", "title? x"),
    ("title: *x\nx: y", "*x", "no value has that name", "put the value in quotes: `title: \"*x\"`", "title x"),
    ("title: *x z\nx: y", "*x", "no value has that name", "put the value in quotes: `title: \"*x z\"`", "title? x"),
    ("title: & b\nx: y", "&", "starts with `&`", "put the value in quotes: `title: \"& b\"`", "title? x"),
    (
        "title: !new b\nx: y",
        "!new",
        "takes for a type and drops",
        "put the value in quotes: `title: \"!new b\"`",
        "title x",
    ),
    ("title: ! b\nx: y", "!", "takes for a type and drops", "put the value in quotes: `title: \"! b\"`", "title x"),
    (
        "title: > b\nx: y",
        ">",
        "begins a text on the next line",
        "put the value in quotes: `title: \"> b\"`",
        "title? x",
    ),
    ("title: - b\nx: y", "-", "begins a list item", "put the value in quotes: `title: \"- b\"`", "title? x"),
    ("title: \"회고\nx: \"y\"", "\"", "the quote `\"` is not closed", "put a `\"` at the end", "title? x"),
    ("title: '회고\n  it's\nx: y", "'", "the quote `'` is not closed", "put a `'` at the end", "title? x"),
    ("tags: [\"a, b]\nx: y", "\"", "the quote `\"` is not closed", "put a `\"` at the end", "tags? x"),
    ("title: \"a\" b\nx: y", "b", "goes on after its closing quote: `b`", "put single quotes around", "title? x"),
    (
        "title: 'it's'\nx: y",
        "s'",
        "goes on after its closing quote",
        "write a single quote inside single quotes twice",
        "title? x",
    ),
    ("title: \"a\\d\"\nx: y", "\\d", "`\\d` is no escape", "write `\\\\d`", "title? x"),
    (
        "tags: [a, b\nx: y",
        "[",
        "has no `]`",
        "close it with `]`, or put the value in quotes: `tags: \"[a, b\"`",
        "tags? x",
    ),
    ("tags: {a: b", "{", "has no `}`", "close it with `}`", "tags?"),
    ("a: b\nsome text\nx: y", "some text", "`some text` is no `key: value`", "give it a key", "a x"),
    ("a: b\n  c: d\nx: y", "c", "`c` is indented like a part", "start it in the same column", "a? x"),
    ("a:\n    c: d\n  e: f\nx: y", "e: f", "indented by 2 and fits no line", "start it in the same column", "a x"),
    (" a: b\nx: y", "x: y", "further left", "start all keys in the same column", "a x"),
    ("hello\nworld", "hello", "this is a text without keys", "write one `key: value`", ""),
    (
        "title: {{ page.title }}\nx: y",
        "{{ page.title }}",
        "a template",
        "put the value in quotes: `title: \"{{ page.title }}\"`",
        "title x",
    ),
    (
        "title: {% if a %}b{% endif %}\nx: y",
        "{% if a %}b{% endif %}",
        "a template",
        "put the value in quotes",
        "title? x",
    ),
    ("title: a\n: b\nx: y", ":", "without a key before it", "write the key", "title  x"),
    ("title: &제목 b\nx: y", "&", "starts with `&`", "put the value in quotes: `title: \"&제목 b\"`", "title x"),
    ("tags:\n-\ta\nx: y", "\t", "a tab follows the dash", "put a space", "tags x"),
    ("title: a\n\u{feff}b: c\nx: y", "\u{feff}", "byte order mark", "delete it", "title x"),
    ("a: b\n- c\nx: y", "- c", "is no `key: value`", "give it a key", "a x"),
];

#[test]
fn a_fault_points_at_its_cause() {
    for (content, at, message, help, keys) in BROKEN {
        let (text, faults, _) = faults_of(content);
        let [fault] = &faults[..] else { panic!("{content:?} gave {faults:#?}") };
        assert_eq!(&text[fault.span], at, "{content:?} {fault:?}");
        assert!(fault.message.contains(message), "{content:?} {fault:?}");
        assert!(fault.help.as_deref().is_some_and(|text| text.starts_with(help)), "{content:?} {fault:?}");
        let read: Vec<_> = whole(&text).tree.entries.iter().map(named).collect();
        assert_eq!(read.join(" "), keys, "{content:?}");
    }
}

fn named(entry: &Entry) -> String {
    let mark = if matches!(entry.value.data, Data::Unread) { "?" } else { "" };
    format!("{}{mark}", entry.key)
}

#[test]
fn a_key_is_missing_only_when_all_keys_were_read() {
    let cases = [
        ("title: a: b\nx: y", true),
        ("title: \"a\nx: y", true),
        ("a: b\ntitle:c", false),
        ("title：c\nx: y", false),
        ("- a", false),
        ("", true),
        ("# only a comment", true),
    ];
    for (content, expected) in cases {
        assert_eq!(faults_of(content).2, expected, "{content:?}");
    }
}

#[test]
fn two_causes_are_two_faults() {
    let (text, faults, _) = faults_of("title: a: b\ndescription: c: d\nx: @y");
    assert_eq!(faults.iter().map(|fault| &text[fault.span]).collect::<Vec<_>>(), [":", ":", "@"]);
}

#[test]
fn toml_in_source_order() {
    let text = "+++\ntitle = 'a' # c\ndate = 2024-01-02\nweight = 0o17\ntags = [\n \"b\", # d\n]\n[extra]\nz = 1\na.b = 2\n+++\n";
    let front_matter = whole(text);
    assert_eq!(front_matter.format, Format::Toml);
    assert_eq!(front_matter.tree.faults, []);
    let read: Vec<_> = front_matter.tree.entries.iter().map(|entry| (entry.key.as_ref(), entry.value.style)).collect();
    let expected = [
        ("title", Style::SingleQuoted),
        ("date", Style::Bare),
        ("weight", Style::Bare),
        ("tags", Style::Flow),
        ("extra", Style::Block),
    ];
    assert_eq!(read, expected);
    assert_eq!(front_matter.value("weight"), Some(Value::Integer(15)));
    let comments: Vec<_> = front_matter.tree.comments.iter().map(|span| &text[*span]).collect();
    assert_eq!(comments, ["# c", "# d"]);
    let place = front_matter.tree.find(&["extra", "a", "b"]).unwrap();
    assert_eq!(&text[place.value.span], "2");
}

#[test]
fn json_as_hugo_reads_it() {
    let text = "{\n  \"title\" : \"a\",\n  \"draft\": false,\n  \"extra\": {\"b\": 2}\n}\nbody";
    let front_matter = whole(text);
    assert_eq!((front_matter.format, front_matter.tree.complete), (Format::Json, true));
    assert_eq!(front_matter.value("title"), Some(Value::Text("a")));
    assert_eq!(front_matter.value("draft"), Some(Value::Bool(false)));
    assert_eq!(&text[front_matter.closing], "}");
    assert!(text[front_matter.content].starts_with("  \"title") && text[front_matter.content].ends_with("}\n"));
    assert!(whole("{\"title\": \"a\"}\nbody").content.is_empty());
}

#[test]
fn toml_faults() {
    let cases = [
        ("title = 회고\ndate = 2024-01-02", "회고", "title? date"),
        ("title = \"a\nx = 1", "\"", "title? x"),
        ("title = 'a\nx = 1", "'", "title? x"),
        ("a = 1\na = 2", "a", "a"),
        ("a =\nb = 1", "a =", "a? b"),
        ("title: a\nx = 1", ":", ""),
        ("a = 1\n제목 = \"a\"", "제목", "a 제목"),
        ("date = 2024-13-45\nx = 1", "2024-13-45", "date? x"),
        ("a = 1\nsome text", "some text", "a"),
    ];
    for (content, at, keys) in cases {
        let text = format!("+++\n{content}\n+++\n");
        let tree = whole(&text).tree;
        let [fault] = &tree.faults[..] else { panic!("{content:?} gave {:#?}", tree.faults) };
        assert_eq!(&text[fault.span], at, "{content:?} {fault:?}");
        let read: Vec<_> = tree.entries.iter().map(named).collect();
        assert_eq!(read.join(" "), keys, "{content:?}");
    }
}

#[test]
fn hostile_texts_survive() {
    let many = 100_000;
    let deep_toml = |part: &str| format!("+++\na = {}\n+++\n", part.repeat(many));
    let cases = [
        format!("---\na: {}\n---\n", "[".repeat(many)),
        format!("---\na: {}\n---\n", "{a: ".repeat(many)),
        format!("---\n{}\n---\n", "- ".repeat(many)),
        format!("---\n{}\n---\n", (0..1000).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>()),
        deep_toml("["),
        deep_toml("{a="),
        format!("+++\n{}a = 1\n+++\n", "a.".repeat(many)),
        format!("+++\n[{}a]\n+++\n", "a.".repeat(many)),
    ];
    for text in cases {
        let tree = whole(&text).tree;
        assert!(tree.faults[0].message.contains("nested deeper than 64 levels"), "{:?} {:?}", &text[..20], tree.faults);
    }
    for text in ["{\"a\": ".repeat(many), format!("{{\"a\": {}1{}", "[".repeat(many), "]}".repeat(many))] {
        assert!(matches!(read(&text), Found::None));
    }
    let text = format!("---\n{}---\n", "a: *b\n".repeat(many));
    let tree = whole(&text).tree;
    assert_eq!(tree.entries.len(), MAX_KEYS);
    assert!(tree.faults.iter().any(|fault| fault.message == "100000 keys are too many: only 1000 are read"));
    let text = format!("---\n{}---\n", "a: [\n".repeat(many));
    assert!(!whole(&text).tree.complete);
    let text = format!("---\n{}---\n", "title: a\n".repeat(MAX_BYTES / 8));
    assert!(whole(&text).tree.faults[0].message.contains("1179648 bytes") || !whole(&text).tree.complete);
}

/// Asked of Psych 4.
#[test]
fn what_others_read_is_read() {
    for (text, key, value) in [
        ("title: \"Notes on\nbuilding things\"\nlayout: post\n", "title", "Notes on building things"),
        ("title: \"Notes on\r\nbuilding things\"\r\nlayout: post\r\n", "title", "Notes on building things"),
        ("title: 'a\nb\nc'\nlayout: post\n", "title", "a b c"),
        ("title: \"a\n  b\nc\"\nlayout: post\n", "title", "a b c"),
        ("title: \"a \n\n b\"\nlayout: post\n", "title", "a\nb"),
        ("title: \"a\n\nb\"\nlayout: post\n", "title", "a\nb"),
        ("title: \u{feff}Meeting\nlayout: post\n", "title", "\u{feff}Meeting"),
        ("title: \u{feff}Meeting\nlayout: \u{feff}post\n", "layout", "\u{feff}post"),
    ] {
        let tree = yaml(text, Span::new(0, text.len()));
        assert_eq!(tree.faults, [], "{text}");
        let entry = tree.get(key).expect(key);
        assert_eq!(entry.value.text(), Some(value), "{text}");
        assert!(tree.get("layout").is_some() && tree.entries.len() == 2, "{text}");
        assert!(text.is_char_boundary(entry.value.span.start) && text.is_char_boundary(entry.value.span.end));
    }
    for text in ["tags: [\n\ta\n]\nx: y\n", "tags: [a,\n\tb]\nx: y\n", "tags: {\n\ta: 1,\n\tb: 2\n}\nx: y\n"] {
        let tree = yaml(text, Span::new(0, text.len()));
        assert!(tree.faults.is_empty() && tree.entries.len() == 2, "{text} {:?}", tree.faults);
    }
    for text in [
        "tags:\n\t- a\n", "a:\n  - b [c\n\td: e\n", "title: \"a\nlayout: post\n", "title: \"a\nlayout: \"post\"\n",
        "\u{feff}title: a\n", "a: b\n\u{feff}title: a\n", "title: 'a\nb\n",
    ] {
        // A mark at the very start of a text is no part of it.
        let text = format!("x: y\n{text}");
        assert!(!yaml(&text, Span::new(0, text.len())).faults.is_empty(), "{text}");
    }
}
