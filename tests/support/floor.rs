//! The least that any linter of Markdown must do: find the files, read them, parse them, on all cores.
//!
//! `cargo build --release --example floor`, then `target/release/examples/floor FOLDER`; `postlint check` is held
//! against its time.

use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use ignore::WalkBuilder;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

fn main() {
    let folder = std::env::args_os().nth(1).expect("usage: floor FOLDER");
    let mut files: Vec<PathBuf> = WalkBuilder::new(folder)
        .build()
        .flatten()
        .map(|entry| entry.into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md" || extension == "markdown"))
        .collect();
    files.sort_unstable();
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM;
    let events: usize = files
        .par_iter()
        .filter_map(|path| fs::read(path).ok())
        .filter_map(|bytes| String::from_utf8(bytes).ok())
        .map(|text| Parser::new_ext(&text, options).into_offset_iter().map(black_box).fold(0, |events, _| events + 1))
        .sum();
    println!("{events} events in {} files", files.len());
}
