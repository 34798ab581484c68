//! Values of JavaScript as configs of math engines hold them: texts, numbers, lists and objects. What is computed is not
//! known.

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Literal {
    /// A text in quotes, escapes resolved.
    Text(String),
    /// A number, `true`, `null` or another word.
    Word(String),
    /// `[a, b]`
    List(Vec<Literal>),
    /// `{a: b}`
    Map(Vec<(String, Literal)>),
    /// Something that is computed, or put in by a template engine.
    Computed,
}

/// So deep a value may be.
const DEEPEST: usize = 16;

impl Literal {
    /// The value that a text begins with; `None` where it is cut off or none.
    pub(crate) fn read(text: &str) -> Option<Literal> {
        Reader { text, at: 0 }.value(0)
    }

    /// The text that it is.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Literal] {
        match self {
            Literal::List(items) => items,
            _ => &[],
        }
    }

    /// The value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Literal> {
        match self {
            Literal::Map(entries) => entries.iter().rfind(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Literal> {
        self.skip();
        let rest = &self.text[self.at..];
        let first = rest.chars().next()?;
        let value = match first {
            _ if depth > DEEPEST || rest.starts_with("{{") || rest.starts_with("{%") => return None,
            '[' => self.list(depth)?,
            '{' => self.map(depth)?,
            '"' | '\'' | '`' => Literal::Text(self.quoted()?),
            _ if is_word(first) || first == '-' => Literal::Word(self.word()),
            _ => return None,
        };
        self.skip();
        // What goes on behind a value computes another one.
        let ends = self.text[self.at..].starts_with([',', ']', '}', ';', ')', '<', '\n']) || self.at == self.text.len();
        let is_call = matches!(value, Literal::Word(_)) && !ends;
        if is_call { None } else { Some(value) }
    }

    fn list(&mut self, depth: usize) -> Option<Literal> {
        self.at += 1;
        let mut items = Vec::new();
        loop {
            self.skip();
            if self.take(']') {
                return Some(Literal::List(items));
            }
            items.push(self.value(depth + 1)?);
            self.skip();
            if !self.take(',') && !self.text[self.at..].starts_with(']') {
                return None;
            }
        }
    }

    fn map(&mut self, depth: usize) -> Option<Literal> {
        self.at += 1;
        let mut entries = Vec::new();
        loop {
            self.skip();
            if self.take('}') {
                return Some(Literal::Map(entries));
            }
            let key = match self.text[self.at..].chars().next()? {
                '"' | '\'' => self.quoted()?,
                first if is_word(first) => self.word(),
                _ => return None,
            };
            self.skip();
            if !self.take(':') {
                return None;
            }
            entries.push((key, self.entry(depth)?));
            self.skip();
            if !self.take(',') && !self.text[self.at..].starts_with('}') {
                return None;
            }
        }
    }

    /// A value of an object; of one that is computed the end is found by its brackets.
    fn entry(&mut self, depth: usize) -> Option<Literal> {
        let start = self.at;
        if let Some(value) = self.value(depth + 1)
            && self.text[self.at..].starts_with([',', '}'])
        {
            return Some(value);
        }
        self.at = start;
        let mut open = 0_usize;
        while let Some(next) = self.text[self.at..].chars().next() {
            match next {
                '"' | '\'' | '`' => {
                    self.quoted()?;
                    continue;
                }
                ',' | '}' if open == 0 => return Some(Literal::Computed),
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            self.at += next.len_utf8();
        }
        None
    }

    fn quoted(&mut self) -> Option<String> {
        let mut chars = self.text[self.at..].char_indices();
        let (_, quote) = chars.next()?;
        let mut value = String::new();
        while let Some((at, next)) = chars.next() {
            match next {
                _ if next == quote => {
                    self.at += at + quote.len_utf8();
                    return Some(value);
                }
                '\\' => value.extend(chars.next().map(|(_, escaped)| if escaped == 'n' { '\n' } else { escaped })),
                _ => value.push(next),
            }
        }
        None
    }

    fn word(&mut self) -> String {
        let rest = &self.text[self.at..];
        let end = rest.find(|c: char| !is_word(c) && !matches!(c, '-' | '.')).unwrap_or(rest.len());
        self.at += end;
        rest[..end].to_owned()
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.text[self.at..].starts_with(sign);
        self.at += usize::from(found);
        found
    }

    fn skip(&mut self) {
        let rest = self.text[self.at..].trim_start();
        self.at = self.text.len() - rest.len();
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let pairs = Literal::read(r#"[ ['$', '$'], ["\\(","\\)"], ] }"#).expect("a list");
        let texts: Vec<_> = pairs.items().iter().map(|pair| pair.items()[0].text().unwrap_or_default()).collect();
        assert_eq!(texts, ["$", r"\("]);
        let map =
            Literal::read("{left: '$$', display: true, \"n\": 1, f: function (a) { return [a, b]; }, g: () => 1}");
        let map = map.expect("an object");
        assert_eq!(map.get("left").and_then(Literal::text), Some("$$"));
        assert_eq!(map.get("display"), Some(&Literal::Word("true".into())));
        assert_eq!((map.get("f"), map.get("g")), (Some(&Literal::Computed), Some(&Literal::Computed)));
        for cut in ["[", "['a'", "{a: ", "{{ site.pairs }}", "", "[['$', '$'] {% if a %}]", "'a"] {
            assert_eq!(Literal::read(cut), None, "{cut}");
        }
        assert_eq!(Literal::read(&"[".repeat(100_000)), None);
    }
}
