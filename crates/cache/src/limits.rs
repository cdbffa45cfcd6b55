//! Limits that count for all replicas.

use foundation::{Instant, Span};
use redis::Script;

use crate::{Cache, WAIT_MAX};

/// The generic cell rate algorithm, as auth-service has it: a key's moment is when its whole burst is there again. It
/// answers how long to wait, in microseconds, or 0; what is whole again is forgotten by itself.
const TAKE: &str = r"
local now, every, allowance = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local full = tonumber(redis.call('GET', KEYS[1]) or now)
if full < now then full = now end
local after = full + every
if after > now + allowance then return after - now - allowance end
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return 0
";

/// Limits that count for all replicas, as long as Redis is there.
#[derive(Clone, Debug)]
pub struct SharedLimits {
    cache: Cache,
    take: Script,
}

impl SharedLimits {
    /// Limits counted in `cache`.
    pub fn new(cache: Cache) -> Self {
        Self { cache, take: Script::new(TAKE) }
    }

    /// Takes one of `burst` requests, of which one more becomes possible `every` so often. Answers how long to wait when
    /// that was too often for all replicas together; none when it wasn't, or when Redis is away. `key` is a keyed hash:
    /// whoever reads Redis learns nobody's name or address.
    pub async fn take(
        &self,
        limit: &str,
        key: &[u8; 32],
        burst: i64,
        every: Span,
        now: Instant,
    ) -> Option<Span> {
        let key: String = key.iter().map(|byte| format!("{byte:02x}")).collect();
        let mut question = self.take.key(format!("exam-system:limit:{limit}:{key}"));
        question.arg(now.as_micros()).arg(every.as_micros()).arg((every * burst).as_micros());
        let wait: i64 = self
            .cache
            .ask_with(WAIT_MAX, async |mut connection| question.invoke_async(&mut connection).await)
            .await?;
        (wait > 0).then(|| Span::from_micros(wait))
    }
}
