//! `POST /api/storefront/customers`: an account without an address.

use super::body::read;
use super::form_fields::name;
use crate::domain::account::sign_up::{self, Error, SignUp, Source};
use crate::domain::validation::{FieldError, Part, Unreadable};
use crate::domain::{Store, form_fields};
use crate::infra::problem::ProblemDetails;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde_json::Value;
use std::net::{IpAddr, SocketAddr};
use storefront_rules::{BuiltIn, FieldId, FieldInput, FieldInputs, Violation};

/// The body, by the names of customers.sf.yml. What is absent is refused by the validator.
#[derive(Deserialize)]
#[serde(default, rename_all = "camelCase")]
#[derive(Default)]
pub(super) struct CustomerCreateData {
    first_name: String,
    last_name: String,
    email: String,
    password: String,
    accepts_marketing_emails: bool,
    token: Option<String>,
    custom_fields: Vec<CustomField>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomField {
    /// `"26"`, `"field_26"` or 26: clients write all three.
    field_id: Value,
    field_value: Value,
}

pub(super) async fn create(
    State(store): State<Store>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, ProblemDetails> {
    let data: CustomerCreateData = read(&store, &headers, body).await?;
    store.rate_limits.check_attempt(peer.ip())?;
    let email = data.email.trim().to_owned();
    match sign_up::sign_up(&store, data.into_sign_up(peer.ip())).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT),
        Err(error) => Err(problem(&store, error, &email).await),
    }
}

async fn problem(store: &Store, error: Error, email: &str) -> ProblemDetails {
    match error {
        Error::Disabled => ProblemDetails::new(StatusCode::BAD_REQUEST, sign_up::DISABLED),
        Error::Captcha(refusal) => {
            ProblemDetails::new(StatusCode::TOO_MANY_REQUESTS, refusal.to_string())
        }
        // Clients read the address after the colon.
        Error::EmailTaken => ProblemDetails::new(
            StatusCode::CONFLICT,
            format!("{} The address is: {email}", sign_up::EMAIL_TAKEN),
        ),
        Error::Refused(field_errors) => match store.db.read(form_fields::load).await {
            Ok(definitions) => refused(&definitions, field_errors),
            Err(error) => ProblemDetails::internal(&error),
        },
        Error::Db(_) | Error::Passwords(_) => ProblemDetails::internal(&error),
    }
}

fn refused(
    definitions: &form_fields::Definitions,
    field_errors: Vec<FieldError>,
) -> ProblemDetails {
    let mut problem = ProblemDetails::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        "The account was not opened. Correct the fields named in 'errors'.",
    );
    for refusal in field_errors {
        let fields = match refusal.part {
            Part::Account => &definitions.customer,
            Part::Person | Part::Address => &definitions.address,
        };
        let known = fields.iter().find(|field| field.id == refusal.field);
        let key = known.map_or_else(|| format!("field_{}", refusal.field.0), name);
        problem.errors.insert(key, refusal.message.into());
    }
    problem
}

impl CustomerCreateData {
    fn into_sign_up(self, peer: IpAddr) -> SignUp {
        let mut unreadable = Vec::new();
        let mut account = read_custom(Part::Account, self.custom_fields, &mut unreadable);
        account.insert(BuiltIn::EmailAddress.id(), self.email.into());
        account.insert(BuiltIn::Password.id(), self.password.into());
        let person = [
            (BuiltIn::FirstName.id(), self.first_name.into()),
            (BuiltIn::LastName.id(), self.last_name.into()),
        ];
        SignUp {
            source: Source::Rest,
            account,
            person: person.into(),
            address: None,
            unreadable,
            accepts_marketing: Some(self.accepts_marketing_emails),
            captcha: self.token,
            peer: Some(peer),
        }
    }
}

/// The answers to custom fields. What cannot be one is `unreadable`.
pub(super) fn read_custom(
    part: Part,
    given: Vec<CustomField>,
    unreadable: &mut Unreadable,
) -> FieldInputs {
    let mut answers = FieldInputs::new();
    for field in given {
        // Nothing is numbered 0 or less, so that is refused as unknown.
        let id = FieldId(field_number(&field.field_id).unwrap_or_default());
        if BuiltIn::from_id(id).is_some() || answers.contains_key(&id) {
            unreadable.push((part, id, Violation::UnknownField));
            continue;
        }
        match answer(&field.field_value) {
            Some(answer) => {
                answers.insert(id, answer);
            }
            None => unreadable.push((part, id, Violation::WrongType)),
        }
    }
    answers
}

fn field_number(id: &Value) -> Option<i32> {
    match id.as_str() {
        Some(text) => text.strip_prefix("field_").unwrap_or(text).parse().ok(),
        None => id.as_i64().and_then(|id| i32::try_from(id).ok()),
    }
}

/// A value as a form control would send it: one text, or one for each ticked box.
fn answer(value: &Value) -> Option<FieldInput> {
    match value {
        Value::Null => Some(FieldInput::Strings(Vec::new())),
        Value::String(text) => Some(text.as_str().into()),
        Value::Number(number) => Some(FieldInput::Plain(vec![number.to_string()])),
        Value::Array(values) => {
            let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
            texts.collect::<Option<_>>().map(FieldInput::Strings)
        }
        Value::Bool(_) | Value::Object(_) => None,
    }
}
