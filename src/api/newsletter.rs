//! What a shopper agreed to be mailed: the newsletter, and reminders of a cart they left. Neither needs
//! an account.

use super::documents::{self, newsletter, subscribe, unsubscribe};
use super::endpoint::Endpoint;
use super::mutation::{MutationError, settle};
use super::{Api, ApiError, FieldError, UserErrors, body, id};
use serde::Serialize;
use storefront_rules::BuiltIn;

/// Reminders of a left cart have no mutation (subscriptions.sf.yml).
const SUBSCRIPTIONS: Endpoint = Endpoint::Path("api/storefront/subscriptions");

/// The body of a request to [`SUBSCRIPTIONS`].
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Subscription<'a> {
    email: &'a str,
    accepts_abandoned_cart_emails: bool,
}

/// Who is signed in, and what they are mailed. The storefront does not say whether they get reminders
/// of a cart.
#[derive(Clone, Debug, Default)]
pub struct Mailings {
    /// The customer who is signed in and their email address; `None` for a guest.
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
        let variables = newsletter::Variables {};
        let data = self.run_first::<documents::Newsletter>("Newsletter", variables);
        let data = data.await?;
        let settings = data.site.settings.ok_or(ApiError::Unreadable)?;
        let customer = data.customer;
        Ok(Mailings {
            is_subscribed: customer
                .as_ref()
                .is_some_and(|customer| customer.is_subscribed_to_newsletter),
            customer: customer.map(|customer| (id(customer.entity_id), customer.email)),
            policy_url: settings.privacy.and_then(|p| p.privacy_policy_url),
        })
    }

    /// Subscribes `email` to the newsletter. This succeeds if it is already subscribed: whether an
    /// address was known is not revealed.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn subscribe(
        &self,
        email: &str,
        first_name: Option<&str>,
        last_name: Option<&str>,
    ) -> Result<(), MutationError> {
        let variables = subscribe::Variables {
            input: subscribe::CreateSubscriberInput {
                email: email.to_owned(),
                first_name: first_name.map(str::to_owned),
                last_name: last_name.map(str::to_owned),
            },
        };
        let data = self.run::<documents::Subscribe>("Subscribe", variables);
        settle(data.await?.newsletter.subscribe.errors)
    }

    /// Has the newsletter no longer sent to `email`.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn unsubscribe(&self, email: &str) -> Result<(), MutationError> {
        let variables = unsubscribe::Variables {
            input: unsubscribe::RemoveSubscriberInput {
                email: email.to_owned(),
            },
        };
        let data = self.run::<documents::Unsubscribe>("Unsubscribe", variables);
        settle(data.await?.newsletter.unsubscribe.errors)
    }

    /// Has reminders of a left cart sent to `email`, or no longer.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn set_cart_reminders(
        &self,
        email: &str,
        accepts_abandoned_cart_emails: bool,
    ) -> Result<(), MutationError> {
        let body = body(&Subscription {
            email,
            accepts_abandoned_cart_emails,
        })?;
        match self.post(SUBSCRIPTIONS, body).await {
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
