//! `rules/unknown-layout.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::syntax::front_matter::Value;
use crate::text::{Span, after_bom, nearest};

/// Jekyll compares names of layouts letter by letter, on every system.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, blog) = (context.post, context.blog);
    if !blog.site().features.names_layouts || !blog.is_post(post.path) {
        return;
    }
    let Some(layouts) = blog.site().all_layouts() else { return };
    let own = match post.front_matter() {
        Some(front) if !front.tree.faults.is_empty() => return,
        front => front.and_then(|front| front.get("layout")),
    };
    let (name, span) = match own {
        Some(entry) => {
            // `false`, nothing and `none` say that there shall be no layout.
            let Some(Value::Text(name)) = entry.value.value() else { return };
            (name, entry.value.span)
        }
        None if post.front_matter().is_some() => {
            let Some(name) = blog.site().preset(post.path, "layout") else { return };
            (name, Span::new(after_bom(post.text), post.text.len()))
        }
        None => return,
    };
    // GitHub Pages brings `default` to a site without a theme (jekyll-theme-primer).
    if matches!(name, "" | "none" | "null" | "false" | "default") || layouts.iter().any(|layout| layout == name) {
        return;
    }
    let message = format!("there is no layout `{name}`, so {} publishes this post without one", blog.site().features.name);
    let finding = findings.at(span, message);
    match (nearest(name, layouts.iter().map(String::as_str)), own) {
        (Some(near), Some(entry)) => {
            let edit = Edit::new(entry.value.span, near);
            finding.help(format!("did you mean `{near}`?")).unsafe_fix(format!("write `{near}`"), vec![edit]);
        }
        (Some(near), None) => {
            finding.help(format!("did you mean `{near}` in `defaults` of `{}`?", blog.site().features.config));
        }
        (None, _) => {
            let names: Vec<String> = layouts.iter().take(SHOWN).map(|layout| format!("`{layout}`")).collect();
            finding.help(format!("`_layouts` has {}", names.join(", ")));
        }
    }
}

/// So many layouts are named.
const SHOWN: usize = 6;
