-- Customers, subscribers and guests are three different things: a guest has no row anywhere, a
-- subscriber is an e-mail address that agreed to something, a customer is an account.
-- Times are seconds since 1970-01-01T00:00:00Z.

CREATE TABLE settings (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    value TEXT NOT NULL CHECK (json_valid(value))
) STRICT;

CREATE TABLE secrets (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- `definition` is the field as `rules` writes it; what is queried by stands in columns.
CREATE TABLE form_fields (
    id         INTEGER PRIMARY KEY,
    form       TEXT NOT NULL CHECK (form IN ('customer', 'address')),
    definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT;

CREATE TABLE customer_groups (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- `email` keeps what the shopper typed, `email_key` is its lower case: one account an address,
-- whatever the letter case, and the index decides when two sign-ups race.
CREATE TABLE customers (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    email         TEXT NOT NULL,
    email_key     TEXT NOT NULL UNIQUE,
    first_name    TEXT NOT NULL,
    last_name     TEXT NOT NULL,
    company       TEXT NOT NULL,
    phone         TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    group_id      INTEGER REFERENCES customer_groups (id) ON DELETE SET NULL,
    created_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE addresses (
    id                INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id       INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    first_name        TEXT NOT NULL,
    last_name         TEXT NOT NULL,
    company           TEXT NOT NULL,
    phone             TEXT NOT NULL,
    address1          TEXT NOT NULL,
    address2          TEXT NOT NULL,
    city              TEXT NOT NULL,
    country_code      TEXT NOT NULL CHECK (length(country_code) IN (0, 2)),
    state_or_province TEXT NOT NULL,
    postal_code       TEXT NOT NULL
) STRICT;
CREATE INDEX addresses_of_customer ON addresses (customer_id, id);

CREATE TABLE customer_form_field_values (
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    field_id    INTEGER NOT NULL REFERENCES form_fields (id) ON DELETE CASCADE,
    value       TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (customer_id, field_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE address_form_field_values (
    address_id INTEGER NOT NULL REFERENCES addresses (id) ON DELETE CASCADE,
    field_id   INTEGER NOT NULL REFERENCES form_fields (id) ON DELETE CASCADE,
    value      TEXT NOT NULL CHECK (json_valid(value)),
    PRIMARY KEY (address_id, field_id)
) STRICT, WITHOUT ROWID;

-- Signing in ends the customer's earlier session: one row a customer. Only the hash of the token is
-- kept, so a copy of this file signs nobody in.
CREATE TABLE sessions (
    customer_id INTEGER PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
    token_hash  BLOB NOT NULL UNIQUE,
    expires_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE subscribers (
    id                   INTEGER PRIMARY KEY AUTOINCREMENT,
    email                TEXT NOT NULL,
    email_key            TEXT NOT NULL UNIQUE,
    first_name           TEXT NOT NULL,
    last_name            TEXT NOT NULL,
    source               TEXT NOT NULL CHECK (source IN ('storefront', 'order', 'custom')),
    marketing_newsletter INTEGER NOT NULL CHECK (marketing_newsletter IN (0, 1)),
    abandoned_cart       INTEGER NOT NULL CHECK (abandoned_cart IN (0, 1)),
    created_at           INTEGER NOT NULL
) STRICT;
