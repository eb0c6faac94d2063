//! The definition of a form field, as a merchant sets it up in the store.

use crate::date::Date;
use serde::{Deserialize, Serialize};

/// The id the store gives a field, the same in all its APIs (`entityId` in GraphQL).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldId(pub i32);

macro_rules! built_in {
    ($($(#[$doc:meta])* $name:ident = $id:literal,)*) => {
        /// The fields that the platform itself knows; each rides in a named property of the API
        /// rather than among the custom ones. Names: the Storefront schema's `BuiltInFormFieldId`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum BuiltIn {
            $($(#[$doc])* $name,)*
        }

        impl BuiltIn {
            /// Every built-in field, by id.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The field's id, fixed by the platform.
            #[must_use]
            pub const fn id(self) -> FieldId {
                match self { $(Self::$name => FieldId($id),)* }
            }

            /// The built-in field of this id, if there is one.
            #[must_use]
            pub const fn from_id(id: FieldId) -> Option<Self> {
                match id.0 { $($id => Some(Self::$name),)* _ => None }
            }

            /// The platform's name for it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }
        }
    };
}

built_in! {
    /// Account form: the e-mail address the shopper signs in with.
    EmailAddress = 1,
    /// Account form: the password.
    Password = 2,
    /// Account form: the password again, where the store asks for it.
    ConfirmPassword = 3,
    /// Address form; also the account's own first name.
    FirstName = 4,
    /// Address form; also the account's own last name.
    LastName = 5,
    /// Address form; also the account's own company.
    CompanyName = 6,
    /// Address form; also the account's own phone.
    Phone = 7,
    /// Address form: street and number.
    AddressLine1 = 8,
    /// Address form: flat, floor, building.
    AddressLine2 = 9,
    /// Address form: town or city.
    City = 10,
    /// Address form: country, answered by its ISO 3166-1 alpha-2 code.
    Country = 11,
    /// Address form: state or province, answered by its full untranslated name.
    State = 12,
    /// Address form: postal code.
    Zip = 13,
    /// Profile: the present password, asked for before it is changed.
    CurrentPassword = 24,
    /// Account form: whether to receive marketing e-mails.
    ReceiveMarketingEmails = 25,
}

/// One thing to choose: the id that travels and the label that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// `entityId` of the option.
    pub id: i32,
    /// What the merchant wrote; hostile until it is in a text node.
    pub label: String,
}

/// What sort of answer a field takes, with the limits its merchant set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the schema's own property names, described at each variant"
)]
pub enum FieldType {
    /// One line of text; lengths are in characters.
    Text {
        default: Option<String>,
        max_length: Option<u32>,
    },
    /// Several lines of text; `rows` is the height the merchant suggests.
    MultilineText { default: Option<String>, rows: u32 },
    /// A finite number within optional bounds, both included.
    Number {
        default: Option<f64>,
        min: Option<f64>,
        max: Option<f64>,
        max_length: Option<u32>,
    },
    /// A day within optional bounds, both included.
    Date {
        default: Option<Date>,
        min: Option<Date>,
        max: Option<Date>,
    },
    /// Any number of the options.
    Checkboxes { options: Vec<Choice> },
    /// Exactly one of the options, all of them in view.
    RadioButtons { options: Vec<Choice> },
    /// One of the options from a list; `choose_prefix` is the text that stands for none.
    Picklist {
        choose_prefix: String,
        options: Vec<Choice>,
    },
    /// One of a list that depends on another field, or free text where there is none: the state.
    PicklistOrText {
        picklist_prefix: String,
        max_length: Option<u32>,
    },
    /// Text that is not shown while it is typed and never sent back.
    Password { max_length: Option<u32> },
}

impl FieldType {
    /// The options to choose from; none where there are none.
    #[must_use]
    pub fn options(&self) -> &[Choice] {
        match self {
            Self::Checkboxes { options }
            | Self::RadioButtons { options }
            | Self::Picklist { options, .. } => options,
            Self::Text { .. }
            | Self::MultilineText { .. }
            | Self::Number { .. }
            | Self::Date { .. }
            | Self::PicklistOrText { .. }
            | Self::Password { .. } => &[],
        }
    }
}

/// A field of the account form or the address form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The store's id for it.
    pub id: FieldId,
    /// What the merchant calls it; hostile until it is in a text node.
    pub label: String,
    /// Place in the form, ascending; ties keep the order of ids.
    pub sort_order: i32,
    /// Whether an answer must be given. For parts of an address the country's [`AddressFormat`](crate::AddressFormat)
    /// may waive it: see [`crate::address::AddressRequirements`].
    pub required: bool,
    /// Whether the platform itself defined it, and not a merchant.
    pub is_built_in: bool,
    /// The sort of answer it takes.
    #[serde(flatten)]
    pub kind: FieldType,
}

impl Field {
    /// Which of the platform's own fields this is; `None` for custom ones and for a built-in that
    /// this version does not know.
    #[must_use]
    pub const fn built_in(&self) -> Option<BuiltIn> {
        if self.is_built_in {
            BuiltIn::from_id(self.id)
        } else {
            None
        }
    }

    /// The field as it is asked of a customer: their names have 100 characters at most, those of an address
    /// 255 (customers.v3.yml, `customer_Post` and `address_Post`).
    #[must_use]
    pub fn of_customer(mut self) -> Self {
        let is_name = matches!(
            self.built_in(),
            Some(BuiltIn::FirstName | BuiltIn::LastName)
        );
        if is_name && let FieldType::Text { max_length, .. } = &mut self.kind {
            *max_length = Some(max_length.map_or(CUSTOMER_NAME, |max| max.min(CUSTOMER_NAME)));
        }
        self
    }
}

/// How many characters a customer's first or last name has at most.
const CUSTOMER_NAME: u32 = 100;

/// Puts fields into the order in which they are asked.
pub fn sort(fields: &mut [Field]) {
    fields.sort_by_key(|field| (field.sort_order, field.id));
}
