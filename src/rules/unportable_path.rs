//! `rules/unportable-path.md`

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::RuleContext;
use crate::blog::links::{Resolved, ResolvedLink, Shape};
use crate::finding::{Edit, Findings};
use crate::generators::Templates;
use crate::generators::address::{Machine, Size};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::Block;
use crate::text::{Span, beginning};

/// Destinations that only the author's own machine, or another Markdown engine, understands.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    for lead in context.resolved_links() {
        let Some(machine) = machine(context, lead) else { continue };
        if context.post.body.formula_at(lead.link.span.start).is_some() {
            continue;
        }
        match machine {
            Machine::Disk if !matches!(lead.resolved, Resolved::Found(..)) => disk(lead, findings),
            Machine::Disk => {}
            Machine::Backslash => backslash(lead, findings),
        }
    }
    if let Some(engine) = context.engine() {
        spaces(context, engine.ends_destinations_at_spaces(), findings);
    }
    wide(context, findings);
    if context.blog.site().features.templates == Templates::Shortcodes && context.blog.tags().is_none() {
        unread(context, findings);
    }
}

/// What only the machine of the author makes of a destination. Browsers read backslashes as slashes, and get them where
/// the engine hands on addresses as they are: who always writes them there sees nothing wrong.
pub(super) fn machine(context: &RuleContext, lead: &ResolvedLink) -> Option<Machine> {
    const FEW: usize = 3;
    let keeps = context.engine().is_some_and(MarkdownEngine::keeps_backslashes);
    let arrives = |lead: &ResolvedLink| lead.link.shape == Shape::Html || keeps;
    let is_one =
        |lead: &&ResolvedLink| arrives(lead) && Machine::of(&lead.link.destination) == Some(Machine::Backslash);
    let are_few = || context.resolved_links().iter().filter(is_one).take(FEW + 1).count() <= FEW;
    let is_told = || !arrives(lead) || are_few();
    Machine::of(&lead.link.destination).filter(|machine| *machine != Machine::Backslash || is_told())
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

/// A link by its look that an engine takes for text: the bytes of what stands between its parentheses.
struct Meant {
    /// The path, without a title and a size behind it.
    path: Span,
    /// The size behind it.
    size: Option<Size>,
    /// Where that ends.
    sized: usize,
    /// All up to the closing parenthesis.
    inner: Span,
}

/// So many characters are looked at behind a parenthesis.
const LONGEST: usize = 500;

/// What stands between the parentheses of `](…)` on the same line, of which some can stand in the path in pairs.
fn meant(text: &str, open: usize, end: usize) -> Option<Meant> {
    let mut depth = 0_usize;
    let stop = text[open..end].char_indices().take(LONGEST).find(|(_, sign)| {
        match sign {
            '(' => depth += 1,
            ')' if depth > 0 => depth -= 1,
            ')' | '\n' | '<' | '>' | '[' | ']' | '`' => return true,
            _ => {}
        }
        false
    });
    let (length, _) = stop.filter(|(_, sign)| *sign == ')')?;
    let inner = Span::new(open, open + length);
    let untitled = |span: Span| TITLE.find(&text[span]).map_or(span, |title| Span::new(open, open + title.start()));
    let path = crate::text::trimmed(text, untitled(inner));
    let (size, sized) = (Size::of(&text[path]), path.end);
    let path = size.as_ref().map_or(path, |size| untitled(Span::new(path.start, path.start + size.at)));
    Some(Meant { path: crate::text::trimmed(text, path), size, sized, inner })
}

/// A title in quotes behind a path.
static TITLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"\s+(?:"[^"]*"|'[^']*')\s*$"#).expect("a pattern"));

/// Whether a path is surely one: it begins as such, or ends as the name of a file.
fn is_path(path: &str) -> bool {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        let endings = "avif|bmp|csv|docx?|gif|gpx|html?|hwp|ipynb|jpe?g|md|mov|mp3|mp4|pdf|png|pptx?|svg|txt|wav|webm|webp|xlsx?|zip";
        Regex::new(&format!(
            r"^(?:https?://|\.{{0,2}}/)[\w.~%]|^[^/]*[^\s/].*\.(?i:{endings})$|^[^\s#]+\.(?i:{endings})#"
        ))
        .expect("a pattern")
    });
    !path.contains(['"', '\'']) && PATH.is_match(path)
}

/// Whether what stands behind the parenthesis of a destination may have a space: nearly none has.
fn may_have_spaces(text: &str) -> bool {
    let near = &text.as_bytes()[..text.len().min(4 * LONGEST)];
    memchr::memchr3(b' ', b')', b'\n', near).is_some_and(|end| near[end] == b' ')
}

/// In the family of CommonMark a destination ends at a space, and what does not end there is no link. Nothing but a title
/// stands behind one anywhere, and no title with a size behind that.
fn spaces(context: &RuleContext, ends_at_spaces: bool, findings: &mut Findings) {
    let (post, body) = (context.post, &context.post.body);
    for at in memchr::memchr_iter(b'(', &post.text.as_bytes()[body.span]) {
        let middle = (body.span.start + at).saturating_sub(1);
        if !post.text[..body.span.start + at].ends_with(']') || !may_have_spaces(&post.text[middle + 2..]) {
            continue;
        }
        let Some(block) = body.leaf_at(middle).filter(|block| block.kind.is_running()) else { continue };
        let Some(meant) = meant(post.text, middle + 2, block.span.end) else { continue };
        let path = &post.text[meant.path];
        let stops = ends_at_spaces && path.contains(' ') || meant.size.is_some();
        let is_meant = is_path(path) && stops && body.link_at(middle).is_none();
        if is_meant && context.is_open(&meant.inner) {
            spaced(&meant, path, findings);
        }
    }
}

fn spaced(meant: &Meant, path: &str, findings: &mut Findings) {
    let right = path.replace(' ', "%20");
    let shown = beginning(path, SHOWN);
    if Machine::of(path) == Some(Machine::Disk) {
        findings
            .at(meant.path, format!("`{shown}` is a place on your own disk, which no reader has"))
            .help("put the file in the blog, and write its path from there, without spaces");
        return;
    }
    if let Some(size) = &meant.size {
        let mut edits = vec![Edit::new(Span::new(meant.path.start + size.at, meant.sized), "")];
        edits.extend((right != path).then(|| Edit::new(meant.path, right.clone())));
        findings
            .at(meant.inner, format!("the size behind `{shown}` keeps this from being an image"))
            .help(format!("take it out, or write `<img src=\"{}\" {}>`", beginning(&right, SHOWN), size.attributes()))
            .unsafe_fix("take the size out", edits);
        return;
    }
    findings
        .at(meant.path, format!("the spaces in `{shown}` keep this from being a link"))
        .help(format!("write `{}`", beginning(&right, SHOWN)))
        .unsafe_fix("escape the spaces", vec![Edit::new(meant.path, right)]);
}

/// `{{ site.url }}` at the beginning of a destination, as posts of Jekyll have it.
static LIQUID: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\]\(<?(?P<mark>\{\{-?\s*(?:site|page)\.[^{}\n]*\}\})(?P<rest>[^\s()]*)").expect("a pattern")
});

/// What Liquid would make an address of, where none reads the post.
fn unread(context: &RuleContext, findings: &mut Findings) {
    let (post, body) = (context.post, &context.post.body);
    if memmem::find(post.text[body.span].as_bytes(), b"({{").is_none() {
        return;
    }
    for block in body.blocks.iter().filter(|block| block.kind.is_running()) {
        for found in LIQUID.captures_iter(&post.text[block.span]) {
            let from = block.span.start;
            let place = |part: regex::Match| Span::new(from + part.start(), from + part.end());
            let [Some(mark), Some(rest)] = ["mark", "rest"].map(|name| found.name(name).map(place)) else { continue };
            let is_text = body.is_plain_at(mark.start) && context.shows(mark.start);
            if !is_text && body.link_at(mark.start).is_none() {
                continue;
            }
            let (written, path) = (&post.text[mark], &post.text[rest]);
            let finding = findings.at(mark, format!("`{written}` is Liquid, which nothing reads here"));
            if path.starts_with('/') && path.len() > 1 {
                finding
                    .help(format!("write `{}`", beginning(path, SHOWN)))
                    .unsafe_fix("take it out", vec![Edit::new(mark, "")]);
            } else {
                finding.help("write the path from the root of the site");
            }
        }
    }
}

/// A link of which a bracket or a parenthesis is one of East Asian typography, half as many bytes in sight: no engine
/// takes it for its own.
static WIDE: LazyLock<Regex> = LazyLock::new(|| {
    let path = r"(?:https?://|\.{0,2}/|#)[^\s()（）<>\[\]【】［］`]+";
    let link = format!(
        r"(?P<open>[\[【［])(?P<text>[^\[\]【】［］\n]+)(?P<close>[\]】］])(?P<left>[(（])(?P<path>{path})(?P<right>[)）])"
    );
    Regex::new(&link).expect("a pattern")
});

/// Whether readers see it as it is written: all engines agree on what is no code.
fn is_text(context: &RuleContext, span: &Span) -> bool {
    match context.blog.profile_of(context.post.path) {
        Some(_) => context.is_open(span),
        None => context.post.body.is_plain_at(span.start) && !context.blog.has_template(context.post, span),
    }
}

/// Brackets and parentheses of East Asian typography where a link is meant.
fn wide(context: &RuleContext, findings: &mut Findings) {
    let (post, body) = (context.post, &context.post.body);
    if post.text.is_ascii() {
        return;
    }
    let signs = ["（", "）", "】", "］", "【", "［"].map(memmem::Finder::new);
    let has = |sign: &memmem::Finder, span: Span| sign.find(post.text[span].as_bytes()).is_some();
    // Of running text hardly any has brackets.
    let brackets = signs[4..].iter().any(|sign| has(sign, body.span));
    let has_bracket = |span: Span| brackets || memchr::memchr(b'[', post.text[span].as_bytes()).is_some();
    let has_wide = |span: Span| signs[..4].iter().any(|sign| has(sign, span));
    let is_running = |block: &&Block| block.kind.is_running();
    for block in body.blocks.iter().filter(is_running).filter(|block| has_bracket(block.span) && has_wide(block.span)) {
        for found in WIDE.captures_iter(&post.text[block.span]) {
            let part = |name: &str| found.name(name).map_or("", |part| part.as_str());
            let signs = ["open", "close", "left", "right"].map(part);
            let Some(whole) = found.get(0).filter(|_| signs != ["[", "]", "(", ")"]) else { continue };
            let span = Span::new(block.span.start + whole.start(), block.span.start + whole.end());
            if body.link_at(span.start).is_some() || !is_text(context, &span) {
                continue;
            }
            let wide = signs.into_iter().filter(|sign| sign.len() > 1).collect::<String>();
            let right = format!("[{}]({})", part("text"), part("path"));
            findings
                .at(span, format!("`{wide}` keeps this from being a link"))
                .help(format!("write `{}`", beginning(&right, SHOWN)))
                .unsafe_fix("write the signs of a link", vec![Edit::new(span, right)]);
        }
    }
}
