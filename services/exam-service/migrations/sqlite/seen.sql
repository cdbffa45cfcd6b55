-- The version with which staff last changed something that the candidate has to see, and the newest version that the
-- candidate's player has said it shows.
ALTER TABLE {schema}.attempts ADD COLUMN told_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE {schema}.attempts ADD COLUMN told_at INTEGER;
ALTER TABLE {schema}.attempts ADD COLUMN seen_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE {schema}.attempts ADD COLUMN seen_at INTEGER;
