//! `postlint outline`

use std::io::{self, Write};

use rayon::prelude::*;

use super::target::{self, Target, why};
use super::{Outcome, OutlineArgs, OutlineFormat, complain};
use crate::blog::{Unreadable, read_file};
use crate::config::Selection;
use crate::post::Post;
use crate::report::outline;

/// Prints what is seen in the posts that the arguments name.
pub fn run(args: &OutlineArgs) -> io::Result<Outcome> {
    let here = target::here()?;
    let targets = args.paths.targets(Selection::default(), false)?;
    let mut outcome = targets.outcome;
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &here)));
    }
    let mut outlines = Vec::new();
    if let Some((file, text, target)) = &targets.stdin {
        let target = &targets.list[*target];
        let shown = target::shown(&target.blog.root.join(file), &here);
        outlines.push(one(args.format, target, file, &shown, text.as_ref()));
    }
    for target in &targets.list {
        outlines.par_extend(target.files.par_iter().map(|file| {
            let path = target.blog.root.join(file);
            let shown = target::shown(&path, &here);
            one(args.format, target, file, &shown, read_file(&path).as_ref())
        }));
    }
    let mut out = io::BufWriter::new(io::stdout().lock());
    let json = args.format == OutlineFormat::Json;
    let (open, between, close) = if json { ("[", ",\n", "]\n") } else { ("", "\n", "") };
    let mut first = true;
    write!(out, "{open}")?;
    for result in outlines {
        match result {
            Ok(text) => {
                write!(out, "{}{text}", if first { "" } else { between })?;
                first = false;
            }
            Err((message, failure)) => {
                complain(&message);
                outcome = outcome.max(failure);
            }
        }
    }
    write!(out, "{close}")?;
    out.flush()?;
    Ok(outcome)
}

fn one(
    format: OutlineFormat,
    target: &Target,
    file: &std::path::Path,
    shown: &str,
    text: Result<&String, &Unreadable>,
) -> Result<String, (String, Outcome)> {
    let text = text.map_err(|error| {
        // What a post contains makes no outline fail; that there is no post to read does.
        let outcome = if matches!(error, Unreadable::NotUtf8(_)) { Outcome::Clean } else { Outcome::Failed };
        (format!("cannot read `{shown}`: {}", why(error)), outcome)
    })?;
    let path = target::with_slashes(file);
    let post = Post::parse(&path, text);
    let kind = target.engine.kinds().of(&post).map(|kind| kind.name.as_str());
    let page = target.blog.page(&post);
    let delivered =
        page.as_ref().map(|page| target.blog.seen(&post, page.delivered(&post.body.formulas))).unwrap_or_default();
    let outlined = outline::Outlined { post: &post, kind, path: shown, page: page.as_ref(), delivered: &delivered };
    Ok(match format {
        OutlineFormat::Text => outline::text(&outlined),
        OutlineFormat::Json => outline::json(&outlined),
    })
}
