//! Who is signed in: one state for all elements of the page, kept alike in other tabs.

mod resource_view;

pub use resource_view::{Audience, Loaded, Loader, ResourceView};

use leptos::prelude::*;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// The channel on which the tabs of one shop tell each other of sign-ins and sign-outs.
const CHANNEL: &str = "storefront-account";

/// What is said there when a customer signed in; their id follows.
const SIGNED_IN: &str = "signed-in ";

/// What is said there when the customer signed out.
const SIGNED_OUT: &str = "signed-out";

/// Who the shopper is to the store, as far as this page knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthState {
    /// Nobody has asked the store yet.
    #[default]
    Unknown,
    /// A guest: nobody is signed in.
    Guest,
    /// The customer of this id.
    SignedIn(i32),
    /// The customer of this id was signed in, and the store no longer thinks so: the session ended
    /// under the shopper, who did not sign out.
    Expired(i32),
}

impl AuthState {
    /// The customer whose data the page may show.
    #[must_use]
    pub const fn customer_id(self) -> Option<i32> {
        match self {
            Self::Unknown | Self::Guest => None,
            Self::SignedIn(id) | Self::Expired(id) => Some(id),
        }
    }

    /// The customer who is signed in.
    #[must_use]
    pub const fn signed_in(self) -> Option<i32> {
        match self {
            Self::SignedIn(id) => Some(id),
            Self::Unknown | Self::Guest | Self::Expired(_) => None,
        }
    }

    /// The state once the store said that `customer` is signed in, or nobody. Whoever was, did not sign
    /// out.
    #[must_use]
    const fn observed(self, customer: Option<i32>) -> Self {
        match (customer, self) {
            (Some(id), _) => Self::SignedIn(id),
            (None, Self::Unknown | Self::Guest) => Self::Guest,
            (None, Self::SignedIn(id) | Self::Expired(id)) => Self::Expired(id),
        }
    }

    /// The message to the other tabs, or `None` if there is nothing to tell them.
    fn announced(self) -> Option<String> {
        match self {
            Self::SignedIn(id) => Some(format!("{SIGNED_IN}{id}")),
            Self::Guest => Some(SIGNED_OUT.to_owned()),
            Self::Unknown | Self::Expired(_) => None,
        }
    }

    /// What another tab said.
    fn read(message: &str) -> Option<Self> {
        match message.strip_prefix(SIGNED_IN) {
            Some(id) => id.parse().ok().map(Self::SignedIn),
            None => (message == SIGNED_OUT).then_some(Self::Guest),
        }
    }
}

/// What is to be done while the customer is still signed in.
pub type SignOutTask = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

/// The page's session. Cheap to copy; lives as long as one [`SessionHandle`] does.
#[derive(Clone, Copy)]
pub struct Session {
    auth: RwSignal<AuthState>,
    /// Goes up with every sign-in and sign-out: what the store said before it no longer holds.
    epoch: StoredValue<u32>,
    /// How many forms of the page hold something unsaved.
    unsaved: StoredValue<u32>,
    /// What is to be done before the session ends, by an id.
    sign_out_tasks: StoredValue<Vec<(u32, SignOutTask)>, LocalStorage>,
    /// `None` in a browser that has no such channel.
    channel: StoredValue<Option<BroadcastChannel>, LocalStorage>,
}

/// Holds the session of the page; it goes with the last of them.
#[derive(Clone)]
pub struct SessionHandle(Rc<Held>);

struct Held {
    session: Session,
    owner: Owner,
    _on_message: Option<Closure<dyn Fn(MessageEvent)>>,
}

thread_local! {
    static SHARED: RefCell<Weak<Held>> = const { RefCell::new(Weak::new()) };
}

impl SessionHandle {
    /// The session that all elements of this page share.
    #[must_use]
    pub fn shared() -> Self {
        SHARED.with_borrow_mut(|shared| {
            if let Some(held) = shared.upgrade() {
                return Self(held);
            }
            let held = Rc::new(Held::new());
            *shared = Rc::downgrade(&held);
            Self(held)
        })
    }

    /// The session itself.
    #[must_use]
    pub fn session(&self) -> Session {
        self.0.session
    }
}

impl Held {
    fn new() -> Self {
        // Of no element: it would take the session along when it goes.
        let owner = Owner::new_root(None);
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let session = owner.with(|| Session {
            auth: RwSignal::new(AuthState::Unknown),
            epoch: StoredValue::new(0),
            unsaved: StoredValue::new(0),
            sign_out_tasks: StoredValue::new_local(Vec::new()),
            channel: StoredValue::new_local(channel.clone()),
        });
        let on_message = channel.map(|channel| {
            let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                let message = event.data().as_string();
                if let Some(auth) = message.and_then(|text| AuthState::read(&text)) {
                    session.change(auth);
                }
            });
            channel.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
            on_message
        });
        Self {
            session,
            owner,
            _on_message: on_message,
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Some(channel) = self.session.channel.try_get_value().flatten() {
            channel.close();
        }
        self.owner.cleanup();
    }
}

impl Session {
    /// Who the shopper is; whatever reads it here is run again when it changes.
    #[must_use]
    pub fn auth(self) -> AuthState {
        self.auth.try_get().unwrap_or_default()
    }

    /// Who the shopper is.
    #[must_use]
    pub fn auth_untracked(self) -> AuthState {
        self.auth.try_get_untracked().unwrap_or_default()
    }

    fn set_auth(self, auth: AuthState) {
        if self.auth_untracked() != auth {
            self.auth.set(auth);
        }
    }

    /// The current epoch, which goes up when somebody signs in or out. Read it before you ask the store,
    /// and use the answer only if the epoch is still the same.
    #[must_use]
    pub fn epoch(self) -> u32 {
        self.epoch.try_get_value().unwrap_or_default()
    }

    /// Somebody signed in or out, here or in another tab.
    fn change(self, auth: AuthState) {
        self.epoch
            .update_value(|epoch| *epoch = epoch.wrapping_add(1));
        self.set_auth(auth);
    }

    fn announce(self, auth: AuthState) {
        let channel = self.channel.try_get_value().flatten();
        if let Some((channel, message)) = channel.zip(auth.announced()) {
            // Fails only for what cannot be copied, or when the channel is closed.
            let _ = channel.post_message(&message.into());
        }
    }

    /// Whether some form of the page holds something unsaved, which a sign-out would take away.
    #[must_use]
    pub fn has_unsaved(self) -> bool {
        self.unsaved.try_get_value().unwrap_or_default() > 0
    }

    /// A form of the page has come to hold something unsaved, or no longer does.
    fn note_unsaved(self, is_unsaved: bool) {
        self.unsaved.update_value(|count| {
            *count = if is_unsaved {
                count.saturating_add(1)
            } else {
                count.saturating_sub(1)
            };
        });
    }

    /// Counts a form as unsaved while `is_unsaved` is true, for as long as the owner
    /// that this is called under lives; and has the browser ask before it leaves the page (HTML,
    /// `beforeunload`).
    pub fn watch_unsaved(self, is_unsaved: impl Fn() -> bool + 'static) {
        let is_noted = StoredValue::new(false);
        Effect::new(move |_| {
            let is_unsaved = is_unsaved();
            if is_noted.try_get_value() == Some(!is_unsaved) {
                is_noted.set_value(is_unsaved);
                self.note_unsaved(is_unsaved);
            }
            if is_unsaved {
                let listener = window_event_listener(leptos::ev::beforeunload, |event| {
                    event.prevent_default()
                });
                on_cleanup(move || listener.remove());
            }
        });
        // Once the form is removed, its input is lost and there is nothing left to ask about.
        on_cleanup(move || {
            if is_noted.try_get_value() == Some(true) {
                self.note_unsaved(false);
            }
        });
    }

    /// Takes in what the store said of who is signed in.
    pub fn observe(self, customer: Option<i32>) {
        self.set_auth(self.auth_untracked().observed(customer));
    }

    /// The store says that nobody is signed in.
    pub fn expire(self) {
        self.observe(None);
    }

    /// A customer signed in here: every element hears of it, in every tab.
    pub fn begin(self, customer: i32) {
        let auth = AuthState::SignedIn(customer);
        self.announce(auth);
        self.change(auth);
    }

    /// The customer signed out here: every element hears of it, in every tab.
    pub fn end(self) {
        self.announce(AuthState::Guest);
        self.change(AuthState::Guest);
    }

    /// Runs `task` before the customer signs out here, for as long as the owner that this is called
    /// under lives.
    pub fn before_sign_out(self, task: SignOutTask) {
        let id = self.sign_out_tasks.try_update_value(|tasks| {
            let id = tasks.last().map_or(0, |(last, _)| last.wrapping_add(1));
            tasks.push((id, task));
            id
        });
        on_cleanup(move || {
            self.sign_out_tasks
                .update_value(|tasks| tasks.retain(|(other, _)| Some(*other) != id));
        });
    }

    /// Does what is to be done before the customer signs out.
    pub async fn run_sign_out_tasks(self) {
        let tasks = self.sign_out_tasks.try_get_value().unwrap_or_default();
        for (_, task) in tasks {
            task().await;
        }
    }

    /// Calls `happens` when another customer than the first, or none, is there.
    pub fn on_other_customer(self, happens: impl Fn() + 'static) {
        Effect::new(move |first: Option<Option<Option<i32>>>| {
            let first = first.flatten();
            let now = match self.auth() {
                AuthState::Unknown => return first,
                auth @ (AuthState::Guest | AuthState::SignedIn(_) | AuthState::Expired(_)) => {
                    auth.customer_id()
                }
            };
            if first.is_some_and(|first| first != now) {
                happens();
            }
            first.or(Some(now))
        });
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn a_customer_whom_the_store_forgets_has_an_expired_session_and_no_guests() {
        assert_eq!(AuthState::Unknown.observed(None), AuthState::Guest);
        assert_eq!(AuthState::Guest.observed(None), AuthState::Guest);
        assert_eq!(AuthState::SignedIn(7).observed(None), AuthState::Expired(7));
        assert_eq!(AuthState::Expired(7).observed(None), AuthState::Expired(7));
        assert_eq!(
            AuthState::Expired(7).observed(Some(8)),
            AuthState::SignedIn(8)
        );
    }

    #[test]
    fn the_data_of_an_expired_session_is_still_the_customers() {
        assert_eq!(AuthState::Expired(7).customer_id(), Some(7));
        assert_eq!(AuthState::Guest.customer_id(), None);
    }

    #[test]
    fn other_tabs_read_what_was_announced() {
        for auth in [AuthState::SignedIn(7), AuthState::Guest] {
            let message = auth.announced().unwrap_or_default();
            assert_eq!(AuthState::read(&message), Some(auth));
        }
        assert_eq!(AuthState::Expired(7).announced(), None);
        assert_eq!(AuthState::read("signed-in x"), None);
        assert_eq!(AuthState::read("hello"), None);
    }
}
