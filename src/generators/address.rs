//! Addresses as links write them: RFC 3986, and what browsers make of it (the WHATWG URL standard).

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

/// What a link points to, as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference<'a> {
    /// `https://host/path`, `//host/path`: a host, and what follows it.
    Host {
        /// In lower case, without a name of a user, with its port.
        host: Cow<'a, str>,
        /// The rest.
        rest: Parts<'a>,
    },
    /// Another scheme: `mailto:`, `tel:`, `data:`, `javascript:`; its name in lower case.
    Scheme(String),
    /// A path, a query or a fragment on the same host.
    Local(Parts<'a>),
}

/// What follows the host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts<'a> {
    /// The path as it is written; empty for the page itself.
    pub path: &'a str,
    /// What follows `#`, as it is written, without a text fragment (`:~:text=…`); `None` without `#`.
    pub fragment: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// Reads what stands in a link. White space around it does not count.
    pub fn read(written: &'a str) -> Reference<'a> {
        let written = written.trim_matches(|sign: char| sign <= ' ');
        match scheme(written) {
            Some("http" | "https" | "HTTP" | "HTTPS" | "Http" | "Https") => {
                let rest = &written[written.find(':').map_or(0, |colon| colon + 1)..];
                host(rest.trim_start_matches(['/', '\\']))
            }
            Some(scheme) => Reference::Scheme(scheme.to_lowercase()),
            None => match written.strip_prefix("//") {
                Some(rest) => host(rest),
                None => Reference::Local(Parts::read(written)),
            },
        }
    }
}

fn host(rest: &str) -> Reference<'_> {
    let is_end = |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\');
    let end = rest.bytes().position(is_end).unwrap_or(rest.len());
    let host = &rest[memchr::memrchr(b'@', &rest.as_bytes()[..end]).map_or(0, |at| at + 1)..end];
    let bare = host.strip_suffix(":80").or_else(|| host.strip_suffix(":443")).unwrap_or(host);
    let is_lower = bare.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    let host = if is_lower { Cow::Borrowed(bare) } else { Cow::Owned(bare.to_lowercase()) };
    Reference::Host { host, rest: Parts::read(&rest[end..]) }
}

/// The scheme in front of a colon: `ALPHA *( ALPHA / DIGIT / "+" / "-" / "." )`.
fn scheme(written: &str) -> Option<&str> {
    if !written.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return None;
    }
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let length = written.bytes().take_while(fits).count();
    (written.as_bytes().get(length) == Some(&b':')).then_some(&written[..length])
}

impl<'a> Parts<'a> {
    fn read(written: &'a str) -> Parts<'a> {
        let end_of = |text: &str, sign| memchr::memchr(sign, text.as_bytes()).unwrap_or(text.len());
        let hash = end_of(written, b'#');
        let path = &written[..end_of(&written[..hash], b'?')];
        let fragment = written.get(hash + 1..).map(|fragment| {
            let directive = memchr::memmem::find(fragment.as_bytes(), b":~:");
            &fragment[..directive.unwrap_or(fragment.len())]
        });
        Parts { path, fragment }
    }
}

/// The path that another one leads to from a page: dot segments taken away, backslashes turned, escapes undone.
pub fn joined(page: &str, path: &str) -> String {
    let folder = match path {
        "" => return page.to_owned(),
        path if path.starts_with(['/', '\\']) => "",
        _ => &page[..last_slash(page).map_or(0, |slash| slash + 1)],
    };
    if let Some(joined) = joined_plainly(folder, path) {
        return joined;
    }
    let mut joined = String::with_capacity(folder.len() + path.len() + 1);
    let mut ends_open = false;
    // A page's own folder is decoded already, and `%2e` is a dot to browsers.
    let whole = folder.split('/').map(Cow::Borrowed).chain(path.split(['/', '\\']).map(decoded));
    for part in whole.skip_while(|part| part.is_empty()) {
        ends_open = matches!(&*part, "" | "." | "..");
        match &*part {
            "" | "." => {}
            ".." => joined.truncate(joined.rfind('/').unwrap_or(0)),
            _ => {
                joined.push('/');
                joined.push_str(&part);
            }
        }
    }
    if ends_open || joined.is_empty() {
        joined.push('/');
    }
    joined
}

/// The same of a folder and a path in which each part needs no second look, as in most links.
fn joined_plainly(folder: &str, path: &str) -> Option<String> {
    let (mut folder, mut rest) = (folder.strip_suffix('/').unwrap_or_default(), path.strip_prefix('/').unwrap_or(path));
    while let Some(below) = rest.strip_prefix("../") {
        (folder, rest) = (&folder[..last_slash(folder).unwrap_or(0)], below);
    }
    // A slash or a dot behind a slash makes a part of its own kind, and so does one at the beginning.
    let is_odd = |path: &str| {
        let next = |slash: usize| path.as_bytes().get(slash + 1);
        memchr::memchr_iter(b'/', path.as_bytes()).any(|slash| matches!(next(slash), Some(b'/' | b'.')))
    };
    let is_escaped = || memchr::memchr2(b'%', b'\\', rest.as_bytes()).is_some();
    let begins_odd = matches!(rest.as_bytes(), [] | [b'/' | b'.', ..]);
    (!begins_odd && !is_escaped() && !is_odd(rest) && !is_odd(folder)).then(|| [folder, "/", rest].concat())
}

fn last_slash(path: &str) -> Option<usize> {
    memchr::memrchr(b'/', path.as_bytes())
}

/// The shortest path from a page to an address, both from the root on.
pub(crate) fn path_from(page: &str, address: &str) -> String {
    let folder = &page[..page.rfind('/').map_or(0, |slash| slash + 1)];
    let same = folder.bytes().zip(address.bytes()).take_while(|(one, other)| one == other).count();
    let shared = folder.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1);
    let path = "../".repeat(folder[shared..].matches('/').count()) + &address[shared..];
    if path.is_empty() { "./".to_owned() } else { path }
}

/// A path as it is written, in the letters of an address that differs from it in upper and lower case only; `None` where
/// the two do not go together part by part.
pub(crate) fn recased(written: &str, address: &str) -> Option<String> {
    let parts = |path: &str| path.trim_end_matches('/').rsplit('/').map(str::to_owned).collect::<Vec<_>>();
    let mut spelled = Vec::new();
    let mut meant = parts(address).into_iter();
    for part in parts(written) {
        let other = meant.next().unwrap_or_default();
        let plain = decoded(&part);
        let taken: String = other.chars().take(plain.chars().count()).collect();
        match &*part {
            "" | "." | ".." => return is_like(written, &spelled),
            _ if taken == plain => spelled.push(part),
            _ if taken.to_lowercase() == plain.to_lowercase() => spelled.push(taken.replace(' ', "%20")),
            // `baseurl` stands before the address.
            _ if other.is_empty() => return is_like(written, &spelled),
            _ => return None,
        }
    }
    is_like(written, &spelled)
}

/// The path with its last parts, from the last on, put in place of its own.
fn is_like(written: &str, last: &[String]) -> Option<String> {
    let bare = written.trim_end_matches('/');
    let kept = bare.rsplitn(last.len() + 1, '/').nth(last.len());
    let parts = kept.into_iter().chain(last.iter().rev().map(String::as_str));
    let path = parts.collect::<Vec<_>>().join("/") + &written[bare.len()..];
    (path != written).then_some(path)
}

/// What stands in a link, as browsers read it: they take line breaks and tabs out.
pub(crate) fn without_breaks(written: &str) -> Cow<'_, str> {
    match memchr::memchr3(b'\n', b'\r', b'\t', written.as_bytes()).is_some() {
        true => Cow::Owned(written.replace(['\n', '\r', '\t'], "")),
        false => Cow::Borrowed(written),
    }
}

/// Whether a host, with or without a port, is the machine that asks for it.
pub(crate) fn is_own_machine(host: &str) -> bool {
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "0.0.0.0")
}

/// What only the machine of the author makes of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    /// `C:\Users\me\a.png`, `/Users/me/a.png`: a place on a disk.
    Disk,
    /// `..\img\a.png`: folders as Windows divides them.
    Backslash,
}

impl Machine {
    /// What it is about a destination that no server makes anything of.
    pub(crate) fn of(destination: &str) -> Option<Machine> {
        let bytes = destination.as_bytes();
        let is_drive = matches!(bytes, [letter, b':', b'\\' | b'/', ..] if letter.is_ascii_alphabetic());
        let is_home = ["/Users/", "/home/"].iter().any(|home| {
            let rest = destination.strip_prefix(home).and_then(|rest| rest.split_once('/'));
            rest.is_some_and(|(name, path)| !name.is_empty() && path.contains('/'))
        });
        if is_drive || is_home {
            return Some(Machine::Disk);
        }
        let is_turned = |parts: Parts| parts.path.contains('\\');
        let has_backslash = memchr::memchr(b'\\', bytes).is_some();
        (has_backslash && matches!(Reference::read(destination), Reference::Local(parts) if is_turned(parts)))
            .then_some(Machine::Backslash)
    }
}

/// The size of an image behind its address, as some editors write it: ` =300x200`, ` =50%x`, ` width=300`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Size {
    /// Where the address ends.
    pub at: usize,
    /// What is asked for.
    pub width: Option<String>,
    /// The same of the height.
    pub height: Option<String>,
}

impl Size {
    /// The size at the end of what stands between the parentheses of an image.
    pub(crate) fn of(destination: &str) -> Option<Size> {
        static SIZE: LazyLock<Regex> = LazyLock::new(|| {
            let number = r"\d+(?:px|%)?";
            let pair = format!(r"=(?P<w>{number})?[x*×](?P<h>{number}|\*)?|=(?P<only>{number})");
            let words = format!(r#"(?P<key>width|height)\s*=\s*["']?(?P<value>{number})["']?"#);
            Regex::new(&format!(r"^(?:{pair}|{words})$")).expect("a pattern")
        });
        let at = memchr::memrchr2(b' ', b'\t', destination.as_bytes()).map(|at| destination[..at].trim_end().len())?;
        let found = SIZE.captures(destination[at..].trim_start())?;
        let text = |name: &str| found.name(name).map(|part| part.as_str().to_owned()).filter(|part| part != "*");
        let keyed = |key: &str| text("value").filter(|_| found.name("key").is_some_and(|name| name.as_str() == key));
        let size = Size {
            at,
            width: text("w").or_else(|| text("only")).or_else(|| keyed("width")),
            height: text("h").or_else(|| keyed("height")),
        };
        (at > 0 && (size.width.is_some() || size.height.is_some())).then_some(size)
    }

    /// The same as attributes of HTML.
    pub(crate) fn attributes(&self) -> String {
        let both = [("width", &self.width), ("height", &self.height)].into_iter();
        let told =
            both.filter_map(|(name, value)| Some(format!(r#"{name}="{}""#, value.as_ref()?.trim_end_matches("px"))));
        told.collect::<Vec<_>>().join(" ")
    }
}

/// Whether the escapes of a path spell no text: it can name a file only where names are bytes.
pub(crate) fn is_no_text(path: &str) -> bool {
    path.contains('%') && matches!(decoded(path), Cow::Borrowed(_))
}

/// A text with its `%` escapes undone; what is not UTF-8 then stays as it is written.
pub fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).and_then(|&byte| char::from(byte).to_digit(16));
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match (bytes[at], digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                at += 3;
            }
            (byte, ..) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(text), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        let host = |host: &str, path, fragment| Reference::Host {
            host: host.to_owned().into(),
            rest: Parts { path, fragment },
        };
        let local = |path, fragment| Reference::Local(Parts { path, fragment });
        for (written, reference) in [
            ("https://A.b:443/c?d#e", host("a.b", "/c", Some("e"))),
            ("//a.b", host("a.b", "", None)),
            ("http://me@a.b:4000/", host("a.b:4000", "/", None)),
            ("mailto:a@b.c", Reference::Scheme("mailto".to_owned())),
            (" JavaScript:void(0)", Reference::Scheme("javascript".to_owned())),
            ("2022/a:b", local("2022/a:b", None)),
            ("#", local("", Some(""))),
            ("?a=b", local("", None)),
            ("a.html?b=/c#d:~:text=e", local("a.html", Some("d"))),
            ("/a#:~:text=e", local("/a", Some(""))),
        ] {
            assert_eq!(Reference::read(written), reference, "{written}");
        }
    }

    #[test]
    fn machines() {
        for (destination, machine) in [
            ("C:\\img\\a.png", Some(Machine::Disk)),
            ("d:/img/a.png", Some(Machine::Disk)),
            ("/Users/me/blog/a.png", Some(Machine::Disk)),
            ("/home/", None),
            ("/home/me.png", None),
            ("..\\img\\a.png", Some(Machine::Backslash)),
            ("https://a.b/c\\d", None),
            ("mailto:a", None),
        ] {
            assert_eq!(Machine::of(destination), machine, "{destination}");
        }
    }

    #[test]
    fn sizes_behind_addresses() {
        for (written, end, attributes) in [
            ("/a.png =300x200", 6, r#"width="300" height="200""#),
            ("/a.png =300x", 6, r#"width="300""#),
            ("/a.png =300x*", 6, r#"width="300""#),
            ("/a.png =x200", 6, r#"height="200""#),
            ("/a b.png  =50%x", 8, r#"width="50%""#),
            ("/a.png =250px*", 6, r#"width="250""#),
            ("/a.png =300", 6, r#"width="300""#),
            ("/a.png width=300px", 6, r#"width="300""#),
            ("/a.png height=\"20\"", 6, r#"height="20""#),
        ] {
            let size = Size::of(written).unwrap_or_else(|| panic!("{written}"));
            assert_eq!((size.at, &*size.attributes()), (end, attributes), "{written}");
        }
        for written in ["/a.png", "/a.png=300x200", "=300x200", "/a b", "/a.png =x", "/a?b =c"] {
            assert_eq!(Size::of(written), None, "{written}");
        }
    }

    #[test]
    fn paths_between_addresses() {
        for (page, address, path) in [
            ("/2022/a.html", "/2022/b.html", "b.html"),
            ("/2022/a/", "/2022/b/", "../b/"),
            ("/a.html", "/img/b.png", "img/b.png"),
            ("/2022/10/a.html", "/img/b.png", "../../img/b.png"),
            ("/회고/a/", "/회의/b", "../../회의/b"),
            ("/a/", "/a/", "./"),
        ] {
            assert_eq!(path_from(page, address), path, "{page} {address}");
        }
    }

    #[test]
    fn cases() {
        for (written, address, right) in [
            ("../Img/tree.PNG", "/img/tree.png", Some("../img/tree.png")),
            ("/notes/img/tree.png", "/img/Tree.png", Some("/notes/img/Tree.png")),
            ("/2022/Week/", "/2022/week/", Some("/2022/week/")),
            ("/2022/Week", "/2022/week.html", Some("/2022/week")),
            ("my%20Tree.png", "/img/my tree.png", Some("my%20tree.png")),
            ("a.png", "/img/b.png", None),
            ("/a", "/a", None),
        ] {
            assert_eq!(recased(written, address).as_deref(), right, "{written}");
        }
    }

    #[test]
    fn paths_from_a_page() {
        for (page, path, joined_) in [
            ("/2022/a.html", "b.html", "/2022/b.html"),
            ("/2022/a/", "../b/", "/2022/b/"),
            ("/2022/a/", "../../../b", "/b"),
            ("/2022/a/", ".", "/2022/a/"),
            ("/2022/a/", "..", "/2022/"),
            ("/a", "", "/a"),
            ("/a", "/", "/"),
            ("/a/", "b//c/./d", "/a/b/c/d"),
            ("/회고/", "%EB%8A%90%20%EB%82%80.md", "/회고/느 낀.md"),
            ("/", "\\img\\a.png", "/img/a.png"),
            ("/", "%zz%4", "/%zz%4"),
            ("/", "%ff", "/%ff"),
        ] {
            assert_eq!(joined(page, path), joined_, "{page} {path}");
        }
    }
}
