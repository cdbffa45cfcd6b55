-- When a candidate entered a section that has a time limit of its own, and what had been credited to them by then:
-- what is credited later lengthens the section too. When it ends is a function of this row, the attempt's and the
-- sitting's.
CREATE TABLE {schema}.section_entries (
    attempt_id BLOB    NOT NULL,
    section    INTEGER NOT NULL,
    entered_at INTEGER NOT NULL,
    credit_us  INTEGER NOT NULL,
    PRIMARY KEY (attempt_id, section)
) STRICT, WITHOUT ROWID;
