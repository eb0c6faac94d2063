//! Opening an account: the one operation behind GraphQL, REST and the theme's form.

use crate::domain::customers::{self, MerchantChange, NewCustomer, SaveError, secret_of, text_of};
use crate::domain::form_fields::{self, Definitions, Owner};
use crate::domain::settings::{self, Settings};
use crate::domain::validation::{FieldError, Part, Unreadable, Validator, country_of};
use crate::domain::{Store, addresses, captcha, subscribers};
use crate::infra::{db, password_hash};
use rusqlite::Connection;
use std::net::IpAddr;
use storefront_rules::{BuiltIn, Field, FieldInputs, Values};

/// What to say when the email address has an account.
pub(crate) const EMAIL_TAKEN: &str =
    "There is already an account with this email address. Sign in, or use another address.";

/// What to say when the store opens no accounts.
pub(crate) const DISABLED: &str = "This store does not open new accounts at the moment.";

/// Where a sign-up comes from. The sources differ in the fields they can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// `registerCustomer`.
    GraphQl,
    /// `POST /api/storefront/customers`.
    Rest,
    /// The theme's form.
    Form,
}

impl Source {
    /// Whether a sign-up from here can carry an answer to this field of the account form.
    const fn carries(self, field: &Field) -> bool {
        match field.built_in() {
            // Only a change of the password needs it.
            Some(BuiltIn::CurrentPassword) => false,
            // Properties of no input type; a form posts them.
            Some(BuiltIn::ConfirmPassword | BuiltIn::ReceiveMarketingEmails) => {
                matches!(self, Self::Form)
            }
            Some(_) | None => true,
        }
    }

    /// Which of the address form's fields are the customer's own too.
    const fn own_fields(self) -> &'static [BuiltIn] {
        match self {
            Self::GraphQl | Self::Form => customers::OWN_FIELDS,
            Self::Rest => &[BuiltIn::FirstName, BuiltIn::LastName],
        }
    }
}

/// What a shopper sent to open an account; nothing of it is believed yet.
pub(crate) struct SignUp {
    /// Where it comes from.
    pub source: Source,
    /// Answers to the account form.
    pub account: FieldInputs,
    /// Answers to those fields of the address form that are the customer's own too: names,
    /// company, phone.
    pub person: FieldInputs,
    /// Answers to the whole address form, when an address is to be saved.
    pub address: Option<FieldInputs>,
    /// Answers that could not be taken in at all.
    pub unreadable: Unreadable,
    /// Whether the shopper wants marketing emails; `None` when the request cannot say.
    pub accepts_marketing: Option<bool>,
    /// The token of the check against robots.
    pub captcha: Option<String>,
    /// The address of the network that it came from.
    pub peer: Option<IpAddr>,
}

/// Why no account was opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The store opens no accounts.
    #[error("account creation is disabled")]
    Disabled,
    /// Answers do not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<FieldError>),
    /// The check against robots was not passed.
    #[error("captcha: {0}")]
    Captcha(captcha::CaptchaError),
    /// Another account has the email address.
    #[error("the email address is in use")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be hashed.
    #[error(transparent)]
    Passwords(#[from] password_hash::Error),
}

impl From<SaveError> for Error {
    fn from(error: SaveError) -> Self {
        match error {
            SaveError::EmailTaken => Self::EmailTaken,
            SaveError::Db(error) => Self::Db(error),
        }
    }
}

/// A sign-up that passed, ready to be saved.
struct Accepted {
    definitions: Definitions,
    account: Values,
    person: Values,
    address: Option<Values>,
    accepts_marketing: Option<bool>,
    /// A JSON list; none for every channel.
    channel_ids: Option<String>,
    peer: Option<IpAddr>,
}

/// Opens an account and returns the customer's id. All of it is kept, or nothing.
///
/// # Errors
/// [`Error`].
pub(crate) async fn sign_up(store: &Store, sign_up: SignUp) -> Result<i64, Error> {
    let (settings, definitions) = store
        .db
        .read(|connection| {
            Ok::<_, db::Error>((settings::load(connection)?, form_fields::load(connection)?))
        })
        .await?;
    if !settings.account_creation_enabled {
        return Err(Error::Disabled);
    }
    let token = sign_up.captcha.clone();
    let accepted = validate(store, &settings, definitions, sign_up).map_err(Error::Refused)?;
    // Last of the checks, so that a slip in the form costs nobody the tick they made.
    if settings.recaptcha.enabled {
        let redeemed = store.captcha.redeem(token.as_deref());
        redeemed.map_err(Error::Captcha)?;
    }
    let password = secret_of(&accepted.account, BuiltIn::Password);
    let hash = store.passwords.hash(password).await?;
    store
        .db
        .write(move |connection| save(connection, &accepted, &hash))
        .await
}

fn validate(
    store: &Store,
    settings: &Settings,
    definitions: Definitions,
    sign_up: SignUp,
) -> Result<Accepted, Vec<FieldError>> {
    let answers = sign_up.address.as_ref().unwrap_or(&sign_up.person);
    let country = country_of(store, answers);
    let mut validator = Validator::new(store, settings, &definitions, country);
    validator.add_unreadable(sign_up.unreadable);
    let account = account_fields(&definitions, sign_up.source);
    let account = validator.validate(Part::Account, &account, &sign_up.account);
    let person = person_fields(&definitions, sign_up.source, sign_up.address.is_some());
    let person = validator.validate(Part::Person, &person, &sign_up.person);
    let address = sign_up
        .address
        .map(|answers| validator.validate(Part::Address, &definitions.address, &answers));
    validator.finish()?;
    let accepts_marketing = sign_up
        .accepts_marketing
        .or_else(|| ticked_marketing(sign_up.source, &account));
    Ok(Accepted {
        account,
        person,
        address,
        accepts_marketing,
        // Where global logins are refused, one that may be used everywhere could be used nowhere here.
        channel_ids: (settings.channel.refuses_global_logins)
            .then(|| format!("[{}]", customers::CHANNEL_ID)),
        peer: sign_up.peer,
        definitions,
    })
}

fn account_fields(definitions: &Definitions, source: Source) -> Vec<Field> {
    let fields = definitions.customer.iter();
    fields
        .filter(|field| source.carries(field))
        .cloned()
        .collect()
}

/// The fields that are the customer's own. With an address, company and phone are asked for there
/// and may be left out here.
fn person_fields(definitions: &Definitions, source: Source, with_address: bool) -> Vec<Field> {
    let own = |field: &&Field| {
        field
            .built_in()
            .is_some_and(|built_in| source.own_fields().contains(&built_in))
    };
    let is_name = |field: &Field| {
        matches!(
            field.built_in(),
            Some(BuiltIn::FirstName | BuiltIn::LastName)
        )
    };
    let fields = definitions.address.iter().filter(own).cloned();
    fields
        .map(|field| Field {
            required: field.required && (is_name(&field) || !with_address),
            ..field.of_customer()
        })
        .collect()
}

/// What the form's box for marketing emails says; nothing when it is not asked this source.
fn ticked_marketing(source: Source, account: &Values) -> Option<bool> {
    let ticked = account.contains_key(&BuiltIn::ReceiveMarketingEmails.id());
    (source == Source::Form).then_some(ticked)
}

/// Whether an address holds more than what the customer has of their own. A form whose merchant
/// made everything else optional may be sent without.
fn says_where(address: &Values) -> bool {
    let own = Source::Form.own_fields();
    address
        .keys()
        .any(|id| !own.iter().any(|field| field.id() == *id))
}

fn save(connection: &Connection, accepted: &Accepted, password_hash: &str) -> Result<i64, Error> {
    let email = text_of(&accepted.account, BuiltIn::EmailAddress);
    let person = |field| text_of(&accepted.person, field);
    let id = customers::insert(
        connection,
        &NewCustomer {
            email,
            first_name: person(BuiltIn::FirstName),
            last_name: person(BuiltIn::LastName),
            company: person(BuiltIn::CompanyName),
            phone: person(BuiltIn::Phone),
            password_hash,
            merchant: MerchantChange {
                registration_ip: accepted.peer.map(|ip| ip.to_string()),
                accepts_marketing: accepted.accepts_marketing,
                channel_ids: accepted.channel_ids.clone(),
                ..MerchantChange::default()
            },
            ..NewCustomer::default()
        },
    )?;
    let (owner, fields) = (Owner::Customer(id), &accepted.definitions.customer);
    form_fields::insert_values(connection, owner, fields, &accepted.account)?;
    if let Some(address) = accepted.address.as_ref().filter(|a| says_where(a)) {
        addresses::insert(
            connection,
            id,
            &accepted.definitions.address,
            address,
            false,
        )?;
    }
    if accepted.accepts_marketing == Some(true) {
        subscribers::upsert(
            connection,
            &subscribers::Change {
                email: email.to_owned(),
                first_name: Some(person(BuiltIn::FirstName).to_owned()),
                last_name: Some(person(BuiltIn::LastName).to_owned()),
                marketing_newsletter: Some(true),
                ..subscribers::Change::default()
            },
        )?;
    }
    Ok(id)
}
