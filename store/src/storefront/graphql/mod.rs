//! The storefront GraphQL endpoint: the platform's own names, types and nullability, as far as a
//! shopper's account needs them. The official schema is the reference; `tests/store/schema.rs`
//! holds this one against it.

#![allow(
    clippy::unused_async,
    reason = "async-graphql takes asynchronous resolvers only"
)]

mod addresses;
mod answer;
mod cart;
mod customer;
mod customer_mutations;
mod endpoint;
mod form_fields;
mod geography;
mod inputs;
mod limits;
mod newsletter;
mod passwords;
mod profile;
mod register;
mod scalars;
mod selections;
mod session;
mod settings;

use crate::domain::Store;
use async_graphql::extensions::Analyzer;
use async_graphql::{
    Context, EmptySubscription, ErrorExtensions, Interface, Object, Request, Result, Schema,
    SchemaBuilder, SimpleObject, Variables,
};

pub(crate) use endpoint::routes;

pub(crate) type StoreSchema = Schema<Query, Mutation, EmptySubscription>;

/// Deepest nesting of a query (the platform's limit).
const DEPTH: usize = 16;

/// Most fields of a query (the platform's limit).
const COMPLEXITY: usize = 10_000;

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query, Mutation, EmptySubscription)
        .register_output_type::<ErrorInterface>()
        .register_output_type::<cart::Node>()
        .limit_depth(DEPTH)
        .limit_complexity(COMPLEXITY)
        .extension(Analyzer)
        .extension(answer::Answers)
}

/// The schema, which asks `store`.
pub(crate) fn schema(store: Store) -> StoreSchema {
    builder().data(store).finish()
}

/// What `document` answers to a guest.
pub(crate) async fn answer_to_guest(
    schema: &StoreSchema,
    document: String,
    variables: serde_json::Value,
) -> serde_json::Value {
    let guest = RequestContext {
        carrier: Carrier::Cookie(None),
        customer_id: None,
        peer: std::net::Ipv4Addr::UNSPECIFIED.into(),
    };
    let request = Request::new(document).variables(Variables::from_json(variables));
    let mut answer = schema.execute(request.data(guest)).await;
    answer.extensions.clear();
    serde_json::to_value(&answer).unwrap_or_default()
}

/// The schema in the schema definition language, as `schema.graphql` keeps it.
#[must_use]
pub fn sdl() -> String {
    let options = async_graphql::SDLExportOptions::new()
        .prefer_single_line_descriptions()
        .use_space_ident()
        .indent_width(2);
    let sdl = builder().finish().sdl_with_options(options);
    format!("{}\n", sdl.trim())
}

/// What a shopper who is signed in is known by.
#[derive(Clone)]
enum Carrier {
    /// The session cookie of a browser, if it sent one.
    Cookie(Option<String>),
    /// The customer access token of a server, if it sent one.
    AccessToken(Option<String>),
}

/// Who asks, and from where.
struct RequestContext {
    carrier: Carrier,
    /// The customer who is signed in.
    customer_id: Option<i64>,
    /// The address of the network that the request came from.
    peer: std::net::IpAddr,
}

fn store<'a>(ctx: &Context<'a>) -> Result<&'a Store> {
    ctx.data::<Store>()
}

/// Logs what went wrong inside and says that something did.
fn internal(error: &dyn std::error::Error) -> async_graphql::Error {
    tracing::error!(%error, "a query failed");
    coded(
        "The store failed to answer. Try again in a moment.",
        "INTERNAL",
    )
}

/// An error of the whole query, with a code for programs.
fn coded(message: impl Into<String>, code: &'static str) -> async_graphql::Error {
    async_graphql::Error::new(message).extend_with(|_, extensions| extensions.set("code", code))
}

/// All queries.
pub(crate) struct Query;

#[Object]
impl Query {
    /// The store.
    async fn site(&self) -> Site {
        Site
    }

    /// The customer who is signed in; null for a guest.
    async fn customer(&self, ctx: &Context<'_>) -> Result<Option<customer::CustomerObject>> {
        match ctx.data::<RequestContext>()?.customer_id {
            Some(id) => customer::find(store(ctx)?, id).await,
            None => Ok(None),
        }
    }

    /// Countries and their states.
    async fn geography(&self) -> geography::Geography {
        geography::Geography
    }
}

/// The store.
struct Site;

#[Object]
impl Site {
    /// What the merchant has set.
    async fn settings(&self, ctx: &Context<'_>) -> Result<Option<settings::Settings>> {
        settings::load(store(ctx)?).await.map(Some)
    }
}

/// All mutations.
pub(crate) struct Mutation;

#[Object]
impl Mutation {
    /// Signs a customer in: the answer sets the session cookie.
    async fn login(
        &self,
        ctx: &Context<'_>,
        email: String,
        password: String,
        #[graphql(desc = "Ignored: this store has no carts.")] guest_cart_entity_id: Option<String>,
    ) -> Result<session::LoginResult> {
        // There is no cart to hand over.
        drop(guest_cart_entity_id);
        session::login(ctx, email, password).await
    }

    /// Signs a customer in whom an app names in a token of the platform's Customer Login.
    async fn login_with_customer_login_jwt(
        &self,
        ctx: &Context<'_>,
        jwt: String,
        #[graphql(desc = "Ignored: this store has no carts.")] guest_cart_entity_id: Option<String>,
    ) -> Result<session::LoginWithCustomerLoginJwtResult> {
        drop(guest_cart_entity_id);
        session::login_with_jwt(ctx, jwt).await
    }

    /// Signs the customer out: the answer takes the session cookie away.
    async fn logout(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ignored: this store has no carts.")] cart_entity_id: Option<String>,
    ) -> Result<session::LogoutResult> {
        drop(cart_entity_id);
        session::logout(ctx).await
    }

    /// Changes to customers.
    async fn customer(&self) -> customer_mutations::CustomerMutations {
        customer_mutations::CustomerMutations
    }

    /// Changes to newsletter subscriptions.
    async fn newsletter(&self) -> newsletter::NewsletterMutations {
        newsletter::NewsletterMutations
    }
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        $(
            $(#[$doc])*
            #[derive(SimpleObject)]
            struct $name {
                /// What went wrong and what to do about it.
                message: String,
            }
        )*

        /// What went wrong.
        #[derive(Interface)]
        #[graphql(name = "Error", field(name = "message", ty = "&String", desc = "What went wrong and what to do about it."))]
        #[allow(dead_code, reason = "the schema needs the interface; answers carry unions")]
        #[allow(clippy::enum_variant_names, reason = "the schema's own names")]
        enum ErrorInterface {
            $($name($name),)*
            ValidationError(ValidationError),
        }
    };
}

errors! {
    /// The cart does not exist, or belongs to another customer.
    CartUnassignInaccessibleError,
    /// The request has a session.
    CartUnassignNotAllowedError,
    /// Another account has this email address.
    EmailAlreadyInUseError,
    /// The store opens no accounts.
    AccountCreationDisabledError,
    /// The account was not opened.
    CustomerRegistrationError,
    /// The customer no longer exists.
    CustomerDoesNotExistError,
    /// Nobody is signed in.
    CustomerNotLoggedInError,
    /// The password, or the link in its place, is not right.
    CustomerPasswordError,
    /// The account was not changed.
    UnexpectedUpdateCustomerError,
    /// The customer has no such address.
    AddressDoesNotExistError,
    /// The address was not added.
    CustomerAddressCreationError,
    /// The address was not changed.
    CustomerAddressUpdateError,
    /// The address was not deleted.
    CustomerAddressDeletionError,
    /// The email address is not valid.
    CreateSubscriberEmailInvalidError,
    /// The first name is not valid.
    CreateSubscriberFirstNameInvalidError,
    /// The last name is not valid.
    CreateSubscriberLastNameInvalidError,
    /// This email address is subscribed already.
    CreateSubscriberAlreadyExistsError,
    /// The store failed.
    CreateSubscriberUnexpectedError,
    /// The email address is not valid.
    RemoveSubscriberEmailInvalidError,
    /// The store failed.
    RemoveSubscriberUnexpectedError,
}

/// A value that is not valid.
#[derive(SimpleObject)]
struct ValidationError {
    /// Where in the arguments it was given.
    path: Vec<String>,
    /// What went wrong and what to do about it.
    message: String,
}
