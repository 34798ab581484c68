//! Tests about the project itself: its pages, its imports, its documentation.
//! `UPDATE=1 cargo test --test tidy` rewrites the table of rules in `README.md`.

#[path = "tidy/claims.rs"]
mod claims;
mod support;

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use postlint::config::{Config, Selection};
use postlint::finding::Severity;
use postlint::kinds::BUILT_IN;
use postlint::rules::{GROUPS, Group, RULES, Rule};
use regex::Regex;
use serde_yaml::Value;

use support::{FENCES, fences, name_of, pages};

/// The front matter of a rule's page.
#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Page {
    summary: String,
    default: String,
    fix: String,
    since: String,
    #[serde(default)]
    options: HashMap<String, PageOption>,
    #[serde(default)]
    profiles: Vec<String>,
}

#[derive(serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct PageOption {
    #[schemars(with = "serde_json::Value")]
    default: Value,
    help: String,
}

#[test]
fn pages_agree_with_the_code() {
    for rule in RULES {
        let front = rule.page.strip_prefix("---\n").and_then(|page| page.split("---\n").next()).unwrap_or_default();
        let page: Page = serde_yaml::from_str(front).unwrap_or_else(|error| panic!("rules/{}.md: {error}", rule.id));
        assert_eq!(page.default, default(rule), "default of {}", rule.id);
        assert!(matches!(&*page.fix, "none" | "safe" | "unsafe"), "fix of {}", rule.id);
        assert!(is_released(&page.since), "{} is since a version that is still to come", rule.id);
        assert!(is_clause(&page.summary), "summary of {}: lower case, no full stop", rule.id);
        assert_eq!(page.summary, rule.summary(), "summary of {}: on one line", rule.id);
        assert!(page.profiles.iter().all(|profile| !profile.is_empty()));
        assert!(rule.page.contains(&format!("---\n\n# {}\n\n", rule.id)), "{}: its id is the title", rule.id);
        let written: HashMap<String, Value> =
            page.options.iter().map(|(name, option)| (name.clone(), option.default.clone())).collect();
        let real = rule.options.map_or(Value::Mapping(Default::default()), |options| options());
        assert_eq!(serde_yaml::to_value(written).expect("a map"), real, "options of {}", rule.id);
        for (name, option) in &page.options {
            assert!(is_clause(&option.help), "help of {name}, an option of {}", rule.id);
        }
    }
}

fn default(rule: &Rule) -> &'static str {
    match rule.default {
        Some(Severity::Error) => "error",
        Some(Severity::Warn) => "warn",
        None if rule.is_format => "format",
        None => "off",
    }
}

fn is_released(since: &str) -> bool {
    let numbers = |version: &str| version.split('.').map(|part| part.parse().ok()).collect::<Option<Vec<u32>>>();
    numbers(since).is_some_and(|since| Some(since) <= numbers(env!("CARGO_PKG_VERSION")))
}

fn is_clause(text: &str) -> bool {
    let capital = text.starts_with(|first: char| first.is_ascii_uppercase());
    let name = text
        .split(' ')
        .next()
        .is_some_and(|word| matches!(word, "Jekyll" | "Liquid" | "Hugo" | "Zola" | "YAML" | "TOML"));
    !text.is_empty() && (!capital || name) && !text.ends_with('.')
}

#[test]
fn pages_show_the_rule_at_work() {
    for rule in RULES {
        let fences = fences(rule.page);
        let has = |words: &str| fences.iter().any(|fence| fence.is(words));
        // What speaks of files that are no posts is shown by a session.
        let session = fences.iter().any(|fence| fence.is("console") && fence.text.contains(&*rule.id));
        assert!(has("md bad") && has("report") && has("md good") || session, "rules/{}.md lacks an example", rule.id);
        let fixable = rule.page.contains("\nfix: safe\n") || rule.page.contains("\nfix: unsafe\n");
        assert_eq!(fixable, has("md fixed"), "rules/{}.md: a fix is shown by `md fixed`", rule.id);
    }
}

/// One name stands for one thing, wherever it is written.
#[test]
fn no_rule_is_called_like_a_group() {
    for group in GROUPS {
        assert!(Rule::of(group.id).is_none(), "{} is a rule and a group", group.id);
        assert!(is_clause(group.about) && group.rules().count() > 0, "the group {}", group.id);
    }
}

#[test]
fn every_page_is_a_rule_or_a_kind() {
    let rules: BTreeSet<String> = RULES.iter().map(|rule| format!("{}.md", rule.id)).collect();
    let others = ["README.md", "config.md", "kinds", "schema.json"].map(str::to_owned);
    assert_eq!(names("rules"), rules.into_iter().chain(others).collect());
    let kinds = BUILT_IN.iter().flat_map(|kind| [format!("{}.md", kind.name), format!("{}.yaml", kind.name)]);
    assert_eq!(names("rules/kinds"), kinds.collect());
    for case in pages("tests/cases") {
        let id = case.file_stem().and_then(|stem| stem.to_str()).expect("a name");
        assert!(Rule::of(id).is_some(), "tests/cases/{id}.md is about no rule");
    }
}

/// What is promised is tested.
#[test]
fn promises_of_security_name_their_tests() {
    let text = read("SECURITY.md");
    let tests: Vec<(&str, &str)> = text.split('`').filter_map(|code| code.split_once("::")).collect();
    let tests: Vec<_> = tests.into_iter().filter(|(file, name)| !file.is_empty() && !name.is_empty()).collect();
    assert!(tests.len() > 5, "{tests:?}");
    for (file, name) in tests {
        let code = read(&format!("tests/{file}.rs"));
        assert!(code.contains(&format!("#[test]\nfn {name}() {{")), "{file}::{name}");
    }
}

#[test]
fn the_format_of_pages_is_documented() {
    let text = read("rules/README.md");
    let example = fences(&text).into_iter().find(|fence| fence.is("yaml page")).expect("the front matter of a page");
    serde_yaml::from_str::<Page>(&example.text).expect("the front matter of a page");
    let schema = serde_json::to_value(schemars::schema_for!(Page)).expect("a schema is JSON");
    let keys = schema["properties"].as_object().expect("keys").keys().cloned();
    assert_eq!(column(&text, "| key |"), keys.collect());
    assert_eq!(column(&text, "| fence |"), FENCES.iter().map(|(words, _)| (*words).to_owned()).collect());
    let options = FENCES.iter().flat_map(|(_, options)| *options).map(|option| format!("{option}="));
    assert_eq!(column(&text, "| option |"), options.collect());
    for (words, options) in FENCES {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{words}` |"))).expect("a row");
        let told = row.rsplit('|').nth(1).expect("a cell").trim();
        let known: Vec<_> = options.iter().map(|option| format!("`{option}=`")).collect();
        assert_eq!(told, known.join(", "), "rules/README.md: options of `{words}`");
    }
}

/// The first cells of the table in a page whose head begins so, without the quotes.
fn column(page: &str, head: &str) -> BTreeSet<String> {
    let rows = page.lines().skip_while(|line| !line.starts_with(head)).skip(2);
    let cell = |row: &str| row.split('`').nth(1).expect("a cell with code").to_owned();
    rows.take_while(|line| line.starts_with('|')).map(cell).collect()
}

/// A fence with a slip in its info string would not be run.
#[test]
fn fences_that_are_run_are_known() {
    for page in ["rules", "tests/cases", "tests/cli"].into_iter().flat_map(pages) {
        for fence in fences(&fs::read_to_string(&page).expect("a page is text")) {
            let known = FENCES.iter().find(|(words, _)| fence.is(words)).map(|(_, options)| *options);
            let unknown = fence.options.iter().find(|option| !known.unwrap_or_default().contains(&&***option));
            let told = fence.words.join(" ");
            let place = format!("{}:{}", page.display(), fence.line);
            assert!(unknown.is_none(), "{place}: `{told}` has no option {unknown:?}");
            assert!(known.is_some() || fence.words.len() < 2, "{place}: `{told}` is no fence that is run");
        }
    }
}

#[test]
fn records_are_documented() {
    let text = read("tests/record/README.md");
    let documented = column(&text, "| record |");
    for path in &documented {
        assert!(root().join(path).exists(), "tests/record/README.md names `{path}`");
    }
    for path in files("tests/data") {
        assert!(documented.contains(&path), "tests/record/README.md does not tell how `{path}` is recorded");
    }
    // What only helps is not named.
    let helps = |pin: &str| ["parse5", "katex"].iter().any(|name| pin.starts_with(name));
    let pinned = Regex::new(r#"[\w/-]+(?:==|": ")([\d.]+)"#).expect("a pattern");
    for pins in ["tests/record/requirements.txt", "tests/record/package.json"].map(read) {
        for pin in pinned.captures_iter(&pins).filter(|pin| !helps(&pin[0])) {
            assert!(text.contains(&pin[1]), "tests/record/README.md does not name `{}`", &pin[0]);
        }
    }
}

#[test]
fn the_top_level_is_what_a_reader_expects() {
    let pages = ["CHANGELOG.md", "LICENSE", "README.ko.md", "README.md", "SECURITY.md"];
    let known = [&pages[..], &["Cargo.lock", "Cargo.toml", "pyproject.toml", "rules", "src", "tests"]].concat();
    let seen = names(".").into_iter().filter(|name| !name.starts_with('.') && name != "target");
    let unknown: Vec<_> = seen.filter(|name| !known.contains(&name.as_str())).collect();
    assert!(unknown.is_empty(), "the top level has {unknown:?}");
}

/// The order of the modules in the documentation of the crate, lowest first.
fn order() -> Vec<Vec<String>> {
    let map = read("src/lib.rs");
    let order = map.lines().find_map(|line| line.strip_prefix("//! text <- ")).expect("the order of the modules");
    let level = |level: &str| level.split(", ").map(str::to_owned).collect();
    format!("text <- {order}").split(" <- ").map(level).collect()
}

#[test]
fn imports_run_one_way() {
    let order = order();
    let level = |module: &str| order.iter().position(|level| level.iter().any(|name| name == module));
    let modules = Regex::new(r"(?m)^(?:pub )?mod (\w+);").expect("a pattern");
    let declared: BTreeSet<String> =
        modules.captures_iter(&read("src/lib.rs")).map(|mod_| mod_[1].to_owned()).collect();
    assert_eq!(declared, order.iter().flatten().cloned().collect(), "src/lib.rs names the order of all its modules");
    let import = Regex::new(r"crate::(\w+)").expect("a pattern");
    let group = Regex::new(r"crate::\{").expect("a pattern");
    for (path, code) in sources() {
        let module = path.split(['/', '.']).nth(1).expect("a file of src");
        let Some(own) = level(module) else { continue };
        assert!(!group.is_match(&code), "{path}: one `use crate::` a line");
        for used in import.captures_iter(&code).map(|import| import[1].to_owned()).filter(|used| used != module) {
            let used_level = level(&used).unwrap_or_else(|| panic!("{path} imports `{used}`, which is no module"));
            assert!(used_level < own, "{path} imports `{used}`, which does not stand before `{module}`");
        }
    }
}

#[test]
fn only_reports_ask_for_lines_and_columns() {
    let ask = Regex::new(r"crate::text::[^;]*\b(?:Lines|Position)\b|lines\(\)\.count\(\)").expect("a pattern");
    // The command line only makes the lists of lines that reports look things up in.
    forbidden(&ask, |path| path.starts_with("src/report/") || path == "src/cli/check.rs" || path == "src/cli/fix.rs");
}

#[test]
fn front_matter_is_read_once() {
    let read =
        Regex::new(r"\bfront_matter::read(?:_as)?\(|\b(?:Head::read|Post::parse|Post::new)\(").expect("a pattern");
    // Layouts are no pages, and the edit of a rule is tried on a text that nobody else sees.
    let others =
        ["src/blog/mathematics/layouts.rs", "src/generators/jekyll/rewrites.rs", "src/rules/unordered_keys.rs"];
    let readers = ["src/post/head.rs", "src/post/mod.rs", "src/generators/sources.rs", "src/blog/index.rs"];
    forbidden(&read, |path| readers.iter().chain(&others).any(|may| path == *may));
}

/// Rules ask what a generator or an engine does, so that none of them is true for one by mistake.
#[test]
fn no_rule_names_a_generator_or_an_engine() {
    let names = r"(?i)\b(?:jekyll|hugo|zola|hexo|astro|quarto|kramdown|goldmark|pulldown)\b";
    let names = Regex::new(&format!(r"\bGenerator\b|MarkdownEngine::\w*[A-Z]|{names}")).expect("a pattern");
    for (path, code) in sources().iter().filter(|(path, _)| path.starts_with("src/rules/")) {
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            assert!(!names.is_match(line), "{path}: {line}");
        }
    }
}

/// Code that only some files may have. Tests may do as they like.
fn forbidden(pattern: &Regex, may: impl Fn(&str) -> bool) {
    let sources = sources();
    for (path, code) in sources.iter().filter(|(path, _)| !path.ends_with("/tests.rs") && !may(path)) {
        if let Some(found) = pattern.find(code) {
            panic!("{path} has `{}`", found.as_str());
        }
    }
}

#[test]
fn no_file_is_long() {
    for folder in ["src", "tests"] {
        for path in files(folder).iter().filter(|path| path.ends_with(".rs")) {
            let lines = read(path).lines().count();
            assert!(lines <= 400, "{path} has {lines} lines");
        }
    }
}

#[test]
fn every_path_that_is_named_exists() {
    let readme = read("README.md");
    let link = Regex::new(r"\]\(([^)#:]+)(?:#[^)]*)?\)").expect("a pattern");
    for path in link.captures_iter(&readme) {
        assert!(root().join(&path[1]).exists(), "README.md links to `{}`", &path[1]);
    }
    let own = Regex::new(r"(?:\brules|\bsrc|\btests|\.ci|\.github)/[\w./-]*[\w/]").expect("a pattern");
    for page in ["README.md", "rules/README.md", "tests/record/README.md"] {
        let text = read(page);
        for path in own.find_iter(&text) {
            let foreign = text[..path.start()].ends_with('/');
            let path = path.as_str();
            assert!(foreign || root().join(path).exists(), "{page} names `{path}`");
        }
    }
    let named = Regex::new(r"`([\w./-]+(?:/|\.rs|\.md|\.yaml))`").expect("a pattern");
    let map = read("src/lib.rs");
    for path in named.captures_iter(&map).filter(|path| &path[1] != "postlint.yaml") {
        let exists = root().join(&path[1]).exists() || root().join("src").join(&path[1]).exists();
        assert!(exists, "src/lib.rs names `{}`", &path[1]);
    }
    let test = Regex::new(r"`(tests/\w+\.rs)`, `(\w+)`").expect("a pattern");
    for test in test.captures_iter(&map) {
        assert!(read(&test[1]).contains(&format!("fn {}()", &test[2])), "{} has no test `{}`", &test[1], &test[2]);
    }
}

#[test]
fn the_table_of_rules_is_fresh() {
    const BEGIN: &str = "<!-- rules -->\n";
    const END: &str = "<!-- end of rules -->\n";
    let row = |rule: &Rule| format!("| [`{0}`](rules/{0}.md) | {1} | {2} |\n", rule.id, default(rule), rule.summary());
    let of_group = |group: &Group| {
        let rows: String = group.rules().map(row).collect();
        format!("\n### `{}`: {}\n\n| rule | default | what it finds |\n|---|---|---|\n{rows}", group.id, group.about)
    };
    let table = GROUPS.iter().map(of_group).collect::<String>() + "\n";
    let readme = read("README.md");
    let (before, rest) = readme.split_once(BEGIN).expect("the begin of the table");
    let (kept, after) = rest.split_once(END).expect("the end of the table");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(root().join("README.md"), format!("{before}{BEGIN}{table}{END}{after}"))
            .expect("README.md can be written");
        return;
    }
    assert_eq!(kept, table, "the table of rules in README.md is stale; `UPDATE=1` rewrites it");
}

#[test]
fn the_configs_of_the_readmes_are_valid() {
    for page in ["README.md", "README.ko.md"] {
        let readme = read(page);
        let configs: Vec<_> = fences(&readme).into_iter().filter(|fence| fence.is("yaml config")).collect();
        assert!(!configs.is_empty());
        for config in configs {
            let (_, _, faults) = Config::read(&config.text).engine(&Selection::default());
            assert!(faults.is_empty(), "{page}:{}: {faults:#?}", config.line);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn names(folder: &str) -> BTreeSet<String> {
    entries(&root().join(folder))
        .iter()
        .map(|path| path.file_name().expect("a name").to_string_lossy().into())
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.expect("a folder can be listed").path()).collect()
}

/// All files below a folder, by their path from the top level on.
fn files(folder: &str) -> Vec<String> {
    let (mut files, mut folders) = (Vec::new(), vec![root().join(folder)]);
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                files.push(name_of(&entry));
            }
        }
    }
    files.sort();
    files
}

/// The code of `src/`, without its comments and the tests at the end of a file.
fn sources() -> Vec<(String, String)> {
    let code = |path: String| {
        let text = read(&path);
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        let code = lines.collect::<Vec<_>>().join("\n");
        (path, code)
    };
    files("src").into_iter().filter(|path| path.ends_with(".rs")).map(code).collect()
}
