-- What a marker calls a candidate's work: says nothing of who it is, and sorts by chance.
CREATE TABLE {schema}.marking_refs (
    attempt_id BLOB NOT NULL PRIMARY KEY,
    ref        BLOB NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- Late entries are few, and every look at a sitting asks for them.
CREATE INDEX {schema}.journal_late ON journal (attempt_id) WHERE status = 'late';

-- Markers work question by question.
CREATE INDEX {schema}.marks_question_id ON marks (question_id, outcome);
