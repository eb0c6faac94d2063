//! Input that several mutations take, and where in it an answer stands.

use super::errors::ValidationError;
use super::scalars::DateTime;
use crate::domain::validation::{FieldError, Part, Unreadable};
use async_graphql::InputObject;
use storefront_rules::{BuiltIn, Date, FieldId, FieldInput, FieldInputs, Secret, Value, Violation};

/// The answer of the check against robots.
#[derive(InputObject)]
#[graphql(name = "ReCaptchaV2Input")]
pub(super) struct ReCaptchaV2Input {
    /// What the check handed to the page.
    pub(super) token: String,
}

/// Where in a mutation's input an address stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AddressAt {
    /// The input is the address.
    Input,
    /// In this property of the input.
    Property(&'static str),
}

/// The refused answers, each with its path.
pub(super) fn validation_errors(
    field_errors: Vec<FieldError>,
    address: AddressAt,
) -> impl Iterator<Item = ValidationError> {
    field_errors
        .into_iter()
        .map(move |refusal| ValidationError {
            path: path(&refusal, address),
            message: refusal.message,
        })
}

/// Where in the arguments the refused answer stood.
fn path(refusal: &FieldError, address: AddressAt) -> Vec<String> {
    let built_in = BuiltIn::from_id(refusal.field).and_then(property);
    let mut path = vec!["input".to_owned()];
    match (refusal.part, address) {
        (Part::Address, AddressAt::Property(property)) => path.push(property.to_owned()),
        (Part::Address, AddressAt::Input) | (Part::Account | Part::Person, _) => {}
    }
    match built_in {
        Some(property) => path.push(property.to_owned()),
        None => path.extend(["formFields".to_owned(), refusal.field.0.to_string()]),
    }
    path
}

/// The property of the input that a built-in field rides in.
const fn property(field: BuiltIn) -> Option<&'static str> {
    match field {
        BuiltIn::EmailAddress => Some("email"),
        BuiltIn::Password => Some("password"),
        BuiltIn::FirstName => Some("firstName"),
        BuiltIn::LastName => Some("lastName"),
        BuiltIn::CompanyName => Some("company"),
        BuiltIn::Phone => Some("phone"),
        BuiltIn::AddressLine1 => Some("address1"),
        BuiltIn::AddressLine2 => Some("address2"),
        BuiltIn::City => Some("city"),
        BuiltIn::Country => Some("countryCode"),
        BuiltIn::State => Some("stateOrProvince"),
        BuiltIn::Zip => Some("postalCode"),
        BuiltIn::ConfirmPassword | BuiltIn::CurrentPassword | BuiltIn::ReceiveMarketingEmails => {
            None
        }
    }
}

/// An address of a customer.
#[derive(InputObject)]
pub(super) struct AddCustomerAddressInput {
    /// First name.
    first_name: String,
    /// Last name.
    last_name: String,
    /// Street and number.
    address1: String,
    /// Flat, floor, building.
    address2: Option<String>,
    /// Town or city.
    city: String,
    /// Company.
    company: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country.
    country_code: String,
    /// Full name of the state.
    state_or_province: Option<String>,
    /// Phone.
    phone: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// Answers to custom fields of the address form.
    form_fields: Option<CustomerFormFieldsInput>,
}

impl AddCustomerAddressInput {
    pub(super) fn into_answers(self, unreadable: &mut Unreadable) -> FieldInputs {
        let mut answers = read(Part::Address, self.form_fields, unreadable);
        put(&mut answers, BuiltIn::FirstName, Some(self.first_name));
        put(&mut answers, BuiltIn::LastName, Some(self.last_name));
        put(&mut answers, BuiltIn::CompanyName, self.company);
        put(&mut answers, BuiltIn::Phone, self.phone);
        put(&mut answers, BuiltIn::AddressLine1, Some(self.address1));
        put(&mut answers, BuiltIn::AddressLine2, self.address2);
        put(&mut answers, BuiltIn::City, Some(self.city));
        put(&mut answers, BuiltIn::Country, Some(self.country_code));
        put(&mut answers, BuiltIn::State, self.state_or_province);
        put(&mut answers, BuiltIn::Zip, self.postal_code);
        answers
    }
}

pub(super) fn put(answers: &mut FieldInputs, field: BuiltIn, text: Option<String>) {
    if let Some(text) = text {
        answers.insert(field.id(), text.into());
    }
}

/// Answers to custom fields, a list for each type of answer.
#[derive(InputObject)]
pub(super) struct CustomerFormFieldsInput {
    /// To fields with checkboxes.
    checkboxes: Option<Vec<CheckboxesFormFieldInput>>,
    /// To fields with radio buttons or a pick list.
    multiple_choices: Option<Vec<MultipleChoiceFormFieldInput>>,
    /// To number fields.
    numbers: Option<Vec<NumberFormFieldInput>>,
    /// To date fields.
    dates: Option<Vec<DateFormFieldInput>>,
    /// To text fields.
    texts: Option<Vec<TextFormFieldInput>>,
    /// To multi-line text fields.
    multiline_texts: Option<Vec<MultilineTextFormFieldInput>>,
    /// To password fields.
    passwords: Option<Vec<PasswordFormFieldInput>>,
}

/// Ticked options.
#[derive(InputObject)]
struct CheckboxesFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// Ids of the options.
    field_value_entity_ids: Vec<i32>,
}

/// The option chosen.
#[derive(InputObject)]
struct MultipleChoiceFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// Id of the option.
    field_value_entity_id: i32,
}

/// A number.
#[derive(InputObject)]
struct NumberFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// The number.
    number: f64,
}

/// A day.
#[derive(InputObject)]
struct DateFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// Midnight of the day, in UTC.
    date: DateTime,
}

/// One line of text.
#[derive(InputObject)]
struct TextFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// The text.
    text: String,
}

/// Several lines of text.
#[derive(InputObject)]
struct MultilineTextFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// The text.
    multiline_text: String,
}

/// Text that is not shown.
#[derive(InputObject)]
struct PasswordFormFieldInput {
    /// Id of the field.
    field_entity_id: i32,
    /// The text.
    password: String,
}

/// Reads the answers to custom fields. What no field may be answered with, in whatever form, goes
/// to `unreadable`: a built-in field's number, a number that comes twice, no day.
pub(super) fn read(
    part: Part,
    input: Option<CustomerFormFieldsInput>,
    unreadable: &mut Unreadable,
) -> FieldInputs {
    let mut answers = FieldInputs::new();
    for (id, value) in input.into_iter().flat_map(CustomerFormFieldsInput::values) {
        let id = FieldId(id);
        if BuiltIn::from_id(id).is_some() || answers.contains_key(&id) {
            unreadable.push((part, id, Violation::UnknownField));
            continue;
        }
        match value {
            Ok(value) => {
                answers.insert(id, FieldInput::Typed(value));
            }
            Err(violation) => unreadable.push((part, id, violation)),
        }
    }
    answers
}

type Read = (i32, std::result::Result<Value, Violation>);

impl CustomerFormFieldsInput {
    fn values(self) -> impl Iterator<Item = Read> {
        fn all<T>(list: Option<Vec<T>>, read: fn(T) -> Read) -> impl Iterator<Item = Read> {
            list.into_iter().flatten().map(read)
        }
        all(self.checkboxes, |a| {
            (
                a.field_entity_id,
                Ok(Value::Checkboxes(a.field_value_entity_ids)),
            )
        })
        .chain(all(self.multiple_choices, |a| {
            (
                a.field_entity_id,
                Ok(Value::MultipleChoice(a.field_value_entity_id)),
            )
        }))
        .chain(all(self.numbers, |a| {
            (a.field_entity_id, Ok(Value::Number(a.number)))
        }))
        .chain(all(self.dates, |a| {
            let date = Date::from_utc(&a.date.0);
            let date = date.map(Value::Date).map_err(|_| Violation::NotADate);
            (a.field_entity_id, date)
        }))
        .chain(all(self.texts, |a| {
            (a.field_entity_id, Ok(Value::Text(a.text)))
        }))
        .chain(all(self.multiline_texts, |a| {
            (
                a.field_entity_id,
                Ok(Value::MultilineText(a.multiline_text)),
            )
        }))
        .chain(all(self.passwords, |a| {
            (
                a.field_entity_id,
                Ok(Value::Password(Secret::new(a.password))),
            )
        }))
    }
}
