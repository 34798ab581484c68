//! Which tags belong together: Liquid 5.4.0, `block_body.rb`, `block.rb`, `document.rb` and the `unknown_tag` of each
//! block in `tags/*.rb`.

use std::collections::HashMap;

use super::tokens::{Shape, Token};
use super::{Dialect, Fault, Liquid, Part, Role, What};
use crate::text::{Span, is_slip};

/// `MAX_DEPTH` in `block.rb`.
const DEEPEST: usize = 100;

/// Tags of Liquid 5.4.0 and Jekyll 4.3.1 that stand alone.
pub(crate) const TAGS: &[&str] = &[
    "#", "assign", "break", "continue", "cycle", "decrement", "echo", "include", "include_relative", "increment",
    "link", "liquid", "post_url", "render",
];

/// Tags of Liquid 5.4.0 and Jekyll 4.3.1 that an `end…` closes.
pub(crate) const BLOCKS: &[&str] =
    &["capture", "case", "comment", "for", "highlight", "if", "ifchanged", "raw", "tablerow", "unless"];

/// Tags that stand between the two ends of a block.
pub(crate) const BRANCHES: &[&str] = &["else", "elsif", "when"];

/// Puts the tokens of a text together.
pub(crate) fn read(text: &str, tokens: &[Token], dialect: Dialect) -> Liquid {
    let last_ends = last_ends(text, tokens);
    let mut reader =
        Reader { text, dialect, liquid: Liquid::default(), open: Vec::new(), overtaken: Vec::new(), last_ends };
    let mut rest = tokens;
    while let [token, later @ ..] = rest {
        rest = match reader.token(token, later) {
            Some(rest) => rest,
            None => return reader.liquid,
        };
    }
    reader.finish()
}

/// Where the last `end…` of each name stands: an unknown tag that one follows is a block.
fn last_ends<'t>(text: &'t str, tokens: &[Token]) -> HashMap<&'t str, usize> {
    let names = tokens.iter().filter_map(|token| match &token.shape {
        Shape::Tag(name, _) => Some((text[*name].strip_prefix("end")?, token.span.start)),
        _ => None,
    });
    names.collect()
}

/// A block whose end has not come.
struct Open<'t> {
    name: &'t str,
    /// Its tag, an index of the parts.
    part: usize,
    /// Branches that it had, for a `for` takes only one.
    branches: usize,
    /// Whether its last branch began.
    has_else: bool,
    /// Whether its end was already missed by what ended something else.
    told: bool,
}

struct Reader<'t> {
    text: &'t str,
    dialect: Dialect<'t>,
    liquid: Liquid,
    open: Vec<Open<'t>>,
    /// Blocks that the end of another one ended: their own end may still come.
    overtaken: Vec<&'t str>,
    last_ends: HashMap<&'t str, usize>,
}

impl<'t> Reader<'t> {
    /// Reads a token and says which come next; `None` where Liquid itself reads no more.
    fn token<'k>(&mut self, token: &Token, later: &'k [Token]) -> Option<&'k [Token]> {
        let start = token.span.start;
        let (name, markup) = match &token.shape {
            Shape::Output(markup) => {
                self.output(token, markup);
                return Some(later);
            }
            Shape::Tag(name, markup) => (name, markup),
            unclosed => {
                let what = match unclosed {
                    Shape::UnclosedOutput => What::UnclosedOutput,
                    Shape::OpenQuote => What::OpenQuote,
                    Shape::UnclosedTag => What::UnclosedTag,
                    _ => What::Nameless,
                };
                self.fault(token.span, what, start);
                return Some(later);
            }
        };
        let word = &self.text[*name];
        let part = Part { span: token.span, name: *name, markup: *markup, role: Role::Tag, partner: None };
        match word {
            "raw" => return self.raw(part, later),
            "comment" if !self.dialect.is_jekyll() => return Some(self.comment(part, later)),
            _ => {}
        }
        let is_block = || self.last_ends.get(word).is_some_and(|&end| end > start);
        let in_comment = self.open.last().is_some_and(|open| open.name == "comment");
        if self.dialect.is_block(word) || !in_comment && !self.is_known(word) && is_block() {
            let role = if self.dialect.is_block(word) { Role::Opening } else { Role::Unknown };
            return self.open(word, Part { role, ..part }).then_some(later);
        }
        if self.dialect.is_single(word) {
            self.check(&part);
            self.liquid.parts.push(part);
        } else {
            self.inner(word, part);
        }
        Some(later)
    }

    fn is_known(&self, word: &str) -> bool {
        self.dialect.is_single(word) || BRANCHES.contains(&word) || word.starts_with("end") && self.is_end(word)
    }

    /// Whether it ends a block: one that Liquid knows, or one that is open.
    fn is_end(&self, word: &str) -> bool {
        let Some(block) = word.strip_prefix("end") else { return false };
        self.dialect.is_block(block) || self.open.iter().any(|open| open.name == block)
    }

    fn output(&mut self, token: &Token, markup: &Span) {
        for (span, what) in self.dialect.refused(&self.text[*markup]) {
            let span = if what == What::Syntax { token.span } else { shifted(span, markup.start) };
            self.fault(span, what, token.span.start);
        }
        let (span, name, markup) = (token.span, Span::empty(markup.start), *markup);
        self.liquid.parts.push(Part { span, name, markup, role: Role::Output, partner: None });
    }

    fn check(&mut self, part: &Part) {
        for (span, what) in self.dialect.check(&self.text[part.name], &self.text[part.markup]) {
            let span = if what == What::Syntax { part.span } else { shifted(span, part.markup.start) };
            self.fault(span, what, part.markup.start);
        }
    }

    /// Nothing in `raw` is Liquid, up to the first tag that ends it.
    fn raw<'k>(&mut self, part: Part, later: &'k [Token]) -> Option<&'k [Token]> {
        self.check(&part);
        let index = self.liquid.parts.len();
        let end = later.iter().enumerate();
        let end = end.filter_map(|(at, token)| Some((at, self.dialect.raw_end(self.text, token)?))).next();
        let Some((at, (span, name))) = end else {
            self.fault(part.span, What::NeverClosed, part.markup.start);
            self.liquid.parts.push(Part { role: Role::Opening, ..part });
            return None;
        };
        let markup = Span::empty(name.end);
        self.liquid.parts.push(Part { role: Role::Opening, partner: Some(index + 1), ..part });
        self.liquid.parts.push(Part { span, name, markup, role: Role::Closing, partner: Some(index) });
        Some(&later[at + 1..])
    }

    /// Nothing in `comment` is read, up to the first tag that ends it.
    fn comment<'k>(&mut self, part: Part, later: &'k [Token]) -> &'k [Token] {
        let index = self.liquid.parts.len();
        let ends = |token: &Token| matches!(token.shape, Shape::Tag(name, _) if &self.text[name] == "endcomment");
        let end = later.iter().position(ends);
        let within = &later[..end.unwrap_or_default()];
        let broken = within.iter().filter(|token| !matches!(token.shape, Shape::Tag(..) | Shape::Output(_)));
        broken.for_each(|token| _ = self.token(token, &[]));
        let Some((end, &Shape::Tag(name, markup))) = end.map(|end| (end, &later[end].shape)) else {
            self.fault(part.span, What::NeverClosed, part.markup.start);
            self.liquid.parts.push(Part { role: Role::Opening, ..part });
            return later;
        };
        self.liquid.parts.push(Part { role: Role::Opening, partner: Some(index + 1), ..part });
        let span = later[end].span;
        self.liquid.parts.push(Part { span, name, markup, role: Role::Closing, partner: Some(index) });
        &later[end + 1..]
    }

    /// Opens a block, if it is not too deep.
    fn open(&mut self, name: &'t str, part: Part) -> bool {
        self.check(&part);
        if self.open.len() == DEEPEST && self.dialect.is_jekyll() {
            self.fault(part.span, What::TooDeep, part.markup.start);
            return false;
        }
        self.open.push(Open { name, part: self.liquid.parts.len(), branches: 0, has_else: false, told: false });
        self.liquid.parts.push(part);
        true
    }

    /// What is left to the block around it: an end, a branch, or a tag that nobody knows.
    fn inner(&mut self, word: &'t str, part: Part) {
        let Some(open) = self.open.last_mut() else {
            let is_known = self.is_known(word) || word == "end";
            let role = if is_known { Role::Misplaced } else { Role::Unknown };
            if is_known && !self.was_overtaken(word) {
                self.fault(part.span, What::Stray, part.markup.start);
            }
            self.liquid.parts.push(Part { role, ..part });
            return;
        };
        let opener = self.liquid.parts[open.part].span;
        let role = if word.strip_prefix("end") == Some(open.name) {
            return self.close(part);
        } else if open.name == "comment" {
            Role::Ignored
        } else if takes(open.name, word) {
            open.branches += 1;
            let over = open.name == "for" && open.branches > 1 && self.dialect.is_jekyll();
            if open.name == "if" && open.has_else && !self.dialect.is_jekyll() {
                self.liquid.faults.push(Fault {
                    span: part.span,
                    what: What::UnexpectedBranch { opener },
                    noticed: part.markup.start,
                });
            }
            open.has_else |= word == "else";
            let has_more = !part.markup.is_empty() && word == "else";
            let is_refused = match self.dialect.is_jekyll() {
                true => open.name == "case",
                false => matches!(open.name, "for" | "if"),
            };
            if has_more && is_refused {
                self.fault(part.span, What::Syntax, part.markup.start);
            }
            self.check(&part);
            if over {
                self.open.pop();
            }
            Role::Branch
        } else if BRANCHES.contains(&word) {
            self.fault(part.span, What::UnexpectedBranch { opener }, part.markup.start);
            Role::Misplaced
        } else if self.is_end(word) || word.starts_with("end") {
            return self.wrong_end(word, part, opener);
        } else {
            Role::Unknown
        };
        self.liquid.parts.push(Part { role, ..part });
    }

    fn close(&mut self, part: Part) {
        if !self.dialect.is_jekyll() {
            self.check(&part);
        }
        let index = self.liquid.parts.len();
        let partner = self.open.pop().map(|open| open.part);
        if let Some(partner) = partner {
            self.liquid.parts[partner].partner = Some(index);
        }
        self.liquid.parts.push(Part { role: Role::Closing, partner, ..part });
    }

    /// An end that is not that of the innermost block. Liquid stops; what was meant tells how to read on.
    fn wrong_end(&mut self, word: &'t str, part: Part, opener: Span) {
        if self.was_overtaken(word) {
            self.liquid.parts.push(Part { role: Role::Misplaced, ..part });
            return;
        }
        self.fault(part.span, What::WrongEnd { opener }, part.markup.start);
        let block = word.strip_prefix("end").unwrap_or_default();
        let meant = self.open.iter().rposition(|open| open.name == block);
        let innermost = self.open.last().is_some_and(|open| is_slip(word, &format!("end{}", open.name)));
        if let Some(meant) = meant {
            self.overtaken.clear();
            self.overtaken.extend(self.open.drain(meant + 1..).map(|open| open.name));
            self.close(part);
        } else if innermost || !self.dialect.is_block(block) {
            self.close(part);
        } else {
            if let Some(open) = self.open.last_mut() {
                open.told = true;
            }
            self.liquid.parts.push(Part { role: Role::Misplaced, ..part });
        }
    }

    /// Whether it ends a block that is told of already; it does so once.
    fn was_overtaken(&mut self, word: &str) -> bool {
        let block = word.strip_prefix("end");
        let place = self.overtaken.iter().position(|&name| Some(name) == block);
        place.map(|place| self.overtaken.remove(place)).is_some()
    }

    fn fault(&mut self, span: Span, what: What, noticed: usize) {
        self.liquid.faults.push(Fault { span, what, noticed });
    }

    fn finish(mut self) -> Liquid {
        let end = self.text.len();
        for open in std::mem::take(&mut self.open).into_iter().rev().filter(|open| !open.told) {
            self.fault(self.liquid.parts[open.part].span, What::NeverClosed, end);
        }
        self.liquid
    }
}

fn shifted(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

/// Whether a block has such a branch.
fn takes(block: &str, branch: &str) -> bool {
    match block {
        "if" | "unless" => matches!(branch, "elsif" | "else"),
        "case" => matches!(branch, "when" | "else"),
        "for" => branch == "else",
        _ => false,
    }
}
