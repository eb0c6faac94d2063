//! Opening an account.

use super::error::{Refusal, Rejection};
use super::json::Json;
use super::{Api, ApiError, Document};
use storefront_rules::{BuiltIn, FieldId, Secret, Value, Values};

const REGISTER_CUSTOMER: Document = Document {
    operation: "RegisterCustomer",
    text: include_str!("register_customer.graphql"),
};

/// A sign-up that passed validation, ready to be sent.
#[derive(Clone, Debug)]
pub struct Registration {
    /// E-mail address of the account.
    pub email: String,
    /// Password of the account.
    pub password: Secret,
    /// Values of the account form's own fields.
    pub account: Values,
    /// Values of the address form.
    pub address: Values,
    /// Whether the address form's values make an address, or only name the customer.
    pub with_address: bool,
    /// The captcha's answer, when there was one to solve.
    pub captcha: Option<String>,
}

/// Why there is no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistrationError {
    /// The request failed.
    Api(ApiError),
    /// The store refused.
    Rejected(Rejection),
}

impl Api {
    /// Opens an account and gives the new customer's id, where the store tells it; signing in is a
    /// request of its own.
    ///
    /// # Errors
    /// [`RegistrationError::Rejected`] with the field each refusal belongs to, as far as the store
    /// says; [`RegistrationError::Api`] when the request failed.
    pub async fn register(
        &self,
        registration: &Registration,
    ) -> Result<Option<i32>, RegistrationError> {
        let captcha = registration.captcha.as_deref();
        let variables = Json::object(&[
            ("input", Some(input(registration))),
            (
                "captcha",
                captcha.map(|token| Json::object(&[("token", Some(token.into()))])),
            ),
        ]);
        let data = self
            .run(&REGISTER_CUSTOMER, variables)
            .await
            .map_err(RegistrationError::Api)?;
        let result = data.at(&["customer", "registerCustomer"]);
        if result.is_null() {
            return Err(RegistrationError::Api(ApiError::Unreadable));
        }
        let errors: Vec<Json> = result.get("errors").list().collect();
        if errors.is_empty() {
            return Ok(result.at(&["customer", "entityId"]).int());
        }
        let mut rejection = Rejection::default();
        for error in errors {
            // A type of error that came after this version has no words, but a name.
            let name = error.get("__typename").text().unwrap_or_default();
            let message = error.get("message").text().unwrap_or_else(|| name.clone());
            let path: Vec<String> = error.get("path").list().filter_map(|s| s.text()).collect();
            if name == "EmailAlreadyInUseError" {
                let email = BuiltIn::EmailAddress.id();
                rejection.fields.push((email, Refusal::EmailInUse));
            } else if let Some(id) = field_of(&path) {
                rejection.fields.push((id, Refusal::Words(message)));
            } else {
                rejection.form.push(message);
            }
        }
        Err(RegistrationError::Rejected(rejection))
    }
}

/// The field a `ValidationError.path` points at: the last segment that names a property of the
/// input or is the number of a custom field.
fn field_of(path: &[String]) -> Option<FieldId> {
    path.iter().rev().find_map(|segment| {
        let built_in = match segment.as_str() {
            "email" => BuiltIn::EmailAddress,
            "password" => BuiltIn::Password,
            "firstName" => BuiltIn::FirstName,
            "lastName" => BuiltIn::LastName,
            "company" => BuiltIn::CompanyName,
            "phone" => BuiltIn::Phone,
            "address1" => BuiltIn::AddressLine1,
            "address2" => BuiltIn::AddressLine2,
            "city" => BuiltIn::City,
            "countryCode" => BuiltIn::Country,
            "stateOrProvince" => BuiltIn::State,
            "postalCode" => BuiltIn::Zip,
            number => return number.parse().ok().map(FieldId),
        };
        Some(built_in.id())
    })
}

fn input(registration: &Registration) -> Json {
    let values = &registration.address;
    let text = |field: BuiltIn| match values.get(&field.id()) {
        Some(Value::Text(text)) => Some(Json::from(text.as_str())),
        Some(_) | None => None,
    };
    // The schema wants these; a store whose form leaves one out gets an empty text.
    let must = |field| Some(text(field).unwrap_or_else(|| "".into()));
    let address = registration.with_address.then(|| {
        Json::object(&[
            ("firstName", must(BuiltIn::FirstName)),
            ("lastName", must(BuiltIn::LastName)),
            ("address1", must(BuiltIn::AddressLine1)),
            ("address2", text(BuiltIn::AddressLine2)),
            ("city", must(BuiltIn::City)),
            ("company", text(BuiltIn::CompanyName)),
            ("countryCode", must(BuiltIn::Country)),
            ("stateOrProvince", text(BuiltIn::State)),
            ("phone", text(BuiltIn::Phone)),
            ("postalCode", text(BuiltIn::Zip)),
            ("formFields", form_fields(values)),
        ])
    });
    Json::object(&[
        ("email", Some(registration.email.as_str().into())),
        ("password", Some(registration.password.expose().into())),
        ("firstName", must(BuiltIn::FirstName)),
        ("lastName", must(BuiltIn::LastName)),
        ("phone", text(BuiltIn::Phone)),
        ("company", text(BuiltIn::CompanyName)),
        ("address", address),
        ("formFields", form_fields(&registration.account)),
    ])
}

/// The custom values as `CustomerFormFieldsInput`, each in the list of its type; `None` when
/// there are none.
fn form_fields(values: &Values) -> Option<Json> {
    let lists = [
        "texts",
        "multilineTexts",
        "numbers",
        "dates",
        "checkboxes",
        "multipleChoices",
        "passwords",
    ];
    let custom: Vec<_> = values
        .iter()
        .filter(|(id, _)| BuiltIn::from_id(**id).is_none())
        .map(|(id, value)| form_field(*id, value))
        .collect();
    let list = |name: &'static str| {
        let mut items = custom.iter().filter(|(of, _)| *of == name).peekable();
        items.peek()?;
        Some(Json::list_of(items.map(|(_, item)| item.clone())))
    };
    (!custom.is_empty()).then(|| Json::object(&lists.map(|name| (name, list(name)))))
}

/// The list a custom value belongs in, and the item it makes there.
fn form_field(id: FieldId, value: &Value) -> (&'static str, Json) {
    let (list, key, value): (_, _, Json) = match value {
        Value::Text(text) => ("texts", "text", text.as_str().into()),
        Value::MultilineText(text) => ("multilineTexts", "multilineText", text.as_str().into()),
        Value::Number(number) => ("numbers", "number", (*number).into()),
        Value::Date(date) => ("dates", "date", date.to_utc().as_str().into()),
        Value::Checkboxes(ids) => (
            "checkboxes",
            "fieldValueEntityIds",
            Json::list_of(ids.iter().map(|id| (*id).into())),
        ),
        Value::MultipleChoice(id) => ("multipleChoices", "fieldValueEntityId", (*id).into()),
        Value::Password(secret) => ("passwords", "password", secret.expose().into()),
    };
    let item = Json::object(&[("fieldEntityId", Some(id.0.into())), (key, Some(value))]);
    (list, item)
}
