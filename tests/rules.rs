//! Runs the examples of the rule pages, which `rules/README.md` describes: each is a test of its own.
//! `UPDATE=1 cargo test --test rules` rewrites what is stale; with a name, `dead-link`, only there.

#[path = "rules/engines.rs"]
mod engines;
mod support;

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use libtest_mimic::{Arguments, Failed, Trial};
use postlint::finding::{Finding, Severity};
use postlint::markdown::mapped_text::MappedText;
use postlint::markdown::page::{Event, What};
use postlint::markdown::{Markdown, MarkdownEngine};
use postlint::post::{Engines, Post};
use postlint::report::Format;

use support::{Example, Shown, check_spans, examples, is_asked_for, pages};

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = vec![Trial::test("update rewrites what it is asked for", update_honours_the_filter)];
    for page in ["rules", "tests/cases"].into_iter().flat_map(pages) {
        if std::env::var_os("UPDATE").is_some() {
            update(&page, &arguments);
        }
        for case in examples(&page) {
            let (example, rule) = (case.example.clone(), case.rule.clone());
            let name = format!("{}, every engine", case.name);
            trials.push(Trial::test(case.name.clone(), move || case.run()));
            trials.push(Trial::test(name, move || engines::check(&example, &rule)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// Puts what is said today in place of the reports of a page, from the last to the first.
fn update(path: &Path, arguments: &Arguments) {
    let mut page = fs::read_to_string(path).expect("a page is text");
    for case in examples(path).into_iter().rev().filter(|case| is_asked_for(&case.name, arguments)) {
        let findings = case.example.check(&case.rule);
        if let Some(fixed) = case.fence("md fixed") {
            page.replace_range(fixed.span.range(), &case.fix(&findings).replace(" \n", "␠\n"));
        }
        if let Some(report) = case.fence("report") {
            page.replace_range(report.span.range(), &case.example.report(&findings, Format::Text));
        }
    }
    fs::write(path, page).expect("a page can be written");
}

fn update_honours_the_filter() -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let page = folder.path().join("trailing-space.md");
    let example = "```md bad\na ␠\n```\n\n```report\nstale\n```\n\n```md fixed\nstale\n```\n\n";
    fs::write(&page, example.repeat(2))?;
    let update = |filter: &str| update(&page, &Arguments { filter: Some(filter.to_owned()), ..Arguments::default() });
    update("dead-link");
    assert_eq!(fs::read_to_string(&page)?, example.repeat(2));
    update("trailing-space.md:1 bad");
    let text = fs::read_to_string(&page)?;
    assert!(text.starts_with("```md bad\na ␠\n```\n\n```report\n") && text.ends_with(example), "{text}");
    assert_eq!(text.matches("stale").count(), 2, "{text}");
    update("trailing-space");
    assert!(!fs::read_to_string(&page)?.contains("stale"));
    Ok(())
}

impl Shown {
    fn run(&self) -> Result<(), Failed> {
        let findings = self.example.check(&self.rule);
        let said = self.example.report(&findings, Format::Text);
        if !self.bad && !said.is_empty() {
            return Err(format!("a good post is reported:\n{said}").into());
        }
        if self.bad {
            self.compare(&findings, &said)?;
            self.compare_fixed(&findings)?;
        }
        invariants(&self.example, &self.rule, &findings)
    }

    /// The example with the fixes of its rule.
    fn fix(&self, found: &[(Severity, Finding)]) -> String {
        postlint::fix::apply(&self.example.text, self.own(found))
    }

    /// What its rule finds.
    fn own<'f>(&self, found: &'f [(Severity, Finding)]) -> Vec<&'f Finding> {
        found.iter().map(|(_, finding)| finding).filter(|finding| finding.rule == self.rule).collect()
    }

    /// A fix does what the page says, leaves nothing of its finding, and brings no new one.
    fn compare_fixed(&self, found: &[(Severity, Finding)]) -> Result<(), Failed> {
        let text = self.fix(found);
        let Some(fixed) = self.fence("md fixed") else {
            let same = text == self.example.text;
            return if same { Ok(()) } else { Err(format!("a `md fixed` fence must follow:\n{text}").into()) };
        };
        if fixed.text.replace('␠', " ") != text {
            return Err(format!("fixed it is, other than the page says:\n{text}").into());
        }
        let fixable = found.iter().filter(|(_, finding)| finding.fix.is_some() && finding.rule == self.rule).count();
        let folder = self.example.blog();
        let blog = self.example.open(folder.path());
        if !postlint::fix::is_proven(&self.example.path, &self.example.text, &blog, &self.own(found)) {
            return Err("the fix changes more of the page than its finding speaks of".into());
        }
        let left = Example { text: text.clone(), ..self.example.clone() }.check(&self.rule);
        if postlint::fix::apply(&text, self.own(&left)) != text {
            return Err("fixed twice it is not what it is when fixed once".into());
        }
        if fixable == 0 || left.len() + fixable > found.len() {
            let said = self.example.report(&left, Format::Text);
            return Err(format!("the fix does not take its finding away, or brings a new one:\n{said}").into());
        }
        Ok(())
    }

    fn compare(&self, found: &[(Severity, Finding)], said: &str) -> Result<(), Failed> {
        if !found.iter().any(|(_, finding)| finding.rule == self.rule) {
            return Err(format!("`{}` finds nothing in its bad example:\n{said}", self.rule).into());
        }
        match self.fence("report") {
            None => Err(format!("a `report` fence must follow:\n{said}").into()),
            Some(report) if report.text == said => Ok(()),
            Some(report) => {
                let page = format!("the report is stale; `UPDATE=1` rewrites it\n--- the page says\n{}", report.text);
                Err(format!("{page}+++ it is\n{said}").into())
            }
        }
    }
}

/// The Markdown engines with what reads posts beside them.
fn all_engines() -> impl Iterator<Item = (MarkdownEngine, Option<bool>)> {
    use Markdown::*;
    let engines = [KramdownGfm, Kramdown, Commonmark, Gfm, Goldmark, PulldownCmark, Remark];
    engines.into_iter().flat_map(|engine| [None, Some(true)].map(|liquid| (MarkdownEngine::of(engine), liquid)))
}

/// Everything that rules may point at lies in the text, in its order, whatever engine reads it.
fn check_model(text: &str) -> Result<(), Failed> {
    for (profile, liquid) in all_engines() {
        let mut engines = Engines::default();
        (engines.markdown, engines.liquid) = (Some(&profile), liquid);
        let post = Post::parse("_posts/2022-10-09-week.md", text, &engines);
        check_document(text, &post).map_err(|why| Failed::from(format!("{}: {why}", profile.name())))?;
    }
    Ok(())
}

fn check_document(text: &str, post: &Post) -> Result<(), String> {
    let body = &post.body;
    let links = body.links.iter().flat_map(|link| [Some(&link.span), Some(&link.text), link.destination_span.as_ref()]);
    let headings = body.headings.iter().flat_map(|heading| [&heading.span, &heading.marker, &heading.text]);
    let formulas = body.formulas.iter().flat_map(|formula| [&formula.span, &formula.tex]);
    let rest = body.blocks.iter().map(|block| &block.span).chain(post.sections.iter().map(|section| &section.span));
    let comments = body.comments.iter().flat_map(|comment| [&comment.span, &comment.text]);
    let items = body.items.iter().flat_map(|item| [&item.span, &item.marker]);
    let templates = body.templates.iter().flat_map(|template| [&template.span, &template.content]);
    let code = body.code.iter().flat_map(|code| [&code.span, &code.content]);
    let all = links.flatten().chain(headings).chain(formulas).chain(rest).chain(comments);
    for span in all.chain(items).chain(templates).chain(code) {
        text.get(span.range()).ok_or_else(|| format!("{span:?} of the model does not fit into the text"))?;
    }
    let sorted = body.blocks.is_sorted_by_key(|block| block.span.start)
        && body.links.is_sorted_by_key(|link| link.span.start)
        && body.code.is_sorted_by_key(|code| code.span.start)
        && body.comments.is_sorted_by_key(|comment| comment.span.start)
        && body.formulas.is_sorted_by_key(|formula| formula.span.start);
    if sorted { Ok(()) } else { Err("the model is not in the order of the text".to_owned()) }
}

/// Whatever engine makes the page: its events nest, and come from bytes of the post.
fn check_pages(text: &str) -> Result<(), Failed> {
    use Markdown::*;
    let body = Post::parse("_posts/2022-10-09-week.md", text, &Engines::default()).body.span;
    for engine in [KramdownGfm, Kramdown, Commonmark, Gfm, Goldmark, PulldownCmark] {
        let profile = MarkdownEngine::of(engine);
        let mut open = 0;
        for Event { what, source } in profile.page(text, &MappedText::verbatim(text, body)).events {
            let bytes = text.get(source.range()).ok_or_else(|| format!("{engine:?}: {source:?} of {what:?}"))?;
            match what {
                What::Start(_) => open += 1,
                What::End if open == 0 => return Err(format!("{engine:?}: more ends than beginnings").into()),
                What::End => open -= 1,
                What::Text(Cow::Borrowed(text)) if text.len() != bytes.len() => {
                    return Err(format!("{engine:?}: `{text}` is not `{bytes}`").into());
                }
                _ => {}
            }
        }
        if open > 0 {
            return Err(format!("{engine:?}: {open} elements are still open").into());
        }
    }
    Ok(())
}

/// What holds of every example, whatever the rule.
fn invariants(example: &Example, rule: &str, findings: &[(Severity, Finding)]) -> Result<(), Failed> {
    for (_, finding) in findings {
        check_spans(&example.text, finding)?;
        check_words(finding)?;
    }
    check_model(&example.text)?;
    check_pages(&example.text)?;
    for format in [Format::Json, Format::Github] {
        let report = example.report(findings, format);
        if format == Format::Json {
            serde_json::from_str::<serde_json::Value>(&report)?;
        }
    }
    same_findings(example, rule, findings, "with CRLF", |text| text.replace('\n', "\r\n"))?;
    same_findings(example, rule, findings, "with a byte order mark", |text| format!("\u{feff}{text}"))?;
    suppressions(example, rule, findings)
}

fn check_words(finding: &Finding) -> Result<(), Failed> {
    for said in [Some(&finding.message), finding.help.as_ref()].into_iter().flatten() {
        let names = ["Jekyll", "Liquid", "Hexo", "Hugo", "Nunjucks", "Zola", "YAML", "TOML", "Markdown"];
        if said.starts_with(|first: char| first.is_ascii_uppercase())
            && !names.iter().any(|name| said.starts_with(name))
        {
            return Err(format!("`{said}` starts with a capital").into());
        }
        if said.ends_with('.') && !said.ends_with("..") {
            return Err(format!("`{said}` ends with a full stop").into());
        }
    }
    Ok(())
}

/// Findings as they show themselves: rule, message and the text they point at.
fn shown(text: &str, findings: &[(Severity, Finding)]) -> Vec<(&'static str, String, String)> {
    let plain = |span: &std::ops::Range<usize>| text[span.clone()].replace('\r', "");
    findings
        .iter()
        .map(|(_, finding)| (finding.rule.name(), finding.message.clone(), plain(&finding.span.range())))
        .collect()
}

fn same_findings(
    example: &Example,
    rule: &str,
    findings: &[(Severity, Finding)],
    what: &str,
    change: impl Fn(&str) -> String,
) -> Result<(), Failed> {
    let changed = Example { text: change(&example.text), ..example.clone() };
    let found = changed.check(rule);
    let (before, after) = (shown(&example.text, findings), shown(&changed.text, &found));
    if before == after {
        return Ok(());
    }
    Err(format!("{what} the findings differ\nbefore: {before:#?}\nafter: {after:#?}").into())
}

/// A suppression in the file takes away the findings of its rule and no other.
fn suppressions(example: &Example, rule: &str, findings: &[(Severity, Finding)]) -> Result<(), Failed> {
    if !findings.iter().any(|(_, finding)| finding.rule == rule) || rule == "unused-suppression" {
        return Ok(());
    }
    let (open, close) = if example.path.ends_with(".mdx") { ("{/*", "*/}") } else { ("<!--", "-->") };
    let comment = format!("\n\n{open} postlint-ignore-file {rule}: on purpose {close}\n");
    let suppressed = Example { text: example.text.trim_end().to_owned() + &comment, ..example.clone() };
    let left = suppressed.check(rule);
    let others: Vec<_> = findings.iter().filter(|(_, finding)| finding.rule != rule).cloned().collect();
    if shown(&suppressed.text, &left) == shown(&example.text, &others) {
        return Ok(());
    }
    Err(format!("a suppression leaves {:#?}\nin place of {:#?}", left, others).into())
}
