//! What the template of a shortcode prints, and what it does with that which stands between the tags: as much as its text
//! tells (Hugo 0.168, Go 1.25 `text/template/parse/lex.go`).

mod variants;

use std::sync::LazyLock;

use regex::Regex;

use super::hooks::STRING;
use crate::shortcodes::{Content, Piece};

/// What stands between the tags, as actions call it.
const INNER: &str = r"\$?\.Inner(?:Deindent)?\b";
/// What leaves prose as it is.
const HARMLESS: &str =
    r"(?:safe\.?HTML|(?:transform\.H|h)(?:tml|TML)Unescape|(?:strings\.C|c)homp|strings\.TrimSpace|emojify)";

static ASKS: LazyLock<Regex> = LazyLock::new(|| Regex::new(INNER).expect("a pattern"));
/// An action that prints it as it is.
static RAW: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"^{}(?:\s*\|\s*{HARMLESS})*$", as_it_is())).expect("a pattern"));
/// One that prints what the Markdown engine makes of it.
static MARKDOWN: LazyLock<Regex> = LazyLock::new(|| {
    let inner = as_it_is();
    let reads = r"(?:markdownify|transform\.Markdownify|\$?(?:\.Page)?\.RenderString)";
    let options = r"(?:\(dict[^()]*\)\s+)?";
    let pattern = format!(r"{inner}\s*\|\s*(?:{HARMLESS}\s*\|\s*)*{reads}\b|(?:^|[\s(]){reads}\s+{options}\(?{inner}");
    Regex::new(&pattern).expect("a pattern")
});
/// Elements and the like of which the text is no prose.
static APART: LazyLock<Regex> = LazyLock::new(|| {
    const PATTERN: &str = r"(?i)<(?:pre|code|script|style|svg|textarea|template|noscript|math|title|kbd|samp|!--)|mermaid|data-markdown|\bmarkdown\b";
    Regex::new(PATTERN).expect("a pattern")
});

fn as_it_is() -> String {
    let trims = r#"(?:strings\.)?[tT]rim"#;
    format!(r#"(?:{INNER}|\(?{trims}\s+{INNER}\s+""\)?|\(?{HARMLESS}\s+{INNER}\)?)"#)
}

/// What a template prints.
pub(super) struct Printed {
    /// What it does with that which stands between the tags.
    pub content: Content,
    /// All of it, where that is clear.
    pub pieces: Option<Vec<Piece>>,
}

/// A piece of a template.
#[derive(Clone)]
enum Token<'t> {
    Text(&'t str),
    /// Without what its strings say.
    Action(String),
}

/// Reads a template.
pub(super) fn read(text: &str) -> Printed {
    // What changes the way in which other shortcodes are read.
    let tokens = tokens(text).filter(|_| !text.contains("$_hugo_config"));
    let Some(mut tokens) = tokens else { return Printed { content: Content::Unknown, pieces: None } };
    follow_names(&mut tokens);
    Printed { content: content(text, &tokens), pieces: pieces(&tokens).or_else(|| variants::agreed(&tokens)) }
}

/// Puts `.Inner` in the place of what it is called: `$x` behind `{{ $x := .Inner }}`, the dot within `{{ with .Inner }}`.
fn follow_names(tokens: &mut [Token]) {
    let mut names: Vec<String> = Vec::new();
    // The actions that are open: whether the dot is what stands between the tags.
    let mut open: Vec<bool> = Vec::new();
    for token in tokens {
        let Token::Action(action) = token else { continue };
        for name in &names {
            *action = renamed(action, name);
        }
        if open.last() == Some(&true) {
            *action = renamed(action, ".");
        }
        match first_word(action) {
            "with" if action.strip_prefix("with").is_some_and(|rest| RAW.is_match(rest.trim())) => {
                open.push(true);
                *action = "if .Inner".to_owned();
            }
            "if" => open.push(open.last() == Some(&true)),
            "with" | "range" | "block" | "define" => open.push(false),
            "end" => drop(open.pop()),
            _ => {
                if let Some((name, _)) = action.split_once(":=").filter(|(_, value)| RAW.is_match(value.trim())) {
                    names.push(name.trim().to_owned());
                    action.clear();
                }
            }
        }
    }
}

fn renamed(action: &str, name: &str) -> String {
    let is_name = |word: &str| word.trim_matches(['(', ')']) == name;
    let words = action.split_inclusive([' ', '\n', '\t']);
    words
        .map(|word| if is_name(word.trim_end()) { word.replacen(name, ".Inner", 1) } else { word.to_owned() })
        .collect()
}

fn content(text: &str, tokens: &[Token]) -> Content {
    let actions = tokens.iter().filter_map(|token| match token {
        Token::Action(action) if ASKS.is_match(action) && !is_test(action) => Some(of_action(action)),
        _ => None,
    });
    let found: Vec<Content> = actions.collect();
    let first = found.first().copied().unwrap_or_default();
    match found.iter().all(|other| *other == first) {
        true if first == Content::Raw && APART.is_match(text) => Content::Other,
        true => first,
        false => Content::Unknown,
    }
}

/// Whether an action only asks whether something stands between the tags.
fn is_test(action: &str) -> bool {
    ["if ", "else if "].iter().any(|word| action.starts_with(word))
}

fn of_action(action: &str) -> Content {
    match first_word(action) {
        "highlight" | "transform" if action.contains("ighlight") => Content::Other,
        "with" | "range" | "block" | "template" | "define" | "else" => Content::Unknown,
        _ if MARKDOWN.is_match(action) => Content::Markdown,
        _ if RAW.is_match(action) => Content::Raw,
        _ => Content::Unknown,
    }
}

/// All that it prints; `None` where that depends on more than the text of the template.
fn pieces(tokens: &[Token]) -> Option<Vec<Piece>> {
    let mut pieces: Vec<Piece> = Vec::new();
    // The actions that are open, and whether text of what is told so far stands in a tag of HTML.
    let (mut depth, mut is_in_tag) = (0_usize, false);
    for token in tokens {
        match token {
            Token::Text(text) if depth == 0 => {
                if let Some(at) = text.rfind(['<', '>']) {
                    is_in_tag = text[at..].starts_with('<');
                }
                push_text(&mut pieces, text);
            }
            // What is printed at times is an attribute.
            Token::Text(text) if is_in_tag && !text.contains(['<', '>', '\n']) => {}
            Token::Text(text) if text.trim().is_empty() && !text.contains("\n\n") => {}
            Token::Text(_) => return None,
            Token::Action(action) => {
                let takes = ASKS.is_match(action);
                match first_word(action) {
                    "if" | "with" | "range" => {
                        depth += 1;
                        if takes && !is_test(action) {
                            return None;
                        }
                        if depth == 1 && is_in_tag {
                            push_text(&mut pieces, " ");
                        }
                    }
                    "end" => depth = depth.checked_sub(1)?,
                    "else" | "break" | "continue" => {}
                    _ if action.is_empty() => {}
                    "block" | "define" | "template" | "return" => return None,
                    _ if action.contains(":=") || action.contains(" = ") => {
                        if takes {
                            return None;
                        }
                    }
                    "errorf" | "warnf" | "erroridf" | "warnidf" => {}
                    _ if takes && depth > 0 => return None,
                    _ if takes => pieces.push(match of_action(action) {
                        Content::Raw => Piece::Content,
                        Content::Markdown => Piece::Markdown,
                        Content::Unknown | Content::Escaped | Content::Other => return None,
                    }),
                    // A partial can print whatever it likes.
                    _ if !is_in_tag && !action.contains(".Get") => return None,
                    _ if depth > 0 && !is_in_tag => return None,
                    _ if depth > 0 => {}
                    _ => pieces.push(Piece::Unknown),
                }
            }
        }
    }
    (depth == 0).then_some(pieces)
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

fn first_word(action: &str) -> &str {
    action.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default()
}

/// Cuts a template into text and actions, comments left out and white space trimmed where `{{-` and `-}}` say so.
fn tokens(text: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut trims = false;
    loop {
        let open = rest.find("{{");
        let (before, action) = rest.split_at(open.unwrap_or(rest.len()));
        let before = if trims { before.trim_start() } else { before };
        let trims_before = action.strip_prefix("{{-").is_some_and(|rest| rest.starts_with(char::is_whitespace));
        tokens.push(Token::Text(if trims_before { before.trim_end() } else { before }));
        if open.is_none() {
            return Some(tokens);
        }
        let inner = &action[if trims_before { 3 } else { 2 }..];
        let close = end_of_action(inner)?;
        let content = &inner[..close];
        let kept = content.strip_suffix('-').filter(|kept| kept.ends_with(char::is_whitespace) || kept.ends_with("*/"));
        trims = kept.is_some();
        let action = kept.unwrap_or(content).trim();
        if !action.starts_with("/*") {
            tokens.push(Token::Action(STRING.replace_all(action, "\"\"").into_owned()));
        }
        rest = &inner[close + 2..];
    }
}

/// Where the `}}` of an action stands, behind its strings.
fn end_of_action(text: &str) -> Option<usize> {
    if text.trim_start().starts_with("/*") {
        let end = text.find("*/")? + 2;
        return text[end..].find("}}").map(|at| end + at);
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'}' if bytes.get(at + 1) == Some(&b'}') => return Some(at),
            b'`' => at += text[at + 1..].find('`')? + 1,
            quote @ (b'"' | b'\'') => {
                at += 1;
                while *bytes.get(at)? != quote {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_the_content() {
        use Content::{Markdown, Other, Raw, Unknown};
        for (text, expected) in [
            ("<div>{{ .Inner }}</div>", Raw),
            ("<div>{{- .Inner | safeHTML -}}</div>", Raw),
            ("<div>{{ trim .Inner \"\\n\" }}</div>", Raw),
            ("{{ safeHTML .Inner }}", Raw),
            ("{{ .InnerDeindent }}", Raw),
            ("<p>{{ .Inner | markdownify }}</p>", Markdown),
            ("{{ markdownify .Inner }}", Markdown),
            ("{{ .Page.RenderString .Inner }}", Markdown),
            ("{{ .Inner | $.Page.RenderString (dict \"display\" \"block\") }}", Markdown),
            ("{{ .Page.RenderString (dict \"markup\" \"asciidoc\") .Inner }}", Markdown),
            ("{{ strings.TrimSpace .Inner | markdownify | safeHTML }}", Markdown),
            ("{{ if .Inner }}{{ .Inner | markdownify }}{{ end }}", Markdown),
            ("<pre>{{ .Inner }}</pre>", Other),
            ("<div class=\"mermaid\">{{ .Inner }}</div>", Other),
            ("<script type=\"text/tikz\">{{ .Inner | safeHTML }}</script>", Other),
            ("<i>{{ .Inner | safeJS }}</i>", Unknown),
            ("{{ highlight .Inner \"go\" \"\" }}", Other),
            ("{{ with .Inner }}{{ . | markdownify }}{{ end }}", Markdown),
            ("{{ with .Get 0 }}{{ . }}{{ end }}{{ .Inner }}", Raw),
            ("{{ with .Inner }}{{ with $.Get 0 }}{{ . | markdownify }}{{ end }}{{ . }}{{ end }}", Raw),
            ("{{ $x := .Inner }}{{ $x }}", Raw),
            ("{{ $x := trim .Inner \"\\n\" }}{{ $.Page.RenderString $x }}", Markdown),
            ("{{ $x := .Inner | markdownify }}{{ $x }}", Markdown),
            ("{{ (replace (.Inner | markdownify) \"<table>\" $t) | safeHTML }}", Markdown),
            ("{{ .Inner }}{{ .Inner | markdownify }}", Unknown),
            ("{{ .Inner | plainify }}", Unknown),
            ("{{ partial \"x\" .Inner }}", Unknown),
            ("{{ replace .Inner \"a\" \"b\" }}", Unknown),
            ("{{ replace .Inner \"a\" \"b\" | markdownify }}", Unknown),
            ("{{ .Parent.Inner }}", Unknown),
            ("{{ .Inner", Unknown),
            ("{{ $_hugo_config := `{ \"version\": 1 }` }}{{ .Inner }}", Unknown),
        ] {
            assert_eq!(read(text).content, expected, "{text}");
        }
    }

    #[test]
    fn what_is_printed() {
        let text = |text: &str| Piece::Text(text.to_owned());
        use Piece::{Content, Markdown, Unknown};
        for (template, expected) in [
            ("{{ .Inner }}", Some(vec![Content])),
            ("<div>\n\n{{ .Inner }}\n</div>", Some(vec![text("<div>\n\n"), Content, text("\n</div>")])),
            ("<b> {{- .Inner -}} </b>", Some(vec![text("<b>"), Content, text("</b>")])),
            ("<p class=\"{{ .Get 0 }}\">{{ .Inner }}", Some(vec![text("<p class=\""), Unknown, text("\">"), Content])),
            ("{{/* x */}}{{ .Get 0 }}", Some(vec![Unknown])),
            (
                "<p{{ with .Get 0 }} id=\"{{ . }}\"{{ end }}>{{ .Inner | markdownify }}</p>",
                Some(vec![text("<p >"), Markdown, text("</p>")]),
            ),
            ("{{ if .Get 0 }}<p>{{ end }}{{ .Inner }}", None),
            ("{{ partial \"x\" . }}{{ .Inner }}", None),
            ("{{ if true }}{{ .Inner }}{{ end }}", None),
            ("{{ $x := .Get 0 }}<i>{{ .Inner }}</i>", Some(vec![text("<i>"), Content, text("</i>")])),
        ] {
            assert_eq!(read(template).pieces, expected, "{template}");
        }
    }
}
