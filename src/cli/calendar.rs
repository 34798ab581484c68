//! `postlint calendar`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ColorChoice};
use rayon::prelude::*;

use super::target::{self, Target};
use super::terminal::colored;
use super::{Home, Outcome, complain, log};
use crate::config::Selection;
use crate::kinds::Kind;
use crate::kinds::series::calendar::Calendar;
use crate::report::calendar::{self, Drawn, Member};
use crate::rules::RULES;

#[derive(Args)]
pub(super) struct CalendarArgs {
    /// The kind to draw; without it, each kind that is a series
    kind: Option<String>,
    /// How to draw it
    #[arg(long, value_enum, default_value_t = CalendarFormat::Text)]
    format: CalendarFormat,
    /// Write the picture to a file
    #[arg(long, value_name = "FILE")]
    output_file: Option<PathBuf>,
    #[command(flatten)]
    home: Home,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum CalendarFormat {
    /// For people, in a terminal
    Text,
    /// For a README: the same as a picture
    Svg,
    /// For programs
    Json,
}

/// What these rules find is still to be written.
const OPEN: [&str; 6] =
    ["empty-post", "empty-section", "missing-date-range", "missing-key", "missing-section", "placeholder"];

/// Draws the series of the blog.
pub(crate) fn run(args: &CalendarArgs) -> io::Result<Outcome> {
    let here = std::env::current_dir()?;
    let others = RULES.iter().map(|rule| rule.id).filter(|rule| !OPEN.contains(&rule.name()));
    let targets = args.home.targets(Selection { ignore: others.collect(), ..Selection::default() })?;
    for (path, _, _) in &targets.faulty {
        complain(&format!("`{}` is at fault; `postlint check` says where", target::shown(path, &here)));
    }
    let Some(target) = targets.list.first() else { return Ok(targets.outcome) };
    let Some(kinds) = chosen(args, target) else { return Ok(Outcome::Failed) };
    target.blog.prepare();
    let series: Vec<Drawn> = kinds.into_iter().map(|kind| drawn(target, kind, &here)).collect();
    if series.is_empty() {
        complain(&calendar::none(target.engine.kinds.iter().map(|kind| kind.name.clone())));
    }
    let picture = match args.format {
        CalendarFormat::Text => calendar::page(&series, args.output_file.is_none() && colored(args.color)),
        CalendarFormat::Svg if series.is_empty() => String::new(),
        CalendarFormat::Svg => calendar::svg(&series),
        CalendarFormat::Json => calendar::json(&series),
    };
    match &args.output_file {
        Some(path) if !picture.is_empty() => target::create(path)?.write_all(picture.as_bytes())?,
        Some(_) => {}
        None => log::print(&picture)?,
    }
    Ok(targets.outcome)
}

/// The series of a blog as a picture for a page; nothing where there are none.
pub(super) fn picture(target: &Target, here: &Path) -> String {
    let kinds = target.engine.kinds.iter().filter(|kind| kind.is_drawn());
    let series: Vec<Drawn> = kinds.map(|kind| drawn(target, kind, here)).collect();
    if series.is_empty() { String::new() } else { calendar::svg_for_page(&series) }
}

/// The kinds to draw; `None` where the one that is asked for cannot be, which is told.
fn chosen<'t>(args: &CalendarArgs, target: &'t Target) -> Option<Vec<&'t Kind>> {
    let kinds = &target.engine.kinds;
    let Some(name) = &args.kind else { return Some(kinds.iter().filter(|kind| kind.is_drawn()).collect()) };
    let kind = kinds.named(name);
    match kind {
        Some(kind) if kind.is_drawn() => Some(vec![kind]),
        Some(_) => {
            complain(&format!("the kind `{name}` is no series: it has neither `date-range` nor `series`"));
            None
        }
        None => {
            let near = kinds.meant(name).map_or(String::new(), |near| format!("; did you mean `{near}`?"));
            complain(&format!("no kind of this blog is called `{name}`{near}"));
            None
        }
    }
}

fn drawn<'t>(target: &'t Target, kind: &'t Kind, here: &Path) -> Drawn<'t> {
    let sequence = target.engine.kinds.sequence(kind, &target.blog);
    let posts = sequence.members.par_iter().map(|member| {
        let path = &*member.facts.path;
        let lacks = target.blog.files.read(path).map_or(Vec::new(), |text| {
            let post = target.blog.post(path, &text);
            let findings = target.engine.check(&post, &target.blog).into_iter().map(|(_, finding)| finding);
            findings.filter(|finding| OPEN.contains(&finding.rule.name())).map(|finding| finding.message).collect()
        });
        let title = member.facts.title.as_ref().map(|title| &*title.text);
        Member { path: target.shown(path, here), title, lacks }
    });
    let calendar = Calendar::of(&kind.schema, sequence);
    Drawn { kind: &kind.name, period: sequence.period, calendar, posts: posts.collect() }
}
