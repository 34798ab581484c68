//! When the templates of Hugo load an engine: the conditions that a script stands under, in its own file and in those
//! that call it (Hugo 0.168, `tpl/partials`; Go, `text/template`).

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use regex::Regex;

use super::detection::MathDetection;
use crate::generators;
use crate::liquid::Condition;
use crate::syntax::front_matter::{Node, Tree, Value};

/// The templates of a site by their paths below `layouts`, those of the site in the place of those of its theme.
pub(super) type Templates = BTreeMap<String, Arc<str>>;

/// Calls within calls go no deeper.
const DEEPEST: usize = 8;

static ACTION: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?s)\{\{-?\s*(/\*.*?\*/|.*?)\s*-?\}\}").expect("a pattern"));
static PARTIAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"\bpartial(?:Cached)?\s+(?:"([^"]+)"|`([^`]+)`|(\S+))"#).expect("a pattern"));
static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s)\A(\$\w+)\s*:?=\s*(.+)\z").expect("a pattern"));
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#""[^"]*"|[()|]|[^\s()|]+"#).expect("a pattern"));

/// When a page loads an engine.
pub(super) fn loading(templates: &Templates, config: &Tree) -> Condition {
    let read = |(path, text): (&String, &Arc<str>)| (path.clone(), Template::read(text, config));
    let read: BTreeMap<String, Template> = templates.iter().map(read).collect();
    let own = read.iter().map(|(path, template)| template.loads.clone().and(called(path, &read, 0)));
    own.fold(Condition::Never, Condition::or)
}

/// When a template is part of a page.
fn called(path: &str, all: &BTreeMap<String, Template>, depth: usize) -> Condition {
    let Some(name) = path.strip_prefix("partials/").or_else(|| path.strip_prefix("_partials/")) else {
        let is_asked_for = path.contains("shortcodes/") || path.contains("_markup/");
        return if is_asked_for { Condition::Unknown } else { Condition::Always };
    };
    if depth > DEEPEST || all.values().any(|template| template.calls_any) {
        return Condition::Unknown;
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut when = Condition::Never;
    for (caller, template) in all.iter().filter(|(caller, _)| *caller != path) {
        for (called_name, condition) in &template.calls {
            if called_name == name || called_name == stem {
                when = when.or(condition.clone().and(called(caller, all, depth + 1)));
            }
        }
    }
    when
}

/// What a template does.
struct Template {
    /// When it loads an engine, once it is part of a page.
    loads: Condition,
    /// The templates it calls, and when.
    calls: Vec<(String, Condition)>,
    /// It calls some by a name that is made.
    calls_any: bool,
}

impl Template {
    fn read(text: &str, config: &Tree) -> Template {
        let mut template = Template { loads: Condition::Never, calls: Vec::new(), calls_any: false };
        let mut names = Names { config, assigned: HashMap::new() };
        let mut open: Vec<Condition> = Vec::new();
        let mut run = String::new();
        let mut from = 0;
        for found in ACTION.captures_iter(text) {
            let (whole, action) = (found.get(0).map_or(0..0, |whole| whole.range()), &found[1]);
            run.push_str(&text[from..whole.start]);
            from = whole.end;
            let (word, rest) = action.split_once(char::is_whitespace).unwrap_or((action, ""));
            if action.starts_with("/*") {
                continue;
            }
            if matches!(word, "if" | "with" | "range" | "define" | "block" | "else" | "end") {
                template.add(&std::mem::take(&mut run), &open);
            }
            match word {
                "if" | "with" => open.push(names.condition(rest)),
                "range" => open.push(Condition::Unknown),
                "define" | "block" => open.push(Condition::Always),
                "end" => drop(open.pop()),
                "else" => {
                    if let Some(last) = open.last_mut() {
                        let rest = rest.trim_start_matches("if").trim_start_matches("with").trim();
                        let next = if rest.is_empty() { Condition::Always } else { names.condition(rest) };
                        *last = std::mem::take(last).opposite().and(next);
                    }
                }
                _ => {
                    run.push_str(action);
                    if let Some(assigned) = ASSIGNED.captures(action) {
                        let before = names.assigned.contains_key(&assigned[1]);
                        let value =
                            if before || !open.is_empty() { Condition::Unknown } else { names.condition(&assigned[2]) };
                        names.assigned.insert(assigned[1].to_owned(), value);
                    }
                }
            }
            for partial in PARTIAL.captures_iter(action) {
                match partial.get(1).or_else(|| partial.get(2)) {
                    Some(name) => template.calls.push((name.as_str().to_owned(), now(&open))),
                    None => template.calls_any = true,
                }
            }
        }
        run.push_str(&text[from..]);
        template.add(&run, &open);
        template
    }

    /// Adds what stands in the template under some conditions.
    fn add(&mut self, text: &str, open: &[Condition]) {
        let mut detection = MathDetection::default();
        detection.read(text);
        let loads = match detection.engines.is_empty() {
            false => now(open),
            true if detection.names && !detection.is_config() => Condition::Unknown,
            true => Condition::Never,
        };
        self.loads = std::mem::take(&mut self.loads).or(loads);
    }
}

fn now(open: &[Condition]) -> Condition {
    open.iter().cloned().fold(Condition::Always, Condition::and)
}

/// What names stand for.
struct Names<'c> {
    config: &'c Tree,
    assigned: HashMap<String, Condition>,
}

impl Names<'_> {
    /// What an expression asks for.
    fn condition(&self, expression: &str) -> Condition {
        let words: Vec<&str> = WORD.find_iter(expression).map(|word| word.as_str()).collect();
        let mut at = 0;
        let condition = self.call(&words, &mut at);
        if at == words.len() { condition } else { Condition::Unknown }
    }

    /// A call, up to the parenthesis that ends it.
    fn call(&self, words: &[&str], at: &mut usize) -> Condition {
        let name = words.get(*at).copied().unwrap_or_default();
        let is_known = matches!(name, "or" | "and" | "not" | "eq" | "default" | ".Param" | "$.Param");
        if is_known {
            *at += 1;
        }
        let (start, mut terms) = (*at, Vec::new());
        while let Some(&word) = words.get(*at).filter(|word| !matches!(**word, ")" | "|")) {
            *at += 1;
            terms.push(match word {
                "(" => {
                    let inner = self.call(words, at);
                    *at += 1;
                    inner
                }
                _ => self.name(word),
            });
        }
        let condition = match (name, &mut *terms) {
            ("or" | "default", terms) => terms.iter().cloned().fold(Condition::Never, Condition::or),
            ("and", terms) => terms.iter().cloned().fold(Condition::Always, Condition::and),
            ("not", [one]) => one.clone().opposite(),
            ("eq", [one, Condition::Always]) if words.get(*at - 1) == Some(&"true") => one.clone(),
            (".Param" | "$.Param", [_]) => self.of_both(words[start].trim_matches('"')),
            ("eq", _) | (_, []) => Condition::Unknown,
            (_, [one]) if !is_known => one.clone(),
            _ => Condition::Unknown,
        };
        // `.Params.math | default .Site.Params.math`
        match words[*at..] {
            ["|", "default", other] => {
                *at += 3;
                condition.or(self.name(other))
            }
            _ => condition,
        }
    }

    fn name(&self, word: &str) -> Condition {
        let bare = word.strip_prefix('$').filter(|rest| rest.starts_with('.')).unwrap_or(word);
        let bare = bare.strip_prefix(".Page").filter(|rest| rest.starts_with('.')).unwrap_or(bare);
        if let Some(key) = bare.strip_prefix(".Params.").or_else(|| bare.strip_prefix("page.Params.")) {
            return if key.contains('.') { Condition::Unknown } else { Condition::Switched(vec![key.to_owned()]) };
        }
        if let Some(path) = bare.strip_prefix(".Site.Params.").or_else(|| bare.strip_prefix("site.Params.")) {
            return self.of_site(path);
        }
        match word {
            "true" => Condition::Always,
            "false" => Condition::Never,
            _ => self.assigned.get(word).cloned().unwrap_or_default(),
        }
    }

    /// A parameter of the site.
    fn of_site(&self, path: &str) -> Condition {
        let keys: Vec<&str> = path.split('.').collect();
        let mut node = generators::get(self.config, &["params"]);
        for key in keys {
            node = node.and_then(|node| {
                let entry = node.entries().iter().rfind(|entry| entry.key.eq_ignore_ascii_case(key));
                entry.map(|entry| &entry.value)
            });
        }
        if node.is_some_and(is_true) { Condition::Always } else { Condition::Never }
    }

    /// A parameter of the page, or else of the site.
    fn of_both(&self, key: &str) -> Condition {
        match self.of_site(key) {
            Condition::Never => Condition::Switched(vec![key.to_owned()]),
            always => always,
        }
    }
}

/// What `if` takes for true.
fn is_true(node: &Node) -> bool {
    match node.value() {
        Some(Value::Bool(value)) => value,
        Some(Value::Integer(number)) => number != 0,
        Some(Value::Null) => false,
        Some(_) => node.text().is_some_and(|text| !text.is_empty()),
        None => !node.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::front_matter;

    const KATEX: &str = r#"<script src="https://cdn.jsdelivr.net/npm/katex@0.16.9/dist/katex.min.js"></script>"#;

    fn loading_of(config: &str, templates: &[(&str, &str)]) -> Condition {
        let text = format!("+++\n{config}\n+++\n");
        let found = front_matter::read(&text);
        let tree = &found.whole().expect("a config").tree;
        let templates = templates.iter().map(|(path, text)| ((*path).to_owned(), text.replace("KATEX", KATEX).into()));
        loading(&templates.collect(), tree)
    }

    #[test]
    fn conditions_of_templates() {
        let math = Condition::Switched(vec!["math".to_owned()]);
        for (template, expected) in [
            ("KATEX", Condition::Always),
            ("{{ if .Params.math }}KATEX{{ end }}", math.clone()),
            ("{{- with $.Page.Params.math -}}KATEX{{- end -}}", math.clone()),
            ("{{ if or .Params.math .Site.Params.math }}KATEX{{ end }}", math.clone()),
            ("{{ if or .Params.math site.Params.on }}KATEX{{ end }}", Condition::Always),
            ("{{ if and .Params.math (eq .Params.math true) }}KATEX{{ end }}", math.clone()),
            ("{{ if .Param \"math\" }}KATEX{{ end }}", math.clone()),
            ("{{ $m := .Params.math | default .Site.Params.math }}{{ if $m }}KATEX{{ end }}", math.clone()),
            ("{{ if .IsHome }}{{ else }}KATEX{{ end }}", Condition::Unknown),
            ("{{ if not .Params.plain }}KATEX{{ end }}", Condition::Unknown),
            ("{{ if .HasShortcode \"math\" }}KATEX{{ end }}", Condition::Unknown),
            ("{{ if .Params.math }}{{ end }}{{/* KATEX */}}", Condition::Never),
            ("{{ range .Params.libs }}KATEX{{ end }}", Condition::Unknown),
        ] {
            let config = "[params]\non = true";
            assert_eq!(loading_of(config, &[("_default/single.html", template)]), expected, "{template}");
        }
    }

    #[test]
    fn partials() {
        let math = Condition::Switched(vec!["math".to_owned()]);
        let single = "{{ partial \"head.html\" . }}";
        let of = |head: &str, own: &str| {
            let files = [("_default/single.html", single), ("partials/head.html", head), ("partials/math.html", own)];
            loading_of("title = \"a\"", &files)
        };
        assert_eq!(of("{{ if .Params.math }}{{ partial \"math.html\" . }}{{ end }}", "KATEX"), math);
        assert_eq!(of("{{ partialCached \"math\" . }}", "{{ if .Params.math }}KATEX{{ end }}"), math);
        assert_eq!(of("{{ partial (printf \"%s\" .Kind) . }}", "KATEX"), Condition::Unknown);
        assert_eq!(of("", "KATEX"), Condition::Never);
    }
}
