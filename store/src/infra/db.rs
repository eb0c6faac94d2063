//! The SQLite database: opening, migrating, reading and writing.
//!
//! rusqlite rather than an asynchronous wrapper: SQLite is a library that answers in microseconds,
//! has one writer, and needs no database at compile time to check queries against. Every call runs
//! on a blocking thread, so no request waits on another's disk.

use rusqlite::{Connection, OpenFlags, TransactionBehavior};
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
        "the database has schema {found}, this program knows {known}: use a newer program or another data directory"
    )]
    TooNew {
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
    #[error("the database is damaged: {0}. Restore a backup")]
    Damaged(String),
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
        migrate(&mut writer)?;
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
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", [], |row| row.get(0))
        .map_err(|error| Error::Damaged(error.to_string()))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(Error::Damaged(found))
    }
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

fn migrate(connection: &mut Connection) -> Result<(), Error> {
    let version = |connection: &Connection| {
        connection.pragma_query_value(None, "user_version", |row| row.get::<_, u32>(0))
    };
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction)?;
    let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
    if found > known {
        return Err(Error::TooNew { found, known });
    }
    for step in MIGRATIONS.iter().skip(found as usize) {
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
}
