//! What postlint takes for the pages that kramdown makes, to hold it against the real ones.
//!
//!     kramdown_html [--plain|--hard] FILE...           one JSON object a line, with `path` and `html`
//!     kramdown_html [--plain|--hard] --compare LIST    LIST holds such objects; prints those that differ
//!     kramdown_html [--plain|--hard] --time FILE...    how fast pages are made
//!
//! HTML is printed in its normal form: `normal_html.rs`.

#[path = "html.rs"]
mod html;
#[path = "normal_html.rs"]
mod normal_html;

use std::fs;
use std::io::{BufRead, BufReader};
use std::sync::LazyLock;
use std::time::Instant;

use postlint::markdown::kramdown::{self, Options};
use postlint::markdown::mapped_text::MappedText;
use postlint::markdown::page::{Page, What};
use regex::Regex;
use serde_json::{Value, json};

/// Jekyll's front matter (`convertible.rb`).
static FRONT_MATTER: LazyLock<Regex> = LazyLock::new(|| {
    let space = r"[ \t\r\n\x0B\f]*";
    let fence = format!(r"(?m)\A(?s:---{space}\n.*?\n?)^(?:---|\.\.\.){space}$\n?");
    Regex::new(&fence).expect("a regular expression")
});

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut flag = |name: &str| match arguments.iter().position(|argument| argument == name) {
        Some(index) => arguments.remove(index) == name,
        None => false,
    };
    let mut options = Options::new(!flag("--plain"));
    options.hard_wrap = flag("--hard");
    let (compares, times) = (flag("--compare"), flag("--time"));
    match &arguments[..] {
        [list] if compares => compare(list, &options),
        paths if times => time(paths, &options),
        paths => paths.iter().for_each(|path| println!("{}", json!({"path": path, "html": rendered(path, &options)}))),
    }
}

fn rendered(path: &str, options: &Options) -> Option<String> {
    let text = String::from_utf8(fs::read(path).expect("a file that can be read")).ok()?;
    let page = kramdown::page(&text, &body(&text), options);
    check_spans(&text, &page, path);
    Some(normal_html::normal(&html::print(&page)))
}

/// What stands after the front matter.
fn body(text: &str) -> MappedText<'_> {
    let body = text.len() - text.strip_prefix('\u{feff}').unwrap_or(text).len();
    let start = FRONT_MATTER.find(&text[body..]).map_or(body, |front| body + front.end());
    MappedText::verbatim(text, postlint::text::Span::new(start, text.len()))
}

/// Spans lie in the file, on characters; text that is borrowed stands there; what starts ends.
fn check_spans(text: &str, page: &Page, path: &str) {
    let mut depth = 0;
    for event in &page.events {
        assert!(text.get(event.source.range()).is_some(), "{path}: {:?} of {}", event, text.len());
        match &event.what {
            What::Start(_) => depth += 1,
            What::End => depth -= 1,
            What::Text(std::borrow::Cow::Borrowed(part)) => assert_eq!(*part, &text[event.source], "{path}"),
            _ => {}
        }
        assert!(depth >= 0, "{path}");
    }
    assert_eq!(depth, 0, "{path}");
}

fn compare(list: &str, options: &Options) {
    let (mut equal, mut all) = (0, 0);
    for line in BufReader::new(fs::File::open(list).expect("a list")).lines() {
        let told: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let (Some(path), Some(html)) = (told["path"].as_str(), told["html"].as_str()) else { continue };
        if html.starts_with("kramdown: ") {
            continue;
        }
        let (ours, theirs) = (rendered(path, options).unwrap_or_default(), normal_html::normal(html));
        all += 1;
        if ours == theirs {
            equal += 1;
        } else {
            println!("{}", json!({"path": path, "ours": ours, "theirs": theirs}));
        }
    }
    eprintln!("{equal} of {all} are equal");
}

fn time(paths: &[String], options: &Options) {
    let texts: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let bodies: Vec<(&str, MappedText)> = texts.iter().map(|text| (text.as_str(), body(text))).collect();
    let size: usize = bodies.iter().map(|(_, body)| body.text().len()).sum();
    for _ in 0..5 {
        let start = Instant::now();
        let pages = bodies.iter().map(|(text, body)| kramdown::page(text, body, options));
        let events: usize = pages.map(|page| page.events.len()).sum();
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("{events} events of {size} bytes in {seconds:.3} s: {:.1} MB/s", size as f64 / seconds / 1e6);
    }
}
