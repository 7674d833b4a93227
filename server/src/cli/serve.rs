//! `alongside serve`

use std::{fs, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use app::site::{App, Site};
use axum::Router;
use domain::{
    Clock, Database, Platform,
    accounts::Actor,
    credentials::{Issuer, fixed_address},
    curriculum,
    jobs::{given_up, take_up},
};
use jiff::tz::TimeZone;
use serde_json::Value;
use tokio::{
    net::TcpListener,
    signal::unix::{Signal, SignalKind, signal},
    sync::watch,
};
use types::Moment;

use super::{Refused, content, jobs, open, say, tell};
use crate::{
    config::Serve,
    demo,
    http::{Limits, assets, router, serving},
    mail::Mailer,
    worker::Worker,
};

/// How long those who are in the middle of a request, and the job that runs, are waited for.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the site until it is told to stop.
pub(crate) async fn serve(options: Serve) -> Result<(), Refused> {
    if options.demo && !options.addr.ip().is_loopback() {
        return Err(Refused::Unclear(
            "--demo is for this machine only: leave --addr away, or name a loopback address such as 127.0.0.1:3000".to_owned(),
        ));
    }
    let zone = TimeZone::get(&options.time_zone)
        .map_err(|_| Refused::Unclear(format!("{} is not a time zone we know; America/Chicago is one", options.time_zone)))?;
    let mailer = mailer(&options)?;
    // What can be refused is refused before anything is made: whoever mends it finds the folder as it was.
    let listener = listen(options.addr).await?;
    let listens_on = listener.local_addr()?;
    let public_url = options.public_url.clone().unwrap_or_else(|| format!("http://{listens_on}"));
    let is_new = options.demo || open::is_new(&options.data);
    let address = open::public_address(&public_url);
    // What is fixed already stays as it is, also where it would not be taken today.
    let refused_if_free = if is_new { address.map(|_| None)? } else { address.err() };
    if is_new {
        content::sound(&options.content)?;
    }
    open::writable(&options.data.data_dir)?;
    let _alone = open::alone(&options.data)?;
    if !options.demo {
        open::say_if_others_can_read(&options.data.data_dir);
        if let Some(keys) = &options.key_dir {
            open::say_if_others_can_read(keys);
        }
    }
    let platform = open::platform(&options.data).await?;
    if let Some(refused) = refused_if_free
        && fixed_address(&platform.read()).await?.is_none()
    {
        return Err(refused);
    }
    let (issuer, demonstrated) = if options.demo {
        let (issuer, told) = demonstrate(&options, &platform, &public_url, &zone).await?;
        (issuer, Some(told))
    } else {
        publish(&platform, &options.content).await?;
        (twice(async || Issuer::open(&platform, &public_url, &options.organization, options.keys()).await).await?, None)
    };
    let site = Arc::new(Site {
        public_url: issuer.base().as_str().to_owned(),
        organization: options.organization.clone(),
        contact: options.contact.clone(),
        zone,
        assets: assets::manifest(),
        demo_outbox: (options.demo && options.smtp_url.is_none()).then(|| options.outbox()),
    });
    look_at_the_jobs(&options, &platform).await?;
    let worker = Worker { platform: platform.clone(), issuer: issuer.clone(), site: site.clone(), mailer };
    let limits = Limits::new(options.rate_limit, options.trusted_proxies.clone(), Clock::System);
    let service = router::router(App { platform, issuer, site: site.clone() }, limits);
    let signals = Signals::listen()?;
    announce(&options, &site, listens_on, demonstrated.as_ref());
    run(listener, service, worker, signals).await
}

/// Says where the site is, what a proxy needs to know, and who may sign in to a demonstration.
fn announce(options: &Serve, site: &Site, listens_on: SocketAddr, demonstrated: Option<&Value>) {
    say(&format!("Alongside is at {}", site.public_url));
    // Without the scheme: whoever looks for the address of the site finds the one above and no second one.
    if site.public_url != format!("http://{listens_on}") {
        say(&format!("It listens on {listens_on}"));
    }
    if options.smtp_url.is_none() && !options.demo {
        tell(&format!("no mail server is named (ALONGSIDE_SMTP_URL): letters are files in {}", options.outbox().display()));
    }
    for sign_in in demonstrated.iter().filter_map(|told| told["signIns"].as_array()).flatten() {
        let text = |name: &str| sign_in[name].as_str().unwrap_or_default().to_owned();
        say(&format!("  {:<8} {}  {}", text("role"), text("email"), text("password")));
    }
}

/// Serves and works until a signal comes.
async fn run(listener: TcpListener, service: Router, worker: Worker, mut signals: Signals) -> Result<(), Refused> {
    let (stop, stopping) = watch::channel(false);
    let working = tokio::spawn(worker.run(stopping.clone()));
    let mut serving = tokio::spawn(serving::serve(listener, service, serving::Times::default(), turned(stopping)));
    tokio::select! {
        () = signals.heard() => {}
        ended = &mut serving => return Err(ended.map_or_else(Refused::from, |()| Refused::No("the site ended by itself".to_owned()))),
    }
    stop.send_replace(true);
    // No new connection, no new job; whoever is in the middle may end, but not for ever, and not against a second
    // signal. A job that is cut off is tried again at the next start.
    tokio::select! {
        _ = async { (serving.await, working.await) } => {}
        () = tokio::time::sleep(GRACE) => tell("some requests or a job did not end in time and were cut off"),
        () = signals.heard() => tell("stopped at once, as asked twice"),
    }
    Ok(())
}

fn mailer(options: &Serve) -> Result<Mailer, Refused> {
    match &options.smtp_url {
        Some(url) => Mailer::smtp(url, &options.mail_from),
        None => Mailer::outbox(options.outbox(), &options.mail_from),
    }
    .map_err(Refused::Unclear)
}

/// Fills the empty database with the demonstration. Answers who issues in it, and what it says of itself.
async fn demonstrate(options: &Serve, platform: &Platform, public_url: &str, zone: &TimeZone) -> Result<(Issuer, Value), Refused> {
    // Before the issuer is: it fixes the public address, and its key is years old.
    demo::see_that_it_is_empty(platform).await?;
    // Its first certificates lie years back, and so must the key that signs them.
    let then = platform.under(Clock::set_to(platform.now().plus(-4 * 366 * Moment::DAY)));
    let issuer = Issuer::open(&then, public_url, &options.organization, options.keys()).await?;
    let told = demo::fill(platform, &issuer, zone, &options.content).await?;
    fs::write(options.data.data_dir.join("demo.json"), format!("{told:#}\n"))?;
    Ok((issuer, told))
}

/// Frees what the last run had begun, and says what was given up.
async fn look_at_the_jobs(options: &Serve, platform: &Platform) -> Result<(), Refused> {
    if matches!(options.data.database(), Ok(Database::Sqlite(_))) {
        // The file is this program's alone: what the last run had begun is nobody's now.
        let mut write = platform.write(&Actor::worker()).await?;
        take_up(&mut write).await?;
        write.commit().await?;
    }
    let left = given_up(&platform.read()).await?;
    if left > 0 {
        tell(&jobs::given_up(left));
    }
    Ok(())
}

async fn turned(mut stop: watch::Receiver<bool>) {
    // An error says that the other end is gone, and then it is time too.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Publishes what lies in the content folder. Where that cannot be, the old release goes on serving; a site
/// that never had one does not start.
async fn publish(platform: &Platform, folder: &Path) -> Result<(), Refused> {
    if let Err(unpublished) = twice(async || content::publish(platform, folder).await).await? {
        let words = unpublished.told(platform).await?;
        if curriculum::current(&platform.read()).await?.is_none() {
            return Err(Refused::No(words));
        }
        tell(&words);
    }
    Ok(())
}

/// Once more where it did not go well: of two servers that start at once on a new database, the second runs into
/// what the first has just done, and then finds it there.
async fn twice<T, E>(act: impl AsyncFn() -> Result<T, E>) -> Result<T, E> {
    match act().await {
        Ok(done) => Ok(done),
        Err(_) => act().await,
    }
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, Refused> {
    TcpListener::bind(addr).await.map_err(|error| {
        Refused::No(match error.kind() {
            std::io::ErrorKind::AddrInUse => format!("another program listens on {addr}. Stop it, or choose another address with --addr"),
            _ => format!("cannot listen on {addr}: {error}"),
        })
    })
}

/// What asks the program to stop, heard from the moment this is made.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn heard(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
