//! Valid configs, broken in small ways: what is said of them, and whether serde_yaml reads the valid ones alike.

use serde_yaml::Value;

use super::*;
use crate::syntax::front_matter::{Entry, Node};
use crate::text::Span;

/// Says something of everything, in every notation.
const EVERYTHING: &str = r#"# 설정
generator: jekyll
posts: &posts ["_posts/**/*.md", '글/*.md']
markdown: kramdown-gfm
math: {engine: mathjax, version: 3, delimiters: ["$", "$$"], macros: {RR: 0, norm: '\|#1\|', pair: ['(#1,#2)', 2]}}
timezone: Asia/Seoul
rules:
  placeholder: warn
  dead-link: {level: error, ignore: ["/tags/*"]}
  "vague-link-text":
    level: off
    words:
    - 여기
    - here
  unpublished-post: {deliberate: true}
  invalid-liquid: {tags: [그림], blocks: []}
  format: {level: warn, since: 2022-10-03}
exclude: ["_posts/old/**", '!_posts/old/a.md']
overrides:
  - {files: "_posts/2019-*.md", rules: {math: off}}
  - files: *posts
    rules:
      placeholder: {since: 2020-01-01, also: [x]}
kinds:
  주간:
    summary: >
      한 주의
      회고
    extends: weekly
    match:
      path: *posts
      front-matter: {categories: &category boostcamp}
    since: 2022-10-03
    front-matter:
      layout: {required: true, one-of: [post, 2]}
      title: {required: true, pattern: '\d+주차 회고$', type: text}
      categories: {one-of: *category}
      date:
    other-keys: allow
    title-heading: same
    date-range: {format: "%y.%m.%d - %y.%m.%d", starts-on: monday, days: 0x7, file-date: end}
    sections:
      level: 2
      others: forbid
      placeholder: |
        아직
      list:
        - learned
        - {name: feeling, also: [feelings, 느낀 점], pattern: '^느', repeat: True}
        - name: 다음 주
          required: false
          also: plan
          sections: {level: 4, others: allow, placeholder: '-', list: [{name: 월, sections: {list: [오전]}}, 화]}
    series: {number: '(\d+)주차'}
  note: {sections: ~, other-keys: !!str forbid}
"#;

const VALUES: &[&str] = &[
    "", "~", "null", "true", "off", "7", "-1", "0x1F", "1.5", "300", "99999999999999999999", "값", "'it''s'",
    "\"\\u0041\"", "[a]", "[]", "{a: b}", "{}", "[[a], {나: [다]}]", "!!str 7", "!!int '7'", "*posts", "&new x",
    "2022-02-30", "([", "**/../x",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())].clone()
    }
}

/// The spans of all entries, keys and values.
fn spans(entries: &[Entry], spans: &mut Vec<Span>) {
    for entry in entries {
        let value = &entry.value;
        spans.extend([entry.key_span, Span::new(entry.key_span.start, value.span.end), value.span]);
        within(value, spans);
    }
}

fn within(node: &Node, list: &mut Vec<Span>) {
    spans(node.entries(), list);
    for item in node.items() {
        list.push(item.span);
        within(item, list);
    }
}

fn mutated(text: &str, dice: &mut Dice) -> String {
    let tree = front_matter::yaml(text, Span::new(0, text.len()));
    let mut places = Vec::new();
    spans(&tree.entries, &mut places);
    if places.is_empty() {
        return EVERYTHING.to_owned();
    }
    let (place, other) = (dice.of(&places), dice.of(&places));
    let with = match dice.below(5) {
        0 => String::new(),
        1 => text[other].to_owned(),
        2 => {
            let before = text[..place.start].rsplit('\n').next().unwrap_or_default();
            let indent = format!("\n{}", " ".repeat(before.chars().count()));
            let between = if before.contains(['{', '[']) { ", " } else { &indent };
            format!("{0}{between}{0}", &text[place])
        }
        3 => format!("{}x", &text[place]),
        _ => dice.of(VALUES).to_owned(),
    };
    format!("{}{with}{}", &text[..place.start], &text[place.end..])
}

/// Holds what always holds of a config, whatever it is; says whether it is valid.
fn hold(text: &str) -> bool {
    let reading = Config::read(text);
    for fault in &reading.faults {
        let (span, message) = (&fault.span, &fault.message);
        let shown = text.get(span.range()).unwrap_or_else(|| panic!("{span:?} is no span of\n{text}"));
        assert!(!shown.contains('\n'), "{message}: {shown:?} is more than one line of\n{text}");
        assert!(!message.is_empty());
        for word in ["struct ", "enum ", "variant", "tuple", "u8", "YAML tag", "unit"] {
            assert!(!message.contains(word), "{message} for\n{text}");
        }
    }
    let tree = front_matter::yaml(text, Span::new(0, text.len()));
    if !tree.faults.is_empty() {
        assert!(!reading.faults.is_empty());
        return false;
    }
    let mut source = Source::of(&tree);
    let mut unusable = Findings::of(RuleId::INVALID_CONFIG, text);
    unusable::leave_out(text, &tree, &mut source, &mut unusable);
    if !unusable.is_empty() {
        return false;
    }
    // A few slips are none to our parser, but to that of serde_yaml.
    if serde_yaml::from_str::<Value>(text).is_err() {
        return false;
    }
    let (ours, faults) = source.read::<Config>();
    match serde_yaml::from_str::<Option<Config>>(text) {
        Ok(theirs) if faults.is_empty() => {
            assert_eq!(
                format!("{:?}", ours.unwrap_or_default()),
                format!("{:?}", theirs.unwrap_or_default()),
                "{text}"
            );
        }
        Ok(_) => panic!("serde_yaml takes what we do not: {faults:?}\n{text}"),
        Err(error) => assert!(!faults.is_empty(), "serde_yaml says {error}\n{text}"),
    }
    reading.faults.is_empty()
}

#[test]
fn whatever_is_broken_is_told_at_its_place() {
    let faults = Config::read(EVERYTHING).faults;
    assert!(hold(EVERYTHING), "{faults:#?}");
    assert!(hold(&format!("\u{feff}{}", EVERYTHING.replace('\n', "\r\n"))));
    let mut dice = Dice(1);
    let mut valid = 0;
    for _ in 0..300 {
        let mut text = EVERYTHING.to_owned();
        for _ in 0..=dice.below(4) {
            text = mutated(&text, &mut dice);
            valid += usize::from(hold(&text));
        }
    }
    assert!(valid > 50, "{valid}");
}
