-- When the clock of an attempt, or of a whole sitting (no attempt), stood still, and why. Open while resumed_at is null.
CREATE TABLE {schema}.pauses (
    id         BLOB NOT NULL PRIMARY KEY,
    sitting_id BLOB NOT NULL,
    attempt_id BLOB,
    paused_at  INTEGER NOT NULL,
    resumed_at INTEGER,
    reason     TEXT NOT NULL,
    paused_by  BLOB,
    resumed_by BLOB
) STRICT;
CREATE INDEX {schema}.pauses_sitting_id ON pauses (sitting_id);

-- The sitting's open pause: nobody starts meanwhile.
ALTER TABLE {schema}.sittings ADD COLUMN paused_at INTEGER;

-- The attempt's open pause, or the last one: what a save is judged by when it meets the pause on its way.
ALTER TABLE {schema}.attempts ADD COLUMN paused_at INTEGER;
ALTER TABLE {schema}.attempts ADD COLUMN resumed_at INTEGER;
