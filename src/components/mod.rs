//! Views. What they show and do is decided in [`state`](crate::state).

#[cfg(feature = "address-form")]
mod address;
#[cfg(feature = "addresses")]
mod addresses;
#[cfg(feature = "addresses")]
mod answer;
#[cfg(feature = "store")]
mod captcha;
#[cfg(feature = "account")]
mod center;
#[cfg(feature = "consent")]
mod consent;
#[cfg(any(feature = "sign-in", feature = "consent"))]
mod dialog;
#[cfg(feature = "store")]
mod dom;
mod element;
#[cfg(feature = "store")]
mod field;
#[cfg(feature = "store")]
mod form;
#[cfg(feature = "store")]
mod frame;
#[cfg(feature = "newsletter")]
mod newsletter;
#[cfg(feature = "sign-in")]
mod password;
#[cfg(feature = "store")]
mod password_field;
#[cfg(feature = "plain-form")]
mod plain_form;
#[cfg(feature = "account")]
mod profile;
#[cfg(feature = "sign-in")]
mod sign_in;
#[cfg(feature = "sign-up")]
mod sign_up;

#[cfg(feature = "addresses")]
pub use addresses::addresses_element;
#[cfg(feature = "account")]
pub use center::center_element;
#[cfg(feature = "consent")]
pub use consent::open_consent;
pub use element::{Element, Mounted};
#[cfg(feature = "plain-form")]
pub(crate) use frame::when_somebody_else;
#[cfg(feature = "newsletter")]
pub use newsletter::newsletter_element;
#[cfg(feature = "sign-in")]
pub use password::password_element;
#[cfg(feature = "account")]
pub use profile::profile_element;
#[cfg(feature = "sign-in")]
pub use sign_in::sign_in_element;
#[cfg(feature = "sign-up")]
pub use sign_up::sign_up_element;
