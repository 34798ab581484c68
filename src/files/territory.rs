//! What may be read: the blog's repository, or its folder where it is in none. A blog comes from whoever wrote its last change,
//! and links in it could lead anywhere.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// What Git keeps for itself, with the keys to where the repository came from.
const GIT: &str = ".git";

/// The folder that nothing is read outside of, found when a link is met.
#[derive(Debug, Default)]
pub(super) struct Territory {
    /// With all links resolved; `None` where the folder is gone.
    top: OnceLock<Option<PathBuf>>,
    /// Whether links are followed wherever they lead.
    pub is_open: bool,
}

/// Said of what lies outside.
pub(super) const OUTSIDE: &str = "a link leads out of the blog";

impl Territory {
    /// Whether a place, all links resolved, lies in the territory of a folder.
    pub(super) fn holds(&self, root: &Path, place: &Path) -> bool {
        if self.is_open {
            return true;
        }
        let top = self.top.get_or_init(|| top(root)).as_ref();
        let below = top.and_then(|top| place.strip_prefix(top).ok());
        below.is_some_and(|below| !below.iter().any(|part| part == GIT))
    }

    /// Resolves the links of a path.
    ///
    /// # Errors
    /// When there is nothing, and when it lies outside.
    pub(super) fn enter(&self, root: &Path, path: &Path) -> io::Result<()> {
        let place = path.canonicalize()?;
        self.holds(root, &place).then_some(()).ok_or_else(|| io::Error::new(io::ErrorKind::PermissionDenied, OUTSIDE))
    }
}

fn top(root: &Path) -> Option<PathBuf> {
    let root = root.canonicalize().ok()?;
    Some(repository(&root).unwrap_or(&root).to_owned())
}

/// The top of the Git repository that a folder lies in.
pub(crate) fn repository(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|folder| folder.join(GIT).symlink_metadata().is_ok())
}
