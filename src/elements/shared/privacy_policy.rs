//! The link to the store's privacy policy.

use crate::i18n::{I18n, Message};
use crate::ui::{Link, Part};
use leptos::prelude::*;

/// A paragraph with the link to the privacy policy; nothing where the store has none, or none that is a web page.
#[component]
pub fn PrivacyPolicy(
    /// The words to put it in.
    i18n: I18n,
    /// Where the policy stands, as the store says.
    href: Option<String>,
) -> impl IntoView {
    href.filter(|href| is_web_link(href)).map(|href| {
        let text = i18n.text(Message::PRIVACY_POLICY);
        view! {
            <p class=Part::TEXT.class()>
                <Link href=href text=text />
            </p>
        }
    })
}

/// Whether a link as the store gives it leads to a web page: no `javascript:`, no `data:`.
fn is_web_link(href: &str) -> bool {
    let is_path = href.starts_with('/') && !href.starts_with("//");
    is_path || href.starts_with("https://") || href.starts_with("http://")
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::is_web_link;

    #[test]
    fn a_privacy_policy_is_a_web_page() {
        for link in ["/privacy", "https://shop.example/", "http://shop.example/"] {
            assert!(is_web_link(link), "{link}");
        }
        for link in ["javascript:alert(1)", "data:text/html,x", "//evil.example"] {
            assert!(!is_web_link(link), "{link}");
        }
    }
}
