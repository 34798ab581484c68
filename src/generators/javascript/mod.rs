//! A config that is a program of JavaScript or TypeScript: what stands in it in so many words. It is never run, so what
//! only a run could tell is [`Value::Unknown`].

mod lexer;
mod reader;

use self::lexer::{Kind, Token};
use self::reader::Reader;
use crate::files::Files;

/// What is read of a config.
#[derive(Debug)]
pub(crate) struct Script {
    text: String,
    tokens: Vec<Token>,
    /// The names that other modules bring, each with the module.
    imports: Vec<(String, String)>,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// A text.
    Text(String),
    /// A text that a run fills in, as it is written.
    Template(String),
    /// A number, as it is written.
    Number(String),
    /// `true` or `false`.
    Flag(bool),
    /// `null` or `undefined`.
    Null,
    /// A list.
    List(Vec<Value>),
    /// An object.
    Object(Object),
    /// A name, or several with periods between: `Plugin.Latex`.
    Name(String),
    /// A call of what has such a name.
    Call(String, Vec<Value>),
    /// A function, with what it returns at its end.
    Function(Box<Value>),
    /// Anything else.
    Unknown,
}

/// The keys of an object.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Object {
    /// In order.
    entries: Vec<(String, Value)>,
    /// Others may come from elsewhere: `...rest`, `[key]: value`.
    is_open: bool,
}

/// The file that a module is, by its path from the blog's folder on, where its ending may be left away.
pub(super) fn file_of(files: &Files, module: &str) -> Option<String> {
    const ENDINGS: &[&str] =
        &["", ".ts", ".mjs", ".js", ".mts", ".cjs", ".json", "/index.ts", "/index.mjs", "/index.js"];
    ENDINGS.iter().map(|ending| format!("{module}{ending}")).find(|path| files.is_file(path))
}

/// Configs are short; what is longer was bundled.
const LONGEST: usize = 256 * 1024;

impl Script {
    /// The first of these files that there is, with its name.
    pub(crate) fn first<'n>(files: &Files, names: &[&'n str]) -> Option<(&'n str, Script)> {
        let name = *names.iter().find(|name| files.is_file(name))?;
        Some((name, Script::read(&files.text(name)?)))
    }

    /// Reads a text; one that is too long says nothing.
    pub(crate) fn read(text: &str) -> Script {
        let text = if text.len() > LONGEST { "" } else { text };
        let mut script = Script { tokens: lexer::tokens(text), text: text.to_owned(), imports: Vec::new() };
        script.imports = script.reader(0).imports();
        script
    }

    fn reader(&self, at: usize) -> Reader<'_> {
        Reader::new(&self.text, &self.tokens, at)
    }

    /// The names that other modules bring, each with the module. A module that is only run has no name.
    pub(crate) fn imports(&self) -> &[(String, String)] {
        &self.imports
    }

    /// Where a name comes from: `remark-math` of `import math from 'remark-math'`.
    pub(crate) fn module_of(&self, name: &str) -> Option<&str> {
        let own = name.split('.').next().unwrap_or(name);
        self.imports.iter().find(|(local, _)| local == own).map(|(_, module)| &**module)
    }

    /// The module that a plugin comes from, in the ways that lists of plugins name one: by itself, by its text, called, and
    /// with its options in a list.
    pub(crate) fn plugin<'s>(&'s self, value: &'s Value) -> Option<&'s str> {
        match value {
            Value::Text(name) => Some(name),
            Value::Name(name) => self.module_of(name),
            Value::Call(name, arguments) if matches!(&**name, "require" | "require.resolve" | "import") => {
                arguments.first()?.text()
            }
            Value::Call(name, _) => self.module_of(name),
            Value::List(items) => self.plugin(items.first()?),
            Value::Object(object) => self.plugin(object.get("resolve")?),
            _ => None,
        }
    }

    /// What the file exports as a whole, without what is only there for editors: `defineConfig(…)`.
    pub(crate) fn exported(&self) -> Value {
        let says = |at: usize, words: &[&str]| {
            words
                .iter()
                .enumerate()
                .all(|(step, word)| self.tokens.get(at + step).is_some_and(|token| &self.text[token.span] == *word))
        };
        let starts = [&["export", "default"][..], &["module", ".", "exports", "="]];
        let found = (0..self.tokens.len())
            .find_map(|at| starts.iter().find(|words| says(at, words)).map(|words| at + words.len()));
        found.map_or(Value::Unknown, |at| self.unwrapped(self.reader(at).value()))
    }

    /// A value with the names in its place that the file itself gives one to, and without what is only there for editors.
    pub(crate) fn unwrapped(&self, mut value: Value) -> Value {
        for _ in 0..8 {
            value = match value {
                Value::Name(name) => match self.bound(&name) {
                    Some(bound) => bound,
                    None => return Value::Name(name),
                },
                Value::Call(name, mut arguments) if name.starts_with("define") && !arguments.is_empty() => {
                    arguments.swap_remove(0)
                }
                Value::Function(returned) => *returned,
                other => return other,
            };
        }
        Value::Unknown
    }

    /// What a name stands for that another file of the site exports, by that file's own words: `import { a } from './b'`.
    pub(crate) fn imported(&self, files: &Files, name: &str) -> Option<Value> {
        let path = file_of(files, self.module_of(name)?.strip_prefix("./")?)?;
        let script = Script::read(&files.text(&path)?);
        script.bound(name).or_else(|| Some(script.exported()).filter(|value| *value != Value::Unknown))
    }

    /// A text that a run fills in, where all that it is filled with are texts of the file: `./${FOLDER}`.
    pub(crate) fn filled(&self, template: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("${") {
            let (name, behind) = after.split_once('}')?;
            filled.push_str(before);
            filled.push_str(self.bound(name.trim())?.text()?);
            rest = behind;
        }
        Some(filled + rest)
    }

    /// What a name stands for: `const name = value`, if that is its only place.
    fn bound(&self, name: &str) -> Option<Value> {
        let is_word = |at: usize, word: &str| self.tokens.get(at).is_some_and(|token| &self.text[token.span] == word);
        let mut places = (1..self.tokens.len()).filter(|&at| {
            is_word(at, name) && ["const", "let", "var", "function"].iter().any(|word| is_word(at - 1, word))
        });
        let at = places.next().filter(|_| places.next().is_none())?;
        if is_word(at - 1, "function") {
            return Some(self.reader(at - 1).value());
        }
        let rest = &self.tokens[at + 1..];
        let ends = |token: &Token| matches!(lexer::sign(&self.text, token), "=" | ";");
        let equals = at + 1 + rest.iter().position(ends)?;
        is_word(equals, "=").then(|| self.reader(equals + 1).value())
    }

    /// The arguments of each call of what ends with a name: `addPlugin` of `config.addPlugin(a)`.
    pub(crate) fn calls(&self, name: &str) -> Vec<Vec<Value>> {
        let is_call = |&at: &usize| {
            let [word, paren, ..] = &self.tokens[at..] else { return false };
            word.kind == Kind::Word && &self.text[word.span] == name && lexer::sign(&self.text, paren) == "("
        };
        (0..self.tokens.len()).filter(is_call).map(|at| self.reader(at + 1).arguments()).collect()
    }

    /// The arguments of each call of a method of what ends with a name: `add` of `config.ignores.add(a)`.
    pub(crate) fn calls_of(&self, owner: &str, name: &str) -> Vec<Vec<Value>> {
        let says = |at: usize, words: &[&str]| {
            let tokens = self.tokens.get(at..at + words.len()).unwrap_or_default();
            tokens.len() == words.len() && tokens.iter().zip(words).all(|(token, word)| &self.text[token.span] == *word)
        };
        let is_call = |at: &usize| says(*at, &[owner, ".", name, "("]);
        (0..self.tokens.len()).filter(is_call).map(|at| self.reader(at + 3).arguments()).collect()
    }

    /// Whether a word stands anywhere in it, but in comments and texts.
    pub(crate) fn has_word(&self, word: &str) -> bool {
        self.tokens.iter().any(|token| token.kind == Kind::Word && &self.text[token.span] == word)
    }
}

impl Value {
    /// A text.
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&self) -> Option<bool> {
        if let Value::Flag(flag) = self { Some(*flag) } else { None }
    }

    /// The items of a list.
    pub(crate) fn items(&self) -> &[Value] {
        if let Value::List(items) = self { items } else { &[] }
    }

    /// The value at the end of a path of keys.
    pub(crate) fn get(&self, path: &[&str]) -> Option<&Value> {
        path.iter().try_fold(self, |value, key| match value {
            Value::Object(object) => object.get(key),
            _ => None,
        })
    }

    /// Whether all that it says stands in it: no other keys may come to it, and no other items to a list.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Value::Object(object) => !object.is_open,
            Value::List(items) => !items.contains(&Value::Unknown),
            Value::Unknown | Value::Name(_) | Value::Call(..) | Value::Function(_) => false,
            _ => true,
        }
    }
}

impl Object {
    /// The last value of a key.
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.entries.iter().rev().find(|(own, _)| own == key).map(|(_, value)| value)
    }

    /// The keys with their values, in order.
    pub(crate) fn entries(&self) -> &[(String, Value)] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(said: &str) -> Value {
        Value::Text(said.to_owned())
    }

    #[test]
    fn what_a_config_exports() {
        for config in [
            "export default { a: { b: ['x', 'y'] } };",
            "module.exports = { 'a': { b: [`x`, \"y\"], }, }",
            "import { defineConfig } from 'c'\nexport default defineConfig({ a: { b: ['x', /* z */ 'y'] } })",
            "const config: Config<Of, Types> = { a: { b: ['x', 'y'] } as const }\n// no\nexport default config",
            "export default async () => ({ a: { b: ['x', 'y'] } })",
            "export default function (c) {\n  if (c) { return 1 }\n  c.set(/[/)]/g)\n  return { a: { b: ['x', 'y'] } }\n}",
            "export default { a: { b: ['x', 'y'] } } satisfies Config;",
        ] {
            let exported = Script::read(config).exported();
            assert_eq!(exported.get(&["a", "b"]), Some(&Value::List(vec![text("x"), text("y")])), "{config}");
        }
    }

    #[test]
    fn what_only_a_run_tells() {
        let script = Script::read(
            "export default { a: x ? 1 : 2, b: 'p' + q, ...rest, c: `${d}/e`, f, g() { return 1 }, [h]: 2, i: -1, j: !0 }",
        );
        let exported = script.exported();
        assert!(!exported.is_whole());
        for (key, value) in [
            ("a", Value::Unknown),
            ("b", Value::Unknown),
            ("c", Value::Template("${d}/e".to_owned())),
            ("f", Value::Name("f".to_owned())),
            ("i", Value::Unknown),
            ("j", Value::Unknown),
        ] {
            assert_eq!(exported.get(&[key]), Some(&value), "{key}");
        }
    }

    #[test]
    fn where_plugins_come_from() {
        let script = Script::read(
            "import math from 'remark-math'\nimport * as all from \"b\"\nimport c, { d as e } from 'f'\nimport 'g'\n\
             const h = require('i').default, j = 1\nconst { k, l: m } = require('n')\nimport type { T } from 'o'\n\
             export default { plugins: [math, [c, { x: 1 }], 'p', require('q'), e(), { resolve: `r` }, all.s, t] }",
        );
        let plugins = script.exported();
        let plugins = plugins.get(&["plugins"]).map_or(&[][..], Value::items);
        let modules: Vec<_> = plugins.iter().map(|plugin| script.plugin(plugin)).collect();
        let expected = ["remark-math", "f", "p", "q", "f", "r", "b"].map(Some);
        assert_eq!(modules, [&expected[..], &[None]].concat());
        assert_eq!(script.module_of("h"), Some("i"));
        assert_eq!((script.module_of("k"), script.module_of("m")), (Some("n"), Some("n")));
        assert!(script.imports().iter().any(|(_, module)| module == "g"));
    }

    #[test]
    fn calls_in_functions() {
        let script = Script::read(
            "module.exports = (config) => {\n  config.addPlugin(rss, { type: 'atom' });\n  config.amendLibrary('md', (md) => md.use(katex));\n};",
        );
        let calls = script.calls("addPlugin");
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0][1].get(&["type"]), Some(&text("atom")));
        assert_eq!(script.calls("use"), [vec![Value::Name("katex".to_owned())]]);
    }

    #[test]
    fn no_text_is_too_odd() {
        let deep = "[".repeat(100_000);
        let calls = "f(".repeat(50_000);
        for odd in [
            "", "export default", "'", "`${", "/", "{ a: ", "export default {a:", "const x = x; export default x",
            "가`나`", &deep, &calls,
        ] {
            let script = Script::read(&format!("{odd}\nexport default {odd}"));
            script.exported();
            script.calls("f");
        }
    }
}
