//! Signals around [`rules`](storefront_rules) and [`api`](crate::api): what the views show and what
//! a shopper's actions change. Nothing here knows how it looks.

mod form;
mod sign_up;

pub use form::{FormState, Problem, Section, Target};
pub use sign_up::{Happening, Outcome, Removed, SignUp, SignUpAnswers, SignUpConfig};
