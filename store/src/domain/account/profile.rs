//! Changing what an account says of its customer: the one operation behind GraphQL and the theme's
//! form.

use super::email_change;
use crate::domain::customers::{self, OWN_FIELDS, SaveError, text_of};
use crate::domain::form_fields::{self, Definitions, Owner};
use crate::domain::passwords::change_password;
use crate::domain::sessions::Started;
use crate::domain::settings::{self, Settings};
use crate::domain::validation::{FieldError, Part, Unreadable, Validator};
use crate::domain::{Store, captcha};
use crate::infra::db;
use rusqlite::Connection;
use storefront_rules::{BuiltIn, Field, FieldInput, FieldInputs, Values};

/// What to say when another account has the email address.
pub(crate) const EMAIL_TAKEN: &str =
    "There is already an account with this email address. Use another address.";

/// What a customer sent to change their account; nothing of it is believed yet.
#[derive(Default)]
pub(crate) struct Change {
    /// Answers to the account form's own fields: the email address. What is absent stays.
    pub account: FieldInputs,
    /// Answers to those fields of the address form that are the customer's own too. What is absent
    /// stays.
    pub person: FieldInputs,
    /// Answers to all of the account form's custom fields: what is absent is cleared. `None` leaves
    /// every one as it is.
    pub custom: Option<FieldInputs>,
    /// Answers that could not be taken in at all.
    pub unreadable: Unreadable,
    /// Answers to [`change_password::FIELDS`], when the password is to be changed too.
    pub password: Option<FieldInputs>,
    /// The token of the check against robots.
    pub captcha: Option<String>,
}

/// Why an account was not changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Answers do not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<FieldError>),
    /// The check against robots was not passed.
    #[error("captcha: {0}")]
    Captcha(captcha::CaptchaError),
    /// Another account has the email address.
    #[error("the email address is in use")]
    EmailTaken,
    /// There is no such customer any more.
    #[error("there is no such customer")]
    NoCustomer,
    /// The password was not changed.
    #[error(transparent)]
    Password(#[from] change_password::Error),
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::EmailTaken => Self::EmailTaken,
            SaveError::Db(error) => Self::Db(error),
        }
    }
}

/// A change that passed, ready to be saved.
struct Accepted {
    definitions: Definitions,
    customer: customers::Change,
    custom: Option<Values>,
    password: Option<change_password::Validated>,
}

/// Changes a customer's account: all that was sent, or nothing. Where the password is among it,
/// returns the session that has begun in the place of those that ended.
///
/// # Errors
/// [`Error`].
pub(crate) async fn update(
    store: &Store,
    customer_id: i64,
    change: Change,
) -> Result<Option<Started>, Error> {
    let (settings, definitions, kept) = store
        .db
        .read(move |connection| {
            let kept = form_fields::values_of(connection, customer_id)?;
            let (settings, fields) = (settings::load(connection)?, form_fields::load(connection)?);
            Ok::<_, db::Error>((settings, fields, kept))
        })
        .await?;
    let token = change.captcha.clone();
    let mut accepted =
        validate(store, &settings, definitions, change, kept).map_err(Error::Refused)?;
    // Last of the checks that cost nothing: a slip in the form costs nobody the tick they made.
    if settings.recaptcha.enabled {
        let redeemed = store.captcha.redeem(token.as_deref());
        redeemed.map_err(Error::Captcha)?;
    }
    let password = match accepted.password.take() {
        Some(validated) => Some(change_password::prove(store, customer_id, validated).await?),
        None => None,
    };
    store
        .db
        .write(move |connection| {
            let started = match &password {
                Some(proven) => Some(change_password::save(connection, proven)?),
                None => None,
            };
            save(connection, customer_id, &accepted)?;
            Ok(started)
        })
        .await
}

fn validate(
    store: &Store,
    settings: &Settings,
    definitions: Definitions,
    change: Change,
    kept: Values,
) -> Result<Accepted, Vec<FieldError>> {
    let mut validator = Validator::new(store, settings, &definitions, None);
    validator.add_unreadable(change.unreadable);
    let given = |fields: &[Field], answers: &FieldInputs, may: &[BuiltIn]| -> Vec<Field> {
        let fields = fields.iter().filter(|field| {
            let may = field.built_in().is_some_and(|own| may.contains(&own));
            may && answers.contains_key(&field.id)
        });
        fields.cloned().collect()
    };
    let fields = given(
        &definitions.customer,
        &change.account,
        &[BuiltIn::EmailAddress],
    );
    let account = validator.validate(Part::Account, &fields, &change.account);
    let fields = given(&definitions.address, &change.person, OWN_FIELDS);
    let fields: Vec<Field> = fields.into_iter().map(Field::of_customer).collect();
    let person = validator.validate(Part::Person, &fields, &change.person);

    let custom = definitions
        .customer
        .iter()
        .filter(|field| !field.is_built_in);
    let custom = match change.custom {
        Some(answers) => {
            let fields: Vec<Field> = custom.cloned().collect();
            Some(validator.validate(Part::Account, &fields, &answers))
        }
        // As the platform does: every change is held against what the store asks for by now.
        None => {
            let fields: Vec<Field> = custom.filter(|field| field.required).cloned().collect();
            let asked = |id| fields.iter().any(|field| field.id == id);
            let kept = kept.into_iter().filter(|(id, _)| asked(*id));
            let answers = kept
                .map(|(id, value)| (id, FieldInput::Typed(value)))
                .collect();
            validator.validate(Part::Account, &fields, &answers);
            None
        }
    };
    let password = change
        .password
        .map(|answers| change_password::validate(&mut validator, &definitions, &answers));
    validator.finish()?;
    let text = |answers: &FieldInputs, values: &Values, field: BuiltIn| {
        let was_given = answers.contains_key(&field.id());
        was_given.then(|| text_of(values, field).to_owned())
    };
    let of_person = |field| text(&change.person, &person, field);
    Ok(Accepted {
        customer: customers::Change {
            email: text(&change.account, &account, BuiltIn::EmailAddress),
            first_name: of_person(BuiltIn::FirstName),
            last_name: of_person(BuiltIn::LastName),
            company: of_person(BuiltIn::CompanyName),
            phone: of_person(BuiltIn::Phone),
            ..customers::Change::default()
        },
        custom,
        password,
        definitions,
    })
}

fn save(connection: &Connection, customer_id: i64, accepted: &Accepted) -> Result<(), Error> {
    let change = &accepted.customer;
    let known = customers::find(connection, customer_id)?.ok_or(Error::NoCustomer)?;
    customers::update(connection, customer_id, change)?;
    if let Some(values) = &accepted.custom {
        let (owner, fields) = (Owner::Customer(customer_id), &accepted.definitions.customer);
        form_fields::replace_values(connection, owner, fields, values)?;
    }
    if let Some(email) = &change.email {
        email_change::follow(connection, customer_id, &known.email, email)?;
    }
    Ok(())
}
