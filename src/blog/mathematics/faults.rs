//! What the math engine of a site stumbles over in a post, at its place in the file.

use super::{Engine, Mathematics};
use crate::markdown::mapped_text::MappedText;
use crate::tex::{self, Dialect, FaultKind, Macros, Reference, validate};
use crate::text::Span;

/// A fault of a formula, and the bytes of the file that stand for it.
#[derive(Debug)]
pub(crate) struct Fault {
    /// What is wrong.
    pub fault: tex::Fault,
    /// Its bytes in the file.
    pub span: Span,
    /// Those of the second place that belongs to it.
    pub partner: Option<Span>,
    /// Whether the same bytes stand in the file and in the formula, so that a suggestion fits both.
    pub is_verbatim: bool,
}

impl Mathematics {
    /// The faults of formulas, which are in the order of the page and each come with whether they are set as a display.
    ///
    /// Where the engine is not known, only what all of them stumble over; where the site may define commands that are
    /// not seen, no unknown command but one that looks like a slip. MathJax also reads references in running text.
    pub(crate) fn faults<'c>(
        &self,
        text: &str,
        formulas: impl Iterator<Item = (&'c MappedText<'c>, bool)>,
        in_text: &'c [(MappedText<'c>, Reference)],
    ) -> Vec<Fault> {
        let Some(mut readings) = self.readings() else { return Vec::new() };
        let (mut found, mut references) = (Vec::new(), Vec::new());
        for (tex, display) in formulas {
            let mut read = readings.iter_mut().map(|(dialect, macros)| validate(tex.text(), display, dialect, macros));
            let mut faults = read.next().unwrap_or_default();
            for others in read {
                faults.retain(|fault| others.iter().any(|other| is_same(fault, other)));
            }
            faults.retain(|fault| {
                let may_be_told = fault.suggestion.is_some() && !self.hides_macros;
                self.knows_macros || !fault.is_unknown_command() || may_be_told
            });
            found.extend(faults.into_iter().map(|fault| placed(fault, tex, text)));
            if let [(_, macros)] = &mut readings[..] {
                references.extend(macros.take_references().into_iter().map(|reference| (tex, reference)));
            }
        }
        if let [(_, macros)] = &readings[..] {
            let is_read = self.engine != Some(Engine::Katex);
            let in_text = in_text.iter().filter(|_| is_read).map(|(tex, reference)| (tex, reference.clone()));
            let is_lost = |label: &str| !macros.has_label(label) && !is_written(text, label);
            let lost = references.into_iter().chain(in_text).filter(|(_, to)| is_lost(&to.label));
            found.extend(lost.map(|(tex, Reference { command, label, span })| {
                let kind = FaultKind::UnknownLabel { command, label };
                placed(tex::Fault { kind, span, partner: None, suggestion: None }, tex, text)
            }));
            found.sort_by_key(|fault| fault.span.start);
        }
        found
    }

    /// Whether every engine that may set it stumbles over a formula.
    pub(crate) fn refuses(&self, tex: &str, display: bool) -> bool {
        self.judges(tex, display, true)
    }

    /// Whether no engine that may set it stumbles over a formula.
    pub(crate) fn accepts(&self, tex: &str, display: bool) -> bool {
        self.judges(tex, display, false)
    }

    fn judges(&self, tex: &str, display: bool, stumbles: bool) -> bool {
        let Some(readings) = self.readings() else { return false };
        let verdict =
            |(dialect, mut macros): (Dialect, Macros)| validate(tex, display, &dialect, &mut macros).is_empty();
        readings.into_iter().all(|reading| verdict(reading) != stumbles)
    }

    /// Each engine that may set the formulas, with what it was told; `None` where the site has none.
    fn readings(&self) -> Option<Vec<(Dialect, Macros)>> {
        let engines = match self.engine {
            Some(Engine::Absent) => return None,
            Some(Engine::Katex) => vec![tex::Engine::Katex],
            Some(Engine::MathJax(2)) => vec![tex::Engine::MathJax2],
            Some(Engine::MathJax(3)) => vec![tex::Engine::MathJax3],
            Some(Engine::MathJax(_)) => vec![tex::Engine::MathJax4],
            None => vec![tex::Engine::MathJax3, tex::Engine::MathJax4, tex::Engine::Katex],
        };
        let mut macros = Macros::default();
        for (name, arity) in &self.macros {
            macros.insert(name, usize::from(*arity));
        }
        Some(engines.into_iter().map(|engine| (self.dialect(engine), macros.clone())).collect())
    }

    fn dialect(&self, engine: tex::Engine) -> Dialect {
        let mut dialect = Dialect::of(engine);
        dialect.version = self.katex.map(|(version, _)| version);
        dialect.mhchem = self.extensions.contains("mhchem");
        dialect.physics = self.extensions.contains("physics");
        dialect.textmacros |= self.extensions.contains("textmacros");
        dialect.keeps_definitions = self.keeps_definitions;
        for package in &self.extensions {
            dialect.packages.load(package);
        }
        dialect
    }
}

/// Whether a text has a label, be it in a formula that is not read, or may have any, by a macro.
fn is_written(text: &str, label: &str) -> bool {
    let labels = || text.split("\\label{").skip(1).filter_map(|rest| rest.split('}').next());
    labels().any(|written| written.trim() == label || written.contains('#'))
}

/// Whether two engines stumble over the same: they name their own in what they say of it.
fn is_same(one: &tex::Fault, other: &tex::Fault) -> bool {
    one.span == other.span && std::mem::discriminant(&one.kind) == std::mem::discriminant(&other.kind)
}

fn placed(fault: tex::Fault, tex: &MappedText, text: &str) -> Fault {
    let span = tex.span(fault.span);
    let partner = fault.partner.as_ref().map(|(span, _)| tex.span(*span));
    let is_verbatim = text.get(span.range()) == tex.text().get(fault.span.range());
    Fault { fault, span, partner, is_verbatim }
}
