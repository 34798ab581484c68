//! The alignment of sections: for every single edit of a post, exactly one finding.

mod support;

use postlint::config::{Config, Selection};
use postlint::finding::Safety;
use support::Example;

const NAMES: [&str; 5] = ["learned", "boostcamp", "not boostcamp", "miscellaneous", "feeling"];

fn post(headings: &[String]) -> String {
    let sections = headings.iter().map(|heading| format!("{heading}\n\n- 오늘 한 일\n"));
    format!("# 3주차 회고\n\n{}", sections.collect::<Vec<_>>().join("\n"))
}

fn headings() -> Vec<String> {
    NAMES.iter().map(|name| format!("## {name}")).collect()
}

/// What is said of a post with these headings, as `rule: message`.
fn found(others: &str, headings: &[String]) -> Vec<String> {
    found_by(&format!("{{others: {others}, list: [{}]}}", NAMES.join(", ")), headings)
}

fn found_by(sections: &str, headings: &[String]) -> Vec<String> {
    found_in(&example(sections, post(headings)))
}

fn example(sections: &str, text: String) -> Example {
    let config = format!("kinds: {{weekly: {{sections: {sections}}}}}\n");
    let path = "_posts/2022-10-09-week.md".to_owned();
    Example { path, text, config, now: None, others: Vec::new() }
}

fn found_in(example: &Example) -> Vec<String> {
    let found = example.check("missing-section").into_iter();
    let found = found.filter(|(_, finding)| finding.rule.contains("section"));
    found.map(|(_, finding)| format!("{}: {}", finding.rule, finding.message)).collect()
}

fn only(rule: &str, others: &str, headings: &[String]) {
    holds_one(rule, others, headings, found(others, headings));
}

fn holds_one(rule: &str, others: &str, headings: &[String], found: Vec<String>) {
    let fits = found.len() == 1 && found[0].starts_with(&format!("{rule}: "));
    assert!(fits, "{rule} alone is expected of {headings:?}, others {others}: {found:#?}");
}

#[test]
fn the_post_as_it_should_be() {
    for others in ["allow", "forbid"] {
        assert_eq!(found(others, &headings()), [""; 0]);
    }
}

#[test]
fn every_single_edit() {
    for others in ["allow", "forbid"] {
        for at in 0..NAMES.len() {
            let edited = |edit: &dyn Fn(&mut Vec<String>)| {
                let mut headings = headings();
                edit(&mut headings);
                headings
            };
            only("missing-section", others, &edited(&|all| _ = all.remove(at)));
            only("wrong-section-level", others, &edited(&|all| all[at].insert(0, '#')));
            only("wrong-section-level", others, &edited(&|all| _ = all[at].remove(0)));
            only("unknown-section", others, &edited(&|all| all[at].push('s')));
            only("unknown-section", others, &edited(&|all| all[at] = all[at].to_uppercase()));
            let renamed = edited(&|all| all[at] = "## 이번 주의 사진".to_owned());
            only(if others == "allow" { "missing-section" } else { "unknown-section" }, others, &renamed);
            for to in (0..NAMES.len()).filter(|&to| to != at) {
                only("misplaced-section", others, &edited(&|all| all.swap(at, to)));
                only(
                    "misplaced-section",
                    others,
                    &edited(&|all| {
                        let heading = all.remove(at);
                        all.insert(to, heading);
                    }),
                );
            }
            for to in 0..=NAMES.len() {
                only("duplicate-section", others, &edited(&|all| all.insert(to, all[at].clone())));
                let added = edited(&|all| all.insert(to, "## 이번 주의 사진".to_owned()));
                match others {
                    "allow" => assert_eq!(found(others, &added), [""; 0]),
                    _ => only("unknown-section", others, &added),
                }
            }
        }
    }
}

#[test]
fn two_edits_are_two_findings() {
    let headings = |names: &[&str]| names.iter().map(|name| format!("## {name}")).collect::<Vec<_>>();
    for (names, rules) in [
        (&["boostcamp", "learned", "not boostcamp", "feeling", "miscellaneous"][..], &["misplaced", "misplaced"][..]),
        (&["boostcamp", "learned", "not boostcamp", "feeling"], &["misplaced", "missing"]),
        (&["learned", "boostcamp", "feelings"], &["missing", "missing", "unknown"]),
        (&["learned", "picture", "not boostcamp", "songs", "feeling"], &["unknown", "unknown"]),
        (&["feeling", "learned", "boostcamp", "not boostcamp", "miscellaneous", "feeling"], &["duplicate"]),
        (&["pictures", "songs"], &["missing"]),
    ] {
        let mut found = found("forbid", &headings(names));
        found.sort();
        let found: Vec<&str> = found.iter().filter_map(|finding| finding.split('-').next()).collect();
        assert_eq!(found, rules, "{names:?}");
    }
}

/// A list within two sections, one of which repeats, with a name that the list above has too.
fn nested(others: &str) -> (String, Vec<String>) {
    let within = format!("{{others: {others}, list: [월요일, 화요일, feeling]}}");
    let list = format!(
        "[learned, {{name: 할 일, repeat: true, sections: {within}}}, feeling, {{name: 끝, sections: {within}}}]"
    );
    let part = |name| [format!("## {name}"), "### 월요일".into(), "### 화요일".into(), "### feeling".into()];
    let whole = [vec!["## learned".into(), "### 화요일".into()], part("할 일").into(), part("할 일").into()];
    let rest = [vec!["## feeling".into()], part("끝").into()];
    (format!("{{others: {others}, list: {list}}}"), [whole.concat(), rest.concat()].concat())
}

/// The places of headings that a list within lists.
const WITHIN: [usize; 9] = [3, 4, 5, 7, 8, 9, 12, 13, 14];

#[test]
fn every_single_edit_within_a_section() {
    for others in ["allow", "forbid"] {
        let (sections, headings) = nested(others);
        assert_eq!(found_by(&sections, &headings), [""; 0]);
        let only = |rule: &str, edit: &dyn Fn(&mut Vec<String>)| {
            let mut headings = headings.clone();
            edit(&mut headings);
            holds_one(rule, others, &headings, found_by(&sections, &headings));
        };
        for at in WITHIN {
            only("missing-section", &|all| _ = all.remove(at));
            only("wrong-section-level", &|all| all[at].insert(0, '#'));
            only("unknown-section", &|all| all[at].push('s'));
            let renamed = if others == "allow" { "missing-section" } else { "unknown-section" };
            only(renamed, &|all| all[at] = "### 이번 주의 사진".to_owned());
            only("duplicate-section", &|all| all.insert(at, all[at].clone()));
            if headings[at] != "### feeling" {
                only("wrong-section-level", &|all| _ = all[at].remove(0));
                only("misplaced-section", &|all| all.swap(at, at + 1));
            }
        }
        // What was in it stands in the section before it now.
        only("missing-section", &|all| _ = all.remove(11));
        for at in [0, 10] {
            only("missing-section", &|all| _ = all.remove(at));
            only("wrong-section-level", &|all| all[at].insert(0, '#'));
        }
        only("unknown-section", &|all| all[11].push('s'));
        only("wrong-section-level", &|all| all[11].insert(0, '#'));
        only("misplaced-section", &|all| all.rotate_right(4));
    }
}

#[test]
fn what_is_not_there_has_nothing_within() {
    let (sections, mut headings) = nested("forbid");
    headings.truncate(11);
    assert_eq!(found_by(&sections, &headings), ["missing-section: the section `끝` is missing"]);
    headings.push("## 끝".to_owned());
    let none = "missing-section: none of the sections of `끝` is here: `월요일`, `화요일`, `feeling`";
    assert_eq!(found_by(&sections, &headings), [none]);
}

/// What `fix --unsafe-fixes` makes of a post.
fn fixed(example: &Example) -> String {
    let folder = example.blog();
    let (engine, _, _) = Config::read(&example.config).engine(&Selection::default());
    postlint::fix::fix(&example.path, &example.text, &engine, &example.open(folder.path()), Safety::Unsafe).text
}

fn move_by(headings: &mut [String], by: isize) {
    for heading in headings {
        let by_one = |heading: &mut String| if by < 0 { _ = heading.remove(0) } else { heading.insert(0, '#') };
        (0..by.abs()).for_each(|_| by_one(heading));
    }
}

#[test]
fn all_that_is_off_moves_together() {
    for (others, by) in [("allow", -1), ("allow", 1), ("allow", 2), ("forbid", -1), ("forbid", 1), ("forbid", 2)] {
        let (sections, mut headings) = nested(others);
        // Topics that no list names, deeper than the section they are part of.
        headings.insert(9, "#### 오후".to_owned());
        headings.insert(1, "### 메모".to_owned());
        let text = |headings: &[String]| format!("---\ntitle: 3주차 회고\n---\n\n{}", post(headings));
        let whole = text(&headings);
        assert_eq!(found_in(&example(&sections, whole.clone())), [""; 0]);
        // The whole post, a section with those within, and all within one.
        for moved in [0..headings.len(), 13..headings.len(), 14..headings.len(), 8..12] {
            if by < 0 && moved.start > 0 && moved.start != 13 {
                continue;
            }
            let mut headings = headings.clone();
            move_by(&mut headings[moved], by);
            let example = example(&sections, text(&headings));
            holds_one("wrong-section-level", others, &headings, found_in(&example));
            assert_eq!(fixed(&example), whole, "{headings:?}");
        }
    }
}

#[test]
fn all_of_a_repeating_section_are_off() {
    let sections = "{list: [learned, {name: 날, pattern: '^\\d일$', repeat: true}]}";
    let headings = ["## learned", "### 1일", "### 2일", "#### 3일"].map(str::to_owned);
    let example = example(sections, post(&headings));
    assert_eq!(found_in(&example), ["wrong-section-level: `1일` is a heading of level 3, not 2"]);
    assert_eq!(fixed(&example), post(&["## learned", "## 1일", "## 2일", "### 3일"].map(str::to_owned)));
}

#[test]
fn no_heading_is_missing_and_unknown() {
    let (sections, headings) = nested("forbid");
    let edits: [fn(&mut Vec<String>, usize); 4] = [
        |all, at| all[at].insert(0, '#'),
        |all, at| _ = all[at].remove(0),
        |all, at| _ = all.remove(at),
        |all, at| all.insert(at, "## 사진".to_owned()),
    ];
    for (one, other) in (0..edits.len()).flat_map(|one| (0..edits.len()).map(move |other| (one, other))) {
        for (first, second) in (8..headings.len()).flat_map(|second| (0..second).map(move |first| (first, second))) {
            let mut headings = headings.clone();
            edits[other](&mut headings, second);
            edits[one](&mut headings, first);
            let found = found_by(&sections, &headings);
            let told = |rule: &str, of: &str| -> Vec<String> {
                let found = found.iter().filter(|found| found.starts_with(rule));
                found.filter_map(|found| Some(found.split(of).nth(1)?.split('`').next()?.to_owned())).collect()
            };
            let missing = told("missing-section", "the section `");
            let unknown = told("unknown-section", "has no section `");
            let both = missing.iter().any(|missing| unknown.contains(missing));
            assert!(!both, "{headings:?}: {found:#?}");
        }
    }
}

#[test]
fn very_many_sections_take_no_time() {
    let many: Vec<String> = (0..20_000).map(|at| format!("## {}", NAMES[(at * 7) % 5])).collect();
    let begin = std::time::Instant::now();
    assert!(!found("forbid", &many).is_empty());
    // Far more than a slow machine needs, far less than comparing each with each would take.
    let (sections, part) = nested("forbid");
    let many: Vec<String> = part.iter().cycle().take(20_000).cloned().collect();
    assert!(!found_by(&sections, &many).is_empty());
    let many: Vec<String> = (0..20_000).map(|at| format!("{} 할 일", ["##", "###", "####"][at % 3])).collect();
    assert!(!found_by(&sections, &many).is_empty());
    assert!(begin.elapsed() < std::time::Duration::from_secs(20), "{:?}", begin.elapsed());
}

/// In a short name of these scripts one sign is a word: `上周` is no slip of `下周`.
#[test]
fn another_word_is_no_slip() {
    let headings = |names: &[&str]| names.iter().map(|name| format!("## {name}")).collect::<Vec<_>>();
    for (list, heading, found) in [
        ("[{name: 下周完成, required: false}]", "上周完成", &[][..]),
        ("[{name: 느낀점, required: false}]", "느낀 점", &["unknown-section"]),
        ("[{name: 이번 주 학습 정리, required: false}]", "이번 주 학슴 정리", &["unknown-section"]),
    ] {
        let all = found_by(&format!("{{list: {list}}}"), &headings(&[heading]));
        let rules: Vec<&str> = all.iter().filter_map(|finding| finding.split(':').next()).collect();
        assert_eq!(rules, found, "{heading}: {all:?}");
    }
}

/// Where no front matter has a title, a list of H1 can say what the title of the text looks like.
#[test]
fn the_title_of_a_text_is_a_section_where_the_list_names_it() {
    let found = |pattern: &str| {
        let list = format!("{{level: 1, list: [{{name: 1주차 회고, pattern: '{pattern}'}}]}}");
        found_by(&list, &["## done".to_owned()])
    };
    assert_eq!(found(r"^\d+주차 회고$"), [""; 0]);
    assert_eq!(found(r"^\d+월 회고$"), ["missing-section: the section `1주차 회고` is missing"]);
}
