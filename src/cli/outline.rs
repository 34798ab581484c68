//! `postlint outline`

use std::io::{self, Write};
use std::path::Path;

use super::target::{self, Target, why};
use super::{Outcome, OutlineArgs, OutlineFormat, complain};
use crate::blog::links::{PageLink, Resolver};
use crate::config::Selection;
use crate::files::{Text, Unreadable};
use crate::generators::Standing;
use crate::report::outline;

/// Prints what is seen in the posts that the arguments name.
pub(crate) fn run(args: &OutlineArgs) -> io::Result<Outcome> {
    let here = target::here()?;
    let targets = args.paths.targets(Selection::default(), false)?;
    let mut outcome = targets.outcome;
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &here)));
    }
    let outlines = targets.for_each(|target, file, text| one(args.format, target, file, &here, &text));
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
    file: &str,
    here: &Path,
    text: &Text,
) -> Result<String, (String, Outcome)> {
    let blog = &target.blog;
    let shown = target.shown(file, here);
    let text = text.as_ref().map_err(|error| {
        // What a post contains makes no outline fail; that there is no post to read does.
        let outcome = if matches!(error, Unreadable::NotUtf8(_)) { Outcome::Clean } else { Outcome::Failed };
        (format!("cannot read `{shown}`: {}", why(error)), outcome)
    })?;
    let post = blog.post(file, text);
    let kind = target.engine.kinds().of(&post).map(|kind| kind.name.as_str());
    let page = blog.page(&post);
    let delivered = page.map(|page| blog.seen(&post, page.delivered(&post.body.formulas))).unwrap_or_default();
    let resolver = Resolver::new(blog, &post);
    let url = resolver
        .own()
        .filter(|own| own.standing != Standing::Doubtful)
        .map(|own| format!("{}{}", blog.map().base, own.url));
    let resolved = |link: PageLink| {
        let resolved = resolver.resolve(&link.destination);
        (link, resolved)
    };
    let links = blog.links(&post).into_iter().map(resolved).collect();
    let show = |file: &str| target.shown(file, here);
    let outlined =
        outline::Outlined { post: &post, kind, path: &shown, page, delivered: &delivered, url, links, show: &show };
    Ok(match format {
        OutlineFormat::Text => outline::text(&outlined),
        OutlineFormat::Json => outline::json(&outlined),
    })
}
