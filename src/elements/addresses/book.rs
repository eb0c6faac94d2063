//! The address book of a customer: its parts, and how they depend on each other.

use super::catalogue::Facets;
use super::changes::Changes;
use super::context::BookContext;
use super::deletions::Deletions;
use super::editor::Editor;
use super::list::List;
use super::paging::Paging;
use super::rows::Rows;
use super::selection::Selection;
use crate::api;
use crate::elements::shared::ElementContext;
use leptos::prelude::*;

/// A book of so many addresses is known, and in the document, as a whole.
pub const SMALL: usize = 100;

/// The address book of a customer. Cheap to copy; lives as long as the element.
#[derive(Clone, Copy)]
pub struct AddressBookState {
    /// The customer, the definitions, and what is said.
    pub context: BookContext,
    /// The addresses that are known.
    pub rows: Rows,
    /// How much of the book is known.
    pub paging: Paging,
    /// What of it is shown.
    pub list: List,
    /// What of it is selected.
    pub selection: Selection,
    /// The form for one address.
    pub editor: Editor,
    /// What is on its way out of the store.
    pub deletions: Deletions,
    /// What is on its way to the store.
    pub changes: Changes,
}

impl AddressBookState {
    /// The book of the customer of this id, as the store has it.
    #[must_use]
    pub fn new(element: ElementContext, customer: i32, mut found: api::AddressBook) -> Self {
        let country = element.config().country.clone().unwrap_or_default();
        let states = found.states.take().map(|states| (country, states));
        let first = std::mem::take(&mut found.first);
        let total = first.total as usize;
        let context = BookContext::new(element, customer, found);
        let rows = Rows::new(context);
        let paging = Paging::new(context, rows);
        let list = List::new(context, rows, paging);
        let selection = Selection::new(list, rows);
        let known_states = RwSignal::new(states.into_iter().collect());
        let editor = Editor::new(context, rows, known_states);
        let deletions = Deletions::new(context, rows, paging, list, selection);
        let changes = Changes {
            book: context,
            rows,
            paging,
            list,
            editor,
            deletions,
        };
        paging.take_in(first);
        if context.is_slice() || total <= SMALL {
            paging.load_all();
        }
        Self {
            context,
            rows,
            paging,
            list,
            selection,
            editor,
            deletions,
            changes,
        }
    }

    /// What there is to choose among.
    pub(super) fn facets(self) -> Facets {
        self.list.facets()
    }

    /// Whether something here is not in the store, and lost when the page is left.
    #[must_use]
    pub fn is_unsaved(self) -> bool {
        self.rows.has_drafts() || self.editor.is_dirty() || self.deletions.is_too_much_to_leave()
    }

    /// Whether something waits for the customer to sign in again.
    #[must_use]
    pub fn is_interrupted(self) -> bool {
        self.paging.is_stopped() || self.rows.is_interrupted()
    }

    /// Whether something waits for the customer to sign in again, and they have.
    #[must_use]
    pub fn may_resume(self) -> bool {
        self.is_interrupted() && self.context.is_signed_in()
    }
}
