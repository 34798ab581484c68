//! A page for a browser: all findings by post, with a filter. It is one file and asks the network for nothing.

use std::fmt::Write;
use std::iter;
use std::ops::Range;

use super::escape::{markup, parts};
use super::excerpt::Excerpt;
use super::summary::{Tally, by_rule};
use super::text::{count, one_line, summary};
use super::{Checked, Reporter, Style, Summary, Whole, rule_page};
use crate::finding::{Finding, Fix, Label, Safety, Severity};
use crate::text::{Lines, Span};

const CSS: &str = include_str!("page.css");
const JS: &str = include_str!("page.js");

/// The page may load nothing, whatever stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/// One page.
pub(super) struct Html;

impl Reporter for Html {
    fn begin(&self, whole: &Whole, _style: Style) -> String {
        let told = markup(&summary(&whole.summary));
        let told_in_korean = in_korean(&whole.summary);
        let series = match whole.series {
            "" => String::new(),
            series => format!("<figure>\n{series}</figure>\n"),
        };
        let bar = if whole.summary.found() == 0 { String::new() } else { bar(whole) };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n<title>postlint: {told}</title>\n\
             <link rel=\"icon\" href=\"data:,\">\n<style>\n{CSS}</style>\n</head>\n<body>\n<header>\n<h1>postlint</h1>\n\
             <p>{}</p>\n<div class=\"script\" hidden><button id=\"theme\">{}</button> \
             <button id=\"language\">{}</button> <button id=\"help\" aria-label=\"?\">?</button></div>\n</header>\n\
             {series}{bar}<main>\n",
            both(&told, &told_in_korean),
            both("Light or dark", "밝게 · 어둡게"),
            both("한국어", "English"),
        )
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        if post.findings.is_empty() {
            return String::new();
        }
        let path = markup(post.path);
        let errors = post.findings.iter().filter(|(severity, _)| *severity == Severity::Error).count();
        let warnings = post.findings.len() - errors;
        // About so high is it, until it is looked at.
        let height = 60 + 130 * post.findings.len();
        let counts = both(&numbers(errors, warnings), &numbers_in_korean(errors, warnings));
        let mut drawn = format!(
            "<details class=\"post\" open data-path=\"{path}\" style=\"contain-intrinsic-height:auto {height}px\">\
             <summary>{path}<span>{counts}</span></summary>\n<ol>\n"
        );
        post.findings.iter().for_each(|(severity, finding)| item(&mut drawn, post, *severity, finding));
        drawn + "</ol></details>\n"
    }

    fn tally(&self, post: &Checked) -> Option<Tally> {
        (!post.findings.is_empty()).then(|| Tally::of(post))
    }

    fn end(&self, whole: &Whole, _style: Style) -> String {
        if whole.summary.found() == 0 {
            let nothing = both("Nothing was found.", "찾은 문제가 없습니다.");
            return format!("<p class=\"empty\">{nothing}</p>\n</main>\n</body>\n</html>\n");
        }
        let keys = [
            ("j", "k", "next and previous finding", "다음 · 이전 항목"),
            ("/", "", "search", "찾기"),
            ("o", "", "open or close the post", "글 펴기 · 접기"),
            ("t", "", "light or dark", "밝게 · 어둡게"),
            ("Esc", "", "show all again", "모두 다시 보기"),
        ];
        let keys = keys.map(|(one, other, english, korean)| {
            let other = if other.is_empty() { String::new() } else { format!(" <kbd>{other}</kbd>") };
            format!("<dt><kbd>{one}</kbd>{other}</dt><dd>{}</dd>", both(english, korean))
        });
        format!(
            "<p class=\"empty\" id=\"none\" hidden>{}</p>\n</main>\n<dialog id=\"keys\" aria-label=\"?\"><dl>{}</dl>\
             <form method=\"dialog\"><button>{}</button></form></dialog>\n<script>\n{JS}</script>\n</body>\n</html>\n",
            both("Nothing fits.", "맞는 항목이 없습니다."),
            keys.concat(),
            both("Close", "닫기"),
        )
    }
}

/// Words in both languages of the page.
fn both(english: &str, korean: &str) -> String {
    format!("<span lang=\"en\">{english}</span><span lang=\"ko\">{korean}</span>")
}

/// `2 errors, 1 warning`
fn numbers(errors: usize, warnings: usize) -> String {
    let numbers = [(errors, "error"), (warnings, "warning")].into_iter().filter(|(number, _)| *number > 0);
    numbers.map(|(number, noun)| count(number, noun)).collect::<Vec<_>>().join(", ")
}

fn numbers_in_korean(errors: usize, warnings: usize) -> String {
    let numbers = [(errors, "오류"), (warnings, "경고")].into_iter().filter(|(number, _)| *number > 0);
    numbers.map(|(number, noun)| format!("{noun} {number}건")).collect::<Vec<_>>().join(", ")
}

fn in_korean(run: &Summary) -> String {
    let found = if run.found() == 0 { "문제 없음".to_owned() } else { numbers_in_korean(run.errors, run.warnings) };
    let open =
        if run.not_checked == 0 { String::new() } else { format!("; 확인하지 못한 곳 {}곳", run.not_checked) };
    format!("글 {}편에서 {found}{open}", run.posts)
}

/// What is looked for: words, how bad, by which rule.
fn bar(whole: &Whole) -> String {
    let button = |severity: &str, pressed: bool, words: String| {
        format!("<button data-severity=\"{severity}\" aria-pressed=\"{pressed}\">{words}</button> ")
    };
    let severities = [
        button("", true, both("All", "모두")),
        button("error", false, format!("{} {}", both("Errors", "오류"), whole.summary.errors)),
        button("warning", false, format!("{} {}", both("Warnings", "경고"), whole.summary.warnings)),
    ];
    let rules = by_rule(&whole.tallies).into_iter().map(|(rule, count)| {
        let number = count.found();
        format!("<button data-rule=\"{rule}\" aria-pressed=\"false\">{rule} <b>{number}</b></button>")
    });
    format!(
        "<search class=\"bar script\" hidden><input id=\"query\" type=\"search\" aria-label=\"search\" \
         placeholder=\"Search\" data-en=\"Search ( / )\" data-ko=\"찾기 ( / )\">{}<output id=\"count\" aria-live=\"polite\"></output>\
         </search>\n<details class=\"rules script\" hidden open><summary>{}</summary><div>{}</div></details>\n",
        severities.concat(),
        both("Rules", "규칙"),
        rules.collect::<String>(),
    )
}

fn item(drawn: &mut String, post: &Checked, severity: Severity, finding: &Finding) {
    let severity = if severity == Severity::Error { "error" } else { "warning" };
    let own: Vec<&Label> = finding.labels.iter().filter(|label| label.file.is_none()).collect();
    let spans: Vec<&Span> = iter::once(&finding.span).chain(own.iter().map(|label| &label.span)).collect();
    let (excerpt, ranges) = Excerpt::new(String::new(), post.lines, &spans, usize::MAX);
    let (_, line, column) = excerpt.place();
    let rule = finding.rule;
    _ = write!(
        drawn,
        "<li class=\"{severity}\" data-rule=\"{rule}\">{} <a href=\"{}\">{rule}</a> <small>{line}:{column}</small>",
        inline(&finding.message),
        rule_page(rule),
    );
    let notes = own.iter().zip(&ranges[1..]).map(|(label, range)| (range, Some(&*label.message)));
    let marks: Vec<_> = iter::once((&ranges[0], None)).chain(notes).collect();
    block(drawn, &excerpt, &marks);
    for (label, file) in finding.labels.iter().filter_map(|label| Some((label, label.file.as_ref()?))) {
        let (excerpt, ranges) = Excerpt::new(String::new(), &Lines::new(&file.text), &[&label.span], usize::MAX);
        _ = write!(drawn, "<p>{}:{}</p>", markup(&file.path), excerpt.place().1);
        block(drawn, &excerpt, &[(&ranges[0], Some(&label.message))]);
    }
    let help = finding.help.iter().map(|help| inline(help));
    let fix = finding.fix.iter().map(|Fix { safety, message, .. }| {
        let how = if *safety == Safety::Safe { "postlint fix" } else { "postlint fix --unsafe-fixes" };
        format!("<code>{how}</code>: {}", inline(message))
    });
    let told: Vec<String> = help.chain(fix).collect();
    if !told.is_empty() {
        _ = write!(drawn, "<p>{}</p>", told.join("<br>"));
    }
    drawn.push_str("</li>\n");
}

/// The lines of an excerpt, with what is marked in them: a finding's own place, and others with a note.
fn block(drawn: &mut String, excerpt: &Excerpt, marks: &[(&Range<usize>, Option<&str>)]) {
    let rows: Vec<_> = excerpt.rows().collect();
    match &rows[..] {
        [(number, ..)] => _ = write!(drawn, "<pre data-line=\"{number}\">"),
        _ => drawn.push_str("<pre>"),
    }
    for (index, (number, shown, text)) in rows.iter().enumerate() {
        if index > 0 {
            drawn.push('\n');
        }
        if rows.len() > 1 {
            _ = write!(drawn, "<i>{number}</i>");
        }
        let mut here: Vec<_> =
            marks.iter().filter(|(mark, _)| shown.start <= mark.start && mark.start <= shown.end).collect();
        here.sort_by_key(|(mark, note)| (mark.start, note.is_some()));
        let mut at = shown.start;
        let slice = |from: usize, to: usize| markup_with_tabs(&text[from - shown.start..to - shown.start]);
        for (mark, note) in &here {
            // Of two over each other, the first is marked.
            if mark.start < at {
                continue;
            }
            let class = if note.is_some() { " class=\"also\"" } else { "" };
            let (before, marked) = (slice(at, mark.start), slice(mark.start, mark.end));
            _ = write!(drawn, "{before}<mark{class}>{marked}</mark>");
            at = mark.end;
        }
        drawn.push_str(&slice(at, shown.end));
        let notes = here.iter().filter_map(|(_, note)| *note).filter(|note| !note.is_empty());
        notes.for_each(|note| _ = write!(drawn, "<em>{}</em>", markup(&one_line(note))));
    }
    drawn.push_str("</pre>");
}

fn markup_with_tabs(text: &str) -> String {
    text.split('\t').map(markup).collect::<Vec<_>>().join("\t")
}

/// Words of a rule: what it quotes is code.
fn inline(words: &str) -> String {
    let words = one_line(words);
    parts(&words)
        .map(|(part, is_code)| if is_code { format!("<code>{}</code>", markup(part)) } else { markup(part) })
        .collect()
}
