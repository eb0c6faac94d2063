//! Forgotten passwords: asking for a link by mail, and choosing a new password with it. The one
//! operation behind GraphQL and the theme's forms.

use crate::domain::customers::{self, Customer, secret_of};
use crate::domain::mail::{self, Mail};
use crate::domain::sessions::email_token::{self, Purpose};
use crate::domain::settings::{self, Settings};
use crate::domain::validation::{FieldError, Validator};
use crate::domain::{Store, captcha, form_fields, passwords};
use crate::infra::safe_redirect::is_local;
use crate::infra::{db, password_hash};
use rusqlite::Connection;
use storefront_rules::email::is_email;
use storefront_rules::text;
use storefront_rules::{BuiltIn, FieldInputs};

/// Where the link leads when whoever asks for it names no path.
const PATH: &str = "/login.php?action=change_password";

/// Why no link was asked for. Whether it is sent is for the customer's mailbox to know.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RequestError {
    /// This is no email address.
    #[error("Enter an email address, such as name@example.com.")]
    NotAnEmail,
    /// The link would lead out of the store.
    #[error("The path must be one of this store: a single / at its start, and no #.")]
    NotLocal,
    /// The check against robots was not passed.
    #[error(transparent)]
    Captcha(#[from] captcha::CaptchaError),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Has a link mailed to the customer with this email address, if there is one. Everything that
/// depends on it happens after the answer: its time tells nothing.
///
/// # Errors
/// [`RequestError`].
pub(crate) async fn request(
    store: &Store,
    email: String,
    path: Option<String>,
    captcha: Option<&str>,
) -> Result<(), RequestError> {
    if !is_email(text::trim(&email)) {
        return Err(RequestError::NotAnEmail);
    }
    // What is added behind a # would stay in the browser.
    if path
        .as_ref()
        .is_some_and(|p| !is_local(p) || p.contains('#'))
    {
        return Err(RequestError::NotLocal);
    }
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    if settings.recaptcha.enabled {
        store.captcha.redeem(captcha)?;
    }
    let own = store.clone();
    mail::later(store, move |connection| {
        match customers::find_by_email(connection, &email)? {
            Some(customer) => send_link(
                connection,
                &own.origin,
                &settings,
                &customer,
                path.as_deref(),
            ),
            None => Ok(()),
        }
    });
    Ok(())
}

/// Mails a customer the link to choose a new password, to `path` or the theme's own page, unless
/// they were sent enough of them.
pub(crate) fn send_link(
    connection: &Connection,
    origin: &str,
    settings: &Settings,
    customer: &Customer,
    path: Option<&str>,
) -> Result<(), db::Error> {
    let seconds = settings.passwords.reset_seconds;
    let issued = email_token::issue(connection, customer.id, Purpose::ResetPassword, seconds)?;
    let Some(token) = issued else {
        return Ok(());
    };
    let id = customer.id.to_string();
    let path = path.unwrap_or(PATH);
    let link = mail::link(origin, path, &[("c", &id), ("t", &token)]);
    mail::send(
        connection,
        &Mail {
            // What is kept, not what was typed: letters that only look alike are another's mailbox.
            recipient: customer.email.clone(),
            subject: format!("Choose a new password for {}", settings.store_name),
            body: format!(
                "Hello,\n\nfollow this link to choose a new password. It works once, within {}.\n\n\
                 {link}\n\nIf you did not ask for it, leave it: your password stays as it is.\n",
                mail::minutes(seconds),
            ),
        },
    )
}

/// Why no new password was kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The link does not count.
    #[error(transparent)]
    Link(#[from] email_token::Error),
    /// The new password does not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<FieldError>),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be hashed.
    #[error(transparent)]
    Passwords(#[from] password_hash::Error),
}

/// Saves a new password for the customer to whom this token was mailed. Every session of theirs
/// ends, and no link that was mailed to them counts any more.
///
/// # Errors
/// [`Error`]; the token counts as before.
pub(crate) async fn reset(
    store: &Store,
    customer_id: i64,
    token: String,
    answers: FieldInputs,
) -> Result<(), Error> {
    let sought = token.clone();
    let (settings, definitions) = store
        .db
        .read(move |connection| {
            check(connection, customer_id, &sought)?;
            Ok::<_, Error>((settings::load(connection)?, form_fields::load(connection)?))
        })
        .await?;
    let mut validator = Validator::new(store, &settings, &definitions, None);
    let asked = [BuiltIn::Password, BuiltIn::ConfirmPassword];
    let values = passwords::validate(&mut validator, &definitions, &asked, &answers);
    validator.finish().map_err(Error::Refused)?;
    let password = secret_of(&values, BuiltIn::Password);
    let hash = store.passwords.hash(password).await?;
    store
        .db
        .write(move |connection| {
            // Again: of two who use the link at once, one comes first.
            let customer = check(connection, customer_id, &token)?;
            passwords::replace(connection, customer.id, &customer.email, &hash)?;
            Ok(())
        })
        .await
}

fn check(connection: &Connection, customer_id: i64, token: &str) -> Result<Customer, Error> {
    let owner = email_token::check(connection, Purpose::ResetPassword, token)?;
    let customer = customers::find(connection, owner)?.filter(|owner| owner.id == customer_id);
    Ok(customer.ok_or(email_token::Error::NotValid)?)
}
