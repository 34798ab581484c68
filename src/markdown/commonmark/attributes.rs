//! Attributes between braces, as goldmark 1.7 reads them (`parser/attribute.go`): `{#id .class key="value"}`. Hugo 0.168 looks
//! for such behind a fence (`markup/goldmark/codeblocks/render.go`), and stops at what it cannot read.

use crate::text::Span;

/// What stands between braces behind a fence and is no list of attributes: bytes of the words behind it.
pub(crate) fn refused(info: &str) -> Option<Span> {
    let end = info.find('{').and_then(|first| info[first..].find('}').map(|at| first + at))?;
    let start = info[..end].rfind('{')?;
    let mut reader = Reader { bytes: &info.as_bytes()[..=end], at: start + 1 };
    (!reader.attributes()).then_some(Span::new(start, end + 1))
}

/// Reads to the brace that closes; behind that nothing stands.
struct Reader<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or_default()
    }

    fn takes(&mut self, sign: u8) -> bool {
        let is_it = self.peek() == sign;
        self.at += usize::from(is_it);
        is_it
    }

    fn skip(&mut self, takes: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.at < self.bytes.len() && takes(self.peek()) {
            self.at += 1;
        }
        self.at - start
    }

    fn skip_spaces(&mut self) {
        self.skip(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0b' | b'\x0c'));
    }

    fn attributes(&mut self) -> bool {
        while self.peek() != b'}' {
            if !self.attribute() {
                return false;
            }
            self.skip_spaces();
            if self.takes(b',') {
                self.skip_spaces();
            }
        }
        true
    }

    fn attribute(&mut self) -> bool {
        self.skip_spaces();
        if self.takes(b'#') || self.takes(b'.') {
            let is_end =
                |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_punctuation() && !b"_-:.".contains(&byte);
            self.skip(|byte| !is_end(byte));
            return true;
        }
        let start = self.at;
        if !self.name() {
            return false;
        }
        let is_class = &self.bytes[start..self.at] == b"class";
        self.skip_spaces();
        if !self.takes(b'=') {
            return false;
        }
        self.skip_spaces();
        // Classes are text.
        self.value() && !(is_class && (self.bytes[self.at - 1].is_ascii_digit() || self.bytes[self.at - 1] == b']'))
    }

    fn name(&mut self) -> bool {
        if !(self.peek().is_ascii_alphabetic() || matches!(self.peek(), b'_' | b':')) {
            return false;
        }
        self.skip(|byte| byte.is_ascii_alphanumeric() || b"_:.-".contains(&byte)) > 0
    }

    fn value(&mut self) -> bool {
        self.skip_spaces();
        match self.peek() {
            b'[' => self.list(),
            b'"' => self.text(),
            b'-' | b'+' | b'0'..=b'9' => self.number(),
            _ => {
                let start = self.at;
                self.name() && &self.bytes[start..self.at] != b"null"
            }
        }
    }

    fn list(&mut self) -> bool {
        self.at += 1;
        let mut is_first = true;
        loop {
            let has_comma = !is_first && self.takes(b',');
            if self.takes(b']') {
                return !has_comma;
            }
            self.skip_spaces();
            if !self.value() {
                return false;
            }
            self.skip_spaces();
            is_first = false;
        }
    }

    fn text(&mut self) -> bool {
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek() {
                b'"' => {
                    self.at += 1;
                    return true;
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        false
    }

    fn number(&mut self) -> bool {
        let is_digit = |byte: u8| byte.is_ascii_digit();
        self.at += usize::from(matches!(self.peek(), b'-' | b'+'));
        if self.skip(is_digit) == 0 {
            return false;
        }
        if self.takes(b'.') {
            self.skip(is_digit);
        }
        if !(self.takes(b'e') || self.takes(b'E')) {
            return true;
        }
        self.at += usize::from(matches!(self.peek(), b'-' | b'+'));
        self.skip(is_digit) > 0
    }
}

#[cfg(test)]
mod tests {
    use super::refused;

    /// What Hugo 0.168 said of each behind a fence.
    #[test]
    fn what_stops_hugo() {
        for info in [
            "{r}", "{r, eval=FALSE}", "{r eval=FALSE}", "js {1,3-5}", "js{1,3}", "{python}", "mermaid {a}",
            "go {linenos}", "go {x=}", "go {,}", "go {x=\"1}", "go {x=1;y=2}", "go {1}", "go {x y}", "go:a.go {x}",
            "go title=\"a\" {x}", "go {title=\"a {b}\"}", "go {title='a'}", "{% raw %}", "{{x}}", "diff {a}b",
            "latex {\\frac}", "{bash cmd=true}", "{.bash cmd}", "go {\"a\"=1}", "go {한=1}", "go {a:b}", "go {a=[1,2}",
            "go {a={b}}", "{numberLines: true}", "go {a=1,,b=2}", "go {a=\"x}\"}", "go {a=1x}", "go {a=1-3}",
            "go {a=[1,2,]}", "go {a=null}", "go {class=1}", "go {a=.5}", "go {1a=1}", "go {a=x/y}", "go {a=한}",
            "go {a=\"b\" c}", "go {a=b\"c\"}", "go {a=0x1}", "go {a=1_000}", "go {a=--1}", "{b} {a=1}", "go {a=1e}",
        ] {
            assert!(refused(info).is_some(), "{info}");
        }
    }

    #[test]
    fn what_builds() {
        for info in [
            "go", "", "{}", "go {}", "{.python}", "r {eval=FALSE}", "go {linenos=true,hl_lines=[1]}",
            "go {linenos=abc}", "go {hl_lines=1}", "go {hl_lines=\"1-3\"}", "go {hl_lines=[\"1-3\",5]}",
            "go {hl_lines=[a]}", "go {.x #y}", "go { x=1 }", "go {x=1", "go x=1}", "go {x=1 y=2}", "{x=1}", "{#x}",
            "{.a.b}", "{ .a }", "go {a-b=1}", "go {a=b:c}", "go {a=true}", "go {a=1 , b=2}", "go {a=\"x\\\"y\"}",
            "go {a=-1.5}", "go {a=1e3}", "go {a=[]}", "go {a=[ 1 , 2 ]}", "go {a=[1 2]}", "go {class=x}", "go {a =1}",
            "go {a= 1}", "go {.x.y#z}", "go {#}", "go {.}", "go {.x,.y}", "go {a=+1}", "go {a=1.}", "go {a=_x}",
            "go {_a=1}", "go {:a=1}", "go {a.b=1}", "go {a=\"한\"}", "go {.한}", "go {a=1\t}", "go {\ta=1}",
            "go {a=[[\"x\"]]}", "go {a=\"1\"b=\"2\"}", "x{a=1}y", "{a=1} {b}", "{a=1}}", "{{a=1}}", "a}{b", "a}{b=1}",
            "go {a=1.2.3}",
        ] {
            assert_eq!(refused(info), None, "{info}");
        }
    }
}
