//! Validates answers by the store's definitions and settings, and saying what is wrong with them.

use crate::domain::form_fields::Definitions;
use crate::domain::geography::Country;
use crate::domain::settings::Settings;
use crate::domain::{Store, messages};
use crate::infra::text::decomposed;
use storefront_rules::address::AddressRequirements;
use storefront_rules::validate::validate_given;
use storefront_rules::{
    AddressFormat, BuiltIn, Context, Field, FieldId, FieldInputs, Values, Violation, Violations,
    validate,
};

/// The part of a form that an answer is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The account form.
    Account,
    /// Names, company and phone of the customer.
    Person,
    /// The address.
    Address,
}

/// An answer that does not count.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FieldError {
    /// Where it was given.
    pub part: Part,
    /// The field.
    pub field: FieldId,
    /// What is wrong.
    pub violation: Violation,
    /// The same in words.
    pub message: String,
}

/// Answers that could not be taken in at all, found while a request was read.
pub(crate) type Unreadable = Vec<(Part, FieldId, Violation)>;

/// The country that an address is in, when it is one that the store knows.
pub(crate) fn country_of<'a>(store: &'a Store, answers: &FieldInputs) -> Option<&'a Country> {
    let answer = answers.get(&BuiltIn::Country.id())?;
    store.geography.find(answer.text())
}

/// Validates the parts of a form one after the other and collects what is wrong with any of them.
pub(crate) struct Validator<'a> {
    store: &'a Store,
    settings: &'a Settings,
    definitions: &'a Definitions,
    country: Option<&'a Country>,
    requirements: AddressRequirements,
    field_errors: Vec<FieldError>,
}

impl<'a> Validator<'a> {
    /// For a form whose address, if it has one, is in `country`.
    pub(crate) fn new(
        store: &'a Store,
        settings: &'a Settings,
        definitions: &'a Definitions,
        country: Option<&'a Country>,
    ) -> Self {
        let code = country.map_or("", |country| country.code.as_str());
        let has_states = country.is_some_and(|country| !country.states.is_empty());
        Self {
            store,
            settings,
            definitions,
            country,
            requirements: AddressRequirements::new(AddressFormat::of(code), has_states),
            field_errors: Vec::new(),
        }
    }

    /// The values of the answers to `fields`; without any when one of them does not count.
    pub(crate) fn validate(
        &mut self,
        part: Part,
        fields: &[Field],
        answers: &FieldInputs,
    ) -> Values {
        let validated = self.with_context(|context| validate(fields, answers, context));
        validated.unwrap_or_else(|violations| {
            self.refuse(part, fields, violations);
            Values::new()
        })
    }

    /// The values of the answers to those of `fields` that the country does not ask for: a form
    /// leaves them out, but who gives one is not to lose it.
    pub(crate) fn validate_unasked(
        &mut self,
        part: Part,
        fields: &[Field],
        answers: &FieldInputs,
    ) -> Values {
        let (mut values, mut violations) = (Values::new(), Violations::new());
        for field in fields.iter().filter(|field| !self.requirements.asks(field)) {
            match self.with_context(|context| validate_given(field, answers, context)) {
                Ok(value) => values.extend(value.map(|value| (field.id, value))),
                Err(violation) => violations.push((field.id, violation)),
            }
        }
        self.refuse(part, fields, violations);
        values
    }

    fn with_context<T>(&self, validate: impl FnOnce(&Context<'_>) -> T) -> T {
        validate(&Context {
            passwords: &self.settings.password_rules,
            country: self.country.map(|country| country.code.as_str()),
            requirements: &self.requirements,
            states: self.country.map_or(&[][..], |country| &country.states),
            matches: &|pattern, text| self.store.postal_code_patterns.matches(pattern, text),
            decompose: &decomposed,
        })
    }

    /// Takes in what was found while the request was read.
    pub(crate) fn add_unreadable(&mut self, unreadable: Unreadable) {
        let definitions = self.definitions;
        for (part, field, violation) in unreadable {
            let fields = match part {
                Part::Account => &definitions.customer,
                Part::Person | Part::Address => &definitions.address,
            };
            self.refuse(part, fields, vec![(field, violation)]);
        }
    }

    fn refuse(&mut self, part: Part, fields: &[Field], violations: Violations) {
        for (id, violation) in violations {
            // One complaint a field: an answer that could not be read is not missing too.
            let known_already = |r: &FieldError| r.part == part && r.field == id;
            if self.field_errors.iter().any(known_already) {
                continue;
            }
            let known = fields.iter().find(|field| field.id == id);
            self.field_errors.push(FieldError {
                part,
                field: id,
                message: known.map_or_else(
                    || messages::unknown_field(id),
                    |field| messages::message(field, &violation),
                ),
                violation,
            });
        }
    }

    /// Ends it.
    ///
    /// # Errors
    /// All that was refused, in the order in which it was validated.
    pub(crate) fn finish(self) -> Result<(), Vec<FieldError>> {
        if self.field_errors.is_empty() {
            Ok(())
        } else {
            Err(self.field_errors)
        }
    }
}
