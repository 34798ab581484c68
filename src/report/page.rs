//! Pages of Markdown on a terminal: the pages of rules, and topics. In a pipe they are printed as they are.

use anstyle::{AnsiColor, Style as Look};

use super::columns::width;
use super::wrap::{code, wrapped};

/// How a page is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    /// How many columns there are.
    pub columns: usize,
    /// Whether it is coloured; else its markup stays.
    pub color: bool,
}

const HEADING: Look = Look::new().bold();
const CODE: Look = AnsiColor::Cyan.on_default();
const QUIET: Look = Look::new().dimmed();
const STRONG: Look = Look::new().bold();
const EMPHASIS: Look = Look::new().italic();

/// No line of running text is longer, however wide the terminal is.
const WIDEST: usize = 100;

/// A page in lines that fit, with looks in the place of markup.
pub(crate) fn styled(page: &str, screen: Screen) -> String {
    let mut writer = Writer { screen, text: String::new() };
    let mut lines = page.lines().peekable();
    if lines.peek() == Some(&"---") {
        writer.quiet("---");
        lines.next();
        for line in lines.by_ref() {
            writer.quiet(line);
            if line == "---" {
                break;
            }
        }
    }
    while let Some(line) = lines.next() {
        if let Some(mark) = fence(line) {
            writer.quiet(line);
            for line in lines.by_ref() {
                if line.starts_with(mark) && line.trim_start_matches('`').is_empty() {
                    writer.quiet(line);
                    break;
                }
                writer.code(line);
            }
        } else if line.starts_with('|') {
            let mut rows = vec![line];
            while let Some(row) = lines.next_if(|line| line.starts_with('|')) {
                rows.push(row);
            }
            writer.table(&rows);
        } else if line.starts_with('#') || line.trim().is_empty() {
            writer.heading(line);
        } else {
            let mut paragraph = line.trim().to_owned();
            let goes_on = |line: &str| !line.trim().is_empty() && !begins_block(line);
            while let Some(more) = lines.next_if(|line| goes_on(line)) {
                paragraph += &format!(" {}", more.trim());
            }
            writer.paragraph(&paragraph);
        }
    }
    writer.text
}

/// A page that is no Markdown, as those of kinds are: its headings stand out.
pub(crate) fn with_headings(page: &str, screen: Screen) -> String {
    let is_heading = |line: &str| line.starts_with("---- ") || line.starts_with("# ");
    let set = |line: &str| match screen.color && is_heading(line) {
        true => format!("{HEADING}{line}{HEADING:#}\n"),
        false => format!("{line}\n"),
    };
    page.lines().map(set).collect()
}

/// The backticks that open a fence.
fn fence(line: &str) -> Option<&str> {
    let length = line.len() - line.trim_start_matches('`').len();
    (length >= 3).then(|| &line[..length])
}

fn begins_block(line: &str) -> bool {
    line.starts_with(['#', '|']) || fence(line).is_some() || marker(line.trim_start()) > 0
}

/// How long the marker of a list item is.
fn marker(line: &str) -> usize {
    let digits = line.len() - line.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
    if line.starts_with("- ") {
        2
    } else if digits > 0 && line[digits..].starts_with(". ") {
        digits + 2
    } else {
        0
    }
}

struct Writer {
    screen: Screen,
    text: String,
}

impl Writer {
    fn line(&mut self, look: Look, line: &str) {
        let line =
            if self.screen.color && !line.is_empty() { format!("{look}{line}{look:#}") } else { line.to_owned() };
        self.text += &line;
        self.text.push('\n');
    }

    /// What only makes sense to those who write pages.
    fn quiet(&mut self, line: &str) {
        self.line(QUIET, line);
    }

    /// A line as it stands, however long: it may be copied.
    fn code(&mut self, line: &str) {
        self.line(CODE, line);
    }

    fn heading(&mut self, line: &str) {
        let shown = if self.screen.color { line.trim_start_matches('#').trim_start() } else { line };
        self.line(HEADING, &shown.replace('`', if self.screen.color { "" } else { "`" }));
    }

    fn paragraph(&mut self, paragraph: &str) {
        let indent = marker(paragraph);
        let columns = self.screen.columns.min(WIDEST).saturating_sub(indent);
        let mut state = Inline::default();
        for (at, line) in wrapped(&paragraph[indent..], columns, 0).iter().enumerate() {
            let before = if at == 0 { paragraph[..indent].to_owned() } else { " ".repeat(indent) };
            let line = if self.screen.color { state.set(line) } else { line.clone() };
            self.text += &format!("{before}{line}\n");
        }
    }

    /// A table whose columns fit side by side, or else each row as a paragraph.
    fn table(&mut self, rows: &[&str]) {
        let cells: Vec<Vec<String>> = rows.iter().map(|row| cells(row)).collect();
        let is_rule =
            |row: &[String]| row.iter().all(|cell| !cell.is_empty() && cell.trim_matches([':', '-']).is_empty());
        let rows: Vec<&Vec<String>> = cells.iter().filter(|row| !is_rule(row)).collect();
        let most = rows.iter().map(|row| row.len()).max().unwrap_or_default();
        let widest = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| width(cell)).max().unwrap_or_default()
        };
        let mut widths: Vec<usize> = (0..most).map(widest).collect();
        let gaps = 2 * most.saturating_sub(1);
        let room = self.screen.columns.min(WIDEST).saturating_sub(gaps);
        // The widest column gives way until all of them fit.
        while widths.iter().sum::<usize>() > room {
            let Some(widest) = widths.iter_mut().max() else { return };
            if *widest <= NARROWEST {
                break;
            }
            *widest -= 1;
        }
        for (at, row) in rows.iter().enumerate() {
            let wrapped: Vec<Vec<String>> =
                row.iter().zip(&widths).map(|(cell, columns)| wrapped(cell, *columns, 0)).collect();
            let mut states: Vec<Inline> = row.iter().map(|_| Inline::default()).collect();
            for line in 0..wrapped.iter().map(Vec::len).max().unwrap_or_default() {
                let mut shown = String::new();
                for (column, cell) in wrapped.iter().enumerate() {
                    let text = cell.get(line).map_or("", String::as_str);
                    let set = match (self.screen.color, at) {
                        (false, _) => text.to_owned(),
                        (true, 0) => format!("{HEADING}{text}{HEADING:#}"),
                        (true, _) => states[column].set(text),
                    };
                    let left = if self.screen.color && at > 0 { width(&plain(text)) } else { width(text) };
                    shown += &set;
                    if column + 1 < wrapped.len() {
                        shown += &" ".repeat((widths[column] + 2).saturating_sub(left));
                    }
                }
                self.text += shown.trim_end();
                self.text.push('\n');
            }
        }
    }
}

/// No column of a table gets narrower.
const NARROWEST: usize = 12;

/// The cells of a row; a bar in code is none of its ends.
fn cells(row: &str) -> Vec<String> {
    let row = row.trim().trim_start_matches('|');
    let (mut cells, mut start, mut at) = (Vec::new(), 0, 0);
    while let Some(sign) = row[at..].chars().next() {
        match sign {
            '`' => at += code(&row[at..]),
            '\\' if row[at + 1..].starts_with('|') => at += 2,
            '|' => {
                cells.push(row[start..at].trim().to_owned());
                at += 1;
                start = at;
            }
            sign => at += sign.len_utf8(),
        }
    }
    let rest = row[start..].trim();
    cells.extend((!rest.is_empty()).then(|| rest.to_owned()));
    cells
}

/// A text without its markup.
fn plain(text: &str) -> String {
    text.replace(['`', '*'], "")
}

/// What is open from one line of a paragraph to the next.
#[derive(Default)]
struct Inline {
    in_code: bool,
    is_strong: bool,
    is_emphasis: bool,
}

impl Inline {
    /// A line with looks in the place of its markup.
    fn set(&mut self, line: &str) -> String {
        let mut text = String::new();
        if let Some(look) = self.look() {
            text += &look.to_string();
        }
        let mut rest = line;
        while let Some(sign) = rest.chars().next() {
            let was_set = self.look().is_some();
            let length = match sign {
                '`' => {
                    self.in_code = !self.in_code;
                    rest.len() - rest.trim_start_matches('`').len()
                }
                '*' if !self.in_code && rest.starts_with("**") => {
                    self.is_strong = !self.is_strong;
                    2
                }
                '*' if !self.in_code
                    && (self.is_emphasis || rest[1..].starts_with(|next: char| !next.is_whitespace())) =>
                {
                    self.is_emphasis = !self.is_emphasis;
                    1
                }
                sign => {
                    text.push(sign);
                    rest = &rest[sign.len_utf8()..];
                    continue;
                }
            };
            rest = &rest[length..];
            if was_set {
                text += &anstyle::Reset.to_string();
            }
            if let Some(look) = self.look() {
                text += &look.to_string();
            }
        }
        if self.look().is_some() {
            text += &anstyle::Reset.to_string();
        }
        text
    }

    fn look(&self) -> Option<Look> {
        match self {
            Inline { in_code: true, .. } => Some(CODE),
            Inline { is_strong: true, .. } => Some(STRONG),
            Inline { is_emphasis: true, .. } => Some(EMPHASIS),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_fit() {
        let page = "---\nsummary: a\n---\n\n# a `b`\n\nOne *two* `three four` **five six** seven\neight.\n\n- an item that goes on\n  here\n\n```md bad\n# 긴 줄은 그대로 남는다, 복사할 수 있게\n```\n\n| key | what |\n|---|---|\n| `a|b` | 한국어 낱말이 여럿 있는 칸 하나 |\n";
        let shown = styled(page, Screen { columns: 24, color: false });
        let expected = "---\nsummary: a\n---\n\n# a `b`\n\nOne *two* `three four`\n**five six** seven\neight.\n\n- an item that goes on\n  here\n\n```md bad\n# 긴 줄은 그대로 남는다, 복사할 수 있게\n```\n\nkey    what\n`a|b`  한국어 낱말이\n       여럿 있는 칸 하나\n";
        assert_eq!(shown, expected);
        let colored = styled(page, Screen { columns: 24, color: true });
        assert!(colored.contains("\u{1b}[1ma b\u{1b}[0m"), "{colored:?}");
        assert!(colored.contains("One \u{1b}[3mtwo\u{1b}[0m \u{1b}[36mthree four\u{1b}[0m"), "{colored:?}");
    }
}
