//! The account page.

use super::view::{Page, Query};
use super::{Failure, redirect};
use crate::customers::{self, Customer, End, Window};
use crate::form_fields::{self, Owner};
use crate::{Store, db};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use rusqlite::Connection;

/// Addresses of a page.
const PAGE: u32 = 20;

/// A label and what was answered.
type Answer = (String, String);

struct AddressView {
    name: String,
    company: String,
    one_line: String,
    phone: String,
    answers: Vec<Answer>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    page: Page,
    customer: Customer,
    answers: Vec<Answer>,
    total: i64,
    addresses: Vec<AddressView>,
    /// Numbers of the addresses beside this stretch of the list, where there are any.
    before: Option<i64>,
    after: Option<i64>,
}

pub(super) async fn show(store: &Store, query: &Query, page: Page) -> Result<Response, Failure> {
    let Some(id) = page.customer_id else {
        return Ok(redirect("/login.php?redirect_to=/account.php"));
    };
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
    let reader = store.clone();
    let read = store
        .db
        .read(move |connection| collect(&reader, connection, page, id, window))
        .await;
    let Some(template) = read.map_err(|error: db::Error| error)? else {
        return Ok(redirect("/login.php?redirect_to=/account.php"));
    };
    let nonce = template.page.nonce.clone();
    Page::show(&nonce, StatusCode::OK, &template)
}

fn collect(
    store: &Store,
    connection: &Connection,
    page: Page,
    id: i64,
    window: Window,
) -> Result<Option<Account>, db::Error> {
    let Some(customer) = customers::find(connection, id)? else {
        return Ok(None);
    };
    let book = customers::addresses(connection, id, window)?;
    let beside = |has: bool, address: Option<&customers::Address>| {
        address.filter(|_| has).map(|address| address.id)
    };
    let (before, after) = (
        beside(book.has_previous, book.addresses.first()),
        beside(book.has_next, book.addresses.last()),
    );
    let mut addresses = Vec::new();
    for address in book.addresses {
        addresses.push(AddressView {
            name: format!("{} {}", address.first_name, address.last_name),
            one_line: address.one_line(&store.geography),
            answers: answers(connection, Owner::Address(address.id))?,
            company: address.company,
            phone: address.phone,
        });
    }
    Ok(Some(Account {
        page,
        customer,
        answers: answers(connection, Owner::Customer(id))?,
        total: book.total,
        addresses,
        before,
        after,
    }))
}

fn answers(connection: &Connection, owner: Owner) -> Result<Vec<Answer>, db::Error> {
    let values = customers::custom_values(connection, owner)?;
    let shown = values.into_iter().map(|(field, value)| {
        let text = form_fields::shown(&field, &value);
        (field.label, text)
    });
    Ok(shown.collect())
}
