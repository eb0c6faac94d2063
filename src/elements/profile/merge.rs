//! What the store has now, held against what the shopper typed: the platform has no way to say "only if
//! nothing changed meanwhile".

use crate::forms::{FieldValues, field_values, normalized};
use storefront_rules::{FieldId, FieldMap, Values};

/// A value that was changed here and, meanwhile, elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The field.
    pub field: FieldId,
    /// What stands in the form.
    pub mine: FieldValues,
    /// What the store has now.
    pub theirs: FieldValues,
}

/// What came of the comparison.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Merge {
    /// Values to be decided about.
    pub(super) conflicts: Vec<Conflict>,
    /// Values that were changed elsewhere alone, and go into the form.
    pub(super) revisions: Vec<(FieldId, FieldValues)>,
}

/// Compares, for each of `fields`, what the store had `before` and has now (`theirs`) with what is
/// typed (`mine`).
#[must_use]
pub(super) fn merge(
    fields: impl IntoIterator<Item = FieldId>,
    before: &FieldMap<FieldValues>,
    mine: &FieldMap<FieldValues>,
    theirs: &FieldMap<FieldValues>,
) -> Merge {
    let mut merge = Merge::default();
    for field in fields {
        let of = |values: &FieldMap<FieldValues>| values.get(&field).cloned().unwrap_or_default();
        let (before, mine, theirs) = (of(before), of(mine), of(theirs));
        if theirs == before || theirs == mine {
            continue;
        }
        if mine == before {
            merge.revisions.push((field, theirs));
        } else {
            merge.conflicts.push(Conflict {
                field,
                mine,
                theirs,
            });
        }
    }
    merge
}

/// The values of each field, as they are compared.
#[must_use]
pub(super) fn values_by_field(values: &Values) -> FieldMap<FieldValues> {
    values
        .iter()
        .map(|(id, value)| (*id, normalized(field_values(value))))
        .filter(|(_, values)| !values.is_empty())
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    const NAME: FieldId = FieldId(4);

    fn values(text: &str) -> FieldMap<FieldValues> {
        FieldMap::from([(NAME, vec![text.to_owned()])])
    }

    fn compare(before: &str, mine: &str, theirs: &str) -> Merge {
        merge([NAME], &values(before), &values(mine), &values(theirs))
    }

    #[test]
    fn what_was_changed_here_alone_is_sent_as_it_is() {
        assert_eq!(compare("Ada", "Augusta", "Ada"), Merge::default());
    }

    #[test]
    fn what_was_changed_elsewhere_alone_goes_into_the_form() {
        let revision = (NAME, vec!["Augusta".to_owned()]);
        assert_eq!(compare("Ada", "Ada", "Augusta").revisions, [revision]);
    }

    #[test]
    fn what_was_changed_on_both_sides_is_decided_by_the_shopper() {
        let conflict = Conflict {
            field: NAME,
            mine: vec!["Augusta".to_owned()],
            theirs: vec!["Adelaide".to_owned()],
        };
        assert_eq!(compare("Ada", "Augusta", "Adelaide").conflicts, [conflict]);
    }

    #[test]
    fn the_same_change_on_both_sides_is_no_conflict() {
        assert_eq!(compare("Ada", "Augusta", "Augusta"), Merge::default());
    }

    #[test]
    fn a_value_that_is_gone_elsewhere_is_a_change() {
        let gone = merge([NAME], &values("Ada"), &values("Ada"), &FieldMap::default());
        assert_eq!(gone.revisions, [(NAME, Vec::new())]);
    }
}
