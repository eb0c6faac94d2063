//! Views. What they show and do is decided in [`state`](crate::state).

mod captcha;
mod dom;
mod element;
mod field;
mod form;
mod password;
mod sign_up;

pub use element::{Element, Mounted};
pub use sign_up::sign_up_element;
