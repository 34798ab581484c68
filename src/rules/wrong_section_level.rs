//! `rules/wrong-section-level.md`

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::kinds::sections::{OffLevel, off_levels};
use crate::markdown::document::Heading;
use crate::post::Post;

/// Sections of the kind whose heading is of another level; one finding for all that are so together.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, all) = (context.post, context.alignments());
    for off in off_levels(all, post) {
        tell(post, &off, all[off.alignment].level, findings);
    }
}

fn tell(post: &Post, off: &OffLevel, level: u8, findings: &mut Findings) {
    let [first, others @ ..] = &off.sections[..] else { return };
    let first = post.heading_of(*first);
    let subject =
        if off.whole { "the sections are headings".to_owned() } else { format!("`{}` is a heading", first.title) };
    let finding = findings.at(first.marker, format!("{subject} of level {}, not {level}", first.level));
    for &other in others {
        finding.label(post.heading_of(other).marker, "so is this");
    }
    for &(part, level) in &off.within {
        let part = post.heading_of(part);
        finding.label(part.marker, format!("this one is of level {}, not {level}", part.level));
    }
    finding.help(help(post, off, first, level));
    let Some(moves) = &off.moves else { return };
    let edit = |&(section, level): &(usize, u8)| Edit::new(post.heading_of(section).marker, "#".repeat(level.into()));
    let message = match moves.iter().all(|(_, new)| *new == level) {
        true => format!("write `{}`", "#".repeat(level.into())),
        false => "give each of them its level, and those below with it".to_owned(),
    };
    finding.unsafe_fix(message, moves.iter().map(edit).collect());
}

fn help(post: &Post, off: &OffLevel, first: &Heading, level: u8) -> String {
    let step = |own: u8, wanted: u8| i16::from(wanted) - i16::from(own);
    let by = step(first.level, level);
    let mut within = off.within.iter().map(|&(part, level)| step(post.sections[part].level, level));
    let marker = "#".repeat(level.into());
    let signs =
        if by.abs() == 1 { "one `#`".to_owned() } else { format!("`{}`", "#".repeat(by.unsigned_abs().into())) };
    match &off.sections[..] {
        [_] if off.within.is_empty() => format!("write `{marker} {}`", first.title),
        _ if off.within.is_empty() => format!("write `{marker}` before each of them"),
        _ if within.any(|other| other != by) => "give each of them its level".to_owned(),
        _ if by < 0 => format!("take {signs} away from each of them"),
        _ => format!("write {signs} more before each of them"),
    }
}
