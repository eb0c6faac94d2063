//! The address book of the customer who is signed in.

use super::documents::{
    self, add_customer_address, address_book, addresses, delete_customer_address, shared,
    update_customer_address,
};
use super::form_fields::{fields, form_fields_input, values, with_empty_values};
use super::geography::{countries, states};
use super::mutation::{MutationError, settle};
use super::settings::{captcha, password_rules};
use super::{Api, ApiError, Captcha, Country, id};
use storefront_rules::paging::PAGE_SIZE;
use storefront_rules::validate::State;
use storefront_rules::{BuiltIn, Field, PasswordRules, Value, Values};

/// What the address book is made of.
#[derive(Clone, Debug, Default)]
pub struct AddressBook {
    /// The customer's id; `None` for a guest, who has no addresses.
    pub customer: Option<i32>,
    /// The email address the customer signs in with.
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

/// A page of the list of addresses, oldest first.
#[derive(Clone, Debug, Default)]
pub struct AddressPage {
    /// The id of their customer; `None` when nobody is signed in.
    pub customer: Option<i32>,
    /// Its addresses.
    pub addresses: Vec<Address>,
    /// How many addresses the whole book has.
    pub total: u32,
    /// Whether there are more behind these.
    pub has_next: bool,
    /// The id of the book's newest address.
    pub newest: Option<i32>,
}

/// Which page of the book is asked for.
#[derive(Clone, Copy, Debug)]
pub enum PageRequest<'a> {
    /// What comes after the address of this cursor, or the beginning.
    After(Option<&'a str>),
    /// The end.
    Newest,
}

/// An address as the store has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// Its id.
    pub id: i32,
    /// Its place in the list.
    pub cursor: String,
    /// Whether it is a home or a business, if the store says.
    pub kind: Option<AddressType>,
    /// The values of the address form's fields.
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

impl Api {
    /// Everything the address book needs, in one request (`address_book.graphql`): the form, the
    /// beginning of the list, and the states of `country`.
    ///
    /// # Errors
    /// Any [`ApiError`]; [`ApiError::Unreadable`] when the store tells no settings.
    pub async fn address_book(&self, country: &str) -> Result<AddressBook, ApiError> {
        let variables = address_book::Variables {
            country: Some(country.to_owned()),
            first: Some(PAGE_SIZE),
        };
        let data = self.run_first::<documents::AddressBook>("AddressBook", variables);
        let data = data.await?;
        let settings = data.site.settings.ok_or(ApiError::Unreadable)?;
        let countries = countries(data.geography.countries);
        let states = states(data.geography.selected);
        let email = data.customer.as_ref().map(|c| c.email.clone());
        let first = match data.customer {
            Some(customer) => page(customer.entity_id, customer.addresses, customer.newest),
            None => AddressPage::default(),
        };
        Ok(AddressBook {
            customer: first.customer,
            email: email.unwrap_or_default(),
            fields: fields(settings.form_fields.shipping_address),
            countries,
            states,
            passwords: password_rules(settings.customers),
            captcha: captcha(settings.re_captcha),
            first,
        })
    }

    /// A page of the book, of as many addresses as the platform gives at a time.
    ///
    /// # Errors
    /// Any [`ApiError`].
    pub async fn addresses(&self, request: PageRequest<'_>) -> Result<AddressPage, ApiError> {
        let variables = match request {
            PageRequest::After(cursor) => addresses::Variables {
                first: Some(PAGE_SIZE),
                after: cursor.map(str::to_owned),
                last: None,
            },
            PageRequest::Newest => addresses::Variables {
                first: None,
                after: None,
                last: Some(PAGE_SIZE),
            },
        };
        let data = self.run::<documents::Addresses>("Addresses", variables);
        let customer = data.await?.customer;
        Ok(match customer {
            Some(customer) => page(customer.entity_id, customer.addresses, customer.newest),
            None => AddressPage::default(),
        })
    }

    /// Adds an address and gives it as the store has it. Where it equals another of the book in every
    /// value, nothing is added and that one is given.
    ///
    /// # Errors
    /// [`MutationError`].
    pub async fn add_address(
        &self,
        values: &Values,
        captcha: Option<&str>,
    ) -> Result<Address, MutationError> {
        use add_customer_address as wire;
        let text = |field| values.text(field).map(str::to_owned);
        // The schema wants these; a store whose form leaves one out gets an empty text.
        let must = |field| text(field).unwrap_or_default();
        let variables = wire::Variables {
            input: wire::AddCustomerAddressInput {
                first_name: must(BuiltIn::FirstName),
                last_name: must(BuiltIn::LastName),
                address1: must(BuiltIn::AddressLine1),
                address2: text(BuiltIn::AddressLine2),
                city: must(BuiltIn::City),
                company: text(BuiltIn::CompanyName),
                country_code: must(BuiltIn::Country),
                state_or_province: text(BuiltIn::State),
                phone: text(BuiltIn::Phone),
                postal_code: text(BuiltIn::Zip),
                form_fields: form_fields_input(values),
            },
            captcha: captcha.map(|token| wire::ReCaptchaV2Input {
                token: token.to_owned(),
            }),
        };
        let data = self.run::<documents::AddCustomerAddress>("AddCustomerAddress", variables);
        let result = data.await?.customer.add_customer_address;
        settle(result.errors)?;
        saved(result.address)
    }

    /// Puts `values` in the place of those of the address `id` and gives it as the store has it:
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
        use update_customer_address as wire;
        // What is absent stays as it is; what is empty goes.
        let text = |field| Some(values.text(field).unwrap_or_default().to_owned());
        let custom = with_empty_values(fields, values);
        let variables = wire::Variables {
            input: wire::UpdateCustomerAddressInput {
                address_entity_id: i64::from(id),
                data: wire::UpdateCustomerAddressDataInput {
                    first_name: text(BuiltIn::FirstName),
                    last_name: text(BuiltIn::LastName),
                    address1: text(BuiltIn::AddressLine1),
                    address2: text(BuiltIn::AddressLine2),
                    city: text(BuiltIn::City),
                    company: text(BuiltIn::CompanyName),
                    country_code: text(BuiltIn::Country),
                    state_or_province: text(BuiltIn::State),
                    phone: text(BuiltIn::Phone),
                    postal_code: text(BuiltIn::Zip),
                    form_fields: form_fields_input(&custom),
                },
            },
            captcha: captcha.map(|token| wire::ReCaptchaV2Input {
                token: token.to_owned(),
            }),
        };
        let data = self.run::<documents::UpdateCustomerAddress>("UpdateCustomerAddress", variables);
        let result = data.await?.customer.update_customer_address;
        settle(result.errors)?;
        saved(result.address)
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
        use delete_customer_address as wire;
        let variables = wire::Variables {
            input: wire::DeleteCustomerAddressInput {
                address_entity_id: i64::from(id),
            },
            captcha: captcha.map(|token| wire::ReCaptchaV2Input {
                token: token.to_owned(),
            }),
        };
        let data = self.run::<documents::DeleteCustomerAddress>("DeleteCustomerAddress", variables);
        settle(data.await?.customer.delete_customer_address.errors)
    }
}

/// The address that a mutation gave back, which has no place in a list.
fn saved(address: Option<shared::Address>) -> Result<Address, MutationError> {
    let saved = address.ok_or(ApiError::Unreadable)?;
    Ok(self::address(saved, String::new()))
}

fn address(address: shared::Address, cursor: String) -> Address {
    let mut values = values(address.form_fields);
    for (field, text) in [
        (BuiltIn::FirstName, Some(address.first_name)),
        (BuiltIn::LastName, Some(address.last_name)),
        (BuiltIn::CompanyName, address.company),
        (BuiltIn::Phone, address.phone),
        (BuiltIn::AddressLine1, Some(address.address1)),
        (BuiltIn::AddressLine2, address.address2),
        (BuiltIn::City, Some(address.city)),
        (BuiltIn::Country, Some(address.country_code)),
        (BuiltIn::State, address.state_or_province),
        (BuiltIn::Zip, address.postal_code),
    ] {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            values.insert(field.id(), Value::Text(text));
        }
    }
    use shared::DestinationAddressType;
    Address {
        id: id(address.entity_id),
        cursor,
        kind: match address.address_type {
            Some(DestinationAddressType::Residential) => Some(AddressType::Residential),
            Some(DestinationAddressType::Commercial) => Some(AddressType::Commercial),
            Some(DestinationAddressType::Other(_)) | None => None,
        },
        values,
    }
}

/// A page of a customer's addresses.
fn page(customer: i64, page: shared::Page, newest: shared::Newest) -> AddressPage {
    let total = page.collection_info.and_then(|info| info.total_items);
    let edges = page.edges.unwrap_or_default().into_iter();
    let newest = newest.edges.unwrap_or_default().into_iter().next();
    AddressPage {
        customer: Some(id(customer)),
        addresses: edges.map(|edge| address(edge.node, edge.cursor)).collect(),
        total: total
            .and_then(|total| u32::try_from(total).ok())
            .unwrap_or(0),
        has_next: page.page_info.has_next_page,
        newest: newest.map(|edge| id(edge.node.entity_id)),
    }
}
