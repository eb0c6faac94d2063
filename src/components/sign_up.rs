//! `<account-sign-up>`: the form that opens an account.

use super::address::{AddressForm, asked_in, countries};
use super::captcha::captcha_view;
use super::dom::{self, Read};
use super::element::{Element, element, styled};
use super::field::{choice, field_view};
use super::form::{Summary, error_summary, submit_row};
use super::frame::{About, continue_link, frame, link_button, signed_in_view, title};
use crate::api::SignUpForm;
use crate::i18n::Message;
use crate::state::{
    AccountEvent, ElementContext, FormState, Outcome, Section, SignUp, SignUpAnswers, default_texts,
};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::{BuiltIn, Choice, Field};
use web_sys::Event;

/// The whole element.
pub fn sign_up_element(scope: ElementContext) -> Element {
    let ask = |scope: ElementContext| async move {
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

fn sign_up_view(scope: &ElementContext, sign_up: SignUp) -> Element {
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
fn done_view(scope: &ElementContext, outcome: Outcome) -> Element {
    let i18n = scope.i18n;
    let title = title("h2", &i18n.text(Message::SIGN_UP_DONE));
    dom::focus_soon(title.node());
    let (words, link) = match outcome {
        Outcome::SignedIn => (Message::SIGN_UP_DONE_SIGNED_IN, continue_link(scope)),
        Outcome::SignInLeft => (
            Message::SIGN_UP_DONE_SIGN_IN,
            Some(link_button(
                scope,
                Message::SIGN_IN,
                &scope.config.sign_in_url,
            )),
        ),
    };
    element("div")
        .child(title)
        .child(element("p").text(&i18n.text(words)))
        .children(link)
}

fn form_view(scope: &ElementContext, sign_up: SignUp) -> Element {
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
    let fall_back: Rc<dyn Fn()> = Rc::new(move || sign_up.notify(AccountEvent::FallBack));
    let summary = Summary {
        label: {
            let fields: Vec<Field> = account.iter().chain(&address).cloned().collect();
            Rc::new(move |id| {
                let field = fields.iter().find(|field| field.id == id);
                field.map_or_else(String::new, |field| {
                    i18n.label(field, sign_up.country.requirements().address_format())
                })
            })
        },
        sign_in_url: Some(scope.config.sign_in_url.clone()),
        fall_back: fall_back.clone(),
    };
    let passwords = sign_up.definitions(|d| d.passwords.clone());
    let (captcha, newsletter, privacy) =
        sign_up.definitions(|d| (d.captcha.clone(), d.newsletter, d.privacy_policy.clone()));
    let account_views = account.iter().map(|field| {
        let texts = default_texts(&field.kind);
        let asked = asked_in(state, sign_up.country, Section::Account, field, texts);
        field_view(&asked, &passwords)
    });
    let address_form = AddressForm {
        form: state,
        country: sign_up.country,
        countries: sign_up.definitions(|d| countries(i18n, &d.countries)),
        passwords: &passwords,
    };
    let address_views = address_form.views(&address, &form.node(), |f| default_texts(&f.kind));
    let submit = {
        let read = read.clone();
        move |event: Event| {
            event.prevent_default();
            sign_up.submit(&read());
        }
    };
    let privacy = privacy.filter(|href| is_web_link(href)).map(|href| {
        let link = element("a").attr("href", &href);
        element("p").child(link.text(&i18n.text(Message::PRIVACY_POLICY)))
    });
    let edited = |read: Read<SignUpAnswers>| {
        move |event: Event| sign_up.recheck(dom::edited_field(&event), &read())
    };
    form.on("submit", submit)
        .on("input", edited(read.clone()))
        .on("change", edited(read))
        .child(error_summary(state, summary))
        .child(section(state, "account", Message::SECTION_ACCOUNT).children(account_views))
        .child(section(state, "address", Message::SECTION_ADDRESS).children(address_views))
        .children(newsletter.map(|ticked| newsletter_view(sign_up, ticked)))
        .children(captcha.map(|c| captcha_view(state, &c, &scope.config, fall_back)))
        .children(privacy)
        .child(submit_row(
            state,
            Message::SIGN_UP_SUBMIT,
            Message::SIGN_UP_SENDING,
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
    let label = label.unwrap_or_else(|| sign_up.form.i18n.text(Message::NEWSLETTER));
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
