//! `customer`.

use super::context::store;
use super::errors::internal;
use super::form_fields::{CustomerFormFieldValue, VALUES_WEIGHT};
use super::scalars::{BigDecimal, Long};
use crate::domain::addresses::{self, Address, End, Page, Window};
use crate::domain::attributes::of_customer;
use crate::domain::customers::{self, Customer};
use crate::domain::{Store, settings, subscribers};
use crate::infra::db;
use async_graphql::{Context, Enum, Error, Object, Result, SimpleObject};

/// Addresses of a page when the query does not say how many.
const DEFAULT_PAGE: u32 = 10;

/// How many addresses a page of these arguments can hold, for its complexity.
fn page_length(first: Option<i32>, last: Option<i32>) -> usize {
    let wanted = first.or(last).and_then(|count| usize::try_from(count).ok());
    wanted
        .unwrap_or(DEFAULT_PAGE as usize)
        .min(LARGEST_PAGE as usize)
}

/// Most addresses of a page.
const LARGEST_PAGE: u32 = 50;

/// A shopper with an account.
pub(super) struct CustomerObject(Customer);

pub(super) async fn find(store: &Store, id: i64) -> Result<Option<CustomerObject>> {
    let found = store
        .db
        .read(move |connection| customers::find(connection, id))
        .await;
    Ok(found
        .map_err(|error: db::Error| internal(&error))?
        .map(CustomerObject))
}

#[Object(name = "Customer")]
impl CustomerObject {
    /// Id of the customer.
    async fn entity_id(&self) -> i32 {
        entity_id(self.0.id)
    }

    /// Company, or empty.
    async fn company(&self) -> &str {
        &self.0.company
    }

    /// Id of the customer's group; 0 without one.
    async fn customer_group_id(&self) -> i32 {
        self.0.group.as_ref().map_or(0, |(id, _)| entity_id(*id))
    }

    /// Name of the customer's group.
    async fn customer_group_name(&self) -> Option<&str> {
        self.0.group.as_ref().map(|(_, name)| name.as_str())
    }

    /// The address the customer signs in with.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// First name.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// Last name.
    async fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// Phone, or empty.
    async fn phone(&self) -> &str {
        &self.0.phone
    }

    /// Always empty: a merchant's notes are not shown to shoppers.
    #[graphql(deprecation = "Notes are not shown to shoppers.")]
    async fn notes(&self) -> &'static str {
        ""
    }

    /// Code of the tax that the customer is exempt from, or empty.
    async fn tax_exempt_category(&self) -> &str {
        &self.0.tax_exempt_category
    }

    /// How many addresses the customer has.
    #[graphql(deprecation = "Use addresses.collectionInfo.totalItems.")]
    async fn address_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let id = self.0.id;
        let counted = store(ctx)?
            .db
            .read(move |connection| addresses::count(connection, id))
            .await;
        counted
            .map(entity_id)
            .map_err(|error: db::Error| internal(&error))
    }

    /// Store credit, in the store's own currency.
    async fn store_credit(&self, ctx: &Context<'_>) -> Result<Vec<Money>> {
        let settings = store(ctx)?.db.read(settings::load).await;
        let settings = settings.map_err(|error: db::Error| internal(&error))?;
        Ok(vec![Money::new(
            self.0.store_credit,
            settings.currency_code,
        )])
    }

    /// How many attributes the customer has.
    async fn attribute_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let id = self.0.id;
        let counted = store(ctx)?
            .db
            .read(move |connection| of_customer::count(connection, id))
            .await;
        counted
            .map(entity_id)
            .map_err(|error: db::Error| internal(&error))
    }

    /// The customer's attributes.
    async fn attributes(&self) -> CustomerAttributes {
        CustomerAttributes {
            customer_id: self.0.id,
        }
    }

    /// What the customer answered to custom fields; a field without an answer is absent.
    #[graphql(complexity = "1 + VALUES_WEIGHT * child_complexity")]
    async fn form_fields(&self, ctx: &Context<'_>) -> Result<Vec<CustomerFormFieldValue>> {
        let id = self.0.id;
        let read = store(ctx)?
            .db
            .read(move |connection| customers::custom_values(connection, id))
            .await;
        let values = read.map_err(|error: db::Error| internal(&error))?;
        let values = values.into_iter();
        Ok(values.map(CustomerFormFieldValue::from).collect())
    }

    /// The address book, oldest first.
    #[graphql(complexity = "1 + page_length(first, last) * child_complexity")]
    async fn addresses(
        &self,
        ctx: &Context<'_>,
        before: Option<String>,
        after: Option<String>,
        first: Option<i32>,
        last: Option<i32>,
    ) -> Result<AddressConnection> {
        let window = window(before.as_deref(), after.as_deref(), first, last)?;
        let id = self.0.id;
        let page = store(ctx)?
            .db
            .read(move |connection| addresses::page(connection, id, window))
            .await;
        page.map(AddressConnection)
            .map_err(|error: db::Error| internal(&error))
    }

    /// Whether the newsletter is sent to the customer.
    async fn is_subscribed_to_newsletter(&self, ctx: &Context<'_>) -> Result<bool> {
        let email = self.0.email.clone();
        let found = store(ctx)?
            .db
            .read(move |connection| subscribers::subscription(connection, &email))
            .await;
        Ok(found
            .map_err(|error: db::Error| internal(&error))?
            .is_some_and(|subscriber| subscriber.marketing_newsletter))
    }
}

/// An amount of money.
#[derive(SimpleObject)]
struct Money {
    /// ISO 4217 code of the currency.
    currency_code: String,
    /// The amount.
    value: BigDecimal,
    /// The amount with the currency's code.
    formatted_v2: Option<String>,
}

impl Money {
    /// Of so many ten-thousandths.
    fn new(ten_thousandths: i64, currency_code: String) -> Self {
        #[allow(
            clippy::cast_precision_loss,
            reason = "an amount beyond 2^53 is rounded: nobody is owed so much"
        )]
        let value = ten_thousandths as f64 / 10_000.0;
        Self {
            formatted_v2: Some(format!("{currency_code} {value:.2}")),
            currency_code,
            value: BigDecimal(value),
        }
    }
}

/// What the merchant's systems note about a customer.
struct CustomerAttributes {
    customer_id: i64,
}

#[Object]
impl CustomerAttributes {
    /// The attribute with this id. One that the store does not have is without a name.
    async fn attribute(&self, ctx: &Context<'_>, entity_id: i32) -> Result<CustomerAttribute> {
        let customer_id = self.customer_id;
        let found = store(ctx)?
            .db
            .read(move |connection| of_customer::find(connection, customer_id, entity_id.into()))
            .await;
        let found = found.map_err(|error: db::Error| internal(&error))?;
        let (name, value) = found
            .map(|attribute| (attribute.name, attribute.value))
            .unwrap_or_default();
        Ok(CustomerAttribute {
            entity_id,
            value,
            name,
        })
    }
}

/// One thing that is noted.
#[derive(SimpleObject)]
struct CustomerAttribute {
    /// Id of the attribute.
    entity_id: i32,
    /// What is noted of this customer.
    value: Option<String>,
    /// What the merchant calls it.
    name: String,
}

/// The schema numbers with an `Int`; a local store does not run out of them.
fn entity_id(id: i64) -> i32 {
    i32::try_from(id).unwrap_or(i32::MAX)
}

fn cursor(address: &Address) -> String {
    format!("address-{}", address.id)
}

fn window(
    before: Option<&str>,
    after: Option<&str>,
    first: Option<i32>,
    last: Option<i32>,
) -> Result<Window> {
    // Clients send an empty cursor for the first page.
    let (before, after) = (given_cursor(before), given_cursor(after));
    let id = |cursor: &str| {
        cursor
            .strip_prefix("address-")
            .and_then(|id| id.parse().ok())
            .ok_or_else(|| Error::new("The cursor is not valid."))
    };
    let limit = |count: i32| {
        u32::try_from(count)
            .ok()
            .filter(|count| *count <= LARGEST_PAGE)
            .ok_or_else(|| Error::new(format!("Ask for 0 to {LARGEST_PAGE} addresses at a time.")))
    };
    let (from, limit) = match (first, last) {
        (Some(_), Some(_)) => return Err(Error::new("Use either first or last, not both.")),
        (Some(first), None) => (End::Start, limit(first)?),
        (None, Some(last)) => (End::End, limit(last)?),
        (None, None) => (End::Start, DEFAULT_PAGE),
    };
    Ok(Window {
        after: after.map(id).transpose()?,
        before: before.map(id).transpose()?,
        from,
        limit,
    })
}

fn given_cursor(cursor: Option<&str>) -> Option<&str> {
    cursor.filter(|cursor| !cursor.is_empty())
}

/// A page of an address book.
struct AddressConnection(Page);

#[Object]
impl AddressConnection {
    /// What lies before and after.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_next_page: self.0.has_next,
            has_previous_page: self.0.has_previous,
            start_cursor: self.0.addresses.first().map(cursor),
            end_cursor: self.0.addresses.last().map(cursor),
        }
    }

    /// The addresses.
    async fn edges(&self) -> Option<Vec<AddressEdge>> {
        Some(
            self.0
                .addresses
                .iter()
                .map(|address| AddressEdge {
                    cursor: cursor(address),
                    node: CustomerAddress(address.clone()),
                })
                .collect(),
        )
    }

    /// About the whole address book.
    async fn collection_info(&self) -> Option<CollectionInfo> {
        Some(CollectionInfo {
            total_items: Some(Long(self.0.total)),
        })
    }
}

/// What lies before and after a page of a list.
#[derive(SimpleObject)]
struct PageInfo {
    /// Whether there is more after it.
    has_next_page: bool,
    /// Whether there is more before it.
    has_previous_page: bool,
    /// Cursor of its first item.
    start_cursor: Option<String>,
    /// Cursor of its last item.
    end_cursor: Option<String>,
}

/// About a whole list.
#[derive(SimpleObject)]
struct CollectionInfo {
    /// How many items it has.
    total_items: Option<Long>,
}

/// An address and its place in the list.
#[derive(SimpleObject)]
struct AddressEdge {
    /// The address.
    node: CustomerAddress,
    /// Its place.
    cursor: String,
}

/// What stands at an address.
#[derive(Clone, Copy, PartialEq, Eq, Enum)]
enum DestinationAddressType {
    /// A business.
    Commercial,
    /// A home.
    Residential,
}

/// An address in a customer's book.
pub(super) struct CustomerAddress(pub(super) Address);

/// `None` for a part that was left empty.
fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

#[Object]
impl CustomerAddress {
    /// Id of the address.
    async fn entity_id(&self) -> i32 {
        entity_id(self.0.id)
    }

    /// First name.
    async fn first_name(&self) -> &str {
        &self.0.first_name
    }

    /// Last name.
    async fn last_name(&self) -> &str {
        &self.0.last_name
    }

    /// Street and number.
    async fn address1(&self) -> &str {
        &self.0.address1
    }

    /// Flat, floor, building.
    async fn address2(&self) -> Option<&str> {
        given(&self.0.address2)
    }

    /// What stands there: a business when a company is named.
    async fn address_type(&self) -> Option<DestinationAddressType> {
        Some(if self.0.company.is_empty() {
            DestinationAddressType::Residential
        } else {
            DestinationAddressType::Commercial
        })
    }

    /// Town or city.
    async fn city(&self) -> &str {
        &self.0.city
    }

    /// Name of the country.
    async fn country(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let country = store(ctx)?.geography.find(&self.0.country_code);
        Ok(country.map(|country| country.name.clone()))
    }

    /// Id of the country.
    async fn country_id(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let country = store(ctx)?.geography.find(&self.0.country_code);
        Ok(country.map(|country| country.id))
    }

    /// ISO 3166-1 alpha-2 code of the country.
    async fn country_code(&self) -> &str {
        &self.0.country_code
    }

    /// Full name of the state.
    async fn state_or_province(&self) -> Option<&str> {
        given(&self.0.state_or_province)
    }

    /// Id of the state, where the country has a list of them.
    async fn state_id(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let country = store(ctx)?.geography.find(&self.0.country_code);
        let state = country.and_then(|country| {
            country
                .numbered_states()
                .find(|(_, state)| state.name == self.0.state_or_province)
        });
        Ok(state.map(|(id, _)| id))
    }

    /// Phone.
    async fn phone(&self) -> Option<&str> {
        given(&self.0.phone)
    }

    /// Postal code.
    async fn postal_code(&self) -> Option<&str> {
        given(&self.0.postal_code)
    }

    /// Company.
    async fn company(&self) -> Option<&str> {
        given(&self.0.company)
    }

    /// What was answered to the address form's custom fields.
    #[graphql(complexity = "1 + VALUES_WEIGHT * child_complexity")]
    async fn form_fields(&self) -> Vec<CustomerFormFieldValue> {
        let answers = self.0.custom.iter().cloned();
        answers.map(CustomerFormFieldValue::from).collect()
    }
}
