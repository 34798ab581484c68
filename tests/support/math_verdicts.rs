//! Holds the validator against verdicts of the engines: `zcat FORMULAS | math_verdicts katex|mathjax3|mathjax4 [SHOWN]`.
//!
//! It also breaks commands of the valid formulas: is the right one suggested, are two faults told as two?
//!
//! A line is an object with `tex`, `display`, `kind`, `katex`, `mathjax` and `mathjax4`, each with `ok`.

#[path = "../math/misspell.rs"]
mod misspell;

use std::collections::BTreeMap;
use std::io::BufRead;
use std::time::Instant;

use postlint::tex::{Dialect, Engine, Macros, validate};
use serde_json::Value;

/// How often each verdict was given: valid and accepted, valid and rejected, invalid and accepted, invalid and rejected.
type Counts = [usize; 4];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (engine, field) = match arguments.next().as_deref() {
        Some("katex") => (Engine::Katex, "katex"),
        Some("mathjax3") => (Engine::MathJax3, "mathjax"),
        Some("mathjax4") => (Engine::MathJax4, "mathjax4"),
        _ => panic!("usage: math_verdicts katex|mathjax3|mathjax4 [SHOWN]"),
    };
    let shown: usize = arguments.next().and_then(|number| number.parse().ok()).unwrap_or(20);
    let lines = std::io::stdin().lock().lines().map(|line| line.expect("UTF-8"));
    let rows: Vec<Value> = lines.map(|line| serde_json::from_str(&line).expect("an object")).collect();
    let dialect = Dialect::of(engine);
    let mut several = BTreeMap::<String, usize>::new();
    let start = Instant::now();
    validate("x", false, &dialect, &mut Macros::default());
    println!("the tables are read in {} µs", start.elapsed().as_micros());
    let (mut counts, mut shown) = (BTreeMap::<String, Counts>::new(), [shown; 2]);
    for row in &rows {
        let (tex, display) = (row["tex"].as_str().expect("TeX"), row["display"].as_bool().expect("a flag"));
        let faults = validate(tex, display, &dialect, &mut Macros::default());
        let kind = row["mutation"].as_str().or(row["kind"].as_str()).unwrap_or_default();
        let (valid, accepted) = (row[field]["ok"] == true, faults.is_empty());
        let verdict = 2 * usize::from(!valid) + usize::from(!accepted);
        counts.entry(kind.to_owned()).or_default()[verdict] += 1;
        counts.entry("~ all".to_owned()).or_default()[verdict] += 1;
        if faults.len() > 1 && row["mutation"].is_string() {
            *several.entry(kind.to_owned()).or_default() += 1;
            if std::env::var_os("SEVERAL").is_some() {
                let told: Vec<_> = faults.iter().map(|fault| format!("{:?} {}", fault.span, fault.message())).collect();
                println!("{kind} {tex:?}\n    {told:?}");
            }
        }
        if valid != accepted && shown[usize::from(valid)] > 0 {
            shown[usize::from(valid)] -= 1;
            let why = faults.first().map_or(row[field]["message"].to_string(), |fault| fault.message());
            println!("{kind} {} {tex:?}\n    {why}", if valid { "false positive" } else { "miss" });
        }
    }
    for (kind, [accepted, rejected, missed, caught]) in &counts {
        println!(
            "{kind:14} valid {:6} rejected {rejected:4}   invalid {:5} missed {missed:4}",
            accepted + rejected,
            missed + caught
        );
    }
    println!("one slip, more than one fault: {several:?}");
    let healthy = rows.iter().filter(|row| row[field]["ok"] == true && row["kind"] == "real");
    let healthy: Vec<_> =
        healthy.map(|row| (row["tex"].as_str().unwrap_or_default(), row["display"] == true)).collect();
    let pass = |_| {
        let start = Instant::now();
        let clean = healthy
            .iter()
            .filter(|(tex, display)| validate(tex, *display, &dialect, &mut Macros::default()).is_empty());
        assert!(clean.count() <= healthy.len());
        start.elapsed().as_nanos() / healthy.len() as u128
    };
    println!("{} ns for a real valid formula, the best of 9 passes", (0..9).map(pass).min().unwrap_or_default());
    misspellings(&healthy, &dialect);
}

/// Breaks one command of a formula, and one more.
fn misspellings(formulas: &[(&str, bool)], dialect: &Dialect) {
    let (mut asked, mut right, mut pairs, mut exact) = (0, 0, 0, 0);
    let mut wrong = BTreeMap::<String, usize>::new();
    for (tex, display) in formulas {
        let mut chance = misspell::Chance::of(tex);
        let Some((once, meant)) = misspell::misspell(tex, &mut chance) else { continue };
        let faults = validate(&once, *display, dialect, &mut Macros::default());
        if let [fault] = &faults[..]
            && fault.is_unknown_command()
        {
            asked += 1;
            let suggested = fault.suggestion.as_ref().map(|suggestion| &suggestion.replacement[1..]);
            right += usize::from(suggested == Some(&*meant));
            if suggested != Some(&*meant) {
                *wrong.entry(format!("{} for {meant}: {suggested:?}", &once[fault.span])).or_default() += 1;
            }
            let Some((twice, _)) = misspell::misspell(&once, &mut chance) else { continue };
            let faults = validate(&twice, *display, dialect, &mut Macros::default());
            let unknown = faults.iter().filter(|fault| fault.is_unknown_command()).count();
            if unknown == 2 {
                pairs += 1;
                exact += usize::from(faults.len() == 2);
            }
        }
    }
    println!("suggestions: {right} of {asked} right; pairs: {exact} of {pairs} told as two");
    if std::env::var_os("TELL").is_some() {
        println!("{wrong:#?}");
    }
}
