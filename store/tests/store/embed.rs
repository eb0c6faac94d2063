//! The widget's files in the pages.

use crate::support::Shop;
use reqwest::StatusCode;
use serde_json::json;
use std::fs;

fn build(shop: &Shop, glue: &str) {
    let directory = shop.directory.path().join("embed");
    fs::create_dir_all(&directory).unwrap();
    for name in ["account.js", "account.css", glue, "sign-up-89abcdef.wasm"] {
        fs::write(directory.join(name), "plain").unwrap();
        fs::write(directory.join(format!("{name}.br")), "brotli").unwrap();
        fs::write(directory.join(format!("{name}.gz")), "gzip").unwrap();
    }
    let manifest = json!({
        "version": "1",
        "entry": { "script": "account.js", "style": "account.css", "consentStyle": "consent.css",
                   "widgets": "widgets-01234567.js", "bundles": {
            "sign-up": { "glue": glue, "wasm": "sign-up-89abcdef.wasm" },
            "sign-in": { "glue": "sign-in-01234567.js", "wasm": "sign-in-89abcdef.wasm" },
            "account": { "glue": "account-01234567.js", "wasm": "account-89abcdef.wasm" },
        } },
        "files": { glue: { "bytes": 5, "gzip": 4, "brotli": 6, "integrity": "sha384-abc" } },
    });
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
    assert_eq!(
        response.headers()["cache-control"],
        "public, max-age=31536000, immutable"
    );
    assert_eq!(response.text().await.unwrap(), "brotli");
    let response = get("account.js", "gzip").await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert!(response.headers().contains_key("last-modified"));
    let response = get("account-ffffffff.js", "").await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["cache-control"], "no-cache");
}
