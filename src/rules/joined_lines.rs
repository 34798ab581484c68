//! `rules/joined-lines.md`

use super::RuleContext;
use crate::finding::Findings;
use crate::markdown::MarkdownEngine;
use crate::markdown::document::BlockKind;
use crate::text::{Span, boundary, lines_in, unquoted};

/// A link with so many characters is more than a word of a sentence.
const LONG: usize = 10;

/// A name of a link has no more characters.
const SHORT: usize = 24;

/// So many lines that begin alike are surely no running text.
const MANY: usize = 3;

/// Lines that each begin with a mark or a name of their own, and run on in one line of the page.
pub(crate) fn check(context: &RuleContext, findings: &mut Findings) {
    let post = context.post;
    let Some(engine) = context.engine() else { return };
    for block in post.body.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let mut breaks = memchr::memchr_iter(b'\n', &post.text.as_bytes()[block.span]);
        if breaks.nth(MANY - 2).is_none() {
            continue;
        }
        // Lines that begin alike, and how the last of them does.
        let (mut run, mut last) = (Vec::new(), None);
        for line in lines_in(post.text, block.span).map(|line| unquoted(post.text, line)) {
            let mark = Mark::of(&post.text[line]);
            if !last.zip(mark).is_some_and(|(last, mark): (Mark, Mark)| last.goes_on(mark)) {
                check_run(context, engine, &run, findings);
                run.clear();
            }
            run.extend(mark.map(|_| line));
            last = mark;
        }
        check_run(context, engine, &run, findings);
    }
}

/// Lines that begin alike, one below another.
fn check_run(context: &RuleContext, engine: &MarkdownEngine, run: &[Span], findings: &mut Findings) {
    let [first, others @ ..] = run else { return };
    let is_broken = || others.iter().any(|line| context.is_broken_at(line.start));
    if run.len() < MANY || !run.iter().all(|line| is_seen(context, line)) || is_broken() {
        return;
    }
    let message = format!("these {} lines run on in one: {} joins the lines of a paragraph", run.len(), engine.name());
    let finding = findings.at(*first, message);
    finding.label(run[run.len() - 1], "up to here");
    finding.help("write `- ` before each, or end each but the last with `<br>`");
}

/// Whether nothing but Markdown reads a line.
fn is_seen(context: &RuleContext, line: &Span) -> bool {
    let (post, body) = (context.post, &context.post.body);
    body.comment_at(line.start).is_none()
        && !context.blog.has_template(post, line)
        && body.code_at(line.start).is_none_or(|code| code.span.end <= line.end)
        && body.formula_at(line.start).is_none_or(|formula| formula.span.end <= line.end)
}

/// How a line begins that is one of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// A sign that people use for bullets.
    Bullet(char),
    /// `①`, `②`; a number in brackets: `(1)`.
    Number(u32),
    /// A name in code, bold type or a formula, and a colon or a dash behind it.
    Name(char),
    /// A few words, a colon and a link.
    NamedLink,
    /// Nothing but an address.
    Address,
    /// Nothing but a link with a text of its own.
    Link,
}

impl Mark {
    fn of(line: &str) -> Option<Mark> {
        const BULLETS: &str = "•·▪■●○◦▶►→✔✅☑👉🔹🔸";
        let first = line.chars().next()?;
        let rest = &line[first.len_utf8()..];
        let says = |text: &str| text.contains(char::is_alphabetic);
        match first {
            '①'..='⑳' => says(rest).then_some(Mark::Number(first as u32 - '①' as u32 + 1)),
            '(' => {
                let (number, rest) = rest.split_once(')')?;
                let is_number = number.len() < 3 && number.bytes().all(|byte| byte.is_ascii_digit());
                (is_number && rest.starts_with(' ') && says(rest)).then(|| number.parse().ok().map(Mark::Number))?
            }
            '`' | '$' => {
                let (name, rest) = rest.split_once(first)?;
                (!name.is_empty() && is_colon(rest)).then_some(Mark::Name(first))
            }
            '*' => {
                let (name, rest) = rest.strip_prefix('*')?.split_once("**")?;
                let is_named = is_colon(rest) || name.trim_end().ends_with([':', '：']) && says(rest);
                is_named.then_some(Mark::Name('*'))
            }
            'h' | '<' if is_link(line) => Some(Mark::Address),
            '[' if is_link(line) => {
                let text = line.split_once("](").map_or("", |(text, _)| &text[1..]);
                (text.chars().count() >= LONG && says(text)).then_some(Mark::Link)
            }
            _ if BULLETS.contains(first) => says(rest).then_some(Mark::Bullet(first)),
            _ => {
                // A name so short ends within these bytes.
                let head = &line[..boundary(line, 4 * SHORT + 1)];
                let wide = (!head.is_ascii()).then(|| head.find('：')).flatten();
                let end = memchr::memchr(b':', head.as_bytes()).into_iter().chain(wide).min()?;
                let (name, rest) = line.split_at(end);
                let rest = rest.strip_prefix([':', '：'])?;
                let is_name = name.chars().count() <= SHORT && !name.contains(['[', '`', '/', '"', '|', '\'', '<']);
                (is_name && is_link(rest.trim_start())).then_some(Mark::NamedLink)
            }
        }
    }

    fn goes_on(self, next: Mark) -> bool {
        match (self, next) {
            (Mark::Number(one), Mark::Number(other)) => other == one + 1,
            _ => self == next,
        }
    }
}

/// Whether a name ends here, and something is said of it.
fn is_colon(rest: &str) -> bool {
    let rest = rest.trim_start();
    let said = [":", "：", "- ", "– ", "— "].iter().find_map(|sign| rest.strip_prefix(sign));
    said.is_some_and(|said| said.contains(char::is_alphabetic))
}

/// Whether it is a link and nothing else.
fn is_link(text: &str) -> bool {
    let is_address =
        |text: &str| text.starts_with("http") && text.contains("://") && !text.contains(char::is_whitespace);
    match text.strip_prefix('[') {
        Some(rest) => rest.split_once("](").is_some_and(|(_, to)| to.ends_with(')') && !to.contains("](")),
        None => is_address(text.strip_prefix('<').and_then(|text| text.strip_suffix('>')).unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_lines() {
        for (line, mark) in [
            ("• 배치", Some(Mark::Bullet('•'))),
            ("② 배치", Some(Mark::Number(2))),
            ("(3) 배치", Some(Mark::Number(3))),
            ("(a) 배치", None),
            ("`pwd` : 폴더", Some(Mark::Name('`'))),
            ("`pwd` 는 폴더", None),
            ("$x$: 입력", Some(Mark::Name('$'))),
            ("**이름:** 값", Some(Mark::Name('*'))),
            ("**이름** 값", None),
            ("블로그 1 : [a](https://a.kr)", Some(Mark::NamedLink)),
            ("블로그 : a", None),
            ("[배치 정규화와 드롭아웃](/b)", Some(Mark::Link)),
            ("[a](/b)", None),
            ("[a](/b), [c](/d)", None),
            ("https://a.kr/b", Some(Mark::Address)),
            ("<https://a.kr/b>", Some(Mark::Address)),
        ] {
            assert_eq!(Mark::of(line), mark, "{line}");
        }
    }
}
