//! `POST /api/storefront/customer-address`: adds an address to the book of the customer who is signed in, as
//! the platform's checkout does.

use super::body::read;
use super::customers::{CustomField, read_custom};
use super::form_fields::name;
use crate::domain::addresses::changes::{self, Error, NewAddress};
use crate::domain::addresses::{self, Address, End, Window};
use crate::domain::validation::Part;
use crate::domain::{Store, browser, customers, form_fields};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Value, json};
use storefront_rules::BuiltIn;

/// Addresses that the answer shows, the newest.
const SHOWN: u32 = 50;

/// The body, by the names that the checkout uses. What is absent is refused by the validator.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct AddressCreateData {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    phone: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    country_code: Option<String>,
    state_or_province: Option<String>,
    state_or_province_code: Option<String>,
    postal_code: Option<String>,
    custom_fields: Vec<CustomField>,
}

impl AddressCreateData {
    fn into_new_address(self) -> NewAddress {
        let mut unreadable = Vec::new();
        let mut answers = read_custom(Part::Address, self.custom_fields, &mut unreadable);
        let state = self.state_or_province.filter(|state| !state.is_empty());
        for (field, text) in [
            (BuiltIn::FirstName, self.first_name),
            (BuiltIn::LastName, self.last_name),
            (BuiltIn::CompanyName, self.company),
            (BuiltIn::Phone, self.phone),
            (BuiltIn::AddressLine1, self.address1),
            (BuiltIn::AddressLine2, self.address2),
            (BuiltIn::City, self.city),
            (BuiltIn::Country, self.country_code),
            (BuiltIn::State, state.or(self.state_or_province_code)),
            (BuiltIn::Zip, self.postal_code),
        ] {
            if let Some(text) = text {
                answers.insert(field.id(), text.into());
            }
        }
        NewAddress {
            answers,
            unreadable,
            captcha: None,
        }
    }
}

pub(super) async fn create(
    State(store): State<Store>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, ProblemDetails> {
    let data: AddressCreateData = read(&store, &headers, body).await?;
    let customer = browser::signed_in(&store, &headers).await;
    let customer = customer.map_err(|error| ProblemDetails::internal(&error))?;
    let id = customer.ok_or_else(not_signed_in)?;
    match changes::add(&store, id, data.into_new_address()).await {
        Ok(_) => show(&store, id).await,
        Err(error) => Err(problem(&store, error).await),
    }
}

fn not_signed_in() -> ProblemDetails {
    ProblemDetails::new(
        StatusCode::UNAUTHORIZED,
        "Sign in to add an address to your book.",
    )
}

async fn problem(store: &Store, error: Error) -> ProblemDetails {
    match error {
        Error::Refused(field_errors) => match store.db.read(form_fields::load).await {
            Ok(definitions) => {
                let mut problem = ProblemDetails::new(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    "The address was not added. Correct the fields named in 'errors'.",
                );
                for refusal in field_errors {
                    let mut fields = definitions.address.iter();
                    let known = fields.find(|field| field.id == refusal.field);
                    let key = known.map_or_else(|| format!("field_{}", refusal.field.0), name);
                    problem.errors.insert(key, refusal.message.into());
                }
                problem
            }
            Err(error) => ProblemDetails::internal(&error),
        },
        Error::Captcha(refusal) => {
            ProblemDetails::new(StatusCode::TOO_MANY_REQUESTS, refusal.to_string())
        }
        Error::NoCustomer => not_signed_in(),
        Error::NoAddress | Error::Db(_) => ProblemDetails::internal(&error),
    }
}

/// The customer with their addresses.
async fn show(store: &Store, id: i64) -> Result<Response, ProblemDetails> {
    let read = move |connection: &Connection| {
        let window = Window {
            after: None,
            before: None,
            from: End::End,
            limit: SHOWN,
        };
        let customer = customers::find(connection, id)?;
        Ok::<_, db::Error>((customer, addresses::page(connection, id, window)?))
    };
    let (customer, page) = store
        .db
        .read(read)
        .await
        .map_err(|error| ProblemDetails::internal(&error))?;
    let customer = customer.ok_or_else(not_signed_in)?;
    let shown: Vec<Value> = page
        .addresses
        .iter()
        .map(|address| shown(store, address))
        .collect();
    let answer = json!({
        "id": customer.id,
        "isGuest": false,
        "email": customer.email,
        "firstName": customer.first_name,
        "lastName": customer.last_name,
        "fullName": format!("{} {}", customer.first_name, customer.last_name),
        "customerGroup": customer.group.map(|(id, name)| json!({ "id": id, "name": name })),
        "addressCount": page.total,
        "addresses": shown,
    });
    Ok(http::json(StatusCode::OK, &answer))
}

fn shown(store: &Store, address: &Address) -> Value {
    let country = store.geography.find(&address.country_code);
    let mut states = country.into_iter().flat_map(|country| &country.states);
    let state = states.find(|state| state.name == address.state_or_province);
    let custom = address.custom.iter();
    let custom: Vec<Value> = custom
        .map(|(field, value)| {
            json!({
                "fieldId": format!("field_{}", field.id.0),
                "fieldValue": form_fields::shown(field, value),
            })
        })
        .collect();
    json!({
        "id": address.id,
        "type": if address.is_commercial { "commercial" } else { "residential" },
        "firstName": address.first_name,
        "lastName": address.last_name,
        "company": address.company,
        "phone": address.phone,
        "address1": address.address1,
        "address2": address.address2,
        "city": address.city,
        "stateOrProvince": address.state_or_province,
        "stateOrProvinceCode": state.map_or("", |state| state.abbreviation.as_str()),
        "postalCode": address.postal_code,
        "country": country.map_or("", |country| country.name.as_str()),
        "countryCode": address.country_code,
        "customFields": custom,
    })
}
