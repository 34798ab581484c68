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
        && Edits::default().between(&lower(written).collect::<Vec<_>>(), &lower(meant).collect::<Vec<_>>(), 1).is_some()
}

/// Whether two names have the same digits in the same order: names that differ in a number are different on purpose.
pub(crate) fn have_same_digits(one: &str, other: &str) -> bool {
    let digits = |name: &str| -> Vec<u8> { name.bytes().filter(u8::is_ascii_digit).collect() };
    digits(one) == digits(other)
}

/// Longer names are nobody's slips.
const LONGEST: usize = 512;

/// The name that was probably meant: the nearest by edits (a swap of neighbours is one), at most about a third of its length.
pub(crate) fn nearest<'n>(wrong: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let characters = wrong.chars().count();
    let most = ((characters + 1) / 3).min(3);
    if most == 0 || characters > LONGEST {
        return None;
    }
    let letters: Vec<char> = lower(wrong).collect();
    let (bag, mut edits, mut other) = (bag(lower(wrong)), Edits::default(), Vec::new());
    let near = names.into_iter().filter(|name| {
        name.len().abs_diff(wrong.len()) <= 3 * most && (self::bag(lower(name)) ^ bag).count_ones() <= 2 * most as u32
    });
    let near = near.filter_map(|name| {
        other.clear();
        other.extend(lower(name));
        Some((edits.between(&letters, &other, most)?, name))
    });
    near.min().map(|(_, name)| name)
}

fn lower(name: &str) -> impl Iterator<Item = char> + '_ {
    name.chars().flat_map(char::to_lowercase)
}

/// The characters of a name as bits: an edit changes at most two of them.
fn bag(letters: impl Iterator<Item = char>) -> u64 {
    letters.fold(0, |bag, letter| bag | 1 << ((letter as u32).wrapping_mul(0x9e37_79b1) >> 26))
}

/// What counts edits: the last rows of a table of them.
#[derive(Default)]
pub(crate) struct Edits([Vec<usize>; 3]);

impl Edits {
    /// The fewest edits from one name to another, if no more than so many are needed: a swap of neighbours is one, and no
    /// place is edited twice.
    pub(crate) fn between(&mut self, one: &[char], other: &[char], most: usize) -> Option<usize> {
        if one.len().abs_diff(other.len()) > most {
            return None;
        }
        let far = most + 1;
        let [before, last, row] = &mut self.0;
        for cells in [&mut *before, &mut *last, &mut *row] {
            cells.clear();
            cells.resize(other.len() + 2, far);
        }
        last.iter_mut().take(far).enumerate().for_each(|(at, cell)| *cell = at);
        for i in 1..=one.len() {
            // What is further from the diagonal needs more edits.
            let (from, to) = (i.saturating_sub(most).max(1), (i + most).min(other.len()));
            row[from - 1] = if from == 1 { i.min(far) } else { far };
            let mut fewest = row[from - 1];
            for j in from..=to {
                let is_same = one[i - 1] == other[j - 1];
                let mut edits = (last[j - 1] + usize::from(!is_same)).min(last[j] + 1).min(row[j - 1] + 1);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    edits = edits.min(before[j - 2] + 1);
                }
                row[j] = edits.min(far);
                fewest = fewest.min(edits);
            }
            row[to + 1] = far;
            if fewest > most {
                return None;
            }
            std::mem::swap(before, last);
            std::mem::swap(last, row);
        }
        Some(last[other.len()]).filter(|edits| *edits <= most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By the whole table.
    fn edits(one: &[char], other: &[char]) -> usize {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                table[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let cost = usize::from(one[i - 1] != other[j - 1]);
                    let swap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                    let swapped = if swap { table[i - 2][j - 2] + 1 } else { usize::MAX };
                    (table[i - 1][j - 1] + cost).min(table[i - 1][j] + 1).min(table[i][j - 1] + 1).min(swapped)
                };
            }
        }
        table[one.len()][other.len()]
    }

    #[test]
    fn edits_near_the_diagonal_are_those_of_the_whole_table() {
        let (mut chance, mut counted, mut near) = (1_u32, Edits::default(), 0);
        let mut name = || {
            let mut next = |most: u32| {
                chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (chance >> 16) % most
            };
            (0..next(8)).map(|_| ['a', 'b', '가'][next(3) as usize]).collect::<Vec<char>>()
        };
        for _ in 0..20_000 {
            let (one, other) = (name(), name());
            let fewest = edits(&one, &other);
            for most in 1..4 {
                let found = counted.between(&one, &other, most);
                assert_eq!(found, Some(fewest).filter(|edits| *edits <= most), "{one:?} {other:?} {most}");
                near += usize::from(found.is_some());
            }
            let bags = bag(one.iter().copied()) ^ bag(other.iter().copied());
            assert!(bags.count_ones() as usize <= 2 * fewest, "{one:?} {other:?}");
        }
        assert!(near > 1_000);
    }
}
