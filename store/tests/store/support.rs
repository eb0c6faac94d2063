//! A shop to test in, and what callers send it.

use reqwest::{Client, RequestBuilder, Response, StatusCode, redirect};
use rusqlite::Connection;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::time::Duration;
use storefront_store::{Config, Location, open, service};
use tempfile::TempDir;
use tokio::net::TcpListener;

pub(crate) const REGISTER: &str = "
    mutation Register($input: RegisterCustomerInput!, $captcha: ReCaptchaV2Input) {
        customer { registerCustomer(input: $input, reCaptchaV2: $captcha) {
            customer { entityId firstName email }
            errors { __typename ... on Error { message } ... on ValidationError { path } }
        } }
    }";

pub(crate) const LOGIN: &str = "
    mutation Login($email: String!, $password: String!) {
        login(email: $email, password: $password) { result customer { entityId email } }
    }";

pub(crate) const PASSWORD: &str = "Purple-teapot-9";

/// The password of every demo customer.
pub(crate) const DEMO_PASSWORD: &str = "Correct-horse-7";

/// A client of HTTP, also where no store has been opened in this process.
pub(crate) fn client() -> Client {
    storefront_store::install_tls();
    Client::new()
}

/// An open shop with a SQLite file of its own, closed at the end of the test.
pub(crate) struct Shop {
    pub(crate) origin: String,
    pub(crate) client: Client,
    pub(crate) directory: TempDir,
    token: String,
}

impl Shop {
    pub(crate) async fn demo() -> Self {
        Self::open(true, json!({})).await
    }

    pub(crate) async fn demo_with(settings: Value) -> Self {
        Self::open(true, settings).await
    }

    pub(crate) async fn open(demo: bool, settings: Value) -> Self {
        Self::at(tempfile::tempdir().unwrap(), demo, settings).await
    }

    /// The shop as it is after its program has ended and begun again.
    pub(crate) async fn reopened(self) -> Self {
        Self::at(self.directory, true, json!({})).await
    }

    async fn at(directory: TempDir, demo: bool, settings: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let store = open(Config {
            place: Location::Directory(directory.path().to_owned()),
            demo,
            embed: directory.path().join("embed"),
            themes: directory.path().join("themes"),
            settings: Some(settings),
            https: false,
            origin: origin.clone(),
        })
        .await
        .unwrap();
        tokio::spawn(async move { axum::serve(listener, service(store)).await });
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .build()
            .unwrap();
        let mut shop = Self {
            origin,
            client,
            directory,
            token: String::new(),
        };
        shop.token = shop.token_of_page().await;
        shop
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.directory.path().join("store.sqlite3")
    }

    pub(crate) fn database(&self) -> Connection {
        Connection::open(self.file()).unwrap()
    }

    pub(crate) fn count(&self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) FROM {table}");
        self.database()
            .query_row(&sql, [], |row| row.get(0))
            .unwrap()
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.origin))
    }

    pub(crate) fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.origin))
    }

    async fn token_of_page(&self) -> String {
        token_in(&self.page("/login.php?action=create_account").await)
    }

    pub(crate) async fn page(&self, path: &str) -> String {
        let response = self.get(path).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        response.text().await.unwrap()
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn query(&self, query: &str, variables: Value) -> RequestBuilder {
        self.post("/graphql")
            .bearer_auth(&self.token)
            .json(&json!({ "query": query, "variables": variables }))
    }

    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let response = self.query(query, variables).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    /// Asks as the customer whose session cookie this is.
    pub(crate) async fn ask_as(&self, cookie: &str, query: &str, variables: Value) -> Value {
        let request = self.query(query, variables).header("cookie", cookie);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The answer of `login`, as it stands.
    pub(crate) async fn login(&self, email: &str, password: &str) -> Value {
        let variables = json!({ "email": email, "password": password });
        self.ask(LOGIN, variables).await
    }

    /// The first name of whoever is signed in with this cookie; null for a guest.
    pub(crate) async fn whose(&self, cookie: &str) -> Value {
        let answer = self.ask_as(cookie, "{ customer { firstName } }", json!({}));
        answer.await["data"]["customer"]["firstName"].clone()
    }

    /// The mail in the outbox, oldest first, as soon as there is so much of it, and no more.
    pub(crate) async fn mail(&self, count: usize) -> Vec<Mail> {
        for _ in 0..100 {
            let database = self.database();
            let sql = "SELECT recipient, body FROM outbox ORDER BY id";
            let mut statement = database.prepare(sql).unwrap();
            let mail = statement.query_map([], |row| {
                Ok(Mail {
                    recipient: row.get(0)?,
                    body: row.get(1)?,
                })
            });
            let mail: Vec<Mail> = mail.unwrap().collect::<Result<_, _>>().unwrap();
            assert!(mail.len() <= count, "too much mail");
            if mail.len() == count {
                return mail;
            }
            drop(statement);
            drop(database);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("there is not so much mail");
    }

    /// The answer of `registerCustomer`.
    pub(crate) async fn register(&self, input: Value) -> Value {
        let answer = self.ask(REGISTER, json!({ "input": input })).await;
        let result = answer["data"]["customer"]["registerCustomer"].clone();
        assert!(result.is_object(), "{answer}");
        result
    }

    /// The only error of `registerCustomer`: its type, its path joined by dots, its message.
    pub(crate) async fn refusal(&self, input: Value) -> (String, String, String) {
        let result = self.register(input).await;
        assert_eq!(result["customer"], Value::Null);
        let errors = result["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{result}");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let path = errors[0]["path"].as_array().map_or(String::new(), |path| {
            path.iter().map(text).collect::<Vec<_>>().join(".")
        });
        (
            text(&errors[0]["__typename"]),
            path,
            text(&errors[0]["message"]),
        )
    }

    /// Signs in and returns the session cookie.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> String {
        let variables = json!({ "email": email, "password": password });
        let response = self.query(LOGIN, variables).send().await.unwrap();
        cookie_of(&response)
    }

    /// Posts a form as a browser without JavaScript does.
    pub(crate) async fn submit(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        self.post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.origin)
            .header("sec-fetch-site", "same-origin")
            .body(body)
            .send()
            .await
            .unwrap()
    }
}

/// A message that a customer got.
pub(crate) struct Mail {
    pub(crate) recipient: String,
    pub(crate) body: String,
}

impl Mail {
    /// The link in it.
    pub(crate) fn link(&self) -> &str {
        let mut lines = self.body.lines();
        lines.find(|line| line.starts_with("http")).unwrap()
    }

    /// What the link's query has of this name.
    pub(crate) fn parameter(&self, name: &str) -> String {
        let (_, query) = self.link().split_once('?').unwrap();
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        let (_, value) = pairs.find(|(own, _)| own == name).unwrap();
        value.into_owned()
    }
}

/// Everything that one can see of an answer, but for the time of day.
pub(crate) async fn seen(response: Response) -> (StatusCode, Vec<(String, Vec<u8>)>, String) {
    let status = response.status();
    let headers = response.headers().iter();
    let headers = headers
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.to_string(), value.as_bytes().to_vec()))
        .collect();
    (status, headers, response.text().await.unwrap())
}

pub(crate) fn token_in(page: &str) -> String {
    let (_, rest) = page.split_once(" token=\"").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

/// `name=value` of the session cookie that a response sets.
pub(crate) fn cookie_of(response: &Response) -> String {
    let cookie = response.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// What `registerCustomer` needs in the demo shop, and no more.
pub(crate) fn applicant(email: &str) -> Value {
    json!({
        "firstName": "Ada", "lastName": "Lovelace", "email": email, "password": PASSWORD,
        "formFields": {
            "dates": [{ "fieldEntityId": 29, "date": "1990-12-10T00:00:00Z" }],
            "multipleChoices": [{ "fieldEntityId": 31, "fieldValueEntityId": 0 }],
        },
    })
}

/// An applicant with an address.
pub(crate) fn with_address(email: &str) -> Value {
    let mut input = applicant(email);
    input["address"] = json!({
        "firstName": "Ada", "lastName": "Lovelace", "address1": "1 Analytical Way",
        "city": "Sacramento", "countryCode": "US", "stateOrProvince": "California",
        "postalCode": "95814",
    });
    input
}

/// What the plain form sends in the demo shop.
pub(crate) fn filled_form(email: &str) -> Vec<(&'static str, String)> {
    [
        ("FormField[1][1]", email),
        ("FormField[1][2]", PASSWORD),
        ("FormField[1][26]", "Ada"),
        ("FormField[1][29]", "1990-12-10"),
        ("FormField[1][30]", "0"),
        ("FormField[1][30]", "2"),
        ("FormField[1][31]", "3"),
        ("FormField[2][4]", "Ada"),
        ("FormField[2][5]", "Lovelace"),
        ("FormField[2][6]", ""),
        ("FormField[2][7]", ""),
        ("FormField[2][8]", "1 Analytical Way"),
        ("FormField[2][9]", ""),
        ("FormField[2][10]", "Sacramento"),
        ("FormField[2][11]", "US"),
        ("FormField[2][12]", "CA"),
        ("FormField[2][13]", "95814"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

pub(crate) fn borrowed<'a>(form: &'a [(&'static str, String)]) -> Vec<(&'static str, &'a str)> {
    form.iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect()
}
