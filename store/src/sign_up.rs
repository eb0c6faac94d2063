//! Opening an account: the one operation behind GraphQL, REST and the theme's form.

use crate::customers::{InsertError, NewCustomer, text_of};
use crate::form_fields::{Definitions, Owner};
use crate::settings::Settings;
use crate::{Store, captcha, customers, db, form_fields, passwords, settings, subscribers, words};
use rusqlite::Connection;
use storefront_rules::address::Demands;
use storefront_rules::{
    Answers, BuiltIn, Context, Field, FieldId, Layout, Secret, Value, Values, Violation,
    Violations, validate,
};

/// What to say when the e-mail address has an account.
pub const EMAIL_TAKEN: &str =
    "There is already an account with this email address. Sign in, or use another address.";

/// What to say when the store opens no accounts.
pub const DISABLED: &str = "This store does not open new accounts at the moment.";

/// Which way a sign-up came. The ways differ in the fields they can carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// `registerCustomer`.
    GraphQl,
    /// `POST /api/storefront/customers`.
    Rest,
    /// The theme's form.
    Form,
}

impl Way {
    /// Whether a sign-up of this way can carry an answer to this field of the account form.
    const fn carries(self, field: &Field) -> bool {
        match field.built_in() {
            // Asked for when the password is changed.
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
        use BuiltIn::{CompanyName, FirstName, LastName, Phone};
        match self {
            Self::GraphQl | Self::Form => &[FirstName, LastName, CompanyName, Phone],
            Self::Rest => &[FirstName, LastName],
        }
    }
}

/// What a shopper sent to open an account; nothing of it is believed yet.
pub struct SignUp {
    /// Which way it came.
    pub way: Way,
    /// Answers to the account form.
    pub account: Answers,
    /// Answers to those fields of the address form that are the customer's own too: names,
    /// company, phone.
    pub person: Answers,
    /// Answers to the whole address form, when an address is to be kept.
    pub address: Option<Answers>,
    /// Answers that could not be taken in at all, found while reading the request.
    pub unreadable: Vec<(Part, FieldId, Violation)>,
    /// Whether the shopper wants marketing e-mails; `None` when the request cannot say.
    pub accepts_marketing: Option<bool>,
    /// The token of the check against robots.
    pub captcha: Option<String>,
}

/// The part of a sign-up that a violation is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The account form.
    Account,
    /// Names, company and phone of the customer.
    Person,
    /// The address.
    Address,
}

/// An answer that does not count.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Where it was given.
    pub part: Part,
    /// The field.
    pub field: FieldId,
    /// What is wrong.
    pub violation: Violation,
    /// The same in words.
    pub message: String,
}

/// Why no account was opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store opens no accounts.
    #[error("account creation is disabled")]
    Disabled,
    /// Answers do not count.
    #[error("{} answers were refused", .0.len())]
    Refused(Vec<Refusal>),
    /// The check against robots was not passed.
    #[error("captcha: {0}")]
    Captcha(captcha::Refusal),
    /// Another account has the e-mail address.
    #[error("the e-mail address is in use")]
    EmailTaken,
    /// The store failed.
    #[error(transparent)]
    Db(#[from] db::Error),
    /// The password could not be hashed.
    #[error(transparent)]
    Passwords(#[from] passwords::Error),
}

impl From<InsertError> for Error {
    fn from(error: InsertError) -> Self {
        match error {
            InsertError::EmailTaken => Self::EmailTaken,
            InsertError::Db(error) => Self::Db(error),
        }
    }
}

/// A sign-up that passed, ready to be kept.
struct Accepted {
    definitions: Definitions,
    account: Values,
    person: Values,
    address: Option<Values>,
    accepts_marketing: Option<bool>,
}

/// Opens an account and returns the customer's number. All of it is kept, or nothing.
///
/// # Errors
/// [`Error`].
pub async fn sign_up(store: &Store, sign_up: SignUp) -> Result<i64, Error> {
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
    let accepted = judge(store, &settings, definitions, sign_up).map_err(Error::Refused)?;
    // Last of the checks, so that a slip in the form costs nobody the tick they made.
    if settings.recaptcha.enabled {
        let redeemed = store.captcha.redeem(token.as_deref());
        redeemed.map_err(Error::Captcha)?;
    }
    let password = password_of(&accepted.account);
    let hash = store.passwords.hash(password).await?;
    store
        .db
        .write(move |connection| keep(connection, &accepted, &hash))
        .await
}

fn judge(
    store: &Store,
    settings: &Settings,
    definitions: Definitions,
    sign_up: SignUp,
) -> Result<Accepted, Vec<Refusal>> {
    let answers = sign_up.address.as_ref().unwrap_or(&sign_up.person);
    let country = answers
        .get(&BuiltIn::Country.id())
        .and_then(|answer| store.geography.find(answer.text()));
    let states = country.map_or(&[][..], |country| &country.states);
    let code = country.map(|country| country.code.as_str());
    let demands = Demands::new(Layout::of(code.unwrap_or_default()), !states.is_empty());
    let context = Context {
        passwords: &settings.password_rules,
        country: code,
        demands: &demands,
        states,
        matches: &|pattern, text| store.patterns.matches(pattern, text),
    };

    let mut refusals = Refusals {
        definitions: &definitions,
        found: Vec::new(),
    };
    for (part, field, violation) in sign_up.unreadable {
        refusals.add(part, vec![(field, violation)]);
    }
    let account = account_fields(&definitions, sign_up.way);
    let account = refusals.sift(
        Part::Account,
        validate(&account, &sign_up.account, &context),
    );
    let person = person_fields(&definitions, sign_up.way, sign_up.address.is_some());
    let person = refusals.sift(Part::Person, validate(&person, &sign_up.person, &context));
    let address = sign_up.address.map(|answers| {
        refusals.sift(
            Part::Address,
            validate(&definitions.address, &answers, &context),
        )
    });
    if !refusals.found.is_empty() {
        return Err(refusals.found);
    }
    let accepts_marketing = sign_up
        .accepts_marketing
        .or_else(|| ticked_marketing(sign_up.way, &account));
    Ok(Accepted {
        account,
        person,
        address,
        accepts_marketing,
        definitions,
    })
}

/// Collects violations and puts them into words.
struct Refusals<'a> {
    definitions: &'a Definitions,
    found: Vec<Refusal>,
}

impl Refusals<'_> {
    fn sift(&mut self, part: Part, judged: Result<Values, Violations>) -> Values {
        judged.unwrap_or_else(|violations| {
            self.add(part, violations);
            Values::new()
        })
    }

    fn add(&mut self, part: Part, violations: Violations) {
        let fields = match part {
            Part::Account => &self.definitions.customer,
            Part::Person | Part::Address => &self.definitions.address,
        };
        for (id, violation) in violations {
            // One complaint a field: an answer that could not be read is not missing too.
            let known_already = |r: &Refusal| r.part == part && r.field == id;
            if self.found.iter().any(known_already) {
                continue;
            }
            let known = fields.iter().find(|field| field.id == id);
            self.found.push(Refusal {
                part,
                field: id,
                message: known.map_or_else(
                    || words::unknown_field(id),
                    |field| words::message(field, &violation),
                ),
                violation,
            });
        }
    }
}

fn account_fields(definitions: &Definitions, way: Way) -> Vec<Field> {
    let fields = definitions.customer.iter();
    fields.filter(|field| way.carries(field)).cloned().collect()
}

/// The fields that are the customer's own. With an address, company and phone are asked for there
/// and may be left out here.
fn person_fields(definitions: &Definitions, way: Way, with_address: bool) -> Vec<Field> {
    let own = |field: &&Field| {
        field
            .built_in()
            .is_some_and(|built_in| way.own_fields().contains(&built_in))
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
            ..field
        })
        .collect()
}

/// What the form's box for marketing e-mails says; nothing when it is not asked this way.
fn ticked_marketing(way: Way, account: &Values) -> Option<bool> {
    let ticked = account.contains_key(&BuiltIn::ReceiveMarketingEmails.id());
    (way == Way::Form).then_some(ticked)
}

/// Whether an address holds more than what the customer has of their own. A form whose merchant
/// made everything else optional may be sent without.
fn says_where(address: &Values) -> bool {
    let own = Way::Form.own_fields();
    address
        .keys()
        .any(|id| !own.iter().any(|field| field.id() == *id))
}

fn password_of(account: &Values) -> Secret {
    match account.get(&BuiltIn::Password.id()) {
        Some(Value::Password(secret)) => secret.clone(),
        Some(
            Value::Text(_)
            | Value::MultilineText(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Checkboxes(_)
            | Value::MultipleChoice(_),
        )
        | None => Secret::new(""),
    }
}

fn keep(connection: &Connection, accepted: &Accepted, password_hash: &str) -> Result<i64, Error> {
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
        },
    )?;
    let (owner, fields) = (Owner::Customer(id), &accepted.definitions.customer);
    form_fields::insert_values(connection, owner, fields, &accepted.account)?;
    if let Some(address) = accepted.address.as_ref().filter(|a| says_where(a)) {
        customers::insert_address(connection, id, &accepted.definitions.address, address)?;
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
