//! Asks for one page over many connections at once, each as soon as the last answer is in.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};

use crate::client::{Client, get};

/// So many browsers at once.
pub(crate) const CONNECTIONS: usize = 32;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    /// `127.0.0.1:4000`
    pub(crate) address: String,
    /// The page.
    pub(crate) path: String,
    /// The session.
    pub(crate) cookie: Option<String>,
}

/// Requests a second over this time, after a second that does not count.
pub(crate) async fn rate(target: &Target, time: Duration) -> Result<f64> {
    run(target, Duration::from_secs(1)).await?;
    let start = Instant::now();
    let answers = run(target, time).await?;
    Ok(f64::from(answers) / start.elapsed().as_secs_f64())
}

async fn run(target: &Target, time: Duration) -> Result<u32> {
    let end = Instant::now() + time;
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        let target = target.clone();
        connections.push(tokio::spawn(async move { one(&target, end).await }));
    }
    let mut answers = 0;
    for connection in connections {
        answers += connection.await.context("a connection broke")??;
    }
    Ok(answers)
}

async fn one(target: &Target, end: Instant) -> Result<u32> {
    let mut client = Client::connect(&target.address).await?;
    let request = get(&target.path, target.cookie.as_deref());
    let mut answers = 0;
    while Instant::now() < end {
        let (status, _, _) = client.exchange(&request).await?;
        ensure!(status == 200, "{} answered {status}", target.path);
        answers += 1;
    }
    Ok(answers)
}
