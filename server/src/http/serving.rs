//! Serving connections. axum's own loop waits for ever for the rest of a head, so that anybody could hold all
//! connections open with half a line in each.

use std::{io, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::net::TcpListener;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

/// How long a connection waits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    /// For the head of a request, and for the next request.
    pub(crate) head_time: Duration,
    /// For somebody to read on in an answer.
    pub(crate) write_time: Duration,
}

impl Default for Times {
    fn default() -> Self {
        Self { head_time: Duration::from_secs(30), write_time: Duration::from_mins(1) }
    }
}

/// Serves the site until `stop`, and then until those are done who are in the middle of a request. Whoever has not sent
/// the whole head of a request in time is cut off, and so is who does not read the answer.
pub(crate) async fn serve(listener: TcpListener, site: Router, times: Times, stop: impl Future<Output = ()>) {
    let Times { head_time, write_time } = times;
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(head_time);
    let open = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        let (stream, from) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(error) => {
                    missed(&error).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // An answer is written whole, so nothing is gained by waiting for more of it.
        let _ = stream.set_nodelay(true);
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(write_time));
        let stream = Box::pin(stream);
        let service = site.clone().map_request(move |request| known(request, from));
        let connection = open.watch(http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service)));
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, %from, "a connection ended");
            }
        });
    }
    drop(listener);
    open.shutdown().await;
}

fn known(mut request: http::Request<Incoming>, from: SocketAddr) -> http::Request<Body> {
    request.extensions_mut().insert(ConnectInfo(from));
    request.map(Body::new)
}

/// Nobody could be let in. Where that is our own want, such as of file handles, it is no use to try again at once.
async fn missed(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::error!(%error, "a connection could not be taken");
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt as _, AsyncWriteExt as _},
        net::TcpStream,
        sync::oneshot,
    };

    use super::*;

    async fn answered(stream: &mut TcpStream) -> String {
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }

    #[tokio::test]
    async fn who_does_not_read_the_answer_holds_no_connection() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let site = Router::new().route("/", get(|| async { vec![b'x'; 64 << 20] }));
        let times = Times { write_time: Duration::from_millis(100), ..Times::default() };
        let serving = tokio::spawn(serve(listener, site, times, async move { stopped.await.unwrap() }));
        let mut deaf = TcpStream::connect(address).await.unwrap();
        deaf.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
        deaf.read_u8().await.unwrap();
        stop.send(()).unwrap();
        // It would wait for ever otherwise: a stop lets those end who are in the middle of an answer.
        tokio::time::timeout(Duration::from_secs(20), serving).await.expect("cut off").unwrap();
    }

    #[tokio::test]
    async fn half_a_head_holds_no_connection_and_a_stop_lets_a_request_end() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let (begun, begins) = oneshot::channel::<()>();
        let begun = std::sync::Arc::new(std::sync::Mutex::new(Some(begun)));
        let slow = move |ConnectInfo(from): ConnectInfo<SocketAddr>| async move {
            begun.lock().unwrap().take().unwrap().send(()).unwrap();
            tokio::time::sleep(Duration::from_millis(400)).await;
            from.ip().to_string()
        };
        let site = Router::new().route("/", get(slow));
        let serving =
            tokio::spawn(serve(listener, site, Times { head_time: Duration::from_millis(100), ..Times::default() }, async move {
                stopped.await.unwrap();
            }));

        let mut half = TcpStream::connect(address).await.unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nX-").await.unwrap();
        let told = answered(&mut half).await;
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");

        let mut whole = TcpStream::connect(address).await.unwrap();
        whole.write_all(b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n").await.unwrap();
        begins.await.unwrap();
        stop.send(()).unwrap();
        let told = answered(&mut whole).await;
        assert!(told.starts_with("HTTP/1.1 200") && told.ends_with("127.0.0.1"), "{told}");
        serving.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err(), "nobody is let in any more");
    }
}
