//! `<account-profile>`: what a customer sees and changes of themselves.

mod merge;
pub mod messages;
mod state;

pub use state::ProfileState;

use super::shared::{
    ElementContext, GuestNotice, Resource, SignInAgain, resource, resume_after_sign_in,
};
use crate::api::{self, Api, Attribute};
use crate::forms::{Form, FormFields, FormView, describe_values};
use crate::i18n::Message;
use crate::session::Audience;
use crate::ui::{Actions, Button, Facts, Notice, Part, Status, Text, Title, TitleTag, dom, remade};
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use merge::Conflict;
use wasm_bindgen::JsCast;

/// The whole element.
#[component]
pub fn Profile() -> impl IntoView {
    let context = ElementContext::current();
    let view = move |customer: Option<i32>, profile: api::Profile| match customer {
        Some(customer) => {
            let state = ProfileState::new(context, customer, profile);
            view! { <ProfileView state=state /> }.into_any()
        }
        None => view! { <GuestNotice text=Message::PROFILE_OF_GUEST /> }.into_any(),
    };
    let ask = |api: Api| async move { api.profile().await };
    let loader = resource(context, ask, |profile| profile.customer, view);
    view! { <Resource part=Part::PROFILE audience=Audience::Customer loader=loader /> }
}

/// The profile of a customer.
#[component]
pub fn ProfileView(
    /// The profile.
    state: ProfileState,
) -> impl IntoView {
    let context = ElementContext::current();
    context.session.watch_unsaved(move || state.is_dirty());
    let is_interrupted = RwSignal::new(false);
    let node_ref = NodeRef::<html::Div>::new();
    let content = remade(move || {
        if !state.is_editing() {
            return Some(view! { <ProfileSummary state=state /> }.into_any());
        }
        // The definitions alone make the form anew, with what was typed.
        let form = state.form();
        Effect::new(move |_| is_interrupted.set(form.is_interrupted()));
        resume_after_sign_in(context, form, state.customer());
        let view = view! {
            <Unanswered state=state />
            <ProfileForm state=state form=form />
        };
        Some(view.into_any())
    });
    // Who has put the form away or saved it, and who wants it, goes on where they are led.
    let was_editing = StoredValue::new(untrack(|| state.is_editing()));
    Effect::new(move |_| {
        let is_editing = state.is_editing();
        let was_editing = was_editing.try_update_value(|was| std::mem::replace(was, is_editing));
        if was_editing == Some(!is_editing)
            && let Some(node) = node_ref.try_get_untracked().flatten()
            // Not from somewhere else in the page.
            && (dom::is_focus_lost() || node.parent_element().is_some_and(|it| dom::has_focus_within(&it)))
        {
            dom::focus_first_later(node.unchecked_into());
        }
    });
    let saved = Signal::derive(move || {
        if state.is_saved() && !state.is_editing() {
            context.i18n.text(Message::SAVED)
        } else {
            String::new()
        }
    });
    // The question that had the focus is gone once everything is decided.
    let on_decided = UnsyncCallback::new(move |()| {
        dom::defer(move || {
            state.submit();
            if let Some(node) = node_ref.try_get_untracked().flatten() {
                dom::focus_submit_later(node.unchecked_into());
            }
        });
    });
    view! {
        <div>
            <SignInAgain
                email=Signal::derive(move || state.email())
                captcha=state.captcha()
                is_interrupted=is_interrupted
            />
            <Conflicts state=state on_decided=on_decided />
            <div node_ref=node_ref>{content}</div>
            // Beside the button that has the focus then.
            <Status part=Part::STATUS text=saved />
            <CustomerFacts state=state />
        </div>
    }
}

/// What the store has of the customer, and the way to change it.
#[component]
fn ProfileSummary(state: ProfileState) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let facts = Signal::derive(move || {
        let answers = state.answers().into_iter();
        let answers = answers.map(|(field, values)| {
            let values = describe_values(i18n, &field, &values);
            (field.label, values)
        });
        answers.collect::<Vec<_>>()
    });
    view! {
        <div>
            <Facts facts=facts />
            <Actions>
                <Button text=i18n.text(Message::PROFILE_EDIT) on_click=move || state.edit() />
            </Actions>
        </div>
    }
}

#[component]
fn ProfileForm(state: ProfileState, form: Form) -> impl IntoView {
    // What is on its way will be saved: putting the form away then would tell otherwise.
    let is_sending = Signal::derive(move || form.is_sending());
    let cancel = move || {
        if !is_sending.get_untracked() {
            state.cancel();
        }
    };
    let cancel = view! {
        <Button text=form.i18n.text(Message::CANCEL) busy=is_sending on_click=cancel />
    };
    view! {
        <FormView
            form=form
            submit=Message::PROFILE_SUBMIT
            sending=Message::SAVING
            beside=cancel.into_any()
            slots=true
        >
            <FormFields form=form />
        </FormView>
    }
}

/// What the store asks since the account was opened: said before anything is saved in vain.
#[component]
fn Unanswered(state: ProfileState) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let unanswered = state.unanswered();
    let is_asked_anew = state.is_asked_anew();
    if unanswered.is_empty() {
        // What else has changed, the shopper must look through.
        return is_asked_anew.then(|| {
            let text = i18n.text(Message::ASKED_ANEW);
            let notice = view! {
                <Notice>
                    <Title text=text tag=TitleTag::P focus=true />
                </Notice>
            };
            notice.into_any()
        });
    }
    let items = unanswered.into_iter();
    let items = items.map(|field| view! { <li class=Part::LIST_ITEM.class()>{field.label}</li> });
    let items = items.collect::<Vec<_>>();
    let notice = view! {
        <Notice>
            <Title text=i18n.text(Message::PROFILE_INCOMPLETE) focus=is_asked_anew />
            <Text text=i18n.text(Message::PROFILE_INCOMPLETE_WORDS) />
            <ul class=Part::LIST.class()>{items}</ul>
        </Notice>
    };
    Some(notice.into_any())
}

/// What only the store changes: the group, and the attributes that the theme lists.
#[component]
fn CustomerFacts(state: ProfileState) -> impl IntoView {
    let context = ElementContext::current();
    let i18n = context.i18n;
    let attributes = RwSignal::new(Vec::<(usize, Attribute)>::new());
    for (place, id) in context.config().attributes.iter().copied().enumerate() {
        let Some(api) = context.api() else {
            continue;
        };
        spawn_local(async move {
            // One that cannot be had is not shown: it is no reason to hold the profile back.
            if let Ok(Some(attribute)) = api.attribute(id).await {
                // In the theme's order, whichever comes first.
                attributes.update(|known| {
                    let before = known.iter().filter(|(other, _)| *other < place);
                    known.insert(before.count(), (place, attribute));
                });
            }
        });
    }
    let group = state.group();
    let facts = Signal::derive(move || {
        let group = group.clone();
        let group = group.map(|name| (i18n.text(Message::GROUP), name));
        let attributes = attributes.get().into_iter();
        let attributes = attributes.map(|(_, attribute)| (attribute.name, attribute.value));
        group.into_iter().chain(attributes).collect::<Vec<_>>()
    });
    view! { <Facts facts=facts /> }
}

/// Values that were changed here and elsewhere: each is decided on its own. Once all are, `on_decided` is
/// called.
#[component]
fn Conflicts(state: ProfileState, on_decided: UnsyncCallback<()>) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let node_ref = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        let has_conflicts = !state.conflicts().is_empty();
        if has_conflicts && let Some(title) = node_ref.get_untracked() {
            dom::focus_later(title.unchecked_into());
        }
    });
    let items = remade(move || {
        let conflicts = state.conflicts().into_iter();
        let items = conflicts.map(|conflict| {
            view! { <ConflictItem state=state conflict=conflict on_decided=on_decided /> }
        });
        Some(items.collect::<Vec<_>>().into_any())
    });
    view! {
        <Notice hidden=Signal::derive(move || state.conflicts().is_empty())>
            <Title text=i18n.text(Message::CONFLICTS) node_ref=node_ref />
            <Text text=i18n.text(Message::CONFLICTS_WORDS) />
            <ul class=Part::CONFLICTS.class()>{items}</ul>
        </Notice>
    }
}

#[component]
fn ConflictItem(
    state: ProfileState,
    conflict: Conflict,
    on_decided: UnsyncCallback<()>,
) -> impl IntoView {
    let i18n = ElementContext::current().i18n;
    let field = state.field(conflict.field);
    let label = field.as_ref().map_or_else(String::new, |f| f.label.clone());
    let group_label = label.clone();
    let described = |values| match &field {
        Some(field) => describe_values(i18n, field, values),
        None => String::new(),
    };
    let mine = i18n.format(Message::KEEP_MINE, &[("value", &described(&conflict.mine))]);
    let theirs = i18n.format(
        Message::TAKE_THEIRS,
        &[("value", &described(&conflict.theirs))],
    );
    let conflict = StoredValue::new(conflict);
    let decide = move |keeps_mine| {
        let is_decided = conflict.try_with_value(|conflict| state.decide(conflict, keeps_mine));
        if is_decided == Some(true) {
            on_decided.try_run(());
        }
    };
    view! {
        <li class=Part::LIST_ITEM.class()>
            <div role="group" aria-label=group_label>
                <p class=Part::LABEL.class()>{label}</p>
                <Actions>
                    <Button text=mine on_click=move || decide(true) />
                    <Button text=theirs on_click=move || decide(false) />
                </Actions>
            </div>
        </li>
    }
}
