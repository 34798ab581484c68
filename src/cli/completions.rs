//! `postlint completions`

use std::ffi::OsStr;
use std::io::{self, Write};

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, CommandFactory, Error};

use super::{Cli, Outcome};
use crate::rules::{GROUPS, RULES};

#[derive(Args)]
pub(super) struct CompletionsArgs {
    /// The shell that reads it
    shell: clap_complete::Shell,
}

/// Prints what a shell needs to complete the commands of postlint.
pub(crate) fn run(args: &CompletionsArgs) -> io::Result<Outcome> {
    // `clap_complete` panics where it cannot write, as in `postlint completions zsh | head`.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "postlint", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Outcome::Clean)
}

/// A value that is often the name of a rule or of a group of rules, which shells then complete.
#[derive(Clone)]
pub(super) struct Ruled<P>(pub(super) P);

impl<P: TypedValueParser> TypedValueParser for Ruled<P> {
    type Value = P::Value;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<P::Value, Error> {
        self.0.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let names = RULES.iter().map(|rule| rule.id.name()).chain(GROUPS.iter().map(|group| group.id));
        Some(Box::new(names.map(PossibleValue::new)))
    }
}
