//! One folder for each custom element; what several of them are composed of is in [`shared`].

#[cfg(feature = "account")]
pub mod addresses;
#[cfg(feature = "account")]
pub mod center;
#[cfg(feature = "consent")]
pub mod consent;
#[cfg(feature = "sign-in")]
pub mod newsletter;
#[cfg(feature = "sign-in")]
pub mod password;
#[cfg(feature = "account")]
pub mod profile;
pub mod shared;
#[cfg(feature = "sign-in")]
pub mod sign_in;
#[cfg(feature = "sign-up")]
pub mod sign_up;
#[cfg(feature = "scripted")]
pub mod specimen;
