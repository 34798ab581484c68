//! What of a finding stays the same while a post is worked on: so findings that are known are told from new ones.

#![allow(dead_code, reason = "reports and `check` are about to ask for keys")]

mod key;

#[allow(unused_imports, reason = "the same")]
pub(crate) use key::{Key, fingerprints};
