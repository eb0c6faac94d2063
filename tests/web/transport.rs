//! What the transport sends, and what it makes of every answer.

use js_sys::{Function, Promise, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use storefront_account::api::{Api, ApiError, Cancel, Prefetched, Transport};
use storefront_rules::Secret;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Request, Response, ResponseInit};

/// The browser's `fetch` replaced until this is dropped.
struct Fetch {
    before: JsValue,
    requests: Rc<RefCell<Vec<Request>>>,
    /// What was given to `fetch` beside each request.
    inits: Rc<RefCell<Vec<JsValue>>>,
    _answer: Closure<dyn FnMut(Request, JsValue) -> Promise>,
}

impl Fetch {
    fn answering(mut answer: impl FnMut() -> Promise + 'static) -> Self {
        let window = web_sys::window().unwrap();
        let before = Reflect::get(&window, &"fetch".into()).unwrap();
        let requests = Rc::new(RefCell::new(Vec::new()));
        let heard = requests.clone();
        let inits = Rc::new(RefCell::new(Vec::new()));
        let heard_inits = inits.clone();
        let answered = move |request, init| {
            heard.borrow_mut().push(request);
            heard_inits.borrow_mut().push(init);
            answer()
        };
        let closure = Closure::<dyn FnMut(Request, JsValue) -> Promise>::new(answered);
        Reflect::set(&window, &"fetch".into(), closure.as_ref()).unwrap();
        Self {
            before,
            requests,
            inits,
            _answer: closure,
        }
    }

    fn with_status(status: u16, body: &'static str) -> Self {
        Self::answering(move || {
            let init = ResponseInit::new();
            init.set_status(status);
            let response = Response::new_with_opt_str_and_init(Some(body), &init).unwrap();
            if status == 429 {
                response.headers().set("retry-after", "17").unwrap();
            }
            Promise::resolve::<JsValue>(response.as_ref())
        })
    }
}

impl Drop for Fetch {
    fn drop(&mut self) {
        let window = web_sys::window().unwrap();
        Reflect::set(&window, &"fetch".into(), &self.before).unwrap();
    }
}

fn api() -> Api {
    let transport = Transport::http(
        "https://shop.example/graphql".to_owned(),
        "T".to_owned(),
        None,
    );
    Api::new(transport, Cancel::default(), |_| "query First".to_owned())
}

async fn login() -> Result<i32, ApiError> {
    api().login("ada@example.com", &Secret::new("p\"w")).await
}

#[wasm_bindgen_test]
async fn a_request_carries_the_token_the_session_and_the_document() {
    let fetch = Fetch::with_status(200, r#"{"data":{"login":{"customer":{"entityId":1}}}}"#);
    assert_eq!(login().await, Ok(1));
    let request = fetch.requests.borrow_mut().remove(0);
    assert_eq!(request.method(), "POST");
    assert_eq!(request.url(), "https://shop.example/graphql");
    assert_eq!(
        request.credentials(),
        web_sys::RequestCredentials::SameOrigin
    );
    let header = |name| request.headers().get(name).unwrap();
    assert_eq!(header("authorization").as_deref(), Some("Bearer T"));
    assert_eq!(header("content-type").as_deref(), Some("application/json"));
    let body = wasm_bindgen_futures::JsFuture::from(request.text().unwrap())
        .await
        .unwrap();
    let body = js_sys::JSON::parse(&body.as_string().unwrap()).unwrap();
    let variables = Reflect::get(&body, &"variables".into()).unwrap();
    let password = Reflect::get(&variables, &"password".into()).unwrap();
    assert_eq!(password.as_string().as_deref(), Some("p\"w"));
    let query = Reflect::get(&body, &"query".into())
        .unwrap()
        .as_string()
        .unwrap();
    assert!(query.contains("mutation Login"));
    assert!(
        !query.contains("ada@example.com"),
        "values travel as variables"
    );
}

#[wasm_bindgen_test]
async fn every_status_has_its_error() {
    for (status, error) in [
        (401, ApiError::TokenRefused),
        (403, ApiError::Forbidden),
        (404, ApiError::Unexpected { status: 404 }),
        (429, ApiError::Throttled { seconds: 17 }),
        (500, ApiError::Unexpected { status: 500 }),
        (503, ApiError::Unexpected { status: 503 }),
    ] {
        let _fetch = Fetch::with_status(status, "<h1>no</h1>");
        assert_eq!(login().await, Err(error));
    }
}

#[wasm_bindgen_test]
async fn a_token_that_the_store_took_before_has_run_out_and_another_has_not() {
    let api = api();
    let password = Secret::new("p");
    let login = || api.login("ada@example.com", &password);
    let taken = Fetch::with_status(200, r#"{"data":{"login":{"customer":{"entityId":1}}}}"#);
    assert_eq!(login().await, Ok(1));
    drop(taken);
    let _refused = Fetch::with_status(401, "");
    assert_eq!(login().await, Err(ApiError::Expired));
    api.set_token("other".to_owned());
    assert_eq!(login().await, Err(ApiError::TokenRefused));
}

#[wasm_bindgen_test]
async fn a_token_that_comes_while_the_last_one_is_refused_is_tried() {
    let api = api();
    let page = api.clone();
    let fetch = Fetch::answering(move || {
        page.set_token("fresh".to_owned());
        let init = ResponseInit::new();
        init.set_status(401);
        let response = Response::new_with_opt_str_and_init(None, &init).unwrap();
        Promise::resolve::<JsValue>(response.as_ref())
    });
    let _ = api.login("ada@example.com", &Secret::new("p")).await;
    let requests = fetch.requests.borrow();
    let sent = requests.iter().map(|r| r.headers().get("authorization"));
    let sent: Vec<_> = sent.map(|token| token.unwrap().unwrap()).collect();
    assert_eq!(sent, ["Bearer T", "Bearer fresh"]);
}

#[wasm_bindgen_test]
async fn an_answer_that_is_not_what_the_schema_says_is_unreadable() {
    for body in [
        "",
        "<h1>hello</h1>",
        "[]",
        "null",
        "{}",
        r#"{"data":null}"#,
        "{\"data\":",
    ] {
        let _fetch = Fetch::with_status(200, body);
        assert_eq!(login().await, Err(ApiError::Unreadable), "{body}");
    }
}

#[wasm_bindgen_test]
async fn an_error_of_the_store_keeps_its_own_words() {
    let _fetch = Fetch::with_status(
        200,
        r#"{"data":null,"errors":[{"message":"Not on Sundays"}]}"#,
    );
    let refused = ApiError::Refused("Not on Sundays".to_owned());
    assert_eq!(login().await, Err(refused));
}

#[wasm_bindgen_test]
async fn a_refused_sign_in_is_told_apart_by_the_words_of_the_platform() {
    for (message, error) in [
        ("Invalid credentials", ApiError::InvalidCredentials),
        ("Reset password", ApiError::ResetRequired),
    ] {
        let body = format!(r#"{{"data":null,"errors":[{{"message":"{message}"}}]}}"#);
        let _fetch = Fetch::with_status(200, body.leak());
        assert_eq!(login().await, Err(error));
    }
}

#[wasm_bindgen_test]
async fn a_lock_out_tells_the_seconds_that_are_left() {
    let _fetch = Fetch::with_status(200, storefront_account::elements::specimen::THROTTLED);
    assert_eq!(login().await, Err(ApiError::Throttled { seconds: 90 }));
}

#[wasm_bindgen_test]
async fn a_link_that_signs_in_is_asked_of_the_stores_own_page_without_the_token() {
    let fetch = Fetch::with_status(200, "{}");
    let back = Some("https://shop.example/account.php?x=1");
    let sent = api().send_sign_in_link("ada@example.com", back).await;
    assert_eq!(sent, Ok(()));
    let request = fetch.requests.borrow_mut().remove(0);
    let page = "https://shop.example/login.php?action=passwordless_login";
    assert!(request.url().starts_with(page), "{}", request.url());
    assert_eq!(request.headers().get("authorization").unwrap(), None);
    let body = wasm_bindgen_futures::JsFuture::from(request.text().unwrap())
        .await
        .unwrap();
    assert_eq!(
        body.as_string().unwrap(),
        r#"{"email":"ada@example.com","redirect_url":"/account.php?x=1"}"#
    );
}

#[wasm_bindgen_test]
async fn no_network_is_offline() {
    let _fetch = Fetch::answering(|| Promise::reject(&js_sys::TypeError::new("Failed to fetch")));
    assert_eq!(login().await, Err(ApiError::Offline));
}

#[wasm_bindgen_test]
async fn a_cancelled_request_is_told_from_one_that_failed() {
    let cancel = Cancel::default();
    let transport = Transport::http(
        "https://shop.example/graphql".to_owned(),
        "T".to_owned(),
        None,
    );
    let api = Api::new(transport, cancel.clone(), |_| String::new());
    let _fetch = Fetch::answering(move || {
        cancel.cancel();
        Promise::reject(&JsValue::from("AbortError"))
    });
    let outcome = api.login("a@b.example", &Secret::new("p")).await;
    assert_eq!(outcome, Err(ApiError::Cancelled));
}

#[wasm_bindgen_test]
async fn the_first_answer_is_the_one_the_loader_asked_for_and_the_next_is_asked_anew() {
    let fetch = Fetch::with_status(200, r#"{"data":{"login":{"customer":{"entityId":3}}}}"#);
    let early =
        Response::new_with_opt_str(Some(r#"{"data":{"geography":{"countries":[]}}}"#)).unwrap();
    let transport = Transport::http(
        "https://shop.example/graphql".to_owned(),
        "T".to_owned(),
        Some(Prefetched {
            operation: "States".to_owned(),
            response: Promise::resolve::<JsValue>(early.as_ref()),
            is_from_page: false,
        }),
    );
    let api = Api::new(transport, Cancel::default(), |_| "query First".to_owned());
    assert_eq!(api.states("US").await, Ok(Vec::new()));
    assert_eq!(fetch.requests.borrow().len(), 0);
    assert_eq!(api.login("a@b.example", &Secret::new("p")).await, Ok(3));
    assert_eq!(fetch.requests.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn a_first_answer_that_never_came_is_offline_and_can_be_asked_for_again() {
    let _fetch = Fetch::with_status(200, r#"{"data":{"geography":{"countries":[]}}}"#);
    let lost: Function = js_sys::Function::new_no_args("return Promise.reject(new TypeError())");
    let lost: Promise = lost.call0(&JsValue::NULL).unwrap().unchecked_into();
    let transport = Transport::http(
        "https://shop.example/graphql".to_owned(),
        "T".to_owned(),
        Some(Prefetched {
            operation: "States".to_owned(),
            response: lost,
            is_from_page: false,
        }),
    );
    let api = Api::new(transport, Cancel::default(), |_| "query First".to_owned());
    assert_eq!(api.states("US").await, Err(ApiError::Offline));
    assert_eq!(api.states("US").await, Ok(Vec::new()));
}

#[wasm_bindgen_test]
async fn the_first_document_is_the_one_the_loader_has() {
    let fetch = Fetch::with_status(200, "{}");
    let _ = api().session_info().await;
    let request = fetch.requests.borrow_mut().remove(0);
    let body = wasm_bindgen_futures::JsFuture::from(request.text().unwrap())
        .await
        .unwrap();
    let body = body.as_string().unwrap();
    assert_eq!(body, r#"{"query":"query First","variables":null}"#);
}

#[wasm_bindgen_test]
async fn an_answer_that_was_asked_for_beforehand_waits_for_its_own_request() {
    let fetch = Fetch::with_status(200, r#"{"data":{"login":{"customer":{"entityId":3}}}}"#);
    let early =
        Response::new_with_opt_str(Some(r#"{"data":{"geography":{"countries":[]}}}"#)).unwrap();
    let transport = Transport::http(
        "https://shop.example/graphql".to_owned(),
        "T".to_owned(),
        Some(Prefetched {
            operation: "States".to_owned(),
            response: Promise::resolve::<JsValue>(early.as_ref()),
            is_from_page: false,
        }),
    );
    let api = Api::new(transport, Cancel::default(), |_| String::new());
    assert_eq!(api.login("a@b.example", &Secret::new("p")).await, Ok(3));
    assert_eq!(api.states("US").await, Ok(Vec::new()));
    assert_eq!(fetch.requests.borrow().len(), 1);
}

#[wasm_bindgen_test]
async fn the_deadline_is_given_to_fetch_itself() {
    let fetch = Fetch::with_status(200, "{}");
    let _ = login().await;
    let init = fetch.inits.borrow_mut().remove(0);
    let signal = Reflect::get(&init, &"signal".into()).unwrap();
    assert!(signal.is_instance_of::<web_sys::AbortSignal>());
}

#[wasm_bindgen_test]
async fn a_patched_fetch_that_throws_or_answers_at_once_breaks_nothing() {
    let window = web_sys::window().unwrap();
    let fetch = Fetch::with_status(200, "{}");
    let put = |body: &str| {
        let patched = Function::new_no_args(body);
        Reflect::set(&window, &"fetch".into(), &patched).unwrap();
    };
    put("throw new TypeError('blocked')");
    assert_eq!(login().await, Err(ApiError::Unreadable));
    put("return undefined");
    assert_eq!(login().await, Err(ApiError::Unreadable));
    put("return new Response('{\"data\":{\"login\":{\"customer\":{\"entityId\":4}}}}')");
    assert_eq!(login().await, Ok(4));
    put("return Promise.reject('no Error')");
    assert_eq!(login().await, Err(ApiError::Offline));
    drop(fetch);
}

#[wasm_bindgen_test]
async fn a_token_that_no_header_can_hold_is_left_out() {
    let fetch = Fetch::with_status(401, "{}");
    let url = "https://shop.example/graphql".to_owned();
    let transport = Transport::http(url, "to\nken".to_owned(), None);
    let api = Api::new(transport, Cancel::default(), |_| String::new());
    let outcome = api.login("a@b.example", &Secret::new("p")).await;
    assert_eq!(outcome, Err(ApiError::TokenRefused));
    let request = fetch.requests.borrow_mut().remove(0);
    assert_eq!(request.headers().get("authorization").unwrap(), None);
}

#[wasm_bindgen_test]
async fn a_request_made_after_cancelling_is_cancelled() {
    let cancel = Cancel::default();
    cancel.cancel();
    let url = "https://shop.example/graphql".to_owned();
    let transport = Transport::http(url, "T".to_owned(), None);
    let api = Api::new(transport, cancel, |_| String::new());
    let outcome = api.login("a@b.example", &Secret::new("p")).await;
    assert_eq!(outcome, Err(ApiError::Cancelled));
}
