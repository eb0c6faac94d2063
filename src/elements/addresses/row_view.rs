//! One address of the list.

use super::address_row::{AddressChange, Failure, Key, Row, lines};
use super::book::AddressBookState;
use super::delete_dialog::DeleteRequest;
use crate::api::{AddressType, ApiError, FieldError};
use crate::forms::{describe_values, field_values, request_error};
use crate::i18n::{I18n, Message};
use crate::ui::{Actions, Button, ButtonVariant, Checkbox, Facts, Part, Text, dom, remade};
use leptos::html;
use leptos::prelude::*;
use storefront_rules::{BuiltIn, Value, Values};

/// An address, what became of its last change, and what can be done with it. Its place in the list is
/// told by the feed.
#[component]
pub(super) fn AddressView(
    book: AddressBookState,
    key: Key,
    request: DeleteRequest,
    /// Whether addresses can be selected.
    selects: bool,
) -> impl IntoView {
    let row = Memo::new(move |_| book.rows.row(key));
    let content = NodeRef::<html::Div>::new();
    let select = selects.then(|| view! { <SelectAddress book=book key=key row=row /> });
    let details = remade(move || {
        let row = row.get();
        // What has the focus is about to go; the address itself stays.
        let article = content.try_get_untracked().flatten();
        if let Some(article) = article.and_then(|content| content.parent_element())
            && dom::has_focus_within(&article)
        {
            dom::focus_later(article);
        }
        Some(view! { <Details book=book key=key request=request row=row /> }.into_any())
    });
    view! {
        {select}
        <div class=Part::ADDRESS_BODY.class() node_ref=content>
            {details}
        </div>
    }
}

#[component]
fn SelectAddress(book: AddressBookState, key: Key, row: Memo<Row>) -> impl IntoView {
    let i18n = book.context.i18n();
    let label = Signal::derive(move || {
        let description = row.with(Row::description);
        i18n.format(Message::SELECT_ADDRESS, &[("value", &description)])
    });
    remade(move || {
        let checkbox = book.selection.is_on().then(|| {
            view! {
                <Checkbox
                    part=Part::ADDRESS_SELECT
                    label=label
                    checked=Signal::derive(move || book.selection.keys().contains(&key))
                    disabled=Signal::derive(move || !row.with(Row::is_at_rest))
                    on_change=move |is_selected: bool| book.selection.select(key, is_selected)
                />
            }
        });
        checkbox.map(IntoAny::into_any)
    })
}

#[component]
fn Details(book: AddressBookState, key: Key, request: DeleteRequest, row: Row) -> impl IntoView {
    view! {
        <AddressLines book=book values=row.values().clone() kind=row.kind />
        <CustomValues book=book row=row.clone() />
        <ChangeNotice book=book row=row.clone() />
        <Actions part=Part::ADDRESS_ACTIONS>
            <RowActions book=book key=key request=request row=row />
        </Actions>
    }
}

/// The address in its country's lines, and the country with what kind of place it is, where the store says so.
#[component]
fn AddressLines(
    book: AddressBookState,
    values: Values,
    #[prop(optional_no_strip)] kind: Option<AddressType>,
) -> impl IntoView {
    let country = match values.get(&BuiltIn::Country.id()) {
        Some(Value::Text(code)) => book.context.country_name(code),
        Some(_) | None => String::new(),
    };
    let lines = lines(&values, &book.context.i18n().language()).into_iter();
    let lines = lines.chain([country]).filter(|line| !line.is_empty());
    let lines: Vec<String> = lines.collect();
    let last = lines.len();
    // An address keeps the direction of its script on every page.
    let lines = lines.into_iter().zip(1..).map(|(line, number)| {
        let kind = kind.filter(|_| number == last);
        let chip = kind.map(|kind| view! { <KindChip book=book kind=kind /> });
        view! {
            <span class=Part::ADDRESS_LINE.class() dir="auto">
                {line}
                {chip}
            </span>
        }
    });
    view! { <p class=Part::ADDRESS_LINES.class()>{lines.collect::<Vec<_>>()}</p> }
}

/// Whether a home or a business is there.
#[component]
fn KindChip(book: AddressBookState, kind: AddressType) -> impl IntoView {
    let text = book.context.i18n().text(match kind {
        AddressType::Residential => Message::RESIDENTIAL_ADDRESS,
        AddressType::Commercial => Message::COMMERCIAL_ADDRESS,
    });
    view! {
        " "
        <span class=Part::CHIP.class()>{text}</span>
    }
}

/// The phone, and the values of the store's own fields.
#[component]
fn CustomValues(book: AddressBookState, row: Row) -> impl IntoView {
    let i18n = book.context.i18n();
    let definitions = book.context.definitions();
    let fields = definitions.fields.iter();
    let shown =
        fields.filter(|field| !field.is_built_in || field.built_in() == Some(BuiltIn::Phone));
    let facts = shown.filter_map(|field| {
        let values = field_values(row.values().get(&field.id)?);
        Some((field.label.clone(), describe_values(i18n, field, &values)))
    });
    let facts: Vec<_> = facts.collect();
    (!facts.is_empty()).then(|| view! { <Facts facts=facts /> })
}

fn error(text: String) -> AnyView {
    view! { <p class=Part::ERROR.class()>{text}</p> }.into_any()
}

/// What became of the last change, or what is wrong with the address.
#[component]
fn ChangeNotice(book: AddressBookState, row: Row) -> impl IntoView {
    let i18n = book.context.i18n();
    let text = |message: Message| i18n.text(message);
    match &row.change {
        AddressChange::Saving => Some(view! { <Text text=text(Message::SAVING) /> }.into_any()),
        AddressChange::NotSaved(failure) => Some(failure_view(
            book,
            text(Message::ADDRESS_NOT_SAVED),
            failure,
        )),
        AddressChange::NotDeleted(failure) => Some(failure_view(
            book,
            text(Message::ADDRESS_NOT_DELETED),
            failure,
        )),
        AddressChange::NotDeletedAsChanged => Some(error(text(Message::NOT_DELETED_AS_CHANGED))),
        AddressChange::Gone => Some(error(text(Message::ADDRESS_GONE))),
        AddressChange::Conflict(theirs) => {
            let version = |title: Message, values: &Values| {
                view! {
                    <div>
                        <p class=Part::LABEL.class()>{text(title)}</p>
                        <AddressLines book=book values=values.clone() />
                    </div>
                }
            };
            let view = view! {
                {error(text(Message::CONFLICTS))}
                <div class=Part::ADDRESS_VERSIONS.class()>
                    {version(Message::YOURS, row.values())}
                    {version(Message::THEIRS, theirs)}
                </div>
            };
            Some(view.into_any())
        }
        AddressChange::None if row.is_known => {
            let text = text(Message::ADDRESS_KNOWN);
            Some(view! { <p class=Part::STATUS.class()>{text}</p> }.into_any())
        }
        AddressChange::None => {
            let definitions = book.context.definitions();
            let missing = row.missing(&definitions.fields);
            if missing.is_empty() {
                return None;
            }
            let labels: Vec<&str> = missing.iter().map(|field| field.label.as_str()).collect();
            let arguments = [("value", &*labels.join(", "))];
            Some(error(i18n.format(Message::ADDRESS_INCOMPLETE, &arguments)))
        }
        AddressChange::Deleted | AddressChange::Over => None,
    }
}

fn failure_view(book: AddressBookState, what: String, failure: &Failure) -> AnyView {
    let i18n = book.context.i18n();
    let why = match failure {
        // Counts down while the rest of the address stays as it is.
        Failure::Api(ApiError::Throttled { .. }) => {
            (move || i18n.wait(book.context.wait())).into_any()
        }
        Failure::Api(api) => request_error(i18n, api).into_any(),
        Failure::SignedOut => i18n.text(Message::ADDRESS_SIGN_IN).into_any(),
        Failure::Rejected(errors) => {
            let of_fields = errors.fields.iter().map(|(_, error)| reason(i18n, error));
            let reasons: Vec<String> = of_fields.chain(errors.form.iter().cloned()).collect();
            reasons.join(" ").into_any()
        }
    };
    view! { <p class=Part::ERROR.class()>{what} " " {why}</p> }.into_any()
}

fn reason(i18n: I18n, error: &FieldError) -> String {
    match error {
        FieldError::EmailInUse => i18n.text(Message::EMAIL_IN_USE),
        FieldError::NotAnEmail => i18n.text(Message::NOT_AN_EMAIL),
        FieldError::Message(message) => message.clone(),
    }
}

/// What can be done with the address now.
#[component]
fn RowActions(book: AddressBookState, key: Key, request: DeleteRequest, row: Row) -> impl IntoView {
    let i18n = book.context.i18n();
    let about = row.description();
    let button = |message: Message, on_click: UnsyncCallback<()>| {
        view! {
            <Button
                text=i18n.text(message)
                about=about.clone()
                variant=ButtonVariant::Plain
                on_click=on_click
            />
        }
        .into_any()
    };
    let edit = |message| {
        button(
            message,
            UnsyncCallback::new(move |()| book.editor.open(Some(key))),
        )
    };
    let retry = || {
        button(
            Message::RETRY,
            UnsyncCallback::new(move |()| book.changes.retry(key)),
        )
    };
    let discard = || {
        button(
            Message::DISCARD,
            UnsyncCallback::new(move |()| book.changes.discard(key)),
        )
    };
    let delete = || {
        button(
            Message::DELETE,
            UnsyncCallback::new(move |()| request.begin(vec![key])),
        )
    };
    let decide = |message, keeps_mine| {
        button(
            message,
            UnsyncCallback::new(move |()| book.changes.decide(key, keeps_mine)),
        )
    };
    match &row.change {
        AddressChange::None | AddressChange::NotDeletedAsChanged => {
            let is_complete = row.missing(&book.context.definitions().fields).is_empty();
            let message = if is_complete {
                Message::EDIT
            } else {
                Message::COMPLETE
            };
            vec![edit(message), delete()]
        }
        AddressChange::NotSaved(_) => vec![retry(), edit(Message::EDIT), discard()],
        // Another captcha is asked for in the question.
        AddressChange::NotDeleted(_) if book.context.captcha().is_some() => {
            vec![delete(), edit(Message::EDIT)]
        }
        AddressChange::NotDeleted(_) => vec![retry(), edit(Message::EDIT)],
        AddressChange::Conflict(_) => vec![
            decide(Message::KEEP_YOURS, true),
            decide(Message::KEEP_THEIRS, false),
        ],
        AddressChange::Gone => {
            let add_again = UnsyncCallback::new(move |()| book.changes.add_again(key));
            vec![button(Message::ADD_ANEW, add_again), discard()]
        }
        AddressChange::Saving | AddressChange::Deleted | AddressChange::Over => Vec::new(),
    }
}
