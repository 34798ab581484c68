//! Display math that the Markdown parser does not see as math.
//!
//! pulldown-cmark 0.13.6 ends a formula at a blank line and at a line that looks like a list, a quote or a heading;
//! kramdown 2.4.0 (`parser/kramdown/math.rb`) does neither. So `$$` blocks are found by a scan of their own, the
//! parser's formulas and code are the check, and what the parser took their lines for is taken back.

use memchr::memmem;

use super::body::{Block, BlockKind, Body, Formula};
use crate::text::Span;

/// Adds the `$$` blocks that the parser missed, and removes what it saw in them.
pub fn find_blocks(text: &str, body: &mut Body) {
    let dollars: Vec<usize> = memmem::find_iter(&text.as_bytes()[body.span.clone()], b"$$")
        .map(|at| body.span.start + at)
        .filter(|&at| body.formula_at(at).is_none())
        .collect();
    let mut missed: Vec<Span> = Vec::new();
    let mut rest = dollars.as_slice();
    while let [open, later @ ..] = rest {
        rest = later;
        if !starts_line(text, *open) || body.code_at(*open).is_some() || body.comment_at(*open).is_some() {
            continue;
        }
        if let Some(&close) = later.first()
            && ends_line(text, close + 2)
            && close > open + 2
        {
            missed.push(*open..close + 2);
            rest = &later[1..];
        }
    }
    if !missed.is_empty() {
        add(body, &missed);
    }
}

fn add(body: &mut Body, blocks: &[Span]) {
    body.take_back(blocks);
    for span in blocks {
        let tex = span.start + 2..span.end - 2;
        body.formulas.push(Formula { span: span.clone(), tex, display: true, delimiter: "$$" });
        let (span, kind) = (span.clone(), BlockKind::Math);
        body.blocks.push(Block { kind, span, depth: 0, quoted: false, item: None });
    }
    body.formulas.sort_by_key(|formula| formula.span.start);
    body.blocks.sort_by_key(|block| block.span.start);
}

fn starts_line(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '\t']);
    before.is_empty() || before.ends_with(['\n', '\u{feff}'])
}

fn ends_line(text: &str, at: usize) -> bool {
    let after = text[at..].trim_start_matches([' ', '\t', '\r']);
    after.is_empty() || after.starts_with('\n')
}
