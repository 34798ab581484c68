//! Blocks of YAML in the text of a post, which pandoc reads as metadata (3.9, `yaml_metadata_block`): a line `---` with a
//! blank line before it and none behind it, up to the next `---` or `...`.

use serde_yaml::Value;

use crate::generators::HeadFault;
use crate::post::Post;
use crate::text::{Span, first_line};

/// Those that are no YAML, which stops the build.
pub(super) fn faults(post: &Post) -> Vec<HeadFault> {
    let (text, body) = (post.text, post.body.span);
    let mut faults = Vec::new();
    let mut at = body.start;
    let mut is_behind_blank = body.start == 0;
    while at < body.end {
        let line = first_line(text, Span::new(at, body.end));
        let next = next_line(text, at, body.end);
        let opens = is_behind_blank && text[line].trim_end() == "---" && post.body.code_at(at).is_none();
        is_behind_blank = text[line].trim().is_empty();
        at = next;
        let begins = || !text[first_line(text, Span::new(next, body.end))].trim().is_empty();
        let Some((content, behind)) = (opens && begins()).then(|| content(text, next, body.end)).flatten() else {
            continue;
        };
        at = behind;
        is_behind_blank = false;
        match read(&text[content]) {
            Read::Map => {}
            // Where it ends, so which of the next begins one, is not known.
            Read::Other => return faults,
            Read::Refused(why) => {
                let message =
                    format!("the lines below this `---` are read as YAML and are none, so Quarto stops: {why}");
                let help = "leave a blank line below it, or write `***` for a line across the page".to_owned();
                faults.push(HeadFault { span: line, message, help });
            }
        }
    }
    faults
}

/// What stands up to the line that ends a block, and where the line behind that begins.
fn content(text: &str, start: usize, end: usize) -> Option<(Span, usize)> {
    let mut at = start;
    while at < end {
        let line = first_line(text, Span::new(at, end));
        let next = next_line(text, at, end);
        if matches!(text[line].trim_end(), "---" | "...") {
            return Some((Span::new(start, at), next));
        }
        at = next;
    }
    None
}

fn next_line(text: &str, at: usize, end: usize) -> usize {
    text[at..end].find('\n').map_or(end, |found| at + found + 1)
}

/// What pandoc takes a block for.
enum Read {
    /// Metadata.
    Map,
    /// None that it can read: why.
    Refused(String),
    /// No metadata, but a table or text between lines.
    Other,
}

fn read(yaml: &str) -> Read {
    match serde_yaml::from_str::<Value>(yaml) {
        Ok(Value::Mapping(map)) => {
            let is_odd = |key: &Value| matches!(key, Value::Sequence(_) | Value::Mapping(_));
            if map.keys().any(is_odd) { Read::Refused("a key is no text".to_owned()) } else { Read::Map }
        }
        Ok(_) => Read::Other,
        Err(error) => {
            let why = error.to_string();
            let why = why.split(" at line").next().unwrap_or(&why).to_owned();
            match () {
                // The last of them counts.
                () if why.contains("duplicate") => Read::Map,
                () if why.contains("more than one document") => Read::Refused("text follows a value".to_owned()),
                () => Read::Refused(why),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Engines;

    /// Asked of pandoc 3.9.
    #[test]
    fn blocks_that_stop_the_build() {
        for (text, stops) in [
            ("a\n\n---\nb: c\n---\n\nd\n", false),
            ("a\n\n---\nb text\n---\n\nd\n", false),
            ("a\n\n---\nb: c: d\n---\n\nd\n", true),
            ("a\n\n---\n- b\n---\n\nd\n", false),
            ("a\n\n---\n\nb: c: d\n\n---\n\nd\n", false),
            ("a\n---\nb: c: d\n---\n\nd\n", false),
            ("a\n\n---\nb: c: d\n\n...\nd\n", true),
            ("a\n\n--- \nb: c: d\n---\n\nd\n", true),
            ("a\n\n---\n**b** x\n\n---\n\nd\n", true),
            ("a\n\n---\n[b]: http://x\n\n---\n\nd\n", true),
            ("a\n\n---\n## Heading\n\ntext\n\n---\n\nd\n", false),
            ("a\n\n---\n## Heading\n\ntext: x\nfoo\n\n---\n\nd\n", true),
            ("```\na\n\n---\nb: c: d\n---\n```\n\nd\n", false),
            ("a\n\n----\nb: c: d\n----\n\nd\n", false),
            ("a\n\n  ---\nb: c: d\n---\n\nd\n", false),
            ("a\n\n---\nb: c: d\n", false),
            ("---\nt: a\n---\n\n---\nb: c: d\n---\n", true),
        ] {
            let post = Post::parse("a.qmd", text, &Engines::default());
            assert_eq!(!faults(&post).is_empty(), stops, "{text:?}");
        }
    }
}
