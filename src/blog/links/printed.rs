//! Addresses that templates print for a post: what the post hands to an include, and the keys that its layouts show
//! (Jekyll 4.3.1, `tags/include.rb`, `renderer.rb`).

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::Regex;

use super::found::{PageLink, Shape, UNKNOWN};
use super::liquid::{Known, MADE};
use crate::blog::Blog;
use crate::blog::habits::folder_of;
use crate::files::join;
use crate::generators::Templates;
use crate::generators::address::Reference;
use crate::liquid::{Condition, Environment, Liquid, Part, Role, Value, included_file, output};
use crate::post::Post;
use crate::syntax::front_matter::{Node, Value as Scalar};
use crate::text::Span;

/// Includes within includes go no deeper.
const DEEPEST: usize = 4;

/// The templates that make pages of posts, by the name of the layout.
pub(crate) type Layouts = HashMap<String, OnceLock<Vec<Template>>>;

/// What leads somewhere: an attribute, the picture of a page for other sites, a background.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    let value = |quote: char| format!(r"{quote}((?:\{{\{{.*?\}}\}}|[^{quote}])*){quote}");
    let quoted = format!("(?:{}|{})", value('"'), value('\''));
    let picture = r#"(?:property|name|itemprop)\s*=\s*["']?(?:og:image|twitter:image|image)["']?\s+content"#;
    let background = r#"url\(\s*["']?((?:\{\{.*?\}\}|[^"')])*)"#;
    Regex::new(&format!(r"(?i)\b(?:(?:src|href|poster|{picture})\s*=\s*{quoted}|{background})")).expect("a pattern")
});

/// A parameter of an include.
static PARAMETER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+))"#).expect("a pattern"));

/// A name that the post, or whoever includes the template, gives a value.
static GIVEN: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b(page|include)\.([\w.-]+)").expect("a pattern"));

/// A template that prints addresses.
#[derive(Debug)]
pub(crate) struct Template {
    text: Arc<str>,
    liquid: Liquid,
    /// The values of the attributes that lead somewhere.
    addresses: Vec<Address>,
    /// What names are assigned; nothing where that depends on more.
    assigned: HashMap<String, Option<String>>,
}

/// The value of an attribute that leads somewhere.
#[derive(Debug)]
struct Address {
    span: Span,
    /// What it is made of: `page` or `include`, and a key.
    names: Vec<(String, String)>,
}

impl Template {
    /// A template, if it prints addresses that are made of what it is given.
    fn read(text: &Arc<str>, given: &str) -> Option<Template> {
        if !text.contains(given) {
            return None;
        }
        let values =
            ADDRESS.captures_iter(text).filter_map(|found| (1..found.len()).find_map(|group| found.get(group)));
        let values = values.filter(|value| value.as_str().contains("{{"));
        let spans: Vec<Span> = values.map(|value| Span::new(value.start(), value.end())).collect();
        if spans.is_empty() && !text.contains("{% include") {
            return None;
        }
        let liquid = Liquid::read(text, Span::new(0, text.len()));
        let mut assigned = HashMap::new();
        let mut depth = 0_usize;
        for part in &liquid.parts {
            match (part.role, &text[part.name]) {
                (Role::Opening, name) => {
                    depth += 1;
                    if name == "capture" {
                        assigned.insert(text[part.markup].trim().to_owned(), None);
                    }
                }
                (Role::Closing, _) => depth = depth.saturating_sub(1),
                (Role::Tag, "assign") => {
                    let Some((name, value)) = text[part.markup].split_once('=') else { continue };
                    let name = name.trim().to_owned();
                    let is_sure = depth == 0 && !assigned.contains_key(&name);
                    assigned.insert(name, is_sure.then(|| value.trim().to_owned()));
                }
                _ => {}
            }
        }
        let mut template = Template { text: text.clone(), liquid, addresses: Vec::new(), assigned };
        let address = |span: Span| Address { names: template.names(&span), span };
        template.addresses = spans.into_iter().map(address).collect();
        Some(template)
    }

    /// The names that an address is made of.
    fn names(&self, address: &Span) -> Vec<(String, String)> {
        let mut expressions = vec![self.text[*address].to_owned()];
        for (name, value) in &self.assigned {
            let is_used = self
                .liquid
                .parts_in(address)
                .iter()
                .any(|part| names_in(self.text[part.markup].trim_start()).next() == Some(name.as_str()));
            expressions.extend(value.clone().filter(|_| is_used));
        }
        let given = expressions.iter().flat_map(|text| GIVEN.captures_iter(text));
        given.map(|found| (found[1].to_owned(), found[2].trim_end_matches(['.', '-']).to_owned())).collect()
    }

    /// Whether a place of the template is on the page.
    fn condition_at(&self, offset: usize, known: &dyn Environment) -> Condition {
        let mut open: Vec<Condition> = Vec::new();
        for part in self.liquid.parts.iter().take_while(|part| part.span.start < offset) {
            let markup = &self.text[part.markup];
            match (part.role, &self.text[part.name]) {
                (Role::Opening, "capture") => open.push(Condition::Always),
                (Role::Opening, name) => open.push(Condition::opening(name, markup, known)),
                (Role::Branch, name) => {
                    if let Some(last) = open.last_mut() {
                        *last = std::mem::take(last).branch(name, markup, known);
                    }
                }
                (Role::Closing, _) => drop(open.pop()),
                _ => {}
            }
        }
        open.into_iter().fold(Condition::Always, Condition::and)
    }

    /// What an address comes to; with a sign for what is not known, and nothing where it is not on the page.
    fn printed(&self, address: &Span, known: &dyn Environment) -> Option<String> {
        match self.condition_at(address.start, known) {
            Condition::Never => None,
            Condition::Always if self.liquid.parts_in(address).iter().all(|part| part.role == Role::Output) => {
                let printed = self.liquid.expand_with(&self.text, *address, known);
                Some(printed.text().trim().to_owned())
            }
            _ => Some(UNKNOWN.to_string()),
        }
    }
}

/// A value that an include is handed, and where a post writes it.
type Parameters = HashMap<String, (Value, Option<Span>)>;

/// What is known within a template.
struct Within<'e> {
    known: &'e Known<'e>,
    given: &'e Parameters,
    template: &'e Template,
}

impl Environment for Within<'_> {
    fn value(&self, name: &str) -> Value {
        if let Some(name) = name.strip_prefix("include.") {
            return self.given.get(name).map_or(Value::Nothing, |(value, _)| value.clone());
        }
        match self.template.assigned.get(name) {
            // One that is made of itself comes to nothing that is known.
            Some(Some(value)) if !names_in(value).any(|other| other == name) => output(value, self),
            Some(_) => Value::Unknown,
            None => self.known.key(name).unwrap_or_else(|| self.known.value(name)),
        }
    }

    fn filter(&self, name: &str, text: &str, argument: Option<Value>) -> Value {
        match name {
            "default" | "escape" | "escape_once" | "uri_escape" | "xml_escape" if !text.is_empty() => {
                Value::Text(text.to_owned())
            }
            _ => self.known.filter(name, text, argument),
        }
    }

    fn placeholder(&self, _part: &Part) -> String {
        UNKNOWN.to_string()
    }
}

impl Known<'_> {
    /// The value of a key of the post.
    fn key(&self, name: &str) -> Option<Value> {
        let path: Vec<&str> = name.strip_prefix("page.")?.split('.').collect();
        if MADE.contains(&path[0]) || matches!(path[0], "url" | "previous" | "next" | "slug" | "layout") {
            return None;
        }
        let Some(node) = node(self.post, &path) else { return Some(Value::Nothing) };
        Some(match (node.value(), node.text()) {
            (Some(Scalar::Null), _) => Value::Nothing,
            (Some(Scalar::Bool(value)), _) => Value::Bool(value),
            (_, Some(text)) if !text.contains(char::is_whitespace) => Value::Text(text.to_owned()),
            (_, Some(_)) => Value::Unknown,
            _ => Value::Something,
        })
    }
}

/// What stands under a path of keys.
fn node<'p>(post: &'p Post, path: &[&str]) -> Option<&'p Node> {
    let (first, rest) = path.split_first()?;
    rest.iter().try_fold(&post.front_matter()?.get(first)?.value, |node, key| node.get(key))
}

impl Blog {
    /// Adds the links that templates print for a post.
    pub(super) fn add_printed(&self, post: &Post, links: &mut Vec<PageLink>) {
        let before = links.len();
        let known = Known { blog: self, post };
        // An include of liquidjs names a template in a way of its own.
        let liquid = self.liquid(post).filter(|liquid| liquid.given().is_none());
        for part in liquid.map_or(&[][..], |liquid| &liquid.parts) {
            let Some((file, given)) = self.include(post, &known, part) else { continue };
            if self.files.is_file(&file) {
                self.add_included(&known, &file, &given, part.span, DEEPEST, links);
            } else {
                // That of a theme which is not here.
                let paths = given.values().filter_map(|(value, span)| match value {
                    Value::Text(text) if is_path(text) => *span,
                    _ => None,
                });
                let unknown = UNKNOWN.to_string();
                links.extend(paths.map(|span| super::found::link(post.text, Shape::Html, &unknown, &span)));
            }
        }
        match self.site().features.templates {
            Templates::Liquid => self.add_shown_keys(&known, links),
            _ => self.add_plain_keys(post, links),
        }
        self.add_handed(post, links);
        if links.len() > before {
            links.sort_by_key(|link| link.span.start);
        }
    }

    /// The file that a tag of a post includes, and what it is handed.
    fn include(&self, post: &Post, known: &Known, part: &Part) -> Option<(String, Parameters)> {
        let folder = match &post.text[part.name] {
            "include" | "include_cached" => self.site().include_folder.as_str(),
            "include_relative" => folder_of(post.path),
            _ => return None,
        };
        let markup = &post.text[part.markup];
        let file = included_file(markup).filter(|file| !file.is_empty())?;
        let start = part.markup.start + file.end;
        let at = |at: regex::Match| Span::new(start + at.start(), start + at.end());
        let given = PARAMETER.captures_iter(&markup[file.end..]).map(|found| {
            let literal = found.get(2).or_else(|| found.get(3));
            let value = match (literal, found.get(4)) {
                (Some(literal), _) => Value::Text(literal.as_str().to_owned()),
                (None, name) => name.map_or(Value::Unknown, |name| output(name.as_str(), known)),
            };
            (found[1].to_owned(), (value, literal.map(at)))
        });
        Some((join(folder, &markup[file]), given.collect()))
    }

    /// Adds the links that an include makes of what it is handed.
    fn add_included(
        &self,
        known: &Known,
        file: &str,
        given: &Parameters,
        tag: Span,
        depth: usize,
        links: &mut Vec<PageLink>,
    ) {
        let Some(template) = self.files.text(file).and_then(|text| Template::read(&text, "include.")) else { return };
        let within = Within { known, given, template: &template };
        let mut told: Vec<String> = Vec::new();
        for address in &template.addresses {
            let names = address.names.iter().filter(|(kind, _)| kind == "include");
            let handed: Vec<&Option<Span>> = names.filter_map(|(_, name)| Some(&given.get(name)?.1)).collect();
            let Some(printed) = template.printed(&address.span, &within).filter(|_| !handed.is_empty()) else {
                continue;
            };
            if matches!(Reference::read(&printed), Reference::Local(_)) && !told.contains(&printed) {
                let span = if let [Some(span)] = handed[..] { *span } else { tag };
                links.push(super::found::link(known.post.text, Shape::Html, &printed, &span));
                told.push(printed);
            }
        }
        for part in template.liquid.parts.iter().filter(|_| depth > 0) {
            if !matches!(&template.text[part.name], "include" | "include_cached")
                || template.condition_at(part.span.start, &within) != Condition::Always
            {
                continue;
            }
            let markup = &template.text[part.markup];
            let Some(inner) = included_file(markup).filter(|file| !file.is_empty()) else { continue };
            let handed = PARAMETER.captures_iter(&markup[inner.end..]).filter_map(|found| {
                let name = found.get(4)?.as_str();
                let value = output(name, &within);
                let span = name.strip_prefix("include.").and_then(|name| given.get(name)?.1);
                span.map(|span| (found[1].to_owned(), (value, Some(span))))
            });
            let handed: Parameters = handed.collect();
            if !handed.is_empty() {
                let file = join(&self.site().include_folder, &markup[inner]);
                self.add_included(known, &file, &handed, tag, depth - 1, links);
            }
        }
    }

    /// Adds the links that the layouts of a post make of its keys.
    fn add_shown_keys(&self, known: &Known, links: &mut Vec<PageLink>) {
        let (post, conventions) = (known.post, &self.site().conventions);
        let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return };
        let Some(layout) = front.text("layout").or_else(|| conventions.preset(post.path, "layout")) else { return };
        let nothing = Parameters::new();
        let mut told: Vec<Span> = Vec::new();
        for template in self.templates_of(layout) {
            let within = Within { known, given: &nothing, template };
            for address in &template.addresses {
                for (_, key) in address.names.iter().filter(|(kind, _)| kind == "page") {
                    let path: Vec<&str> = key.split('.').collect();
                    let node = node(post, &path).filter(|node| node.text().is_some_and(is_path));
                    let Some(node) = node.filter(|node| !told.contains(&node.span)) else { continue };
                    let printed = template.printed(&address.span, &within).filter(|printed| !printed.contains(UNKNOWN));
                    // `absolute_url` puts the host of the site before it.
                    let is_local = |to: &str| matches!(Reference::read(to), Reference::Local(_));
                    if let Some(printed) = printed.filter(|to| is_local(to) || node.text().is_some_and(is_local)) {
                        told.push(node.span);
                        links.push(super::found::link(post.text, Shape::Html, &printed, &node.span));
                    }
                }
            }
        }
    }

    /// Adds the links that templates make of the keys of a post which they print as they are.
    fn add_plain_keys(&self, post: &Post, links: &mut Vec<PageLink>) {
        let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return };
        // Templates are read only where a key can be shown.
        if self.shown_keys.get().is_some_and(Vec::is_empty) || !front.tree.has_text(is_path) {
            return;
        }
        let base = &self.map().base;
        let read = || self.site().conventions.shown_keys(self.site(), &self.files);
        for shown in self.shown_keys.get_or_init(read) {
            let path: Vec<&str> = shown.path.iter().map(String::as_str).collect();
            let Some((node, text)) = node(post, &path).and_then(|node| Some((node, node.text()?))) else { continue };
            let address = match shown.is_rooted {
                true if text.starts_with('/') && !base.is_empty() => continue,
                true if !text.starts_with('/') => format!("{base}/{text}"),
                _ => text.to_owned(),
            };
            if is_path(text) && matches!(Reference::read(text), Reference::Local(_)) {
                links.push(super::found::link(post.text, Shape::Html, &address, &node.span));
            }
        }
    }

    /// The layouts of a post with what they include, as far as they print addresses made of its keys.
    fn templates_of(&self, layout: &str) -> &[Template] {
        let all = self.layout_addresses.get_or_init(|| {
            let names = self.site().layouts.iter().flatten();
            names.map(|name| (name.clone(), OnceLock::new())).collect()
        });
        let read = || {
            let texts = self.site().conventions.layouts(&self.files, layout);
            let read = texts.iter().filter_map(|(_, text)| Template::read(text, "page."));
            let is_shown = |address: &Address| address.names.iter().any(|(kind, _)| kind == "page");
            read.filter(|template| template.addresses.iter().any(is_shown)).collect()
        };
        all.get(layout).map_or(&[], |templates| templates.get_or_init(read))
    }
}

/// The words of an expression.
fn names_in(expression: &str) -> impl Iterator<Item = &str> {
    expression.split(|sign: char| !sign.is_alphanumeric() && !matches!(sign, '_' | '-'))
}

/// Whether a value can only be meant as a path of the site or a file of it.
pub(super) fn is_path(value: &str) -> bool {
    let is_rooted = value.starts_with(['/', '.']) && value.len() > 1;
    !value.contains(['{', ' ', '\n', '<']) && (is_file(value) || is_rooted && value.contains('/'))
}

/// Whether it is the name of an image or the like.
pub(super) fn is_file(value: &str) -> bool {
    const ENDINGS: &[&str] = &["avif", "gif", "jpeg", "jpg", "mp3", "mp4", "pdf", "png", "svg", "webp"];
    value.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&&*ending.to_lowercase()))
}
