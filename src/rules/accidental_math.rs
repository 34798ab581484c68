//! `rules/accidental-math.md`

use super::RuleContext;
use crate::blog::mathematics::Pair;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::markdown::page::{Event, What};
use crate::post::math::has_words;
use crate::text::beginning;

/// Text between two dollar signs, such as prices, that the math engine of the blog sets as a formula.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some((page, _)) = context.page() else { return };
    let is_free = memchr::memchr(b'$', post.text.as_bytes()).is_none();
    if is_free || context.blog.math().looks_for("$") != Some(true) {
        return;
    }
    let mut see = |pair: Pair| {
        let unclosed = || post.body.unclosed.iter().map(|unclosed| unclosed.span.start);
        let is_told = || unclosed().any(|start| pair.span.start <= start && start < pair.span.end);
        let is_accident = pair.open == "$" && is_text(pair.tex, pair.next) && !is_told();
        if is_accident && !context.blog.has_template(post, &pair.span) {
            told(context, &pair, findings);
        }
    };
    if !context.blog.sets_native() {
        context.blog.math().pairs(page, &mut see);
    }
    // What an engine hands on unread between dollar signs arrives between them.
    for Event { what, source } in &page.events {
        let What::Math { display: false, tex } = what else { continue };
        let written = &post.text[*source];
        if written.starts_with('$') && !written.starts_with("$$") {
            let next = post.text[source.end..].chars().next();
            see(Pair { open: "$", tex: tex.text(), next, span: *source });
        }
    }
}

fn told(context: &RuleContext, pair: &Pair, findings: &mut Findings) {
    const SHOWN: usize = 30;
    let (engine, tex) = (context.blog.math().name(), beginning(pair.tex.trim(), SHOWN));
    let message = format!("`{tex}` is set as a formula: {engine} takes the dollar signs around it together");
    let is_taken = context.engine().is_some_and(MarkdownEngine::takes_formulas);
    findings.at(pair.span, message).help(match context.blog.math().reads_escapes() {
        _ if is_taken => "write `\\$` for the sign",
        true => "write `\\\\$` for the sign: `\\$` arrives on the page, where it opens no formula",
        false => "write `<span>$</span>` for the sign: what stands in an element of its own opens no formula",
    });
}

/// Whether nobody means a formula between two dollar signs, by what stands between them and behind.
fn is_text(tex: &str, next: Option<char>) -> bool {
    if tex.contains(['\\', '^', '_', '=', '{', '}']) {
        return false;
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let amount = tex.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
    let is_amount = tex.starts_with(is_digit);
    let amount = amount.trim_start_matches(['k', 'K', 'M', 'B']);
    match next {
        // `$5-$10`, `$40 to $25`
        Some(next) if is_amount && is_digit(next) => {
            amount.trim().chars().all(|c| "-–—~/,;|".contains(c)) && !amount.is_empty()
                || amount.split(|c: char| !c.is_alphabetic()).any(|word| word.chars().count() > 1 || !word.is_ascii())
        }
        // `$40 a month, and $x$`; `$HOME and $PATH`
        Some(next) if next.is_alphabetic() || next == '\\' || next == '{' => {
            let is_variable = tex.chars().take_while(char::is_ascii_uppercase).count() > 2;
            (is_amount || is_variable) && tex.ends_with(' ') && has_words(tex)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_nobody_means() {
        for (tex, behind, expected) in [
            ("40 a month to ", "25 a month", true),
            ("40 now, ", "25 later", true),
            ("5-", "10", true),
            ("40 to US", "50", true),
            ("40에서 ", "25로", true),
            ("1.5k, ", "2k", true),
            ("40 a month for each user, and ", "x", true),
            ("HOME and ", "PATH", true),
            ("5", "5", false),
            ("2 mod 5", " is", false),
            ("a ", "收敛", false),
            ("5 cm", ".", false),
            ("40 x_1 to ", "25", false),
            ("n", "", false),
        ] {
            assert_eq!(super::is_text(tex, behind.chars().next()), expected, "{tex}|{behind}");
        }
    }
}
