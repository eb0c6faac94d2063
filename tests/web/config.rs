//! What a theme may configure, good and bad.

use js_sys::{Object, Reflect};
use storefront_account::embed::{Config, ConfigError, ElementName};
use wasm_bindgen_test::wasm_bindgen_test;

fn read(attributes: &[(&str, &str)]) -> Result<Config, ConfigError> {
    let object = Object::new();
    let base = [
        ("base", "https://shop.example/account/new?x=1"),
        ("token", "T"),
        ("element", "sign-up"),
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
    assert_eq!(config.element.sign_in_url, "https://shop.example/login.php");
    assert_eq!(config.element.return_to, None);
}

#[wasm_bindgen_test]
fn links_are_resolved_against_the_page() {
    let config = read(&[("return-to", "../account.php"), ("endpoint", "/eu/")]).unwrap();
    let return_to = config.element.return_to.as_deref();
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
fn a_storefront_on_another_origin_is_refused_because_no_session_reaches_it() {
    for url in ["https://api.shop.example/", "http://shop.example/"] {
        let error = read(&[("endpoint", url)]).unwrap_err();
        assert_eq!(error, ConfigError::OtherOrigin("endpoint"));
        assert!(error.to_string().contains("session"), "{error}");
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
    assert_eq!(config.element.country.as_deref(), Some("JP"));
    let wrong = [("country", "Germany"), ("chosen-country", "JP")];
    assert_eq!(read(&wrong), Err(ConfigError::NotACountry("country")));
}

#[wasm_bindgen_test]
fn a_country_is_taken_in_any_letter_case() {
    assert_eq!(
        read(&[("country", "de")])
            .unwrap()
            .element
            .country
            .as_deref(),
        Some("DE")
    );
}

#[wasm_bindgen_test]
fn attributes_are_a_list_of_numbers() {
    let config = read(&[("attributes", "12, 15 ,7")]).unwrap();
    assert_eq!(config.element.attributes, [12, 15, 7]);
    let wrong = Err(ConfigError::NotNumbers("attributes"));
    assert_eq!(read(&[("attributes", "12;15")]), wrong);
    assert_eq!(read(&[("attributes", "12,-")]), wrong);
}

#[wasm_bindgen_test]
fn a_link_to_choose_a_new_password_needs_a_customer_and_a_token() {
    let link = [("reset-customer", "7"), ("reset-token", "t")];
    let config = read(&link).unwrap();
    assert_eq!(config.element.reset_link.map(|link| link.customer), Some(7));
    for half in [&link[..1], &link[1..], &[("reset-customer", "me"), link[1]]] {
        assert_eq!(read(half).unwrap().element.reset_link, None);
    }
}

#[wasm_bindgen_test]
fn every_element_is_read_by_its_name() {
    for name in [
        ElementName::SignUp,
        ElementName::Newsletter,
        ElementName::Center,
    ] {
        let config = read(&[("element", name.name())]).unwrap();
        assert_eq!(config.name, name);
    }
}

#[wasm_bindgen_test]
fn an_element_that_this_build_does_not_have_is_refused() {
    assert_eq!(
        read(&[("element", "wishlist")]),
        Err(ConfigError::NoSuchElement)
    );
}

#[wasm_bindgen_test]
fn a_sign_in_link_is_offered_only_where_the_theme_says_so() {
    assert!(!read(&[]).unwrap().element.is_passwordless);
    let offer = read(&[("passwordless", "offer")]).unwrap();
    assert!(offer.element.is_passwordless);
    let wrong = ConfigError::NotOneOf("passwordless", &["omit", "offer"]);
    assert_eq!(read(&[("passwordless", "yes")]), Err(wrong));
}

#[wasm_bindgen_test]
fn an_appearance_that_there_is_not_is_told_with_those_there_are() {
    let values = &["default", "cornerstone", "bootstrap", "none"];
    let refused = Err(ConfigError::NotOneOf("appearance", values));
    assert_eq!(read(&[("appearance", "material")]), refused);
    assert!(read(&[("appearance", "bootstrap")]).is_ok());
}
