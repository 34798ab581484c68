//! From paths on the command line to blogs and their posts.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use jiff::Timestamp;

use super::{Outcome, Paths, complain};
use crate::blog::{self, Blog, Generator, Unreadable, read_file};
use crate::config::{Config, Selection};
use crate::engine::Engine;
use crate::finding::Finding;

/// The name of the config.
const CONFIG: &str = "postlint.yaml";

/// Names that it is given by mistake.
const MISNAMED: &[&str] = &["postlint.yml", ".postlint.yaml", ".postlint.yml"];

/// What Markdown files are called.
const MARKDOWN: &[&str] = &["md", "markdown", "mkd", "mkdn", "mkdown", "mdx", "qmd", "rmd"];

fn is_markdown(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    MARKDOWN.contains(&extension.as_str())
}

/// A blog, how it is checked, and which of its files are looked at.
pub struct Target {
    pub blog: Blog,
    pub engine: Engine,
    pub files: Vec<PathBuf>,
}

/// Everything the paths of a command line lead to.
pub struct Targets {
    pub list: Vec<Target>,
    /// Configs that are at fault: path, text and findings. Nothing is checked with such a config.
    pub faulty: Vec<(PathBuf, String, Vec<Finding>)>,
    /// The text of standard input with the path it goes by, and the index of its target.
    pub stdin: Option<(PathBuf, Result<String, Unreadable>, usize)>,
    /// [`Outcome::Failed`] where a path led nowhere.
    pub outcome: Outcome,
}

impl Targets {
    /// How many posts there are, with that of standard input.
    pub fn count(&self) -> usize {
        self.list.iter().map(|target| target.files.len()).sum::<usize>() + usize::from(self.stdin.is_some())
    }
}

struct Finder<'p> {
    paths: &'p Paths,
    selection: Selection,
    here: PathBuf,
    /// The moment that counts as now, if not the clock's.
    now: Option<Timestamp>,
    targets: Targets,
    /// Configs that are at fault.
    barred: Vec<PathBuf>,
}

impl Paths {
    /// Finds the blogs and the posts. `only_posts`: files named that are no posts are left out.
    ///
    /// # Errors
    /// When the folder postlint runs in is gone.
    pub fn targets(&self, selection: Selection, only_posts: bool) -> io::Result<Targets> {
        let here = std::env::current_dir()?;
        let targets = Targets { list: Vec::new(), faulty: Vec::new(), stdin: None, outcome: Outcome::Clean };
        if self.stdin_filename.is_some() && !self.paths.iter().any(|path| path.as_os_str() == "-") {
            complain("`--stdin-filename` goes with `-`, which stands for standard input");
            return Ok(Targets { outcome: Outcome::Failed, ..targets });
        }
        let Ok(now) = self.now() else { return Ok(Targets { outcome: Outcome::Failed, ..targets }) };
        let mut finder = Finder { paths: self, selection, here, now, targets, barred: Vec::new() };
        if self.paths.is_empty() {
            finder.folder(Path::new("."));
        }
        for path in &self.paths {
            if path.as_os_str() == "-" {
                if finder.targets.stdin.is_none() {
                    finder.stdin(only_posts);
                }
            } else if path.is_dir() {
                finder.folder(path);
            } else if path.is_file() {
                finder.file(path, only_posts);
            } else if path.exists() {
                finder.fail(&format!("`{}` is neither a file nor a folder", path.display()));
            } else {
                finder.fail(&format!("`{}`: there is no such file", path.display()));
            }
        }
        for target in &mut finder.targets.list {
            target.files.sort_unstable_by(|one, other| one.as_os_str().cmp(other.as_os_str()));
            target.files.dedup();
        }
        Ok(finder.targets)
    }

    /// The moment that counts as now, if one is given; an error has been told.
    fn now(&self) -> Result<Option<Timestamp>, ()> {
        let Some(given) = std::env::var_os("POSTLINT_NOW").filter(|_| self.now.is_none()) else { return Ok(self.now) };
        let given = given.to_string_lossy();
        let moment = super::moment(&given);
        moment.map(Some).map_err(|why| complain(&format!("`POSTLINT_NOW` is `{given}`: {why}")))
    }
}

impl Finder<'_> {
    fn fail(&mut self, message: &str) {
        complain(message);
        self.targets.outcome = Outcome::Failed;
    }

    fn folder(&mut self, path: &Path) {
        let absolute = plain(&self.here.join(path));
        let Some(target) = self.target(&absolute) else { return };
        let target = &mut self.targets.list[target];
        let below = absolute.strip_prefix(&target.blog.root).unwrap_or(Path::new(""));
        let before = target.files.len();
        target.files.extend(target.blog.posts().iter().filter(|post| post.starts_with(below)).cloned());
        let unlisted = target.blog.unlisted().to_vec();
        if target.files.len() == before {
            let name = target.blog.generator.name();
            let hint = format!(
                "no posts in `{}`: {name} has none there; `posts:` in {CONFIG} can name others",
                path.display()
            );
            // A folder that is named and holds nothing is a mistake that would stay unnoticed; a new blog is none.
            if self.paths.paths.is_empty() { complain(&hint) } else { self.fail(&hint) }
        }
        for folder in unlisted {
            self.fail(&format!("cannot list a folder: {folder}"));
        }
    }

    fn file(&mut self, path: &Path, only_posts: bool) {
        let absolute = plain(&self.here.join(path));
        let folder = absolute.parent().unwrap_or(&absolute).to_owned();
        let Some(target) = self.target(&folder) else { return };
        let target = &mut self.targets.list[target];
        let file = absolute.strip_prefix(&target.blog.root).map_or(absolute.clone(), Path::to_owned);
        if target.blog.is_post(&file) || !only_posts && is_markdown(&file) {
            target.files.push(file);
        } else if !only_posts {
            self.fail(&format!("`{}` is no Markdown file", path.display()));
        }
    }

    fn stdin(&mut self, only_posts: bool) {
        let name = self.paths.stdin_filename.clone().unwrap_or_else(|| PathBuf::from("stdin.md"));
        let absolute = plain(&self.here.join(&name));
        let folder = absolute.parent().unwrap_or(&absolute).to_owned();
        let mut bytes = Vec::new();
        if let Err(error) = io::stdin().lock().read_to_end(&mut bytes) {
            return self.fail(&format!("cannot read standard input: {error}"));
        }
        let text = String::from_utf8(bytes).map_err(|error| Unreadable::NotUtf8(error.into_bytes()));
        if let Some(target) = self.target(&folder) {
            let blog = &self.targets.list[target].blog;
            let file = absolute.strip_prefix(&blog.root).map_or(absolute.clone(), Path::to_owned);
            if !only_posts || blog.is_post(&file) {
                self.targets.stdin = Some((file, text, target));
            }
        }
    }

    /// The blog that a folder belongs to: an index of the targets; `None` when its config is at fault.
    fn target(&mut self, folder: &Path) -> Option<usize> {
        let (root, found) = root_of(folder, &self.here);
        let config = self.paths.config.as_ref().map(|config| plain(&self.here.join(config))).or(found);
        if let Some(known) = self.targets.list.iter().position(|target| target.blog.root == root) {
            return Some(known);
        }
        if config.as_ref().is_some_and(|config| self.barred.contains(config)) {
            return None;
        }
        let text = match config.as_deref().map(read_file).transpose() {
            Ok(text) => text.unwrap_or_default(),
            Err(error) => {
                let path = config.unwrap_or_default();
                self.fail(&format!("cannot read `{}`: {}", self.shown(&path), why(&error)));
                self.barred.push(path);
                return None;
            }
        };
        let (engine, settings, faults) = Config::read(&text).engine(&self.selection);
        if !faults.is_empty() {
            self.targets.outcome = Outcome::Failed;
            self.barred.extend(config.clone());
            self.targets.faulty.push((config.unwrap_or_default(), text, faults));
            return None;
        }
        let blog = Blog::new(root, blog::Settings { now: self.now, ..settings.into_blog() });
        self.targets.list.push(Target { blog, engine, files: Vec::new() });
        Some(self.targets.list.len() - 1)
    }

    fn shown(&self, path: &Path) -> String {
        shown(path, &self.here)
    }
}

/// Why a file has no text, in a few words.
pub fn why(error: &Unreadable) -> String {
    match error {
        Unreadable::Disk(error) => error.to_string(),
        Unreadable::NotUtf8(_) => "it is not UTF-8".to_owned(),
    }
}

/// The root of a folder's blog, and its config: the nearest folder with a `postlint.yaml`, or else the nearest that a
/// generator's files make a blog, or else the folder itself. The search stays in the Git repository.
fn root_of(folder: &Path, here: &Path) -> (PathBuf, Option<PathBuf>) {
    let mut above: Vec<&Path> = Vec::new();
    for ancestor in folder.ancestors() {
        above.push(ancestor);
        if ancestor.join(".git").exists() {
            break;
        }
    }
    if let Some(root) = above.iter().find(|folder| folder.join(CONFIG).is_file()) {
        return (root.to_path_buf(), Some(root.join(CONFIG)));
    }
    for folder in above.iter().filter(|folder| MISNAMED.iter().any(|name| folder.join(name).is_file())) {
        complain(&format!("`{}` holds a config that is not read: it is called `{CONFIG}`", shown(folder, here)));
    }
    let made = above.iter().find(|folder| Generator::of(folder) != Generator::Plain);
    let root = made.copied().unwrap_or(if folder.starts_with(here) { here } else { folder });
    (root.to_owned(), None)
}

/// The path without `.` and `..`, links left as they are.
fn plain(path: &Path) -> PathBuf {
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
pub fn shown(path: &Path, here: &Path) -> String {
    if let Ok(below) = path.strip_prefix(here) {
        return with_slashes(below);
    }
    let shared = path.components().zip(here.components()).take_while(|(one, other)| one == other).count();
    let up = here.components().count() - shared;
    let mut parts: Vec<_> = vec!["..".into(); up];
    parts.extend(path.components().skip(shared).map(|part| part.as_os_str().to_string_lossy()));
    parts.join("/")
}

/// A path as text, with forward slashes on every system.
pub fn with_slashes(path: &Path) -> String {
    let path = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { path.into_owned() } else { path.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The folder postlint runs in, links resolved as the system has them.
pub fn here() -> io::Result<PathBuf> {
    std::env::current_dir()
}

/// Opens the file that output goes to.
///
/// # Errors
/// With the name of the file, when it cannot be made.
pub fn create(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display())))
}
