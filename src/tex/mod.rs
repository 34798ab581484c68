//! TeX as the engines of a page read it: what KaTeX or MathJax would stumble over, and where.
//!
//! [`validate`] reads a formula once, with the tables of one engine ([`tables`]), goes on behind each fault, and never
//! expands a macro: of what the author defines, only the number of arguments counts.

mod causes;
mod engines;
mod fault;
mod lexer;
mod macros;
mod parser;
mod slips;
mod suggestions;
mod tables;
#[cfg(test)]
mod tests;

pub use engines::{Dialect, Engine, KatexVersion, Packages};
pub use fault::{Fault, FaultKind, Suggestion};
pub use macros::Macros;
pub(crate) use macros::Reference;
pub(crate) use slips::has_tag;
pub use slips::{Slip, SlipKind, slips};

/// The faults of a formula, in the order of its bytes, without those that only follow from others.
///
/// `display` says whether the page sets it as a block. What the formula defines is added to the macros as far as the
/// engine lets later formulas see it. At most fifty faults are told, and what is nested deeper than a hundred levels is
/// not looked at.
pub fn validate(tex: &str, display: bool, dialect: &Dialect, macros: &mut Macros) -> Vec<Fault> {
    let mut faults = parser::Parser::new(tex, display, dialect, macros).faults();
    macros.end_formula();
    faults.sort_by_key(|fault| fault.span.start);
    causes::causes(faults)
}
