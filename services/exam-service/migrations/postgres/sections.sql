-- When a candidate entered a section that has a time limit of its own, and what had been credited to them by then:
-- what is credited later lengthens the section too. When it ends is a function of this row, the attempt's and the
-- sitting's.
CREATE TABLE {schema}.section_entries (
    attempt_id uuid    NOT NULL,
    section    bigint  NOT NULL,
    entered_at bigint  NOT NULL,
    credit_us  bigint  NOT NULL,
    PRIMARY KEY (attempt_id, section)
);
