//! Content that is made anew.

use super::id::instance;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

/// `view` in the place of the one before it, in a part of a view that changes. Leptos puts what differs
/// into the nodes that are there where both are of one type: controls would keep what was typed.
pub fn remade(view: AnyView) -> impl IntoView {
    keyed(
        [(instance(), view)],
        |(key, _)| *key,
        |_, (_, view)| (|_: usize| (), view),
    )
}
