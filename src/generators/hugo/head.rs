//! What Hugo takes for the beginning of front matter, and what it refuses in it: Hugo 0.168,
//! `parser/pageparser/pagelexer_intro.go`, `hugolib/page__meta.go`.

mod syntax;

use super::keys::get;
use super::settings::Settings;
use super::version::Version;
use crate::generators::{HeadFault, config};
use crate::post::Post;
use crate::syntax::front_matter::Node;
use crate::text::{beginning, first_line};

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
    let mut faults = syntax::faults(settings.version, post, front);
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

/// Why a post without front matter stops the build: the sign that it begins with is one that front matter begins with.
pub(super) fn refusal(version: Version, post: &Post) -> Option<String> {
    let text = post.text.trim_start_matches(|sign: char| sign.is_ascii_whitespace() || sign == '\u{feff}');
    if text.starts_with('<') && version.is_before(123) {
        return of_html(text);
    }
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

/// Those before 0.123 took no page that begins with HTML, and read what stands behind the first line of a comment (0.111,
/// `parser/pageparser/pagelexer_intro.go`).
fn of_html(text: &str) -> Option<String> {
    if !text.starts_with("<!--") {
        return Some("and the Hugo that this site asks for stops at a page that begins with HTML".to_owned());
    }
    let head = text.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
    let fence = ["---", "+++"].into_iter().find(|fence| head.starts_with(fence))?;
    let body = head[3..].split_once(&format!("\n{fence}")).map_or("", |(_, body)| body);
    (!body.contains("-->")).then(|| {
        "and the Hugo that this site asks for reads keys behind the first line, and looks for the end of the comment below \
         them, so it stops the build"
            .to_owned()
    })
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
            ("<div>\n", false),
        ] {
            let post = Post::parse("content/a.md", text, &Engines::default());
            assert_eq!(refusal(Version::default(), &post).is_some(), stops, "{text}");
        }
    }

    /// Asked of Hugo 0.111.
    #[test]
    fn what_begins_with_html() {
        for (text, stops) in [
            ("<div>\n", true),
            ("<!-- c -->\ntext\n", false),
            ("<!-- c -->\n---\ntitle: a\n---\ntext\n", true),
            ("<!--\n---\ntitle: a\n---\n-->\ntext\n", false),
        ] {
            let post = Post::parse("content/a.md", text, &Engines::default());
            assert_eq!(refusal(Version::told(111), &post).is_some(), stops, "{text}");
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
