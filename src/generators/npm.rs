//! `package.json`: the packages that a site is built with, in the versions that it asks for or has locked.

use super::config;
use crate::files::Files;
use crate::syntax::front_matter::Tree;
use crate::tex::KatexVersion;

/// What `package.json` says.
#[derive(Debug, Default)]
pub(crate) struct Packages {
    tree: Tree,
}

/// Where it lists packages.
const GROUPS: &[&str] = &["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

impl Packages {
    /// That of a blog; one without it names nothing.
    pub(crate) fn of(files: &Files) -> Packages {
        Packages { tree: config::read(files, &["package.json"]) }
    }

    /// It cannot be read.
    pub(crate) fn is_faulty(&self) -> bool {
        !self.tree.faults.is_empty()
    }

    /// The packages by name, each with the version that is asked for.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, &str)> {
        let groups = GROUPS.iter().filter_map(|group| config::get(&self.tree, &[group]));
        groups
            .flat_map(|group| group.entries())
            .map(|entry| (&*entry.key, config::scalar(&entry.value).unwrap_or_default()))
    }

    /// The version of a package that it asks for: `^0.16.0`.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        self.named().find(|(own, _)| *own == name).map(|(_, version)| version)
    }

    /// The version of a package that a lock file holds, or else the one that is asked for.
    pub(crate) fn version(&self, files: &Files, name: &str) -> Option<String> {
        locked(files, name).or_else(|| Some(self.asked(name)?.to_owned()))
    }
}

/// The KaTeX that a package brings along, and the file that says so: the newest of those in the lock file of Yarn or pnpm, as
/// these do not tell in so many words whose it is.
pub(crate) fn katex_of(files: &Files, package: &str) -> Option<(KatexVersion, &'static str)> {
    let read = |versions: Vec<String>| versions.iter().filter_map(|version| KatexVersion::read(version)).max();
    let nested = || read(of_npm(files, &format!("{package}/node_modules/katex")));
    let of_npm = nested().or_else(|| read(of_npm(files, "katex"))).map(|version| (version, "package-lock.json"));
    let of_yarn = || Some((read(of_yarn(files, "katex"))?, "yarn.lock"));
    of_npm.or_else(of_yarn).or_else(|| Some((read(of_pnpm(files, "katex"))?, "pnpm-lock.yaml")))
}

/// The version of a package in the lock file of npm, Yarn or pnpm. Of several versions, the one at the top of the tree for
/// npm, the first for the others.
fn locked(files: &Files, name: &str) -> Option<String> {
    let first = |versions: Vec<String>| versions.into_iter().next();
    first(of_npm(files, name)).or_else(|| first(of_yarn(files, name))).or_else(|| first(of_pnpm(files, name)))
}

fn of_npm(files: &Files, name: &str) -> Vec<String> {
    let version = || {
        let text = files.text("package-lock.json")?;
        let starts = [format!("\"node_modules/{name}\": {{"), format!("\"{name}\": {{")];
        let at = starts.iter().find_map(|start| Some(text.find(start)? + start.len()))?;
        let entry = text[at..].split('}').next()?;
        Some(entry.split_once("\"version\": \"")?.1.split('"').next()?.to_owned())
    };
    version().into_iter().collect()
}

fn of_yarn(files: &Files, name: &str) -> Vec<String> {
    let Some(text) = files.text("yarn.lock") else { return Vec::new() };
    let is_entry = |line: &str| {
        line.trim_start_matches('"').strip_prefix(name).is_some_and(|rest| rest.starts_with('@')) && line.ends_with(':')
    };
    let below = text.lines().zip(text.lines().skip(1)).filter(|(line, _)| is_entry(line)).map(|(_, below)| below);
    let version = |line: &str| Some(line.trim().strip_prefix("version")?.trim_matches([':', ' ', '"']).to_owned());
    below.filter_map(version).collect()
}

fn of_pnpm(files: &Files, name: &str) -> Vec<String> {
    let Some(text) = files.text("pnpm-lock.yaml") else { return Vec::new() };
    let entry = |line: &str| {
        let key = line.trim().trim_matches(['\'', '"', ':']).trim_end_matches(['\'', '"']).trim_start_matches('/');
        let version = key.strip_prefix(name)?.strip_prefix(['@', '/'])?;
        version
            .starts_with(|sign: char| sign.is_ascii_digit())
            .then(|| version.split(['(', '_', '\'', ':']).next().unwrap_or_default().to_owned())
    };
    text.lines().filter(|line| line.starts_with("  ") && line.contains(name)).filter_map(entry).collect()
}

/// The numbers of a version or of a range, as far as they are written: 0 and 16 of `^0.16.0`.
pub(crate) fn numbers(version: &str) -> Option<(u32, u32)> {
    let version = version.trim_start_matches(|sign: char| !sign.is_ascii_digit());
    let mut parts = version.split(['.', ' ', '-']);
    let major = parts.next()?.parse().ok()?;
    Some((major, parts.next().and_then(|minor| minor.parse().ok()).unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_are_locked() {
        let package = r#"{"dependencies": {"katex": "^0.16.0", "@a/b": "~1.2"}, "devDependencies": {"c": "*"}}"#;
        for (lock, text, katex, scoped) in [
            ("none", "", "^0.16.0", "~1.2"),
            (
                "package-lock.json",
                "{\n  \"packages\": {\n    \"\": {\n      \"dependencies\": {\n        \"katex\": \"^0.16.0\"\n      }\n    },\n    \
                 \"node_modules/@a/b\": {\n      \"version\": \"1.2.3\"\n    },\n    \"node_modules/katex\": {\n      \"version\": \"0.16.9\"\n    }\n  }\n}",
                "0.16.9",
                "1.2.3",
            ),
            (
                "yarn.lock",
                "\"@a/b@~1.2\":\n  version \"1.2.4\"\n\nkatex@^0.16.0, katex@^0.16.2:\n  version \"0.16.10\"\n",
                "0.16.10",
                "1.2.4",
            ),
            (
                "yarn.lock",
                "\"@a/b@npm:~1.2\":\n  version: 1.2.5\n\n\"katex@npm:^0.16.0\":\n  version: 0.16.11\n",
                "0.16.11",
                "1.2.5",
            ),
            (
                "pnpm-lock.yaml",
                "packages:\n\n  '@a/b@1.2.6':\n    resolution: {}\n\n  katex@0.16.12:\n    resolution: {}\n",
                "0.16.12",
                "1.2.6",
            ),
            (
                "pnpm-lock.yaml",
                "packages:\n\n  /@a/b/1.2.7:\n    resolution: {}\n\n  /katex@0.16.13(x@1):\n    resolution: {}\n",
                "0.16.13",
                "1.2.7",
            ),
        ] {
            let files = Files::in_memory([("package.json", package), (lock, text)]);
            let packages = Packages::of(&files);
            assert_eq!(packages.version(&files, "katex").as_deref(), Some(katex), "{lock}");
            assert_eq!(packages.version(&files, "@a/b").as_deref(), Some(scoped), "{lock}");
            assert_eq!(packages.version(&files, "d"), None);
            assert!(packages.asked("c") == Some("*") && !packages.is_faulty());
        }
        let lock = r#"{"packages": {"node_modules/katex": {
            "version": "0.12.0"}, "node_modules/rehype-katex/node_modules/katex": {
            "version": "0.16.9"}}}"#;
        for (name, lock, package, katex) in [
            ("package-lock.json", lock, "rehype-katex", Some("0.16.9")),
            ("package-lock.json", lock, "gatsby-remark-katex", Some("0.12.0")),
            (
                "yarn.lock",
                "katex@^0.11.0:\n  version \"0.11.1\"\n\nkatex@^0.16.0:\n  version \"0.16.9\"\n",
                "a",
                Some("0.16.9"),
            ),
            ("package.json", "{}", "a", None),
        ] {
            let files = Files::in_memory([(name, lock)]);
            let found = katex_of(&files, package).map(|(version, file)| (version.to_string(), file));
            assert_eq!(found, katex.map(|version| (version.to_owned(), name)), "{name}, {package}");
        }
        assert_eq!(numbers("^0.16.0"), Some((0, 16)));
        assert_eq!(numbers(">=3"), Some((3, 0)));
        assert_eq!(numbers("latest"), None);
    }
}
