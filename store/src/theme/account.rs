//! The account page.

use super::failure::Failure;
use super::form::redirect;
use super::view::{Embedded, Page, Query};
use crate::domain::addresses::{self, Address, End, Window};
use crate::domain::attributes::of_customer;
use crate::domain::customers::{self, Customer};
use crate::domain::{Store, form_fields};
use crate::infra::assets::Bundle;
use crate::infra::db;
use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use storefront_rules::{Field, Value};

/// Addresses of a page.
const PAGE: u32 = 20;

/// Where a guest is sent who wants to see the page.
const SIGN_IN: &str = "/login.php?redirect_to=/account.php";

/// A label and what was answered.
pub(super) type LabelAndValue = (String, String);

/// A page of the address book.
pub(super) struct Book {
    pub(super) total: i64,
    pub(super) addresses: Vec<AddressView>,
    /// Ids of the addresses beside this page, where there are any.
    pub(super) before: Option<i64>,
    pub(super) after: Option<i64>,
    /// The page's own path, up to the query's next name.
    pub(super) path: &'static str,
}

/// An address of the list.
pub(super) struct AddressView {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) company: String,
    pub(super) one_line: String,
    pub(super) phone: String,
    pub(super) answers: Vec<LabelAndValue>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    embedded: Embedded,
    customer: Customer,
    answers: Vec<LabelAndValue>,
    book: Book,
    /// Ids of the store's attributes.
    attributes: Vec<i64>,
}

pub(super) async fn show(
    store: &Store,
    headers: &HeaderMap,
    query: &Query,
    page: Page,
) -> Result<Response, Failure> {
    let Some(id) = page.customer_id else {
        return Ok(redirect(SIGN_IN));
    };
    let read = store
        .db
        .read(move |connection| {
            let customer = customers::find(connection, id)?;
            let values = customers::custom_values(connection, id)?;
            Ok::<_, db::Error>((customer, values, of_customer::ids(connection)?))
        })
        .await?;
    let (Some(customer), values, attributes) = read else {
        return Ok(redirect(SIGN_IN));
    };
    let template = Account {
        embedded: Embedded::new(store, headers, query, Bundle::Account)?,
        attributes,
        page,
        customer,
        answers: answers(values),
        book: Book::load(store, id, query, "/account.php?").await?,
    };
    Page::show(&template.page.nonce, StatusCode::OK, &template)
}

impl Book {
    /// The part of the book that the query asks for.
    pub(super) async fn load(
        store: &Store,
        customer_id: i64,
        query: &Query,
        path: &'static str,
    ) -> Result<Self, db::Error> {
        let number = |name| query.get(name).and_then(|text| text.parse().ok());
        let before = number("before");
        let window = Window {
            after: number("after"),
            before,
            from: if before.is_some() {
                End::End
            } else {
                End::Start
            },
            limit: PAGE,
        };
        let read = store
            .db
            .read(move |connection| addresses::page(connection, customer_id, window));
        let read = read.await?;
        let beside = |has: bool, address: Option<&Address>| {
            address.filter(|_| has).map(|address| address.id)
        };
        Ok(Self {
            total: read.total,
            before: beside(read.has_previous, read.addresses.first()),
            after: beside(read.has_next, read.addresses.last()),
            path,
            addresses: read
                .addresses
                .into_iter()
                .map(|address| AddressView {
                    id: address.id,
                    name: format!("{} {}", address.first_name, address.last_name),
                    one_line: address.one_line(&store.geography),
                    answers: answers(address.custom),
                    company: address.company,
                    phone: address.phone,
                })
                .collect(),
        })
    }
}

fn answers(values: Vec<(Field, Value)>) -> Vec<LabelAndValue> {
    let shown = values.into_iter().map(|(field, value)| {
        let text = form_fields::shown(&field, &value);
        (field.label, text)
    });
    shown.collect()
}
