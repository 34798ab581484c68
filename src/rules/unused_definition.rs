//! `rules/unused-definition.md`

use std::collections::{HashMap, HashSet};

use super::RuleContext;
use crate::finding::{Edit, Findings};
use crate::markdown::MarkdownEngine;
use crate::markdown::document::Definition;
use crate::markdown::document::definitions::{folded, is_comment};
use crate::post::Post;
use crate::text::{Span, beginning, boundary, first_line};

/// Definitions that nothing in the post refers to.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    notes(context, findings);
    let definitions = &post.body.definitions;
    if definitions.is_empty() {
        return;
    }
    let used = labels(post, definitions);
    let is_unused =
        |definition: &&Definition| is_definition(post, definition) && !used.contains(&folded(&definition.label));
    let unused: Vec<&Definition> = definitions.iter().filter(is_unused).collect();
    if unused.is_empty() || unused.len() > MOST {
        return;
    }
    let has_lost_one = shows_reference(context);
    for definition in unused {
        let label = beginning(&definition.label, 100);
        let named = named_in_text(post, definition);
        if named.is_none() && !has_lost_one {
            continue;
        }
        let finding = findings.at(definition.span, format!("nothing refers to `[{label}]`"));
        match named {
            Some(place) => {
                finding.label(place, "no link");
                finding.help(format!("write `[{label}]` there, or take the line out"));
            }
            None => drop(finding.help("refer to it, or take the line out")),
        }
        if let Some(line) = whole_line(post, definition) {
            finding.unsafe_fix("take the line out", vec![Edit::new(line, "")]);
        }
    }
}

/// Whether readers see brackets with words in which a label may stand: `[text][label]`, `[label]`.
fn shows_reference(context: &RuleContext) -> bool {
    let (text, body) = (context.post.text, context.post.body.span);
    let opens = memchr::memchr_iter(b'[', &text.as_bytes()[body]).map(|at| body.start + at);
    opens.filter(|at| !text[at + 1..].starts_with('^')).any(|at| {
        let line = &text[first_line(text, Span::new(at + 1, body.end))];
        let words = line.split_once(']').map_or("", |(words, _)| words);
        letters(words) >= SHORTEST && context.is_open(&Span::new(at, at + 1))
    })
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Where the text says the words of a label that nothing refers to: they were to be a link.
fn named_in_text(post: &Post, definition: &Definition) -> Option<Span> {
    let label = &definition.label;
    if letters(label) < SHORTEST {
        return None;
    }
    // A particle may stand right behind a word.
    let is_letter = |c: char| c.is_alphanumeric() && c < '\u{2e80}' || c == '_';
    let is_word = |at: usize| {
        let (before, after) = (&post.text[..at], &post.text[at + label.len()..]);
        let is_prose = post.body.prose_at(at).is_some() && post.body.code_at(at).is_none();
        is_prose && post.body.link_at(at).is_none() && !before.ends_with(is_letter) && !after.starts_with(is_letter)
    };
    let found = post.text[post.body.span].match_indices(&**label).map(|(at, _)| post.body.span.start + at);
    found.filter(|at| !definition.span.contains(at)).find(|&at| is_word(at)).map(|at| Span::new(at, at + label.len()))
}

/// Shorter labels, in letters, are no words that a text would say.
const SHORTEST: usize = 3;

/// Footnotes that the text does not speak of, where the engine then leaves them out.
fn notes(context: &RuleContext, findings: &mut Findings) {
    let (post, notes) = (context.post, &context.post.body.notes);
    if notes.is_empty() || !context.engine().is_some_and(MarkdownEngine::drops_unused_footnotes) {
        return;
    }
    let text = &post.text[post.body.span];
    // A mark in code or in a comment shows that somebody thought of it; upper and lower case are as good.
    let mark_at =
        |at: usize| text[at..boundary(text, at + LONGEST)].split_once(']').map(|(mark, _)| mark.to_lowercase());
    let mut times: HashMap<String, usize> = HashMap::new();
    for mark in memchr::memmem::find_iter(text.as_bytes(), "[^").filter_map(mark_at) {
        *times.entry(mark).or_default() += 1;
    }
    let is_alone = |name: &str| times.get(&format!("[^{name}").to_lowercase()).is_none_or(|&times| times < 2);
    for note in notes {
        let start = note.span.start;
        let is_note = post.body.code_at(start).is_none() && post.body.comment_at(start).is_none();
        if !is_note || !is_alone(&note.name) {
            continue;
        }
        let mark = format!("[^{}]", note.name);
        let message = format!("nothing refers to the footnote `{}`, so no reader sees it", beginning(&note.name, 100));
        let finding = findings.at(first_line(post.text, note.span), message);
        let bare = format!("[{}]", note.name);
        let instead = text.match_indices(&bare).map(|(at, _)| at + post.body.span.start).find(|&at| {
            let span = Span::new(at, at + bare.len());
            post.body.link_at(at).is_none() && context.is_open(&span)
        });
        match instead {
            Some(at) => {
                let span = Span::new(at, at + bare.len());
                finding.help(format!("`{bare}` is no mark of it: write `{mark}`"));
                finding.unsafe_fix("refer to the footnote", vec![Edit::new(span, mark)]);
            }
            None => drop(finding.help(format!("write `{mark}` where it belongs, or take it out"))),
        }
    }
}

/// The line of a definition with its line break, if it has one to itself at the margin and stays apart from paragraphs:
/// the lines around it are blank, or definitions as well.
fn whole_line(post: &Post, definition: &Definition) -> Option<Span> {
    let text = post.text;
    let span = &definition.span;
    let rest = &text[span.end..];
    let end = span.end + rest.find('\n').map_or(rest.len(), |at| at + 1);
    let is_alone = text[span.end..end].trim().is_empty() && !text[*span].contains('\n');
    let above = text[post.body.span.start..span.start].strip_suffix('\n').map(|above| above.rsplit('\n').next());
    let below = text[end..].split('\n').next();
    let is_apart = |line: &str| line.trim().is_empty() || line.starts_with('[') && line.contains("]: ");
    let begins_line = span.start == post.body.span.start || above.is_some();
    let all_apart = above.flatten().into_iter().chain(below).all(is_apart);
    let lines = match text[end..].trim() {
        // At the end of the file, the blank lines above go with it.
        "" => text[..span.start].trim_end().len()..span.end,
        _ => span.start..end,
    };
    (is_alone && begins_line && all_apart).then_some(Span::from(lines))
}

/// Who has more of them keeps a stock of links at the end of every post.
const MOST: usize = 3;

/// What stands in code or in a comment, and what is a comment itself, is no definition.
fn is_definition(post: &Post, definition: &Definition) -> bool {
    let start = definition.span.start;
    !is_comment(definition) && post.body.code_at(start).is_none() && post.body.comment_at(start).is_none()
}

/// Labels have at most so many characters.
const LONGEST: usize = 999;

/// What stands in brackets anywhere but at the start of a definition.
fn labels(post: &Post, definitions: &[Definition]) -> HashSet<String> {
    let starts: HashSet<usize> = definitions.iter().map(|definition| definition.span.start).collect();
    let (mut labels, mut open) = (HashSet::new(), Vec::new());
    let bytes = post.text.as_bytes();
    for at in memchr::memchr2_iter(b'[', b']', &bytes[post.body.span]).map(|at| post.body.span.start + at) {
        match (bytes[at], open.pop()) {
            (b'[', before) => {
                open.extend(before);
                open.push(at);
            }
            (_, Some(start)) if at - start <= LONGEST && !starts.contains(&start) => {
                labels.insert(folded(&post.text[start + 1..at]));
            }
            _ => {}
        }
    }
    labels
}
