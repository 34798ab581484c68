//! Numbers that are the same in every run.

/// Throws numbers.
pub struct Dice(u64);

impl Dice {
    /// What is thrown follows from the seed.
    pub fn new(seed: u64) -> Self {
        let mut dice = Dice(seed ^ 0x9e37_79b9_7f4a_7c15);
        // Seeds that are near to each other begin alike.
        for _ in 0..4 {
            dice.below(2);
        }
        dice
    }

    /// A number from 0 on.
    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
        ((mixed >> 33) as usize) % most.max(1)
    }

    /// True once in so many times.
    pub fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// One of a list.
    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Several texts that a part of the grammar makes, one after the other.
    pub fn several(&mut self, least: usize, most: usize, mut make: impl FnMut(&mut Dice) -> String) -> Vec<String> {
        (0..least + self.below(most - least + 1)).map(|_| make(self)).collect()
    }
}
