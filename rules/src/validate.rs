//! The one validator: definitions and answers in, typed values or violations out.

use crate::address::AddressRequirements;
use crate::date::Date;
use crate::email;
use crate::field::{BuiltIn, Choice, Field, FieldId, FieldType};
use crate::password::{self, PasswordRules, Requirement, Secret};
use crate::text::{self, Decompose, folded};
use crate::value::{FieldInput, Value};

/// Answers by field; a field without an entry was not answered.
pub type FieldInputs = FieldMap<FieldInput>;

/// Values that passed, by field. A field left empty that may be empty has no entry.
pub type Values = FieldMap<Value>;

/// A map by field that keeps the order of insertion. A form has a few dozen fields, and
/// a list is the lightest map there is (the widget counts its bytes). Two maps are equal when they
/// have the same for each field, in any order.
#[derive(Clone, Debug)]
pub struct FieldMap<T>(Vec<(FieldId, T)>);

impl FieldMap<Value> {
    /// The text of a built-in field, if it has one.
    #[must_use]
    pub fn text(&self, field: BuiltIn) -> Option<&str> {
        match self.get(&field.id()) {
            Some(Value::Text(text)) => Some(text),
            Some(_) | None => None,
        }
    }
}

impl<T: PartialEq> PartialEq for FieldMap<T> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(id, thing)| other.get(id) == Some(thing))
    }
}

impl<T> Default for FieldMap<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FieldMap<T> {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What there is for a field.
    #[must_use]
    pub fn get(&self, id: &FieldId) -> Option<&T> {
        self.0
            .iter()
            .find(|(of, _)| of == id)
            .map(|(_, thing)| thing)
    }

    /// Whether there is anything for a field.
    #[must_use]
    pub fn contains_key(&self, id: &FieldId) -> bool {
        self.get(id).is_some()
    }

    /// Puts `thing` in for a field, and gives back what was there before.
    pub fn insert(&mut self, id: FieldId, thing: T) -> Option<T> {
        if let Some((_, before)) = self.0.iter_mut().find(|(of, _)| *of == id) {
            return Some(std::mem::replace(before, thing));
        }
        self.0.push((id, thing));
        None
    }

    /// Takes out what there is for a field.
    pub fn remove(&mut self, id: &FieldId) -> Option<T> {
        let index = self.0.iter().position(|(of, _)| of == id)?;
        Some(self.0.remove(index).1)
    }

    /// Each field and what there is for it.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldId, &T)> {
        self.0.iter().map(|(id, thing)| (id, thing))
    }

    /// Each field there is something for.
    pub fn keys(&self) -> impl Iterator<Item = &FieldId> {
        self.0.iter().map(|(id, _)| id)
    }

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many fields there is something for.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }
}

impl<T> FromIterator<(FieldId, T)> for FieldMap<T> {
    fn from_iter<I: IntoIterator<Item = (FieldId, T)>>(items: I) -> Self {
        let mut by_field = Self::new();
        by_field.extend(items);
        by_field
    }
}

impl<T> Extend<(FieldId, T)> for FieldMap<T> {
    fn extend<I: IntoIterator<Item = (FieldId, T)>>(&mut self, items: I) {
        for (id, thing) in items {
            self.insert(id, thing);
        }
    }
}

impl<T, const N: usize> From<[(FieldId, T); N]> for FieldMap<T> {
    fn from(items: [(FieldId, T); N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T> IntoIterator for FieldMap<T> {
    type Item = (FieldId, T);
    type IntoIter = std::vec::IntoIter<(FieldId, T)>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a FieldMap<T> {
    type Item = (&'a FieldId, &'a T);
    type IntoIter = std::iter::Map<
        std::slice::Iter<'a, (FieldId, T)>,
        fn(&'a (FieldId, T)) -> (&'a FieldId, &'a T),
    >;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter().map(|(id, thing)| (id, thing))
    }
}

/// What is wrong, in the order of the form.
pub type Violations = Vec<(FieldId, Violation)>;

/// Why an answer is not valid. Other code puts it into words.
#[derive(Clone, Debug, PartialEq)]
pub enum Violation {
    /// An answer must be given.
    Missing,
    /// The API sent a value of another type than the field's.
    WrongType,
    /// No field of this id is asked for here.
    UnknownField,
    /// More characters than this.
    TooLong(u32),
    /// `<`, `>` or a control character where the platform takes none.
    ForbiddenCharacters,
    /// Not a finite number.
    NotANumber,
    /// Smaller than this.
    TooSmall(f64),
    /// Larger than this.
    TooLarge(f64),
    /// Not a day of the calendar.
    NotADate,
    /// Before this day.
    TooEarly(Date),
    /// After this day.
    TooLate(Date),
    /// Not one of the options.
    UnknownOption,
    /// Not of the shape of an e-mail address.
    NotAnEmail,
    /// Not what the password field holds.
    PasswordMismatch,
    /// The password fails this requirement.
    WeakPassword(Requirement),
    /// The store does not deliver there, or there is no such country.
    UnknownCountry,
    /// Not one of the country's states.
    UnknownState,
    /// Not a postal code of the country; with an example of one.
    NotAPostalCode(&'static str),
}

impl Violation {
    /// The stable code of this violation, for logs, tests and machines.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::WrongType => "wrong_type",
            Self::UnknownField => "unknown_field",
            Self::TooLong(_) => "too_long",
            Self::ForbiddenCharacters => "forbidden_characters",
            Self::NotANumber => "not_a_number",
            Self::TooSmall(_) => "too_small",
            Self::TooLarge(_) => "too_large",
            Self::NotADate => "not_a_date",
            Self::TooEarly(_) => "too_early",
            Self::TooLate(_) => "too_late",
            Self::UnknownOption => "unknown_option",
            Self::NotAnEmail => "not_an_email",
            Self::PasswordMismatch => "password_mismatch",
            Self::WeakPassword(_) => "weak_password",
            Self::UnknownCountry => "unknown_country",
            Self::UnknownState => "unknown_state",
            Self::NotAPostalCode(_) => "not_a_postal_code",
        }
    }
}

/// A state or province as the store lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Full untranslated name: what is sent and stored.
    pub name: String,
    /// Abbreviation, or empty; taken for the name when a shopper's browser fills it in.
    pub abbreviation: String,
}

/// The state of `states` that `text` names, by name or abbreviation; case and accents do not matter.
#[must_use]
pub fn find_state<'a>(
    states: &'a [State],
    text: &str,
    decompose: Decompose<'_>,
) -> Option<&'a State> {
    let text = folded(text, decompose);
    let is = |other: &str| !text.is_empty() && folded(other, decompose) == text;
    states
        .iter()
        .find(|s| is(&s.name))
        .or_else(|| states.iter().find(|s| is(&s.abbreviation)))
}

/// What the answers are validated against, besides the definitions.
pub struct Context<'a> {
    /// The store's rules for the account's password.
    pub passwords: &'a PasswordRules,
    /// The address's country, upper case, when it is one that the store knows.
    pub country: Option<&'a str>,
    /// What that country requires; what the general format requires when there is no country yet.
    pub requirements: &'a AddressRequirements,
    /// The states the store lists for that country; empty where the state is free text.
    pub states: &'a [State],
    /// Whether a text as a whole matches a regular expression of [`crate::AddressFormat::postal_pattern`].
    /// The browser's `RegExp` or the `regex` crate; neither belongs in here.
    pub matches: &'a dyn Fn(&str, &str) -> bool,
    /// Takes a state's name apart, to be compared.
    pub decompose: Decompose<'a>,
}

/// Validates `answers` to `fields`.
///
/// # Errors
/// Every violation, in the order of `fields`; then [`Violation::UnknownField`] for each answer
/// to a field that was not asked.
pub fn validate(
    fields: &[Field],
    answers: &FieldInputs,
    context: &Context<'_>,
) -> Result<Values, Violations> {
    let mut values = Values::new();
    let mut violations = Violations::new();
    for field in fields {
        match validate_field(field, answers, context) {
            Ok(Some(value)) => {
                values.insert(field.id, value);
            }
            Ok(None) => {}
            Err(violation) => violations.push((field.id, violation)),
        }
    }
    for id in answers.keys() {
        if !fields.iter().any(|field| field.id == *id) {
            violations.push((*id, Violation::UnknownField));
        }
    }
    if violations.is_empty() {
        Ok(values)
    } else {
        Err(violations)
    }
}

/// Validates the answer to one field among `answers`: `None` when it is empty and may be, or when
/// the country does not ask for it.
///
/// # Errors
/// The first violation found.
pub fn validate_field(
    field: &Field,
    answers: &FieldInputs,
    context: &Context<'_>,
) -> Result<Option<Value>, Violation> {
    if !context.requirements.asks(field) {
        return Ok(None);
    }
    validate_given(field, answers, context)
}

/// Validates the answer to one field among `answers`, whether or not the country asks for it: `None`
/// when it is empty and may be.
///
/// # Errors
/// The first violation found.
pub fn validate_given(
    field: &Field,
    answers: &FieldInputs,
    context: &Context<'_>,
) -> Result<Option<Value>, Violation> {
    let value = match answers.get(&field.id) {
        None => None,
        Some(FieldInput::Strings(texts)) => parse(&field.kind, texts, false)?,
        Some(FieldInput::Plain(texts)) => parse(&field.kind, texts, true)?,
        Some(FieldInput::Typed(value)) => typed(&field.kind, value.clone())?,
    };
    let Some(value) = value.and_then(|value| seen(field, value)) else {
        return if context.requirements.requires(field) {
            Err(Violation::Missing)
        } else {
            Ok(None)
        };
    };
    let value = limits(&field.kind, value)?;
    match field.built_in() {
        Some(built_in) => check_built_in(built_in, value, answers, context).map(Some),
        None => Ok(Some(value)),
    }
}

/// A value without what cannot be seen, which text that was copied brings along; `None` when nothing is
/// left. Inside an e-mail address it stays, to be refused: it is another address without.
fn seen(field: &Field, value: Value) -> Option<Value> {
    let is_email = field.built_in() == Some(BuiltIn::EmailAddress);
    let some = |text: String| (!text.is_empty()).then_some(text);
    match value {
        Value::Text(text) if is_email => some(text::trim(&text).to_owned()).map(Value::Text),
        Value::Text(text) => some(text::visible(&text)).map(Value::Text),
        Value::MultilineText(text) => {
            some(text::visible(&text.replace('\r', ""))).map(Value::MultilineText)
        }
        value @ (Value::Number(_)
        | Value::Date(_)
        | Value::Checkboxes(_)
        | Value::MultipleChoice(_)
        | Value::Password(_)) => Some(value),
    }
}

/// Reads the strings of a form control as a value of `kind`; `None` when they say nothing. `is_plain`: as
/// [`FieldInput::Plain`] are.
fn parse(kind: &FieldType, texts: &[String], is_plain: bool) -> Result<Option<Value>, Violation> {
    let id = |text: &str| {
        text::trim(text)
            .parse()
            .map_err(|_| Violation::UnknownOption)
    };
    let single = texts.first().map_or("", String::as_str);
    if let FieldType::Checkboxes { .. } = kind {
        // Forms send an empty string along so that "none ticked" travels too.
        let ticked = texts.iter().filter(|t| !text::trim(t).is_empty());
        let ids: Vec<i32> = ticked.map(|t| id(t)).collect::<Result<_, _>>()?;
        return Ok((!ids.is_empty()).then_some(Value::Checkboxes(ids)));
    }
    // A password may begin or end with a space; nothing else keeps them.
    if let FieldType::Password { .. } = kind {
        return Ok((!single.is_empty()).then(|| Value::Password(Secret::new(single))));
    }
    if text::trim(single).is_empty() {
        return Ok(None);
    }
    Ok(Some(match kind {
        FieldType::Text { .. } | FieldType::PicklistOrText { .. } => Value::Text(single.to_owned()),
        FieldType::MultilineText { .. } => Value::MultilineText(single.to_owned()),
        FieldType::Number { default, .. } => {
            let text = text::in_ascii(single);
            let number = number(&text)?;
            let is_clear = is_plain && !text.contains(',') || *default == Some(number);
            if may_be_thousands(&text) && !is_clear {
                return Err(Violation::NotANumber);
            }
            Value::Number(number)
        }
        FieldType::Date { .. } => {
            let text = text::in_ascii(single);
            Value::Date(text.parse().map_err(|_| Violation::NotADate)?)
        }
        FieldType::RadioButtons { .. } => Value::MultipleChoice(id(single)?),
        // The country is a pick list whose answer is an ISO code, not the id of an option.
        FieldType::Picklist { options, .. } if options.is_empty() => Value::Text(single.to_owned()),
        FieldType::Picklist { .. } => Value::MultipleChoice(id(single)?),
        FieldType::Checkboxes { .. } | FieldType::Password { .. } => {
            return Err(Violation::WrongType);
        }
    }))
}

/// Powers of ten that a double holds exactly.
const EXACT_POWERS: u32 = 22;

/// Whole numbers below this are exact in a double.
const EXACT_WHOLE: u64 = 1 << 53;

/// What Arabic and Persian write before decimals.
const ARABIC_DECIMAL_SEPARATOR: char = '٫';

/// Reads a number as shoppers write it: a sign, digits, and at most one `.`, `,` or `٫` before
/// decimals.
///
/// Within the bounds above the quotient of two exact doubles is the nearest double to what was
/// typed (Clinger's fast path), which spares the widget the tables of the general algorithm;
/// longer numbers are no answer to any form.
fn number(text: &str) -> Result<f64, Violation> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits
        .split_once(['.', ',', ARABIC_DECIMAL_SEPARATOR])
        .unwrap_or((digits, ""));
    let mut mantissa: u64 = 0;
    let mut is_empty = true;
    for digit in whole.chars().chain(decimals.chars()) {
        let digit = digit.to_digit(10).ok_or(Violation::NotANumber)?;
        mantissa = mantissa
            .checked_mul(10)
            .and_then(|m| m.checked_add(digit.into()))
            .filter(|m| *m < EXACT_WHOLE)
            .ok_or(Violation::NotANumber)?;
        is_empty = false;
    }
    let scale = u32::try_from(decimals.len()).ok();
    let scale = scale.filter(|scale| *scale <= EXACT_POWERS && !is_empty);
    let scale = scale.ok_or(Violation::NotANumber)?;
    #[allow(
        clippy::cast_precision_loss,
        reason = "below EXACT_WHOLE there is none"
    )]
    let value = mantissa as f64 / power_of_ten(scale);
    Ok(if is_negative { -value } else { value })
}

/// Whether a number may have been meant a thousand times as large, or as small: `1.234` is one and a bit to
/// some shoppers, and a thousand to others.
fn may_be_thousands(number: &str) -> bool {
    let parts = number.trim_start_matches(['+', '-']).split_once(['.', ',']);
    parts.is_some_and(|(whole, decimals)| {
        decimals.len() == 3 && matches!(whole.len(), 1..=3) && !whole.starts_with('0')
    })
}

fn power_of_ten(exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |power, _| power * 10.0)
}

/// How many characters it takes to write a number down: sign, digits and point.
fn written_length(number: f64) -> u32 {
    #[allow(clippy::cast_precision_loss, reason = "2^53 is exact")]
    let exact = EXACT_WHOLE as f64;
    // Rounded, as the product is not exact: 0.07 * 100 is a little more than 7.
    let scaled = |scale: u32| (number.abs() * power_of_ten(scale)).round_ties_even();
    let decimals = (0..EXACT_POWERS)
        .find(|scale| {
            scaled(*scale) >= exact || scaled(*scale) / power_of_ten(*scale) == number.abs()
        })
        .unwrap_or(0);
    let mut digits = 1;
    let mut rest = scaled(decimals);
    while rest >= 10.0 {
        rest /= 10.0;
        digits += 1;
    }
    // 0.05 is the digit 5 at scale 2, and yet takes a zero on either side of the point.
    let digits = digits.max(decimals + 1);
    digits + u32::from(decimals > 0) + u32::from(number < 0.0)
}

/// Takes a value that is already typed if it fits `kind`; `None` when it is empty.
fn typed(kind: &FieldType, value: Value) -> Result<Option<Value>, Violation> {
    let fits = match (&value, kind) {
        (Value::Text(_), FieldType::Text { .. } | FieldType::PicklistOrText { .. })
        | (Value::MultilineText(_), FieldType::MultilineText { .. })
        | (Value::Date(_), FieldType::Date { .. })
        | (Value::Checkboxes(_), FieldType::Checkboxes { .. })
        | (Value::MultipleChoice(_), FieldType::RadioButtons { .. } | FieldType::Picklist { .. })
        | (Value::Password(_), FieldType::Password { .. }) => true,
        (Value::Text(_), FieldType::Picklist { options, .. }) => options.is_empty(),
        (Value::Number(n), FieldType::Number { .. }) => {
            if !n.is_finite() {
                return Err(Violation::NotANumber);
            }
            true
        }
        (
            Value::Text(_)
            | Value::MultilineText(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Checkboxes(_)
            | Value::MultipleChoice(_)
            | Value::Password(_),
            _,
        ) => false,
    };
    if !fits {
        return Err(Violation::WrongType);
    }
    Ok(match value {
        Value::Checkboxes(ids) => (!ids.is_empty()).then_some(Value::Checkboxes(ids)),
        Value::Password(secret) => (!secret.expose().is_empty()).then_some(Value::Password(secret)),
        value @ (Value::Text(_)
        | Value::MultilineText(_)
        | Value::Number(_)
        | Value::Date(_)
        | Value::MultipleChoice(_)) => Some(value),
    })
}

/// Holds a value of the right type against the limits its merchant set.
fn limits(kind: &FieldType, value: Value) -> Result<Value, Violation> {
    match (kind, &value) {
        (
            FieldType::Text { max_length, .. } | FieldType::PicklistOrText { max_length, .. },
            Value::Text(text),
        ) => {
            no_longer_than(text, *max_length)?;
            no_control_characters(text, &[])?;
        }
        (FieldType::MultilineText { .. }, Value::MultilineText(text)) => {
            no_control_characters(text, &['\n', '\t'])?;
        }
        (
            FieldType::Number {
                min,
                max,
                max_length,
                ..
            },
            Value::Number(number),
        ) => {
            if let Some(max) = max_length.filter(|max| written_length(*number) > *max) {
                return Err(Violation::TooLong(max));
            }
            if let Some(min) = min.filter(|min| number < min) {
                return Err(Violation::TooSmall(min));
            }
            if let Some(max) = max.filter(|max| number > max) {
                return Err(Violation::TooLarge(max));
            }
        }
        (FieldType::Date { min, max, .. }, Value::Date(date)) => {
            if let Some(min) = min.filter(|min| date < min) {
                return Err(Violation::TooEarly(min));
            }
            if let Some(max) = max.filter(|max| date > max) {
                return Err(Violation::TooLate(max));
            }
        }
        (FieldType::Checkboxes { options }, Value::Checkboxes(ids)) => {
            if !ids.iter().all(|id| is_option(options, *id)) {
                return Err(Violation::UnknownOption);
            }
            // Each once, in the order of the options.
            let ticked = options.iter().map(|o| o.id).filter(|id| ids.contains(id));
            return Ok(Value::Checkboxes(ticked.collect()));
        }
        (
            FieldType::RadioButtons { options } | FieldType::Picklist { options, .. },
            Value::MultipleChoice(id),
        ) => {
            if !is_option(options, *id) {
                return Err(Violation::UnknownOption);
            }
        }
        (FieldType::Password { max_length }, Value::Password(secret)) => {
            no_longer_than(
                secret.expose(),
                Some(
                    max_length
                        .unwrap_or(password::MAX_LENGTH)
                        .min(password::MAX_LENGTH),
                ),
            )?;
        }
        (FieldType::Picklist { .. }, Value::Text(text)) => no_control_characters(text, &[])?,
        (_, _) => return Err(Violation::WrongType),
    }
    Ok(value)
}

fn is_option(options: &[Choice], id: i32) -> bool {
    options.iter().any(|option| option.id == id)
}

fn no_longer_than(text: &str, max: Option<u32>) -> Result<(), Violation> {
    match max {
        Some(max) if text.chars().nth(max as usize).is_some() => Err(Violation::TooLong(max)),
        Some(_) | None => Ok(()),
    }
}

fn no_control_characters(text: &str, except: &[char]) -> Result<(), Violation> {
    if text.chars().any(|c| c.is_control() && !except.contains(&c)) {
        return Err(Violation::ForbiddenCharacters);
    }
    Ok(())
}

/// Holds the answer to one of the platform's own fields against the platform's own rules.
fn check_built_in(
    field: BuiltIn,
    value: Value,
    answers: &FieldInputs,
    context: &Context<'_>,
) -> Result<Value, Violation> {
    // Lengths: customers.v3.yml, `customer_Post` and `address_Post`.
    let plain = |text: &str, max| {
        no_longer_than(text, Some(max))?;
        if text.contains(['<', '>']) {
            return Err(Violation::ForbiddenCharacters);
        }
        Ok(())
    };
    match (field, &value) {
        (BuiltIn::EmailAddress, Value::Text(text)) => {
            if !email::is_email(text) {
                return Err(Violation::NotAnEmail);
            }
        }
        (BuiltIn::Password, Value::Password(secret)) => {
            if let Some(unmet) = context.passwords.first_unmet(secret.expose()) {
                return Err(Violation::WeakPassword(unmet));
            }
        }
        (BuiltIn::ConfirmPassword, Value::Password(secret)) => {
            let password = match answers.get(&BuiltIn::Password.id()) {
                Some(FieldInput::Strings(texts) | FieldInput::Plain(texts)) => {
                    texts.first().map(String::as_str)
                }
                Some(FieldInput::Typed(Value::Password(secret))) => Some(secret.expose()),
                Some(FieldInput::Typed(_)) | None => None,
            };
            if password != Some(secret.expose()) {
                return Err(Violation::PasswordMismatch);
            }
        }
        (BuiltIn::City, Value::Text(text)) => plain(text, 100)?,
        // A customer's names are shorter: see `Field::of_customer`.
        (
            BuiltIn::FirstName
            | BuiltIn::LastName
            | BuiltIn::CompanyName
            | BuiltIn::AddressLine1
            | BuiltIn::AddressLine2,
            Value::Text(text),
        ) => plain(text, 255)?,
        (BuiltIn::Phone, Value::Text(text)) => plain(text, 50)?,
        (BuiltIn::Country, Value::Text(text)) => {
            let country = context.country.ok_or(Violation::UnknownCountry)?;
            if !country.eq_ignore_ascii_case(text) {
                return Err(Violation::UnknownCountry);
            }
            return Ok(Value::Text(country.to_owned()));
        }
        (BuiltIn::State, Value::Text(text)) => {
            if context.states.is_empty() {
                plain(text, 100)?;
            } else {
                let state = find_state(context.states, text, context.decompose)
                    .ok_or(Violation::UnknownState)?;
                return Ok(Value::Text(state.name.clone()));
            }
        }
        (BuiltIn::Zip, Value::Text(text)) => {
            let format = context.requirements.address_format();
            let code = format.read_postal_code(text, context.matches);
            plain(code.as_ref().unwrap_or(text), 30)?;
            return code.map(Value::Text).ok_or(Violation::NotAPostalCode(
                format.postal_example.unwrap_or(""),
            ));
        }
        // One of the platform's own fields may be set up with another type than the platform gave it;
        // then only the limits of that type apply, which are already checked.
        (
            BuiltIn::EmailAddress
            | BuiltIn::Password
            | BuiltIn::ConfirmPassword
            | BuiltIn::FirstName
            | BuiltIn::LastName
            | BuiltIn::CompanyName
            | BuiltIn::Phone
            | BuiltIn::AddressLine1
            | BuiltIn::AddressLine2
            | BuiltIn::City
            | BuiltIn::Country
            | BuiltIn::State
            | BuiltIn::Zip
            | BuiltIn::CurrentPassword
            | BuiltIn::ReceiveMarketingEmails,
            _,
        ) => {}
    }
    Ok(value)
}
