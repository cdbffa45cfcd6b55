//! What processes used: CPU time and memory, as the kernel counts them.

use std::{fs, ops::Sub, time::Duration};

/// Ticks of `/proc/PID/stat` in a second; fixed on Linux for everything that user space sees.
const TICKS_A_SECOND: u64 = 100;
const KIB: u64 = 1024;

/// CPU time, and memory.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage {
    /// CPU time in user and kernel, of the process and its children, those included that have ended.
    pub cpu: Duration,
    /// Memory that is its own or shared, in bytes.
    pub resident_bytes: u64,
}

impl Sub for Usage {
    type Output = Duration;
    /// CPU time between two looks.
    fn sub(self, before: Self) -> Duration {
        self.cpu.saturating_sub(before.cpu)
    }
}

/// The fields of `/proc/PID/stat` after the name, which may hold spaces: number 3 of proc(5) is the first here.
fn fields(id: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    Some(stat.rsplit_once(')')?.1.split_whitespace().map(str::to_owned).collect())
}

fn field(fields: &[String], number: usize) -> u64 {
    fields.get(number - 3).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// What a process and its living children used so far.
pub fn usage(id: u32) -> Usage {
    let mut total = Usage::default();
    let Some(own) = fields(id) else { return total };
    // utime, stime, and those of children that were waited for.
    let mut ticks: u64 = (14..=17).map(|number| field(&own, number)).sum();
    total.resident_bytes = resident(id);
    for child in children(id) {
        let Some(child_fields) = fields(child) else { continue };
        ticks += field(&child_fields, 14) + field(&child_fields, 15);
        total.resident_bytes += resident(child);
    }
    total.cpu = ticks_to_time(ticks);
    total
}

fn children(id: u32) -> Vec<u32> {
    let parent = u64::from(id);
    fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(|child| fields(*child).is_some_and(|fields| field(&fields, 4) == parent))
        .collect()
}

/// The part of a process's memory that no other process shares, in bytes. Shared buffers of a database would be
/// counted once for each of its processes otherwise.
fn resident(id: u32) -> u64 {
    let Ok(rollup) = fs::read_to_string(format!("/proc/{id}/smaps_rollup")) else { return 0 };
    let kib: u64 = rollup
        .lines()
        .filter(|line| line.starts_with("Pss:"))
        .filter_map(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok())
        .sum();
    kib * KIB
}

/// What this process used so far, without the server, which is its child.
pub fn own() -> Usage {
    let id = std::process::id();
    let ticks = fields(id).map_or(0, |own| field(&own, 14) + field(&own, 15));
    Usage { cpu: ticks_to_time(ticks), resident_bytes: resident(id) }
}

fn ticks_to_time(ticks: u64) -> Duration {
    Duration::from_millis(ticks * 1_000 / TICKS_A_SECOND)
}
