//! Names of a table, found by their text.

use super::Row;

/// Names with what the engines make of each. A hash table of its own: the usual one takes longer to fill than to use.
#[derive(Debug)]
pub(in crate::tex) struct Names {
    rows: Vec<(&'static str, Row)>,
    /// For each hash the place in `rows`, from 1 on; a taken place leads to the next.
    slots: Vec<u16>,
}

impl Names {
    /// Room for a number of names, which must be below the power of two.
    pub(super) fn with_slots(power: u32) -> Self {
        Names { rows: Vec::with_capacity(1 << (power - 1)), slots: vec![0; 1 << power] }
    }

    pub(super) fn insert(&mut self, name: &'static str, row: Row) {
        let slot = self.slot(name);
        self.rows.push((name, row));
        self.slots[slot] = self.rows.len() as u16;
    }

    /// What the engines make of a name.
    pub(in crate::tex) fn get(&self, name: &str) -> Option<&Row> {
        let place = self.slots[self.slot(name)];
        (place != 0).then(|| &self.rows[usize::from(place) - 1].1)
    }

    /// All names, in the order of the table.
    pub(in crate::tex) fn iter(&self) -> impl Iterator<Item = (&'static str, &Row)> {
        self.rows.iter().map(|(name, row)| (*name, row))
    }

    /// Where a name is, or could be.
    fn slot(&self, name: &str) -> usize {
        let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        let mut slot = hash as usize & (self.slots.len() - 1);
        while self.slots[slot] != 0 && self.rows[usize::from(self.slots[slot]) - 1].0 != name {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }
}
