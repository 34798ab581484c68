//! Git, by its own program: nothing that a repository names is run, and no name of a file is taken for an option.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;

/// The work tree that a folder lies in.
pub(super) struct Git {
    folder: PathBuf,
}

/// A file that is not as it was.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It was not there.
    Added(String),
    /// It is not there any more.
    Deleted(String),
    /// It held something else; its old path and its path.
    Changed(String, String),
}

/// What is asked where no revision is named, the first that there is.
const USUAL: &[&str] = &["refs/remotes/origin/HEAD", "origin/main", "origin/master", "main", "master", "HEAD"];

impl Git {
    /// The repository of a folder.
    ///
    /// # Errors
    /// Here and below, why Git cannot answer, in a line.
    pub(super) fn of(folder: &Path) -> Result<Git, String> {
        let git = Git { folder: folder.to_owned() };
        match git.ask(&["rev-parse", "--is-inside-work-tree"])? {
            Ok(answer) if answer.trim() == "true" => Ok(git),
            Ok(_) => Err("`--changed` asks Git, and the blog lies in no work tree".to_owned()),
            Err(why) => Err(format!("`--changed` asks Git, and it says: {why}")),
        }
    }

    /// The commit that the work tree and a revision have in common.
    pub(super) fn base(&self, revision: Option<&str>) -> Result<String, String> {
        let commit = |revision: &str| {
            let asked = format!("{revision}^{{commit}}");
            self.ask(&["rev-parse", "--verify", "--quiet", "--end-of-options", &asked]).map(Result::ok)
        };
        if commit("HEAD")?.is_none() {
            return Err("`--changed` has nothing to compare with: there is no commit yet".to_owned());
        }
        let (name, found) = match revision {
            Some(revision) if revision.starts_with('-') => {
                return Err(format!("`{revision}` is no revision: it begins with `-`"));
            }
            Some(revision) => (revision, commit(revision)?),
            None => {
                let mut found = None;
                for name in USUAL {
                    found = commit(name)?.map(|commit| (*name, Some(commit)));
                    if found.is_some() {
                        break;
                    }
                }
                found.unwrap_or(("HEAD", None))
            }
        };
        let Some(commit) = found else {
            let is_path = self.folder.join(name).symlink_metadata().is_ok();
            let hint = if is_path { "; paths go before `--changed`" } else { "" };
            return Err(format!("Git knows no revision `{name}`{hint}"));
        };
        match self.ask(&["merge-base", commit.trim(), "HEAD"])? {
            Ok(base) if revision.is_none() && self.is_cut_at(base.trim())? => Err(
                "this clone is shallow, so Git does not know what its last commit changed; `git fetch --unshallow`, or \
                 `fetch-depth: 0` of actions/checkout, brings the rest"
                    .to_owned(),
            ),
            Ok(base) => Ok(base.trim().to_owned()),
            Err(_) => Err(format!(
                "Git finds no commit that `{name}` and `HEAD` share; where the clone is shallow, `git fetch --unshallow` brings it"
            )),
        }
    }

    /// Whether the clone holds no more than the commit that is checked out, which is this one.
    fn is_cut_at(&self, commit: &str) -> Result<bool, String> {
        let is_shallow = self.told(&["rev-parse", "--is-shallow-repository"])?.trim() == "true";
        Ok(is_shallow && self.told(&["rev-parse", "HEAD"])?.trim() == commit)
    }

    /// The files of the folder that are not as in a commit, with those that Git does not know and does not ignore. Paths
    /// start at the folder.
    pub(super) fn changes(&self, base: &str) -> Result<Vec<Change>, String> {
        let diff = [
            "diff", "--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all", "--name-status", "-z",
            "-M", "--relative", base, "--",
        ];
        let listed = self.told(&diff)?;
        let mut changes = Vec::new();
        let mut parts = listed.split_terminator('\0').map(str::to_owned);
        while let (Some(status), Some(path)) = (parts.next(), parts.next()) {
            changes.push(match status.as_bytes().first() {
                Some(b'A') => Change::Added(path),
                Some(b'D') => Change::Deleted(path),
                Some(b'R') => Change::Changed(path, parts.next().unwrap_or_default()),
                Some(b'C') => Change::Added(parts.next().unwrap_or_default()),
                _ => Change::Changed(path.clone(), path),
            });
        }
        let others = self.told(&["ls-files", "--others", "--exclude-standard", "-z"])?;
        changes.extend(others.split_terminator('\0').map(|path| Change::Added(path.to_owned())));
        Ok(changes)
    }

    /// What some files held in a commit, in their order; `None` for what was no file.
    pub(super) fn texts(&self, base: &str, paths: &[&str]) -> Result<Vec<Option<Vec<u8>>>, String> {
        // A path with a line break cannot be asked for.
        let asked: String = paths.iter().map(|path| format!("{base}:./{}\n", path.replace('\n', "/"))).collect();
        let mut child = self.command(&["cat-file", "--batch"]).stdin(Stdio::piped()).spawn().map_err(unheard)?;
        let mut input = child.stdin.take().expect("it is piped");
        // Who writes waits for who reads, and the other way round.
        let writer = thread::spawn(move || input.write_all(asked.as_bytes()));
        let output = child.wait_with_output().map_err(unheard)?;
        let _ = writer.join();
        let mut rest = &output.stdout[..];
        Ok(paths.iter().map(|_| next_text(&mut rest)).collect())
    }

    /// What Git says, where it must.
    fn told(&self, args: &[&str]) -> Result<String, String> {
        self.ask(args)?.map_err(|why| format!("`--changed` asks Git, and it says: {why}"))
    }

    /// What Git says, or why it does not.
    fn ask(&self, args: &[&str]) -> Result<Result<String, String>, String> {
        let Output { status, stdout, stderr } = self.command(args).stdin(Stdio::null()).output().map_err(unheard)?;
        let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ok(match status.success() {
            true => Ok(lines(&stdout)),
            false => Err(lines(&stderr).lines().next().unwrap_or("nothing").trim_start_matches("fatal: ").to_owned()),
        })
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.folder).args(["--no-pager", "--literal-pathspecs"]);
        command.args(["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.quotePath=false"]);
        command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env_remove("GIT_EXTERNAL_DIFF").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
        command.env("LC_ALL", "C");
        command
    }
}

/// Why Git could not be asked.
fn unheard(error: io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "`--changed` needs the program `git`, which is not there".to_owned(),
        _ => format!("`--changed` could not ask Git: {error}"),
    }
}

/// The next answer of `git cat-file --batch`: a line with name, kind and size, and then so many bytes and a line break.
fn next_text(rest: &mut &[u8]) -> Option<Vec<u8>> {
    let end = memchr::memchr(b'\n', rest)?;
    let (line, behind) = rest.split_at(end);
    *rest = &behind[1..];
    let line = String::from_utf8_lossy(line).into_owned();
    let mut words = line.rsplit(' ');
    let (size, kind) = (words.next()?, words.next()?);
    let size: usize = size.parse().ok()?;
    let (text, behind) = rest.split_at_checked(size)?;
    *rest = behind.get(1..).unwrap_or_default();
    (kind == "blob").then(|| text.to_owned())
}
