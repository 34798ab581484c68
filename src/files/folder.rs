//! What a folder holds.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::territory::OUTSIDE;

/// The entries of a folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Sorted by their names.
    entries: Vec<Entry>,
    /// Why it could not be listed.
    pub fault: Option<String>,
    /// Names in it that are not Unicode, as they can be shown. Nothing else is known of these.
    pub misnamed: Vec<String>,
}

/// A file or a folder in a folder.
#[derive(Debug)]
pub(crate) struct Entry {
    /// Its name.
    pub name: Box<str>,
    /// What it is.
    pub kind: EntryKind,
    /// Where it leads, if it is a link to a folder, all links resolved.
    pub link: Option<PathBuf>,
    /// Whether it is a link, to a file or to a folder.
    pub is_link: bool,
    /// Whether it is a link that leads out of what may be read.
    pub is_outside: bool,
}

/// What an entry is; a link is what it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// What can be neither read nor listed, such as a pipe.
    Other,
}

impl Folder {
    /// Lists a folder of the disk; one that is not there is empty. `is_inside` is asked where links lead.
    pub(super) fn list(path: &Path, is_inside: impl Fn(&Path) -> bool) -> Folder {
        let listed = match fs::read_dir(path) {
            Ok(listed) => listed,
            Err(error) => return Folder::unlisted(path, &error),
        };
        let mut folder = Folder::default();
        for entry in listed.flatten() {
            match entry.file_name().into_string() {
                Ok(name) => folder.entries.extend(Entry::of(&entry, name, &is_inside)),
                Err(name) => folder.misnamed.push(name.to_string_lossy().into_owned()),
            }
        }
        folder.entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        folder
    }

    /// One that could not be listed; one that is not there is empty.
    pub(super) fn unlisted(path: &Path, error: &io::Error) -> Folder {
        let is_there = error.kind() != io::ErrorKind::NotFound;
        Folder { fault: is_there.then(|| format!("{}: {error}", path.display())), ..Folder::default() }
    }

    /// Takes a file out.
    pub(super) fn hide(&mut self, name: &str) {
        self.entries.retain(|entry| *entry.name != *name);
    }

    /// Adds what was laid over the disk, by the paths from the folder on.
    pub(super) fn lay<'p>(&mut self, paths: impl Iterator<Item = &'p str>) {
        for path in paths {
            let (name, kind) = match path.split_once('/') {
                Some((name, _)) => (name, EntryKind::Folder),
                None => (path, EntryKind::File),
            };
            if let Err(at) = self.entries.binary_search_by(|entry| (*entry.name).cmp(name)) {
                self.entries.insert(at, Entry::plain(name, kind));
            }
        }
    }

    /// The entries, sorted by their names.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a name.
    pub(crate) fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.binary_search_by(|entry| (*entry.name).cmp(name)).ok().map(|at| &self.entries[at])
    }
}

impl Entry {
    fn plain(name: impl Into<Box<str>>, kind: EntryKind) -> Entry {
        Entry { name: name.into(), kind, link: None, is_link: false, is_outside: false }
    }

    /// Why it is not read, whatever its name.
    pub(super) fn unread(&self) -> Option<&'static str> {
        let is_other = self.kind == EntryKind::Other;
        is_other.then_some("it is no plain file").or_else(|| self.is_outside.then_some(OUTSIDE))
    }

    /// `None` for links to nothing.
    fn of(entry: &fs::DirEntry, name: String, is_inside: impl Fn(&Path) -> bool) -> Option<Entry> {
        let kind = entry.file_type().ok()?;
        if !kind.is_symlink() {
            return Some(Entry::plain(name, kind_of(kind)));
        }
        let kind = kind_of(fs::metadata(entry.path()).ok()?.file_type());
        let place = entry.path().canonicalize().ok()?;
        let is_outside = !is_inside(&place);
        let link = (kind == EntryKind::Folder).then_some(place);
        Some(Entry { link, is_link: true, is_outside, ..Entry::plain(name, kind) })
    }
}

fn kind_of(kind: fs::FileType) -> EntryKind {
    match kind {
        kind if kind.is_dir() => EntryKind::Folder,
        kind if kind.is_file() => EntryKind::File,
        _ => EntryKind::Other,
    }
}
