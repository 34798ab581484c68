//! Addresses and links of `tests/blogs/paths`, held against `tests/data/paths.json`: what Jekyll 4.3.1 wrote of that
//! blog, and where the links on its pages led. Where Jekyll 4 is installed, it is asked again;
//! `UPDATE=1 cargo test --test paths` then rewrites the file.

#[path = "support/built.rs"]
mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postlint::blog::links::{Resolved, Resolver};
use postlint::blog::{Blog, Settings};
use postlint::files::Files;
use postlint::generators::Standing;
use postlint::generators::address::decoded;

use built::Built;

/// A built site.
#[derive(Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
struct Site {
    /// The files that were written.
    files: BTreeSet<String>,
    /// Of each page the links, and where each leads.
    links: BTreeMap<String, BTreeMap<String, String>>,
}

/// What no one can tell without the site, and what another build of it would write.
const UNKNOWN: &[&str] = &["/notes/sitemap.xml", "2022-10-12-own.md"];

const HOST: &str = "paths.example.com";
const BASE: &str = "/notes";

fn blog() -> Blog {
    let now = "2026-11-22T12:00:00Z".parse().expect("a moment");
    Blog::new(Files::on_disk(folder()), Settings { now: Some(now), ..Settings::default() })
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/blogs/paths")
}

fn table() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/paths.json")
}

fn told() -> Site {
    if std::env::var_os("UPDATE").is_some()
        && let Some(site) = built()
    {
        let json = serde_json::to_string_pretty(&site).expect("a site is text");
        fs::write(table(), json + "\n").expect("the file can be written");
    }
    serde_json::from_str(&fs::read_to_string(table()).expect("a file")).expect("a site")
}

#[test]
fn files_of_the_site() {
    let blog = blog();
    let written = blog.map().targets().iter().filter(|target| target.standing == Standing::Written);
    let files: BTreeSet<String> = written.map(|target| target.file.clone()).collect();
    assert_eq!(files, told().files);
}

#[test]
fn links_of_the_site() {
    let (blog, site) = (blog(), told());
    let (mut differing, mut unknown) = (Vec::new(), BTreeSet::new());
    let pages = blog.map().targets().iter().filter(|target| target.source.ends_with(".md"));
    for target in pages.filter(|target| target.standing == Standing::Written) {
        let text = fs::read_to_string(folder().join(&target.source)).expect("a page");
        let post = blog.post(&target.source, &text);
        let resolver = Resolver::new(&blog, &post);
        let Some(links) = site.links.get(&target.file) else { continue };
        let found = blog.links(&post);
        for (destination, told) in links {
            let ours = found.iter().find(|link| decoded(&link.destination) == decoded(destination));
            let Some(ours) = ours else {
                differing.push(format!("{}: {destination} is not seen", target.source));
                continue;
            };
            let said = match resolver.resolve(&ours.destination) {
                Resolved::Found(target, _) => format!("found {}", target.file),
                Resolved::Source(_) | Resolved::Hidden(_) | Resolved::Missing(_) | Resolved::Doubled(_) => {
                    "missing".to_owned()
                }
                Resolved::Forgotten(_) => "outside".to_owned(),
                Resolved::MissingAnchor(target, _) => format!("missing place {}", target.file),
                Resolved::External | Resolved::Scheme(_) => "elsewhere".to_owned(),
                Resolved::Rewritten(_) | Resolved::Unknown(_) => {
                    unknown.insert(destination.as_str());
                    continue;
                }
            };
            if said != *told {
                differing.push(format!("{}: {destination}: Jekyll {told}, postlint {said}", target.source));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
    assert_eq!(unknown.into_iter().collect::<Vec<_>>(), UNKNOWN);
}

#[test]
fn jekyll_says_the_same() {
    if let Some(site) = built() {
        assert_eq!(site, told());
    }
}

/// What Jekyll makes of the blog; `None` where there is no Jekyll 4.
fn built() -> Option<Site> {
    let version = Command::new("jekyll").arg("--version").output().ok()?;
    String::from_utf8(version.stdout).ok()?.starts_with("jekyll 4.").then_some(())?;
    let out = tempfile::tempdir().expect("a temporary folder");
    let mut jekyll = Command::new("jekyll");
    jekyll.args(["build", "--quiet", "--disable-disk-cache", "--destination"]).arg(out.path()).current_dir(folder());
    jekyll.envs([("LC_ALL", "C.UTF-8"), ("RUBYOPT", "-EUTF-8"), ("TZ", "UTC")]);
    assert!(jekyll.status().expect("Jekyll runs").success(), "Jekyll cannot build the blog");
    let mut site = Built::new(out.path(), HOST, BASE);
    site.files.retain(|file| !file.ends_with(".css.map"));
    let pages = site.files.iter().filter(|file| file.ends_with(".html"));
    let links = pages.map(|page| (page.clone(), site.links(page)));
    let links = links.filter(|(_, links)| !links.is_empty()).collect();
    Some(Site { files: site.files, links })
}
