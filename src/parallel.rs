//! Work on all cores, for whoever asks.
#![allow(clippy::disallowed_methods, reason = "the way to all cores")]

use rayon::prelude::*;

/// What comes of each of some things, in their order.
///
/// A thread of the pool does all of it alone. While it waited for the others it might take up the next post, which may
/// ask for the very thing that is made here, such as what posts are used to: neither would ever come to an end.
pub(crate) fn of_each<'t, T: Sync, R: Send>(things: &'t [T], look: impl Fn(&'t T) -> R + Sync) -> Vec<R> {
    match rayon::current_thread_index() {
        None => things.par_iter().map(&look).collect(),
        Some(_) => things.iter().map(&look).collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::OnceLock;

    use super::*;

    /// Each item of a first list asks for what is made of a second one, as posts ask for what they all have in common.
    #[test]
    fn nothing_waits_for_itself() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(8).build().expect("threads");
        let few: Vec<u64> = (0..64).collect();
        for _ in 0..200 {
            let common: OnceLock<u64> = OnceLock::new();
            let slow = |number: &u64| (0..200).fold(*number, |sum, next| std::hint::black_box(sum ^ next));
            let of = |number: &u64| number + common.get_or_init(|| of_each(&few, slow).iter().sum());
            let all: Vec<u64> = pool.install(|| few.par_iter().map(of).collect());
            assert_eq!(all.len(), few.len());
        }
    }
}
