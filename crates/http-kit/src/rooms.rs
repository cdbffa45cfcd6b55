//! Load shedding: requests in flight have rooms by their kind, each with a bound. A full room answers 503 at once, and
//! the other rooms don't notice: staff and people who sign in can't take the place of candidates who save.

use std::{fmt, sync::Arc};

use authz::Who;
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, header},
    response::Response,
};
use foundation::Problem;
use telemetry::names;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Doorman, Standing, problem_response};

/// How many requests of each kind are worked on at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomSizes {
    /// Candidates at their attempts: start, save, hand in (`HALL_REQUESTS_MAX`).
    pub hall: usize,
    /// Signing in and checking in (`ENTRANCE_REQUESTS_MAX`).
    pub entrance: usize,
    /// Staff, and whatever else needs somebody signed in (`OFFICE_REQUESTS_MAX`).
    pub office: usize,
    /// Calls of other services (`SERVICE_REQUESTS_MAX`).
    pub services: usize,
}

impl Default for RoomSizes {
    /// The hall takes a start of 20,000 candidates in the same moment, as the writer's queue does; and they check in
    /// before. Passwords have a queue of their own, which is shorter.
    fn default() -> Self {
        Self { hall: 20_000, entrance: 20_000, office: 1_000, services: 256 }
    }
}

/// The kinds of requests that have a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    Hall,
    Entrance,
    Office,
    Services,
}

impl Room {
    const fn name(self) -> &'static str {
        match self {
            Self::Hall => "hall",
            Self::Entrance => "entrance",
            Self::Office => "office",
            Self::Services => "services",
        }
    }

    /// The room of an endpoint; none for what is always answered: probes, and the application's own files.
    fn of(who: Option<Who>, path: Option<&str>) -> Option<Self> {
        match who? {
            Who::Ticket | Who::TicketOrSignedIn => Some(Self::Hall),
            Who::SignedIn | Who::May(_) => Some(Self::Office),
            Who::Service => Some(Self::Services),
            Who::Public => path?.starts_with("/api/v1/auth/").then_some(Self::Entrance),
        }
    }
}

/// Bounds what is worked on at once.
#[derive(Clone)]
pub struct Rooms {
    hall: Arc<Semaphore>,
    entrance: Arc<Semaphore>,
    office: Arc<Semaphore>,
    services: Arc<Semaphore>,
    standing: Standing,
}

impl Rooms {
    /// Rooms of these sizes.
    pub fn new(sizes: RoomSizes) -> Self {
        let room = |size: usize| Arc::new(Semaphore::new(size.min(Semaphore::MAX_PERMITS)));
        Self {
            hall: room(sizes.hall),
            entrance: room(sizes.entrance),
            office: room(sizes.office),
            services: room(sizes.services),
            standing: Standing::default(),
        }
    }

    /// Closes the hall while the process's clock is wrong: whether an answer came in time isn't for it to say. Not
    /// everything that spreads requests asks whether a process is ready, and a connection that is open stays with it.
    #[must_use]
    pub fn watched(self, standing: Standing) -> Self {
        Self { standing, ..self }
    }

    /// A place in the request's room, to be kept until it is answered; none where it needs none.
    pub(crate) fn place(&self, doorman: &Doorman, request: &Request) -> Result<Option<Place>, NoPlace> {
        let path = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
        let Some(room) = Room::of(doorman.rule(request), path) else { return Ok(None) };
        let shed = |why| {
            metrics::counter!(names::HTTP_REQUESTS_SHED_TOTAL, "room" => room.name()).increment(1);
            Err(why)
        };
        if room == Room::Hall && self.standing.is_refused() {
            return shed(NoPlace::ClockWrong);
        }
        let places = match room {
            Room::Hall => &self.hall,
            Room::Entrance => &self.entrance,
            Room::Office => &self.office,
            Room::Services => &self.services,
        };
        match Arc::clone(places).try_acquire_owned() {
            Ok(permit) => Ok(Some(Place(permit))),
            Err(_) => shed(NoPlace::Full),
        }
    }
}

/// Why a request isn't worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// Its room is full.
    Full,
    /// It is a candidate's, and the process's clock is wrong.
    ClockWrong,
}

impl NoPlace {
    /// 503, and when to come back.
    pub(crate) fn into_response(self) -> Response {
        match self {
            Self::Full => problem_response(Problem::unavailable(
                "request.overloaded",
                "Too much is going on at once just now. Nothing was changed; try again in a moment.",
                2,
            )),
            Self::ClockWrong => {
                let mut response = problem_response(Problem::unavailable(
                    "request.clock_wrong",
                    "This server's clock is wrong just now. Your answers stay on this device and are sent again.",
                    1,
                ));
                // The next connection meets another replica.
                response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                response
            }
        }
    }
}

/// A place in a room, until it is dropped.
#[derive(Debug)]
pub(crate) struct Place(
    #[expect(dead_code, reason = "held, and given back when dropped")] OwnedSemaphorePermit,
);

impl Default for Rooms {
    fn default() -> Self {
        Self::new(RoomSizes::default())
    }
}

impl fmt::Debug for Rooms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rooms")
    }
}

#[cfg(test)]
mod tests {
    use authz::Action;

    use super::*;

    #[test]
    fn a_candidates_requests_have_a_room_of_their_own_and_probes_need_none() {
        let room = |who, path| Room::of(Some(who), Some(path));
        assert_eq!(room(Who::Ticket, "/api/v1/exams/attempts/{attempt_id}/responses"), Some(Room::Hall));
        assert_eq!(room(Who::May(Action::Mark), "/api/v1/exams/to-mark"), Some(Room::Office));
        assert_eq!(room(Who::Public, "/api/v1/auth/login"), Some(Room::Entrance));
        assert_eq!(room(Who::Service, "/api/v1/auth/internal/people/find"), Some(Room::Services));
        for path in ["/ready", "/health", "/ws", "/api/v1/questions/media/{sha256}"] {
            assert_eq!(room(Who::Public, path), None, "{path}");
        }
        assert_eq!(Room::of(None, None), None);
    }
}
