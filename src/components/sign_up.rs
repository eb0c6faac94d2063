//! `<account-sign-up>`: the form that opens an account.

use super::captcha::captcha_view;
use super::dom::{self, Read, control};
use super::element::{Element, element, styled};
use super::field::{Asked, choice, field_view, input, labelled, select};
use super::form::{Summary, error_summary, submit_row};
use super::frame::{About, continue_link, frame, link_button, signed_in_view, title};
use crate::api::SignUpForm;
use crate::i18n::Message;
use crate::state::{
    FormState, Happening, Outcome, Scope, Section, SignUp, SignUpAnswers, default_texts,
};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::{BuiltIn, Choice, Field, Kind, Layout, Part, PasswordRules};
use wasm_bindgen::JsCast;
use web_sys::Event;

/// The address proper, whose order the country decides.
const ADDRESS_PARTS: [BuiltIn; 5] = [
    BuiltIn::AddressLine1,
    BuiltIn::AddressLine2,
    BuiltIn::City,
    BuiltIn::State,
    BuiltIn::Zip,
];

/// The whole element.
pub fn sign_up_element(scope: Scope) -> Element {
    let ask = |scope: Scope| async move {
        let country = scope.config.country.clone().unwrap_or_default();
        let form = scope.api.sign_up_form(&country).await?;
        Ok((form.customer, Rc::new(form)))
    };
    let within = scope.clone();
    // Kept here: a sign-up that ends with a session is taken down by its beginning.
    let outcome: Watched<Option<Outcome>> = Watched::new(None);
    frame(
        &scope,
        "account-sign-up",
        About::Store,
        ask,
        move |whose, form: Rc<SignUpForm>| match (whose, outcome.get_untracked()) {
            (Some(_), Some(outcome)) => done_view(&within, outcome),
            (Some(_), None) => signed_in_view(&within),
            (None, _) => {
                outcome.set(None);
                let sign_up = SignUp::new(within.clone(), form, outcome);
                sign_up_view(&within, sign_up)
            }
        },
    )
}

fn sign_up_view(scope: &Scope, sign_up: SignUp) -> Element {
    let scope = scope.clone();
    element("div").content_with(move || {
        vec![match sign_up.outcome() {
            // Only the outcome makes this anew: a form made anew would lose what was typed.
            Some(outcome) => untrack(|| done_view(&scope, outcome)),
            None => untrack(|| form_view(&scope, sign_up)),
        }]
    })
}

/// The end: where the shopper stands now, and the way on. The form is gone, which tells password
/// managers that the password was taken.
fn done_view(scope: &Scope, outcome: Outcome) -> Element {
    let i18n = scope.i18n;
    let title = title("h2", &i18n.text(Message::SignUpDone));
    dom::focus_soon(title.node());
    let (words, link) = match outcome {
        Outcome::SignedIn => (Message::SignUpDoneSignedIn, continue_link(scope)),
        Outcome::SignInLeft => (
            Message::SignUpDoneSignIn,
            Some(link_button(
                scope,
                Message::SignIn,
                &scope.config.sign_in_url,
            )),
        ),
    };
    element("div")
        .child(title)
        .child(element("p").text(&i18n.text(words)))
        .children(link)
}

fn form_view(scope: &Scope, sign_up: SignUp) -> Element {
    let state = sign_up.form;
    let i18n = state.i18n;
    let (account, address) = sign_up.asked_fields();
    let form = styled("form", "account-form")
        .attr("method", "post")
        .flag("novalidate", true);
    let read: Read<SignUpAnswers> = {
        let of = |section, fields: &[Field]| -> Vec<(Section, Field)> {
            fields.iter().map(|f| (section, f.clone())).collect()
        };
        let node = form.node();
        let account = of(Section::Account, &account);
        let address = of(Section::Address, &address);
        Rc::new(move || SignUpAnswers {
            account: dom::answers(&node, &account),
            address: dom::answers(&node, &address),
            newsletter: dom::is_ticked(&node, &dom::newsletter_name()),
        })
    };
    let fall_back: Rc<dyn Fn()> = Rc::new(move || sign_up.notify(Happening::FallBack));
    let summary = Summary {
        label: {
            let fields: Vec<Field> = account.iter().chain(&address).cloned().collect();
            Rc::new(move |id| {
                let field = fields.iter().find(|field| field.id == id);
                field.map_or_else(String::new, |field| {
                    i18n.label(field, sign_up.demands().layout())
                })
            })
        },
        sign_in_url: Some(scope.config.sign_in_url.clone()),
        fall_back: fall_back.clone(),
    };
    let passwords = sign_up.definitions(|d| d.passwords.clone());
    let (captcha, newsletter, privacy) =
        sign_up.definitions(|d| (d.captcha.clone(), d.newsletter, d.privacy_policy.clone()));
    let account_views = account
        .iter()
        .map(|field| field_view(&asked(sign_up, Section::Account, field), &passwords));
    let address_views = address_views(sign_up, &address, &passwords, &form.node());
    let submit = {
        let read = read.clone();
        move |event: Event| {
            event.prevent_default();
            sign_up.submit(&read());
        }
    };
    let privacy = privacy.filter(|href| is_web_link(href)).map(|href| {
        let link = element("a").attr("href", &href);
        element("p").child(link.text(&i18n.text(Message::PrivacyPolicy)))
    });
    let edited = |read: Read<SignUpAnswers>| {
        move |event: Event| sign_up.recheck(dom::edited_field(&event), &read())
    };
    form.on("submit", submit)
        .on("input", edited(read.clone()))
        .on("change", edited(read))
        .child(error_summary(state, summary))
        .child(section(state, "account", Message::SectionAccount).children(account_views))
        .child(section(state, "address", Message::SectionAddress).children(address_views))
        .children(newsletter.map(|ticked| newsletter_view(sign_up, ticked)))
        .children(captcha.map(|c| captcha_view(state, &c, &scope.config, fall_back)))
        .children(privacy)
        .child(submit_row(
            state,
            Message::SignUpSubmit,
            Message::SignUpSending,
        ))
}

/// A part of the form under a title of its own.
fn section(form: FormState, part: &str, title: Message) -> Element {
    let id = form.id(part);
    styled("section", "account-form__section")
        .attr("aria-labelledby", &id)
        .child(
            styled("h2", "account-form__title")
                .attr("id", &id)
                .text(&form.i18n.text(title)),
        )
}

/// Whether a link as the store gives it leads to a web page: no `javascript:`, no `data:`.
fn is_web_link(href: &str) -> bool {
    let is_path = href.starts_with('/') && !href.starts_with("//");
    is_path || href.starts_with("https://") || href.starts_with("http://")
}

fn asked(sign_up: SignUp, section: Section, field: &Field) -> Asked {
    let i18n = sign_up.form.i18n;
    let (for_label, for_required) = (field.clone(), field.clone());
    Asked {
        form: sign_up.form,
        section,
        label: Rc::new(move || i18n.label(&for_label, sign_up.demands().layout())),
        required: Rc::new(move || sign_up.demands().requires(&for_required)),
        texts: default_texts(&field.kind),
        field: field.clone(),
    }
}

/// The address form: what stands before the address proper, the country, the parts in the
/// country's order, and the rest.
fn address_views(
    sign_up: SignUp,
    fields: &[Field],
    passwords: &PasswordRules,
    form: &web_sys::Element,
) -> Vec<Element> {
    let mut before = Vec::new();
    let mut country = None;
    let mut parts = styled("div", "account-form__address");
    let mut after = Vec::new();
    let mut is_before = true;
    for field in fields {
        let this = asked(sign_up, Section::Address, field);
        match field.built_in() {
            Some(BuiltIn::Country) => {
                is_before = false;
                country = Some(country_view(sign_up, &this, form));
            }
            Some(part) if ADDRESS_PARTS.contains(&part) => {
                is_before = false;
                parts = parts.child(part_view(sign_up, &this, passwords));
            }
            Some(_) | None if is_before => before.push(field_view(&this, passwords)),
            Some(_) | None => after.push(field_view(&this, passwords)),
        }
    }
    let node = parts.node();
    let language = sign_up.form.i18n.language();
    // Moving a node keeps what was typed into it, which making it anew would not; the focus is on
    // the country, which never moves.
    let parts = parts.attr_with("data-account-country", move || {
        let country = sign_up.country();
        // The states may arrive while the shopper stands in one of the parts; moving it then would
        // take the focus away.
        for part in untrack(|| sign_up.demands()).order(&language) {
            let selector = format!("[data-account-part=\"{}\"]", part.id().0);
            if let Ok(Some(part)) = node.query_selector(&selector) {
                // Fails only when a node is put into itself.
                let _ = node.append_child(&part);
            }
        }
        Some(country)
    });
    before.extend(country);
    before.push(parts);
    before.extend(after);
    before
}

/// One part of the address, hidden where the country has none.
fn part_view(sign_up: SignUp, this: &Asked, passwords: &PasswordRules) -> Element {
    let view = if this.field.built_in() == Some(BuiltIn::State) {
        state_view(sign_up, this)
    } else {
        field_view(this, passwords)
    };
    let field = this.field.clone();
    element("div")
        .attr("data-account-part", &field.id.0.to_string())
        .flag_with("hidden", move || !sign_up.demands().asks(&field))
        .child(view)
}

fn country_view(sign_up: SignUp, this: &Asked, form: &web_sys::Element) -> Element {
    let i18n = sign_up.form.i18n;
    let mut countries: Vec<(String, String)> = sign_up.definitions(|definitions| {
        let countries = definitions.countries.iter();
        countries
            .map(|c| (c.code.clone(), i18n.country(&c.code, &c.name)))
            .collect()
    });
    if !i18n.language().starts_with("en") {
        let order = i18n.order(countries.iter().map(|(_, name)| name.clone()).collect());
        let sorted = order
            .iter()
            .filter_map(|index| countries.get(*index as usize).cloned());
        countries = sorted.collect();
    }
    let prefix = match &this.field.kind {
        Kind::Picklist { choose_prefix, .. } => choose_prefix.as_str(),
        Kind::Text { .. }
        | Kind::MultilineText { .. }
        | Kind::Number { .. }
        | Kind::Date { .. }
        | Kind::Checkboxes { .. }
        | Kind::RadioButtons { .. }
        | Kind::PicklistOrText { .. }
        | Kind::Password { .. } => "",
    };
    let form = form.clone();
    let change = move |event: Event| change_country(sign_up, &form, dom::typed_text(&event));
    let options = countries
        .iter()
        .map(|(code, name)| (code.clone(), name.as_str()));
    let control = select(this, prefix, options, &sign_up.country_untracked()).on("change", change);
    let notice = styled("p", "account-field__notice")
        .attr("role", "status")
        .text_with(move || removal_notice(sign_up, &countries));
    labelled(this, control).child(notice)
}

fn change_country(sign_up: SignUp, form: &web_sys::Element, code: String) {
    let name = |field: BuiltIn| Section::Address.control_name(field.id());
    let postal_code = dom::text_in(form, &name(BuiltIn::Zip));
    let state = dom::text_in(form, &name(BuiltIn::State));
    if !Layout::of(&code).uses(Part::PostalCode)
        && let Some(Ok(input)) = control(form, &name(BuiltIn::Zip)).map(JsCast::dyn_into)
    {
        // A hidden field must not carry what the notice says is gone.
        web_sys::HtmlInputElement::set_value(&input, "");
    }
    sign_up.change_country(code, state, &postal_code);
}

/// What the last change of country took out, in words.
fn removal_notice(sign_up: SignUp, countries: &[(String, String)]) -> String {
    let code = sign_up.country();
    let country = countries.iter().find(|(of, _)| *of == code);
    let country = country.map_or(code.as_str(), |(_, name)| name);
    let mut notice = String::new();
    for removed in sign_up.removed() {
        let message = if removed.field == BuiltIn::Zip {
            Message::PostalCodeCleared
        } else {
            Message::StateCleared
        };
        let arguments = [("value", &*removed.text), ("country", country)];
        notice.push_str(&sign_up.form.i18n.format(message, &arguments));
        notice.push(' ');
    }
    notice
}

/// The state: a list where the store has one for the country, otherwise text.
fn state_view(sign_up: SignUp, this: &Asked) -> Element {
    let choose = this.form.i18n.text(Message::ChooseState);
    let asked = this.clone();
    let control = element("div")
        .on("input", move |event| {
            sign_up.set_state_text(dom::typed_text(&event));
        })
        .content_with(move || {
            let states = sign_up.states().unwrap_or_default();
            let text = sign_up.state_text();
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

/// The newsletter's checkbox: labelled by the store's own field for it, if the store has one.
fn newsletter_view(sign_up: SignUp, ticked: bool) -> Element {
    let label = sign_up.definitions(|definitions| {
        let own = BuiltIn::ReceiveMarketingEmails;
        let field = definitions
            .account
            .iter()
            .find(|f| f.built_in() == Some(own))?;
        field
            .kind
            .options()
            .first()
            .map(|option: &Choice| option.label.clone())
    });
    let label = label.unwrap_or_else(|| sign_up.form.i18n.text(Message::Newsletter));
    let id = sign_up.form.id("newsletter");
    let choice = choice(
        "checkbox",
        &id,
        &dom::newsletter_name(),
        "1",
        &label,
        ticked,
    );
    styled("div", "account-field").child(choice)
}
