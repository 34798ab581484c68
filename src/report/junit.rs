//! JUnit XML, which every CI shows: a suite for each post, a failed case for each error. A warning fails no run, so its case
//! passes and says in its output what was found.

use super::escape::markup;
use super::text::{drawn, one_line};
use super::{Checked, Reporter, Style, Whole, clamp};
use crate::finding::{Finding, Severity};

/// One document.
pub(super) struct Junit;

impl Reporter for Junit {
    fn begin(&self, whole: &Whole, _style: Style) -> String {
        let (tests, failures) = (whole.summary.found() + whole.clean, whole.summary.errors);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <testsuites name=\"postlint\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">\n"
        )
    }

    fn findings(&self, post: &Checked, _style: Style) -> String {
        let path = markup(post.path);
        let cases: String = match post.findings {
            [] => format!("<testcase classname=\"{path}\" name=\"no problems\"/>\n"),
            findings => findings.iter().map(|(severity, finding)| case(post, &path, *severity, finding)).collect(),
        };
        let failures = post.findings.iter().filter(|(severity, _)| *severity == Severity::Error).count();
        let tests = post.findings.len().max(1);
        let head = format!("<testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
        format!("{head}\n{cases}</testsuite>\n")
    }

    fn names_clean_posts(&self) -> bool {
        true
    }

    fn end(&self, _whole: &Whole, _style: Style) -> String {
        "</testsuites>\n".to_owned()
    }
}

fn case(post: &Checked, path: &str, severity: Severity, finding: &Finding) -> String {
    let place = post.lines.position(clamp(post.lines.text(), &finding.span).start);
    let (rule, message) = (finding.rule, markup(&one_line(&finding.message)));
    let name = format!("{rule}: {message} ({}:{})", place.line, place.column);
    let drawn = drawn(post.path, post.lines, severity, finding);
    let drawn: String = drawn.trim_end().lines().flat_map(|line| [markup(line), "\n".to_owned()]).collect();
    let told = match severity {
        Severity::Error => format!("<failure type=\"{rule}\" message=\"{message}\">{drawn}</failure>"),
        Severity::Warn => format!("<system-out>{drawn}</system-out>"),
    };
    format!("<testcase classname=\"{path}\" name=\"{name}\">{told}</testcase>\n")
}
