//! What a folder holds.

use std::fs;
use std::path::{Path, PathBuf};

/// The entries of a folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Sorted by their names.
    entries: Vec<Entry>,
    /// Why it could not be listed.
    pub fault: Option<String>,
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
}

/// What an entry is; a link is what it leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
}

impl Folder {
    /// Lists a folder of the disk; one that is not there is empty.
    pub(super) fn list(path: &Path) -> Folder {
        let entries = match fs::read_dir(path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Folder::default(),
            Err(error) => return Folder { fault: Some(format!("{}: {error}", path.display())), ..Folder::default() },
        };
        let mut entries: Vec<Entry> = entries.filter_map(|entry| Entry::of(&entry.ok()?)).collect();
        entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Folder { entries, fault: None }
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
                self.entries.insert(at, Entry { name: name.into(), kind, link: None, is_link: false });
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
    /// `None` for what is neither a file nor a folder, and for names that are not Unicode.
    fn of(entry: &fs::DirEntry) -> Option<Entry> {
        let name = entry.file_name().into_string().ok()?.into();
        let kind = entry.file_type().ok()?;
        if !kind.is_symlink() {
            return Some(Entry { name, kind: kind_of(kind)?, link: None, is_link: false });
        }
        let kind = kind_of(fs::metadata(entry.path()).ok()?.file_type())?;
        let link = (kind == EntryKind::Folder).then(|| entry.path().canonicalize().ok()).flatten();
        Some(Entry { name, kind, link, is_link: true })
    }
}

fn kind_of(kind: fs::FileType) -> Option<EntryKind> {
    match kind {
        kind if kind.is_dir() => Some(EntryKind::Folder),
        kind if kind.is_file() => Some(EntryKind::File),
        _ => None,
    }
}
