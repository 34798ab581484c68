//! `postlint completions`

use std::io::{self, Write};

use clap::CommandFactory;

use super::{Cli, CompletionsArgs, Outcome};

/// Prints what a shell needs to complete the commands of postlint.
pub(crate) fn run(args: &CompletionsArgs) -> io::Result<Outcome> {
    // `clap_complete` panics where it cannot write, as in `postlint completions zsh | head`.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "postlint", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}
