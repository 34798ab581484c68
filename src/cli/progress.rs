//! How far a long run has come, for those who watch it on a terminal.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// A run over posts.
#[derive(Debug, Default)]
pub(crate) struct Progress {
    done: AtomicUsize,
}

impl Progress {
    /// One more post is done.
    pub(crate) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Does the work, and says beside it how many of the posts are done: `checked 12 of 40 posts`.
    pub(crate) fn show<T: Send>(&self, verb: &str, count: usize, quiet: bool, work: impl FnOnce() -> T + Send) -> T {
        if quiet || !io::stderr().is_terminal() {
            return work();
        }
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let watcher = scope.spawn(|| self.watch(verb, count, &over));
            let result = work();
            over.store(true, Ordering::Relaxed);
            watcher.thread().unpark();
            result
        })
    }

    fn watch(&self, verb: &str, count: usize, over: &AtomicBool) {
        const PATIENCE: Duration = Duration::from_millis(500);
        const STEP: Duration = Duration::from_millis(100);
        std::thread::park_timeout(PATIENCE);
        let mut shown = false;
        while !over.load(Ordering::Relaxed) {
            let done = self.done.load(Ordering::Relaxed);
            shown = write!(io::stderr(), "\r{verb} {done} of {count} posts").is_ok();
            std::thread::park_timeout(STEP);
        }
        if shown {
            // The line is wiped; where that fails, nobody is looking.
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}
