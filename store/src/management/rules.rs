//! What the APIs validate customers, addresses and answers by: the store's definitions, and the
//! validator of shoppers' forms.

use super::form_values::FormField;
use super::problem::Checks;
use crate::domain::addresses::{Address, Draft};
use crate::domain::form_fields::{self, Definitions, Form};
use crate::domain::settings::{self, Settings};
use crate::domain::validation::{self, Validator, country_of};
use crate::domain::{Store, messages, passwords};
use crate::infra::db;
use rusqlite::Connection;
use storefront_rules::{BuiltIn, Field, FieldId, FieldInput, FieldInputs, Secret, Value, Values};

/// The store's settings and definitions as they stood when a request was validated.
pub(crate) struct Rules<'a> {
    store: &'a Store,
    pub(crate) settings: Settings,
    pub(crate) definitions: Definitions,
}

/// An address as a request has it; what is `None` stays, or is empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct AddressInput {
    pub(crate) own: Vec<(BuiltIn, Option<String>)>,
    pub(crate) is_commercial: Option<bool>,
    pub(crate) form_fields: Vec<FormField>,
}

/// How an API calls the fields of an address.
pub(crate) type Names = fn(BuiltIn) -> &'static str;

impl<'a> Rules<'a> {
    pub(crate) fn load(store: &'a Store, connection: &Connection) -> Result<Self, db::Error> {
        Ok(Self {
            store,
            settings: settings::load(connection)?,
            definitions: form_fields::load(connection)?,
        })
    }

    pub(crate) async fn read(store: &'a Store) -> Result<Self, db::Error> {
        let (settings, definitions) = store
            .db
            .read(|connection| {
                Ok::<_, db::Error>((settings::load(connection)?, form_fields::load(connection)?))
            })
            .await?;
        Ok(Self {
            store,
            settings,
            definitions,
        })
    }

    /// Validates a password by the store's rules.
    pub(crate) fn password(&self, at: &str, password: &Secret, checks: &mut Checks) {
        let mut answers = FieldInputs::new();
        let answer = Value::Password(password.clone());
        answers.insert(BuiltIn::Password.id(), answer.into());
        let mut validator = Validator::new(self.store, &self.settings, &self.definitions, None);
        passwords::validate(
            &mut validator,
            &self.definitions,
            &[BuiltIn::Password],
            &answers,
        );
        if let Err(field_errors) = validator.finish() {
            for refusal in field_errors {
                checks.refuse(at, refusal.message);
            }
        }
    }

    /// Validates answers to custom fields of a form: which fields were answered, and the values of
    /// those answers that are not empty. `at` makes the path of each, with a dot at its end.
    pub(crate) fn answers(
        &self,
        form: Form,
        given: &[FormField],
        at: &dyn Fn(usize) -> String,
        checks: &mut Checks,
    ) -> (Vec<FieldId>, Values) {
        let (fields, answers) = self.read_answers(form, given, at, checks);
        let part = match form {
            Form::Customer => validation::Part::Account,
            Form::Address => validation::Part::Address,
        };
        let mut validator = Validator::new(self.store, &self.settings, &self.definitions, None);
        let values = validator.validate(part, &fields, &answers);
        note(validator, &fields, ("", |_| ""), at, checks);
        (fields.iter().map(|field| field.id).collect(), values)
    }

    fn read_answers(
        &self,
        form: Form,
        given: &[FormField],
        at: &dyn Fn(usize) -> String,
        checks: &mut Checks,
    ) -> (Vec<Field>, FieldInputs) {
        let (mut fields, mut answers) = (Vec::new(), FieldInputs::new());
        for (index, answer) in given.iter().enumerate() {
            let known = self.definitions.of(form).iter();
            let mut known = known.filter(|field| !field.is_built_in);
            let Some(field) = known.find(|field| field.label == answer.name) else {
                checks.refuse(
                    format!("{}name", at(index)),
                    "The form has no custom field with this name.",
                );
                continue;
            };
            match answer.value.answer(field) {
                Some(_) if answers.contains_key(&field.id) => {
                    let message = messages::unknown_field(field.id);
                    checks.refuse(format!("{}name", at(index)), message);
                }
                Some(answer) => {
                    answers.insert(field.id, answer);
                    fields.push(field.clone());
                }
                None => checks.refuse(format!("{}value", at(index)), "is not a valid value"),
            }
        }
        (fields, answers)
    }

    /// Validates an address: a new one, or what `before` becomes. Only what the API requires is
    /// required: a back office may know less than a shopper is asked. It may know more, too: what
    /// the country does not ask for counts where it is given, and stays as long as the country does.
    /// `None` when it does not count.
    pub(crate) fn address(
        &self,
        before: Option<&Address>,
        input: &AddressInput,
        at: &str,
        names: Names,
        checks: &mut Checks,
    ) -> Option<Draft> {
        let list = |index: usize| format!("{at}form_fields.{index}.");
        let mut own_checks = Checks::default();
        let (custom, mut answers) =
            self.read_answers(Form::Address, &input.form_fields, &list, &mut own_checks);
        let kept = before.map(Address::values).unwrap_or_default();
        let mut fields = form_fields::address_defaults();
        let given = |field: &Field| {
            let own = input.own.iter().find(|(own, _)| own.id() == field.id);
            own.and_then(|(_, text)| text.clone())
        };
        for field in &fields {
            if let Some(text) = given(field) {
                answers.insert(field.id, text.into());
            } else if let Some(value) = kept.get(&field.id) {
                answers.insert(field.id, FieldInput::Typed(value.clone()));
            }
        }
        let country = country_of(self.store, &answers);
        let stays_there = country.is_some_and(|country| {
            before.is_some_and(|before| before.country_code == country.code)
        });
        let own = fields.iter().cloned();
        let known: Vec<Field> = own
            .filter(|field| stays_there || given(field).is_some())
            .collect();
        fields.extend(custom.iter().cloned());
        let mut validator = Validator::new(self.store, &self.settings, &self.definitions, country);
        let validated = validator.validate(validation::Part::Address, &fields, &answers);
        let unasked = validator.validate_unasked(validation::Part::Address, &known, &answers);
        note(validator, &custom, (at, names), &list, &mut own_checks);
        if !own_checks.is_empty() {
            checks.take(own_checks);
            return None;
        }
        let is_asked = |id: &FieldId| fields.iter().any(|field| field.id == *id);
        let stays = kept.into_iter().filter(|(id, _)| !is_asked(id));
        let was_commercial = before.is_some_and(|before| before.is_commercial);
        Some(Draft {
            values: stays.chain(validated).chain(unasked).collect(),
            is_commercial: input.is_commercial.unwrap_or(was_commercial),
        })
    }
}

/// Notes what was refused: built-in fields at their path and by their names, custom ones by their
/// place in what was given.
fn note(
    validator: Validator<'_>,
    custom: &[Field],
    (at, names): (&str, Names),
    custom_at: &dyn Fn(usize) -> String,
    checks: &mut Checks,
) {
    for refusal in validator.finish().err().unwrap_or_default() {
        let path = match BuiltIn::from_id(refusal.field) {
            Some(field) => format!("{at}{}", names(field)),
            None => {
                let mut custom = custom.iter();
                let index = custom.position(|field| field.id == refusal.field);
                format!("{}value", custom_at(index.unwrap_or_default()))
            }
        };
        checks.refuse(path, refusal.message);
    }
}
