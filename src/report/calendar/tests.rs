use jiff::civil::{Date, date};

use super::*;
use crate::report::columns::{SCREEN, width};

fn cell(first: Date, posts: &[usize], rests: bool) -> Cell {
    let last = first.checked_add(jiff::Span::new().days(6)).expect("a day");
    Cell { slot: Slot::Days(first, last), posts: posts.to_vec(), rests }
}

fn member(path: &str, title: Option<&'static str>, lacks: &[&str]) -> Member<'static> {
    Member { path: path.to_owned(), title, lacks: lacks.iter().map(|&lack| lack.to_owned()).collect() }
}

/// A week of each state, with names of strangers.
fn drawn(kind: &str) -> Drawn<'_> {
    let cells = vec![
        cell(date(2022, 9, 26), &[0], false),
        cell(date(2022, 10, 3), &[1], false),
        cell(date(2022, 10, 10), &[], false),
        cell(date(2022, 10, 17), &[0, 2], false),
        cell(date(2022, 10, 24), &[], true),
    ];
    let posts = vec![
        member("_posts/a.md", Some("부스트캠프 1주차"), &[]),
        member("_posts/<b>&\"\u{1b}[31m\u{fffe}.md", Some("]]> & <script>\u{0}"), &["the section `<a>` is missing"]),
        member("_posts/c.md", None, &[]),
    ];
    Drawn { kind, period: Some(7), calendar: Ok(Calendar { unit: Unit::Week, cells }), posts }
}

#[test]
fn the_picture_is_xml_with_a_title_a_cell() {
    let picture = svg(&[drawn("주간 <&>\u{7}"), drawn("b")]);
    let document = roxmltree::Document::parse(&picture).expect("XML");
    let titles: Vec<&str> =
        document.descendants().filter(|node| node.has_tag_name("title")).filter_map(|node| node.text()).collect();
    assert_eq!(titles[0], "주간 <&>\u{2407}, b");
    assert_eq!(titles[1], "2022-09-26 to 2022-10-02: covered, 부스트캠프 1주차 (_posts/a.md)");
    assert!(
        titles[2]
            .starts_with("2022-10-03 to 2022-10-09: incomplete, ]]> & <script>\u{2400} (_posts/<b>&\"\u{241b}[31m")
    );
    assert!(titles[2].ends_with(", the section `<a>` is missing"), "{}", titles[2]);
    assert_eq!(titles[5], "2022-10-24 to 2022-10-30: rest");
    // Two series of five weeks, five states in the legend, and the name of all.
    assert_eq!(titles.len(), 16);
    let rects: Vec<_> = document.descendants().filter(|node| node.has_tag_name("rect")).collect();
    assert_eq!(rects.len(), 15);
    let number = |node: &roxmltree::Node, name| node.attribute(name).and_then(|value| value.parse::<usize>().ok());
    let root = document.root_element();
    for rect in &rects {
        assert!(number(rect, "x") < number(&root, "width") && number(rect, "y") < number(&root, "height"));
    }
    assert!(picture.contains("prefers-color-scheme:dark"));
    assert!(!picture.contains(|sign: char| sign.is_control() && sign != '\n'));
}

#[test]
fn the_picture_fits_the_terminal() {
    let long = "아주 긴 이름의 주간 회고와 그리고 이것저것 모든 것에 대한 기록들".repeat(2);
    let numbers = |first: u64| {
        let cells = (first..first + 30).map(|number| Cell { slot: Slot::Number(number), posts: vec![0], rests: false });
        let calendar = Calendar { unit: Unit::Number, cells: cells.collect() };
        Drawn { kind: "n", period: None, calendar: Ok(calendar), posts: vec![member("a", None, &[])] }
    };
    let page = page(&[drawn(&long), drawn("\u{1b}]0;x\u{7}"), numbers(1), numbers(u64::MAX - 40)], false);
    for line in page.lines() {
        assert!(width(line) <= SCREEN, "{line}");
        assert!(!line.contains(char::is_control));
    }
    assert!(page.contains("2022-10   3 ~  10 !  17 2  24 -\n"), "{page}");
}

#[test]
fn long_pauses_are_one_line() {
    let mut cells: Vec<Cell> =
        (0..=40).map(|week| cell(date(2022, 1, 3).saturating_add(jiff::Span::new().weeks(week)), &[], false)).collect();
    cells[0].posts.push(0);
    cells[40].posts.push(2);
    let page = page(&[Drawn { calendar: Ok(Calendar { unit: Unit::Week, cells }), ..drawn("a") }], false);
    assert!(
        page.contains("2022-01   3 #  10 !  17 !  24 !  31 !\n...      8 months without a post\n2022-10   3 !  10 #\n"),
        "{page}"
    );
}
