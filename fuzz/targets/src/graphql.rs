//! GraphQL documents.

use crate::shop::{Call, Shop};
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

/// A document, and after a line `---` its variables as JSON: asked by a guest, and for a customer.
pub fn graphql(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let (document, variables) = text.split_once("\n---\n").unwrap_or((text, "{}"));
    let variables: Value = serde_json::from_str(variables).unwrap_or_else(|_| json!({}));
    let body = json!({ "query": document, "variables": variables });
    Shop::with(|shop| {
        for (token, customer_id) in [(shop.token.clone(), ""), (shop.impersonation.clone(), "1")] {
            let call = Call::new(Method::POST, "/graphql").json(&body);
            let call = call.header("authorization", &format!("Bearer {token}"));
            let call = call.and_then(|call| call.header("x-bc-customer-id", customer_id));
            let answer = shop.answer(call.expect("headers"));
            let is_expected = matches!(
                answer.status,
                StatusCode::OK | StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE
            );
            assert!(is_expected, "{} to {document:?}", answer.status);
        }
    });
}
