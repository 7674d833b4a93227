//! `alongside`: see `alongside --help`.

use std::process::ExitCode;

/// Gives memory back that a password hash or a new release took for a moment, and is quicker with the many
/// small pieces of a page.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    server::cli::main()
}
