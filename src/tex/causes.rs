//! Of several faults, those that the others follow from: one slip is told once.

use super::fault::{Fault, FaultKind};

/// The faults, in their order, without those that go when another is repaired.
pub(super) fn causes(mut faults: Vec<Fault>) -> Vec<Fault> {
    if faults.len() > 1 {
        without_misspelled_partners(&mut faults);
        pair(&mut faults, |kind| *kind == FaultKind::UnclosedBrace, |kind| *kind == FaultKind::StrayBrace);
        without_fences_that_braces_cut(&mut faults);
        pair(&mut faults, is_unclosed_left, is_stray_right);
        without_stray_ampersands(&mut faults);
        without_swallowed_text(&mut faults);
        without_overlaps(&mut faults);
    }
    faults
}

fn is_unclosed_left(kind: &FaultKind) -> bool {
    matches!(kind, FaultKind::UnclosedLeft(_))
}

fn is_stray_right(kind: &FaultKind) -> bool {
    matches!(kind, FaultKind::StrayRight(_))
}

/// Where `\left` is misspelled, its `\right` is none too many; so are other pairs.
fn without_misspelled_partners(faults: &mut Vec<Fault>) {
    let meant = |command: &str| {
        let is_meant = |fault: &Fault| fault.suggestion.as_ref().is_some_and(|meant| meant.replacement == command);
        faults.iter().any(|fault| fault.is_unknown_command() && is_meant(fault))
    };
    let [left, right, begin, end] = ["\\left", "\\right", "\\begin", "\\end"].map(meant);
    faults.retain(|fault| match fault.kind {
        FaultKind::StrayRight(_) => !left,
        FaultKind::UnclosedLeft(_) => !right,
        FaultKind::StrayEnd(_) | FaultKind::StrayAmpersand => !begin,
        FaultKind::UnclosedEnvironment(_) => !end,
        _ => true,
    });
}

/// What opens and does not close, and what closes and did not open behind it, are one fault.
fn pair(faults: &mut Vec<Fault>, opens: impl Fn(&FaultKind) -> bool, closes: impl Fn(&FaultKind) -> bool) {
    let mut open = None;
    let mut at = 0;
    while at < faults.len() {
        if opens(&faults[at].kind) {
            open = Some(at);
        } else if let Some(open) = open.take_if(|_| closes(&faults[at].kind)) {
            let close = faults.remove(at);
            faults[open].partner = Some((close.span, "this one stands in another group".into()));
            continue;
        }
        at += 1;
    }
}

/// A brace too much ends the group around a fence before its `\right`.
fn without_fences_that_braces_cut(faults: &mut Vec<Fault>) {
    let has = |test: &dyn Fn(&FaultKind) -> bool| faults.iter().any(|fault| test(&fault.kind));
    if has(&|kind| *kind == FaultKind::StrayBrace) && has(&is_unclosed_left) && has(&is_stray_right) {
        faults.retain(|fault| !is_unclosed_left(&fault.kind) && !is_stray_right(&fault.kind));
    }
}

/// One `&` speaks for all of them, and none is at fault where the table around it is broken.
fn without_stray_ampersands(faults: &mut Vec<Fault>) {
    let breaks_table = |fault: &Fault| {
        use FaultKind::*;
        matches!(
            fault.kind,
            UnclosedBrace
                | StrayBrace
                | UnclosedLeft(_)
                | StrayEnd(_)
                | UnclosedEnvironment(_)
                | MismatchedEnvironment { .. }
        )
    };
    let mut is_told = faults.iter().any(breaks_table);
    faults.retain(|fault| fault.kind != FaultKind::StrayAmpersand || !std::mem::replace(&mut is_told, true));
}

/// Text that does not end holds math that was meant to stand behind it.
fn without_swallowed_text(faults: &mut Vec<Fault>) {
    use FaultKind::*;
    let mut is_open = false;
    faults.retain(|fault| {
        is_open |= fault.kind == UnclosedBrace;
        !is_open || !matches!(fault.kind, MathInText(_) | ScriptInText(_))
    });
}

/// A fault at the end of another is part of it.
fn without_overlaps(faults: &mut Vec<Fault>) {
    let mut end = None;
    faults.retain(|fault| {
        let is_part = end == Some(fault.span.end) && !fault.is_unknown_command();
        end = Some(fault.span.end);
        !is_part
    });
}
