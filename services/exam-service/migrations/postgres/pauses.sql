-- When the clock of an attempt, or of a whole sitting (no attempt), stood still, and why. Open while resumed_at is null.
CREATE TABLE {schema}.pauses (
    id         uuid NOT NULL PRIMARY KEY,
    sitting_id uuid NOT NULL,
    attempt_id uuid,
    paused_at  BIGINT NOT NULL,
    resumed_at BIGINT,
    reason     TEXT NOT NULL,
    paused_by  uuid,
    resumed_by uuid
);
CREATE INDEX pauses_sitting_id ON {schema}.pauses (sitting_id);

-- The sitting's open pause: nobody starts meanwhile.
ALTER TABLE {schema}.sittings ADD COLUMN paused_at BIGINT;

-- The attempt's open pause, or the last one: what a save is judged by when it meets the pause on its way.
ALTER TABLE {schema}.attempts ADD COLUMN paused_at BIGINT;
ALTER TABLE {schema}.attempts ADD COLUMN resumed_at BIGINT;
