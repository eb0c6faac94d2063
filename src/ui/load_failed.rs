//! What stands where something could not be loaded.

use super::Button;
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
        <div role="alert">
            <p>{title}</p>
            <p>{text}</p>
            <Button text=retry on_click=on_retry />
        </div>
    }
}
