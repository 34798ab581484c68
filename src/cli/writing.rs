//! What commands that write posts have in common: where they print, and what becomes of a text from standard input.

use std::collections::HashSet;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::target::{self, Targets};
use super::terminal::{colored, colored_on};
use super::{Outcome, WritingArgs, complain, log};
use crate::config::Selection;
use crate::files::{Text, Unreadable, other_names, replace_file};
use crate::report::count;
use crate::report::diff::Reader;

impl WritingArgs {
    /// The posts to look at; `None` where it cannot be told which changed, which has been said.
    ///
    /// # Errors
    /// When the folder postlint runs in is gone, or nobody takes the text from standard input back.
    pub(super) fn targets(&self, selection: Selection) -> io::Result<Option<Targets>> {
        let mut targets = self.paths.targets(selection, self.posts_only)?;
        let Err(why) = self.changed.keep_changed(&mut targets) else { return Ok(Some(targets)) };
        complain(&why);
        targets.piped.iter().try_for_each(|text| pass_on(text, None))?;
        Ok(None)
    }
}

/// The text of a file, or why it was not looked at, and what that makes of the run.
pub(super) fn readable<'t>(text: &'t Text, shown: &str) -> Result<&'t Arc<str>, (String, Outcome)> {
    text.as_ref().map_err(|error| match error {
        Unreadable::NotUtf8(_) => (format!("`{shown}` is not UTF-8, so it was left alone"), Outcome::Clean),
        error => (format!("cannot read `{shown}`: {}", target::why(error)), Outcome::Failed),
    })
}

/// Where such a command prints.
pub(super) struct Printer<'a> {
    args: &'a WritingArgs,
    /// Whether a text comes from standard input.
    pub piped: bool,
}

impl<'a> Printer<'a> {
    pub(super) fn new(args: &'a WritingArgs, piped: bool) -> Self {
        Printer { args, piped }
    }

    /// Whether nothing is written.
    pub(super) fn is_dry(&self) -> bool {
        self.args.check || self.args.diff
    }

    pub(super) fn is_colored(&self) -> bool {
        if self.piped { colored_on(&io::stderr(), self.args.color) } else { colored(self.args.color) }
    }

    /// Who reads a diff.
    pub(super) fn reader(&self) -> Reader {
        let is_watched = if self.piped { io::stderr().is_terminal() } else { io::stdout().is_terminal() };
        let color = self.is_colored();
        if color || is_watched { Reader::Person { color } } else { Reader::Program }
    }

    /// Says a line about the run.
    pub(super) fn say(&self, line: &str) -> io::Result<()> {
        if self.args.quiet { Ok(()) } else { self.print(&format!("{line}\n"), self.args.diff) }
    }

    /// Standard output is for a text that came from standard input and nothing else, or else for a diff, where there is
    /// one; `is_beside`: this is not what is asked for.
    pub(super) fn print(&self, text: &str, is_beside: bool) -> io::Result<()> {
        match self.piped || is_beside {
            true => io::stderr().write_all(log::inert(text).as_bytes()),
            false => log::print(text),
        }
    }
}

/// Whether a file that changes was among those before, under another name: a link leads to it.
pub(super) fn is_seen_before(path: Option<&Path>, seen: &mut HashSet<PathBuf>) -> bool {
    let path = path.and_then(|path| path.canonicalize().ok());
    path.is_some_and(|path| !seen.insert(path))
}

/// Writes a post anew; the error is what to say, and what that makes of the run.
pub(super) fn rewrite(path: &Path, shown: &str, old: &str, new: &str) -> Result<(), (String, Outcome)> {
    let others = other_names(path);
    replace_file(path, old, new).map_err(|why| (format!("cannot write `{shown}`: {why}"), Outcome::Failed))?;
    if others > 0 {
        let names = count(others, "other name");
        complain(&format!("`{shown}` had {names} (hard links), and what has these keeps the old text"));
    }
    Ok(())
}

/// The text from standard input, as it should be or as it came.
pub(super) fn pass_on(text: &Text, new: Option<&str>) -> io::Result<()> {
    let bytes = match text {
        Ok(old) => new.unwrap_or(old).as_bytes(),
        Err(Unreadable::NotUtf8(bytes)) => bytes,
        Err(_) => &[],
    };
    io::stdout().lock().write_all(bytes)
}
