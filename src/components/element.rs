//! Elements of one type.
//!
//! Leptos' `view!` gives every piece of markup a type of its own, and the compiler writes out code
//! to build and rebuild each: 40 kB of brotli for the sign-up, of 80 kB allowed for everything (see
//! the table of weights in README). What is here keeps Leptos' signals, effects and owners, and
//! builds the DOM through one type that is not generic.
//!
//! Text goes into text nodes alone; there is no way to put markup in.

use crate::watched::Watched;
use any_spawner::Executor;
use js_sys::Function;
use reactive_graph::effect::RenderEffect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::{Owner, on_cleanup};
use send_wrapper::SendWrapper;
use std::cell::RefCell;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomTokenList;
use web_sys::{Event, EventTarget, Node, Text};

/// An element under construction, or done.
#[derive(Clone, Debug)]
pub struct Element(web_sys::Element);

/// A new element called `tag`.
///
/// Where there is no document, or `tag` is no name, it is one that stands in no document: a widget
/// without a page shows nothing, but does not break either.
pub(super) fn element(tag: &str) -> Element {
    let created = document().and_then(|document| document.create_element(tag).ok());
    Element(created.unwrap_or_else(|| JsValue::NULL.unchecked_into()))
}

/// A new element called `tag` with a class.
pub(super) fn styled(tag: &str, class: &str) -> Element {
    element(tag).attr("class", class)
}

/// Markup that a theme brings along.
#[cfg(feature = "scripted")]
impl From<web_sys::Element> for Element {
    fn from(node: web_sys::Element) -> Self {
        Self(node)
    }
}

impl Element {
    /// The DOM's own element.
    pub(super) fn node(&self) -> web_sys::Element {
        self.0.clone()
    }

    /// Sets an attribute.
    pub(super) fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Sets an attribute, if there is a value.
    pub(super) fn maybe(self, name: &str, value: Option<&str>) -> Self {
        set(&self.0, name, value);
        self
    }

    /// Sets an attribute without a value, if it holds.
    pub(super) fn flag(self, name: &str, is_on: bool) -> Self {
        self.maybe(name, is_on.then_some(""))
    }

    /// Keeps an attribute at the value of `value`; it goes while there is none.
    pub(super) fn attr_with(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        keep_attr(self.0.clone(), name, Box::new(value));
        self
    }

    /// Keeps an attribute without a value while `is_on` holds.
    pub(super) fn flag_with(self, name: &'static str, is_on: impl Fn() -> bool + 'static) -> Self {
        keep_flag(self.0.clone(), name, Box::new(is_on));
        self
    }

    /// Keeps a class while `is_on` holds.
    pub(super) fn class_with(
        self,
        class: &'static str,
        is_on: impl Fn() -> bool + 'static,
    ) -> Self {
        keep_class(self.0.class_list(), class, Box::new(is_on));
        self
    }

    /// Appends text.
    pub(super) fn text(self, text: &str) -> Self {
        if let Some(document) = document() {
            append(&self.0, &document.create_text_node(text));
        }
        self
    }

    /// Appends text that stays what `text` says.
    pub(super) fn text_with(self, text: impl Fn() -> String + 'static) -> Self {
        if let Some(document) = document() {
            let node = document.create_text_node("");
            append(&self.0, &node);
            keep_text(node, Box::new(text));
        }
        self
    }

    /// Appends a child.
    pub(super) fn child(self, child: Self) -> Self {
        append(&self.0, &child.0);
        self
    }

    /// Appends children.
    pub(super) fn children(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::child)
    }

    /// Keeps the content of this element at what `children` makes: all of it is made anew when
    /// one of the signals read by it changes, and what was made before is taken down.
    pub(super) fn content_with(self, children: impl Fn() -> Vec<Self> + 'static) -> Self {
        keep_content(self.0.clone(), Box::new(children));
        self
    }

    /// Keeps one child for each of `keys`, in their order. A child stays the same node for as long as
    /// its key is among them: what is typed into it or has the focus there stays.
    pub(super) fn keyed_with(
        self,
        keys: impl Fn() -> Vec<usize> + 'static,
        make: impl Fn(usize) -> Self + 'static,
    ) -> Self {
        keep_keyed(self.0.clone(), Box::new(keys), Box::new(make));
        self
    }

    /// Hears an event until the element's owner is taken down.
    pub(super) fn on(self, event: &'static str, listener: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, Box::new(listener));
        self
    }
}

// What is kept by the methods above is kept by these: a method is compiled anew for each closure, and
// should be no more than the box around it.

fn keep_attr(node: web_sys::Element, name: &'static str, value: Box<dyn Fn() -> Option<String>>) {
    effect(move || set(&node, name, value().as_deref()));
}

fn keep_flag(node: web_sys::Element, name: &'static str, is_on: Box<dyn Fn() -> bool>) {
    effect(move || set(&node, name, is_on().then_some("")));
}

fn keep_class(classes: DomTokenList, class: &'static str, is_on: Box<dyn Fn() -> bool>) {
    effect(move || {
        // Fails only for a class with white space in it.
        let _ = classes.toggle_with_force(class, is_on());
    });
}

fn keep_text(node: Text, text: Box<dyn Fn() -> String>) {
    effect(move || {
        // A live region speaks at every change, even to the same words.
        let text = text();
        if node.data() != text {
            node.set_data(&text);
        }
    });
}

fn keep_content(node: web_sys::Element, children: Box<dyn Fn() -> Vec<Element>>) {
    effect(move || {
        let children = children();
        node.set_text_content(None);
        for child in children {
            append(&node, &child.0);
        }
    });
}

fn keep_keyed(
    parent: web_sys::Element,
    keys: Box<dyn Fn() -> Vec<usize>>,
    make: Box<dyn Fn(usize) -> Element>,
) {
    // Owners are used again: one that is new for every row would stay known to the owner around it.
    let around = Owner::new();
    let spare: RefCell<Vec<Owner>> = RefCell::default();
    let made: RefCell<Vec<(usize, Owner, Element)>> = RefCell::default();
    effect(move || {
        let keys = keys();
        let mut before = made.take();
        before.retain(|(key, owner, element)| {
            let stays = keys.contains(key);
            if !stays {
                owner.cleanup();
                element.0.remove();
                spare.borrow_mut().push(owner.clone());
            }
            stays
        });
        let mut place = parent.first_child();
        let mut after = Vec::new();
        for key in keys {
            let known = before.iter().position(|(of, _, _)| *of == key);
            let (owner, element) = match known {
                Some(index) => {
                    let (_, owner, element) = before.swap_remove(index);
                    (owner, element)
                }
                None => {
                    let owner = spare.borrow_mut().pop();
                    let owner = owner.unwrap_or_else(|| around.with(Owner::new));
                    let element = untrack(|| owner.with(|| make(key)));
                    (owner, element)
                }
            };
            // A node that is moved loses the focus.
            if place.as_ref() == Some(element.0.as_ref()) {
                place = element.0.next_sibling();
            } else {
                // Fails only when a node is put into itself.
                let _ = parent.insert_before(&element.0, place.as_ref());
            }
            after.push((key, owner, element));
        }
        made.replace(after);
    });
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn set(element: &web_sys::Element, name: &str, value: Option<&str>) {
    // Fails only for a name that is none.
    let _ = match value {
        Some(value) if element.get_attribute(name).as_deref() == Some(value) => Ok(()),
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn append(parent: &Node, child: &Node) {
    // Fails only when a node is put into itself.
    let _ = parent.append_child(child);
}

/// Runs `run` now and again whenever a signal it reads changes, until its owner is taken down.
pub(super) fn effect(run: impl Fn() + 'static) {
    effect_of(Box::new(run));
}

/// What `read` gives, kept; its readers are told only when it is another value than before.
pub(super) fn memo<T>(read: impl Fn() -> T + 'static) -> Watched<T>
where
    T: Clone + Default + PartialEq + 'static,
{
    let kept = Watched::new(T::default());
    effect(move || {
        let now = read();
        if kept.with_untracked(|before| *before != now) {
            kept.set(now);
        }
    });
    kept
}

/// Hears an event of the window, or of anything in it, until the owner it is called under is taken
/// down.
pub(super) fn on_window(event: &'static str, listener: impl FnMut(Event) + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, event, Box::new(listener));
    }
}

fn effect_of(run: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_| run());
    let effect = SendWrapper::new(effect);
    on_cleanup(move || drop(effect));
}

fn listen(target: &EventTarget, event: &'static str, listener: Box<dyn FnMut(Event)>) {
    let closure = Closure::wrap(listener);
    let function: &Function = closure.as_ref().unchecked_ref();
    // Fails only without a DOM.
    let _ = target.add_event_listener_with_callback_and_bool(event, function, is_captured(event));
    let held = SendWrapper::new((target.clone(), closure));
    on_cleanup(move || {
        let (target, closure) = &*held;
        let function: &Function = closure.as_ref().unchecked_ref();
        let captured = is_captured(event);
        let _ = target.remove_event_listener_with_callback_and_bool(event, function, captured);
    });
}

/// Whether an event is heard on its way in: scrolling does not bubble.
fn is_captured(event: &str) -> bool {
    event == "scroll"
}

/// A view in a page, until it is dropped: then its nodes, listeners and effects are gone.
pub struct Mounted {
    owner: Owner,
    root: Element,
}

impl Mounted {
    /// Appends what `view` makes to `parent`.
    pub fn new(parent: &web_sys::Element, view: impl FnOnce() -> Element) -> Self {
        // Fails when another element was here first and has initialised it already.
        let _ = Executor::init_wasm_bindgen();
        let owner = Owner::new();
        let root = owner.with(view);
        append(parent, &root.0);
        Self { owner, root }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.root.0.remove();
    }
}
