//! Who is signed in; signing in and out.

use super::json::Json;
use super::{Api, ApiError, Captcha, Document, form_fields};
use storefront_rules::{PasswordRules, Secret};

const LOGIN: Document = Document {
    operation: "Login",
    text: include_str!("login.graphql"),
};

const LOGOUT: Document = Document {
    operation: "Logout",
    text: include_str!("logout.graphql"),
};

/// Who is signed in, and what the store asks of one who signs in or chooses a password.
#[derive(Clone, Debug, Default)]
pub struct SessionInfo {
    /// The customer who is signed in and their e-mail address; `None` for a guest.
    pub customer: Option<(i32, String)>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve before a link is sent, when the store asks for one.
    pub captcha: Option<Captcha>,
}

impl Api {
    /// Who is signed in, and what the store asks at its door (`session.graphql`).
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn session_info(&self) -> Result<SessionInfo, ApiError> {
        let data = self.run_first("Session", Json::object(&[])).await?;
        let (customer, settings) = (data.get("customer"), data.at(&["site", "settings"]));
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let id = customer.get("entityId").int();
        let email = customer.get("email").text().unwrap_or_default();
        Ok(SessionInfo {
            customer: id.map(|id| (id, email)),
            passwords: form_fields::passwords(&settings),
            captcha: form_fields::captcha(&settings),
        })
    }

    /// Signs in; the store sets an httpOnly session cookie. Gives the customer's id.
    ///
    /// # Errors
    /// [`ApiError::InvalidCredentials`] when the store does not know the pair,
    /// [`ApiError::ResetRequired`] when it wants a new password first, [`ApiError::Throttled`] when
    /// there were too many attempts.
    pub async fn login(&self, email: &str, password: &Secret) -> Result<i32, ApiError> {
        let variables = Json::object(&[
            ("email", Some(email.into())),
            ("password", Some(password.expose().into())),
        ]);
        let data = self.run(&LOGIN, variables).await?;
        let id = data.at(&["login", "customer", "entityId"]).int();
        id.ok_or(ApiError::Unreadable)
    }

    /// Signs out; the store ends the session.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn logout(&self) -> Result<(), ApiError> {
        self.run(&LOGOUT, Json::object(&[])).await.map(drop)
    }
}
