//! A view in the page.

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::HtmlElement;

/// A view in a page, until it is dropped: then its nodes, listeners and effects are gone.
pub struct MountedView {
    handle: Option<UnmountHandle<AnyViewState>>,
    owner: Option<Owner>,
}

impl MountedView {
    /// Appends what `view` makes to `stage`.
    pub fn new(stage: HtmlElement, view: impl FnOnce() -> AnyView + 'static) -> Self {
        let owner = Rc::new(RefCell::new(None));
        let found = owner.clone();
        let handle = mount_to(stage, move || {
            found.replace(Owner::current());
            view()
        });
        Self {
            handle: Some(handle),
            owner: owner.take(),
        }
    }
}

impl Drop for MountedView {
    fn drop(&mut self) {
        // The nodes go first: what they say while they go is still heard.
        self.handle.take();
        if let Some(owner) = &self.owner {
            owner.cleanup();
        }
    }
}
