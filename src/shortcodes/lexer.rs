//! Tags of shortcodes, as Hugo 0.168 cuts them out of a page (`parser/pageparser/pagelexer_shortcode.go`): before Markdown
//! is read, so in code as well.

use std::collections::HashSet;

use memchr::memmem;

use super::{Broken, Param, Role, Tag};
use crate::text::Span;

/// The tags from a byte on, also those that are broken: Hugo stops at the first of these, here the next one is looked for.
pub(super) fn read(text: &str, from: usize) -> Vec<Tag> {
    let mut lexer = Lexer { text, at: from, right: "", named: HashSet::new(), inline: None };
    let mut tags = Vec::new();
    while let Some(open) = lexer.next_open() {
        if lexer.text[open + 3..].starts_with("/*") {
            match memmem::find(&text.as_bytes()[open + 3..], ["*/", lexer.right].concat().as_bytes()) {
                Some(close) => {
                    lexer.at = open + 3 + close + 2 + lexer.right.len();
                    let role = Role::Shows;
                    tags.push(Tag { span: Span::new(open, lexer.at), role, ..Tag::broken(Span::empty(open), None) });
                }
                None => {
                    tags.push(Tag::broken(Span::new(open, open + 5), Some(Broken::Comment)));
                    lexer.at = open + 5;
                }
            }
            continue;
        }
        lexer.at = open + 3;
        tags.push(lexer.tag(open));
    }
    tags
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    /// What closes the tag.
    right: &'static str,
    /// The names of all tags so far, which alone can be closed.
    named: HashSet<&'t str>,
    /// The inline shortcode that is open.
    inline: Option<&'t str>,
}

/// What parameters a tag has.
#[derive(PartialEq)]
enum Params {
    None,
    Positional,
    Named,
}

impl<'t> Lexer<'t> {
    /// The next `{{<` or `{{%`.
    fn next_open(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            let open = self.at + memmem::find(&bytes[self.at..], b"{{")?;
            self.right = match bytes.get(open + 2) {
                Some(b'<') => ">}}",
                Some(b'%') => "%}}",
                _ => {
                    self.at = open + 1;
                    continue;
                }
            };
            return Some(open);
        }
    }

    fn tag(&mut self, open: usize) -> Tag {
        let mut tag = Tag {
            span: Span::new(open, open),
            name: Span::empty(self.at),
            role: Role::Opens,
            params: Vec::new(),
            broken: None,
        };
        if let Some(name) = self.inline
            && !self.closes(name)
        {
            tag.broken = Some(Broken::InInline);
        } else if let Err(broken) = self.inside(&mut tag) {
            let is_of_the_end = !matches!(broken, Broken::OtherEnd | Broken::Nameless | Broken::NothingOpen);
            tag.broken = Some(if is_of_the_end && self.lacks_end(open) { Broken::Unclosed } else { broken });
        }
        match tag.broken {
            // Nobody knows where the author saw its end.
            Some(_) => self.at = tag.name.end.max(open + 3),
            None => self.at += self.right.len(),
        }
        tag.span.end = self.at;
        tag
    }

    fn closes(&self, name: &str) -> bool {
        let rest = self.text[self.at..].trim_start().strip_prefix('/').map(str::trim_start);
        rest.and_then(|rest| rest.strip_prefix(name)).is_some_and(|rest| rest.starts_with(' '))
    }

    /// Whether another tag, a blank line or the end of the text comes before what would close it.
    fn lacks_end(&self, open: usize) -> bool {
        let rest = &self.text[open + 3..];
        // What closes it stands before the next tag, or nowhere.
        let own = &rest[..memmem::find(rest.as_bytes(), b"{{").unwrap_or(rest.len())];
        let close = own.find(self.right);
        close.is_none_or(|close| ["\n\n", "\r\n\r\n"].iter().any(|blank| own[..close].contains(blank)))
    }

    fn inside(&mut self, tag: &mut Tag) -> Result<(), Broken> {
        let mut params = Params::None;
        // The name that a value is still to follow.
        let mut last: Option<Span> = None;
        let (mut is_named, mut is_closing) = (false, false);
        loop {
            if self.rest().starts_with(self.right) {
                let is_end = matches!(tag.role, Role::Closes | Role::ClosesItself);
                return if is_named || is_end { Ok(()) } else { Err(Broken::Nameless) };
            }
            let sign = self.next().ok_or(Broken::Unclosed)?;
            match sign {
                _ if is_space(sign) => {}
                '=' => {
                    self.skip(is_space);
                    let start = self.at;
                    self.value()?;
                    tag.params.push(Param { name: last.take(), value: Span::new(start, self.at) });
                }
                '/' => {
                    if self.named.is_empty() {
                        return Err(Broken::NothingOpen);
                    }
                    tag.role = if is_named { Role::ClosesItself } else { Role::Closes };
                    self.inline = None;
                    (is_named, is_closing) = (false, true);
                }
                '\\' => {
                    if self.rest().starts_with(['"', '`']) {
                        if self.rest().starts_with('`') {
                            return Err(Broken::Escape);
                        }
                        let start = self.at;
                        self.quoted(false)?;
                        tag.params.push(Param { name: None, value: Span::new(start, self.at) });
                        params = one_more(params, Params::Positional)?;
                    }
                }
                '"' | '`' if is_named => {
                    self.at -= 1;
                    params = one_more(params, Params::Positional)?;
                    let start = self.at;
                    self.text_in_signs()?;
                    tag.params.push(Param { name: None, value: Span::new(start, self.at) });
                }
                _ if is_named && is_word(sign) => {
                    let start = self.at - sign.len_utf8();
                    self.skip(|sign| is_word(sign) || sign == '.');
                    let kind = if self.rest().starts_with('=') { Params::Named } else { Params::Positional };
                    let word = Span::new(start, self.at);
                    match kind {
                        Params::Named => last = Some(word),
                        _ => tag.params.push(Param { name: None, value: word }),
                    }
                    params = one_more(params, kind)?;
                }
                _ if is_word(sign) && sign != '-' => {
                    self.at -= sign.len_utf8();
                    let is_sign = tag.role == Role::ClosesItself;
                    let name = self.name().map_err(|broken| if is_sign { Broken::Sign('/') } else { broken })?;
                    if is_closing {
                        self.inline = None;
                        if !self.named.contains(&self.text[name]) {
                            // `/` in a parameter that has no quotes looks like an end.
                            let is_end = tag.role == Role::Closes;
                            tag.name = if is_end { name } else { tag.name };
                            return Err(if is_end { Broken::NothingOpen } else { Broken::Sign('/') });
                        }
                        tag.name = if tag.role == Role::Closes { name } else { tag.name };
                        self.skip(is_space);
                        let is_whole = self.rest().starts_with(self.right);
                        return if is_whole { Ok(()) } else { Err(Broken::Unclosed) };
                    }
                    tag.name = name;
                    self.named.insert(&self.text[name]);
                    is_named = true;
                }
                '>' | '%' if self.rest().starts_with("}}") => return Err(Broken::OtherEnd),
                sign => return Err(Broken::Sign(sign)),
            }
        }
    }

    fn name(&mut self) -> Result<Span, Broken> {
        let start = self.at;
        loop {
            self.skip(|sign| is_word(sign) || sign == '/');
            if !self.rest().starts_with('.') {
                break;
            }
            self.at += 1;
            if !self.rest().starts_with("inline ") {
                return Err(Broken::Period);
            }
            self.inline = Some(&self.text[start..self.at + "inline".len()]);
        }
        Ok(Span::new(start, self.at))
    }

    /// What stands behind `=`.
    fn value(&mut self) -> Result<(), Broken> {
        self.skip(is_space);
        match self.rest().chars().next() {
            Some('"' | '`') => self.text_in_signs(),
            Some('\\') => self.quoted(false),
            _ => {
                self.skip(|sign| !is_space(sign));
                Ok(())
            }
        }
    }

    fn text_in_signs(&mut self) -> Result<(), Broken> {
        if self.rest().starts_with('"') {
            return self.quoted(true);
        }
        self.at += 1;
        let close = memmem::find(self.rest().as_bytes(), b"`").ok_or(Broken::Quote('`'))?;
        self.at += close + 1;
        Ok(())
    }

    /// A text in quotes, which ends on its line; in one whose quotes have backslashes themselves, others end it.
    fn quoted(&mut self, has_escapes: bool) -> Result<(), Broken> {
        let (mut is_open, mut is_escaped) = (false, false);
        loop {
            match self.next() {
                None | Some('\n') => return Err(Broken::Quote('"')),
                Some('\\') if self.rest().starts_with('"') => match is_open {
                    true if has_escapes => is_escaped = true,
                    true => {
                        self.at += 1;
                        return Ok(());
                    }
                    false => {}
                },
                Some('\\') if self.rest().starts_with('`') => return Err(Broken::Escape),
                Some('"') if is_escaped => is_escaped = false,
                Some('"') if is_open => return Ok(()),
                Some('"') => is_open = true,
                Some(_) => {}
            }
        }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn next(&mut self) -> Option<char> {
        let sign = self.rest().chars().next()?;
        self.at += sign.len_utf8();
        Some(sign)
    }

    fn skip(&mut self, takes: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|sign| !takes(sign)).unwrap_or(rest.len());
    }
}

/// A tag has parameters with names, or without.
fn one_more(params: Params, kind: Params) -> Result<Params, Broken> {
    if params == Params::None || params == kind { Ok(kind) } else { Err(Broken::Mixed) }
}

fn is_space(sign: char) -> bool {
    matches!(sign, '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ')
}

fn is_word(sign: char) -> bool {
    matches!(sign, '_' | '-') || sign.is_alphabetic() || sign.is_numeric()
}
