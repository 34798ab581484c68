//! Slips: what happens to a text between keyboard and file.

use super::dice::Dice;

const SNIPPETS: &[&str] = &[
    " ", "  ", "\t", "\n", "\n\n", "\n\n\n", "    ", "> ", "- ", "* ", "1. ", "# ", "## ", "```", "~~~", "$", "$$",
    "|", "*", "**", "_", "`", "[", "]", "](", "(", "<", ">", "<!--", "-->", "<div>", "</div>", "{{", "}}", "{%", "%}",
    "{:", "\\", "\\\n", "\r", "\r\n", "\u{feff}", "\u{a0}", "\u{3000}", "\u{2028}", "\u{85}", "\0", "\u{c}", "가",
    "\u{301}", "---\n", "+++\n", ":", "'", "\"", "===", "---", "&", "#", "!", "~", "^", "\u{b}", "\u{1b}[31m",
    "::error::", "\n\n    ", "\n> ", "\n\t",
];

/// A text with a slip in it.
pub fn mutated(text: &str, dice: &mut Dice) -> String {
    match dice.below(12) {
        0..=5 => of_lines(text, dice),
        6 => format!("{}{}", text, dice.of(&["\n", "\n\n\n", "  ", "\t\n", "\n    ", "\\"])),
        7 => text[..place(text, dice)].to_owned(),
        8 | 9 => {
            let at = place(text, dice);
            format!("{}{}{}", &text[..at], dice.of(SNIPPETS), &text[at..])
        }
        10 => {
            let [from, to] = stretch(text, dice, 20);
            format!("{}{}", &text[..from], &text[to..])
        }
        _ => {
            let ([from, to], at) = (stretch(text, dice, 60), place(text, dice));
            format!("{}{}{}", &text[..at], &text[from..to], &text[at..])
        }
    }
}

/// How a file is written: line breaks, byte order mark, end.
pub fn encoded(text: String, dice: &mut Dice) -> String {
    match dice.below(12) {
        0 | 1 => text.replace('\n', "\r\n"),
        2 => format!("\u{feff}{text}"),
        3 => text.trim_end().to_owned(),
        4 => text
            .split('\n')
            .enumerate()
            .map(|(index, line)| if index % 3 == 1 { format!("{line}\r\n") } else { format!("{line}\n") })
            .collect(),
        _ => text,
    }
}

fn of_lines(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let (at, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(9) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(at, lines[other].clone()),
        2 => lines.swap(at, other),
        3 => lines.insert(at, String::new()),
        4 => lines[at].push_str(dice.of(&[" ", "  ", "\t", "   ", "\\", " \\"])),
        5 => lines[at].insert_str(0, dice.of(&[" ", "  ", "   ", "    ", "\t", "> ", "- "])),
        6 => lines[at] = lines[at].trim_start().to_owned(),
        7 => lines.insert(at, dice.of(&[" ", "\t", "    ", "\n", "> ", ">"]).to_owned()),
        _ if at + 1 < lines.len() => {
            let next = lines.remove(at + 1);
            lines[at].push_str(&next);
        }
        _ => {}
    }
    lines.join("\n")
}

/// Somewhere in a text, between two characters.
fn place(text: &str, dice: &mut Dice) -> usize {
    floor(text, dice.below(text.len() + 1))
}

fn stretch(text: &str, dice: &mut Dice, most: usize) -> [usize; 2] {
    let from = place(text, dice);
    [from, floor(text, (from + dice.below(most)).min(text.len()))]
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}
