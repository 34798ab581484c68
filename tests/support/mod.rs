//! What the tests over pages share: reading their fences, and checking a post in a blog of a few files.
//! `rules/README.md` describes the pages.

#![allow(dead_code, reason = "each test program uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed};
use postlint::blog::{Blog, Settings};
use postlint::config::{Config, Selection};
use postlint::files::Files;
use postlint::finding::{Finding, Severity};
use postlint::post::{Engines, Post};
use postlint::report::{Checked, Folders, Format, Output, Style};
use postlint::rules::Rule;
use postlint::text::{Lines, Span};

/// The fences of a page that are run, each with its options. Any other only shows something to the reader.
pub const FENCES: &[(&str, &[&str])] = &[
    ("yaml options", &[]),
    ("md post", &["file"]),
    ("file", &["file"]),
    ("md bad", &["file", "now", "hugo"]),
    ("md good", &["file", "now", "hugo"]),
    ("report", &[]),
    ("md fixed", &[]),
    ("html page", &[]),
    ("text site", &[]),
    ("text math", &[]),
    ("console engine", &[]),
    ("console", &["blog"]),
];

/// The fences in which a page says what engines make of an example.
pub const CLAIMS: [&str; 4] = ["html page", "text site", "text math", "console engine"];

/// A fence of a page: what its info string says, and the lines in it.
pub struct Fence {
    /// The words of the info string: `md bad`.
    pub words: Vec<String>,
    /// The names of its options.
    pub options: Vec<String>,
    /// `file=`
    pub file: Option<String>,
    /// `blog=`
    pub blog: Option<String>,
    /// `now=`
    pub now: Option<String>,
    /// `hugo=`
    pub hugo: Option<String>,
    /// The line of the opening fence, from 1.
    pub line: usize,
    /// Where the lines are in the page.
    pub span: Span,
    /// The lines.
    pub text: String,
}

impl Fence {
    /// Whether the info string is these words, options aside. A `file` may say its language before.
    pub fn is(&self, words: &str) -> bool {
        self.words.join(" ") == words || words == "file" && self.words.last().is_some_and(|word| word == words)
    }
}

/// The fences of a page, read by postlint itself.
pub fn fences(page: &str) -> Vec<Fence> {
    let post = Post::parse("page.md", page, &Engines::default());
    let lines = Lines::new(page);
    let fenced = post.body.code.iter().filter(|code| code.block && page[code.span].starts_with('`'));
    fenced
        .map(|code| {
            let info = code.info.map_or("", |info| &page[info]);
            let (options, words): (Vec<_>, Vec<_>) = info.split_whitespace().partition(|word| word.contains('='));
            let option = |name| options.iter().find_map(|option| option.strip_prefix(name)).map(str::to_owned);
            Fence {
                words: words.into_iter().map(str::to_owned).collect(),
                options: options.iter().filter_map(|option| Some(option.split_once('=')?.0.to_owned())).collect(),
                file: option("file="),
                blog: option("blog="),
                now: option("now="),
                hugo: option("hugo="),
                line: lines.position(code.span.start).line,
                span: code.content,
                text: page[code.content].to_owned(),
            }
        })
        .collect()
}

/// The moment that counts as now where an example names none.
pub const NOW: &str = "2026-11-22T12:00:00Z";

/// A post as a page shows it: with the config and the other posts of its blog.
#[derive(Clone)]
pub struct Example {
    /// The path of the post in its blog.
    pub path: String,
    /// The post.
    pub text: String,
    /// `postlint.yaml`
    pub config: String,
    /// The moment that counts as now, if not [`NOW`].
    pub now: Option<String>,
    /// The blog's other files, path and text.
    pub others: Vec<(String, String)>,
}

impl Example {
    /// A blog on disk, gone with the folder.
    pub fn blog(&self) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for (path, text) in self.others.iter().chain([&(self.path.clone(), self.text.clone())]) {
            write(folder.path(), path, text);
        }
        folder
    }

    /// Checks the post with all rules that are on, and with `rule` in any case.
    pub fn check(&self, rule: &str) -> Vec<(Severity, Finding)> {
        let folder = self.blog();
        self.check_in(folder.path(), rule)
    }

    /// The blog on disk as its config has it.
    pub fn open(&self, folder: &Path) -> Blog {
        let (_, config, faults) = Config::read(&self.config).engine(&Selection::default());
        assert!(faults.is_empty(), "the options of the example are at fault: {faults:?}");
        let now = self.now.as_deref().unwrap_or(NOW).parse().expect("a moment");
        Blog::new(Files::on_disk(folder), Settings { now: Some(now), ..config.into_blog() })
    }

    fn check_in(&self, folder: &Path, rule: &str) -> Vec<(Severity, Finding)> {
        let (engine, _, _) = Config::read(&self.config).engine(&Selection::default());
        let blog = self.open(folder);
        let post = blog.post(&self.path, &self.text);
        let mut found = engine.check(&post, &blog);
        let id = Rule::of(rule).expect("a rule").id;
        if engine.severity(id).is_none() {
            let selection = Selection { select: vec![id], ..Selection::default() };
            let (engine, _, _) = Config::read(&self.config).engine(&selection);
            found.extend(engine.check(&post, &blog));
        }
        // Most examples are parts of a post; that they lack front matter is told where it is the point.
        found.retain(|(_, finding)| finding.rule == rule || finding.rule != "missing-front-matter");
        found
    }

    /// The report on the findings, as `postlint check` prints it to a file.
    pub fn report(&self, findings: &[(Severity, Finding)], format: Format) -> String {
        let style = Style::plain(format);
        let lines = Lines::new(&self.text);
        let folders = Folders::default();
        let checked =
            Checked { path: &self.path, folders: &folders, lines: &lines, kind: None, findings, not_checked: &[] };
        let rendered = style.render(&checked);
        let mut out = Vec::new();
        let mut output = Output::new(&mut out, style, 1);
        output.add(&rendered);
        output.finish().expect("memory takes all");
        String::from_utf8(out).expect("reports are text")
    }
}

/// An example of a page.
pub struct Shown {
    /// Page, line of its fence, and what it is: `rules/dead-link.md:34 bad`.
    pub name: String,
    /// The post in its blog.
    pub example: Example,
    /// The rule that the page is about.
    pub rule: String,
    /// Whether it has the fault.
    pub bad: bool,
    /// The versions of Hugo that it is about, if not all: `0.152..`, `..0.111`.
    pub hugo: Option<String>,
    /// The fences that say what comes of it.
    pub said: Vec<Fence>,
}

impl Shown {
    /// What a fence says of it: its place in the page, and its lines.
    pub fn fence(&self, words: &str) -> Option<&Fence> {
        self.said.iter().rfind(|fence| fence.is(words))
    }
}

/// The examples of a page.
pub fn examples(path: &Path) -> Vec<Shown> {
    let page = fs::read_to_string(path).expect("a page is text");
    let (name, rule) = (name_of(path), path.file_stem().and_then(|stem| stem.to_str()).expect("a page has a name"));
    let (mut config, mut others, mut examples) = (String::new(), Vec::new(), Vec::<Shown>::new());
    for fence in fences(&page) {
        let path = fence.file.clone().unwrap_or_else(|| "_posts/2022-10-09-week.md".to_owned());
        // `␠` is a space at the end of a line, which an editor would take away, and `␃` an end without a line break.
        let text = fence.text.replace('␠', " ").replace("␃\n", "");
        if fence.is("yaml options") {
            (config, others) = (text, Vec::new());
        } else if fence.is("md post") || fence.is("file") {
            others.push((path, text));
        } else if fence.is("md bad") || fence.is("md good") {
            let now = fence.now.clone();
            let example = Example { path, text, config: config.clone(), now, others: others.clone() };
            let (name, bad) = (format!("{name}:{} {}", fence.line, fence.words[1]), fence.is("md bad"));
            let (rule, hugo) = (rule.to_owned(), fence.hugo.clone());
            examples.push(Shown { name, example, rule, bad, hugo, said: Vec::new() });
        } else if FENCES.iter().any(|(words, _)| *words != "console" && fence.is(words)) {
            examples.last_mut().expect("what is said follows an example").said.push(fence);
        }
    }
    examples
}

/// What a finding points at lies in the text, on characters, and ends before the line break.
pub fn check_spans(text: &str, finding: &Finding) -> Result<(), Failed> {
    let labels = finding.labels.iter().map(|label| (label.file.as_ref().map_or(text, |file| &file.text), &label.span));
    for (text, span) in labels.chain([(text, &finding.span)]) {
        let slice = text.get(span.range()).ok_or_else(|| format!("{span:?} does not fit into the text"))?;
        if slice.ends_with('\n') {
            return Err(format!("{span:?} of `{}` holds the line break", finding.rule).into());
        }
    }
    Ok(())
}

/// Writes a file of a blog, with the folders it needs.
pub fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// The path of a page from the top level of this project on, with `/` on every system.
pub fn name_of(page: &Path) -> String {
    let page = page.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(page);
    page.display().to_string().replace('\\', "/")
}

/// Whether the command line of a test program asks for the test of this name.
pub fn is_asked_for(name: &str, arguments: &Arguments) -> bool {
    let is = |filter: &String| if arguments.exact { name == filter } else { name.contains(filter) };
    arguments.filter.as_ref().is_none_or(is) && !arguments.skip.iter().any(is)
}

/// The pages of a folder of this project, sorted: its Markdown files, aside from one about the folder itself.
pub fn pages(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut pages: Vec<PathBuf> = entries
        .map(|entry| entry.expect("a folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md") && !path.ends_with("README.md"))
        .collect();
    pages.sort();
    pages
}
