//! The one form: definitions in; values, errors, submission and the dirty check out.
//!
//! [`Form`] is the state, [`FormView`] the markup around the fields, [`FormFields`] and
//! [`AddressFields`] the fields themselves, each kind of which is one component.

mod captcha;
mod country;
mod errors;
mod fields;
mod form;
mod section;
mod steps;
mod values;
mod view;

pub use captcha::CaptchaField;
pub use country::{CountryChoice, KnownStates, Removed, decompose, matches_whole};
pub use errors::{ErrorTarget, FormError, request_error};
pub use fields::{AddressFields, FieldProps, FormField, FormFields};
pub use form::{Form, FormDefinition, FormEvents};
pub use section::Section;
pub use steps::Steps;
pub use values::{
    FieldValues, default_values, describe_values, field_values, normalized, secret_of,
};
pub use view::FormView;
