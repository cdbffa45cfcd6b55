-- What jobs look for each second: attempts that run, by when they close, and attempts that nobody has started, by sitting. Neither
-- index looks at `state`, and pages have room for another version of their rows: once `attempts_closing`, which the version
-- before asks for, is dropped, an attempt that is opened, seen or paused leaves every index as it is. Saves go on meanwhile.
CREATE INDEX attempts_running ON {schema}.attempts (closes_at) WHERE closes_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX attempts_waiting ON {schema}.attempts (sitting_id) WHERE started_at IS NULL AND ended_at IS NULL;
ALTER TABLE {schema}.attempts SET (fillfactor = 45);
