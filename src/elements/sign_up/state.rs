//! Opening an account, from the store's definitions to being signed in.

use crate::api::{ApiError, FieldError, MutationError, Registration, SignUpForm};
use crate::elements::shared::{AccountEvent, ElementContext, FormContext};
use crate::forms::{
    CountryChoice, ErrorTarget, Form, FormDefinition, Section, default_values, secret_of,
};
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Field, FieldId, Values};

/// How a sign-up ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The account is there and the shopper is signed in.
    SignedIn,
    /// The account is there; signing in failed and is left to the shopper.
    SignInLeft,
}

/// The name of the newsletter's checkbox: the platform's own field for it.
#[must_use]
pub(super) fn newsletter_name() -> String {
    Section::Account.control_name(BuiltIn::ReceiveMarketingEmails.id())
}

/// A form by these definitions, with the country of its address; `outcome` hears how it ends.
#[must_use]
pub(super) fn form(
    context: ElementContext,
    definitions: &SignUpForm,
    outcome: RwSignal<Option<Outcome>>,
) -> (Form, CountryChoice) {
    let config = context.config();
    let with_address = !config.without_address;
    let code = config.country.clone();
    let states = code.clone().zip(definitions.states.clone());
    let known_states = RwSignal::new(states.into_iter().collect());
    let (countries, state) = (&definitions.countries, String::new());
    let country = CountryChoice::new(context.api(), countries, code, state, known_states);
    let fields = fields(definitions, with_address);
    let account: Vec<FieldId> = fields
        .iter()
        .filter(|(section, _)| *section == Section::Account)
        .map(|(_, field)| field.id)
        .collect();
    let definition = FormDefinition {
        initial: fields
            .iter()
            .map(|(_, field)| (field.id, default_values(&field.kind)))
            .collect(),
        fields,
        passwords: definitions.passwords.clone(),
        captcha: definitions.captcha.clone(),
    };
    let sign_in_url = Some(config.sign_in_url.clone());
    let form = context.form_offering_sign_in(definition, sign_in_url);
    let form = form.with_country(country);
    let sign_up = SignUp {
        context,
        form,
        lost_attempt: StoredValue::new(None),
        outcome,
    };
    form.on_submit(move |values| {
        let (account, address): (Vec<_>, Vec<_>) =
            values.into_iter().partition(|(id, _)| account.contains(id));
        let (account, address): (Values, Values) =
            (account.into_iter().collect(), address.into_iter().collect());
        let registration = Registration {
            email: account
                .text(BuiltIn::EmailAddress)
                .unwrap_or_default()
                .to_owned(),
            password: secret_of(&account, BuiltIn::Password),
            account,
            address,
            with_address,
            captcha: untrack(|| form.captcha_token()),
        };
        let newsletter = form.has_control(&newsletter_name());
        let attempt = FormContext::new(context, form);
        async move { sign_up.send(attempt, &registration, newsletter).await }
    });
    (form, country)
}

/// The fields the form asks for: never those the API has no place for, nor the address where the theme
/// leaves it out.
fn fields(definitions: &SignUpForm, with_address: bool) -> Vec<(Section, Field)> {
    let is_asked = |section: Section, field: &Field| match field.built_in() {
        // The newsletter's own checkbox stands for the last one.
        Some(BuiltIn::CurrentPassword | BuiltIn::ReceiveMarketingEmails) => false,
        Some(
            BuiltIn::AddressLine1
            | BuiltIn::AddressLine2
            | BuiltIn::City
            | BuiltIn::Country
            | BuiltIn::State
            | BuiltIn::Zip,
        ) => with_address,
        Some(
            BuiltIn::EmailAddress
            | BuiltIn::Password
            | BuiltIn::ConfirmPassword
            | BuiltIn::FirstName
            | BuiltIn::LastName
            | BuiltIn::CompanyName
            | BuiltIn::Phone,
        ) => true,
        None => with_address || section == Section::Account,
    };
    let account = definitions.account.iter().map(|f| (Section::Account, f));
    let address = definitions.address.iter().map(|f| (Section::Address, f));
    account
        .chain(address)
        .filter(|(section, field)| is_asked(*section, field))
        .map(|(section, field)| (section, field.clone().of_customer()))
        .collect()
}

/// A sign-up under way.
#[derive(Clone, Copy)]
struct SignUp {
    context: ElementContext,
    form: Form,
    /// The email address of an attempt that may have opened the account although no answer came.
    lost_attempt: StoredValue<Option<String>>,
    outcome: RwSignal<Option<Outcome>>,
}

impl SignUp {
    async fn send(self, attempt: FormContext, registration: &Registration, newsletter: bool) {
        let Some(api) = self.context.api() else {
            return;
        };
        let Registration {
            email, password, ..
        } = registration;
        let (customer_id, session) = match api.register(registration).await {
            Ok(customer_id) => (customer_id, api.login(email, password).await.ok()),
            Err(MutationError::Rejected(errors)) => {
                // An attempt whose answer got lost may be what took the address: then the pair
                // signs in, and the shopper has what they asked for.
                let in_use = (BuiltIn::EmailAddress.id(), FieldError::EmailInUse);
                let lost = self.lost_attempt.try_get_value().flatten();
                let may_be_ours = lost.as_ref() == Some(email) && errors.fields.contains(&in_use);
                let login = if may_be_ours {
                    api.login(email, password).await.ok()
                } else {
                    None
                };
                if login.is_none() {
                    return self.form.reject(errors, ErrorTarget::Form);
                }
                (login, login)
            }
            Err(error) => {
                // The schema has no other error for a registration.
                let error = match error {
                    MutationError::Api(error) => error,
                    MutationError::NotSignedIn
                    | MutationError::NoSuchAddress
                    | MutationError::Rejected(_) => ApiError::Unreadable,
                };
                if error.is_uncertain() {
                    self.lost_attempt.set_value(Some(email.clone()));
                }
                return attempt.fail(error);
            }
        };
        if newsletter {
            let name = |field| registration.address.text(field);
            let (first, last) = (name(BuiltIn::FirstName), name(BuiltIn::LastName));
            // The account stands whether or not the newsletter does; it can be had any time later.
            let _ = api.subscribe(email, first, last).await;
        }
        self.finish(customer_id, session);
    }

    fn finish(self, customer_id: Option<i32>, session: Option<i32>) {
        let is_signed_in = session.is_some();
        self.outcome.set(Some(match session {
            Some(_) => Outcome::SignedIn,
            None => Outcome::SignInLeft,
        }));
        if let Some(customer) = session {
            self.context.session.begin(customer);
            self.context.emit(AccountEvent::SignedIn { stays: true });
        }
        self.context.emit(AccountEvent::SignedUp {
            customer_id,
            is_signed_in,
        });
    }
}
