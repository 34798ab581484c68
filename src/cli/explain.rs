//! `postlint explain`

use std::io::{self, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style as Look};
use rayon::prelude::*;

use super::target::{self, Target};
use super::{ExplainArgs, Home, Outcome, complain, log, terminal};
use crate::blog::root::CONFIG;
use crate::config::Selection;
use crate::finding::Severity;
use crate::kinds::{BUILT_IN, Kind};
use crate::report::kind::{self, Exception, Explained};
use crate::report::page::{self, Screen};
use crate::report::wrap::wrapped;
use crate::rules::{GROUPS, Group, RULES, Rule, summary};
use crate::text::nearest;

/// What is explained besides rules and kinds: a name, what it is about, and the page.
const TOPICS: &[(&str, &str, &str)] = &[(
    "config",
    "every key of `postlint.yaml`, what \"not checked\" means, the JSON, hooks",
    include_str!("../../rules/config.md"),
)];

/// Prints the page of a rule or a kind, or the list of them.
pub(crate) fn run(args: &ExplainArgs) -> io::Result<Outcome> {
    let color = terminal::colored(args.color);
    let screen = terminal::columns().map(|columns| Screen { columns, color });
    let mut out = log::output();
    let outcome = match &args.id {
        None => list(&mut out, &args.home, screen)?,
        Some(id) => page(&mut out, id, &args.home, screen)?,
    };
    out.flush()?;
    Ok(outcome)
}

/// The page of a rule, which no blog changes, or that of a kind: one of the blog goes before one that is built in.
/// On a terminal they are laid out for it; else their bytes are printed.
fn page(out: &mut impl Write, id: &str, home: &Home, screen: Option<Screen>) -> io::Result<Outcome> {
    let topic = TOPICS.iter().find(|(name, _, _)| *name == id).map(|(_, _, page)| *page);
    if let Some(page) = Rule::of(id).map(|rule| rule.page).or(topic) {
        match screen {
            Some(screen) => out.write_all(page::styled(page, screen).as_bytes())?,
            None => out.write_all(page.as_bytes())?,
        }
        return Ok(Outcome::Clean);
    }
    let of_kind = |page: String| screen.map_or(page.clone(), |screen| page::with_headings(&page, screen));
    let here = std::env::current_dir()?;
    let blog = blog(home, &here)?;
    let own = |target: &'_ Target| target.engine.kinds.named(id).is_some();
    if let Some(target) = blog.as_ref().filter(|target| own(target)) {
        let kind = target.engine.kinds.named(id).expect("a kind of this blog");
        out.write_all(of_kind(of_blog(target, kind, &here)).as_bytes())?;
    } else if let Some(kind) = BUILT_IN.iter().find(|kind| kind.name == id) {
        let page = format!("{}\n---- a post of this kind:\n\n{}", kind.schema, kind.model);
        out.write_all(of_kind(page).as_bytes())?;
    } else if let Some(group) = Group::of(id) {
        group_page(out, group, screen)?;
    } else {
        let own = blog.iter().flat_map(|target| target.engine.kinds.iter()).map(|kind| kind.name.as_str());
        let rules = RULES.iter().map(|rule| rule.id.name()).chain(GROUPS.iter().map(|group| group.id));
        let rules = rules.chain(TOPICS.iter().map(|(name, _, _)| *name));
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

/// The lists of what there is to explain: a name, how bad it is or what it is, and what it is about.
struct List<'o, W> {
    out: &'o mut W,
    screen: Option<Screen>,
}

impl<W: Write> List<'_, W> {
    fn rule(&mut self, rule: &Rule) -> io::Result<()> {
        let (level, look) = match rule.default {
            Some(Severity::Error) => ("error", AnsiColor::Red.on_default()),
            Some(Severity::Warn) => ("warn", AnsiColor::Yellow.on_default()),
            None if rule.is_format => ("format", Look::new()),
            None => ("off", Look::new().dimmed()),
        };
        self.entry(rule.id.name(), Look::new(), (level, look), rule.summary())
    }

    /// On a terminal in lines that fit, with looks.
    fn entry(&mut self, name: &str, look: Look, (what, what_look): (&str, Look), about: &str) -> io::Result<()> {
        const WHAT: usize = 6;
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        let Some(Screen { columns, color }) = self.screen else {
            return writeln!(self.out, "{}", format!("{name:width$} {what:WHAT$} {about}").trim_end());
        };
        let set = |look: Look, text: &str| if color { format!("{look}{text}{look:#}") } else { text.to_owned() };
        let indent = width + WHAT + 2;
        let name = format!("{}{}", set(look, name), " ".repeat(width.saturating_sub(name.len())));
        let what = format!("{}{}", set(what_look, what), " ".repeat(WHAT.saturating_sub(what.len())));
        let is_narrow = columns < indent + NARROWEST;
        let indent = if is_narrow { 4 } else { indent };
        let mut lines = wrapped(about, columns.saturating_sub(indent), 0).into_iter();
        let first = if is_narrow { String::new() } else { lines.next().unwrap_or_default() };
        writeln!(self.out, "{}", format!("{name} {what} {first}").trim_end())?;
        lines.try_for_each(|line| writeln!(self.out, "{:indent$}{line}", ""))
    }
}

/// With fewer columns than this beside a name, what it is about stands below it.
const NARROWEST: usize = 24;

/// How the names of groups look.
const GROUP: Look = Look::new().bold();

/// What a group is about, its rules, and where its name can stand.
fn group_page(out: &mut impl Write, group: Group, screen: Option<Screen>) -> io::Result<()> {
    let Group { id, about } = group;
    writeln!(out, "{id}: {about}\n")?;
    let mut list = List { out, screen };
    group.rules().try_for_each(|rule| list.rule(rule))?;
    let lines = [
        format!(
            "`{id}` stands for these rules wherever one can be named: `--select {id}`, `--ignore {id}`, \
             `rules: {{{id}: off}}`"
        ),
        format!(
            "in {CONFIG}, and `<!-- postlint-ignore {id}: why -->` in a post. What is said of one rule goes before it."
        ),
    ];
    let lines = screen.map_or(lines.to_vec(), |screen| wrapped(&lines.join(" "), screen.columns, 0));
    writeln!(out, "\n{}", lines.join("\n"))
}

fn list(out: &mut impl Write, home: &Home, screen: Option<Screen>) -> io::Result<Outcome> {
    let mut list = List { out, screen };
    let plain = Look::new();
    for group in GROUPS {
        list.entry(group.id, GROUP, ("group", plain), group.about)?;
        group.rules().try_for_each(|rule| list.rule(rule))?;
        writeln!(list.out)?;
    }
    for (topic, about, _) in TOPICS {
        list.entry(topic, GROUP, ("topic", plain), about)?;
    }
    writeln!(list.out)?;
    for kind in BUILT_IN {
        list.entry(kind.name, GROUP, ("kind", plain), summary(kind.schema))?;
    }
    let blog = blog(home, &std::env::current_dir()?)?;
    let mut own = blog.iter().flat_map(|target| target.engine.kinds.iter()).peekable();
    if own.peek().is_some() {
        writeln!(list.out)?;
    }
    own.try_for_each(|kind| list.entry(&kind.name, GROUP, ("own", plain), &kind::summary(kind)))?;
    Ok(Outcome::Clean)
}
