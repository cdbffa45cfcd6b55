//! One process per service, and several of each.

use std::{collections::BTreeMap, net::SocketAddr, process::Command};

use authz::Service;

use crate::Server;

/// Processes of a binary, by service; killed when dropped.
#[derive(Default)]
pub struct Replicas(BTreeMap<Service, Vec<Server>>);

impl Replicas {
    /// Starts `count` replicas of each of these services, those that are called by others first. `command` starts one of
    /// them; it is told where those are that it calls.
    pub fn start(services: &[Service], count: usize, command: impl Fn(Service) -> Command) -> Self {
        let mut replicas = Self::default();
        for &service in services {
            let servers = (0..count)
                .map(|_| {
                    let mut command = command(service);
                    for (other, variable) in
                        [(Service::Auth, "AUTH_SERVICE_URL"), (Service::Question, "QUESTION_SERVICE_URL")]
                    {
                        let addresses = replicas.listening(other);
                        if !addresses.is_empty() {
                            let urls: Vec<_> =
                                addresses.iter().map(|address| format!("http://{address}")).collect();
                            command.env(variable, urls.join(","));
                        }
                    }
                    Server::start(command)
                })
                .collect();
            replicas.0.insert(service, servers);
        }
        replicas
    }

    /// Where the replicas of a service listen.
    pub fn listening(&self, service: Service) -> Vec<SocketAddr> {
        self.0.get(&service).into_iter().flatten().map(|server| server.address).collect()
    }

    /// The first replica of a service.
    ///
    /// # Panics
    /// When there is none.
    pub fn first(&self, service: Service) -> &Server {
        self.0.get(&service).and_then(|servers| servers.first()).expect("the service runs")
    }

    /// Takes a service's processes out: dropped, they are killed.
    pub fn take(&mut self, service: Service) -> Vec<Server> {
        self.0.remove(&service).unwrap_or_default()
    }

    /// Takes one replica of a service out.
    ///
    /// # Panics
    /// When there is none.
    pub fn take_one(&mut self, service: Service) -> Server {
        self.0.get_mut(&service).expect("the service runs").remove(0)
    }
}
