//! Links that readers see as they are written: a bracket or a parenthesis of theirs stands wrong, for every engine.

use memchr::memmem;

use crate::finding::{Edit, Findings};
use crate::rules::RuleContext;
use crate::text::{Span, beginning, boundary};

/// `[text] (https://…)`, `(text)[https://…]`, `[text](https://…` and the like.
pub(super) fn check(context: &RuleContext, findings: &mut Findings) {
    let (post, start) = (context.post, context.post.body.span.start);
    let bytes = &post.text.as_bytes()[post.body.span];
    let mut slips: Vec<Slip> = Vec::new();
    slips.extend(memmem::find_iter(bytes, ")[http").filter_map(|at| swapped(context, start + at)));
    for at in memchr::memchr_iter(b'(', bytes) {
        let paren = start + at;
        if bytes[..at].ends_with(b"] ") {
            slips.extend(parted(context, paren - 2));
        } else if bytes[at + 1..].starts_with(b"http") && !opens_link(context, paren) {
            slips.extend(match bytes[..at].ends_with(b"]") {
                true => unclosed(context, paren - 1).or_else(|| unopened(context, paren - 1)),
                false => without_bracket(context, paren),
            });
        } else if bytes[..at].ends_with(b"]")
            && matches!(bytes.get(at + 1), Some(b'/' | b'.' | b'{'))
            && !opens_link(context, paren)
        {
            slips.extend(unopened(context, paren - 1));
        }
    }
    slips.sort_by_key(|slip| slip.whole.start);
    let mut told = 0;
    for Slip { whole, why, advice } in slips {
        if whole.start < told || !may_be_text(context, &whole) {
            continue;
        }
        told = whole.end;
        let shown = beginning(&post.text[whole], SHOWN);
        let finding = findings.at(whole, format!("`{shown}` stays in the text: {why}"));
        match advice {
            Advice::Write(right) => {
                finding.help(format!("write `{}`", beginning(&right, SHOWN)));
                finding.unsafe_fix("write the link", vec![Edit::new(whole, right)]);
            }
            Advice::Say(help) => drop(finding.help(help)),
        }
    }
}

/// So much of a link is shown, in characters.
const SHOWN: usize = 60;

/// So long is the text of a link, or what follows it on its line, as far as anybody looks at it, in bytes.
const LONGEST: usize = 1000;

/// What was meant as a link.
struct Slip {
    whole: Span,
    why: &'static str,
    advice: Advice,
}

/// What to do about a slip.
enum Advice {
    /// What was meant.
    Write(String),
    /// Help, where that is not known.
    Say(&'static str),
}

/// Whether a parenthesis is that of a link, as nearly all are.
fn opens_link(context: &RuleContext, paren: usize) -> bool {
    let link = context.post.body.link_at(paren);
    link.is_some_and(|link| link.destination_span.is_some_and(|to| to.start == paren + 1))
}

/// `[text] (https://…)`
fn parted(context: &RuleContext, close: usize) -> Option<Slip> {
    let text = context.post.text;
    let is_text = |named: &str| is_named(named) && !is_label(named);
    let open = opening(text, close, ['[', ']']).filter(|&open| is_text(&text[open + 1..close]))?;
    let end = match text[..open].ends_with('!') {
        true => close + 3 + text[close + 3..].find([')', '(', ' ', '\n'])?,
        false => address(text, close + 3)?,
    };
    let link = format!("{}({})", &text[open..=close], &text[close + 3..end]);
    let slip = || slip(context, open, end + 1, "a space keeps it from being a link", Advice::Write(link));
    text[end..].starts_with(')').then(slip).flatten()
}

/// `(text)[https://…]`
fn swapped(context: &RuleContext, close: usize) -> Option<Slip> {
    let text = context.post.text;
    let open = opening(text, close, ['(', ')']).filter(|&open| is_named(&text[open + 1..close]))?;
    let end = address(text, close + 2).filter(|&end| text[end..].starts_with(']') && !text[end..].starts_with("]("))?;
    let link = format!("[{}]({})", &text[open + 1..close], &text[close + 2..end]);
    slip(context, open, end + 1, "its brackets and its parentheses have changed places", Advice::Write(link))
}

/// `[text](https://…`, `[text](https://…]`, `[text](https://…](https://…)`
fn unclosed(context: &RuleContext, close: usize) -> Option<Slip> {
    let text = context.post.text;
    // So nearly all end.
    let inner = &text.as_bytes()[close + 2..];
    let stop = memchr::memchr3(b')', b']', b'\n', inner).unwrap_or(inner.len());
    if inner.get(stop) == Some(&b')') {
        return None;
    }
    let end = address(text, close + 2)?;
    let rest = rest_of_line(text, end);
    // Parentheses of East Asian typography are told by another rule.
    if rest.starts_with([')', '(']) || text[close + 2..end].contains('）') || rest.contains('）') {
        return None;
    }
    let open = opening(text, close, ['[', ']'])?;
    let link = format!("{}({})", &text[open..=close], &text[close + 2..end]);
    if rest.starts_with("](") {
        let twice = end + rest.find(')')? + 1;
        return slip(context, open, twice, "its address stands there twice", Advice::Write(link));
    }
    match rest.starts_with(']') {
        true => slip(context, open, end + 1, "a `]` stands where a `)` closes it", Advice::Write(link)),
        false if rest.contains(')') => None,
        false => slip(context, open, end, "no `)` closes it", Advice::Say("write a `)` behind the address")),
    }
}

/// `text](https://…)`
fn unopened(context: &RuleContext, close: usize) -> Option<Slip> {
    let (text, body) = (context.post.text, &context.post.body);
    let inner = &text[close + 2..boundary(text, close + LONGEST).max(close + 2)];
    let leads = ["http://", "https://", "/", "./", "../", "{% post_url ", "{% link ", "{{"];
    let is_address = leads.iter().any(|lead| inner.starts_with(lead)) && !inner.starts_with("//");
    let end = inner.find([')', '\n']).filter(|&end| is_address && inner[end..].starts_with(')'))?;
    let before = &text[line_start(text, close)..close];
    let mut depth = 0;
    let open = before.rfind(|sign: char| {
        depth += i32::from(sign == ']') - i32::from(sign == '[');
        depth < 0
    });
    // A bracket that stands open on the line may be told by how it ends.
    let (why, help) = match open {
        Some(open) if before[open..].contains("](") => {
            ("another link stands in the text of this one", "no link holds another: take one of them out")
        }
        Some(_) => return None,
        None => ("no `[` opens the text of this link", "write a `[` before it"),
    };
    let is_named = before.contains(char::is_alphanumeric) && !before.ends_with('\\') && end > 0;
    let is_slip = is_named && body.link_at(close).is_none();
    is_slip.then_some(Slip { whole: Span::new(close, close + 2), why, advice: Advice::Say(help) })
}

/// `[text(https://…)`
fn without_bracket(context: &RuleContext, paren: usize) -> Option<Slip> {
    let text = context.post.text;
    let open = opening(text, paren, ['[', ']']).filter(|&open| is_named(&text[open + 1..paren]))?;
    let end = address(text, paren + 1).filter(|&end| text[end..].starts_with(')'))?;
    let rest = rest_of_line(text, end + 1);
    if rest.contains(']') || text[open..paren].contains('(') {
        return None;
    }
    let link = format!("{}]({})", text[open..paren].trim_end(), &text[paren + 1..end]);
    slip(context, open, end + 1 + usize::from(rest.starts_with(')')), "no `]` closes its text", Advice::Write(link))
}

/// A slip from a bracket on, with the `!` of an image; `None` where the engine makes a link of a part of it.
fn slip(context: &RuleContext, open: usize, end: usize, why: &'static str, advice: Advice) -> Option<Slip> {
    let (text, body) = (context.post.text, &context.post.body);
    let is_link = |at: usize| body.link_at(at).is_some_and(|link| link.span.start <= open || link.span.end > end);
    let before = text[..open].chars().next_back();
    if before.is_some_and(|sign| matches!(sign, '\\' | ']' | '[' | '`')) || is_link(open) || is_link(end - 1) {
        return None;
    }
    let is_image = before == Some('!') && text[open..].starts_with('[');
    let start = if is_image { open - 1 } else { open };
    let advice = match advice {
        Advice::Write(link) if is_image => Advice::Write(format!("!{link}")),
        advice => advice,
    };
    Some(Slip { whole: Span::new(start, end), why, advice })
}

/// The sign on the same line that opens what another one closes here, with none of the two in between.
fn opening(text: &str, close: usize, signs: [char; 2]) -> Option<usize> {
    let from = line_start(text, close);
    let open = from + text[from..close].rfind(signs)?;
    (text[open..].starts_with(signs[0]) && open + 1 < close).then_some(open)
}

/// Where the line of a byte begins, or what of it anybody looks at.
fn line_start(text: &str, at: usize) -> usize {
    let near = boundary(text, at.saturating_sub(LONGEST));
    near + text[near..at].rfind('\n').map_or(0, |line| line + 1)
}

fn rest_of_line(text: &str, from: usize) -> &str {
    text[from..boundary(text, from + LONGEST).max(from)].lines().next().unwrap_or_default()
}

/// Where an address ends that begins at a byte, if it is one.
fn address(text: &str, start: usize) -> Option<usize> {
    let rest = &text[start..];
    let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    let ends = |sign: char| sign.is_whitespace() || matches!(sign, '(' | ')' | '[' | ']' | '<' | '>' | '`' | '"');
    let length = host.find(ends).unwrap_or(host.len());
    let is_host = host.starts_with(|first: char| first.is_ascii_alphanumeric()) && host[..length].contains('.');
    is_host.then(|| start + (rest.len() - host.len()) + length)
}

/// Whether it is the text of a link, and not a number, a mark, or the box of a task.
fn is_named(text: &str) -> bool {
    let letters = || text.chars().filter(|sign| sign.is_alphabetic());
    !text.starts_with('^') && (letters().count() > 1 || letters().any(|letter| !letter.is_ascii()))
}

/// `RFC 2119`, `PDF`, `PEP-8`: a label in brackets, behind which an address may stand in parentheses.
fn is_label(text: &str) -> bool {
    text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether readers can see it as it is written.
fn may_be_text(context: &RuleContext, whole: &Span) -> bool {
    let leaf = context.post.body.leaf_at(whole.start);
    leaf.is_some_and(|leaf| leaf.kind.is_running() && whole.end <= leaf.span.end) && context.is_open(whole)
}
