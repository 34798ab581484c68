//! `postlint info`

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::{Path, PathBuf};

use anstyle::Style as Look;
use clap::{Args, ColorChoice, ValueEnum};

use super::target::{Target, Targets, shown};
use super::{Home, Outcome, complain, log, terminal};
use crate::blog::Blog;
use crate::blog::mathematics::Engine as MathEngine;
use crate::blog::root::CONFIG;
use crate::config::Selection;
use crate::finding::Severity;
use crate::generators::Reason;
use crate::report::columns::SCREEN;
use crate::report::info::{Changed, Class, Fact, Info, Posts};
use crate::rules::RULES;

/// What to say it of, and how.
#[derive(Args)]
pub(super) struct InfoArgs {
    /// A folder of the blog, or a post; without it, the folder postlint runs in
    path: Option<PathBuf>,
    /// How to print it
    #[arg(long, value_enum, default_value_t = InfoFormat::Text)]
    format: InfoFormat,
    #[command(flatten)]
    home: Home,
    /// When to use colours
    #[arg(long, value_enum, default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum InfoFormat {
    /// For people
    Text,
    /// For programs
    Json,
}

/// Prints what the blog is taken for.
pub(super) fn run(args: &InfoArgs) -> io::Result<Outcome> {
    let here = std::env::current_dir()?;
    let path = args.path.clone().unwrap_or_else(|| PathBuf::from("."));
    if !path.exists() {
        complain(&format!("`{}`: there is no such file", path.display()));
        return Ok(Outcome::Failed);
    }
    let Targets { list, faulty, outcome, .. } = args.home.targets_at(&path, Selection::default())?;
    for (config, _, _) in &faulty {
        let config = shown(config, &here);
        complain(&format!("`{config}` is at fault, and nothing is known with it; `postlint check` says where"));
    }
    let Some(target) = list.first() else { return Ok(outcome.max(Outcome::Failed)) };
    let info = info(target, &here);
    let text = match args.format {
        InfoFormat::Json => info.json(),
        InfoFormat::Text => {
            const BOLD: Look = Look::new().bold();
            let color = terminal::colored(args.color);
            let look = |label: &str| if color { format!("{BOLD}{label}{BOLD:#}") } else { label.to_owned() };
            info.text(terminal::columns().unwrap_or(SCREEN), look)
        }
    };
    log::print(&text)?;
    Ok(outcome)
}

fn info(target: &Target, here: &Path) -> Info {
    let blog = &target.blog;
    let (mut kinds, mut without_kind, mut drafts) = (HashMap::new(), 0, 0);
    for source in blog.posts().iter().filter_map(|post| blog.source(post)) {
        drafts += usize::from(blog.is_held_back(&source.head));
        match target.engine.kinds.of(&source.head) {
            Some(kind) => {
                let (posts, earlier): &mut (usize, usize) = kinds.entry(kind.name.clone()).or_default();
                *posts += 1;
                *earlier += usize::from(!kind.holds(&source.head));
            }
            None => without_kind += 1,
        }
    }
    let root = shown(blog.files.root(), here);
    let root = if root.is_empty() { ".".to_owned() } else { root };
    let config = target.config.as_ref().map(|(path, _)| shown(path, here));
    // The config may be another one that the command line names.
    let fact = |is, why| match (why, &config) {
        (Reason::Key { file, key }, Some(config)) if file == CONFIG => {
            Fact::new(is, Some(&Reason::key(config.as_str(), key)))
        }
        (why, _) => Fact::new(is, Some(&why)),
    };
    let patterns = blog.post_patterns();
    let places = match patterns {
        Some(patterns) => patterns.iter().map(|pattern| pattern.source.clone()).collect(),
        None => folders(blog),
    };
    Info {
        root: Fact::new(Some(root), Some(&target.root_why)),
        config: config.clone(),
        generator: fact(generator(blog), blog.generator_reason()),
        markdown: fact(blog.engine().map(|engine| engine.full_name()), blog.markdown_reason()),
        math: math(blog, fact),
        timezone: fact(zone(blog), blog.zone_reason()),
        posts: Posts { count: blog.posts().len(), places, by_config: patterns.is_some() },
        drafts,
        kinds: target
            .engine
            .kinds
            .iter()
            .map(|kind| {
                let (posts, earlier) = kinds.get(&kind.name).copied().unwrap_or_default();
                Class { name: kind.name.clone(), posts, earlier }
            })
            .collect(),
        without_kind,
        not_understood: blog.unclear().into_iter().map(Into::into).collect(),
        rules: rules(target),
    }
}

/// The folders that hold posts: those that the generator names, of which some may be there, or else the outermost ones.
fn folders(blog: &Blog) -> Vec<String> {
    let told = blog.usual_folders();
    if !told.iter().any(String::is_empty) {
        let there: Vec<String> = told.iter().filter(|folder| blog.files.is_folder(folder)).cloned().collect();
        return if there.is_empty() { told } else { there };
    }
    let outer = |post: &String| post.split_once('/').map_or(".", |(folder, _)| folder).to_owned();
    blog.posts().iter().map(outer).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Its name; `None` for a folder of Markdown files.
fn generator(blog: &Blog) -> Option<String> {
    let name = blog.site().features.name;
    (name != crate::generators::Features::PLAIN.name).then(|| name.to_owned())
}

fn math(blog: &Blog, fact: impl Fn(Option<String>, Reason) -> Fact) -> Fact {
    let math = blog.math();
    let is = math.engine.map(|engine| match engine {
        MathEngine::Katex => match math.katex {
            Some((version, file)) => format!("KaTeX {version} ({file})"),
            None => "KaTeX".to_owned(),
        },
        MathEngine::MathJax(version) => format!("MathJax {version}"),
        MathEngine::Absent => "none".to_owned(),
    });
    let unknown = || Reason::because("no template that was seen loads one; `math:` in postlint.yaml names it");
    match math.why.clone().or_else(|| is.is_none().then(unknown)) {
        Some(why) => fact(is, why),
        None => Fact::new(is, None),
    }
}

fn zone(blog: &Blog) -> Option<String> {
    let zone = blog.zone()?;
    let name = zone.iana_name().map_or_else(|| "of no name".to_owned(), str::to_owned);
    Some(match blog.unknown_zone() {
        Some(unknown) => format!("{name}, as `{unknown}` is no time zone"),
        None => name,
    })
}

/// Rules whose findings are not as bad as they come.
fn rules(target: &Target) -> Vec<Changed> {
    let word = |severity: Option<Severity>| match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warn) => "warn",
        None => "off",
    };
    let changed = RULES.iter().filter_map(|rule| {
        let level = target.engine.severity(rule.id);
        (level != rule.default).then(|| Changed {
            rule: rule.id.name(),
            level: word(level),
            default: word(rule.default),
        })
    });
    changed.collect()
}
