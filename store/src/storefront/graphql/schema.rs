//! The schema: what can be asked and changed, and how it is put together.

use super::context::{Carrier, RequestContext, store};
use super::{
    cart, customer, customer_mutations, errors, geography, newsletter, response, session, settings,
};
use crate::domain::Store;
use async_graphql::extensions::Analyzer;
use async_graphql::{
    Context, EmptySubscription, Object, Request, Result, Schema, SchemaBuilder, Variables,
};

pub(crate) type StoreSchema = Schema<Query, Mutation, EmptySubscription>;

/// Deepest nesting of a query (the platform's limit).
const DEPTH: usize = 16;

/// Most fields of a query (the platform's limit).
const COMPLEXITY: usize = 10_000;

fn builder() -> SchemaBuilder<Query, Mutation, EmptySubscription> {
    Schema::build(Query, Mutation, EmptySubscription)
        .register_output_type::<errors::ErrorInterface>()
        .register_output_type::<cart::Node>()
        .limit_depth(DEPTH)
        .limit_complexity(COMPLEXITY)
        .extension(Analyzer)
        .extension(response::ResponseExtension)
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
