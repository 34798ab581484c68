//! Bare URLs that go on into the text behind them: an engine ends one at white space, whatever script it is.

use crate::blog::links::ResolvedLink;
use crate::finding::{Edit, Findings};
use crate::rules::RuleContext;
use crate::text::{Span, beginning};

/// Signs that stand in running text, and in no address.
const SIGNS: &str = "，。；：！？、）】》」』”’…";
/// The same where a letter stands before them.
const OPENING: &str = "（【《「『“‘";
/// So much of what is swallowed is shown, in characters.
const SHOWN: usize = 30;

/// Tells a bare URL that holds text, if it surely does.
pub(super) fn check(context: &RuleContext, lead: &ResolvedLink, findings: &mut Findings) -> bool {
    let (post, span) = (context.post, lead.link.span);
    let Some(engine) = context.engine() else { return false };
    let Some(end) = swallows(&post.text[span]) else { return false };
    let (address, text) = (Span::new(span.start, span.start + end), Span::new(span.start + end, span.end));
    let shown = beginning(&post.text[text], SHOWN);
    findings
        .at(text, format!("`{shown}` is taken for part of the address: {} ends one at a space", engine.name()))
        .help(format!("write `<{}>`, or a space behind it", &post.text[address]))
        .unsafe_fix(
            "put the address between `<` and `>`",
            vec![Edit::insert(address.start, "<"), Edit::insert(address.end, ">")],
        );
    true
}

/// Where the text begins in a bare URL.
fn swallows(url: &str) -> Option<usize> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let end = url.find(|sign: char| !sign.is_ascii())?;
    let (before, behind) = (&url[..end], &url[end..]);
    let first = behind.chars().next()?;
    // Nobody follows an address that is made up, or of a server at home; and marks of emphasis end the address for marked.
    const MADE_UP: &[&str] = &["domain", "example", "xxx", "your"];
    let is_made_up = MADE_UP.iter().any(|word| host.contains(word));
    let is_open =
        is_made_up || host.starts_with("localhost") || host.starts_with("127.") || host.starts_with("192.168.");
    if is_open || before.contains(['{', '}', '*']) || before.ends_with(['_', '~']) {
        return None;
    }
    let in_host = end < url.len() - rest.len() + host.len();
    // `github.com에서`: no name of a host ends with letters of two scripts.
    let ends_host = || {
        let name = before.rsplit(['.', '/']).next().unwrap_or_default();
        host.contains('.')
            && name.len() > 1
            && name.bytes().all(|byte| byte.is_ascii_lowercase())
            && !behind.contains('.')
    };
    let is_text = match first {
        _ if SIGNS.contains(first) => true,
        _ if OPENING.contains(first) => before.ends_with(|sign: char| sign.is_ascii_alphanumeric()),
        _ if in_host => first.is_alphabetic() && ends_host(),
        _ => behind.contains(['，', '。']),
    };
    let closes = |sign: char| match sign {
        ')' => before.matches(')').count() > before.matches('(').count(),
        sign => matches!(sign, '"' | '\''),
    };
    is_text.then(|| before.trim_end_matches(closes).len())
}

#[cfg(test)]
mod tests {
    use super::swallows;

    #[test]
    fn what_is_swallowed() {
        for (url, text) in [
            ("https://a.org/，然后", Some("，然后")),
            ("http://localhost:8080，提示", None),
            ("http://a.org:8080/了。", Some("了。")),
            ("http://a.org/b)，提示", Some(")，提示")),
            ("http://a.org/b**，提示", None),
            ("http://a.org/?x={x}，", None),
            ("https://a.org/b（说明）", Some("（说明）")),
            ("https://github.com에서", Some("에서")),
            ("https://a.org/b）", Some("）")),
            ("https://ko.wikipedia.org/wiki/회고", None),
            ("https://ja.wikipedia.org/wiki/（笑）", None),
            ("https://한글.com", None),
            ("https://a.org/b를", None),
            ("https://a.org/b", None),
            ("<https://a.org/，>", None),
        ] {
            assert_eq!(swallows(url).map(|end| &url[end..]), text, "{url}");
        }
    }
}
