//! Holds the math validator against the engines: KaTeX in Rust, live; MathJax by verdicts that it gave. With `TELL` set
//! it prints where they differ.
//!
//! The formulas are `tests/math/formulas.txt`, each broken in thirty ways, and each command of the tables in a few
//! places. `tests/math/mathjax.txt` has what MathJax says to them; `tests/record/record.py mathjax` writes it anew.

#[path = "math/misspell.rs"]
mod misspell;
#[path = "math/mutations.rs"]
mod mutations;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, thread};

use katex::{KatexContext, Settings, StrictMode, StrictSetting, TrustSetting, render_to_string};
use misspell::{Chance, misspell};
use mutations::MUTATIONS;
use postlint::tex::{Dialect, Engine, FaultKind, Macros, validate};
use serde_json::json;

/// Formulas that belong together: of one formula, or of one command.
struct RuleContext {
    name: String,
    display: bool,
    formulas: Vec<String>,
}

fn here(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/math").join(file)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn healthy() -> Vec<(bool, String)> {
    let text = read(&here("formulas.txt"));
    let formula = |line: &str| {
        let (sign, tex) = line.split_once(' ').expect("a formula");
        (sign == "$$", tex.to_owned())
    };
    text.lines().map(formula).collect()
}

fn mutated() -> impl Iterator<Item = RuleContext> {
    healthy().into_iter().map(|(display, tex)| {
        let mut chance = Chance::of(&tex);
        let formulas = MUTATIONS.iter().filter_map(|(_, mutate)| mutate(&tex, &mut chance));
        RuleContext { formulas: std::iter::once(tex.clone()).chain(formulas).collect(), name: tex, display }
    })
}

/// Places for a command: whether it is known there, how many arguments it has, and where it may stand.
const PLACES: [fn(&str) -> String; 10] = [
    |command| command.to_owned(),
    |command| format!("{command}{{1}}"),
    |command| format!("{command}{{1}}{{1}}"),
    |command| format!("{command}{{1}}{{1}}{{1}}"),
    |command| format!("x^{command} 1"),
    |command| format!("\\frac{command} 1"),
    |command| format!("\\text{{{command} 1}}"),
    |command| format!("{command} \\limits_1"),
    |command| format!("\\left{command} 1\\right."),
    |command| format!("{command}[1]{{1}}{{1}}"),
];

fn vocabulary() -> impl Iterator<Item = RuleContext> {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tex/tables/commands.txt");
    let table = read(&tables);
    let names: Vec<String> =
        table.lines().filter_map(|line| line.strip_prefix('\\')?.split('\t').next()).map(str::to_owned).collect();
    names.into_iter().map(|name| {
        let command = format!("\\{name}");
        let formulas = PLACES.iter().map(|place| place(&command)).collect();
        RuleContext { name: command, display: true, formulas }
    })
}

fn accepts(tex: &str, display: bool, engine: Engine) -> bool {
    validate(tex, display, &Dialect::of(engine), &mut Macros::default()).is_empty()
}

/// How a validator agrees with an engine: how many of the valid are rejected, and how many of the invalid accepted.
#[derive(Debug, Default)]
struct Agreement {
    valid: usize,
    rejected: Vec<String>,
    invalid: usize,
    accepted: Vec<String>,
}

impl Agreement {
    fn count(&mut self, tex: &str, display: bool, engine: Engine, is_valid: bool) {
        let (count, wrong) =
            if is_valid { (&mut self.valid, &mut self.rejected) } else { (&mut self.invalid, &mut self.accepted) };
        *count += 1;
        if accepts(tex, display, engine) != is_valid {
            wrong.push(tex.to_owned());
        }
    }

    /// Fails when more than one in so many is wrong.
    fn assert(&self, what: &str, valid_in: usize, invalid_in: usize) {
        let Agreement { valid, rejected, invalid, accepted } = self;
        let told = format!(
            "{what}: {} of {valid} valid rejected, {} of {invalid} invalid accepted\nrejected {:#?}\naccepted {:#?}",
            rejected.len(),
            accepted.len(),
            rejected,
            accepted
        );
        if env::var_os("TELL").is_some() {
            eprintln!("{told}");
        }
        assert!(rejected.len() * valid_in <= *valid && accepted.len() * invalid_in <= *invalid, "{told}");
    }
}

fn katex(subjects: impl Iterator<Item = RuleContext> + Send + 'static) -> Agreement {
    let ask = move || {
        let context = KatexContext::default();
        let mut agreement = Agreement::default();
        for RuleContext { display, formulas, .. } in subjects {
            for tex in formulas {
                let settings = Settings::builder()
                    .display_mode(display)
                    .throw_on_error(true)
                    .strict(StrictSetting::Mode(StrictMode::Ignore))
                    .trust(TrustSetting::Bool(true))
                    .build();
                let is_valid = render_to_string(&context, &tex, &settings).is_ok();
                agreement.count(&tex, display, Engine::Katex, is_valid);
            }
        }
        agreement
    };
    // It recurses without a bound.
    let thread = thread::Builder::new().stack_size(64 << 20).spawn(ask).expect("a thread");
    thread.join().expect("KaTeX came to an end")
}

#[test]
fn mutations_of_katex() {
    katex(mutated()).assert("mutations, KaTeX", 500, 100);
}

#[test]
fn vocabulary_of_katex() {
    katex(vocabulary()).assert("vocabulary, KaTeX", 400, 100);
}

#[test]
fn verdicts_of_mathjax() {
    let subjects: Vec<RuleContext> = mutated().chain(vocabulary()).collect();
    if env::var_os("UPDATE").is_some() {
        let rows = subjects.iter().map(|subject| {
            json!({"name": subject.name, "display": subject.display, "formulas": subject.formulas}).to_string() + "\n"
        });
        let list = Path::new(env!("CARGO_TARGET_TMPDIR")).join("formulas.jsonl");
        fs::write(&list, rows.collect::<String>()).expect("the list can be written");
        eprintln!("{} has the formulas for `tests/record/record.py`", list.display());
    }
    let verdicts = read(&here("mathjax.txt"));
    let verdicts: BTreeMap<&str, Vec<&str>> = verdicts
        .lines()
        .skip(2)
        .map(|line| {
            let mut cells = line.split('\t');
            (cells.next().unwrap_or_default(), cells.collect())
        })
        .collect();
    for (column, engine) in [Engine::MathJax3, Engine::MathJax4].into_iter().enumerate() {
        let mut agreement = Agreement::default();
        for RuleContext { name, display, formulas } in &subjects {
            let given =
                verdicts.get(&**name).unwrap_or_else(|| panic!("no verdict on {name}; see the head of this file"));
            assert_eq!(given[column].len(), formulas.len(), "the verdicts on {name} are stale");
            for (tex, verdict) in formulas.iter().zip(given[column].bytes()) {
                agreement.count(tex, *display, engine, verdict == b'.');
            }
        }
        agreement.assert(engine.name(), 500, 100);
    }
}

#[test]
fn misspellings_are_told_one_by_one() {
    let (mut asked, mut right, mut pairs, mut exact) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    for (display, tex) in healthy() {
        for round in 0..12 {
            let mut chance = Chance::of(&format!("{tex}{round}"));
            let Some((once, meant)) = misspell(&tex, &mut chance) else { continue };
            let faults = validate(&once, display, &Dialect::of(Engine::Katex), &mut Macros::default());
            let unknown = faults.iter().filter(|fault| matches!(fault.kind, FaultKind::UnknownCommand { .. }));
            let unknown: Vec<_> = unknown.collect();
            if let [fault] = unknown[..] {
                asked += 1;
                let suggested = fault.suggestion.as_ref().map(|suggestion| &suggestion.replacement[1..]);
                right += usize::from(suggested == Some(&*meant));
                if suggested != Some(&*meant) {
                    wrong.push(format!("{} for {meant}: {suggested:?}", &once[fault.span]));
                }
            }
            let Some((twice, _)) = misspell(&once, &mut chance) else { continue };
            let faults = validate(&twice, display, &Dialect::of(Engine::Katex), &mut Macros::default());
            if faults.iter().filter(|fault| fault.is_unknown_command()).count() == 2 {
                pairs += 1;
                exact += usize::from(faults.len() == 2);
            }
        }
    }
    assert!(right * 100 >= asked * 93, "{right} of {asked} suggestions are right: {wrong:#?}");
    assert!(exact * 100 >= pairs * 98, "{exact} of {pairs} pairs have no further fault");
}

#[test]
fn the_tables_name_the_versions_of_the_script() {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tex/tables");
    let (script, table) = (read(&tables.join("engines.mjs")), read(&tables.join("commands.txt")));
    let versions = script.lines().find(|line| line.contains("VERSIONS = {")).expect("the versions");
    let versions = versions.split('\'').skip(1).step_by(2).collect::<Vec<_>>();
    let named: Vec<String> = versions.chunks(2).map(|pair| pair.join(" ")).collect();
    assert_eq!(named.len(), 3);
    assert!(table.contains(&named.join(", ")), "commands.txt is not of {named:?}");
}
