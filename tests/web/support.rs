//! What every test here needs.

use js_sys::{Function, Object, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use storefront_account::api::{Script, Scripted};
use storefront_account::elements::shared::{AccountEvent, ElementConfig};
use storefront_account::elements::specimen::config;
use storefront_account::embed::ElementName;
use storefront_account::embed::specimen;
use storefront_account::i18n::{Arguments, I18n, Message};
use storefront_account::ui::Appearance;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, HtmlElement, HtmlFormElement};

/// The page.
pub fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A place of its own in the page for one test.
pub fn stage() -> Element {
    let stage = document().create_element("div").unwrap();
    document().body().unwrap().append_child(&stage).unwrap();
    stage
}

/// `message` in English, filled in: a test asks for it by its key, however it is put.
pub fn words(message: Message, arguments: Arguments<'_>) -> String {
    I18n::new("en".to_owned(), JsValue::UNDEFINED).format(message, arguments)
}

/// `message` in English for so many.
pub fn counted(message: Message, count: u32) -> String {
    words(message, &[("count", &count.to_string())])
}

/// Waits until what is under way has come to rest: a few turns of the event loop.
pub async fn settle() {
    for _ in 0..12 {
        let turn = Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            window.set_timeout_with_callback(&resolve).unwrap();
        });
        JsFuture::from(turn).await.unwrap();
    }
}

/// Waits for so many milliseconds.
pub async fn sleep(milliseconds: i32) {
    let waited = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        let set =
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
        set.unwrap();
    });
    JsFuture::from(waited).await.unwrap();
}

/// Stands in for the page's intervals of a second, until it is dropped: they tick when the test says so.
pub struct Clock(Object);

impl Clock {
    /// Has intervals that begin from now on wait for [`Clock::pass`].
    pub fn stop() -> Self {
        let stop = Function::new_no_args(
            "const { setInterval, clearInterval } = window;
            const ticks = new Map();
            let last = 1e9;
            window.setInterval = (tick) => (ticks.set(++last, tick), last);
            window.clearInterval = (id) => ticks.delete(id) || clearInterval.call(window, id);
            return {
                tick: () => [...ticks.values()].forEach((tick) => tick()),
                restore: () => Object.assign(window, { setInterval, clearInterval }),
            };",
        );
        Self(stop.call0(&JsValue::NULL).unwrap().unchecked_into())
    }

    /// Lets so many seconds pass.
    pub async fn pass(&self, seconds: u32) {
        for _ in 0..seconds {
            self.call("tick");
            settle().await;
        }
    }

    fn call(&self, name: &str) {
        let function = Reflect::get(&self.0, &name.into()).unwrap();
        let function: Function = function.unchecked_into();
        function.call0(&self.0).unwrap();
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.call("restore");
    }
}

/// An element in a page, and what it said.
pub struct Shown {
    /// Where it is.
    pub stage: Element,
    /// What happened so far.
    pub events: Rc<RefCell<Vec<AccountEvent>>>,
    /// The store behind it.
    pub script: Script,
    mounted: Option<specimen::Shown>,
}

/// A script of answers with status 200, by operation name.
pub fn script(answers: &[(&str, &str)]) -> Script {
    let body = |body: &str| Scripted::Body(body.to_owned());
    Script::new(answers.iter().map(|(of, text)| (*of, body(text))))
}

impl Shown {
    /// A sign-up against a store that answers by operation name.
    pub async fn new(answers: &[(&str, &str)]) -> Self {
        Self::with(script(answers)).await
    }

    /// A sign-up against `script`.
    pub async fn with(script: Script) -> Self {
        Self::element(ElementName::SignUp, script, config()).await
    }

    /// An element against `script`, as the theme has configured it.
    pub async fn element(kind: ElementName, script: Script, config: ElementConfig) -> Self {
        let (stage, events) = (stage(), Rc::new(RefCell::new(Vec::new())));
        let heard = events.clone();
        let mounted = specimen::show(
            kind,
            &stage,
            script.clone(),
            Appearance::default(),
            config,
            || I18n::new("en".to_owned(), JsValue::UNDEFINED),
            Rc::new(move |event| heard.borrow_mut().push(event)),
            Rc::new(()),
        );
        settle().await;
        Self {
            stage,
            events,
            script,
            mounted,
        }
    }

    /// The form.
    pub fn form(&self) -> HtmlFormElement {
        self.find("form").dyn_into().unwrap()
    }

    /// Sends the form and waits.
    pub async fn submit(&self) {
        self.form().request_submit().unwrap();
        settle().await;
    }

    /// The first element that `selector` finds.
    pub fn find(&self, selector: &str) -> Element {
        let found = self.stage.query_selector(selector).unwrap();
        found.unwrap_or_else(|| panic!("nothing is {selector}"))
    }

    /// Every element that `selector` finds.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.stage.query_selector_all(selector).unwrap();
        (0..found.length())
            .map(|index| found.get(index).unwrap().unchecked_into())
            .collect()
    }

    /// The text of the first element that `selector` finds.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector)
            .text_content()
            .unwrap()
            .trim()
            .to_owned()
    }

    /// The control of this name.
    pub fn control(&self, name: &str) -> Element {
        self.find(&format!("[name=\"{name}\"]"))
    }

    /// What stands in the control of this name.
    pub fn value(&self, name: &str) -> String {
        let value = Reflect::get(&self.control(name), &"value".into()).unwrap();
        value.as_string().unwrap()
    }

    /// Clicks what `selector` finds.
    pub async fn click(&self, selector: &str) {
        self.find(selector)
            .dyn_into::<HtmlElement>()
            .unwrap()
            .click();
        settle().await;
    }

    /// The bodies of the requests of one operation.
    pub fn sent(&self, operation: &str) -> Vec<String> {
        let sent = self.script.sent().into_iter();
        sent.filter(|(of, _)| of == operation)
            .map(|(_, body)| body)
            .collect()
    }

    /// Takes the widget out of the page.
    pub async fn remove(&mut self) {
        self.mounted = None;
        settle().await;
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.mounted = None;
        self.stage.remove();
    }
}
