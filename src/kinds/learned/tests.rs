use super::draft::{Draft, DraftSections};
use super::{Known, learn};
use crate::blog::{Blog, Settings};
use crate::files::Files;
use crate::kinds::schema::{FileDatePlace, TitleHeading, Weekday};

/// The kinds of some posts, by their paths and texts.
fn kinds(posts: &[(String, String)]) -> Vec<Draft> {
    let files = posts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let blog = Blog::new(Files::in_memory(files.chain([("_config.yml", "")])), Settings::default());
    let known = |(path, text): &(String, String)| Known::of(&blog.post(path, text));
    learn(&posts.iter().map(known).collect::<Vec<_>>())
}

/// Posts a week apart, from 3 October 2022 on; each text is made of the number and the Monday.
fn weekly(count: i32, path: &str, text: impl Fn(i32, &str, &str) -> String) -> Vec<(String, String)> {
    let monday = jiff::civil::date(2022, 10, 3);
    let post = |number: i32| {
        let days = |days: i64| monday.saturating_add(jiff::Span::new().days(days + 7 * i64::from(number - 1)));
        let (first, last) = (days(0), days(6));
        let path = path.replace("DAY", &last.to_string()).replace('N', &number.to_string());
        let written = |day: jiff::civil::Date| day.strftime("%y.%m.%d").to_string();
        (path, text(number, &written(first), &written(last)))
    };
    (1..=count).map(post).collect()
}

fn essays() -> Vec<(String, String)> {
    let essay = |(at, title): (usize, &str)| {
        let text = format!("---\nlayout: post\ntitle: {title}\n---\n\n## {title}, once more\n\nWords.\n");
        (format!("_posts/2021-0{}-11-{}.md", at + 1, title.replace(' ', "-")), text)
    };
    ["Rain", "On paper", "Two rivers", "A short walk", "What stays", "Bread", "Winter light"]
        .into_iter()
        .enumerate()
        .map(essay)
        .collect()
}

#[test]
fn a_series_among_essays() {
    let mut posts = essays();
    posts.extend(weekly(12, "_posts/DAY-boostcampN.md", |number, first, last| {
        let feeling = if [4, 9].contains(&number) { "feelings" } else { "feeling" };
        format!("---\nlayout: post\ntitle: {number}주차 회고\n---\n\n# {number}주차 회고\n{first} - {last}\n\n## learned\n\na\n\n## {feeling}\n\nb\n")
    }));
    let kinds = kinds(&posts);
    assert_eq!(kinds.len(), 1, "{kinds:?}");
    let kind = &kinds[0];
    assert_eq!(
        (&*kind.name, &kind.paths[..], kind.posts.len()),
        ("boostcamp", &["_posts/*boostcamp*.md".to_owned()][..], 12)
    );
    let keys: Vec<_> = kind.keys.iter().map(|key| (&*key.name, key.pattern.as_deref(), &key.one_of[..])).collect();
    assert_eq!(keys, [("layout", None, &["post".to_owned()][..]), ("title", Some(r"^\d+주차 회고$"), &[])]);
    assert_eq!(kind.title_heading, Some(TitleHeading::Same));
    let range = kind.range.as_ref().expect("days");
    assert_eq!(range.format.as_deref(), Some("%y.%m.%d - %y.%m.%d"));
    assert_eq!(
        (range.starts_on, &range.days[..], range.file_date),
        (Some(Weekday::Monday), &[7][..], Some(FileDatePlace::End))
    );
    let series = kind.series.as_ref().expect("numbers");
    assert_eq!((series.number.as_deref(), series.contiguous), (Some(r"(\d+)주차"), true));
    assert_eq!(outline(kind), "2 learned | feeling/feelings");
}

#[test]
fn essays_are_no_kind() {
    assert_eq!(kinds(&essays()).len(), 0);
    let mut words = essays();
    words.iter_mut().for_each(|(_, text)| text.push_str("\n## References\n\nNone.\n"));
    assert_eq!(kinds(&words).len(), 0, "one heading that all have is a custom");
}

/// The sections of a kind on one line: level, names, `?` for those that may be left out, those within in brackets.
fn outline(kind: &Draft) -> String {
    fn of(sections: &DraftSections) -> String {
        let names = sections.list.iter().map(|section| {
            let also = section.also.iter().map(|also| format!("/{also}")).collect::<String>();
            let pattern = section.pattern.as_ref().map_or(String::new(), |pattern| format!(" {pattern}"));
            let marks = [if section.required { "" } else { "?" }, if section.repeat { "+" } else { "" }].concat();
            let inner = section.sections.as_ref().map_or(String::new(), |inner| format!(" ({})", of(inner)));
            format!("{}{also}{pattern}{marks}{inner}", section.name)
        });
        format!("{} {}", sections.level, names.collect::<Vec<_>>().join(" | "))
    }
    kind.sections.as_ref().map_or(String::new(), of)
}

#[test]
fn sections_of_series() {
    let titled = |number: i32, body: String| format!("---\ntitle: Week {number}\n---\n\n{body}");
    let body = |headings: &[&str]| headings.iter().map(|heading| format!("{heading}\n\na\n\n")).collect::<String>();
    type Headings = fn(i32) -> Vec<String>;
    let cases: [(Headings, &str, Option<usize>); 6] = [
        (|_| vec!["## done".into(), "## next".into()], "2 done | next", None),
        (
            |n| if n % 3 == 0 { vec!["## next".into()] } else { vec!["## done".into(), "## next".into()] },
            "2 done? | next",
            None,
        ),
        (
            |n| vec![format!("## day {n}"), "### links".into(), "## next".into()],
            r"2 day 12 ^day \d+$ (3 links) | next",
            None,
        ),
        (|n| vec![format!("# 10.{n}"), format!("# 11.{n}"), "# so".into()], r"1 11.12 ^\d+\.\d+$+ | so", None),
        // A new skeleton from the eighth post on.
        (
            |n| {
                if n < 8 {
                    vec!["## done".into(), "## next".into()]
                } else {
                    vec!["### made".into(), "### then".into()]
                }
            },
            "3 made | then",
            Some(5),
        ),
        // `上周` is not `下周`.
        (
            |n| {
                if n % 2 == 0 {
                    vec!["## 正文".into(), "## 上周完成".into()]
                } else {
                    vec!["## 正文".into(), "## 下周完成".into()]
                }
            },
            "2 正文 | 上周完成? | 下周完成?",
            None,
        ),
    ];
    for (headings, expected, held) in cases {
        let posts = weekly(12, "_posts/DAY-week-N.md", |number, _, _| {
            let headings = headings(number);
            titled(number, body(&headings.iter().map(String::as_str).collect::<Vec<_>>()))
        });
        let kinds = kinds(&posts);
        assert_eq!(kinds.len(), 1, "{expected}: {kinds:?}");
        assert_eq!(outline(&kinds[0]), expected);
        assert_eq!(kinds[0].since.map(|(_, held)| held), held, "{expected}");
    }
}

#[test]
fn places_are_named_by_the_simplest_words() {
    for (path, expected) in [
        ("content/weeknotes/N.md", vec!["content/weeknotes/*.md"]),
        ("content/weeknotes/N/index.md", vec!["content/weeknotes/*/index.md"]),
        ("_posts/DAY-[draft] week N.md", vec!["_posts/*week*.md"]),
    ] {
        let mut posts = essays();
        posts.extend(weekly(8, path, |number, _, _| format!("---\ntitle: 'Week {number}: it'\n---\n\n## done\n\na\n")));
        let kinds = kinds(&posts);
        assert_eq!(kinds.iter().map(|kind| kind.paths.clone()).collect::<Vec<_>>(), [expected], "{path}");
    }
}

#[test]
fn an_old_series_is_learned_by_its_last_posts() {
    let headings = ["updates", "people", "jobs", "events", "quote"];
    let posts = weekly(60, "_posts/DAY-this-week.md", |number, _, _| {
        let own = |heading: &&str| {
            if number < 31 {
                format!("{heading} {}", heading.len() as i32 * number * number)
            } else {
                (*heading).to_owned()
            }
        };
        let body: String = headings
            .iter()
            .map(own)
            .filter(|_| number > 30 || number % 2 == 0)
            .map(|heading| format!("## {heading}\n\na\n\n"))
            .collect();
        format!("---\ntitle: Hello\n---\n\n{body}")
    });
    let kinds = kinds(&posts);
    assert_eq!(kinds.len(), 1, "{kinds:?}");
    assert_eq!((&*kinds[0].name, kinds[0].posts.len()), ("this-week", 60));
    assert_eq!(outline(&kinds[0]), "2 updates | people | jobs | events | quote");
    assert_eq!(kinds[0].since.map(|(_, held)| held), Some(20));
}
