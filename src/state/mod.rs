//! Signals around [`rules`](storefront_rules) and [`api`](crate::api): what the views show and what
//! a shopper's actions change. Nothing here knows how it looks.

mod addresses;
mod center;
mod consent;
mod country_choice;
mod form;
mod id;
mod newsletter;
mod password;
mod plain_form;
mod profile;
mod scope;
mod session;
mod sign_in;
mod sign_up;
mod texts;
mod timer;

pub use addresses::{
    AddressBook, Change, Edit, Failure, Hold, Key, News, Row, SMALL, Sort, Wanted,
};
pub use addresses::{Query, lines};
pub use center::{Route, View};
pub use consent::{ConsentAct, ConsentSettings};
pub use country_choice::{CountryChoice, Removed};
pub use form::{FormState, Problem, Section, Target};
pub(crate) use id::{instance, part_id};
pub use newsletter::{Mailing, Newsletter, SubscriptionChange};
pub use password::PasswordStep;
pub(crate) use password::{change_form, reset_form};
pub use plain_form::{FormSpec, PlainForm};
pub use profile::{Conflict, Profile};
pub use scope::{AccountEvent, ElementConfig, ElementContext};
pub use session::{AuthState, Session};
pub use sign_in::{Mail, SignIn, Step};
pub use sign_up::{Outcome, SignUp, SignUpAnswers};
pub use texts::default_texts;
pub use texts::{FieldValues, texts};
