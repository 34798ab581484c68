//! What is known of each path.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, PoisonError, RwLock};

/// Threads that ask at the same time seldom wait for each other.
const SHARDS: usize = 16;

/// Something for each path, shared by all that ask for it, at the same time or one after another.
#[derive(Debug)]
pub struct PerPath<T> {
    shards: [RwLock<HashMap<Box<str>, Arc<T>>>; SHARDS],
    hasher: RandomState,
}

impl<T> Default for PerPath<T> {
    fn default() -> Self {
        PerPath { shards: Default::default(), hasher: RandomState::new() }
    }
}

impl<T: Default> PerPath<T> {
    /// What belongs to a path.
    pub fn of(&self, path: &str) -> Arc<T> {
        let shard = &self.shards[self.hasher.hash_one(path) as usize % SHARDS];
        if let Some(known) = shard.read().unwrap_or_else(PoisonError::into_inner).get(path) {
            return known.clone();
        }
        shard.write().unwrap_or_else(PoisonError::into_inner).entry(path.into()).or_default().clone()
    }
}
