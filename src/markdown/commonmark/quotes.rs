//! Typographic signs as markdown-it 13 sets them (`rules_core/replacements.js` and `smartquotes.js`).

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use super::flanking::is_mark;
use super::reader::{self, Patch, Place, Run, Step};
use crate::text::Span;

/// Sets the signs: quotes that open and close, double and single.
pub(crate) fn set<'t>(read: &'t str, steps: Vec<Step<'t>>, quotes: [char; 4]) -> Vec<Step<'t>> {
    let is_sign = |byte: &u8| b"'\".-+,?!(".contains(byte);
    let mut patches = Vec::new();
    for run in reader::runs(read, &steps).iter().filter(|run| read.as_bytes()[run.span].iter().any(is_sign)) {
        let mut tokens = tokens(read, &steps, run);
        tokens.iter_mut().for_each(replace);
        pair(&mut tokens, quotes);
        let changed = tokens.into_iter().flat_map(|token| token.cells).filter(|cell| cell.is_set);
        patches.extend(changed.map(|Cell { says, span, .. }| {
            let event = Event::Text(match says {
                Says::Sign(sign) => CowStr::from(sign),
                Says::Words(words) => CowStr::Borrowed(words),
            });
            Patch { span, steps: vec![Step { event, span }] }
        }));
    }
    reader::patch(read, steps, patches)
}

/// A piece of running text.
#[derive(Default)]
struct Token {
    /// How many elements are open around it.
    level: usize,
    is_break: bool,
    is_autolink: bool,
    /// The signs of plain text.
    cells: Vec<Cell>,
    /// The first and the last sign of anything else, if it has any.
    edges: Option<(char, char)>,
}

/// A sign of plain text, or what was set for several.
#[derive(Clone, Copy)]
struct Cell {
    says: Says,
    span: Span,
    is_set: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Sign(char),
    Words(&'static str),
}

impl Cell {
    fn sign(&self) -> char {
        match self.says {
            Says::Sign(sign) => sign,
            Says::Words(words) => words.chars().next_back().unwrap_or(' '),
        }
    }
}

impl Token {
    fn last(&self) -> Option<char> {
        self.cells.last().map(Cell::sign).or(self.edges.map(|(_, last)| last))
    }

    fn first(&self) -> Option<char> {
        self.cells.first().map(Cell::sign).or(self.edges.map(|(first, _)| first))
    }

    fn sign(&self, at: usize) -> Option<char> {
        self.cells.get(at).map(Cell::sign)
    }

    /// Puts one sign, or a few, in the place of several.
    fn set(&mut self, at: usize, length: usize, says: Says) {
        let span = Span::new(self.cells[at].span.start, self.cells[at + length - 1].span.end);
        self.cells.splice(at..at + length, [Cell { says, span, is_set: true }]);
    }
}

fn edges(text: &str) -> Option<(char, char)> {
    text.chars().next().zip(text.chars().next_back())
}

/// The tokens of a run; what an image shows is one.
fn tokens<'t>(read: &'t str, steps: &[Step<'t>], run: &Run) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut level = 0_usize;
    let mut images = 0_usize;
    let mut links = Vec::new();
    for index in run.steps.range() {
        let step = &steps[index];
        let place = step.place();
        if images > 0 {
            images = match place {
                Place::Open => images + 1,
                Place::Close => images - 1,
                _ => images,
            };
            continue;
        }
        match &step.event {
            Event::Start(Tag::Image { .. }) => {
                images = 1;
                let label = read[step.span].strip_prefix("![").and_then(|rest| rest.rsplit_once(']'));
                tokens.push(Token { level, edges: label.and_then(|(label, _)| edges(label)), ..Token::default() });
            }
            event if place == Place::Open => {
                let is_auto =
                    matches!(event, Event::Start(Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. }));
                links.push(is_auto);
                tokens.push(Token { level, ..Token::default() });
                level += 1;
            }
            _ if place == Place::Close => {
                links.pop();
                level = level.saturating_sub(1);
                tokens.push(Token { level, ..Token::default() });
            }
            Event::SoftBreak | Event::HardBreak => {
                tokens.push(Token { level, is_break: true, ..Token::default() });
            }
            Event::Text(text) => {
                let is_autolink = links.contains(&true);
                let other = Token { level, edges: edges(text), ..Token::default() };
                match run.text(read, steps, index).filter(|_| !is_autolink) {
                    Some(text) => plain(text, step.span.start, run.is_escaped(read, steps, index), level, &mut tokens),
                    None => tokens.push(Token { is_autolink, ..other }),
                }
            }
            Event::Code(text) | Event::InlineHtml(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                tokens.push(Token { level, edges: edges(text), ..Token::default() });
            }
            _ => tokens.push(Token { level, ..Token::default() }),
        }
    }
    tokens
}

/// Adds plain text to what it goes on from; a sign that is escaped is a token of its own.
fn plain(text: &str, start: usize, is_escaped: bool, level: usize, tokens: &mut Vec<Token>) {
    let escaped = text.chars().next().filter(|_| is_escaped);
    let from = escaped.map_or(0, char::len_utf8);
    if let Some(sign) = escaped {
        tokens.push(Token { level, edges: Some((sign, sign)), ..Token::default() });
    }
    let cells = text[from..].char_indices().map(|(at, sign)| {
        let at = start + from + at;
        Cell { says: Says::Sign(sign), span: Span::new(at, at + sign.len_utf8()), is_set: false }
    });
    match tokens.last_mut().filter(|last| !last.cells.is_empty()) {
        Some(last) => last.cells.extend(cells),
        None => tokens.push(Token { level, cells: cells.collect(), ..Token::default() }),
    }
}

/// Signs for several others.
fn replace(token: &mut Token) {
    const NAMED: [(&str, char); 3] = [("c", '©'), ("r", '®'), ("tm", '™')];
    if token.is_autolink || token.cells.is_empty() {
        return;
    }
    let mut at = 0;
    while let Some(found) = token.cells[at..].iter().position(|cell| cell.sign() == '(') {
        at += found;
        let is_named = |(name, _): &&(&str, char)| {
            let letters = name.chars().enumerate();
            let fits = |(index, letter): (usize, char)| {
                token.sign(at + 1 + index).is_some_and(|sign| sign.eq_ignore_ascii_case(&letter))
            };
            letters.into_iter().all(fits) && token.sign(at + 1 + name.len()) == Some(')')
        };
        if let Some((name, sign)) = NAMED.iter().find(is_named) {
            token.set(at, name.len() + 2, Says::Sign(*sign));
        }
        at += 1;
    }
    if is_rare(token) {
        runs(token, '+', 1, |token, at, length| {
            if token.sign(at + length) == Some('-') {
                token.set(at + length - 1, 2, Says::Sign('±'));
            }
        });
        runs(token, '.', 2, |token, at, length| token.set(at, length, Says::Sign('…')));
        runs(token, '…', 1, |token, at, _| {
            if at > 0 && matches!(token.sign(at - 1), Some('?' | '!')) {
                token.set(at, 1, Says::Words(".."));
            }
        });
        shouts(token);
        runs(token, ',', 2, |token, at, length| token.set(at, length, Says::Sign(',')));
        runs(token, '-', 2, |token, at, length| {
            let before = at.checked_sub(1).and_then(|at| token.sign(at));
            let after = token.sign(at + length);
            let is_white = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
            match length {
                3 => token.set(at, 3, Says::Sign('—')),
                2 if is_white(before) == is_white(after) || before.is_none() || after.is_none() => {
                    token.set(at, 2, Says::Sign('–'));
                }
                _ => {}
            }
        });
    }
}

fn is_rare(token: &Token) -> bool {
    let pairs = token
        .cells
        .windows(2)
        .any(|pair| matches!((pair[0].sign(), pair[1].sign()), ('+', '-') | ('.', '.') | (',', ',') | ('-', '-')));
    let is_run =
        |four: &[Cell]| matches!(four[0].sign(), '?' | '!') && four.iter().all(|cell| cell.sign() == four[0].sign());
    pairs || token.cells.windows(4).any(is_run)
}

/// Four signs or more that ask or shout: three of the last.
fn shouts(token: &mut Token) {
    let mut at = 0;
    while at < token.cells.len() {
        let length = token.cells[at..].iter().take_while(|cell| matches!(cell.sign(), '?' | '!')).count();
        if length >= 4 {
            let is_question = token.sign(at + length - 1) == Some('?');
            token.set(at, length, Says::Words(if is_question { "???" } else { "!!!" }));
        }
        at += if length >= 4 { 1 } else { length.max(1) };
    }
}

/// Does something with each run of a sign that is long enough.
fn runs(token: &mut Token, sign: char, least: usize, set: impl Fn(&mut Token, usize, usize)) {
    let mut at = 0;
    while at < token.cells.len() {
        let length = token.cells[at..].iter().take_while(|cell| cell.says == Says::Sign(sign)).count();
        let before = token.cells.len();
        if length >= least {
            set(token, at, length);
        }
        at += (length - (before - token.cells.len()).min(length)).max(1);
    }
}

/// A quote that may open.
struct Open {
    token: usize,
    cell: usize,
    is_single: bool,
    level: usize,
}

/// Pairs quotes.
fn pair(tokens: &mut [Token], quotes: [char; 4]) {
    let mut stack: Vec<Open> = Vec::new();
    for index in 0..tokens.len() {
        let level = tokens[index].level;
        stack.truncate(stack.iter().rposition(|open| open.level <= level).map_or(0, |last| last + 1));
        for cell in 0..tokens[index].cells.len() {
            let sign = tokens[index].cells[cell].sign();
            if !matches!(sign, '\'' | '"') {
                continue;
            }
            let is_single = sign == '\'';
            let (can_open, can_close) = sides(tokens, index, cell, sign);
            let mut set = |token: usize, cell: usize, sign: char| {
                let cell = &mut tokens[token].cells[cell];
                (cell.says, cell.is_set) = (Says::Sign(sign), true);
            };
            if !can_open && !can_close {
                if is_single {
                    set(index, cell, '’');
                }
                continue;
            }
            let fits = |open: &Open| open.is_single == is_single && open.level == level;
            let same_level = stack.iter().rposition(|open| open.level < level).map_or(0, |below| below + 1);
            let partner = stack[same_level..].iter().rposition(fits).filter(|_| can_close);
            if let Some(partner) = partner.map(|at| same_level + at) {
                let (open, close) = if is_single { (quotes[2], quotes[3]) } else { (quotes[0], quotes[1]) };
                set(index, cell, close);
                set(stack[partner].token, stack[partner].cell, open);
                stack.truncate(partner);
            } else if can_open {
                stack.push(Open { token: index, cell, is_single, level });
            } else if is_single {
                set(index, cell, '’');
            }
        }
    }
}

/// Whether a quote can open, and whether it can close.
fn sides(tokens: &[Token], index: usize, cell: usize, sign: char) -> (bool, bool) {
    let token = &tokens[index];
    let until_break = |token: &&Token| !token.is_break;
    let last = match cell {
        0 => tokens[..index].iter().rev().take_while(until_break).find_map(Token::last).unwrap_or(' '),
        at => token.cells[at - 1].sign(),
    };
    let next = match token.sign(cell + 1) {
        None => tokens[index + 1..].iter().take_while(until_break).find_map(Token::first).unwrap_or(' '),
        Some(sign) => sign,
    };
    let (white_before, white_behind) = (last.is_whitespace(), next.is_whitespace());
    let (sign_before, sign_behind) = (is_mark(last), is_mark(next));
    let mut can_open = !white_behind && (!sign_behind || white_before || sign_before);
    let mut can_close = !white_before && (!sign_before || white_behind || sign_behind);
    // `1""` are inches.
    if next == '"' && sign == '"' && last.is_ascii_digit() {
        (can_open, can_close) = (false, false);
    }
    if can_open && can_close {
        (can_open, can_close) = (sign_before, sign_behind);
    }
    (can_open, can_close)
}

#[cfg(test)]
mod tests {
    use crate::markdown::commonmark::{Options, page};
    use crate::markdown::mapped_text::MappedText;
    use crate::markdown::page::What;
    use crate::text::Span;

    /// Asked of markdown-it 13.0.2.
    #[test]
    fn signs_of_markdown_it() {
        let options = Options { typographer: true, ..Options::markdown_it() };
        for (text, expected) in [
            ("a \"b 'c' d\" e", "a “b ‘c’ d” e"),
            ("'tis don't g'' $f'(x)$", "‘tis don’t g’’ $f’(x)$"),
            ("$a--b$ a -- b a--b --c d---e f --- g", "$a–b$ a – b a–b --c d—e f — g"),
            ("1... wait?.... no!!!!!! ??", "1… wait?.. no!!! ??"),
            ("(c) (TM) (r) +-2 ++-3 a,,b", "© ™ ® ±2 +±3 a,b"),
            ("*\"a\"* \"*b*\" \"[c](d)\" \\\"e\\\"", "“a” “b” “c” \"e\""),
            ("`'a'` \"`b`\" <b>\"c\"</b>", "'a' “b” “c”"),
            ("\"a\n'b' c\"", "“a\n‘b’ c”"),
            ("6'2\" 1\"\" \"2", "6’2\" 1\"\" \"2"),
            ("\"안녕\" '세상'은 「'a'」 x∈'y'", "“안녕” ‘세상’은 「‘a’」 x∈’y’"),
            ("<http://a.b/--c> '", "http://a.b/--c ’"),
            ("foo\"bar\"baz (\"a\") \"-\"b", "foo\"bar\"baz (“a”) \"-\"b"),
        ] {
            let page = page(text, &MappedText::verbatim(text, Span::new(0, text.len())), &options);
            let words = page.events.iter().map(|event| match &event.what {
                What::Text(words) => words,
                _ => "",
            });
            assert_eq!(words.collect::<String>(), expected, "{text}");
        }
    }
}
