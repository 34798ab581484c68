//! HTML without what makes no difference: white space between blocks, the order of attributes, the way in which
//! characters are written. It judges our pages, so it knows HTML by itself and uses no table of ours.

/// What stands in running text (HTML, "phrasing content", and what was so before): around all else, white space makes no
/// difference.
#[rustfmt::skip]
const PHRASING: &[&str] = &[
    "a", "abbr", "acronym", "audio", "b", "bdi", "bdo", "big", "br", "button", "cite", "code", "data", "datalist", "del",
    "dfn", "em", "font", "i", "img", "input", "ins", "kbd", "label", "map", "mark", "meter", "output", "picture",
    "progress", "q", "rb", "rbc", "rp", "rt", "rtc", "ruby", "s", "samp", "select", "small", "span", "strike", "strong",
    "sub", "sup", "svg", "time", "tt", "u", "var", "video", "wbr",
];

/// What has no end tag (HTML, "void elements", and what was so before).
#[rustfmt::skip]
const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "command", "embed", "frame", "hr", "img", "input", "isindex", "keygen", "link",
    "meta", "param", "source", "track", "wbr",
];

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
        let in_text = PHRASING.contains(&name);
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
    if closed && !VOID.contains(&name) {
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
        let reference = format!("&{name};");
        let meant = htmlize::unescape(&*reference);
        match &*meant {
            "<" => out.push_str("&lt;"),
            ">" => out.push_str("&gt;"),
            "&" => out.push_str("&amp;"),
            unknown if unknown == reference => {
                out.push_str("&amp;");
                continue;
            }
            character => out.push_str(character),
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    out
}
