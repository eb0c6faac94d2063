//! `<account-addresses>` in each of its states.

use crate::api::{ApiError, Scripted};
use crate::elements::shared::ElementConfig;
use crate::elements::specimen::acts::{click, form_in, put, submit};
use crate::elements::specimen::responses::{
    Responses, SIGN_UP_FORM, SIGNED_IN, body, form_of_customer, offline,
};
use crate::elements::specimen::state::{Specimen, Subject, config};
use web_sys::Element;

/// Addresses of a customer, as the store tells of them: of a home, of a business, and one from before
/// the store asked for a postal code.
pub const ADDRESSES: [&str; 3] = [
    r#"{"entityId":1,"firstName":"Ada","lastName":"King","address1":"1 Main Street","address2":"Flat 2",
    "addressType":"RESIDENTIAL","city":"Springfield","countryCode":"US","stateOrProvince":"California",
    "phone":"+1 415 555 0100","postalCode":"94103","company":"","formFields":[
    {"__typename":"TextFormFieldValue","entityId":34,"text":"King & Co <b>"},
    {"__typename":"CheckboxesFormFieldValue","entityId":38,"valueEntityIds":[0,1]},
    {"__typename":"PasswordFormFieldValue","entityId":41,"password":"4711"}]}"#,
    r#"{"entityId":2,"firstName":"Jürgen","lastName":"Groß","address1":"Straße des 17. Juni 135","address2":"",
    "addressType":"COMMERCIAL","city":"Berlin","countryCode":"DE","stateOrProvince":"",
    "phone":"","postalCode":"10623","company":"Kessel & Söhne","formFields":[]}"#,
    r#"{"entityId":3,"firstName":"太郎","lastName":"山田","address1":"世田谷1-2-3","address2":"",
    "addressType":"RESIDENTIAL","city":"世田谷区","countryCode":"JP","stateOrProvince":"Tokyo",
    "phone":"","postalCode":"","company":"","formFields":[]}"#,
];

/// The store's answer to what the address book is made of, with these `addresses`, JSON each.
#[must_use]
pub fn book(addresses: &[&str]) -> String {
    form_of_customer(&customer(addresses, addresses.len(), false))
}

/// The store's answer to a page of the list: these of `total` addresses.
#[must_use]
pub fn page(addresses: &[&str], total: usize, has_next: bool) -> String {
    let customer = customer(addresses, total, has_next);
    format!(r#"{{"data":{{"customer":{customer}}}}}"#)
}

/// The same as the answer to what the book is made of.
#[must_use]
pub fn first_page(addresses: &[&str], total: usize) -> String {
    form_of_customer(&customer(addresses, total, true))
}

fn customer(addresses: &[&str], total: usize, has_next: bool) -> String {
    let edges: Vec<String> = addresses
        .iter()
        .map(|node| format!(r#"{{"cursor":"c{}","node":{node}}}"#, id_of(node)))
        .collect();
    let newest = addresses.iter().map(|node| id_of(node)).max();
    let newest = newest.map_or_else(String::new, |id| {
        format!(r#"{{"node":{{"entityId":{id}}}}}"#)
    });
    format!(
        r#"{{"entityId":7,"email":"ada@example.com","addresses":{{"collectionInfo":{{"totalItems":{total}}},
        "pageInfo":{{"hasNextPage":{has_next}}},"edges":[{}]}},"newest":{{"edges":[{newest}]}}}}"#,
        edges.join(",")
    )
}

fn id_of(node: &str) -> i32 {
    let digits = node
        .split_once(r#""entityId":"#)
        .map_or("", |(_, rest)| rest);
    let digits = digits.split(',').next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

/// An address of this number, of many.
#[must_use]
pub fn numbered(id: usize) -> String {
    format!(
        r#"{{"entityId":{id},"firstName":"Shopper","lastName":"{id:05}","address1":"{id} Long Road","address2":"",
        "addressType":"RESIDENTIAL","city":"Springfield","countryCode":"US","stateOrProvince":"California",
        "phone":"","postalCode":"94103","company":"","formFields":[]}}"#
    )
}

/// What the store answers to `mutation` (`addCustomerAddress`, …): this address, JSON.
#[must_use]
pub fn kept(mutation: &str, address: &str) -> String {
    format!(r#"{{"data":{{"customer":{{"{mutation}":{{"address":{address},"errors":[]}}}}}}}}"#)
}

/// What the store answers to `mutation` when it refuses with `error`, JSON.
#[must_use]
pub fn not_kept(mutation: &str, error: &str) -> String {
    format!(r#"{{"data":{{"customer":{{"{mutation}":{{"address":null,"errors":[{error}]}}}}}}}}"#)
}

/// The store does not take a postal code.
pub const POSTAL_CODE_REFUSED: &str = r#"{"__typename":"ValidationError","message":"There is no such ZIP code.",
    "path":["input","postalCode"]}"#;

/// The store has no such address.
pub const NO_SUCH_ADDRESS: &str =
    r#"{"__typename":"AddressDoesNotExistError","message":"There is no such address."}"#;

const SPECIMEN: Specimen = Specimen {
    subject: Subject::Element("addresses"),
    name: "list",
    sign: ".sfa-address",
    answers: || book_and(&[]),
    acts: &[],
    config,
    address_lookup: None,
};

/// The book of [`ADDRESSES`], a look at it where `answers` have none, and these.
#[must_use]
pub fn book_and(answers: &[(&'static str, Scripted)]) -> Vec<(&'static str, Scripted)> {
    let mut all = vec![("AddressBook", body(&book(&ADDRESSES)))];
    if !answers.iter().any(|(of, _)| *of == "Addresses") {
        all.push(("Addresses", body(&page(&ADDRESSES, 3, false))));
    }
    all.extend(answers.iter().cloned());
    all
}

fn many(count: usize) -> Responses {
    let addresses: Vec<String> = (1..=count).map(numbered).collect();
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    vec![
        ("AddressBook", body(&book(&addresses))),
        ("Addresses", body(&page(&addresses, count, false))),
    ]
}

const UPDATE: &str = "UpdateCustomerAddress";

fn updating(answer: Scripted) -> Responses {
    book_and(&[(UPDATE, answer)])
}

/// What the shopper does with the first address of the list.
fn press_first(stage: &Element, nth: u32) {
    click(
        stage,
        &format!(".sfa-address:first-child .sfa-address-actions button:nth-child({nth})"),
    );
}

fn edit_first(stage: &Element) {
    press_first(stage, 1);
}

fn rename(stage: &Element) {
    if let Some(form) = form_in(stage) {
        put(&form, "FormField[2][4]", "Augusta Ada");
    }
}

const SAVE: &[fn(&Element)] = &[edit_first, rename, submit];

/// The states, in the order in which a shopper may meet them.
pub const SPECIMENS: &[Specimen] = &[
    Specimen {
        name: "loading",
        sign: "p[role=status]",
        answers: || vec![("AddressBook", Scripted::Never)],
        ..SPECIMEN
    },
    Specimen {
        name: "failed",
        sign: "[role=alert] button",
        answers: || vec![("AddressBook", offline())],
        ..SPECIMEN
    },
    Specimen {
        name: "guest",
        sign: "a[href='/login.php']",
        answers: || vec![("AddressBook", body(SIGN_UP_FORM))],
        ..SPECIMEN
    },
    Specimen {
        name: "none",
        sign: "[role=feed][hidden]",
        answers: || vec![("AddressBook", body(&book(&[])))],
        ..SPECIMEN
    },
    SPECIMEN,
    Specimen {
        name: "many",
        sign: ".sfa-toolbar:not([hidden])",
        answers: || many(1000),
        ..SPECIMEN
    },
    Specimen {
        name: "none-found",
        sign: "[role=feed][hidden]",
        answers: || many(20),
        acts: &[|stage| {
            if let Ok(Some(search)) = stage.query_selector("input[type=search]") {
                search.set_attribute("name", "search").unwrap_or_default();
                put(stage, "search", "nobody");
            }
        }],
        ..SPECIMEN
    },
    Specimen {
        name: "selected",
        sign: ".sfa-addresses-selection:not([hidden])",
        acts: &[
            |stage| click(stage, ".sfa-addresses-count button:last-child"),
            |stage| click(stage, ".sfa-address-select input"),
        ],
        ..SPECIMEN
    },
    Specimen {
        name: "add",
        sign: "form [name='FormField[2][4]']",
        acts: &[|stage| click(stage, ".sfa-button-primary")],
        ..SPECIMEN
    },
    Specimen {
        name: "edit",
        sign: "form [name='FormField[2][4]']",
        acts: &[edit_first],
        ..SPECIMEN
    },
    Specimen {
        name: "errors",
        sign: ".sfa-summary:not([hidden]) a[href^='#']",
        acts: &[|stage| click(stage, ".sfa-button-primary"), submit],
        ..SPECIMEN
    },
    Specimen {
        name: "saving",
        sign: ".sfa-address[aria-busy]",
        answers: || updating(Scripted::Never),
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "saved",
        sign: ".sfa-toast-text:not(:empty)",
        answers: || {
            let renamed =
                ADDRESSES[0].replace(r#""firstName":"Ada""#, r#""firstName":"Augusta Ada""#);
            updating(body(&kept("updateCustomerAddress", &renamed)))
        },
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "refused",
        sign: "[name='FormField[2][13]'][aria-invalid]",
        answers: || {
            updating(body(&not_kept(
                "updateCustomerAddress",
                POSTAL_CODE_REFUSED,
            )))
        },
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "offline",
        sign: ".sfa-address-unsaved .sfa-error",
        answers: || updating(offline()),
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "throttled",
        sign: ".sfa-address-unsaved .sfa-error",
        answers: || updating(Scripted::Error(ApiError::Throttled { seconds: 90 })),
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "conflict",
        sign: ".sfa-address-versions",
        answers: || {
            let theirs = ADDRESSES[0].replace("1 Main Street", "2 Main Street");
            book_and(&[("Addresses", body(&page(&[&theirs], 3, false)))])
        },
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "gone",
        sign: ".sfa-address-unsaved .sfa-error",
        answers: || updating(body(&not_kept("updateCustomerAddress", NO_SUCH_ADDRESS))),
        acts: SAVE,
        ..SPECIMEN
    },
    Specimen {
        name: "known",
        sign: ".sfa-address .sfa-status",
        answers: || {
            book_and(&[(
                "AddCustomerAddress",
                body(&kept("addCustomerAddress", ADDRESSES[0])),
            )])
        },
        acts: &[
            |stage| click(stage, ".sfa-button-primary"),
            |stage| {
                if let Some(form) = form_in(stage) {
                    for (name, value) in [
                        ("FormField[2][4]", "Ada"),
                        ("FormField[2][5]", "King"),
                        ("FormField[2][8]", "1 Main Street"),
                        ("FormField[2][10]", "Springfield"),
                        ("FormField[2][12]", "California"),
                        ("FormField[2][13]", "94103"),
                    ] {
                        put(&form, name, value);
                    }
                }
            },
            submit,
        ],
        ..SPECIMEN
    },
    Specimen {
        name: "deleted",
        sign: ".sfa-toast-undo button",
        acts: &[|stage| press_first(stage, 2)],
        ..SPECIMEN
    },
    Specimen {
        name: "confirm",
        sign: "dialog[open]",
        acts: &[|stage| press_first(stage, 2)],
        config: || ElementConfig {
            confirms_deletion: true,
            ..config()
        },
        ..SPECIMEN
    },
    Specimen {
        name: "expired",
        sign: ".sfa-notice [name=login_pass]",
        answers: || {
            let expired = r#"{"data":{"customer":null}}"#;
            book_and(&[("Addresses", body(expired)), ("Login", body(SIGNED_IN))])
        },
        acts: SAVE,
        ..SPECIMEN
    },
];
