-- What back offices see and set besides shoppers: the V2 and V3 Customers APIs.

ALTER TABLE customers ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN tax_exempt_category TEXT NOT NULL DEFAULT '';
ALTER TABLE customers ADD COLUMN registration_ip TEXT NOT NULL DEFAULT '';
-- Mails about product reviews and left carts.
ALTER TABLE customers ADD COLUMN accepts_marketing INTEGER NOT NULL DEFAULT 0
    CHECK (accepts_marketing IN (0, 1));
-- In ten-thousandths of the store's currency.
ALTER TABLE customers ADD COLUMN store_credit INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customers ADD COLUMN origin_channel_id INTEGER NOT NULL DEFAULT 1;
-- Null for every channel.
ALTER TABLE customers ADD COLUMN channel_ids TEXT CHECK (json_valid(channel_ids));
UPDATE customers SET modified_at = created_at;

ALTER TABLE addresses ADD COLUMN address_type TEXT NOT NULL DEFAULT 'residential'
    CHECK (address_type IN ('residential', 'commercial'));

ALTER TABLE attributes ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE attributes ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;

CREATE TABLE numbered_attribute_values (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    customer_id  INTEGER NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    attribute_id INTEGER NOT NULL REFERENCES attributes (id) ON DELETE CASCADE,
    value        TEXT NOT NULL CHECK (length(value) <= 255),
    created_at   INTEGER NOT NULL DEFAULT 0,
    modified_at  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (customer_id, attribute_id)
) STRICT;
INSERT INTO numbered_attribute_values (customer_id, attribute_id, value)
    SELECT customer_id, attribute_id, value FROM attribute_values;
DROP TABLE attribute_values;
ALTER TABLE numbered_attribute_values RENAME TO attribute_values;

-- Category access and discount rules are kept as they were given: this store sells nothing.
ALTER TABLE customer_groups ADD COLUMN is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1));
ALTER TABLE customer_groups ADD COLUMN is_group_for_guests INTEGER NOT NULL DEFAULT 0
    CHECK (is_group_for_guests IN (0, 1));
ALTER TABLE customer_groups ADD COLUMN category_access TEXT NOT NULL DEFAULT '{"type":"all"}'
    CHECK (json_valid(category_access));
ALTER TABLE customer_groups ADD COLUMN discount_rules TEXT NOT NULL DEFAULT '[]'
    CHECK (json_valid(discount_rules));
ALTER TABLE customer_groups ADD COLUMN created_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_groups ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX customer_groups_default ON customer_groups (is_default) WHERE is_default;
CREATE UNIQUE INDEX customer_groups_for_guests ON customer_groups (is_group_for_guests)
    WHERE is_group_for_guests;

ALTER TABLE subscribers ADD COLUMN modified_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscribers ADD COLUMN order_id INTEGER;
ALTER TABLE subscribers ADD COLUMN channel_id INTEGER NOT NULL DEFAULT 1;
UPDATE subscribers SET modified_at = created_at;

-- Every filter of the APIs answers from one of these.
CREATE INDEX customers_by_company ON customers (company COLLATE NOCASE);
CREATE INDEX customers_by_group ON customers (group_id);
CREATE INDEX customers_by_created ON customers (created_at);
CREATE INDEX customers_by_modified ON customers (modified_at);
CREATE INDEX customers_by_name ON customers ((first_name || ' ' || last_name) COLLATE NOCASE);
CREATE INDEX customers_by_first_name ON customers (first_name COLLATE NOCASE);
CREATE INDEX customers_by_last_name ON customers (last_name COLLATE NOCASE);
CREATE INDEX customers_by_phone ON customers (phone);
CREATE INDEX customers_by_ip ON customers (registration_ip);
CREATE INDEX customers_by_credit ON customers (store_credit);
CREATE INDEX customers_by_tax ON customers (tax_exempt_category COLLATE NOCASE);
CREATE INDEX addresses_by_company ON addresses (company COLLATE NOCASE);
CREATE INDEX addresses_by_name ON addresses ((first_name || ' ' || last_name) COLLATE NOCASE);
CREATE INDEX attribute_values_by_attribute ON attribute_values (attribute_id);
CREATE INDEX attribute_values_by_created ON attribute_values (created_at);
CREATE INDEX attribute_values_by_modified ON attribute_values (modified_at);
CREATE INDEX customer_values_by_field ON customer_form_field_values (field_id);
CREATE INDEX address_values_by_field ON address_form_field_values (field_id);
CREATE INDEX subscribers_by_first_name ON subscribers (first_name COLLATE NOCASE);
CREATE INDEX subscribers_by_last_name ON subscribers (last_name COLLATE NOCASE);
CREATE INDEX subscribers_by_source ON subscribers (source);
CREATE INDEX subscribers_by_order ON subscribers (order_id);
CREATE INDEX subscribers_by_created ON subscribers (created_at);
CREATE INDEX subscribers_by_modified ON subscribers (modified_at);

-- Parts of names: three letters and more are found without a look at every customer.
CREATE VIRTUAL TABLE customer_names USING fts5 (
    name, content = '', contentless_delete = 1, tokenize = 'trigram'
);
INSERT INTO customer_names (rowid, name) SELECT id, first_name || ' ' || last_name FROM customers;
CREATE TRIGGER customer_names_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customer_names (rowid, name) VALUES (new.id, new.first_name || ' ' || new.last_name);
END;
CREATE TRIGGER customer_names_update AFTER UPDATE OF first_name, last_name ON customers
WHEN old.first_name IS NOT new.first_name OR old.last_name IS NOT new.last_name BEGIN
    UPDATE customer_names SET name = new.first_name || ' ' || new.last_name WHERE rowid = new.id;
END;
CREATE TRIGGER customer_names_delete AFTER DELETE ON customers BEGIN
    DELETE FROM customer_names WHERE rowid = old.id;
END;
