//! What a shopper agreed to be mailed: the newsletter, and reminders of a cart they left. Neither needs
//! an account.

use super::json::Json;
use super::mutation::{MutationError, settle};
use super::transport::Endpoint;
use super::{Api, ApiError, Document};
use super::{FieldError, UserErrors};
use storefront_rules::BuiltIn;

const SUBSCRIBE: Document = Document {
    operation: "Subscribe",
    text: include_str!("subscribe.graphql"),
};

const UNSUBSCRIBE: Document = Document {
    operation: "Unsubscribe",
    text: include_str!("unsubscribe.graphql"),
};

/// Reminders of a left cart have no mutation (subscriptions.sf.yml).
const SUBSCRIPTIONS: Endpoint = Endpoint::Path("api/storefront/subscriptions");

/// Who is signed in, and what they are mailed. What reminders of a cart they agreed to, no storefront
/// tells.
#[derive(Clone, Debug, Default)]
pub struct Mailings {
    /// The customer who is signed in and their e-mail address; `None` for a guest.
    pub customer: Option<(i32, String)>,
    /// Whether the customer has the newsletter.
    pub is_subscribed: bool,
    /// Where the privacy policy stands.
    pub policy_url: Option<String>,
}

impl Api {
    /// Who is signed in, and whether they have the newsletter (`newsletter.graphql`).
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn mailings(&self) -> Result<Mailings, ApiError> {
        let data = self.run_first("Newsletter", Json::object(&[])).await?;
        let (customer, settings) = (data.get("customer"), data.at(&["site", "settings"]));
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let id = customer.get("entityId").int();
        let email = customer.get("email").text().unwrap_or_default();
        Ok(Mailings {
            customer: id.map(|id| (id, email)),
            is_subscribed: customer.get("isSubscribedToNewsletter").is_true(),
            policy_url: settings.at(&["privacy", "privacyPolicyUrl"]).text(),
        })
    }

    /// Has the newsletter sent to `email`. Where it is sent already, it is so afterwards: whether an
    /// address was known is told to nobody.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn subscribe(
        &self,
        email: &str,
        first_name: Option<&str>,
        last_name: Option<&str>,
    ) -> Result<(), MutationError> {
        let input = Json::object(&[
            ("email", Some(email.into())),
            ("firstName", first_name.map(Json::from)),
            ("lastName", last_name.map(Json::from)),
        ]);
        self.change_newsletter(&SUBSCRIBE, "subscribe", input).await
    }

    /// Has the newsletter no longer sent to `email`.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn unsubscribe(&self, email: &str) -> Result<(), MutationError> {
        let input = Json::object(&[("email", Some(email.into()))]);
        self.change_newsletter(&UNSUBSCRIBE, "unsubscribe", input)
            .await
    }

    async fn change_newsletter(
        &self,
        document: &Document,
        result: &str,
        input: Json,
    ) -> Result<(), MutationError> {
        let variables = Json::object(&[("input", Some(input))]);
        let data = self.run(document, variables).await;
        let result = data
            .map_err(MutationError::Api)?
            .at(&["newsletter", result]);
        if result.is_null() {
            return Err(MutationError::Api(ApiError::Unreadable));
        }
        settle(&result)
    }

    /// Has reminders of a left cart sent to `email`, or no longer.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn set_cart_reminders(
        &self,
        email: &str,
        are_wanted: bool,
    ) -> Result<(), MutationError> {
        let body = Json::object(&[
            ("email", Some(email.into())),
            ("acceptsAbandonedCartEmails", Some(are_wanted.into())),
        ]);
        let sent = self
            .transport
            .send(SUBSCRIPTIONS, body.to_text(), &self.cancel, self.keepalive)
            .await;
        match sent {
            Ok(_) => Ok(()),
            // Its one field that can be wrong.
            Err(ApiError::Unexpected { status: 422 }) => {
                let email = BuiltIn::EmailAddress.id();
                Err(MutationError::Rejected(UserErrors {
                    fields: vec![(email, FieldError::NotAnEmail)],
                    ..UserErrors::default()
                }))
            }
            Err(error) => Err(MutationError::Api(error)),
        }
    }
}
