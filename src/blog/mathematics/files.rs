//! The files of a site that say how its pages are made, read once and within bounds.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::text::after_bom;

/// So many files are read,
const MOST_FILES: usize = 1_000;
/// none longer than this, in bytes,
const LONGEST: u64 = 512 << 10;
/// and together no more than this.
const MOST_BYTES: usize = 8 << 20;

/// Reads files as long as there are not too many.
#[derive(Debug, Default)]
pub struct Files {
    read: usize,
    bytes: usize,
    /// Some file was left out.
    pub is_cut: bool,
}

impl Files {
    /// The text of a file; `None` where there is none, or none that is read.
    pub fn text(&mut self, path: &Path) -> Option<String> {
        let size = fs::metadata(path).ok().filter(|file| file.is_file())?.len();
        if size > LONGEST || self.read >= MOST_FILES || self.bytes >= MOST_BYTES {
            self.is_cut = true;
            return None;
        }
        let text = String::from_utf8_lossy(&fs::read(path).ok()?).into_owned();
        self.read += 1;
        self.bytes += text.len();
        Some(text[after_bom(&text)..].to_owned())
    }

    /// The paths of the files below a folder with one of these extensions, sorted.
    pub fn below(&mut self, folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
        let walk = WalkBuilder::new(folder).standard_filters(false).follow_links(false).max_depth(Some(8)).build();
        let paths = walk.filter_map(Result::ok).map(ignore::DirEntry::into_path);
        let wanted = |path: &PathBuf| {
            let extension = path.extension().and_then(|extension| extension.to_str());
            extension.is_some_and(|extension| extensions.contains(&extension))
        };
        let mut found: Vec<PathBuf> = paths.filter(wanted).take(MOST_FILES).collect();
        found.sort_unstable();
        found
    }
}
