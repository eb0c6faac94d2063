-- What people decided about cookies: a row for every decision, refusals and withdrawals too. The
-- newest of a subject is the one that counts. Guests are known by a random id that only their
-- cookie has. Nothing refers to the customer: proof outlives the account, and its number is not
-- given again.

CREATE TABLE consent_history (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id INTEGER,
    guest_id    TEXT,
    decided_at  INTEGER NOT NULL,
    revision    TEXT NOT NULL CHECK (length(revision) <= 100),
    locale      TEXT NOT NULL CHECK (length(locale) <= 35),
    source      TEXT NOT NULL CHECK (source IN
        ('banner', 'settings', 'signup', 'withdrawal', 'gpc', 'merge', 'admin', 'unknown')),
    allow       TEXT NOT NULL CHECK (json_valid(allow)),
    deny        TEXT NOT NULL CHECK (json_valid(deny)),
    CHECK ((customer_id IS NULL) <> (guest_id IS NULL))
) STRICT;
CREATE INDEX consent_history_of_customer ON consent_history (customer_id, id);
CREATE INDEX consent_history_of_guest ON consent_history (guest_id, id);

CREATE TRIGGER consent_history_keeps_rows BEFORE DELETE ON consent_history
BEGIN SELECT raise(ABORT, 'the history of consent is append-only'); END;
CREATE TRIGGER consent_history_keeps_values BEFORE UPDATE ON consent_history
BEGIN SELECT raise(ABORT, 'the history of consent is append-only'); END;
