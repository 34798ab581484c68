//! Whose Liquid reads a text.

use super::javascript::{self, Known};
use super::tokens::{self, Token};
use super::{BLOCKS, TAGS, What, expression, syntax};
use crate::text::Span;

/// Whose Liquid reads a text.
#[derive(Debug, Clone, Copy)]
pub(super) enum Dialect<'k> {
    /// Liquid 5.4.0, with the tags of Jekyll 4.3.1.
    Jekyll,
    /// liquidjs, with what a site of Eleventy adds.
    JavaScript(&'k Known),
}

impl Dialect<'_> {
    pub(super) fn is_jekyll(self) -> bool {
        matches!(self, Dialect::Jekyll)
    }

    pub(super) fn tokens(self, text: &str, within: Span) -> Vec<Token> {
        match self {
            Dialect::Jekyll => tokens::read(text, within),
            Dialect::JavaScript(_) => javascript::tokens(text, within),
        }
    }

    /// Whether an `end…` closes a tag.
    pub(super) fn is_block(self, name: &str) -> bool {
        match self {
            Dialect::Jekyll => BLOCKS.contains(&name),
            Dialect::JavaScript(known) => known.is_block(name),
        }
    }

    /// Whether a tag stands alone.
    pub(super) fn is_single(self, name: &str) -> bool {
        match self {
            Dialect::Jekyll => TAGS.contains(&name),
            Dialect::JavaScript(known) => known.is_single(name),
        }
    }

    /// The end of `raw` in a token.
    pub(super) fn raw_end(self, text: &str, token: &Token) -> Option<(Span, Span)> {
        match (self, &token.shape) {
            (Dialect::Jekyll, _) => tokens::closing_in(text, token, "endraw"),
            (Dialect::JavaScript(_), tokens::Shape::Tag(name, _)) => {
                (&text[*name] == "endraw").then_some((token.span, *name))
            }
            _ => None,
        }
    }

    /// What is wrong with what stands between the braces of an output: where, from its start, and what.
    pub(super) fn refused(self, markup: &str) -> Vec<(Span, What)> {
        match self {
            Dialect::Jekyll => syntax::refused(markup, expression::output(markup)).into_iter().collect(),
            Dialect::JavaScript(known) => javascript::refused(markup, known),
        }
    }

    /// What is wrong with the words behind the name of a tag: where, from their start, and what.
    pub(super) fn check(self, name: &str, markup: &str) -> Vec<(Span, What)> {
        match self {
            Dialect::Jekyll => syntax::check(name, markup).into_iter().collect(),
            Dialect::JavaScript(known) => javascript::check(name, markup, known),
        }
    }
}
