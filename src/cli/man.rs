//! `postlint man`

use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::{Cli, Outcome, complain};
use crate::text::nearest;

#[derive(Args)]
pub(super) struct ManArgs {
    /// A command such as `check`
    command: Option<String>,
    /// Write the pages of all commands to a folder
    #[arg(long, value_name = "FOLDER", conflicts_with = "command")]
    folder: Option<PathBuf>,
}

/// Prints a page of the manual, or writes all of them.
pub(crate) fn run(args: &ManArgs) -> io::Result<Outcome> {
    let pages = pages();
    if let Some(folder) = &args.folder {
        std::fs::create_dir_all(folder)?;
        for (name, page) in &pages {
            std::fs::write(folder.join(format!("{name}.1")), page)?;
        }
        return Ok(Outcome::Clean);
    }
    let wanted = args.command.as_ref().map_or("postlint".to_owned(), |command| format!("postlint-{command}"));
    if let Some((_, page)) = pages.iter().find(|(name, _)| *name == wanted) {
        io::stdout().write_all(page)?;
        return Ok(Outcome::Clean);
    }
    let command = args.command.as_deref().unwrap_or_default();
    let commands = pages.iter().filter_map(|(name, _)| name.strip_prefix("postlint-"));
    let near = nearest(command, commands).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
    complain(&format!("no command is called `{command}`{near}"));
    Ok(Outcome::Failed)
}

/// The name and the text of each page: of postlint, and of each of its commands.
fn pages() -> Vec<(String, Vec<u8>)> {
    let mut postlint = Cli::command().disable_help_subcommand(true);
    postlint.build();
    let commands = postlint.get_subcommands().filter(|command| !command.is_hide_set());
    let page = |command: &Command| {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
        let man = Man::new(command.clone()).source(concat!("postlint ", env!("CARGO_PKG_VERSION"))).manual("postlint");
        let mut text = Vec::new();
        man.render(&mut text).expect("memory takes what is written");
        (name, text)
    };
    [&postlint].into_iter().chain(commands).map(page).collect()
}
