//! What of a generator's own config cannot be meant so: once a blog, where the file says it.

use super::{Site, config, zones};
use crate::files::Files;
use crate::syntax::front_matter::{Data, Entry, Node, Tree};
use crate::text::{Span, beginning, nearest};

/// One fault of a generator's own config.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConfigFault {
    /// The file, by its path from the blog's folder on.
    pub file: String,
    /// The bytes at fault.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// Another place of the file that explains it.
    pub label: Option<(Span, &'static str)>,
    /// The site is not built with it, or not with its posts.
    pub is_fatal: bool,
}

impl ConfigFault {
    /// One that stops nothing.
    pub(crate) fn new(file: &str, span: Span, message: String) -> ConfigFault {
        ConfigFault { file: file.to_owned(), span, message, help: None, label: None, is_fatal: false }
    }
}

/// What a generator makes of a key that stands twice in a map of its config.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Twins {
    /// The last value counts.
    LastCounts,
    /// This stops the build.
    Stops(&'static str),
}

/// The config of a site, file by file, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct Told {
    name: &'static str,
    /// The files with their keys, the weakest first.
    configs: Vec<(String, Tree)>,
    faults: Vec<ConfigFault>,
}

/// So much of a value is shown, in characters.
const SHOWN: usize = 60;

impl Told {
    /// What any generator refuses of these files, which are read together, the weakest first.
    pub(crate) fn of(site: &Site, configs: Vec<(String, Tree)>, twins: Twins) -> Told {
        let mut told = Told { name: site.features.name, configs: Vec::new(), faults: Vec::new() };
        for (file, tree) in &configs {
            match tree.faults.first() {
                Some(fault) => {
                    let message = format!("{}, so {} cannot read this file", fault.message, told.name);
                    told.faults.push(ConfigFault { help: fault.help.clone(), ..fatal(file, fault.span, message) });
                }
                // JSON takes a key twice.
                None if !file.ends_with(".json") => told.tell_twins(file, &tree.entries, twins),
                None => {}
            }
        }
        told.configs = configs;
        told
    }

    /// The same of the first of some files that there is.
    pub(crate) fn of_first(site: &Site, files: &Files, names: &[&str], twins: Twins) -> Told {
        let first = names.iter().find(|name| files.is_file(name));
        Told::of(
            site,
            first.map(|name| ((*name).to_owned(), config::read(files, &[name]))).into_iter().collect(),
            twins,
        )
    }

    fn tell_twins(&mut self, file: &str, entries: &[Entry], twins: Twins) {
        for (at, entry) in entries.iter().enumerate() {
            self.tell_twins(file, entry.value.entries(), twins);
            let is_twin = |other: &&Entry| other.key == entry.key && entry.key != "<<";
            let Some(last) = entries[at + 1..].iter().rfind(is_twin) else { continue };
            if entries[..at].iter().any(|earlier| is_twin(&earlier)) {
                continue;
            }
            let fault = match twins {
                Twins::Stops(who) => {
                    let message = format!("`{}` stands here twice, so {who} stops the build", entry.key);
                    ConfigFault { label: Some((last.key_span, "again")), ..fatal(file, entry.key_span, message) }
                }
                Twins::LastCounts if is_lost(&entry.value, &last.value) => {
                    let message = format!("`{}` stands here twice, and what it says here is lost", entry.key);
                    let label = Some((last.key_span, "only this one counts"));
                    ConfigFault { label, ..ConfigFault::new(file, entry.key_span, message) }
                }
                Twins::LastCounts => continue,
            };
            self.faults.push(ConfigFault { help: Some("keep one of them".to_owned()), ..fault });
        }
    }

    /// The value that counts, with its file.
    fn value(&self, find: impl for<'t> Fn(&'t Tree) -> Option<&'t Node>) -> Option<(String, Span, String)> {
        let found = self.configs.iter().rev().find_map(|(file, tree)| Some((file, find(tree)?)));
        let (file, node) = found.filter(|(_, node)| !node.is_empty())?;
        Some((file.clone(), node.span, node.text()?.to_owned()))
    }

    /// Tells a time zone that nobody knows, with what comes of it: a clause.
    pub(crate) fn zone(
        &mut self,
        find: impl for<'t> Fn(&'t Tree) -> Option<&'t Node>,
        is_known: impl Fn(&str) -> bool,
        outcome: &str,
        is_fatal: bool,
    ) {
        let Some((file, span, zone)) = self.value(find).filter(|(_, _, zone)| !is_known(zone)) else { return };
        let message = format!("`{}` is no time zone, so {outcome}", beginning(&zone, SHOWN));
        let help = match zones::meant(&zone, None) {
            Some(zone) => format!("write `{zone}`"),
            None => "write a name such as `Asia/Seoul`".to_owned(),
        };
        self.faults.push(ConfigFault { help: Some(help), is_fatal, ..ConfigFault::new(&file, span, message) });
    }

    /// Tells an address of the site that is none, with what comes of it: a clause.
    pub(crate) fn address(
        &mut self,
        find: impl for<'t> Fn(&'t Tree) -> Option<&'t Node>,
        outcome: &str,
        is_fatal: impl Fn(&Wrong) -> bool,
    ) {
        let Some((file, span, address)) = self.value(find) else { return };
        let Some(wrong) = Wrong::of(&address) else { return };
        let shown = beginning(&address, SHOWN);
        let (what, help) = match &wrong {
            Wrong::Space => (format!("a space stands in `{shown}`"), "take the space out".to_owned()),
            Wrong::Scheme(meant) => {
                (format!("`{shown}` does not begin with `https://` or `http://`"), format!("write `{meant}`"))
            }
        };
        let is_fatal = is_fatal(&wrong);
        let message = if outcome.is_empty() { what } else { format!("{what}, so {outcome}") };
        self.faults.push(ConfigFault { help: Some(help), is_fatal, ..ConfigFault::new(&file, span, message) });
    }

    /// Tells what only one generator knows of a value.
    pub(crate) fn tell(
        &mut self,
        find: impl for<'t> Fn(&'t Tree) -> Option<&'t Node>,
        why: impl Fn(&str) -> Option<(String, String)>,
        is_fatal: bool,
    ) {
        let Some((file, span, value)) = self.value(find) else { return };
        if let Some((message, help)) = why(&value) {
            self.faults.push(ConfigFault { help: Some(help), is_fatal, ..ConfigFault::new(&file, span, message) });
        }
    }

    /// All that is wrong, file by file, in the order of the text.
    pub(crate) fn into_faults(self) -> Vec<ConfigFault> {
        let mut faults = self.faults;
        let place = |file: &String| self.configs.iter().position(|(other, _)| other == file);
        faults.sort_by_key(|fault| (place(&fault.file), fault.span.start));
        faults
    }
}

fn fatal(file: &str, span: Span, message: String) -> ConfigFault {
    ConfigFault { is_fatal: true, ..ConfigFault::new(file, span, message) }
}

/// Whether something is lost with a value where another counts.
fn is_lost(value: &Node, other: &Node) -> bool {
    match (&value.data, &other.data) {
        (Data::Scalar(one), Data::Scalar(other)) => !value.is_empty() && one != other,
        (Data::Scalar(_), _) => !value.is_empty(),
        (Data::List(items), Data::List(others)) => {
            let has = |item: &Node| others.iter().any(|other| item.text().is_some() && item.text() == other.text());
            !items.iter().all(has)
        }
        (Data::Map(entries), Data::Map(_)) => {
            let is_lost = |entry: &Entry| other.get(&entry.key).is_none_or(|other| is_lost(&entry.value, other));
            entries.iter().any(is_lost)
        }
        _ => true,
    }
}

/// Whether a name is that of a zone, letter by letter, as it is that of a file of the zone database.
pub(crate) fn is_zone(name: &str) -> bool {
    // Copies of all the others lie in these folders, and these hold what they are called.
    let name = ["posix/", "right/"].iter().find_map(|folder| name.strip_prefix(folder)).unwrap_or(name);
    matches!(name, "UTC" | "Factory" | "posixrules" | "localtime")
        || jiff::tz::TimeZone::get(name).is_ok_and(|zone| zone.iana_name() == Some(name))
}

/// What is wrong with the address of a site.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Wrong {
    /// White space stands in it.
    Space,
    /// It begins as no address does; this may be meant.
    Scheme(String),
}

impl Wrong {
    /// A path alone is well, and so is what another program puts an address in place of.
    pub(crate) fn of(address: &str) -> Option<Wrong> {
        if address.contains(char::is_whitespace) {
            return (address.contains("://") || address.contains('.')).then_some(Wrong::Space);
        }
        let scheme = |rest: &str| Some(Wrong::Scheme(format!("https://{}", rest.trim_start_matches(['/', ':']))));
        if let Some((name, rest)) = address.split_once("://") {
            let is_known = |name: &str| matches!(name, "http" | "https");
            let is_slip = name.len() > 3 && nearest(&name.to_lowercase(), ["http", "https"]).is_some();
            return if is_known(&name.to_lowercase()) || !is_slip { None } else { scheme(rest) };
        }
        for name in ["https", "http"] {
            // `https:example.com`, `https//example.com`
            let rest = address.strip_prefix(name).filter(|rest| rest.starts_with([':', '/']));
            if let Some(rest) = rest.filter(|rest| is_host(rest.trim_start_matches([':', '/']))) {
                return scheme(rest);
            }
        }
        if is_host(address) { scheme(address) } else { None }
    }
}

/// Whether a host that everybody knows for one stands at the head of an address.
fn is_host(address: &str) -> bool {
    let host = address.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let is_domain = |last: &str| last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    let named = host.rsplit_once('.').is_some_and(|(_, last)| is_domain(last) && host.split('.').all(is_label));
    named || host == "localhost"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_are_none() {
        let scheme = |meant: &str| Some(Wrong::Scheme(meant.to_owned()));
        for (address, wrong) in [
            ("https://example.com", None),
            ("HTTP://example.com/blog/", None),
            ("//example.com/", None),
            ("/", None),
            ("/blog", None),
            ("", None),
            (".", None),
            ("./", None),
            ("blog", None),
            ("__URL__", None),
            ("${URL}", None),
            ("{{ url }}", None),
            ("file:///tmp/a", None),
            ("v1.0", None),
            ("example.com", scheme("https://example.com")),
            ("www.example.com/blog/", scheme("https://www.example.com/blog/")),
            ("localhost:4000", scheme("https://localhost:4000")),
            ("예시.한국", scheme("https://예시.한국")),
            ("https:example.com", scheme("https://example.com")),
            ("https:/example.com", scheme("https://example.com")),
            ("http//example.com", scheme("https://example.com")),
            ("htps://example.com", scheme("https://example.com")),
            ("https://exa mple.com", Some(Wrong::Space)),
            ("https://example.com ", Some(Wrong::Space)),
        ] {
            assert_eq!(Wrong::of(address), wrong, "{address}");
        }
    }

    #[test]
    fn zones_by_their_letters() {
        for (name, is_known) in [
            ("Asia/Seoul", true),
            ("asia/seoul", false),
            ("Asia/Seol", false),
            ("US/Pacific", true),
            ("EST", true),
            ("UTC", true),
            ("utc", false),
            ("Etc/GMT-9", true),
            ("posix/Asia/Seoul", true),
            ("KST", false),
            ("UTC+9", false),
            ("KST-9", false),
            ("", false),
        ] {
            assert_eq!(is_zone(name), is_known, "{name}");
        }
    }
}
