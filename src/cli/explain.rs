//! `postlint explain`

use std::io::{self, Write};

use super::{Outcome, complain};
use crate::finding::Severity;
use crate::kinds::BUILT_IN;
use crate::rules::{RULES, Rule, summary};
use crate::text::nearest;

/// Prints the page of a rule or a kind, or the list of them.
pub(crate) fn run(id: Option<&str>) -> io::Result<Outcome> {
    let mut out = io::stdout().lock();
    let Some(id) = id else {
        list(&mut out)?;
        return Ok(Outcome::Clean);
    };
    if let Some(rule) = Rule::of(id) {
        out.write_all(rule.page.as_bytes())?;
    } else if let Some(kind) = BUILT_IN.iter().find(|kind| kind.name == id) {
        write!(out, "{}\n---- a post of this kind:\n\n{}", kind.schema, kind.model)?;
    } else {
        let names = RULES.iter().map(|rule| rule.id.name()).chain(BUILT_IN.iter().map(|kind| kind.name));
        let near = nearest(id, names).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        complain(&format!("no rule or kind is called `{id}`{near}"));
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Clean)
}

fn list(out: &mut impl Write) -> io::Result<()> {
    let level = |rule: &Rule| match rule.default {
        Some(Severity::Error) => "error",
        Some(Severity::Warn) => "warn",
        None if rule.is_format => "format",
        None => "off",
    };
    let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    for rule in RULES {
        writeln!(out, "{:width$} {:6} {}", rule.id, level(rule), rule.summary())?;
    }
    writeln!(out)?;
    for kind in BUILT_IN {
        writeln!(out, "{:width$} {:6} {}", kind.name, "kind", summary(kind.schema))?;
    }
    Ok(())
}
