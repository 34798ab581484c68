//! All files below a folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::folder::{EntryKind, Folder};
use super::{Files, join};
use crate::parallel::of_each;

/// So many files of a blog are looked at.
const MOST: usize = 500_000;

/// Folders within folders go no deeper.
const DEEPEST: usize = 64;

/// What Git is told to leave alone.
const IGNORES: &str = ".gitignore";

/// Files below a folder that were asked for, and what could not be listed of it.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Paths from the blog's folder on, sorted.
    pub files: Vec<String>,
    /// Why some folder could not be listed.
    pub faults: Vec<String>,
    /// What was left alone although its name is that of a file that was asked for, and why.
    pub left: Vec<String>,
}

impl Files {
    /// The files below a folder, as paths from that folder on, sorted. Links are followed, as generators do, and nothing
    /// that Git ignores is left out: generators do not ask Git. `enters` is asked of the paths of folders.
    pub(crate) fn below(&self, folder: &str, enters: impl Fn(&str) -> bool + Sync) -> Vec<String> {
        let folder = folder.trim_end_matches('/');
        let walk = Walk { files: self, start: folder, enters: &enters, count: AtomicUsize::new(0) };
        let first = self.is_walked(folder).then(|| (String::new(), Vec::new()));
        let mut found = by_levels(first, |(path, links), depth| walk.folder(path, links, depth)).concat();
        found.sort_unstable();
        found
    }

    /// Whether there is such a folder, and it is part of a blog: the top of a disk is none, and all the disk lies below it.
    fn is_walked(&self, folder: &str) -> bool {
        let is_top = self.root.has_root() && self.root.parent().is_none();
        !is_top && self.is_folder(folder)
    }

    /// The files below a folder that Git does not ignore, without those that are hidden or links. `enters` is asked of
    /// the names of folders, `wants` of the paths of files, and `follows` of those of links to other folders of the blog.
    pub(crate) fn kept_by_git(
        &self,
        folder: &str,
        enters: impl Fn(&str) -> bool + Sync,
        wants: impl Fn(&str) -> bool + Sync,
        follows: impl Fn(&str) -> bool + Sync,
    ) -> Kept {
        let ancestors = folder.match_indices('/').map(|(slash, _)| &folder[..slash]);
        let mut ignores = Ignores::default();
        for above in [""].into_iter().chain(ancestors).filter(|above| *above != folder) {
            ignores = ignores.within(self, above, &self.folder(above));
        }
        let mut kept = Kept::default();
        let first = self.is_walked(folder).then(|| (folder.to_owned(), ignores));
        let enters = |name: &str, depth: usize| depth < DEEPEST && enters(name);
        for Kept { files, faults, left } in by_levels(first, |(path, above), depth| {
            self.keep_in(path, above, |name| enters(name, depth), &wants, &follows)
        }) {
            kept.files.extend(files);
            kept.faults.extend(faults);
            kept.left.extend(left);
        }
        kept.files.sort_unstable();
        kept
    }

    /// What is kept of a folder itself, and the folders in it that are entered, each with what to leave alone there.
    fn keep_in(
        &self,
        path: &str,
        above: &Ignores,
        enters: impl Fn(&str) -> bool,
        wants: impl Fn(&str) -> bool,
        follows: impl Fn(&str) -> bool,
    ) -> (Kept, Vec<(String, Ignores)>) {
        let folder = self.folder(path);
        let ignores = above.within(self, path, &folder);
        let misnamed = folder.misnamed.iter().map(|name| below(path, name)).filter(|path| wants(path));
        let mut kept = Kept {
            files: Vec::new(),
            faults: folder.fault.iter().cloned().collect(),
            left: misnamed.map(|path| format!("`{path}` is left alone: its name is not Unicode")).collect(),
        };
        let mut inner = Vec::new();
        for entry in folder.entries().iter().filter(|entry| !entry.name.starts_with('.')) {
            let path = below(path, &entry.name);
            if let Some(why) = entry.unread().filter(|_| wants(&path) || follows(&path)) {
                kept.left.push(format!("`{path}` is left alone: {why}"));
            }
            if entry.kind == EntryKind::Other
                || entry.is_link && !(follows(&path) && self.is_inside(&path, entry.link.as_deref()))
            {
                continue;
            }
            let is_folder = entry.kind == EntryKind::Folder;
            let is_asked_for = if is_folder { enters(&entry.name) } else { wants(&path) };
            if !is_asked_for || ignores.leave_out(&path, is_folder) {
                continue;
            }
            if is_folder { inner.push((path, ignores.clone())) } else { kept.files.push(path) }
        }
        (kept, inner)
    }

    /// Whether a link leads to a folder of the blog that it does not lie in itself.
    fn is_inside(&self, path: &str, link: Option<&Path>) -> bool {
        let (Some(link), Ok(root)) = (link, self.root().canonicalize()) else { return false };
        let above = self.place(path).parent().and_then(|folder| folder.canonicalize().ok());
        link.starts_with(root) && above.is_some_and(|above| !above.starts_with(link))
    }
}

/// What comes of a folder and of all below it, one level after another. `look` is told how deep a folder lies, and says
/// which are next.
fn by_levels<F: Send + Sync, T: Send>(first: Option<F>, look: impl Fn(&F, usize) -> (T, Vec<F>) + Sync) -> Vec<T> {
    let mut found = Vec::new();
    let mut level = Vec::from_iter(first);
    for depth in 0.. {
        if level.is_empty() {
            break;
        }
        let looked = of_each(&level, |folder| look(folder, depth));
        level.clear();
        for (one, inner) in looked {
            found.push(one);
            level.extend(inner);
        }
    }
    found
}

/// The path of what a folder holds under a name.
fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { [folder, "/", name].concat() }
}

struct Walk<'w, F> {
    files: &'w Files,
    /// The folder that paths start from.
    start: &'w str,
    enters: &'w F,
    count: AtomicUsize,
}

impl<F: Fn(&str) -> bool + Sync> Walk<'_, F> {
    /// The files of a folder, and the folders in it that are entered, each with where the links on the way to it lead.
    fn folder(&self, path: &str, passed: &[PathBuf], depth: usize) -> (Vec<String>, Vec<(String, Vec<PathBuf>)>) {
        let folder = self.files.folder(&join(self.start, path));
        let mut found = Vec::new();
        let mut inner = Vec::new();
        for entry in folder.entries() {
            let below = below(path, &entry.name);
            match entry.kind {
                EntryKind::File if self.count.fetch_add(1, Ordering::Relaxed) < MOST => found.push(below),
                EntryKind::File | EntryKind::Other => {}
                EntryKind::Folder if entry.is_outside || !(self.enters)(&below) || depth == DEEPEST => {}
                EntryKind::Folder => match &entry.link {
                    Some(link) if self.comes_back(path, link, passed) => {}
                    link => inner.push((below, passed.iter().chain(link).cloned().collect())),
                },
            }
        }
        (found, inner)
    }

    /// Whether a link in a folder leads to one that the way has passed.
    fn comes_back(&self, folder: &str, link: &Path, passed: &[PathBuf]) -> bool {
        let own = self.files.place(&join(self.start, folder)).canonicalize();
        passed.iter().any(|passed| passed == link) || own.is_ok_and(|own| own.starts_with(link))
    }
}

/// The files of a folder and of those above it that say what to leave alone, the nearest last.
#[derive(Clone, Default)]
struct Ignores {
    lists: Vec<Arc<Gitignore>>,
}

impl Ignores {
    /// With those of a folder inside.
    fn within(&self, files: &Files, path: &str, folder: &Folder) -> Ignores {
        let mut lists = self.lists.clone();
        let is_there = folder.entry(IGNORES).is_some_and(|entry| !entry.is_link);
        if let Some(text) = is_there.then(|| files.text(&join(path, IGNORES))).flatten() {
            let mut list = GitignoreBuilder::new(path);
            for line in text.lines() {
                // A line that is no pattern leaves nothing out, as in Git.
                let _ = list.add_line(None, line);
            }
            lists.extend(list.build().ok().map(Arc::new));
        }
        Ignores { lists }
    }

    fn leave_out(&self, path: &str, is_folder: bool) -> bool {
        let said = self.lists.iter().rev().map(|list| list.matched(path, is_folder)).find(|said| !said.is_none());
        matches!(said, Some(Match::Ignore(_)))
    }
}
