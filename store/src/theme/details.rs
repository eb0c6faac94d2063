//! The page on which a customer changes what their account says of them.

use super::failure::Failure;
use super::fields::{
    Control, FieldView, Filled, add_error, answer_to, answers_of, as_sent, listed,
};
use super::form::{Form as Sent, redirect};
use super::sign_in;
use super::view::{Embedded, FormError, Page, Query, needs_script};
use crate::domain::account::profile::{self, Change, Error};
use crate::domain::attributes::of_customer;
use crate::domain::customers::{self, Customer};
use crate::domain::form_fields::{self, Definitions, Form};
use crate::domain::passwords::{self, change_password};
use crate::domain::settings::Settings;
use crate::domain::validation::FieldError;
use crate::domain::{Store, messages};
use crate::infra::assets::Bundle;
use crate::infra::db;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::net::SocketAddr;
use storefront_rules::{BuiltIn, Field, FieldInput, FieldInputs, FieldType, PasswordRules, Values};

/// Where this page is.
const PAGE: &str = "/account.php?action=account_details";

/// Where a guest is sent who wants to see it.
const SIGN_IN: &str = "/login.php?redirect_to=/account.php?action=account_details";

/// The names of the customer's own fields in the platform's form.
const PERSON: [(BuiltIn, &str); 4] = [
    (BuiltIn::FirstName, "account_firstname"),
    (BuiltIn::LastName, "account_lastname"),
    (BuiltIn::CompanyName, "account_companyname"),
    (BuiltIn::Phone, "account_phone"),
];

#[derive(Template)]
#[template(path = "account_details.html")]
struct Details {
    page: Page,
    embedded: Embedded,
    is_saved: bool,
    /// What a customer must know before they begin.
    notice: String,
    errors: Vec<FormError>,
    details: Vec<FieldView>,
    passwords: Vec<FieldView>,
    /// Ids of the store's attributes.
    attributes: Vec<i64>,
}

/// What is kept of the customer, and what the store asks.
struct Kept {
    customer: Customer,
    values: Values,
    definitions: Definitions,
    attributes: Vec<i64>,
}

async fn load(store: &Store, customer_id: i64) -> Result<Option<Kept>, db::Error> {
    store
        .db
        .read(move |connection| {
            let Some(customer) = customers::find(connection, customer_id)? else {
                return Ok(None);
            };
            Ok(Some(Kept {
                customer,
                values: form_fields::values_of(connection, customer_id)?,
                definitions: form_fields::load(connection)?,
                attributes: of_customer::ids(connection)?,
            }))
        })
        .await
}

impl Kept {
    /// What stands in the form before the customer changes anything.
    fn answers(&self) -> FieldInputs {
        let customer = &self.customer;
        let own = [
            (BuiltIn::EmailAddress, &customer.email),
            (BuiltIn::FirstName, &customer.first_name),
            (BuiltIn::LastName, &customer.last_name),
            (BuiltIn::CompanyName, &customer.company),
            (BuiltIn::Phone, &customer.phone),
        ];
        let own = own.map(|(field, text)| (field.id(), text.as_str().into()));
        let custom = self.values.iter();
        custom
            .map(|(id, value)| (*id, as_sent(value)))
            .chain(own)
            .collect()
    }
}

/// What a customer sent and what became of it.
#[derive(Default)]
struct Attempt {
    sent: Option<FieldInputs>,
    field_errors: Vec<FieldError>,
    /// Errors of the whole, not about a field.
    general: Vec<String>,
    /// A error about an answer that counts, and yet will not do.
    other: Option<(BuiltIn, String)>,
}

pub(super) async fn show(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    match page.customer_id {
        Some(id) => match load(store, id).await? {
            Some(kept) => render(store, headers, query, page, &kept, &Attempt::default()),
            None => Ok(redirect(SIGN_IN)),
        },
        None => Ok(redirect(SIGN_IN)),
    }
}

pub(super) async fn save(
    store: &Store,
    peer: SocketAddr,
    headers: &HeaderMap,
    query: &Query,
    form: &Sent,
) -> Result<Response, Failure> {
    let page = Page::new(store, headers, query).await?;
    let Some(id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    let Some(kept) = load(store, id).await? else {
        return Ok(redirect(SIGN_IN));
    };
    let change = read(form, &kept);
    if change.password.is_some() {
        store
            .rate_limits
            .check_attempt(peer.ip())
            .map_err(Failure::RateLimited)?;
    }
    let mut attempt = Attempt {
        sent: Some(sent(&change)),
        ..Attempt::default()
    };
    match profile::update(store, id, change).await {
        Ok(started) => {
            let to = format!("{PAGE}&notice=saved");
            return Ok(match started {
                Some(started) => sign_in::welcome(store, &started, &to),
                None => redirect(&to),
            });
        }
        Err(Error::Refused(field_errors)) => attempt.field_errors = field_errors,
        Err(Error::EmailTaken) => {
            let error = (BuiltIn::EmailAddress, profile::EMAIL_TAKEN.to_owned());
            attempt.other = Some(error);
        }
        // Without JavaScript there is no box to tick.
        Err(Error::Captcha(_)) => attempt.general.push(no_robot(&page.settings)),
        Err(Error::Password(
            error @ (change_password::Error::WrongPassword | change_password::Error::LockedOut(_)),
        )) => attempt.other = Some((BuiltIn::CurrentPassword, error.to_string())),
        Err(Error::NoCustomer | Error::Password(change_password::Error::NoCustomer)) => {
            return Ok(redirect(SIGN_IN));
        }
        Err(
            error @ (Error::Db(_)
            | Error::Password(
                change_password::Error::Refused(_)
                | change_password::Error::Db(_)
                | change_password::Error::Passwords(_),
            )),
        ) => return Err(error.into()),
    }
    render(store, headers, query, page, &kept, &attempt)
}

fn no_robot(settings: &Settings) -> String {
    needs_script(settings, "changes an account", "change it for you")
}

/// Reads the form. A custom password that was left empty is the one that is kept.
fn read(form: &Sent, kept: &Kept) -> Change {
    let person = PERSON.iter().filter_map(|(field, name)| {
        let mut controls = form.iter();
        let (_, text) = controls.find(|(own, _)| own == name)?;
        Some((field.id(), text.as_str().into()))
    });
    let mut account = answers_of(form, Form::Customer);
    let password = change_password::FIELDS.iter().map(|field| {
        let answer = account.remove(&field.id());
        (field.id(), answer.unwrap_or_else(|| FieldInput::from("")))
    });
    let password: FieldInputs = password.collect();
    let is_nothing = |(_, answer): (_, &FieldInput)| *answer == FieldInput::from("");
    let is_kept = password.iter().all(is_nothing);
    let email = BuiltIn::EmailAddress.id();
    let mut custom = FieldInputs::new();
    for field in kept.definitions.customer.iter().filter(|f| !f.is_built_in) {
        let answer = account.remove(&field.id);
        let is_empty = |answer: &FieldInput| answer.text().is_empty();
        let keeps = matches!(field.kind, FieldType::Password { .. })
            && answer.as_ref().is_none_or(is_empty);
        let of_before = kept.values.get(&field.id).filter(|_| keeps);
        let answer = answer.map(|answer| answer_to(kept.values.get(&field.id), answer));
        let answer = of_before.map(|value| value.clone().into()).or(answer);
        custom.extend(answer.map(|answer| (field.id, answer)));
    }
    Change {
        person: person.collect(),
        account: account
            .remove(&email)
            .map(|answer| (email, answer))
            .into_iter()
            .collect(),
        custom: Some(custom),
        password: (!is_kept).then_some(password),
        captcha: None,
        unreadable: Vec::new(),
    }
}

/// Everything that was typed, to be shown again.
fn sent(change: &Change) -> FieldInputs {
    let parts = [
        Some(&change.account),
        Some(&change.person),
        change.custom.as_ref(),
    ];
    let answers = parts.into_iter().flatten().flat_map(FieldInputs::iter);
    answers.map(|(id, answer)| (*id, answer.clone())).collect()
}

fn render(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
    kept: &Kept,
    attempt: &Attempt,
) -> Result<Response, Failure> {
    let of_before = kept.answers();
    let filled = Filled {
        answers: Some(attempt.sent.as_ref().unwrap_or(&of_before)),
        country: &page.settings.default_country,
        wants_marketing: false,
        field_errors: &attempt.field_errors,
        geography: &store.geography,
    };
    let mut details = details(&filled, &kept.definitions);
    let mut passwords = passwords(&filled, &kept.definitions, &page.settings.password_rules);
    let general = attempt.general.iter();
    let mut errors: Vec<FormError> = general.map(|text| FormError::new("", text)).collect();
    if let Some((field, message)) = &attempt.other {
        let views = details.iter_mut().chain(&mut passwords);
        errors.push(add_error(views, *field, message));
    }
    errors.extend(listed(
        details.iter().chain(&passwords),
        &attempt.field_errors,
    ));
    let is_fresh = attempt.sent.is_none();
    let template = Details {
        embedded: Embedded::new(store, headers, query, Bundle::Account)?,
        is_saved: is_fresh && query.get("notice") == Some("saved"),
        notice: if is_fresh && page.settings.recaptcha.enabled {
            no_robot(&page.settings)
        } else {
            String::new()
        },
        errors,
        details,
        passwords,
        attributes: kept.attributes.clone(),
        page,
    };
    let status = if is_fresh {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::show(&template.page.nonce, status, &template)
}

fn details(filled: &Filled<'_>, definitions: &Definitions) -> Vec<FieldView> {
    let named = |field: &Field| {
        let mut names = PERSON.iter();
        let (_, name) = names.find(|(own, _)| Some(*own) == field.built_in())?;
        Some(FieldView {
            name: (*name).to_owned(),
            ..filled.view(Form::Address, &field.clone().of_customer())
        })
    };
    let person = definitions.address.iter().filter_map(named);
    let is_asked =
        |field: &&Field| !field.is_built_in || field.built_in() == Some(BuiltIn::EmailAddress);
    let account = definitions.customer.iter().filter(is_asked).map(|field| {
        let view = filled.view(Form::Customer, field);
        match field.kind {
            FieldType::Password { .. } => FieldView {
                hint: "Leave it empty to keep what you have.".to_owned(),
                ..view
            },
            FieldType::Text { .. }
            | FieldType::MultilineText { .. }
            | FieldType::Number { .. }
            | FieldType::Date { .. }
            | FieldType::Checkboxes { .. }
            | FieldType::RadioButtons { .. }
            | FieldType::Picklist { .. }
            | FieldType::PicklistOrText { .. } => view,
        }
    });
    person.chain(account).collect()
}

fn passwords(
    filled: &Filled<'_>,
    definitions: &Definitions,
    rules: &PasswordRules,
) -> Vec<FieldView> {
    let fields = change_password::FIELDS.iter();
    fields
        .map(|which| {
            let field = passwords::field(definitions, *which);
            let view = FieldView {
                optional: true,
                ..filled.view(Form::Customer, &field)
            };
            if *which == BuiltIn::Password {
                FieldView {
                    label: "New password".to_owned(),
                    hint: messages::requirements(rules),
                    ..view
                }
            } else {
                view
            }
        })
        .collect()
}
