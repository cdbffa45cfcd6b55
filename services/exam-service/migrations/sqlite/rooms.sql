-- Where a candidate sits; empty where nobody has said so.
ALTER TABLE {schema}.attempts ADD COLUMN room TEXT NOT NULL DEFAULT '';

-- What happened in a room, or in the whole sitting (no room), and how much time it credited to whom it disturbed. Never
-- changed or removed: a credit that was given by mistake is answered by another record.
CREATE TABLE {schema}.incidents (
    id          BLOB NOT NULL PRIMARY KEY,
    sitting_id  BLOB NOT NULL,
    room        TEXT,
    credit_us   INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    reported_by BLOB,
    reported_at INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.incidents_sitting_id ON incidents (sitting_id, id);

-- The incident that a credit comes from.
ALTER TABLE {schema}.time_credits ADD COLUMN incident_id BLOB;
