//! Finding the posts of a blog and reading them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::Blog;

/// Folders that no generator takes posts from.
const PRUNED: &[&str] = &["node_modules", "vendor", "_site", "public", "target", "renv"];

/// All posts of the blog, sorted. Links are not followed, and what Git ignores is left out.
pub(super) fn posts(blog: &Blog) -> Vec<PathBuf> {
    let folders = if blog.patterns.is_some() { &[""] } else { blog.generator.folders() };
    let mut found: Vec<PathBuf> = folders.iter().flat_map(|folder| below(blog, &blog.root.join(folder))).collect();
    found.sort_unstable();
    found
}

/// The posts in a folder of the blog, as paths from the blog's folder on.
pub(super) fn below(blog: &Blog, folder: &Path) -> Vec<PathBuf> {
    let mut walk = WalkBuilder::new(folder);
    walk.parents(false).git_global(false).git_exclude(false).require_git(false).follow_links(false);
    walk.filter_entry(|entry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !(folder && entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| PRUNED.contains(&name)))
    });
    walk.build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.path().strip_prefix(&blog.root).map(Path::to_owned).ok())
        .filter(|path| blog.is_post(path))
        .collect()
}

/// Why a file has no text.
#[derive(Debug)]
pub enum Unreadable {
    /// The disk says no.
    Disk(io::Error),
    /// Its bytes are not UTF-8.
    NotUtf8(Vec<u8>),
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be opened or read, and when it is not UTF-8. Whether it is a plain file is asked before: a pipe would
/// never end.
pub fn read_file(path: &Path) -> Result<String, Unreadable> {
    let bytes = fs::read(path).map_err(Unreadable::Disk)?;
    String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8(error.into_bytes()))
}

/// The first bytes of a file, as far as they are UTF-8; enough for the front matter.
pub(super) fn read_head(path: &Path) -> Option<String> {
    const HEAD: u64 = 16 << 10;
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(HEAD).read_to_end(&mut bytes).ok()?;
    let valid = match std::str::from_utf8(&bytes) {
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    bytes.truncate(valid);
    String::from_utf8(bytes).ok()
}
