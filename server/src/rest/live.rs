//! `live`: a stream of events (SSE) that says when the figures have a new version, and nothing else; whoever listens asks for what they may see.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use backend::{live, people::SessionCheck};
use futures_util::stream;
use tokio::{sync::watch, time};

use super::{asked::Asked, failure::Failure};
use crate::{office::Office, session, streams::Place};

/// How often a silent stream says that it is there, and looks whether whoever listens is still signed in.
const BEAT: Duration = Duration::from_secs(5);

/// The route.
pub fn router() -> Router<Arc<Office>> {
    Router::new().route("/live", get(follow))
}

/// Somebody who listens.
struct Listener {
    office: Arc<Office>,
    headers: HeaderMap,
    figures: watch::Receiver<i64>,
    stopping: watch::Receiver<bool>,
    /// The version they know of.
    told: Option<i64>,
    greeted: bool,
    _place: Place,
}

async fn follow(State(office): State<Arc<Office>>, headers: HeaderMap, asked: Asked) -> Result<Response, Failure> {
    let Some(place) = office.streams().enter(asked.caller.user) else {
        let words = "Too many live streams are open: close one, or ask again in a minute.";
        return Err(Failure::new(StatusCode::TOO_MANY_REQUESTS, "too_many_streams", words));
    };
    let told = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.trim().parse().ok());
    let figures = live::follow(asked.backend()).await?;
    let stopping = office.streams().stopping();
    let listener = Listener { office, headers, figures, stopping, told, greeted: false, _place: place };
    let body = Body::from_stream(stream::unfold(listener, Listener::next));
    let headers = [(header::CONTENT_TYPE, "text/event-stream"), (header::HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((headers, body).into_response())
}

/// What ended a wait.
enum Woken {
    /// The server stops, or nobody looks at the clock any more.
    Stopping,
    /// There may be a new version.
    News,
    /// Nothing came.
    Silence,
}

impl Listener {
    /// What is sent next; none ends the stream.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        loop {
            let now = *self.figures.borrow_and_update();
            if self.told.replace(now) != Some(now) {
                self.greeted = true;
                return self.say(format!("id: {now}\nevent: figures\ndata: {{\"version\":{now}}}\n\n")).await;
            }
            if !std::mem::replace(&mut self.greeted, true) {
                return self.say(": here\n\n".to_owned()).await;
            }
            match self.wait().await {
                Woken::Stopping => return None,
                Woken::News => {}
                Woken::Silence => return self.say(":\n\n".to_owned()).await,
            }
        }
    }

    async fn wait(&mut self) -> Woken {
        let (stopping, figures) = (&mut self.stopping, &mut self.figures);
        let stopped = async { stopping.wait_for(|stopping| *stopping).await.is_ok() };
        tokio::select! {
            biased;
            _ = stopped => Woken::Stopping,
            changed = figures.changed() => if changed.is_ok() { Woken::News } else { Woken::Stopping },
            () = time::sleep(BEAT) => Woken::Silence,
        }
    }

    /// Says it to whoever is still signed in. A database that does not answer just now is no reason to send them away.
    async fn say(self, text: String) -> Option<(Result<Bytes, Infallible>, Self)> {
        match session::of(&self.office, &self.headers).await {
            Ok(SessionCheck::Valid(_)) | Err(_) => Some((Ok(Bytes::from(text)), self)),
            Ok(_) => None,
        }
    }
}
