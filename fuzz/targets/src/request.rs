//! Requests as they are: a line with the method and the path, headers, an empty line, the body.

use crate::shop::{Call, OFFICE_TOKEN, Shop};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

/// A request to V2.
pub fn v2(data: &[u8]) {
    of_office("/stores/local/v2", data);
}

/// A request to V3.
pub fn v3(data: &[u8]) {
    of_office("/stores/local/v3", data);
}

/// A webhook in the first line, and after it customers that it hears of: two bodies of V3.
pub fn webhooks(data: &[u8]) {
    let hook = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let customers = data.get(hook.len() + 1..).unwrap_or_default();
    let post = |path: &str, body: &[u8]| {
        let call = [b"POST ".as_slice(), path.as_bytes(), b"\n\n", body].concat();
        of_office("/stores/local/v3", &call);
    };
    post("/hooks", hook);
    post("/customers", customers);
    of_office("/stores/local/v3", &[b"PUT /hooks/1\n\n", hook].concat());
    of_office("/stores/local/v3", b"GET /hooks\n\n");
}

/// A request of a shopper's browser, to pages and to REST.
pub fn storefront(data: &[u8]) {
    if let Some(call) = read("", data) {
        Shop::with(|shop| shop.answer(call));
    }
}

fn of_office(prefix: &str, data: &[u8]) {
    let call = read(prefix, data).and_then(|call| call.header("x-auth-token", OFFICE_TOKEN));
    if let Some(call) = call {
        Shop::with(|shop| shop.answer(call));
    }
}

/// Reads a request; none where a server would not have taken it for one.
fn read(prefix: &str, data: &[u8]) -> Option<Call> {
    let end = data.windows(2).position(|pair| pair == b"\n\n");
    let (head, body) = data.split_at(end.unwrap_or(data.len()));
    let mut lines = std::str::from_utf8(head).ok()?.lines();
    let (method, path) = lines.next()?.split_once(' ')?;
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ")?;
        let name: HeaderName = name.parse().ok()?;
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    }
    let json = HeaderValue::from_static("application/json");
    headers.entry(header::CONTENT_TYPE).or_insert(json);
    let uri: Uri = format!("{prefix}{path}").parse().ok()?;
    (uri.path().starts_with('/')).then_some(())?;
    Some(Call {
        method: Method::from_bytes(method.as_bytes()).ok()?,
        uri,
        headers,
        body: body.get(2..).unwrap_or_default().to_vec(),
    })
}
