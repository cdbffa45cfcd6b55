-- Where a candidate sits; empty where nobody has said so.
ALTER TABLE {schema}.attempts ADD COLUMN room TEXT NOT NULL DEFAULT '';

-- What happened in a room, or in the whole sitting (no room), and how much time it credited to whom it disturbed. Never
-- changed or removed: a credit that was given by mistake is answered by another record.
CREATE TABLE {schema}.incidents (
    id          uuid NOT NULL PRIMARY KEY,
    sitting_id  uuid NOT NULL,
    room        TEXT,
    credit_us   BIGINT NOT NULL,
    reason      TEXT NOT NULL,
    attempts    BIGINT NOT NULL,
    reported_by uuid,
    reported_at BIGINT NOT NULL
);
CREATE INDEX incidents_sitting_id ON {schema}.incidents (sitting_id, id);

-- The incident that a credit comes from.
ALTER TABLE {schema}.time_credits ADD COLUMN incident_id uuid;
