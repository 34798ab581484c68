//! What has to hold of a blog, and the shortest post of which it does not.

use std::panic::{AssertUnwindSafe, catch_unwind};

use postlint::blog::{Blog, Settings};
use postlint::config::{Config, Selection};
use postlint::engine::Engine;
use postlint::files::Files;
use postlint::finding::Safety;
use postlint::fix::{Fixed, fix};

use super::blogs::MadeUp;
use super::support::{NOW, check_spans, write};
use super::{html, normal_html};

/// What was looked at.
#[derive(Debug, Default)]
pub struct Counts {
    /// Posts.
    pub posts: usize,
    /// Findings in them, those about format among them.
    pub findings: usize,
    /// Safe repairs.
    pub repaired: usize,
    /// Safe repairs that the proof did not let pass.
    pub refused: usize,
}

impl Counts {
    /// Counts what another has counted.
    pub fn add(&mut self, other: &Counts) {
        self.posts += other.posts;
        self.findings += other.findings;
        self.repaired += other.repaired;
        self.refused += other.refused;
    }
}

/// Something that does not hold.
pub struct Broken {
    /// The kind of it.
    pub what: String,
    /// The Markdown engine of the blog.
    pub engine: String,
    /// The post.
    pub path: String,
    /// As much of its text as it takes.
    pub text: String,
    /// More of it.
    pub detail: String,
}

type Fault = (String, String);

struct Run {
    blog: Blog,
    checks: Engine,
    fixes: Engine,
}

/// Looks at all posts of a blog.
pub fn hold(made_up: &MadeUp) -> (Counts, Vec<Broken>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in made_up.others.iter().chain(&made_up.posts) {
        write(folder.path(), path, text);
    }
    let now = Some(NOW.parse().expect("a moment"));
    let (checks, config, faults) = Config::read(&made_up.config).engine(&Selection::default());
    assert!(faults.is_empty(), "{}: {faults:?}", made_up.config);
    let fixes = Config::read(&made_up.config).engine(&Selection { format: true, ..Selection::default() }).0;
    let blog = Blog::new(Files::on_disk(folder.path()), Settings { now, ..config.into_blog() });
    let run = Run { blog, checks, fixes };
    let (mut counts, mut broken) = (Counts::default(), Vec::new());
    for (path, text) in &made_up.posts {
        let faults = run.faults(path, text, &mut counts);
        for (what, _) in &faults {
            let text = run.shortest(path, text, what);
            let again = run.faults(path, &text, &mut Counts::default());
            let detail =
                again.into_iter().find(|(other, _)| other == what).map(|(_, detail)| detail).unwrap_or_default();
            let engine = run.blog.profile().map_or("no engine", |engine| engine.name()).to_owned();
            broken.push(Broken { what: what.clone(), engine, path: path.clone(), text, detail });
        }
    }
    (counts, broken)
}

impl Run {
    /// What does not hold of a post.
    fn faults(&self, path: &str, text: &str, counts: &mut Counts) -> Vec<Fault> {
        let look = AssertUnwindSafe(|| {
            let mut faults = Vec::new();
            counts.posts += 1;
            self.check(path, text, counts, &mut faults);
            self.fix(path, text, counts, &mut faults);
            faults
        });
        catch_unwind(look).unwrap_or_else(|panic| {
            let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
            vec![("panic".to_owned(), said.unwrap_or_default().to_owned())]
        })
    }

    fn check(&self, path: &str, text: &str, counts: &mut Counts, faults: &mut Vec<Fault>) {
        let post = self.blog.post(path, text);
        for engine in [&self.checks, &self.fixes] {
            let findings = engine.check(&post, &self.blog);
            counts.findings += findings.len();
            for (_, finding) in &findings {
                if let Err(why) = check_spans(text, finding) {
                    faults.push((format!("span of {}", finding.rule), why.message().unwrap_or_default().to_owned()));
                }
                let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
                for edit in edits.filter(|edit| text.get(edit.span.range()).is_none()) {
                    faults.push((
                        format!("edit of {}", finding.rule),
                        format!("{:?} does not fit into the text", edit.span),
                    ));
                }
            }
        }
    }

    fn fix(&self, path: &str, text: &str, counts: &mut Counts, faults: &mut Vec<Fault>) {
        let safe = |text: &str| fix(path, text, &self.fixes, &self.blog, Safety::Safe);
        let Fixed { text: fixed, repaired, refused, .. } = safe(text);
        counts.repaired += repaired.len();
        counts.refused += refused.len();
        for refused in &refused {
            faults.push((
                format!("refused {}", refused.rule),
                format!("at {:?} of {fixed:?}", fixed.get(refused.span.range())),
            ));
        }
        if !refused.is_empty() {
            return;
        }
        let again = safe(&fixed).text;
        if again != fixed {
            faults.push(("twice".to_owned(), format!("once {fixed:?}, twice {again:?}")));
        }
        let [before, after] =
            [text, &*fixed].map(|text| normal_html::normal(&html::print(&self.blog.post(path, text).page)));
        if fixed != text && before != after {
            faults.push((format!("another page by {repaired:?}"), format!("{before:?} became {after:?}")));
        }
        let all = fix(path, text, &self.fixes, &self.blog, Safety::Unsafe);
        for refused in all.refused.iter().filter(|refused| refused.safety == Safety::Safe) {
            faults.push((format!("refused among others {}", refused.rule), format!("{:?}", all.text)));
        }
    }

    /// The shortest text found by leaving out lines and characters of which something does not hold either.
    fn shortest(&self, path: &str, text: &str, what: &str) -> String {
        let is_broken =
            |text: &str| self.faults(path, text, &mut Counts::default()).iter().any(|(fault, _)| fault == what);
        let mut text = text.to_owned();
        let mut tries = 400;
        for pieces in [pieces_of_lines, pieces_of_characters] {
            let mut width = pieces(&text).len() / 2;
            while width > 0 && tries > 0 {
                let mut at = 0;
                while at < pieces(&text).len() && tries > 0 {
                    let all = pieces(&text);
                    let shorter = all[..at].concat() + &all[(at + width).min(all.len())..].concat();
                    tries -= 1;
                    if is_broken(&shorter) {
                        text = shorter;
                    } else {
                        at += width;
                    }
                }
                width /= 2;
            }
        }
        text
    }
}

fn pieces_of_lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn pieces_of_characters(text: &str) -> Vec<&str> {
    text.char_indices().map(|(at, character)| &text[at..at + character.len_utf8()]).collect()
}
