//! Tables of lines: what they are read as, and what is no range.

use crate::text::Span;
use jiff::civil::{Date, Weekday, date};

use super::*;

/// A Sunday; lines without a year are read near it.
const NEAR: Date = date(2024, 5, 12);

fn read(line: &str) -> Option<DateRange> {
    read_range(line, 0, Some(NEAR))
}

fn both(range: &DateRange) -> String {
    let end = range.end.as_ref().map(|end| end.date.map_or("none".into(), |date| date.to_string()));
    let start = range.start.date.map_or("none".into(), |date| date.to_string());
    format!("{start}..{}", end.unwrap_or_default())
}

fn check(table: &[(&str, &str, &str)]) {
    for (line, written, expected) in table {
        let range = read(line).unwrap_or_else(|| panic!("no range in {line:?}"));
        assert_eq!((&line[range.span], both(&range).as_str()), (*written, *expected), "{line:?}");
    }
}

#[test]
fn full_dates() {
    check(&[
        ("24.05.06 - 24.05.12", "24.05.06 - 24.05.12", "2024-05-06..2024-05-12"),
        ("2024.5.6~2024.5.12", "2024.5.6~2024.5.12", "2024-05-06..2024-05-12"),
        ("**24.05.06** - **24.05.12**", "24.05.06** - **24.05.12", "2024-05-06..2024-05-12"),
        ("`2024-05-06` 到 `2024-05-12` 的记录", "2024-05-06` 到 `2024-05-12", "2024-05-06..2024-05-12"),
        ("2024/05/06 → 2024/05/12", "2024/05/06 → 2024/05/12", "2024-05-06..2024-05-12"),
        ("## 24.05.06 ~ 24.05.12 3주차", "24.05.06 ~ 24.05.12", "2024-05-06..2024-05-12"),
        ("2024-05-06/2024-05-12", "2024-05-06/2024-05-12", "2024-05-06..2024-05-12"),
        ("24.05.06 \\~ 24.05.12", "24.05.06 \\~ 24.05.12", "2024-05-06..2024-05-12"),
        ("<p>2024-05-06 &ndash; 2024-05-12</p>", "2024-05-06 &ndash; 2024-05-12", "2024-05-06..2024-05-12"),
        ("from 2024-05-06 through 2024-05-12", "2024-05-06 through 2024-05-12", "2024-05-06..2024-05-12"),
        ("06.05.2024 – 12.05.2024", "06.05.2024 – 12.05.2024", "2024-05-06..2024-05-12"),
        ("06.05.24 – 12.05.24", "06.05.24 – 12.05.24", "2024-05-06..2024-05-12"),
        ("06/05/2024 - 18/05/2024", "06/05/2024 - 18/05/2024", "2024-05-06..2024-05-18"),
        ("06/05/2024 - 12/05/2024", "06/05/2024 - 12/05/2024", "2024-05-06..2024-05-12"),
        ("05/06/2024 - 05/12/2024", "05/06/2024 - 05/12/2024", "2024-05-06..2024-05-12"),
        ("2024. 5. 6.(월) ~ 2024. 5. 12.(일)", "2024. 5. 6.(월) ~ 2024. 5. 12.(일)", "2024-05-06..2024-05-12"),
    ]);
}

#[test]
fn months_in_words() {
    check(&[
        ("6–12 мая 2024", "6–12 мая 2024", "2024-05-06..2024-05-12"),
        ("29 апреля — 5 мая 2024", "29 апреля — 5 мая 2024", "2024-04-29..2024-05-05"),
        ("6 - 12 maggio 2024", "6 - 12 maggio 2024", "2024-05-06..2024-05-12"),
        ("6 de maio – 12 de maio de 2024", "6 de maio – 12 de maio de 2024", "2024-05-06..2024-05-12"),
        ("## Week 6 (6 May,24 - 12 May,24)", "6 May,24 - 12 May,24", "2024-05-06..2024-05-12"),
    ]);
    for line in ["6 May,24 people - 12 May", "в мае 2024", "3 июня"] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn elided_parts() {
    check(&[
        ("2024.05.06 ~ 05.12", "2024.05.06 ~ 05.12", "2024-05-06..2024-05-12"),
        ("2023.12.28 ~ 01.03", "2023.12.28 ~ 01.03", "2023-12-28..2024-01-03"),
        ("2024-05-06~12", "2024-05-06~12", "2024-05-06..2024-05-12"),
        ("5.6 ~ 5.12", "5.6 ~ 5.12", "2024-05-06..2024-05-12"),
        ("12.30 ~ 1.5", "12.30 ~ 1.5", "2023-12-30..2024-01-05"),
        ("## 3주차 (29 ~ 5/5)", "29 ~ 5/5", "2024-04-29..2024-05-05"),
        ("Week 3 (5.6 ~ 5.12) notes", "5.6 ~ 5.12", "2024-05-06..2024-05-12"),
        ("**Dates**: 5/6 - 5/12", "5/6 - 5/12", "2024-05-06..2024-05-12"),
        ("29.4. – 5.5.2024", "29.4. – 5.5.2024", "2024-04-29..2024-05-05"),
        ("1. 5.6 ~ 5.12", "5.6 ~ 5.12", "2024-05-06..2024-05-12"),
        ("2024年第19周（05-06~05-12）", "05-06~05-12", "2024-05-06..2024-05-12"),
    ]);
}

#[test]
fn korean_japanese_chinese() {
    check(&[
        ("2024년 5월 6일 ~ 5월 12일", "2024년 5월 6일 ~ 5월 12일", "2024-05-06..2024-05-12"),
        ("5월 6일(월)부터 12일(일)까지", "5월 6일(월)부터 12일(일)", "2024-05-06..2024-05-12"),
        ("24년 5월 6일 - 12일 기록", "24년 5월 6일 - 12일", "2024-05-06..2024-05-12"),
        ("1. 5월 6일 ~ 5월 12일", "5월 6일 ~ 5월 12일", "2024-05-06..2024-05-12"),
        ("5/6(月)〜5/12(日) の記録", "5/6(月)〜5/12(日)", "2024-05-06..2024-05-12"),
        ("5月6日から5月12日まで", "5月6日から5月12日", "2024-05-06..2024-05-12"),
        ("2024年5月6-12日。", "2024年5月6-12日", "2024-05-06..2024-05-12"),
        ("2024年5月6日（周一）至5月12日（周日）", "2024年5月6日（周一）至5月12日（周日）", "2024-05-06..2024-05-12"),
        ("2024 年 5 月 6 日 ~ 12", "2024 年 5 月 6 日 ~ 12", "2024-05-06..2024-05-12"),
    ]);
}

#[test]
fn month_names() {
    check(&[
        ("May 6 - May 12, 2024", "May 6 - May 12, 2024", "2024-05-06..2024-05-12"),
        ("Apr. 29th – May 5th", "Apr. 29th – May 5th", "2024-04-29..2024-05-05"),
        ("May 6th–12th, 2024: a week", "May 6th–12th, 2024", "2024-05-06..2024-05-12"),
        ("Mon, May 6 to Sun, May 12", "Mon, May 6 to Sun, May 12", "2024-05-06..2024-05-12"),
        ("Dec 30, 2023 - Jan 5, 2024", "Dec 30, 2023 - Jan 5, 2024", "2023-12-30..2024-01-05"),
        ("Dec 30 - Jan 5, 2024", "Dec 30 - Jan 5, 2024", "2023-12-30..2024-01-05"),
        ("6th to the 12th of May 2024", "6th to the 12th of May 2024", "2024-05-06..2024-05-12"),
        ("Semaine du lundi 6 au dimanche 12 mai", "lundi 6 au dimanche 12 mai", "2024-05-06..2024-05-12"),
        ("Semana del 6 al 12 de mayo de 2024", "6 al 12 de mayo de 2024", "2024-05-06..2024-05-12"),
        ("29. April bis 5. Mai 2024", "29. April bis 5. Mai 2024", "2024-04-29..2024-05-05"),
        ("6.–12. Mai 2024", "6.–12. Mai 2024", "2024-05-06..2024-05-12"),
    ]);
}

#[test]
fn weeks_and_open_ends() {
    check(&[
        ("Log 2024-W19", "2024-W19", "2024-05-06..2024-05-12"),
        ("## 2024 Week 19", "2024 Week 19", "2024-05-06..2024-05-12"),
        ("Weeknotes: 2024, Weeks 19–20", "2024, Weeks 19–20", "2024-05-06..2024-05-19"),
        ("2024年第 19 周", "2024年第 19 周", "2024-05-06..2024-05-12"),
        ("Kalenderwoche 19, 2024", "Kalenderwoche 19, 2024", "2024-05-06..2024-05-12"),
        ("KW 19/2024", "KW 19/2024", "2024-05-06..2024-05-12"),
        ("Week of the 6th of May", "Week of the 6th of May", "2024-05-06..2024-05-12"),
        ("semaine du 6 mai", "semaine du 6 mai", "2024-05-06..2024-05-12"),
        ("기간: 2024.05.06 ~", "2024.05.06 ~", "2024-05-06.."),
        ("2024년 5월 6일 ~ 현재", "2024년 5월 6일 ~ 현재", "2024-05-06.."),
    ]);
    let week = read("2024-W19 = 5/6(월) ~ 5/12(일)").and_then(|range| range.week);
    assert_eq!(week.map(|week| (week.span, week.first)), Some((Span::new(0, 8), 19)));
}

#[test]
fn weeks_of_months() {
    for (line, written, expected) in [
        ("2024년 5월 2주차", "2024년 5월 2주차", "2024-05-02..2024-05-20"),
        ("# 5월 2주차 회고", "5월 2주차", "2024-05-02..2024-05-20"),
        ("5월 둘째 주", "5월 둘째 주", "2024-05-02..2024-05-20"),
        ("5월의 두번째주", "5월의 두번째주", "2024-05-02..2024-05-20"),
        ("12월 첫째주", "12월 첫째주", "2023-11-25..2023-12-13"),
        ("**五月 第二周**", "五月 第二周", "2024-05-02..2024-05-20"),
        ("2024年五月第二周", "2024年五月第二周", "2024-05-02..2024-05-20"),
        ("十二月第一周周报", "十二月第一周", "2023-11-25..2023-12-13"),
        ("2024年5月第2周", "2024年5月第2周", "2024-05-02..2024-05-20"),
        ("2024年5月第二週の記録", "2024年5月第二週", "2024-05-02..2024-05-20"),
        ("Second week of May 2024", "Second week of May 2024", "2024-05-02..2024-05-20"),
        ("2nd week of May, 2024", "2nd week of May, 2024", "2024-05-02..2024-05-20"),
        ("Week 2 of May 2024", "Week 2 of May 2024", "2024-05-02..2024-05-20"),
    ] {
        let range = read(line).unwrap_or_else(|| panic!("no week in {line:?}"));
        let (start, end) = range.possible_days().expect("days");
        assert_eq!((&line[range.span], format!("{start}..{end}").as_str()), (written, expected), "{line:?}");
        assert_eq!(
            (range.dates(), range.form),
            (None, RangeForm::WeekOfMonth(if expected.contains("2023") { 1 } else { 2 }))
        );
    }
    for (line, written) in [
        ("# 5월 마지막 주 회고", "5월 마지막 주"),
        ("2024년 5월 마지막주", "2024년 5월 마지막주"),
        ("2024年5月最后一周", "2024年5月最后一周"),
        ("5月最終週の記録", "5月最終週"),
        ("Last week of May 2024", "Last week of May 2024"),
    ] {
        let range = read(line).unwrap_or_else(|| panic!("no week in {line:?}"));
        let days = range.possible_days().map(|(start, end)| format!("{start}..{end}"));
        assert_eq!((&line[range.span], days.as_deref()), (written, Some("2024-05-19..2024-06-06")), "{line:?}");
        assert_eq!(range.form, RangeForm::WeekOfMonth(0));
    }
    assert!(read("2024년 13월 1주차").is_some_and(|range| range.start.is_impossible()));
    for line in [
        "우리는 5월 둘째 주 즈음부터 시작했다",
        "5월 12주차",
        "5월 3주 동안",
        "5월 1주차 ~ 2주차",
        "5월 2주년",
        "this was the first week of May",
        "week of May",
        "Week 12 of May",
        "2nd weekend of May",
        "5月3周年",
        "5월 0주차",
        "5월 마지막 주말",
        "二十月第一周",
        "一个月三周",
    ] {
        assert_eq!(read(line), None, "{line:?}");
    }
}

#[test]
fn no_ranges() {
    for line in [
        "",
        "~",
        "no digits at all",
        "section 5.6 ~ 5.12 of the book",
        "### 5.6~5.12 Sampling",
        "from version 1.3 to 1.21",
        "24.05.06 - v3.1",
        "pkg 24.5.6-1",
        "shot-2024-05-06-12-30-11.png",
        "(2024-05-06-21:00)",
        "3/4 - 1/2",
        "$5/6 - 5/12$",
        "x = 5/6 - 5/12",
        "5.6 ~ 5.12%",
        "0.44 ~ 0.64",
        "금요일 5시~6시 12분",
        "5/12까지 모집",
        "ids 100000-165535",
        "1000-01-01 to 9999-12-31",
        "the last year (2023.5.6-2024.5.6) was long",
        "5.12 ~ 5.6",
        "2024.05.12 ~ 6",
        "release 5.06 — 2024年 5月 6日 — 18 KB",
        "Rust 1.0 -- May 15",
        "CS 101 2024 Week 3",
        "Week 12: a title",
        "[a](https://example.org/week-3-(5.6~5.12))",
        "2024.xx.xx ~ xx.xx",
        "99999999999999999999 ~ 99999999999999999999",
        "2023년 5월 1일 ~ 2024년 5월 12일에 걸쳐 썼다",
    ] {
        assert_eq!(read(line), None, "{line:?}");
    }
}

#[test]
fn impossible_and_reversed_ranges_are_ranges() {
    let range = read("24.02.28 - 24.02.30").expect("a range");
    assert_eq!(range.end.map(|end| (end.span, end.is_impossible())), Some((Span::new(11, 19), true)));
    let range = read("2024년 13월 3일 ~ 2024년 13월 9일").expect("a range");
    assert!(range.start.is_impossible());
    let range = read("24.13.03 - 24.13.09").expect("a range");
    assert!(range.start.is_impossible());
    assert_eq!(read("10.13.2 - 10.13.6"), None, "versions");
    let range = read("24.05.12 - 24.05.06").expect("a range");
    assert_eq!(range.days(), Some(-5));
}

#[test]
fn weekdays_and_lengths_have_spans() {
    let line = "5/6(화) ~ 5/12 (일) (7일)";
    let range = read_range(line, 100, Some(NEAR)).expect("a range");
    let (weekday, span) = range.start.weekday.expect("a weekday");
    assert_eq!((weekday, &line[span.start - 100..span.end - 100]), (Weekday::Tuesday, "화"));
    let (days, span) = range.stated_days.expect("a length");
    assert_eq!((days, &line[span.start - 100..span.end - 100]), (7, "7일"));
    assert_eq!((range.span.start, range.year_written, range.place), (100, false, Place::Alone));
    let stated = |line: &str| read(line).and_then(|range| range.stated_days).map(|(days, _)| days);
    assert_eq!(stated("2024.05.06 - 2024.05.23 (3주)"), Some(21));
    assert_eq!(stated("May 6 - May 12, 2024 (7 days)"), Some(7));
}

#[test]
fn a_range_without_a_year_near_nothing_has_no_dates() {
    let range = read_range("5/6 ~ 5/12", 0, None).expect("a range");
    assert_eq!((range.start.date, range.start.month, range.start.day), (None, 5, 6));
    assert!(!range.start.is_impossible() && range.days().is_none());
}

#[test]
fn only_the_beginning_of_a_line_is_read() {
    let long = "가".repeat(200_000);
    assert_eq!(read(&format!("{}2024.05.06 - 2024.05.12", " ".repeat(278))), None);
    assert_eq!(read(&format!("2024.05.06 - 2024.05.12 {long}")).map(|range| range.span), Some(Span::new(0, 23)));
    assert_eq!(read(&format!("{long} 2024.05.06 - 2024.05.12")), None);
}

#[test]
fn numbered_lists() {
    for (line, safe) in [
        ("2024. 5. 6. ~ 2024. 5. 12.", Some("2024.5.6 ~ 2024.5.12")),
        ("24. 05. 06 - 24. 05. 12", Some("24.05.06 - 24.05.12")),
        ("5. 6 ~ 5. 12", Some("5.6 ~ 5.12")),
        ("2024. 5. 6.(월) ~ 5. 12.(일)", Some("2024.5.6(월) ~ 5.12(일)")),
        ("6. Mai – 12. Mai 2024", Some("6\\. Mai – 12. Mai 2024")),
        ("5.6 ~ 5.12", None),
        ("1. 5.6 ~ 5.12", None),
        ("- 5. 6 ~ 5. 12", None),
    ] {
        assert_eq!(reads_as_list(line).map(|list| list.safe).as_deref(), safe, "{line:?}");
    }
}

#[test]
fn file_dates() {
    for (name, expected, slug) in [
        ("2024-05-12-title.md", Some(date(2024, 5, 12)), "title"),
        ("24-05-12-title.md", Some(date(2024, 5, 12)), "title"),
        ("2024-1-9-a.b.markdown", Some(date(2024, 1, 9)), "a.b"),
        ("_posts/2024-05-12-3주차 회고.MD", Some(date(2024, 5, 12)), "3주차 회고"),
        ("2024-05-00-a.md", None, "a"),
        ("2024-02-30-a.md", None, "a"),
        ("2024-05-12-.md", Some(date(2024, 5, 12)), ""),
    ] {
        let file = read_file_date(name).unwrap_or_else(|| panic!("no date in {name:?}"));
        assert_eq!((file.date, &name[file.slug]), (expected, slug), "{name:?}");
    }
    for name in ["title.md", "2024_05_12-a.md", "2024-05-12 a.md", "2024-05-12.md", "20240512-a.md", "2024-05-12-a", ""]
    {
        assert_eq!(read_file_date(name), None, "{name:?}");
    }
}

#[test]
fn front_matter_dates() {
    for (value, expected) in [
        ("2024-05-12 21:00:00 +0900", "2024-05-12 21:00:00 +09"),
        ("2024-05-12T10:00:00+09:00", "2024-05-12 10:00:00 +09"),
        ("2024-05-12T13:09:51.129Z", "2024-05-12 13:09:51 +00"),
        ("2024-05-12T08:23", "2024-05-12 08:23:00 -"),
        ("2024-05-12 9:30 PM -0530", "2024-05-12 21:30:00 -05:30"),
        ("2024-05-9", "2024-05-09 - -"),
        ("2024/05/12", "2024-05-12 - -"),
        ("2024.05.12", "2024-05-12 - -"),
        ("24.05.12", "2024-05-12 - -"),
        ("5/12/2024", "2024-05-12 - -"),
        ("May 12, 2024", "2024-05-12 - -"),
        ("12 May 2024 10:00 UTC", "2024-05-12 10:00:00 +00"),
        ("2024-02-30", "none - -"),
        ("2024-05-12 25:00:00", "2024-05-12 none -"),
    ] {
        let read = read_front_matter_date(value).unwrap_or_else(|| panic!("no date in {value:?}"));
        let day = read.date.map_or("none".into(), |date| date.to_string());
        let time = read.time.map(|time| time.map_or("none".into(), |time| time.to_string()));
        let offset = read.offset.map_or("-".into(), |offset| offset.to_string());
        assert_eq!(format!("{day} {} {offset}", time.unwrap_or("-".into())), expected, "{value:?}");
    }
    for value in [
        "", "어제", "tuesday", "20240-20-20", "2024년 5월 12일", "20240512", "last-modified", "2024-05",
        "`r Sys.Date()`",
    ] {
        assert_eq!(read_front_matter_date(value), None, "{value:?}");
    }
}
