#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| storefront_fuzz_targets::graphql(data));
