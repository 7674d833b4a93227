//! HTTP/1.1 over one connection that is kept, as plain as a load generator wants it: no redirects, no
//! compression, no pool.

use anyhow::{Context as _, Result, bail};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

/// One connection.
pub(crate) struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The value of a header.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    pub(crate) async fn connect(address: &str) -> Result<Self> {
        let stream = TcpStream::connect(address).await.with_context(|| format!("cannot connect to {address}"))?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(64 * 1024) })
    }

    /// Asks for a page.
    pub(crate) async fn get(&mut self, path: &str, cookie: Option<&str>) -> Result<Answer> {
        let request = get(path, cookie);
        let (status, head, body) = self.exchange(&request).await?;
        let answer = Answer {
            status,
            head: String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).into_owned(),
            body: self.buffer.get(head..body).unwrap_or_default().to_vec(),
        };
        Ok(answer)
    }

    /// Sends a form.
    pub(crate) async fn post(&mut self, path: &str, cookie: Option<&str>, form: &str) -> Result<Answer> {
        let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: bench\r\n{cookie}content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            form.len()
        );
        let (status, head, _) = self.exchange(request.as_bytes()).await?;
        Ok(Answer { status, head: String::from_utf8_lossy(self.buffer.get(..head).unwrap_or_default()).into_owned(), body: Vec::new() })
    }

    /// Writes a request and reads the answer to its end. Answers the status, where the head ends and where
    /// the body ends in the buffer.
    pub(crate) async fn exchange(&mut self, request: &[u8]) -> Result<(u16, usize, usize)> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.fill().await?;
            if let Some(end) = self.buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let text = std::str::from_utf8(self.buffer.get(..head).unwrap_or_default())?;
        let status = text.split(' ').nth(1).and_then(|word| word.parse().ok()).context("the answer has no status")?;
        let length = text.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            key.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().ok())?
        });
        let length = match length {
            Some(length) => length,
            None if status == 204 || status == 304 => 0,
            None => bail!("the answer does not say how long it is"),
        };
        while self.buffer.len() < head + length {
            self.fill().await?;
        }
        Ok((status, head, head + length))
    }

    async fn fill(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the connection was closed");
        }
        Ok(())
    }
}

/// The bytes of a request for a page.
pub(crate) fn get(path: &str, cookie: Option<&str>) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nhost: bench\r\n{cookie}\r\n").into_bytes()
}
