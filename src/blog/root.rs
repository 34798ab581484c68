//! Where the blog is that a file belongs to: found once, from the file upwards. A path that is named chooses posts, never
//! the blog.

use std::path::{Path, PathBuf};

use crate::files::{EntryKind, Files};
use crate::generators::{Generator, Reason};

/// The name of the config.
pub(crate) const CONFIG: &str = "postlint.yaml";

/// Names that it is given by mistake.
const MISNAMED: &[&str] = &["postlint.yml", ".postlint.yaml", ".postlint.yml"];

/// What lies at the top of a project that is no repository, such as one that was downloaded.
const TOP: &[&str] = &[
    ".gitignore", ".github", "CNAME", "Cargo.toml", "Gemfile", "LICENSE", "LICENSE.md", "LICENSE.txt", "netlify.toml",
    "package.json", "pyproject.toml",
];

/// Where nothing else tells, the outermost of these does.
const READMES: &[&str] = &["README.md", "README", "README.rst", "README.txt", "Readme.md", "readme.md"];

/// The folder of a blog.
#[derive(Debug)]
pub(crate) struct Root {
    /// All that lies in it.
    pub files: Files,
    /// Its `postlint.yaml`, if it has one.
    pub config: Option<PathBuf>,
    /// Why it is this folder.
    pub why: Reason,
    /// Configs by another name, which are not read.
    pub misnamed: Vec<PathBuf>,
}

impl Root {
    /// The folder of the blog that a file in `folder` belongs to: the nearest with a `postlint.yaml`, else the nearest
    /// with a generator's own config, else the outermost with `_posts`, else that of the Git repository. The search stays
    /// in the repository. `here`: the folder postlint runs in.
    pub(crate) fn of_file_in(folder: &Path, here: &Path) -> Root {
        Root::of(folder, here, |_| None)
    }

    /// The same of a folder; where nothing above it tells of a blog, it may be the one site right below it.
    pub(crate) fn of_folder(folder: &Path, here: &Path) -> Root {
        Root::of(folder, here, site_in)
    }

    /// The same of a folder in memory, which has nothing above it.
    pub(crate) fn of_files(files: Files) -> Root {
        Root::among(vec![files], site_in, |above| (taken(above, 0), Reason::because("nothing tells of a blog")))
    }

    fn of(folder: &Path, here: &Path, below: impl Fn(&Files) -> Option<Files>) -> Root {
        let mut above: Vec<Files> = Vec::new();
        let mut is_repository = false;
        for ancestor in folder.ancestors() {
            let files = Files::on_disk(ancestor);
            is_repository = files.has(".git");
            above.push(files);
            if is_repository {
                break;
            }
        }
        Root::among(above, below, |above| top(above, is_repository, here))
    }

    /// One of some folders, each of which lies in the next; that which `otherwise` says where nothing tells of a blog.
    fn among(
        above: Vec<Files>,
        below: impl Fn(&Files) -> Option<Files>,
        otherwise: impl FnOnce(Vec<Files>) -> (Files, Reason),
    ) -> Root {
        if let Some(at) = above.iter().position(|files| files.is_file(CONFIG)) {
            let files = taken(above, at);
            let why = Reason::there(&[CONFIG]);
            return Root { config: Some(files.place(CONFIG)), files, why, misnamed: Vec::new() };
        }
        let misnamed = |files: &Files| files.first(MISNAMED).map(|name| files.place(name));
        let misnamed = above.iter().filter_map(misnamed).collect();
        let mut configured =
            above.iter().enumerate().filter_map(|(at, files)| Some((at, Generator::configured(files)?.1)));
        let with_posts = || {
            let at = above.iter().rposition(|files| files.is_folder("_posts"))?;
            Some((at, Reason::there(&["_posts"])))
        };
        let (files, why) = match configured.next().or_else(with_posts) {
            Some((at, why)) => (taken(above, at), why),
            None => match below(&above[0]) {
                Some(site) => (site, Reason::because("it is the only site in the folder")),
                None => otherwise(above),
            },
        };
        // The one site right below may have a config of its own.
        Root { config: files.is_file(CONFIG).then(|| files.place(CONFIG)), files, why, misnamed }
    }
}

/// The folder of the project, where no config of a generator lies above.
fn top(above: Vec<Files>, is_repository: bool, here: &Path) -> (Files, Reason) {
    let named = |names: &'static [&str]| {
        move |(at, files): (usize, &Files)| {
            names.iter().find(|name| files.has(name)).map(|name| (at, Reason::there(&[name])))
        }
    };
    let is_here = || {
        let at = above.iter().position(|files| files.root() == here)?;
        Some((at, Reason::because("nothing tells of a blog, and postlint runs here")))
    };
    let told = match is_repository {
        true => Some((above.len() - 1, Reason::there(&[".git"]))),
        false => {
            let inner = || above.iter().enumerate().find_map(named(TOP));
            inner().or_else(|| above.iter().enumerate().rev().find_map(named(READMES)))
        }
    };
    let (at, why) = told.or_else(is_here).unwrap_or_else(|| (0, Reason::because("nothing tells of a blog")));
    (taken(above, at), why)
}

/// One of some folders, each of which lies in the next.
fn taken(mut above: Vec<Files>, at: usize) -> Files {
    let files = above.remove(at);
    above[..at].iter().for_each(|inner| files.adopt(inner));
    files
}

/// The only folder right below one that has a site.
fn site_in(files: &Files) -> Option<Files> {
    let folder = files.folder("");
    let folders = folder
        .entries()
        .iter()
        .filter(|entry| entry.kind == EntryKind::Folder && !entry.is_outside && !entry.name.starts_with('.'));
    let mut sites = folders.filter_map(|folder| {
        let site = files.inner(&folder.name);
        files.adopt(&site);
        (Generator::of(&site) != Generator::Plain).then_some(site)
    });
    let only = sites.next()?;
    sites.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The root of a folder's blog, from the top of some files on.
    fn root(files: &[&str], folder: &str, here: &str, is_folder: bool) -> String {
        let top = tempfile::tempdir().expect("a temporary folder");
        for path in files {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let (folder, here) = (top.path().join(folder), top.path().join(here));
        let root = if is_folder { Root::of_folder(&folder, &here) } else { Root::of_file_in(&folder, &here) };
        let below = root.files.root().strip_prefix(top.path()).expect("a folder in it");
        below.to_string_lossy().into_owned()
    }

    #[test]
    fn a_path_never_chooses_the_blog() {
        let hexo = ["a/_config.yml", "a/scaffolds/x", "a/source/_posts/a.md"];
        let jekyll = ["a/_config.yml", "a/src/_posts/a.md", "a/src/ai/_posts/b.md"];
        let repository = ["a/.git/HEAD", "a/b/_posts/c.md", "a/_posts/d.md"];
        for (files, folder, here, expected) in [
            (&hexo[..], "a/source/_posts", "a/source", "a"),
            (&jekyll, "a/src/ai/_posts", "a/src/ai", "a"),
            (&jekyll, "a/src", "", "a"),
            (&repository, "a/b/_posts", "a/b", "a"),
            (&["a/.git/HEAD", "a/b/_posts/c.md"], "a/b", "a/b", "a/b"),
            (&["a/.git/HEAD", "a/b/_posts/c.md", "a/d.md"], "a/b/_posts", "a", "a/b"),
            (&["a/.git/HEAD", "a/postlint.yaml", "a/b/_config.yml", "a/b/c.md"], "a/b", "a/b", "a"),
            (&["a/.git/HEAD", "a/docs/_config.yml", "a/docs/_posts/b.md"], "a/docs/_posts", "a", "a/docs"),
            (&["_config.yml", "a/.git/HEAD", "a/b/c.md"], "a/b", "a/b", "a"),
            (&["a/LICENSE", "a/b/README.md", "a/b/c.md"], "a/b", "a/b", "a"),
            (&["a/README.md", "a/b/README.md", "a/b/c.md"], "a/b", "a/b", "a"),
            (&["a/b/c.md"], "a/b", "a", "a"),
            (&["a/b/c.md"], "a/b", "a/b/d", "a/b"),
        ] {
            for is_folder in [false, true] {
                assert_eq!(root(files, folder, here, is_folder), expected, "{folder} of {files:?}");
            }
        }
    }

    #[test]
    fn a_site_below_has_its_config() {
        let top = tempfile::tempdir().expect("a temporary folder");
        for path in [".git/HEAD", "docs/_config.yml", "docs/postlint.yaml"] {
            let path = top.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let root = Root::of_folder(top.path(), top.path());
        assert_eq!(root.config, Some(top.path().join("docs/postlint.yaml")));
        assert_eq!(Root::of_file_in(top.path(), top.path()).config, None);
    }

    #[test]
    fn a_site_below_what_is_no_blog() {
        for (files, folder, expected) in [
            (&["a/.git/HEAD", "a/docs/_config.yml", "a/README.md"][..], "a", "a/docs"),
            (&["a/.git/HEAD", "a/b/_posts/c.md", "a/d.md"], "a", "a/b"),
            (&["a/.git/HEAD", "a/docs/_config.yml", "a/site/hugo.toml"], "a", "a"),
            (&["a/.git/HEAD", "a/docs/_config.yml", "a/notes/b.md"], "a/notes", "a"),
        ] {
            assert_eq!(root(files, folder, folder, true), expected, "{folder} of {files:?}");
            assert_eq!(root(files, folder, folder, false), "a", "a file in {folder} of {files:?}");
        }
    }
}
