//! Names that were probably meant by others.

/// Whether a name is another one with a slip of the finger: one edit (a swap of neighbours is one), or upper for lower
/// case. Short names, plurals and names that differ in a number are too easily meant.
pub(crate) fn is_slip(written: &str, meant: &str) -> bool {
    const SHORTEST: usize = 4;
    let is_plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    let (length, other) = (written.chars().count(), meant.chars().count());
    // A letter of another script can have more of them in lower case, but no more than these.
    let most = if written.is_ascii() && meant.is_ascii() { 1 } else { 2 };
    length.abs_diff(other) <= most
        && length.min(other) >= SHORTEST
        && written != meant
        && !is_plural(written, meant)
        && !is_plural(meant, written)
        && have_same_digits(written, meant)
        && strsim::damerau_levenshtein(&written.to_lowercase(), &meant.to_lowercase()) <= 1
}

/// Whether two names have the same digits in the same order: names that differ in a number are different on purpose.
pub(crate) fn have_same_digits(one: &str, other: &str) -> bool {
    let digits = |name: &str| -> Vec<u8> { name.bytes().filter(u8::is_ascii_digit).collect() };
    digits(one) == digits(other)
}

/// The name that was probably meant: the nearest by edits (a swap of neighbours is one), at most about a third of its length.
pub(crate) fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let characters = wrong.chars().count();
    let most = ((characters + 1) / 3).min(3);
    let lower = wrong.to_lowercase();
    let distance = |name: &str| strsim::damerau_levenshtein(&lower, &name.to_lowercase());
    let near = names.into_iter().filter(|name| name.len().abs_diff(wrong.len()) <= 3 * most);
    near.map(|name| (distance(name), name)).filter(|(edits, _)| *edits <= most).min().map(|(_, name)| name)
}
