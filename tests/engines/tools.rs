//! Where engines are that no system has: below the folder that `ENGINES` names, or `target/record`, as
//! `tests/record/README.md` fills it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder with programs in `bin` and packages of npm in `node_modules`.
pub fn folder() -> PathBuf {
    match env::var_os("ENGINES") {
        Some(folder) => folder.into(),
        None => Path::new(env!("CARGO_MANIFEST_DIR")).join("target/record"),
    }
}

/// A program: what the variable of its name in capitals says, or that of the folder, or of the PATH.
pub fn program(name: &str) -> Option<PathBuf> {
    let own = env::var_os(name.to_uppercase()).map(PathBuf::from);
    let candidates = [own, Some(folder().join("bin").join(name)), Some(name.into())];
    let runs = |program: &PathBuf| Command::new(program).arg("version").output().is_ok_and(|ran| ran.status.success());
    candidates.into_iter().flatten().find(runs)
}
