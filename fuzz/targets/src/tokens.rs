//! Whatever a caller proves with who it is, or names a place in a list with.

use crate::shop::{APP_SECRET, Answer, Call, Shop};
use axum::http::{Method, Uri, header};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use form_urlencoded::byte_serialize;
use jsonwebtoken::crypto::sign;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

/// Stands for the time in the claims of a seed.
const NOW: &str = "\"NOW\"";

/// A kind of token in the first line, and what is sent as one in the others. Claims are signed here, so that they are
/// looked at; everything else was signed by nobody, and lets nobody in.
pub fn tokens(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let Some((kind, sent)) = text.split_once('\n') else {
        return;
    };
    Shop::with(|shop| match kind {
        "claims" => {
            let token = signed(sent, &shop.secret());
            let _ = who(shop, "authorization", &format!("Bearer {token}"));
        }
        "authorization" => {
            let answer = who(shop, "authorization", sent);
            assert!(
                answer.is_none_or(|answer| answer.status.is_client_error()),
                "{sent:?} counts"
            );
        }
        "access-token" | "cookie" => {
            let name = if kind == "cookie" {
                "cookie"
            } else {
                "x-bc-customer-access-token"
            };
            if let Some(answer) = who(shop, name, sent) {
                assert!(
                    answer.json()["data"]["customer"].is_null(),
                    "{sent:?} is somebody"
                );
            }
        }
        "login" => {
            let token = signed(sent, APP_SECRET.as_bytes());
            let _ = follow(shop, &token);
            assert!(!follow(shop, &token), "{sent:?} counts twice");
        }
        "jwt" => assert!(!follow(shop, sent), "{sent:?} signs somebody in"),
        "consent" => {
            let call = Call::new(Method::POST, "/api/storefront/consent");
            let call = call.json(&json!({ "allow": [1], "deny": [2, 3] }));
            if let Some(call) = call.header("cookie", &format!("SHOP_CONSENT={sent}")) {
                shop.answer(call);
            }
        }
        "after" | "before" => {
            let cursor: String = byte_serialize(sent.as_bytes()).collect();
            let path = format!("/stores/local/v3/customers?sort=last_name:asc&{kind}={cursor}");
            let call =
                Call::new(Method::GET, "/").header("x-auth-token", crate::shop::OFFICE_TOKEN);
            if let (Some(mut call), Ok(uri)) = (call, path.parse::<Uri>()) {
                call.uri = uri;
                shop.answer(call);
            }
        }
        "cursor" => {
            let document = "query($cursor: String) { customer {
                addresses(first: 2, after: $cursor) { edges { cursor } } } }";
            let token = format!("Bearer {}", shop.impersonation);
            let call = Call::new(Method::POST, "/graphql");
            let call = call.json(&json!({ "query": document, "variables": { "cursor": sent } }));
            let call = call.header("authorization", &token);
            let call = call.and_then(|call| call.header("x-bc-customer-id", "1"));
            shop.answer(call.expect("headers"));
        }
        _ => {}
    });
}

/// Who the store takes a caller for; nothing where HTTP has no room for the token.
fn who(shop: &mut Shop, name: &'static str, value: &str) -> Option<Answer> {
    let call =
        Call::new(Method::POST, "/graphql").json(&json!({ "query": "{ customer { email } }" }));
    let token = if name == "cookie" {
        &shop.token
    } else {
        &shop.private
    };
    let call = call.header("authorization", &format!("Bearer {token}"))?;
    let call = call.header(name, value)?;
    Some(shop.answer(call))
}

/// Whether a link with this token signs somebody in.
fn follow(shop: &mut Shop, token: &str) -> bool {
    let encoded: String = byte_serialize(token.as_bytes()).collect();
    let Ok(uri) = format!("/login/token/{}", encoded.replace('+', "%20")).parse::<Uri>() else {
        return false;
    };
    let mut call = Call::new(Method::GET, "/");
    call.uri = uri;
    shop.answer(call).headers.contains_key(header::SET_COOKIE)
}

/// A token with these claims, which may be any text.
fn signed(claims: &str, secret: &[u8]) -> String {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    let claims = claims.replace(NOW, &now.to_string());
    let [header, claims] =
        [r#"{"alg":"HS256","typ":"JWT"}"#, &claims].map(|text| URL_SAFE_NO_PAD.encode(text));
    let message = format!("{header}.{claims}");
    let key = EncodingKey::from_secret(secret);
    let signature = sign(message.as_bytes(), &key, Algorithm::HS256).expect("a signature");
    format!("{message}.{signature}")
}
