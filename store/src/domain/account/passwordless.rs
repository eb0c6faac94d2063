//! Signing in without a password: by a link that is mailed to the customer.

use crate::domain::Store;
use crate::domain::customers::{self, Customer};
use crate::domain::mail::{self, Mail};
use crate::domain::passwords::reset_password;
use crate::domain::sessions::email_token::{self, Purpose};
use crate::domain::sessions::{self, Started, lockout};
use crate::domain::settings::{self, Settings};
use crate::infra::db;
use rusqlite::Connection;
use storefront_rules::email::is_email;
use storefront_rules::text;

/// How long the link works, in seconds (the platform's `expiry`).
pub(crate) const LIFETIME: u32 = 900;

/// Why no link was asked for. Whether it is sent is for the customer's mailbox to know.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    /// The store does not offer it.
    #[error("This store does not offer sign-in without a password.")]
    Off,
    /// This is no email address.
    #[error("Enter an email address, such as name@example.com.")]
    NotAnEmail,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Has a link mailed to the customer with this email address, if there is one, that signs them in
/// and leads on to `destination`, a path of this store. A customer who must choose a new password
/// is mailed the link for that.
///
/// # Errors
/// [`RequestError`].
pub(crate) async fn request(
    store: &Store,
    email: String,
    destination: String,
) -> Result<(), RequestError> {
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    if !settings.sign_in.passwordless {
        return Err(RequestError::Off);
    }
    if !is_email(text::trim(&email)) {
        return Err(RequestError::NotAnEmail);
    }
    let own = store.clone();
    mail::later(store, move |connection| {
        let origin = &own.origin;
        match customers::find_by_email(connection, &email)? {
            Some(customer) if customer.must_reset => {
                reset_password::send_link(connection, origin, &settings, &customer, None)
            }
            Some(customer) => send_link(connection, origin, &settings, &customer, &destination),
            None => Ok(()),
        }
    });
    Ok(())
}

fn send_link(
    connection: &Connection,
    origin: &str,
    settings: &Settings,
    customer: &Customer,
    destination: &str,
) -> Result<(), db::Error> {
    let issued = email_token::issue(connection, customer.id, Purpose::SignIn, LIFETIME)?;
    let Some(token) = issued else {
        return Ok(());
    };
    let path = "/login.php?action=passwordless";
    let link = mail::link(origin, path, &[("t", &token), ("redirect_to", destination)]);
    mail::send(
        connection,
        &Mail {
            recipient: customer.email.clone(),
            subject: format!("Sign in to {}", settings.store_name),
            body: format!(
                "Hello,\n\nfollow this link to sign in. It works once, within {}.\n\n{link}\n\n\
                 If you did not ask for it, leave it: nobody is signed in without it.\n",
                mail::minutes(LIFETIME),
            ),
        },
    )
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The link does not count.
    #[error(transparent)]
    Link(#[from] email_token::Error),
    /// The customer must choose a new password first.
    #[error("This store asks you to choose a new password first: follow “Forgot your password?”.")]
    MustReset,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Signs in the customer to whom this token was mailed.
///
/// # Errors
/// [`Error`].
pub(crate) async fn sign_in(store: &Store, token: String) -> Result<Started, Error> {
    store
        .db
        .write(move |connection| {
            let id = email_token::consume(connection, Purpose::SignIn, &token)?;
            let customer = customers::find(connection, id)?.ok_or(email_token::Error::NotValid)?;
            if customer.must_reset {
                return Err(Error::MustReset);
            }
            if !customers::may_sign_in(connection, id)? {
                return Err(email_token::Error::NotValid.into());
            }
            lockout::forget(connection, &customer.email)?;
            Ok(sessions::start(connection, id)?)
        })
        .await
}
