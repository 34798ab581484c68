//! `postlint explain`

use std::io::{self, Write};
use std::path::Path;

use rayon::prelude::*;

use super::target::{self, Target};
use super::{ExplainArgs, Home, Outcome, complain};
use crate::blog::root::CONFIG;
use crate::config::Selection;
use crate::finding::Severity;
use crate::kinds::{BUILT_IN, Kind};
use crate::report::kind::{self, Exception, Explained};
use crate::rules::{GROUPS, Group, RULES, Rule, summary};
use crate::text::nearest;

/// Prints the page of a rule or a kind, or the list of them.
pub(crate) fn run(args: &ExplainArgs) -> io::Result<Outcome> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = match &args.id {
        None => list(&mut out, &args.home)?,
        Some(id) => page(&mut out, id, &args.home)?,
    };
    out.flush()?;
    Ok(outcome)
}

/// The page of a rule, which no blog changes, or that of a kind: one of the blog goes before one that is built in.
fn page(out: &mut impl Write, id: &str, home: &Home) -> io::Result<Outcome> {
    if let Some(rule) = Rule::of(id) {
        out.write_all(rule.page.as_bytes())?;
        return Ok(Outcome::Clean);
    }
    let here = std::env::current_dir()?;
    let blog = blog(home, &here)?;
    let own = |target: &'_ Target| target.engine.kinds.named(id).is_some();
    if let Some(target) = blog.as_ref().filter(|target| own(target)) {
        let kind = target.engine.kinds.named(id).expect("a kind of this blog");
        out.write_all(of_blog(target, kind, &here).as_bytes())?;
    } else if let Some(kind) = BUILT_IN.iter().find(|kind| kind.name == id) {
        write!(out, "{}\n---- a post of this kind:\n\n{}", kind.schema, kind.model)?;
    } else if let Some(group) = Group::of(id) {
        group_page(out, group)?;
    } else {
        let own = blog.iter().flat_map(|target| target.engine.kinds.iter()).map(|kind| kind.name.as_str());
        let rules = RULES.iter().map(|rule| rule.id.name()).chain(GROUPS.iter().map(|group| group.id));
        let near = nearest(id, own.chain(rules).chain(BUILT_IN.iter().map(|kind| kind.name)))
            .map_or(String::new(), |near| format!("; did you mean `{near}`?"));
        complain(&format!("no rule or kind is called `{id}`{near}"));
        return Ok(Outcome::Failed);
    }
    Ok(Outcome::Clean)
}

/// The blog around; none where its config is at fault, which is told.
fn blog(home: &Home, here: &Path) -> io::Result<Option<Target>> {
    let targets = home.targets(Selection::default())?;
    for (path, _, _) in &targets.faulty {
        let path = target::shown(path, here);
        complain(&format!("`{path}` is at fault, so its kinds are not known; `postlint check` says where"));
    }
    Ok(targets.list.into_iter().next())
}

/// What a kind of the blog demands, and how its posts keep to it.
fn of_blog(target: &Target, kind: &Kind, here: &Path) -> String {
    let blog = &target.blog;
    blog.prepare();
    let looked = blog.posts().par_iter().filter_map(|path| {
        let source = blog.source(path)?;
        let is_of_kind = target.engine.kinds.of(&source.head).is_some_and(|of| of.name == kind.name);
        if !is_of_kind {
            return None;
        }
        let day = source.head.date();
        if !kind.holds(&source.head) {
            return Some((day, path, None));
        }
        let text = blog.files.read(path).ok()?;
        let post = blog.post(path, &text);
        Some((day, path, Some(kind::exceptions(&target.shown(path, here), &post, target.engine.owed(&post, blog)))))
    });
    let mut looked: Vec<_> = looked.collect();
    looked.sort_by_key(|(day, path, _)| (*day, *path));
    let posts: Vec<String> = looked.iter().map(|(_, path, _)| target.shown(path, here)).collect();
    let earlier = looked.iter().filter(|(_, _, held)| held.is_none()).count();
    let exceptions: Vec<Vec<Exception>> = looked.into_iter().filter_map(|(_, _, exceptions)| exceptions).collect();
    kind::page(&Explained { kind, posts: &posts, earlier, exceptions: &exceptions })
}

/// How wide the first column of the list is.
fn width() -> usize {
    RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default()
}

/// A rule on one line.
fn line(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    let level = match rule.default {
        Some(Severity::Error) => "error",
        Some(Severity::Warn) => "warn",
        None if rule.is_format => "format",
        None => "off",
    };
    writeln!(out, "{:1$} {level:6} {2}", rule.id, width(), rule.summary())
}

/// What a group is about, its rules, and where its name can stand.
fn group_page(out: &mut impl Write, group: Group) -> io::Result<()> {
    let Group { id, about } = group;
    writeln!(out, "{id}: {about}\n")?;
    group.rules().try_for_each(|rule| line(out, rule))?;
    writeln!(
        out,
        "\n`{id}` stands for these rules wherever one can be named: `--select {id}`, `--ignore {id}`, `rules: {{{id}: off}}`\nin {CONFIG}, and `<!-- postlint-ignore {id}: why -->` in a post. What is said of one rule goes before it."
    )
}

fn list(out: &mut impl Write, home: &Home) -> io::Result<Outcome> {
    let width = width();
    for group in GROUPS {
        writeln!(out, "{:width$} {:6} {}", group.id, "group", group.about)?;
        group.rules().try_for_each(|rule| line(out, rule))?;
        writeln!(out)?;
    }
    for kind in BUILT_IN {
        writeln!(out, "{:width$} {:6} {}", kind.name, "kind", summary(kind.schema))?;
    }
    let blog = blog(home, &std::env::current_dir()?)?;
    let mut own = blog.iter().flat_map(|target| target.engine.kinds.iter()).peekable();
    if own.peek().is_some() {
        writeln!(out)?;
    }
    for kind in own {
        let line = format!("{:width$} {:6} {}", kind.name, "own", kind::summary(kind));
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(Outcome::Clean)
}
