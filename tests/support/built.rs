//! A site that a real engine has built: its files, and where the links on its pages lead.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use postlint::generators::address::{Reference, decoded, joined};
use regex::Regex;

/// A site on disk.
pub struct Built {
    root: PathBuf,
    host: String,
    base: String,
    /// Its files.
    pub files: BTreeSet<String>,
}

impl Built {
    /// The site in a folder, which stands at `https://host/base`.
    pub fn new(root: &Path, host: &str, base: &str) -> Built {
        let mut files = BTreeSet::new();
        list(root, "", &mut files);
        Built { root: root.to_owned(), host: host.to_owned(), base: base.to_owned(), files }
    }

    /// The links and images of a page, and where each leads.
    pub fn links(&self, page: &str) -> BTreeMap<String, String> {
        let html = fs::read_to_string(self.root.join(page)).expect("a page");
        let link = Regex::new(r#"<(?:a|img)[^>]* (?:href|src)="([^"]*)"([^>]*)"#).expect("a pattern");
        let own = link.captures_iter(&html).filter(|link| !link[2].contains("footnote"));
        own.map(|link| (link[1].to_owned(), self.place(page, &link[1]))).collect()
    }

    /// Whether scripts run on a page, which may make what is not in it.
    pub fn has_scripts(&self, page: &str) -> bool {
        fs::read_to_string(self.root.join(page)).is_ok_and(|html| html.contains("<script"))
    }

    /// Where a link of a page leads: `found FILE`, `missing`, `missing place FILE`, `outside` or `elsewhere`.
    pub fn place(&self, page: &str, link: &str) -> String {
        let parts = match Reference::read(link) {
            Reference::Host { host, rest } if host == self.host => rest,
            Reference::Local(parts) => parts,
            _ => return "elsewhere".to_owned(),
        };
        let address = match parts.path {
            "" => format!("{}/{page}", self.base),
            path => joined(&format!("{}/{}", self.base, page.trim_end_matches("index.html")), path),
        };
        let Some(path) = address.strip_prefix(&self.base).map(|path| path.trim_start_matches('/')) else {
            return "outside".to_owned();
        };
        let mut names =
            [path.to_owned(), format!("{path}.html"), format!("{}/index.html", path.trim_end_matches('/'))].into_iter();
        let Some(file) = names.find(|name| self.files.contains(name.trim_start_matches('/'))) else {
            return "missing".to_owned();
        };
        let file = file.trim_start_matches('/');
        let fragment = decoded(parts.fragment.unwrap_or_default());
        let html = fs::read_to_string(self.root.join(file)).unwrap_or_default();
        let is_there = matches!(&*fragment, "" | "top") || html.contains(&format!("id=\"{fragment}\""));
        format!("{} {file}", if is_there { "found" } else { "missing place" })
    }
}

fn list(root: &Path, folder: &str, files: &mut BTreeSet<String>) {
    for entry in fs::read_dir(root.join(folder)).into_iter().flatten() {
        let entry = entry.expect("an entry");
        let path = format!("{folder}{}", entry.file_name().to_str().expect("a name"));
        match entry.path().is_dir() {
            true => list(root, &format!("{path}/"), files),
            false => _ = files.insert(path),
        }
    }
}
