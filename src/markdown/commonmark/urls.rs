//! Bare URLs that become links: "autolink literals" of cmark-gfm 0.29 (`extensions/autolink.c`), and goldmark 1.7's
//! linkify (`extension/linkify.go`).

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::BareUrls;
use super::flanking::is_punctuation;
use crate::text::Span;

/// A URL or an address.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Url {
    /// Bytes of the text.
    pub span: Span,
    /// What the link has before it.
    pub scheme: &'static str,
}

/// So many bytes are looked at for a name of a host or a person; real ones have at most 255.
const LONGEST_NAME: usize = 512;

static COLON: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("://"));
static WWW: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("www."));

/// Where there may be some: most URLs are the destinations of links, which need no second look.
pub(crate) fn candidates(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_free = |at: usize| {
        let before = &bytes[..at];
        !(before.ends_with(b"](") || before.ends_with(b"<") || before.ends_with(b"]: ") || before.ends_with(b"=\""))
    };
    let scheme = |at: usize| at - bytes[..at].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let urls = COLON.find_iter(bytes).filter(move |&at| scheme(at) < at && is_free(scheme(at)));
    let hosts = WWW.find_iter(bytes).filter(move |&at| is_free(at));
    let addresses = memchr::memchr_iter(b'@', bytes).filter(|&at| at > 0 && bytes[at - 1].is_ascii_alphanumeric());
    urls.chain(hosts).chain(addresses)
}

/// The URL that begins at a byte, or, as cmark-gfm finds addresses, around it. `from` is the end of the last one, and
/// at the head of a line nothing before counts.
pub(crate) fn at(text: &str, from: usize, at: usize, head: bool, which: BareUrls) -> Option<Url> {
    let before = if head { '\n' } else { text[..at].chars().next_back().unwrap_or('\n') };
    let is_free = before.is_whitespace() || "*_~(".contains(before);
    match which {
        BareUrls::Gfm | BareUrls::LinkifyIt => match text.as_bytes()[at] {
            b'w' if is_free => www(text, at),
            b'h' | b'H' | b'f' | b'F' if !before.is_ascii_alphabetic() => url(text, at, which),
            b'@' => address(text, from, at),
            _ => None,
        },
        BareUrls::Linkify if is_free => linkify(text, at),
        BareUrls::Linkify => None,
    }
}

fn www(text: &str, at: usize) -> Option<Url> {
    text[at..].starts_with("www.").then_some(())?;
    let host = host(&text[at..])?;
    Some(Url { span: Span::new(at, end(text, at, at + host)?), scheme: "http://" })
}

fn url(text: &str, at: usize, which: BareUrls) -> Option<Url> {
    let schemes = ["http://", "https://", "ftp://"];
    let is_scheme = |scheme: &&str| {
        text.as_bytes()[at..].get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    let scheme = schemes.into_iter().find(is_scheme)?.len();
    let rest = &text[at + scheme..];
    rest.starts_with(is_host).then_some(())?;
    let host = host(rest)?;
    let behind = &rest[host..];
    let port = behind.strip_prefix(':').map_or(0, |port| port.bytes().take_while(u8::is_ascii_digit).count() + 1);
    let from = at + scheme + host;
    let end = match which {
        BareUrls::LinkifyIt if !behind[port..].starts_with(['/', '?', '#']) => from + if port > 1 { port } else { 0 },
        BareUrls::LinkifyIt => {
            let end = end(text, at, from)?;
            at + text[at..end].find(['"', ')', '\'']).filter(|_| !text[at..end].contains('(')).unwrap_or(end - at)
        }
        _ => end(text, at, from)?,
    };
    Some(Url { span: Span::new(at, end), scheme: "" })
}

fn is_host(sign: char) -> bool {
    !sign.is_whitespace() && !is_punctuation(sign)
}

/// How long the name of a host is; none if its last two parts have a `_`.
fn host(text: &str) -> Option<usize> {
    let mut underscores = [false; 2];
    let mut length = 0;
    for (at, sign) in text.char_indices().take_while(|&(at, _)| at < LONGEST_NAME) {
        match sign {
            '_' => underscores[1] = true,
            '.' => underscores = [underscores[1], false],
            '-' => {}
            _ if is_host(sign) => {}
            _ => break,
        }
        length = at + sign.len_utf8();
    }
    (!underscores.contains(&true)).then_some(length)
}

/// Where a URL ends: before white space or `<`, less the punctuation that is none of its own.
fn end(text: &str, start: usize, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let length = rest.find(|sign: char| sign.is_ascii_whitespace() || sign == '<').unwrap_or(rest.len());
    let url = &text[start..from + length];
    let mut parentheses = [url.matches('(').count(), url.matches(')').count()];
    let mut end = url.len();
    loop {
        match url[..end].chars().next_back()? {
            ')' if parentheses[1] > parentheses[0] => {
                parentheses[1] -= 1;
                end -= 1;
            }
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"' => end -= 1,
            ';' => {
                let name = url[..end - 1].trim_end_matches(|sign: char| sign.is_ascii_alphabetic());
                let is_entity = name.len() < end - 1 && name.ends_with('&');
                end = if is_entity { name.len() - 1 } else { end - 1 };
            }
            _ => return Some(start + end),
        }
    }
}

/// The address around an `@`.
fn address(text: &str, from: usize, at: usize) -> Option<Url> {
    let name = text[from..at].bytes().rev().take_while(|&byte| byte.is_ascii_alphanumeric() || b".+-_".contains(&byte));
    let start = at - name.take(LONGEST_NAME).count();
    let host = text.as_bytes()[at + 1..].iter().take(LONGEST_NAME);
    let length = host.take_while(|&&byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte)).count();
    let host = &text[at + 1..at + 1 + length];
    let dots = host.as_bytes().windows(2).position(|pair| pair[0] == b'.' && !pair[1].is_ascii_alphanumeric());
    // A dot with nothing behind it ends the address.
    let host = &host[..dots.unwrap_or(host.len())];
    let host = host.strip_suffix('.').unwrap_or(host);
    let is_address = start < at && host.contains('.') && host.ends_with(|last: char| last.is_ascii_alphabetic());
    let followed = text[at + 1 + host.len()..].starts_with('@');
    (is_address && !followed).then(|| Url { span: Span::new(start, at + 1 + host.len()), scheme: "mailto:" })
}

/// goldmark's, at the beginning of a word.
fn linkify(text: &str, at: usize) -> Option<Url> {
    const PATH: &str = r##"(?:[/#?][-a-zA-Z0-9@:%_+.~#$!?&/=();,'"><^{}\[\]`]*)?"##;
    static URL: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = format!(r"^(?:http|https|ftp)://[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+(?::\d+)?{PATH}");
        Regex::new(&pattern).expect("a pattern that a test compiles")
    });
    static WWW: LazyLock<Regex> = LazyLock::new(|| {
        let pattern = format!(r"^www\.[-a-zA-Z0-9@:%._+~#=]{{1,256}}\.[a-z]+{PATH}");
        Regex::new(&pattern).expect("a pattern that a test compiles")
    });
    let rest = &text[at..];
    let (found, scheme) = match rest.as_bytes()[0] {
        b'h' | b'f' => (URL.find(rest), ""),
        b'w' => (WWW.find(rest), "https://"),
        _ => (None, ""),
    };
    let Some(found) = found else { return linkified_address(text, at) };
    let url = found.as_str();
    let mut end = url.len();
    match url.as_bytes()[end - 1] {
        b'.' => end -= 1,
        b')' => end -= url.matches(')').count().saturating_sub(url.matches('(').count()),
        b';' => {
            let name = url[..end - 1].trim_end_matches(|sign: char| sign.is_ascii_alphanumeric());
            if name.len() < end - 1 && name.ends_with('&') {
                end = name.len() - 1;
            }
        }
        _ => {}
    }
    let url = url[..end].trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~']);
    Some(Url { span: Span::new(at, at + url.len()), scheme })
}

fn linkified_address(text: &str, at: usize) -> Option<Url> {
    static DOMAIN: LazyLock<Regex> = LazyLock::new(|| {
        let label = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
        Regex::new(&format!(r"^{label}(?:\.{label})*")).expect("a pattern that a test compiles")
    });
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-./=?^_`{|}~".contains(byte);
    let rest = &text[at..];
    rest.starts_with(|first: char| first.is_ascii_alphanumeric()).then_some(())?;
    let name = rest.bytes().take(LONGEST_NAME).take_while(is_name).count();
    let host = rest[name..].strip_prefix('@')?;
    let host = DOMAIN.find(host)?.as_str();
    let end = at + name + 1 + host.len();
    let goes_on = text[end..].starts_with(['-', '_']);
    (host.contains('.') && !goes_on).then_some(Url { span: Span::new(at, end), scheme: "mailto:" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_urls_end() {
        for (text, gfm, goldmark) in [
            ("https://example.com/a_b_c 참고", "https://example.com/a_b_c", "https://example.com/a_b_c"),
            ("https://example.com/를 보라", "https://example.com/를", "https://example.com/"),
            ("http://a.com/x(y).", "http://a.com/x(y)", "http://a.com/x(y)"),
            ("http://a.com/x).", "http://a.com/x", "http://a.com/x)"),
            ("http://a.com/?a=b&copy;", "http://a.com/?a=b", "http://a.com/?a=b"),
            ("www.example.com!", "www.example.com", "www.example.com"),
            ("http://localhost:4000", "http://localhost:4000", ""),
            ("http://a_b.com", "", "http://a_b.com"),
            ("https:// x", "", ""),
        ] {
            for (which, expected) in [(BareUrls::Gfm, gfm), (BareUrls::Linkify, goldmark)] {
                let found = at(text, 0, 0, true, which);
                assert_eq!(found.map_or("", |url| &text[url.span]), expected, "{text} {which:?}");
            }
        }
        for (text, url) in [
            ("http://localhost:8080，a", "http://localhost:8080"),
            ("http://a.org/，b", "http://a.org/，b"),
            ("http://a.org: b", "http://a.org"),
            ("http://a.org/x)，b", "http://a.org/x"),
        ] {
            let found = at(text, 0, 0, true, BareUrls::LinkifyIt);
            assert_eq!(found.map_or("", |url| &text[url.span]), url, "{text}");
        }
        let found = |text, from| at(text, 0, from, false, BareUrls::Gfm).map(|url| &text[url.span]);
        assert_eq!(found("a b.c@d.org.", 5), Some("b.c@d.org"));
        assert_eq!(found("b@d", 1), None);
        assert_eq!(found("xwww.d.de", 1), None);
    }
}
