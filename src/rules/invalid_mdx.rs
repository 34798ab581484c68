//! `rules/invalid-mdx.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::Formula;
use crate::mdx::{Fault, FaultKind};
use crate::post::math::is_prose;
use crate::text::Span;

/// So much of a name is shown.
const SHOWN: usize = 40;

/// What of MDX stops the build.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(reading) = context.engine().and(post.mdx.as_ref()) else { return };
    let mut last = None;
    for fault in &reading.faults {
        let formula = formula_of(context, fault);
        // All braces of a formula are one slip.
        if formula.is_none_or(|formula| last != Some(formula.span)) {
            report(context, fault, formula, findings);
        }
        last = formula.map(|formula| formula.span);
    }
    let Some(known) = context.blog.components().filter(|_| !reading.names.contains("components")) else { return };
    for component in &reading.components {
        let root = component.name.split(['.', ':']).next().unwrap_or_default();
        if !known.contains(&root) && !reading.names.contains(root) {
            let kind = FaultKind::NoComponent(component.name.clone());
            report(context, &Fault { span: component.span, kind }, None, findings);
        }
    }
}

/// The formula whose braces are taken for JavaScript.
fn formula_of<'a>(context: &RuleContext<'a>, fault: &Fault) -> Option<&'a Formula> {
    use FaultKind::{NoExpression, UnclosedExpression, Undefined};
    let is_brace = matches!(fault.kind, NoExpression | Undefined(_) | UnclosedExpression);
    let post = context.post;
    let mut around = post.body.formulas.iter().filter(|formula| formula.span.contains(&fault.span.start));
    around.find(|formula| is_brace && !is_prose(&post.text[formula.tex]))
}

/// How a formula gets through MDX, and its braces as signs of the text.
fn through(text: &str, formula: &Formula, has_math: bool) -> (String, Vec<Edit>) {
    let braces = text[formula.span].match_indices('{').map(|(at, _)| formula.span.start + at);
    let edits = braces.filter(|&at| !text[..at].ends_with('\\')).map(|at| Edit::insert(at, "\\")).collect();
    let help = match has_math {
        true => "write it between dollar signs, which keeps its braces from MDX, or `\\{` for each of them",
        false => {
            "let the plugin `remark-math` take formulas out before MDX reads their braces as JavaScript, or write `\\{` for \
             each of them"
        }
    };
    (help.to_owned(), edits)
}

fn report(context: &RuleContext, fault: &Fault, formula: Option<&Formula>, findings: &mut Findings) {
    let text = context.post.text;
    let written = &text[fault.span];
    let escape = || Edit::insert(fault.span.start, "\\");
    let shown = |name: &str| crate::text::beginning(name, SHOWN).into_owned();
    let tag = |name: &str| if name.is_empty() { "<>".to_owned() } else { format!("<{}>", shown(name)) };
    let close = |name: &str| if name.is_empty() { "</>".to_owned() } else { format!("</{}>", shown(name)) };
    let as_text = "write `\\<` for the sign, or put it in backticks";
    let (message, help, edits) = match &fault.kind {
        FaultKind::NoName(sign) => {
            (format!("`<` begins a tag, and `{sign}` begins no name"), as_text.to_owned(), vec![escape()])
        }
        FaultKind::Comment => {
            let comment = written.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->"));
            let edits = comment
                .filter(|comment| !comment.contains("*/"))
                .map(|comment| Edit::new(fault.span, &*format!("{{/*{comment}*/}}")));
            ("comments of HTML are none in MDX".to_owned(), "write `{/* … */}`".to_owned(), edits.into_iter().collect())
        }
        FaultKind::Autolink => {
            let address = written.trim_start_matches('<').trim_end_matches('>');
            let link = if address.contains("://") { address.to_owned() } else { format!("mailto:{address}") };
            let edit = Edit::new(fault.span, &*format!("[{address}]({link})"));
            let edits = if address.contains(['<', ' ', '[', ']', '(', ')']) { Vec::new() } else { vec![edit] };
            (format!("`<{}>` is no link in MDX", shown(address)), "write `[text](address)`".to_owned(), edits)
        }
        FaultKind::InTag(sign) => {
            (format!("a tag begins with the `<`, and no tag has a `{sign}` there"), as_text.to_owned(), vec![escape()])
        }
        FaultKind::UnclosedTag => ("a tag begins here and ends nowhere".to_owned(), as_text.to_owned(), vec![escape()]),
        FaultKind::NeverClosed(name) if is_void(name) => (
            format!("nothing closes `{}`", tag(name)),
            format!("let it close itself: `<{name} />`"),
            vec![Edit::insert(
                fault.span.end - 1,
                if written[..written.len() - 1].ends_with(' ') { "/" } else { " /" },
            )],
        ),
        FaultKind::NeverClosed(name) => (
            format!("nothing closes `{}` in its paragraph or block", tag(name)),
            format!("close it by `{}`, or write `\\<` for the sign", close(name)),
            Vec::new(),
        ),
        FaultKind::NothingOpen(name) => (
            format!("nothing is open that `{}` could close: what a paragraph opens it has to close", close(name)),
            "let the tags of a block stand on lines of their own".to_owned(),
            Vec::new(),
        ),
        FaultKind::Crossed(name, open) => (
            format!("`{}` closes nothing while `{}` is open", close(name), tag(open)),
            format!("close `{}` first", tag(open)),
            Vec::new(),
        ),
        FaultKind::UnclosedExpression => (
            "`{` begins an expression of JavaScript that is never closed".to_owned(),
            "write `\\{` for the sign, or put it in backticks".to_owned(),
            vec![escape()],
        ),
        FaultKind::NoExpression => (
            format!("`{}` is no expression of JavaScript", shown(written)),
            "write `\\{` for the sign, or put it in backticks".to_owned(),
            vec![escape()],
        ),
        FaultKind::Undefined(name) => (
            format!("`{}` looks for a value called `{}`, and there is none", shown(written), shown(name)),
            "write `\\{` for the sign, or put it in backticks".to_owned(),
            if written.starts_with('{') { vec![escape()] } else { Vec::new() },
        ),
        FaultKind::NoComponent(name) => (
            format!("nothing brings a component called `{}`", shown(name)),
            "import it, or write `\\<` for the sign".to_owned(),
            vec![escape()],
        ),
        FaultKind::NoModule(word) => (
            format!("a line that begins with `{word}` is read as JavaScript, and this is none"),
            "let the line begin with another word, or put this one in backticks".to_owned(),
            Vec::new(),
        ),
    };
    let has_math = context.engine().is_some_and(MarkdownEngine::fences_formulas);
    let (help, edits) = formula.map_or((help, edits), |formula| through(text, formula, has_math));
    let builder = context.blog.site().features.name;
    let builder = if builder == crate::generators::Features::PLAIN.name { "the build" } else { builder };
    let first = crate::text::first_line(text, fault.span);
    let span = if first.is_empty() { Span::new(fault.span.start, fault.span.start + 1) } else { first };
    let finding = findings.at(span, format!("{message}, so {builder} stops")).help(help);
    if !edits.is_empty() {
        finding.unsafe_fix("write it so that MDX reads it", edits);
    }
}

/// Whether an element of HTML never holds anything.
fn is_void(name: &str) -> bool {
    const VOID: &[&str] =
        &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
    VOID.contains(&name)
}
