//! A candidate at a device: changes an answer every two seconds, and goes when it is time.

use std::{cell::Cell, rc::Rc, time::Duration};

use tokio::sync::Mutex;

use super::{device::Device, hall::Hall};

/// How often a candidate changes an answer.
pub const THINKS: Duration = Duration::from_secs(2);
/// The longest wait between two tries.
const BACK_OFF_MAX: Duration = Duration::from_secs(4);
/// How long devices may take to get rid of what they still hold, once the harm is over.
pub const LAST_TRIES: Duration = Duration::from_secs(90);
const LOOK: Duration = Duration::from_millis(50);

/// A device with somebody at it.
#[derive(Debug)]
pub struct Seat {
    /// The device; whoever looks at it waits until it has an answer.
    pub device: Mutex<Device>,
    /// The candidate wants to hand in.
    pub leaves: Cell<bool>,
}

impl Seat {
    /// Somebody sits down at a device.
    pub fn at(device: Device) -> Rc<Self> {
        Rc::new(Self { device: Mutex::new(device), leaves: Cell::new(false) })
    }
}

/// Lives one device's exam, beginning after `delay`, until everybody stops or the candidate hands in; then the device
/// sends what it still holds, for at most [`LAST_TRIES`].
pub async fn live(seat: Rc<Seat>, delay: Duration, hall: Rc<Hall>) {
    tokio::time::sleep(delay).await;
    let mut back_off = Duration::ZERO;
    let mut stopped_at = None;
    loop {
        let over = hall.stop.get() || seat.leaves.get();
        let done = {
            let mut device = seat.device.lock().await;
            if !over {
                device.think();
            }
            let sent = device.send().await;
            if over {
                let done = sent && (!seat.leaves.get() || device.hand_in().await);
                let since = *stopped_at.get_or_insert_with(std::time::Instant::now);
                if done || since.elapsed() > LAST_TRIES {
                    return;
                }
                done
            } else {
                sent
            }
        };
        back_off =
            if done { Duration::ZERO } else { (back_off * 2 + Duration::from_millis(250)).min(BACK_OFF_MAX) };
        let pause = if over { LOOK } else { THINKS };
        tokio::time::sleep(pause.max(back_off)).await;
    }
}

/// Waits until no device holds an entry that was made before now; answers how many still do after [`LAST_TRIES`].
pub async fn caught_up(seats: &[Rc<Seat>]) -> usize {
    let now = std::time::Instant::now();
    let mut behind = 0;
    for seat in seats {
        while seat.device.lock().await.oldest().is_some_and(|made| made < now) {
            if now.elapsed() > LAST_TRIES {
                behind += 1;
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
    }
    behind
}
