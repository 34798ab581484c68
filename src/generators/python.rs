//! Literals of a config that is a program of Python, which nobody runs: what a name is bound to at the beginning of a line.

/// A value that stands there as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Literal {
    /// A text.
    Text(String),
    /// A number, `True`, `False`, `None`.
    Word(String),
    /// A list, a tuple or a set.
    List(Vec<Literal>),
    /// A dictionary, by texts.
    Map(Vec<(String, Literal)>),
    /// Something that has to be computed.
    Other,
}

impl Literal {
    /// What a name is bound to last, where that is no part of a block.
    pub(super) fn assigned(program: &str, name: &str) -> Option<Literal> {
        let value = |line: usize| {
            let rest = program[line..].strip_prefix(name)?.trim_start_matches([' ', '\t']);
            rest.strip_prefix('=').filter(|rest| !rest.starts_with('='))
        };
        let starts = std::iter::once(0).chain(program.match_indices('\n').map(|(at, _)| at + 1));
        let rest = starts.filter_map(value).next_back()?;
        let mut reader = Reader { rest };
        let literal = reader.literal(0);
        reader.blanks();
        // What follows on the line makes another value of it.
        let ends = reader.rest.is_empty() || program[..program.len() - reader.rest.len()].ends_with('\n');
        Some(if ends { literal } else { Literal::Other })
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Literal::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Literal::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn items(&self) -> &[Literal] {
        match self {
            Literal::List(items) => items,
            _ => &[],
        }
    }

    /// The keys of a dictionary, with what they are bound to.
    pub(super) fn entries(&self) -> &[(String, Literal)] {
        match self {
            Literal::Map(entries) => entries,
            _ => &[],
        }
    }

    /// What a key of a dictionary is bound to.
    pub(super) fn get(&self, key: &str) -> Option<&Literal> {
        self.entries().iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Whether some text in it has a word in it.
    pub(super) fn names(&self, word: &str) -> bool {
        match self {
            Literal::Text(text) => text.contains(word),
            Literal::List(items) => items.iter().any(|item| item.names(word)),
            Literal::Map(entries) => entries.iter().any(|(key, value)| key.contains(word) || value.names(word)),
            Literal::Word(_) | Literal::Other => false,
        }
    }
}

/// Lists within lists are read so far.
const MOST_DEEP: usize = 16;

struct Reader<'p> {
    rest: &'p str,
}

impl<'p> Reader<'p> {
    /// White space on the line, and a comment with its line break.
    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\t', '\r']);
        if self.rest.starts_with(['#', '\n']) {
            let line = self.rest.find('\n').map_or(self.rest.len(), |at| at + 1);
            self.rest = &self.rest[line..];
        }
    }

    /// White space and comments within brackets.
    fn space(&mut self) {
        loop {
            self.rest = self.rest.trim_start();
            if !self.rest.starts_with('#') {
                return;
            }
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest);
        }
    }

    fn literal(&mut self, depth: usize) -> Literal {
        self.rest = self.rest.trim_start_matches([' ', '\t']);
        match self.rest.chars().next() {
            _ if depth > MOST_DEEP => Literal::Other,
            Some('[') => self.list(']', depth),
            Some('(') => self.list(')', depth),
            Some('{') => self.list('}', depth),
            Some('\'' | '"') => self.text(),
            Some('u' | 'r' | 'b') if self.rest[1..].starts_with(['\'', '"']) => {
                self.rest = &self.rest[1..];
                self.text()
            }
            Some(sign) if sign.is_ascii_alphanumeric() || "-+_".contains(sign) => {
                let is_part = |sign: char| sign.is_ascii_alphanumeric() || "-+_.".contains(sign);
                let end = self.rest.find(|sign| !is_part(sign)).unwrap_or(self.rest.len());
                let (word, rest) = self.rest.split_at(end);
                self.rest = rest;
                let is_plain = matches!(word, "True" | "False" | "None") || word.parse::<f64>().is_ok();
                if is_plain { Literal::Word(word.to_owned()) } else { Literal::Other }
            }
            _ => Literal::Other,
        }
    }

    fn text(&mut self) -> Literal {
        let quote = &self.rest[..1];
        let tripled = quote.repeat(3);
        let quote = if self.rest.starts_with(&tripled) { &*tripled } else { quote };
        let inner = &self.rest[quote.len()..];
        let mut text = String::new();
        let mut signs = inner.char_indices();
        while let Some((at, sign)) = signs.next() {
            match sign {
                _ if inner[at..].starts_with(quote) => {
                    self.rest = &inner[at + quote.len()..];
                    return Literal::Text(text);
                }
                '\n' if quote.len() == 1 => break,
                '\\' => text.extend(signs.next().map(|(_, next)| if next == 'n' { '\n' } else { next })),
                sign => text.push(sign),
            }
        }
        self.rest = "";
        Literal::Other
    }

    fn list(&mut self, close: char, depth: usize) -> Literal {
        self.rest = &self.rest[1..];
        let (mut items, mut entries, mut is_known) = (Vec::new(), Vec::new(), true);
        loop {
            self.space();
            if let Some(rest) = self.rest.strip_prefix(close) {
                self.rest = rest;
                break;
            }
            if self.rest.is_empty() {
                return Literal::Other;
            }
            let item = self.literal(depth + 1);
            self.space();
            match self.rest.strip_prefix(':').filter(|_| close == '}') {
                Some(rest) => {
                    self.rest = rest;
                    self.space();
                    let value = self.literal(depth + 1);
                    is_known &= item.text().is_some();
                    entries.extend(item.text().map(|key| (key.to_owned(), value)));
                    self.space();
                }
                None => items.push(item),
            }
            if let Some(rest) = self.rest.strip_prefix(',') {
                self.rest = rest;
            } else if !self.rest.starts_with(close) {
                // Something that is computed.
                return Literal::Other;
            }
        }
        match (is_known, entries.is_empty()) {
            (false, _) => Literal::Other,
            (true, true) => Literal::List(items),
            (true, false) => Literal::Map(entries),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Literal::{self, List, Other, Text, Word};

    #[test]
    fn what_a_name_is_bound_to() {
        let text = |text: &str| Text(text.to_owned());
        for (program, value) in [
            ("A = 'x'  # y\n", Some(text("x"))),
            ("A = 1\nA=\"y\"", Some(text("y"))),
            ("if b:\n    A = 'x'\n", None),
            ("AB = 'x'\nA == 2\n", None),
            ("A = True", Some(Word("True".to_owned()))),
            ("A = ['x', # z\n  u'y',\n]\n", Some(List(vec![text("x"), text("y")]))),
            ("A = ('x',)\n", Some(List(vec![text("x")]))),
            ("A = '''x\ny'''\n", Some(text("x\ny"))),
            ("A = 'x' + b\n", Some(Other)),
            ("A = os.path.join('x')\n", Some(Other)),
            ("A = ['x'", Some(Other)),
            ("A = 'x", Some(Other)),
        ] {
            assert_eq!(Literal::assigned(program, "A"), value, "{program}");
        }
        let map = Literal::assigned("M = {'a': {'b': 1}, 'c': [d, 'e']}", "M").expect("a map");
        assert_eq!(map.get("a").and_then(|map| map.get("b")), Some(&Word("1".to_owned())));
        assert_eq!(map.get("c"), Some(&List(vec![Other, text("e")])));
        assert!(map.names("e") && !map.names("f"));
    }
}
