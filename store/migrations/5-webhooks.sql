-- Who wants to hear of what, and what they have not heard yet. The triggers put an event into the
-- outbox in the transaction that made it, whichever way it came: none is lost, none is made up.

CREATE TABLE hooks (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    client_id   TEXT NOT NULL,
    scope       TEXT NOT NULL,
    destination TEXT NOT NULL,
    headers     TEXT NOT NULL CHECK (json_valid(headers)),
    is_active   INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    created_at  INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    UNIQUE (client_id, scope, destination)
) STRICT;

-- `subject` is the customer, or, below zero, the subscriber that an event is about: what is about
-- one subject is delivered in its order.
CREATE TABLE hook_outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hook_id    INTEGER NOT NULL REFERENCES hooks (id) ON DELETE CASCADE,
    scope      TEXT NOT NULL,
    data       TEXT NOT NULL CHECK (json_valid(data)),
    subject    INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    next_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX hook_outbox_in_order ON hook_outbox (hook_id, subject, id);
CREATE INDEX hook_outbox_by_time ON hook_outbox (next_at);

-- One row for each event; the last trigger hands it on to whoever listens, and keeps nothing.
CREATE VIEW events AS SELECT '' AS scope, '' AS data, 0 AS subject WHERE 0;
CREATE TRIGGER events_insert INSTEAD OF INSERT ON events BEGIN
    INSERT INTO hook_outbox (hook_id, scope, data, subject, created_at, next_at)
        SELECT id, new.scope, new.data, new.subject, unixepoch(), unixepoch()
        FROM hooks WHERE is_active AND new.scope GLOB scope;
END;

CREATE TRIGGER customer_created AFTER INSERT ON customers BEGIN
    INSERT INTO events VALUES ('store/customer/created',
        json_object('type', 'customer', 'id', new.id), new.id);
END;
-- Every change of a customer dates it; what happens to their addresses, sessions and attributes
-- does not.
CREATE TRIGGER customer_updated AFTER UPDATE OF modified_at ON customers BEGIN
    INSERT INTO events VALUES ('store/customer/updated',
        json_object('type', 'customer', 'id', new.id), new.id);
END;
CREATE TRIGGER customer_deleted AFTER DELETE ON customers BEGIN
    INSERT INTO events VALUES ('store/customer/deleted',
        json_object('type', 'customer', 'id', old.id), old.id);
END;

CREATE TRIGGER address_created AFTER INSERT ON addresses BEGIN
    INSERT INTO events VALUES ('store/customer/address/created',
        json_object('type', 'customer', 'id', new.id,
            'address', json_object('customer_id', new.customer_id)), new.customer_id);
END;
CREATE TRIGGER address_updated AFTER UPDATE ON addresses BEGIN
    INSERT INTO events VALUES ('store/customer/address/updated',
        json_object('type', 'customer', 'id', new.id,
            'address', json_object('customer_id', new.customer_id)), new.customer_id);
END;
-- Not when the customer goes: that is one event, not a hundred.
CREATE TRIGGER address_deleted AFTER DELETE ON addresses
WHEN EXISTS (SELECT 1 FROM customers WHERE id = old.customer_id) BEGIN
    INSERT INTO events VALUES ('store/customer/address/deleted',
        json_object('type', 'customer', 'id', old.id,
            'address', json_object('customer_id', old.customer_id)), old.customer_id);
END;

CREATE TRIGGER subscriber_created AFTER INSERT ON subscribers BEGIN
    INSERT INTO events VALUES ('store/subscriber/created',
        json_object('type', 'subscriber', 'id', new.id), -new.id);
END;
CREATE TRIGGER subscriber_updated AFTER UPDATE ON subscribers BEGIN
    INSERT INTO events VALUES ('store/subscriber/updated',
        json_object('type', 'subscriber', 'id', new.id), -new.id);
END;
CREATE TRIGGER subscriber_deleted AFTER DELETE ON subscribers BEGIN
    INSERT INTO events VALUES ('store/subscriber/deleted',
        json_object('type', 'subscriber', 'id', old.id), -old.id);
END;
