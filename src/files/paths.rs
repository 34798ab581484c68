//! Paths as they are written: nobody asks the disk.

use std::path::{Component, Path, PathBuf};

/// The path without `.` and `..`, links left as they are.
pub(crate) fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// A path as postlint prints it: from the folder it runs in on, with forward slashes.
pub(crate) fn shown(path: &Path, here: &Path) -> String {
    let shared = path.components().zip(here.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().count() - shared;
    let mut parts: Vec<_> = vec!["..".into(); up];
    parts.extend(path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy()));
    parts.join("/")
}

/// Whether a path lies below a folder that has a name; both begin at the same place.
pub(crate) fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
