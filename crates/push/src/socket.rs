//! A socket's life: hello, hints, pings, end.

use std::{fmt, time::Duration};

use authz::{Action, Actor};
use axum::{
    Router,
    extract::{
        State, WebSocketUpgrade,
        ws::{CloseFrame, Message, Utf8Bytes, WebSocket},
    },
    response::Response,
    routing::any,
};
use events::{Presence, Signal, Signals};
use foundation::Problem;
use http_kit::Doorman;
use telemetry::names;
use tokio::sync::watch;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use uuid::Uuid;

use crate::{
    Hub,
    message::{Hello, Hint, Who},
};

/// The library's default of 128 KiB would cost 133 KB a socket.
const READ_BUFFER_BYTES: usize = 4 * 1024;
const WRITE_BUFFER_BYTES: usize = 4 * 1024;
/// A hello is a token and little else.
const MESSAGE_BYTES_MAX: usize = 8 * 1024;
/// How long a socket may stay nameless.
const HELLO_MAX: Duration = Duration::from_secs(10);
/// How often we ask whether somebody is still there; proxies close what is silent for a minute.
const PING_EVERY: Duration = Duration::from_secs(25);

/// Service restart (RFC 6455's registry): connect again at once, after a moment of one's own, and meet another replica.
const MOVED: u16 = 1012;

/// What sockets need.
#[derive(Clone)]
pub struct Push {
    /// Knows who is there.
    pub doorman: Doorman,
    /// Brings hints.
    pub hub: Hub,
    /// Carries word of comings and goings.
    pub signals: Signals,
    /// Knows who is connected.
    pub presence: Presence,
    /// Sockets close when it is cancelled.
    pub stop: CancellationToken,
    /// Counts the sockets that are open.
    pub open: TaskTracker,
}

impl fmt::Debug for Push {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Push")
    }
}

/// The route `/ws`.
pub fn router(push: Push) -> Router {
    Router::new().route("/ws", any(upgrade)).with_state(push)
}

async fn upgrade(State(push): State<Push>, socket: WebSocketUpgrade) -> Response {
    socket
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(WRITE_BUFFER_BYTES)
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .on_upgrade(move |socket| {
            let open = push.open.clone();
            open.track_future(live(push, socket))
        })
}

async fn live(push: Push, mut socket: WebSocket) {
    let topic = match hello(&push, &mut socket).await {
        Ok(topic) => topic,
        Err(problem) => {
            let _ = send(&mut socket, &Hint::Refused { code: problem.code.to_string() }).await;
            let _ = socket.send(Message::Close(None)).await;
            return;
        }
    };
    metrics::gauge!(names::ACTIVE_USERS_CURRENT).increment(1.0);
    match topic {
        Topic::Attempt { attempt, sitting } => {
            let present = push.presence.arrive(attempt);
            push.signals.send(Signal::Sitting { sitting });
            watch_topic(&push, &mut socket, attempt, |version| Hint::Attempt {
                attempt_id: authz::AttemptId::from_uuid(attempt),
                version,
            })
            .await;
            drop(present);
            push.signals.send(Signal::Sitting { sitting });
        }
        Topic::Sitting { sitting } => {
            let sitting_id = authz::SittingId::from_uuid(sitting);
            watch_topic(&push, &mut socket, sitting, |_| Hint::Sitting { sitting_id }).await;
        }
    }
    metrics::gauge!(names::ACTIVE_USERS_CURRENT).decrement(1.0);
}

enum Topic {
    Attempt { attempt: Uuid, sitting: Uuid },
    Sitting { sitting: Uuid },
}

/// Waits for the hello. Staff hear no more than *look again*: what they may see is decided where they look.
async fn hello(push: &Push, socket: &mut WebSocket) -> Result<Topic, Problem> {
    let nameless = || Problem::unauthenticated("push.hello_needed", "The first message must be a hello.");
    let message = tokio::time::timeout(HELLO_MAX, socket.recv()).await.ok().flatten();
    let Some(Ok(Message::Text(text))) = message else { return Err(nameless()) };
    let Ok(Hello::Hello(who)) = serde_json::from_str(text.as_str()) else { return Err(nameless()) };
    match who {
        Who::Candidate { ticket } => match push.doorman.ticket(&ticket)? {
            Actor::Ticket(ticket) => {
                Ok(Topic::Attempt { attempt: ticket.attempt.uuid(), sitting: ticket.sitting.uuid() })
            }
            _ => Err(nameless()),
        },
        Who::Staff { token, sitting_id } => {
            let actor = push.doorman.token(&token).await?;
            if !actor.may_somewhere(Action::ReadSittings) {
                return Err(Problem::forbidden());
            }
            Ok(Topic::Sitting { sitting: sitting_id.uuid() })
        }
    }
}

/// Sends a hint for each change of `topic` until the socket ends.
async fn watch_topic(push: &Push, socket: &mut WebSocket, topic: Uuid, hint: impl Fn(i64) -> Hint + Send) {
    let changes = push.hub.watch(topic);
    run(push, socket, changes, hint).await;
    push.hub.leave(topic);
}

async fn run(
    push: &Push,
    socket: &mut WebSocket,
    mut changes: watch::Receiver<i64>,
    hint: impl Fn(i64) -> Hint + Send,
) {
    let mut pings = tokio::time::interval(PING_EVERY);
    pings.reset();
    if !send(socket, &Hint::Ready).await {
        return;
    }
    loop {
        tokio::select! {
            () = push.stop.cancelled() => {
                let moved = CloseFrame { code: MOVED, reason: Utf8Bytes::from_static("moved") };
                let _ = socket.send(Message::Close(Some(moved))).await;
                return;
            }
            changed = changes.changed() => {
                if changed.is_err() {
                    return;
                }
                let version = *changes.borrow_and_update();
                if !send(socket, &hint(version)).await {
                    return;
                }
            }
            _ = pings.tick() => {
                if socket.send(Message::Ping(Vec::new().into())).await.is_err() {
                    return;
                }
            }
            message = socket.recv() => match message {
                Some(Ok(Message::Close(_)) | Err(_)) | None => return,
                Some(Ok(_)) => {}
            },
        }
    }
}

async fn send(socket: &mut WebSocket, hint: &Hint) -> bool {
    let Ok(text) = serde_json::to_string(hint) else { return false };
    socket.send(Message::Text(text.into())).await.is_ok()
}
