-- Attempts that nobody has started, by sitting: a job looks each second for those that nobody can start any more.
CREATE INDEX {schema}.attempts_waiting ON attempts (sitting_id) WHERE state IN ('scheduled', 'ready');
