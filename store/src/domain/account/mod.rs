//! What a shopper does with their account: opens it, signs in, changes it. Each is one operation, behind
//! GraphQL, REST and the theme's forms.

pub(crate) mod email_change;
pub(crate) mod passwordless;
pub(crate) mod profile;
pub(crate) mod sign_in;
pub(crate) mod sign_up;
