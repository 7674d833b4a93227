//! Where things lie, how other programs are called, and what is said about it.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};

/// How things are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Quickly, to look at.
    Debug,
    /// Small and fast, to ship.
    Release,
}

impl Mode {
    /// The folder that cargo builds into.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// The folder of the checkout.
pub(crate) fn root() -> PathBuf {
    // Cargo says where it lies now; what was compiled in says where it lay then.
    let here = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).filter(|folder| folder.ends_with(".cargo/xtask"));
    let here = here.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")));
    here.ancestors().nth(2).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |folder| root().join(folder))
}

/// What belongs to this checkout alone, wherever cargo builds: the site, the demonstration's data, pictures.
pub(crate) fn own_target() -> PathBuf {
    root().join("target")
}

/// The program, built like this.
pub(crate) fn program(mode: Mode) -> PathBuf {
    target().join(mode.folder()).join("alongside")
}

/// Says what is being done.
pub(crate) fn say(words: impl std::fmt::Display) {
    eprintln!("xtask: {words}");
}

/// Does something and says how long it took, where that was long enough to wonder.
pub(crate) fn timed<T>(what: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    let done = act()?;
    if start.elapsed() > Duration::from_millis(200) {
        say(format_args!("{what} took {}", seconds(start.elapsed())));
    }
    Ok(done)
}

/// `3.2 s`, or `4 min 12 s`.
pub(crate) fn seconds(time: Duration) -> String {
    let whole = time.as_secs();
    if whole < 60 { format!("{:.1} s", time.as_secs_f64()) } else { format!("{} min {} s", whole / 60, whole % 60) }
}

/// Runs a program to its end; its words go where ours go.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start {}", name(command)))?;
    ensure!(status.success(), "{} did not go well ({status})", line(command));
    Ok(())
}

/// Runs a program to its end and takes what it writes.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let done = command.stderr(Stdio::inherit()).output().with_context(|| format!("cannot start {}", name(command)))?;
    ensure!(done.status.success(), "{} did not go well ({})", line(command), done.status);
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Whether a program starts and says yes, without a word.
pub(crate) fn works(command: &mut Command) -> bool {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Where a program lies that is called by its name.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

/// The command as somebody would type it, without its paths.
fn line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    command.get_args().take(4).fold(program, |line, word| format!("{line} {}", word.to_string_lossy()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        assert_eq!(seconds(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(seconds(Duration::from_secs(252)), "4 min 12 s");
    }

    #[test]
    fn the_root_is_the_folder_of_the_workspace() {
        assert!(root().join("rust-toolchain.toml").exists());
    }
}
