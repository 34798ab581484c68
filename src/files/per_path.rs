//! What is known of each path.

use std::sync::{Arc, PoisonError, RwLock};

use foldhash::HashMap;

/// Threads that ask at the same time seldom wait for each other.
const SHARDS: usize = 16;

/// Something for each path, shared by all that ask for it, at the same time or one after another.
#[derive(Debug)]
pub(crate) struct PerPath<T> {
    shards: [RwLock<HashMap<Box<str>, Arc<T>>>; SHARDS],
}

impl<T> Default for PerPath<T> {
    fn default() -> Self {
        PerPath { shards: Default::default() }
    }
}

impl<T: Default> PerPath<T> {
    /// What belongs to a path.
    pub(crate) fn of(&self, path: &str) -> Arc<T> {
        // The names of neighbours differ at their ends.
        let end =
            path.bytes().rev().take(8).fold(path.len(), |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into()));
        let shard = &self.shards[end % SHARDS];
        if let Some(known) = shard.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return known.clone();
        }
        shard.write().unwrap_or_else(PoisonError::into_inner).entry(path.into()).or_default().clone()
    }
}
