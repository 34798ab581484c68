//! Arguments in, exit code out.

fn main() -> std::process::ExitCode {
    postlint::cli::run()
}
