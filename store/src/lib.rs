//! A local store: the storefront endpoints that a shopper's browser speaks, the Management APIs of back
//! offices, and a demo theme, on SQLite.
//!
//! `infra ← domain ← {storefront, management, theme, webhooks} ← app`, and `dev` beside them; read `←` as
//! "is used by". `ARCHITECTURE.md` beside this crate follows a request of each API down to its row.

mod app;
mod dev;
mod domain;
mod infra;
mod management;
mod storefront;
mod theme;
mod webhooks;

pub use app::{Config, OpenError, install_tls, open, router, service};
pub use dev::{FillError, add_customers, fill_address_book};
pub use domain::Store;
pub use infra::db::{Error as DbError, Location};
pub use storefront::graphql::sdl;
