//! A back office: a holder of a token, and what it sends.

use crate::support::Shop;
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

pub(crate) const TOKEN: &str = "token-of-the-back-office";
pub(crate) const READER: &str = "token-of-a-mere-reader";
pub(crate) const SECRET: &str = "a secret of thirty-two bytes at least";

/// Settings of a shop with an account that may change things and one that may not; `api` is laid over.
pub(crate) fn with_api(api: Value) -> Value {
    let mut settings = json!({ "api": { "accounts": [
        { "client_id": "office", "client_secret": SECRET, "token": TOKEN, "scope": "modify" },
        { "client_id": "reader", "client_secret": SECRET, "token": READER, "scope": "read_only" },
    ] } });
    for (key, value) in api.as_object().into_iter().flatten() {
        settings["api"][key] = value.clone();
    }
    settings
}

impl Shop {
    pub(crate) async fn with_office() -> Self {
        Self::demo_with(with_api(json!({}))).await
    }

    pub(crate) fn call(&self, method: Method, path: &str) -> RequestBuilder {
        let url = format!("{}/stores/local{path}", self.origin);
        self.client
            .request(method, url)
            .header("x-auth-token", TOKEN)
    }

    /// The answer to a call that succeeds.
    pub(crate) async fn read(&self, path: &str) -> Value {
        let (status, body) = answer(self.call(Method::GET, path)).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }

    /// The answer to a change, whatever it is.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        body: Value,
    ) -> (StatusCode, Value) {
        answer(self.call(method, path).json(&body)).await
    }

    /// The data of a change that succeeds.
    pub(crate) async fn done(&self, method: Method, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(method, path, body).await;
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    }

    pub(crate) async fn delete(&self, path: &str) {
        let (status, _) = answer(self.call(Method::DELETE, path)).await;
        assert_eq!(status, StatusCode::NO_CONTENT, "{path}");
    }

    /// The numbers of the rows of a list.
    pub(crate) async fn ids(&self, path: &str) -> Vec<i64> {
        let answer = self.read(path).await;
        let rows = answer.get("data").unwrap_or(&answer).as_array().unwrap();
        rows.iter().map(|row| row["id"].as_i64().unwrap()).collect()
    }
}

pub(crate) async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}

/// A customer with one of everything.
pub(crate) fn whole(email: &str) -> Value {
    json!({
        "email": email, "first_name": "Grace", "last_name": "Hopper", "company": "Navy",
        "phone": "555-1", "notes": "Likes moths.", "tax_exempt_category": "G",
        "store_credit_amounts": [{ "amount": 12.5 }],
        "accepts_product_review_abandoned_cart_emails": true,
        "authentication": { "new_password": "Purple-teapot-9" },
        "addresses": [{
            "first_name": "Grace", "last_name": "Hopper", "address1": "1 Harbour Street",
            "city": "Sacramento", "country_code": "US", "state_or_province": "California",
            "postal_code": "95814", "address_type": "commercial",
            "form_fields": [{ "name": "Name on the doorbell", "value": "G. Hopper" }],
        }],
        "attributes": [{ "attribute_id": 1, "attribute_value": "Silver leaf" }],
        "form_fields": [
            { "name": "Cups of tea a day", "value": 3 },
            { "name": "What do you like?", "value": ["Green tea", "Plants"] },
            { "name": "Date of birth", "value": "1906-12-09" },
            { "name": "How did you hear of us?", "value": "Search" },
            { "name": "Which language should we write in?", "value": "English" },
        ],
    })
}
