//! What postlint sees in a post, as JSON or as lines for people.

use std::borrow::Cow;

use serde::Serialize;

use super::info::Fact;
use super::json::Place;
use super::visible;
use crate::blog::Blog;
use crate::blog::links::{PageLink, Resolved, Resolver, Shape, UNKNOWN};
use crate::generators::Standing;
use crate::kinds::{Assigned, Why};
use crate::markdown::page::{Page, Tag, What};
use crate::post::Post;
use crate::text::Lines;

/// One post, outlined.
#[derive(Serialize)]
struct Outline<'a> {
    path: &'a str,
    /// What reads it, and the file that says so.
    markdown: Fact,
    kind: Option<&'a str>,
    /// Why it is of its kind, or of none though it names one.
    why: Option<String>,
    #[serde(skip)]
    kind_line: usize,
    date: Option<String>,
    #[serde(skip)]
    date_line: usize,
    url: Option<String>,
    title: Option<&'a str>,
    #[serde(skip)]
    title_line: usize,
    date_range: Option<Range>,
    headings: Vec<Heading<'a>>,
    links: Vec<Link>,
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
    text: Cow<'a, str>,
    id: Option<&'a str>,
    span: Place,
}

#[derive(Serialize)]
struct Link {
    kind: &'static str,
    destination: String,
    /// The source of what it leads to, with the fragment that leads further; null where it leads to no file of the blog.
    resolved: Option<String>,
    /// What is known of that.
    state: &'static str,
    span: Place,
}

#[derive(Serialize)]
struct Formula<'a> {
    tex: &'a str,
    display: bool,
    delimiter: &'static str,
    /// Null also where the engine is not known.
    delivered: Option<String>,
    span: Place,
}

/// A post as it is outlined.
pub(crate) struct Outlined<'a> {
    /// The post.
    pub post: &'a Post<'a>,
    /// The blog it belongs to.
    pub blog: &'a Blog,
    /// Its kind, and why.
    pub kind: Assigned<'a, 'a>,
    /// Its path as it is shown.
    pub path: &'a str,
    /// A file of the blog, from the blog's folder on, as it is shown.
    pub show: &'a dyn Fn(&str) -> String,
}

impl<'a> Outline<'a> {
    fn of(outlined: &Outlined<'a>, lines: &Lines) -> Self {
        let &Outlined { post, blog, kind, path, show } = outlined;
        let (why, why_at) = why(post, kind).unzip();
        let (title, title_at) = title(post).unzip();
        let page = blog.outlined(post);
        let resolver = Resolver::new(blog, post);
        let own = resolver.own().filter(|own| own.standing != Standing::Doubtful);
        let link = |found| link(found, &resolver, show, post.text, lines);
        Outline {
            path,
            markdown: Fact::new(
                blog.engine_of(post.path).map(|engine| engine.full_name()),
                Some(&blog.markdown_reason()),
            ),
            kind: kind.kind().map(|kind| kind.name.as_str()),
            why,
            kind_line: lines.index(why_at.unwrap_or_default()) + 1,
            date: post.date().map(|date| date.to_string()),
            date_line: lines.index(written_date_at(post).unwrap_or_default()) + 1,
            url: own.map(|own| format!("{}{}", blog.map().base, own.url)),
            title,
            title_line: lines.index(title_at.unwrap_or_default()) + 1,
            date_range: post.date_range.as_ref().map(|range| Range {
                start: range.start.date.map(|date| date.to_string()),
                end: range.end.as_ref().and_then(|day| day.date).map(|date| date.to_string()),
                span: Place::new(lines, &range.span),
            }),
            headings: match page {
                Some(page) => headings_of_page(page, lines),
                None => headings_as_written(post, lines),
            },
            links: blog.links(post).into_iter().map(link).collect(),
            formulas: formulas(blog, post, lines),
        }
    }
}

/// Why a post is of its kind, or of none though it names one, and where in the post that stands.
fn why(post: &Post, assigned: Assigned) -> Option<(String, usize)> {
    let entry_of = |key: &str| post.front_matter().and_then(|front| front.get(key));
    let place = |key: &str| entry_of(key).map_or(0, |entry| entry.key_span.start);
    let (kind, why) = match assigned {
        Assigned::To(kind, why) => (kind, why),
        Assigned::Unknown { name, near } => {
            let help = near.map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            return Some((
                format!("the post says `postlint: {{kind: {name}}}`, and no kind is called so{help}"),
                place("postlint"),
            ));
        }
        Assigned::ToNone => return None,
    };
    let (mut said, at) = match why {
        Why::OwnWord => (format!("the post says `postlint: {{kind: {}}}`", kind.name), place("postlint")),
        Why::EveryPost => ("the kind has no `match`, so every post fits".to_owned(), 0),
        Why::Match { path, front_matter } => {
            let by_path = path.map(|path| format!("its path fits `{}`", path.source));
            let values: Vec<String> = front_matter.iter().map(|(key, value)| format!("`{key}: {value}`")).collect();
            let by_value = (!values.is_empty()).then(|| format!("its front matter has {}", values.join(" and ")));
            let at = front_matter.iter().next().filter(|_| path.is_none()).map_or(0, |(key, _)| place(key));
            match [by_path, by_value].into_iter().flatten().collect::<Vec<_>>() {
                none if none.is_empty() => ("the `match` of the kind is empty, so every post fits".to_owned(), 0),
                told => (told.join(", and "), at),
            }
        }
    };
    if let Some(since) = kind.schema.since.filter(|_| !kind.holds(post)) {
        said += &format!("; not held to it before {since}");
    }
    Some((said, at))
}

/// The title of the front matter or that of the text, and where it begins.
fn title<'p>(post: &'p Post) -> Option<(&'p str, usize)> {
    let own = post.title().and_then(|title| Some((title.text()?, title.span.start)));
    own.or_else(|| post.title_heading().map(|heading| (&*heading.title, heading.span.start)))
}

/// Where the date begins that the front matter gives.
fn written_date_at(post: &Post) -> Option<usize> {
    let entry = post.front_matter()?.get("date").filter(|_| post.written_date().is_some())?;
    Some(entry.value.span.start)
}

fn headings_of_page<'a>(page: &'a Page, lines: &Lines) -> Vec<Heading<'a>> {
    let mut headings: Vec<Heading> = Vec::new();
    let mut depth = 0;
    for event in &page.events {
        match &event.what {
            What::Start(element) => {
                if let Tag::Heading { level, id } = &element.tag {
                    let (text, span) = (Cow::Borrowed(""), Place::new(lines, &event.source));
                    headings.push(Heading { level: *level, text, id: id.as_deref(), span });
                    depth = 1;
                } else if depth > 0 {
                    depth += 1;
                }
            }
            What::End => depth -= i32::from(depth > 0),
            What::Text(text) if depth > 0 => add_text(&mut headings, text),
            What::Math { tex, .. } if depth > 0 => add_text(&mut headings, tex.text()),
            _ => {}
        }
    }
    headings
}

fn add_text<'a>(headings: &mut [Heading<'a>], text: &'a str) {
    if let Some(heading) = headings.last_mut() {
        heading.text += text;
    }
}

fn headings_as_written<'a>(post: &'a Post, lines: &Lines) -> Vec<Heading<'a>> {
    let headings = post.body.headings.iter().map(|heading| Heading {
        level: heading.level,
        text: Cow::Borrowed(&*heading.title),
        id: heading.id.map(|id| &post.text[id]),
        span: Place::new(lines, &heading.span),
    });
    headings.collect()
}

fn link(link: PageLink, resolver: &Resolver, show: &dyn Fn(&str) -> String, text: &str, lines: &Lines) -> Link {
    let source = |target: &str, anchor: Option<String>| {
        Some(show(target) + &anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default())
    };
    let (resolved, state) = match resolver.lead(&link) {
        Resolved::Found(target, anchor) => (source(&target.source, anchor), "found"),
        Resolved::Source(target) => (source(&target.source, None), "missing"),
        Resolved::Hidden(target) => (source(&target.source, None), "hidden"),
        Resolved::MissingAnchor(target, _) => (source(&target.source, None), "missing-anchor"),
        Resolved::Missing(_) | Resolved::Doubled(_) | Resolved::Forgotten(_) => (None, "missing"),
        Resolved::External | Resolved::Scheme(_) => (None, "external"),
        Resolved::Rewritten(_) | Resolved::Unknown(_) => (None, "unknown"),
    };
    let (kind, destination) = (kind_of(&link, text), link.destination.replace(UNKNOWN, "…"));
    Link { kind, destination, resolved, state, span: Place::new(lines, &link.span) }
}

fn formulas<'a>(blog: &Blog, post: &'a Post, lines: &Lines) -> Vec<Formula<'a>> {
    let written = &post.body.formulas;
    let delivered = blog.delivered(post);
    let formulas = written.iter().enumerate().map(|(index, formula)| Formula {
        tex: &post.text[formula.tex],
        display: formula.display,
        delimiter: formula.delimiter,
        delivered: delivered.get(index).and_then(|delivered| delivered.tex()).map(str::to_owned),
        span: Place::new(lines, &formula.span),
    });
    formulas.collect()
}

/// How a link is written.
fn kind_of(link: &PageLink, text: &str) -> &'static str {
    let written = &text[link.span];
    match link.shape {
        Shape::Html => "html",
        Shape::Image => "image",
        Shape::Link if !written.starts_with('[') => "autolink",
        // An attribute list may follow: `[text][label]{:.class}`.
        Shape::Link if written.split("{:").next().is_some_and(|link| link.ends_with(']')) => "reference",
        Shape::Link => "inline",
    }
}

/// A post as one JSON object.
pub(crate) fn json(outlined: &Outlined) -> String {
    let outline = Outline::of(outlined, &Lines::new(outlined.post.text));
    super::json::readable(&outline)
}

/// A post for people: its path, then a line for each thing in it.
pub(crate) fn text(outlined: &Outlined) -> String {
    let lines = Lines::new(outlined.post.text);
    let outline = Outline::of(outlined, &lines);
    let mut said = vec![outlined.path.to_owned()];
    let mut say = |what: &str, line: usize, value: &str| said.push(format!("{line:>6}  {what:10}  {}", value.trim()));
    say("markdown", 1, &outline.markdown.line("not known"));
    if let Some(why) = &outline.why {
        say("kind", outline.kind_line, &format!("{}: {why}", outline.kind.unwrap_or("none")));
    }
    if let Some(title) = outline.title {
        say("title", outline.title_line, title);
    }
    if let Some(date) = &outline.date {
        say("date", outline.date_line, date);
    }
    if let Some(url) = &outline.url {
        say("url", 1, url);
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
        let end = match (link.state, &link.resolved) {
            ("found", Some(source)) => format!(" → {source}"),
            ("hidden", Some(source)) => format!(" → {source}, which is not published"),
            ("missing-anchor", Some(source)) => format!(" → {source}, which has no such place"),
            ("missing", _) => " → nothing".to_owned(),
            _ => String::new(),
        };
        say(link.kind, link.span.line, &format!("{}{end}", link.destination));
    }
    for formula in &outline.formulas {
        say(if formula.display { "display" } else { "formula" }, formula.span.line, formula.tex);
    }
    let line = |line: String| line.chars().map(|c| if c == '\n' { ' ' } else { visible(c) }).collect::<String>();
    said.into_iter().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
