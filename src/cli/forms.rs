//! The forms that `postlint check` prints findings in, and where each goes.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};

use super::target::{self, Target, Targets};
use super::{CheckArgs, log, terminal};
use crate::files::is_markdown;
use crate::report::{Format, Output, Rendered, Style, Summary, Untold};

/// So many bytes GitHub takes as the summary of a step.
const ROOM: usize = 1 << 20;

/// `--format FORMAT`, or `--format FORMAT=FILE`.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    format: Format,
    file: Option<PathBuf>,
}

impl Asked {
    /// Whether it asks for this form on standard output.
    pub(super) fn is_to_print(&self, format: Format) -> bool {
        self.format == format && self.file.is_none()
    }
}

/// Reads `--format`.
#[derive(Clone)]
pub(super) struct AskedParser;

impl TypedValueParser for AskedParser {
    type Value = Asked;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Asked, clap::Error> {
        let (format, file) = match value.to_str().and_then(|value| value.split_once('=')) {
            Some((format, file)) if !file.is_empty() => (OsStr::new(format), Some(file.into())),
            _ => (value, None),
        };
        let format = EnumValueParser::<Format>::new().parse_ref(command, argument, format)?;
        Ok(Asked { format, file })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        EnumValueParser::<Format>::new()
            .possible_values()
            .map(|values| Box::new(values.collect::<Vec<_>>().into_iter()) as _)
    }
}

/// A form, and where it goes.
pub(super) struct Form {
    pub(super) style: Style,
    to: To,
}

enum To {
    Standard,
    File(PathBuf),
    /// What is said of a step above all its logs.
    JobSummary(PathBuf),
}

impl CheckArgs {
    /// The forms to print. Where none is asked for, people get text; under GitHub Actions annotations and the summary of the
    /// job come by themselves, the latter not with `--quiet`.
    pub(super) fn forms(&self) -> Result<Vec<Form>, String> {
        let form = |format, to| {
            let is_printed = matches!(to, To::Standard);
            let style = if is_printed { terminal::style(format, self.color) } else { Style::plain(format) };
            let unchecked = self.show_unchecked && is_for_people(format);
            Form { style: Style { summary: !self.quiet, unchecked, ..style }, to }
        };
        let output = || self.output_file.clone().map_or(To::Standard, To::File);
        if self.format.iter().filter(|asked| asked.file.is_none()).count() > 1 && self.output_file.is_some() {
            return Err(
                "`--output-file` takes one format; `--format FORMAT=FILE` gives each a file of its own".to_owned()
            );
        }
        let asked =
            self.format.iter().map(|Asked { format, file }| form(*format, file.clone().map_or_else(output, To::File)));
        let mut forms: Vec<Form> = asked.collect();
        if forms.is_empty() {
            forms.push(form(if self.statistics { Format::Statistics } else { Format::Text }, output()));
            if log::is_read() {
                // Annotations belong in the log, where GitHub looks for them.
                forms.push(form(Format::Github, To::Standard));
                let file = std::env::var_os("GITHUB_STEP_SUMMARY").filter(|file| !file.is_empty() && !self.quiet);
                forms.extend(file.map(|file| form(Format::Markdown, To::JobSummary(file.into()))));
            }
        }
        Ok(forms)
    }
}

impl Form {
    /// Why a report must not be written where it is to go: the file holds something else of the blog.
    pub(super) fn refusal(&self, targets: &Targets) -> Option<String> {
        let To::File(path) = &self.to else { return None };
        let place = path.canonicalize().ok()?;
        let is_post = |target: &Target| {
            let mut posts = target.blog.posts_and_drafts().chain(&target.files);
            posts.any(|post| target.blog.files.place(post).canonicalize().is_ok_and(|post| post == place))
        };
        let what = match place.extension().and_then(OsStr::to_str) {
            Some("yml" | "yaml" | "toml") => "is no report",
            _ if is_markdown(&path.to_string_lossy()) && targets.list.iter().any(is_post) => "is a post",
            _ => return None,
        };
        Some(format!("`{}` {what}, and would be written over; name another file", path.display()))
    }

    /// Whether a picture of the series has a place in it.
    pub(super) fn shows_series(&self) -> bool {
        self.style.format == Format::Html
    }

    /// Whether nobody asked for it, and others say the same.
    pub(super) fn comes_by_itself(&self) -> bool {
        matches!(self.to, To::JobSummary(_))
    }

    /// Prints a report on some posts, and says what it came to.
    pub(super) fn print<'r>(
        &self,
        posts: usize,
        rendered: impl Iterator<Item = &'r Rendered>,
        series: &'r str,
        untold: Untold,
    ) -> io::Result<Summary> {
        let (out, room): (Box<dyn Write>, _) = match &self.to {
            To::Standard if is_for_people(self.style.format) => (log::output(), None),
            To::Standard => (Box::new(io::stdout().lock()), None),
            To::File(path) => (Box::new(target::create(path)?), None),
            To::JobSummary(path) => {
                let file = opened(path)?;
                let taken = file.metadata()?.len();
                (Box::new(file), Some(ROOM.saturating_sub(usize::try_from(taken).unwrap_or(ROOM))))
            }
        };
        let output = Output::new(BufWriter::new(out), self.style, posts).with_series(series);
        let mut output = match room {
            Some(room) => output.of_job(room),
            None => output,
        };
        rendered.for_each(|rendered| output.add(rendered));
        output.add_untold(untold);
        output.finish()
    }
}

/// Whether a format is for people, not for other programs.
fn is_for_people(format: Format) -> bool {
    matches!(format, Format::Text | Format::Concise | Format::Summary | Format::Statistics)
}

/// Opens the file that steps of a job add to.
fn opened(path: &Path) -> io::Result<std::fs::File> {
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.map_err(|error| io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display())))
}
