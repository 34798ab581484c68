//! Series of twelve weeks with one slip each: one finding, in the right post, in three languages.

mod support;

use postlint::config::{Config, Selection};
use postlint::finding::Finding;
use support::Example;

/// How a language writes a weekly post.
struct Language {
    number: &'static str,
    title: fn(u32) -> String,
    name: fn(u32) -> String,
    days: fn(Week) -> String,
}

/// A week by its first and its last day, both as year, month and day.
type Week = ((u32, u32, u32), (u32, u32, u32));

const LANGUAGES: [Language; 3] = [
    Language {
        number: r"(\d+)주차",
        title: |number| format!("부스트캠프 {number}주차 회고"),
        name: |number| format!("boostcamp{number}"),
        days: |(start, end)| format!("{} - {}", dotted(start), dotted(end)),
    },
    Language {
        number: r"Week (\d+)",
        title: |number| format!("Week {number}: {}", SUBJECTS[number as usize % SUBJECTS.len()]),
        name: |number| format!("week-{number}"),
        days: |(start, end)| format!("{} to {}", dashed(start), dashed(end)),
    },
    Language {
        number: r"第(\d+)周",
        title: |number| format!("第{number}周周报"),
        name: |_| "weekly".to_owned(),
        days: |(start, end)| format!("{}~{}", dotted(start), dotted(end)),
    },
];

const SUBJECTS: [&str; 13] = [
    "sowing", "frost", "bees", "pruning", "soil", "seeds", "rain", "hedges", "slugs", "mulch", "grafts", "roots",
    "light",
];

fn dotted((year, month, day): (u32, u32, u32)) -> String {
    format!("{year}.{month:02}.{day:02}")
}

fn dashed((year, month, day): (u32, u32, u32)) -> String {
    format!("{year}-{month:02}-{day:02}")
}

/// A post before it is written down.
#[derive(Clone)]
struct Weekly {
    /// Of the title, the H1, the file name, and the days.
    title: u32,
    heading: u32,
    name: u32,
    days: u32,
    /// The day of the file is the last of this week.
    filed: u32,
    again: bool,
}

/// The first and the last day of a week, counted from 1.
fn week(number: u32) -> Week {
    let day = |after: u32| {
        let date = jiff::civil::date(2022, 9, 5).checked_add(jiff::Span::new().days(i64::from(after))).expect("a day");
        (date.year() as u32, date.month() as u32, date.day() as u32)
    };
    (day(7 * (number - 1)), day(7 * number - 1))
}

fn path(language: &Language, weekly: &Weekly) -> String {
    let again = if weekly.again { "-again" } else { "" };
    format!("_posts/{}-{}{again}.md", dashed(week(weekly.filed).1), (language.name)(weekly.name))
}

fn text(language: &Language, weekly: &Weekly, place: usize) -> String {
    let title = (language.title)(weekly.title);
    let heading = (language.title)(weekly.heading);
    let days = (language.days)(week(weekly.days));
    format!(
        "---\ntitle: \"{title}\"\n---\n\n# {heading}\n\n{days}\n\n- what was learned, entry {place} of this notebook\n"
    )
}

fn findings(language: &Language, posts: &[Weekly], config: &str) -> Vec<(String, Finding)> {
    let files: Vec<(String, String)> = posts
        .iter()
        .enumerate()
        .map(|(place, weekly)| (path(language, weekly), text(language, weekly, place)))
        .collect();
    let mut others = files.clone();
    others.push(("_config.yml".to_owned(), "timezone: Asia/Seoul\n".to_owned()));
    let (path, text) = others.remove(0);
    let config = format!(
        "kinds:\n  weekly:\n    date-range: {{days: 7, starts-on: monday, file-date: {}}}\n    series: {{number: '{}', contiguous: true}}\n{config}",
        if config == FILED { "end" } else { "any" },
        language.number
    );
    let example = Example { path, text, config, now: None, others };
    let folder = example.blog();
    let blog = example.open(folder.path());
    let (engine, _, _) = Config::read(&example.config).engine(&Selection::default());
    let found = files.iter().flat_map(|(path, text)| {
        let found = engine.check(&blog.post(path, text), &blog);
        found.into_iter().map(|(_, finding)| (path.clone(), finding))
    });
    found.collect()
}

fn healthy() -> Vec<Weekly> {
    let weekly = |week| Weekly { title: week, heading: week, name: week, days: week, filed: week, again: false };
    (1..=12).map(weekly).collect()
}

/// What goes wrong in the sixth week, the rule that tells it, and the post that it stands in, counted from 0.
fn slips() -> Vec<(&'static str, Vec<Weekly>, &'static str, usize)> {
    let with = |change: fn(&mut Vec<Weekly>)| {
        let mut posts = healthy();
        change(&mut posts);
        posts
    };
    vec![
        (
            "a wrong number",
            with(|posts| (posts[5].title, posts[5].heading, posts[5].name) = (9, 9, 9)),
            "duplicate-title",
            5,
        ),
        (
            "a wrong number at the end",
            with(|posts| {
                (posts[11].title, posts[11].heading, posts[11].name) = (31, 31, 31);
            }),
            "series-number",
            11,
        ),
        ("a wrong number in the title", with(|posts| posts[5].title = 8), "duplicate-title", 5),
        (
            "a wrong number that no other has",
            with(|posts| {
                (posts[5].title, posts[5].heading, posts[5].name) = (60, 60, 60);
            }),
            "series-number",
            5,
        ),
        ("no post", with(|posts| _ = posts.remove(5)), "series-gap", 5),
        ("the days of last week", with(|posts| posts[5].days = 5), "series-overlap", 5),
        ("the title of last week", with(|posts| posts[5].title = 5), "duplicate-title", 5),
        ("the heading of last week", with(|posts| posts[5].heading = 5), "series-number", 5),
        (
            "title, heading and name of last week",
            with(|posts| {
                (posts[5].title, posts[5].heading, posts[5].name) = (5, 5, 5);
            }),
            "duplicate-title",
            5,
        ),
        (
            "two posts for a week",
            with(|posts| {
                let again = Weekly { again: true, ..posts[5].clone() };
                posts.insert(6, again);
            }),
            "series-overlap",
            6,
        ),
        (
            "two posts for a week, with a number of its own",
            with(|posts| {
                posts.insert(6, Weekly { again: true, ..posts[5].clone() });
                posts[6].title = 13;
                posts[6].heading = 13;
                posts[6].name = 13;
            }),
            "series-overlap",
            6,
        ),
    ]
}

/// Where the day of the file lies, too.
const FILED: &str = "    front-matter: {title: {required: true}}\n    since: 2022-01-01\n";

#[test]
fn one_slip_is_one_finding() {
    for language in &LANGUAGES {
        assert_eq!(findings(language, &healthy(), ""), [], "{}", language.number);
        for (what, posts, rule, place) in slips() {
            for config in ["", "    title-heading: same\n", FILED] {
                let found = findings(language, &posts, config);
                let told: Vec<String> = found
                    .iter()
                    .map(|(path, finding)| format!("{path}: {}: {}", finding.rule, finding.message))
                    .collect();
                let is_one = told.len() == 1;
                let is_there = found.first().is_some_and(|(at, _)| *at == path(language, &posts[place]));
                let is_told_so = found
                    .first()
                    .is_some_and(|(_, finding)| *finding.rule == *rule || *finding.rule == *"title-mismatch");
                assert!(is_one && is_there && is_told_so, "{what}, {} {config}: {told:#?}", language.number);
            }
        }
    }
}
