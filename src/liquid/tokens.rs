//! Where Liquid cuts a text: Liquid 5.4.0, `TemplateParser` in `liquid.rb`, `FullToken` and `ContentOfVariable` in
//! `block_body.rb`.

use memchr::{memchr2_iter, memmem};

use crate::text::Span;

/// What begins with `{{` or `{%`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Its bytes; only the two that open it where nothing ends it.
    pub span: Span,
    /// What it is.
    pub shape: Shape,
}

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `{{ … }}` with what stands between.
    Output(Span),
    /// `{% name … %}` with its name, and what follows that.
    Tag(Span, Span),
    /// `{{` that no `}}` ends: the first `}` behind it stands alone, or there is none.
    UnclosedOutput,
    /// `{{ … }}` with a quote that nothing closes, so that liquidjs finds no end.
    OpenQuote,
    /// `{%` that no `%}` ends.
    UnclosedTag,
    /// `{% … %}` that does not begin with a name.
    Nameless,
}

/// Whether Ruby's `\s` takes a byte.
pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)
}

/// Whether Ruby's `\w` takes a byte.
pub(crate) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Cuts a stretch of a text; what lies between the tokens is text.
pub(crate) fn read(text: &str, within: Span) -> Vec<Token> {
    let bytes = &text.as_bytes()[..within.end];
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = within.start;
    let mut tag_ends = Ends::new(bytes, b"%}");
    let mut output_ends = Ends::new(bytes, b"}");
    for second in memchr2_iter(b'{', b'%', &bytes[within]).map(|at| within.start + at) {
        let Some(open) = second.checked_sub(1).filter(|&open| open >= end && bytes[open] == b'{') else { continue };
        let token = match bytes[second] {
            b'%' => tag(bytes, open, &mut tag_ends),
            _ => output(bytes, open, &mut output_ends),
        };
        end = token.span.end;
        tokens.push(token);
    }
    tokens
}

/// The ends of what is open; however many are open, no byte is looked at twice.
struct Ends<'t> {
    bytes: &'t [u8],
    needle: &'static [u8],
    /// Where the last one that was asked for stands.
    found: Option<usize>,
    /// Whether there is none behind it.
    over: bool,
}

impl<'t> Ends<'t> {
    fn new(bytes: &'t [u8], needle: &'static [u8]) -> Self {
        Ends { bytes, needle, found: None, over: false }
    }

    /// The first at a byte or behind it; the bytes asked for go up.
    fn after(&mut self, from: usize) -> Option<usize> {
        if self.found.is_none_or(|found| found < from) && !self.over {
            self.found = memmem::find(&self.bytes[from..], self.needle).map(|at| from + at);
            self.over = self.found.is_none();
        }
        self.found
    }
}

fn tag(bytes: &[u8], open: usize, ends: &mut Ends) -> Token {
    let inner = open + 2;
    let Some(close) = ends.after(inner) else {
        return Token { span: Span::new(open, inner), shape: Shape::UnclosedTag };
    };
    let span = Span::new(open, close + 2);
    let start = inner + usize::from(bytes[inner] == b'-');
    let name = start + bytes[start..close].iter().take_while(|&&byte| is_space(byte)).count();
    let length = match bytes[name..close].first() {
        Some(b'#') => 1,
        _ => bytes[name..close].iter().take_while(|&&byte| is_word(byte)).count(),
    };
    if length == 0 {
        return Token { span, shape: Shape::Nameless };
    }
    let name = Span::new(name, name + length);
    let markup = name.end + bytes[name.end..close].iter().take_while(|&&byte| is_space(byte)).count();
    let stop = close - usize::from(close > markup && bytes[close - 1] == b'-');
    Token { span, shape: Shape::Tag(name, Span::new(markup, stop)) }
}

fn output(bytes: &[u8], open: usize, ends: &mut Ends) -> Token {
    let inner = open + 2;
    let unclosed = Token { span: Span::new(open, inner), shape: Shape::UnclosedOutput };
    let Some(close) = ends.after(inner) else { return unclosed };
    if bytes.get(close + 1) != Some(&b'}') {
        return Token { span: Span::new(open, close + 1), ..unclosed };
    }
    let start = inner + usize::from(close > inner && bytes[inner] == b'-');
    let stop = close - usize::from(close > start && bytes[close - 1] == b'-');
    Token { span: Span::new(open, close + 2), shape: Shape::Output(Span::new(start, stop)) }
}

/// The last tag in a token that can end `raw`, if its name is the one asked for: `FullTokenPossiblyInvalid` in
/// `tags/raw.rb`, which lets any text stand before the tag, and no `-` within.
pub(crate) fn closing_in(text: &str, token: &Token, name: &str) -> Option<(Span, Span)> {
    let Span { start, end } = token.span;
    let bytes = text.as_bytes();
    if !bytes[..end].ends_with(b"%}") {
        return None;
    }
    for open in memmem::rfind_iter(&bytes[start..end - 2], b"{%").map(|at| start + at) {
        let word = open + 2 + bytes[open + 2..end - 2].iter().take_while(|&&byte| is_space(byte)).count();
        let length = bytes[word..end - 2].iter().take_while(|&&byte| is_word(byte)).count();
        if length > 0 {
            return (&text[word..word + length] == name)
                .then(|| (Span::new(open, end), Span::new(word, word + length)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        for (text, expected) in [
            ("a {{ b }} c", vec!["{{ b }}= b "]),
            ("{{- b -}}", vec!["{{- b -}}= b "]),
            ("{{-}} {{}}", vec!["{{-}}=", "{{}}="]),
            ("{{a} b}}", vec!["{{a}!"]),
            ("{{{a}}}", vec!["{{{a}}={a"]),
            ("{{a", vec!["{{!"]),
            ("{%- if  a -%}", vec!["{%- if  a -%}=if(a )"]),
            ("{%if(a)%}", vec!["{%if(a)%}=if((a))"]),
            ("{%#a%}", vec!["{%#a%}=#(a)"]),
            ("{%%} {%- -%}", vec!["{%%}?", "{%- -%}?"]),
            ("{%} b %} c", vec!["{%} b %}?"]),
            ("{% a {% b %}", vec!["{% a {% b %}=a({% b )"]),
            ("{% a", vec!["{%!"]),
            ("{% a }} {% {{ b }}", vec!["{%!", "{%!", "{{ b }}= b "]),
            ("{{% a %}}", vec!["{{% a %}}=% a %"]),
            ("{", vec![]),
        ] {
            let shown = |token: Token| {
                let whole = &text[token.span];
                match token.shape {
                    Shape::Output(markup) => format!("{whole}={}", &text[markup]),
                    Shape::Tag(name, markup) => format!("{whole}={}({})", &text[name], &text[markup]),
                    Shape::UnclosedOutput | Shape::OpenQuote | Shape::UnclosedTag => format!("{whole}!"),
                    Shape::Nameless => format!("{whole}?"),
                }
            };
            assert_eq!(
                read(text, Span::new(0, text.len())).into_iter().map(shown).collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn ends_of_raw() {
        for (text, end) in [
            ("{% endraw %}", Some("{% endraw %}")),
            ("{{ a {% endraw %}", Some("{% endraw %}")),
            ("{% a {%endraw b%}", Some("{%endraw b%}")),
            ("{%- endraw %}", None),
            ("{% endraw {% b %}", None),
            ("{% endraw {%- b %}", Some("{% endraw {%- b %}")),
        ] {
            let token = read(text, Span::new(0, text.len())).remove(0);
            assert_eq!(closing_in(text, &token, "endraw").map(|(span, _)| &text[span]), end, "{text}");
        }
    }
}
