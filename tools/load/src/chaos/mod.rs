//! Proof by harm: candidates save while servers, databases, networks and disks fail; afterwards every receipt that a
//! device holds verifies, its entry is in the journal, and what had no receipt yet was taken in.

mod account;
mod day;
mod device;
mod disk;
mod hall;
mod harm;
mod late;
mod life;
mod proxy;
mod site;
mod store;
mod verify;

use std::{
    path::PathBuf,
    rc::Rc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use foundation::{SeededRandom, shuffle};
use futures::{StreamExt as _, stream};
use receipts::KeySet;

pub use self::{
    account::Account,
    day::{Day, usual},
    harm::Harm,
};
use self::{
    account::Happened,
    device::Device,
    disk::SmallDisk,
    hall::Hall,
    harm::Scene,
    life::{Seat, THINKS, caught_up, live},
    proxy::Proxy,
    site::Site,
    store::StoreKind,
    verify::Found,
};
use crate::{
    connection::Connection,
    institution::{self, Office},
};

/// How long everybody saves in peace between two harms.
const PEACE: Duration = Duration::from_secs(2);
/// How many devices start at a time.
const START_AT_ONCE: usize = 64;
/// The size of the disk that is filled: room for the databases of a run, and not much more.
const DISK_MIB: u32 = 512;
/// Devices whose receipts are looked at after each harm; at the end all are.
const LOOKED_AT: usize = 200;
/// Of so many devices one hands in during each harm, and at least one does.
const ONE_LEAVES_OF: usize = 400;

/// What is to happen.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The server's binary.
    pub binary: PathBuf,
    /// The binary of the version before; with it every process begins, where there is one.
    pub before: Option<PathBuf>,
    /// Where data goes.
    pub on: PathBuf,
    /// Where logs go when something doesn't hold.
    pub out: PathBuf,
    /// What happens, and to what.
    pub day: Day,
    /// Devices that save all the while, one entry every two seconds.
    pub devices: usize,
    /// More variables of every process of the server, as `NAME=VALUE`.
    pub variables: Vec<String>,
    /// How long a harm lasts that has no end of its own.
    pub lasts: Duration,
    /// Draws who hands in, and by how much clocks jump.
    pub seed: u64,
}

/// Does something that waits for other processes, while devices and networks go on.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.context("it can't be done here")
}

/// Lets it happen, and takes stock.
///
/// # Errors
/// When the server doesn't start, or a harm can't be done here.
pub async fn run(plan: &Plan) -> Result<Account> {
    let began = Instant::now();
    let Day { layout, store, harms, .. } = &plan.day;
    let disk = match harms.contains(&Harm::FullDisk) {
        true => Some(SmallDisk::mount(plan.on.join("small-disk"), DISK_MIB)?),
        false => None,
    };
    let on = disk.as_ref().map_or(&plan.on, SmallDisk::place);
    let clocks = match harms.iter().any(|harm| harm.sets_a_clock()) {
        true => Some(day::clock_library().context("libfaketime isn't installed")?),
        false => None,
    };
    let site = Site::start(plan, on, clocks).await?;
    let network = Proxy::before(&site.targets()).await?;
    // Who works at the office has a network that nobody harms.
    let quiet = Proxy::before(&site.targets()).await?;
    let doors = site.doors(quiet.address);
    let staff = site.installation().staff.clone();
    let institution = institution::found(&doors, &staff, plan.devices).await?;
    let office = Office::sign_in(&doors, &staff).await?;
    let keys = verify::keys(quiet.address).await?;
    let hall = Rc::new(Hall::default());

    let seats: Vec<Rc<Seat>> = stream::iter(&institution.slips)
        .map(|slip| Device::start(&doors, Connection::new(network.address), slip, Rc::clone(&hall)))
        .buffer_unordered(START_AT_ONCE)
        .map(|device| device.map(Seat::at))
        .collect::<Vec<_>>()
        .await
        .into_iter()
        .collect::<Result<_>>()?;
    eprintln!("  {} devices have started", seats.len());
    let lives: Vec<_> = seats
        .iter()
        .enumerate()
        .map(|(place, seat)| {
            // Spread over the time between two changes, the same way in every run.
            let delay = Duration::from_millis(place as u64 * 1_327).as_millis() % THINKS.as_millis();
            let delay = Duration::from_millis(u64::try_from(delay).unwrap_or(0));
            tokio::task::spawn_local(live(Rc::clone(seat), delay, Rc::clone(&hall)))
        })
        .collect();
    tokio::time::sleep(THINKS).await;

    let mut scene = Scene {
        site,
        network,
        disk,
        hall,
        institution,
        office,
        number: 0,
        lasts: plan.lasts,
        late: Vec::new(),
        networks: Vec::new(),
    };
    let mut found = Found::default();
    let mut happened = Vec::with_capacity(harms.len());
    let mut leaving: Vec<usize> = (0..seats.len()).collect();
    shuffle(&mut leaving, &SeededRandom::new(plan.seed));
    for harm in harms {
        tokio::time::sleep(PEACE).await;
        eprint!("  {:>4.0} s: {}", began.elapsed().as_secs_f64(), harm.name());
        for _ in 0..=plan.devices / ONE_LEAVES_OF {
            if let Some(place) = leaving.pop() {
                seats[place].leaves.set(true);
            }
        }
        let at = began.elapsed().as_secs_f64();
        scene.hall.begin();
        let harmed = Instant::now();
        if let Err(error) = harm.happen(&mut scene).await {
            scene.site.keep_logs(&plan.out.join("logs"))?;
            return Err(error.context(harm.name()));
        }
        let seconds = harmed.elapsed().as_secs_f64();
        let behind = caught_up(&seats).await;
        let saving = scene.hall.saving();
        if behind > 0 {
            found.faults.push(format!("{}: {behind} devices still hold entries from before", harm.name()));
        }
        if !harm.is_noticed() && saving.failures > 0 {
            found.faults.push(format!("{}: {} requests of candidates failed", harm.name(), saving.failures));
        }
        if harm.is_felt() && saving.failures == 0 {
            found.faults.push(format!("{}: no request failed, so nothing was proved of it", harm.name()));
        }
        scene.office = Office::sign_in(&doors, &staff).await?;
        let mut now = look(&seats, scene.number, &keys, &mut scene.office).await?;
        // SQLite's files belong to the server while it runs.
        if *store != StoreKind::Sqlite {
            let (journal, is_whole) = verify_journal(&scene).await?;
            if !is_whole {
                now.faults.push(format!("{}: journal verify: {journal}", harm.name()));
            }
        }
        eprintln!(
            ", {seconds:.1} s; no save for {} ms; {} failures; {} receipts looked at, {} lost, {} faults",
            saving.unavailable_ms,
            saving.failures,
            now.receipts,
            now.lost,
            now.faults.len()
        );
        happened.push(Happened {
            harm: harm.name(),
            at,
            seconds,
            caught_up_seconds: harmed.elapsed().as_secs_f64() - seconds,
            saving,
            checked: now.receipts,
            lost: now.lost,
        });
        found.faults.extend(now.faults);
    }
    tokio::time::sleep(PEACE).await;
    scene.hall.stop.set(true);
    for life in lives {
        life.await?;
    }

    scene.office = Office::sign_in(&doors, &staff).await?;
    for seat in seats {
        let Ok(seat) = Rc::try_unwrap(seat) else { bail!("a device is still alive") };
        let mut device = seat.device.into_inner();
        verify::check(&mut device, &keys, &mut scene.office, &mut found).await?;
        verify::never_taken_in(&device, &mut found);
    }
    for mut device in std::mem::take(&mut scene.late) {
        verify::check(&mut device, &keys, &mut scene.office, &mut found).await?;
    }
    if harms.contains(&Harm::OutlastTheEnd) && found.late == 0 {
        found.faults.push("no entry came late: nothing was proved of those".to_owned());
    }
    // In the moment in which a clock is set, what is on its way may be judged by it; nothing after that.
    let moments = harms.iter().filter(|harm| harm.sets_a_clock()).count() as u64;
    let (misjudged, of_one) = (found.misjudged, found.misjudged_of_one);
    if of_one > moments {
        found
            .faults
            .push(format!("{misjudged} entries came in time and were taken as late, {of_one} of one device"));
    }
    scene.site.stop_all().await?;
    let (journal, is_whole) = verify_journal(&scene).await?;
    if !is_whole {
        found.faults.push(format!("journal verify: {journal}"));
    }
    if !found.faults.is_empty() {
        scene.site.keep_logs(&plan.out.join("logs"))?;
    }
    Ok(Account {
        day: plan.day.name.clone(),
        layout: *layout,
        store: *store,
        seed: plan.seed,
        devices: plan.devices,
        seconds: began.elapsed().as_secs_f64(),
        failures: happened.iter().map(|happened| happened.saving.failures).sum(),
        harms: happened,
        receipts: found.receipts,
        lost: found.lost,
        late: found.late,
        misjudged,
        handed_in: found.handed_in,
        journal: journal.trim().to_owned(),
        faults: found.faults,
    })
}

/// What `exam-system journal verify` says, and whether it found every chain whole.
async fn verify_journal(scene: &Scene) -> Result<(String, bool)> {
    let installation = scene.site.installation().clone();
    aside(move || installation.ask("journal", &["verify"])).await?
}

/// Looks at what a part of the devices holds, another part each time, while they go on.
async fn look(seats: &[Rc<Seat>], number: usize, keys: &KeySet, office: &mut Office) -> Result<Found> {
    let mut found = Found::default();
    let parts = seats.len().div_ceil(LOOKED_AT);
    for seat in seats.iter().skip(number % parts.max(1)).step_by(parts.max(1)) {
        let mut device = seat.device.lock().await;
        verify::check(&mut device, keys, office, &mut found).await?;
    }
    Ok(found)
}
