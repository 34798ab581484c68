//! Time grows with the text, whatever is written in it, and with the blog, whatever lies in it: not faster than n log n.
//! What is hostile is in `growth/texts.rs` and `growth/blogs.rs`. `POSTLINT=target/release/postlint cargo test --test
//! growth -- --ignored` measures that program; a name chooses kinds, and `GROWTH=all` prints the times of all.

#![cfg(unix)]

#[path = "growth/blogs.rs"]
mod blogs;
#[path = "growth/texts.rs"]
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};

/// The size of a text in bytes: what may take no longer than [`LIMIT`].
const SIZE: usize = 250_000;

/// Parts of the whole that are measured, from the least.
const PARTS: [usize; 4] = [8, 4, 2, 1];

/// Seconds on the processor that the whole may take.
const LIMIT: f64 = 1.0;

/// Kilobytes of memory that a run may ask for.
const MEMORY: usize = 1_500_000;

/// Seconds below which a time is too short to tell how it grows.
const SHORT: f64 = 0.02;

/// The exponent that is too much. What sorts comes to 1.1, and what no longer fits the caches of a processor to more.
const EXPONENT: f64 = 1.3;

/// How often a run is measured anew before it counts: another process may have had the processor.
const TRIES: usize = 4;

/// What is run.
const COMMANDS: [&str; 3] = ["check", "fix", "outline"];

/// A path and what lies there.
type File = (&'static str, &'static str);

/// Where a text is a post: the name of what reads it, its path, the other files of the blog.
const ENGINES: &[(&str, &str, &[File])] = &[
    ("jekyll", "_posts/2022-10-03-a.md", &[("_config.yml", "markdown: kramdown\n")]),
    (
        "hugo",
        "content/posts/a.md",
        &[(
            "hugo.toml",
            "baseURL = 'https://a.example'\n[markup.goldmark.extensions.passthrough]\nenable = true\n\
             [markup.goldmark.extensions.passthrough.delimiters]\nblock = [['$$', '$$']]\ninline = [['$', '$']]\n",
        )],
    ),
    ("zola", "content/a.md", &[("config.toml", "base_url = 'https://a.example'\n")]),
    (
        "eleventy",
        "posts/a.md",
        &[("eleventy.config.js", "export default function (eleventyConfig) {}\n"), ("package.json", "{}")],
    ),
    (
        "hexo",
        "source/_posts/a.md",
        &[
            ("_config.yml", "url: https://a.example\n"),
            ("package.json", "{\"dependencies\": {\"hexo\": \"^8.0.0\", \"hexo-renderer-marked\": \"^7.0.0\"}}"),
        ],
    ),
    (
        "astro",
        "src/content/blog/a.md",
        &[(
            "astro.config.mjs",
            "import remarkMath from 'remark-math'\nimport rehypeKatex from 'rehype-katex'\n\
             export default {markdown: {remarkPlugins: [remarkMath], rehypePlugins: [rehypeKatex]}}\n",
        )],
    ),
    (
        "mdx",
        "blog/a.md",
        &[
            ("docusaurus.config.js", "module.exports = {url: 'https://a.example', baseUrl: '/'}\n"),
            ("package.json", "{}"),
        ],
    ),
    (
        "gfm",
        "a.md",
        &[(
            "postlint.yaml",
            "generator: plain\nposts: ['**/*.md']\nmarkdown: gfm\nmath: {engine: katex, delimiters: ['$', '$$']}\n",
        )],
    ),
];

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = Vec::new();
    for (name, engines, parts) in [texts::MARKDOWN, texts::EMBEDDED, texts::MATH, texts::FRONT].concat() {
        for (at, engine) in engines.iter().enumerate() {
            let commands = if at == 0 { &COMMANDS[..] } else { &COMMANDS[..1] };
            let (_, path, others) = ENGINES.iter().find(|(name, _, _)| name == engine).expect("an engine");
            let files = move |size: usize| {
                let others = others.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
                others.chain([((*path).to_owned(), texts::text(parts, size))]).collect()
            };
            trials.push(trial(format!("{name}, {engine}"), commands, SIZE, files));
        }
    }
    for (name, most, files) in blogs::BLOGS {
        trials.push(trial(format!("blog: {name}"), &COMMANDS, *most, files));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

fn trial(
    name: String,
    commands: &'static [&str],
    most: usize,
    files: impl Fn(usize) -> blogs::Files + Send + 'static,
) -> Trial {
    Trial::test(name.clone(), move || {
        let slow: Vec<_> = commands.iter().filter_map(|command| grows(&name, command, most, &files)).collect();
        if slow.is_empty() { Ok(()) } else { Err(Failed::from(slow.join("; "))) }
    })
    .with_ignored_flag(true)
}

/// What is wrong with the times that a command takes, if something is.
fn grows(name: &str, command: &str, most: usize, files: &impl Fn(usize) -> blogs::Files) -> Option<String> {
    let mut times: Vec<(usize, f64)> = Vec::new();
    let mut wrong = None;
    for part in PARTS {
        let size = most / part;
        let made = files(size);
        let mut time = f64::INFINITY;
        for _ in 0..TRIES {
            match seconds(command, &made) {
                Ok(seconds) => time = time.min(seconds),
                Err(error) => return Some(format!("{command} at {size}: {error}, {times:?}")),
            }
            let before = times.iter().find(|(_, seconds)| *seconds >= SHORT);
            wrong = before.filter(|(before, _)| before * 4 <= size).and_then(|(before, seconds)| {
                let exponent = (time / seconds).ln() / (size as f64 / *before as f64).ln();
                (exponent > EXPONENT).then(|| format!("grows with an exponent of {exponent:.2}"))
            });
            if time > LIMIT {
                wrong = Some(format!("takes {time:.2} s"));
            }
            if wrong.is_none() {
                break;
            }
        }
        times.push((size, time));
        if wrong.is_some() {
            break;
        }
    }
    let times = || times.iter().map(|(size, time)| format!("{size}: {time:.3} s")).collect::<Vec<_>>().join(", ");
    if std::env::var_os("GROWTH").is_some() {
        println!("{name}: {command}: {}", times());
    }
    wrong.map(|wrong| format!("{command} {wrong} ({})", times()))
}

/// The seconds on the processor, apart from those of the system, that a command takes on a blog.
fn seconds(command: &str, files: &blogs::Files) -> Result<f64, String> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    // The shell knows what its children took, to a thousandth; `ulimit` ends what would not end.
    let script = format!(
        "ulimit -t 4; ulimit -v {MEMORY}; TIMEFORMAT=%U; time \"$0\" \"$1\" > out 2> err; code=$?; tail -c 300 err; exit $code"
    );
    let mut shell = Command::new("bash");
    shell.args(["-c", &script]).arg(program()).arg(command).current_dir(folder.path()).env("CI", "");
    let output = shell.output().expect("bash runs");
    let said = String::from_utf8_lossy(&output.stderr);
    match output.status.code() {
        Some(0 | 1) => said.trim().parse().map_err(|_| format!("bash says {said}")),
        code => Err(format!("ends with {code:?}: {said}{}", String::from_utf8_lossy(&output.stdout))),
    }
}

/// The program that is measured.
fn program() -> PathBuf {
    match std::env::var_os("POSTLINT") {
        Some(path) => fs::canonicalize(path).expect("a program"),
        None => Path::new(env!("CARGO_BIN_EXE_postlint")).to_owned(),
    }
}
