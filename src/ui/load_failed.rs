//! What stands where something could not be loaded.

use super::appearance::Part;
use super::{Button, Text};
use leptos::prelude::*;

/// Says at once what could not be loaded and why, and offers to try again.
#[component]
pub fn LoadFailed(
    /// What could not be loaded.
    title: String,
    /// Why.
    text: String,
    /// On the button.
    retry: String,
    /// Hears that the button was pressed.
    on_retry: UnsyncCallback<()>,
) -> impl IntoView {
    view! {
        <div class=Part::NOTICE.class() role="alert">
            <Text text=title />
            <Text text=text />
            <Button text=retry on_click=on_retry />
        </div>
    }
}
