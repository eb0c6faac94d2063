//! What addresses have in common in both APIs.

use super::rules::Names;
use serde::{Deserialize, Serialize};
use storefront_rules::BuiltIn;
use utoipa::ToSchema;

/// How V3 calls the fields of an address; V2 calls most of them the same.
pub(crate) const ADDRESS_NAMES: Names = |field| match field {
    BuiltIn::FirstName => "first_name",
    BuiltIn::LastName => "last_name",
    BuiltIn::CompanyName => "company",
    BuiltIn::Phone => "phone",
    BuiltIn::AddressLine1 => "address1",
    BuiltIn::AddressLine2 => "address2",
    BuiltIn::City => "city",
    BuiltIn::Country => "country_code",
    BuiltIn::State => "state_or_province",
    BuiltIn::Zip => "postal_code",
    BuiltIn::EmailAddress
    | BuiltIn::Password
    | BuiltIn::ConfirmPassword
    | BuiltIn::CurrentPassword
    | BuiltIn::ReceiveMarketingEmails => "",
};

/// Whether somebody lives at an address.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum AddressType {
    /// Somebody does.
    Residential,
    /// Nobody does.
    Commercial,
}

impl AddressType {
    pub(crate) const fn is_commercial(self) -> bool {
        matches!(self, Self::Commercial)
    }

    pub(crate) const fn of(is_commercial: bool) -> Self {
        if is_commercial {
            Self::Commercial
        } else {
            Self::Residential
        }
    }
}
