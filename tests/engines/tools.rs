//! Where engines are that no system has: below the folder that `ENGINES` names, or `target/record`, as
//! `tests/record/README.md` fills it.

use std::env;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

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

/// What a script says to questions, in JSON; `None` where nothing runs it.
pub fn script(program: &str, arguments: &[&OsStr], questions: &impl serde::Serialize) -> Option<Value> {
    let mut command = Command::new(program);
    command.args(arguments).envs([("LC_ALL", "C.UTF-8"), ("TZ", "UTC")]).env("ENGINES", folder());
    let mut running = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut input = running.stdin.take().expect("its standard input");
    let json = serde_json::to_vec(questions).expect("JSON");
    let writer = std::thread::spawn(move || input.write_all(&json));
    let said = running.wait_with_output().expect("it ends");
    writer.join().expect("a thread").ok()?;
    Some(serde_json::from_slice(&said.stdout).unwrap_or_else(|error| panic!("{program} {arguments:?}: {error}")))
}
