-- What jobs look for each second: attempts that run, by when they close, and attempts that nobody has started, by sitting. No
-- index looks at `state`, and pages have room for another version of their rows: an attempt that is opened, seen or paused
-- leaves every index as it is.
DROP INDEX {schema}.attempts_closing;
CREATE INDEX attempts_closing ON {schema}.attempts (closes_at) WHERE closes_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX attempts_waiting ON {schema}.attempts (sitting_id) WHERE started_at IS NULL AND ended_at IS NULL;
ALTER TABLE {schema}.attempts SET (fillfactor = 45);
