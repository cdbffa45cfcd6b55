//! Proof by harm: candidates save while servers, databases, networks and disks fail; afterwards every receipt that a
//! device holds verifies, its entry is in the journal, and what had no receipt yet was taken in.

mod device;
mod harm;
mod proxy;
mod verify;

use std::{
    cell::{Cell, RefCell},
    path::PathBuf,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use futures::{StreamExt as _, stream};
use serde::Serialize;
use tokio::task::JoinHandle;

pub use self::harm::Harm;
use self::{
    device::{Device, live},
    harm::SmallDisk,
    proxy::Proxy,
};
use crate::{
    connection::Connection,
    institution,
    server::{Database, Running},
};

/// How long devices may take to get rid of what they still hold, once the harm is over.
const LAST_TRIES: Duration = Duration::from_secs(90);
/// How long everybody saves in peace between two harms.
const PEACE: Duration = Duration::from_secs(3);
/// How often devices start at a time.
const START_AT_ONCE: usize = 64;
/// The size of the disk that is filled: room for the databases of a run, and not much more.
const DISK_MIB: u32 = 512;

/// What is to happen.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server's binary.
    pub binary: PathBuf,
    /// Where data goes.
    pub on: PathBuf,
    /// Which database.
    pub database: Database,
    /// Devices that save all the while, one entry every two seconds.
    pub devices: usize,
    /// What happens, one after the other.
    pub harms: Vec<Harm>,
}

/// What came of it.
#[derive(Debug, Serialize)]
pub struct Account {
    /// The database.
    pub database: Database,
    /// Devices.
    pub devices: usize,
    /// What was done, and how often.
    pub harms: Vec<(&'static str, usize)>,
    /// How long it took, in seconds.
    pub seconds: f64,
    /// Requests that failed, and were tried again.
    pub failures: u64,
    /// Receipts that devices hold; each was checked.
    pub receipts: u64,
    /// What `journal verify` said.
    pub journal: String,
    /// What doesn't hold, each in a sentence. Nothing, if all is well.
    pub faults: Vec<String>,
}

/// Lets it happen, and takes stock.
///
/// # Errors
/// When the server doesn't start, or a harm can't be done here.
pub async fn run(plan: &Plan) -> Result<Account> {
    let began = Instant::now();
    let disk = match plan.harms.contains(&Harm::FullDisk) {
        true => Some(SmallDisk::mount(plan.on.join("small-disk"), DISK_MIB)?),
        false => None,
    };
    let on = disk.as_ref().map_or(&plan.on, SmallDisk::place);
    let mut running = Running::start(&plan.binary, plan.database, on)?;
    let office = institution::found(running.address(), &running.staff, plan.devices).await?;
    let keys = verify::keys(&running).await?;
    let proxy = Proxy::before(running.address()).await?;

    let devices: Vec<Rc<RefCell<Device>>> = stream::iter(&office.slips)
        .map(|slip| Device::start(proxy.address, slip))
        .buffer_unordered(START_AT_ONCE)
        .map(|device| device.map(|device| Rc::new(RefCell::new(device))))
        .collect::<Vec<_>>()
        .await
        .into_iter()
        .collect::<Result<_>>()?;
    eprintln!("  {} devices have started", devices.len());
    let stop = Rc::new(Cell::new(false));
    let lives: Vec<JoinHandle<()>> = devices
        .iter()
        .enumerate()
        .map(|(place, device)| {
            // Spread over the two seconds between two changes, the same way in every run.
            let delay = Duration::from_millis((place as u64 * 1_327) % 2_000);
            tokio::task::spawn_local(live(Rc::clone(device), delay, Rc::clone(&stop), LAST_TRIES))
        })
        .collect();
    for harm in &plan.harms {
        tokio::time::sleep(PEACE).await;
        eprintln!("  {:>4.0} s: {}", began.elapsed().as_secs_f64(), harm.name());
        harm.happen(&mut running, &proxy, disk.as_ref()).await?;
    }
    tokio::time::sleep(PEACE).await;
    stop.set(true);
    for life in lives {
        life.await?;
    }

    let mut found = verify::Found::default();
    let (mut staff, bearer) = institution::sign_in(running.address(), &running.staff).await?;
    let mut failures = 0;
    for device in devices {
        let Ok(device) = Rc::try_unwrap(device) else { bail!("a device is still alive") };
        let mut device = device.into_inner();
        failures += device.failures;
        verify::check(&mut device, &keys, &mut staff, &bearer, &mut found).await?;
    }
    drop::<Connection>(staff);
    running.stop_server()?;
    let (journal, is_whole) = running.ask("journal", &["verify"])?;
    if !is_whole {
        found.faults.push(format!("journal verify: {journal}"));
    }
    Ok(Account {
        database: plan.database,
        devices: plan.devices,
        harms: counted(&plan.harms),
        seconds: began.elapsed().as_secs_f64(),
        failures,
        receipts: found.receipts,
        journal: journal.trim().to_owned(),
        faults: found.faults,
    })
}

fn counted(harms: &[Harm]) -> Vec<(&'static str, usize)> {
    let mut counts: Vec<(&'static str, usize)> = Vec::new();
    for harm in harms {
        match counts.iter_mut().find(|(name, _)| *name == harm.name()) {
            Some((_, count)) => *count += 1,
            None => counts.push((harm.name(), 1)),
        }
    }
    counts
}
