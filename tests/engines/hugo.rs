//! Asks Hugo: a run for each blog.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;
use serde_json::Value;

use crate::answer::{Answer, Made};
use crate::support::{Example, NOW, write};
use crate::tools;

/// What stands in for the theme of a blog that has none, and tells what became of its files.
const LAYOUTS: [(&str, &str); 3] = [
    ("layouts/_default/single.html", "{{ .Content }}"),
    ("layouts/_default/list.html", "{{ .Content }}"),
    (
        "layouts/index.html",
        r#"{{ $made := slice }}{{ range site.Pages }}{{ if .File }}{{ $made = $made | append (dict "source" .File.Filename
        "address" .RelPermalink "content" .Content) }}{{ end }}{{ end }}{{ $made | jsonify | safeHTML }}"#,
    ),
];

/// What Hugo makes of blogs, each in a folder of its own below `folder`; `None` where there is no Hugo.
pub fn ask(blogs: &[&Example], folder: &Path) -> Option<Vec<Answer>> {
    let hugo = tools::program("hugo")?;
    let run = |(at, blog): (usize, &&Example)| run(&hugo, blog, &folder.join(at.to_string()));
    Some(blogs.par_iter().enumerate().map(run).collect())
}

/// The version that pages are written for.
const CURRENT: u32 = 168;

/// The minor version of the Hugo that is asked, `168` of 0.168.0.
fn version() -> u32 {
    static OWN: LazyLock<u32> = LazyLock::new(|| {
        let hugo = tools::program("hugo").and_then(|hugo| Command::new(hugo).arg("version").output().ok());
        let said = hugo.map(|said| String::from_utf8_lossy(&said.stdout).into_owned()).unwrap_or_default();
        let minor = said.split(" v0.").nth(1).and_then(|rest| rest.split('.').next());
        minor.and_then(|minor| minor.parse().ok()).unwrap_or(CURRENT)
    });
    *OWN
}

/// Whether this Hugo is the one whose words and pages the rule pages show.
pub fn is_current() -> bool {
    version() == CURRENT
}

/// Whether this Hugo is of the versions that an example is about.
pub fn is_meant(versions: Option<&str>) -> bool {
    let minor = |version: &str| version.strip_prefix("0.").and_then(|minor| minor.parse::<u32>().ok());
    let (first, last) = versions.and_then(|versions| versions.split_once("..")).unwrap_or_default();
    minor(first).is_none_or(|first| first <= version()) && minor(last).is_none_or(|last| version() <= last)
}

fn run(hugo: &Path, blog: &Example, folder: &Path) -> Answer {
    let (source, site) = (folder.join("blog"), folder.join("site"));
    // An example that names only the Markdown engine need not stand where Hugo has its posts.
    let prefix = if blog.path.starts_with("content/") { "" } else { "content/" };
    for (path, text) in &blog.others {
        write(&source, path, text);
    }
    write(&source, &format!("{prefix}{}", blog.path), &blog.text);
    let has = |path: &str| source.join(path).exists();
    for (path, text) in LAYOUTS.iter().filter(|(path, _)| !has(path)) {
        write(&source, path, text);
    }
    if !["hugo.toml", "hugo.yaml", "config.toml", "config.yaml"].into_iter().any(has) {
        write(&source, "hugo.toml", "");
    }
    let mut hugo = Command::new(hugo);
    hugo.args(["--clock", blog.now.as_deref().unwrap_or(NOW), "--source"]).arg(&source);
    hugo.arg("--destination").arg(&site).arg("--cacheDir").arg(folder.join("cache")).env("TZ", "UTC");
    let ran = hugo.output().expect("Hugo runs");
    let lines = [ran.stdout, ran.stderr].concat();
    let lines = String::from_utf8_lossy(&lines);
    let told = lines.lines().filter(|line| ["ERROR", "Error", "WARN"].iter().any(|level| line.starts_with(level)));
    // What each version puts before the fault, in its own way.
    let route = "^(?:ERROR|Error:|WARN) +|error building site: |assemble: |process: |readAndProcessContent: |\
                 failed to create page from pageMetaSource [^ ]*: |logged [0-9]+ error\\(s\\)";
    let route = Regex::new(route).expect("a pattern");
    let said = told.map(|line| route.replace_all(line, ""));
    let mut answer =
        Answer { said: said.map(Into::into).collect(), stops: !ran.status.success(), site, ..Answer::default() };
    let missing = |line: &&String| line.contains("module \"") && line.contains("not found");
    answer.missing = answer.said.iter().find(missing).cloned();
    answer.pages = pages(&answer.site.join("index.html"), &source, prefix);
    answer
}

/// What the layout of the first page tells.
fn pages(told: &PathBuf, root: &Path, prefix: &str) -> Vec<Made> {
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let told: Vec<Value> =
        fs::read_to_string(told).ok().and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default();
    let text = |page: &Value, name: &str| page[name].as_str().unwrap_or_default().to_owned();
    let page = |page: &Value| {
        let address = text(page, "address");
        let file = if address.ends_with('/') { format!("{address}index.html") } else { address };
        let source = PathBuf::from(text(page, "source"));
        let source = source.strip_prefix(&root).unwrap_or(&source).to_string_lossy().replace('\\', "/");
        let source = source.strip_prefix(prefix).unwrap_or(&source).to_owned();
        Made { source, file: file.trim_start_matches('/').to_owned(), content: text(page, "content") }
    };
    told.iter().map(page).collect()
}
