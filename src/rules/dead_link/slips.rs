//! Addresses of other sites with a slip in them, which nobody needs to ask those sites about.

/// A slip.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Slip {
    /// What is wrong.
    pub why: &'static str,
    /// What to do.
    pub help: String,
}

/// Words that are `http` or `https` with a letter too many, too few, or in the wrong place.
const SCHEMES: &[&str] = &[
    "hhttp", "hhttps", "hppts", "hptt", "hptts", "hthp", "htp", "htpp", "htpps", "htps", "hts", "htthps", "httl",
    "httos", "httpa", "httpd", "httpss", "httsp", "htttp", "htttps", "tp", "tps", "ttp", "ttps",
];

/// What stands behind the last dot of most hosts.
const ENDINGS: &[&str] = &["cn", "com", "dev", "edu", "io", "jp", "kr", "me", "net", "org"];

/// The slip in an address, if there is one for sure.
pub(super) fn slip(written: &str) -> Option<Slip> {
    let (scheme, rest) = written.split_once(':')?;
    let meant = |address: String| format!("did you mean `{address}`?");
    let scheme = scheme.to_ascii_lowercase();
    if SCHEMES.contains(&scheme.as_str()) && rest.starts_with("//") {
        let right = if scheme.contains('s') { "https" } else { "http" };
        return Some(Slip { why: "no browser knows such a scheme", help: meant(format!("{right}:{rest}")) });
    }
    let address = rest.strip_prefix("//").filter(|_| matches!(scheme.as_str(), "http" | "https"))?;
    let end = address.find(['/', '?', '#']).unwrap_or(address.len());
    let (host, path) = address.split_at(end);
    let doubled = ["http", "https", "http:", "https:"].contains(&host.to_ascii_lowercase().as_str());
    if doubled && path.starts_with("//") {
        let scheme = host.trim_end_matches(':');
        return Some(Slip { why: "`http` stands in it twice", help: meant(format!("{scheme}:{path}")) });
    }
    if host.is_empty() && path.starts_with('/') {
        return Some(Slip { why: "it names no host", help: "write the name of the site behind the `//`".to_owned() });
    }
    let first = path.strip_prefix('/').unwrap_or_default().split('/').next().unwrap_or_default();
    let is_name =
        |host: &str| host.len() > 2 && host.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    if is_name(host) && host != "localhost" && ENDINGS.contains(&first) {
        return Some(Slip { why: "no host has such a name", help: meant(format!("{scheme}://{host}.{}", &path[1..])) });
    }
    second(address).then(|| Slip { why: "two addresses stand in it", help: "make a link of each".to_owned() })
}

/// Whether another address follows behind a comma or a space.
fn second(address: &str) -> bool {
    let places = ["http://", "https://"].into_iter().flat_map(|scheme| address.match_indices(scheme));
    places.into_iter().any(|(at, _)| {
        let before = &address[..at];
        let gap = before.trim_end_matches([' ', ',', '，', '、', ';', '；']);
        gap.len() < before.len() && !gap.contains(['?', '#']) && gap.contains('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sure() {
        for (address, help) in [
            ("ttps://a.kr/b", Some("did you mean `https://a.kr/b`?")),
            ("htp://a.kr", Some("did you mean `http://a.kr`?")),
            ("https://https://a.kr/b", Some("did you mean `https://a.kr/b`?")),
            ("http://http//a.kr", Some("did you mean `http://a.kr`?")),
            ("http:///groups/a", Some("write the name of the site behind the `//`")),
            ("https://twitter/com/a", Some("did you mean `https://twitter.com/a`?")),
            ("https://a.kr/b，https://c.kr", Some("make a link of each")),
            ("https://a.kr/b, https://c.kr", Some("make a link of each")),
            ("https://a.kr/b", None),
            ("https://web.archive.org/web/2020/http://a.kr", None),
            ("https://a.kr/?u=b,https://c.kr", None),
            ("http://localhost/com/a", None),
            ("https://server/a", None),
            ("mailto:a@b.kr", None),
            ("a.md", None),
        ] {
            assert_eq!(slip(address).map(|slip| slip.help).as_deref(), help, "{address}");
        }
        assert!(SCHEMES.is_sorted() && ENDINGS.is_sorted());
    }
}
