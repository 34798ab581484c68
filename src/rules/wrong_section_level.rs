//! `rules/wrong-section-level.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::sections::Alignment;
use crate::markdown::document::Heading;
use crate::post::Post;

/// Sections of the kind whose heading is of another level; one finding when all of them are.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    context.alignments().iter().for_each(|alignment| check_list(context.post, alignment, findings));
}

fn check_list(post: &Post, alignment: &Alignment, findings: &mut Findings) {
    let (level, marker, bound) = (alignment.level, alignment.marker(), &alignment.bound);
    let headings: Vec<&Heading> = bound.iter().map(|bound| post.heading_of(bound.section)).collect();
    if let [first, others @ ..] = &headings[..]
        && first.level != level
        && !others.is_empty()
        && others.iter().all(|other| other.level == first.level)
    {
        let message = format!("the sections are headings of level {}, not {level}", first.level);
        let finding = findings.at(first.marker, message);
        others.iter().for_each(|other| _ = finding.label(other.marker, "so is this"));
        finding.help(format!("write `{marker}` before each of them"));
        let ends = bound.iter().skip(1).map(|next| next.section).chain([alignment.range.end]);
        if bound.iter().zip(ends).all(|(bound, end)| post.keeps_parts(bound.section..end, level)) {
            let edit = |heading: &&Heading| Edit::new(heading.marker, marker.as_str());
            finding.unsafe_fix(format!("write `{marker}`"), headings.iter().map(edit).collect());
        }
        return;
    }
    for bound in bound.iter().filter(|bound| post.heading_of(bound.section).level != level) {
        let heading = post.heading_of(bound.section);
        let message = format!("`{}` is a heading of level {}, not {level}", heading.title, heading.level);
        let finding = findings.at(heading.marker, message).help(format!("write `{marker} {}`", heading.title));
        if post.keeps_parts(bound.section..alignment.range.end, level) {
            finding.rewrite(heading.marker, &marker);
        }
    }
}
