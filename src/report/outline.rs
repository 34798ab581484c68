//! What postlint sees in a post, as JSON or as lines for people.

use serde::Serialize;

use super::json::Place;
use super::visible;
use crate::post::Post;
use crate::post::body::LinkKind;
use crate::text::Lines;

/// One post, outlined.
#[derive(Serialize)]
struct Outline<'a> {
    path: &'a str,
    kind: Option<&'a str>,
    date: Option<String>,
    title: Option<&'a str>,
    date_range: Option<Range>,
    headings: Vec<Heading<'a>>,
    links: Vec<Link<'a>>,
    formulas: Vec<Formula<'a>>,
}

#[derive(Serialize)]
struct Range {
    start: Option<String>,
    end: Option<String>,
    span: Place,
}

#[derive(Serialize)]
struct Heading<'a> {
    level: u8,
    text: &'a str,
    span: Place,
}

#[derive(Serialize)]
struct Link<'a> {
    kind: &'static str,
    destination: &'a str,
    span: Place,
}

#[derive(Serialize)]
struct Formula<'a> {
    tex: &'a str,
    display: bool,
    delimiter: &'static str,
    span: Place,
}

impl<'a> Outline<'a> {
    fn of(post: &'a Post, kind: Option<&'a str>, path: &'a str, lines: &Lines) -> Self {
        let title = post.title().and_then(|title| title.text());
        let body = &post.body;
        Outline {
            path,
            kind,
            date: post.date().map(|date| date.to_string()),
            title: title.or_else(|| post.title_heading().map(|heading| &*heading.title)),
            date_range: post.date_range.as_ref().map(|range| Range {
                start: range.start.date.map(|date| date.to_string()),
                end: range.end.as_ref().and_then(|day| day.date).map(|date| date.to_string()),
                span: Place::new(lines, &range.span),
            }),
            headings: body
                .headings
                .iter()
                .map(|heading| Heading {
                    level: heading.level,
                    text: &heading.title,
                    span: Place::new(lines, &heading.span),
                })
                .collect(),
            links: body
                .links
                .iter()
                .map(|link| Link {
                    kind: kind_of(link.kind, link.image),
                    destination: &link.destination,
                    span: Place::new(lines, &link.span),
                })
                .collect(),
            formulas: body
                .formulas
                .iter()
                .map(|formula| Formula {
                    tex: &post.text[formula.tex.clone()],
                    display: formula.display,
                    delimiter: formula.delimiter,
                    span: Place::new(lines, &formula.span),
                })
                .collect(),
        }
    }
}

fn kind_of(kind: LinkKind, image: bool) -> &'static str {
    match (kind, image) {
        (_, true) => "image",
        (LinkKind::Inline, _) => "inline",
        (LinkKind::Reference, _) => "reference",
        (LinkKind::Autolink, _) => "autolink",
    }
}

/// A post as one JSON object.
pub fn json(post: &Post, kind: Option<&str>, path: &str) -> String {
    let outline = Outline::of(post, kind, path, &Lines::new(post.text));
    serde_json::to_string(&outline).expect("an outline is made of strings and numbers")
}

/// A post for people: its path, then a line for each thing in it.
pub fn text(post: &Post, kind: Option<&str>, path: &str) -> String {
    let lines = Lines::new(post.text);
    let outline = Outline::of(post, kind, path, &lines);
    let mut said = vec![path.to_owned()];
    let mut say = |what: &str, line: usize, value: &str| said.push(format!("{line:>6}  {what:10}  {}", value.trim()));
    if let Some(kind) = outline.kind {
        say("kind", 1, kind);
    }
    if let Some(title) = outline.title {
        say("title", 1, title);
    }
    if let Some(date) = &outline.date {
        say("date", 1, date);
    }
    if let Some(Range { start, end, span }) = &outline.date_range {
        let unknown = || "?".to_owned();
        let both = [start, end].map(|day| day.clone().unwrap_or_else(unknown));
        say("date range", span.line, &both.join(" to "));
    }
    for heading in &outline.headings {
        say("heading", heading.span.line, &format!("{} {}", "#".repeat(heading.level.into()), heading.text));
    }
    for link in &outline.links {
        say(link.kind, link.span.line, link.destination);
    }
    for formula in &outline.formulas {
        say(if formula.display { "display" } else { "formula" }, formula.span.line, formula.tex);
    }
    let line = |line: String| line.chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect::<String>();
    said.into_iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
