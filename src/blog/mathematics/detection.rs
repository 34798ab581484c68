//! What a text of HTML and JavaScript says of a math engine: the script that loads it, and what it is told.
//!
//! Facts are those of MathJax 2.7 (`tex2jax.js`), 3.2 and 4.0 (`FindTeX.ts`), and of KaTeX 0.16 (`contrib/auto-render`).

use std::collections::{BTreeMap, BTreeSet};

use memchr::memmem;

use super::Engine;
use super::literal::Literal;
use crate::html;
use crate::markdown::commonmark::Delimiter;
use crate::text::boundary;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct MathDetection {
    /// Engines that scripts load.
    pub engines: Vec<Engine>,
    /// Something speaks of an engine.
    pub names: bool,
    /// KaTeX looks for formulas by itself.
    pub auto_render: bool,
    /// MathJax's delimiters of formulas in running text; none where none are told.
    pub inline: Vec<Delimiter>,
    /// MathJax's delimiters of displays.
    pub display: Vec<Delimiter>,
    /// KaTeX's delimiters of either.
    pub both: Vec<Delimiter>,
    /// Delimiters are told in a way that cannot be read, or a config stands elsewhere.
    pub garbled: bool,
    /// The delimiters come to those that are usual.
    pub adds: bool,
    /// Macros and the number of their arguments.
    pub macros: BTreeMap<String, u8>,
    /// What is loaded beside the usual, in lower case.
    pub extensions: BTreeSet<String>,
    /// `globalGroup` is set: what a formula defines, the later ones see, too.
    pub keeps_definitions: bool,
    /// Something speaks of code that is marked as math, so that it may set it.
    pub sets_code: bool,
    /// The first file that loads an engine.
    pub told_by: Option<String>,
    /// What scripts are loaded from.
    pub scripts: Vec<String>,
}

impl MathDetection {
    /// Reads the text of a file, and adds what it says.
    pub(crate) fn read_file(&mut self, path: &str, text: &str) {
        let before = self.engines.len();
        self.read(text);
        if self.engines.len() > before && self.told_by.is_none() {
            self.told_by = Some(path.to_owned());
        }
    }

    /// Reads a text, and adds what it says.
    pub(crate) fn read(&mut self, text: &str) {
        let text = without(text, "<!--", "-->");
        let lower = text.to_ascii_lowercase();
        self.scripts(&text, &lower);
        self.sets_code |=
            ["language-math", "lang-math", "code.math", "pre.math"].iter().any(|name| lower.contains(name));
        if !["mathjax", "katex", "tex2jax", "rendermathinelement"].iter().any(|name| lower.contains(name)) {
            return;
        }
        self.names = true;
        self.auto_render |= lower.contains("auto-render") || lower.contains("rendermathinelement");
        for name in ["mathjax", "katex"] {
            for at in memmem::find_iter(lower.as_bytes(), name) {
                self.engines.extend(engine(around(&lower, at)));
            }
        }
        if text.contains("MathJax.Hub") && !self.engines.iter().any(|engine| matches!(engine, Engine::MathJax(_))) {
            self.engines.push(Engine::MathJax(2));
        }
        self.garbled |= lower.split("mathjax.js?config=").skip(1).any(is_own_config);
        self.settings(&without_line_comments(&without(&text, "/*", "*/")));
    }

    /// Adds what another text says.
    pub(crate) fn add(&mut self, other: MathDetection) {
        self.told_by = self.told_by.take().or(other.told_by);
        self.engines.extend(other.engines);
        self.names |= other.names;
        self.auto_render |= other.auto_render;
        self.garbled |= other.garbled;
        self.adds |= other.adds;
        self.keeps_definitions |= other.keeps_definitions;
        self.sets_code |= other.sets_code;
        self.inline.extend(other.inline);
        self.display.extend(other.display);
        self.both.extend(other.both);
        self.macros.extend(other.macros);
        self.extensions.extend(other.extensions);
        self.scripts.extend(other.scripts);
    }

    /// Whether it tells an engine something, and does no more.
    pub(crate) fn is_config(&self) -> bool {
        !(self.inline.is_empty() && self.display.is_empty() && self.macros.is_empty() && self.extensions.is_empty())
    }

    /// Whether delimiters are told, and a single `$` is none of them.
    pub(crate) fn lacks_dollar(&self) -> bool {
        let mut told = self.inline.iter().chain(&self.both).peekable();
        told.peek().is_some() && !self.garbled && !told.any(|pair| pair.open == "$")
    }

    /// Whether brackets alone are told, as `'\['` of a script is no more than `[`.
    pub(crate) fn takes_brackets(&self) -> bool {
        let mut told = self.inline.iter().chain(&self.display).chain(&self.both);
        told.any(|pair| matches!(&*pair.open, "[" | "("))
    }

    /// The engine, if all that speaks of one means the same; the newer of two versions.
    pub(crate) fn engine(&self) -> Option<Engine> {
        let katex = self.engines.contains(&Engine::Katex);
        let mathjax = self.engines.iter().filter_map(|engine| match engine {
            Engine::MathJax(version) => Some(*version),
            _ => None,
        });
        match (katex, mathjax.max()) {
            (true, None) => Some(Engine::Katex),
            (false, Some(version)) => Some(Engine::MathJax(version)),
            _ => None,
        }
    }

    /// What an engine looks for: what it is told, and else what is usual for it.
    pub(crate) fn delimiters(&self, engine: Engine) -> Option<Vec<Delimiter>> {
        let usual = |pairs: &[(&str, &str)], display| -> Vec<Delimiter> {
            let pair = |&(open, close): &(&str, &str)| Delimiter { open: open.into(), close: close.into(), display };
            pairs.iter().map(pair).collect()
        };
        let told = |told: &[Delimiter], usual: Vec<Delimiter>| match told.is_empty() {
            true => usual,
            false if self.adds => [told, &usual].concat(),
            false => told.to_vec(),
        };
        const DISPLAYS: &[(&str, &str)] = &[("$$", "$$"), ("\\[", "\\]")];
        let (inline, display) = (usual(&[("\\(", "\\)")], false), usual(DISPLAYS, true));
        match engine {
            Engine::MathJax(_) => {
                let environments = usual(&[("\\begin{", "\\end{")], true);
                Some([told(&self.inline, inline), told(&self.display, display), environments].concat())
            }
            Engine::Katex if self.both.is_empty() && self.auto_render => {
                const NAMES: [&str; 5] = ["equation", "align", "alignat", "gather", "CD"];
                let environment = |name| Delimiter {
                    open: format!("\\begin{{{name}}}"),
                    close: format!("\\end{{{name}}}"),
                    display: true,
                };
                Some([inline, display, NAMES.map(environment).to_vec()].concat())
            }
            Engine::Katex => Some(self.both.clone()).filter(|both| !both.is_empty()),
            Engine::Absent => None,
        }
    }

    fn scripts(&mut self, text: &str, lower: &str) {
        for at in memmem::find_iter(lower.as_bytes(), "<script") {
            let start = &text[at..boundary(text, at + MOST_BYTES)];
            let source = html::tag_at(start, 0)
                .and_then(|tag| tag.attributes().find(|attribute| attribute.name.eq_ignore_ascii_case("src")));
            self.scripts.extend(source.map(|source| source.value.trim().to_owned()));
        }
    }

    fn settings(&mut self, text: &str) {
        for (key, value) in keyed(text) {
            let told = Literal::read(value);
            match key {
                "inlineMath" => self.adds |= self.pairs(told.as_ref(), false),
                "displayMath" => self.adds |= self.pairs(told.as_ref(), true),
                "delimiters" => self.sides(told.as_ref()),
                "globalGroup" => self.keeps_definitions |= !value.trim_start().starts_with("false"),
                "macros" | "Macros" => self.macros(told.as_ref()),
                "packages" | "load" | "extensions" => self.extensions(told.as_ref()),
                _ => {}
            }
        }
        if text.contains("mhchem") {
            self.extensions.insert("mhchem".to_owned());
        }
    }

    /// `[['$', '$'], ['\\(', '\\)']]`, or MathJax 4's `{'[+]': [['$', '$']]}`; whether it adds to the usual ones.
    fn pairs(&mut self, told: Option<&Literal>, display: bool) -> bool {
        let added = told.and_then(|told| told.get("[+]"));
        let pairs = added.or(told).map_or(&[][..], Literal::items);
        let read = pairs.iter().filter_map(|pair| {
            let [open, close] = pair.items() else { return None };
            Some(Delimiter { open: open.text()?.to_owned(), close: close.text()?.to_owned(), display })
        });
        let read: Vec<Delimiter> = read.collect();
        self.garbled |= read.len() < pairs.len() || !matches!(added.or(told), Some(Literal::List(_)));
        if display {
            self.display.extend(read)
        } else {
            self.inline.extend(read)
        }
        added.is_some()
    }

    /// `[{left: '$$', right: '$$', display: true}]`
    fn sides(&mut self, told: Option<&Literal>) {
        let sides = told.map_or(&[][..], Literal::items);
        let read = sides.iter().filter_map(|side| {
            let [open, close] = ["left", "right"].map(|key| side.get(key).and_then(Literal::text).map(str::to_owned));
            let display = side.get("display") == Some(&Literal::Word("true".to_owned()));
            Some(Delimiter { open: open?, close: close?, display })
        });
        let read: Vec<Delimiter> = read.collect();
        self.garbled |= read.len() < sides.len() || sides.is_empty();
        self.both.extend(read);
    }

    fn macros(&mut self, told: Option<&Literal>) {
        let Some(Literal::Map(entries)) = told else {
            self.garbled |= told.is_none();
            return;
        };
        for (name, value) in entries {
            let arity = match value {
                Literal::Text(definition) => arity(definition),
                Literal::List(items) => match items.get(1) {
                    Some(Literal::Word(number)) => number.parse().unwrap_or(0),
                    _ => items.first().and_then(Literal::text).map_or(0, arity),
                },
                _ => 0,
            };
            self.macros.insert(name.trim_start_matches('\\').to_owned(), arity);
        }
    }

    /// `{'[+]': ['physics']}`, `['[tex]/physics']`, `["TeX/AMSmath.js", "mhchem.js"]`
    fn extensions(&mut self, told: Option<&Literal>) {
        let Some(told) = told else { return };
        let list = told.get("[+]").unwrap_or(told).items();
        for name in list.iter().filter_map(Literal::text) {
            let name = name.rsplit('/').next().unwrap_or(name).trim_end_matches(".js");
            self.extensions.insert(name.to_ascii_lowercase());
        }
    }
}

/// How many arguments a definition takes: the highest `#n` in it.
pub(crate) fn arity(definition: &str) -> u8 {
    let numbers = definition.split('#').skip(1).filter_map(|rest| rest.chars().next()?.to_digit(10));
    numbers.max().map_or(0, |most| most as u8)
}

/// The engine that a script of this address is, in lower case.
fn engine(address: &str) -> Option<Engine> {
    let script = address.split(['?', '#']).next().unwrap_or(address);
    if address.contains("katex") {
        let is_script = script.ends_with(".js") || script.ends_with(".mjs");
        return is_script.then_some(Engine::Katex);
    }
    let version = ["mathjax@", "mathjax/", "mathjax/v"].iter().find_map(|before| {
        let number = address.split(before).nth(1)?.trim_start_matches('v').chars().next()?.to_digit(10)?;
        (2..=4).contains(&number).then_some(number as u8)
    });
    match version {
        Some(version) => Some(Engine::MathJax(version)),
        None if script.ends_with("mathjax.js") => Some(Engine::MathJax(2)),
        None if script.ends_with(".js") && script.contains("mathjax") && is_component(script) => {
            Some(Engine::MathJax(3))
        }
        None => None,
    }
}

/// The names of MathJax 3's components begin with what they read.
fn is_component(script: &str) -> bool {
    let name = script.rsplit('/').next().unwrap_or(script);
    ["tex-", "mml-", "startup"].iter().any(|start| name.starts_with(start))
}

/// Whether a `config=` of MathJax 2 names a file of the site's own, which may say anything. In those of MathJax no
/// single dollar sign is a delimiter.
fn is_own_config(rest: &str) -> bool {
    let names = rest.split(['"', '\'', ' ', '>', '&']).next().unwrap_or_default();
    names.split([',', ';']).any(|name| {
        !["tex-", "mml_", "am_", "mml-", "asciimath", "accessible", "default", "tex_"]
            .iter()
            .any(|start| name.starts_with(start))
    })
}

/// The word around a place: an address ends at quotes, blanks and brackets.
fn around(text: &str, at: usize) -> &str {
    let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '<' | '>' | '(' | ')' | ',' | ';');
    // No address is longer.
    let (from, to) = (boundary(text, at.saturating_sub(MOST_BYTES)), boundary(text, at + MOST_BYTES));
    let start = text[from..at].rfind(ends).map_or(from, |start| start + from + 1);
    let end = text[at..to].find(ends).map_or(to, |end| at + end);
    text.get(start..end).unwrap_or_default()
}

/// The longest address or tag that is looked at, in bytes.
const MOST_BYTES: usize = 1024;

/// So many uses of a key are looked at.
const MOST_KEYS: usize = 50;

/// The keys that say something, each with the text behind its colon.
fn keyed(text: &str) -> impl Iterator<Item = (&'static str, &str)> {
    const KEYS: &[&str] = &[
        "inlineMath", "displayMath", "delimiters", "globalGroup", "macros", "Macros", "packages", "load", "extensions",
    ];
    KEYS.iter().flat_map(move |key| {
        memmem::find_iter(text.as_bytes(), *key).take(MOST_KEYS).filter_map(move |at| {
            let is_word = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            let rest = rest.strip_prefix([':', '=']).filter(|rest| !rest.starts_with('='))?;
            (!text[..at].ends_with(is_word)).then(|| (*key, &rest[..boundary(rest, MOST_VALUE)]))
        })
    })
}

/// No value is longer, in bytes.
const MOST_VALUE: usize = 16 << 10;

/// A text without the stretches between two marks.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, inside)) = rest.split_once(open) {
        kept.push_str(before);
        match inside.split_once(close) {
            Some((_, after)) => rest = after,
            None => return kept + inside,
        }
    }
    kept + rest
}

/// JavaScript without `// …`, which in an address follows a colon.
fn without_line_comments(text: &str) -> String {
    let code = |line: &str| {
        let comment = memmem::find_iter(line.as_bytes(), "//").find(|&at| {
            line[..at].chars().next_back().is_none_or(|before| before.is_whitespace() || ",;{}[]>".contains(before))
        });
        comment.map_or(line.len(), |at| at)
    };
    text.split_inclusive('\n').map(|line| line[..code(line)].to_owned() + "\n").collect()
}
