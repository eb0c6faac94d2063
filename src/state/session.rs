//! Who is signed in: one state for all elements of the page, kept alike in other tabs.

use crate::watched::Watched;
use reactive_graph::owner::Owner;
use reactive_graph::owner::on_cleanup;
use send_wrapper::SendWrapper;
use std::cell::{Cell, RefCell};
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
    /// A guest, who is nowhere stored.
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
    pub const fn customer(self) -> Option<i32> {
        match self {
            Self::Unknown | Self::Guest => None,
            Self::SignedIn(id) | Self::Expired(id) => Some(id),
        }
    }
}

/// The page's session. Clones are the same one.
#[derive(Clone)]
pub struct Session(Rc<Inner>);

struct Inner {
    owner: Owner,
    standing: Watched<AuthState>,
    /// Goes up with every sign-in and sign-out: what the store said before it no longer holds.
    epoch: Rc<Cell<u32>>,
    /// How many forms of the page hold something unsaved.
    unsaved: Cell<u32>,
    /// What is to be done before the session ends, by a number of its own.
    last_things: RefCell<Vec<(u32, LastThing)>>,
    /// `None` in a browser that has no such channel.
    channel: Option<BroadcastChannel>,
    _heard: Option<Closure<dyn Fn(MessageEvent)>>,
}

/// What is to be done while the customer is still signed in.
type LastThing = Rc<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

thread_local! {
    /// The session of the elements there are; it goes with the last of them.
    static SHARED: RefCell<Weak<Inner>> = const { RefCell::new(Weak::new()) };
}

impl Session {
    /// The session that all elements of this page share. To be called outside of any element's
    /// owner, which would take it along when it goes.
    #[must_use]
    pub fn shared() -> Self {
        SHARED.with_borrow_mut(|shared| {
            if let Some(inner) = shared.upgrade() {
                return Self(inner);
            }
            let inner = Rc::new(Inner::new());
            *shared = Rc::downgrade(&inner);
            Self(inner)
        })
    }

    /// Who the shopper is; whatever reads it here is run again when it changes.
    #[must_use]
    pub fn standing(&self) -> AuthState {
        self.0.standing.get()
    }

    /// Who the shopper is.
    #[must_use]
    pub fn standing_untracked(&self) -> AuthState {
        self.0.standing.get_untracked()
    }

    /// The number of the present epoch: it goes up when somebody signs in or out. Who asks the store
    /// notes it before, and believes the answer only if it is still the same.
    #[must_use]
    pub fn epoch(&self) -> u32 {
        self.0.epoch.get()
    }

    /// Whether some form of the page holds something unsaved, which a sign-out would take away.
    #[must_use]
    pub fn has_unsaved(&self) -> bool {
        self.0.unsaved.get() > 0
    }

    /// A form of the page has come to hold something unsaved, or no longer does.
    pub fn note_unsaved(&self, is_unsaved: bool) {
        let count = self.0.unsaved.get();
        self.0.unsaved.set(if is_unsaved {
            count.saturating_add(1)
        } else {
            count.saturating_sub(1)
        });
    }

    /// Takes in what the store said of who is signed in.
    pub fn observe(&self, customer: Option<i32>) {
        match customer {
            Some(id) => set(self.0.standing, AuthState::SignedIn(id)),
            None => self.expire(),
        }
    }

    /// The store says that nobody is signed in. Whoever was, did not sign out.
    pub fn expire(&self) {
        let standing = match self.standing_untracked() {
            AuthState::Unknown | AuthState::Guest => AuthState::Guest,
            AuthState::SignedIn(id) | AuthState::Expired(id) => AuthState::Expired(id),
        };
        set(self.0.standing, standing);
    }

    /// A customer signed in here: every element hears of it, in every tab.
    pub fn begin(&self, customer: i32) {
        self.tell(&format!("{SIGNED_IN}{customer}"));
        raise(&self.0.epoch);
        set(self.0.standing, AuthState::SignedIn(customer));
    }

    /// Has `thing` done before the customer signs out here, for as long as the owner it is called under
    /// lives.
    pub(super) fn before_end(&self, thing: LastThing) {
        let mut things = self.0.last_things.borrow_mut();
        let number = things.last().map_or(0, |(last, _)| last.wrapping_add(1));
        things.push((number, thing));
        let session = SendWrapper::new(self.clone());
        on_cleanup(move || {
            let mut things = session.0.last_things.borrow_mut();
            things.retain(|(other, _)| *other != number);
        });
    }

    /// Does what is to be done before the customer signs out.
    pub async fn prepare_to_end(&self) {
        let things = self.0.last_things.borrow().clone();
        for (_, thing) in things {
            thing().await;
        }
    }

    /// The customer signed out here: every element hears of it, in every tab.
    pub fn end(&self) {
        self.tell(SIGNED_OUT);
        raise(&self.0.epoch);
        set(self.0.standing, AuthState::Guest);
    }

    fn tell(&self, message: &str) {
        if let Some(channel) = &self.0.channel {
            // Fails only for what cannot be copied, or when the channel is closed.
            let _ = channel.post_message(&message.into());
        }
    }
}

impl Inner {
    fn new() -> Self {
        let owner = Owner::new();
        let standing = owner.with(|| Watched::new(AuthState::Unknown));
        let channel = BroadcastChannel::new(CHANNEL).ok();
        let epoch = Rc::new(Cell::new(0));
        let heard = channel.as_ref().map(|channel| {
            let epoch = epoch.clone();
            let heard = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
                if let Some(told) = event.data().as_string().and_then(|text| read(&text)) {
                    raise(&epoch);
                    set(standing, told);
                }
            });
            channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
            heard
        });
        Self {
            owner,
            standing,
            epoch,
            unsaved: Cell::new(0),
            last_things: RefCell::default(),
            channel,
            _heard: heard,
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
        self.owner.cleanup();
    }
}

/// What another tab said.
fn read(message: &str) -> Option<AuthState> {
    match message.strip_prefix(SIGNED_IN) {
        Some(id) => id.parse().ok().map(AuthState::SignedIn),
        None => (message == SIGNED_OUT).then_some(AuthState::Guest),
    }
}

fn raise(epoch: &Cell<u32>) {
    epoch.set(epoch.get().wrapping_add(1));
}

fn set(standing: Watched<AuthState>, now: AuthState) {
    if standing.get_untracked() != now {
        standing.set(now);
    }
}
