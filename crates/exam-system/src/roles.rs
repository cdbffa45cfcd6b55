//! Which services run in this process, and where the others are.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
};

use anyhow::{Context as _, Result, bail};
use authz::Service;
use remote::Addresses;

/// The services of one process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roles(BTreeSet<Service>);

impl Roles {
    /// Every service.
    pub fn all() -> Self {
        Self(Service::ALL.into())
    }

    /// One service.
    pub fn only(service: Service) -> Self {
        Self([service].into())
    }

    /// Reads `all`, or names between commas: `auth,question`.
    ///
    /// # Errors
    /// Names what isn't a service.
    pub fn parse(text: &str) -> Result<Self> {
        if text == "all" {
            return Ok(Self::all());
        }
        let mut roles = BTreeSet::new();
        for name in text.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let Some(service) = Service::from_name(name) else {
                let known: Vec<_> = Service::ALL.iter().map(|service| service.schema()).collect();
                bail!("--services: {name:?} is no service; there are {}, or all", known.join(", "));
            };
            roles.insert(service);
        }
        if roles.is_empty() {
            bail!("--services names no service");
        }
        Ok(Self(roles))
    }

    /// Whether every service is one of them.
    pub fn is_all(&self) -> bool {
        self.0.len() == Service::ALL.len()
    }

    /// Whether `service` runs in this process.
    pub fn has(&self, service: Service) -> bool {
        self.0.contains(&service)
    }

    /// The services, in their order.
    pub fn iter(&self) -> impl Iterator<Item = Service> + '_ {
        self.0.iter().copied()
    }

    /// The services that these call and that don't run here. All of them verify access tokens with auth-service's keys.
    fn called(&self) -> Vec<Service> {
        let mut called = vec![Service::Auth];
        if self.has(Service::Exam) {
            called.push(Service::Question);
        }
        called.retain(|service| !self.has(*service));
        called
    }

    /// The one that calls in this process's name: who asks for keys is no matter, the others are called by exam-service.
    pub fn caller(&self) -> Service {
        if self.has(Service::Exam) { Service::Exam } else { self.iter().next().unwrap_or(Service::Exam) }
    }

    /// Whether a process of these services can work with what it was told.
    ///
    /// # Errors
    /// Names what is missing, and what to set.
    pub fn check(&self, neighbours: &Neighbours, is_sqlite: bool, has_broker: bool) -> Result<()> {
        if self.is_all() {
            return Ok(());
        }
        let names: Vec<_> = self.iter().map(Service::schema).collect();
        let names = names.join(",");
        if is_sqlite {
            bail!(
                "--services {names}: one process holds a SQLite folder; set DATABASE_URL to a PostgreSQL database to run \
                 one process per service, or run --services all"
            );
        }
        for service in self.called() {
            if !neighbours.addresses.contains_key(&service) {
                bail!(
                    "--services {names}: {} runs in another process; set {} to where it can be reached, such as \
                     http://{}:8080",
                    service.name(),
                    Neighbours::variable(service),
                    service.name()
                );
            }
        }
        if !has_broker {
            bail!(
                "--services {names}: facts travel between processes through RabbitMQ; set RABBITMQ_URL to it, such as \
                 amqp://user:password@rabbitmq:5672"
            );
        }
        Ok(())
    }
}

/// Where the services of other processes are.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    /// `AUTH_SERVICE_URL`, `QUESTION_SERVICE_URL`, …: of each, one address or several between commas.
    pub addresses: BTreeMap<Service, Addresses>,
    /// `SERVICE_CA_FILE`: the authorities of their certificates, unless this machine trusts them anyway.
    pub authorities: Option<PathBuf>,
}

impl Neighbours {
    /// The variable that names a service's addresses.
    pub fn variable(service: Service) -> String {
        format!("{}_SERVICE_URL", service.schema().to_uppercase())
    }

    /// Reads the variables that are set.
    ///
    /// # Errors
    /// Names the one that can't be read.
    pub fn read(variable: impl Fn(&str) -> Result<Option<String>>) -> Result<Self> {
        let mut addresses = BTreeMap::new();
        for service in Service::ALL {
            let name = Self::variable(service);
            if let Some(text) = variable(&name)? {
                addresses.insert(service, text.parse().with_context(|| name)?);
            }
        }
        Ok(Self { addresses, authorities: variable("SERVICE_CA_FILE")?.map(PathBuf::from) })
    }

    /// Where `service` is; nowhere when nobody said.
    pub fn of(&self, service: Service) -> Addresses {
        self.addresses.get(&service).cloned().unwrap_or_else(Addresses::none)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn neighbours(names: &[&str]) -> Neighbours {
        let set = |name: &str| Ok(names.contains(&name).then(|| "http://there:8080".to_owned()));
        Neighbours::read(set).unwrap()
    }

    #[test]
    fn a_process_says_which_variable_it_lacks() {
        let said = |services: &str, names: &[&str], sqlite, broker| {
            let roles = Roles::parse(services).unwrap();
            roles.check(&neighbours(names), sqlite, broker).err().map(|error| error.to_string())
        };
        let broker = true;
        assert_eq!(said("all", &[], true, false), None);
        assert_eq!(said("exam", &["AUTH_SERVICE_URL", "QUESTION_SERVICE_URL"], false, broker), None);
        assert_eq!(said("auth", &[], false, broker), None);
        for (services, names, sqlite, broker, missing) in [
            ("exam", &["AUTH_SERVICE_URL"][..], false, broker, "QUESTION_SERVICE_URL"),
            ("analytics", &[][..], false, broker, "AUTH_SERVICE_URL"),
            ("auth", &[][..], true, broker, "DATABASE_URL"),
            ("auth", &[][..], false, false, "RABBITMQ_URL"),
        ] {
            let said = said(services, names, sqlite, broker).unwrap();
            assert!(said.contains(missing), "{said}");
        }
    }

    #[test]
    fn services_are_read_by_either_name() {
        let roles = Roles::parse("auth, exam-service").unwrap();
        assert!(roles.has(Service::Auth) && roles.has(Service::Exam) && !roles.has(Service::Question));
        assert!(Roles::parse("all").unwrap().is_all());
        assert!(Roles::parse("exams").is_err() && Roles::parse(",").is_err());
    }
}
