//! One address of the list.

use super::deletion::Deletion;
use crate::api::{ApiError, FieldError};
use crate::components::answer::in_words;
use crate::components::dom;
use crate::components::element::{Element, effect, element, memo, styled};
use crate::i18n::{I18n, Message};
use crate::state::{AddressBook, Change, ElementContext, Failure, Key, Row, lines, texts};
use reactive_graph::graph::untrack;
use storefront_rules::{BuiltIn, Values};

/// An address, what became of its last change, and what can be done with it. Its place in the list is
/// told by `aria-posinset` and `aria-setsize`, as only what is near is in the document (ARIA 1.2, feed).
pub(super) fn row_view(
    scope: &ElementContext,
    book: AddressBook,
    key: Key,
    deletion: Deletion,
    selects: bool,
) -> Element {
    let i18n = scope.i18n;
    let row = memo(move || book.row(key));
    let article = styled("article", "account-address")
        .attr("tabindex", "-1")
        .attr_with("aria-label", move || Some(row.with(name)))
        .attr_with("aria-busy", move || {
            row.with(|row| row.change == Change::Saving)
                .then(|| "true".to_owned())
        })
        .class_with("account-address--unsaved", move || {
            row.with(|row| row.draft.is_some() || row.failure().is_some())
        });
    let node = article.node();
    let content = element("div").content_with(move || {
        let row = row.get();
        // What has the focus is about to go; the address itself stays.
        if dom::has_focus_within(&node) {
            dom::focus_soon(node.clone());
        }
        untrack(|| content(i18n, book, key, deletion, &row))
    });
    article
        .children(selects.then(|| select_view(i18n, book, key, row_name(book, key))))
        .child(content)
}

/// By what the shopper can tell the address from others.
fn name(row: &Row) -> String {
    let (name, street) = (row.name(), row.text(BuiltIn::AddressLine1));
    let parts = [name.as_str(), street, row.text(BuiltIn::City)];
    let mut all = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !all.is_empty() {
            all.push_str(", ");
        }
        all.push_str(part);
    }
    all
}

fn row_name(book: AddressBook, key: Key) -> impl Fn() -> String + Copy {
    move || name(&book.row(key))
}

fn select_view(
    i18n: I18n,
    book: AddressBook,
    key: Key,
    name: impl Fn() -> String + 'static,
) -> Element {
    let may = memo(move || book.row(key).is_at_rest());
    let input = styled("input", "account-choice__input")
        .attr("type", "checkbox")
        .attr_with("aria-label", move || {
            Some(i18n.format(Message::SELECT_ADDRESS, &[("value", &name())]))
        })
        .flag_with("disabled", move || !may.get())
        .on("change", move |event| {
            let is_ticked = dom::is_checked(&event);
            book.select(|selected| {
                selected.retain(|other| *other != key);
                if is_ticked {
                    selected.push(key);
                }
            });
        });
    let node = input.node();
    effect(move || dom::set_checked(&node, book.selected().contains(&key)));
    styled("label", "account-address__select").child(input)
}

fn content(i18n: I18n, book: AddressBook, key: Key, deletion: Deletion, row: &Row) -> Vec<Element> {
    let mut content = vec![address_view(i18n, book, row.values())];
    content.extend(answers_view(i18n, book, row));
    content.extend(notice_view(i18n, book, row));
    let mut ways = styled("div", "account-ways account-address__ways");
    for way in ways_of(i18n, book, key, deletion, row) {
        ways = ways.child(way);
    }
    content.push(ways);
    content
}

/// The address in its country's lines, and the country.
fn address_view(i18n: I18n, book: AddressBook, values: &Values) -> Element {
    let country = match values.get(&BuiltIn::Country.id()) {
        Some(storefront_rules::Value::Text(code)) => book.country_name(code),
        Some(_) | None => String::new(),
    };
    let lines = lines(values, &i18n.language()).into_iter();
    let lines = lines.chain([country]).filter(|line| !line.is_empty());
    styled("p", "account-address__lines").children(lines.map(|line| {
        // An address keeps the direction of its script on every page.
        styled("span", "account-address__line")
            .attr("dir", "auto")
            .text(&line)
    }))
}

/// The phone, and the answers to the store's own questions.
fn answers_view(i18n: I18n, book: AddressBook, row: &Row) -> Option<Element> {
    let values = row.values();
    let fields = book.fields();
    let asked = fields
        .iter()
        .filter(|field| !field.is_built_in || field.built_in() == Some(BuiltIn::Phone));
    let answers: Vec<Element> = asked
        .filter_map(|field| {
            let words = in_words(i18n, field, &texts(values.get(&field.id)?));
            let term = element("dt").text(&field.label);
            Some([term, element("dd").text(&words)])
        })
        .flatten()
        .collect();
    (!answers.is_empty()).then(|| styled("dl", "account-facts").children(answers))
}

/// What became of the last change, or what is wrong with the address.
fn notice_view(i18n: I18n, book: AddressBook, row: &Row) -> Vec<Element> {
    let error = |words: String| styled("p", "account-field__error").text(&words);
    let failed = |what, failure: &Failure| vec![failure_view(i18n, book, what, failure)];
    match &row.change {
        Change::Saving => vec![element("p").text(&i18n.text(Message::SAVING))],
        Change::NotSaved(failure) => failed(Message::ADDRESS_NOT_SAVED, failure),
        Change::NotDeleted(failure) => failed(Message::ADDRESS_NOT_DELETED, failure),
        Change::NotDeletedAsChanged => vec![error(i18n.text(Message::NOT_DELETED_AS_CHANGED))],
        Change::Gone => vec![error(i18n.text(Message::ADDRESS_GONE))],
        Change::Conflict(theirs) => {
            let version = |words, values: &Values| {
                element("div")
                    .child(styled("p", "account-field__label").text(&i18n.text(words)))
                    .child(address_view(i18n, book, values))
            };
            vec![
                error(i18n.text(Message::CONFLICTS)),
                styled("div", "account-address__versions")
                    .child(version(Message::YOURS, row.values()))
                    .child(version(Message::THEIRS, theirs)),
            ]
        }
        Change::None if row.is_known => {
            vec![styled("p", "account-saved").text(&i18n.text(Message::ADDRESS_KNOWN))]
        }
        Change::None => {
            let fields = book.fields();
            let missing = row.missing(&fields);
            let mut labels = String::new();
            for field in &missing {
                if !labels.is_empty() {
                    labels.push_str(", ");
                }
                labels.push_str(&field.label);
            }
            let words = i18n.format(Message::ADDRESS_INCOMPLETE, &[("value", &labels)]);
            (!missing.is_empty())
                .then(|| error(words))
                .into_iter()
                .collect()
        }
        Change::Deleted | Change::Over => Vec::new(),
    }
}

fn failure_view(i18n: I18n, book: AddressBook, what: Message, failure: &Failure) -> Element {
    let what = i18n.text(what);
    let error = styled("p", "account-field__error").text(&what).text(" ");
    match failure {
        // Counts down while the rest of the address stays as it is.
        Failure::Api(ApiError::Throttled { .. }) => error.text_with(move || i18n.wait(book.wait())),
        Failure::Api(api) => error.text(&i18n.api_error(api)),
        Failure::SignedOut => error.text(&i18n.text(Message::ADDRESS_SIGN_IN)),
        Failure::Rejected(rejection) => {
            let of_fields = rejection.fields.iter().map(|(_, refusal)| match refusal {
                FieldError::EmailInUse => i18n.text(Message::EMAIL_IN_USE),
                FieldError::NotAnEmail => i18n.text(Message::NOT_AN_EMAIL),
                FieldError::Message(words) => words.clone(),
            });
            let words = of_fields.chain(rejection.form.iter().cloned());
            words.fold(error, |error, words| error.text(&words).text(" "))
        }
    }
}

/// What can be done with the address now.
fn ways_of(i18n: I18n, book: AddressBook, key: Key, deletion: Deletion, row: &Row) -> Vec<Element> {
    let name = name(row);
    let button = |words: Message| {
        // Many buttons have the same word on them; what they are about is said too (WCAG 2.4.9).
        let about = styled("span", "account-hidden").text(": ").text(&name);
        styled("button", "account-button account-button--quiet")
            .attr("type", "button")
            .text(&i18n.text(words))
            .child(about)
    };
    let edit = |words| button(words).on("click", move |_| book.open(Some(key)));
    let retry = || button(Message::RETRY).on("click", move |_| book.retry(key));
    let discard = || button(Message::DISCARD).on("click", move |_| book.discard(key));
    let delete = || button(Message::DELETE).on("click", move |_| deletion.begin(vec![key]));
    let decide =
        |words, keeps_mine| button(words).on("click", move |_| book.decide(key, keeps_mine));
    match &row.change {
        Change::None | Change::NotDeletedAsChanged => {
            let is_complete = row.missing(&book.fields()).is_empty();
            let words = if is_complete {
                Message::EDIT
            } else {
                Message::COMPLETE
            };
            vec![edit(words), delete()]
        }
        Change::NotSaved(_) => vec![retry(), edit(Message::EDIT), discard()],
        // Another captcha is asked for in the question.
        Change::NotDeleted(_) if book.captcha().is_some() => vec![delete(), edit(Message::EDIT)],
        Change::NotDeleted(_) => vec![retry(), edit(Message::EDIT)],
        Change::Conflict(_) => {
            vec![
                decide(Message::KEEP_YOURS, true),
                decide(Message::KEEP_THEIRS, false),
            ]
        }
        Change::Gone => {
            let anew = button(Message::ADD_ANEW).on("click", move |_| book.add_anew(key));
            vec![anew, discard()]
        }
        Change::Saving | Change::Deleted | Change::Over => Vec::new(),
    }
}
