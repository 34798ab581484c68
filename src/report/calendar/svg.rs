//! The picture as a file for a README: it stands on light pages and on dark ones.

use std::fmt::Write;

use super::{Drawn, Row, State, columns_of, rows, words};
use crate::report::columns;
use crate::report::escape::markup;
use crate::report::text::count;

/// Pixels of a cell, with the gap behind it.
const CELL: usize = 15;
const STEP: usize = 18;
/// Where the cells begin, behind their labels.
const LEFT: usize = 64;
const MARGIN: usize = 8;
/// About so wide is a column of text.
const LETTER: usize = 7;

/// The colours of states, on light pages and on dark ones.
const STYLE: &str = "\
text{font:11px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#57606a}\
.head{font-weight:600;fill:#1f2328}.sign{text-anchor:middle;fill:#1f2328}\
.covered{fill:#4ac26b}.incomplete{fill:#eac54f}.twice{fill:#c297ff}.missing{fill:#ffebe9;stroke:#cf222e}.rest{fill:#d0d7de}\
@media (prefers-color-scheme:dark){text{fill:#8b949e}.head{fill:#e6edf3}.sign{fill:#0d1117}.missing+.sign{fill:#ff7b72}\
.covered{fill:#2ea043}.incomplete{fill:#d29922}.twice{fill:#a371f7}.missing{fill:#3d1214;stroke:#f85149}.rest{fill:#484f58}}";

/// All series, one below the other, and what the colours mean.
pub(crate) fn svg(series: &[Drawn]) -> String {
    picture(series, &format!("<style>{STYLE}</style>\n"))
}

/// The same for a page that says what its classes look like.
pub(crate) fn svg_for_page(series: &[Drawn]) -> String {
    picture(series, "")
}

fn picture(series: &[Drawn], style: &str) -> String {
    let mut page = Page { body: String::new(), y: MARGIN, width: 0 };
    for drawn in series {
        page.series(drawn);
    }
    if series.iter().any(|drawn| drawn.calendar.is_ok()) {
        page.legend();
    }
    let names: Vec<&str> = series.iter().map(|drawn| drawn.kind).collect();
    let (width, height) = (page.width + MARGIN, page.y + MARGIN);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\">\n<title>{}</title>\n{style}{}</svg>\n",
        markup(&names.join(", ")),
        page.body,
    )
}

struct Page {
    body: String,
    /// Where the next line begins.
    y: usize,
    width: usize,
}

impl Page {
    fn series(&mut self, drawn: &Drawn) {
        let calendar = match &drawn.calendar {
            Ok(calendar) => calendar,
            Err(why) => {
                self.line("head", &format!("{}: {}", drawn.kind, drawn.undrawn(why)));
                return;
            }
        };
        let (_, row) = words(calendar.unit);
        let posts = count(drawn.posts.len(), "post");
        self.line("head", &format!("{}: {posts}, {}", drawn.kind, drawn.counts(calendar)));
        for line in rows(calendar) {
            match line {
                Row::Cells(label, cells) => {
                    self.text("", MARGIN, &label);
                    cells.iter().for_each(|(column, cell)| self.cell(drawn, *column, cell));
                }
                Row::Pause(rows) => self.text("", LEFT, &format!("{} without a post", count(rows, row))),
            }
            self.y += STEP;
        }
        self.wide(LEFT + columns_of(calendar.unit) * STEP);
        self.y += MARGIN;
    }

    fn cell(&mut self, drawn: &Drawn, column: usize, cell: &super::Cell) {
        self.square(LEFT + column * STEP, drawn.state(cell), &drawn.told(cell));
    }

    /// A cell with what it stands for; the sign of its state is there for who does not see colours.
    fn square(&mut self, x: usize, state: State, title: &str) {
        let (y, name) = (self.y, state.name());
        let title = format!("<title>{}</title>", markup(title));
        let sign = if state == State::Covered {
            String::new()
        } else {
            let (x, y) = (x + CELL / 2, y + CELL - 4);
            format!("<text class=\"sign\" x=\"{x}\" y=\"{y}\">{}</text>", state.sign())
        };
        let square =
            format!("<rect class=\"{name}\" x=\"{x}\" y=\"{y}\" width=\"{CELL}\" height=\"{CELL}\" rx=\"3\"/>");
        _ = writeln!(self.body, "<g>{title}{square}{sign}</g>");
    }

    fn legend(&mut self) {
        let mut x = LEFT;
        for state in State::ALL {
            self.square(x, state, state.name());
            self.text("", x + STEP, state.name());
            x += STEP + (state.name().len() + 2) * LETTER;
        }
        self.wide(x);
        self.y += STEP;
    }

    fn line(&mut self, class: &str, text: &str) {
        self.text(class, MARGIN, text);
        self.y += STEP;
    }

    fn text(&mut self, class: &str, x: usize, text: &str) {
        let y = self.y + CELL - 4;
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        _ = writeln!(self.body, "<text{class} x=\"{x}\" y=\"{y}\">{}</text>", markup(text));
        self.wide(x + columns::width(text) * LETTER);
    }

    fn wide(&mut self, x: usize) {
        self.width = self.width.max(x);
    }
}
