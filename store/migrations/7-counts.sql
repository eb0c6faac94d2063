-- How many rows the large lists have in all, so that a numbered page does not count them one by one.
CREATE TABLE row_counts (
    name  TEXT PRIMARY KEY,
    total INTEGER NOT NULL CHECK (total >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO row_counts (name, total) VALUES
    ('customers', (SELECT count(*) FROM customers)),
    ('addresses', (SELECT count(*) FROM addresses)),
    ('attribute_values', (SELECT count(*) FROM attribute_values)),
    ('subscribers', (SELECT count(*) FROM subscribers));

CREATE TRIGGER customers_counted AFTER INSERT ON customers BEGIN
    UPDATE row_counts SET total = total + 1 WHERE name = 'customers';
END;
CREATE TRIGGER customers_discounted AFTER DELETE ON customers BEGIN
    UPDATE row_counts SET total = total - 1 WHERE name = 'customers';
END;
CREATE TRIGGER addresses_counted AFTER INSERT ON addresses BEGIN
    UPDATE row_counts SET total = total + 1 WHERE name = 'addresses';
END;
CREATE TRIGGER addresses_discounted AFTER DELETE ON addresses BEGIN
    UPDATE row_counts SET total = total - 1 WHERE name = 'addresses';
END;
CREATE TRIGGER attribute_values_counted AFTER INSERT ON attribute_values BEGIN
    UPDATE row_counts SET total = total + 1 WHERE name = 'attribute_values';
END;
CREATE TRIGGER attribute_values_discounted AFTER DELETE ON attribute_values BEGIN
    UPDATE row_counts SET total = total - 1 WHERE name = 'attribute_values';
END;
CREATE TRIGGER subscribers_counted AFTER INSERT ON subscribers BEGIN
    UPDATE row_counts SET total = total + 1 WHERE name = 'subscribers';
END;
CREATE TRIGGER subscribers_discounted AFTER DELETE ON subscribers BEGIN
    UPDATE row_counts SET total = total - 1 WHERE name = 'subscribers';
END;
