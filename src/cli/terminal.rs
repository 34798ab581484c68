//! What standard output can show: colours, how many columns, links.

use std::env;
use std::io::{self, IsTerminal};

use clap::ColorChoice;

use crate::report::{Format, Style};

/// How to print on standard output.
pub(crate) fn style(format: Format, color: ColorChoice) -> Style {
    Style { color: colored(color), columns: columns(), links: links(), ..Style::plain(format) }
}

/// Whether standard output is coloured.
pub(crate) fn colored(choice: ColorChoice) -> bool {
    colored_on(&io::stdout(), choice)
}

/// The same of either output. `FORCE_COLOR` is asked besides what `anstream` knows: `NO_COLOR`, which goes first,
/// `CLICOLOR_FORCE` and `CLICOLOR`.
pub(crate) fn colored_on(output: &impl anstream::stream::RawStream, choice: ColorChoice) -> bool {
    let says = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_forced = || env::var_os("FORCE_COLOR").is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if is_forced() && !says("NO_COLOR") => true,
        ColorChoice::Auto => anstream::AutoStream::choice(output) != anstream::ColorChoice::Never,
    }
}

/// How many columns the terminal has; `None` where standard output is none, so that nobody wraps lines.
pub(crate) fn columns() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|&columns| columns > 0)
}

/// Whether the terminal shows links; never in a pipe or a file, whatever is set.
pub(crate) fn links() -> bool {
    io::stdout().is_terminal() && shows_links(|name| env::var(name).ok())
}

/// Whether a terminal that names itself so is known to show links (OSC 8), or the user says that it does.
fn shows_links(variable: impl Fn(&str) -> Option<String>) -> bool {
    let of = |name: &str| variable(name).unwrap_or_default();
    let number = |name: &str| of(name).parse().unwrap_or(0);
    if let Some(forced) = variable("FORCE_HYPERLINK").filter(|forced| !forced.is_empty()) {
        return forced != "0";
    }
    let term = of("TERM");
    // What runs within another program may be shown by anything.
    let is_within = !of("TMUX").is_empty() || !of("STY").is_empty();
    if is_within || term == "dumb" || term.starts_with("screen") || term.starts_with("tmux") {
        return false;
    }
    const PROGRAMS: &[&str] = &["WezTerm", "ghostty", "iTerm.app", "vscode", "rio", "Hyper", "Tabby"];
    const TERMS: &[&str] = &["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "foot-extra", "wezterm", "contour"];
    PROGRAMS.contains(&&*of("TERM_PROGRAM"))
        || TERMS.contains(&&*term)
        // VTE 0.50.0 crashed at them.
        || number("VTE_VERSION") > 5000
        || number("KONSOLE_VERSION") >= 201_200
        || !of("WT_SESSION").is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_that_show_links() {
        for (variables, shows) in [
            (&[][..], false),
            (&[("TERM", "xterm-256color")], false),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "6800")], true),
            (&[("TERM", "xterm-256color"), ("VTE_VERSION", "5000")], false),
            (&[("TERM", "xterm-kitty")], true),
            (&[("TERM_PROGRAM", "vscode")], true),
            (&[("TERM_PROGRAM", "Apple_Terminal")], false),
            (&[("TERM_PROGRAM", "iTerm.app"), ("TMUX", "/tmp/tmux-0/default,1,0")], false),
            (&[("TERM", "tmux-256color"), ("VTE_VERSION", "6800")], false),
            (&[("TERM", "dumb"), ("WT_SESSION", "1")], false),
            (&[("WT_SESSION", "1")], true),
            (&[("TERM", "tmux-256color"), ("FORCE_HYPERLINK", "1")], true),
            (&[("TERM", "xterm-kitty"), ("FORCE_HYPERLINK", "0")], false),
        ] {
            let variable =
                |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).into());
            assert_eq!(shows_links(variable), shows, "{variables:?}");
        }
    }
}
