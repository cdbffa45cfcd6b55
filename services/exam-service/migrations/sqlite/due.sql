-- What jobs look for each second: attempts that run, by when they close, and attempts that nobody has started, by sitting.
DROP INDEX {schema}.attempts_closing;
CREATE INDEX {schema}.attempts_running ON attempts (closes_at) WHERE closes_at IS NOT NULL AND ended_at IS NULL;
CREATE INDEX {schema}.attempts_waiting ON attempts (sitting_id) WHERE started_at IS NULL AND ended_at IS NULL;
