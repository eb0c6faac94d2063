//! Views. What they show and do is decided in [`state`](crate::state).

#[cfg(feature = "address-form")]
mod address;
#[cfg(feature = "addresses")]
mod addresses;
#[cfg(feature = "addresses")]
mod answer;
mod captcha;
#[cfg(feature = "account")]
mod center;
#[cfg(feature = "sign-in")]
mod dialog;
mod dom;
mod element;
mod field;
mod form;
mod frame;
#[cfg(feature = "sign-in")]
mod password;
mod password_field;
#[cfg(feature = "sign-in")]
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
pub use element::{Element, Mounted};
#[cfg(feature = "sign-in")]
pub(crate) use frame::when_somebody_else;
#[cfg(feature = "sign-in")]
pub use password::password_element;
#[cfg(feature = "account")]
pub use profile::profile_element;
#[cfg(feature = "sign-in")]
pub use sign_in::sign_in_element;
#[cfg(feature = "sign-up")]
pub use sign_up::sign_up_element;
