//! Writing a file so that it is whole at every moment: its old text or its new one.
//!
//! The new text goes into a file of a fixed name beside it, `.NAME.postlint~`, which then takes its place. Whoever
//! writes holds a lock on that file, which the system lets go when the program ends, however it ends: one without a lock
//! is left over and can be taken away.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why a file was not written; it is as it was.
#[derive(Debug)]
pub(crate) enum Unwritten {
    /// The disk says no.
    Disk(io::Error),
    /// It is read-only.
    ReadOnly,
    /// Its text is not the one that was read any more.
    Changed,
    /// Another run of postlint is writing it.
    Busy,
    /// There is such a file, where a new one was to be written.
    Exists,
    /// A link on the way leads out of the folder that it was to be in.
    Outside,
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        Unwritten::Disk(error)
    }
}

impl std::fmt::Display for Unwritten {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Unwritten::Disk(error) => write!(f, "{error}"),
            Unwritten::ReadOnly => f.write_str("it is read-only"),
            Unwritten::Changed => f.write_str("it was changed meanwhile, so it was left alone"),
            Unwritten::Exists => f.write_str("it is there, and is left as it is"),
            Unwritten::Outside => f.write_str("a link on the way leads out of the blog's folder"),
            Unwritten::Busy => f.write_str("another run of postlint is writing it"),
        }
    }
}

/// Puts a new text in place of the old one, with the file's mode, owner, access lists and other attributes. Where the path is a link, the file that it
/// leads to is written.
///
/// # Errors
/// When the file cannot be written or holds another text than the old one; then it stays as it is.
pub(crate) fn replace_file(path: &Path, old: &str, new: &str) -> Result<(), Unwritten> {
    let path = fs::canonicalize(path)?;
    if fs::metadata(&path)?.permissions().readonly() {
        return Err(Unwritten::ReadOnly);
    }
    let draft = Draft::begin(&path)?;
    draft.fill(&path, new)?;
    if fs::read(&path)? != old.as_bytes() {
        return Err(Unwritten::Changed);
    }
    draft.take_place_of(&path)
}

/// How many other names a file has: these keep its old text, as the new one is another file.
#[cfg(unix)]
pub(crate) fn other_names(path: &Path) -> usize {
    let names = fs::metadata(path).map_or(1, |file| std::os::unix::fs::MetadataExt::nlink(&file));
    usize::try_from(names.saturating_sub(1)).unwrap_or_default()
}

#[cfg(not(unix))]
pub(crate) fn other_names(_: &Path) -> usize {
    0
}

/// Writes a new file somewhere below a folder, with the folders that it needs; it is there whole or not at all.
///
/// # Errors
/// When there is something of its name, when it would lie elsewhere, and when the disk says no.
pub(crate) fn create_file(root: &Path, file: &str, text: &str) -> Result<(), Unwritten> {
    let path = root.join(file);
    let folder = path.parent().unwrap_or(root);
    let there = folder.ancestors().find(|folder| folder.is_dir()).unwrap_or(root);
    let is_inside = fs::canonicalize(there)?.starts_with(fs::canonicalize(root)?);
    if !is_inside || file.split('/').any(|part| part == "..") {
        return Err(Unwritten::Outside);
    }
    if path.symlink_metadata().is_ok() {
        return Err(Unwritten::Exists);
    }
    fs::create_dir_all(folder)?;
    let draft = Draft::begin(&path)?;
    (&draft.file).write_all(text.as_bytes())?;
    draft.file.sync_all()?;
    match fs::hard_link(&draft.path, &path) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Unwritten::Exists),
        // Not every disk has links: here somebody would have to write the same file in this moment.
        Err(_) => draft.take_place_of(&path),
    }
}

/// Takes away what a run that was killed left beside a file.
pub(crate) fn clear_leftover(path: &Path) {
    let Ok(path) = fs::canonicalize(path) else { return };
    if beside(&path).symlink_metadata().is_ok() {
        // What is in use stays; so does what cannot be taken away, where nothing is to be written either.
        drop(Draft::begin(&path));
    }
}

/// The name of the file that becomes the new one: as long as any system takes names, which is 255 bytes. A long name is cut, and
/// told from others that begin so by the sum of its bytes.
fn beside(path: &Path) -> PathBuf {
    const LONGEST: usize = 200;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let cut = (0..=LONGEST.min(name.len())).rev().find(|&at| name.is_char_boundary(at)).unwrap_or_default();
    let sum = name.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
    let rest = if cut < name.len() { format!("-{sum:016x}") } else { String::new() };
    path.with_file_name(format!(".{}{rest}.postlint~", &name[..cut]))
}

/// A file that is to become another one; gone if it does not.
struct Draft {
    path: PathBuf,
    /// Locked.
    file: File,
    /// Whether it took the other's place.
    done: bool,
}

impl Draft {
    /// An empty file of our own.
    fn begin(path: &Path) -> Result<Draft, Unwritten> {
        /// Another run can take the file away between two steps, but not for ever.
        const TRIES: usize = 10;
        let path = beside(path);
        for _ in 0..TRIES {
            if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
                return Err(io::Error::new(io::ErrorKind::AlreadyExists, "its `.postlint~` is in the way").into());
            }
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(Unwritten::Busy),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
            if is_at(&file, &path) {
                file.set_len(0)?;
                return Ok(Draft { path, file, done: false });
            }
        }
        Err(Unwritten::Busy)
    }

    fn fill(&self, path: &Path, text: &str) -> Result<(), Unwritten> {
        let like = fs::metadata(path)?;
        // The owner first: giving a file away takes some bits of its mode.
        keep_owner(&self.file, &like);
        self.file.set_permissions(like.permissions())?;
        // Access lists last: the mode of a file that has some is only their mask.
        keep_attributes(&self.file, path);
        (&self.file).write_all(text.as_bytes())?;
        self.file.sync_all()?;
        Ok(())
    }

    fn take_place_of(mut self, path: &Path) -> Result<(), Unwritten> {
        fs::rename(&self.path, path)?;
        self.done = true;
        sync_folder_of(path);
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.done {
            // The next run takes it away where this one cannot.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether a file that was opened is still the one of that name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let own = file.metadata().map(place);
    own.is_ok_and(|own| path.symlink_metadata().is_ok_and(|there| place(there) == own))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

/// What a folder holds under a name is safe from a power cut once the folder itself is on the disk. Not every disk can do so.
#[cfg(unix)]
fn sync_folder_of(path: &Path) {
    let folder = path.parent().and_then(|folder| File::open(folder).ok());
    let _ = folder.map(|folder| folder.sync_all());
}

#[cfg(not(unix))]
fn sync_folder_of(_: &Path) {}

/// Only root can give a file to somebody else; then it must not become root's.
#[cfg(unix)]
fn keep_owner(file: &File, like: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    let is_ours = file.metadata().is_ok_and(|own| (own.uid(), own.gid()) == (like.uid(), like.gid()));
    if !is_ours && fchown(file, Some(like.uid()), Some(like.gid())).is_err() {
        // The group alone can be had by its members.
        let _ = fchown(file, None, Some(like.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

/// Attributes beside mode and owner, such as access lists. Not every disk has them, and some may be set by root alone.
#[cfg(unix)]
fn keep_attributes(file: &File, like: &Path) {
    use xattr::FileExt;
    for name in xattr::list(like).into_iter().flatten() {
        if let Ok(Some(value)) = xattr::get(like, &name) {
            let _ = file.set_xattr(&name, &value);
        }
    }
}

#[cfg(not(unix))]
fn keep_attributes(_: &File, _: &Path) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.md");
        fs::write(&path, "old").expect("a file");
        (folder, path)
    }

    fn names(folder: &Path) -> Vec<std::ffi::OsString> {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_text_is_replaced() {
        let (folder, path) = folder();
        replace_file(&path, "old", "new").expect("it can be written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn another_text_is_left_alone() {
        let (folder, path) = folder();
        assert!(matches!(replace_file(&path, "older", "new"), Err(Unwritten::Changed)));
        assert_eq!(fs::read_to_string(&path).expect("a file"), "old");
        assert_eq!(names(folder.path()), ["a.md"]);
    }

    #[test]
    fn what_is_left_over_goes_and_what_is_in_use_stays() {
        let (folder, path) = folder();
        let draft = beside(&path);
        fs::write(&draft, "ne").expect("a file");
        let other = File::open(&draft).expect("a file");
        other.lock().expect("a lock");
        clear_leftover(&path);
        assert!(matches!(replace_file(&path, "old", "new"), Err(Unwritten::Busy)));
        assert!(draft.exists());
        drop(other);
        clear_leftover(&path);
        assert_eq!(names(folder.path()), ["a.md"]);
        fs::write(&draft, "something longer").expect("a file");
        replace_file(&path, "old", "new").expect("it can be written");
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
    }

    #[test]
    fn long_names() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let names = ["가".repeat(84), "a".repeat(252), "a".repeat(251) + "b"].map(|name| format!("{name}.md"));
        for name in &names {
            let path = folder.path().join(name);
            fs::write(&path, "old").expect("a file");
            replace_file(&path, "old", "new").expect("it can be written");
            assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        }
        assert_ne!(beside(&folder.path().join(&names[1])), beside(&folder.path().join(&names[2])));
    }

    #[cfg(unix)]
    #[test]
    fn attributes_stay() {
        let (_folder, path) = folder();
        if let Err(error) = xattr::set(&path, "user.colour", b"red") {
            assert_eq!(error.kind(), io::ErrorKind::Unsupported, "{error}");
            return;
        }
        // An access list: the owner, user 1000, and the rest, each with what they may do.
        let list =
            [2, 0, 0, 0, 1, 0, 6, 0, 255, 255, 255, 255, 2, 0, 4, 0, 232, 3, 0, 0, 4, 0, 4, 0, 255, 255, 255, 255];
        let list = [&list[..], &[16, 0, 4, 0, 255, 255, 255, 255, 32, 0, 0, 0, 255, 255, 255, 255]].concat();
        let has_lists = cfg!(target_os = "linux") && xattr::set(&path, "system.posix_acl_access", &list).is_ok();
        replace_file(&path, "old", "new").expect("it can be written");
        assert_eq!(xattr::get(&path, "user.colour").expect("an attribute").as_deref(), Some(&b"red"[..]));
        if has_lists {
            assert_eq!(xattr::get(&path, "system.posix_acl_access").expect("a list"), Some(list));
        }
        fs::hard_link(&path, path.with_file_name("b.md")).expect("a link");
        assert_eq!(other_names(&path), 1);
    }

    #[cfg(unix)]
    #[test]
    fn links_modes_and_read_only_files() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (folder, path) = folder();
        let set = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("a mode");
        let link = folder.path().join("b.md");
        symlink("a.md", &link).expect("a link");
        set(0o640);
        replace_file(&link, "old", "new").expect("it can be written");
        assert!(link.symlink_metadata().expect("a link").is_symlink());
        assert_eq!(fs::read_to_string(&path).expect("a file"), "new");
        assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o640);
        set(0o444);
        assert!(matches!(replace_file(&path, "new", "newer"), Err(Unwritten::ReadOnly)));
        assert_eq!(names(folder.path()), ["a.md", "b.md"]);
    }
}
