//! What several elements are composed of.

mod context;
mod customer_form;
mod guest;
pub mod messages;
mod privacy_policy;
mod resource;
mod sign_in;
mod sign_in_form;
mod sign_out;

pub use context::{
    AccountEvent, ElementConfig, ElementContext, Mailing, SubscriptionChange, Theme,
};
pub use customer_form::{FormContext, own_field, resume_after_sign_in};
pub use guest::{ContinueLink, GuestNotice};
pub use privacy_policy::PrivacyPolicy;
pub use resource::{Resource, resource};
pub use sign_in::{Email, SignIn, SignInStep};
pub use sign_in_form::{SignInAgain, SignInForm};
pub use sign_out::SignOut;
