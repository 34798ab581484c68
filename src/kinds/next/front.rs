//! The front matter of the next post: that of the last one, with what goes on and without what was its own.

use super::pattern::{self, Goes, Speaks, Told};
use super::shape::Shape;
use super::value::scalar;
use super::{PLACEHOLDER, Row, stamp};
use crate::blog::is_for_readers;
use crate::finding::{Edit, edited};
use crate::kinds::schema::{Key, ValueType};
use crate::post::{Post, telling_name};
use crate::syntax::front_matter::{self, Data, Entry, Format, FrontMatter, Node, Style, Value, double_quoted};
use crate::text::{Span, line_start};

/// What becomes of a value.
enum Leaf {
    Keep,
    Write(String),
    /// The key stays, for the author to fill in.
    Empty,
    Drop,
}

/// The front matter of the next post, from fence to fence; nothing where the last posts have none.
pub(super) fn next(row: &Row) -> String {
    let with = row.posts.iter().filter(|post| post.front_matter().is_some()).count();
    if with * 2 < row.posts.len() {
        return String::new();
    }
    let whole = |post: &&Post| post.loads() && post.front_matter().is_some();
    let Some(template) = row.posts.iter().rev().find(whole) else { return scratch(row) };
    let Some(front) = template.front_matter() else { return scratch(row) };
    if row.is_bare && front.format == Format::Yaml {
        return scratch(row);
    }
    let beside = |post: &&Post| post.loads() && post.front_matter().is_some_and(|other| other.format == front.format);
    let beside: Vec<usize> = (0..row.posts.len()).filter(|&at| beside(&&row.posts[at])).collect();
    let mut next = Next { row, text: template.text, front, beside, edits: Vec::new() };
    next.entries(&front.tree.entries, &mut Vec::new());
    next.insert_missing();
    next.edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let start = crate::text::after_bom(template.text);
    let written = edited(template.text, &next.edits);
    let end = written.len() - (template.text.len() - front.span.end);
    format!("{}\n", &written[start..end])
}

/// No more than the kind asks for and every post needs.
fn scratch(row: &Row) -> String {
    let mut lines = String::new();
    for (key, value) in missing(row, |_| false) {
        lines += format!("{key}: {}", scalar(Format::Yaml, Style::Plain, &value)).trim_end();
        lines.push('\n');
    }
    format!("---\n{lines}---\n")
}

/// Keys that the kind asks for, or that every post of the blog needs, each with its value.
fn missing(row: &Row, has: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut keys: Vec<(String, String)> = Vec::new();
    let features = row.features;
    let mut add = |key: &str, value: String| {
        if !has(key) && keys.iter().all(|(known, _)| known != key) {
            keys.push((key.to_owned(), value));
        }
    };
    let layout = || row.has_post_layout.then(|| "post".to_owned());
    for (name, key) in row.schema.front_matter.iter().filter(|(_, key)| key.required) {
        let chosen = key.one_of.as_ref().and_then(|choices| choices.0.first().cloned());
        let day = || row.next.own.map(|day| day.to_string());
        let value = match name.as_str() {
            "title" => Some(row.title.clone()),
            "date" => day(),
            _ if key.value_type == Some(ValueType::Date) => day(),
            "layout" => chosen.or_else(layout),
            _ => chosen,
        };
        add(name, wanted(row, name).or(value).unwrap_or_else(|| placeholder(key).to_owned()));
    }
    let matches = row.schema.matches.iter().flat_map(|matches| matches.front_matter.iter());
    matches.for_each(|(name, value)| add(name, value.clone()));
    if row.posts.is_empty() || row.is_bare {
        if let Some(layout) = layout().filter(|_| features.names_layouts) {
            add("layout", layout);
        }
        add("title", row.title.clone());
        if let Some(day) = row.next.own.filter(|_| !features.dates_file_names) {
            add("date", day.to_string());
        }
    }
    keys
}

/// The value by which a post is of the kind.
fn wanted(row: &Row, key: &str) -> Option<String> {
    row.schema.matches.as_ref()?.front_matter.get(key).cloned()
}

/// What stands for a value that the author is to find: nothing, where the kind would refuse it.
fn placeholder(key: &Key) -> &'static str {
    let is_text = key.value_type.is_none_or(|asked| asked == ValueType::Text);
    if is_text && key.refuses(PLACEHOLDER).is_none() { PLACEHOLDER } else { "" }
}

struct Next<'r> {
    row: &'r Row<'r>,
    text: &'r str,
    front: &'r FrontMatter,
    /// The posts with front matter of the same language.
    beside: Vec<usize>,
    edits: Vec<Edit>,
}

impl<'r> Next<'r> {
    fn entries(&mut self, entries: &'r [Entry], path: &mut Vec<&'r str>) {
        for entry in entries {
            path.push(&entry.key);
            self.entry(entry, path);
            path.pop();
        }
    }

    fn entry(&mut self, entry: &'r Entry, path: &mut Vec<&'r str>) {
        let nodes = self.nodes(path);
        let key = self.key(path);
        let is_wanted = key.is_some_and(|key| key.required) || path.len() == 1 && wanted(self.row, path[0]).is_some();
        if nodes.len() * 2 < self.beside.len() && !is_wanted {
            return self.drop_entry(entry);
        }
        let is_block_map = matches!(entry.value.data, Data::Map(_)) && entry.value.style == Style::Block;
        if is_block_map && !self.is_foreign(path) {
            let before = self.edits.len();
            self.entries(entry.value.entries(), path);
            let inner = entry.value.entries().len();
            let is_gone = self.edits.len() == before + inner && self.edits[before..].iter().all(Edit::is_removal);
            if is_gone && inner > 0 {
                self.edits.truncate(before);
                self.drop_entry(entry);
            }
            return;
        }
        match self.leaf(entry, path, &nodes) {
            Leaf::Keep => {}
            Leaf::Write(value) => self.write(entry, &value),
            Leaf::Empty => {
                let value = self.empty(&entry.value, key.filter(|key| key.required));
                self.write(entry, &value);
            }
            Leaf::Drop if is_wanted => {
                let value = self.empty(&entry.value, key);
                self.write(entry, &value);
            }
            Leaf::Drop => self.drop_entry(entry),
        }
    }

    /// The values under a path of keys, each with the place of its post.
    fn nodes(&self, path: &[&str]) -> Vec<(usize, &'r Node)> {
        let find = |at: usize| Some((at, &self.row.posts[at].front_matter()?.tree.find(path)?.value));
        self.beside.iter().filter_map(|&at| find(at)).collect()
    }

    /// What the kind asks of a key.
    fn key(&self, path: &[&str]) -> Option<&'r Key> {
        if let [key] = path { self.row.schema.front_matter.get(key) } else { None }
    }

    /// Of posts of other kinds, what they say of themselves is of no use.
    fn is_foreign(&self, path: &[&str]) -> bool {
        const OWN: &[&str] =
            &["alias", "categor", "tag", "series", "slug", "permalink", "url", "path", "postlint", "taxonom", "weight"];
        let key = path[0].to_lowercase();
        self.row.is_foreign && (OWN.iter().any(|own| key.starts_with(own)) || is_for_readers(&key) && key != "title")
    }

    fn leaf(&self, entry: &Entry, path: &[&str], nodes: &[(usize, &'r Node)]) -> Leaf {
        let row = self.row;
        if let ["title" | "Title"] = path {
            return Leaf::Write(scalar(self.front.format, entry.value.style, &row.title));
        }
        if let [key] = path
            && let Some(value) = wanted(row, key)
        {
            let is_there = |(_, node): &&(usize, &Node)| {
                node.text() == Some(&*value) || node.items().iter().any(|item| item.text() == Some(&*value))
            };
            let has = nodes.iter().filter(is_there).count();
            if has * 2 < nodes.len() || row.is_foreign {
                return Leaf::Write(scalar(self.front.format, Style::Plain, &value));
            }
        }
        if let (Some((own, true)), [key]) = (row.features.withheld_by, path)
            && own == *key
            && self.key(path).is_none_or(|key| key.refuses("true").is_none())
            && wanted(row, key).is_none()
        {
            return Leaf::Write("true".to_owned());
        }
        if self.is_foreign(path) {
            return if self.key(path).is_some_and(|key| key.required) { Leaf::Empty } else { Leaf::Drop };
        }
        let choices = self.key(path).is_some_and(|key| key.one_of.is_some());
        if let Some(date) = self.date(nodes) {
            return Leaf::Write(date);
        }
        let own = self.raw(self.row.posts, nodes.last().map_or(0, |(at, _)| *at), &entry.value);
        let raws: Vec<&str> = nodes.iter().map(|(at, node)| self.raw(row.posts, *at, node)).collect();
        let same = raws.iter().filter(|raw| **raw == own).count();
        let is_own = || nodes.len() == 1 && is_for_readers(path[0]) && !path[0].starts_with(['c', 't']);
        if same * 4 >= nodes.len() * 3 && nodes.len() > 1 || choices {
            return Leaf::Keep;
        }
        // What takes more than its line fits only where the like of it stood.
        let fits = |value: &str| {
            let takes_line = |value: &str| !value.contains('\n') && !value.starts_with("- ");
            takes_line(value) && takes_line(own) || Shape::of(value).text == Shape::of(own).text
        };
        if let Some(value) = self.goes_on(nodes, &raws).filter(|value| !raws.contains(&&**value) && fits(value)) {
            return Leaf::Write(value);
        }
        match &entry.value.data {
            _ if nodes.len() == 1 => {
                if is_own() {
                    Leaf::Empty
                } else {
                    Leaf::Keep
                }
            }
            Data::List(_) if path[0].starts_with("alias") => Leaf::Drop,
            Data::List(items) => self.list(path, nodes, items),
            Data::Map(_) | Data::Alias(_) | Data::Unread => Leaf::Drop,
            Data::Scalar(_) => match entry.value.value() {
                Some(Value::Bool(_)) => self.usual(&raws).map_or(Leaf::Drop, |raw| Leaf::Write(raw.to_owned())),
                Some(Value::Integer(_) | Value::Float(_)) => Leaf::Drop,
                // An address that says nothing is none.
                _ if row.features.address_keys.contains(&path[0]) || ["path", "url", "slug"].contains(&path[0]) => {
                    Leaf::Drop
                }
                _ => Leaf::Empty,
            },
        }
    }

    /// A value as it is written.
    fn raw<'p>(&self, posts: &'p [Post<'p>], at: usize, node: &Node) -> &'p str {
        posts[at].text[node.span].trim_end()
    }

    fn usual<'t>(&self, raws: &[&'t str]) -> Option<&'t str> {
        let times = |raw: &&str| raws.iter().filter(|other| *other == raw).count();
        raws.iter().copied().max_by_key(times)
    }

    /// The day of the post in the form of the others.
    fn date(&self, nodes: &[(usize, &Node)]) -> Option<String> {
        let texts: Vec<(usize, &str)> = nodes.iter().filter_map(|(at, node)| Some((*at, node.text()?))).collect();
        let written = stamp::next(self.row, &texts)?;
        let style = nodes.last()?.1.style;
        Some(match style {
            Style::DoubleQuoted => format!("\"{written}\""),
            Style::SingleQuoted => format!("'{written}'"),
            _ => written,
        })
    }

    /// A value with the number, the days, the title or the name of its post in it.
    fn goes_on(&self, nodes: &[(usize, &Node)], raws: &[&str]) -> Option<String> {
        const NAME: &str = "\u{e002}";
        const TITLE: &str = "\u{e003}";
        let row = self.row;
        let marked: Vec<String> = nodes
            .iter()
            .zip(raws)
            .map(|((at, _), raw)| {
                let post = &row.posts[*at];
                let title = post.title().and_then(|title| title.text()).filter(|title| title.len() > 3);
                let raw = title.map_or((*raw).to_owned(), |title| raw.replace(title, TITLE));
                let name = telling_name(post.path);
                if name.len() > 3 { raw.replace(name, NAME) } else { raw }
            })
            .collect();
        let told: Vec<Told> =
            nodes.iter().zip(&marked).map(|((at, _), text)| Told { text, known: &row.known[*at] }).collect();
        let Goes::On(text) = pattern::next(&told, row.next, Speaks::OfItself) else { return None };
        Some(text.replace(NAME, telling_name(row.path)).replace(TITLE, &row.title))
    }

    /// A list of what most of the lists have.
    fn list(&self, path: &[&str], nodes: &[(usize, &Node)], items: &[Node]) -> Leaf {
        if items.iter().any(|item| item.text().is_none()) {
            return Leaf::Drop;
        }
        let has = |node: &Node, text: &str| {
            node.text() == Some(text) || node.items().iter().any(|item| item.text() == Some(text))
        };
        let times = |text: &str| nodes.iter().filter(|(_, node)| has(node, text)).count();
        let wanted = if path.len() == 1 { wanted(self.row, path[0]) } else { None };
        let is_kept = |text: &&str| Some(*text) == wanted.as_deref() || times(text) * 4 >= nodes.len() * 3;
        let kept: Vec<&str> = items.iter().filter_map(Node::text).filter(is_kept).collect();
        let lost = wanted.as_deref().filter(|wanted| !kept.contains(wanted));
        let kept: Vec<String> = lost.into_iter().chain(kept.iter().copied()).map(|text| self.item(text)).collect();
        Leaf::Write(format!("[{}]", kept.join(", ")))
    }

    fn item(&self, text: &str) -> String {
        match self.front.format {
            Format::Yaml => front_matter::list_item(text),
            Format::Toml | Format::Json => double_quoted(text),
            Format::Lines => text.to_owned(),
        }
    }

    /// Nothing, in the form of a value; or what stands for one that must be there.
    fn empty(&self, node: &Node, required: Option<&Key>) -> String {
        let placeholder = required.map_or("", placeholder);
        match (&node.data, node.style) {
            (Data::List(_), _) => "[]".to_owned(),
            (_, Style::Plain) if placeholder.is_empty() => String::new(),
            (_, style) => scalar(self.front.format, style, placeholder),
        }
    }

    /// Puts a value in the place of another.
    fn write(&mut self, entry: &Entry, value: &str) {
        let behind = &self.text[entry.key_span.end..];
        let sign = if self.front.format == Format::Toml { '=' } else { ':' };
        let start = entry.key_span.end + behind.find(sign).map_or(0, |at| at + 1);
        let span = entry.value.span;
        if entry.value.style == Style::Block && value.starts_with(['-', '?']) {
            self.edits.push(Edit::new(Span::new(span.start, span.start + self.text[span].trim_end().len()), value));
            return;
        }
        let is_beside = span.start >= start && !self.text[start..span.start].contains('\n') && span.start > start;
        let from = if is_beside && !value.is_empty() { span.start } else { start };
        let value = if from == start && !value.is_empty() { format!(" {value}") } else { value.to_owned() };
        let written = &self.text[from.min(span.end)..span.end];
        self.edits.push(Edit::new(Span::new(from, from + written.trim_end().len()), value));
    }

    /// Takes an entry out, with its lines.
    fn drop_entry(&mut self, entry: &Entry) {
        let end = end_of(&entry.value);
        let start = line_start(self.text, entry.key_span.start);
        let end = self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1);
        // What shares its line with others stays.
        let is_alone =
            self.text[start..entry.key_span.start].chars().all(|c| matches!(c, ' ' | '\t' | '[' | '"' | '\''));
        if is_alone && self.front.format != Format::Json {
            self.edits.push(Edit::new(Span::new(start, end.min(self.front.closing.start)), ""));
        }
    }

    /// Puts the keys in that the kind asks for and the last post has not.
    fn insert_missing(&mut self) {
        let front = self.front;
        let asked: Vec<&str> = self.row.schema.front_matter.iter().map(|(key, _)| key.as_str()).collect();
        for (key, value) in missing(self.row, |key| front.get(key).is_some()) {
            let place = asked.iter().position(|asked| *asked == key).unwrap_or(asked.len());
            let before = asked[..place].iter().rev().find_map(|key| front.get(key));
            let is_table = |entry: &&Entry| self.text[entry.key_span.start.saturating_sub(1)..].starts_with('[');
            let first_table = front.tree.entries.iter().find(|entry| front.format == Format::Toml && is_table(entry));
            let behind = |entry: &Entry| {
                let end = end_of(&entry.value);
                self.text[end..].find('\n').map_or(end, |at| end + at + 1)
            };
            let at = match (before, first_table) {
                (Some(before), _) => behind(before),
                (None, Some(table)) => line_start(self.text, table.key_span.start),
                (None, None) => front.closing.start,
            };
            let value = scalar(front.format, Style::Plain, &value);
            let line = match front.format {
                Format::Yaml | Format::Lines => format!("{key}: {value}").trim_end().to_owned() + "\n",
                Format::Toml => format!("{key} = {value}\n"),
                Format::Json => continue,
            };
            self.edits.push(Edit::insert(at, line));
        }
    }
}

/// Where a value ends, with all that is in it.
fn end_of(node: &Node) -> usize {
    let inner = node.entries().iter().map(|entry| &entry.value).chain(node.items());
    inner.map(end_of).fold(node.span.end, usize::max)
}
