//! The list: of thousands of addresses, what is near the window is in the document.
//!
//! It follows the ARIA pattern of a feed: each address knows its place among all, and Page Down and
//! Page Up lead from one to the next.

use crate::components::dom;
use crate::components::element::{Element, effect, element, memo, on_window, styled};
use crate::i18n::{I18n, Message};
use crate::state::{AddressBook, Key, SMALL, Wanted};
use crate::watched::Watched;
use reactive_graph::graph::untrack;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;
use web_sys::Event;

/// How far beyond the window addresses are drawn, in CSS pixels.
const MARGIN: f64 = 600.0;

/// How high an address is taken to be before any was measured, in CSS pixels.
const GUESS: f64 = 200.0;

/// What the list knows of the heights of its rows.
struct Heights {
    /// By key; 0 where it is not known.
    known: RefCell<Vec<f64>>,
    /// What is taken for those that are not known: the mean of those that were measured first, and
    /// then the same, as the list must not move under the shopper.
    guess: Cell<Option<f64>>,
}

impl Heights {
    fn of(&self, key: Key) -> f64 {
        let known = self.known.borrow().get(key).copied();
        known
            .filter(|height| *height > 0.0)
            .unwrap_or_else(|| self.guess.get().unwrap_or(GUESS))
    }

    /// Measures what is drawn.
    fn measure(&self, rows: &[(Key, f64)]) {
        let mut known = self.known.borrow_mut();
        for (key, height) in rows {
            if known.len() <= *key {
                known.resize(key + 1, 0.0);
            }
            if let Some(place) = known.get_mut(*key) {
                *place = *height;
            }
        }
        if self.guess.get().is_none() && !rows.is_empty() {
            #[allow(clippy::cast_precision_loss, reason = "a few dozen")]
            let count = rows.len() as f64;
            let sum: f64 = rows.iter().map(|(_, height)| height).sum();
            self.guess.set(Some(sum / count));
        }
    }
}

/// The list, windowed.
#[derive(Clone)]
struct Feed {
    book: AddressBook,
    node: web_sys::Element,
    /// What the list shows.
    shown: Watched<Vec<Key>>,
    /// Which of these are in the document.
    drawn: Watched<Range<usize>>,
    heights: Rc<Heights>,
    /// The row that is to come into view next.
    wanted: Rc<Cell<Option<Key>>>,
    /// Has the focus where there is no row to have it.
    fallback: web_sys::Element,
}

/// The list of addresses, each shown by `row`.
pub(super) fn feed_view(
    i18n: I18n,
    book: AddressBook,
    shown: Watched<Vec<Key>>,
    fallback: web_sys::Element,
    row: impl Fn(Key) -> Element + 'static,
) -> Element {
    let drawn = Watched::new(0..0);
    let view = styled("div", "account-addresses__feed")
        .attr("role", "feed")
        .attr("tabindex", "-1")
        .attr("aria-label", &i18n.text(Message::ADDRESSES))
        .flag_with("hidden", move || shown.with(Vec::is_empty));
    let feed = Feed {
        book,
        node: view.node(),
        shown,
        drawn,
        heights: Rc::new(Heights {
            known: RefCell::default(),
            guess: Cell::new(None),
        }),
        wanted: Rc::default(),
        fallback,
    };
    feed.follow();
    let size = memo(move || {
        let shown = shown.with(Vec::len).to_string();
        if book.has_more() && !book.query().needs_all() && !book.is_slice() {
            book.total().to_string()
        } else {
            shown
        }
    });
    let keys = move || {
        let range = drawn.get();
        shown.with(|shown| shown.get(range).map(<[Key]>::to_vec).unwrap_or_default())
    };
    let view = view
        .on("keydown", {
            let feed = feed.clone();
            move |event| feed.step(&event)
        })
        .keyed_with(keys, move |key| {
            let place = move || shown.with(|shown| shown.iter().position(|of| *of == key));
            row(key)
                .attr("data-key", &key.to_string())
                .attr_with("aria-posinset", move || Some((place()? + 1).to_string()))
                .attr_with("aria-setsize", move || Some(size.get()))
        });
    let beyond = |feed: Feed, words: Message, is_after: bool| {
        let ends = move || {
            let range = drawn.get();
            if is_after {
                range.end >= shown.with(Vec::len)
            } else {
                range.start == 0
            }
        };
        styled("button", "account-button account-addresses__beyond")
            .attr("type", "button")
            .text(&i18n.text(words))
            .flag_with("hidden", ends)
            .on("click", move |_| feed.go_beyond(is_after))
    };
    element("div")
        .child(beyond(feed.clone(), Message::ROWS_BEFORE, false))
        .child(view)
        .child(more_view(i18n, book))
        .child(beyond(feed, Message::ROWS_AFTER, true))
}

/// What is still on its way, or why it is not.
fn more_view(i18n: I18n, book: AddressBook) -> Element {
    let is_failed = memo(move || book.paging_problem().is_some());
    let words = move || match book.paging_problem() {
        Some(_) if book.wait() > 0 => i18n.wait(book.wait()),
        Some(error) => i18n.text(Message::MORE_FAILED) + " " + &i18n.api_error(&error),
        None => i18n.text(Message::LOADING_MORE),
    };
    let retry = styled("button", "account-button account-button--quiet")
        .attr("type", "button")
        .text(&i18n.text(Message::RETRY))
        .flag_with("hidden", move || !is_failed.get())
        .on("click", move |_| book.retry_paging());
    styled("div", "account-addresses__more")
        .flag_with("hidden", move || !book.is_loading() && !is_failed.get())
        .child(element("p").attr("role", "status").text_with(words))
        .child(retry)
}

impl Feed {
    /// Draws what is near the window, now and whenever something moves.
    fn follow(&self) {
        let feed = self.clone();
        effect(move || {
            feed.shown.with(|_| ());
            // Whatever changes the height of a row, or hides the list, changes what is near.
            let _ = feed.book.edit();
            let feed = feed.clone();
            untrack(|| feed.place());
            dom::soon(move || feed.place());
        });
        for event in ["scroll", "resize"] {
            let feed = self.clone();
            on_window(event, move |_| feed.place());
        }
        let feed = self.clone();
        effect(move || {
            let feed = feed.clone();
            match feed.book.take_wanted() {
                Some(Wanted::Row(key)) => dom::soon(move || feed.bring(key)),
                Some(Wanted::List) => dom::soon(move || feed.fall_back()),
                None => {}
            }
        });
    }

    /// Moves the focus to what stands before the list, unless the shopper types somewhere.
    fn fall_back(&self) {
        if !dom::is_focus_in_text() {
            dom::focus(&self.fallback);
        }
    }

    /// Brings a row into view, with the focus on it; not while the shopper types somewhere.
    fn bring(&self, key: Key) {
        if dom::is_focus_in_text() {
            return;
        }
        self.wanted.set(Some(key));
        self.place();
        let feed = self.clone();
        dom::soon(move || {
            if feed.wanted.get() != Some(key) {
                return;
            }
            feed.wanted.set(None);
            if let Ok(Some(row)) = feed.node.query_selector(&format!("[data-key=\"{key}\"]")) {
                dom::focus(&row);
            } else {
                feed.fall_back();
            }
            feed.place();
        });
    }

    /// Draws what is near the window, or near the row that is wanted.
    fn place(&self) {
        let shown = self.shown.get_untracked();
        let is_begun = !self.drawn.with_untracked(Range::is_empty);
        let is_whole = shown.len() <= SMALL && !self.book.has_more_untracked();
        if is_whole && is_begun {
            self.draw(0..shown.len(), 0.0, 0.0);
        } else if !is_begun || dom::is_seen(&self.node) {
            self.heights.measure(&self.rows());
            self.draw_near(&shown);
        }
        if self.book.has_more_untracked() && dom::is_seen(&self.node) && self.is_at_the_end(&shown)
        {
            self.book.want_more();
        }
    }

    /// The rows that are drawn and their heights.
    fn rows(&self) -> Vec<(Key, f64)> {
        let rows = dom::children(&self.node);
        rows.iter()
            .filter_map(|row| {
                let key = row.get_attribute("data-key")?.parse().ok()?;
                Some((key, row.get_bounding_client_rect().height()))
            })
            .collect()
    }

    fn draw_near(&self, shown: &[Key]) {
        let wanted = self.wanted.get();
        let wanted = wanted.and_then(|key| shown.iter().position(|of| *of == key));
        let window = dom::window_height();
        let top = match wanted {
            Some(place) => shown
                .iter()
                .take(place)
                .map(|key| self.heights.of(*key))
                .sum(),
            None => -self.node.get_bounding_client_rect().top(),
        };
        let (from, to) = (top - MARGIN, top + window + MARGIN);
        let (mut start, mut end) = (0, shown.len());
        let (mut before, mut y) = (0.0, 0.0);
        for (place, key) in shown.iter().enumerate() {
            if y > to {
                end = place;
                break;
            }
            y += self.heights.of(*key);
            if y < from {
                start = place + 1;
                before = y;
            }
        }
        // Scrolled beyond either end there is still something to see.
        start = start.min(shown.len().saturating_sub(1));
        let rest: f64 = shown
            .iter()
            .skip(end)
            .map(|key| self.heights.of(*key))
            .sum();
        let is_all = !self.book.has_more_untracked()
            || self.book.query_untracked().needs_all()
            || self.book.is_slice();
        let unknown = if is_all {
            0
        } else {
            untrack(|| self.book.total())
                .saturating_sub(u32::try_from(shown.len()).unwrap_or(u32::MAX))
        };
        let rest = rest + f64::from(unknown) * self.heights.guess.get().unwrap_or(GUESS);
        self.draw(start..end, before, rest);
    }

    fn draw(&self, range: Range<usize>, before: f64, rest: f64) {
        dom::set_space(&self.node, before, rest);
        if self.drawn.get_untracked() == range {
            return;
        }
        // Rows that go must not take the focus along.
        let had_focus = dom::has_focus_within(&self.node);
        self.drawn.set(range);
        let feed = self.clone();
        dom::soon(move || {
            if had_focus && !dom::has_focus_within(&feed.node) && dom::is_focus_lost() {
                dom::focus_without_scrolling(&feed.node);
            }
            feed.place();
        });
    }

    /// Whether the end of what is known is near the window.
    fn is_at_the_end(&self, shown: &[Key]) -> bool {
        let rows = dom::children(&self.node);
        let bottom = rows
            .last()
            .map(|row| row.get_bounding_client_rect().bottom());
        self.drawn.get_untracked().end >= shown.len()
            && bottom.is_some_and(|bottom| bottom < dom::window_height() + MARGIN)
    }

    /// Goes to the next row that is not drawn, or to the one before those that are.
    fn go_beyond(&self, is_after: bool) {
        let range = self.drawn.get_untracked();
        let place = if is_after {
            range.end
        } else {
            range.start.saturating_sub(1)
        };
        if let Some(key) = self.shown.with_untracked(|shown| shown.get(place).copied()) {
            self.bring(key);
        }
    }

    /// Page Down and Page Up go to the next address and to the one before (ARIA Authoring Practices,
    /// feed).
    fn step(&self, event: &Event) {
        let is_down = match dom::key_of(event).as_str() {
            "PageDown" => true,
            "PageUp" => false,
            _ => return,
        };
        let rows = dom::children(&self.node);
        let here = rows.iter().position(dom::has_focus_within);
        let key = here.and_then(|here| {
            rows.get(here)?
                .get_attribute("data-key")?
                .parse::<Key>()
                .ok()
        });
        let next = self.shown.with_untracked(|shown| match key {
            Some(key) => {
                let place = shown.iter().position(|of| *of == key)?;
                let next = if is_down {
                    place.checked_add(1)
                } else {
                    place.checked_sub(1)
                };
                shown.get(next?).copied()
            }
            None => shown.get(self.drawn.get_untracked().start).copied(),
        });
        if let Some(next) = next {
            event.prevent_default();
            self.bring(next);
        }
    }
}
