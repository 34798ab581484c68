//! Asks cmark-gfm, GitHub's own: `gfm.py`.

use std::path::Path;

use crate::answer::{Answer, Made};
use crate::support::Example;
use crate::tools;

/// What cmark-gfm makes of the posts; `None` where it is not installed.
pub fn ask(blogs: &[&Example], _folder: &Path) -> Option<Vec<Answer>> {
    let python = tools::folder().join("bin/python3");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/engines/gfm.py");
    let texts: Vec<&str> = blogs.iter().map(|blog| blog.text.as_str()).collect();
    let said = tools::script(&python.display().to_string(), &[script.as_os_str()], &texts)?;
    let pages: Vec<String> = serde_json::from_value(said).ok()?;
    let made = |(blog, content): (&&Example, String)| {
        let page = Made { source: blog.path.clone(), file: String::new(), content };
        Answer { pages: vec![page], ..Answer::default() }
    };
    Some(blogs.iter().zip(pages).map(made).collect())
}
