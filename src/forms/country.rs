//! The country of an address under way: its states, what it requires, and what choosing another does
//! to what was typed.

use crate::api::{Api, Country};
use js_sys::{JsString, RegExp};
use leptos::prelude::*;
use leptos::task::spawn_local;
use storefront_rules::address::AddressRequirements;
use storefront_rules::validate::{State, find_state};
use storefront_rules::{AddressFormat, BuiltIn, Context, Part, PasswordRules};

/// What was taken out of the form because the country changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removed {
    /// Which field it was the answer to.
    pub field: BuiltIn,
    /// The answer.
    pub text: String,
}

/// The states of the countries that were asked about so far.
pub type KnownStates = RwSignal<Vec<(String, Vec<State>)>>;

/// The country chosen in an address form. Cheap to copy; lives as long as the form.
#[derive(Clone, Copy)]
pub struct CountryChoice {
    api: StoredValue<Option<Api>, LocalStorage>,
    known_states: KnownStates,
    /// The codes of the store's countries.
    codes: StoredValue<Vec<String>>,
    code: RwSignal<String>,
    states: RwSignal<Option<Vec<State>>>,
    requirements: Memo<AddressRequirements>,
    state_text: StoredValue<String>,
    removed: RwSignal<Vec<Removed>>,
}

impl CountryChoice {
    /// A form that begins with the country `code`, if it is one of the store's `countries`, and with
    /// `state` as the state. Its list of states is asked for unless it is among the `known` ones.
    #[must_use]
    pub fn new(
        api: Option<Api>,
        countries: &[Country],
        code: Option<String>,
        state: String,
        known: KnownStates,
    ) -> Self {
        let is_known = |code: &String| countries.iter().any(|c| c.code == *code);
        let code = RwSignal::new(code.filter(is_known).unwrap_or_default());
        let states = RwSignal::new(None::<Vec<State>>);
        let choice = Self {
            api: StoredValue::new_local(api),
            known_states: known,
            codes: StoredValue::new(countries.iter().map(|c| c.code.clone()).collect()),
            code,
            states,
            // A look at the table of formats for each label would be hundreds.
            requirements: Memo::new(move |_| {
                let has_states = states.with(|s| s.as_ref().is_some_and(|s| !s.is_empty()));
                AddressRequirements::new(code.with(|code| AddressFormat::of(code)), has_states)
            }),
            state_text: StoredValue::new(String::new()),
            removed: RwSignal::new(Vec::new()),
        };
        choice.take_states(state, false);
        choice
    }

    /// The chosen country's code, or nothing.
    #[must_use]
    pub fn code(self) -> String {
        self.code.try_get().unwrap_or_default()
    }

    /// The chosen country's code, or nothing, for what is made once.
    #[must_use]
    pub fn code_untracked(self) -> String {
        self.code.try_get_untracked().unwrap_or_default()
    }

    /// The states to choose from; `None` while they are not known, empty where the state is text.
    #[must_use]
    pub fn states(self) -> Option<Vec<State>> {
        self.states.try_get().flatten()
    }

    /// What the state control starts with when it is made anew.
    #[must_use]
    pub fn state_text(self) -> String {
        self.state_text.try_get_value().unwrap_or_default()
    }

    /// What the last change of country took out, for a notice.
    #[must_use]
    pub fn removed(self) -> Vec<Removed> {
        self.removed.try_get().unwrap_or_default()
    }

    /// What the chosen country requires of the address.
    #[must_use]
    pub fn requirements(self) -> AddressRequirements {
        let requirements = self.requirements.try_get();
        requirements.unwrap_or(AddressRequirements::NO_ADDRESS)
    }

    /// The shopper chose another country, while `state` and `postal_code` stood in their fields.
    /// What is still valid there stays; what is not goes, and [`Self::removed`] says so.
    pub fn change(self, code: String, state: String, postal_code: &str) {
        let came_from_list = self.has_states();
        let format = AddressFormat::of(&code);
        let mut removed = Vec::new();
        if !format.uses(Part::PostalCode) && !postal_code.is_empty() {
            removed.push(Removed {
                field: BuiltIn::Zip,
                text: postal_code.to_owned(),
            });
        }
        self.removed.set(removed);
        self.code.set(code);
        self.take_states(state, came_from_list);
    }

    /// Whether the store has the country `code`.
    #[must_use]
    pub fn is_known(self, code: &String) -> bool {
        self.codes.try_with_value(|codes| codes.contains(code)) == Some(true)
    }

    /// The address is another one, in the country `code` and in `state`.
    pub fn fill_in(self, code: String, state: String) {
        self.removed.set(Vec::new());
        if self.code_untracked() != code {
            self.code.set(code);
        }
        self.take_states(state, false);
    }

    /// Whether the store lists states for the chosen country, as far as is known.
    fn has_states(self) -> bool {
        let has = |states: &Option<Vec<State>>| states.as_ref().is_some_and(|s| !s.is_empty());
        self.states.try_with_untracked(has).unwrap_or_default()
    }

    /// Takes the states of the chosen country from what is known, or asks for them.
    fn take_states(self, state: String, came_from_list: bool) {
        let code = self.code_untracked();
        let known = self.known_states.try_with_untracked(|known| {
            let found = known.iter().find(|(of, _)| *of == code);
            found.map(|(_, states)| states.clone())
        });
        match known.flatten() {
            Some(states) => self.set_states(states, state, came_from_list),
            None if code.is_empty() => self.set_states(Vec::new(), state, false),
            None => {
                self.state_text.set_value(state);
                self.states.set(None);
                self.fetch_states(code, came_from_list);
            }
        }
    }

    fn fetch_states(self, code: String, came_from_list: bool) {
        let Some(api) = self.api.try_get_value().flatten() else {
            return;
        };
        spawn_local(async move {
            // Without the list the state stays a text, and the store validates it.
            let Ok(states) = api.states(&code).await else {
                return;
            };
            let is_current = self.code.try_get_untracked().as_ref() == Some(&code);
            self.known_states
                .update(|known| known.push((code, states.clone())));
            if is_current {
                self.set_states(states, self.state_text(), came_from_list);
            }
        });
    }

    /// Notes what is typed as a state while the list is on its way.
    pub fn set_state_text(self, text: String) {
        self.state_text.set_value(text);
    }

    fn set_states(self, states: Vec<State>, text: String, came_from_list: bool) {
        let format = AddressFormat::of(&self.code_untracked());
        let kept = match find_state(&states, &text, &decompose) {
            Some(state) => Some(state.name.clone()),
            None if states.is_empty() && format.uses(Part::State) && !came_from_list => {
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
        self.state_text.set_value(kept.unwrap_or_default());
        self.states.set(Some(states));
    }

    /// What values are validated against under this country, for `check`.
    pub fn context<T>(self, passwords: &PasswordRules, check: impl FnOnce(&Context<'_>) -> T) -> T {
        let code = self.code_untracked();
        let states = self
            .states
            .try_get_untracked()
            .flatten()
            .unwrap_or_default();
        let requirements = AddressRequirements::new(AddressFormat::of(&code), !states.is_empty());
        check(&Context {
            passwords,
            country: (!code.is_empty()).then_some(&*code),
            requirements: &requirements,
            states: &states,
            matches: &matches_whole,
            decompose: &decompose,
        })
    }
}

/// Whether the whole of `text` matches `pattern`, by the browser's own `RegExp`.
#[must_use]
pub fn matches_whole(pattern: &str, text: &str) -> bool {
    RegExp::new(&format!("^(?:{pattern})$"), "").test(text)
}

/// `text` in lower case with its letters and their marks apart, by the browser.
#[must_use]
pub fn decompose(text: &str) -> String {
    let apart = JsString::from(text).normalize("NFKD");
    apart.to_lower_case().into()
}
