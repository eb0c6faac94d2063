//! The shop window, the newsletter form's answer, and the page that is not there.

use super::failure::Failure;
use super::form::{read_form, value};
use super::view::{Embedded, FormError, Page, Query};
use crate::domain::Store;
use crate::domain::subscribers::{self, SubscribeError};
use crate::infra::assets::Bundle;
use askama::Template;
use axum::body::Body;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

struct Product {
    /// Where the menu's link leads; empty where none does.
    anchor: &'static str,
    image: &'static str,
    name: &'static str,
    about: &'static str,
    price: &'static str,
}

const PRODUCTS: &[Product] = &[
    Product {
        anchor: "kitchen",
        image: "kettle.svg",
        name: "Stove kettle",
        about: "Enamelled steel, 1.5 litres, quiet whistle.",
        price: "$64.00",
    },
    Product {
        anchor: "",
        image: "mug.svg",
        name: "Potter’s mug",
        about: "Stoneware, thrown by hand, no two alike.",
        price: "$18.50",
    },
    Product {
        anchor: "tea",
        image: "tea.svg",
        name: "Smoked oolong",
        about: "Slow-roasted leaves from one garden, 100 g.",
        price: "$14.20",
    },
    Product {
        anchor: "plants",
        image: "fern.svg",
        name: "Boston fern",
        about: "Fond of shade and of steam. Pot included.",
        price: "$22.00",
    },
];

#[derive(Template)]
#[template(path = "home.html")]
struct Home {
    page: Page,
    embedded: Embedded,
    products: &'static [Product],
}

#[derive(Template)]
#[template(path = "newsletter.html")]
struct Newsletter {
    page: Page,
    errors: Vec<FormError>,
    email: String,
}

#[derive(Template)]
#[template(path = "not_found.html")]
struct NotFound {
    page: Page,
}

pub(super) async fn show(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let query = Query::read(query.as_deref());
    let template = Home {
        page: Page::new(&store, &headers, &query).await?,
        embedded: Embedded::new(&store, &headers, &query, Bundle::SignIn)?,
        products: PRODUCTS,
    };
    Page::show(&template.page.nonce, StatusCode::OK, &template)
}

pub(super) async fn subscribe(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let form = read_form(&store, &headers, body).await?;
    let page = Page::new(&store, &headers, &Query::read(query.as_deref())).await?;
    let email = value(&form, "nl_email").to_owned();
    let wanted = email.clone();
    let subscribed = store
        .db
        .write(move |connection| subscribers::subscribe(connection, &wanted, None, None))
        .await;
    let (status, errors) = match subscribed {
        // Whether an address is on the list is between it and the store.
        Ok(()) | Err(SubscribeError::AlreadySubscribed) => (StatusCode::OK, Vec::new()),
        Err(SubscribeError::Db(error)) => return Err(error.into()),
        Err(
            error @ (SubscribeError::NotAnEmail
            | SubscribeError::FirstName
            | SubscribeError::LastName),
        ) => {
            let error = FormError {
                target: "nl_email_again".to_owned(),
                message: error.to_string(),
            };
            (StatusCode::UNPROCESSABLE_ENTITY, vec![error])
        }
    };
    let nonce = page.nonce.clone();
    let template = Newsletter {
        page,
        errors,
        email,
    };
    Page::show(&nonce, status, &template)
}

pub(crate) async fn not_found(
    State(store): State<Store>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    use axum::response::IntoResponse;
    match Page::new(&store, &headers, &Query::read(query.as_deref())).await {
        Ok(page) => {
            let nonce = page.nonce.clone();
            Page::show(&nonce, StatusCode::NOT_FOUND, &NotFound { page }).into_response()
        }
        Err(failure) => failure.into_response(),
    }
}
