-- Who decides that a running attempt moves to another device: its candidate alone, or an invigilator too.
ALTER TABLE {schema}.sittings ADD COLUMN takeover TEXT NOT NULL DEFAULT 'candidate';

-- The question that is open about moving an attempt: which device asks, since when, and since when it may. Written
-- over by the next question, and emptied when the lease moves; the lease's own record is the journal.
ALTER TABLE {schema}.attempts ADD COLUMN move_device uuid;
ALTER TABLE {schema}.attempts ADD COLUMN move_asked_at BIGINT;
ALTER TABLE {schema}.attempts ADD COLUMN move_allowed_at BIGINT;
