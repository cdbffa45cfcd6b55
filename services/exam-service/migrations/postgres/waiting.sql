-- Attempts that nobody has started, by sitting: a job looks each second for those that nobody can start any more.
CREATE INDEX attempts_waiting ON {schema}.attempts (sitting_id) WHERE state IN ('scheduled', 'ready');
