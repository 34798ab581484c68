//! How much is read of the files of a site that say how its pages are made.

use std::sync::Arc;

use crate::files::Files;

/// So many files are read,
const MOST_FILES: usize = 1_000;
/// none longer than this, in bytes,
const LONGEST: usize = 512 << 10;
/// and together no more than this.
const MOST_BYTES: usize = 8 << 20;

/// Reads files as long as there are not too many.
#[derive(Debug)]
pub(crate) struct Bounded<'f> {
    files: &'f Files,
    read: usize,
    bytes: usize,
    /// Some file was left out.
    pub is_cut: bool,
}

impl<'f> Bounded<'f> {
    /// Of these files.
    pub(crate) fn new(files: &'f Files) -> Self {
        Bounded { files, read: 0, bytes: 0, is_cut: false }
    }

    /// The text of a file; `None` where there is none, or none that is read.
    pub(crate) fn text(&mut self, path: &str) -> Option<Arc<str>> {
        if !self.files.is_file(path) {
            return None;
        }
        let is_spent = self.read >= MOST_FILES || self.bytes >= MOST_BYTES;
        let text = self.files.text(path).filter(|text| !is_spent && text.len() <= LONGEST);
        self.is_cut |= text.is_none();
        self.read += 1;
        self.bytes += text.as_ref().map_or(0, |text| text.len());
        text
    }

    /// The paths of the files below a folder with one of these extensions, sorted.
    pub(crate) fn below(&self, folder: &str, extensions: &[&str]) -> Vec<String> {
        let wanted =
            |path: &String| path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension));
        let found = self.files.below(folder, |_| true).into_iter().filter(wanted).take(MOST_FILES);
        found.map(|path| format!("{folder}/{path}")).collect()
    }
}
