//! What Hexo takes out of a text for Nunjucks before the Markdown engine reads it (8.1.2, `hexo/post.ts`,
//! `escapeAllSwigTags`).

use std::collections::{HashMap, HashSet};

use memchr::memmem;

use crate::text::Span;

/// A part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// What becomes of it.
    pub kind: Kind,
    /// Its bytes.
    pub span: Span,
}

/// What becomes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The Markdown engine reads it.
    Text,
    /// It is put back for Nunjucks, when the Markdown engine has read the rest.
    Tag,
    /// A comment of HTML, or code: nobody reads it.
    Apart,
    /// A comment of Nunjucks: it is gone.
    Gone,
}

/// Whether a text has anything for Nunjucks (`rSwigTag`); else it never gets to see it.
pub(super) fn has_any(text: &str) -> bool {
    let closes = |open: &str, close: &str| {
        let open = memmem::find(text.as_bytes(), open.as_bytes());
        open.is_some_and(|open| {
            let rest = text[open + 2..].char_indices().nth(1);
            rest.is_some_and(|(next, _)| text[open + 2 + next..].contains(close))
        })
    };
    closes("{{", "}}") || closes("{#", "#}") || closes("{%", "%}")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum State {
    #[default]
    Plain,
    Output,
    Comment,
    Tag,
    Block,
    HtmlComment,
    Code,
}

/// Cuts a text into its parts.
pub(super) fn cut(text: &str) -> Vec<Part> {
    let mut cutter = Cutter { text, bytes: text.as_bytes(), at: 0, state: State::Plain, from: 0, ..Cutter::default() };
    cutter.run();
    cutter.parts
}

#[derive(Default)]
struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    parts: Vec<Part>,
    at: usize,
    state: State,
    /// Where the text begins that nothing was made of yet.
    from: usize,
    /// Where what is open begins.
    open: usize,
    /// How many backticks opened code.
    ticks: usize,
    /// The name of the tag, and whether it is read.
    name: String,
    is_named: bool,
    /// The quote that is open in the tag.
    quote: Option<u8>,
    /// Where the tag that opens a block ends.
    opened: usize,
    /// Whether a quote stands in what is open.
    has_quote: bool,
    /// Whether `end` and a name stand anywhere, by the name.
    ends: HashMap<String, bool>,
    /// What ended nowhere, and ends nowhere further down either; blocks with their names.
    endless: HashSet<(State, String)>,
}

impl Cutter<'_> {
    fn run(&mut self) {
        loop {
            while self.at < self.bytes.len() {
                self.step();
            }
            match self.state {
                State::Block => _ = self.endless.insert((State::Block, self.name.clone())),
                // Quotes hide an end, others further down need not.
                state if !self.has_quote => _ = self.endless.insert((state, String::new())),
                _ => {}
            }
            match self.state {
                State::Plain => break,
                State::HtmlComment => {
                    self.put(Kind::Apart, self.bytes.len());
                    return;
                }
                // What is never closed is text, and is read again behind its first sign.
                State::Code => self.at = self.open + self.ticks,
                State::Block => self.at = self.opened,
                State::Output | State::Comment | State::Tag => self.at = self.open + 1,
            }
            self.quote = None;
            self.state = State::Plain;
        }
        self.put(Kind::Text, self.bytes.len());
    }

    fn begins(&self, sign: &str) -> bool {
        self.bytes[self.at..].starts_with(sign.as_bytes())
    }

    /// What was read up to a byte.
    fn put(&mut self, kind: Kind, end: usize) {
        let span = Span::new(self.from, end);
        self.from = end;
        match self.parts.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if kind == Kind::Text && last.kind == Kind::Text => last.span.end = end,
            _ => self.parts.push(Part { kind, span }),
        }
    }

    fn enter(&mut self, state: State, length: usize) {
        self.put(Kind::Text, self.at);
        (self.state, self.open, self.has_quote) = (state, self.at, false);
        self.at += length;
        if matches!(state, State::Output | State::Comment | State::Tag)
            && self.endless.contains(&(state, String::new()))
        {
            (self.state, self.at) = (State::Plain, self.open + 1);
        }
    }

    fn leave(&mut self, kind: Kind, end: usize) {
        self.put(kind, end);
        (self.state, self.at) = (State::Plain, end);
    }

    fn step(&mut self) {
        let byte = self.bytes[self.at];
        match self.state {
            State::Plain => self.plain(byte),
            State::Code => self.code(byte),
            State::Output | State::Tag => self.tag(byte),
            State::Comment if self.begins("#}") => self.leave(Kind::Gone, self.at + 2),
            State::HtmlComment if self.begins("-->") => self.leave(Kind::Apart, self.at + 3),
            State::Block if self.begins("{%") => {
                let close = self.text[self.at + 2..].find("%}").map(|length| self.at + 2 + length);
                let end = ["end", self.name.as_str()].concat();
                match close.filter(|&close| self.text[self.at + 2..close].contains(&end)) {
                    Some(close) => self.leave(Kind::Tag, close + 2),
                    None => self.at += 1,
                }
            }
            State::Comment | State::HtmlComment | State::Block => self.at += 1,
        }
    }

    fn plain(&mut self, byte: u8) {
        match byte {
            b'`' if self.at == 0 || self.bytes[self.at - 1] != b'\\' => {
                self.ticks = self.ticks_here();
                self.enter(State::Code, self.ticks);
            }
            b'{' if self.begins("{{") => self.enter(State::Output, 2),
            b'{' if self.begins("{#") => self.enter(State::Comment, 2),
            b'{' if self.begins("{%") => {
                self.enter(State::Tag, 2);
                self.name.clear();
                self.is_named = false;
            }
            b'<' if self.begins("<!--") => self.enter(State::HtmlComment, 4),
            _ => self.at += 1,
        }
    }

    fn ticks_here(&self) -> usize {
        self.bytes[self.at..].iter().take_while(|&&byte| byte == b'`').count()
    }

    /// Whether the word that would end the block of the tag stands anywhere.
    fn has_end(&mut self) -> bool {
        if let Some(&known) = self.ends.get(&self.name) {
            return known;
        }
        let has_end = !self.name.is_empty() && self.text.contains(&["end", self.name.as_str()].concat());
        self.ends.insert(self.name.clone(), has_end);
        has_end
    }

    /// Code in running text ends at a blank line, and may hold `raw`.
    fn code(&mut self, byte: u8) {
        let blank = ["\n\n", "\r\n\r\n", "\r\n\n", "\n\r\n"];
        if blank.iter().any(|blank| self.begins(blank)) {
            self.at = self.open + self.ticks;
            self.state = State::Plain;
        } else if byte == b'{' && tag_named(&self.text[self.at..], "raw") {
            match (self.at..self.text.len())
                .filter(|&at| self.bytes[at] == b'{')
                .find(|&at| tag_named(&self.text[at..], "endraw"))
            {
                Some(close) => {
                    self.put(Kind::Text, self.at);
                    let end = close + self.text[close..].find("%}").map_or(0, |length| length + 2);
                    self.put(Kind::Tag, end);
                    self.at = end;
                }
                None => self.at += 1,
            }
        } else if byte == b'`' {
            let ticks = self.ticks_here();
            match ticks == self.ticks {
                true => self.leave(Kind::Text, self.at + ticks),
                false => self.at += 1,
            }
        } else {
            self.at += 1;
        }
    }

    fn tag(&mut self, byte: u8) {
        if matches!(byte, b'"' | b'\'') {
            self.has_quote = true;
            match self.quote {
                None => self.quote = Some(byte),
                Some(open) if open == byte => self.quote = None,
                Some(_) => {}
            }
        }
        let is_free = self.quote.is_none();
        match self.state {
            State::Output if byte == b'}' && is_free => match self.begins("}}") {
                true => self.leave(Kind::Tag, self.at + 2),
                false => self.leave(Kind::Text, self.at + 1),
            },
            State::Tag if is_free && self.begins("%}") => {
                let end = self.at + 2;
                let has_end = self.has_end();
                match has_end {
                    // Nothing ends it, as is known, so that it is text.
                    true if self.endless.contains(&(State::Block, self.name.clone())) => {
                        (self.state, self.at) = (State::Plain, end);
                    }
                    true => (self.state, self.opened, self.at) = (State::Block, end, end),
                    false => self.leave(Kind::Tag, end),
                }
            }
            State::Tag => {
                let is_space = matches!(byte, b'\r' | b'\n' | b'\t' | 0x0c | 0x0b | b' ');
                match is_space {
                    true => self.is_named |= !self.name.is_empty(),
                    false if !self.is_named => {
                        let sign = self.text[self.at..].chars().next().unwrap_or_default();
                        self.name.push(sign);
                        self.at += sign.len_utf8() - 1;
                    }
                    false => {}
                }
                self.at += 1;
            }
            _ => self.at += 1,
        }
    }
}

/// Whether a tag of this name and nothing else begins here.
fn tag_named(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix("{%").map(|rest| rest.trim_start_matches(' '));
    let rest = rest.and_then(|rest| rest.strip_prefix(name)).map(|rest| rest.trim_start_matches(' '));
    rest.is_some_and(|rest| rest.starts_with("%}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_texts() {
        for (text, expected) in [
            ("a {% b %} c", "a |[{% b %}]| c"),
            ("`{% b %}` {{ c }}", "`{% b %}` |[{{ c }}]"),
            ("`a\n\n{% b %}`", "`a\n\n|[{% b %}]|`"),
            ("{% q %}a *b*{% endq %} c", "[{% q %}a *b*{% endq %}]| c"),
            ("{% q %}a", "[{% q %}]|a"),
            ("a {{ b", "a {{ b"),
            ("{{ b } c }}", "{{ b } c }}"),
            ("{{ '}}' }}x", "[{{ '}}' }}]|x"),
            ("a {# b #} c", "a |~{# b #}~| c"),
            ("${#a} b", "${#a} b"),
            ("<!-- {{ a }} --> b", "<<!-- {{ a }} -->>| b"),
            ("<!-- {{ a }}", "<<!-- {{ a }}>"),
            ("{% img 'a %} b", "{% img 'a %} b"),
            ("`{% raw %}{{ a }}{% endraw %}`", "`|[{% raw %}{{ a }}{% endraw %}]|`"),
            ("{% endq %}{% q %}a", "[{% endq %}]|{% q %}a"),
            ("\\`{{ a }}\\`", "\\`|[{{ a }}]|\\`"),
            ("{%%a%%}", "[{%%a%%}]"),
        ] {
            let parts = cut(text);
            let shown: Vec<String> = parts
                .iter()
                .map(|part| match part.kind {
                    Kind::Text => text[part.span].to_owned(),
                    Kind::Tag => format!("[{}]", &text[part.span]),
                    Kind::Apart => format!("<{}>", &text[part.span]),
                    Kind::Gone => format!("~{}~", &text[part.span]),
                })
                .collect();
            assert_eq!(shown.join("|"), expected, "{text}");
        }
        assert!(has_any("{{a}}") && has_any("a {#\nb\n#}") && !has_any("{{}}") && !has_any("${#a}"));
    }
}
