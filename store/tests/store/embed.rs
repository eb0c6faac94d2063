//! The widget's files in the pages.

use crate::support::Shop;
use reqwest::header::HeaderMap;
use reqwest::{Method, StatusCode};
use serde_json::json;
use std::fs;

/// Files whose names are the same in every build, but for the last.
const FILES: [&str; 5] = [
    "account.js",
    "account.css",
    "consent.css",
    "locales/de.json",
    "sign-up-89abcdef.wasm",
];

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

fn build(shop: &Shop, glue: &str) {
    let directory = shop.directory.path().join("embed");
    fs::create_dir_all(&directory).unwrap();
    fs::create_dir_all(directory.join("locales")).unwrap();
    for name in FILES.into_iter().chain([glue]) {
        fs::write(directory.join(name), "plain").unwrap();
        fs::write(directory.join(format!("{name}.br")), "brotli").unwrap();
        fs::write(directory.join(format!("{name}.gz")), "gzip").unwrap();
    }
    let mut manifest = json!({
        "version": "0.1.0",
        "entry": { "script": "account.js", "style": "account.css", "consentStyle": "consent.css",
                   "widgets": "widgets-01234567.js", "bundles": {
            "sign-up": { "glue": glue, "wasm": "sign-up-89abcdef.wasm" },
            "sign-in": { "glue": "sign-in-01234567.js", "wasm": "sign-in-89abcdef.wasm" },
            "account": { "glue": "account-01234567.js", "wasm": "account-89abcdef.wasm" },
        } },
        "files": {},
    });
    for name in FILES.into_iter().chain([glue]) {
        let facts = json!({ "bytes": 5, "gzip": 4, "brotli": 6, "integrity": "sha384-abc" });
        manifest["files"][name] = facts;
    }
    fs::write(directory.join("manifest.json"), manifest.to_string()).unwrap();
}

#[tokio::test]
async fn a_page_names_the_files_of_the_newest_build() {
    let shop = Shop::demo().await;
    let path = "/login.php?action=create_account";
    assert!(
        !shop.page(path).await.contains("/embed/"),
        "nothing is built yet"
    );
    build(&shop, "sign-up-01234567.js");
    let page = shop.page(path).await;
    assert!(page.contains("<link rel=\"stylesheet\" href=\"/embed/account.css\">"));
    assert!(page.contains("<link rel=\"modulepreload\" href=\"/embed/sign-up-01234567.js\" integrity=\"sha384-abc\" nonce=\""));
    assert!(page.contains("<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\" href=\"/embed/sign-up-89abcdef.wasm\">"));
    assert!(page.contains("<script type=\"module\" src=\"/embed/account.js\" nonce=\""));
    assert!(
        !shop
            .page("/login.php?action=create_account&script=off")
            .await
            .contains("/embed/")
    );
}

#[tokio::test]
async fn each_page_fetches_beforehand_the_bundle_of_its_own_element() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    let cookie = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    for (path, element, bundle) in [
        (
            "/login.php?action=create_account",
            "account-sign-up",
            "sign-up",
        ),
        ("/login.php", "account-sign-in", "sign-in"),
        (
            "/login.php?action=reset_password",
            "account-password",
            "sign-in",
        ),
        (
            "/login.php?action=change_password&c=1&t=x",
            "account-password",
            "sign-in",
        ),
        (
            "/account.php?action=account_details",
            "account-center",
            "account",
        ),
    ] {
        let request = shop.get(path).header("cookie", &cookie);
        let page = request.send().await.unwrap().text().await.unwrap();
        assert!(page.contains(&format!("<{element} token=\"")), "{path}");
        for file in ["01234567.js", "89abcdef.wasm"] {
            let link = format!("href=\"/embed/{bundle}-{file}\"");
            assert!(page.contains(&link), "{path}: {link}");
        }
        assert_eq!(page.matches("/embed/").count(), 5, "{path}");
        let plain = shop.get(&format!(
            "{path}{}script=off",
            if path.contains('?') { '&' } else { '?' }
        ));
        let plain = plain.header("cookie", &cookie).send().await.unwrap();
        assert!(!plain.text().await.unwrap().contains("/embed/"), "{path}");
    }
}

#[tokio::test]
async fn a_store_that_asks_has_the_question_in_the_page_s_language() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    let banner = shop.directory.path().join("embed/banner");
    fs::create_dir_all(&banner).unwrap();
    let markup =
        r#"<account-consent token="{{settings.storefront_api.token}}" customer="{{customer.id}}">"#;
    fs::write(banner.join("en.html"), format!("{markup}May we?")).unwrap();
    fs::write(banner.join("de.html"), format!("{markup}Dürfen wir?")).unwrap();
    let page = shop.page("/").await;
    assert!(page.contains("May we?") && page.contains("href=\"/embed/consent.css\""));
    assert!(page.contains(r#"" customer="">May we?"#) && !page.contains("{{"));
    assert!(shop.page("/?lang=de-AT").await.contains("Dürfen wir?"));
    fs::write(banner.join("pt-BR.html"), format!("{markup}Podemos?")).unwrap();
    assert!(shop.page("/?lang=pt-BR").await.contains("Podemos?"));
    assert!(shop.page("/?lang=fr").await.contains("May we?"));
    let cookie = shop.sign_in("jun@example.com", "Correct-horse-7").await;
    let request = shop.get("/").header("cookie", &cookie);
    let page = request.send().await.unwrap().text().await.unwrap();
    assert!(!page.contains(r#"customer="""#));

    let shop = Shop::demo_with(json!({ "privacy": { "cookie_consent_enabled": false } })).await;
    build(&shop, "sign-up-01234567.js");
    assert!(!shop.page("/").await.contains("consent"));
}

#[tokio::test]
async fn files_are_served_compressed_and_hashed_ones_are_kept_for_good() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    let get = async |name: &str, encoding: &str| {
        let request = shop
            .get(&format!("/embed/{name}"))
            .header("accept-encoding", encoding);
        request.send().await.unwrap()
    };
    let response = get("sign-up-89abcdef.wasm", "gzip, br").await;
    assert_eq!(response.headers()["content-type"], "application/wasm");
    assert_eq!(response.headers()["content-encoding"], "br");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["cache-control"], IMMUTABLE);
    assert_eq!(response.text().await.unwrap(), "brotli");
    let response = get("account.js", "gzip").await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert!(response.headers().contains_key("last-modified"));
    let response = get("account-ffffffff.js", "").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["cache-control"], "no-cache");
}

impl Shop {
    /// The status and the headers of a file of the widget.
    async fn file_headers(&self, path: &str) -> (StatusCode, HeaderMap) {
        let response = self.get(path).send().await.unwrap();
        (response.status(), response.headers().clone())
    }
}

#[tokio::test]
async fn a_file_is_kept_for_as_long_as_its_address_promises() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    let unhashed = &FILES[..4];
    for (folder, kept) in [
        ("/embed", "no-cache"),
        ("/embed/0.1.0", IMMUTABLE),
        ("/embed/v0", "public, max-age=300"),
    ] {
        for file in unhashed.iter().chain(&["manifest.json"]) {
            let path = format!("{folder}/{file}");
            let (status, headers) = shop.file_headers(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(headers["cache-control"], kept, "{path}");
            assert!(headers.contains_key("etag"), "{path}");
        }
        for file in ["sign-up-89abcdef.wasm", "sign-up-01234567.js"] {
            let path = format!("{folder}/{file}");
            let (status, headers) = shop.file_headers(&path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            assert_eq!(headers["cache-control"], IMMUTABLE, "{path}");
        }
    }
}

#[tokio::test]
async fn only_the_version_that_is_built_has_files() {
    let shop = Shop::demo().await;
    for path in ["/embed/0.1.0/account.js", "/embed/v0/account.js"] {
        let (status, _) = shop.file_headers(path).await;
        assert_eq!(
            status,
            StatusCode::NOT_FOUND,
            "{path}: nothing is built yet"
        );
    }
    build(&shop, "sign-up-01234567.js");
    for path in [
        "/embed/0.1.1/account.js",
        "/embed/v1/account.js",
        "/embed/v/account.js",
        "/embed/0/account.js",
        "/embed/0.1.0/",
        "/embed/0.1.0",
        "/embed/0.1.0/account.ts",
        "/embed/0.1.0/0.1.0/account.js",
    ] {
        let (status, headers) = shop.file_headers(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(headers["cache-control"], "no-cache", "{path}");
    }
}

#[tokio::test]
async fn a_file_is_sent_again_only_when_it_has_changed() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    for path in [
        "/embed/account.js",
        "/embed/manifest.json",
        "/embed/v0/locales/de.json",
        "/embed/0.1.0/consent.css",
    ] {
        let ask = async |tag: &str| {
            let request = shop.get(path).header("if-none-match", tag);
            // As a browser sends both; the tag alone counts.
            let late = request.header("if-modified-since", "Fri, 01 Jan 2100 00:00:00 GMT");
            late.send().await.unwrap()
        };
        let (_, headers) = shop.file_headers(path).await;
        let tag = headers["etag"].to_str().unwrap();
        for known in [tag, &format!("\"other\", {tag}"), &tag[2..], "*"] {
            let response = ask(known).await;
            assert_eq!(
                response.status(),
                StatusCode::NOT_MODIFIED,
                "{path} {known}"
            );
            for name in [
                "etag",
                "cache-control",
                "vary",
                "access-control-allow-origin",
            ] {
                assert_eq!(response.headers()[name], headers[name], "{path} {name}");
            }
            assert_eq!(response.text().await.unwrap(), "");
        }
        for unknown in ["\"other\"", "", "W/"] {
            assert_eq!(
                ask(unknown).await.status(),
                StatusCode::OK,
                "{path} {unknown}"
            );
        }
    }
    let written = shop.post("/embed/account.js").header("if-none-match", "*");
    let status = written.send().await.unwrap().status();
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    let tag_of_manifest =
        async || shop.file_headers("/embed/manifest.json").await.1["etag"].clone();
    let before = tag_of_manifest().await;
    build(&shop, "sign-up-76543210.js");
    assert_ne!(tag_of_manifest().await, before);
}

#[tokio::test]
async fn pages_of_every_origin_can_have_the_widget_s_files() {
    let shop = Shop::demo().await;
    build(&shop, "sign-up-01234567.js");
    for (path, kind) in [
        ("/embed/account.js", "text/javascript"),
        ("/embed/0.1.0/account.css", "text/css"),
        ("/embed/v0/sign-up-89abcdef.wasm", "application/wasm"),
        ("/embed/locales/de.json", "application/json"),
    ] {
        for method in [Method::GET, Method::HEAD] {
            let request = shop
                .client
                .request(method, format!("{}{path}", shop.origin));
            let response = request.header("origin", "https://shop.example");
            let response = response.send().await.unwrap();
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let headers = response.headers();
            assert_eq!(headers["access-control-allow-origin"], "*", "{path}");
            assert_eq!(headers["vary"], "accept-encoding", "{path}");
            assert!(
                headers["content-type"].to_str().unwrap().starts_with(kind),
                "{path}"
            );
        }
    }
}
