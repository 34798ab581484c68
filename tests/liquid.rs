//! Liquid is read as Liquid reads it: what `tests/data/liquid.json` says is what Liquid 5.4.0 said of each template,
//! with the tags of Jekyll 4.3.1 and the `error_mode` that Jekyll sets, `warn`.

use postlint::liquid::{Liquid, Role, What};
use postlint::text::Span;

#[derive(serde::Deserialize)]
struct Verdict {
    template: String,
    /// What stopped it.
    error: Option<String>,
    /// In which line, where Liquid knows.
    line: Option<usize>,
    /// The lines that it warned of.
    warnings: Vec<usize>,
}

#[test]
fn verdicts_of_liquid() {
    let verdicts: Vec<Verdict> = serde_json::from_str(include_str!("data/liquid.json")).expect("verdicts");
    let differing: Vec<String> = verdicts.iter().filter_map(difference).collect();
    assert!(differing.is_empty(), "{} of {}:\n{}", differing.len(), verdicts.len(), differing.join("\n"));
}

fn difference(verdict: &Verdict) -> Option<String> {
    let text = &verdict.template;
    let line = |offset: usize| text[..offset].matches('\n').count() + 1;
    let liquid = Liquid::read(text, Span::new(0, text.len()));
    let unknown = liquid.parts.iter().filter(|part| part.role == Role::Unknown);
    let unknown = unknown.map(|part| (part.markup.start, "Unknown tag"));
    let faults = liquid.faults.iter().filter(|fault| fault.what.stops_the_build());
    // A comparison is looked at when all of the template is read.
    let noticed = |what: &What, at: usize| if *what == What::Operator { text.len() } else { at };
    let faults = faults.map(|fault| (noticed(&fault.what, fault.noticed), words(&fault.what)));
    let first = faults.chain(unknown).min_by_key(|(at, _)| *at);
    let agrees = match (&first, &verdict.error) {
        (None, None) => true,
        (Some((at, words)), Some(error)) => {
            let in_line = verdict.line.is_none_or(|wanted| line(*at) == wanted) || *words == words_of_operator();
            words.split('|').any(|words| error.contains(words)) && in_line
        }
        _ => false,
    };
    let warns = |what: &What| matches!(what, What::Skipped | What::Operator);
    let warned = liquid.faults.iter().filter(|fault| warns(&fault.what)).map(|fault| line(fault.noticed));
    let warned: Vec<usize> = warned.collect();
    let parsed = verdict.error.as_ref().is_none_or(|error| error.contains(words_of_operator()));
    let agrees = agrees && (!parsed || warned == verdict.warnings);
    let shown = first.map(|(at, words)| (line(at), words));
    let said = (verdict.line, &verdict.error, &verdict.warnings);
    (!agrees).then(|| format!("{:?}: Liquid says {said:?}, postlint {shown:?} {warned:?}", &text[..text.len().min(60)]))
}

fn words_of_operator() -> &'static str {
    words(&What::Operator)
}

/// What Liquid says of a fault.
fn words(what: &What) -> &'static str {
    match what {
        What::UnclosedOutput => "Variable '",
        What::UnclosedTag | What::Nameless => "was not properly terminated",
        What::NeverClosed => "tag was never closed",
        What::WrongEnd { .. } => "is not a valid delimiter",
        What::Stray => "Unknown tag|Unexpected outer",
        What::UnexpectedBranch { .. } => "Unknown tag|does not expect 'else' tag",
        What::TooDeep => "Nesting too deep",
        What::Syntax => "Syntax Error|Syntax error|Could not parse name of post",
        What::Operator => "Unknown operator",
        What::FileName | What::Parameters => "Invalid syntax for include tag",
        What::Skipped => "",
        what @ (What::OpenQuote | What::NoFilter | What::Arguments) => {
            unreachable!("{what:?} is known to liquidjs alone")
        }
    }
}
