//! Signals around [`rules`](storefront_rules) and [`api`](crate::api): what the views show and what
//! a shopper's actions change. Nothing here knows how it looks.

#[cfg(feature = "addresses")]
mod addresses;
#[cfg(feature = "account")]
mod center;
#[cfg(feature = "address-form")]
mod country_choice;
mod form;
#[cfg(feature = "sign-in")]
mod password;
#[cfg(feature = "sign-in")]
mod plain_form;
#[cfg(feature = "account")]
mod profile;
mod scope;
mod session;
#[cfg(feature = "sign-in")]
mod sign_in;
#[cfg(feature = "sign-up")]
mod sign_up;
mod texts;
mod timer;

#[cfg(feature = "addresses")]
pub use addresses::{
    AddressBook, Change, Edit, Failure, Hold, Key, News, Row, SMALL, Sort, Wanted,
};
#[cfg(feature = "addresses")]
pub use addresses::{Query, lines};
#[cfg(feature = "account")]
pub use center::{Route, View};
#[cfg(feature = "address-form")]
pub use country_choice::{CountryChoice, Removed};
pub use form::{FormState, Problem, Section, Target};
#[cfg(feature = "sign-in")]
pub use password::PasswordStep;
#[cfg(feature = "sign-in")]
pub(crate) use password::{change_form, reset_form};
#[cfg(feature = "sign-in")]
pub use plain_form::{FormSpec, PlainForm};
#[cfg(feature = "account")]
pub use profile::{Conflict, Profile};
pub use scope::{ElementConfig, Happening, Scope};
pub use session::{Session, Standing};
#[cfg(feature = "sign-in")]
pub use sign_in::{Mail, SignIn, Step};
#[cfg(feature = "sign-up")]
pub use sign_up::{Outcome, SignUp, SignUpAnswers};
#[cfg(feature = "address-form")]
pub use texts::default_texts;
pub use texts::{Texts, texts};
