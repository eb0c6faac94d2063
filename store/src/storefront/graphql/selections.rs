//! What is selected of an object. Where directives and fragments of other types leave nothing of it, the
//! library answers null, as if the object were not there: a customer who is signed in would be a guest. So a
//! field that stays is selected besides, and taken out of the answer again.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, Field, Selection, SelectionSet,
};
use async_graphql::{Name, Pos, Positioned, Value};

/// What the field that stays is called in an answer; names of documents may not begin like that.
const STAYS: &str = "__stays";

/// Has every selection of which all may be left out select a field more.
pub(super) fn keep_objects(document: &mut ExecutableDocument) {
    match &mut document.operations {
        DocumentOperations::Single(operation) => keep(&mut operation.node.selection_set.node),
        DocumentOperations::Multiple(operations) => {
            for operation in operations.values_mut() {
                keep(&mut operation.node.selection_set.node);
            }
        }
    }
    for fragment in document.fragments.values_mut() {
        keep_inside(&mut fragment.node.selection_set.node);
    }
}

/// A value as the document asked for it.
pub(super) fn without_kept(mut value: Value) -> Value {
    if let Value::Object(fields) = &mut value {
        fields.shift_remove(STAYS);
    }
    value
}

fn keep(selected: &mut SelectionSet) {
    keep_inside(selected);
    let items = &mut selected.items;
    if !items.is_empty() && items.iter().all(|item| may_be_left_out(&item.node)) {
        items.push(at_start(Selection::Field(at_start(Field {
            alias: Some(at_start(Name::new(STAYS))),
            name: at_start(Name::new("__typename")),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set: at_start(SelectionSet::default()),
        }))));
    }
}

fn keep_inside(selected: &mut SelectionSet) {
    for item in &mut selected.items {
        match &mut item.node {
            Selection::Field(field) => keep(&mut field.node.selection_set.node),
            Selection::InlineFragment(fragment) => {
                keep_inside(&mut fragment.node.selection_set.node);
            }
            Selection::FragmentSpread(_) => {}
        }
    }
}

fn may_be_left_out(selection: &Selection) -> bool {
    match selection {
        Selection::Field(field) => !field.node.directives.is_empty(),
        Selection::InlineFragment(_) | Selection::FragmentSpread(_) => true,
    }
}

fn at_start<T>(node: T) -> Positioned<T> {
    Positioned::new(node, Pos::default())
}
