//! Asks Jekyll 4: `jekyll.rb`, one process for all.

use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::support::{Example, NOW, write};
use crate::tools;

/// What Jekyll makes of blogs, each in a folder of its own below `folder`; `None` where there is no Jekyll 4.
pub fn ask(blogs: &[&Example], folder: &Path) -> Option<Vec<Answer>> {
    let version = Command::new("jekyll").arg("--version").output().ok()?;
    String::from_utf8(version.stdout).ok()?.starts_with("jekyll 4.").then_some(())?;
    let asked: Vec<Value> =
        blogs.iter().enumerate().map(|(at, blog)| asked(blog, &folder.join(at.to_string()))).collect();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/jekyll.rb");
    let said = tools::script("ruby", &[OsStr::new("-EUTF-8"), script.as_os_str()], &asked)?;
    let mut answers: Vec<Answer> = serde_json::from_value(said).expect("answers of jekyll.rb");
    for (at, answer) in answers.iter_mut().enumerate() {
        answer.site = folder.join(at.to_string()).join("site");
    }
    Some(answers)
}

fn asked(blog: &Example, folder: &Path) -> Value {
    let source = folder.join("blog");
    for (path, text) in blog.others.iter().chain([&(blog.path.clone(), blog.text.clone())]) {
        write(&source, path, text);
    }
    let config: serde_yaml::Value = serde_yaml::from_str(&blog.config).expect("the options are YAML");
    let key = |name: &str| config.get(name).and_then(|value| value.as_str());
    // Plugins, as far as the page says what they bring.
    let tags = |kind: &str| config["rules"]["invalid-liquid"][kind].as_sequence().cloned().unwrap_or_default();
    json!({
        "source": source,
        "destination": folder.join("site"),
        "time": blog.now.as_deref().unwrap_or(NOW),
        "timezone": key("timezone"),
        "tags": tags("tags"),
        "blocks": tags("blocks"),
        "input": key("markdown").filter(|markdown| *markdown == "kramdown"),
    })
}
