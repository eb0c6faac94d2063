//! Storefronts that are servers: tokens that the Management API issues, customer access tokens, and pages of
//! other origins.

use crate::api::{READER, with_api};
use crate::support::{DEMO_PASSWORD, Shop};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};

const FAR: i64 = 4_000_000_000;

const LOGIN: &str = "mutation Login($email: String!, $password: String!, $cart: String) {
    login(email: $email, password: $password, guestCartEntityId: $cart) {
        customerAccessToken { value expiresAt } customer { entityId email } cart { entityId } } }";

const LOGOUT: &str = "mutation Logout($cart: String) { logout(cartEntityId: $cart) {
    result cartUnassignResult { cart { entityId } errors { __typename } } } }";

const WHO: &str = "{ customer { entityId email } }";

/// A server with a token of its own.
struct Server {
    shop: Shop,
    token: String,
}

impl Server {
    async fn new() -> Self {
        Self::with(Shop::with_office().await).await
    }

    async fn with(shop: Shop) -> Self {
        let scopes = json!(["Unauthenticated", "Customer"]);
        let token = shop
            .api_token("-private", json!({ "scopes": scopes }))
            .await;
        Self { shop, token }
    }

    fn query(&self, document: &str, variables: Value) -> RequestBuilder {
        let request = self.shop.post("/graphql").bearer_auth(&self.token);
        request.json(&json!({ "query": document, "variables": variables }))
    }

    async fn ask(&self, document: &str, variables: Value) -> Value {
        let response = self.query(document, variables).send().await.unwrap();
        assert!(response.headers().get("set-cookie").is_none());
        response.json().await.unwrap()
    }

    async fn ask_for(&self, access_token: &str, document: &str) -> Value {
        let request = self.query(document, json!({}));
        let request = request.header("X-Bc-Customer-Access-Token", access_token);
        request.send().await.unwrap().json().await.unwrap()
    }

    async fn sign_in(&self, email: &str, password: &str) -> String {
        let variables = json!({ "email": email, "password": password });
        let answer = self.ask(LOGIN, variables).await;
        let token = &answer["data"]["login"]["customerAccessToken"]["value"];
        token.as_str().expect("a token").to_owned()
    }

    async fn whose(&self, access_token: &str) -> Value {
        let answer = self.ask_for(access_token, WHO).await;
        answer["data"]["customer"]["email"].clone()
    }
}

impl Shop {
    /// A token for GraphQL Storefront, of the kind that the path ends with.
    async fn api_token(&self, kind: &str, more: Value) -> String {
        let mut body = json!({ "channel_id": 1, "expires_at": FAR });
        let map = body.as_object_mut().unwrap();
        map.extend(more.as_object().unwrap().clone());
        let path = format!("/v3/storefront/api-token{kind}");
        let answer = self.done(Method::POST, &path, body).await;
        answer["data"]["token"].as_str().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_server_signs_a_shopper_in_and_out_by_an_access_token() {
    let server = Server::new().await;
    let variables = json!({ "email": "maria@example.com", "password": DEMO_PASSWORD, "cart": "x" });
    let answer = server.ask(LOGIN, variables).await;
    let login = &answer["data"]["login"];
    assert_eq!(login["customer"]["email"], "maria@example.com", "{answer}");
    assert_eq!(login["cart"], Value::Null);
    let expires_at = login["customerAccessToken"]["expiresAt"].as_str().unwrap();
    assert!(expires_at.ends_with('Z'), "{expires_at}");
    let token = login["customerAccessToken"]["value"].as_str().unwrap();
    assert_eq!(server.whose(token).await, "maria@example.com");
    // On another device: both last.
    let other = server.sign_in("maria@example.com", DEMO_PASSWORD).await;
    assert_eq!(server.whose(token).await, "maria@example.com");
    let hashes: Vec<u8> = (server.shop.database())
        .query_row(
            "SELECT token_hash FROM customer_access_tokens LIMIT 1",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert!(!hashes.is_empty() && hashes != token.as_bytes());

    let answer = server.ask_for(token, LOGOUT).await;
    let unassigned = &answer["data"]["logout"]["cartUnassignResult"];
    assert_eq!(
        *unassigned,
        json!({ "cart": null, "errors": [] }),
        "{answer}"
    );
    assert_eq!(server.whose(token).await, Value::Null);
    assert_eq!(server.whose(&other).await, "maria@example.com");
}

#[tokio::test]
async fn a_token_that_counts_no_more_is_an_error_where_the_header_asks_for_it() {
    let server = Server::new().await;
    for token in ["", "wrong", "ä"] {
        let request = || {
            let request = server.query(WHO, json!({}));
            request.header("X-Bc-Customer-Access-Token", token.as_bytes())
        };
        let silent: Value = request().send().await.unwrap().json().await.unwrap();
        assert_eq!(silent, json!({ "data": { "customer": null } }));
        let told = request().header("X-Bc-Error-On-Invalid-Customer-Access-Token", "true");
        let told: Value = told.send().await.unwrap().json().await.unwrap();
        let code = &told["errors"][0]["extensions"]["code"];
        assert_eq!(code, "INVALID_CUSTOMER_ACCESS_TOKEN", "{told}");
        assert!(told.get("data").is_none());
    }
    // Without a token, there is nothing to be wrong with.
    let request = server.query(WHO, json!({}));
    let request = request.header("X-Bc-Error-On-Invalid-Customer-Access-Token", "true");
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer, json!({ "data": { "customer": null } }));
}

#[tokio::test]
async fn a_browser_gets_no_access_token_and_may_not_use_a_servers() {
    let server = Server::new().await;
    let shop = &server.shop;
    let variables = json!({ "email": "maria@example.com", "password": DEMO_PASSWORD });
    let answer = shop.ask(LOGIN, variables.clone()).await;
    assert_eq!(answer["data"]["login"]["customerAccessToken"], Value::Null);
    let token = server.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let request = shop.query(WHO, json!({}));
    let request = request.header("X-Bc-Customer-Access-Token", &token);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(
        answer["data"]["customer"],
        Value::Null,
        "the token of a page"
    );
    for (name, value) in [
        ("origin", shop.origin.as_str()),
        ("sec-fetch-site", "cross-site"),
    ] {
        let request = server.query(LOGIN, variables.clone()).header(name, value);
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), StatusCode::FORBIDDEN, "{name}");
    }
    // As Node's fetch has it.
    let request = server
        .query(WHO, json!({}))
        .header("sec-fetch-mode", "cors");
    assert_eq!(request.send().await.unwrap().status(), StatusCode::OK);
    let scopes = json!({ "scopes": ["Unauthenticated"] });
    let guest = Server {
        token: shop.api_token("-private", scopes).await,
        shop: Shop::demo().await,
    };
    // Of another store, nothing counts.
    let response = guest.query(WHO, json!({})).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_access_token_ends_with_the_password_and_with_a_forced_reset() {
    let server = Server::new().await;
    let shop = &server.shop;
    let new = "Another-teapot-4";
    let token = server.sign_in("maria@example.com", DEMO_PASSWORD).await;
    let change = format!(
        "mutation {{ customer {{ changePassword(input: {{ currentPassword: \"{DEMO_PASSWORD}\",
            newPassword: \"{new}\" }}) {{ errors {{ __typename }} }} }} }}"
    );
    let answer = server.ask_for(&token, &change).await;
    let errors = &answer["data"]["customer"]["changePassword"]["errors"];
    assert_eq!(*errors, json!([]), "{answer}");
    assert_eq!(server.whose(&token).await, Value::Null);

    let token = server.sign_in("maria@example.com", new).await;
    let cookie = shop.sign_in("maria@example.com", new).await;
    let forced = json!([{ "id": 1, "authentication": { "force_password_reset": true } }]);
    shop.done(Method::PUT, "/v3/customers", forced).await;
    assert_eq!(server.whose(&token).await, Value::Null);
    assert_eq!(shop.whose(&cookie).await, Value::Null);

    let token = server.sign_in("jun@example.com", DEMO_PASSWORD).await;
    let sql = "UPDATE customer_access_tokens SET expires_at = 1";
    shop.database().execute(sql, []).unwrap();
    assert_eq!(server.whose(&token).await, Value::Null);
    shop.delete("/v3/customers?id:in=2").await;
    assert_eq!(server.whose(&token).await, Value::Null);
}

#[tokio::test]
async fn an_apps_token_signs_in_at_a_server_and_once() {
    let secret = "an app's secret of more than 32 bytes";
    let mut settings = with_api(json!({}));
    settings["apps"] = json!([{ "client_id": "app-one", "client_secret": secret }]);
    let server = Server::with(Shop::demo_with(settings).await).await;
    let document = "mutation Login($jwt: String!) { loginWithCustomerLoginJwt(jwt: $jwt) {
        redirectTo customerAccessToken { value } customer { email } cart { entityId } } }";
    let claims = json!({
        "iss": "app-one", "iat": now(), "jti": "once", "operation": "customer_login",
        "store_hash": "local", "customer_id": 1, "redirect_to": "/account.php?action=address_book",
    });
    let key = EncodingKey::from_secret(secret.as_bytes());
    let jwt = encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap();
    let answer = server.ask(document, json!({ "jwt": jwt })).await;
    let login = &answer["data"]["loginWithCustomerLoginJwt"];
    assert_eq!(
        login["redirectTo"], "/account.php?action=address_book",
        "{answer}"
    );
    let token = login["customerAccessToken"]["value"].as_str().unwrap();
    assert_eq!(server.whose(token).await, "maria@example.com");
    let again = server.ask(document, json!({ "jwt": jwt })).await;
    let code = &again["errors"][0]["extensions"]["code"];
    assert_eq!(code, "INVALID_CUSTOMER_LOGIN_JWT", "{again}");
}

#[tokio::test]
async fn a_token_for_impersonation_speaks_for_whom_the_header_names() {
    let shop = Shop::with_office().await;
    let token = shop.api_token("-customer-impersonation", json!({})).await;
    let server = Server { shop, token };
    let ask = async |id: &str| -> Value {
        let request = server.query(WHO, json!({})).header("X-Bc-Customer-Id", id);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        answer["data"]["customer"]["email"].clone()
    };
    assert_eq!(ask("2").await, "jun@example.com");
    for nobody in ["999", "x", ""] {
        assert_eq!(ask(nobody).await, Value::Null, "{nobody}");
    }
}

#[tokio::test]
async fn a_token_is_revoked_and_counts_no_more() {
    let server = Server::new().await;
    let revoke = |token: String| {
        let call = server.shop.call(Method::DELETE, "/v3/storefront/api-token");
        call.header("Sf-Api-Token", token).send()
    };
    let response = revoke("no token".to_owned()).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let response = revoke(server.token.clone()).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let response = server.query(WHO, json!({})).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    let answer: Value = response.json().await.unwrap();
    let message = answer["errors"][0]["message"].as_str().unwrap();
    assert!(message.contains("revoked"), "{message}");
}

#[tokio::test]
async fn what_is_asked_for_a_token_is_checked_field_by_field() {
    let shop = Shop::with_office().await;
    let far = FAR;
    for (kind, body, field) in [
        (
            "",
            json!({ "expires_at": far, "allowed_cors_origins": ["https://a.example"] }),
            "channel_id",
        ),
        (
            "",
            json!({ "channel_id": 2, "expires_at": far, "allowed_cors_origins": ["https://a.example"] }),
            "channel_id",
        ),
        (
            "",
            json!({ "channel_ids": [], "expires_at": far, "allowed_cors_origins": ["https://a.example"] }),
            "channel_ids",
        ),
        (
            "",
            json!({ "channel_id": 1, "expires_at": 1, "allowed_cors_origins": ["https://a.example"] }),
            "expires_at",
        ),
        (
            "",
            json!({ "channel_id": 1, "allowed_cors_origins": ["https://a.example"] }),
            "expires_at",
        ),
        (
            "",
            json!({ "channel_id": 1, "expires_at": far }),
            "allowed_cors_origins",
        ),
        (
            "",
            json!({ "channel_id": 1, "expires_at": far, "allowed_cors_origins": ["https://a.example/path"] }),
            "allowed_cors_origins.0",
        ),
        (
            "",
            json!({ "channel_id": 1, "expires_at": far, "allowed_cors_origins": ["*"] }),
            "allowed_cors_origins.0",
        ),
        (
            "-private",
            json!({ "channel_id": 1, "expires_at": far }),
            "scopes",
        ),
        (
            "-private",
            json!({ "channel_id": 1, "expires_at": far, "scopes": ["Admin"] }),
            "scopes.0",
        ),
    ] {
        let path = format!("/v3/storefront/api-token{kind}");
        let (status, answer) = shop.send(Method::POST, &path, body.clone()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        assert!(answer["errors"].get(field).is_some(), "{body}: {answer}");
    }
    let url = format!("{}/stores/local/v3/storefront/api-token", shop.origin);
    let reader = shop.client.post(url).header("x-auth-token", READER);
    let response = reader.json(&json!({})).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_page_of_another_origin_asks_before_it_sends_and_reads_the_answer() {
    let shop = Shop::with_office().await;
    let origin = "https://headless.example";
    let preflight = |origin: &'static str| {
        let url = format!("{}/graphql", shop.origin);
        let request = shop
            .client
            .request(Method::OPTIONS, url)
            .header("origin", origin);
        let request = request.header("access-control-request-method", "POST");
        request
            .header(
                "access-control-request-headers",
                "authorization,content-type",
            )
            .send()
    };
    let response = preflight(origin).await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(
        response
            .headers()
            .get("access-control-allow-origin")
            .is_none()
    );

    let origins = json!({ "allowed_cors_origins": [format!("{origin}/")] });
    let token = shop.api_token("", origins).await;
    let response = preflight(origin).await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
    let headers = response.headers();
    assert_eq!(headers["access-control-allow-origin"], origin);
    assert_eq!(headers["access-control-allow-methods"], "POST");
    let allowed = headers["access-control-allow-headers"].to_str().unwrap();
    assert!(allowed.contains("authorization") && allowed.contains("content-type"));
    let response = preflight("https://evil.example").await.unwrap();
    assert_eq!(response.status(), StatusCode::FORBIDDEN);

    let request = shop
        .post("/graphql")
        .bearer_auth(&token)
        .header("origin", origin);
    let request = request.json(&json!({ "query": "{ site { settings { storeName } } }" }));
    let response = request.send().await.unwrap();
    assert_eq!(response.headers()["access-control-allow-origin"], origin);
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_page_of_another_origin_may_read_how_long_to_wait() {
    let mut settings = with_api(json!({}));
    settings["throttle"] = json!({ "attempts_per_minute": 1 });
    let shop = Shop::demo_with(settings).await;
    let origin = "https://headless.example";
    let origins = json!({ "allowed_cors_origins": [origin] });
    let token = shop.api_token("", origins).await;
    let variables = json!({ "email": "a@example.com", "password": "x" });
    for status in [StatusCode::OK, StatusCode::TOO_MANY_REQUESTS] {
        let request = shop.post("/graphql").bearer_auth(&token);
        let request = request.header("origin", origin);
        let request = request.json(&json!({ "query": LOGIN, "variables": variables }));
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), status);
        let headers = response.headers();
        assert_eq!(headers["access-control-allow-origin"], origin, "{status}");
        let exposed = headers["access-control-expose-headers"].to_str().unwrap();
        for name in ["retry-after", "x-retry-after", "x-bc-graphql-complexity"] {
            assert!(exposed.split(", ").any(|own| own == name), "{exposed}");
        }
    }
}

#[tokio::test]
async fn a_customer_of_other_channels_signs_in_nowhere_here() {
    let shop = Shop::with_office().await;
    let sign_in = async |email: &str| {
        let answer = shop.login(email, DEMO_PASSWORD).await;
        answer["errors"][0]["extensions"]["code"].clone()
    };
    let channels = async |ids: Value| {
        let change = json!([{ "id": 1, "channel_ids": ids }]);
        shop.done(Method::PUT, "/v3/customers", change).await
    };
    channels(json!([2])).await;
    assert_eq!(sign_in("maria@example.com").await, "INVALID_CREDENTIALS");
    channels(json!([2, 1])).await;
    assert_eq!(sign_in("maria@example.com").await, Value::Null);
    let answer = channels(Value::Null).await;
    assert_eq!(
        answer["data"][0].get("channel_ids"),
        None,
        "of every channel again"
    );
    assert_eq!(sign_in("maria@example.com").await, Value::Null);
    // Where global logins are refused, nobody of every channel signs in, and who signs up is of this one.
    let settings = json!({ "allow_global_logins": false });
    shop.done(Method::PUT, "/v3/customers/settings/channels/1", settings)
        .await;
    assert_eq!(sign_in("maria@example.com").await, "INVALID_CREDENTIALS");
    let applicant = crate::support::applicant("own@example.com");
    assert_eq!(shop.register(applicant).await["errors"], json!([]));
    let answer = shop
        .login("own@example.com", crate::support::PASSWORD)
        .await;
    assert_eq!(
        answer["data"]["login"]["customer"]["email"],
        "own@example.com"
    );
}

fn now() -> i64 {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    i64::try_from(now.unwrap().as_secs()).unwrap()
}
