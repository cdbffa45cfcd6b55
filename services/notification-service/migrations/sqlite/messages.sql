-- What was said, once, however many people it was said to. `template` and `parameters` (JSON) make a sentence in the
-- reader's language; staff's own words are a template too. `about_id` is the sitting that it is about, if any:
-- what is new replaces what nobody has read.
CREATE TABLE {schema}.messages (
    id         BLOB    NOT NULL PRIMARY KEY,
    template   TEXT    NOT NULL,
    parameters TEXT    NOT NULL,
    sender_id  BLOB,
    about_id   BLOB,
    recipients INTEGER NOT NULL,
    sent_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX {schema}.messages_about_id ON messages (about_id) WHERE about_id IS NOT NULL;

-- To whom, and whether they have read it. Ids of messages sort by time, so that this key is also the inbox's order.
CREATE TABLE {schema}.deliveries (
    recipient_id BLOB    NOT NULL,
    message_id   BLOB    NOT NULL REFERENCES messages (id),
    read_at      INTEGER,
    PRIMARY KEY (recipient_id, message_id)
) STRICT;
CREATE INDEX {schema}.deliveries_unread ON deliveries (recipient_id, message_id) WHERE read_at IS NULL;
