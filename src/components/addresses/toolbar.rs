//! What stands above the list: searching, choosing, the count, what is selected.

use super::deletion::Deletion;
use crate::api::AddressType;
use crate::components::dom;
use crate::components::element::{Element, element, memo, styled};
use crate::i18n::{I18n, Message};
use crate::state::{AddressBook, FormState, Key, Query, Sort};
use crate::watched::Watched;
use reactive_graph::graph::untrack;

/// From so many addresses on there is something to search.
const WORTH_SEARCHING: u32 = 6;

/// Everything above the list.
pub(super) fn toolbar_view(
    i18n: I18n,
    book: AddressBook,
    shown: Watched<Vec<Key>>,
    deletion: Deletion,
    selects: bool,
) -> Element {
    let is_large = memo(move || book.total() >= WORTH_SEARCHING || book.query().needs_all());
    let form = FormState::new(i18n);
    let tools = styled("div", "account-tools")
        .attr("role", "search")
        .flag_with("hidden", move || !is_large.get())
        .child(search_view(form, book))
        .child(country_view(form, book))
        .child(company_view(form, book))
        .child(kind_view(form, book))
        .child(sort_view(form, book));
    let selection = (selects).then(|| selection_view(i18n, book, deletion));
    element("div")
        .child(incomplete_view(i18n, book))
        .child(tools)
        .child(count_view(i18n, book, shown))
        .children(selection)
}

fn search_view(form: FormState, book: AddressBook) -> Element {
    let id = form.id("search");
    let label = form.i18n.text(Message::SEARCH_ADDRESSES);
    let input = styled("input", "account-field__input")
        .attr("type", "search")
        .attr("id", &id)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .on("input", move |event| {
            book.look_for(|query| query.words = dom::typed_text(&event));
        });
    let node = input.node();
    // "Show all" empties it.
    let input = input.flag_with("data-empty", move || {
        let is_empty = book.query().words.is_empty();
        if is_empty {
            dom::set_value(&node, "");
        }
        is_empty
    });
    tool(&id, &label, input).class_with("account-tools__tool--wide", || true)
}

/// A control with a label above it.
fn tool(id: &str, label: &str, control: Element) -> Element {
    let label = styled("label", "account-field__label")
        .attr("for", id)
        .text(label);
    styled("div", "account-tools__tool")
        .child(label)
        .child(control)
}

/// One of the choices: a pick list of (value, label) that stands at `chosen`.
struct Choice<'a> {
    form: FormState,
    part: &'a str,
    label: Message,
}

impl Choice<'_> {
    fn view(
        self,
        options: impl Fn() -> Vec<(String, String)> + 'static,
        chosen: impl Fn() -> String + 'static,
        choose: impl Fn(String) + 'static,
    ) -> Element {
        let id = self.form.id(self.part);
        let options = memo(options);
        let select = styled("select", "account-field__input")
            .attr("id", &id)
            .content_with(move || {
                let chosen = chosen();
                let options = options.get().into_iter();
                options
                    .map(|(value, label)| {
                        let option = element("option").attr("value", &value).text(&label);
                        option.flag("selected", value == chosen)
                    })
                    .collect()
            })
            .on("change", move |event| choose(dom::typed_text(&event)));
        let view = tool(&id, &self.form.i18n.text(self.label), select);
        // Two are no choice where the first stands for all.
        let is_needless = move || options.with(|options| options.len() < 3);
        view.flag_with("hidden", is_needless)
    }
}

fn country_view(form: FormState, book: AddressBook) -> Element {
    let i18n = form.i18n;
    let choice = Choice {
        form,
        part: "country",
        label: Message::FILTER_COUNTRY,
    };
    let options = move || {
        let codes = book.facets().countries;
        let names: Vec<String> = codes.iter().map(|code| book.country_name(code)).collect();
        sorted(i18n, codes, names)
    };
    choice.view(
        options,
        move || book.query().country,
        move |code| book.look_for(|query| query.country = code),
    )
}

fn company_view(form: FormState, book: AddressBook) -> Element {
    let i18n = form.i18n;
    let choice = Choice {
        form,
        part: "company",
        label: Message::FILTER_COMPANY,
    };
    let options = move || {
        let companies = book.facets().companies.unwrap_or_default();
        sorted(i18n, companies.clone(), companies)
    };
    choice.view(
        options,
        move || book.query().company,
        move |company| book.look_for(|query| query.company = company),
    )
}

/// All, and then these by their names.
fn sorted(i18n: I18n, values: Vec<String>, names: Vec<String>) -> Vec<(String, String)> {
    let order = i18n.order(names.clone()).into_iter();
    let one = |place: u32| {
        let place = place as usize;
        Some((values.get(place)?.clone(), names.get(place)?.clone()))
    };
    let all = (String::new(), i18n.text(Message::ANY_OF));
    [all].into_iter().chain(order.filter_map(one)).collect()
}

fn kind_view(form: FormState, book: AddressBook) -> Element {
    let i18n = form.i18n;
    let choice = Choice {
        form,
        part: "kind",
        label: Message::FILTER_KIND,
    };
    let options = move || {
        let kinds = [
            ("", Message::ANY_OF),
            ("residential", Message::RESIDENTIAL),
            ("commercial", Message::COMMERCIAL),
        ];
        let kinds = kinds.into_iter().filter(|_| book.facets().has_kinds);
        kinds
            .map(|(value, label)| (value.to_owned(), i18n.text(label)))
            .collect()
    };
    let chosen = move || match book.query().kind {
        None => String::new(),
        Some(AddressType::Residential) => "residential".to_owned(),
        Some(AddressType::Commercial) => "commercial".to_owned(),
    };
    choice.view(options, chosen, move |value| {
        let kind = match value.as_str() {
            "residential" => Some(AddressType::Residential),
            "commercial" => Some(AddressType::Commercial),
            _ => None,
        };
        book.look_for(|query| query.kind = kind);
    })
}

fn sort_view(form: FormState, book: AddressBook) -> Element {
    let i18n = form.i18n;
    let choice = Choice {
        form,
        part: "sort",
        label: Message::SORT_BY,
    };
    let options = move || {
        let name = |(sort, value): (Sort, &str)| {
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
        Sort::ALL.into_iter().map(name).collect()
    };
    let chosen = move || {
        let sort = book.query().sort;
        let found = Sort::ALL.into_iter().find(|(of, _)| *of == sort);
        found.map_or_else(String::new, |(_, name)| name.to_owned())
    };
    choice.view(options, chosen, move |name| {
        book.look_for(|query| query.sort = Sort::named(&name));
    })
}

/// A button that shows everything again.
fn show_all(i18n: I18n, book: AddressBook) -> Element {
    quiet(i18n, Message::SHOW_ALL).on("click", move |_| {
        book.look_for(Query::widen);
    })
}

fn quiet(i18n: I18n, words: Message) -> Element {
    styled("button", "account-button account-button--quiet")
        .attr("type", "button")
        .text(&i18n.text(words))
}

/// How many there are, said when it changes (WCAG 4.1.3).
fn count_view(i18n: I18n, book: AddressBook, shown: Watched<Vec<Key>>) -> Element {
    let narrows = memo(move || book.query().narrows());
    let shown = memo(move || shown.with(Vec::len));
    let words = move || {
        let (shown, total) = (shown.get().to_string(), book.total().to_string());
        let narrows = narrows.get() || book.is_slice();
        match (narrows, book.has_more(), book.total()) {
            (false, _, 0) => i18n.text(Message::NO_ADDRESSES),
            (false, _, _) => i18n.format(Message::ADDRESS_COUNT, &[("count", &total)]),
            (true, true, _) => i18n.format(
                Message::ADDRESSES_SEARCHING,
                &[("count", &shown), ("value", &total)],
            ),
            (true, false, _) if shown == "0" => i18n.text(Message::NONE_FOUND),
            (true, false, _) if book.is_slice() => {
                i18n.format(Message::ADDRESS_COUNT, &[("count", &shown)])
            }
            (true, false, _) => i18n.format(
                Message::ADDRESSES_FOUND,
                &[("count", &shown), ("value", &total)],
            ),
        }
    };
    let all = show_all(i18n, book).flag_with("hidden", move || !narrows.get());
    styled("div", "account-ways account-addresses__count")
        .child(element("p").attr("role", "status").text_with(words))
        .child(all)
}

/// What the store asks for since some addresses were made.
fn incomplete_view(i18n: I18n, book: AddressBook) -> Element {
    let count = memo(move || book.incomplete());
    let show = quiet(i18n, Message::SHOW_INCOMPLETE)
        .flag_with("hidden", move || book.query().is_incomplete)
        .on("click", move |_| {
            book.look_for(|query| query.is_incomplete = true);
        });
    styled("section", "account-notice")
        .flag_with("hidden", move || count.get() == 0)
        .child(element("p").text_with(move || {
            i18n.format(
                Message::INCOMPLETE_COUNT,
                &[("count", &count.get().to_string())],
            )
        }))
        .child(show)
}

/// What to do with what is selected.
fn selection_view(i18n: I18n, book: AddressBook, deletion: Deletion) -> Element {
    let delete = styled("button", "account-button")
        .attr("type", "button")
        .text_with(move || {
            let count = book.selected().len().to_string();
            i18n.format(Message::DELETE_SELECTED, &[("count", &count)])
        })
        .on("click", move |_| {
            let selected = untrack(|| book.selected());
            // In the order of the list, so that the focus goes behind the last.
            let mut keys = untrack(|| book.shown());
            keys.retain(|key| selected.contains(key));
            deletion.begin(keys);
        });
    let all = quiet(i18n, Message::SELECT_SHOWN).on("click", move |_| book.select_shown(true));
    let none = quiet(i18n, Message::SELECT_NONE).on("click", move |_| book.select_shown(false));
    styled("div", "account-ways account-addresses__selection")
        .flag_with("hidden", move || book.selected().is_empty())
        .child(delete)
        .child(all)
        .child(none)
}
