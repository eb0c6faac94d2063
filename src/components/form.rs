//! What stands around the fields of every form: the error summary, the button, the status.

use super::dom;
use super::element::{Element, effect, element, styled};
use crate::api::{ApiError, FieldError};
use crate::i18n::Message;
use crate::state::{FormState, Problem, Target};
use std::rc::Rc;
use storefront_rules::FieldId;

/// The id of the captcha's group in a form.
pub(super) fn captcha_id(form: FormState) -> String {
    form.id("captcha")
}

/// A button for something beside the form's own purpose.
pub(super) fn quiet_button(form: FormState, words: Message) -> Element {
    styled("button", "account-button account-button--quiet")
        .attr("type", "button")
        .text(&form.i18n.text(words))
}

/// A button that sends the form once more.
fn retry_button(form: FormState) -> Element {
    quiet_button(form, Message::RETRY).attr("type", "submit")
}

/// What a summary needs to know of its form.
#[derive(Clone)]
pub(super) struct Summary {
    /// What a field is called just now.
    pub(super) label: Rc<dyn Fn(FieldId) -> String>,
    /// Offered where the e-mail address is in use, to one who is not signed in.
    pub(super) sign_in_url: Option<String>,
    /// Brings the theme's own form back.
    pub(super) fall_back: Rc<dyn Fn()>,
}

/// What is wrong, in the words that stand beside the fields, each with a link to its field
/// (GOV.UK, error summary; WCAG 3.3.1). Takes the focus when the form is refused.
pub(super) fn error_summary(form: FormState, summary: Summary) -> Element {
    let title_id = form.id("problems");
    let list = styled("ul", "account-summary__list").content_with(move || {
        let problems = form.problems().into_iter();
        problems
            .map(|(target, problem)| item(form, &summary, target, &problem))
            .collect()
    });
    let view = styled("div", "account-summary")
        .attr("role", "group")
        .attr("tabindex", "-1")
        .attr("aria-labelledby", &title_id)
        .flag_with("hidden", move || !form.has_problems())
        .child(
            styled("h2", "account-summary__title")
                .attr("id", &title_id)
                .text(&form.i18n.text(Message::PROBLEM)),
        )
        .child(list);
    let node = view.node();
    effect(move || {
        if form.summons() > 0 {
            dom::focus_soon(node.clone());
        }
    });
    view
}

fn item(form: FormState, summary: &Summary, target: Target, problem: &Problem) -> Element {
    let id = match target {
        Target::Field(id) => Some(form.field_id(id)),
        Target::Captcha => Some(captcha_id(form)),
        Target::Form => None,
    };
    let label = match target {
        Target::Field(id) => (summary.label)(id),
        Target::Captcha | Target::Form => String::new(),
    };
    let item = element("li");
    if let Problem::Api(ApiError::Throttled { .. }) = problem {
        // Counts down while the rest of the summary stays as it is.
        let problem = problem.clone();
        return item
            .text_with(move || form.words(&problem, ""))
            .text(" ")
            .child(retry_button(form));
    }
    let words = form.words(problem, &label);
    let item = match id {
        None => item.text(&words),
        Some(id) => item.child(
            element("a")
                .attr("href", &format!("#{id}"))
                .text(&words)
                .on("click", move |event| {
                    if let Some(control) = dom::by_id(&id) {
                        // The theme's router must not take the fragment for a page.
                        event.prevent_default();
                        dom::focus(&control);
                    }
                }),
        ),
    };
    match problem {
        Problem::FieldError(FieldError::EmailInUse) => match &summary.sign_in_url {
            None => item,
            Some(url) => item.text(" – ").child(
                element("a")
                    .attr("href", url)
                    .text(&form.i18n.text(Message::SIGN_IN_INSTEAD)),
            ),
        },
        // Another answer is the cure, not another attempt.
        Problem::Api(ApiError::InvalidCredentials) => item,
        Problem::Api(ApiError::Expired | ApiError::Forbidden) => {
            let fall_back = summary.fall_back.clone();
            let button = quiet_button(form, Message::USE_STORE_FORM);
            item.text(" ")
                .child(button.on("click", move |_| fall_back()))
        }
        Problem::Api(_) => {
            let kept = form.i18n.text(Message::NOT_SENT);
            item.text(" ")
                .text(&kept)
                .text(" ")
                .child(retry_button(form))
        }
        Problem::Violation(_) | Problem::FieldError(_) | Problem::CaptchaMissing => item,
    }
}

/// The button that sends the form, and one polite status beside it (WCAG 4.1.3). It stays
/// focusable while the form is on its way; a second click does nothing.
pub(super) fn submit_row(form: FormState, submit: Message, sending: Message) -> Element {
    let i18n = form.i18n;
    styled("div", "account-form__submit")
        .child(
            styled("button", "account-button account-button--primary")
                .attr("type", "submit")
                .text(&i18n.text(submit))
                .attr_with("aria-disabled", move || {
                    form.is_sending().then(|| "true".to_owned())
                }),
        )
        .child(element("span").attr("role", "status").text_with(move || {
            if form.is_sending() {
                i18n.text(sending)
            } else {
                String::new()
            }
        }))
}
