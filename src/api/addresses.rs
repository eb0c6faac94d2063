//! The address book of the customer who is signed in.

use super::json::Json;
use super::mutation::{Mutation, MutationError};
use super::{Api, ApiError, Captcha, Country, Document, form_fields, geography};
use storefront_rules::validate::State;
use storefront_rules::{BuiltIn, Field, PasswordRules, Value, Values};

/// Most addresses the platform gives at a time.
const LARGEST_PAGE: i32 = 50;

const ADD: Mutation = Mutation {
    document: Document {
        operation: "AddCustomerAddress",
        text: include_str!("add_customer_address.graphql"),
    },
    result: "addCustomerAddress",
};

const UPDATE: Mutation = Mutation {
    document: Document {
        operation: "UpdateCustomerAddress",
        text: include_str!("update_customer_address.graphql"),
    },
    result: "updateCustomerAddress",
};

const DELETE: Mutation = Mutation {
    document: Document {
        operation: "DeleteCustomerAddress",
        text: include_str!("delete_customer_address.graphql"),
    },
    result: "deleteCustomerAddress",
};

/// What the address book is made of.
#[derive(Clone, Debug, Default)]
pub struct AddressBook {
    /// The customer's id; `None` for a guest, who has no addresses.
    pub customer: Option<i32>,
    /// The e-mail address the customer signs in with.
    pub email: String,
    /// Fields of the address form, in order.
    pub fields: Vec<Field>,
    /// The countries the store knows, in its order.
    pub countries: Vec<Country>,
    /// The states of the country asked about; `None` when the store does not know that country.
    pub states: Option<Vec<State>>,
    /// The store's rules for passwords.
    pub passwords: PasswordRules,
    /// The captcha to solve, when the store asks for one.
    pub captcha: Option<Captcha>,
    /// How the list begins.
    pub first: AddressPage,
}

/// A stretch of the list of addresses, oldest first.
#[derive(Clone, Debug, Default)]
pub struct AddressPage {
    /// Whose they are; `None` when nobody is signed in.
    pub customer: Option<i32>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// How many addresses the whole book has.
    pub total: u32,
    /// Whether there are more behind these.
    pub has_next: bool,
    /// The number of the book's newest address.
    pub newest: Option<i32>,
}

/// Which stretch of the book is asked for.
#[derive(Clone, Copy, Debug)]
pub enum PageRequest<'a> {
    /// What comes after the address at this place, or the beginning.
    After(Option<&'a str>),
    /// The end.
    Newest,
}

/// An address as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// Its number.
    pub id: i32,
    /// Its place in the list.
    pub cursor: String,
    /// What stands there, where the store tells.
    pub kind: Option<AddressType>,
    /// The answers to the address form.
    pub values: Values,
}

/// What stands at an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressType {
    /// A home.
    Residential,
    /// A business.
    Commercial,
}

/// The built-in fields of an address and their properties in the API; those that the schema wants
/// in every address are marked.
const PROPERTIES: [(BuiltIn, &str, bool); 10] = [
    (BuiltIn::FirstName, "firstName", true),
    (BuiltIn::LastName, "lastName", true),
    (BuiltIn::CompanyName, "company", false),
    (BuiltIn::Phone, "phone", false),
    (BuiltIn::AddressLine1, "address1", true),
    (BuiltIn::AddressLine2, "address2", false),
    (BuiltIn::City, "city", true),
    (BuiltIn::Country, "countryCode", true),
    (BuiltIn::State, "stateOrProvince", false),
    (BuiltIn::Zip, "postalCode", false),
];

impl Api {
    /// Everything the address book needs, in one request (`form.graphql`): the form, the beginning of
    /// the list, and the states of `country`.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn address_book(&self, country: &str) -> Result<AddressBook, ApiError> {
        let variables = Json::object(&[
            ("addresses", Some(true.into())),
            ("countries", Some(true.into())),
            ("country", Some(country.into())),
            ("first", Some(LARGEST_PAGE.into())),
        ]);
        let data = self.run_first("Form", variables).await?;
        let (customer, settings) = (data.get("customer"), data.at(&["site", "settings"]));
        if settings.is_null() {
            return Err(ApiError::Unreadable);
        }
        let (countries, states) = geography(&data);
        let fields = settings.at(&["formFields", "shippingAddress"]);
        Ok(AddressBook {
            customer: customer.get("entityId").int(),
            email: customer.get("email").text().unwrap_or_default(),
            fields: form_fields::fields(&fields),
            countries,
            states,
            passwords: form_fields::passwords(&settings),
            captcha: form_fields::captcha(&settings),
            first: page(&customer),
        })
    }

    /// A stretch of the book, of as many addresses as the platform gives at a time.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn addresses(&self, stretch: PageRequest<'_>) -> Result<AddressPage, ApiError> {
        let size = Some(Json::from(LARGEST_PAGE));
        let (first, after, last) = match stretch {
            PageRequest::After(place) => (size, place, None),
            PageRequest::Newest => (None, None, size),
        };
        let variables = Json::object(&[
            ("page", Some(true.into())),
            ("addresses", Some(true.into())),
            ("first", first),
            ("after", after.map(Json::from)),
            ("last", last),
        ]);
        let data = self.run_first("Form", variables).await?;
        Ok(page(&data.get("customer")))
    }

    /// Adds an address and gives it as the store has it. Where it equals another of the book in every
    /// answer, nothing is added and that one is given.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn add_address(
        &self,
        values: &Values,
        captcha: Option<&str>,
    ) -> Result<Address, MutationError> {
        let result = self.change(&ADD, input(values, None), captcha).await?;
        kept(&result)
    }

    /// Puts `values` in the place of the answers of the address `id` and gives it as the store has it:
    /// unchanged, where it would equal another of the book in every built-in field.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn update_address(
        &self,
        id: i32,
        fields: &[Field],
        values: &Values,
        captcha: Option<&str>,
    ) -> Result<Address, MutationError> {
        let data = input(&form_fields::emptied(fields, values), Some(""));
        let input = Json::object(&[("addressEntityId", Some(id.into())), ("data", Some(data))]);
        kept(&self.change(&UPDATE, input, captcha).await?)
    }

    /// Takes the address `id` out of the book.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn delete_address(
        &self,
        id: i32,
        captcha: Option<&str>,
    ) -> Result<(), MutationError> {
        let input = Json::object(&[("addressEntityId", Some(id.into()))]);
        self.change(&DELETE, input, captcha).await.map(drop)
    }
}

fn page(customer: &Json) -> AddressPage {
    let list = customer.get("addresses");
    let edges = list.get("edges").list();
    let newest = customer.at(&["newest", "edges"]).list().next();
    AddressPage {
        customer: customer.get("entityId").int(),
        addresses: edges
            .filter_map(|edge| address(&edge.get("node"), edge.get("cursor").text()?))
            .collect(),
        total: list
            .at(&["collectionInfo", "totalItems"])
            .natural()
            .unwrap_or(0),
        has_next: list.at(&["pageInfo", "hasNextPage"]).is_true(),
        newest: newest.and_then(|edge| edge.at(&["node", "entityId"]).int()),
    }
}

/// The address that a mutation gave back, which has no place in a list.
fn kept(result: &Json) -> Result<Address, MutationError> {
    let address = address(&result.get("address"), String::new());
    address.ok_or(MutationError::Api(ApiError::Unreadable))
}

fn address(node: &Json, cursor: String) -> Option<Address> {
    let mut values = form_fields::values(&node.get("formFields"));
    for (field, key, _) in PROPERTIES {
        if let Some(text) = node.get(key).text().filter(|text| !text.is_empty()) {
            values.insert(field.id(), Value::Text(text));
        }
    }
    let kind = node.get("addressType").text();
    Some(Address {
        id: node.get("entityId").int()?,
        cursor,
        kind: match kind.as_deref() {
            Some("RESIDENTIAL") => Some(AddressType::Residential),
            Some("COMMERCIAL") => Some(AddressType::Commercial),
            Some(_) | None => None,
        },
        values,
    })
}

/// The answers as `AddCustomerAddressInput`; `absent` is sent for a built-in field without one. What
/// the schema wants is empty where a store's form leaves it out.
pub(super) fn input(values: &Values, absent: Option<&str>) -> Json {
    let mut properties: Vec<(&str, Option<Json>)> = Vec::new();
    for (field, key, is_wanted) in PROPERTIES {
        let text = match values.get(&field.id()) {
            Some(Value::Text(text)) => Some(text.as_str()),
            Some(_) | None => absent.or(is_wanted.then_some("")),
        };
        properties.push((key, text.map(Json::from)));
    }
    properties.push(("formFields", form_fields::input(values)));
    Json::object(&properties)
}
