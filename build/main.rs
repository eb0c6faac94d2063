//! Makes the types of `src/api/documents.rs` from the GraphQL documents, against `schema.graphql`.
//!
//! `graphql_client` makes the types of a fragment or an input again for each document that uses it. Here
//! they are put into one module, so that the code that reads them is written and shipped once
//! (`docs/decisions/graphql-types.md`).
//!
//! It also lists the files of languages, for the specimens and the tests: a new language is a file in their folder.

#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "syn's enums have a variant for all of Rust"
)]
#![allow(
    clippy::print_stdout,
    reason = "a build script talks to cargo that way"
)]

mod document;

use graphql_client_codegen::normalization::Normalization;
use graphql_client_codegen::{
    CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream_from_string,
};
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::{env, fs};
use syn::{Attribute, File, Ident, Item, ItemImpl, ItemMod, Type, Visibility, parse_quote};

const SCHEMA: &str = "schema.graphql";
const DOCUMENTS: &str = "src/api";
const FRAGMENTS: &str = "src/api/fragments.graphql";

/// The folders with a file a language: the name of the list, the folder, the kind of its files.
const LANGUAGES: [(&str, &str, &str); 2] = [
    ("locales", "locales", "json"),
    ("banners", "src/embed/js/banner", "html"),
];

type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    println!("cargo::rerun-if-changed={SCHEMA}");
    println!("cargo::rerun-if-changed={DOCUMENTS}");
    let fragments = fs::read_to_string(FRAGMENTS)?;
    let mut items = Vec::new();
    for path in documents()? {
        let document = document::to_send(&fs::read_to_string(&path)?, &fragments);
        let types = types(&document).map_err(|error| format!("{}: {error}", path.display()))?;
        items.extend(types);
    }
    let shared = share(&mut items);
    let file = quote! { #shared #(#items)* };
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("documents.rs"), file.to_string())?;
    for (list, folder, kind) in LANGUAGES {
        println!("cargo::rerun-if-changed={folder}");
        let files = languages(folder, kind)?.to_string();
        fs::write(out.join(list).with_extension("rs"), files)?;
    }
    Ok(())
}

/// The languages that `folder` has a file of this kind for, each with the file's text: an expression of `&[(&str, &str)]`.
fn languages(folder: &str, kind: &str) -> Result<TokenStream, Failure> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_stem().and_then(OsStr::to_str);
        if path.extension().is_some_and(|of| of == kind) {
            names.extend(name.map(str::to_owned));
        }
    }
    names.sort();
    let files = names.iter().map(|name| format!("/{folder}/{name}.{kind}"));
    Ok(quote! { &[#((#names, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), #files)))),*] })
}

fn documents() -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for entry in fs::read_dir(DOCUMENTS)? {
        let path = entry?.path();
        let is_document = path.extension().is_some_and(|of| of == "graphql");
        if is_document && path != Path::new(FRAGMENTS) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// What `graphql_client` makes of one document, changed to be read by `src/api/response.rs`.
fn types(document: &str) -> Result<Vec<Item>, Failure> {
    let mut options = GraphQLClientCodegenOptions::new(CodegenMode::Cli);
    options.set_module_visibility(parse_quote!(pub));
    options.set_normalization(Normalization::Rust);
    options.set_fragments_other_variant(true);
    options.set_skip_serializing_none(true);
    options.set_variables_derives("Default".to_owned());
    options.set_serde_path(parse_quote!(serde));
    let tokens = generate_module_token_stream_from_string(document, Path::new(SCHEMA), options)?;
    let mut items = syn::parse2::<File>(tokens)?.items;
    for item in items.iter_mut().flat_map(members) {
        // `response.rs` finds a member of a union by its `__typename`, and reads `on` from the same
        // object. With these attributes serde would copy the object and read the copy.
        match item {
            Item::Enum(item) => item.attrs.retain(|attribute| !is_serde(attribute, "tag")),
            Item::Struct(item) => {
                for field in &mut item.fields {
                    field
                        .attrs
                        .retain(|attribute| !is_serde(attribute, "flatten"));
                }
            }
            _ => {}
        }
    }
    Ok(items)
}

fn members(item: &mut Item) -> &mut [Item] {
    match item {
        Item::Mod(ItemMod {
            content: Some((_, items)),
            ..
        }) => items,
        _ => &mut [],
    }
}

/// Whether `attribute` is `#[serde(…)]` and begins with `word`.
fn is_serde(attribute: &Attribute, word: &str) -> bool {
    let is_word = |list: &syn::MetaList| {
        let first = list.tokens.clone().into_iter().next();
        matches!(first, Some(TokenTree::Ident(ident)) if ident == word)
    };
    attribute.path().is_ident("serde") && attribute.meta.require_list().is_ok_and(is_word)
}

/// Moves the types that are the same in several modules of `items` into the module `shared`.
fn share(items: &mut [Item]) -> TokenStream {
    let types = shared_types(items);
    let (mut aliases, mut impls) = (BTreeMap::new(), BTreeMap::new());
    for item in items.iter_mut() {
        let Item::Mod(module) = item else { continue };
        let Some((_, members)) = &mut module.content else {
            continue;
        };
        members.retain(|member| {
            match member {
                Item::Type(alias) if matches!(alias.vis, Visibility::Inherited) => {
                    aliases.insert(alias.ident.clone(), member.clone());
                    return true;
                }
                Item::Impl(of) if self_name(of).is_some_and(|name| types.contains_key(name)) => {
                    impls.insert(text(member), member.clone());
                    return false;
                }
                _ => {}
            }
            type_name(member).is_none_or(|name| !types.contains_key(name))
        });
        members.push(parse_quote!(
            pub use super::shared::*;
        ));
    }
    let shared = [aliases.into_values(), types.into_values()];
    let shared = shared.into_iter().flatten().chain(impls.into_values());
    quote! {
        /// What several documents use.
        pub mod shared {
            use serde::{Deserialize, Serialize};
            #(#shared)*
        }
    }
}

fn text(item: &Item) -> String {
    item.to_token_stream().to_string()
}

/// The name of the type that this is an `impl` of.
fn self_name(of: &ItemImpl) -> Option<&Ident> {
    match &*of.self_ty {
        Type::Path(path) => path.path.get_ident(),
        _ => None,
    }
}

/// The types that at least two modules have, word for word, if everything they are made of is shared too.
fn shared_types(items: &mut [Item]) -> BTreeMap<Ident, Item> {
    let mut found: BTreeMap<Ident, Vec<Item>> = BTreeMap::new();
    for member in items.iter_mut().flat_map(|item| members(item).iter()) {
        if let Some(name) = type_name(member) {
            found.entry(name.clone()).or_default().push(member.clone());
        }
    }
    let all: BTreeSet<String> = found.keys().map(Ident::to_string).collect();
    let mut shared: BTreeMap<Ident, Item> = found
        .into_iter()
        .filter(|(_, items)| items.len() > 1)
        .filter(|(_, items)| items.iter().all(|item| text(item) == text(&items[0])))
        .filter_map(|(name, mut items)| Some((name, items.pop()?)))
        .collect();
    loop {
        let names: BTreeSet<String> = shared.keys().map(Ident::to_string).collect();
        let before = shared.len();
        shared.retain(|_, item| {
            let mut words = words(item.to_token_stream());
            words.all(|word| !all.contains(&word) || names.contains(&word))
        });
        if shared.len() == before {
            return shared;
        }
    }
}

/// The name of a type that may be shared; each document has variables and an answer of its own.
fn type_name(item: &Item) -> Option<&Ident> {
    let name = match item {
        Item::Struct(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Type(item) if matches!(item.vis, Visibility::Public(_)) => &item.ident,
        _ => return None,
    };
    (name != "Variables" && name != "ResponseData").then_some(name)
}

fn words(tokens: TokenStream) -> Box<dyn Iterator<Item = String>> {
    Box::new(tokens.into_iter().flat_map(|token| match token {
        TokenTree::Group(group) => words(group.stream()),
        TokenTree::Ident(ident) => Box::new(std::iter::once(ident.to_string())),
        TokenTree::Punct(_) | TokenTree::Literal(_) => Box::new(std::iter::empty()),
    }))
}
