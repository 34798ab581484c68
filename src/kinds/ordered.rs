//! A mapping that keeps the order in which it was written, and what of a text is in such an order.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

/// Names and values in the order of the file.
#[derive(Debug, Clone)]
pub struct Ordered<V>(Vec<(String, V)>);

impl<V> Default for Ordered<V> {
    fn default() -> Self {
        Ordered(Vec::new())
    }
}

impl<V> Ordered<V> {
    /// The entries in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(String, V)> {
        self.0.iter()
    }

    /// The value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&V> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }
}

impl<V: Clone> Ordered<V> {
    /// These entries, then those of another mapping whose names are new.
    pub(crate) fn over(mut self, below: &Self) -> Self {
        let new = below.0.iter().filter(|(name, _)| self.get(name).is_none()).cloned().collect::<Vec<_>>();
        self.0.extend(new);
        self
    }
}

/// The longest run of items whose ranks rise, or stay where an item repeats. What is not in it is out of order, and no
/// smaller choice would do. Patience sorting, for a post may have very many.
pub(crate) fn longest_in_order<T>(
    items: &[T],
    rank: impl Fn(&T) -> usize,
    repeats: impl Fn(&T) -> bool,
) -> impl Iterator<Item = &T> {
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(items.len());
    for (index, next) in items.iter().enumerate() {
        let precedes = |&tail: &usize| rank(&items[tail]) < rank(next) + usize::from(repeats(next));
        let place = tails.partition_point(precedes);
        before.push(place.checked_sub(1).map(|place| tails[place]));
        match tails.get_mut(place) {
            // Of two equal ones the first stays.
            Some(tail) if rank(&items[*tail]) == rank(next) => {}
            Some(tail) => *tail = index,
            None => tails.push(index),
        }
    }
    let mut run: Vec<usize> = std::iter::successors(tails.last().copied(), |&index| before[index]).collect();
    run.reverse();
    run.into_iter().map(|index| &items[index])
}

/// A type of values that a mapping can show an example of to who writes something else.
pub(crate) trait Exemplary {
    /// A mapping with a value of this type, as it is written on one line.
    const EXAMPLE: &str;
}

impl Exemplary for String {
    const EXAMPLE: &str = "{layout: post}";
}

impl<'de, V: Deserialize<'de> + Exemplary> Deserialize<'de> for Ordered<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<V>(PhantomData<V>);

        impl<'de, V: Deserialize<'de> + Exemplary> Visitor<'de> for Entries<V> {
            type Value = Ordered<V>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                write!(f, "a mapping such as `{}`", V::EXAMPLE)
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Ordered::default())
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_any(Entries(PhantomData))
    }
}
