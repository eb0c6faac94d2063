-- Signing in besides with a password, changing one, and what a merchant knows of a customer.
-- Tokens, and e-mail addresses that may belong to nobody, are kept as their SHA-256 alone.

-- Whether the customer must choose a new password before they sign in.
ALTER TABLE customers ADD COLUMN force_password_reset INTEGER NOT NULL DEFAULT 0
    CHECK (force_password_reset IN (0, 1));

CREATE TABLE attributes (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL CHECK (type IN ('string', 'number', 'date'))
) STRICT;

CREATE TABLE attribute_values (
    customer_id  INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
    value        TEXT NOT NULL CHECK (length(value) <= 255),
    PRIMARY KEY (customer_id, attribute_id)
) STRICT, WITHOUT ROWID;

-- Attempts to sign in that did not succeed, by e-mail address, with or without an account.
CREATE TABLE sign_in_failures (
    email_hash   BLOB PRIMARY KEY,
    failures     INTEGER NOT NULL,
    forgotten_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failures_by_end ON sign_in_failures (forgotten_at);

-- What a mailed link carries. A token that was used or has ended is kept for a while, so that
-- whoever follows its link again is told what is the matter.
CREATE TABLE one_time_tokens (
    token_hash  BLOB PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    purpose     TEXT NOT NULL CHECK (purpose IN ('reset_password', 'sign_in')),
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    used_at     INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX one_time_tokens_of_customer ON one_time_tokens (customer_id, created_at);

-- Which sign-in tokens of apps were used: hashes of app and token id.
CREATE TABLE login_token_ids (
    id_hash    BLOB PRIMARY KEY,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Mail that a real store would hand to a mail server.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    recipient  TEXT NOT NULL,
    subject    TEXT NOT NULL,
    body       TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
