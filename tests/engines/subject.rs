//! Which engine an example is about, and what that makes of it.

use std::path::Path;

use postlint::finding::Finding;
use serde_yaml::Value;

use crate::answer::Answer;
use crate::math::Formula;
use crate::support::{Example, Shown};
use crate::{gfm, hugo, jekyll, npm};

/// An engine that can be asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Jekyll,
    Hugo,
    CmarkGfm,
    Hexo,
    Eleventy,
    /// Astro's, which is that of others too.
    Remark,
    Mdx,
}

impl Engine {
    pub const ALL: [Engine; 7] =
        [Engine::Jekyll, Engine::Hugo, Engine::CmarkGfm, Engine::Hexo, Engine::Eleventy, Engine::Remark, Engine::Mdx];

    /// Its name in `REQUIRE_ENGINES`.
    pub fn name(self) -> &'static str {
        match self {
            Engine::Jekyll => "jekyll",
            Engine::Hugo => "hugo",
            Engine::CmarkGfm => "cmark-gfm",
            Engine::Hexo => "hexo",
            Engine::Eleventy => "eleventy",
            Engine::Remark => "remark",
            Engine::Mdx => "mdx",
        }
    }

    /// Whether it is asked about whole blogs, so that it tells addresses.
    pub fn builds_sites(self) -> bool {
        !matches!(self, Engine::CmarkGfm | Engine::Remark | Engine::Mdx)
    }

    /// The engine of the blog that an example stands in.
    pub fn of(example: &Example) -> Option<Engine> {
        let config: Value = serde_yaml::from_str(&example.config).expect("the options are YAML");
        let option = |name: &str| config.get(name).and_then(Value::as_str);
        // A config that is broken on purpose.
        let site = example.others.iter().find(|(path, _)| path == "_config.yml");
        if site.is_some_and(|(_, text)| serde_yaml::from_str::<Value>(text).is_err()) {
            return None;
        }
        match (option("generator"), option("markdown")) {
            (Some("hugo"), None) | (_, Some("goldmark")) => Some(Engine::Hugo),
            (None | Some("jekyll"), None | Some("kramdown" | "kramdown-gfm")) if example.path.contains("_posts/") => {
                Some(Engine::Jekyll)
            }
            (None, Some("gfm")) => Some(Engine::CmarkGfm),
            (Some("hexo"), None) if example.path.starts_with("source/") => Some(Engine::Hexo),
            (Some("eleventy"), None) => Some(Engine::Eleventy),
            (Some("docusaurus"), None) | (_, Some("mdx")) => Some(Engine::Mdx),
            (Some("astro"), None) if example.path.ends_with(".mdx") => Some(Engine::Mdx),
            (Some("astro"), None) | (None, Some("remark")) => Some(Engine::Remark),
            _ => None,
        }
    }

    /// What it makes of blogs, each in a folder of its own below `folder`; `None` where it is not installed.
    fn ask(self, blogs: &[&Example], folder: &Path) -> Option<Vec<Answer>> {
        match self {
            Engine::Jekyll => jekyll::ask(blogs, folder),
            Engine::Hugo => hugo::ask(blogs, folder),
            Engine::CmarkGfm => gfm::ask(blogs, folder),
            Engine::Hexo | Engine::Eleventy | Engine::Remark | Engine::Mdx => npm::ask(self.name(), blogs, folder),
        }
    }
}

/// An example, and what its engine made of it.
pub struct Asked {
    pub shown: Shown,
    pub engine: Engine,
    /// What postlint finds in it.
    pub found: Vec<Finding>,
    pub answer: Answer,
    /// Where the build stops and several lines are told: the same for each of them, without the others.
    pub alone: Vec<Answer>,
    /// What the math engine finds on the page, where the example is about mathematics and such is installed.
    pub formulas: Option<Vec<Formula>>,
}

impl Asked {
    /// Asks an engine about all examples of its blogs.
    pub fn all(engine: Engine, all: Vec<Shown>, folder: &Path) -> Result<Vec<Asked>, Vec<Shown>> {
        let blogs: Vec<&Example> = all.iter().map(|shown| &shown.example).collect();
        let Some(answers) = engine.ask(&blogs, &folder.join("whole")) else { return Err(all) };
        let found = |shown: &Shown| shown.example.check(&shown.rule).into_iter().map(|(_, finding)| finding).collect();
        let asked = all.into_iter().zip(answers).map(|(shown, answer)| {
            let found = found(&shown);
            Asked { shown, engine, found, answer, alone: Vec::new(), formulas: None }
        });
        let mut asked: Vec<Asked> = asked.collect();
        let parts: Vec<Vec<Example>> = asked.iter().map(Asked::parts).collect();
        let blogs: Vec<&Example> = parts.iter().flatten().collect();
        let mut answers = engine.ask(&blogs, &folder.join("alone")).unwrap_or_default().into_iter();
        for (asked, parts) in asked.iter_mut().zip(parts) {
            asked.alone = answers.by_ref().take(parts.len()).collect();
        }
        Ok(asked)
    }

    /// All that postlint says of the example.
    pub fn said(&self) -> Vec<&str> {
        let labels = self.found.iter().flat_map(|finding| finding.labels.iter().map(|label| &*label.message));
        let own = self.found.iter().flat_map(|finding| [Some(&*finding.message), finding.help.as_deref()]);
        own.flatten().chain(labels).collect()
    }

    /// The example once for each line that is told, where the engine names only the first: without the other lines.
    fn parts(&self) -> Vec<Example> {
        let text = &self.shown.example.text;
        let line = |at: usize| text[..at].matches('\n').count();
        let mut told: Vec<usize> = self.found.iter().map(|finding| line(finding.span.start)).collect();
        told.dedup();
        if !self.answer.stops || !self.shown.bad || told.len() < 2 {
            return Vec::new();
        }
        let without = |kept: usize| {
            let lines = text.lines().enumerate();
            let lines = lines.map(|(at, line)| if at != kept && told.contains(&at) { "" } else { line });
            Example { text: lines.collect::<Vec<_>>().join("\n") + "\n", ..self.shown.example.clone() }
        };
        told.iter().map(|kept| without(*kept)).collect()
    }
}
