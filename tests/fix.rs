//! What holds of `postlint fix` whatever the post: files stay whole, and readers see the same page.

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use postlint::blog::{Blog, Settings};
use postlint::config::{Config, Selection};
use postlint::engine::Engine;
use postlint::files::Files;
use postlint::finding::Safety;
use postlint::fix::{Fixed, fix, repair};
use postlint::post::{Engines, Post};
use pulldown_cmark::{Options, Parser, html};

use support::{fences, pages, write};

/// The rules that run for `fix`.
fn engine() -> Engine {
    Config::read("").engine(&Selection { format: true, ..Selection::default() }).0
}

/// The page that pulldown-cmark makes of a text without its front matter: no code of ours.
fn rendered(text: &str) -> String {
    let post = Post::parse("a.md", text, &Engines::default());
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut page = String::new();
    html::push_html(&mut page, Parser::new_ext(&text[post.body.span], options | Options::ENABLE_HEADING_ATTRIBUTES));
    page.replace("\r\n", "\n")
}

/// Nothing is refused, a second time changes nothing, and CommonMark makes the same page of it.
fn check(path: &str, text: &str, engine: &Engine, blog: &Blog) -> Result<Fixed, String> {
    let fixed = fix(path, text, engine, blog, Safety::Safe);
    if !fixed.refused.is_empty() {
        return Err(format!("refused: {:?}", fixed.refused));
    }
    if rendered(text) != rendered(&fixed.text) {
        return Err(format!("another page:\n{}\nin place of\n{}", rendered(&fixed.text), rendered(text)));
    }
    let again = fix(path, &fixed.text, engine, blog, Safety::Safe).text;
    if again != fixed.text { Err(format!("fixed twice:\n{again}\nfixed once:\n{}", fixed.text)) } else { Ok(fixed) }
}

#[test]
fn every_example_keeps_its_page() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let blog = Blog::new(Files::on_disk(folder.path()), Settings::default());
    let engine = engine();
    for page in ["rules", "tests/cases", "tests/cli"].into_iter().flat_map(pages) {
        let text = fs::read_to_string(&page).expect("a page is text");
        let examples = fences(&text).into_iter().map(|fence| fence.text.replace('␠', " "));
        for example in examples.chain([text.clone()]) {
            for example in [example.replace('\n', "\r\n"), format!("\u{feff}{example}"), example] {
                check("a.md", &example, &engine, &blog)
                    .unwrap_or_else(|why| panic!("{}: {why}\nof\n{example}", page.display()));
            }
        }
    }
}

/// What `check` is silent about stays as it is, byte for byte, but for its format.
fn is_left_alone(path: &str, text: &str, blog: &Blog, [checks, fixes]: [&Engine; 2]) -> bool {
    let has_findings = !checks.check(&blog.post(path, text), blog).is_empty();
    has_findings || repair(path, text, fixes, blog, Safety::Unsafe).text == text
}

#[test]
fn what_check_is_silent_about_is_not_repaired() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let checks = Config::read("").engine(&Selection::default()).0;
    for config in ["generator: jekyll\n", "markdown: gfm\n"] {
        let (fixes, config, _) = Config::read(config).engine(&Selection { format: true, ..Selection::default() });
        let blog = Blog::new(Files::on_disk(folder.path()), config.into_blog());
        for page in ["rules", "tests/cases"].into_iter().flat_map(pages) {
            let text = fs::read_to_string(&page).expect("a page is text");
            for example in fences(&text).into_iter().map(|fence| fence.text.replace('␠', " ")) {
                assert!(is_left_alone("a.md", &example, &blog, [&checks, &fixes]), "{}\n{example}", page.display());
            }
        }
    }
}

/// All that is easily broken, written as it should be: there is nothing to repair.
#[test]
fn a_nasty_post_stays_as_it_is() {
    let text = include_str!("cases/nasty.txt");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for config in ["generator: jekyll\n", "markdown: gfm\n", "generator: zola\n", ""] {
        let (engine, config, _) = Config::read(config).engine(&Selection { format: true, ..Selection::default() });
        let blog = Blog::new(Files::on_disk(folder.path()), config.into_blog());
        for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let fixed = check("_posts/2022-10-09-a.md", &text, &engine, &blog).expect("the page stays");
            assert_eq!(fixed.text, text, "{:?}", blog.profile());
        }
    }
}

/// `POSTLINT_BLOGS='folder folder' cargo test --test fix -- --ignored`: the same of all posts of blogs.
#[test]
#[ignore = "needs blogs"]
fn every_post_keeps_its_page() {
    let (checks, engine) = (Config::read("").engine(&Selection::default()).0, engine());
    for folder in std::env::var("POSTLINT_BLOGS").expect("POSTLINT_BLOGS names folders").split_whitespace() {
        let blog = Blog::new(Files::on_disk(folder), Settings::default());
        assert!(!blog.posts().is_empty(), "{folder} has posts");
        let (mut changed, mut broken) = (0, 0);
        for post in blog.posts() {
            let Ok(text) = blog.files.read(post) else { continue };
            match check(post, &text, &engine, &blog) {
                Ok(fixed) => {
                    changed += usize::from(*fixed.text != *text);
                    assert!(is_left_alone(post, &text, &blog, [&checks, &engine]), "{folder}/{post}");
                }
                Err(why) => {
                    broken += 1;
                    eprintln!("{folder}/{post}: {}", why.chars().take(2000).collect::<String>());
                }
            }
        }
        println!("{folder}: {} posts, {changed} changed, {broken} broken", blog.posts().len());
        assert_eq!(broken, 0, "{folder}");
    }
}

const POSTS: usize = 500;

/// A hundred kills take a while: a plain run makes do with some.
fn kills() -> usize {
    if std::env::var_os("CI").is_some() { 100 } else { 10 }
}

/// One post of so many has something to fix.
const FAULTY: usize = 4;

#[test]
#[cfg(unix)]
fn a_file_with_two_names_is_written_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(root, "_posts/2022-10-09-a.md", &post(0));
    std::os::unix::fs::symlink("2022-10-09-a.md", root.join("_posts/2022-10-09-b.md")).expect("a link");
    let names = ["_posts/2022-10-09-a.md", "_posts/2022-10-09-b.md"];
    let run = command(root).args(names).stderr(Stdio::piped()).output().expect("postlint runs");
    assert_eq!((run.status.code(), &*String::from_utf8_lossy(&run.stderr)), (Some(0), ""));
    let [text, linked] = names.map(|name| fs::read_to_string(root.join(name)).expect("a text"));
    assert!(text != post(0) && text == linked);
}

/// A program that is killed at any moment leaves each file as it was or as it should be, and the next run leaves
/// nothing else in the folder.
#[test]
fn a_kill_leaves_files_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path();
    write(root, "_config.yml", "");
    let old: BTreeMap<PathBuf, String> = (0..POSTS).map(|index| (name(index), post(index))).collect();
    restore(root, &old);
    let start = Instant::now();
    assert!(command(root).status().expect("postlint runs").success());
    let mut whole_run = start.elapsed();
    let new = contents(root);
    let faulty = new.iter().filter(|(name, text)| old[*name] != **text).count();
    assert_eq!((new.len(), faulty), (POSTS, POSTS.div_ceil(FAULTY)));
    let mut chance: u32 = 1;
    let mut cut_short = 0;
    let kills = kills();
    for kill in 1..=kills {
        restore(root, &old);
        chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let part = f64::from(chance >> 16) / f64::from(u16::MAX);
        // At any moment of a run, or once one of its files, any, is written.
        if kill % 2 == 0 {
            let end = whole_run.mul_f64(part);
            whole_run = whole_run.min(run_until(|elapsed| elapsed >= end, root));
        } else {
            let one = name((part * (faulty - 1) as f64) as usize * FAULTY);
            let path = root.join(&one);
            run_until(|_| fs::read_to_string(&path).is_ok_and(|text| text != old[&one]), root);
        }
        let left = contents(root);
        for (name, old) in &old {
            assert!(left[name] == *old || left[name] == new[name], "{} is mixed", name.display());
        }
        let done = old.iter().filter(|(name, old)| left[*name] != **old).count();
        cut_short += usize::from(0 < done && done < faulty);
        if kill % 10 == 0 {
            assert!(command(root).status().expect("postlint runs").success());
            assert_eq!(contents(root), new, "what is left over goes");
        }
    }
    assert!(cut_short > kills / 10, "{cut_short} kills met a run that was writing");
}

/// Runs postlint and kills it when its time has come, unless it ends before: how long it ran, at most.
fn run_until(is_time: impl Fn(Duration) -> bool, root: &Path) -> Duration {
    const STEP: Duration = Duration::from_micros(100);
    let start = Instant::now();
    let mut running = command(root).spawn().expect("postlint runs");
    while !is_time(start.elapsed()) {
        if running.try_wait().expect("it can be asked").is_some() {
            return start.elapsed();
        }
        std::thread::sleep(STEP);
    }
    running.kill().expect("it can be killed");
    running.wait().expect("it ends");
    Duration::MAX
}

fn name(index: usize) -> PathBuf {
    Path::new("_posts").join(format!("2022-10-09-{index}.md"))
}

fn post(index: usize) -> String {
    let days = if index.is_multiple_of(FAULTY) { "2022. 10. 3. ~ 2022. 10. 9." } else { "2022.10.3 ~ 2022.10.9" };
    format!("---\ntitle: Week {index}\n---\n\n{days}\n\n{}", "All that was said of it. ".repeat(index % 100))
}

fn command(root: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postlint"));
    command.args(["fix", "--unsafe-fixes", "--select", "accidental-list", "--quiet"]).current_dir(root);
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

fn restore(root: &Path, files: &BTreeMap<PathBuf, String>) {
    files.iter().for_each(|(name, text)| write(root, &name.display().to_string(), text));
}

/// All files of the folder of posts, by their path from the blog's folder on.
fn contents(root: &Path) -> BTreeMap<PathBuf, String> {
    let entries = fs::read_dir(root.join("_posts")).expect("a folder");
    let names = entries.map(|entry| Path::new("_posts").join(entry.expect("an entry").file_name()));
    names.map(|name| (name.clone(), fs::read_to_string(root.join(&name)).expect("a text"))).collect()
}
