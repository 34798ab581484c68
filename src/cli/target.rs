//! From paths on the command line to blogs and their posts.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use jiff::Timestamp;

use super::{Home, Outcome, Paths, complain};
use crate::blog::root::{CONFIG, Root};
use crate::blog::{self, Blog};
use crate::config::{self, Config, Selection};
use crate::engine::Engine;
use crate::files::{Text, Unreadable, is_markdown, read_file, repository};
pub(crate) use crate::files::{plain, shown};
use crate::finding::Finding;
use crate::generators::Reason;
use crate::parallel::of_each;
use crate::report::Folders;

/// A blog, how it is checked, and which of its files are looked at.
pub(crate) struct Target {
    pub blog: Blog,
    pub engine: Engine,
    /// Paths from the blog's folder on.
    pub files: Vec<String>,
    /// A folder of it is asked for, not posts one by one.
    pub is_asked_for: bool,
    /// The file of its baseline, as the config names it.
    pub baseline: Option<String>,
    /// All of it is asked for.
    pub is_whole: bool,
    /// Why its folder is this one.
    pub root_why: Reason,
    /// Its `postlint.yaml` and the text of it.
    pub config: Option<(PathBuf, Arc<str>)>,
    /// Where paths of reports begin, once somebody asks.
    folders: OnceLock<Folders>,
}

impl Target {
    /// A blog with its config, and none of its files.
    pub(crate) fn new(blog: Blog, engine: Engine, root_why: Reason, config: Option<(PathBuf, Arc<str>)>) -> Self {
        let (files, folders) = (Vec::new(), OnceLock::new());
        Target { blog, engine, files, is_asked_for: false, baseline: None, is_whole: false, root_why, config, folders }
    }

    /// The folder of its `postlint.yaml`.
    pub(crate) fn config_folder(&self) -> Option<&Path> {
        self.config.as_ref().and_then(|(path, _)| path.parent())
    }

    /// What its config says in vain, if one of its patterns of posts fits none: the path, the text and the findings.
    pub(crate) fn idle(&self) -> Option<(PathBuf, String, Vec<Finding>)> {
        let (path, text) = self.config.as_ref().filter(|_| !self.blog.idle_patterns().is_empty())?;
        Some((path.clone(), text.to_string(), config::unmet(text, &self.engine, &self.blog)))
    }

    /// Where paths of reports begin.
    pub(crate) fn folders(&self, here: &Path) -> &Folders {
        self.folders.get_or_init(|| folders(self.blog.files.root(), here))
    }

    /// The path of a file of the blog as postlint prints it.
    pub(crate) fn shown(&self, file: &str, here: &Path) -> String {
        shown(&self.blog.files.place(file), here)
    }
}

/// Everything the paths of a command line lead to.
#[derive(Default)]
pub(crate) struct Targets {
    pub list: Vec<Target>,
    /// Configs that are at fault: path, text and findings. Nothing is checked with such a config.
    pub faulty: Vec<(PathBuf, String, Vec<Finding>)>,
    /// What came from standard input, whatever becomes of it.
    pub piped: Option<Text>,
    /// The file that standard input stands for: the index of its target, and its path.
    pub stdin: Option<(usize, String)>,
    /// [`Outcome::Failed`] where a path led nowhere.
    pub outcome: Outcome,
}

impl Targets {
    /// How many posts there are, with that of standard input.
    pub(crate) fn count(&self) -> usize {
        self.list.iter().map(|target| target.files.len()).sum::<usize>() + usize::from(self.stdin.is_some())
    }

    /// What comes of each file with its text: that of standard input first, then the others in order.
    pub(crate) fn for_each<'t, T: Send>(&'t self, look: impl Fn(&'t Target, &'t str, Text) -> T + Sync) -> Vec<T> {
        let look = |target: &'t Target, file: &'t str| look(target, file, target.blog.files.read(file));
        let mut looked: Vec<T> = self.stdin.iter().map(|(target, file)| look(&self.list[*target], file)).collect();
        for target in &self.list {
            match &target.files[..] {
                [file] => looked.push(look(target, file)),
                files => {
                    target.blog.prepare();
                    looked.extend(of_each(files, |file| look(target, file)));
                }
            }
        }
        looked
    }
}

struct Finder<'p> {
    home: &'p Home,
    selection: Selection,
    here: PathBuf,
    /// The moment that counts as now, if not the clock's.
    now: Option<Timestamp>,
    targets: Targets,
    /// The folder of the file that was named last, and its target; none where the config is at fault.
    last: Option<(PathBuf, Option<usize>)>,
    /// Configs that are at fault.
    barred: Vec<PathBuf>,
}

impl Paths {
    /// Finds the blogs and the posts. `only_posts`: files named that are no posts are left out.
    ///
    /// # Errors
    /// When the folder postlint runs in is gone.
    pub(crate) fn targets(&self, selection: Selection, only_posts: bool) -> io::Result<Targets> {
        let (stdin, named): (Vec<_>, Vec<_>) = self.paths.iter().partition(|path| path.as_os_str() == "-");
        if self.stdin_filename.is_some() && stdin.is_empty() {
            complain("`--stdin-filename` goes with `-`, which stands for standard input");
            return Ok(Targets { outcome: Outcome::Failed, ..Targets::default() });
        }
        let piped = (!stdin.is_empty()).then(read_stdin);
        let Some(mut finder) = self.home.finder(selection)? else {
            return Ok(Targets { outcome: Outcome::Failed, piped, ..Targets::default() });
        };
        if self.paths.is_empty() {
            finder.folder(Path::new("."), false);
        }
        // It lies over the file that it stands for before anybody looks at that.
        if let Some(text) = &piped {
            let name = self.stdin_filename.as_deref().unwrap_or(Path::new("stdin.md"));
            finder.stdin(name, text, only_posts);
        }
        finder.targets.piped = piped;
        for path in named {
            if path.is_dir() {
                finder.folder(path, true);
            } else if path.is_file() {
                finder.file(path, only_posts);
            } else if path.exists() {
                finder.fail(&format!("`{}` is neither a file nor a folder", path.display()));
            } else {
                finder.fail(&format!("`{}`: there is no such file", path.display()));
            }
        }
        for target in &mut finder.targets.list {
            target.files.sort_unstable();
            target.files.dedup();
        }
        Ok(finder.targets)
    }
}

impl Home {
    /// The blog of the folder that postlint runs in, and none of its posts.
    ///
    /// # Errors
    /// When that folder is gone.
    pub(crate) fn targets(&self, selection: Selection) -> io::Result<Targets> {
        self.targets_at(Path::new("."), selection)
    }

    /// The blog that a folder or a file belongs to, and none of its posts.
    ///
    /// # Errors
    /// When the folder postlint runs in is gone.
    pub(crate) fn targets_at(&self, path: &Path, selection: Selection) -> io::Result<Targets> {
        let Some(mut finder) = self.finder(selection)? else {
            return Ok(Targets { outcome: Outcome::Failed, ..Targets::default() });
        };
        let absolute = plain(&finder.here.join(path));
        let root = match path.is_dir() {
            true => Root::of_folder(&absolute, &finder.here),
            false => Root::of_file_in(absolute.parent().unwrap_or(&absolute), &finder.here),
        };
        finder.target(root);
        Ok(finder.targets)
    }

    /// What looks for blogs; `None` where an error has been told.
    fn finder(&self, selection: Selection) -> io::Result<Option<Finder<'_>>> {
        let here = std::env::current_dir()?;
        let finder = |now| Finder {
            home: self,
            selection,
            here,
            now,
            targets: Targets::default(),
            last: None,
            barred: Vec::new(),
        };
        Ok(self.now().ok().map(finder))
    }

    /// The moment that counts as now, if one is given; an error has been told.
    pub(super) fn now(&self) -> Result<Option<Timestamp>, ()> {
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

    /// `is_named`: on the command line.
    fn folder(&mut self, path: &Path, is_named: bool) {
        let absolute = plain(&self.here.join(path));
        let Some(target) = self.target(Root::of_folder(&absolute, &self.here)) else { return };
        let target = &mut self.targets.list[target];
        target.is_asked_for = true;
        // A site can lie below the folder that was asked for.
        let below = absolute.strip_prefix(target.blog.files.root()).unwrap_or(Path::new(""));
        let Some(below) = path_of(below) else {
            return self.fail(&format!("`{}`: its name is not Unicode", path.display()));
        };
        target.is_whole |= below.is_empty();
        let before = target.files.len();
        let is_below = |post: &&String| {
            let rest = post.strip_prefix(below.as_str());
            below.is_empty() || rest.is_some_and(|rest| rest.starts_with('/'))
        };
        target.files.extend(target.blog.posts_and_drafts().filter(is_below).cloned());
        let unlisted = target.blog.unlisted().to_vec();
        let left = target.blog.left_alone().to_vec();
        let is_bare = target.blog.posts_and_drafts().next().is_none() && !target.blog.excludes_below("");
        if let Some(told) = target.idle().filter(|_| is_bare) {
            // Nothing at all would be checked.
            self.targets.outcome = Outcome::Failed;
            self.targets.faulty.push(told);
        } else if target.files.len() == before && target.blog.excludes_below(&below) {
            complain(&format!("`{}`: its posts are left out by `exclude:` in {CONFIG}", path.display()));
        } else if target.files.len() == before {
            let name = target.blog.site().features.name;
            let hint = format!(
                "no posts in `{}`: {name} has none there; `posts:` in {CONFIG} can name others",
                path.display()
            );
            // A folder that is named and holds nothing is a mistake that would stay unnoticed; a new blog is none.
            if is_named { self.fail(&hint) } else { complain(&hint) }
        }
        for folder in unlisted {
            self.fail(&format!("cannot list a folder: {folder}"));
        }
        left.iter().for_each(|why| complain(why));
    }

    /// The target of a file, and its path from the blog's folder on.
    fn place(&mut self, path: &Path) -> Option<(usize, String)> {
        let absolute = plain(&self.here.join(path));
        let target = self.target_of_files(absolute.parent().unwrap_or(&absolute))?;
        let below = absolute.strip_prefix(self.targets.list[target].blog.files.root()).unwrap_or(&absolute);
        let file = path_of(below);
        if file.is_none() {
            self.fail(&format!("`{}`: its name is not Unicode", path.display()));
        }
        Some((target, file?))
    }

    fn file(&mut self, path: &Path, only_posts: bool) {
        let Some((target, file)) = self.place(path) else { return };
        let target = &mut self.targets.list[target];
        if target.blog.is_excluded(&file) {
            if !only_posts {
                complain(&format!("`{}` is left out by `exclude:` in {CONFIG}", path.display()));
            }
        } else if target.blog.is_post(&file) || !only_posts && is_markdown(&file) {
            target.files.push(file);
        } else if !only_posts {
            self.fail(&format!("`{}` is no Markdown file", path.display()));
        }
    }

    fn stdin(&mut self, name: &Path, text: &Text, only_posts: bool) {
        if let Err(Unreadable::Disk(error)) = text {
            return self.fail(&format!("cannot read standard input: {error}"));
        }
        let Some((target, file)) = self.place(name) else { return };
        let blog = &mut self.targets.list[target].blog;
        blog.files.lay(&file, text.clone());
        if !only_posts || blog.is_post(&file) {
            self.targets.stdin = Some((target, file));
        }
    }

    /// The blog that the files of a folder belong to.
    fn target_of_files(&mut self, folder: &Path) -> Option<usize> {
        match &self.last {
            Some((last, target)) if last == folder => *target,
            _ => {
                let target = self.target(Root::of_file_in(folder, &self.here));
                self.last = Some((folder.to_owned(), target));
                target
            }
        }
    }

    /// The blog in a folder: an index of the targets; `None` when its config is at fault.
    fn target(&mut self, root: Root) -> Option<usize> {
        let Root { mut files, config, why: root_why, misnamed } = root;
        if self.home.follow_links {
            files.follow_links();
        }
        if let Some(known) = self.targets.list.iter().position(|target| target.blog.files.root() == files.root()) {
            return Some(known);
        }
        for path in misnamed {
            complain(&format!("`{}` is not read: the config is called `{CONFIG}`", shown(&path, &self.here)));
        }
        let named = self.home.config.as_ref().map(|config| plain(&self.here.join(config)));
        let text =
            named.as_deref().map_or_else(|| config.as_ref().map(|_| files.read(CONFIG)), |path| Some(read_file(path)));
        let config = named.or(config);
        if config.as_ref().is_some_and(|config| self.barred.contains(config)) {
            return None;
        }
        let text = match text.transpose() {
            Ok(text) => text.unwrap_or_else(|| "".into()),
            Err(error) => {
                let path = config.unwrap_or_default();
                self.fail(&format!("cannot read `{}`: {}", shown(&path, &self.here), why(&error)));
                self.barred.push(path);
                return None;
            }
        };
        let (engine, settings, faults) = Config::read(&text).engine(&self.selection);
        if !faults.is_empty() {
            self.targets.outcome = Outcome::Failed;
            self.barred.extend(config.clone());
            self.targets.faulty.push((config.unwrap_or_default(), text.to_string(), faults));
            return None;
        }
        let baseline = settings.baseline.clone();
        let blog = Blog::new(files, blog::Settings { now: self.now, ..settings.into_blog() });
        let config = config.map(|path| (path, text));
        self.targets.list.push(Target { baseline, ..Target::new(blog, engine, root_why, config) });
        Some(self.targets.list.len() - 1)
    }
}

/// Where paths of reports begin: those of a file in `folder` in its repository, or where postlint runs if it is in none.
pub(crate) fn folders(folder: &Path, here: &Path) -> Folders {
    // Above a blog that is only in memory there is nothing.
    if here.as_os_str().is_empty() {
        return Folders::default();
    }
    Folders { here: here.to_owned(), top: repository(folder).unwrap_or(here).to_owned() }
}

fn read_stdin() -> Text {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    let text = String::from_utf8(bytes).map(Arc::from);
    text.map_err(|error| Unreadable::NotUtf8(error.into_bytes().into()))
}

/// Why a file has no text, in a few words.
pub(crate) fn why(error: &Unreadable) -> String {
    match error {
        Unreadable::Disk(error) => error.to_string(),
        Unreadable::NotUtf8(_) => "it is not UTF-8".to_owned(),
        Unreadable::Untold => "its text was not sent".to_owned(),
    }
}

/// A path as text, with forward slashes on every system; `None` where it is not Unicode.
fn path_of(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Opens the file that output goes to.
///
/// # Errors
/// With the name of the file, when it cannot be made.
pub(crate) fn create(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
        .map_err(|error| io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display())))
}
