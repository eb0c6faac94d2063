//! What a theme may configure, good and bad.

use js_sys::{Object, Reflect};
use storefront_account::embed::{Config, ConfigError};
use wasm_bindgen_test::wasm_bindgen_test;

fn read(attributes: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let object = Object::new();
    let base = [
        ("base", "https://shop.example/account/new?x=1"),
        ("token", "T"),
    ];
    for (name, value) in base.iter().chain(attributes) {
        Reflect::set(&object, &(*name).into(), &(*value).into()).unwrap();
    }
    Config::read(&object)
}

#[wasm_bindgen_test]
fn a_token_is_all_that_must_be_given() {
    let config = read(&[]).unwrap();
    assert_eq!(config.graphql_url, "https://shop.example/graphql");
    assert_eq!(config.language, "en");
    assert_eq!(config.sign_up.sign_in_url, "https://shop.example/login.php");
    assert_eq!(config.sign_up.return_to, None);
}

#[wasm_bindgen_test]
fn links_are_resolved_against_the_page() {
    let config = read(&[("return-to", "../account.php"), ("endpoint", "/eu/")]).unwrap();
    let return_to = config.sign_up.return_to.as_deref();
    assert_eq!(return_to, Some("https://shop.example/account.php"));
    assert_eq!(config.graphql_url, "https://shop.example/eu/graphql");
}

#[wasm_bindgen_test]
fn a_shopper_is_sent_to_no_other_origin() {
    for url in [
        "https://evil.example/",
        "//evil.example/",
        "https://shop.example:8443/",
        "javascript:alert(1)",
    ] {
        assert_eq!(
            read(&[("return-to", url)]),
            Err(ConfigError::OtherOrigin("return-to"))
        );
        assert_eq!(
            read(&[("sign-in-url", url)]),
            Err(ConfigError::OtherOrigin("sign-in-url"))
        );
    }
}

#[wasm_bindgen_test]
fn a_value_that_cannot_be_used_names_its_attribute() {
    assert_eq!(read(&[("token", " ")]), Err(ConfigError::Missing("token")));
    assert_eq!(
        read(&[("endpoint", "http://")]),
        Err(ConfigError::NotAUrl("endpoint"))
    );
    assert_eq!(
        read(&[("country", "USA")]),
        Err(ConfigError::NotACountry("country"))
    );
    let address = Err(ConfigError::NotOneOf("address", &["ask", "omit"]));
    assert_eq!(read(&[("address", "maybe")]), address);
}

#[wasm_bindgen_test]
fn a_country_chosen_in_the_fallback_goes_before_the_one_the_theme_set() {
    let chosen = [("country", "DE"), ("chosen-country", "JP")];
    let config = read(&chosen).unwrap();
    assert_eq!(config.sign_up.country.as_deref(), Some("JP"));
    let wrong = [("country", "Germany"), ("chosen-country", "JP")];
    assert_eq!(read(&wrong), Err(ConfigError::NotACountry("country")));
}

#[wasm_bindgen_test]
fn a_country_is_taken_in_any_letter_case() {
    assert_eq!(
        read(&[("country", "de")])
            .unwrap()
            .sign_up
            .country
            .as_deref(),
        Some("DE")
    );
}
