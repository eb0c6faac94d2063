//! Signals around [`rules`](storefront_rules) and [`api`](crate::api): what the views show and what
//! a shopper's actions change. Nothing here knows how it looks.

#[cfg(feature = "addresses")]
mod addresses;
#[cfg(feature = "account")]
mod center;
#[cfg(feature = "consent")]
mod consent;
#[cfg(feature = "address-form")]
mod country_choice;
#[cfg(feature = "store")]
mod form;
mod id;
#[cfg(feature = "newsletter")]
mod newsletter;
#[cfg(feature = "sign-in")]
mod password;
#[cfg(feature = "plain-form")]
mod plain_form;
#[cfg(feature = "account")]
mod profile;
#[cfg(feature = "store")]
mod scope;
#[cfg(feature = "store")]
mod session;
#[cfg(feature = "sign-in")]
mod sign_in;
#[cfg(feature = "sign-up")]
mod sign_up;
#[cfg(feature = "store")]
mod texts;
#[cfg(feature = "store")]
mod timer;

#[cfg(feature = "addresses")]
pub use addresses::{
    AddressBook, Change, Edit, Failure, Hold, Key, News, Row, SMALL, Sort, Wanted,
};
#[cfg(feature = "addresses")]
pub use addresses::{Query, lines};
#[cfg(feature = "account")]
pub use center::{Route, View};
#[cfg(feature = "consent")]
pub use consent::{ConsentAct, ConsentSettings};
#[cfg(feature = "address-form")]
pub use country_choice::{CountryChoice, Removed};
#[cfg(feature = "store")]
pub use form::{FormState, Problem, Section, Target};
#[cfg(any(feature = "sign-in", feature = "consent"))]
pub(crate) use id::{instance, part_id};
#[cfg(feature = "newsletter")]
pub use newsletter::{Mailing, Newsletter, Wish};
#[cfg(feature = "sign-in")]
pub use password::PasswordStep;
#[cfg(feature = "sign-in")]
pub(crate) use password::{change_form, reset_form};
#[cfg(feature = "plain-form")]
pub use plain_form::{FormSpec, PlainForm};
#[cfg(feature = "account")]
pub use profile::{Conflict, Profile};
#[cfg(feature = "store")]
pub use scope::{ElementConfig, Happening, Scope};
#[cfg(feature = "store")]
pub use session::{Session, Standing};
#[cfg(feature = "sign-in")]
pub use sign_in::{Mail, SignIn, Step};
#[cfg(feature = "sign-up")]
pub use sign_up::{Outcome, SignUp, SignUpAnswers};
#[cfg(feature = "address-form")]
pub use texts::default_texts;
#[cfg(feature = "store")]
pub use texts::{Texts, texts};
