//! Asks the real engines about the examples of the rule pages: what they make of each is what its page says, in the
//! fences `html page`, `text site`, `text math` and `console engine`, and what postlint takes it for.
//! `UPDATE=1 cargo test --test engines` rewrites what is stale; with a name, `dead-link`, only there.
//!
//! An engine that is not installed is told and left out, but for those that `REQUIRE_ENGINES` names: `jekyll,hugo`.

#[path = "engines/answer.rs"]
mod answer;
#[path = "support/built.rs"]
mod built;
#[path = "engines/claim.rs"]
mod claim;
#[path = "engines/gfm.rs"]
mod gfm;
#[path = "support/html.rs"]
mod html;
#[path = "engines/hugo.rs"]
mod hugo;
#[path = "engines/jekyll.rs"]
mod jekyll;
#[path = "engines/math.rs"]
mod math;
#[path = "engines/model.rs"]
mod model;
#[path = "support/normal_html.rs"]
mod normal_html;
#[path = "engines/npm.rs"]
mod npm;
#[path = "engines/subject.rs"]
mod subject;
mod support;
#[path = "engines/tools.rs"]
mod tools;

use std::fs;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};

use claim::{holds, told};
use subject::{Asked, Engine};
use support::{CLAIMS, Fence, Shown, examples, is_asked_for, pages};

fn main() {
    let arguments = Arguments::from_args();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut trials, mut has_math) = (Vec::new(), true);
    for engine in Engine::ALL {
        match Asked::all(engine, of(engine, &arguments), &folder.path().join(engine.name())) {
            Ok(mut asked) => {
                has_math &= math::ask(&mut asked);
                if std::env::var_os("UPDATE").is_some() {
                    update(&asked);
                    asked.iter_mut().zip(of(engine, &arguments)).for_each(|(asked, fresh)| asked.shown = fresh);
                }
                trials.extend(asked.into_iter().map(trial));
            }
            Err(left) => trials.push(missing(engine.name(), left.len())),
        }
    }
    if !has_math {
        trials.push(missing("math", 0));
    }
    let conclusion = libtest_mimic::run(&arguments, trials);
    drop(folder);
    conclusion.exit();
}

/// The examples that an engine is asked about.
fn of(engine: Engine, arguments: &Arguments) -> Vec<Shown> {
    let all = ["rules", "tests/cases"].into_iter().flat_map(pages).flat_map(|page| examples(&page));
    let own = all.filter(|shown| Engine::of(&shown.example) == Some(engine) && hugo::is_meant(shown.hugo.as_deref()));
    own.filter(|shown| is_asked_for(&name(shown, engine), arguments)).collect()
}

fn name(shown: &Shown, engine: Engine) -> String {
    format!("{}, {}", shown.name, engine.name())
}

fn trial(asked: Asked) -> Trial {
    let name = name(&asked.shown, asked.engine);
    match &asked.answer.missing {
        // A plugin or a theme: nothing is confirmed.
        Some(_) if !claims(&asked.shown) => Trial::test(name, move || check(&asked)).with_ignored_flag(true),
        _ => Trial::test(name, move || check(&asked)),
    }
}

/// Whether the page says what the engine makes of an example.
fn claims(shown: &Shown) -> bool {
    shown.said.iter().any(|fence| CLAIMS.iter().any(|claim| fence.is(claim)))
}

/// That an engine is not installed is a fault where it is required.
fn missing(engine: &str, left: usize) -> Trial {
    let required = std::env::var("REQUIRE_ENGINES").unwrap_or_default();
    let is_required = required.split(',').any(|name| name == engine);
    let told = format!("{engine} is not installed, so {left} examples are not asked about");
    Trial::test(told.clone(), move || Err(told.into())).with_ignored_flag(!is_required)
}

fn check(asked: &Asked) -> Result<(), Failed> {
    let mut differing = model::differences(asked);
    // Another version says the same in other words.
    if asked.engine == Engine::Hugo && !hugo::is_current() {
        return if differing.is_empty() { Ok(()) } else { Err(differing.join("\n").into()) };
    }
    for fence in &asked.shown.said {
        let Some(claim) = CLAIMS.iter().find(|claim| fence.is(claim)) else { continue };
        let told = told(asked, claim);
        if is_stale(fence, &told, asked) {
            differing.push(format!("line {}, `{claim}`: it is\n{told}", fence.line));
        }
    }
    let tells = asked.shown.said.iter().any(|fence| fence.is("console engine"));
    if asked.answer.stops && !tells && asked.shown.name.starts_with("rules/") {
        differing.push(format!("a `console engine` fence must follow: {}", told(asked, "console engine")));
    }
    if differing.is_empty() { Ok(()) } else { Err(differing.join("\n").into()) }
}

/// Whether a fence says something else than its engine, if that was asked.
fn is_stale(fence: &Fence, told: &str, asked: &Asked) -> bool {
    let is_asked = !fence.is("text math") || asked.formulas.is_some();
    is_asked && !holds(&fence.text, told)
}

/// Puts what engines say in place of what pages say, from the last to the first.
fn update(all: &[Asked]) {
    for asked in all.iter().rev() {
        let path = asked.shown.name.split(':').next().unwrap_or_default();
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        let mut page = fs::read_to_string(&path).expect("a page is text");
        for fence in asked.shown.said.iter().rev() {
            let Some(claim) = CLAIMS.iter().find(|claim| fence.is(claim)) else { continue };
            let told = told(asked, claim);
            if is_stale(fence, &told, asked) {
                page.replace_range(fence.span.range(), &told);
            }
        }
        fs::write(&path, page).expect("a page can be written");
    }
}
