//! What is generated from the registry for others to read: `account.d.ts` and `custom-elements.json` in `dist/embed/`, and
//! the tables in `docs/` and README.

use crate::documents;
use crate::parts::PARTS;
use crate::registry::{
    self, Attribute, BUNDLES, COMMON_ATTRIBUTES, COMMON_EVENTS, DefaultValue, ELEMENTS, EVENTS,
    Element, Event,
};
use anyhow::{Context, Result, bail};
use serde_json::{Value, json};
use std::fs;

/// `account.d.ts`: the hand-written `template` with what the registry knows in the places of `__ELEMENTS__`,
/// `__CLASSES__`, `__TAGS__`, `__ATTRIBUTES__`, `__PROPERTIES__` and `__EVENTS__`.
pub(crate) fn types(template: &str) -> Result<String> {
    let names: Vec<_> = ELEMENTS.iter().map(|e| format!("\"{}\"", e.name)).collect();
    let mut types = template.to_owned();
    for (place, text) in [
        ("__ELEMENTS__", names.join(" | ")),
        (
            "__TAGS__",
            lines(ELEMENTS, |e| format!("    \"{}\": {};", e.tag(), e.class)),
        ),
        ("__CLASSES__", lines(ELEMENTS, class_type)),
        (
            "__ATTRIBUTES__",
            lines(ELEMENTS, |e| {
                format!("  \"{}\": {}Attributes;", e.tag(), e.class)
            }),
        ),
        (
            "__PROPERTIES__",
            lines(ELEMENTS, |e| {
                format!("  \"{}\": {}Properties;", e.tag(), e.class)
            }),
        ),
        ("__EVENTS__", lines(EVENTS, event_type)),
    ] {
        if !types.contains(place) {
            bail!("account.d.ts has no {place}");
        }
        types = types.replace(place, text.trim_start());
    }
    Ok(types)
}

/// `about` without the sentence that leads to a page of the docs: an editor has no page for it to lead to.
fn hover(about: &str) -> &str {
    about
        .split_once(" See [")
        .map_or(about, |(sentences, _)| sentences)
}

fn lines<T>(items: &[T], line: impl Fn(&T) -> String) -> String {
    let lines: Vec<_> = items.iter().map(line).collect();
    lines.join("\n")
}

/// The types of one element: its attributes, its properties, and the element itself.
fn class_type(element: &Element) -> String {
    let (class, tag) = (element.class, element.tag());
    let attributes = element.attributes().map(|attribute| {
        let name = format!("\"{}\"", attribute.name);
        member(attribute, &name, "undefined")
    });
    let properties = element.attributes().filter_map(|attribute| {
        let name = attribute.own_property()?;
        Some(member(attribute, &name, "null | undefined"))
    });
    format!(
        "/** The attributes of `<{tag}>`, as in HTML. */\n\
         export interface {class}Attributes {{\n{}}}\n\n\
         /** The properties of `<{tag}>`: each is the attribute of that name; `null` takes it away. */\n\
         export interface {class}Properties {{\n{}}}\n\n\
         /** `<{tag}>`: {} */\n\
         export interface {class} extends HTMLElement, {class}Properties {{}}\n",
        attributes.collect::<String>(),
        properties.collect::<String>(),
        element.about,
    )
}

fn member(attribute: &Attribute, name: &str, nothing: &str) -> String {
    let (about, holds) = (hover(attribute.about), attribute.typescript());
    format!("  /** {about} */\n  {name}?: {holds} | {nothing};\n")
}

fn event_type(event: &Event) -> String {
    format!(
        "  /** {} */\n  \"account:{}\": CustomEvent<{}>;",
        event.about, event.name, event.detail
    )
}

/// `custom-elements.json`: a Custom Elements Manifest, which editors and documentation tools read. `module` is the script
/// beside it that defines the elements.
pub(crate) fn manifest(module: &str) -> Value {
    let declarations: Vec<_> = ELEMENTS.iter().map(declaration).collect();
    let exports: Vec<_> = ELEMENTS
        .iter()
        .map(|element| {
            json!({
                "kind": "custom-element-definition",
                "name": element.tag(),
                "declaration": { "name": element.class, "module": module },
            })
        })
        .collect();
    json!({
        "schemaVersion": "2.1.0",
        "modules": [{
            "kind": "javascript-module",
            "path": module,
            "declarations": declarations,
            "exports": exports,
        }],
    })
}

fn declaration(element: &Element) -> Value {
    let attributes: Vec<_> = element
        .attributes()
        .map(|attribute| {
            let mut facts = json!({
                "name": attribute.name,
                "description": hover(attribute.about),
                "type": { "text": attribute.typescript() },
            });
            if let DefaultValue::Value(value) = attribute.default {
                facts["default"] = json!(format!("{value:?}"));
            }
            if let Some(property) = attribute.property() {
                facts["fieldName"] = json!(property);
            }
            facts
        })
        .collect();
    let members: Vec<_> = element
        .attributes()
        .filter_map(|attribute| {
            Some(json!({
                "kind": "field",
                "name": attribute.own_property()?,
                "attribute": attribute.name,
                "reflects": true,
                "description": hover(attribute.about),
                "type": { "text": format!("{} | null", attribute.typescript()) },
            }))
        })
        .collect();
    let events: Vec<_> = element
        .events()
        .map(|event| {
            json!({
                "name": format!("account:{}", event.name),
                "description": event.about,
                "type": { "text": format!("CustomEvent<{}>", event.detail) },
            })
        })
        .collect();
    json!({
        "kind": "class",
        "customElement": true,
        "name": element.class,
        "tagName": element.tag(),
        "description": element.about,
        "superclass": { "name": "HTMLElement" },
        "attributes": attributes,
        "members": members,
        "events": events,
    })
}

/// The pages with generated parts: those of what all elements have, and each element's own.
fn pages() -> impl Iterator<Item = String> {
    let common = ["README.md", "docs/elements.md", "docs/theming.md"].map(str::to_owned);
    common.into_iter().chain(ELEMENTS.iter().map(page_of))
}

fn page_of(element: &Element) -> String {
    format!("docs/elements/{}.md", element.name)
}

/// `vscode.html-custom-data.json`: what Visual Studio Code completes and explains in HTML.
pub(crate) fn vscode_data() -> Value {
    let tags: Vec<_> = ELEMENTS
        .iter()
        .map(|element| {
            let attributes: Vec<_> = element.attributes().map(vscode_attribute).collect();
            json!({ "name": element.tag(), "description": element.about, "attributes": attributes })
        })
        .collect();
    json!({ "version": 1.1, "tags": tags })
}

fn vscode_attribute(attribute: &Attribute) -> Value {
    let mut facts = json!({ "name": attribute.name, "description": hover(attribute.about) });
    if !attribute.values.is_empty() {
        let values: Vec<_> = attribute
            .values
            .iter()
            .map(|value| json!({ "name": value }))
            .collect();
        facts["values"] = values.into();
    }
    facts
}

/// Writes the generated parts of the docs anew, and the front matter of Stencil pages.
pub(crate) fn write_docs() -> Result<()> {
    for path in pages() {
        let now = fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))?;
        let fresh = page(&now).with_context(|| path.clone())?;
        write_if_new(&path, &now, &fresh)?;
    }
    for (page, query) in STENCIL_PAGES {
        let path = front_matter_path(page);
        let now = fs::read_to_string(&path).unwrap_or_default();
        write_if_new(&path, &now, &front_matter(query)?)?;
    }
    Ok(())
}

fn write_if_new(path: &str, now: &str, fresh: &str) -> Result<()> {
    let what = if now == fresh {
        "as it was"
    } else {
        fs::write(path, fresh).with_context(|| format!("cannot write {path}"))?;
        "rewritten"
    };
    println!("{path}: {what}");
    Ok(())
}

/// Pages of a Stencil theme that bring the first answer along, with the document in `src/api/` that asks for it.
const STENCIL_PAGES: [(&str, &str); 2] = [("create-account", "sign_up_form"), ("login", "session")];

fn front_matter_path(page: &str) -> String {
    format!("packages/stencil/front-matter/{page}.yml")
}

/// The front matter that has Stencil ask an element's first query. It knows no variables of a page's own, so a country
/// stands in the query.
fn front_matter(query: &str) -> Result<String> {
    let document = documents::query(query)?
        .replace("($country:String)", "")
        .replace("$country", "\"US\"");
    if document.contains(['$', '\'', '\n']) {
        bail!("src/api/{query}.graphql does not fit into a line of front matter");
    }
    Ok(format!("---\ngql: '{document}'\n---\n"))
}

const START: &str = "<!-- generated: ";
const END: &str = "<!-- end of generated -->";

/// A page of the docs with its generated parts rewritten: what stands between `<!-- generated: NAME -->` and
/// [`END`], where the name is an element's or one of [`part`]'s.
fn page(text: &str) -> Result<String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, from_name)) = rest.split_once(START) {
        let (name, inside) = from_name.split_once(" -->").context("an open marker")?;
        let (_, after) = inside
            .split_once(END)
            .with_context(|| format!("{START}{name} --> has no {END}"))?;
        let part = part(name).with_context(|| format!("there is no part called {name}"))?;
        out += &format!("{before}{START}{name} -->\n{}\n{END}", part.trim_end());
        rest = after;
    }
    Ok(out + rest)
}

/// The names of the parts that `text` has.
#[cfg(test)]
fn parts_in(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.split(START).skip(1);
    starts.filter_map(|rest| rest.split_once(" -->").map(|(name, _)| name))
}

/// The generated part of this name.
fn part(name: &str) -> Option<String> {
    let part = match name {
        "elements" => elements_table(),
        "all elements" => attributes_table(COMMON_ATTRIBUTES),
        "events" => events_table(),
        "bundles" => bundles_table(),
        "parts" => parts_table(),
        _ => element_part(ELEMENTS.iter().find(|element| element.name == name)?),
    };
    Some(part)
}

fn parts_table() -> String {
    let rows = PARTS.iter().map(|part| {
        let about = part.about.trim().trim_end_matches('.');
        [format!("`{}`", part.name), about.to_owned()]
    });
    table(["part", "what it is"], rows)
}

fn elements_table() -> String {
    let rows = ELEMENTS.iter().map(|element| {
        let about = element.about.trim_end_matches('.');
        let link = format!("[`<{}>`]({})", element.tag(), page_of(element));
        [link, about.to_owned()]
    });
    table(["element", "what it does"], rows)
}

fn element_part(element: &Element) -> String {
    let events = element.own_events().iter().chain(COMMON_EVENTS);
    let events: Vec<_> = events
        .map(|event| format!("`account:{}`", event.name))
        .collect();
    format!(
        "{}\n\n{}\nEvents: {}. {}\n",
        element.about,
        attributes_table(element.own_attributes()),
        events.join(", "),
        files_sentence(element)
    )
}

fn files_sentence(element: &Element) -> String {
    let bundle = element.bundle;
    if element.widget.is_none() {
        return format!(
            "`account.js` does it alone; the settings are fetched when they are opened (`{bundle}` in `manifest.json`)."
        );
    }
    let also = BUNDLES
        .last()
        .filter(|largest| **largest != bundle)
        .map(|largest| format!("; also in `{largest}`"))
        .unwrap_or_default();
    format!("Bundle: `{bundle}`{also}.")
}

fn attributes_table(attributes: &[Attribute]) -> String {
    let rows = attributes.iter().map(|attribute| {
        let default = match attribute.default {
            DefaultValue::Required => "required".to_owned(),
            DefaultValue::None => "none".to_owned(),
            DefaultValue::Value(value) => format!("`{value}`"),
        };
        [
            format!("`{}`", attribute.name),
            attribute.holds(),
            default,
            attribute.about.to_owned(),
        ]
    });
    table(["attribute", "value", "default", "meaning"], rows)
}

fn events_table() -> String {
    let rows = EVENTS.iter().map(|event| {
        let detail = match event.detail {
            "Record<string, never>" => "–".to_owned(),
            detail => format!("`{detail}`"),
        };
        let cancelable = if event.is_cancelable { "yes" } else { "–" };
        [
            format!("`account:{}`", event.name),
            detail,
            cancelable.to_owned(),
            event.about.to_owned(),
        ]
    });
    table(["event", "`detail`", "cancelable", "when"], rows)
}

fn bundles_table() -> String {
    let widgets = BUNDLES.iter().map(|bundle| {
        let elements: Vec<_> = registry::elements_of(bundle)
            .map(|element| format!("`{}`", element.tag()))
            .collect();
        [
            format!("`{bundle}`"),
            elements.join(", "),
            format!("`{bundle}-{{hash}}.js`, `{bundle}-{{hash}}.wasm`"),
        ]
    });
    let consent = registry::consent().map(|element| {
        let bundle = element.bundle;
        [
            format!("`{bundle}`"),
            format!("the settings of `{}`", element.tag()),
            format!(
                "`{bundle}-settings-{{hash}}.js`, `{bundle}-{{hash}}.wasm`, `{bundle}-settings-{{hash}}.css`"
            ),
        ]
    });
    table(["bundle", "elements", "files"], widgets.chain(consent))
}

fn table<const N: usize>(heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut table = row(heads.iter().map(|head| (*head).to_owned()).collect());
    table += &format!("|{}\n", "---|".repeat(N));
    for cells in rows {
        table += &row(cells.iter().map(|cell| cell.replace('|', "\\|")).collect());
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{
        ELEMENTS, STENCIL_PAGES, front_matter, front_matter_path, manifest, page, page_of, pages,
        parts_in, types, vscode_data,
    };
    use crate::registry::{BUNDLES, consent, elements_of, widgets};
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
    }

    fn read(path: &str) -> String {
        fs::read_to_string(root().join(path)).expect(path)
    }

    #[test]
    fn the_tables_in_the_docs_are_the_registry_s() {
        for path in pages() {
            let now = read(&path);
            let is_fresh = page(&now).expect(&path) == now;
            assert!(
                is_fresh,
                "{path} is not what the registry says; run `cargo xtask docs`"
            );
        }
    }

    #[test]
    fn the_front_matter_of_stencil_pages_asks_the_first_queries() {
        crate::shell::enter_workspace().expect("the workspace");
        for (page, query) in STENCIL_PAGES {
            let path = front_matter_path(page);
            let is_fresh = front_matter(query).expect(query) == read(&path);
            assert!(is_fresh, "{path} is old; run `cargo xtask docs`");
        }
    }

    #[test]
    fn each_element_has_its_page_in_the_docs() {
        for element in ELEMENTS {
            let path = page_of(element);
            let text = read(&path);
            assert!(
                text.starts_with(&format!("# `<{}>`\n", element.tag())),
                "{path}"
            );
            assert!(parts_in(&text).eq([element.name]), "{path}");
        }
        let docs = read("docs/elements.md");
        let parts: BTreeSet<_> = parts_in(&docs).collect();
        for part in ["all elements", "events", "bundles"] {
            assert!(parts.contains(part), "{part}");
        }
    }

    #[test]
    fn cargo_has_a_feature_for_each_bundle_and_the_last_has_the_others() {
        let cargo = read("Cargo.toml");
        for bundle in BUNDLES
            .iter()
            .chain(consent().map(|element| &element.bundle))
        {
            assert!(cargo.contains(&format!("\n{bundle} = [")), "{bundle}");
        }
        let last = BUNDLES.last().expect("a bundle");
        let line = cargo
            .lines()
            .find(|line| line.starts_with(&format!("{last} = ")));
        for other in BUNDLES.iter().filter(|bundle| *bundle != last) {
            assert!(line.is_some_and(|line| line.contains(&format!("\"{other}\""))));
        }
        assert!(widgets().all(|element| BUNDLES.contains(&element.bundle)));
        assert_eq!(elements_of(last).count(), widgets().count());
    }

    #[test]
    fn names_are_there_once() {
        for element in ELEMENTS {
            let names: BTreeSet<_> = element.attributes().map(|a| a.name).collect();
            assert_eq!(
                names.len(),
                element.attributes().count(),
                "{}",
                element.name
            );
            let names: BTreeSet<_> = element.events().map(|e| e.name).collect();
            assert_eq!(names.len(), element.events().count(), "{}", element.name);
        }
        let names: BTreeSet<_> = ELEMENTS.iter().map(|element| element.name).collect();
        assert_eq!(names.len(), ELEMENTS.len());
    }

    #[test]
    fn the_loader_reads_the_attributes_of_its_own_element() {
        let folder = root().join("src/embed/js");
        let scripts = [folder.clone(), folder.join("consent")];
        let scripts: String = scripts
            .iter()
            .flat_map(|folder| fs::read_dir(folder).expect("the loader's scripts"))
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "js"))
            .map(|path| fs::read_to_string(path).expect("a script"))
            .collect();
        let element = consent().expect("an element that the loader does itself");
        for attribute in element.own_attributes() {
            // `config.days`, `state.customer`, `"text-id"`, and `${category}-cookies`.
            let is_read = scripts.contains(&format!("config.{}", attribute.name))
                || scripts.contains(&format!("state.{}", attribute.name))
                || scripts.contains(&format!("\"{}\"", attribute.name))
                || attribute.name.ends_with("-cookies") && scripts.contains("}-cookies`");
            assert!(is_read, "{}", attribute.name);
        }
    }

    #[test]
    fn what_an_editor_shows_has_no_links() {
        let types = types(&read("src/embed/js/account.d.ts")).expect("every place");
        for text in [
            types,
            manifest("account.js").to_string(),
            vscode_data().to_string(),
        ] {
            assert!(!text.contains("]("));
            assert!(text.contains(
                "The widget's language. Without it, the nearest `lang` in the page counts."
            ));
        }
    }

    #[test]
    fn types_and_the_manifest_tell_of_every_element() {
        let types = types(&read("src/embed/js/account.d.ts")).expect("every place");
        assert!(!types.contains("__"));
        let manifest = manifest("account.js").to_string();
        for element in ELEMENTS {
            assert!(types.contains(&format!("\"{}\": {};", element.tag(), element.class)));
            assert!(manifest.contains(&format!("\"tagName\":\"{}\"", element.tag())));
        }
    }
}
