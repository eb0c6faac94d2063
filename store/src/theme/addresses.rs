//! The pages on which a customer changes their address book.

use super::account::Book;
use super::failure::Failure;
use super::fields::{Control, FieldView, Filled, answer_to, answers_of, as_sent, listed};
use super::form::{Form as Sent, redirect, value};
use super::view::{Embedded, FormError, Page, Query, needs_script};
use crate::domain::Store;
use crate::domain::addresses::changes::{self, Change, Error, NO_ADDRESS, NewAddress, Outcome};
use crate::domain::addresses::{self, Address};
use crate::domain::form_fields::{self, Definitions, Form};
use crate::domain::settings::Settings;
use crate::domain::validation::FieldError;
use crate::infra::assets::Bundle;
use crate::infra::db;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use storefront_rules::{BuiltIn, FieldInput, FieldInputs, FieldType};

/// Where the list is.
const PAGE: &str = "/account.php?action=address_book";

/// Where a guest is sent who wants to see it.
const SIGN_IN: &str = "/login.php?redirect_to=/account.php?action=address_book";

#[derive(Template)]
#[template(path = "address_book.html")]
struct List {
    page: Page,
    embedded: Embedded,
    book: Book,
    /// What became of the last change.
    notice: &'static str,
}

#[derive(Template)]
#[template(path = "address_form.html")]
struct FormPage {
    page: Page,
    /// The number of the address that is changed; none of one that is added.
    id: Option<i64>,
    /// What a customer must know before they begin.
    notice: String,
    errors: Vec<FormError>,
    fields: Vec<FieldView>,
}

#[derive(Template)]
#[template(path = "address_delete.html")]
struct DeletePage {
    page: Page,
    id: i64,
    name: String,
    one_line: String,
    errors: Vec<FormError>,
}

/// What a customer sent and what became of it.
#[derive(Default)]
struct Attempt {
    sent: Option<FieldInputs>,
    field_errors: Vec<FieldError>,
    /// Errors of the whole, not about a field.
    general: Vec<String>,
}

pub(super) async fn show_list(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let Some(id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    let template = List {
        embedded: Embedded::new(store, headers, query, Bundle::Account)?,
        book: Book::load(store, id, query, "/account.php?action=address_book&").await?,
        notice: match query.get("notice") {
            Some("saved") => "The address is saved.",
            Some("known") => "This address is in your address book already. Nothing was changed.",
            Some("deleted") => "The address is deleted.",
            Some("gone") => NO_ADDRESS,
            Some(_) | None => "",
        },
        page,
    };
    Page::show(&template.page.nonce, StatusCode::OK, &template)
}

pub(super) async fn show_form(
    store: &Store,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let Some(customer_id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    match find(store, customer_id, query.get("shipid")).await? {
        Target::New(definitions) => render(store, page, &definitions, None, &Attempt::default()),
        Target::Known(definitions, address) => {
            let attempt = Attempt::default();
            render(store, page, &definitions, Some(&address), &attempt)
        }
        Target::Gone => Ok(gone()),
    }
}

/// Which address a form is about, and what the store asks of it.
enum Target {
    /// One that is added.
    New(Definitions),
    /// One that is changed.
    Known(Definitions, Box<Address>),
    /// One that the customer does not have.
    Gone,
}

async fn find(store: &Store, customer_id: i64, id: Option<&str>) -> Result<Target, db::Error> {
    // What is no number is the number of no address.
    let id = id.filter(|id| !id.is_empty());
    let id = id.map(|id| id.parse::<i64>().unwrap_or_default());
    store
        .db
        .read(move |connection| {
            let definitions = form_fields::load(connection)?;
            let Some(id) = id else {
                return Ok(Target::New(definitions));
            };
            let known = addresses::find_in_book(connection, customer_id, id)?;
            Ok(known.map_or(Target::Gone, |address| {
                Target::Known(definitions, Box::new(address))
            }))
        })
        .await
}

fn gone() -> Response {
    redirect(&format!("{PAGE}&notice=gone"))
}

fn no_robot(settings: &Settings) -> String {
    needs_script(settings, "changes an address book", "change it for you")
}

pub(super) async fn save(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Sent,
) -> Result<Response, Failure> {
    let page = Page::new(store, headers, query).await?;
    let Some(customer_id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    let answers = answers_of(form, Form::Address);
    let wanted = find(store, customer_id, Some(value(form, "shipid"))).await?;
    let (definitions, before, saved) = match wanted {
        Target::New(definitions) => {
            let new = NewAddress {
                answers: answers.clone(),
                ..NewAddress::default()
            };
            let saved = changes::add(store, customer_id, new).await;
            (definitions, None, saved)
        }
        Target::Known(definitions, address) => {
            let change = read(answers.clone(), &definitions, &address);
            let saved = changes::update(store, customer_id, address.id, change).await;
            (definitions, Some(address), saved)
        }
        Target::Gone => return Ok(gone()),
    };
    let mut attempt = Attempt {
        sent: Some(answers),
        ..Attempt::default()
    };
    match saved {
        Ok(Outcome::Saved(_)) => return Ok(redirect(&format!("{PAGE}&notice=saved"))),
        Ok(Outcome::Unchanged(_)) => return Ok(redirect(&format!("{PAGE}&notice=known"))),
        Err(Error::Refused(field_errors)) => attempt.field_errors = field_errors,
        // Without JavaScript there is no box to tick.
        Err(Error::Captcha(_)) => attempt.general.push(no_robot(&page.settings)),
        Err(Error::NoAddress) => return Ok(gone()),
        Err(Error::NoCustomer) => return Ok(redirect(SIGN_IN)),
        Err(error @ Error::Db(_)) => return Err(error.into()),
    }
    render(store, page, &definitions, before.as_deref(), &attempt)
}

/// Reads a change. A custom password that was left empty is the one that is kept.
fn read(answers: FieldInputs, definitions: &Definitions, before: &Address) -> Change {
    let kept = before.values();
    let (mut own, mut custom) = (FieldInputs::new(), FieldInputs::new());
    for (id, answer) in answers {
        if BuiltIn::from_id(id).is_some() {
            own.insert(id, answer);
        } else {
            custom.insert(id, answer_to(kept.get(&id), answer));
        }
    }
    for field in &definitions.address {
        let is_secret = matches!(field.kind, FieldType::Password { .. }) && !field.is_built_in;
        let is_left = custom.get(&field.id).is_none_or(|a| a.text().is_empty());
        if let Some(value) = kept.get(&field.id).filter(|_| is_secret && is_left) {
            custom.insert(field.id, FieldInput::Typed(value.clone()));
        }
    }
    Change {
        own,
        custom: Some(custom),
        ..Change::default()
    }
}

fn render(
    store: &Store,
    page: Page,
    definitions: &Definitions,
    before: Option<&Address>,
    attempt: &Attempt,
) -> Result<Response, Failure> {
    let kept: Option<FieldInputs> = before.map(|address| {
        let values = address.values().into_iter();
        values.map(|(id, value)| (id, as_sent(&value))).collect()
    });
    let filled = Filled {
        answers: attempt.sent.as_ref().or(kept.as_ref()),
        country: &page.settings.default_country,
        wants_marketing: false,
        field_errors: &attempt.field_errors,
        geography: &store.geography,
    };
    let fields = definitions.address.iter().map(|field| {
        let view = filled.view(Form::Address, field);
        let keeps = matches!(field.kind, FieldType::Password { .. }) && before.is_some();
        FieldView {
            hint: if keeps {
                "Leave it empty to keep what you have.".to_owned()
            } else {
                view.hint
            },
            ..view
        }
    });
    let fields: Vec<FieldView> = fields.collect();
    let is_fresh = attempt.sent.is_none();
    let general = attempt.general.iter();
    let mut errors: Vec<FormError> = general.map(|text| FormError::new("", text)).collect();
    errors.extend(listed(&fields, &attempt.field_errors));
    let template = FormPage {
        id: before.map(|address| address.id),
        notice: if is_fresh && page.settings.recaptcha.enabled {
            no_robot(&page.settings)
        } else {
            String::new()
        },
        errors,
        fields,
        page,
    };
    let status = if is_fresh {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Page::show(&template.page.nonce, status, &template)
}

/// A link deletes nothing: it leads to the button that does.
pub(super) async fn show_delete(
    store: &Store,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let Some(customer_id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    match find(store, customer_id, query.get("shipid")).await? {
        Target::Known(_, address) => confirm(store, page, &address, Vec::new()),
        Target::New(_) | Target::Gone => Ok(gone()),
    }
}

pub(super) async fn delete(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    form: &Sent,
) -> Result<Response, Failure> {
    let page = Page::new(store, headers, query).await?;
    let Some(customer_id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    let wanted = find(store, customer_id, Some(value(form, "shipid"))).await?;
    let Target::Known(_, address) = wanted else {
        return Ok(gone());
    };
    match changes::delete(store, customer_id, address.id, None).await {
        Ok(()) => Ok(redirect(&format!("{PAGE}&notice=deleted"))),
        Err(Error::Captcha(_)) => {
            let error = FormError::new("", no_robot(&page.settings));
            confirm(store, page, &address, vec![error])
        }
        Err(Error::NoAddress) => Ok(gone()),
        Err(Error::NoCustomer) => Ok(redirect(SIGN_IN)),
        Err(error @ (Error::Refused(_) | Error::Db(_))) => Err(error.into()),
    }
}

fn confirm(
    store: &Store,
    page: Page,
    address: &Address,
    errors: Vec<FormError>,
) -> Result<Response, Failure> {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let template = DeletePage {
        id: address.id,
        name: format!("{} {}", address.first_name, address.last_name),
        one_line: address.one_line(&store.geography),
        errors,
        page,
    };
    Page::show(&template.page.nonce, status, &template)
}
