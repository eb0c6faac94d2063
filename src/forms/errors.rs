//! What can be wrong with a form, and its words.

use crate::api::{ApiError, FieldError, UserErrors};
use crate::i18n::{I18n, Message};
use storefront_rules::{FieldId, Violation, Violations};

/// What an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorTarget {
    /// One field.
    Field(FieldId),
    /// The captcha.
    Captcha,
    /// The form as a whole.
    Form,
}

/// Something a shopper has to see to.
#[derive(Clone, Debug, PartialEq)]
pub enum FormError {
    /// What stands in a field does not pass the rules.
    Violation(Violation),
    /// The store does not take a field, or the form.
    Store(FieldError),
    /// The captcha is not solved.
    CaptchaMissing,
    /// The request failed.
    Request(ApiError),
}

/// Errors and what each is about, those of fields in the order of the form.
pub(super) type FormErrors = Vec<(ErrorTarget, FormError)>;

/// What a shopper has to see to before a form is sent.
#[must_use]
pub(super) fn field_errors(violations: Violations, is_captcha_missing: bool) -> FormErrors {
    let violations = violations.into_iter();
    let errors =
        violations.map(|(id, violation)| (ErrorTarget::Field(id), FormError::Violation(violation)));
    let captcha = (ErrorTarget::Captcha, FormError::CaptchaMissing);
    errors
        .chain(is_captcha_missing.then_some(captcha))
        .collect()
}

/// Why the store refused; what it says of the password belongs to `password`.
#[must_use]
pub(super) fn store_errors(errors: UserErrors, password: ErrorTarget) -> FormErrors {
    let message = |target| move |text| (target, FormError::Store(FieldError::Message(text)));
    let fields = errors.fields.into_iter();
    fields
        .map(|(id, error)| (ErrorTarget::Field(id), FormError::Store(error)))
        .chain(errors.password.map(message(password)))
        .chain(errors.form.into_iter().map(message(ErrorTarget::Form)))
        .collect()
}

/// The errors that are left once the shopper edited `edited`: a field that failed is held against
/// `violation`, which is what is wrong with it now; what the store said of `edited` is over; errors that
/// editing cannot mend stay.
#[must_use]
pub(super) fn remaining_errors(
    errors: &FormErrors,
    edited: ErrorTarget,
    violation: impl Fn(FieldId) -> Option<Violation>,
) -> FormErrors {
    let errors = errors.iter();
    errors
        .filter_map(|(target, error)| match (target, error) {
            (ErrorTarget::Field(id), FormError::Violation(_)) => {
                violation(*id).map(|now| (*target, FormError::Violation(now)))
            }
            (_, FormError::Store(_) | FormError::CaptchaMissing) if *target == edited => None,
            (
                _,
                FormError::Violation(_)
                | FormError::Store(_)
                | FormError::CaptchaMissing
                | FormError::Request(_),
            ) => Some((*target, error.clone())),
        })
        .collect()
}

/// The same errors and what is wrong with `field`: those of fields in the order of `fields`, the others behind them.
#[must_use]
pub(super) fn with_violation(
    mut errors: FormErrors,
    field: FieldId,
    violation: Violation,
    fields: &[FieldId],
) -> FormErrors {
    errors.push((ErrorTarget::Field(field), FormError::Violation(violation)));
    errors.sort_by_key(|(target, _)| match target {
        ErrorTarget::Field(id) => fields.iter().position(|other| other == id),
        ErrorTarget::Captcha | ErrorTarget::Form => Some(fields.len()),
    });
    errors
}

/// Why a request brought nothing, with the cure; the store's own words where it has any.
#[must_use]
pub fn request_error(i18n: I18n, error: &ApiError) -> String {
    use Message as M;
    match error {
        ApiError::Offline | ApiError::Cancelled => i18n.text(M::OFFLINE),
        ApiError::TimedOut => i18n.text(M::TIMED_OUT),
        ApiError::Throttled { seconds } => i18n.wait(*seconds),
        ApiError::InvalidCredentials => i18n.text(M::INVALID_CREDENTIALS),
        ApiError::ResetRequired => i18n.text(M::RESET_REQUIRED),
        ApiError::Expired => i18n.text(M::EXPIRED),
        ApiError::Forbidden | ApiError::TokenRefused => i18n.text(M::FORBIDDEN),
        ApiError::Refused(words) => words.clone(),
        ApiError::Unexpected { status } => {
            i18n.format(M::UNEXPECTED, &[("value", &status.to_string())])
        }
        ApiError::Unreadable => i18n.text(M::UNREADABLE),
    }
}

/// Why the store does not take a field.
#[must_use]
pub(super) fn store_error(i18n: I18n, error: &FieldError) -> String {
    match error {
        FieldError::EmailInUse => i18n.text(Message::EMAIL_IN_USE),
        FieldError::NotAnEmail => i18n.text(Message::NOT_AN_EMAIL),
        FieldError::Message(message) => message.clone(),
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const NAME: FieldId = FieldId(4);
    const EMAIL: FieldId = FieldId(1);

    fn missing(id: FieldId) -> (ErrorTarget, FormError) {
        (
            ErrorTarget::Field(id),
            FormError::Violation(Violation::Missing),
        )
    }

    #[test]
    fn a_missing_captcha_comes_after_the_fields() {
        let errors = field_errors(vec![(NAME, Violation::Missing)], true);
        let captcha = (ErrorTarget::Captcha, FormError::CaptchaMissing);
        assert_eq!(errors, [missing(NAME), captcha]);
        assert!(field_errors(Vec::new(), false).is_empty());
    }

    #[test]
    fn a_field_that_passes_now_loses_its_error_and_others_keep_theirs() {
        let errors = vec![missing(NAME), missing(EMAIL)];
        let left = remaining_errors(&errors, ErrorTarget::Field(NAME), |id| {
            (id == EMAIL).then_some(Violation::NotAnEmail)
        });
        let email = FormError::Violation(Violation::NotAnEmail);
        assert_eq!(left, [(ErrorTarget::Field(EMAIL), email)]);
    }

    #[test]
    fn an_error_that_is_found_later_stands_in_the_order_of_the_form() {
        let captcha = (ErrorTarget::Captcha, FormError::CaptchaMissing);
        let errors = vec![missing(NAME), captcha.clone()];
        let all = with_violation(errors, EMAIL, Violation::Missing, &[EMAIL, NAME]);
        assert_eq!(all, [missing(EMAIL), missing(NAME), captcha]);
    }

    #[test]
    fn what_the_store_said_of_a_field_is_over_once_that_field_is_edited() {
        let in_use = (
            ErrorTarget::Field(EMAIL),
            FormError::Store(FieldError::EmailInUse),
        );
        let errors = vec![in_use.clone()];
        let other = remaining_errors(&errors, ErrorTarget::Field(NAME), |_| None);
        assert_eq!(other, [in_use]);
        let same = remaining_errors(&errors, ErrorTarget::Field(EMAIL), |_| None);
        assert!(same.is_empty());
    }

    #[test]
    fn a_failed_request_stays_until_the_form_is_sent_again() {
        let errors = vec![(ErrorTarget::Form, FormError::Request(ApiError::Offline))];
        let left = remaining_errors(&errors, ErrorTarget::Field(NAME), |_| None);
        assert_eq!(left, errors);
    }

    #[test]
    fn what_the_store_says_of_the_password_goes_where_the_form_wants_it() {
        let errors = UserErrors {
            fields: vec![(EMAIL, FieldError::EmailInUse)],
            password: Some("wrong".to_owned()),
            form: vec!["closed".to_owned()],
        };
        let targets: Vec<_> = store_errors(errors, ErrorTarget::Field(FieldId(24)))
            .into_iter()
            .map(|(target, _)| target)
            .collect();
        assert_eq!(
            targets,
            [
                ErrorTarget::Field(EMAIL),
                ErrorTarget::Field(FieldId(24)),
                ErrorTarget::Form
            ]
        );
    }
}
