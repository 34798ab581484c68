//! What Hugo takes for the beginning of front matter, and what it refuses in it: Hugo 0.168,
//! `parser/pageparser/pagelexer_intro.go`, `hugolib/page__meta.go`.

use super::keys::get;
use super::settings::Settings;
use crate::generators::{HeadFault, config};
use crate::post::Post;
use crate::syntax::front_matter::{Format, FrontMatter, Node, Style};
use crate::text::{Span, beginning, first_line};

/// The formats of pages that Hugo brings.
const FORMATS: &[&str] = &[
    "404", "alias", "amp", "calendar", "css", "csv", "gotmpl", "html", "httpstatus404", "json", "markdown", "robots",
    "rss", "sitemap", "sitemapindex", "webappmanifest",
];

/// What `markup` can be: languages that Hugo reads, and media types that it knows, by their names and endings (0.168,
/// `markup/markup.go`, `media/builtin.go`).
const MARKUPS: &[&str] = &[
    "ad", "adoc", "asciidoc", "asciidocext", "avi", "avif", "bmp", "calendar", "css", "csv", "flv", "gif", "goldmark",
    "gotmpl", "gz", "heic", "heif", "htm", "html", "ics", "javascript", "jpe", "jpeg", "jpg", "js", "jsm", "json",
    "jsx", "map", "markdown", "md", "mdown", "mjs", "mov", "mp3", "mp4", "mpeg", "mpg", "ogg", "ogv", "org", "otf",
    "pandoc", "pdc", "pdf", "plain", "png", "rss", "rst", "sass", "scss", "svg", "tif", "tiff", "toml", "ts", "tsx",
    "ttf", "txt", "typescript", "webm", "webmanifest", "webp", "woff", "woff2", "xml", "yaml", "yml", "zip",
];

/// Values that stop the build.
pub(super) fn faults(settings: &Settings, post: &Post) -> Vec<HeadFault> {
    let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return Vec::new() };
    let mut faults: Vec<HeadFault> = no_json(post, front).into_iter().collect();
    faults.extend(unread_time(settings, post, front));
    let mut told = |key: &str, refuses: &dyn Fn(&Node) -> Option<(String, &str)>| {
        let value = get(&front.tree, &[key]).filter(|value| !value.is_empty());
        if let Some((value, (why, help))) = value.and_then(|value| Some((value, refuses(value)?))) {
            let message = format!("{why}, so Hugo stops the build");
            faults.push(HeadFault { span: first_line(post.text, value.span), message, help: help.to_owned() });
        }
    };
    told("url", &|value| {
        let url = config::scalar(value)?;
        let has_host = ["http://", "https://"].iter().any(|start| url.starts_with(start));
        has_host
            .then(|| ("`url` is a path on this site".to_owned(), "write what follows the host, with a slash before it"))
    });
    told("build", &|value| {
        config::scalar(value)?;
        Some(("`build` has keys of its own".to_owned(), "write `build: {render: never}`, or call this key otherwise"))
    });
    told("cascade", &|value| {
        config::scalar(value)?;
        Some(("`cascade` has keys of its own".to_owned(), "write the keys that the pages below are to have under it"))
    });
    told("params", &|value| {
        let is_map = settings.version.is_before(123) || value.items().is_empty() && config::scalar(value).is_none();
        (!is_map).then(|| ("`params` has keys of its own".to_owned(), "write the parameters of the page under it"))
    });
    told("markup", &|value| {
        let name = config::scalar(value)?;
        let is_known = settings.version.is_before(126)
            || settings.has_media_types
            || name.contains('/')
            || MARKUPS.iter().any(|known| known.eq_ignore_ascii_case(name));
        (!is_known).then(|| {
            let why = format!("there is no markup `{}`", beginning(name, 40));
            (why, "take the key out, and the ending of the file says what it is written in")
        })
    });
    let brings = |name: &str| settings.formats.as_ref().is_none_or(|formats| formats.iter().any(|known| known == name));
    told("outputs", &|value| {
        let names = config::texts_of(value);
        let is_unknown = |name: &&String| {
            let name = name.to_lowercase();
            !FORMATS.contains(&&*name) && !brings(&name)
        };
        let name = names.iter().find(is_unknown)?;
        Some((
            format!("there is no output format `{}`", beginning(name, 40)),
            "`outputFormats` in the config makes others",
        ))
    });
    faults
}

/// A time of day without seconds, which TOML has since 1.1 (go-toml 2.3, which Hugo has since 0.161).
fn unread_time(settings: &Settings, post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    let has_no_seconds = |node: &Node| {
        let time = node.text().filter(|_| node.style == Style::Bare).and_then(|text| text.split_once(['T', 't', ' ']));
        time.is_some_and(|(day, time)| {
            let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
            day.len() == 10 && time.len() == 5 && time.as_bytes()[2] == b':'
        })
    };
    let is_strict = front.format == Format::Toml && settings.version.is_before(161);
    let entry = front.tree.entries.iter().filter(|_| is_strict).find(|entry| has_no_seconds(&entry.value))?;
    let message =
        "a time without seconds is none to the Hugo that this site asks for, which stops the build".to_owned();
    let help = "write the seconds as well: `2022-10-09T21:00:00`".to_owned();
    Some(HeadFault { span: first_line(post.text, entry.value.span), message, help })
}

/// What is no JSON, though it is YAML.
fn no_json(post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    if front.format != Format::Json {
        return None;
    }
    let error = serde_json::from_str::<serde_json::Value>(&post.text[front.span]).err()?;
    let lines = post.text[front.span].split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len);
    let at = front.span.start + lines.sum::<usize>() + error.column().saturating_sub(1);
    let at = (at..=front.span.end).find(|at| post.text.is_char_boundary(*at)).unwrap_or(front.span.end);
    let end = post.text[at..].chars().next().map_or(at, |sign| at + sign.len_utf8());
    let message = "this is no JSON, so Hugo stops the build".to_owned();
    Some(HeadFault {
        span: Span::new(at, end),
        message,
        help: "JSON takes no comma before a closing brace, and texts in `\"` alone".to_owned(),
    })
}

/// Why a post without front matter stops the build: the sign that it begins with is one that front matter begins with.
pub(super) fn refusal(post: &Post) -> Option<String> {
    let text = post.text.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == '\u{feff}');
    let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '+' | '{'))?;
    let fence = sign.to_string().repeat(3);
    match text.strip_prefix(&fence) {
        // After three of them comes what the language has no use for: `-` is an item of a list, `+` no key.
        Some(rest) if sign != '{' && rest.starts_with(sign) => {
            Some("and Hugo reads the keys behind the third of these signs, so it stops the build".to_owned())
        }
        // What stands up to the next such line is read, and may well be keys.
        Some(rest) if sign != '{' => {
            let is_closed = rest.lines().any(|line| line.starts_with(&fence));
            (!is_closed).then(|| "so Hugo stops the build".to_owned())
        }
        // An object in JSON.
        _ if sign == '{' && text[1..].trim_start().starts_with(['"', '}']) => {
            let is_closed = text.matches('{').count() <= text.matches('}').count();
            (!is_closed).then(|| "and nothing closes the `{` at its start, so Hugo stops the build".to_owned())
        }
        _ => Some(format!("and Hugo takes the `{sign}` at its start for the beginning of one, so it stops the build")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    /// Asked of Hugo 0.168.
    #[test]
    fn what_begins_no_front_matter() {
        for (text, stops) in [
            ("text\n", false),
            ("---\ntext\n\n---\n", false),
            ("----\ntitle: a\n----\n", true),
            ("-----\n\ntext\n\n-----\n", true),
            ("++++\ntitle = 'a'\n++++\n", true),
            ("--- title: a\n---\n", false),
            ("----\n\ntext\n", true),
            ("- a\n", true),
            ("{\"title\": \"a\"\n", true),
            ("{a} b\n", true),
        ] {
            assert_eq!(refusal(&Post::parse("content/a.md", text, &Engines::default())).is_some(), stops, "{text}");
        }
    }

    /// Asked of Hugo 0.168.
    #[test]
    fn values_that_are_refused() {
        let faults = |text: &str| {
            let post = Post::parse("content/a.md", text, &Engines::default());
            let settings = Settings { formats: Some(vec!["mine".to_owned()]), ..Settings::default() };
            faults(&settings, &post).into_iter().map(|fault| post.text[fault.span].to_owned()).collect::<Vec<_>>()
        };
        for (value, is_refused) in [
            ("url: https://example.org/a", true),
            ("url: /a:b/", false),
            ("build: never", true),
            ("build: {list: never}", false),
            ("cascade: a", true),
            ("cascade: {draft: true}", false),
            ("outputs: [html, nosuch]", true),
            ("outputs: [HTML, mine]", false),
            ("markup: mmark", true),
            ("markup: blackfriday", true),
            ("markup: Markdown", false),
            ("markup: pandoc", false),
            ("params: a", true),
            ("params: [a]", true),
            ("params: {a: b}", false),
        ] {
            assert_eq!(!faults(&format!("---\n{value}\n---\nb\n")).is_empty(), is_refused, "{value}");
        }
        assert_eq!(faults("{\"title\": \"a\",}\nb\n"), ["}"]);
        assert_eq!(faults("{\"title\": \"a\"}\nb\n"), Vec::<String>::new());
    }
}
