//! Forgotten passwords: the page that asks for a link, and the one it leads to.

use super::failure::Failure;
use super::fields::{Control, FieldView};
use super::form::{Form, redirect, value};
use super::view::{Embedded, FormError, Page, Query, needs_script};
use crate::domain::passwords::reset_password::{self, Error, RequestError};
use crate::domain::sessions::email_token;
use crate::domain::settings::Settings;
use crate::domain::validation::FieldError;
use crate::domain::{Store, messages};
use crate::infra::assets::Bundle;
use crate::infra::http;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use storefront_rules::{BuiltIn, FieldId, FieldInputs};

#[derive(Template)]
#[template(path = "forgotten_password.html")]
struct Forgotten {
    page: Page,
    embedded: Embedded,
    /// Whether a link was asked for.
    is_sent: bool,
    /// What a shopper must know before they begin.
    notice: String,
    errors: Vec<FormError>,
    email: String,
    /// What is wrong with the address; empty when nothing is.
    error: String,
}

fn no_robot(settings: &Settings) -> String {
    needs_script(settings, "asks for links", "send you one")
}

pub(super) fn show_forgotten(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let template = Forgotten {
        embedded: Embedded::new(store, headers, query, Bundle::SignIn)?,
        is_sent: false,
        notice: if page.settings.recaptcha.enabled {
            no_robot(&page.settings)
        } else {
            String::new()
        },
        errors: Vec::new(),
        email: String::new(),
        error: String::new(),
        page,
    };
    Page::show(&template.page.nonce, StatusCode::OK, &template)
}

pub(super) async fn send_link(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Form,
) -> Result<Response, Failure> {
    let email = value(form, "email").to_owned();
    let captcha = value(form, "g-recaptcha-response");
    let asked = reset_password::request(store, email.clone(), None, Some(captcha)).await;
    let page = Page::new(store, headers, query).await?;
    let mut template = Forgotten {
        embedded: Embedded::new(store, headers, query, Bundle::SignIn)?,
        is_sent: false,
        notice: String::new(),
        errors: Vec::new(),
        email: String::new(),
        error: String::new(),
        page,
    };
    let status = match asked {
        Ok(()) => {
            template.is_sent = true;
            StatusCode::OK
        }
        Err(error @ (RequestError::NotAnEmail | RequestError::NotLocal)) => {
            template.error = error.to_string();
            template.errors = vec![FormError::new("email", &template.error)];
            template.email = email;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        // Without JavaScript there is no box to tick.
        Err(RequestError::Captcha(_)) => {
            let error = no_robot(&template.page.settings);
            template.errors = vec![FormError::new("", error)];
            template.email = email;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(error @ RequestError::Db(_)) => return Err(error.into()),
    };
    Page::show(&template.page.nonce, status, &template)
}

#[derive(Template)]
#[template(path = "new_password.html")]
struct NewPassword {
    page: Page,
    embedded: Embedded,
    /// The customer's number and the token, as the link carries them.
    customer: String,
    secret: String,
    passwords: Vec<FieldView>,
    errors: Vec<FormError>,
    /// Whether the link is good for nothing any more.
    is_dead: bool,
}

/// The fields of the page: their names, labels, and what they answer.
const FIELDS: [(&str, &str, BuiltIn); 2] = [
    ("password", "New password", BuiltIn::Password),
    (
        "password_confirm",
        "Confirm password",
        BuiltIn::ConfirmPassword,
    ),
];

impl NewPassword {
    fn new(page: Page, embedded: Embedded, customer: &str, secret: &str) -> Self {
        let rules = messages::requirements(&page.settings.password_rules);
        let passwords = FIELDS.map(|(name, label, which)| {
            let hint = match which == BuiltIn::Password {
                true => rules.clone(),
                false => String::new(),
            };
            FieldView::new_password(name, label, hint)
        });
        Self {
            page,
            embedded,
            customer: customer.to_owned(),
            secret: secret.to_owned(),
            passwords: passwords.into(),
            errors: Vec::new(),
            is_dead: false,
        }
    }

    fn refuse(&mut self, field_errors: Vec<FieldError>) {
        for refusal in field_errors {
            let name = name_of(refusal.field);
            let view = self.passwords.iter_mut().find(|view| view.name == name);
            if let Some(view) = view {
                view.error.clone_from(&refusal.message);
            }
            self.errors.push(FormError::new(name, refusal.message));
        }
    }

    fn show(&self, status: StatusCode) -> Result<Response, Failure> {
        let mut response = Page::show(&self.page.nonce, status, self)?;
        http::keep_url_here(&mut response);
        Ok(response)
    }
}

fn name_of(field: FieldId) -> &'static str {
    let mut fields = FIELDS.iter();
    fields
        .find(|(_, _, which)| which.id() == field)
        .map_or("", |(name, _, _)| name)
}

pub(super) fn show_new(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let embedded = Embedded::new(store, headers, query, Bundle::SignIn)?;
    let of_link = |name| query.get(name).unwrap_or_default();
    NewPassword::new(page, embedded, of_link("c"), of_link("t")).show(StatusCode::OK)
}

pub(super) async fn save_new(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Form,
) -> Result<Response, Failure> {
    let (customer, token) = (value(form, "c"), value(form, "t"));
    let answers: FieldInputs = FIELDS
        .iter()
        .map(|(name, _, which)| (which.id(), value(form, name).into()))
        .collect();
    // No customer has the number 0.
    let id = customer.parse().unwrap_or_default();
    let outcome = reset_password::reset(store, id, token.to_owned(), answers).await;
    let page = Page::new(store, headers, query).await?;
    let embedded = Embedded::new(store, headers, query, Bundle::SignIn)?;
    let mut template = NewPassword::new(page, embedded, customer, token);
    match outcome {
        Ok(()) => return Ok(redirect("/login.php?notice=password_changed")),
        Err(Error::Refused(field_errors)) => template.refuse(field_errors),
        Err(Error::Link(
            error @ (email_token::Error::NotValid
            | email_token::Error::Expired
            | email_token::Error::Used),
        )) => {
            template.is_dead = true;
            template.errors = vec![FormError::new("", error.to_string())];
        }
        Err(Error::Link(email_token::Error::Db(error)) | Error::Db(error)) => {
            return Err(error.into());
        }
        Err(error @ Error::Passwords(_)) => return Err(error.into()),
    }
    template.show(StatusCode::UNPROCESSABLE_ENTITY)
}
