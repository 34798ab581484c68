//! `rules/missing-section.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::sections::{Alignment, Missing};
use crate::post::Post;
use crate::text::{Span, is_plain, listed};

/// One finding for each section that is not there, at the place where it belongs; one for all when none is there.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (Some(kind), post) = (context.kind, context.post) else { return };
    for alignment in context.alignments() {
        let missing = &alignment.missing;
        if alignment.bound.is_empty() && missing.len() > 1 {
            let names = listed(missing.iter().map(|missing| alignment.name(missing.entry)));
            let owner = alignment.owner(post, &kind.name);
            let (last, edit) = at_end(post, alignment, missing);
            let finding = findings.at(last, format!("none of the sections of {owner} is here: {names}"));
            // A whole post without any is probably of another kind.
            let are_plain = || missing.iter().all(|missing| is_plain(alignment.name(missing.entry)));
            if let Some(edit) = edit.filter(|_| alignment.within.is_some() && !alignment.is_off() && are_plain()) {
                finding.unsafe_fix("put the headings there", vec![edit]);
            }
        } else {
            missing.iter().for_each(|missing| tell(post, alignment, missing, findings));
        }
    }
}

fn tell(post: &Post, alignment: &Alignment, missing: &Missing, findings: &mut Findings) {
    let place = alignment.within.map(|within| format!(" in `{}`", post.heading_of(within).title));
    let message = format!("the section `{}` is missing{}", alignment.name(missing.entry), place.unwrap_or_default());
    let heading = alignment.heading(missing.entry);
    let (span, help, edit) = match missing.before {
        Some(next) => {
            let follows = &post.sections[next];
            let section = if missing.has_parts { heading.clone() } else { alignment.draft(missing.entry) };
            let edit = || Edit::insert(follows.span.start, format!("{section}\n\n"));
            let help = format!("`{heading}` belongs before this heading");
            (post.heading_of(next).marker, help, follows.stands_apart(post).then(edit))
        }
        None => {
            let (last, edit) = at_end(post, alignment, std::slice::from_ref(missing));
            (last, format!("`{heading}` belongs after this"), edit)
        }
    };
    let finding = findings.at(span, message).help(help);
    if let Some(edit) = edit.filter(|_| is_plain(alignment.name(missing.entry)) && !alignment.is_off()) {
        finding.unsafe_fix("put the heading there", vec![edit]);
    }
}

/// The last line of the sections, and the edit that puts others below it.
fn at_end(post: &Post, alignment: &Alignment, missing: &[Missing]) -> (Span, Option<Edit>) {
    let last = alignment.last_line(post);
    let is_text = post.body.code_at(last.start).is_none();
    let is_free = post.sections.get(alignment.range.end).is_none_or(|next| next.stands_apart(post));
    let drafts = missing.iter().map(|missing| format!("\n\n{}", alignment.draft(missing.entry)));
    (last, (is_text && is_free).then(|| Edit::insert(last.end, drafts.collect::<String>())))
}
