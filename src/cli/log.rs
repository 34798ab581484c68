//! The log of a job of GitHub Actions: whoever reads along there obeys commands in it, wherever they come from, so that a post
//! could steer the job that checks it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, Write};

/// Whether what is printed lands in such a log.
pub(super) fn is_read() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|value| value == "true")
}

/// Prints a text for people.
pub(super) fn print(text: &str) -> io::Result<()> {
    io::stdout().lock().write_all(inert(text).as_bytes())
}

/// Standard output for texts for people, which stand there once it is flushed.
pub(super) fn output() -> Box<dyn Write> {
    if is_read() {
        Box::new(Inert::new(io::stdout().lock()))
    } else {
        Box::new(io::BufWriter::new(io::stdout().lock()))
    }
}

/// A text for people in which nothing is obeyed.
pub(super) fn inert(text: &str) -> String {
    if !is_read() || !holds_command(text) {
        return text.to_owned();
    }
    // Nobody who writes a post knows it.
    let token = RandomState::new().build_hasher().finish();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    format!("::stop-commands::{token:016x}\n{text}{end}::{token:016x}::\n")
}

/// Whether a runner finds a command in a text: `::` at the beginning of a line, or `##[` anywhere in it (actions/runner,
/// `ActionCommand.cs`).
fn holds_command(text: &str) -> bool {
    text.contains("##[") || text.split(['\n', '\r']).any(|line| line.trim_start().starts_with("::"))
}

/// Keeps what is printed until all is there, and prints it inert.
#[derive(Debug)]
struct Inert<W: Write> {
    out: W,
    held: Vec<u8>,
}

impl<W: Write> Inert<W> {
    fn new(out: W) -> Self {
        Inert { out, held: Vec::new() }
    }
}

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let held = std::mem::take(&mut self.held);
        self.out.write_all(inert(&String::from_utf8_lossy(&held)).as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands() {
        for text in
            ["a\n::add-mask::b", "a\r::add-mask::b", "  ::error::a", "1 │ ##[add-matcher]a.json\n", "a ##[group]"]
        {
            assert!(holds_command(text), "{text}");
        }
        for text in ["", "a::b", "- ::a", "## [a]", "#[a]"] {
            assert!(!holds_command(text), "{text}");
        }
    }
}
