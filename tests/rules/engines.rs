//! What holds of an example whatever Markdown engine its blog has, the one that it is written for or another.

use std::path::Path;

use libtest_mimic::Failed;
use postlint::config::{Config, Selection};
use postlint::finding::Safety;
use postlint::fix::{Fixed, fix};
use postlint::post::{Engines, Post};
use postlint::rules::Rule;
use pulldown_cmark::{Options, Parser, html};
use serde_yaml::{Mapping, Value};

use crate::support::{Example, check_spans};

/// All that `markdown:` knows; the last is a site of which nothing is known.
pub const ENGINES: [&str; 7] =
    ["kramdown-gfm", "kramdown", "commonmark", "gfm", "goldmark", "pulldown-cmark", "unknown"];

/// The example in a blog with another engine.
pub fn under(example: &Example, engine: &str) -> Example {
    let config: Option<Mapping> = serde_yaml::from_str(&example.config).expect("the options are a map");
    let mut config = config.unwrap_or_default();
    match engine {
        "unknown" => {
            config.remove("markdown");
            config.insert("generator".into(), "plain".into());
        }
        engine => _ = config.insert("markdown".into(), engine.into()),
    }
    let config = serde_yaml::to_string(&Value::from(config)).expect("a map");
    Example { config, ..example.clone() }
}

/// Findings lie in the text; fixes are proven, leave nothing to be fixed, and, if they are safe, the page.
pub fn check(example: &Example, rule: &str) -> Result<(), Failed> {
    let folder = example.blog();
    for engine in ENGINES {
        check_under(&under(example, engine), folder.path(), rule, engine)
            .map_err(|why| format!("{engine}: {}", why.message().unwrap_or_default()))?;
    }
    Ok(())
}

fn check_under(example: &Example, folder: &Path, rule: &str, markdown: &str) -> Result<(), Failed> {
    let blog = example.open(folder);
    let engine = |selection: Selection| Config::read(&example.config).engine(&selection).0;
    let mut engines = vec![engine(Selection { format: true, ..Selection::default() })];
    let id = Rule::of(rule).expect("a rule").id;
    if engines[0].severity(id).is_none() {
        engines.push(engine(Selection { select: vec![id], ..Selection::default() }));
    }
    for engine in &engines {
        let found = engine.check(&blog.post(&example.path, &example.text), &blog);
        for (_, finding) in &found {
            check_spans(&example.text, finding)?;
        }
        for safety in [Safety::Safe, Safety::Unsafe] {
            if found.iter().any(|(_, finding)| finding.fix.as_ref().is_some_and(|fix| fix.safety == safety)) {
                check_fixes(&example.text, |text| fix(&example.path, text, engine, &blog, safety), safety, markdown)?;
            }
        }
    }
    Ok(())
}

fn check_fixes(before: &str, fix: impl Fn(&str) -> Fixed, safety: Safety, markdown: &str) -> Result<(), Failed> {
    let Fixed { text, refused, .. } = fix(before);
    if let Some(refused) = refused.iter().find(|refused| refused.safety == Safety::Safe) {
        return Err(format!("a safe fix does not pass the proof: {refused:?}").into());
    }
    let again = if text == before { text.clone() } else { fix(&text).text };
    if again != text {
        return Err(format!("fixed twice ({safety:?}):\n{again}\nfixed once:\n{text}").into());
    }
    if safety == Safety::Safe && rendered(&text, markdown) != rendered(before, markdown) {
        return Err(format!("a safe fix changes the page:\n{text}").into());
    }
    Ok(())
}

/// The page as pulldown-cmark makes it, which is near to all engines but kramdown: no code of ours.
fn rendered(text: &str, markdown: &str) -> String {
    let options = match markdown {
        "kramdown" | "kramdown-gfm" => return String::new(),
        "commonmark" => Options::empty(),
        _ => Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS,
    };
    let footnotes = if markdown == "commonmark" { Options::empty() } else { Options::ENABLE_FOOTNOTES };
    let mut page = String::new();
    html::push_html(
        &mut page,
        Parser::new_ext(&text[Post::parse("a.md", text, &Engines::default()).body.span], options | footnotes),
    );
    page
}
