//! `rules/lost-text.md`

mod cells;
mod omitted;
mod tags;
mod values;

use super::RuleContext;
use super::swallowed_liquid::elements;
use crate::finding::Findings;
use crate::liquid::{Role, Value, words};
pub(super) use tags::is_known;

/// What stands in the source and nowhere on the page.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some((page, engine)) = context.page() else { return };
    let bytes = &post.text.as_bytes()[post.body.span];
    if memchr::memchr(b'<', bytes).is_some() {
        tags::check(context, page, findings);
        if engine.omits_html() && !context.blog.predates_engine() {
            omitted::check(context, page, findings);
        }
    }
    if engine.omits_html() && post.text.contains("{{%") {
        omitted::printed(context, page, findings);
    }
    let leaves_out_cells = !engine.needs_only_pipes() && engine.knows_running_text();
    if leaves_out_cells && memchr::memchr(b'|', bytes).is_some() {
        cells::check(context, page, findings);
    }
    outputs(context, findings);
    values::check(context, findings);
}

/// `{{ user.name }}` in running text, where nothing has that name. A file that is included may give it a value.
fn outputs(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(liquid) = context.blog.liquid(post).filter(|liquid| !liquid.parts.is_empty()) else { return };
    let gives_names = |name: &str| name.starts_with("include");
    let is_open = context.blog.site().has_unknown_tags
        || liquid.lacks().is_some()
        || liquid.parts.iter().any(|part| part.role == Role::Unknown || gives_names(&post.text[part.name]));
    let prints_nothing = |part: &&crate::liquid::Part| {
        part.role == Role::Output
            && post.text[part.markup].trim_start().starts_with(|first: char| first.is_ascii_alphabetic())
            && !liquid.is_meant(post.text, part)
            && matches!(liquid.printed(post.text, part), Value::Nothing)
    };
    let mut lost = liquid.parts.iter().filter(prints_nothing).peekable();
    if is_open || lost.peek().is_none() {
        return;
    }
    let told_elsewhere = elements(post, context.before_liquid());
    for part in lost {
        let (start, written) = (part.span.start, words::short(&post.text[part.span]));
        let name = post.text[part.markup].trim();
        let name = name.split([' ', '|', '.', '[']).next().unwrap_or(name);
        let is_field = matches!(name, "date" | "time" | "title" | "content" | "paginator" | "include" | "forloop");
        if is_field || told_elsewhere.iter().any(|element| element.span.contains(&start)) {
            continue;
        }
        let message = format!("Liquid prints nothing for `{written}`: nothing gives `{name}` a value");
        let help = "put `{% raw %}` before it and `{% endraw %}` behind it if readers are to see it";
        findings.at(part.span, message).help(help);
    }
}
