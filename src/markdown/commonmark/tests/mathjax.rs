//! What MathJax 3 finds in a page (`input/tex/FindTeX.ts`), with `$` switched on.

use regex::Regex;

use crate::markdown::page::{Page, Tag, What};

/// The formulas, and whether they are displays.
pub(crate) fn formulas(page: &Page) -> Vec<(bool, String)> {
    texts(page).iter().flat_map(|text| find(text)).collect()
}

/// Stretches of text that no tag divides.
fn texts(page: &Page) -> Vec<String> {
    let tag = Regex::new("<[a-zA-Z/!][^>]*>?").expect("a pattern");
    let mut texts = vec![String::new()];
    let mut code = Vec::new();
    for event in &page.events {
        let add = match &event.what {
            What::Start(element) => {
                code.push(matches!(element.tag, Tag::CodeSpan | Tag::CodeBlock { .. }));
                None
            }
            What::End => {
                code.pop();
                None
            }
            What::Text(text) => Some(text.to_string()),
            What::Break => Some("\n".to_owned()),
            What::Math { display: true, tex } => Some(format!("$${}$$", tex.text())),
            What::Math { display: false, tex } => Some(format!("${}$", tex.text())),
            What::Html(raw) => {
                texts.extend(tag.split(raw).map(str::to_owned));
                None
            }
            What::Rule => None,
        };
        match add {
            Some(add) if !code.contains(&true) => texts.last_mut().expect("never empty").push_str(&add),
            Some(_) => {}
            None if matches!(event.what, What::Html(_)) => {}
            None => texts.push(String::new()),
        }
    }
    texts
}

fn find(text: &str) -> Vec<(bool, String)> {
    let start = Regex::new(r"\$\$|\\\[|\\\(|\$|\\begin\{([^}]*)\}|\\[\\$]").expect("a pattern");
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = start.captures_at(text, at) {
        let delimiter = open.get(0).expect("a match");
        at = delimiter.end();
        let close = match delimiter.as_str() {
            r"\[" => r"\]".to_owned(),
            r"\(" => r"\)".to_owned(),
            "$" | "$$" => delimiter.as_str().to_owned(),
            _ => match open.get(1) {
                Some(name) => format!(r"\end{{{}}}", name.as_str()),
                None => continue,
            },
        };
        if let Some(end) = end(text, at, &close) {
            let is_environment = open.get(1).is_some();
            let tex = if is_environment { delimiter.start()..end + close.len() } else { at..end };
            let inline = matches!(delimiter.as_str(), "$" | r"\(");
            found.push((!inline, text[tex].to_owned()));
            at = end + close.len();
        }
    }
    found
}

fn end(text: &str, from: usize, close: &str) -> Option<usize> {
    let pattern = format!(r"{}|\\(?:[a-zA-Z]|.)|[{{}}]", regex::escape(close));
    let mut braces = 0_usize;
    for found in Regex::new(&pattern).expect("a pattern").find_iter(&text[from..]) {
        match found.as_str() {
            "{" => braces += 1,
            "}" => braces = braces.saturating_sub(1),
            end if end == close && braces == 0 => return Some(from + found.start()),
            _ => {}
        }
    }
    None
}
