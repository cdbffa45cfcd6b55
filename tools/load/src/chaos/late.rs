//! Candidates whose time ends while the network is away: what came in time counts, all else is kept as late.

use std::{rc::Rc, time::Duration};

use anyhow::{Result, bail};
use foundation::{Clock as _, Instant, Span, SystemClock};
use tokio::task::JoinHandle;

use super::{
    device::Device,
    hall::Hall,
    harm::Scene,
    life::{Seat, caught_up, live},
    proxy::{Proxy, Weather},
};
use crate::connection::Connection;

/// How many.
const DEVICES: usize = 30;
/// What is taken after the working time, in seconds.
const GRACE_SECONDS: u32 = 5;
/// How long before the end the network begins to swallow answers, and how long before it carries nothing any more.
const SWALLOWS: Span = Span::from_seconds(15);
const STALLS: Span = Span::from_seconds(5);
/// How long the network is away after the end, in which everybody goes on writing.
const AFTER: Span = Span::from_seconds(5);

/// How long before the end a clock is set past it, how far, and for how long.
const STEPS: Span = Span::from_seconds(35);
const AHEAD: Span = Span::from_seconds(120);
const STEPS_LAST: Duration = Duration::from_secs(12);

/// Candidates with a minute of time, on a network of their own.
struct Brief {
    network: Proxy,
    hall: Rc<Hall>,
    seats: Vec<Rc<Seat>>,
    lives: Vec<JoinHandle<()>>,
    /// When the first attempt closes, and the last.
    ends: (Instant, Instant),
}

impl Brief {
    async fn begin(scene: &mut Scene) -> Result<Self> {
        let slips =
            scene.institution.brief_sitting(&mut scene.office, scene.number, DEVICES, GRACE_SECONDS).await?;
        let network = Proxy::before(&scene.site.targets()).await?;
        let doors = scene.site.doors(network.address);
        let hall = Rc::new(Hall::default());
        let grace = Span::from_seconds(i64::from(GRACE_SECONDS));
        let (mut seats, mut ends) = (Vec::with_capacity(slips.len()), Vec::with_capacity(slips.len()));
        for slip in &slips {
            let exam = Connection::new(network.address);
            let device = Device::start(&doors, exam, slip, Rc::clone(&hall)).await?.with_grace(grace);
            ends.push(device.closes_at());
            seats.push(Seat::at(device));
        }
        let (Some(first), Some(last)) = (ends.iter().min(), ends.iter().max()) else { bail!("nobody came") };
        let lives = seats
            .iter()
            .enumerate()
            .map(|(place, seat)| {
                let delay = Duration::from_millis(place as u64 * 67 % 2_000);
                tokio::task::spawn_local(live(Rc::clone(seat), delay, Rc::clone(&hall)))
            })
            .collect();
        Ok(Self { network, hall, lives, ends: (*first, *last), seats })
    }

    /// Waits until nobody holds anything from before, and keeps the devices for the check at the end.
    async fn end(self, scene: &mut Scene) -> Result<()> {
        let behind = caught_up(&self.seats).await;
        self.hall.stop.set(true);
        for life in self.lives {
            life.await?;
        }
        if behind > 0 {
            bail!("{behind} devices still hold entries");
        }
        for seat in self.seats {
            let Ok(seat) = Rc::try_unwrap(seat) else { bail!("a device is still alive") };
            scene.late.push(seat.device.into_inner());
        }
        // They look at their attempts once more, at the end.
        scene.networks.push(self.network);
        Ok(())
    }
}

/// Lets attempts of a minute end while the network is away.
///
/// # Errors
/// When they can't start, or don't get rid of what they hold.
pub async fn outlast(scene: &mut Scene) -> Result<()> {
    let brief = Brief::begin(scene).await?;
    let (first, last) = brief.ends;
    until(first - SWALLOWS).await;
    brief.network.set(Weather::HalfOpen);
    until(first - STALLS).await;
    brief.network.set(Weather::Stalled);
    until(last + AFTER).await;
    brief.network.set(Weather::Fair);
    brief.end(scene).await
}

/// Sets the clock of one process of exam-service past the end of attempts that still run, and right again.
///
/// # Errors
/// When an attempt ended by it.
pub async fn ahead_of_the_end(scene: &mut Scene) -> Result<()> {
    let brief = Brief::begin(scene).await?;
    until(brief.ends.0 - STEPS).await;
    let place = scene.place_of_exam();
    for (by, lasts) in [(AHEAD, STEPS_LAST), (Span::ZERO, Duration::ZERO)] {
        scene.hall.server_clock_steps(by);
        brief.hall.server_clock_steps(by);
        scene.site.step_clock(place, by)?;
        tokio::time::sleep(lasts).await;
    }
    scene.site.until_ready(place).await?;
    for seat in &brief.seats {
        let mut device = seat.device.lock().await;
        let attempt = device.look().await?;
        if attempt["state"] != "in_progress" {
            let closes_at = device.closes_at();
            device.wrongs.push(format!("it was {} before it closed at {closes_at}", attempt["state"]));
        }
    }
    brief.end(scene).await
}

async fn until(moment: Instant) {
    let left = moment.since(SystemClock.now());
    if left > Span::ZERO {
        tokio::time::sleep(left.to_std()).await;
    }
}
