//! The SQLite database: opening, migrating, reading and writing.
//!
//! rusqlite rather than an asynchronous wrapper: SQLite is a library that answers in microseconds,
//! has one writer, and needs no database at compile time to check queries against. Every call runs
//! on a blocking thread, so no request waits on another's disk.

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

/// The steps from an empty file to today's schema; `user_version` counts those taken. A step that
/// was released is never edited: the next one follows it.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/1-accounts.sql"),
    include_str!("../../migrations/2-sessions-and-passwords.sql"),
    include_str!("../../migrations/3-consent.sql"),
    include_str!("../../migrations/4-back-office.sql"),
    include_str!("../../migrations/5-webhooks.sql"),
    include_str!("../../migrations/6-deliveries.sql"),
    include_str!("../../migrations/7-counts.sql"),
    include_str!("../../migrations/8-letters-of-names.sql"),
    include_str!("../../migrations/9-headless.sql"),
];

/// The file's name inside the data directory.
const FILE_NAME: &str = "store.sqlite3";

/// Fewest connections for reading: a long query leaves room for short ones.
const LEAST_READERS: usize = 8;

/// How many prepared statements a connection keeps, of those last used.
const STATEMENTS: usize = 256;

/// Why the database did not answer. Logged, never sent to a shopper.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite refused.
    #[error("SQLite: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// A stored JSON text is not what this version writes.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The file was written by a later version of this program.
    #[error(
        "{file} was written by a later version of storefront-store (its schema is {found}, this program knows \
         {known}). Start that version, put a backup of before in its place, or name another directory with --data"
    )]
    TooNew {
        /// The file.
        file: String,
        /// Schema of the file.
        found: u32,
        /// Newest schema of this program.
        known: u32,
    },
    /// The data directory cannot be made.
    #[error("cannot make the data directory: {0}")]
    Directory(std::io::Error),
    /// The thread that held the query is gone.
    #[error("the query was not carried out: {0}")]
    Stopped(#[from] tokio::task::JoinError),
    /// The database is closed.
    #[error("the database takes no more queries: {0}")]
    Closed(#[from] AcquireError),
    /// The file is damaged.
    #[error(
        "{file} is damaged: {found}. Nothing was changed. Put a backup into an empty directory and name that with \
         --data; without one, save what can be read: sqlite3 {file} .recover"
    )]
    Damaged {
        /// The file.
        file: String,
        /// What SQLite says of it.
        found: String,
    },
    /// There is a file where the backup is to be.
    #[error("{0} exists already: name a file that does not")]
    Exists(PathBuf),
    /// Two forms claim one field.
    #[error("the field {0} belongs to the other form already")]
    FieldOfOtherForm(i32),
    /// The system has no randomness to give.
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

/// Where the database lives.
#[derive(Clone, Debug)]
pub enum Location {
    /// In this directory, which is made if need be.
    Directory(PathBuf),
    /// In memory, gone with the process.
    Memory,
}

/// The database; clones share it.
#[derive(Clone)]
pub(crate) struct Db(Arc<Connections>);

struct Connections {
    /// Who writes, and who reads: the others wait in their order, and take up neither a thread nor
    /// a connection.
    writing: Arc<Semaphore>,
    reading: Arc<Semaphore>,
    writer: Mutex<Connection>,
    idle_readers: Mutex<Vec<Connection>>,
    /// `None` in memory, where there is one connection for everything.
    file: Option<PathBuf>,
}

impl Db {
    /// Opens the database, looks whether it is whole, and brings its schema up to date.
    ///
    /// # Errors
    /// [`Error`] when the directory, the file or a migration fails, or the file is damaged.
    pub(crate) fn open(place: &Location) -> Result<Self, Error> {
        let file = match place {
            Location::Memory => None,
            Location::Directory(directory) => {
                std::fs::create_dir_all(directory).map_err(Error::Directory)?;
                Some(directory.join(FILE_NAME))
            }
        };
        let mut writer = match &file {
            None => Connection::open_in_memory()?,
            Some(path) => Connection::open(path)?,
        };
        check(&writer)?;
        configure(&writer)?;
        migrate(&mut writer, MIGRATIONS)?;
        let processors = std::thread::available_parallelism().map_or(1, NonZero::get);
        let readers = (2 * processors).max(LEAST_READERS);
        Ok(Self(Arc::new(Connections {
            writing: Arc::new(Semaphore::new(1)),
            reading: Arc::new(Semaphore::new(readers)),
            writer: Mutex::new(writer),
            idle_readers: Mutex::new(Vec::new()),
            file,
        })))
    }

    /// Writes a whole copy of the database, as it stands at one moment, to a file that must not
    /// exist yet. Others read and write meanwhile.
    ///
    /// # Errors
    /// [`Error`].
    pub(crate) async fn back_up(&self, to: PathBuf) -> Result<(), Error> {
        if to.exists() {
            return Err(Error::Exists(to));
        }
        let connections = Arc::clone(&self.0);
        let place = Arc::clone(&connections.reading).acquire_owned().await;
        let copy = move |connection: &Connection| {
            // One statement, one snapshot: the copy has no half transaction, and no free pages.
            connection.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
            Ok(())
        };
        in_turn(place, move || connections.with_reader(copy)).await
    }

    /// Runs `query` on a connection that cannot write. All that it reads is as it was at one moment:
    /// what a list counts and what it shows belong together.
    ///
    /// # Errors
    /// Whatever `query` returns, and [`Error`].
    pub(crate) async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let connections = Arc::clone(&self.0);
        let place = Arc::clone(&connections.reading).acquire_owned().await;
        in_turn(place, move || connections.read(query)).await
    }

    /// Runs `change` in a transaction of its own: kept when it returns `Ok`, undone otherwise.
    ///
    /// # Errors
    /// Whatever `change` returns, and [`Error`].
    pub(crate) async fn write<T, E, F>(&self, change: F) -> Result<T, E>
    where
        F: FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let connections = Arc::clone(&self.0);
        let place = Arc::clone(&connections.writing).acquire_owned().await;
        in_turn(place, move || connections.write(change)).await
    }
}

#[cfg(test)]
impl Db {
    /// The number of statements that run from now on. Only in memory: there is one connection then.
    pub(crate) fn count_statements(&self) -> Result<Arc<std::sync::atomic::AtomicUsize>, Error> {
        use rusqlite::trace::{TraceEvent, TraceEventCodes};
        use std::sync::atomic::{AtomicUsize, Ordering};
        let count = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&count);
        let count_one = move |_: TraceEvent<'_>| {
            counter.fetch_add(1, Ordering::Relaxed);
        };
        let mask = TraceEventCodes::SQLITE_TRACE_STMT;
        lock(&self.0.writer).trace_v2(mask, Some(count_one))?;
        Ok(count)
    }
}

/// Runs `query` where it may wait for the disk, and gives `place` back when it has ended: not when
/// nobody waits for its answer any more.
async fn in_turn<T, E>(
    place: Result<OwnedSemaphorePermit, AcquireError>,
    query: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<Error> + Send + 'static,
{
    let place = place.map_err(|e| E::from(e.into()))?;
    let work = move || {
        let _place = place;
        query()
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| E::from(e.into()))?
}

impl Connections {
    fn read<T, E: From<Error>>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        self.with_reader(|reader| {
            // Dropped at the end: there is nothing to keep of it.
            let snapshot = reader.unchecked_transaction().map_err(Error::from)?;
            query(&snapshot)
        })
    }

    fn with_reader<T, E: From<Error>>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let Some(file) = &self.file else {
            return query(&lock(&self.writer));
        };
        let idle = lock(&self.idle_readers).pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(file)?,
        };
        let answer = query(&reader);
        lock(&self.idle_readers).push(reader);
        answer
    }

    fn write<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let transaction = writer
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(Error::from)?;
        let answer = change(&transaction)?;
        transaction.commit().map_err(Error::from)?;
        Ok(answer)
    }
}

/// A panic while a lock was held left no half-written state behind: the transaction was undone.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_reader(file: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(file, flags)?;
    reader.busy_timeout(Duration::from_secs(5))?;
    reader.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(reader)
}

/// Looks whether the pages of the file fit together; what is in them, SQLite sees to itself.
fn check(connection: &Connection) -> Result<(), Error> {
    let found = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0));
    let found: String = match found {
        Ok(found) => found,
        Err(error) if is_damage(&error) => error.to_string(),
        Err(error) => return Err(error.into()),
    };
    if found == "ok" {
        return Ok(());
    }
    Err(Error::Damaged {
        file: name(connection),
        found,
    })
}

/// Whether SQLite failed because of what is in the file, and not because another program has it locked.
fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// What the file of a database is called.
fn name(connection: &Connection) -> String {
    let path = connection.path().filter(|path| !path.is_empty());
    path.unwrap_or("the database in memory").to_owned()
}

fn configure(connection: &Connection) -> Result<(), Error> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // WAL: readers do not wait for the writer. FULL: what was acknowledged survives a power cut.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
    )?;
    Ok(())
}

/// Takes the steps that the file has not taken yet: all of them, or none.
fn migrate(connection: &mut Connection, steps: &[&str]) -> Result<(), Error> {
    let version = |connection: &Connection| {
        connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    if found > known {
        drop(transaction);
        return Err(Error::TooNew {
            file: name(connection),
            found,
            known,
        });
    }
    for step in steps.iter().skip(found as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_that_a_request_reads_is_as_it_was_at_one_moment() {
        let directory = tempfile::tempdir().unwrap();
        let db = Db::open(&Location::Directory(directory.path().to_owned())).unwrap();
        let add = "INSERT INTO subscribers (email, email_key, first_name, last_name, source,
                marketing_newsletter, abandoned_cart, created_at)
            VALUES ('a@example.com', 'a@example.com', '', '', 'custom', 1, 0, 0)";
        let count = |connection: &Connection| -> i64 {
            let sql = "SELECT total FROM row_counts WHERE name = 'subscribers'";
            connection.query_row(sql, [], |row| row.get(0)).unwrap()
        };
        let file = directory.path().join(FILE_NAME);
        let (before, after) = db
            .read(move |connection| {
                let before = count(connection);
                let other = Connection::open(file)?;
                other.execute(add, [])?;
                Ok::<_, Error>((before, count(connection)))
            })
            .await
            .unwrap();
        assert_eq!((before, after), (0, 0));
        let later = db.read(move |connection| Ok::<_, Error>(count(connection)));
        assert_eq!(later.await.unwrap(), 1);
    }

    /// A customer with an address, a value and a newsletter, as the first version kept them.
    const FILLED: &str = "
        INSERT INTO customers VALUES
            (7, 'Ada@example.com', 'ada@example.com', 'Ada', 'Lovelace', 'Engines', '555', 'hash', NULL, 1000);
        INSERT INTO addresses VALUES
            (9, 7, 'Ada', 'Lovelace', '', '', '1 Street', '', 'London', 'GB', '', 'N1');
        INSERT INTO form_fields VALUES (30, 'customer', '{}');
        INSERT INTO customer_form_field_values VALUES (7, 30, '{}');
        INSERT INTO subscribers VALUES
            (3, 'Ada@example.com', 'ada@example.com', 'Ada', 'Lovelace', 'custom', 1, 0, 1000);";

    /// A file as the version with so many steps left it, with a customer in it.
    fn written_by(directory: &Path, version: usize) {
        let mut connection = Connection::open(directory.join(FILE_NAME)).unwrap();
        configure(&connection).unwrap();
        let (first, later) = MIGRATIONS[..version].split_at(1);
        migrate(&mut connection, first).unwrap();
        connection.execute_batch(FILLED).unwrap();
        migrate(&mut connection, &[first, later].concat()).unwrap();
        if version > 1 {
            let attribute = "INSERT INTO attributes (id, name, type) VALUES (4, 'Tea', 'string')";
            connection.execute(attribute, []).unwrap();
            let value = "INSERT INTO attribute_values (customer_id, attribute_id, value) VALUES (7, 4, 'green')";
            connection.execute(value, []).unwrap();
        }
    }

    fn schema(connection: &Connection) -> Vec<(String, Option<String>)> {
        let sql = "SELECT name, sql FROM sqlite_schema ORDER BY name";
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_file_of_every_earlier_version_opens_with_the_schema_of_today_and_all_that_was_in_it() {
        let mut fresh = Connection::open_in_memory().unwrap();
        migrate(&mut fresh, MIGRATIONS).unwrap();
        for version in 1..=MIGRATIONS.len() {
            let directory = tempfile::tempdir().unwrap();
            written_by(directory.path(), version);
            drop(Db::open(&Location::Directory(directory.path().to_owned())).unwrap());
            let file = Connection::open(directory.path().join(FILE_NAME)).unwrap();
            assert_eq!(schema(&file), schema(&fresh), "from version {version}");
            let one = |sql: &str| -> String {
                let value = file.query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0));
                format!("{:?}", value.unwrap())
            };
            for (sql, value) in [
                ("PRAGMA integrity_check", "Text(\"ok\")"),
                (
                    "SELECT count(*) FROM pragma_foreign_key_check",
                    "Integer(0)",
                ),
                (
                    "SELECT modified_at FROM customers WHERE id = 7",
                    "Integer(1000)",
                ),
                (
                    "SELECT city FROM addresses WHERE id = 9",
                    "Text(\"London\")",
                ),
                (
                    "SELECT count(*) FROM customer_form_field_values",
                    "Integer(1)",
                ),
                (
                    "SELECT email FROM subscribers WHERE id = 3",
                    "Text(\"Ada@example.com\")",
                ),
                (
                    "SELECT rowid FROM customer_names WHERE name MATCH 'lovel'",
                    "Integer(7)",
                ),
                (
                    "SELECT total FROM row_counts WHERE name = 'addresses'",
                    "Integer(1)",
                ),
            ] {
                assert_eq!(one(sql), value, "{sql}, from version {version}");
            }
            if version > 1 {
                let value = one("SELECT value FROM attribute_values WHERE customer_id = 7");
                assert_eq!(value, "Text(\"green\")", "from version {version}");
                let last = one("SELECT id FROM last_ids WHERE name = 'attributes'");
                assert_eq!(last, "Integer(4)", "from version {version}");
            }
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let mut file = Connection::open_in_memory().unwrap();
        migrate(&mut file, &MIGRATIONS[..2]).unwrap();
        let before = schema(&file);
        let steps = [
            &MIGRATIONS[..3],
            &["CREATE TABLE half (id); SELECT none FROM nowhere"],
        ]
        .concat();
        assert!(migrate(&mut file, &steps).is_err());
        assert_eq!(schema(&file), before);
        migrate(&mut file, MIGRATIONS).unwrap();
    }

    #[test]
    fn a_file_of_a_later_version_is_refused_by_its_name_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE_NAME);
        let later = u32::try_from(MIGRATIONS.len()).unwrap() + 1;
        written_by(directory.path(), MIGRATIONS.len());
        let file = Connection::open(&path).unwrap();
        file.pragma_update(None, "user_version", later).unwrap();
        drop(file);
        let before = std::fs::read(&path).unwrap();
        let refused = Db::open(&Location::Directory(directory.path().to_owned()));
        let message = refused.err().unwrap().to_string();
        assert!(message.contains(&*path.to_string_lossy()), "{message}");
        assert!(message.contains("Start that version"), "{message}");
        assert_eq!(std::fs::read(&path).unwrap(), before);
    }

    #[test]
    fn a_file_that_is_no_database_or_only_a_part_of_one_is_called_damaged_and_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE_NAME);
        written_by(directory.path(), MIGRATIONS.len());
        let whole = std::fs::read(&path).unwrap();
        let mut holes = whole.clone();
        let middle = whole.len() / 2;
        holes[middle..middle + 8192].fill(0xa5);
        let half = whole[..middle].to_vec();
        let mut head = whole;
        head[..100].fill(0);
        for bytes in [b"not a database, but a note".to_vec(), holes, half, head] {
            std::fs::write(&path, &bytes).unwrap();
            let refused = Db::open(&Location::Directory(directory.path().to_owned()));
            let message = refused.err().unwrap().to_string();
            assert!(message.contains("is damaged"), "{message}");
            assert!(message.contains(&*path.to_string_lossy()), "{message}");
            assert!(message.contains("Put a backup"), "{message}");
            assert_eq!(std::fs::read(&path).unwrap(), bytes);
        }
    }
}
