//! `<account-profile>`: what a customer sees and changes of themselves.

use super::answer::in_words;
use super::dom::{self, Read};
use super::element::{Element, effect, element, on_window, styled};
use super::frame::{About, frame, guest_view, title};
use super::plain_form::{PlainView, plain_form_view};
use super::sign_in::sign_in_again_view;
use crate::api;
use crate::i18n::{I18n, Message};
use crate::state::{Conflict, ElementContext, FieldValues, FormSpec, PlainForm, Profile};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::rc::Rc;
use storefront_rules::FieldInputs;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;

/// Something to do.
type Act = Rc<dyn Fn()>;

/// The whole element.
pub fn profile_element(scope: ElementContext) -> Element {
    let ask = |scope: ElementContext| async move {
        let profile = scope.api.profile().await?;
        Ok((profile.customer, profile))
    };
    let within = scope.clone();
    frame(
        &scope,
        "account-profile",
        About::Customer,
        ask,
        move |whose, profile| match whose {
            Some(customer) => {
                let profile = Profile::new(within.clone(), customer, profile);
                profile_view(&within, profile)
            }
            None => guest_view(&within, Message::PROFILE_OF_GUEST),
        },
    )
}

/// The profile of a customer.
pub(super) fn profile_view(scope: &ElementContext, profile: Profile) -> Element {
    warn_before_leaving(profile);
    let interrupted = Watched::new(false);
    let captcha = profile.spec_untracked().captcha;
    let email = Rc::new(move || profile.email());
    let again = sign_in_again_view(scope, email, captcha, move || interrupted.get_untracked());
    let submit: Watched<Option<Act>> = Watched::new(None);
    let conflicts = conflicts_view(scope.i18n, profile, submit);
    let scope = scope.clone();
    let facts = facts_view(&scope, profile);
    let form = element("div").content_with(move || {
        let spec = profile.spec();
        untrack(|| {
            let plain = profile.form(&scope, spec);
            effect(move || interrupted.set(plain.is_interrupted()));
            let (form, read) = form_view(&scope, profile, plain);
            let node = form.node();
            submit.set(Some(Rc::new(move || {
                plain.submit(&read());
                // The question that had the focus is gone.
                dom::focus_next_soon(&node);
            })));
            unanswered_view(scope.i18n, profile)
                .into_iter()
                .chain([form])
                .collect()
        })
    });
    element("div")
        .child(again)
        .child(facts)
        .child(conflicts)
        .child(form)
}

/// The browser asks before it leaves a page with something unsaved.
fn warn_before_leaving(profile: Profile) {
    effect(move || {
        if profile.is_dirty() {
            on_window("beforeunload", |event| event.prevent_default());
        }
    });
}

fn form_view(
    scope: &ElementContext,
    profile: Profile,
    plain: PlainForm,
) -> (Element, Read<FieldInputs>) {
    let i18n = scope.i18n;
    let mut view = PlainView::new(Message::PROFILE_SUBMIT, Message::SAVING);
    view.texts = Box::new(move |field| profile.draft(field.id));
    view.customer = Some(profile.customer());
    view.edited = Rc::new(move |answers| profile.note(answers));
    view.after = vec![
        styled("p", "account-saved")
            .attr("role", "status")
            .text_with(move || {
                let state = plain.form;
                if profile.is_saved() && !state.is_sending() && !state.has_problems() {
                    i18n.text(Message::SAVED)
                } else {
                    String::new()
                }
            }),
    ];
    let (form, read) = plain_form_view(scope, plain, view);
    let (node, noted) = (form.node(), read.clone());
    profile.is_read_by(read.clone());
    let fields = plain.spec().fields;
    effect(move || {
        let revisions = profile.take_revisions();
        for (id, texts) in &revisions {
            if let Some((section, _)) = fields.iter().find(|(_, field)| field.id == *id) {
                dom::put_texts(node.unchecked_ref(), &section.control_name(*id), texts);
            }
        }
        if !revisions.is_empty() {
            untrack(|| profile.weigh(&noted()));
        }
    });
    (form, read)
}

/// What the store asks since the account was opened: said before anything is saved in vain.
fn unanswered_view(i18n: I18n, profile: Profile) -> Option<Element> {
    let unanswered = profile.unanswered();
    if unanswered.is_empty() {
        // What else has changed, the shopper must look through.
        return profile.is_asked_anew().then(|| {
            let words = title("p", &i18n.text(Message::ASKED_ANEW));
            dom::focus_soon(words.node());
            styled("section", "account-notice").child(words)
        });
    }
    let heading = title("h2", &i18n.text(Message::PROFILE_INCOMPLETE));
    if profile.is_asked_anew() {
        dom::focus_soon(heading.node());
    }
    let items = unanswered
        .iter()
        .map(|field| element("li").text(&field.label));
    Some(
        styled("section", "account-notice")
            .child(heading)
            .child(element("p").text(&i18n.text(Message::PROFILE_INCOMPLETE_WORDS)))
            .child(element("ul").children(items)),
    )
}

/// What only the store changes: the group, and the attributes that the theme lists.
fn facts_view(scope: &ElementContext, profile: Profile) -> Element {
    let attributes: Watched<Vec<(usize, api::Attribute)>> = Watched::new(Vec::new());
    for (place, id) in scope.config.attributes.iter().copied().enumerate() {
        let api = scope.api.clone();
        spawn_local(async move {
            // One that cannot be had is not shown: it is no reason to keep the profile back.
            if let Ok(Some(attribute)) = api.attribute(id).await {
                // In the theme's order, whichever comes first.
                attributes.update(|known| {
                    let before = known.iter().filter(|(other, _)| *other < place);
                    known.insert(before.count(), (place, attribute));
                });
            }
        });
    }
    let i18n = scope.i18n;
    let group = profile.group();
    styled("dl", "account-facts").content_with(move || {
        let group = group.clone().map(|name| (i18n.text(Message::GROUP), name));
        let attributes = attributes.get().into_iter().map(|(_, a)| (a.name, a.value));
        group
            .into_iter()
            .chain(attributes)
            .flat_map(|(name, value)| [element("dt").text(&name), element("dd").text(&value)])
            .collect()
    })
}

/// FieldInputs that were changed here and elsewhere: each is decided on its own. Once all are, the form
/// is sent.
fn conflicts_view(i18n: I18n, profile: Profile, submit: Watched<Option<Act>>) -> Element {
    let title = title("h2", &i18n.text(Message::CONFLICTS));
    let heading = title.node();
    let list = styled("ul", "account-conflicts").content_with(move || {
        let spec = profile.spec_untracked();
        let conflicts = profile.conflicts();
        if !conflicts.is_empty() {
            dom::focus_soon(heading.clone());
        }
        let conflicts = conflicts.into_iter();
        conflicts
            .map(|conflict| conflict_view(i18n, profile, &spec, conflict, submit))
            .collect()
    });
    styled("section", "account-notice")
        .flag_with("hidden", move || profile.conflicts().is_empty())
        .child(title)
        .child(element("p").text(&i18n.text(Message::CONFLICTS_WORDS)))
        .child(list)
}

fn conflict_view(
    i18n: I18n,
    profile: Profile,
    spec: &FormSpec,
    conflict: Conflict,
    submit: Watched<Option<Act>>,
) -> Element {
    let field = spec.fields.iter().find(|(_, f)| f.id == conflict.field);
    let label = field.map_or("", |(_, field)| field.label.as_str());
    let shown = |texts: &FieldValues| match field {
        Some((_, field)) => in_words(i18n, field, texts),
        None => String::new(),
    };
    let (mine, theirs) = (shown(&conflict.mine), shown(&conflict.theirs));
    let conflict = Rc::new(conflict);
    let button = |message, value: &str, keeps_mine: bool| {
        let conflict = conflict.clone();
        styled("button", "account-button")
            .attr("type", "button")
            .text(&i18n.format(message, &[("value", value)]))
            .on("click", move |_| {
                if profile.decide(&conflict, keeps_mine)
                    && let Some(submit) = submit.get_untracked()
                {
                    dom::soon(move || submit());
                }
            })
    };
    element("li").child(
        element("div")
            .attr("role", "group")
            .attr("aria-label", label)
            .child(styled("p", "account-field__label").text(label))
            .child(
                styled("div", "account-ways")
                    .child(button(Message::KEEP_MINE, &mine, true))
                    .child(button(Message::TAKE_THEIRS, &theirs, false)),
            ),
    )
}
