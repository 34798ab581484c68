//! The files of a blog: each folder listed and each text read once, whoever asks. The only way to the disk.
//!
//! A path is a text from the blog's folder on, with forward slashes, and empty for that folder itself. Names that are
//! not Unicode are passed over.

#![allow(clippy::disallowed_methods, reason = "the way to the disk")]

mod folder;
mod paths;
mod pattern;
mod per_path;
mod read;
mod replace;
mod territory;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

pub(crate) use self::folder::{EntryKind, Folder};
pub(crate) use self::paths::{is_below, plain, shown};
pub(crate) use self::pattern::{PathPattern, fitting, idle};
pub(crate) use self::per_path::PerPath;
pub(crate) use self::read::read_file;
pub(crate) use self::replace::{Unwritten, clear_leftover, create_file, other_names, replace_file};
use self::territory::Territory;
pub(crate) use self::territory::repository;
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
    /// Of a file in memory, nobody told what it holds.
    Untold,
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        Unreadable::Disk(Arc::new(error))
    }
}

/// How much was read of a file.
#[derive(Debug, Clone)]
enum Reading {
    Whole(Text),
    /// The first bytes of one that is longer.
    Head(Arc<str>),
}

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
    /// Files of the disk that do not count.
    hidden: BTreeSet<String>,
    folders: PerPath<OnceLock<Arc<Folder>>>,
    texts: PerPath<Mutex<Option<Reading>>>,
    territory: Territory,
    /// Links met that lead out of it: paths.
    outside: Mutex<BTreeSet<String>>,
}

impl Files {
    /// A folder of the disk; nothing of it is read yet.
    pub fn on_disk(root: impl Into<PathBuf>) -> Self {
        Files {
            root: root.into(),
            is_on_disk: true,
            laid: BTreeMap::new(),
            hidden: BTreeSet::new(),
            folders: PerPath::default(),
            texts: PerPath::default(),
            territory: Territory::default(),
            outside: Mutex::default(),
        }
    }

    /// A folder that is only in memory: nothing of the disk is looked at, whatever is asked.
    pub(crate) fn of_texts(laid: BTreeMap<String, Text>) -> Self {
        Files { is_on_disk: false, laid, ..Files::on_disk("") }
    }

    /// The same of texts, for tests.
    #[cfg(test)]
    pub(crate) fn in_memory<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Self {
        Files::of_texts(files.into_iter().map(|(path, text)| (path.to_owned(), Ok(text.into()))).collect())
    }

    /// A folder right below, looked at by itself.
    pub(crate) fn inner(&self, name: &str) -> Self {
        let within = |path: &String| Some(path.strip_prefix(name)?.strip_prefix('/')?.to_owned());
        let laid = self.laid.iter().filter_map(|(path, text)| Some((within(path)?, text.clone()))).collect();
        Files { is_on_disk: self.is_on_disk, laid, ..Files::on_disk(self.place(name)) }
    }

    /// Puts a text in the place of what a file holds, whether there is such a file or not.
    pub(crate) fn lay(&mut self, path: impl Into<String>, text: Text) {
        self.laid.insert(path.into(), text);
        self.folders = PerPath::default();
    }

    /// Takes no notice of a file of the disk, as if it were not there.
    pub(crate) fn hide(&mut self, path: &str) {
        self.hidden.insert(path.to_owned());
        self.folders = PerPath::default();
    }

    /// Reads what links lead to, wherever that is.
    pub(crate) fn follow_links(&mut self) {
        self.territory.is_open = true;
        self.folders = PerPath::default();
    }

    /// Whether a file is asked of the disk.
    fn is_of_disk(&self, path: &str) -> bool {
        self.is_on_disk && !self.hidden.contains(path)
    }

    /// Takes over what was listed of an inner folder when that was looked at by itself.
    pub(crate) fn adopt(&self, inner: &Files) {
        let below = inner.root.strip_prefix(&self.root).ok().and_then(Path::to_str);
        if let Some(path) =
            below.filter(|path| !path.is_empty() && self.territory.enter(&self.root, &inner.root).is_ok())
        {
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
        let text = match self.is_of_disk(path) {
            true => self.open(path).and_then(|(place, is_plain)| read::whole(&place, is_plain)),
            false => Err(io::Error::from(io::ErrorKind::NotFound).into()),
        };
        *known = Some(Reading::Whole(text.clone()));
        text
    }

    /// Forgets the text of a file, which nobody asks for any more.
    pub(crate) fn forget(&self, path: &str) {
        *held(&self.texts.of(path)) = None;
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
            None if !self.is_of_disk(path) => return None,
            None => held(&self.texts.of(path))
                .get_or_insert_with(|| match self.open(path) {
                    Ok((place, is_plain)) => read::head(&place, is_plain, is_markdown(path)),
                    Err(why) => Reading::Whole(Err(why)),
                })
                .clone(),
        };
        match reading {
            Reading::Head(head) => Some(head),
            Reading::Whole(Err(Unreadable::NotUtf8(bytes))) => Some(read::valid(&bytes).into()),
            Reading::Whole(text) => text.ok(),
        }
    }

    /// Whether a folder holds anything but a file of this name.
    pub(crate) fn has_others(&self, folder: &str, name: &str) -> bool {
        self.folder(folder).entries().iter().any(|entry| &*entry.name != name)
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

    /// Where a file is on the disk, and whether it is known for a plain one.
    ///
    /// # Errors
    /// When it lies outside of what may be read.
    fn open(&self, path: &str) -> Result<(PathBuf, bool), Unreadable> {
        let place = self.place(path);
        let known = self.listed(path);
        if known.is_none() {
            self.territory.enter(&self.root, &place)?;
        }
        Ok((place, known == Some(EntryKind::File)))
    }

    /// What lies at a path, if the folder was listed and no link is on the way.
    fn listed(&self, path: &str) -> Option<EntryKind> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = self.folders.of(folder);
        folder.get()?.entry(name).filter(|entry| !entry.is_link).map(|entry| entry.kind)
    }

    /// The links that lead out of what may be read, as far as folders were listed: paths, sorted.
    pub(crate) fn outside(&self) -> Vec<String> {
        held(&self.outside).iter().cloned().collect()
    }

    fn kind(&self, path: &str) -> Option<EntryKind> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        // The folders above are looked for first: listing what is not there would touch the disk for nothing.
        let is_there = folder.is_empty() || self.kind(folder) == Some(EntryKind::Folder);
        let kind = is_there.then(|| self.folder(folder).entry(name).map(|entry| entry.kind)).flatten();
        kind.filter(|kind| *kind != EntryKind::Other)
    }

    /// What a folder holds; nothing where there is no such folder.
    pub(crate) fn folder(&self, path: &str) -> Arc<Folder> {
        let list = || {
            let mut folder = if self.is_on_disk { self.list(path) } else { Folder::default() };
            let below = if path.is_empty() { String::new() } else { [path, "/"].concat() };
            self.hidden
                .range(below.clone()..)
                .map_while(|path| path.strip_prefix(&*below))
                .for_each(|path| folder.hide(path));
            folder.lay(self.laid.range(below.clone()..).map_while(|(path, _)| path.strip_prefix(&*below)));
            Arc::new(folder)
        };
        self.folders.of(path).get_or_init(list).clone()
    }

    /// Lists a folder of the disk, if it may be read.
    fn list(&self, path: &str) -> Folder {
        let place = self.place(path);
        let is_known = path.is_empty() || self.listed(path).is_some();
        if let Err(error) = is_known.then_some(()).map_or_else(|| self.territory.enter(&self.root, &place), Ok) {
            return Folder::unlisted(&place, &error);
        }
        let folder = Folder::list(&place, |link| self.territory.holds(&self.root, link));
        let outside = folder.entries().iter().filter(|entry| entry.is_outside);
        held(&self.outside).extend(outside.map(|entry| join(path, &entry.name)));
        folder
    }
}

/// What is known of a file, for one; whoever else wants it waits.
fn held<T>(known: &Mutex<T>) -> MutexGuard<'_, T> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The name of a file or a folder, without those above it.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// Whether a file is Markdown, by its name.
pub(crate) fn is_markdown(path: &str) -> bool {
    let is_known = |extension: &str| MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(extension));
    path.rsplit_once('.').is_some_and(|(_, extension)| is_known(extension))
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
