//! `postlint outline`

use std::io::{self, Write};
use std::path::Path;

use super::target::{self, Target, why};
use super::{Outcome, OutlineArgs, OutlineFormat, complain, log};
use crate::config::Selection;
use crate::files::{Text, Unreadable};
use crate::report::outline::{self, Outlined};

/// Prints what is seen in the posts that the arguments name.
pub(crate) fn run(args: &OutlineArgs) -> io::Result<Outcome> {
    let here = std::env::current_dir()?;
    let targets = args.paths.targets(Selection::default(), false)?;
    let mut outcome = targets.outcome;
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &here)));
    }
    let outlines = targets.for_each(|target, file, text| one(args.format, target, file, &here, &text));
    let mut out = log::output();
    let json = args.format == OutlineFormat::Json;
    let (open, between, close) = if json { ("[", ",\n", "]\n") } else { ("", "\n", "") };
    let mut seen = Vec::new();
    for result in outlines {
        match result {
            Ok(text) => seen.push(text),
            Err((message, failure)) => {
                complain(&message);
                outcome = outcome.max(failure);
            }
        }
    }
    write!(out, "{open}{}{close}", seen.join(between))?;
    out.flush()?;
    Ok(outcome)
}

fn one(
    format: OutlineFormat,
    target: &Target,
    file: &str,
    here: &Path,
    text: &Text,
) -> Result<String, (String, Outcome)> {
    let shown = target.shown(file, here);
    let text = text.as_ref().map_err(|error| {
        // What a post contains makes no outline fail; that there is no post to read does.
        let outcome = if matches!(error, Unreadable::NotUtf8(_)) { Outcome::Clean } else { Outcome::Failed };
        (format!("cannot read `{shown}`: {}", why(error)), outcome)
    })?;
    let post = target.blog.post(file, text);
    let kind = target.engine.kinds.assigned(&post);
    let show = |file: &str| target.shown(file, here);
    let outlined = Outlined { post: &post, blog: &target.blog, kind, path: &shown, show: &show };
    Ok(match format {
        OutlineFormat::Text => outline::text(&outlined),
        OutlineFormat::Json => outline::json(&outlined),
    })
}
