//! What an engine makes of a blog.

use std::fmt::Write;
use std::path::PathBuf;

use crate::built::Built;
use crate::support::Example;

/// What an engine made of a blog.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub struct Answer {
    /// What it said while it built it, from warnings on.
    pub said: Vec<String>,
    /// It built nothing.
    pub stops: bool,
    /// What it lacks of what the blog wants, such as a plugin.
    pub missing: Option<String>,
    /// The pages it made.
    pub pages: Vec<Made>,
    /// The folder that it wrote to.
    pub site: PathBuf,
}

/// A page that an engine made.
#[derive(Debug, serde::Deserialize)]
pub struct Made {
    /// What it is made of, from the blog's folder on.
    pub source: String,
    /// The file that was written.
    pub file: String,
    /// What the Markdown engine made, without the layout.
    pub content: String,
}

impl Answer {
    /// The page that a source became.
    pub fn page(&self, source: &str) -> Option<&Made> {
        self.pages.iter().find(|page| page.source == source)
    }

    /// What it said, without what is of this run.
    pub fn log(&self) -> Vec<String> {
        let folder = self.site.parent().unwrap_or(&self.site).display().to_string();
        let own = |line: &String| line.replace(&format!("{folder}/blog/"), "").replace(&folder, "");
        let words = |line: &String| own(line).split_whitespace().collect::<Vec<_>>().join(" ");
        self.said.iter().map(words).filter(|line| !line.is_empty()).collect()
    }

    /// The built site.
    pub fn built(&self, example: &Example) -> Built {
        let config = example.others.iter().find(|(path, _)| path == "_config.yml").map(|(_, text)| text.as_str());
        let config: serde_yaml::Value = serde_yaml::from_str(config.unwrap_or("{}")).unwrap_or_default();
        let key = |name: &str| config.get(name).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        Built::new(&self.site, key("url").trim_start_matches("https://"), &key("baseurl"))
    }

    /// What became of the posts of a blog, and where the links of the one that is shown lead.
    pub fn listing(&self, example: &Example) -> String {
        let mut out = String::new();
        let posts = example.others.iter().filter(|(path, _)| path.ends_with(".md") && !path.contains("/_"));
        let posts = posts.map(|(path, _)| path).chain([&example.path]);
        for path in posts.filter(|path| !path.ends_with("img/tree.png")) {
            let page = self.page(path).map_or("nothing".to_owned(), |page| format!("/{}", page.file));
            let _ = writeln!(out, "{path} → {page}");
        }
        let Some(page) = self.page(&example.path) else { return out };
        for (link, place) in self.built(example).links(&page.file) {
            let place = match place.split_once(" place ") {
                Some((_, file)) => format!("no such place on /{file}"),
                None => place.replace("found ", "/").replace("missing", "nothing"),
            };
            let _ = writeln!(out, "{link} → {place}");
        }
        out
    }
}
