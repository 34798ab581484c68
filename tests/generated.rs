//! What always holds of `check` and `fix`, on whole blogs that are made up: small ones of every generator, whose posts hold
//! all that Markdown, TeX and templates have, with slips in them.
//!
//! `GENERATED=5000 cargo test --test generated` makes so many, `GENERATED=4711..4712` those again.

#[path = "generated/apply.rs"]
mod apply;
#[path = "generated/blocks.rs"]
mod blocks;
#[path = "generated/blogs.rs"]
mod blogs;
#[path = "generated/dice.rs"]
mod dice;
#[path = "generated/hold.rs"]
mod hold;
#[path = "support/html.rs"]
mod html;
#[path = "generated/mutations.rs"]
mod mutations;
#[path = "support/normal_html.rs"]
mod normal_html;
#[path = "generated/spans.rs"]
mod spans;
mod support;

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;

use hold::{Broken, Counts, hold};

/// So many blogs in a plain run.
const BLOGS: u64 = 200;

/// The numbers of the blogs.
fn seeds() -> Range<u64> {
    let Ok(asked) = std::env::var("GENERATED") else { return 0..BLOGS };
    let number = |text: &str| text.parse().expect("GENERATED is a number, or two with `..` between them");
    match asked.split_once("..") {
        Some((from, to)) => number(from)..number(to),
        None => 0..number(&asked),
    }
}

/// One blog in so many is given to the program and to Git.
const APPLIED: u64 = 10;

#[test]
fn git_applies_what_is_shown() {
    let asked = seeds();
    let few = asked.clone().filter(|seed| seed % APPLIED == 0 || asked.end - asked.start < APPLIED);
    let broken: Vec<String> = few
        .collect::<Vec<_>>()
        .into_par_iter()
        .filter_map(|seed| {
            Some(format!("GENERATED={seed}..{} {}", seed + 1, apply::disagreement(&blogs::made_up(seed))?))
        })
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n\n"));
}

#[test]
fn made_up_blogs() {
    let held: Vec<(u64, Counts, Vec<Broken>)> = seeds()
        .into_par_iter()
        .map(|seed| {
            let (counts, broken) = hold(&blogs::made_up(seed));
            (seed, counts, broken)
        })
        .collect();
    let (mut all, mut kinds) = (Counts::default(), BTreeMap::<String, Vec<(u64, &Broken)>>::new());
    for (seed, counts, broken) in &held {
        all.add(counts);
        broken.iter().for_each(|broken| kinds.entry(broken.what.clone()).or_default().push((*seed, broken)));
    }
    println!("{} blogs, {all:?}", held.len());
    for (what, found) in &kinds {
        println!("\n{what}: {} times", found.len());
        for (seed, Broken { engine, path, text, detail, .. }) in found.iter().take(shown()) {
            println!("  GENERATED={seed}..{} {path} ({engine}): {text:?}\n    {detail}", seed + 1);
        }
    }
    assert!(kinds.is_empty(), "{} kinds of faults", kinds.len());
    assert!(all.posts as u64 > 2 * held.len() as u64 || held.len() < 20, "there are posts");
    assert!(
        all.findings > all.posts && all.repaired * 3 > all.posts || held.len() < 20,
        "and something is found in them"
    );
}

/// So many faults of a kind are shown.
fn shown() -> usize {
    std::env::var("SHOWN").ok().and_then(|shown| shown.parse().ok()).unwrap_or(3)
}
