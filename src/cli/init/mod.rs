//! `postlint init`

mod proof;

use std::io::{self, Write};
use std::path::Path;

use super::target::{plain, shown, why};
use super::{InitArgs, InitFormat, Outcome, complain, log};
use crate::blog::root::{CONFIG, Root};
use crate::blog::{Blog, Settings};
use crate::config::draft::{self, Frame};
use crate::config::{Config, Selection};
use crate::files::{create_file, replace_file};
use crate::kinds::learned::{self, Known};
use crate::markdown::MarkdownEngine;
use crate::parallel;
use crate::report::{json, learned as table};

/// Learns what posts look like, and writes it down.
pub(crate) fn run(args: &InitArgs) -> io::Result<Outcome> {
    let here = std::env::current_dir()?;
    let asked = args.folder.as_deref().unwrap_or(Path::new("."));
    let folder = plain(&here.join(asked));
    if !folder.is_dir() {
        complain(&format!("`{}`: there is no such folder", asked.display()));
        return Ok(Outcome::Failed);
    }
    let Root { files, config, misnamed, .. } = Root::of_folder(&folder, &here);
    for path in misnamed {
        complain(&format!("`{}` is not read: the config is called `{CONFIG}`", shown(&path, &here)));
    }
    let path = config.clone().unwrap_or_else(|| files.place(CONFIG));
    let name = shown(&path, &here);
    if config.is_some() && !args.force && !args.dry_run {
        complain(&format!(
            "`{name}` is there already and stays; `--force` puts new kinds into it, `--dry-run` prints what it would be"
        ));
        return Ok(Outcome::Failed);
    }
    let old = match config.as_ref().map(|_| files.read(CONFIG)).transpose() {
        Ok(old) => old,
        Err(error) => {
            complain(&format!("cannot read `{name}`: {}", why(&error)));
            return Ok(Outcome::Failed);
        }
    };
    let (settings, mut frame) = old.as_deref().map(what_else_it_says).unwrap_or_default();
    let blog = Blog::new(files, settings);
    let known = known(&blog);
    frame.comments = head(&blog, known.len());
    let proven = proof::prove(&blog, &frame, learned::learn(&known));
    let mut out = log::output();
    if args.dry_run {
        match args.format {
            InitFormat::Text => out.write_all(proven.text.as_bytes())?,
            InitFormat::Json => out.write_all(json::indented(&draft::tree(&proven.text)).as_bytes())?,
        }
        out.flush()?;
        return Ok(Outcome::Clean);
    }
    let written = match &old {
        Some(old) => replace_file(&path, old, &proven.text),
        None => create_file(blog.files.root(), CONFIG, &proven.text),
    };
    if let Err(why) = written {
        complain(&format!("cannot write `{name}`: {why}"));
        return Ok(Outcome::Failed);
    }
    if !args.quiet {
        let site = table::Learned { kinds: &proven.kinds, posts: known.len(), config: &name };
        out.write_all(table::text(&site).as_bytes())?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// What a config says of the blog, and all of it but its kinds; nothing where it is at fault.
fn what_else_it_says(old: &str) -> (Settings, Frame) {
    let (_, config, faults) = Config::read(old).engine(&Selection::default());
    if faults.is_empty() { (config.into_blog(), Frame::of(old)) } else { Default::default() }
}

/// What is known of the posts.
fn known(blog: &Blog) -> Vec<Known> {
    blog.prepare();
    let known = parallel::of_each(blog.posts(), |path| {
        let text = blog.files.read(path).ok()?;
        let post = blog.post(path, &text);
        // What an author copies new posts from has blanks where they have words.
        (!blog.is_template(&post)).then(|| Known::of(&post))
    });
    known.into_iter().flatten().collect()
}

/// What is said at the top of the config: what needs no words in it.
fn head(blog: &Blog, posts: usize) -> Vec<String> {
    let site = blog.site().features;
    let is_known = |name: &&str| !name.starts_with("the ");
    let mut detected: Vec<&str> = [site.name].into_iter().filter(is_known).collect();
    detected.extend(blog.engine().map(MarkdownEngine::name));
    detected.extend([blog.math().name()].into_iter().filter(is_known));
    let noun = if posts == 1 { "post" } else { "posts" };
    let mut head = vec![format!("Learned from {posts} {noun} by `postlint init`; it is yours to change.")];
    match detected.split_last() {
        Some((last, [])) => {
            head.push(format!("The blog's own files tell of {last}; only what they do not tell belongs here."))
        }
        Some((last, others)) => {
            let others = others.join(", ");
            head.push(format!(
                "The blog's own files tell of {others} and {last}; only what they do not tell belongs here."
            ));
        }
        None => {}
    }
    head
}
