//! Asks Hexo, Eleventy, and the Markdown engines of Astro and of MDX: `npm.mjs`.

use std::path::Path;

use serde_json::json;

use crate::answer::Answer;
use crate::support::{Example, write};
use crate::tools;

/// What an engine makes of blogs, each in a folder of its own below `folder`; `None` where it is not installed.
pub fn ask(engine: &str, blogs: &[&Example], folder: &Path) -> Option<Vec<Answer>> {
    let package = match engine {
        "hexo" => "hexo",
        "eleventy" => "@11ty/eleventy",
        "remark" => "@astrojs/markdown-remark",
        _ => "@mdx-js/mdx",
    };
    if !tools::folder().join("node_modules").join(package).is_dir() {
        return None;
    }
    let question = |(at, blog): (usize, &&Example)| {
        let folder = folder.join(at.to_string()).join("blog");
        for (path, text) in blog.others.iter().chain([&(blog.path.clone(), blog.text.clone())]) {
            write(&folder, path, text);
        }
        json!({ "engine": engine, "folder": folder, "path": blog.path, "text": blog.text })
    };
    let questions: Vec<_> = blogs.iter().enumerate().map(question).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/npm.mjs");
    let said = tools::script("node", &[script.as_os_str()], &questions)?;
    let mut answers: Vec<Answer> = serde_json::from_value(said).expect("answers of npm.mjs");
    for (at, answer) in answers.iter_mut().enumerate() {
        answer.site = folder.join(at.to_string()).join("site");
    }
    Some(answers)
}
