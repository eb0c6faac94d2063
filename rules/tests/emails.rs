//! The shape of an e-mail address.

use proptest::prelude::*;
use storefront_rules::email::{LENGTH, is_email};

#[test]
fn addresses_that_people_really_have_pass() {
    for text in [
        "a@b",
        "maria@example.com",
        "maria.gonzález+shop@example.co.uk",
        "o'brien@example.ie",
        "用户@例子.公司",
        "josé@müller.example",
        "x_y-z~!#$%&'*/=?^`{|}@sub.sub.example.com",
        "root@localhost",
        "a@[192.0.2.1]",
        ".dots..anywhere.@example.com",
    ] {
        assert!(is_email(text), "{text:?}");
    }
}

#[test]
fn texts_that_cannot_be_an_address_are_refused() {
    for text in [
        "",
        "@",
        "a@",
        "@b",
        "@@",
        "ab",
        "maria",
        "maria@",
        "@example.com",
        "maria@@example.com",
        "maria@home@example.com",
        "maria@example..com",
        "maria@.example.com",
        "maria@example.com.",
        "maria @example.com",
        "maria@exa mple.com",
        " maria@example.com",
        "maria@example.com\n",
        "maria@example.com\r\nBcc: all@example.com",
        "ma\u{a0}ria@example.com",
        "ma\0ria@example.com",
        "ma\u{200b}ria@example.com",
        "\u{feff}maria@example.com",
        "maria@exam\u{ad}ple.com",
        "mar\u{200d}ia@example.com",
        "maria@example.com\u{202e}",
        "maria\u{fe0f}@example.com",
        "maria\u{e0100}@example.com",
        "maria\u{180b}@example.com",
        "maria\u{2800}@example.com",
        "ma\u{85}ria@example.com",
        "<maria@example.com>",
        "Maria <maria@example.com>",
        "\"maria\"@example.com",
    ] {
        assert!(!is_email(text), "{text:?}");
    }
}

#[test]
fn length_is_counted_in_characters_and_both_ends_belong() {
    let of_length = |n: usize| format!("{}@b", "é".repeat(n - 2));
    assert!(!is_email("@b"));
    for (length, passes) in [
        (*LENGTH.start(), true),
        (*LENGTH.end(), true),
        (*LENGTH.end() + 1, false),
    ] {
        assert_eq!(is_email(&of_length(length)), passes, "{length}");
    }
}

proptest! {
    #[test]
    fn whatever_passes_is_safe_in_a_header_and_in_markup(text in any::<String>()) {
        if is_email(&text) {
            prop_assert_eq!(text.matches('@').count(), 1);
            prop_assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control()));
            prop_assert!(!text.contains(['<', '>', '"']));
        }
    }

    #[test]
    fn any_local_part_on_any_domain_passes(
        local in "[a-zA-Z0-9._%+-]{1,64}",
        domain in "[a-z0-9-]{1,20}(\\.[a-z0-9-]{1,20}){0,4}",
    ) {
        let address = format!("{local}@{domain}");
        prop_assert!(is_email(&address));
    }
}
