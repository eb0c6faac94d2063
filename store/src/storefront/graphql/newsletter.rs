//! `newsletter`.

use super::context::store;
use super::errors::{
    CreateSubscriberAlreadyExistsError, CreateSubscriberEmailInvalidError,
    CreateSubscriberFirstNameInvalidError, CreateSubscriberLastNameInvalidError,
    CreateSubscriberUnexpectedError, RemoveSubscriberEmailInvalidError,
    RemoveSubscriberUnexpectedError, internal,
};
use crate::domain::subscribers::{self, SubscribeError, UnsubscribeError};
use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Union};

/// Changes to newsletter subscriptions.
pub(super) struct NewsletterMutations;

/// Who subscribes.
#[derive(InputObject)]
struct CreateSubscriberInput {
    /// Where the newsletter is sent.
    email: String,
    /// First name.
    first_name: Option<String>,
    /// Last name.
    last_name: Option<String>,
}

/// What came of it.
#[derive(SimpleObject)]
struct CreateSubscriberResult {
    /// Why it was not done; empty when it was.
    errors: Vec<CreateSubscriberError>,
}

/// Why the subscriber was not created.
#[derive(Union)]
enum CreateSubscriberError {
    Email(CreateSubscriberEmailInvalidError),
    FirstName(CreateSubscriberFirstNameInvalidError),
    LastName(CreateSubscriberLastNameInvalidError),
    AlreadyExists(CreateSubscriberAlreadyExistsError),
    Unexpected(CreateSubscriberUnexpectedError),
}

/// Who no longer wants the newsletter.
#[derive(InputObject)]
struct RemoveSubscriberInput {
    /// Where the newsletter was sent.
    email: String,
}

/// What came of it.
#[derive(SimpleObject)]
struct RemoveSubscriberResult {
    /// Why it was not done; empty when it was, also for an address that never had the newsletter.
    errors: Vec<RemoveSubscriberError>,
}

/// Why the subscriber was not removed.
#[derive(Union)]
enum RemoveSubscriberError {
    Email(RemoveSubscriberEmailInvalidError),
    Unexpected(RemoveSubscriberUnexpectedError),
}

#[Object]
impl NewsletterMutations {
    /// Has the newsletter sent to an email address.
    async fn subscribe(
        &self,
        ctx: &Context<'_>,
        input: CreateSubscriberInput,
    ) -> Result<CreateSubscriberResult> {
        let subscribed = store(ctx)?
            .db
            .write(move |connection| {
                subscribers::subscribe(
                    connection,
                    &input.email,
                    input.first_name.as_deref(),
                    input.last_name.as_deref(),
                )
            })
            .await;
        Ok(CreateSubscriberResult {
            errors: subscribed.err().map(refusal).into_iter().collect(),
        })
    }

    /// Has the newsletter no longer sent to an email address.
    async fn unsubscribe(
        &self,
        ctx: &Context<'_>,
        input: RemoveSubscriberInput,
    ) -> Result<RemoveSubscriberResult> {
        use RemoveSubscriberError as E;
        let unsubscribed = store(ctx)?
            .db
            .write(move |connection| subscribers::unsubscribe(connection, &input.email))
            .await;
        let error = unsubscribed.err().map(|error| match error {
            UnsubscribeError::NotAnEmail => E::Email(RemoveSubscriberEmailInvalidError {
                message: error.to_string(),
            }),
            UnsubscribeError::Db(error) => E::Unexpected(RemoveSubscriberUnexpectedError {
                message: internal(&error).message,
            }),
        });
        Ok(RemoveSubscriberResult {
            errors: error.into_iter().collect(),
        })
    }
}

fn refusal(error: SubscribeError) -> CreateSubscriberError {
    let message = error.to_string();
    match error {
        SubscribeError::NotAnEmail => {
            CreateSubscriberError::Email(CreateSubscriberEmailInvalidError { message })
        }
        SubscribeError::FirstName => {
            CreateSubscriberError::FirstName(CreateSubscriberFirstNameInvalidError { message })
        }
        SubscribeError::LastName => {
            CreateSubscriberError::LastName(CreateSubscriberLastNameInvalidError { message })
        }
        SubscribeError::AlreadySubscribed => {
            CreateSubscriberError::AlreadyExists(CreateSubscriberAlreadyExistsError { message })
        }
        SubscribeError::Db(error) => {
            let message = internal(&error).message;
            CreateSubscriberError::Unexpected(CreateSubscriberUnexpectedError { message })
        }
    }
}
