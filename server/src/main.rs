//! `alongside`: see `alongside --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    server::cli::main()
}
