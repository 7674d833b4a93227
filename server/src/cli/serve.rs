//! `alongside serve`

use std::{net::SocketAddr, path::Path, sync::Arc};

use app::site::{App, Site};
use domain::{Clock, Platform, credentials::Issuer, curriculum};
use jiff::tz::TimeZone;
use tokio::{net::TcpListener, sync::watch};

use super::{Refused, content, open, say, tell};
use crate::{
    config::Serve,
    http::{Limits, assets, router},
    mail::Mailer,
    worker::Worker,
};

/// Runs the site until it is told to stop.
pub(crate) async fn serve(options: Serve) -> Result<(), Refused> {
    if options.demo && !options.addr.ip().is_loopback() {
        return Err(Refused::Unclear(
            "--demo is for this machine only: leave --addr away, or name a loopback address such as 127.0.0.1:3000".to_owned(),
        ));
    }
    let zone = TimeZone::get(&options.time_zone)
        .map_err(|_| Refused::Unclear(format!("{} is not a time zone we know; America/Chicago is one", options.time_zone)))?;
    open::writable(&options.data.data_dir)?;
    let platform = open::platform(&options.data).await?;
    let listener = listen(options.addr).await?;
    let address = listener.local_addr()?;
    let public_url = options.public_url.clone().unwrap_or_else(|| format!("http://{address}"));
    publish(&platform, &options.content).await?;
    let issuer = Issuer::open(&platform, &public_url, &options.organization, options.keys()).await?;
    let site = Arc::new(Site {
        public_url: public_url.trim_end_matches('/').to_owned(),
        organization: options.organization.clone(),
        zone,
        assets: assets::manifest(),
        demo_outbox: options.demo.then(|| options.outbox()),
    });
    let mailer = match &options.smtp_url {
        Some(url) => Mailer::smtp(url, &options.mail_from),
        None => Mailer::outbox(options.outbox(), &options.mail_from),
    }
    .map_err(Refused::Unclear)?;

    let (stop, stopping) = watch::channel(false);
    let worker = Worker { platform: platform.clone(), issuer: issuer.clone(), site: site.clone(), mailer };
    let working = tokio::spawn(worker.run(stopping));
    let limits = Limits::new(options.rate_limit, options.trusted_proxies.clone(), Clock::System);
    let service = router::router(App { platform, issuer, site: site.clone() }, limits).into_make_service_with_connect_info::<SocketAddr>();
    say(&format!("Alongside is at {}", site.public_url));
    axum::serve(listener, service).with_graceful_shutdown(asked_to_stop()).await?;
    stop.send_replace(true);
    // The worker ends with the job it has.
    let _ = working.await;
    Ok(())
}

/// Publishes what lies in the content folder. Where that cannot be, the old release goes on serving; a site
/// that never had one does not start.
async fn publish(platform: &Platform, folder: &Path) -> Result<(), Refused> {
    if let Err(findings) = content::publish(platform, folder).await? {
        let words = content::told(&findings);
        if curriculum::current(&platform.read()).await?.is_none() {
            return Err(Refused::No(words));
        }
        tell(&format!("{words}\nThe release from before goes on serving."));
    }
    Ok(())
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, Refused> {
    TcpListener::bind(addr).await.map_err(|error| {
        Refused::No(match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("another program listens on {addr}. Stop it, or choose another address with --addr"),
            _ => format!("cannot listen on {addr}: {error}"),
        })
    })
}

async fn asked_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    let terminate = async {
        if let Ok(mut signal) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            signal.recv().await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
