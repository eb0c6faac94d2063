//! What stands around the fields of every form: the error summary, the captcha, the button, the status.

use super::captcha::CaptchaField;
use super::{ErrorTarget, Form, FormError, Steps};
use crate::api::{ApiError, FieldError};
use crate::i18n::Message;
use crate::ui::{
    Building, Button, ButtonVariant, ErrorSummary, Link, Part, Slot, SlotName, SubmitRow, dom,
    remade,
};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// A form from the summary of its errors to its button. Its children stand before the captcha and the
/// button: the fields, and what comes before them.
#[component]
pub fn FormView(
    /// The form.
    form: Form,
    /// On the button; a form without one is sent by something else in it.
    #[prop(optional)]
    submit: Option<Message>,
    /// Said while the form is on its way.
    sending: Message,
    /// Hears that the form's own button was pressed, before the form is sent.
    #[prop(optional, into)]
    on_submit_click: Option<UnsyncCallback<()>>,
    /// Stands before the summary.
    #[prop(optional)]
    heading: Option<AnyView>,
    /// Stands between the captcha and the button.
    #[prop(optional)]
    before_submit: Option<AnyView>,
    /// Stands beside the button.
    #[prop(optional)]
    beside: Option<AnyView>,
    /// Stands behind the button.
    #[prop(optional)]
    after: Option<AnyView>,
    /// Whether the theme may put something of its own into it.
    #[prop(optional)]
    slots: bool,
    /// The steps in which it is filled in; at once where there are none.
    #[prop(optional)]
    steps: Option<Steps>,
    children: Children,
) -> impl IntoView {
    let i18n = form.i18n;
    let building = Building::current();
    let status = Signal::derive(move || {
        if form.is_sending() {
            i18n.text(sending)
        } else {
            String::new()
        }
    });
    let is_sending = Signal::derive(move || form.is_sending());
    let is_last = move || steps.is_none_or(Steps::is_last);
    let slot = |name: SlotName| {
        let fill = form.events().map(|events| events.fill_slot);
        let fill = fill.filter(|_| slots);
        fill.map(|fill| view! { <Slot name=name fill=fill /> })
    };
    let back = steps.map(|steps| {
        view! {
            <Button
                text=i18n.text(Message::BACK_STEP)
                hidden=Signal::derive(move || steps.is_first())
                on_click=move || steps.back()
            />
        }
    });
    let submit_row = match submit {
        Some(submit) => {
            let text = Signal::derive(move || {
                i18n.text(if is_last() {
                    submit
                } else {
                    Message::CONTINUE_STEP
                })
            });
            view! {
                <SubmitRow text=text busy=is_sending status=status on_click=on_submit_click>
                    {back}
                    {beside}
                </SubmitRow>
            }
            .into_any()
        }
        None => view! {
            <span class=Part::HIDDEN.class() role="status">
                {status}
            </span>
        }
        .into_any(),
    };
    view! {
        <form
            class=Part::FORM.class()
            method="post"
            novalidate=true
            node_ref=form.node
            on:submit=move |event| {
                event.prevent_default();
                building.when_done(move || match steps.filter(|steps| !steps.is_last()) {
                    Some(steps) => steps.go_on(|fields| form.check(fields)),
                    None => form.submit(),
                });
            }
        >
            {heading}
            <FormErrorSummary form=form />
            {children()}
            <div hidden=move || !is_last()>
                {slot(SlotName::AfterFields)}
                <CaptchaField form=form />
                {before_submit}
                {slot(SlotName::BeforeSubmit)}
            </div>
            {submit_row}
            {after}
        </form>
    }
}

/// What is wrong, in the words that stand beside the fields, each with a link to its field (GOV.UK, error
/// summary; WCAG 3.3.1). Takes the focus when the form does not go through.
#[component]
fn FormErrorSummary(form: Form) -> impl IntoView {
    let node_ref = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if form.focus_requests() > 0
            && let Some(summary) = node_ref.get_untracked()
        {
            dom::focus_later(summary.unchecked_into());
        }
    });
    let items = remade(move || {
        let errors = form.errors().into_iter();
        let items = errors.map(|(target, error)| {
            view! { <SummaryItem form=form target=target error=error /> }
        });
        Some(items.collect::<Vec<_>>().into_any())
    });
    view! {
        <ErrorSummary
            id=form.id("problems")
            title=form.i18n.text(Message::PROBLEM)
            hidden=Signal::derive(move || !form.has_errors() || form.focus_requests() == 0)
            node_ref=node_ref
        >
            {items}
        </ErrorSummary>
    }
}

#[component]
fn SummaryItem(form: Form, target: ErrorTarget, error: FormError) -> impl IntoView {
    let i18n = form.i18n;
    let (id, field) = match target {
        ErrorTarget::Field(id) => (Some(form.field_id(id)), Some(id)),
        ErrorTarget::Captcha => (Some(form.id("captcha")), None),
        ErrorTarget::Form => (None, None),
    };
    let after = cure(form, &error);
    let text = match (&error, id) {
        // Counts down while the rest of the summary stays as it is.
        (FormError::Request(ApiError::Throttled { .. }), _) => {
            (move || form.message(&error, None)).into_any()
        }
        (_, None) => untrack(|| form.message(&error, field)).into_any(),
        (_, Some(id)) => {
            let href = format!("#{id}");
            let text = untrack(|| form.message(&error, field));
            let go = move |event: leptos::ev::MouseEvent| {
                let is_revealed = field.is_some_and(|field| form.reveal(field));
                if let Some(control) = dom::by_id(&id) {
                    // The theme's router must not take the fragment for a page.
                    event.prevent_default();
                    if is_revealed {
                        dom::focus_later(control);
                    } else {
                        dom::focus(&control);
                    }
                }
            };
            view! { <Link href=href text=text on_click=go /> }.into_any()
        }
    };
    let kept = matches!(
        &after,
        Cure::Retry {
            is_nothing_lost: true
        }
    );
    let kept = kept.then(|| [" ", &i18n.text(Message::NOT_SENT)].concat());
    view! { <li class=Part::LIST_ITEM.class()>{text} {kept} {after.view(form)}</li> }
}

/// What helps against an error, besides another value.
enum Cure {
    None,
    Retry { is_nothing_lost: bool },
    StoreForm,
    SignIn(String),
}

fn cure(form: Form, error: &FormError) -> Cure {
    match error {
        FormError::Store(FieldError::EmailInUse) => {
            let url = form.events().and_then(|events| events.sign_in_url);
            url.map_or(Cure::None, Cure::SignIn)
        }
        // Other values are the cure, not another attempt.
        FormError::Violation(_)
        | FormError::Store(_)
        | FormError::CaptchaMissing
        | FormError::Request(ApiError::InvalidCredentials) => Cure::None,
        FormError::Request(ApiError::Expired | ApiError::TokenRefused | ApiError::Forbidden) => {
            Cure::StoreForm
        }
        FormError::Request(ApiError::Throttled { .. }) => Cure::Retry {
            is_nothing_lost: false,
        },
        FormError::Request(_) => Cure::Retry {
            is_nothing_lost: true,
        },
    }
}

impl Cure {
    fn view(self, form: Form) -> Option<AnyView> {
        let i18n = form.i18n;
        match self {
            Self::None => None,
            Self::Retry { .. } => {
                let retry = view! {
                    " "
                    <Button
                        text=i18n.text(Message::RETRY)
                        variant=ButtonVariant::Plain
                        submit=true
                    />
                };
                Some(retry.into_any())
            }
            Self::StoreForm => {
                let use_store_form = view! {
                    " "
                    <Button
                        text=i18n.text(Message::USE_STORE_FORM)
                        variant=ButtonVariant::Plain
                        on_click=move || form.use_store_form()
                    />
                };
                Some(use_store_form.into_any())
            }
            Self::SignIn(url) => {
                let text = i18n.text(Message::SIGN_IN_INSTEAD);
                Some(view! { " – " <Link href=url text=text /> }.into_any())
            }
        }
    }
}
