-- What was said, once, however many people it was said to. `template` and `parameters` (JSON) make a sentence in the
-- reader's language; staff's own words are a template too. `about_id` is the sitting that it is about, if any:
-- what is new replaces what nobody has read.
CREATE TABLE {schema}.messages (
    id         uuid   NOT NULL PRIMARY KEY,
    template   text   NOT NULL,
    parameters text   NOT NULL,
    sender_id  uuid,
    about_id   uuid,
    recipients bigint NOT NULL,
    sent_at    bigint NOT NULL
);
CREATE INDEX messages_about_id ON {schema}.messages (about_id) WHERE about_id IS NOT NULL;

-- To whom, and whether they have read it. Ids of messages sort by time, so that this key is also the inbox's order.
CREATE TABLE {schema}.deliveries (
    recipient_id uuid   NOT NULL,
    message_id   uuid   NOT NULL REFERENCES {schema}.messages (id),
    read_at      bigint,
    PRIMARY KEY (recipient_id, message_id)
);
CREATE INDEX deliveries_unread ON {schema}.deliveries (recipient_id, message_id) WHERE read_at IS NULL;
