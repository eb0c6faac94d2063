//! A form that is filled in one step after the other.

use leptos::prelude::*;
use storefront_rules::FieldId;

/// The steps of a form. All its controls are in the page, those of other steps out of sight: what was typed stays,
/// and password managers find what they look for. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Steps {
    /// The fields of each step.
    fields: StoredValue<Vec<Vec<FieldId>>>,
    current: RwSignal<usize>,
    /// Whether the shopper has gone from one step to another.
    has_moved: StoredValue<bool>,
}

impl Steps {
    /// Steps with these fields each.
    pub(super) fn new(fields: Vec<Vec<FieldId>>) -> Self {
        Self {
            fields: StoredValue::new(fields),
            current: RwSignal::new(0),
            has_moved: StoredValue::new(false),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(self) -> usize {
        self.fields.try_with_value(Vec::len).unwrap_or_default()
    }

    /// The step that is shown, counted from 0.
    #[must_use]
    pub fn current(self) -> usize {
        self.current.try_get().unwrap_or_default()
    }

    /// Whether the first step is shown.
    #[must_use]
    pub fn is_first(self) -> bool {
        self.current() == 0
    }

    /// Whether the last step is shown, from which the form is sent.
    #[must_use]
    pub fn is_last(self) -> bool {
        self.current() + 1 >= self.count()
    }

    /// Whether the shopper has gone from one step to another: then the title of the step takes the focus.
    #[must_use]
    pub fn has_moved(self) -> bool {
        self.has_moved.try_get_value().unwrap_or_default()
    }

    /// Shows the step before.
    pub fn back(self) {
        let current = self.current.try_get_untracked().unwrap_or_default();
        self.go(current.saturating_sub(1));
    }

    /// Shows the next step if the fields of this one pass.
    pub(super) fn go_on(self, passes: impl FnOnce(&[FieldId]) -> bool) {
        let current = self.current.try_get_untracked().unwrap_or_default();
        let fields = self
            .fields
            .try_with_value(|steps| steps.get(current).cloned());
        if passes(&fields.flatten().unwrap_or_default()) {
            self.go(current + 1);
        }
    }

    /// Shows the step with this field; whether another was shown. The focus stays where it is.
    pub(super) fn reveal(self, field: FieldId) -> bool {
        let with_it = self
            .fields
            .try_with_value(|steps| steps.iter().position(|fields| fields.contains(&field)));
        let current = self.current.try_get_untracked();
        let step = with_it.flatten().filter(|step| Some(*step) != current);
        if let Some(step) = step {
            self.has_moved.set_value(false);
            self.current.set(step);
        }
        step.is_some()
    }

    fn go(self, step: usize) {
        self.has_moved.set_value(true);
        self.current.set(step);
    }
}
