-- Sessions of shoppers whose storefront is a server: a customer may have several, one a device. Of a
-- token only its hash is kept.
CREATE TABLE customer_access_tokens (
    token_hash  BLOB PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    expires_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX customer_access_tokens_of_customer ON customer_access_tokens (customer_id);
CREATE INDEX customer_access_tokens_by_expiry ON customer_access_tokens (expires_at);

-- Tokens that the Management API has issued and not revoked, with the origins of their pages.
CREATE TABLE storefront_tokens (
    id              TEXT PRIMARY KEY,
    allowed_origins TEXT NOT NULL CHECK (json_valid(allowed_origins)),
    expires_at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX storefront_tokens_by_expiry ON storefront_tokens (expires_at);

-- The last id of a row in tables that were made without AUTOINCREMENT: no id is given twice.
CREATE TABLE last_ids (
    name TEXT PRIMARY KEY,
    id   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO last_ids (name, id) VALUES
    ('customer_groups', (SELECT coalesce(max(id), 0) FROM customer_groups)),
    ('attributes', (SELECT coalesce(max(id), 0) FROM attributes));
CREATE TRIGGER customer_groups_last_id AFTER INSERT ON customer_groups BEGIN
    UPDATE last_ids SET id = max(id, new.id) WHERE name = 'customer_groups';
END;
CREATE TRIGGER attributes_last_id AFTER INSERT ON attributes BEGIN
    UPDATE last_ids SET id = max(id, new.id) WHERE name = 'attributes';
END;
