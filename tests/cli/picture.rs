//! The picture of the README: what a terminal shows of a real run. `UPDATE=1 cargo test --test cli picture` draws it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use libtest_mimic::Failed;
use unicode_width::UnicodeWidthChar;

use crate::{blog, shell};

const PICTURE: &str = ".github/check.svg";
const COMMAND: &str = "postlint check --color always";

/// Holds the picture against a run of today.
pub(crate) fn is_true() -> Result<(), Failed> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PICTURE);
    let folder = blog(Some("third-week"));
    let output = shell(COMMAND, &folder.path().join("repository/blog"));
    let picture = drawn(&format!("$ postlint check\n{}", String::from_utf8(output.stdout)?));
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &picture)?;
    }
    match fs::read_to_string(&path)? == picture {
        true => Ok(()),
        false => Err(format!("{PICTURE} is stale; `UPDATE=1` draws it anew").into()),
    }
}

/// A cell of the terminal, in pixels.
const CELL: (f64, usize) = (8.4, 19);
const PADDING: usize = 16;

/// Lines with colours as a picture. Each run of letters stands where its column is and is as wide as its cells: the
/// fonts of readers are not ours.
fn drawn(printed: &str) -> String {
    let lines: Vec<&str> = printed.trim_end().lines().collect();
    let cells = |line: &str| -> usize { pieces(line).flat_map(|(_, text)| runs(text)).map(|(cells, _)| cells).sum() };
    let columns = lines.iter().map(|line| cells(line)).max().unwrap_or_default();
    let width = (columns as f64 * CELL.0).ceil() + 2.0 * PADDING as f64;
    let height = lines.len() * CELL.1 + 2 * PADDING;
    let mut picture = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" role=\"img\">\n\
         <title>postlint check tells three faults of a post</title>\n\
         <style>text {{ font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; \
         white-space: pre; fill: #d4d8e0 }} .b {{ font-weight: bold }} .r {{ fill: #ff7b72 }} .y {{ fill: #e3b341 }} \
         .u {{ fill: #79b8ff }}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1f27\"/>\n"
    );
    let (mut is_bold, mut color) = (false, "");
    for (row, line) in lines.iter().enumerate() {
        let y = PADDING + row * CELL.1 + 14;
        let mut column = 0;
        for (code, text) in pieces(line) {
            match code {
                "" => {}
                "0" => (is_bold, color) = (false, ""),
                "1" => is_bold = true,
                "31" => color = " r",
                "33" => color = " y",
                _ => color = " u",
            }
            for (cells, text) in runs(text) {
                let class = format!("{}{color}", if is_bold { "b" } else { "" });
                let (x, length) = (PADDING as f64 + column as f64 * CELL.0, cells as f64 * CELL.0);
                column += cells;
                if !text.trim().is_empty() {
                    let text = text.replace('&', "&amp;").replace('<', "&lt;");
                    let class = if class.is_empty() { class } else { format!(" class=\"{}\"", class.trim()) };
                    writeln!(
                        picture,
                        "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\" lengthAdjust=\"spacingAndGlyphs\"{class}>\
                         {text}</text>"
                    )
                    .expect("a text takes all");
                }
            }
        }
    }
    picture + "</svg>\n"
}

/// What a line shows, each piece behind the code that sets its look.
fn pieces(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split('\u{1b}').map(|piece| match piece.strip_prefix('[').and_then(|piece| piece.split_once('m')) {
        Some(piece) => piece,
        None => ("", piece),
    })
}

/// A text in runs of letters of one width, each with the cells that it takes.
fn runs(text: &str) -> Vec<(usize, String)> {
    let mut runs: Vec<(usize, usize, String)> = Vec::new();
    for letter in text.chars() {
        let cells = letter.width().unwrap_or_default();
        match runs.last_mut().filter(|(width, ..)| *width == cells) {
            Some((_, all, run)) => {
                *all += cells;
                run.push(letter);
            }
            None => runs.push((cells, cells, letter.to_string())),
        }
    }
    runs.into_iter().map(|(_, cells, run)| (cells, run)).collect()
}
