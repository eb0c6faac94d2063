//! What stands above the list: searching, choosing, the count, what is selected.

use super::address_row::Key;
use super::book::AddressBookState;
use super::catalogue::{AddressFilter, Sort};
use super::delete_dialog::DeleteRequest;
use crate::api::AddressType;
use crate::i18n::Message;
use crate::ui::id::unique_id;
use crate::ui::{
    Actions, Button, ButtonVariant, Notice, Options, Part, SearchInput, Status, Text, ToolSelect,
};
use leptos::prelude::*;

/// From so many addresses on there is something to search.
const WORTH_SEARCHING: u32 = 6;

/// Everything above the list.
#[component]
pub(super) fn Toolbar(
    book: AddressBookState,
    shown: Memo<Vec<Key>>,
    request: DeleteRequest,
    /// Whether addresses can be selected.
    selects: bool,
) -> impl IntoView {
    let i18n = book.context.i18n();
    let is_large = Memo::new(move |_| {
        book.paging.total() >= WORTH_SEARCHING || book.list.filter().needs_all()
    });
    let selection = selects.then(|| view! { <SelectionTools book=book request=request /> });
    let text = Signal::derive(move || book.list.filter().words);
    let search = move |words: String| book.list.look_for(|filter| filter.words = words);
    view! {
        <div>
            <IncompleteNotice book=book />
            <div class=Part::TOOLBAR.class() role="search" hidden=move || !is_large.get()>
                <SearchInput
                    id=unique_id("search")
                    label=i18n.text(Message::SEARCH_ADDRESSES)
                    text=text
                    on_input=search
                />
                <CountryFilter book=book />
                <CompanyFilter book=book />
                <TypeFilter book=book />
                <SortOrder book=book />
            </div>
            <Count book=book shown=shown selects=selects />
            {selection}
        </div>
    }
}

/// Any, and then these by their names.
fn any_of(book: AddressBookState, values: &[String], names: Vec<String>) -> Vec<(String, String)> {
    let i18n = book.context.i18n();
    let order = i18n.order(names.clone()).into_iter();
    let one = |place: u32| {
        let place = place as usize;
        Some((values.get(place)?.clone(), names.get(place)?.clone()))
    };
    let any = (String::new(), i18n.text(Message::ANY_OF));
    [any].into_iter().chain(order.filter_map(one)).collect()
}

#[component]
fn CountryFilter(book: AddressBookState) -> impl IntoView {
    let options = Memo::new(move |_| {
        let codes = book.facets().countries;
        let names = codes.iter().map(|code| book.context.country_name(code));
        let names = names.collect();
        Options {
            options: any_of(book, &codes, names),
            selected: book.list.filter().country,
        }
    });
    let choose = move |code: String| book.list.look_for(|filter| filter.country = code);
    view! {
        <ToolSelect
            id=unique_id("country")
            label=book.context.i18n().text(Message::FILTER_COUNTRY)
            options=options
            on_change=choose
        />
    }
}

#[component]
fn CompanyFilter(book: AddressBookState) -> impl IntoView {
    let options = Memo::new(move |_| {
        let companies = book.facets().companies.unwrap_or_default();
        Options {
            options: any_of(book, &companies, companies.clone()),
            selected: book.list.filter().company,
        }
    });
    let choose = move |company: String| book.list.look_for(|filter| filter.company = company);
    view! {
        <ToolSelect
            id=unique_id("company")
            label=book.context.i18n().text(Message::FILTER_COMPANY)
            options=options
            on_change=choose
        />
    }
}

const TYPES: [(&str, Option<AddressType>, Message); 3] = [
    ("", None, Message::ANY_OF),
    (
        "residential",
        Some(AddressType::Residential),
        Message::RESIDENTIAL,
    ),
    (
        "commercial",
        Some(AddressType::Commercial),
        Message::COMMERCIAL,
    ),
];

#[component]
fn TypeFilter(book: AddressBookState) -> impl IntoView {
    let i18n = book.context.i18n();
    let options = Memo::new(move |_| {
        let has_types = book.facets().has_kinds;
        let filter = book.list.filter();
        let types = TYPES.into_iter().filter(|_| has_types);
        let selected = TYPES.iter().find(|(_, kind, _)| *kind == filter.kind);
        Options {
            options: types
                .map(|(value, _, label)| (value.to_owned(), i18n.text(label)))
                .collect(),
            selected: selected.map_or_else(String::new, |(value, ..)| (*value).to_owned()),
        }
    });
    let choose = move |value: String| {
        let chosen = TYPES.iter().find(|(of, ..)| *of == value);
        let kind = chosen.and_then(|(_, kind, _)| *kind);
        book.list.look_for(|filter| filter.kind = kind);
    };
    view! {
        <ToolSelect
            id=unique_id("kind")
            label=i18n.text(Message::FILTER_KIND)
            options=options
            on_change=choose
        />
    }
}

#[component]
fn SortOrder(book: AddressBookState) -> impl IntoView {
    let i18n = book.context.i18n();
    let options = Memo::new(move |_| {
        let label = |(sort, value): (Sort, &str)| {
            let label = match sort {
                Sort::Oldest => Message::SORT_OLDEST,
                Sort::Newest => Message::SORT_NEWEST,
                Sort::Name => Message::SORT_NAME,
                Sort::Company => Message::SORT_COMPANY,
                Sort::City => Message::SORT_CITY,
                Sort::Country => Message::SORT_COUNTRY,
            };
            (value.to_owned(), i18n.text(label))
        };
        let sort = book.list.filter().sort;
        let selected = Sort::ALL.into_iter().find(|(of, _)| *of == sort);
        Options {
            options: Sort::ALL.into_iter().map(label).collect(),
            selected: selected.map_or_else(String::new, |(_, name)| name.to_owned()),
        }
    });
    let choose = move |name: String| {
        book.list
            .look_for(|filter| filter.sort = Sort::named(&name));
    };
    view! {
        <ToolSelect
            id=unique_id("sort")
            label=i18n.text(Message::SORT_BY)
            options=options
            on_change=choose
        />
    }
}

/// How many there are, said when it changes (WCAG 4.1.3), and the way to show everything again.
#[component]
fn Count(book: AddressBookState, selects: bool, shown: Memo<Vec<Key>>) -> impl IntoView {
    let i18n = book.context.i18n();
    let narrows = Memo::new(move |_| book.list.filter().narrows());
    let count = Memo::new(move |_| shown.with(Vec::len));
    let text = Signal::derive(move || {
        let total = book.paging.total();
        let (shown, all) = (count.get().to_string(), total.to_string());
        let written = i18n.number(total.into());
        let of_all = ("value", &*written);
        let is_slice = book.context.is_slice();
        match (narrows.get() || is_slice, book.paging.has_more(), total) {
            (false, _, 0) => i18n.text(Message::NO_ADDRESSES),
            (false, _, _) => i18n.format(Message::ADDRESS_COUNT, &[("count", &all)]),
            (true, true, _) => {
                i18n.format(Message::ADDRESSES_SEARCHING, &[("count", &shown), of_all])
            }
            (true, false, _) if shown == "0" => i18n.text(Message::NONE_FOUND),
            (true, false, _) if is_slice => {
                i18n.format(Message::ADDRESS_COUNT, &[("count", &shown)])
            }
            (true, false, _) => i18n.format(Message::ADDRESSES_FOUND, &[("count", &shown), of_all]),
        }
    });
    let select = selects.then(|| view! { <SelectToggle book=book shown=shown /> });
    view! {
        <Actions part=Part::ADDRESSES_COUNT>
            <Status text=text />
            <Button
                text=i18n.text(Message::SHOW_ALL)
                variant=ButtonVariant::Plain
                hidden=Signal::derive(move || !narrows.get())
                on_click=move || book.list.look_for(AddressFilter::clear)
            />
            {select}
        </Actions>
    }
}

/// Begins to select addresses, and ends it.
#[component]
fn SelectToggle(book: AddressBookState, shown: Memo<Vec<Key>>) -> impl IntoView {
    let i18n = book.context.i18n();
    let text = Signal::derive(move || {
        i18n.text(match book.selection.is_on() {
            true => Message::SELECT_DONE,
            false => Message::SELECT,
        })
    });
    let toggle = move || match untrack(|| book.selection.is_on()) {
        true => book.selection.end(),
        false => book.selection.begin(),
    };
    view! {
        <Button
            text=text
            variant=ButtonVariant::Plain
            hidden=Signal::derive(move || shown.with(Vec::is_empty) && !book.selection.is_on())
            on_click=toggle
        />
    }
}

/// What the store asks for since some addresses were made.
#[component]
fn IncompleteNotice(book: AddressBookState) -> impl IntoView {
    let i18n = book.context.i18n();
    let count = Memo::new(move |_| book.rows.incomplete());
    let text = move || {
        let count = count.get().to_string();
        i18n.format(Message::INCOMPLETE_COUNT, &[("count", &count)])
    };
    view! {
        <Notice hidden=Signal::derive(move || count.get() == 0)>
            <Text text=text />
            <Button
                text=i18n.text(Message::SHOW_INCOMPLETE)
                variant=ButtonVariant::Plain
                hidden=Signal::derive(move || book.list.filter().is_incomplete)
                on_click=move || book.list.look_for(|filter| filter.is_incomplete = true)
            />
        </Notice>
    }
}

/// What to do with what is selected.
#[component]
fn SelectionTools(book: AddressBookState, request: DeleteRequest) -> impl IntoView {
    let i18n = book.context.i18n();
    let text = Signal::derive(move || {
        let count = book.selection.keys().len().to_string();
        i18n.format(Message::DELETE_SELECTED, &[("count", &count)])
    });
    let delete = move || {
        let selected = untrack(|| book.selection.keys());
        // In the order of the list, so that the focus goes behind the last.
        let mut keys = untrack(|| book.list.shown());
        keys.retain(|key| selected.contains(key));
        request.begin(keys);
    };
    let is_empty = Signal::derive(move || book.selection.keys().is_empty());
    view! {
        <Actions part=Part::ADDRESSES_SELECTION hidden=Signal::derive(move || !book.selection.is_on())>
            <Button text=text hidden=is_empty on_click=delete />
            <Button
                text=i18n.text(Message::SELECT_SHOWN)
                variant=ButtonVariant::Plain
                on_click=move || book.selection.select_shown()
            />
        </Actions>
    }
}
