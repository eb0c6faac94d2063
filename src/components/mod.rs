//! Views. What they show and do is decided in [`state`](crate::state).

mod address;
mod addresses;
mod answer;
mod captcha;
mod center;
mod consent;
mod dialog;
mod dom;
mod element;
mod field;
mod form;
mod frame;
mod newsletter;
mod password;
mod password_field;
mod plain_form;
mod profile;
mod sign_in;
mod sign_up;

pub use addresses::addresses_element;
pub use center::center_element;
pub use consent::open_consent;
pub use element::{Element, Mounted};
pub(crate) use frame::when_somebody_else;
pub use newsletter::newsletter_element;
pub use password::password_element;
pub use profile::profile_element;
pub use sign_in::sign_in_element;
pub use sign_up::sign_up_element;
