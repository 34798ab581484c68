//! Shortcodes of Zola 0.22.1 (`components/markdown/src/content.pest`): `{{ photo(id="a") }}`, `{% note() %}…{% end %}`, and the
//! same with `/* */` to show them. They are looked for before Markdown is read, so in code as well; what is no call with
//! literals is text.

use super::{Call, Fault, Kind, Known, Role, Tag, Template};
use crate::text::Span;

/// A tag that Zola finds.
struct Found {
    tag: Tag,
    /// `{% … %}`, which has content.
    is_block: bool,
    is_shown: bool,
}

/// What stops the build in a text from a byte on, in order.
pub(super) fn faults(text: &str, from: usize, known: &Known) -> Vec<(Tag, Fault)> {
    let mut faults = Vec::new();
    let mut open: Vec<Found> = Vec::new();
    for found in read(text, from) {
        let is_unknown =
            found.tag.role != Role::Closes && !found.is_shown && known.template(&text[found.tag.name]).is_none();
        // What is shown is not called.
        if is_unknown && !open.iter().any(|open| open.is_shown) {
            faults.push((found.tag.clone(), Fault::Unknown));
        }
        match found.tag.role {
            Role::Opens if found.is_block => open.push(found),
            Role::Closes => match open.pop() {
                Some(opening) if opening.is_shown == found.is_shown => {
                    let content = &text[opening.tag.span.end..found.tag.span.start];
                    if if found.is_shown { content.is_empty() } else { content.trim_matches(WHITE).is_empty() } {
                        faults.push((opening.tag, Fault::Empty));
                    }
                }
                other => {
                    faults.push((found.tag, Fault::NothingOpen));
                    open.extend(other);
                }
            },
            _ => {}
        }
    }
    faults.extend(open.into_iter().map(|open| (open.tag, Fault::NeverClosed)));
    faults.sort_by_key(|(tag, _)| tag.span.start);
    faults
}

/// The shortcodes of a text from a byte on, in order.
pub(super) fn calls<'k>(text: &str, from: usize, known: &'k Known) -> Vec<Call<'k>> {
    let mut calls: Vec<Call> = Vec::new();
    // Those that are open, with the calls that stand before them beside them.
    let mut open: Vec<(Found, Vec<Call>)> = Vec::new();
    for found in read(text, from) {
        match found.tag.role {
            Role::Opens if found.is_block => open.push((found, std::mem::take(&mut calls))),
            Role::Closes => {
                let Some((opening, beside)) = open.pop() else { continue };
                let inner = std::mem::replace(&mut calls, beside);
                let content = trimmed(text, Span::new(opening.tag.span.end, found.tag.span.start));
                let span = Span::new(opening.tag.span.start, found.tag.span.end);
                // What is shown holds no calls.
                match opening.is_shown {
                    true => calls.extend([&opening, &found].map(|end| call(text, &end.tag, Kind::Shown, known))),
                    false => {
                        let kind = kind(known.template(&text[opening.tag.name]));
                        let opening = call(text, &opening.tag, kind, known);
                        calls.push(Call { span, content: Some(content), inner, ..opening });
                    }
                }
            }
            _ => {
                let kind = if found.is_shown { Kind::Shown } else { kind(known.template(&text[found.tag.name])) };
                calls.push(call(text, &found.tag, kind, known));
            }
        }
    }
    for (_, beside) in open.into_iter().rev() {
        let inner = std::mem::replace(&mut calls, beside);
        calls.extend(inner);
    }
    calls
}

fn call<'k>(text: &str, tag: &Tag, kind: Kind, known: &'k Known) -> Call<'k> {
    let template = known.template(&text[tag.name]).filter(|_| kind != Kind::Shown);
    Call { span: tag.span, name: tag.name, content: None, kind, template, inner: Vec::new() }
}

/// What `note.md` prints is read as Markdown, and what `note.html` prints is not (`ShortcodeFileType`).
fn kind(template: Option<&Template>) -> Kind {
    if template.is_some_and(|template| template.is_markdown) { Kind::Read } else { Kind::Printed }
}

const WHITE: [char; 4] = [' ', '\t', '\r', '\n'];

fn trimmed(text: &str, span: Span) -> Span {
    let content = text[span].trim_end();
    Span::new(span.start + content.len() - content.trim_start().len(), span.start + content.len())
}

fn read(text: &str, from: usize) -> Vec<Found> {
    let mut found = Vec::new();
    let mut at = from;
    while let Some(next) = memchr::memchr(b'{', &text.as_bytes()[at..]) {
        at += next;
        match Lexer::new(text, at).tag() {
            Some(tag) => {
                at = tag.tag.span.end;
                found.push(tag);
            }
            None => at += 1,
        }
    }
    found
}

struct Lexer<'t> {
    text: &'t str,
    start: usize,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Lexer { text, start, at: start }
    }

    fn tag(mut self) -> Option<Found> {
        let is_block = match self.text.as_bytes().get(self.start + 1)? {
            b'{' => false,
            b'%' => true,
            _ => return None,
        };
        self.at += 2;
        let is_shown = self.takes("/*");
        let name = self.ident()?;
        let role = if is_block && &self.text[name] == "end" && !self.peeks("(") { Role::Closes } else { Role::Opens };
        if role == Role::Opens {
            self.takes("(").then_some(())?;
            while !self.takes(")") {
                self.parameters()?;
            }
        }
        let close = match (is_shown, is_block) {
            (true, true) => "*/%}",
            (true, false) => "*/}}",
            (false, true) => "%}",
            (false, false) => "}}",
        };
        self.takes(close).then_some(())?;
        let span = Span::new(self.start, self.at);
        Some(Found { tag: Tag { span, name, role, params: Vec::new(), broken: None }, is_block, is_shown })
    }

    fn parameters(&mut self) -> Option<()> {
        loop {
            self.ident()?;
            self.takes("=").then_some(())?;
            self.literal()?;
            // Behind a comma there must be one more.
            if !self.takes(",") {
                return Some(());
            }
        }
    }

    fn literal(&mut self) -> Option<()> {
        self.skip_white();
        let rest = &self.text[self.at..];
        if rest.starts_with("true") || rest.starts_with("false") {
            self.at += if rest.starts_with("true") { 4 } else { 5 };
            return Some(());
        }
        match rest.chars().next()? {
            quote @ ('"' | '\'' | '`') => {
                self.at += rest[1..].find(quote)? + 2;
                Some(())
            }
            '[' => {
                self.at += 1;
                while !self.takes("]") {
                    self.literal()?;
                    if !self.takes(",") {
                        return self.takes("]").then_some(());
                    }
                }
                Some(())
            }
            _ => self.number(),
        }
    }

    fn number(&mut self) -> Option<()> {
        let rest = &self.text[self.at..];
        let digits = |text: &str| text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        let sign = usize::from(rest.starts_with('-'));
        let whole = if rest[sign..].starts_with('0') { 1 } else { digits(&rest[sign..]) };
        let fraction = rest[sign + whole..].strip_prefix('.').map_or(0, digits);
        self.at += sign + whole + if fraction > 0 { fraction + 1 } else { 0 };
        (whole > 0).then_some(())
    }

    fn ident(&mut self) -> Option<Span> {
        self.skip_white();
        let rest = &self.text[self.at..];
        let length =
            rest.len() - rest.trim_start_matches(|sign: char| sign.is_ascii_alphanumeric() || sign == '_').len();
        let span = Span::new(self.at, self.at + length);
        self.at = span.end;
        (length > 0 && !rest.starts_with(|sign: char| sign.is_ascii_digit())).then_some(span)
    }

    fn peeks(&mut self, sign: &str) -> bool {
        self.skip_white();
        self.text[self.at..].starts_with(sign)
    }

    fn takes(&mut self, sign: &str) -> bool {
        // The sign of a comment stands right behind the braces.
        let is_it = if sign == "/*" { self.text[self.at..].starts_with(sign) } else { self.peeks(sign) };
        self.at += if is_it { sign.len() } else { 0 };
        is_it
    }

    fn skip_white(&mut self) {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start_matches(WHITE).len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shortcodes::Dialect;

    fn said(text: &str) -> Vec<(usize, Fault)> {
        let mut known = Known { dialect: Dialect::Called, ..Known::default() };
        for name in ["note", "photo"] {
            known.add(name, Template::default());
        }
        faults(text, 0, &known).into_iter().map(|(tag, fault)| (tag.span.start, fault)).collect()
    }

    /// By the grammar, and by Zola 0.22.1 where `tests/data` has it.
    #[test]
    fn what_builds() {
        for text in [
            "{{ photo() }}",
            "{{photo(id=1)}}",
            "{{ photo ( id = \"a\" , b = true ) }}",
            "{{ photo(id=1,\nb='x', c=`y`, d=[1, -2.5, [\"z\"]], e=[]) }}",
            "{% note() %}x{% end %}",
            "{% note() %}{{ photo() }}{% end %}",
            "{% note() %}{% note() %}x{% end %}{% end %}",
            "{{/* nope() */}} {%/* nope() */%}x{%/* end */%}",
            "{%/* nope() */%}{{ nope() }}{%/* end */%}",
            "{{ nope }} {% nope %} {{ nope | upper }} {{ a::nope() }}",
            "{{ nope(id=a) }} {{ nope(1) }} {{ nope(a=1,) }} {{ nope(a=01) }}",
            "{{ nope(id=\"a\"",
            "{%- nope() -%} {{- nope() -}} {{ /* nope() */ }}",
            "\\frac{{a}}{b} {% raw %}x{% endraw %} {# c #} {{",
            "{{ nope(a = .5) }} {{ nope(a=-) }} {{ 1nope() }}",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }

    #[test]
    fn what_stops_the_build() {
        use Fault::{Empty, NeverClosed, NothingOpen, Unknown};
        for (text, at, fault) in [
            ("{{ nope() }}", 0, Unknown),
            ("`{{ nope(id=1) }}`", 1, Unknown),
            ("\\{{nope()}}", 1, Unknown),
            ("{{{ nope() }}}", 1, Unknown),
            ("{{ Photo() }}", 0, Unknown),
            ("{% note() %}{{ nope() }}{% end %}", 12, Unknown),
            ("{% note() %}\nx", 0, NeverClosed),
            ("{% note() %}x{% note() %}y{% end %}", 0, NeverClosed),
            ("{% note() %} \n {% end %}", 0, Empty),
            ("{% end %}", 0, NothingOpen),
            ("{% note() %}x{%/* end */%}{% end %}", 13, NothingOpen),
            ("{%/* note() */%}x{% end %}{%/* end */%}", 17, NothingOpen),
            ("{%/* note() */%}x", 0, NeverClosed),
        ] {
            assert_eq!(said(text), [(at, fault)], "{text}");
        }
    }
}
