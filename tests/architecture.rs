//! The layout of the source, of the widget's, of the store's and of xtask's: which module may use which, where
//! `#[cfg(feature = …)]` may stand (at `mod`, at `use`, and in the registry's macro), and which names are not ours to
//! use. It reads paths and words and knows no more of Rust than that.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what it finds by failing"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What each module at the top may use beside itself.
type Arrows = [(&'static str, &'static [&'static str])];

/// The widget's. Each names only modules further down, so there is no circle.
const ARROWS: &Arrows = &[
    (
        "embed",
        &["elements", "forms", "session", "api", "ui", "i18n"],
    ),
    ("elements", &["forms", "session", "api", "ui", "i18n"]),
    ("forms", &["api", "ui", "i18n"]),
    ("session", &["api", "ui", "i18n"]),
    ("api", &[]),
    ("ui", &[]),
    ("i18n", &[]),
];

/// The store's, in the same way.
const STORE_ARROWS: &Arrows = &[
    (
        "app",
        &[
            "dev",
            "storefront",
            "management",
            "theme",
            "webhooks",
            "domain",
            "infra",
        ],
    ),
    ("dev", &["domain", "infra"]),
    ("storefront", &["domain", "infra"]),
    ("management", &["domain", "infra"]),
    ("theme", &["domain", "infra"]),
    ("webhooks", &["domain", "infra"]),
    ("domain", &["infra"]),
    ("infra", &[]),
];

/// The folders of elements. None uses another, but for the [`COMPOSERS`].
const ELEMENTS: [&str; 8] = [
    "sign_up",
    "sign_in",
    "password",
    "profile",
    "addresses",
    "newsletter",
    "consent",
    "center",
];

/// What shows other elements: all of them under one navigation, and each in every state.
const COMPOSERS: [&str; 2] = ["center", "specimen"];

/// Files of `elements` that name every element.
const LISTS: [&str; 1] = ["elements/mod.rs"];

/// Crate roots: they name every module.
const ROOTS: [&str; 2] = ["lib.rs", "main.rs"];

/// The file of the registry's macro, which makes the elements of a build.
const REGISTRY_MACRO: &str = "embed/mount/names.rs";

/// How many components there are at least.
const FEWEST_COMPONENTS: usize = 40;

/// Names we made up where the field already has one (`FieldValues`, not `Texts`). Only whole words count;
/// comments and string literals do not.
const NAMES: [&str; 51] = [
    "About",
    "Asked",
    "Asker",
    "ByField",
    "Demands",
    "Door",
    "Happening",
    "Judge",
    "Layout",
    "Mounted",
    "News",
    "PATIENCE",
    "Place",
    "Problem",
    "Refusal",
    "Rejection",
    "Scope",
    "Shelf",
    "Standing",
    "Stretch",
    "Texts",
    "Told",
    "TooMany",
    "Wanted",
    "Watched",
    "Way",
    "Whose",
    "Wish",
    "admit",
    "asker",
    "assertStanding",
    "complain",
    "complaints",
    "content_with",
    "crowd",
    "flag_with",
    "judge",
    "judged",
    "keeper",
    "keyed_with",
    "lasting",
    "local_path",
    "maybe",
    "news",
    "one_time",
    "spend",
    "squeeze",
    "standing",
    "styled",
    "summons",
    "when_somebody_else",
];

/// Names of axum and of the platform, which mean other things in the widget.
const OF_THE_STORE: [&str; 2] = ["Rejection", "Scope"];

#[test]
fn arrows_only_lead_downwards() {
    for arrows in [ARROWS, STORE_ARROWS] {
        for (place, (name, targets)) in arrows.iter().enumerate() {
            let below: Vec<_> = arrows
                .iter()
                .skip(place + 1)
                .map(|(name, _)| name)
                .collect();
            assert!(
                targets.iter().all(|target| below.contains(&target)),
                "{name}"
            );
        }
    }
}

#[test]
fn modules_use_what_the_layout_allows() {
    for (folder, arrows) in [("src", ARROWS), ("store/src", STORE_ARROWS)] {
        let mut wrong = BTreeSet::new();
        for (file, text) in sources(folder).filter(|(file, _)| !ROOTS.contains(&&**file)) {
            let from = module_of(&file);
            let Some(top) = from.first() else { continue };
            let Some((_, allowed)) = arrows.iter().find(|(name, _)| name == top) else {
                wrong.insert(format!("{file}: {top} has no place in the layout"));
                continue;
            };
            for path in paths(&text, &from) {
                let Some(target) = path.first() else { continue };
                let is_module = arrows.iter().any(|(name, _)| name == target);
                let is_allowed = target == top || allowed.contains(&&**target);
                if is_module && !is_allowed {
                    wrong.insert(format!(
                        "{file}: {top} may not use {target} ({})",
                        path.join("::")
                    ));
                }
                if target == "elements" && top == "elements" && !may_use(&file, &from, &path) {
                    wrong.insert(format!(
                        "{file}: an element may not use another ({})",
                        path.join("::")
                    ));
                }
            }
        }
        assert!(wrong.is_empty(), "{folder}: {:#?}", wrong);
    }
}

#[test]
fn no_files_are_in_a_circle() {
    let store = modules("store/src");
    for (what, graph) in [
        ("files of the widget", files(&modules("src"))),
        ("files of the store", files(&store)),
        ("files of xtask", files(&modules("xtask/src"))),
        (
            "folders of the store's domain",
            folders_of_the_domain(&store),
        ),
    ] {
        assert!(graph.len() > 5, "{what} were found");
        let circle = without_ends(graph);
        assert!(circle.is_empty(), "{what} in circles: {circle:#?}");
    }
}

/// In `store/ARCHITECTURE.md`. An arrow that others imply is not drawn.
#[test]
fn the_drawing_of_the_domain_has_the_arrows_that_there_are() {
    let text = read(&root().join("store/ARCHITECTURE.md"));
    let (_, drawing) = text.split_once("subgraph domain").expect("a drawing");
    let (drawing, _) = drawing.split_once("  end").expect("its end");
    let mut drawn = Graph::new();
    for line in drawing.lines() {
        let Some((from, to)) = line.split_once("-->") else {
            continue;
        };
        for from in from.split('&') {
            for to in to.split('&') {
                connect(&mut drawn, from.trim(), to.trim());
            }
        }
    }
    let needed = without_implied(folders_of_the_domain(&modules("store/src")));
    assert_eq!(drawn, needed);
}

fn modules(folder: &str) -> Modules {
    let sources = sources(folder).filter(|(file, _)| !ROOTS.contains(&&**file));
    Modules::read(sources.map(|(file, text)| (module_of(&file), text)))
}

fn files(modules: &Modules) -> Graph {
    let mut graph = Graph::new();
    for (from, to) in modules.uses() {
        connect(&mut graph, &from.join("::"), &to.join("::"));
    }
    graph
}

/// A folder of the domain, or a file beside the folders, is a thing that the platform has.
fn folders_of_the_domain(modules: &Modules) -> Graph {
    let mut graph = Graph::new();
    for (from, to) in modules.uses() {
        if let ([a, one, ..], [b, other, ..]) = (from, &to[..])
            && a == "domain"
            && b == "domain"
            && !one.ends_with("_tests")
        {
            connect(&mut graph, one, other);
        }
    }
    graph
}

/// A graph without circles, and without arrows for which there is a longer way.
fn without_implied(graph: Graph) -> Graph {
    let mut needed = graph.clone();
    for (user, targets) in &graph {
        let is_implied = |target: &String| {
            targets
                .iter()
                .any(|other| other != target && leads_to(&graph, other, target))
        };
        let targets = targets.iter().filter(|target| !is_implied(target));
        needed.insert(user.clone(), targets.cloned().collect());
    }
    needed
}

fn leads_to(graph: &Graph, from: &str, to: &str) -> bool {
    let next = graph.get(from).into_iter().flatten();
    next.into_iter()
        .any(|next| next == to || leads_to(graph, next, to))
}

/// What a file brings into scope and what it uses. All paths begin at the crate's root.
#[derive(Default)]
struct Module {
    /// What other paths call by another name: `pub use`.
    exports: BTreeMap<String, Vec<String>>,
    /// The paths of what it uses, whatever name it has there.
    used: Vec<Vec<String>>,
}

/// The modules of a crate by their paths.
struct Modules(BTreeMap<Vec<String>, Module>);

impl Modules {
    fn read(sources: impl Iterator<Item = (Vec<String>, String)>) -> Self {
        let sources: BTreeMap<Vec<String>, String> = sources.collect();
        let read = |(path, text): (&Vec<String>, &String)| {
            let is_child =
                |other: &&Vec<String>| other.len() == path.len() + 1 && other.starts_with(path);
            let children = sources.keys().filter(is_child).cloned();
            (path.clone(), Module::read(text, path, children))
        };
        Self(sources.iter().map(read).collect())
    }

    /// The module in which `path` is defined: one that only passes it on is not it.
    fn owner(&self, path: &[String]) -> Option<Vec<String>> {
        let mut path = path.to_vec();
        // Each turn follows one `pub use`.
        for _ in 0..10 {
            let lengths = (1..=path.len()).rev();
            let mut owners = lengths.map(|length| &path[..length]);
            let owner = owners.find(|owner| self.0.contains_key(*owner))?;
            let (owner, rest) = (owner.to_vec(), path[owner.len()..].to_vec());
            let exports = &self.0[&owner].exports;
            let Some(target) = rest.first().and_then(|name| exports.get(name)) else {
                // A path that ends at a module brings it into scope; what is used of it has a path of its own.
                return (!rest.is_empty()).then_some(owner);
            };
            path = target.iter().chain(&rest[1..]).cloned().collect();
        }
        None
    }

    /// Each use of one module by another.
    fn uses(&self) -> Vec<(&[String], Vec<String>)> {
        let mut uses = Vec::new();
        for (from, module) in &self.0 {
            let owners = module.used.iter().filter_map(|path| self.owner(path));
            uses.extend(owners.map(|to| (&from[..], to)));
        }
        uses
    }
}

impl Module {
    /// Reads the file of the module `from`, whose `children` have files of their own.
    fn read(program: &str, from: &[String], children: impl Iterator<Item = Vec<String>>) -> Self {
        let words = flat(&words(program));
        let mut module = Self::default();
        let mut in_scope: BTreeMap<String, Vec<String>> = children
            .filter_map(|child| Some((child.last()?.clone(), child)))
            .collect();
        // First what is brought into scope: it may be used before.
        let mut rest = Vec::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            if word != "use" {
                rest.push(word.clone());
                at += 1;
                continue;
            }
            let is_public = words[..at].ends_with(&["pub".to_owned()])
                || words[..at].ends_with(&[")".to_owned()]);
            let mut found = Vec::new();
            at = names(&words, at + 1, Vec::new(), &mut found);
            for (path, name) in found {
                let Some(path) = absolute(&path, from, &in_scope) else {
                    continue;
                };
                if is_public {
                    module.exports.insert(name.clone(), path.clone());
                } else {
                    module.used.push(path.clone());
                }
                in_scope.insert(name, path);
            }
        }
        for (at, pair) in rest.windows(2).enumerate() {
            let begins = pair[1] == "::" && (at == 0 || rest[at - 1] != "::");
            if !begins {
                continue;
            }
            let more = rest[at..].chunks(2);
            let length = more.take_while(|pair| pair.get(1).is_some_and(|word| word == "::"));
            let segments = length.count() + 1;
            let path: Vec<String> = rest[at..]
                .iter()
                .step_by(2)
                .take(segments)
                .cloned()
                .collect();
            module.used.extend(absolute(&path, from, &in_scope));
        }
        module
    }
}

/// A path from the crate's root; `None` where it leads to another crate, or to something of the file's own.
fn absolute(
    path: &[String],
    from: &[String],
    in_scope: &BTreeMap<String, Vec<String>>,
) -> Option<Vec<String>> {
    let (first, mut rest) = path.split_first()?;
    let mut start = match first.as_str() {
        "crate" => Vec::new(),
        "self" => from.to_vec(),
        "super" => from.split_last()?.1.to_vec(),
        name => in_scope.get(name)?.clone(),
    };
    while let Some(("super", more)) = rest
        .split_first()
        .map(|(first, more)| (first.as_str(), more))
    {
        start.pop();
        rest = more;
    }
    Some(start.into_iter().chain(rest.iter().cloned()).collect())
}

/// Reads the tree of a `use` that begins at `at` and continues `start`: each path, and its name in this file.
/// Returns where the tree ends.
fn names(
    words: &[String],
    mut at: usize,
    mut start: Vec<String>,
    found: &mut Vec<(Vec<String>, String)>,
) -> usize {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    loop {
        match word(at) {
            "{" => {
                at += 1;
                while !matches!(word(at), "}" | "") {
                    at = names(words, at, start.clone(), found);
                    if word(at) == "," {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "self" if !start.is_empty() => {}
            name => start.push(name.to_owned()),
        }
        at += 1;
        if word(at) != "::" {
            break;
        }
        at += 1;
    }
    let mut name = start.last().cloned().unwrap_or_default();
    if word(at) == "as" {
        name = word(at + 1).to_owned();
        at += 2;
    }
    found.push((start, name));
    at
}

/// A program as if its modules had no modules within: those of tests are left out, and `super` in another is the file's
/// own module.
fn flat(words: &[String]) -> Vec<String> {
    let mut left = Vec::new();
    // The modules within the file that are open, and how deep each is.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(word) = words.get(at) {
        let next = |n: usize| words.get(at + n).map_or("", String::as_str);
        let is_module = word == "mod" && next(2) == "{";
        if is_module && is_for_tests(&words[..at]) {
            at = behind_block(words, at + 2);
            continue;
        }
        match word.as_str() {
            "mod" if is_module => inner.push((next(1).to_owned(), depth)),
            "{" => depth += 1,
            "}" => {
                depth = depth.saturating_sub(1);
                inner.pop_if(|(_, opened)| *opened == depth);
            }
            _ => {}
        }
        let is_first = at == 0 || words[at - 1] != "::";
        if let ("super", true, [around @ .., _]) = (word.as_str(), is_first, &inner[..]) {
            left.push("self".to_owned());
            for (name, _) in around {
                left.extend(["::".to_owned(), name.clone()]);
            }
        } else {
            left.push(word.clone());
        }
        at += 1;
    }
    left
}

/// Whether an item is one of tests, by the attribute at the end of what comes before it.
fn is_for_tests(before: &[String]) -> bool {
    let attribute = before.iter().rposition(|word| word == "#");
    attribute.is_some_and(|start| {
        let attribute = before[start..].concat();
        let condition = attribute.strip_prefix("#[cfg(");
        let condition = condition.and_then(|rest| rest.strip_suffix(")]"));
        condition.is_some_and(|it| it == "test" || it.starts_with("all(test,"))
    })
}

/// What each uses.
type Graph = BTreeMap<String, BTreeSet<String>>;

fn connect(graph: &mut Graph, from: &str, to: &str) {
    if from != to {
        graph
            .entry(from.to_owned())
            .or_default()
            .insert(to.to_owned());
    }
}

/// What is left when all that uses nothing, and all that nothing uses, is taken out, again and again: circles, and
/// what lies between two of them.
fn without_ends(mut graph: Graph) -> Graph {
    loop {
        let users: BTreeSet<String> = graph.keys().cloned().collect();
        let used: BTreeSet<String> = graph.values().flatten().cloned().collect();
        let before = graph.len();
        for targets in graph.values_mut() {
            targets.retain(|target| users.contains(target));
        }
        graph.retain(|user, targets| !targets.is_empty() && used.contains(user));
        if graph.len() == before {
            return graph;
        }
    }
}

/// Whether a file of `elements` may use a path of `elements`.
fn may_use(file: &str, from: &[String], path: &[String]) -> bool {
    let Some(other) = path.get(1).filter(|other| ELEMENTS.contains(&&***other)) else {
        return true;
    };
    let own = from.get(1);
    own == Some(other)
        || own.is_some_and(|own| COMPOSERS.contains(&&**own))
        || LISTS.contains(&file)
}

/// Beside the registry's macro.
#[test]
fn features_only_choose_modules() {
    let mut found = BTreeSet::new();
    let is_asked = |file: &str| file != REGISTRY_MACRO && !ROOTS.contains(&file);
    for (file, text) in sources("src").filter(|(file, _)| is_asked(file)) {
        let words = words(&text);
        let mut rest = &words[..];
        while let Some(place) = rest.iter().position(|word| word == "feature") {
            rest = &rest[place + 1..];
            let behind = rest.iter().skip_while(|word| *word != "]").skip(1);
            let mut behind =
                behind.skip_while(|word| matches!(&***word, "pub" | "(" | "crate" | "super" | ")"));
            let item = behind.next().map_or("", String::as_str);
            if !["mod", "use"].contains(&item) {
                found.insert(format!("{file}: a feature before {item:?}"));
            }
        }
    }
    assert!(found.is_empty(), "{:#?}", found);
}

#[test]
fn views_are_components() {
    let components: usize = sources("src")
        .map(|(_, text)| text.matches("#[component").count())
        .sum();
    assert!(components >= FEWEST_COMPONENTS, "{components}");
}

#[test]
fn no_name_is_our_own_invention() {
    let mut found = BTreeSet::new();
    for folder in ["src", "rules", "store", "tests"] {
        for path in files_below(&root().join(folder), &["rs", "js", "mjs"]) {
            let file = shown(&path, &root());
            if file == "tests/architecture.rs" {
                continue;
            }
            let text = code(&read(&path));
            let words: BTreeSet<_> = text.split(|c: char| !is_name(c)).collect();
            let is_ours = |name: &&&str| folder != "store" || !OF_THE_STORE.contains(name);
            let names = NAMES
                .iter()
                .filter(|name| words.contains(**name))
                .filter(is_ours);
            found.extend(names.map(|name| format!("{file}: {name}")));
        }
    }
    assert!(found.is_empty(), "{:#?}", found);
}

#[test]
fn paths_are_found() {
    let text = code(
        r#"
        use crate::{api::{Api, error::ApiError}, forms as f}; // use crate::comment::No;
        use super::sibling::Thing;
        const TEXT: &str = "crate::text::No";
        fn f<'a>(c: char) -> bool { c == '"' || crate::i18n::is(c) }
        mod inner { use super::own::Thing; use super::super::above::Thing; }
        #[cfg(test)]
        mod tests { use crate::tested::No; }
        use crate::ui::Button;
        "#,
    );
    let from = ["elements".to_owned(), "profile".to_owned()];
    let found: Vec<_> = paths(&text, &from)
        .iter()
        .map(|path| path.join("::"))
        .collect();
    let expected = [
        "api::Api",
        "api::error::ApiError",
        "forms",
        "elements::sibling::Thing",
        "i18n::is",
        "elements::profile::own::Thing",
        "elements::above::Thing",
        "ui::Button",
    ];
    assert_eq!(found, expected);
}

#[test]
fn uses_are_found_through_children_names_and_what_modules_pass_on() {
    let source = |path: &str, text: &str| {
        let path = path.split("::").map(str::to_owned).collect();
        (path, code(text))
    };
    let sources = [
        source(
            "shop",
            "mod list; mod row; pub(crate) use list::{all as every, first}; fn f() { row::read() }
            pub(crate) struct Own;",
        ),
        source(
            "shop::list",
            "use super::row as line; fn f() { line::write(); super::Own }",
        ),
        source(
            "shop::row",
            "use std::fmt; #[cfg(test)] mod tests { use super::super::Own; }",
        ),
        source(
            "page",
            "use crate::shop::{self, first}; fn f() { shop::every(); other::read() }",
        ),
    ];
    let modules = Modules::read(sources.into_iter());
    let found: BTreeSet<String> = modules
        .uses()
        .iter()
        .map(|(from, to)| format!("{} -> {}", from.join("::"), to.join("::")))
        .collect();
    let expected = [
        "page -> shop::list",
        "shop -> shop::row",
        "shop::list -> shop",
        "shop::list -> shop::row",
    ];
    assert_eq!(
        found.iter().collect::<Vec<_>>(),
        expected.iter().collect::<Vec<_>>()
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder, by their path below it, without comments and texts.
fn sources(folder: &str) -> impl Iterator<Item = (String, String)> {
    let src = root().join(folder);
    let files = files_below(&src, &["rs"]).into_iter();
    files.map(move |path| (shown(&path, &src), code(&read(&path))))
}

fn shown(path: &Path, below: &Path) -> String {
    let path = path.strip_prefix(below).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

fn files_below(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.ends_with("node_modules") {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path, endings));
        } else if endings
            .iter()
            .any(|ending| path.extension().is_some_and(|e| e == *ending))
        {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The module that a file of `src/` is: `elements/profile/mod.rs` is `elements::profile`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.strip_suffix(".rs").unwrap_or(file);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    path.split('/').map(str::to_owned).collect()
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// A program without its comments and texts. A text that is not closed in its line may be no text (a quote in a
/// script's regular expression), and is left.
fn code(program: &str) -> String {
    let mut out = String::new();
    let mut rest = program;
    while let Some(c) = rest.chars().next() {
        let end = if rest.starts_with("//") && !out.ends_with(':') {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(raw) = rest
            .strip_prefix("r#\"")
            .filter(|_| !out.ends_with(is_name))
        {
            raw.find("\"#").map_or(rest.len(), |end| end + 5)
        } else if c == '"' || c == '\'' {
            quoted(rest, c).unwrap_or_default()
        } else {
            0
        };
        if end > 0 {
            out.push(' ');
            rest = &rest[end..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// Where the text that begins with `quote` ends; `None` for a lifetime and what is not closed.
fn quoted(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            // Of several characters, `'` is a lifetime in Rust, if it is closed at all.
            _ if c == quote => return Some(place + 1),
            '\n' if quote == '\'' => return None,
            _ if quote == '\'' && !is_name(c) && place > 1 => return None,
            _ => {}
        }
    }
    None
}

/// The paths in a program that begin at the crate's root, or lead there from `from` by `super`, without those
/// of tests.
fn paths(program: &str, from: &[String]) -> Vec<Vec<String>> {
    let words = flat(&words(program));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let start = match word.as_str() {
            "crate" => Some(&[][..]),
            "self" => Some(from),
            "super" => from.split_last().map(|(_, above)| above),
            _ => None,
        };
        match start.filter(|_| words.get(at + 1).is_some_and(|next| next == "::")) {
            Some(start) => at = tree(&words, at + 2, start.to_vec(), &mut found),
            None => at += 1,
        }
    }
    found
}

/// Reads the path, or the tree of paths in braces, that begins at `at` and continues `start`; returns where it ends.
fn tree(
    words: &[String],
    mut at: usize,
    mut start: Vec<String>,
    found: &mut Vec<Vec<String>>,
) -> usize {
    let word = |at: usize| words.get(at).map_or("", String::as_str);
    loop {
        match word(at) {
            "{" => {
                at += 1;
                while !matches!(word(at), "}" | "") {
                    at = tree(words, at, start.clone(), found);
                    while !matches!(word(at), "," | "}" | "") {
                        at += 1;
                    }
                    if word(at) == "," {
                        at += 1;
                    }
                }
                return at + 1;
            }
            "super" => drop(start.pop()),
            "self" => {}
            name if name.chars().all(is_name) && !name.is_empty() => start.push(name.to_owned()),
            _ => break,
        }
        if word(at + 1) != "::" {
            at += 1;
            break;
        }
        at += 2;
    }
    found.push(start);
    at
}

/// Behind the block that opens at `at`.
fn behind_block(words: &[String], mut at: usize) -> usize {
    let mut depth = 0;
    while let Some(word) = words.get(at) {
        match word.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            break;
        }
    }
    at
}

/// Names, `::`, and every other character that is no blank.
fn words(program: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = program.trim_start();
    while let Some(c) = rest.chars().next() {
        let end = if is_name(c) {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            c.len_utf8()
        };
        words.push(rest[..end].to_owned());
        rest = rest[end..].trim_start();
    }
    words
}
