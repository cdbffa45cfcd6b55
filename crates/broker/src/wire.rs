//! A fact as a message: the payload as it stands in the outbox, everything else in properties.

use events::Event;
use foundation::Instant;
use lapin::{
    BasicProperties,
    types::{AMQPValue, FieldTable},
};
use uuid::Uuid;

/// Kept on disk.
const PERSISTENT: u8 = 2;
const CREATED_AT: &str = "created-at-micros";
const TRIES: &str = "tries";
const WAITS: &str = "waits";
const WHY: &str = "why";

/// A fact on its way to one consumer.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) id: Uuid,
    pub(crate) kind: String,
    pub(crate) payload: String,
    pub(crate) created_at: Instant,
    /// Tries that counted.
    pub(crate) tries: u32,
    /// Times that it waited, whether the try counted or not.
    pub(crate) waits: u32,
    /// Why it wasn't taken the last time.
    pub(crate) why: Option<String>,
}

impl Letter {
    pub(crate) fn of(event: &Event) -> Self {
        Self {
            id: event.id.uuid(),
            kind: event.kind.clone(),
            payload: event.payload.clone(),
            created_at: event.created_at,
            tries: 0,
            waits: 0,
            why: None,
        }
    }

    pub(crate) fn event(&self) -> Event {
        Event {
            id: events::EventId::from_uuid(self.id),
            kind: self.kind.clone(),
            payload: self.payload.clone(),
            created_at: self.created_at,
        }
    }

    pub(crate) fn properties(&self) -> BasicProperties {
        let mut headers = FieldTable::default();
        headers.insert(CREATED_AT.into(), AMQPValue::LongLongInt(self.created_at.as_micros()));
        headers.insert(TRIES.into(), AMQPValue::LongUInt(self.tries));
        headers.insert(WAITS.into(), AMQPValue::LongUInt(self.waits));
        if let Some(why) = &self.why {
            headers.insert(WHY.into(), AMQPValue::LongString(why.as_str().into()));
        }
        BasicProperties::default()
            .with_delivery_mode(PERSISTENT)
            .with_content_type("application/json".into())
            .with_message_id(self.id.to_string().into())
            .with_type(self.kind.as_str().into())
            .with_headers(headers)
    }

    /// Reads a message; none when it isn't a fact of ours.
    pub(crate) fn read(properties: &BasicProperties, payload: &[u8]) -> Option<Self> {
        let headers = properties.headers().as_ref()?;
        Some(Self {
            id: properties.message_id().as_ref()?.as_str().parse().ok()?,
            kind: properties.kind().as_ref()?.as_str().to_owned(),
            payload: String::from_utf8(payload.to_vec()).ok()?,
            created_at: Instant::from_micros(number(headers, CREATED_AT)?),
            tries: u32::try_from(number(headers, TRIES)?).ok()?,
            waits: u32::try_from(number(headers, WAITS)?).ok()?,
            why: match headers.inner().get(WHY) {
                Some(AMQPValue::LongString(text)) => {
                    Some(String::from_utf8_lossy(text.as_bytes()).into_owned())
                }
                _ => None,
            },
        })
    }
}

fn number(headers: &FieldTable, name: &str) -> Option<i64> {
    match headers.inner().get(name)? {
        AMQPValue::LongLongInt(number) => Some(*number),
        AMQPValue::LongUInt(number) => Some(i64::from(*number)),
        AMQPValue::LongInt(number) => Some(i64::from(*number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_read_as_it_was_written() {
        let letter = Letter {
            id: Uuid::from_u128(7),
            kind: "exam.attempt_submitted".to_owned(),
            payload: r#"{"attempt_id":"…"}"#.to_owned(),
            created_at: Instant::from_micros(1_700_000_000_000_001),
            tries: 3,
            waits: 5,
            why: Some("no such sitting".to_owned()),
        };
        let read = Letter::read(&letter.properties(), letter.payload.as_bytes()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{letter:?}"));
        assert!(Letter::read(&BasicProperties::default(), b"{}").is_none());
    }
}
