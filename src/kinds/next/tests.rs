use super::pattern::{self, Goes, Speaks, Told};
use super::*;
use crate::blog::Settings;
use crate::files::Files;

fn day(text: &str) -> Date {
    text.parse().expect("a day")
}

/// What is known of posts of days, each about the week that ends on its day.
fn known(days: &[&str]) -> Vec<Known> {
    let week = |last: Date| (last.saturating_sub(jiff::ToSpan::days(6)), last);
    let known = |text: &&str| Known { own: Some(day(text)), days: Some(week(day(text))), number: None };
    days.iter().map(known).collect()
}

use self::known as known_on;

#[test]
fn rows_of_texts_go_on() {
    let known = known(&["2022-12-11", "2022-12-18", "2022-12-25", "2023-01-01"]);
    let on = |text: &str| Goes::On(text.to_owned());
    let around = |before: &str, behind: &str| Goes::Around(before.to_owned(), behind.to_owned());
    for (texts, next) in [
        (["1주차 회고", "2주차 회고", "3주차 회고"], on("4주차 회고")),
        (["Week 8: Flyers", "Week 9: Trains", "Week 10: A wet walk"], around("Week 11: ", "")),
        (["8 / Going", "9 / Rolling", "10 / Ten"], around("11 / ", "")),
        (["2022-12-11-week1", "2022-12-18-week2", "2022-12-25-week3"], on("2023-01-01-week4")),
        (["2022-12-11-cats", "2022-12-18-a-dog", "2022-12-25-two-hats"], around("2023-01-01-", "")),
        (["11.12.2022", "18.12.2022", "25.12.2022"], on("01.01.2023")),
        (["11 Dec 2022", "18 Dec 2022", "25 Dec 2022"], on("1 Jan 2023")),
        (["December 11, 2022", "December 18, 2022", "December 25, 2022"], on("January 1, 2023")),
        (["2022, Week 49", "2022, Week 50", "2022, Week 51"], on("2022, Week 52")),
        (["22.12.05 - 22.12.11", "22.12.12 - 22.12.18", "22.12.19 - 22.12.25"], on("22.12.26 - 23.01.01")),
        (["#07", "#08", "#09"], on("#10")),
        (["Weekly notes", "Weekly notes", "Weekly notes"], on("Weekly notes")),
        (["Rust 1.65", "Rust 1.66", "Rust 1.67"], on("Rust 1.68")),
        (["On ranks", "Bases", "What a sum is"], Goes::Free),
        (["#299", "#300", "#301-302"], on("#303")),
        (["day 12", "day 7", "day 93"], around("day ", "")),
        (["2022-12-12, late", "2022-12-17, late", "2022-12-21, late"], around("", ", late")),
        (["out 2022-12-12", "out 2022-12-19", "out 2022-12-26"], on("out 2023-01-02")),
        (["54~58일차", "59~63일차", "64~67일차"], on("68~71일차")),
        (["2월 3주차", "2월 4주차", "3월 1주차"], around("", "주차")),
        (["12월 2주차", "12월 3주차", "12월 4주차"], on("1월 1주차")),
        (["2022-12-11-notes-17", "2022-12-18-notes-3", "2022-12-25-notes-88"], around("2023-01-01-notes-", "")),
        (["2022-12-11-17-a", "2022-12-18-3-a", "2022-12-25-88-a"], around("2023-01-01-", "-a")),
        (["2022-12-11-12m-2w", "2022-12-18-12m-3w", "2022-12-25-12m-4w"], on("2023-01-01-1m-1w")),
        (["221211-9", "221218-44", "221225-8"], around("230101-", "")),
        (["20221211-9", "20221218-44", "20221225-8"], around("20230101-", "")),
        (["Day 8 Boxes (5)", "Day 9 Ships (1)", "Day 10 Cars (2)"], around("Day 11 ", "")),
        (["Day 8 [B] a", "Day 9 [S] b", "Day 10 [T] c"], around("Day 11 ", "")),
        (["2022 Week 49", "2022 Week 50", "2022 Week 51"], on("2022 Week 52")),
        (["", "", ""], on("")),
    ] {
        let told: Vec<Told> = texts.iter().zip(&known).map(|(text, known)| Told { text, known }).collect();
        assert_eq!(pattern::next(&told, &known[3], Speaks::OfItself), next, "{texts:?}");
    }
    // The number of the posts, whatever one of them says instead.
    let numbered = [Some(8), Some(9), Some(10)].map(|number| Known { number, ..Known::default() });
    let next = Known { number: Some(11), ..Known::default() };
    for (texts, written) in [(["#08", "#90", "#10"], "#11"), (["8/8", "9/9", "10/10"], "11/11")] {
        let told: Vec<Told> = texts.iter().zip(&numbered).map(|(text, known)| Told { text, known }).collect();
        assert_eq!(pattern::next(&told, &next, Speaks::OfItself), on(written), "{texts:?}");
    }
    // A week of the calendar, and the months with their weeks.
    let late = known_on(&["2024-12-15", "2024-12-22", "2024-12-29", "2025-01-05"]);
    let spring = known_on(&["2024-02-25", "2024-03-03", "2024-03-10", "2024-03-17"]);
    for (known, texts, written) in [
        (&late, ["2024 Week 50", "2024 Week 51", "2024 Week 52"], "2025 Week 1"),
        (&late, ["0024 50", "0024 51", "0024 52"], "0024 53"),
        (&spring, ["2월 4주차", "3월 1주차", "3월 2주차"], "3월 3주차"),
        (&spring, ["2024-02-25-2m-4w", "2024-03-03-3m-1w", "2024-03-10-3m-2w"], "2024-03-17-3m-3w"),
    ] {
        let told: Vec<Told> = texts.iter().zip(known).map(|(text, known)| Told { text, known }).collect();
        assert_eq!(pattern::next(&told, &known[3], Speaks::OfItself), on(written), "{texts:?}");
    }
    let one = [Told { text: "2022-12-25-week3", known: &Known { number: Some(3), ..known[2].clone() } }];
    assert_eq!(pattern::next(&one, &known[3], Speaks::OfItself), on("2023-01-01-week4"));
    assert_eq!(pattern::next(&[], &known[3], Speaks::OfItself), Goes::Free);
}

/// The path and the text of the next post of a kind in a blog with such kinds.
fn next(files: &[(&str, &str)], kinds: &str, kind: &str, title: Option<&str>) -> (String, String) {
    let schemas: crate::kinds::Ordered<Schema> = serde_yaml::from_str(kinds).expect("kinds");
    let (kinds, faults) = Kinds::new(&schemas);
    assert!(faults.is_empty(), "{faults:?}");
    let now = Some("2022-10-20T03:00:00Z".parse().expect("a moment"));
    let blog = Blog::new(Files::in_memory(files.iter().copied()), Settings { now, ..Settings::default() });
    let asked = Asked { kind, title, day: None, follows: Follows::All };
    let draft = draft(&asked, &kinds, &blog).expect("a kind");
    (draft.path, draft.text)
}

#[test]
fn front_matter_follows_the_last() {
    let keys = "{title: {required: true}, mood: {required: true}, score: {required: true, type: number}}";
    let kinds = format!("k: {{front-matter: {keys}}}");
    let post = |at: usize, rest: &str| {
        (
            format!("_posts/2022-09-1{at}-k{at}.md"),
            format!("---\ntitle: K {at}\n{rest}---\n\n{}\n", ["a", "b", "c"][at - 1]),
        )
    };
    let row = |rests: [&str; 3]| [post(1, rests[0]), post(2, rests[1]), post(3, rests[2])];
    for (rests, written) in [
        (["a: 1\n"; 3], "a: 1\n"),
        (["tags: [a, b]\n", "tags: [a, c]\n", "tags: [a]\n"], "tags: [a]\n"),
        (["tags:\n  - a\n  - b\n", "tags:\n  - c\n", "tags:\n  - d\n"], "tags: []\n"),
        (["tags:\n  - a\n  - k1\n", "tags:\n  - a\n  - k2\n", "tags:\n  - a\n  - k3\n"], "tags:\n  - a\n  - k4\n"),
        (["tags:\n- k1\n", "tags:\n- k2\n", "tags: # how\n- k3 # so\n"], "tags: # how\n- k4 # so\n"),
        (["tags:\n-\n  k1\n", "tags:\n-\n  k2\n", "tags:\n-\n  k3\n"], "tags:\n-\n  k4\n"),
        (["tags: [k1]\n", "tags: [k2]\n", "tags:\n  - k3\n"], "tags: []\n"),
        (
            ["b:\n  - c: k1\n    d: x\n", "b:\n  - c: k2\n    d: x\n", "b:\n  - c: k3\n    d: x\n"],
            "b:\n  - c: k4\n    d: x\n",
        ),
        (["about: x\n", "about: y\n", "about: z\n"], "about:\n"),
        (["about: \"x\"\n", "about: \"y\"\n", "about: \"z\"\n"], "about: \"\"\n"),
        (["about: |\n  x\n", "about: |\n  y\n", "about: |\n  z\n"], "about:\n"),
        (["", "", "extra: 1\n"], ""),
        (["a:\n  b: 1\n  c: x\n", "a:\n  b: 1\n  c: y\n", "a:\n  b: 1\n  c: z\n"], "a:\n  b: 1\n  c:\n"),
        (["# how\na: 1\n# why\n", "a: 1\n", "# how\na: 1 # so\n\n"], "# how\na: 1 # so\n\n"),
        (["date: 2022-09-11\n", "date: 2022-09-12\n", "date: 2022-09-13\n"], "date: 2022-10-20\n"),
        (["n: 1\n", "n: 2\n", "n: 3\n"], "n: 4\n"),
        (["mood: good\n", "mood: bad\n", "mood: so so\n"], "mood: TODO\n"),
        (["link: /k1/K 1\n", "link: /k2/K 2\n", "link: /k3/K 3\n"], "link: /k4/K 4\n"),
        (["draft: false\n"; 3], "draft: false\n"),
    ] {
        let posts = row(rests);
        let mut files = vec![("_config.yml", "")];
        files.extend(posts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let (path, text) = next(&files, &kinds, "k", None);
        assert_eq!(path, "_posts/2022-10-20-k4.md");
        // What the kind asks for beside it goes below the title.
        let (before, behind) =
            if written.contains("mood") { (written, "score:\n") } else { ("mood: TODO\nscore:\n", written) };
        assert_eq!(text, format!("---\ntitle: K 4\n{before}{behind}---\n\nTODO\n"), "{rests:?}");
    }
}

/// Files of a row: a path and a text with a place for the number and for other words.
fn row(path: &str, text: &str, words: &[(&str, &str)]) -> Vec<(String, String)> {
    let filled = |pattern: &str, (one, other): &(&str, &str)| pattern.replace("ONE", one).replace("OTHER", other);
    words.iter().map(|words| (filled(path, words), filled(text, words))).collect()
}

#[test]
fn posts_follow_the_last() {
    let jekyll = ("_config.yml", "timezone: Asia/Seoul");
    let hugo = ("hugo.toml", "");
    let weeks: &[(&str, &str)] = &[("1", "2022-09-18"), ("2", "2022-09-25"), ("3", "2022-10-02")];
    let words: &[(&str, &str)] = &[("8", "Rain"), ("9", "Trains"), ("10", "Snow")];
    let ranges: &[(&str, &str)] = &[("09.12 ~ 09.18", "18"), ("09.19 ~ 09.25", "25"), ("09.26 ~ 10.02", "30")];
    for (config, kinds, posts, title, path, text) in [
        (
            jekyll,
            "k: {match: {path: '_posts/*-week*.md'}, title-heading: same, series: {contiguous: true}, sections: {list: [a, {name: b, required: false}, c]}}",
            row(
                "_posts/OTHER-week-ONE.md",
                "---\ntitle: Week ONE\n---\n\n# Week ONE\n\n## a\n\nOTHER\n\n## c\n\nd\n",
                weeks,
            ),
            None,
            "_posts/2022-10-09-week-4.md",
            "---\ntitle: Week 4\n---\n\n# Week 4\n\n## a\n\nTODO\n\n## c\n\nTODO\n",
        ),
        (
            hugo,
            "k: {match: {path: content/notes/*/index.md}}",
            row(
                "content/notes/ONE/index.md",
                "+++\ntitle = \"Week ONE: OTHER\"\nimage = \"OTHER.jpg\"\n+++\n\nOTHER.\n",
                words,
            ),
            Some("By \"sea\""),
            "content/notes/11/index.md",
            "+++\ntitle = \"Week 11: By \\\"sea\\\"\"\nimage = \"\"\n+++\n\nTODO\n",
        ),
        (
            hugo,
            "k: {match: {path: content/notes/*.md}}",
            row("content/notes/ONE_OTHER.md", "---\r\ntitle: OTHER\r\n---\r\n\r\nOTHER.\r\n", words),
            Some("By Sea"),
            "content/notes/11_By_Sea.md",
            "---\r\ntitle: By Sea\r\n---\r\n\r\nTODO\r\n",
        ),
        (
            jekyll,
            "k: {match: {path: '_posts/*-w.md'}, date-range: {days: 7}, series: {skips: [2022-10-04]}}",
            row("_posts/2022-09-OTHER-w.md", "Hello to all.\n\n**(ONE)**\n<!-- more -->\n\nIt was OTHER.\n", ranges),
            None,
            "_posts/2022-10-16-w.md",
            "Hello to all.\n\n**(10.10 ~ 10.16)**\n<!-- more -->\n\nTODO\n",
        ),
        (
            jekyll,
            "k: {match: {path: '_posts/*-w.md'}, sections: {level: 1, list: [b]}}",
            row("_posts/OTHER-w.md", "---\ntitle: W\n---\n\n# Day ONE\n\n# b\n\nOTHER\n", weeks),
            None,
            "_posts/2022-10-20-w.md",
            "---\ntitle: W\n---\n\n# Day 4\n\nTODO\n\n# b\n\nTODO\n",
        ),
        (
            jekyll,
            "k: {match: {path: '_posts/*-walk.md', front-matter: {tags: walk}}, front-matter: {title: {required: true}}}",
            Vec::new(),
            None,
            "_posts/2022-10-20-walk.md",
            "---\ntitle: TODO\ntags: walk\n---\n\nTODO\n",
        ),
        (
            hugo,
            "k: {date-range: {format: '%Y/%m/%d-%m/%d', starts-on: sunday}, title-heading: same}",
            Vec::new(),
            None,
            "content/posts/k-1.md",
            "---\ntitle: K 1\ndate: 2022-10-22\n---\n\n# K 1\n\n2022/10/16-10/22\n\nTODO\n",
        ),
    ] {
        let files = posts.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain([config]);
        let next = next(&files.collect::<Vec<_>>(), kinds, "k", title);
        assert_eq!((next.0.as_str(), next.1.as_str()), (path, text), "{kinds}");
    }
}
