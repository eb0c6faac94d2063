//! What a destination is sent: the platform's payload, signed as Standard Webhooks has it
//! (`webhook-id`, `webhook-timestamp`, `webhook-signature`).

use serde_json::{Value, json};
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook,
};
use storefront_rules::Secret;

use crate::infra::random;

/// A row of the outbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) id: i64,
    pub(super) scope: String,
    /// What the platform calls `data`, as JSON.
    pub(super) data: String,
    pub(super) created_at: i64,
    /// How often it was sent in vain.
    pub(super) attempts: i64,
}

impl Event {
    /// The payload; none when the row is not what the triggers write.
    pub(super) fn body(&self, store_hash: &str) -> Option<String> {
        let data: Value = serde_json::from_str(&self.data).ok()?;
        // With the number, because the same may happen twice in a second.
        let content = format!("{}{}{}{}", self.id, self.scope, self.data, self.created_at);
        let payload = json!({
            "scope": self.scope,
            // Of the storefront's tokens too: one program, one store.
            "store_id": "1",
            "data": data,
            "hash": random::hex(&random::sha256(&content)),
            "created_at": self.created_at,
            "producer": format!("stores/{store_hash}"),
        });
        Some(payload.to_string())
    }

    /// The headers by which a receiver knows who sent the body, and one delivery from the next; none when there
    /// is no such time.
    pub(super) fn signature(
        &self,
        body: &str,
        secret: &Secret,
        now: i64,
    ) -> Option<[(&'static str, String); 3]> {
        let id = format!("msg_{}", self.id);
        let webhook = Webhook::from_bytes(secret.expose().as_bytes().to_vec()).ok()?;
        let signature = webhook.sign(&id, now, body.as_bytes()).ok()?;
        Some([
            (HEADER_WEBHOOK_TIMESTAMP, now.to_string()),
            (HEADER_WEBHOOK_SIGNATURE, signature),
            (HEADER_WEBHOOK_ID, id),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn whatever_a_row_has_its_message_is_json_that_http_can_carry_or_none(
            (id, created_at, now) in any::<(i64, i64, i64)>(),
            (scope, data) in any::<(String, String)>(),
            is_json in any::<bool>(),
        ) {
            let data = if is_json { Value::from(data).to_string() } else { data };
            let event = Event { id, scope, data: data.clone(), created_at, attempts: 0 };
            let body = event.body("local");
            prop_assert_eq!(body.is_some(), serde_json::from_str::<Value>(&data).is_ok());
            let body = body.unwrap_or_default();
            prop_assert!(body.is_empty() || serde_json::from_str::<Value>(&body).is_ok());
            for (_, value) in event.signature(&body, &Secret::new("x"), now).into_iter().flatten() {
                prop_assert!(HeaderValue::from_str(&value).is_ok(), "{}", value);
            }
        }
    }

    #[test]
    fn a_payload_names_what_happened_where() {
        let event = Event {
            id: 7,
            scope: "store/customer/created".to_owned(),
            data: r#"{"type":"customer","id":3}"#.to_owned(),
            created_at: 1_800_000_000,
            attempts: 0,
        };
        let body: Value = serde_json::from_str(&event.body("local").unwrap()).unwrap();
        assert_eq!(body["data"], json!({ "type": "customer", "id": 3 }));
        assert_eq!(body["producer"], "stores/local");
        let next = Event {
            id: 8,
            ..event.clone()
        };
        let next: Value = serde_json::from_str(&next.body("local").unwrap()).unwrap();
        assert_ne!(body["hash"], next["hash"], "the same once more in a second");
        let headers = event.signature("{}", &Secret::new("x"), 5).unwrap();
        assert_eq!(headers[2].1, "msg_7", "the same each time it is sent");
        assert!(headers[1].1.starts_with("v1,"));
    }
}
