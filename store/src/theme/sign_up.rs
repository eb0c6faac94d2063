//! The sign-up page: the widget's element, and inside it the plain form that works without it.

use super::failure::Failure;
use super::fields::{Control, FieldView, Filled, add_error, answers_of, id_of, listed};
use super::first_answer::{FirstAnswer, FirstAnswers};
use super::form::{Form as Sent, value};
use super::sign_in as session;
use super::view::{Embedded, FormError, Page, Query, needs_script};
use crate::domain::account::sign_in;
use crate::domain::account::sign_up::{self, Error, SignUp, Source};
use crate::domain::form_fields::{self, Definitions, Form};
use crate::domain::settings::Settings;
use crate::domain::validation::FieldError;
use crate::domain::{Store, captcha, customers};
use crate::infra::assets::Bundle;
use crate::infra::db;
use crate::infra::safe_redirect::ACCOUNT;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde_json::json;
use std::net::SocketAddr;
use storefront_rules::{BuiltIn, FieldInputs};

#[derive(Template)]
#[template(path = "sign_up.html")]
struct SignUpPage {
    page: Page,
    embedded: Embedded,
    country: String,
    /// What a shopper must know before they begin.
    notice: String,
    errors: Vec<FormError>,
    account: Vec<FieldView>,
    address: Vec<FieldView>,
    first_answer: Option<FirstAnswer>,
}

/// What a shopper sent and what became of it.
#[derive(Default)]
struct Attempt {
    sent: Option<FieldInputs>,
    field_errors: Vec<FieldError>,
    /// Errors of the whole, not about a field.
    general: Vec<String>,
    email_taken: bool,
}

pub(super) async fn show(
    store: &Store,
    first_answers: &FirstAnswers,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let variables = json!({ "country": country(store, query, &page) });
    let first_answer = FirstAnswer::new(store, first_answers, &page, "sign-up", variables).await;
    let attempt = Attempt::default();
    render(store, headers, query, page, &attempt, first_answer).await
}

/// The code of the country that is chosen at first.
fn country(store: &Store, query: &Query, page: &Page) -> String {
    query
        .get("country")
        .and_then(|code| store.geography.find(code))
        .map_or(page.settings.default_country.as_str(), |c| c.code.as_str())
        .to_owned()
}

pub(super) async fn save(
    store: &Store,
    peer: SocketAddr,
    headers: &HeaderMap,
    query: &Query,
    form: &Sent,
) -> Result<Response, Failure> {
    let account = answers_of(form, Form::Customer);
    let address = answers_of(form, Form::Address);
    let mut sent = account.clone();
    sent.extend(address.clone());
    let mut attempt = Attempt {
        sent: Some(sent),
        ..Attempt::default()
    };
    let token = value(form, "g-recaptcha-response");
    match sign_up::sign_up(store, read(account, address, token, peer)).await {
        Ok(id) => {
            let started = sign_in::start(store, id).await?;
            return Ok(session::welcome(store, &started, ACCOUNT));
        }
        Err(Error::Refused(field_errors)) => attempt.field_errors = once_a_field(field_errors),
        Err(Error::EmailTaken) => attempt.email_taken = true,
        Err(Error::Disabled) => attempt.general.push(sign_up::DISABLED.to_owned()),
        // Without JavaScript there is no box to tick.
        Err(Error::Captcha(captcha::CaptchaError::Absent | captcha::CaptchaError::Invalid)) => {
            let settings = Page::new(store, headers, query).await?.settings;
            attempt.general.push(no_robot(&settings));
        }
        Err(error @ (Error::Db(_) | Error::Passwords(_))) => return Err(error.into()),
    }
    let page = Page::new(store, headers, query).await?;
    // A form that came back with errors stays.
    render(store, headers, query, page, &attempt, None).await
}

fn no_robot(settings: &Settings) -> String {
    needs_script(settings, "opens an account", "open the account for you")
}

fn read(account: FieldInputs, address: FieldInputs, captcha: &str, peer: SocketAddr) -> SignUp {
    let person = customers::OWN_FIELDS.iter().filter_map(|field| {
        let answer = address.get(&field.id())?;
        Some((field.id(), answer.clone()))
    });
    SignUp {
        source: Source::Form,
        account,
        person: person.collect(),
        address: Some(address),
        unreadable: Vec::new(),
        accepts_marketing: None,
        captcha: Some(captcha.to_owned()),
        peer: Some(peer.ip()),
    }
}

/// A name is the customer's and the address's at once, but the form has one field for it.
fn once_a_field(field_errors: Vec<FieldError>) -> Vec<FieldError> {
    let mut once: Vec<FieldError> = Vec::new();
    for refusal in field_errors {
        if !once.iter().any(|known| known.field == refusal.field) {
            once.push(refusal);
        }
    }
    once
}

async fn render(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
    attempt: &Attempt,
    first_answer: Option<FirstAnswer>,
) -> Result<Response, Failure> {
    let definitions = store.db.read(form_fields::load).await;
    let definitions = definitions.map_err(|error: db::Error| error)?;
    let country = country(store, query, &page);
    let filled = Filled {
        answers: attempt.sent.as_ref(),
        country: &country,
        wants_marketing: page.settings.newsletter.checked_by_default,
        field_errors: &attempt.field_errors,
        geography: &store.geography,
    };
    let mut account = views(&filled, &definitions, Form::Customer);
    let address = views(&filled, &definitions, Form::Address);
    let mut errors = Vec::new();
    for message in &attempt.general {
        errors.push(FormError::new("", message));
    }
    if attempt.email_taken {
        let email = BuiltIn::EmailAddress;
        errors.push(add_error(&mut account, email, sign_up::EMAIL_TAKEN));
        let mut views = account.iter_mut();
        if let Some(view) = views.find(|view| view.id == id_of(email.id())) {
            view.offers_sign_in = true;
        }
    }
    errors.extend(listed(
        account.iter().chain(&address),
        &attempt.field_errors,
    ));
    let template = SignUpPage {
        notice: notice(&page, attempt),
        embedded: Embedded::new(store, headers, query, Bundle::SignUp)?,
        country,
        errors,
        account,
        address,
        first_answer,
        page,
    };
    let status = if attempt.sent.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let nonce = template.page.nonce.clone();
    Page::show(&nonce, status, &template)
}

fn views(filled: &Filled<'_>, definitions: &Definitions, form: Form) -> Vec<FieldView> {
    let asked = definitions.of(form).iter();
    asked
        // Only a change of the password needs it.
        .filter(|field| field.built_in() != Some(BuiltIn::CurrentPassword))
        .map(|field| filled.view(form, &field.clone().of_customer()))
        .collect()
}

/// Said before the shopper fills in a form that cannot be taken.
fn notice(page: &Page, attempt: &Attempt) -> String {
    if !attempt.general.is_empty() {
        String::new()
    } else if !page.settings.account_creation_enabled {
        sign_up::DISABLED.to_owned()
    } else if page.settings.recaptcha.enabled {
        no_robot(&page.settings)
    } else {
        String::new()
    }
}
