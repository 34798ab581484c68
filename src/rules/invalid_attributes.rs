//! `rules/invalid-attributes.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::generators::Standing;
use crate::text::Span;

/// What stands in braces behind a fence, and stops the build of a post that is published.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    let fences = post.body.code.iter().filter_map(|code| code.info.filter(|info| post.text[*info].contains('{')));
    let mut fences = fences.peekable();
    if fences.peek().is_none() || !blog.is_post(post.path) {
        return;
    }
    let is_written = || blog.target(post).is_some_and(|own| own.standing == Standing::Written);
    let Some(engine) = context.engine().filter(|_| is_written()) else { return };
    for info in fences.filter(|info| !blog.has_template(post, info)) {
        let written = &post.text[info];
        let Some(found) = engine.refused_attributes(written) else { continue };
        let span = Span::new(info.start + found.start, info.start + found.end);
        let builder = blog.site().features.name;
        let message = format!("`{}` is no list of attributes, so {builder} stops", &post.text[span]);
        findings.at(span, message).help(help(&written[..found.start], &written[found.start + 1..found.end - 1]));
    }
}

fn help(before: &str, inner: &str) -> String {
    let first = inner.trim_start().split([' ', ',', '}']).next().unwrap_or_default();
    let is_numbers = inner.contains(|sign: char| sign.is_ascii_digit())
        && inner.chars().all(|sign| sign.is_ascii_digit() || ", -".contains(sign));
    if is_numbers {
        let lines = inner.split([',', ' ']).filter(|part| !part.is_empty());
        let lines: Vec<String> =
            lines.map(|line| if line.contains('-') { format!("\"{line}\"") } else { line.into() }).collect();
        return format!("`{{hl_lines=[{}]}}` marks these lines", lines.join(","));
    }
    let is_language = before.trim().is_empty() && !first.is_empty() && first.chars().all(|sign| sign.is_alphanumeric());
    if is_language {
        return format!("write `{first}` in front of the braces; attributes are `key=\"value\"`, `.class` and `#id`");
    }
    "attributes are `key=\"value\"`, `.class` and `#id`".to_owned()
}
