//! The front matter of a post as a tree with byte spans.
//!
//! All spans are bytes of the whole file. The tree keeps what a reader of values throws away: quoting style,
//! duplicate keys, comments, and a value that could not be read ([`Data::Unread`]) under a key that could.

mod begun;
mod cause;
mod fence;
mod lenient;
mod line;
mod lines;
mod pitfall;
mod plain;
mod scalar;
mod scan;
#[cfg(test)]
mod tests;
mod toml;
pub(crate) mod typed;
mod wording;
mod yaml;

use crate::text::{Span, after_bom, first_line};

pub(crate) use fence::read;
pub use lines::Heads;
pub(crate) use lines::read_as;
pub(crate) use scalar::{Value, yaml as resolved};
pub(crate) use toml::toml;
pub(crate) use wording::{double_quoted, is_printable, list_item, quoted};
pub(crate) use yaml::yaml;

/// Lists and maps nested deeper than this are a fault, which bounds every walk over the tree.
pub(crate) const MAX_DEPTH: usize = 64;

/// Front matter with more keys than this is a fault, and the rest of them is left out: rules compare keys in pairs.
pub(crate) const MAX_KEYS: usize = 1000;

/// Front matter with more bytes than this is a fault and is not read.
pub(crate) const MAX_BYTES: usize = 1 << 20;

/// So many faults of one front matter are kept.
pub(crate) const MAX_FAULTS: usize = 100;

/// Where the front matter of a file is.
#[derive(Debug)]
pub enum Found {
    /// The file has none.
    None,
    /// From fence to fence, with what could be read between them.
    Whole(FrontMatter),
    /// Keys follow an opening fence that is never closed: generators print them as text.
    Unclosed {
        /// The opening fence.
        opening: Span,
    },
    /// White space stands before the opening fence, so generators print the whole front matter as text.
    Misplaced {
        /// The opening fence.
        opening: Span,
    },
}

/// The language between the fences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Between `---` lines.
    Yaml,
    /// Between `+++` lines.
    Toml,
    /// An object at the head of the file, without fences: Hugo alone reads it.
    Json,
    /// Lines of keys, each with a text: Pelican, MkDocs and Nikola.
    Lines,
}

/// Front matter, fences included. The braces of JSON are its fences.
#[derive(Debug)]
pub struct FrontMatter {
    /// The language it is written in.
    pub format: Format,
    /// From the opening fence to the end of the closing one, without its line break.
    pub span: Span,
    /// The lines between the fences.
    pub content: Span,
    /// The closing fence.
    pub closing: Span,
    /// What stands between the fences.
    pub tree: Tree,
    /// Where the body begins.
    pub body: usize,
}

/// The entries of a YAML or TOML text.
#[derive(Debug, Default, Clone)]
pub struct Tree {
    /// The top level, in source order, duplicates kept.
    pub entries: Vec<Entry>,
    /// Comments in source order, from the `#` to the end of the line.
    pub comments: Vec<Span>,
    /// What could not be read, in source order: one for each cause.
    pub faults: Vec<Fault>,
    /// Whether every key of the top level is in `entries`; only then can a key be called missing.
    pub complete: bool,
}

/// A place the reader could not make sense of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The cause, which is not always where the reader gave up.
    pub span: Span,
    /// What is wrong, with the actual values.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// What was meant, where nothing else can be.
    pub slip: Option<Slip>,
}

/// What was left out of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    /// The quotes around this value.
    Quotes(Span),
    /// A colon and a space, for which this stands between a key and its value.
    Colon(Span),
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key; its source text when it is not a scalar.
    pub key: String,
    /// The key as it is written, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// A value as it is written.
#[derive(Debug, Clone)]
pub struct Node {
    /// Quotes, brackets and the `|` of a block included, no final line break; empty after the colon when nothing is
    /// written.
    pub span: Span,
    /// How it is written.
    pub style: Style,
    /// The YAML tag before it (`!!str`), resolved.
    pub tag: Option<Box<str>>,
    /// The number of its YAML anchor, counted from 1, which its aliases have too; 0 without one.
    pub anchor: usize,
    /// What it holds.
    pub data: Data,
}

/// The notation of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A YAML scalar without quotes.
    Plain,
    /// A TOML value without quotes: a number, a boolean, a date.
    Bare,
    /// `'...'`
    SingleQuoted,
    /// `"..."`
    DoubleQuoted,
    /// A `|` block.
    Literal,
    /// A `>` block.
    Folded,
    /// `[...]` or `{...}`
    Flow,
    /// A list or map spread over lines; a TOML table.
    Block,
    /// The rest of a line, whatever stands there: a text.
    Line,
}

/// What a value holds.
#[derive(Debug, Clone)]
pub enum Data {
    /// A scalar, escapes and line folding undone.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in source order, duplicates kept.
    Map(Vec<Entry>),
    /// A YAML alias by its name; never expanded, because nested aliases grow without bound.
    Alias(String),
    /// A value with a fault in it.
    Unread,
}

/// Whether a text without quotes stays one in YAML: `yes` and `12` do not.
pub(crate) fn is_text(plain: &str) -> bool {
    matches!(resolved(plain), Value::Text(_))
}

impl Found {
    /// The front matter, if there is one from fence to fence.
    pub(crate) fn whole(&self) -> Option<&FrontMatter> {
        match self {
            Found::Whole(front) => Some(front),
            _ => None,
        }
    }

    /// Where the body begins in the text that this was found in.
    pub(crate) fn body(&self, text: &str) -> usize {
        self.whole().map_or_else(|| after_bom(text), |front| front.body)
    }

    /// Up to where the text that this was found in says all of it.
    pub(crate) fn end(&self, text: &str) -> usize {
        match self {
            Found::Whole(front) => front.body,
            Found::None => fence::end_of_opening(text).unwrap_or(text.len()),
            Found::Unclosed { .. } | Found::Misplaced { .. } => text.len(),
        }
    }

    /// Whether the same would be found in another text: one that differs only behind what says it, or not at all.
    pub(crate) fn holds_for(&self, text: &str, other: &str) -> bool {
        match self {
            Found::Whole(front) if text[..self.end(text)].ends_with('\n') && front.format != Format::Lines => {
                other.starts_with(&text[..self.end(text)])
            }
            Found::None if fence::end_of_opening(text).is_some() => fence::end_of_opening(other).is_some(),
            _ => text == other,
        }
    }
}

impl FrontMatter {
    /// The entry of a top-level key.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        self.tree.get(key)
    }

    /// Whether it holds more than keys with a value: maps, with texts of their own or in a list, as templates show them.
    pub(crate) fn holds_records(&self) -> bool {
        let is_map = |node: &Node| matches!(node.data, Data::Map(_));
        let has_list = |node: &Node| node.items().iter().any(is_map);
        let holds = |node: &Node| {
            let inner = node.entries().iter().map(|entry| &entry.value);
            has_list(node) || inner.clone().any(|node| is_map(node) || has_list(node))
        };
        self.tree.entries.iter().any(|entry| holds(&entry.value))
    }

    /// The text of a top-level scalar, whatever its type.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.text()
    }

    /// The resolved value of a top-level key; `None` when the key is absent or holds no scalar.
    pub(crate) fn value(&self, key: &str) -> Option<Value<'_>> {
        self.get(key)?.value.value()
    }
}

impl Tree {
    /// The entry of a top-level key; of duplicates the last, as in Psych.
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        last(&self.entries, key)
    }

    /// All scalars, at any depth, each with the key it stands under.
    pub(crate) fn scalars(&self) -> Vec<(&str, &Node)> {
        let mut scalars = Vec::with_capacity(self.entries.len());
        self.entries.iter().for_each(|entry| entry.value.collect_scalars(&entry.key, &mut scalars));
        scalars
    }

    /// Whether some scalar, at any depth, is such a text.
    pub(crate) fn has_text(&self, is_such: impl Fn(&str) -> bool) -> bool {
        self.entries.iter().any(|entry| entry.value.has_text(&is_such))
    }

    /// The comment right behind a value, on its last line.
    pub(crate) fn comment_behind(&self, text: &str, value: &Node) -> Option<Span> {
        let next = self.comments.partition_point(|comment| comment.start < value.span.end);
        let comment = self.comments.get(next)?;
        let between = &text[value.span.end..comment.start];
        between.chars().all(|c| c == ' ' || c == '\t').then_some(*comment)
    }

    /// Follows a path of keys from the top level; of duplicates it takes the last.
    pub(crate) fn find(&self, path: &[&str]) -> Option<&Entry> {
        let (first, rest) = path.split_first()?;
        rest.iter().try_fold(self.get(first)?, |entry, key| last(entry.value.entries(), key))
    }
}

impl Node {
    /// The text of a scalar, whatever its type; empty for an empty value.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The scalar as the generator resolves it: YAML 1.1 as Psych does, TOML by its own types. `None` for a list, a
    /// map, an alias and a value that could not be read.
    pub(crate) fn value(&self) -> Option<Value<'_>> {
        let text = self.text()?;
        Some(match (self.style, self.tag.as_deref()) {
            (Style::Plain, tag) if !tag.is_some_and(scalar::is_text_tag) => scalar::yaml(text),
            (Style::Bare, _) => scalar::toml(text),
            _ => Value::Text(text),
        })
    }

    /// The items of a list; empty for anything else.
    pub(crate) fn items(&self) -> &[Node] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The entries of a map; empty for anything else.
    pub(crate) fn entries(&self) -> &[Entry] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value under a key of a map; of duplicates the last.
    pub(crate) fn get(&self, key: &str) -> Option<&Node> {
        last(self.entries(), key).map(|entry| &entry.value)
    }

    /// Whether nothing or a null is written.
    pub(crate) fn is_null(&self) -> bool {
        self.value() == Some(Value::Null)
    }

    /// Whether it says nothing: a null, a text of white space, a list or map without anything in it.
    pub(crate) fn is_empty(&self) -> bool {
        match &self.data {
            Data::Scalar(text) => text.trim().is_empty() || self.is_null(),
            Data::List(items) => items.is_empty(),
            Data::Map(entries) => entries.is_empty(),
            Data::Alias(_) | Data::Unread => false,
        }
    }

    /// Whether it is such a text, or some scalar in it is, at any depth.
    pub(crate) fn has_text(&self, is_such: &impl Fn(&str) -> bool) -> bool {
        match &self.data {
            Data::Scalar(text) => is_such(text),
            Data::List(items) => items.iter().any(|item| item.has_text(is_such)),
            Data::Map(entries) => entries.iter().any(|entry| entry.value.has_text(is_such)),
            Data::Alias(_) | Data::Unread => false,
        }
    }

    fn collect_scalars<'t>(&'t self, key: &'t str, scalars: &mut Vec<(&'t str, &'t Node)>) {
        match &self.data {
            Data::Scalar(_) => scalars.push((key, self)),
            Data::List(items) => items.iter().for_each(|item| item.collect_scalars(key, scalars)),
            Data::Map(entries) => entries.iter().for_each(|entry| entry.value.collect_scalars(&entry.key, scalars)),
            Data::Alias(_) | Data::Unread => {}
        }
    }
}

fn last<'t>(entries: &'t [Entry], key: &str) -> Option<&'t Entry> {
    entries.iter().rev().find(|entry| entry.key == key)
}

impl Fault {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Fault { span, message: message.into(), help: None, slip: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

fn node(span: Span, style: Style, data: Data) -> Node {
    Node { span, style, tag: None, anchor: 0, data }
}

/// Why a text is not read at all, if it is too long.
fn too_long(text: &str, span: Span) -> Option<Fault> {
    let size = || format!("{} bytes are too many: only {MAX_BYTES} are read", span.len());
    (span.len() > MAX_BYTES).then(|| Fault::new(first_line(text, span), size()))
}

fn too_deep(at: usize) -> Fault {
    Fault::new(Span::new(at, at + 1), format!("nested deeper than {MAX_DEPTH} levels"))
}
