//! One address of the book: what the store has, what the shopper wants, and what became of it.

use crate::api::{AddressType, ApiError, UserErrors};
use storefront_rules::address::AddressRequirements;
use storefront_rules::{AddressFormat, BuiltIn, Field, Part, Value, Values};

/// The number of an address on this page: it stays the same for as long as the page is open, also
/// while the store has no number for it yet.
pub type Key = usize;

/// An address of the book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// The store's number for it; `None` before it has one.
    pub id: Option<i32>,
    /// What stands there, where the store tells.
    pub kind: Option<AddressType>,
    /// What the store has of it; nothing before it has it.
    pub kept: Values,
    /// What the shopper wants it to be, until the store has that.
    pub draft: Option<Values>,
    /// What became of the last change.
    pub change: Change,
    /// Whether it came into the list by something the shopper did on this page: then it stands first.
    pub is_first: bool,
    /// Whether it is the answer to an attempt to add it again.
    pub is_known: bool,
    /// Whether it lacks an answer that the store asks for by now; kept, as to find out takes a look
    /// at its country's layout.
    pub(super) is_incomplete: bool,
    /// The number of the book's newest address when this one was first sent to be added: what is newer
    /// is this one.
    pub(super) newest_before: Option<Option<i32>>,
    /// Its place in the store's list, where the store gave it.
    pub(super) cursor: Option<String>,
}

/// What became of the last change of an address.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Change {
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
            None => &self.kept,
        }
    }

    /// Whether it is in the list.
    #[must_use]
    pub const fn is_listed(&self) -> bool {
        match self.change {
            Change::Deleted | Change::Over => false,
            Change::None
            | Change::Saving
            | Change::NotSaved(_)
            | Change::Conflict(_)
            | Change::Gone
            | Change::NotDeleted(_)
            | Change::NotDeletedAsChanged => true,
        }
    }

    /// Whether the shopper may edit, delete or select it now.
    #[must_use]
    pub const fn is_at_rest(&self) -> bool {
        match self.change {
            Change::None | Change::NotDeleted(_) | Change::NotDeletedAsChanged => true,
            Change::Saving
            | Change::NotSaved(_)
            | Change::Conflict(_)
            | Change::Gone
            | Change::Deleted
            | Change::Over => false,
        }
    }

    /// The answer to a built-in field; empty where there is none.
    #[must_use]
    pub fn text(&self, field: BuiltIn) -> &str {
        text(self.values(), field)
    }

    /// The name of whoever is there.
    #[must_use]
    pub fn name(&self) -> String {
        name(self.values())
    }

    /// The fields of `fields` that must be answered in the address's country by now and are not.
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
    let text = |field| text(values, field).to_owned();
    let layout = AddressFormat::of(&text(BuiltIn::Country));
    layout.lines(language, |part| match part {
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
        all.push_str(text(values, field));
    }
    all.push('\n');
    let code = text(values, BuiltIn::Zip).chars();
    all.extend(code.filter(char::is_ascii_alphanumeric));
    all
}

fn name(values: &Values) -> String {
    let (first, last) = (
        text(values, BuiltIn::FirstName),
        text(values, BuiltIn::LastName),
    );
    let name = [first, " ", last].concat();
    name.trim().to_owned()
}

fn text(values: &Values, field: BuiltIn) -> &str {
    match values.get(&field.id()) {
        Some(Value::Text(text)) => text,
        Some(_) | None => "",
    }
}
