//! One address of the book: what the store has, what the shopper wants, and what became of it.

use crate::api::{AddressType, ApiError, UserErrors};
use storefront_rules::address::AddressRequirements;
use storefront_rules::{AddressFormat, BuiltIn, Field, Part, Values};

/// The id of an address on this page: it stays the same for as long as the page is open, also
/// while the store has no id for it yet.
pub type Key = usize;

/// An address of the book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The store's id of it; `None` before it has one.
    pub id: Option<i32>,
    /// Whether it is a home or a business, if the store says.
    pub kind: Option<AddressType>,
    /// What the store has of it; nothing before it has it.
    pub saved: Values,
    /// What the shopper wants it to be, until the store has that.
    pub draft: Option<Values>,
    /// What became of the last change.
    pub change: AddressChange,
    /// Whether it came into the list by something the shopper did on this page: then it stands first.
    pub is_first: bool,
    /// Whether it is the answer to an attempt to add it again.
    pub is_known: bool,
    /// Whether it lacks a value that the store now requires. Cached, because finding out needs a look
    /// at its country's format.
    pub is_incomplete: bool,
    /// The id of the book's newest address when this one was first sent: an address with a higher id
    /// is this one.
    pub(super) newest_before: Option<Option<i32>>,
    /// Its place in the store's list, where the store gave it.
    pub(super) cursor: Option<String>,
}

/// What became of the last change of an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum AddressChange {
    /// There is none, or the store has it.
    #[default]
    None,
    /// It is on its way.
    Saving,
    /// The store does not have it.
    NotSaved(Failure),
    /// It was changed elsewhere meanwhile, into this: nothing was sent.
    Conflict(Values),
    /// It was deleted elsewhere meanwhile.
    Gone,
    /// It is out of the list, and perhaps on its way out of the store.
    Deleted,
    /// It is still in the store.
    NotDeleted(Failure),
    /// It was changed elsewhere before it could be deleted; what is shown is what it is now.
    NotDeletedAsChanged,
    /// It is out of the store.
    Over,
}

/// Why the store did not do what it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Failure {
    /// The request failed.
    Api(ApiError),
    /// Nobody was signed in.
    SignedOut,
    /// The store refused.
    Rejected(UserErrors),
}

impl Row {
    /// What the list shows of it.
    #[must_use]
    pub const fn values(&self) -> &Values {
        match &self.draft {
            Some(draft) => draft,
            None => &self.saved,
        }
    }

    /// Whether it is in the list.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        match self.change {
            AddressChange::Deleted | AddressChange::Over => false,
            AddressChange::None
            | AddressChange::Saving
            | AddressChange::NotSaved(_)
            | AddressChange::Conflict(_)
            | AddressChange::Gone
            | AddressChange::NotDeleted(_)
            | AddressChange::NotDeletedAsChanged => true,
        }
    }

    /// Whether the shopper may edit, delete or select it now.
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        match self.change {
            AddressChange::None
            | AddressChange::NotDeleted(_)
            | AddressChange::NotDeletedAsChanged => true,
            AddressChange::Saving
            | AddressChange::NotSaved(_)
            | AddressChange::Conflict(_)
            | AddressChange::Gone
            | AddressChange::Deleted
            | AddressChange::Over => false,
        }
    }

    /// Why its last change was not made, if it was not.
    #[must_use]
    pub const fn failure(&self) -> Option<&Failure> {
        match &self.change {
            AddressChange::NotSaved(failure) | AddressChange::NotDeleted(failure) => Some(failure),
            AddressChange::None
            | AddressChange::Saving
            | AddressChange::Conflict(_)
            | AddressChange::Gone
            | AddressChange::Deleted
            | AddressChange::NotDeletedAsChanged
            | AddressChange::Over => None,
        }
    }

    /// What the store said of its fields, to be shown in the form.
    #[must_use]
    pub fn user_errors(&self) -> Option<UserErrors> {
        match self.failure() {
            Some(Failure::Rejected(errors)) => Some(errors.clone()),
            Some(Failure::Api(_) | Failure::SignedOut) | None => None,
        }
    }

    /// Whether a change of it is on its way.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.change == AddressChange::Saving
    }

    /// Whether it holds something that the store does not have.
    #[must_use]
    pub const fn is_unsaved(&self) -> bool {
        self.draft.is_some() || self.failure().is_some()
    }

    /// By what the shopper can tell the address from others.
    #[must_use]
    pub fn description(&self) -> String {
        let (name, street) = (self.name(), self.text(BuiltIn::AddressLine1));
        let parts = [name.as_str(), street, self.text(BuiltIn::City)];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        parts.join(", ")
    }

    /// The text of a built-in field; empty where there is none.
    #[must_use]
    pub fn text(&self, field: BuiltIn) -> &str {
        self.values().text(field).unwrap_or_default()
    }

    /// The name of whoever is there.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.values())
    }

    /// Those of `fields` that must be filled in by now, in the address's country, and are not.
    #[must_use]
    pub fn missing<'a>(&self, fields: &'a [Field]) -> Vec<&'a Field> {
        let values = self.values();
        let requirements =
            AddressRequirements::new(AddressFormat::of(self.text(BuiltIn::Country)), false);
        let fields = fields.iter();
        fields
            .filter(|field| requirements.requires(field) && !values.contains_key(&field.id))
            .collect()
    }
}

/// The lines of an address as readers of `language` write it, without the country.
#[must_use]
pub fn lines(values: &Values, language: &str) -> Vec<String> {
    let text = |field| values.text(field).unwrap_or_default().to_owned();
    let format = AddressFormat::of(&text(BuiltIn::Country));
    format.lines(language, |part| match part {
        Part::Name if format.is_large_first(language) => {
            full_name(values, [BuiltIn::LastName, BuiltIn::FirstName])
        }
        Part::Name => name(values),
        Part::Company => text(BuiltIn::CompanyName),
        Part::AddressLines => text(BuiltIn::AddressLine1) + "\n" + &text(BuiltIn::AddressLine2),
        Part::City => text(BuiltIn::City),
        Part::State => text(BuiltIn::State),
        Part::PostalCode => text(BuiltIn::Zip),
        Part::Sublocality | Part::SortingCode => String::new(),
    })
}

/// What a search looks through: everything that the shopper can tell an address by, the postal code
/// also without what stands between its parts.
pub(super) fn searched(values: &Values) -> String {
    let mut all = name(values);
    for field in [
        BuiltIn::CompanyName,
        BuiltIn::AddressLine1,
        BuiltIn::AddressLine2,
        BuiltIn::City,
        BuiltIn::Zip,
    ] {
        all.push('\n');
        all.push_str(values.text(field).unwrap_or_default());
    }
    all.push('\n');
    let code = values.text(BuiltIn::Zip).unwrap_or_default().chars();
    all.extend(code.filter(char::is_ascii_alphanumeric));
    all
}

fn name(values: &Values) -> String {
    full_name(values, [BuiltIn::FirstName, BuiltIn::LastName])
}

fn full_name(values: &Values, order: [BuiltIn; 2]) -> String {
    let name = order
        .map(|field| values.text(field).unwrap_or_default())
        .join(" ");
    name.trim().to_owned()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use storefront_rules::Value;

    fn row(change: AddressChange) -> Row {
        let text = |text: &str| Value::Text(text.to_owned());
        Row {
            saved: Values::from([
                (BuiltIn::FirstName.id(), text("Ada")),
                (BuiltIn::City.id(), text("London")),
                (BuiltIn::Zip.id(), text("SW1Y 4JH")),
            ]),
            change,
            ..Row::default()
        }
    }

    #[test]
    fn what_is_deleted_is_no_longer_in_the_list() {
        assert!(row(AddressChange::Saving).is_listed());
        assert!(!row(AddressChange::Deleted).is_listed());
        assert!(!row(AddressChange::Over).is_listed());
    }

    #[test]
    fn what_is_on_its_way_is_left_alone() {
        assert!(row(AddressChange::None).is_at_rest());
        assert!(!row(AddressChange::Saving).is_at_rest());
        assert!(!row(AddressChange::Gone).is_at_rest());
    }

    #[test]
    fn an_address_is_described_by_what_there_is_of_it() {
        assert_eq!(row(AddressChange::None).description(), "Ada, London");
    }

    #[test]
    fn a_postal_code_is_found_without_its_space_too() {
        let searched = searched(row(AddressChange::None).values());
        assert!(searched.contains("SW1Y 4JH") && searched.contains("SW1Y4JH"));
    }
}
