//! The layouts of a Jekyll site, with all they include, and when a page gets which part of them (Jekyll 4.3.1,
//! `renderer.rb`, `tags/include.rb`).

use std::collections::HashMap;
use std::sync::Arc;

use super::bounds::Bounded;
use super::detection::MathDetection;
use crate::files::{Files, join};
use crate::generators::{self, Site};
use crate::liquid::{self, Condition, Environment, Liquid, Part, Role, Value, included_file};
use crate::syntax::front_matter::{self, Tree, Value as Scalar};
use crate::text::Span;

/// What the layouts say.
#[derive(Debug, Default)]
pub(crate) struct Layouts {
    /// What all of them say together.
    pub detection: MathDetection,
    /// For each layout, when a page that has it loads an engine.
    pub loading: HashMap<String, Condition>,
    /// Nothing was left out.
    pub is_whole: bool,
}

/// Layouts within layouts, and includes within includes, go no deeper.
const DEEPEST: usize = 12;

/// A layout includes no more on conditions of their own.
const MOST: usize = 2_000;

/// Reads all layouts.
pub(crate) fn read(files: &Files, site: &Site) -> Layouts {
    let (files, texts, page) = (Bounded::new(files), HashMap::new(), Page::default());
    let all = Layouts { is_whole: true, ..Layouts::default() };
    let mut walker = Walker { site, files, texts, all, page, at: String::new() };
    for name in site.layouts.iter().flatten() {
        walker.page = Page { loads: Condition::Never, is_whole: true, ..Page::default() };
        walker.layout(name);
        let Page { loads, is_whole, .. } = std::mem::take(&mut walker.page);
        let is_whole = is_whole && !walker.files.is_cut;
        walker.all.is_whole &= is_whole;
        let loads = if is_whole { loads } else { loads.or(Condition::Unknown) };
        walker.all.loading.insert(name.clone(), loads);
    }
    if walker.all.detection.engines.is_empty() && !(walker.all.is_whole && site.layouts.is_some()) {
        walker.loose();
    }
    walker.all
}

struct Walker<'a> {
    site: &'a Site,
    files: Bounded<'a>,
    /// What was read, by its path.
    texts: HashMap<String, Option<Arc<str>>>,
    all: Layouts,
    page: Page,
    /// The file that is read.
    at: String,
}

/// What the layout at hand makes of a page.
#[derive(Default)]
struct Page {
    loads: Condition,
    is_whole: bool,
    /// What is included, on which conditions: a second time says nothing new.
    included: HashMap<String, Vec<Condition>>,
    /// How much that is.
    count: usize,
}

impl Page {
    /// Whether a file has to be read that is included on a condition.
    fn includes(&mut self, file: &str, now: &Condition) -> bool {
        let conditions = self.included.entry(file.to_owned()).or_default();
        if conditions.contains(now) {
            return false;
        }
        let has_room = self.count < MOST;
        if has_room {
            conditions.push(now.clone());
            self.count += 1;
        }
        self.is_whole &= has_room;
        has_room
    }
}

impl Walker<'_> {
    fn layout(&mut self, name: &str) {
        let mut name = name.to_owned();
        for _ in 0..DEEPEST {
            let paths = ["html", "htm", "liquid", "md", "xml"]
                .map(|extension| join(&self.site.layout_folder, &format!("{name}.{extension}")));
            let Some((path, text)) = paths.iter().find_map(|path| Some((path, self.text(path)?))) else { break };
            self.at.clone_from(path);
            let found = front_matter::read(&text);
            let body = &text[found.body(&text)..];
            // Without the post on it, it is not the page that readers get.
            self.page.is_whole &= body.contains("content");
            self.template(body, &Condition::Always, 0);
            match found.whole().and_then(|front| front.text("layout")) {
                Some(outer) => name = outer.to_owned(),
                None => return,
            }
        }
        self.page.is_whole = false;
    }

    /// Where layouts are not seen, what they would include, and what they take from the config, still name the engine.
    fn loose(&mut self) {
        let includes = self.site.includes.iter().map(|name| join(&self.site.include_folder, name));
        for path in includes.chain(self.site.config.clone()).collect::<Vec<_>>() {
            if let Some(text) = self.text(&path) {
                self.all.detection.read_file(&path, &text);
            }
        }
        self.all.is_whole = false;
    }

    fn text(&mut self, path: &str) -> Option<Arc<str>> {
        if let Some(text) = self.texts.get(path) {
            return text.clone();
        }
        let text = self.files.text(path);
        self.texts.insert(path.to_owned(), text.clone());
        text
    }

    /// Reads a template that is there on a condition.
    fn template(&mut self, text: &str, outer: &Condition, depth: usize) {
        let liquid = Liquid::read(text, Span::new(0, text.len()));
        let mut open: Vec<Condition> = Vec::new();
        let mut run = String::new();
        let mut from = 0;
        for part in &liquid.parts {
            run.push_str(text.get(from..part.span.start).unwrap_or_default());
            from = part.span.end;
            if part.role == Role::Output {
                run.push_str(&self.output(&text[part.markup]));
                continue;
            }
            let now = open.iter().cloned().fold(outer.clone(), Condition::and);
            self.piece(&std::mem::take(&mut run), &now);
            match part.role {
                Role::Opening => {
                    open.push(Condition::opening(&text[part.name], &text[part.markup], &Config(&self.site.tree)));
                }
                Role::Branch => {
                    if let Some(last) = open.last_mut() {
                        let (name, markup) = (&text[part.name], &text[part.markup]);
                        *last = std::mem::take(last).branch(name, markup, &Config(&self.site.tree));
                    }
                }
                Role::Closing => {
                    open.pop();
                }
                Role::Tag | Role::Unknown => self.tag(text, part, &now, depth),
                _ => {}
            }
        }
        run.push_str(&text[from..]);
        self.piece(&run, outer);
    }

    /// What is not known stays as it is written.
    fn output(&self, markup: &str) -> String {
        match liquid::output(markup, &Config(&self.site.tree)) {
            Value::Nothing => String::new(),
            Value::Text(text) => text,
            Value::Bool(value) => value.to_string(),
            Value::Something | Value::OfPage(_) | Value::Unknown => format!("{{{{{markup}}}}}"),
        }
    }

    fn tag(&mut self, text: &str, part: &Part, now: &Condition, depth: usize) {
        if !matches!(&text[part.name], "include" | "include_cached") || *now == Condition::Never {
            return;
        }
        let markup = &text[part.markup];
        let file = included_file(markup)
            .filter(|file| !file.is_empty())
            .map(|file| join(&self.site.include_folder, &markup[file]));
        match file.and_then(|file| Some((self.text(&file)?, file))) {
            // An empty one stands for another that is put in its place.
            Some((included, file)) if depth < DEEPEST && !included.trim().is_empty() => {
                if self.page.includes(&file, now) {
                    let outer = std::mem::replace(&mut self.at, file);
                    self.template(&included, now, depth + 1);
                    self.at = outer;
                }
            }
            _ => self.page.is_whole = false,
        }
    }

    /// Text that stands on a page on a condition.
    fn piece(&mut self, text: &str, now: &Condition) {
        if *now == Condition::Never || text.trim().is_empty() {
            return;
        }
        let mut own = MathDetection::default();
        own.read_file(&self.at, text);
        for source in std::mem::take(&mut own.scripts) {
            self.script(&source, &mut own);
        }
        let loads = match own.engines.is_empty() {
            false => now.clone(),
            // Something speaks of an engine in a way that is not understood.
            true if own.names && !own.is_config() => Condition::Unknown,
            true => Condition::Never,
        };
        let before = std::mem::take(&mut self.page.loads);
        self.page.loads = before.or(loads);
        self.all.detection.add(own);
    }

    /// A script of the site's own can load an engine, too.
    fn script(&mut self, source: &str, detection: &mut MathDetection) {
        if source.contains("://") || source.starts_with("//") {
            return;
        }
        let path = source.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
        let path = join(&self.site.sources, path);
        match self.text(&path).filter(|script| !source.contains("{{") && !script.trim().is_empty()) {
            Some(script) => detection.read_file(&path, &script),
            None => self.page.is_whole = false,
        }
    }
}

/// What is known of a layout: `{{ site.mathjax.cdn }}` is in the config, `{% if page.mathjax %}` asks the page.
struct Config<'a>(&'a Tree);

impl Environment for Config<'_> {
    fn value(&self, name: &str) -> Value {
        match name.split_once('.') {
            Some(("jekyll", "environment")) => Value::Text("production".to_owned()),
            Some(("page", key)) if !key.is_empty() && !key.contains(['.', '[']) && key != "layout" => {
                Value::OfPage(key.to_owned())
            }
            Some(("site", key)) if !key.contains(['[', '?']) => self.key(&key.split('.').collect::<Vec<_>>()),
            _ => Value::Unknown,
        }
    }

    /// No filter of addresses changes what a script is.
    fn filter(&self, _name: &str, text: &str, _argument: Option<Value>) -> Value {
        Value::Text(text.to_owned())
    }
}

impl Config<'_> {
    fn key(&self, path: &[&str]) -> Value {
        // What Jekyll or its plugins put there is not in the config.
        if matches!(path[0], "data" | "posts" | "pages" | "time" | "github" | "tags" | "categories" | "collections") {
            return Value::Unknown;
        }
        let Some(node) = generators::get(self.0, path).filter(|node| !node.is_empty()) else { return Value::Nothing };
        match (node.value(), node.text()) {
            (Some(Scalar::Bool(value)), _) => Value::Bool(value),
            (_, Some(text)) => Value::Text(text.to_owned()),
            _ => Value::Something,
        }
    }
}
