//! A `PostgreSQL` for one run: its own folder, its own port on this machine alone. It ends with us, however that
//! comes about; its folder is taken away when the run ends as it should.
//!
//! `PostgreSQL` refuses to run as root; there it runs as its own user or as nobody.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::fs::chown,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    house::{output, say, timed, works},
    setup::postgres_folder,
};

/// A server that ends when this is dropped.
pub(super) struct Postgres {
    url: String,
    running: Option<Running>,
}

struct Running {
    child: Child,
    folder: PathBuf,
}

/// Whom it runs as, where we are root.
type User = Option<(u32, u32)>;

impl Postgres {
    /// Starts one; or takes the one that `ALONGSIDE_TEST_POSTGRES` names.
    pub(super) fn start() -> Result<Self> {
        if let Ok(url) = env::var("ALONGSIDE_TEST_POSTGRES") {
            return Ok(Self { url, running: None });
        }
        timed("PostgreSQL", || {
            let programs = postgres_folder().context("PostgreSQL is missing")?;
            let user = user()?;
            let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
            let folder = env::temp_dir().join(format!("alongside-postgres-{}", std::process::id()));
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir(&folder)?;
            if let Some((uid, gid)) = user {
                chown(&folder, Some(uid), Some(gid))?;
            }
            let child = serve(&programs, &folder, port, user);
            if child.is_err() {
                let _ = fs::remove_dir_all(&folder);
            }
            let mut started =
                Self { url: format!("postgres://postgres@127.0.0.1:{port}/postgres"), running: Some(Running { child: child?, folder }) };
            started.wait(&programs, port)?;
            Ok(started)
        })
    }

    /// Its address, with a database on which others may be made.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// How many databases tests have made on it.
    pub(super) fn databases(&self) -> Result<usize> {
        let psql = postgres_folder().context("PostgreSQL is missing")?.join("psql");
        let question = "select count(*) from pg_database where datname ~ '^t[0-9a-f]{16}$'";
        Ok(output(Command::new(psql).arg(&self.url).args(["-X", "-A", "-t", "-c", question]))?.trim().parse()?)
    }

    fn wait(&mut self, programs: &Path, port: u16) -> Result<()> {
        for _ in 0..300 {
            if works(Command::new(programs.join("pg_isready")).args(["-q", "-h", "127.0.0.1", "-p", &port.to_string()])) {
                return Ok(());
            }
            if let Some(running) = &mut self.running
                && let Some(status) = running.child.try_wait()?
            {
                let log = fs::read_to_string(running.folder.join("log")).unwrap_or_default();
                bail!("PostgreSQL ended at once ({status}): {}", log.trim());
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("PostgreSQL does not answer on port {port}")
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        let Some(running) = &mut self.running else { return };
        // An interrupt makes it end its connections and go.
        if !works(Command::new("kill").args(["-INT", &running.child.id().to_string()])) {
            let _ = running.child.kill();
        }
        if running.child.wait().is_err() {
            say("PostgreSQL did not end as it should");
        }
        let _ = fs::remove_dir_all(&running.folder);
    }
}

fn serve(programs: &Path, folder: &Path, port: u16, user: User) -> Result<Child> {
    let data = folder.join("data");
    let mut make = as_user(&programs.join("initdb"), user);
    make.current_dir(folder).arg("-D").arg(&data).args([
        "--auth=trust",
        "--username=postgres",
        "--encoding=UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    let made = make.stdout(Stdio::null()).output().context("cannot start initdb")?;
    ensure!(made.status.success(), "initdb did not go well: {}", String::from_utf8_lossy(&made.stderr).trim());
    let mut serve = as_user(&programs.join("postgres"), user);
    serve.current_dir(folder).arg("-D").arg(&data).args(["-p", &port.to_string(), "-k"]).arg(folder);
    // Nothing here has to outlive a power cut.
    for setting in ["listen_addresses=127.0.0.1", "max_connections=300", "fsync=off", "synchronous_commit=off", "full_page_writes=off"] {
        serve.args(["-c", setting]);
    }
    let log = fs::File::create(folder.join("log"))?;
    serve.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log).spawn().context("cannot start postgres")
}

/// The program as that user, told to end when we do, however that comes about.
fn as_user(program: &Path, user: User) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]);
    if let Some((uid, gid)) = user {
        command.arg(format!("--reuid={uid}")).arg(format!("--regid={gid}")).arg("--clear-groups");
    }
    command.arg("--").arg(program);
    command
}

/// As root: the user `postgres`, or `nobody`. Otherwise ourselves.
fn user() -> Result<User> {
    if output(Command::new("id").arg("-u"))?.trim() != "0" {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let ids = |name: &str| {
        let mut fields = users.lines().find(|line| line.split(':').next() == Some(name))?.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    ids("postgres")
        .or_else(|| ids("nobody"))
        .context("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")
        .map(Some)
}
