//! `rules/invalid-value.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::kinds::Refusal;
use crate::syntax::front_matter::Node;

/// Values of another type than the kind asks for, or outside of what it lists or describes.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    named_kind(context, findings);
    let (Some(kind), Some(front)) = (context.kind, context.post.front_matter()) else { return };
    for (name, asked) in kind.schema.front_matter.iter() {
        let Some(value) = front.get(name).map(|entry| &entry.value).filter(|value| !value.is_empty()) else { continue };
        let splits = value.text().is_some() && context.blog.site().features.splits.contains(&name.as_str());
        let mut say = |node: &Node, refusal: Refusal| {
            let finding = findings.at(node.span, format!("`{name}` {}", refusal.message));
            finding.help = refusal.help;
            if let Some(spelling) = refusal.spelling {
                finding.rewrite(node.span, &spelling);
            }
        };
        match asked.refuses_type(value, splits) {
            // What the calendar refuses, `impossible-date` says.
            Some(_) if name == "date" && !context.blog.date_faults(context.post).is_empty() => {}
            Some(refusal) => say(value, refusal),
            None => asked.refuses_items(value, splits).for_each(|(node, refusal)| say(node, refusal)),
        }
    }
}

/// The kind that a post names itself: `postlint: {kind: note}`.
fn named_kind(context: &RuleContext, findings: &mut Findings) {
    let Some(node) = context.post.setting("kind") else { return };
    let Some(name) = node.text().filter(|name| context.kinds.named(name).is_none()) else { return };
    let finding = findings.at(node.span, format!("no kind is called `{name}`"));
    finding.help(match context.kinds.meant(name) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`kinds:` in `postlint.yaml` names them".to_owned(),
    });
}
