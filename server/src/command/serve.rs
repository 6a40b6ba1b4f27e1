//! `fieldlight serve`: opens the company, serves it, and goes in order when asked to.

use std::{future::IntoFuture, io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use app::reports::make_ssr as reports;
use axum::{Router, serve::ListenerExt};
use backend::{
    Backend, import, kpis,
    people::{self, NewUser},
    refresh,
};
use domain::people::Role;
use tokio::{net::TcpListener, signal, sync::oneshot, time};

use super::{Failed, open, user::set_password_url};
use crate::{
    assets::{self, Site},
    config::Config,
    office::Office,
    router,
    say::say,
    streams::Streams,
};

/// Who signs in first.
const FIRST_ADMIN: &str = "admin@fieldlight.example";
/// How long open requests may take once the process is asked to stop.
const LAST_REQUESTS: Duration = Duration::from_secs(10);

/// How often the hours of the daily refresh and of reports are looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(60);

/// What `serve` may be told on the command line.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// Address to listen on, instead of FIELDLIGHT_ADDR.
    #[arg(long)]
    addr: Option<SocketAddr>,
    /// Folder of the built site, instead of FIELDLIGHT_SITE_DIR.
    #[arg(long)]
    site: Option<PathBuf>,
}

impl Serve {
    /// Serves until the process is asked to stop.
    pub async fn run(self, config: Config) -> Result<(), Failed> {
        let config = config.listening_on(self.addr)?;
        let site = Arc::new(Site::load(&assets::folder(self.site.or_else(|| config.site_dir.clone())))?);
        let backend = Backend::open(backend::Config { exclusive: true, migrate: true, ..open::settings(&config)? }).await?;
        let office = Arc::new(Office::open(backend.clone(), &config).await?);
        let listener = listen(config.addr).await?;
        say!("Fieldlight {} at {} (build {})", env!("CARGO_PKG_VERSION"), config.origin(), site.version());
        set_up_link(&backend, &config).await?;
        tokio::spawn(mend(backend.clone()));
        tokio::spawn(warm(backend.clone()));
        let refreshing = tokio::spawn(refresh_daily(backend.clone()));
        let served = serve(listener, router::router(&office, &site), Arc::clone(office.streams())).await;
        refreshing.abort();
        backend.close().await;
        Ok(served?)
    }
}

/// Ends what was broken off when the process last ended.
async fn mend(backend: Backend) {
    if let Err(error) = import::mend(&backend).await {
        tracing::warn!(%error, "imports taken back halfway could not be ended yet");
    }
}

/// Has the cube ready before anybody asks.
async fn warm(backend: Backend) {
    if let Err(error) = kpis::warm(&backend).await {
        tracing::warn!(%error, "the cube could not be built yet");
    }
}

/// Looks every minute whether the hour of the daily refresh has come, and then those of reports: they are made of what it brought.
async fn refresh_daily(backend: Backend) {
    loop {
        match refresh::tick(&backend).await {
            Ok(true) => tracing::info!("the daily refresh was made"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "the daily refresh could not be made"),
        }
        match reports::tick(&backend).await {
            Ok(0) => {}
            Ok(made) => tracing::info!(made, "reports were made"),
            Err(error) => tracing::warn!(%error, "reports could not be made"),
        }
        time::sleep(LOOK_AGAIN).await;
    }
}

async fn listen(addr: SocketAddr) -> Result<TcpListener, Failed> {
    TcpListener::bind(addr).await.map_err(|error| match error.kind() {
        io::ErrorKind::AddrInUse => {
            Failed::new(format!("{addr} is in use: stop what listens there, or set FIELDLIGHT_ADDR to another port."))
        }
        _ => Failed::new(format!("cannot listen on {addr}: {error}. Set FIELDLIGHT_ADDR to an address of this machine.")),
    })
}

/// A company nobody can sign in to gets one admin, who chooses a password through a link. There is no default password.
async fn set_up_link(backend: &Backend, config: &Config) -> Result<(), Failed> {
    if !people::has_users(backend).await? {
        let (email, name) = (FIRST_ADMIN.to_owned(), "Admin".to_owned());
        people::add_user(backend, NewUser { email, name, role: Role::Admin, rep: None, branch: None, password: None }).await?;
    }
    let users = people::list_users(backend).await?;
    if let Some(admin) = users.iter().find(|user| user.caller.role == Role::Admin)
        && users.iter().all(|user| !user.has_password)
    {
        let email = &admin.caller.email;
        let token = people::reset_link(backend, email).await?;
        say!("Nobody can sign in yet. Set the password of {email} here, once: {}", set_password_url(config, &token));
    }
    Ok(())
}

async fn serve(listener: TcpListener, router: Router, streams: Arc<Streams>) -> io::Result<()> {
    // A page is streamed in small pieces: Nagle's algorithm would hold each back for 40 ms.
    let listener = listener.tap_io(|socket| {
        let _ = socket.set_nodelay(true);
    });
    let (stopping, stopped) = oneshot::channel();
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        // streams stay open by themselves: they would hold the process until requests are dropped
        streams.stop();
        let _ = stopping.send(());
    });
    let too_long = async {
        if stopped.await.is_ok() {
            time::sleep(LAST_REQUESTS).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        served = serving.into_future() => served,
        () = too_long => {
            tracing::warn!("requests still open after {} s were dropped", LAST_REQUESTS.as_secs());
            Ok(())
        }
    }
}

/// Ctrl-C, or the signal by which service supervisors ask.
async fn asked_to_stop() {
    let interrupted = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => drop(terminate.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
    tracing::info!("stopping");
}
