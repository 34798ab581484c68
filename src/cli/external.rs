//! `postlint check --external`: asks for the URLs of other sites before the posts are checked.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::complain;
use super::target::{Target, Targets};
use crate::blog::external::{self, Lychee};
use crate::finding::RuleId;

/// Asks for each URL once a blog, and tells the blogs what came of it.
///
/// # Errors
/// Why nobody could be asked, in a line.
pub(crate) fn ask(targets: &mut Targets, config: Option<&Path>, quiet: bool) -> Result<(), String> {
    let config =
        config.map(|path| path.canonicalize().map_err(|error| format!("{}: {error}", path.display()))).transpose()?;
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
        let program = program(target.blog.files.root())
            .ok_or("`--external` needs `lychee`, which is not installed; https://lychee.cli.rs says how to get it")?;
        // It takes its time. Where the notice cannot be written, nobody is looking.
        let is_watched = !quiet && io::stderr().is_terminal();
        if is_watched {
            let _ = write!(io::stderr(), "lychee looks at {} URLs of other sites", urls.len());
        }
        let lychee = Lychee { program: &program, config: config.as_deref() };
        let answers = external::ask(&target.blog.files, &lychee, &urls);
        if is_watched {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
        let (answers, unheeded) = answers?;
        if !unheeded.is_empty() {
            let keys = unheeded.join("`, `");
            complain(&format!(
                "in the blog's `lychee.toml`, `{keys}` does not count; a config with `--lychee-config` does"
            ));
        }
        target.blog.answers = Some(answers);
    }
    Ok(())
}

/// The program `lychee` that the environment names, if it does not come with the blog: who sends a pull request puts what he
/// likes there.
fn program(root: &Path) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{}{}", external::PROGRAM, std::env::consts::EXE_SUFFIX);
    let root = root.canonicalize().map_or(Cow::Borrowed(root), Cow::Owned);
    let mut programs =
        std::env::split_paths(&path).filter(|folder| folder.is_absolute()).map(|folder| folder.join(&name));
    programs.find(|program| program.is_file() && program.canonicalize().is_ok_and(|real| !real.starts_with(&root)))
}

/// The URLs of a post. What cannot be read, and a fault of postlint itself, is told when the file is checked.
fn urls_of(target: &Target, path: &str) -> Vec<String> {
    let Ok(text) = target.blog.files.read(path) else { return Vec::new() };
    let urls = || target.blog.external_urls(&target.blog.post(path, &text));
    std::panic::catch_unwind(AssertUnwindSafe(urls)).unwrap_or_default()
}
