//! Whether a page is rendered, as its front matter says, and what the pages and the config above it hand down to it: Hugo
//! 0.168, `resources/page/pagemeta/pagemeta.go`, `resources/page/page_matcher.go` and `hugolib/page__meta.go`.

use std::path::Path;

use jiff::civil::Date;

use super::dates::{DATES_STOP, day_of};
use super::keys::{child, get, is_on};
use super::version::Version;
use crate::files::PathPattern;
use crate::generators::config;
use crate::syntax::front_matter::{Node, Tree};

/// What a page says of being rendered; `None` where it says nothing.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Said {
    /// `draft`
    pub draft: Option<bool>,
    /// `build.render`: whether a file is written.
    pub renders: Option<bool>,
    /// Something above it says that it is a draft, not the page itself.
    pub is_handed: bool,
    /// It is listed by a page that is a draft, with which it goes (before 0.123).
    pub is_below_draft: bool,
    /// The day that something above it gives it.
    pub day: Option<Date>,
    /// Something that decides is not understood.
    pub is_unsure: bool,
}

impl Said {
    /// What the front matter of a page says itself.
    pub(super) fn of(tree: &Tree, version: Version) -> Said {
        Said::by(|key| get(tree, &[key]), version)
    }

    /// The same of a page that is no bundle, to which `headless` meant nothing before 0.123.
    pub(super) fn of_single(tree: &Tree, version: Version) -> Said {
        Said::by(|key| get(tree, &[key]).filter(|_| key != "headless" || !version.is_before(123)), version)
    }

    fn by<'t>(get: impl Fn(&str) -> Option<&'t Node>, version: Version) -> Said {
        // It is called so since 0.123, where nothing has the older name (`hugolib/page__meta.go`).
        let build = get("_build").or_else(|| get("build").filter(|_| !version.is_before(123)));
        let build = build.filter(|node| !node.is_empty());
        let is_headless = get("headless").and_then(|value| is_on(value, version)) == Some(true);
        // What is written in other formats alone is no page.
        let formats = get("outputs").map_or_else(Vec::new, config::texts_of);
        let is_foreign = !formats.is_empty() && !formats.iter().any(|format| format.eq_ignore_ascii_case("html"));
        let renders = match build {
            _ if is_foreign => Some(false),
            None => is_headless.then_some(false),
            Some(build) => match child(build, "render") {
                None => (!build.entries().is_empty()).then_some(true),
                Some(render) => match config::scalar(render).map(str::to_lowercase).as_deref() {
                    Some("never" | "false" | "link") => Some(false),
                    // What Hugo does not know is what it does by itself.
                    _ => Some(true),
                },
            },
        };
        // Where it is no date, which stops a Hugo that reads dates strictly.
        let published = get("published").filter(|_| version.is_before(DATES_STOP)).and_then(switch);
        let draft = get("draft").and_then(|value| is_on(value, version)).or(published.map(|is_on| !is_on));
        Said { draft, renders, ..Said::default() }
    }

    /// The same where it says nothing itself, and what is above it does.
    pub(super) fn or(self, other: Said) -> Said {
        Said {
            draft: self.draft.or(other.draft),
            renders: self.renders.or(other.renders),
            day: self.day.or(other.day),
            is_below_draft: self.is_below_draft || other.is_below_draft,
            is_handed: self.is_handed || self.draft.is_none() && other.draft.is_some(),
            is_unsure: self.is_unsure || other.is_unsure,
        }
    }
}

/// A truth value as Go's `strconv.ParseBool` reads it, which takes nothing else.
pub(super) fn switch(value: &Node) -> Option<bool> {
    match value.text()? {
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Some(true),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Some(false),
        _ => None,
    }
}

/// The page that something is handed down to.
#[derive(Debug, Clone, Copy)]
pub(super) struct To<'p> {
    /// Its path from the content on, in lower case, with a slash at its start.
    pub path: &'p str,
    /// Whether it is a list.
    pub is_section: bool,
    pub version: Version,
}

/// What a `cascade` hands down to a page: a map, or a list of such, each for the pages that it names.
pub(super) fn handed(cascade: Option<&Node>, to: &To) -> Said {
    let Some(cascade) = cascade.filter(|node| !node.is_empty()) else { return Said::default() };
    let all = if cascade.items().is_empty() { std::slice::from_ref(cascade) } else { cascade.items() };
    all.iter().fold(Said::default(), |said, one| {
        let target = child(one, "target").or_else(|| child(one, "_target"));
        match target.map_or(Some(true), |target| names(target, to)) {
            Some(false) => said,
            known => {
                let date = child(one, "date").filter(|date| !date.is_empty());
                let day = date.and_then(day_of);
                let handed = Said { day, ..Said::by(|key| child(one, key), to.version) };
                let moves = date.is_some() && day.is_none()
                    || ["url", "slug", "publishDate", "expiryDate"].iter().any(|key| child(one, key).is_some());
                let is_unsure = moves || known.is_none() && handed != Said::default();
                said.or(Said { is_unsure, ..if known.is_none() { Said::default() } else { handed } })
            }
        }
    })
}

/// Whether the target of a cascade names a page; `None` where that is not known.
fn names(target: &Node, to: &To) -> Option<bool> {
    let mut names = true;
    for entry in target.entries() {
        let value = config::scalar(&entry.value).map(str::to_lowercase);
        names &= match (&*entry.key.to_lowercase(), value) {
            (_, None) => continue,
            ("path", Some(path)) => {
                let inside = |path: &str| path.trim_start_matches('/').to_owned();
                let fits =
                    |path: &String| Some(PathPattern::new(&inside(path)).ok()?.matches(Path::new(&inside(to.path))));
                alternatives(&path).iter().map(fits).collect::<Option<Vec<_>>>()?.contains(&true)
            }
            ("kind", Some(kind)) if !kind.contains(['{', '*']) => (kind == "page") != to.is_section,
            ("environment", Some(name)) if !name.contains(['{', '*']) => name == "production",
            _ => return None,
        };
    }
    Some(names)
}

/// The patterns that one with `{a,b}` stands for.
fn alternatives(pattern: &str) -> Vec<String> {
    let parts = pattern.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    match parts {
        Some((before, (inner, after))) if !inner.contains('{') => {
            inner.split(',').flat_map(|one| alternatives(&format!("{before}{one}{after}"))).collect()
        }
        _ => vec![pattern.to_owned()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter::yaml;
    use crate::text::Span;

    /// Asked of Hugo 0.168.
    #[test]
    fn what_is_handed_down() {
        let to = To { path: "/posts/a", is_section: false, version: Version::default() };
        for (cascade, draft, renders) in [
            ("{draft: true}", Some(true), None),
            ("{params: {x: 1}}", None, None),
            ("{build: {render: never}}", None, Some(false)),
            ("{build: {list: never}}", None, Some(true)),
            ("[{target: {path: '/posts/**'}, draft: true}]", Some(true), None),
            ("[{target: {path: '/notes/**'}, draft: true}]", None, None),
            ("[{target: {path: '/{posts,notes}{,/**}'}, draft: true}]", Some(true), None),
            ("[{_target: {kind: section}, draft: true}, {draft: false}]", Some(false), None),
            ("{target: {environment: staging}, draft: true}", None, None),
        ] {
            let text = format!("cascade: {cascade}");
            let tree = yaml(&text, Span::new(0, text.len()));
            let said = handed(get(&tree, &["cascade"]), &to);
            assert_eq!((said.draft, said.renders, said.is_unsure), (draft, renders, false), "{cascade}");
        }
    }
}
