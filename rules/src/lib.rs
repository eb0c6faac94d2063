//! What a store asks of a shopper and what counts as an answer: form fields and their values,
//! validation, password rules, calendar dates, categories of consent, and the address format of every
//! country.
//!
//! Pure data and functions. The widget and the store run this same code on the same definitions,
//! so an answer that passes in the browser passes in the store, and a violation has the same code in both.
//! No words for people are made here; the widget's `i18n` and the store turn codes into text.

pub mod address;
pub mod consent;
pub mod date;
pub mod email;
pub mod field;
pub mod paging;
pub mod password;
pub mod text;
pub mod validate;
pub mod value;

pub use address::{AddressFormat, Part};
pub use consent::Category;
pub use date::Date;
pub use field::{BuiltIn, Choice, Field, FieldId, FieldType};
pub use password::{PasswordRules, Requirement, Secret};
pub use validate::{Context, FieldInputs, FieldMap, Values, Violation, Violations, validate};
pub use value::{FieldInput, Value};
