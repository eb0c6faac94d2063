//! Content that is made anew.

use super::id::instance;
use leptos::prelude::*;
use leptos::tachys::view::keyed::keyed;

/// Rebuilds what `content` returns each time it changes. Leptos would patch the nodes that
/// are there, which goes wrong where types are erased: controls would keep what was typed, and an attribute
/// could stay on a node that it was not for. Boxed, so that all such content is of one type.
pub fn remade(content: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    let mut content: Box<dyn FnMut() -> Option<AnyView> + Send> = Box::new(content);
    let current = move || {
        let view = content().map(|view| (instance(), view));
        keyed(view, |(key, _)| *key, |_, (_, view)| (|_: usize| (), view))
    };
    current.into_any()
}
