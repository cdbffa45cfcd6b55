//! Where the services are.

use std::net::SocketAddr;

use authz::Service;

/// Where each service is reached: all at one address, or each at its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doors {
    /// All of them at one.
    One(SocketAddr),
    /// Each at its own.
    Each(Vec<(Service, SocketAddr)>),
}

impl Doors {
    /// Where a request with this path goes. What belongs to no service goes to the first.
    pub fn of_path(&self, path: &str) -> SocketAddr {
        match self {
            Self::One(address) => *address,
            Self::Each(doors) => {
                let service = Service::of_path(path);
                let door = doors.iter().find(|(of, _)| Some(*of) == service).or_else(|| doors.first());
                door.map_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)), |(_, address)| *address)
            }
        }
    }
}
