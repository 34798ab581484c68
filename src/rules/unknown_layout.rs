//! `rules/unknown-layout.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::syntax::front_matter::{Node, Value};
use crate::text::{listed, nearest, opening};

/// Jekyll compares names of layouts letter by letter, on every system.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    if !blog.site().features.names_layouts || !blog.is_post(post.path) {
        return;
    }
    let Some(layouts) = blog.site().all_layouts() else { return };
    let Some(front) = post.front_matter().filter(|front| front.tree.faults.is_empty()) else { return };
    let own = front.get("layout").map(|entry| &entry.value);
    let preset = || blog.site().conventions.preset(post.path, "layout").map(Value::Text);
    // `false`, nothing and `none` say that there shall be no layout.
    let Some(Value::Text(name)) = own.map_or_else(preset, Node::value) else { return };
    // GitHub Pages brings `default` to a site without a theme (jekyll-theme-primer).
    if matches!(name, "" | "none" | "null" | "false" | "default") || layouts.iter().any(|layout| layout == name) {
        return;
    }
    let message =
        format!("there is no layout `{name}`, so {} publishes this post without one", blog.site().features.name);
    let finding = findings.at(own.map_or_else(|| opening(post.text), |own| own.span), message);
    match (nearest(name, layouts.iter().map(String::as_str)), own) {
        (Some(near), Some(own)) => finding.help(format!("did you mean `{near}`?")).rewrite(own.span, near),
        (Some(near), None) => {
            finding.help(format!("did you mean `{near}` in `defaults` of `{}`?", blog.site().features.config))
        }
        (None, _) => finding.help(format!("`_layouts` has {}", listed(layouts.iter().take(SHOWN)))),
    };
}

/// So many layouts are named.
const SHOWN: usize = 6;
