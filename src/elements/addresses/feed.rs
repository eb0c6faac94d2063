//! The list: of thousands of addresses, what is near the window is in the document.
//!
//! It follows the ARIA pattern of a feed: each address knows its place among all, and Page Down and
//! Page Up lead from one to the next.

use super::address_row::{Key, Row};
use super::book::{AddressBookState, SMALL};
use super::context::FocusTarget;
use crate::forms::request_error;
use crate::i18n::Message;
use crate::ui::{Button, ButtonVariant, Part, Status, classes, dom};
use leptos::html;
use leptos::prelude::*;
use std::ops::Range;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// How far beyond the window addresses are drawn, in CSS pixels.
const MARGIN: f64 = 600.0;

/// How many addresses of a list that is drawn as a whole are drawn at once: a slow phone takes some 10 ms for each, and must
/// not take longer than 50 ms for anything (RAIL).
const SLICE: usize = 4;

/// How high an address is taken to be before any was measured, in CSS pixels.
const GUESS: f64 = 200.0;

/// What the list knows of the heights of its rows.
#[derive(Clone, Debug, Default)]
struct Heights {
    /// By key; 0 where it is not known.
    known: Vec<f64>,
    /// The height assumed for the others: the mean of those that were measured first. It never changes
    /// after that, as the list must not move under the shopper.
    guess: Option<f64>,
}

impl Heights {
    fn guess(&self) -> f64 {
        self.guess.unwrap_or(GUESS)
    }

    fn of(&self, key: Key) -> f64 {
        let known = self.known.get(key).copied();
        known
            .filter(|height| *height > 0.0)
            .unwrap_or_else(|| self.guess())
    }

    /// Takes in the heights of what is drawn.
    fn measure(&mut self, rows: &[(Key, f64)]) {
        for (key, height) in rows {
            if self.known.len() <= *key {
                self.known.resize(key + 1, 0.0);
            }
            if let Some(place) = self.known.get_mut(*key) {
                *place = *height;
            }
        }
        if self.guess.is_none() && !rows.is_empty() {
            #[allow(clippy::cast_precision_loss, reason = "a few dozen")]
            let count = rows.len() as f64;
            let sum: f64 = rows.iter().map(|(_, height)| height).sum();
            self.guess = Some(sum / count);
        }
    }

    /// Which of `shown` are between `from` and `to`, in CSS pixels from the beginning of the list, and the
    /// space before them.
    fn range(&self, shown: &[Key], from: f64, to: f64) -> (Range<usize>, f64) {
        let (mut start, mut end) = (0, shown.len());
        let (mut before, mut y) = (0.0, 0.0);
        for (place, key) in shown.iter().enumerate() {
            if y > to {
                end = place;
                break;
            }
            y += self.of(*key);
            if y < from {
                start = place + 1;
                before = y;
            }
        }
        // Scrolled beyond either end, or with the list still far below, there is something to draw.
        let start = start.min(shown.len().saturating_sub(1));
        (start..end.max(start + 1).min(shown.len()), before)
    }
}

/// The list, windowed.
#[derive(Clone, Copy)]
struct Window {
    book: AddressBookState,
    node: NodeRef<html::Div>,
    /// What the list shows.
    shown: Memo<Vec<Key>>,
    /// Which of these are in the document.
    drawn: RwSignal<Range<usize>>,
    heights: StoredValue<Heights>,
    /// The row that is to come into view next.
    target: StoredValue<Option<Key>>,
    /// What had the focus in the list when its rows changed last.
    focused: StoredValue<Option<Element>, LocalStorage>,
    /// Has the focus where there is no row to have it.
    fallback: NodeRef<html::Button>,
}

/// The list of addresses, each shown by `row`.
#[component]
pub(super) fn Feed(
    book: AddressBookState,
    shown: Memo<Vec<Key>>,
    /// Has the focus where there is no row to have it.
    fallback: NodeRef<html::Button>,
    row: UnsyncCallback<Key, AnyView>,
) -> impl IntoView {
    let i18n = book.context.i18n();
    let window = Window::new(book, shown, fallback);
    window.follow();
    let size = Memo::new(move |_| window.set_size());
    let saved = Part::ADDRESS.class();
    let unsaved = classes(&[Part::ADDRESS, Part::ADDRESS_UNSAVED]);
    let article = move |key: Key| {
        let place = move || shown.with(|shown| shown.iter().position(|of| *of == key));
        let item = Memo::new(move |_| book.rows.row(key));
        let (saved, unsaved) = (saved.clone(), unsaved.clone());
        let busy = move || item.with(Row::is_saving).then_some("true");
        view! {
            <article
                class=move || if item.with(Row::is_unsaved) { unsaved.clone() } else { saved.clone() }
                tabindex="-1"
                aria-label=move || item.with(Row::description)
                aria-busy=busy
                aria-posinset=move || place().map(|place| (place + 1).to_string())
                aria-setsize=move || size.get()
                data-key=key.to_string()
            >
                {row.run(key)}
            </article>
        }
    };
    let feed = Part::ADDRESSES_FEED.class();
    let grid = classes(&[Part::ADDRESSES_FEED, Part::ADDRESSES_GRID]);
    // A list that is drawn in part has one address in each row.
    let is_whole = Memo::new(move |_| window.is_whole(shown.with(Vec::len)));
    let is_at_start = Signal::derive(move || window.drawn.with(|range| range.start == 0));
    let is_at_end =
        Signal::derive(move || window.drawn.with(|range| range.end) >= shown.with(Vec::len));
    view! {
        <div>
            <Button
                text=i18n.text(Message::ROWS_BEFORE)
                part=Part::ADDRESSES_BEYOND
                hidden=is_at_start
                on_click=move || window.go_beyond(false)
            />
            <div
                class=move || if is_whole.get() { grid.clone() } else { feed.clone() }
                role="feed"
                tabindex="-1"
                aria-label=i18n.text(Message::ADDRESSES)
                hidden=move || shown.with(Vec::is_empty)
                node_ref=window.node
                on:keydown=move |event| window.step(&event)
            >
                <For each=move || window.keys() key=|key| *key children=article />
            </div>
            <More book=book />
            <Button
                text=i18n.text(Message::ROWS_AFTER)
                part=Part::ADDRESSES_BEYOND
                hidden=is_at_end
                on_click=move || window.go_beyond(true)
            />
        </div>
    }
}

/// What is still on its way, or why it is not.
#[component]
fn More(book: AddressBookState) -> impl IntoView {
    let i18n = book.context.i18n();
    let is_failed = Memo::new(move |_| book.paging.error().is_some());
    let text = Signal::derive(move || match book.paging.error() {
        Some(_) if book.context.wait() > 0 => i18n.wait(book.context.wait()),
        Some(error) => {
            let failed = i18n.text(Message::MORE_FAILED);
            [failed, request_error(i18n, &error)].join(" ")
        }
        None => i18n.text(Message::LOADING_MORE),
    });
    view! {
        <div
            class=Part::ADDRESSES_MORE.class()
            hidden=move || !book.paging.is_loading() && !is_failed.get()
        >
            <Status text=text />
            <Button
                text=i18n.text(Message::RETRY)
                variant=ButtonVariant::Plain
                hidden=Signal::derive(move || !is_failed.get())
                on_click=move || book.paging.retry()
            />
        </div>
    }
}

impl Window {
    fn new(book: AddressBookState, shown: Memo<Vec<Key>>, fallback: NodeRef<html::Button>) -> Self {
        Self {
            book,
            node: NodeRef::new(),
            shown,
            drawn: RwSignal::new(0..0),
            heights: StoredValue::new(Heights::default()),
            target: StoredValue::new(None),
            focused: StoredValue::new_local(None),
            fallback,
        }
    }

    /// The addresses that are in the document.
    fn keys(self) -> Vec<Key> {
        self.keep_focus();
        let range = self.drawn.get();
        self.shown
            .with(|shown| shown.get(range).map(<[Key]>::to_vec).unwrap_or_default())
    }

    /// How many addresses there are of which the list shows some.
    fn set_size(self) -> String {
        let book = self.book;
        let shown = self.shown.with(Vec::len).to_string();
        if book.paging.has_more() && !book.list.filter().needs_all() && !book.context.is_slice() {
            book.paging.total().to_string()
        } else {
            shown
        }
    }

    fn node(self) -> Option<Element> {
        let node = self.node.try_get_untracked().flatten();
        node.map(JsCast::unchecked_into)
    }

    fn shown_untracked(self) -> Vec<Key> {
        self.shown.try_get_untracked().unwrap_or_default()
    }

    fn drawn_untracked(self) -> Range<usize> {
        self.drawn.try_get_untracked().unwrap_or_default()
    }

    /// Whether a list of so many addresses is drawn as a whole.
    fn is_whole(self, count: usize) -> bool {
        count <= SMALL && !self.book.paging.has_more()
    }

    fn has_more(self) -> bool {
        untrack(|| self.book.paging.has_more())
    }

    /// Draws what is near the window, now and whenever something moves.
    fn follow(self) {
        Effect::new(move |_| {
            self.shown.track();
            // Whatever changes the height of a row, or hides the list, changes what is near.
            let _ = self.book.editor.edit();
            untrack(|| self.place());
            dom::defer(move || self.place());
        });
        let resized = window_event_listener(leptos::ev::resize, move |_| self.place());
        // Scrolling does not bubble: it is heard on its way in, whatever scrolls.
        StoredValue::new_local(dom::on_capture("scroll", move || self.place()));
        on_cleanup(move || resized.remove());
        Effect::new(move |_| match self.book.context.take_focus_target() {
            Some(FocusTarget::Row(key)) => dom::defer(move || self.bring(key)),
            Some(FocusTarget::List) => dom::defer(move || self.fall_back()),
            None => {}
        });
    }

    /// Moves the focus to what stands before the list, unless the shopper types somewhere.
    fn fall_back(self) {
        let fallback = self.fallback.try_get_untracked().flatten();
        if !dom::is_focus_in_text()
            && let Some(fallback) = fallback
        {
            dom::focus(&fallback);
        }
    }

    /// Brings a row into view, with the focus on it; not while the shopper types somewhere.
    fn bring(self, key: Key) {
        if dom::is_focus_in_text() {
            return;
        }
        self.target.set_value(Some(key));
        self.place();
        dom::defer(move || {
            if self.target.try_get_value().flatten() != Some(key) {
                return;
            }
            self.target.set_value(None);
            let row = self.node().map(|node| {
                let row = node.query_selector(&format!("[data-key=\"{key}\"]"));
                row.ok().flatten()
            });
            match row.flatten() {
                Some(row) => dom::focus(&row),
                None => self.fall_back(),
            }
            self.place();
        });
    }

    /// Draws what is near the window, or near the row that is the target.
    fn place(self) {
        let Some(node) = self.node() else {
            return;
        };
        let shown = self.shown_untracked();
        let is_begun = !self.drawn_untracked().is_empty();
        if untrack(|| self.is_whole(shown.len())) && is_begun {
            let next = self.drawn_untracked().end.saturating_add(SLICE);
            let end = next.max(self.target_place(&shown).map_or(0, |place| place + 1));
            self.draw(&node, 0..end.min(shown.len()), 0.0, 0.0);
        } else if !is_begun || dom::is_rendered(&node) {
            let rows = rows_of(&node);
            self.heights.update_value(|heights| heights.measure(&rows));
            self.draw_near(&node, &shown);
        }
        if self.has_more() && dom::is_rendered(&node) && self.is_at_the_end(&node, &shown) {
            self.book.paging.load_more();
        }
    }

    /// Where the row that is to come into view next stands among those that are shown.
    fn target_place(self, shown: &[Key]) -> Option<usize> {
        let target = self.target.try_get_value().flatten()?;
        shown.iter().position(|key| *key == target)
    }

    fn draw_near(self, node: &Element, shown: &[Key]) {
        let heights = self.heights.try_get_value().unwrap_or_default();
        let top = match self.target_place(shown) {
            Some(place) => shown.iter().take(place).map(|key| heights.of(*key)).sum(),
            None => -node.get_bounding_client_rect().top(),
        };
        let bottom = top + dom::window_height();
        let (range, before) = heights.range(shown, top - MARGIN, bottom + MARGIN);
        let behind = shown.iter().skip(range.end);
        let behind: f64 = behind.map(|key| heights.of(*key)).sum();
        let is_all = !self.has_more()
            || untrack(|| self.book.list.filter()).needs_all()
            || self.book.context.is_slice();
        let unknown = if is_all {
            0
        } else {
            let known = u32::try_from(shown.len()).unwrap_or(u32::MAX);
            untrack(|| self.book.paging.total()).saturating_sub(known)
        };
        let behind = behind + f64::from(unknown) * heights.guess();
        self.draw(node, range, before, behind);
    }

    fn draw(self, node: &Element, range: Range<usize>, before: f64, behind: f64) {
        dom::set_space(node, before, behind);
        if self.drawn_untracked() == range {
            return;
        }
        self.drawn.set(range);
        dom::defer(move || self.place());
    }

    /// Keeps the focus where it is when the rows change: `<For>` takes rows that stay out of the document for
    /// a moment, and rows that go must not take the focus along.
    fn keep_focus(self) {
        let Some(node) = self.node() else {
            return;
        };
        let Some(focused) = dom::focused_within(&node) else {
            return;
        };
        self.focused.set_value(Some(focused));
        dom::defer(move || {
            // Another change may have come in between: what had the focus last counts.
            if let Some(focused) = self.focused.try_get_value().flatten()
                && dom::is_focus_lost()
            {
                let is_there = node.contains(Some(&focused));
                dom::focus_without_scrolling(if is_there { &focused } else { &node });
            }
        });
    }

    /// Whether the end of what is known is near the window.
    fn is_at_the_end(self, node: &Element, shown: &[Key]) -> bool {
        let rows = dom::children(node);
        let bottom = rows
            .last()
            .map(|row| row.get_bounding_client_rect().bottom());
        self.drawn_untracked().end >= shown.len()
            && bottom.is_some_and(|bottom| bottom < dom::window_height() + MARGIN)
    }

    /// Goes to the next row that is not drawn, or to the one before those that are.
    fn go_beyond(self, is_after: bool) {
        let range = self.drawn_untracked();
        let place = if is_after {
            range.end
        } else {
            range.start.saturating_sub(1)
        };
        if let Some(key) = self.shown_untracked().get(place) {
            self.bring(*key);
        }
    }

    /// Page Down and Page Up go to the next address and to the one before (ARIA Authoring Practices,
    /// feed).
    fn step(self, event: &Event) {
        let is_down = match dom::key_of(event).as_str() {
            "PageDown" => true,
            "PageUp" => false,
            _ => return,
        };
        let Some(node) = self.node() else {
            return;
        };
        let rows = dom::children(&node);
        let here = rows.iter().find(|row| dom::has_focus_within(row));
        let shown = self.shown_untracked();
        let next = match here.and_then(key_of) {
            Some(key) => {
                let place = shown.iter().position(|of| *of == key);
                let next = place.and_then(|place| {
                    if is_down {
                        place.checked_add(1)
                    } else {
                        place.checked_sub(1)
                    }
                });
                next.and_then(|next| shown.get(next))
            }
            None => shown.get(self.drawn_untracked().start),
        };
        if let Some(next) = next {
            event.prevent_default();
            self.bring(*next);
        }
    }
}

fn key_of(row: &Element) -> Option<Key> {
    row.get_attribute("data-key")?.parse().ok()
}

/// The rows that are drawn and their heights.
fn rows_of(node: &Element) -> Vec<(Key, f64)> {
    let rows = dom::children(node);
    rows.iter()
        .filter_map(|row| Some((key_of(row)?, row.get_bounding_client_rect().height())))
        .collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_the_window_is_drawn() {
        let mut heights = Heights::default();
        heights.measure(&[(0, 100.0), (1, 100.0)]);
        let shown: Vec<Key> = (0..100).collect();
        let (range, before) = heights.range(&shown, 1000.0, 2000.0);
        assert_eq!((range, before), (9..21, 900.0));
    }

    #[test]
    fn beyond_the_end_the_last_address_is_drawn() {
        let heights = Heights::default();
        let (range, _) = heights.range(&[0, 1, 2], 10_000.0, 11_000.0);
        assert_eq!(range, 2..3);
    }

    #[test]
    fn the_first_address_is_drawn_where_the_list_begins_far_below_the_window() {
        let heights = Heights::default();
        let (range, before) = heights.range(&[0, 1, 2], -1850.0, -50.0);
        assert_eq!((range, before), (0..1, 0.0));
    }

    #[test]
    fn an_empty_list_draws_nothing() {
        let (range, before) = Heights::default().range(&[], 0.0, 100.0);
        assert_eq!((range, before), (0..0, 0.0));
    }
}
