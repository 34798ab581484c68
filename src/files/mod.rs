//! The files of a blog: each folder listed and each text read once, whoever asks. The only way to the disk.
//!
//! A path is a text from the blog's folder on, with forward slashes, and empty for that folder itself. Names that are
//! not Unicode are passed over.

#![allow(clippy::disallowed_methods, reason = "the way to the disk")]

mod folder;
mod pattern;
mod per_path;
mod replace;
mod walk;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

pub(crate) use self::folder::{EntryKind, Folder};
pub(crate) use self::pattern::PathPattern;
pub(crate) use self::per_path::PerPath;
pub(crate) use self::replace::{clear_leftover, replace_file};
pub(crate) use self::walk::Kept;

/// What a file holds.
pub(crate) type Text = Result<Arc<str>, Unreadable>;

/// Why a file has no text.
#[derive(Debug, Clone)]
pub enum Unreadable {
    /// The disk says no.
    Disk(Arc<io::Error>),
    /// Its bytes are not UTF-8.
    NotUtf8(Arc<[u8]>),
}

/// How much was read of a file.
#[derive(Debug, Clone)]
enum Reading {
    Whole(Text),
    /// The first bytes of one that is longer.
    Head(Arc<str>),
}

/// So much of a file, in bytes, is read to see whether it has front matter.
const HEAD: usize = 16 << 10;

/// What Markdown files are called.
const MARKDOWN: &[&str] = &["md", "markdown", "mkd", "mkdn", "mkdown", "mdx", "qmd", "rmd"];

/// A folder with all that lies below it.
#[derive(Debug)]
pub struct Files {
    root: PathBuf,
    /// Whether there is more than what was laid over it.
    is_on_disk: bool,
    /// Texts that stand for those on the disk: standard input, what an editor has not saved.
    laid: BTreeMap<String, Text>,
    folders: PerPath<OnceLock<Arc<Folder>>>,
    texts: PerPath<Mutex<Option<Reading>>>,
}

impl Files {
    /// A folder of the disk; nothing of it is read yet.
    pub fn on_disk(root: impl Into<PathBuf>) -> Self {
        Files {
            root: root.into(),
            is_on_disk: true,
            laid: BTreeMap::new(),
            folders: PerPath::default(),
            texts: PerPath::default(),
        }
    }

    /// A folder that is only in memory, for tests.
    #[cfg(test)]
    pub(crate) fn in_memory<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        let laid = files.into_iter().map(|(path, text)| (path.to_owned(), Ok(text.into()))).collect();
        Files { is_on_disk: false, laid, ..Files::on_disk("") }
    }

    /// Puts a text in the place of what a file holds, whether there is such a file or not.
    pub(crate) fn lay(&mut self, path: impl Into<String>, text: Text) {
        self.laid.insert(path.into(), text);
        self.folders = PerPath::default();
    }

    /// Takes over what was listed of an inner folder when that was looked at by itself.
    pub(crate) fn adopt(&self, inner: &Files) {
        let below = inner.root.strip_prefix(&self.root).ok().and_then(Path::to_str);
        if let Some(path) = below.filter(|path| !path.is_empty()) {
            self.folders.of(&join("", path)).get_or_init(|| inner.folder(""));
        }
    }

    /// The folder itself.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Where a path is on the disk.
    pub(crate) fn place(&self, path: &str) -> PathBuf {
        if path.is_empty() { self.root.clone() } else { self.root.join(path) }
    }

    /// The text of a file.
    ///
    /// # Errors
    /// When there is no such file, when it is none to be read, such as a pipe, and when it is not UTF-8.
    pub fn read(&self, path: &str) -> Text {
        if let Some(text) = self.laid.get(path) {
            return text.clone();
        }
        let file = self.texts.of(path);
        let mut known = held(&file);
        if let Some(Reading::Whole(text)) = &*known {
            return text.clone();
        }
        let text = match self.is_on_disk {
            true => read_file(&self.place(path)),
            false => Err(Unreadable::Disk(Arc::new(io::ErrorKind::NotFound.into()))),
        };
        *known = Some(Reading::Whole(text.clone()));
        text
    }

    /// The text of a file without its byte order mark and with signs in the place of what is not UTF-8; `None` where
    /// there is none.
    pub(crate) fn text(&self, path: &str) -> Option<Arc<str>> {
        let text = match self.is_file(path).then(|| self.read(path))? {
            Err(Unreadable::NotUtf8(bytes)) => String::from_utf8_lossy(&bytes).into(),
            text => text.ok()?,
        };
        Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), Arc::from))
    }

    /// The beginning of a file, as far as it is UTF-8: all of it where it begins like front matter, is short, or is
    /// Markdown, which somebody else wants whole. `None` where it cannot be read.
    pub(crate) fn head(&self, path: &str) -> Option<Arc<str>> {
        let reading = match self.laid.get(path) {
            Some(text) => Reading::Whole(text.clone()),
            None if !self.is_on_disk => return None,
            None => held(&self.texts.of(path))
                .get_or_insert_with(|| read_head(&self.place(path), is_markdown(path)))
                .clone(),
        };
        match reading {
            Reading::Head(head) => Some(head),
            Reading::Whole(Err(Unreadable::NotUtf8(bytes))) => Some(valid(&bytes).into()),
            Reading::Whole(text) => text.ok(),
        }
    }

    /// Whether there is a file, by its exact name.
    pub(crate) fn is_file(&self, path: &str) -> bool {
        self.kind(path) == Some(EntryKind::File)
    }

    /// Whether there is a folder, by its exact name.
    pub(crate) fn is_folder(&self, path: &str) -> bool {
        path.is_empty() || self.kind(path) == Some(EntryKind::Folder)
    }

    /// Whether there is a file or a folder, by its exact name.
    pub(crate) fn has(&self, path: &str) -> bool {
        self.kind(path).is_some()
    }

    /// The first of some files that there is.
    pub(crate) fn first<'n>(&self, names: &[&'n str]) -> Option<&'n str> {
        names.iter().copied().find(|name| self.is_file(name))
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // The folders above are looked for first: listing what is not there would touch the disk for nothing.
        let is_there = folder.is_empty() || self.kind(folder) == Some(EntryKind::Folder);
        is_there.then(|| self.folder(folder).entry(name).map(|entry| entry.kind)).flatten()
    }

    /// What a folder holds; nothing where there is no such folder.
    pub(crate) fn folder(&self, path: &str) -> Arc<Folder> {
        let list = || {
            let mut folder = if self.is_on_disk { Folder::list(&self.place(path)) } else { Folder::default() };
            folder.lay(path, self.laid.keys());
            Arc::new(folder)
        };
        self.folders.of(path).get_or_init(list).clone()
    }
}

/// What is known of a file; whoever else wants it read waits.
fn held(file: &Mutex<Option<Reading>>) -> MutexGuard<'_, Option<Reading>> {
    file.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a file whole.
///
/// # Errors
/// When it cannot be opened or read, when it is no plain file, and when it is not UTF-8.
pub(crate) fn read_file(path: &Path) -> Text {
    let bytes = open(path).and_then(|(mut file, size)| {
        let mut bytes = Vec::new();
        read_on(&mut file, &mut bytes, size).map(|()| bytes)
    });
    whole(bytes.map_err(|error| Unreadable::Disk(Arc::new(error)))?)
}

/// Opens a plain file, and tells its size in bytes. A pipe would never end.
fn open(path: &Path) -> io::Result<(File, usize)> {
    let about = fs::metadata(path)?;
    match about.is_file() {
        true => Ok((File::open(path)?, usize::try_from(about.len()).unwrap_or_default())),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no plain file")),
    }
}

/// Reads the rest of a file of so many bytes. Growing a buffer on the way would take a call to the system each time.
fn read_on(file: &mut File, bytes: &mut Vec<u8>, size: usize) -> io::Result<()> {
    read_up_to(file, bytes, size + 1)?;
    // It may be longer by now, or none that tells its size.
    if bytes.len() > size { file.read_to_end(bytes).map(drop) } else { Ok(()) }
}

/// Reads until there are so many bytes, or no more.
fn read_up_to(file: &mut File, bytes: &mut Vec<u8>, most: usize) -> io::Result<()> {
    let mut length = bytes.len();
    bytes.resize(most, 0);
    while length < most {
        match file.read(&mut bytes[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    bytes.truncate(length);
    Ok(())
}

fn whole(bytes: Vec<u8>) -> Text {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.into()),
        Err(error) => Err(Unreadable::NotUtf8(error.into_bytes().into())),
    }
}

fn read_head(path: &Path, is_wanted: bool) -> Reading {
    let read = || {
        let (mut file, size) = open(path)?;
        let mut bytes = Vec::new();
        if !is_wanted && size > HEAD {
            read_up_to(&mut file, &mut bytes, HEAD)?;
        }
        let begins = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
        if bytes.is_empty() || [&b"---"[..], b"+++", b"{"].iter().any(|fence| begins.starts_with(fence)) {
            read_on(&mut file, &mut bytes, size)?;
            return Ok(Reading::Whole(whole(bytes)));
        }
        Ok(Reading::Head(valid(&bytes).into()))
    };
    read().unwrap_or_else(|error: io::Error| Reading::Whole(Err(Unreadable::Disk(Arc::new(error)))))
}

/// Whether a file is Markdown, by its name.
pub(crate) fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| MARKDOWN.contains(&extension.to_lowercase().as_str()))
}

/// The first bytes of some that are UTF-8.
fn valid(bytes: &[u8]) -> &str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
    }
}

/// A path below a folder, both from the blog's folder on: without `.`, and without `..` as far as it leads nowhere else.
pub(crate) fn join(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => _ = parts.pop(),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests;
