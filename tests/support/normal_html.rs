//! HTML without what makes no difference: white space between blocks, the order of attributes, the way in which
//! characters are written.

use postlint::render::kramdown::{entities, tags};

/// HTML in its normal form.
pub fn normal(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let (mut rest, mut kept, mut after_block) = (html, false, true);
    while !rest.is_empty() {
        let len = markup(rest);
        if len == 0 {
            let end = rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(at, _)| at);
            text(&mut out, &rest[..end], kept, after_block);
            (after_block, rest) = (false, &rest[end..]);
            continue;
        }
        let (tag, after) = rest.split_at(len);
        rest = after;
        let name = tag.trim_start_matches(['<', '/']).split([' ', '>', '/', '\n']).next().unwrap_or_default();
        let in_text = tags::is_span(name);
        if !in_text && !kept {
            out.truncate(out.trim_end_matches([' ', '\n', '\t']).len());
        }
        after_block = !in_text;
        if name == "pre" {
            kept = !tag.starts_with("</");
        }
        element(&mut out, tag, name);
        if matches!(name, "script" | "style") && !tag.starts_with("</") {
            let end = rest.to_lowercase().find(&format!("</{name}")).unwrap_or(rest.len()).min(rest.len());
            out.push_str(&rest[..end]);
            rest = &rest[end..];
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The length of a tag or a comment at the start of a text.
fn markup(text: &str) -> usize {
    if text.starts_with("<!--") {
        return text.find("-->").map_or(0, |end| end + 3);
    }
    let name = text.strip_prefix("</").or(text.strip_prefix('<')).unwrap_or_default();
    match name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        true => text.find('>').map_or(0, |end| end + 1),
        false => 0,
    }
}

fn text(out: &mut String, text: &str, kept: bool, after_block: bool) {
    let text = resolved(text);
    if kept {
        return out.push_str(&text);
    }
    let is_space = |c: char| matches!(c, ' ' | '\n' | '\t');
    let mut rest = if after_block { text.trim_start_matches(is_space) } else { &*text };
    while let Some(at) = rest.find('\n') {
        let (before, after) = rest.split_at(at);
        out.push_str(before.trim_end_matches(is_space));
        if !out.ends_with('\n') {
            out.push('\n');
        }
        rest = after.trim_start_matches(is_space);
    }
    out.push_str(rest);
}

fn element(out: &mut String, tag: &str, name: &str) {
    let Some(open) = tag.strip_prefix('<').filter(|open| !open.starts_with(['/', '!'])) else {
        return out.push_str(tag);
    };
    let inner = open.strip_suffix('>').unwrap_or(open);
    let (inner, closed) = inner.strip_suffix(" /").map_or((inner, false), |inner| (inner, true));
    let parts: Vec<&str> = inner[name.len()..].split_inclusive('"').collect();
    let mut pairs: Vec<String> = parts.chunks(2).map(|pair| resolved(&pair.concat())).collect();
    pairs.sort();
    out.push('<');
    out.push_str(name);
    pairs.iter().for_each(|pair| out.push_str(pair));
    out.push_str(if closed { " />" } else { ">" });
    if closed && !tags::has_no_body(name) {
        out.truncate(out.len() - 3);
        out.push_str(&format!("></{name}>"));
    }
}

/// Text with characters written in one way, as far as they need no reference.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(';').unwrap_or(0);
        let name = &rest[..end];
        let number = |digits: &str, radix: u32| {
            let valid = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
            valid.then(|| entities::numbered(digits, radix))
        };
        let character = match (name.strip_prefix("#x"), name.strip_prefix('#')) {
            (Some(digits), _) => number(digits, 16),
            (None, Some(digits)) => number(digits, 10),
            (None, None) => entities::named(name),
        };
        match character {
            Some('<') => out.push_str("&lt;"),
            Some('>') => out.push_str("&gt;"),
            Some('&') | None => out.push_str("&amp;"),
            Some(character) => out.push(character),
        }
        if character.is_some() {
            rest = &rest[end + 1..];
        }
    }
    out.push_str(rest);
    out
}
