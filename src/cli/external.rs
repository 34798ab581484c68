//! `postlint check --external`: asks for the URLs of other sites before the posts are checked.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::panic::AssertUnwindSafe;

use rayon::prelude::*;

use super::target::{Target, Targets};
use crate::blog::external;
use crate::finding::RuleId;

/// Asks for each URL once a blog, and tells the blogs what came of it.
///
/// # Errors
/// Why nobody could be asked, in a line.
pub(crate) fn ask(targets: &mut Targets, quiet: bool) -> Result<(), String> {
    for (index, target) in targets.list.iter_mut().enumerate() {
        if !target.engine.may_run(RuleId::DEAD_URL) {
            continue;
        }
        let stdin = targets.stdin.iter().filter(|(target, _)| *target == index).map(|(_, file)| file);
        let files: Vec<&String> = target.files.iter().chain(stdin).collect();
        let urls: BTreeSet<String> = files.par_iter().flat_map_iter(|file| urls_of(target, file)).collect();
        if urls.is_empty() {
            continue;
        }
        let urls: Vec<String> = urls.into_iter().collect();
        // It takes its time. Where the notice cannot be written, nobody is looking.
        let is_watched = !quiet && io::stderr().is_terminal();
        if is_watched {
            let _ = write!(io::stderr(), "lychee looks at {} URLs of other sites", urls.len());
        }
        let answers = external::ask(target.blog.files.root(), &urls);
        if is_watched {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
        target.blog.answers = Some(answers?);
    }
    Ok(())
}

/// The URLs of a post. What cannot be read, and a fault of postlint itself, is told when the file is checked.
fn urls_of(target: &Target, path: &str) -> Vec<String> {
    let Ok(text) = target.blog.files.read(path) else { return Vec::new() };
    let urls = || target.blog.external_urls(&target.blog.post(path, &text));
    std::panic::catch_unwind(AssertUnwindSafe(urls)).unwrap_or_default()
}
