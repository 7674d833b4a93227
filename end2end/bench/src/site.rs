//! The program, started with its demonstration, and a trainee who is signed in.

use std::{fs, path::Path, process::Stdio, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, BufReader},
    process::{Child, Command},
};

use crate::{client::Client, figures::Figures};

/// A running site. It ends when this is dropped.
pub(crate) struct Site {
    /// `127.0.0.1:4000`
    pub(crate) address: String,
    /// The trainee's cookie.
    pub(crate) trainee: String,
    child: Child,
}

impl Site {
    /// Fills fresh data with the demonstration, then starts it again as it is run for real, with those people
    /// and their work, and signs the trainee in.
    pub(crate) async fn start(program: &Path, data: &Path) -> Result<Self> {
        let _ = fs::remove_dir_all(data);
        fs::create_dir_all(data)?;
        let (mut filling, address) = serve(program, data, &["--demo", "--addr", "127.0.0.1:0"]).await?;
        let demo: Value =
            serde_json::from_str(&fs::read_to_string(data.join("demo.json")).context("the demonstration wrote no demo.json")?)?;
        filling.kill().await.context("the demonstration does not end")?;
        let (child, address) = serve(program, data, &["--addr", &address]).await?;
        let trainee = sign_in(&address, &demo).await?;
        Ok(Self { address, trainee, child })
    }

    /// What it holds in memory a while after the start, when one person has signed in.
    pub(crate) async fn memory(&self, figures: &mut Figures) -> Result<()> {
        tokio::time::sleep(Duration::from_secs(3)).await;
        let id = self.child.id().context("the program has ended")?;
        let status = fs::read_to_string(format!("/proc/{id}/status"))?;
        let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix("kB")?.trim().parse::<f64>().ok());
        figures.at_most(
            "idle memory of the server",
            kilobytes.context("the system does not say how much memory it holds")? / 1024.0,
            60.0,
            "MB",
        );
        Ok(())
    }
}

/// Starts the program and waits for its address.
async fn serve(program: &Path, data: &Path, words: &[&str]) -> Result<(Child, String)> {
    let mut command = Command::new(program);
    // What the shell says about a site that is run for real is not about this one.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ALONGSIDE_")) {
        command.env_remove(name);
    }
    command.arg("serve").args(words).arg("--data-dir").arg(data).env("ALONGSIDE_LOG", "warn");
    let mut child = command.stdout(Stdio::piped()).kill_on_drop(true).spawn().context("cannot start the program")?;
    let address = announced(child.stdout.take().context("the program says nothing")?).await?;
    Ok((child, address))
}

/// Waits for the line with the address; what follows it is read and thrown away.
pub(crate) async fn announced(stdout: impl AsyncRead + Unpin + Send + 'static) -> Result<String> {
    let mut lines = BufReader::new(stdout).lines();
    let found = tokio::time::timeout(Duration::from_mins(2), async {
        while let Some(line) = lines.next_line().await? {
            if let Some((_, address)) = line.split_once("http://") {
                return Ok(address.split(['/', ' ']).next().unwrap_or(address).to_owned());
            }
        }
        bail!("it ended before it named an address")
    });
    let address = found.await.context("it names no address")??;
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(address)
}

async fn sign_in(address: &str, demo: &Value) -> Result<String> {
    let signs_in = |entry: &&Value| entry.get("role").and_then(Value::as_str) == Some("trainee");
    let entry = demo
        .get("signIns")
        .and_then(Value::as_array)
        .and_then(|entries| entries.iter().find(signs_in))
        .context("the demonstration has no trainee")?;
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(encode).unwrap_or_default();
    let form = format!("email={}&password={}", text("email"), text("password"));
    let answer = Client::connect(address).await?.post("/login", None, &form).await?;
    ensure!(answer.status == 303, "signing in was answered with {}", answer.status);
    let cookie = answer.header("set-cookie").context("signing in set no cookie")?;
    Ok(cookie.split(';').next().unwrap_or(cookie).to_owned())
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
