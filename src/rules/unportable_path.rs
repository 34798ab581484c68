//! `rules/unportable-path.md`

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::RuleContext;
use crate::blog::links::{Resolved, ResolvedLink};
use crate::finding::{Edit, Findings};
use crate::generators::address::Machine;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::{Block, BlockKind};
use crate::text::{Span, beginning};

/// Destinations that only the author's own machine, or another Markdown engine, understands.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    for lead in context.resolved_links() {
        let Some(machine) = Machine::of(&lead.link.destination) else { continue };
        if context.post.body.formula_at(lead.link.span.start).is_some() {
            continue;
        }
        match machine {
            Machine::Disk if !matches!(lead.resolved, Resolved::Found(..)) => disk(lead, findings),
            Machine::Disk => {}
            Machine::Backslash => backslash(lead, findings),
        }
    }
    if context.engine().is_some_and(MarkdownEngine::ends_destinations_at_spaces) {
        spaces(context, findings);
    }
}

/// So much of a destination is shown, in characters.
const SHOWN: usize = 100;

fn disk(lead: &ResolvedLink, findings: &mut Findings) {
    let shown = beginning(&lead.link.destination, SHOWN);
    findings
        .at(lead.place, format!("`{shown}` is a place on your own disk, which no reader has"))
        .help("put the file in the blog, and write its path from there");
}

fn backslash(lead: &ResolvedLink, findings: &mut Findings) {
    let written = &lead.link.destination;
    let right = written.replace('\\', "/");
    let shown = beginning(written, SHOWN);
    let finding = findings.at(lead.place, format!("`{shown}` has backslashes, which divide folders on Windows only"));
    finding.help(format!("write `{}`", beginning(&right, SHOWN)));
    if lead.is_written {
        finding.unsafe_fix("write slashes", vec![Edit::new(lead.place, right)]);
    }
}

/// What looks like a link to a file whose name has spaces.
static SPACED: LazyLock<Regex> = LazyLock::new(|| {
    let name = r"[^\[\]()<>\n\x22\x27]+";
    let endings = "avif|gif|gpx|html|ipynb|jpe?g|md|mp3|mp4|pdf|png|pptx?|svg|webp|zip";
    Regex::new(&format!(r"\[[^\[\]\n]*\]\(({name} {name}\.(?i:{endings}))\)")).expect("a pattern")
});

/// Whether a destination may have a space: nearly none has.
fn may_have_spaces(text: &str) -> bool {
    let is_spaced = |at: usize| {
        let rest = &text.as_bytes()[at + 2..];
        memchr::memchr3(b' ', b')', b'\n', rest).is_some_and(|end| rest[end] == b' ')
    };
    memmem::find_iter(text.as_bytes(), "](").any(is_spaced)
}

/// In the family of CommonMark a destination ends at a space, and what does not end there is no link.
fn spaces(context: &RuleContext, findings: &mut Findings) {
    let (post, body) = (context.post, &context.post.body);
    if !may_have_spaces(&post.text[body.span]) {
        return;
    }
    let blocks = body
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table));
    let may_link = |block: &&Block| may_have_spaces(&post.text[block.span]);
    for block in blocks.filter(may_link) {
        for found in SPACED.captures_iter(&post.text[block.span]) {
            let Some(path) = found.get(1) else { continue };
            let span = Span::new(block.span.start + path.start(), block.span.start + path.end());
            if context.is_open(&span) {
                let right = path.as_str().trim().replace(' ', "%20");
                let shown = beginning(path.as_str(), SHOWN);
                findings
                    .at(span, format!("the spaces in `{shown}` keep this from being a link"))
                    .help(format!("write `{}`", beginning(&right, SHOWN)))
                    .unsafe_fix("escape the spaces", vec![Edit::new(span, right)]);
            }
        }
    }
}
