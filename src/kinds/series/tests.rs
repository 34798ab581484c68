//! Series by their numbers and their days, as a table.

use super::*;
use crate::blog::Settings;
use crate::files::Files;

/// The faults of a series, each at a post counted from 1. A post is its day after the first of them, and what its title
/// and the line with its days say: `0 Week 1`, `7 Week 2 | 8-14`.
fn faults(schema: &str, posts: &[&str]) -> Vec<String> {
    let config = format!("kinds: {{weekly: {{match: {{path: \"_posts/*\"}}, {schema}}}}}\n");
    let day = |after: i32| jiff::civil::date(2022, 9, 4).checked_add(jiff::Span::new().days(after)).expect("a day");
    let file = |(at, post): (usize, &&str)| {
        let (after, said) = post.split_once(' ').expect("a day and a title");
        let (title, days) = said.split_once(" | ").unwrap_or((said, ""));
        let days = days.split_once('-').map(|(from, to)| {
            let number = |text: &str| text.parse::<i32>().expect("a number of days");
            format!("{} - {}", day(number(from)), day(number(to)))
        });
        let path = format!("_posts/{}-{}.md", day(after.parse().expect("a number of days")), letters(at));
        (path, format!("---\ntitle: \"{title}\"\n---\n\n{}\n\nText {at}.\n", days.unwrap_or_default()))
    };
    let files: Vec<(String, String)> = posts.iter().enumerate().map(file).collect();
    let all = files.iter().map(|(path, text)| (&**path, &**text)).chain([("_config.yml", "")]);
    let blog = Blog::new(Files::in_memory(all), Settings::default());
    let schemas: std::collections::HashMap<String, super::super::Ordered<Schema>> =
        serde_yaml::from_str(&config).expect("a config");
    let (kinds, _) = Kinds::new(&schemas["kinds"]);
    let sequence = kinds.sequence(kinds.iter().next().expect("a kind"), &blog);
    let of = |(at, (path, _)): (usize, &(String, String))| {
        sequence.faults_of(path).iter().map(move |fault| format!("{} {}", at + 1, said(fault))).collect::<Vec<_>>()
    };
    files.iter().enumerate().flat_map(of).collect()
}

fn letters(at: usize) -> String {
    ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"][at].repeat(3)
}

fn said(fault: &Fault) -> String {
    match fault {
        Fault::Gap { from, to, .. } => format!("gap {from} {to}"),
        Fault::Misdated { from, to } => format!("misdated {from} {to}"),
        Fault::Pause { days, usual, .. } => format!("pause {days} {usual}"),
        Fault::Missing { numbers, .. } => format!("missing {numbers:?}"),
        Fault::Overlap { free, .. } => if free.is_some() { "overlap, others free" } else { "overlap" }.to_owned(),
        Fault::Disagreement { right, .. } => format!("disagreement {right:?}"),
        Fault::WrongNumber { number, right, .. } => format!("wrong {} {right:?}", number.first),
        Fault::Jump { number, last, .. } => format!("jump {last} {}", number.first),
        Fault::Title { .. } => "title".to_owned(),
    }
}

#[test]
fn numbers() {
    let number = r"series: {number: 'W(\d+)'}";
    for (posts, expected) in [
        (&["0 W1", "7 W2", "14 W3", "21 W4"][..], &[][..]),
        (&["0 W1", "7 W2", "14 W9", "21 W4"], &["3 wrong 9 Some(3)"]),
        (&["0 W1", "7 W2", "14 W2 a", "21 W4", "28 W5"], &["3 wrong 2 Some(3)"]),
        (&["0 W1", "7 W2", "14 W4", "21 W4 a", "28 W5"], &["3 wrong 4 Some(3)"]),
        (&["0 W7", "7 W2", "14 W3", "21 W4"], &["1 wrong 7 Some(1)"]),
        (&["0 W1", "7 W2", "14 W3", "21 W14"], &["4 jump 3 14"]),
        (&["0 W1", "7 W2", "14 W4", "21 W5"], &["3 jump 2 4"]),
        // A week without a post, counted or not.
        (&["0 W1", "7 W2", "21 W4", "28 W5"], &[]),
        (&["0 W1", "7 W2", "21 W3", "28 W4"], &[]),
        (&["0 W3", "7 W3 again", "14 W4", "21 W5"], &["2 wrong 3 None"]),
        (&["0 W1", "7 W2", "14 W3", "21 W4", "22 W4 more", "28 W5"], &["5 wrong 4 None"]),
        // One that says no number.
        (&["0 W1", "7 W2", "14 notes", "21 W4", "28 W5"], &[]),
        // Parts, and one that is written late.
        (&["0 W1", "7 W2", "14 W3-1", "16 W3-2", "21 W4"], &[]),
        (&["0 W1", "7 W2", "14 W3", "21 W3.5", "28 W4"], &[]),
        (&["0 W1", "7 W2", "21 W4", "23 W3", "28 W5", "35 W6"], &[]),
        (&["0 W29", "7 W30-31-32", "14 W33"], &[]),
        // Another course, told by what stands before the number.
        (&["0 spring W1", "7 spring W2", "14 spring W3", "21 autumn W1"], &[]),
        // Another year, another course.
        (&["0 W1", "7 W2", "14 W3", "140 W1 b", "147 W2 b", "154 W3 b"], &[]),
        (&["0 W1", "7 W2~3", "21 W4", "28 W5"], &[]),
        (&["0 W1", "7 W2", "14 W3-4", "28 W5"], &[]),
        // No series by its numbers: all of them is as wrong as none.
        (&["0 W5", "7 W3", "14 W9", "21 W1", "28 W4", "35 W2"], &[]),
    ] {
        assert_eq!(faults(number, posts), expected, "{posts:?}");
    }
    let contiguous = r"series: {number: 'W(\d+)', contiguous: true}";
    for (posts, expected) in [
        (&["0 W1", "7 W2", "21 W4", "28 W5"][..], &["3 missing [3]"][..]),
        (&["0 W1", "7 W2", "14 W5", "28 W6"], &["3 missing [3, 4]"]),
        (&["0 W1", "7 W2", "14 W9", "21 W4"], &["3 wrong 9 Some(3)"]),
        (&["0 W1", "7 W2", "21 W4", "23 W3", "28 W5", "35 W6"], &[]),
        (&["0 W1", "7 W2", "14 W4 and 3 things of last week", "28 W5"], &[]),
        (&["0 W1", "7 W2", "35 W6", "42 W7"], &["3 missing [3, 4, 5]"]),
        // The days of the names are no numbers of the series.
        (&["0 W1", "7 W2", "14 W3", "20 W8", "26 W11"], &["4 missing [4, 5, 6, 7]", "5 missing [9, 10]"]),
    ] {
        assert_eq!(faults(contiguous, posts), expected, "{posts:?}");
    }
}

#[test]
fn days() {
    let weekly = "date-range: {days: [7, 14]}, series: {contiguous: true}";
    for (posts, expected) in [
        (&["7 a | 1-7", "14 b | 8-14", "21 c | 15-21"][..], &[][..]),
        (&["7 a | 1-7", "21 b | 8-21", "28 c | 22-28"], &[]),
        (&["7 a | 1-7", "21 c | 15-21", "28 d | 22-28"], &["2 gap 2022-09-12 2022-09-18"]),
        (&["7 a | 1-7", "14 b | 1-7", "21 c | 15-21", "28 d | 22-28"], &["2 overlap, others free"]),
        (&["7 a | 1-7", "14 b | 8-14", "15 b | 8-14", "21 c | 15-21"], &["3 overlap"]),
        (&["7 a | 1-7", "14 b | 366-372", "21 c | 15-21", "28 d | 22-28"], &["2 misdated 2022-09-12 2022-09-18"]),
        // A day more, which is told as such, reaches into the next week.
        (&["7 a | 1-8", "14 b | 8-14", "21 c | 15-21"], &[]),
        // Both count Sunday.
        (&["7 a | 0-7", "14 b | 7-14", "21 c | 14-21"], &[]),
        // What is told elsewhere is no gap: days the wrong way round, or none.
        (&["7 a | 1-7", "14 b | 14-8", "21 c | 15-21"], &[]),
        (&["7 a | 1-7", "14 b", "21 c | 15-21"], &[]),
        // Study and life.
        (&["7 a | 1-7", "7 b | 1-7", "14 c | 8-14", "14 d | 8-14", "21 e | 15-21", "21 f | 15-21"], &[]),
        // Two weeks late.
        (&["7 a | 1-7", "14 b | 8-14", "35 c | 15-21"], &[]),
        (&["7 a | 1-7", "28 b | 8-14", "29 c | 15-21", "30 d | 22-28"], &[]),
        // Written late, all at once.
        (&["28 a | 1-7", "28 b | 8-14", "28 c | 15-21", "28 d | 22-28"], &[]),
        (&["7 a | 1-7", "14 b | 8-14", "14 c | 15-21", "15 d | 22-28"], &[]),
    ] {
        assert_eq!(faults(weekly, posts), expected, "{posts:?}");
    }
    let rests = "date-range: {days: 7}, series: {contiguous: true, skips: [2022-09-14]}";
    assert_eq!(faults(rests, &["7 a | 1-7", "21 c | 15-21", "28 d | 22-28"]), [""; 0]);
    assert_eq!(faults("series: {contiguous: true}", &["0 a", "7 b", "14 c", "35 d", "42 e"]), ["4 pause 21 7"]);
    assert_eq!(faults("date-range: {days: 7}, series: {}", &["7 a | 1-7", "21 c | 15-21", "28 d | 22-28"]), [""; 0]);
}
