//! Finding the posts of a blog and reading them.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use ignore::{DirEntry, WalkBuilder, WalkState};

use super::Blog;

/// Folders that no generator takes posts from.
const PRUNED: &[&str] = &["node_modules", "vendor", "_site", "public", "target", "renv"];

/// What the folders of a blog hold.
#[derive(Debug, Default)]
pub(super) struct Listing {
    /// Posts, as paths from the blog's folder on, sorted.
    pub posts: Vec<PathBuf>,
    /// Why some folder could not be listed.
    pub unlisted: Vec<String>,
}

/// Lists all posts of the blog. Links are not followed, and what Git ignores is left out.
pub(super) fn list(blog: &Blog) -> Listing {
    let folders = if blog.settings.posts.is_some() { &[""] } else { blog.generator.folders() };
    let mut listing = Listing::default();
    let present = folders.iter().map(|folder| blog.root.join(folder)).filter(|folder| folder.is_dir());
    for found in present.flat_map(|folder| below(blog, &folder)) {
        match found {
            Ok(post) => listing.posts.push(post),
            Err(error) => listing.unlisted.push(error.to_string()),
        }
    }
    listing.posts.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
    listing
}

/// The posts in a folder of the blog, as paths from the blog's folder on, in no order.
fn below(blog: &Blog, folder: &Path) -> Vec<Result<PathBuf, ignore::Error>> {
    let mut walk = WalkBuilder::new(folder);
    walk.parents(false).git_global(false).git_exclude(false).require_git(false).follow_links(false);
    walk.filter_entry(|entry| {
        let folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !(folder && entry.depth() > 0 && entry.file_name().to_str().is_some_and(|name| PRUNED.contains(&name)))
    });
    let (send, found) = mpsc::channel();
    walk.build_parallel().run(|| {
        let send = send.clone();
        Box::new(move |entry| {
            let found = entry.map(|entry| post_at(blog, &entry)).transpose();
            let received = found.is_none_or(|found| send.send(found).is_ok());
            if received { WalkState::Continue } else { WalkState::Quit }
        })
    });
    drop(send);
    found.into_iter().collect()
}

fn post_at(blog: &Blog, entry: &DirEntry) -> Option<PathBuf> {
    let path = entry.path().strip_prefix(&blog.root).ok()?;
    (entry.file_type()?.is_file() && blog.is_post(path)).then(|| path.to_owned())
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
