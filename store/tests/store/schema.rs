//! The schema: checked in, fresh, and a part of the official one.

use async_graphql_parser::types::{
    FieldDefinition, InputValueDefinition, ServiceDocument, TypeDefinition, TypeKind,
    TypeSystemDefinition,
};
use async_graphql_parser::{Positioned, parse_schema};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use storefront_store::sdl;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn the_checked_in_schema_is_fresh() {
    let path = root().join("schema.graphql");
    if std::env::var_os("UPDATE_SCHEMA").is_some() {
        std::fs::write(&path, sdl()).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == sdl(),
        "schema.graphql is stale: UPDATE_SCHEMA=1 cargo test -p storefront-store schema"
    );
}

fn types(document: &ServiceDocument) -> BTreeMap<String, &TypeDefinition> {
    let definitions = document.definitions.iter();
    definitions
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(definition) => {
                Some((definition.node.name.node.to_string(), &definition.node))
            }
            TypeSystemDefinition::Schema(_) | TypeSystemDefinition::Directive(_) => None,
        })
        .collect()
}

fn names<T: ToString>(list: &[Positioned<T>]) -> BTreeSet<String> {
    list.iter().map(|item| item.node.to_string()).collect()
}

struct Comparison(Vec<String>);

impl Comparison {
    fn claim(&mut self, holds: bool, complaint: impl Into<String>) {
        if !holds {
            self.0.push(complaint.into());
        }
    }

    fn type_definition(&mut self, name: &str, ours: &TypeDefinition, theirs: &TypeDefinition) {
        match (&ours.kind, &theirs.kind) {
            (TypeKind::Scalar, TypeKind::Scalar) => {}
            (TypeKind::Object(ours), TypeKind::Object(theirs)) => {
                self.fields(name, &ours.fields, &theirs.fields);
                let same = names(&ours.implements) == names(&theirs.implements)
                    // What we do not offer at all, such as Node, need not be implemented.
                    || names(&ours.implements).is_subset(&names(&theirs.implements));
                self.claim(same, format!("{name}: interfaces"));
            }
            (TypeKind::Interface(ours), TypeKind::Interface(theirs)) => {
                self.fields(name, &ours.fields, &theirs.fields);
            }
            (TypeKind::Union(ours), TypeKind::Union(theirs)) => {
                self.claim(
                    names(&ours.members) == names(&theirs.members),
                    format!("{name}: members"),
                );
            }
            (TypeKind::Enum(ours), TypeKind::Enum(theirs)) => {
                let values = |e: &async_graphql_parser::types::EnumType| {
                    e.values
                        .iter()
                        .map(|v| v.node.value.node.to_string())
                        .collect::<BTreeSet<_>>()
                };
                self.claim(values(ours) == values(theirs), format!("{name}: values"));
            }
            (TypeKind::InputObject(ours), TypeKind::InputObject(theirs)) => {
                self.inputs(name, &ours.fields, &theirs.fields);
            }
            _ => self.claim(false, format!("{name}: another kind of type")),
        }
    }

    fn fields(
        &mut self,
        name: &str,
        ours: &[Positioned<FieldDefinition>],
        theirs: &[Positioned<FieldDefinition>],
    ) {
        for own in ours {
            let path = format!("{name}.{}", own.node.name.node);
            let Some(official) = theirs
                .iter()
                .find(|field| field.node.name.node == own.node.name.node)
            else {
                self.claim(false, format!("{path}: not in the official schema"));
                continue;
            };
            let (ty, wanted) = (
                own.node.ty.node.to_string(),
                official.node.ty.node.to_string(),
            );
            self.claim(ty == wanted, format!("{path}: {ty}, officially {wanted}"));
            let deprecated = |field: &FieldDefinition| {
                field
                    .directives
                    .iter()
                    .any(|d| d.node.name.node == "deprecated")
            };
            self.claim(
                deprecated(&own.node) == deprecated(&official.node),
                format!("{path}: deprecation"),
            );
            self.inputs(&path, &own.node.arguments, &official.node.arguments);
        }
    }

    fn inputs(
        &mut self,
        name: &str,
        ours: &[Positioned<InputValueDefinition>],
        theirs: &[Positioned<InputValueDefinition>],
    ) {
        let described = |list: &[Positioned<InputValueDefinition>]| -> BTreeMap<String, String> {
            let one = |input: &InputValueDefinition| {
                let default = input
                    .default_value
                    .as_ref()
                    .map(|value| value.node.to_string());
                format!("{} = {default:?}", input.ty.node)
            };
            list.iter()
                .map(|input| (input.node.name.node.to_string(), one(&input.node)))
                .collect()
        };
        let (ours, theirs) = (described(ours), described(theirs));
        self.claim(
            ours == theirs,
            format!("{name}: arguments {ours:?}, officially {theirs:?}"),
        );
    }
}

#[test]
fn all_that_the_schema_offers_is_in_the_official_one_alike() {
    let path = root().join("../shared/specs/bigcommerce-storefront.2026-01.graphql");
    let Ok(official) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: ../shared/specs is not here");
        return;
    };
    let (ours, official) = (
        parse_schema(sdl()).unwrap(),
        parse_schema(official).unwrap(),
    );
    let (ours, official) = (types(&ours), types(&official));
    let mut comparison = Comparison(Vec::new());
    for (name, own) in &ours {
        match official.get(name) {
            Some(theirs) => comparison.type_definition(name, own, theirs),
            None => comparison.claim(false, format!("{name}: not in the official schema")),
        }
    }
    assert!(ours.len() > 50);
    assert_eq!(comparison.0, Vec::<String>::new());
}
