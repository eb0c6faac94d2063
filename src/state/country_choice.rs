//! The country of an address under way: its states, what it requirements, and what choosing another does
//! to what was typed.

use crate::api::{Api, Country};
use crate::watched::Watched;
use js_sys::RegExp;
use storefront_rules::address::AddressRequirements;
use storefront_rules::validate::{State, find_state};
use storefront_rules::{AddressFormat, BuiltIn, Context, Part, PasswordRules};
use wasm_bindgen_futures::spawn_local;

/// What was taken out of the form because the country changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Which field it was the answer to.
    pub field: BuiltIn,
    /// The answer.
    pub text: String,
}

/// The states of the countries that were asked about so far.
pub(crate) type KnownStates = Watched<Vec<(String, Vec<State>)>>;

/// The country chosen in an address form. Cheap to copy; lives as long as the form.
#[derive(Clone, Copy)]
pub struct CountryChoice {
    api: Watched<Option<Api>>,
    known_states: KnownStates,
    code: Watched<String>,
    states: Watched<Option<Vec<State>>>,
    state_text: Watched<String>,
    removed: Watched<Vec<Removed>>,
}

impl CountryChoice {
    /// A form that begins with the country `code`, if it is one of the store's `countries`, and with
    /// `state` as the state. Its list of states is asked for unless it is among the `known` ones.
    #[must_use]
    pub(crate) fn new(
        api: &Api,
        countries: &[Country],
        code: Option<String>,
        state: String,
        known: KnownStates,
    ) -> Self {
        let is_known = |code: &String| countries.iter().any(|c| c.code == *code);
        let choice = Self {
            api: Watched::new(Some(api.clone())),
            known_states: known,
            code: Watched::new(code.filter(is_known).unwrap_or_default()),
            states: Watched::new(None),
            state_text: Watched::new(String::new()),
            removed: Watched::new(Vec::new()),
        };
        choice.take_states(state, false);
        choice
    }

    /// The chosen country's code, or nothing.
    #[must_use]
    pub fn code(self) -> String {
        self.code.get()
    }

    /// The chosen country's code, or nothing, for what is made once.
    #[must_use]
    pub fn code_untracked(self) -> String {
        self.code.get_untracked()
    }

    /// The states to choose from; `None` while they are not known, empty where the state is text.
    #[must_use]
    pub fn states(self) -> Option<Vec<State>> {
        self.states.get()
    }

    /// What the state control starts with when it is made anew.
    #[must_use]
    pub fn state_text(self) -> String {
        self.state_text.get_untracked()
    }

    /// What the last change of country took out, for a notice.
    #[must_use]
    pub fn removed(self) -> Vec<Removed> {
        self.removed.get()
    }

    /// What the chosen country requirements of the address.
    #[must_use]
    pub fn requirements(self) -> AddressRequirements {
        let has_states = self
            .states
            .with(|s| s.as_ref().is_some_and(|s| !s.is_empty()));
        AddressRequirements::new(self.code.with(|code| AddressFormat::of(code)), has_states)
    }

    /// The shopper chose another country, while `state` and `postal_code` stood in their fields.
    /// What is still valid there stays; what is not goes, and [`Self::removed`] says so.
    pub fn change(self, code: String, state: String, postal_code: &str) {
        let came_from_list = self
            .states
            .with_untracked(|s| s.as_ref().is_some_and(|s| !s.is_empty()));
        let layout = AddressFormat::of(&code);
        let mut removed = Vec::new();
        if !layout.uses(Part::PostalCode) && !postal_code.is_empty() {
            removed.push(Removed {
                field: BuiltIn::Zip,
                text: postal_code.to_owned(),
            });
        }
        self.removed.set(removed);
        self.code.set(code);
        self.take_states(state, came_from_list);
    }

    /// Takes the states of the chosen country from what is known, or asks for them.
    fn take_states(self, state: String, came_from_list: bool) {
        let code = self.code.get_untracked();
        let known = self.known_states.with_untracked(|known| {
            let found = known.iter().find(|(of, _)| *of == code);
            found.map(|(_, states)| states.clone())
        });
        match known {
            Some(states) => self.set_states(states, state, came_from_list),
            None if code.is_empty() => self.set_states(Vec::new(), state, false),
            None => {
                self.state_text.set(state);
                self.states.set(None);
                self.fetch_states(code, came_from_list);
            }
        }
    }

    fn fetch_states(self, code: String, came_from_list: bool) {
        let Some(api) = self.api.get_untracked() else {
            return;
        };
        spawn_local(async move {
            // Without the list the state stays a text, and the store judges it.
            let Ok(states) = api.states(&code).await else {
                return;
            };
            let is_current = self.code.with_untracked(|country| *country == code);
            self.known_states
                .update(|known| known.push((code, states.clone())));
            if is_current {
                self.set_states(states, self.state_text.get_untracked(), came_from_list);
            }
        });
    }

    /// Notes what is typed as a state while the list is on its way.
    pub fn set_state_text(self, text: String) {
        self.state_text.set(text);
    }

    fn set_states(self, states: Vec<State>, text: String, came_from_list: bool) {
        let layout = self.code.with_untracked(|code| AddressFormat::of(code));
        let kept = match find_state(&states, &text) {
            Some(state) => Some(state.name.clone()),
            None if states.is_empty() && layout.uses(Part::State) && !came_from_list => {
                Some(text.clone())
            }
            None => None,
        };
        if kept.is_none() && !text.is_empty() {
            self.removed.update(|removed| {
                removed.push(Removed {
                    field: BuiltIn::State,
                    text,
                });
            });
        }
        self.state_text.set(kept.unwrap_or_default());
        self.states.set(Some(states));
    }

    /// What answers are judged by under this country, for `judge`.
    pub fn context<T>(self, passwords: &PasswordRules, judge: impl FnOnce(&Context<'_>) -> T) -> T {
        let code = self.code.get_untracked();
        let states = self.states.get_untracked().unwrap_or_default();
        let requirements = AddressRequirements::new(AddressFormat::of(&code), !states.is_empty());
        judge(&Context {
            passwords,
            country: (!code.is_empty()).then_some(&*code),
            requirements: &requirements,
            states: &states,
            matches: &matches_whole,
        })
    }
}

/// Whether the whole of `text` matches `pattern`, by the browser's own `RegExp`.
fn matches_whole(pattern: &str, text: &str) -> bool {
    RegExp::new(&format!("^(?:{pattern})$"), "").test(text)
}
