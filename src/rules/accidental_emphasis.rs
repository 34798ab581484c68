//! `rules/accidental-emphasis.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::page::Tag;
use crate::text::Span;

/// Names with underscores, patterns of files and products of numbers, of which Markdown makes emphasis.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine().filter(|engine| engine.knows_running_text()) else { return };
    for (_, element, span) in post.markup() {
        let is_strong = match element.tag {
            Tag::Emphasis => false,
            Tag::Strong => true,
            _ => continue,
        };
        let marks = 1 + usize::from(is_strong);
        let Some(read) = Read::new(post.text, span, marks).filter(Read::is_accident) else { continue };
        if !element.attributes().is_empty() || post.body.formula_at(span.start).is_some() {
            continue;
        }
        let (written, lost) = (&post.text[word_around(post.text, span)], &post.text[span.start..span.start + marks]);
        let set = if is_strong { "bold" } else { "italics" };
        let message = format!(
            "{} takes the `{lost}` of `{written}` for emphasis: `{}` is set in {set}",
            engine.name(),
            read.inner
        );
        let ends = [span.start, span.end - marks];
        let edits = ends.iter().flat_map(|&at| (at..at + marks).map(|at| Edit::insert(at, "\\"))).collect();
        let finding = findings.at(span, message).help("write it as code, or with a `\\` before each of them");
        finding.unsafe_fix("escape them", edits);
    }
}

/// Emphasis with what stands around it.
struct Read<'t> {
    mark: char,
    is_strong: bool,
    inner: &'t str,
    before: Option<char>,
    /// Nothing but one letter stands before it.
    is_lone: bool,
    after: &'t str,
}

impl<'t> Read<'t> {
    fn new(text: &'t str, span: Span, marks: usize) -> Option<Read<'t>> {
        let written = &text[span];
        let mark = written.chars().next().filter(|mark| matches!(mark, '*' | '_'))?;
        let inner = written.get(marks..written.len().checked_sub(marks)?)?;
        let mut letters = text[..span.start].chars().rev();
        let before = letters.next();
        let is_lone = letters.next().is_none_or(|second| !second.is_alphanumeric());
        let (is_strong, after) = (marks > 1, &text[span.end..]);
        let read = Read { mark, is_strong, inner, before, is_lone, after };
        (!inner.is_empty() && !inner.contains('\n')).then_some(read)
    }

    fn is_accident(&self) -> bool {
        match self.mark {
            '_' => self.is_strong && self.is_name(),
            _ => self.is_pattern() || self.is_product() || self.is_power(),
        }
    }

    /// `__init__`, `__main__.py`.
    fn is_name(&self) -> bool {
        let is_word = self.inner.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte.is_ascii_digit());
        let mut after = self.after.chars();
        let goes_on = after.next() == Some('.') && after.next().is_some_and(|next| next.is_ascii_lowercase());
        is_word && (NAMES.contains(&self.inner) || goes_on)
    }

    /// `*.md, 2*3`, `src/*.c and test/*.c`.
    fn is_pattern(&self) -> bool {
        let mut inner = self.inner.chars();
        let is_dotted = inner.next() == Some('.') && inner.next().is_some_and(|next| next.is_ascii_alphanumeric());
        let mut after = self.after.chars().skip_while(|&next| next == '.');
        let is_name = |next: char| next.is_ascii_alphanumeric() || next == '{';
        let goes_on = after.next().is_some_and(is_name);
        is_dotted && goes_on
    }

    /// `2*3*4`, `2**10 and 2**20`, `a*b*c`: signs between letters and digits, one of them a digit or all of them single.
    fn is_product(&self) -> bool {
        let alone = |text: &str| text.bytes().next().is_none_or(|byte| !byte.is_ascii_alphanumeric());
        let ends = [self.before, self.inner.chars().next(), self.inner.chars().next_back(), self.after.chars().next()];
        let all = ends.iter().all(|end| end.is_some_and(|c| c.is_ascii_alphanumeric()));
        let has_digit = ends.iter().flatten().any(char::is_ascii_digit);
        let is_single = || self.inner.len() == 1 && self.is_lone && self.after.get(1..).is_some_and(alone);
        // Bold type within a word is of that word alone.
        let is_word = self.is_strong && self.inner.chars().all(char::is_alphanumeric);
        all && (has_digit || is_single()) && !is_word
    }

    /// `y \**3 and z \**3`: of each two stars the second is not escaped.
    fn is_power(&self) -> bool {
        let is_digit = |next: Option<char>| next.is_some_and(|next| next.is_ascii_digit());
        !self.is_strong
            && self.before == Some('*')
            && self.inner.ends_with("\\*")
            && is_digit(self.inner.chars().next())
            && is_digit(self.after.chars().next())
    }
}

/// What stands around a span up to white space.
fn word_around(text: &str, span: Span) -> Span {
    let start = text[..span.start].trim_end_matches(|c: char| !c.is_whitespace()).len();
    let behind = &text[span.end..];
    Span::new(start, span.end + behind.find(char::is_whitespace).unwrap_or(behind.len()))
}

/// Names that Python gives a meaning, without their underscores.
const NAMES: &[&str] = &[
    "abs", "add", "aenter", "aexit", "aiter", "all", "and", "anext", "annotations", "await", "bases", "bool", "bytes",
    "call", "class", "class_getitem", "cls", "code", "contains", "copy", "deepcopy", "del", "delattr", "delete",
    "delitem", "dict", "dir", "doc", "enter", "eq", "exit", "file", "float", "floordiv", "format", "ge", "get",
    "getattr", "getattribute", "getitem", "getstate", "gt", "hash", "iadd", "import", "index", "init", "init_subclass",
    "int", "invert", "isub", "iter", "le", "len", "lt", "main", "matmul", "missing", "mod", "module", "mro", "mul",
    "name", "ne", "neg", "new", "next", "or", "package", "path", "pos", "post_init", "pow", "prepare", "qualname",
    "radd", "reduce", "repr", "reversed", "rmul", "round", "set", "set_name", "setattr", "setitem", "setstate",
    "sizeof", "slots", "str", "sub", "subclasshook", "truediv", "version", "weakref", "xor",
];
