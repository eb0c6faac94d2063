//! Changing a customer's address book: the one operation behind GraphQL and the theme's form.
//!
//! Every change is one transaction, from the reading of what it is validated by to the writing: of two
//! that come at once, the later meets what the earlier left.

use super::book::{self, Address};
use super::find_same_address;
use crate::domain::form_fields::{self, Definitions};
use crate::domain::settings::{self, Settings};
use crate::domain::validation::{FieldError, Part, Unreadable, Validator, country_of};
use crate::domain::{Store, captcha, customers};
use crate::infra::db;
use rusqlite::Connection;
use storefront_rules::{Field, FieldInput, FieldInputs, Values};

/// What to say when the customer has no such address, whether or not another customer has.
pub(crate) const NO_ADDRESS: &str =
    "This address is not in your address book any more. Load the page again.";

/// What a customer sent to add an address; nothing of it is believed yet.
#[derive(Default)]
pub(crate) struct NewAddress {
    /// Answers to the whole address form.
    pub answers: FieldInputs,
    /// Answers that could not be taken in at all.
    pub unreadable: Unreadable,
    /// The token of the check against robots.
    pub captcha: Option<String>,
}

/// What a customer sent to change an address; nothing of it is believed yet.
#[derive(Default)]
pub(crate) struct Change {
    /// Answers to the address form's own fields. What is absent stays.
    pub own: FieldInputs,
    /// Answers to all of the address form's custom fields: what is absent is cleared. `None` leaves
    /// every one as it is.
    pub custom: Option<FieldInputs>,
    /// Answers that could not be taken in at all.
    pub unreadable: Unreadable,
    /// The token of the check against robots.
    pub captcha: Option<String>,
}

/// What became of an address that counts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    /// It is kept as it was sent.
    Saved(Address),
    /// It would be the same as another of the book in all but custom answers, so nothing was kept:
    /// here is the address that there was.
    Unchanged(Address),
}

impl Outcome {
    /// The address as it stands in the book.
    #[must_use]
    pub(crate) fn into_address(self) -> Address {
        match self {
            Self::Saved(address) | Self::Unchanged(address) => address,
        }
    }
}

/// Why an address book was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Answers do not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<FieldError>),
    /// The check against robots was not passed.
    #[error("captcha: {0}")]
    Captcha(captcha::CaptchaError),
    /// The customer has no such address.
    #[error("there is no such address")]
    NoAddress,
    /// There is no such customer any more.
    #[error("there is no such customer")]
    NoCustomer,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

/// Adds an address to a customer's book, unless it is the same as another there.
///
/// # Errors
/// [`Error`].
pub(crate) async fn add(
    store: &Store,
    customer_id: i64,
    new: NewAddress,
) -> Result<Outcome, Error> {
    let writer = store.clone();
    store
        .db
        .write(move |connection| {
            if customers::find(connection, customer_id)?.is_none() {
                return Err(Error::NoCustomer);
            }
            let rules = Rules::load(&writer, connection)?;
            let fields = &rules.definitions.address;
            let values = rules.validate(fields, &new.answers, new.unreadable)?;
            rules.keep_robots_out(new.captcha.as_deref())?;
            let same = find_same_address(connection, customer_id, &values, false, None)?;
            if let Some(known) = same {
                return Ok(Outcome::Unchanged(known));
            }
            let id = book::insert(connection, customer_id, fields, &values, false)?;
            saved(connection, customer_id, id).map(Outcome::Saved)
        })
        .await
}

/// Changes an address of a customer: all that was sent, or nothing. The address is validated as a
/// whole, by what the store asks for by now.
///
/// # Errors
/// [`Error`].
pub(crate) async fn update(
    store: &Store,
    customer_id: i64,
    id: i64,
    change: Change,
) -> Result<Outcome, Error> {
    let writer = store.clone();
    store
        .db
        .write(move |connection| {
            let before = saved(connection, customer_id, id)?;
            let rules = Rules::load(&writer, connection)?;
            let values = rules.merge(
                before.values(),
                change.own,
                change.custom,
                change.unreadable,
            )?;
            rules.keep_robots_out(change.captcha.as_deref())?;
            let kind = before.is_commercial;
            let same = find_same_address(connection, customer_id, &values, kind, Some(id))?;
            if same.is_some() {
                return Ok(Outcome::Unchanged(before));
            }
            let fields = &rules.definitions.address;
            book::update(connection, id, fields, &values, kind)?;
            saved(connection, customer_id, id).map(Outcome::Saved)
        })
        .await
}

/// Takes an address out of a customer's book. `captcha` is the token of the check against robots.
///
/// # Errors
/// [`Error`].
pub(crate) async fn delete(
    store: &Store,
    customer_id: i64,
    id: i64,
    captcha: Option<String>,
) -> Result<(), Error> {
    let writer = store.clone();
    store
        .db
        .write(move |connection| {
            let address = saved(connection, customer_id, id)?;
            Rules::load(&writer, connection)?.keep_robots_out(captcha.as_deref())?;
            Ok(book::delete(connection, address.id)?)
        })
        .await
}

fn saved(connection: &Connection, customer_id: i64, id: i64) -> Result<Address, Error> {
    book::find_in_book(connection, customer_id, id)?.ok_or(Error::NoAddress)
}

/// What an address is validated by.
struct Rules<'a> {
    store: &'a Store,
    settings: Settings,
    definitions: Definitions,
}

impl<'a> Rules<'a> {
    fn load(store: &'a Store, connection: &Connection) -> Result<Self, db::Error> {
        Ok(Self {
            store,
            settings: settings::load(connection)?,
            definitions: form_fields::load(connection)?,
        })
    }

    fn validate(
        &self,
        fields: &[Field],
        answers: &FieldInputs,
        unreadable: Unreadable,
    ) -> Result<Values, Error> {
        let country = country_of(self.store, answers);
        let mut validator = Validator::new(self.store, &self.settings, &self.definitions, country);
        validator.add_unreadable(unreadable);
        let values = validator.validate(Part::Address, fields, answers);
        validator.finish().map_err(Error::Refused)?;
        Ok(values)
    }

    /// The values of an address that were `before`, with the answers laid over them.
    fn merge(
        &self,
        before: Values,
        own: FieldInputs,
        custom: Option<FieldInputs>,
        unreadable: Unreadable,
    ) -> Result<Values, Error> {
        let is_given = custom.is_some();
        let fields = self.definitions.address.iter();
        // As the platform does: every change is held against what the store asks for by now. What
        // is not asked stays as it is.
        let fields = fields.filter(|field| field.is_built_in || field.required || is_given);
        let fields: Vec<Field> = fields.cloned().collect();
        let mut answers = own;
        answers.extend(custom.unwrap_or_default());
        for field in fields.iter().filter(|field| field.is_built_in || !is_given) {
            let kept = before
                .get(&field.id)
                .filter(|_| !answers.contains_key(&field.id));
            if let Some(value) = kept {
                answers.insert(field.id, FieldInput::Typed(value.clone()));
            }
        }
        let validated = self.validate(&fields, &answers, unreadable)?;
        let is_asked = |id| fields.iter().any(|field| field.id == id);
        let stays = before.into_iter().filter(|(id, _)| !is_asked(*id));
        Ok(stays.chain(validated).collect())
    }

    /// Last of the checks: a slip in the form costs nobody the tick they made.
    fn keep_robots_out(&self, token: Option<&str>) -> Result<(), Error> {
        if self.settings.recaptcha.enabled {
            self.store.captcha.redeem(token).map_err(Error::Captcha)?;
        }
        Ok(())
    }
}
