//! The fields of an address: which there are and in which order, the country decides.

use super::dom::{self, control};
use super::element::{Element, effect, element, styled};
use super::field::{Asked, field_view, input, labelled, select};
use super::form::quiet_button;
use crate::api::Country;
use crate::i18n::{I18n, Message};
use crate::state::{CountryChoice, FieldValues, FormState, Section, Target};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::{AddressFormat, BuiltIn, Field, FieldType, Part, PasswordRules};
use web_sys::Event;

/// The address proper, whose order the country decides.
const ADDRESS_PARTS: [BuiltIn; 5] = [
    BuiltIn::AddressLine1,
    BuiltIn::AddressLine2,
    BuiltIn::City,
    BuiltIn::State,
    BuiltIn::Zip,
];

/// What the views of an address need besides its fields.
pub(super) struct AddressForm<'a> {
    /// The form they are in.
    pub(super) form: FormState,
    /// The country and what hangs on it.
    pub(super) country: CountryChoice,
    /// The countries to choose from, as [`countries`] gives them.
    pub(super) countries: Vec<(String, String)>,
    /// The store's rules for passwords.
    pub(super) passwords: &'a PasswordRules,
}

/// Codes and names of the store's countries in the shopper's language, in its order.
pub(super) fn countries(i18n: I18n, of_store: &[Country]) -> Vec<(String, String)> {
    let named: Vec<(String, String)> = of_store
        .iter()
        .map(|c| (c.code.clone(), i18n.country(&c.code, &c.name)))
        .collect();
    if i18n.language().starts_with("en") {
        return named;
    }
    let order = i18n.order(named.iter().map(|(_, name)| name.clone()).collect());
    let sorted = order.iter();
    sorted
        .filter_map(|index| named.get(*index as usize).cloned())
        .collect()
}

/// `field` under a country: its label and whether it must be answered follow it.
pub(super) fn asked_in(
    form: FormState,
    country: CountryChoice,
    section: Section,
    field: &Field,
    texts: FieldValues,
) -> Asked {
    let i18n = form.i18n;
    let (for_label, for_required) = (field.clone(), field.clone());
    Asked {
        form,
        section,
        label: Rc::new(move || i18n.label(&for_label, country.requirements().address_format())),
        required: Rc::new(move || country.requirements().requires(&for_required)),
        texts,
        field: field.clone(),
    }
}

impl AddressForm<'_> {
    /// What stands before the address proper, the country, the parts in the country's order, and the
    /// rest. `node` is the form's own; `texts` gives what the controls of a field start with.
    pub(super) fn views(
        self,
        fields: &[Field],
        node: &web_sys::Element,
        texts: impl Fn(&Field) -> FieldValues,
    ) -> Vec<Element> {
        let country = self.country;
        let passwords = self.passwords;
        let (form, language) = (self.form, self.form.i18n.language());
        let mut countries = Some(self.countries);
        let mut before = Vec::new();
        let mut country_field = None;
        let mut parts = styled("div", "account-form__address");
        let mut after = Vec::new();
        let mut is_before = true;
        for field in fields {
            let this = asked_in(form, country, Section::Address, field, texts(field));
            match field.built_in() {
                Some(BuiltIn::Country) => {
                    is_before = false;
                    // A form has one country.
                    country_field = countries
                        .take()
                        .map(|countries| country_view(country, countries, &this, node));
                }
                Some(part) if ADDRESS_PARTS.contains(&part) => {
                    is_before = false;
                    parts = parts.child(part_view(country, &this, passwords));
                }
                Some(_) | None if is_before => before.push(field_view(&this, passwords)),
                Some(_) | None => after.push(field_view(&this, passwords)),
            }
        }
        before.extend(country_field);
        before.push(in_order(parts, country, language));
        before.extend(after);
        before
    }
}

fn country_view(
    country: CountryChoice,
    countries: Vec<(String, String)>,
    this: &Asked,
    form: &web_sys::Element,
) -> Element {
    let prefix = match &this.field.kind {
        FieldType::Picklist { choose_prefix, .. } => choose_prefix.as_str(),
        FieldType::Text { .. }
        | FieldType::MultilineText { .. }
        | FieldType::Number { .. }
        | FieldType::Date { .. }
        | FieldType::Checkboxes { .. }
        | FieldType::RadioButtons { .. }
        | FieldType::PicklistOrText { .. }
        | FieldType::Password { .. } => "",
    };
    let form = form.clone();
    let change = move |event: Event| change_country(country, &form, dom::typed_text(&event));
    let options = countries
        .iter()
        .map(|(code, name)| (code.clone(), name.as_str()));
    let control = select(this, prefix, options, &country.code_untracked()).on("change", change);
    let state = this.form;
    let notice = styled("p", "account-field__notice")
        .attr("role", "status")
        .text_with(move || removal_notice(state, country, &countries));
    labelled(this, control).child(notice)
}

/// Keeps the parts of an address in the order of the country.
///
/// Moving a node keeps what was typed into it, which making it anew would not; the focus is on the
/// country, which never moves.
fn in_order(parts: Element, country: CountryChoice, language: String) -> Element {
    let node = parts.node();
    parts.attr_with("data-account-country", move || {
        let code = country.code();
        // The states may arrive while the shopper stands in one of the parts; moving it then would
        // take the focus away.
        for part in untrack(|| country.requirements()).order(&language) {
            let selector = format!("[data-account-part=\"{}\"]", part.id().0);
            if let Ok(Some(part)) = node.query_selector(&selector) {
                // Fails only when a node is put into itself.
                let _ = node.append_child(&part);
            }
        }
        Some(code)
    })
}

/// One part of the address, hidden where the country has none.
fn part_view(country: CountryChoice, this: &Asked, passwords: &PasswordRules) -> Element {
    let view = match this.field.built_in() {
        Some(BuiltIn::State) => state_view(country, this),
        Some(BuiltIn::AddressLine2) if !this.field.required && this.texts.is_empty() => {
            folded(this, field_view(this, passwords))
        }
        Some(_) | None => field_view(this, passwords),
    };
    let field = this.field.clone();
    element("div")
        .attr("data-account-part", &field.id.0.to_string())
        .flag_with("hidden", move || !country.requirements().asks(&field))
        .child(view)
}

/// `view`, folded away until it is wanted, until something is in it, or until something is wrong with
/// it. Folded, it is still there for the browser to fill in.
fn folded(this: &Asked, view: Element) -> Element {
    let (form, target) = (this.form, Target::Field(this.field.id));
    let is_open = Watched::new(false);
    let id = this.id();
    let node = view.node();
    let is_shown = move || is_open.get() || form.problem(target).is_some();
    effect(move || {
        if let Ok(Some(control)) = node.query_selector("input") {
            dom::set_tabbable(&control, is_shown());
        }
    });
    let open = quiet_button(form, Message::LINE2_WANTED)
        .flag_with("hidden", is_shown)
        .on("click", move |_| {
            is_open.set(true);
            if let Some(control) = dom::by_id(&id) {
                dom::focus_soon(control);
            }
        });
    let view = view
        .class_with("account-hidden", move || !is_shown())
        .attr_with("aria-hidden", move || {
            (!is_shown()).then(|| "true".to_owned())
        })
        .on("input", move |_| is_open.set(true));
    styled("div", "account-fold").child(open).child(view)
}

fn change_country(country: CountryChoice, form: &web_sys::Element, code: String) {
    let name = |field: BuiltIn| Section::Address.control_name(field.id());
    let postal_code = dom::text_in(form, &name(BuiltIn::Zip));
    let state = dom::text_in(form, &name(BuiltIn::State));
    if !AddressFormat::of(&code).uses(Part::PostalCode)
        && let Some(input) = control(form, &name(BuiltIn::Zip))
    {
        // A hidden field must not carry what the notice says is gone.
        dom::set_value(&input, "");
    }
    country.change(code, state, &postal_code);
}

/// What the last change of country took out, in words.
fn removal_notice(
    form: FormState,
    chosen: CountryChoice,
    countries: &[(String, String)],
) -> String {
    let code = chosen.code();
    let country = countries.iter().find(|(of, _)| *of == code);
    let country = country.map_or(code.as_str(), |(_, name)| name);
    let mut notice = String::new();
    for removed in chosen.removed() {
        let message = if removed.field == BuiltIn::Zip {
            Message::POSTAL_CODE_CLEARED
        } else {
            Message::STATE_CLEARED
        };
        let arguments = [("value", &*removed.text), ("country", country)];
        notice.push_str(&form.i18n.format(message, &arguments));
        notice.push(' ');
    }
    notice
}

/// The state: a list where the store has one for the country, otherwise text.
fn state_view(country: CountryChoice, this: &Asked) -> Element {
    let choose = this.form.i18n.text(Message::CHOOSE_STATE);
    let asked = this.clone();
    let control = element("div")
        .on("input", move |event| {
            country.set_state_text(dom::typed_text(&event));
        })
        .content_with(move || {
            let states = country.states().unwrap_or_default();
            let text = country.state_text();
            let control = if states.is_empty() {
                input(&asked, "text").attr("value", &text)
            } else {
                let options = states.iter().map(|s| (s.name.clone(), s.name.as_str()));
                select(&asked, &choose, options, &text)
            };
            // The control is made anew when the list arrives; whoever stands in it stays there.
            if dom::has_focus(&asked.id()) {
                dom::focus_soon(control.node());
            }
            vec![control]
        });
    labelled(this, control)
}
