-- What a marker calls a candidate's work: says nothing of who it is, and sorts by chance.
CREATE TABLE {schema}.marking_refs (
    attempt_id uuid NOT NULL PRIMARY KEY,
    ref        uuid NOT NULL UNIQUE
);

-- Late entries are few, and every look at a sitting asks for them.
CREATE INDEX journal_late ON {schema}.journal (attempt_id) WHERE status = 'late';

-- Markers work question by question.
CREATE INDEX marks_question_id ON {schema}.marks (question_id, outcome);
