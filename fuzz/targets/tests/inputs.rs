//! Every target with its seeds, and with what becomes of them when they are changed: a short run of the fuzzing, on
//! any toolchain, the same each time.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it finds by failing"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::fs;
use std::path::Path;
use storefront_fuzz_targets::{TARGETS, Target};

/// One change to a seed.
#[derive(Clone, Debug)]
enum Change {
    Replace(Index, u8),
    Insert(Index, Vec<u8>),
    Remove(Index, Index),
    /// What begins at this place becomes what another seed has from there.
    Splice(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let byte = prop_oneof![any::<u8>(), (32..127_u8)];
    prop_oneof![
        (any::<Index>(), byte).prop_map(|(at, byte)| Change::Replace(at, byte)),
        (any::<Index>(), vec(any::<u8>(), 1..4)).prop_map(|(at, new)| Change::Insert(at, new)),
        (any::<Index>(), any::<Index>()).prop_map(|(from, to)| Change::Remove(from, to)),
        (any::<Index>(), any::<Index>()).prop_map(|(at, other)| Change::Splice(at, other)),
    ]
}

fn apply(change: &Change, seed: &mut Vec<u8>, seeds: &[Vec<u8>]) {
    let place = |index: &Index| index.index(seed.len() + 1);
    match change {
        Change::Replace(at, byte) => {
            let at = place(at);
            if let Some(old) = seed.get_mut(at) {
                *old = *byte;
            }
        }
        Change::Insert(at, new) => {
            let at = place(at);
            seed.splice(at..at, new.iter().copied());
        }
        Change::Remove(one, other) => {
            let (one, other) = (place(one), place(other));
            seed.drain(one.min(other)..one.max(other));
        }
        Change::Splice(at, other) => {
            let at = place(at);
            seed.truncate(at);
            let other = other.get(seeds);
            seed.extend(other.get(at..).unwrap_or_default());
        }
    }
}

fn seeds(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../seeds")
        .join(name);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn run(name: &str, cases: u32) {
    let target: Target = TARGETS.iter().find(|(own, _)| *own == name).unwrap().1;
    let seeds = seeds(name);
    assert!(!seeds.is_empty(), "{name} has no seeds");
    for seed in &seeds {
        target(seed);
    }
    let config = Config {
        cases,
        failure_persistence: None,
        // An input is short, and a store is not what it was before.
        max_shrink_iters: 0,
        ..Config::default()
    };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let inputs = (any::<Index>(), vec(change(), 1..6));
    let ran = TestRunner::new_with_rng(config, rng).run(&inputs, |(index, changes)| {
        let mut input = index.get(&seeds).clone();
        for change in &changes {
            apply(change, &mut input, &seeds);
        }
        target(&input);
        Ok(())
    });
    if let Err(error) = ran {
        panic!("{error}");
    }
}

#[test]
fn no_text_of_an_address_breaks_its_format() {
    run("addresses", 3_000);
}

#[test]
fn no_form_and_no_answer_to_it_breaks_the_validation() {
    run("fields", 3_000);
}

#[test]
fn nothing_that_is_typed_breaks_what_reads_it() {
    run("text", 3_000);
}

#[test]
fn no_graphql_document_makes_the_store_fail() {
    run("graphql", 300);
}

#[test]
fn no_request_to_a_page_or_to_rest_makes_the_store_fail() {
    run("storefront", 300);
}

#[test]
fn no_token_makes_the_store_fail_or_lets_anybody_in() {
    run("tokens", 300);
}

#[test]
fn no_request_to_v2_makes_the_store_fail() {
    run("v2", 300);
}

#[test]
fn no_request_to_v3_makes_the_store_fail() {
    run("v3", 300);
}

#[test]
fn no_webhook_makes_the_store_fail() {
    run("webhooks", 100);
}

#[test]
fn every_target_is_run_by_cargo_fuzz_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz_targets");
    let mut files: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    assert_eq!(files, TARGETS.map(|(name, _)| name));
}
