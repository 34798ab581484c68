//! What the parsers of front matter refuse that Hugo has, which are not the same in all versions: go-toml 2.3 since 0.161,
//! goccy/go-yaml since 0.152 and go-yaml 2.4 before (`go.mod`).

use crate::generators::HeadFault;
use crate::generators::hugo::version::Version;
use crate::post::Post;
use crate::syntax::front_matter::{Data, Format, FrontMatter, Node, Style};
use crate::text::{Span, first_line};

/// What stops the build.
pub(super) fn faults(version: Version, post: &Post, front: &FrontMatter) -> Vec<HeadFault> {
    let found = match front.format {
        Format::Json => [no_json(post, front), None],
        Format::Toml => [unread_time(version, post, front), trailing_comma(version, post, front)],
        Format::Yaml => [tagged(version, post, front), broken(version, post, front)],
        Format::Lines => [None, None],
    };
    found.into_iter().flatten().collect()
}

/// A time of day without seconds, which TOML has since 1.1 (go-toml 2.3, which Hugo has since 0.161).
fn unread_time(version: Version, post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    let has_no_seconds = |node: &Node| {
        let time = node.text().filter(|_| node.style == Style::Bare).and_then(|text| text.split_once(['T', 't', ' ']));
        time.is_some_and(|(day, time)| {
            let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
            day.len() == 10 && time.len() == 5 && time.as_bytes()[2] == b':'
        })
    };
    let is_strict = front.format == Format::Toml && version.is_before(161);
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

/// A comma before the `}` of a table on one line, which TOML has since 1.1.
fn trailing_comma(version: Version, post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    let comma = |node: &Node| {
        let text = post.text[node.span].strip_suffix('}').filter(|_| matches!(node.data, Data::Map(_)))?.trim_end();
        let at = node.span.start + text.strip_suffix(',')?.len();
        Some(Span::new(at, at + 1))
    };
    let span = first(front, &comma).filter(|_| version.is_before(161))?;
    let message =
        "no comma stands before the `}` for the Hugo that this site asks for, which stops the build".to_owned();
    Some(HeadFault { span, message, help: "take it out".to_owned() })
}

/// A tag of YAML that the keys begin with.
fn tagged(version: Version, post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    let whole = &post.text[front.span];
    let text = whole.trim_start_matches("---").trim_start();
    let start = front.span.end - text.len();
    let is_tag = !version.is_before(152) && text.starts_with('!');
    let message = "Hugo takes this tag for one of all keys, and stops the build".to_owned();
    let help = "write the key without it".to_owned();
    is_tag.then(|| HeadFault { span: first_line(post.text, Span::new(start, front.span.end)), message, help })
}

/// A sign in a value without quotes that was a line break in YAML 1.1.
fn broken(version: Version, post: &Post, front: &FrontMatter) -> Option<HeadFault> {
    let sign = |node: &Node| {
        let text = post.text[node.span].strip_prefix(|_: char| node.style == Style::Plain)?;
        let is_break = |sign: char| matches!(sign, '\u{85}' | '\u{2028}' | '\u{2029}');
        let at = node.span.end - text.len() + text.find(is_break)?;
        Some(Span::new(at, at + post.text[at..].chars().next()?.len_utf8()))
    };
    let span = first(front, &sign).filter(|_| version.is_before(152))?;
    let message =
        "this sign, which nobody sees, is a line break for the Hugo that this site asks for, which stops the build";
    Some(HeadFault { span, message: message.to_owned(), help: "take it out".to_owned() })
}

/// The first place that is found in a value.
fn first(front: &FrontMatter, find: &dyn Fn(&Node) -> Option<Span>) -> Option<Span> {
    fn below(node: &Node, find: &dyn Fn(&Node) -> Option<Span>) -> Option<Span> {
        let of_entries = || node.entries().iter().find_map(|entry| below(&entry.value, find));
        let of_items = || node.items().iter().find_map(|item| below(item, find));
        find(node).or_else(of_entries).or_else(of_items)
    }
    front.tree.entries.iter().find_map(|entry| below(&entry.value, find))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    /// Asked of Hugo 0.111, 0.147 and 0.168.
    #[test]
    fn what_only_some_versions_read() {
        let newest = u32::MAX;
        for (text, version, at) in [
            ("+++\nx = {a = 1,}\n+++\n", 147, Some(",")),
            ("+++\nx = {a = 1,}\n+++\n", newest, None),
            ("+++\nx = [1, 2,]\n+++\n", 147, None),
            ("+++\ndate = 2020-01-01T10:00\n+++\n", 147, Some("2020-01-01T10:00")),
            ("---\n!!x y: z\n---\n", 147, None),
            ("---\n!!x y: z\n---\n", newest, Some("!!x y: z")),
            ("---\ntitle: a\u{2028}b\n---\n", 147, Some("\u{2028}")),
            ("---\ntitle: a\u{2028}b\n---\n", newest, None),
            ("---\ntitle: \"a\u{2028}b\"\n---\n", 147, None),
            ("{\"title\": \"a\",}\n", newest, Some("}")),
        ] {
            let post = Post::parse("content/a.md", text, &Engines::default());
            let front = post.front_matter().expect("front matter");
            let found = faults(Version::told(version), &post, front);
            assert_eq!(found.first().map(|fault| &post.text[fault.span]), at, "{text} {version}");
        }
    }
}
