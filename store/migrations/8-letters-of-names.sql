-- Parts of names of one or two letters, which no trigram of the name itself finds: with U+0001 around
-- each letter, every letter and every two letters side by side are a trigram.
CREATE VIEW letters_of_names (customer_id, letters) AS
SELECT id, (
    WITH RECURSIVE places (place) AS (
        SELECT 1 UNION ALL SELECT place + 1 FROM places WHERE place < length(name)
    )
    SELECT char(1) || group_concat(substr(name, place, 1), char(1)) || char(1) FROM places
) FROM (SELECT id, first_name || ' ' || last_name AS name FROM customers);

CREATE VIRTUAL TABLE customer_letters USING fts5 (
    letters, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram'
);
INSERT INTO customer_letters (rowid, letters) SELECT customer_id, letters FROM letters_of_names;
CREATE TRIGGER customer_letters_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customer_letters (rowid, letters)
    SELECT customer_id, letters FROM letters_of_names WHERE customer_id = new.id;
END;
CREATE TRIGGER customer_letters_update AFTER UPDATE OF first_name, last_name ON customers
WHEN old.first_name IS NOT new.first_name OR old.last_name IS NOT new.last_name BEGIN
    DELETE FROM customer_letters WHERE rowid = old.id;
    INSERT INTO customer_letters (rowid, letters)
    SELECT customer_id, letters FROM letters_of_names WHERE customer_id = new.id;
END;
CREATE TRIGGER customer_letters_delete AFTER DELETE ON customers BEGIN
    DELETE FROM customer_letters WHERE rowid = old.id;
END;
