//! Made-up customers in bulk, for measurements: a million of them take minutes, so they are
//! written by SQLite itself and validated by nobody.

use crate::domain::Store;
use crate::infra::{clock, db};
use rusqlite::Connection;

/// Customers of a transaction: others get to write in between.
const BATCH: u32 = 20_000;

/// Names that repeat, as they do among people: 20 first names, 8,000 last names, 5,000 companies.
const ADD: &str = "
    WITH RECURSIVE numbers (n) AS (
        SELECT ?1 UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < ?2
    ), syllables (text) AS (SELECT 'bakelomirusatevinodupragihoseljantimuwer')
    INSERT INTO customers (id, email, email_key, first_name, last_name, company, phone,
        password_hash, created_at, modified_at, registration_ip, store_credit)
    SELECT n, 'customer' || n || '@example.com', 'customer' || n || '@example.com',
        substr(text, 1 + 2 * (n % 20), 2) || 'la',
        substr(text, 1 + 2 * (n / 20 % 20), 2) || substr(text, 1 + 2 * (n / 400 % 20), 2)
            || substr(text, 1 + 2 * (n / 8000 % 20), 2),
        'Company ' || (n % 5000),
        '555-' || n, '', ?3 - n * 60, ?3 - n * 30,
        '10.' || (n / 65536 % 256) || '.' || (n / 256 % 256) || '.' || (n % 256), n % 100
    FROM numbers, syllables";

const ADD_ADDRESSES: &str = "
    INSERT INTO addresses (customer_id, first_name, last_name, company, phone, address1, address2,
        city, country_code, state_or_province, postal_code)
    SELECT id, first_name, last_name, company, phone, (id % 900) || ' Mill Lane', '', 'Sacramento',
        'US', 'California', '95814'
    FROM customers WHERE id >= ?1 AND id < ?2";

const ADD_VALUES: &str = "
    INSERT INTO attribute_values (customer_id, attribute_id, value, created_at, modified_at)
    SELECT c.id, a.id, 'Leaf ' || (c.id % 7), c.created_at, c.modified_at
    FROM customers c, (SELECT min(id) AS id FROM attributes) a
    WHERE a.id IS NOT NULL AND c.id >= ?1 AND c.id < ?2";

/// Adds `count` customers with an address each, and with a value of the store's first attribute.
///
/// # Errors
/// [`db::Error`].
pub async fn add_customers(store: &Store, count: u32) -> Result<(), db::Error> {
    let newest = |connection: &Connection| -> Result<i64, db::Error> {
        let sql = "SELECT coalesce(max(id), 0) FROM customers";
        Ok(connection.query_row(sql, [], |row| row.get(0))?)
    };
    let mut left = count;
    while left > 0 {
        let batch = left.min(BATCH);
        left -= batch;
        let add = move |connection: &Connection| {
            let first = newest(connection)? + 1;
            let end = first + i64::from(batch);
            connection.execute(ADD, (first, end, clock::now()))?;
            connection.execute(ADD_ADDRESSES, (first, end))?;
            connection.execute(ADD_VALUES, (first, end))?;
            Ok::<_, db::Error>(())
        };
        store.db.write(add).await?;
    }
    Ok(())
}
