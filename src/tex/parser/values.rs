//! Sizes, colours, columns.

use super::*;

/// Units of KaTeX 0.19.1 (`units.js`) and MathJax 4.1.3 (`UnitUtil.js`).
const UNITS: [&str; 15] = ["pt", "mm", "cm", "in", "bp", "pc", "dd", "cc", "nd", "nc", "sp", "px", "ex", "em", "mu"];

/// Whether TeX is a size with its unit. KaTeX finds one anywhere in it.
pub(super) fn is_size(written: &str, engine: Engine) -> bool {
    let starts = written.char_indices().filter(|(_, first)| first.is_ascii_digit() || ".,".contains(*first));
    if engine.is_katex() {
        return starts.take(64).any(|(at, _)| size_length(&written[at..]).is_some());
    }
    let trimmed = written.trim().trim_start_matches(['+', '-']).trim_start();
    size_length(trimmed) == Some(trimmed.len())
}

/// How long the size is that a text without sign begins with.
fn size_length(text: &str) -> Option<usize> {
    let after = text.trim_start_matches(|digit: char| digit.is_ascii_digit() || matches!(digit, '.' | ','));
    let number = &text[..text.len() - after.len()];
    let unit = after.trim_start();
    let is_unit = UNITS.iter().any(|known| unit.starts_with(known));
    let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches(['.', ',']).count() <= 1;
    (is_number && is_unit).then(|| text.len() - unit.len() + 2)
}

/// KaTeX 0.19.1, `Parser.js`: `#` and three, four, six or eight hexadecimal digits, six of them alone, or a name.
fn is_color(written: &str) -> bool {
    let is_hexadecimal = |digits: &str| digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let is_name = !written.is_empty() && written.bytes().all(|letter| letter.is_ascii_alphabetic());
    match written.strip_prefix('#') {
        Some(digits) => matches!(digits.len(), 3 | 4 | 6 | 8) && is_hexadecimal(digits),
        None => is_name || (written.len() == 6 && is_hexadecimal(written)),
    }
}

impl Parser<'_> {
    /// A size in braces or bare.
    pub(super) fn size(&mut self, command: Token, frame: &Frame) -> bool {
        let token = self.lexer.peek();
        if token.kind == Kind::Open {
            match self.lexer.raw(b'}') {
                Some(inside) => self.check_size(command, inside),
                None => self.unclosed_text(token),
            }
            return true;
        }
        let rest = self.lexer.rest();
        let unsigned = rest.trim_start_matches(['+', '-', ' ']);
        match size_length(unsigned) {
            Some(length) => self.lexer.go_to(self.lexer.at() + rest.len() - unsigned.len() + length),
            None if !self.is_argument(frame) => return false,
            // A length that somebody defined.
            None if self.is_from_macro(self.lexer.text(token.span())) => self.lexer.go_to(token.end),
            None => {
                let kind = FaultKind::BadSize { command: self.written(command), found: self.written(token) };
                self.fault(kind, token.span());
            }
        }
        true
    }

    /// Whether what stands in brackets or braces is a size; nothing at all is.
    pub(super) fn check_size(&mut self, command: Token, inside: Span) {
        let written = self.lexer.text(inside);
        let is_blank = written.trim().is_empty();
        if !is_blank && !is_size(written, self.dialect.engine) && !self.is_from_macro(written) {
            let kind = FaultKind::BadSize { command: self.written(command), found: written.to_owned() };
            self.fault(kind, inside);
        }
    }

    /// The colour of KaTeX; MathJax takes anything.
    pub(super) fn color(&mut self, command: Token) -> bool {
        let (start, is_there) = (self.lexer.peek().start, self.raw_argument(command));
        let span = Span::new(start, self.lexer.at());
        let written = self.lexer.text(span).trim_matches(['{', '}', ' ']);
        if is_there && !is_color(written) && !self.is_from_macro(written) {
            let kind = FaultKind::BadColor(written.to_owned());
            self.fault(kind, span);
        }
        is_there
    }

    /// The columns of an array.
    pub(super) fn columns(&mut self) -> bool {
        let open = self.lexer.peek();
        let inside = if open.kind == Kind::Open { self.lexer.raw(b'}') } else { Some(open.span()) };
        let Some(inside) = inside else {
            self.unclosed_text(open);
            return true;
        };
        if open.kind != Kind::Open {
            self.lexer.go_to(open.end);
        }
        let written = self.lexer.text(inside);
        // KaTeX 0.19.1, `environments/array.js`; MathJax 4.1.3, `ColumnParser.js`.
        let known = if self.is_katex() { "lcr|: \n\t" } else { "lcrpmbwW|:><@!*PMB \n\t{" };
        let bad = written.char_indices().find(|(_, column)| !known.contains(*column));
        // Behind an argument, other letters are not columns.
        let before = bad.map_or(written, |(at, _)| &written[..at]);
        if let Some((at, column)) = bad
            && !before.contains('{')
            && !self.is_from_macro(written)
        {
            let start = inside.start + at;
            self.fault(FaultKind::BadColumns(column.to_string()), Span::new(start, start + column.len_utf8()));
        }
        true
    }

    /// Whether a macro of the author stands in what is read.
    fn is_from_macro(&self, written: &str) -> bool {
        written.contains('\\') && self.macros.names().next().is_some()
    }
}
