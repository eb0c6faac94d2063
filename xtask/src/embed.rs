//! `dist/embed/`: what a theme loads. The loader and what it fetches, the style sheets, the locales, the
//! markup of the question about cookies, and the widget itself in bundles of hashed glue and
//! WebAssembly, each file beside its compressed forms, and a manifest of them.

use crate::contract;
use crate::documents::{operation, query};
use crate::files::read_text;
use crate::registry::{self, BUNDLES, ELEMENTS, EVENTS, Element, Variable};
use crate::shell::{self, cargo, command};
use crate::tools;
use crate::weight::{brotli, fingerprint, gzip, integrity};
use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

/// Where the shipped files are.
pub(crate) const DIST: &str = "dist/embed";

/// The manifest among them.
pub(crate) const MANIFEST: &str = "manifest.json";

/// The build that has the settings of cookies alone: `consent-settings.js` has its glue in it, and widgets.js does
/// not know of it.
fn consent() -> Result<&'static Element> {
    registry::consent().context("the registry has no element that the loader does itself")
}

/// The cargo features that each bundle is built with.
pub(crate) fn features() -> impl Iterator<Item = &'static str> {
    let consent = registry::consent().map(|element| element.bundle);
    BUNDLES.iter().copied().chain(consent)
}

/// Compressing less than this saves no packet.
const WORTH_COMPRESSING: usize = 200;

/// The oldest browsers of docs/browsers.md.
const BROWSERS: &str = "--target=chrome99,firefox98,safari15.4";

/// The WebAssembly features of rustc's output; the widget profile strips the section that lists them.
const WASM_FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// What the embed is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// For themes: optimised for bytes, a build for each bundle, compressed.
    Shipping,
    /// The same with the names of functions, for a profiler; larger, and never shipped.
    Profiling,
    /// For the demo shop on this machine: one build for every bundle, as fast as it can be made.
    Demo,
}

impl Purpose {
    /// Where the files go.
    pub(crate) fn folder(self) -> PathBuf {
        match self {
            Self::Shipping => PathBuf::from(DIST),
            Self::Profiling => shell::target_dir().join("embed-named"),
            Self::Demo => shell::target_dir().join("embed-demo"),
        }
    }

    /// cargo's profile, and the folder that it writes to.
    const fn profile(self) -> (&'static str, &'static str) {
        match self {
            Self::Shipping | Self::Profiling => ("widget", "widget"),
            Self::Demo => ("dev", "debug"),
        }
    }
}

/// Builds the embed unless there is one, even an old one.
pub(crate) fn build_if_missing() -> Result<()> {
    if Path::new(DIST).join(MANIFEST).is_file() {
        return Ok(());
    }
    build(Purpose::Shipping)
}

/// Builds the embed into the folder of its purpose, and first the program that binds it.
pub(crate) fn build(purpose: Purpose) -> Result<()> {
    shell::step("tools", || {
        tools::wasm_target()?;
        tools::npm()
    })?;
    shell::step("wasm-bindgen: compile", || {
        shell::run(cargo().args(["build", "--quiet", "--package", BINDGEN]))
    })?;
    build_bound(purpose)
}

/// Builds the embed with the program that binds it as it is.
pub(crate) fn build_bound(purpose: Purpose) -> Result<()> {
    let bindgen = shell::target_dir().join("debug").join(BINDGEN);
    let work = shell::target_dir().join("embed");
    let mut built = if purpose == Purpose::Demo {
        let all = bind_features(&features().collect::<Vec<_>>(), &bindgen, &work, purpose)?;
        let all = Built {
            wasm: read(&all.wasm)?,
            glue: all.glue,
        };
        vec![all; features().count()]
    } else {
        build_each(&bindgen, &work, purpose)?
    };
    let consent = built.pop().context("there is no bundle")?;
    let bundles = BUNDLES.iter().copied().zip(built).collect();
    let mut assets = Assets::default();
    let out = purpose.folder();
    shell::step("scripts, styles, locales", || {
        let entry = assemble(&mut assets, bundles, consent, &work)?;
        assets.write(&out, &entry, purpose)
    })?;
    println!("\n{} is ready", out.display());
    Ok(())
}

/// The package, and the program, that makes the glue.
pub(crate) const BINDGEN: &str = "storefront-bindgen";

/// The glue of a build, not minified yet, and its WebAssembly.
#[derive(Clone)]
struct Built {
    glue: PathBuf,
    wasm: Vec<u8>,
}

/// What the program that binds calls its files.
const GLUE_FILE: &str = "account.js";
const WASM_FILE: &str = "account_bg.wasm";

/// The glue and the WebAssembly as they were bound, not made small.
struct Bound {
    glue: PathBuf,
    wasm: PathBuf,
}

/// Whether a file was written after another; false when one of them is not there.
fn is_newer(file: &Path, other: &Path) -> bool {
    let written = |path| fs::metadata(path).and_then(|metadata| metadata.modified());
    match (written(file), written(other)) {
        (Ok(file), Ok(other)) => file > other,
        (Err(_), _) | (_, Err(_)) => false,
    }
}

/// Builds the widget for each of [`features`]. One is shrunk while the next is compiled, for rustc links in one thread.
fn build_each(bindgen: &Path, work: &Path, purpose: Purpose) -> Result<Vec<Built>> {
    thread::scope(|scope| {
        let mut under_way = Vec::new();
        for feature in features() {
            let bound = bind_features(&[feature], bindgen, work, purpose)?;
            let work = work.join(feature);
            let heading = format!("widget, {feature}: shrink");
            under_way.push(scope.spawn(move || {
                shell::step(&heading, || {
                    shrink(&bound.glue, &bound.wasm, &work, purpose)
                })
            }));
        }
        let shrunk = under_way.into_iter().map(|shrinking| {
            let (glue, wasm) = shrinking.join().map_err(|_| anyhow!("it panicked"))??;
            Ok(Built { glue, wasm })
        });
        shrunk.collect()
    })
}

/// Compiles the widget with these features alone and binds it; a demo only where it changed.
fn bind_features(
    features: &[&str],
    bindgen: &Path,
    work: &Path,
    purpose: Purpose,
) -> Result<Bound> {
    let name = features.join(", ");
    let heading = |what: &str| format!("widget, {name}: {what}");
    let compiled = shell::step(&heading("compile"), || {
        compile(&features.join(","), purpose)
    })?;
    let folder = work.join(features.join("-")).join("bound");
    let bound = Bound {
        glue: folder.join(GLUE_FILE),
        wasm: folder.join(WASM_FILE),
    };
    if purpose != Purpose::Demo || !is_newer(&bound.wasm, &compiled) {
        shell::step(&heading("bind"), || {
            bind(bindgen, &compiled, &folder, purpose)
        })?;
    }
    Ok(bound)
}

/// Where cargo looks for flags of the compiler for WebAssembly, besides those of `.cargo/config.toml`.
pub(crate) const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Flags for a build that is not optimised: a view takes more of the stack than there is by default.
pub(crate) const UNOPTIMISED: &str = "-Clink-arg=-zstack-size=16777216";

fn compile(features: &str, purpose: Purpose) -> Result<PathBuf> {
    let (profile, folder) = purpose.profile();
    // A crate type given here and not in Cargo.toml: beside an rlib, a cdylib is linked without LTO.
    let mut build = cargo();
    build
        .args(["rustc", "--package", "storefront-account", "--lib"])
        .args(["--crate-type", "cdylib"])
        .args(["--profile", profile, "--target", tools::WASM])
        .args(["--no-default-features", "--features", features]);
    let flags = match purpose {
        Purpose::Shipping | Purpose::Profiling => remapped_paths()?,
        Purpose::Demo => UNOPTIMISED.to_owned(),
    };
    build.env(RUSTFLAGS, flags);
    if purpose == Purpose::Profiling {
        build.env("CARGO_PROFILE_WIDGET_STRIP", "false");
    }
    shell::run(&mut build)?;
    Ok(shell::target_dir()
        .join(tools::WASM)
        .join(folder)
        .join("storefront_account.wasm"))
}

/// Flags that shorten the source paths a panic names: fewer bytes, none of this machine's folders,
/// and the same file from every machine.
fn remapped_paths() -> Result<String> {
    let home = std::env::var("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|_| std::env::var("HOME").map(|home| Path::new(&home).join(".cargo")));
    let sources = home
        .context("neither CARGO_HOME nor HOME is set")?
        .join("registry/src");
    let registries = fs::read_dir(&sources).with_context(|| sources.display().to_string())?;
    let mut flags = Vec::new();
    for registry in registries {
        flags.push(format!(
            "--remap-path-prefix={}=",
            registry?.path().display()
        ));
    }
    Ok(flags.join(" "))
}

fn bind(bindgen: &Path, compiled: &Path, out: &Path, purpose: Purpose) -> Result<()> {
    clear(out)?;
    let mut bind = command(bindgen);
    if purpose != Purpose::Shipping {
        bind.arg("--names");
    }
    shell::run(bind.arg("--out-dir").arg(out).arg(compiled))
}

/// The glue and the WebAssembly made small; returns the glue's path and the WebAssembly.
///
/// Other recipes (`-Os`, `-O3` or `-O4` before `-Oz`) compress to a little more. The lowest
/// kilobyte of memory is the far end of the stack, which only an overflow could reach.
fn shrink(glue: &Path, wasm: &Path, work: &Path, purpose: Purpose) -> Result<(PathBuf, Vec<u8>)> {
    let out = work.join("shrunk.wasm");
    let mut opt = command("wasm-opt");
    opt.args(["-Oz", "--converge", "--low-memory-unused"])
        .arg("--strip-target-features")
        .args(WASM_FEATURES);
    if purpose == Purpose::Profiling {
        opt.arg("--debuginfo");
    }
    shell::run(opt.arg(wasm).arg("--output").arg(&out))?;
    if purpose == Purpose::Profiling {
        return Ok((glue.to_owned(), read(&out)?));
    }
    // On its own: with `--converge` it would rename again and again.
    let mut opt = command("wasm-opt");
    opt.arg("--minify-imports-and-exports-and-modules")
        .args(WASM_FEATURES)
        .args([out.as_path(), Path::new("--output"), &out]);
    println!("$ {}", shell::shown(&opt));
    let names = shell::read(&mut opt)?.context("wasm-opt failed")?;
    let renamed = Renamed::read(&names).context("wasm-opt's list of names")?;
    // The snippets that the glue imports are found beside it.
    let short = glue.with_file_name("renamed.js");
    fs::write(&short, renamed.apply(&fs::read_to_string(glue)?))?;
    Ok((short, read(&out)?))
}

/// What `wasm-opt` calls each import and export now. wasm-bindgen puts a hash into every name,
/// sixteen characters that no compression helps with, in the WebAssembly and in the glue.
struct Renamed {
    /// Module, name before, name now.
    imports: Vec<(String, String, String)>,
    /// Name before, name now.
    exports: Vec<(String, String)>,
}

impl Renamed {
    /// The one module that every import is in now.
    const MODULE: &str = "a";

    fn read(text: &str) -> Result<Self> {
        let mut names: Value = serde_json::from_str(text)?;
        let imports: Vec<(String, String, String)> =
            serde_json::from_value(names["imports"].take())?;
        if let Some((module, name, _)) = imports.iter().find(|(m, _, _)| m.contains("/snippets/")) {
            bail!("{name} of {module} is imported without glue; add `catch` to its declaration");
        }
        let exports = serde_json::from_value(names["exports"].take())?;
        Ok(Self { imports, exports })
    }

    /// The glue with the names the WebAssembly has now: keys of the imports' object, the name of
    /// their module, and properties of `wasm`.
    fn apply(&self, glue: &str) -> String {
        let imports: BTreeMap<_, _> = self.imports.iter().map(|(_, b, now)| (&**b, now)).collect();
        let exports: BTreeMap<_, _> = self.exports.iter().map(|(b, now)| (&**b, now)).collect();
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let mut out = String::new();
        let mut rest = glue;
        while let Some(start) = rest.find(is_name) {
            let (before, from_name) = rest.split_at(start);
            let end = from_name.find(|c| !is_name(c)).unwrap_or(from_name.len());
            let (name, after) = from_name.split_at(end);
            out.push_str(before);
            let now = if out.ends_with("wasm.") {
                exports.get(name)
            } else if after.starts_with(':') {
                imports.get(name)
            } else {
                None
            };
            out.push_str(now.map_or(name, |now| now.as_str()));
            rest = after;
        }
        out.push_str(rest);
        let modules = self.imports.iter().map(|(module, _, _)| module);
        modules.fold(out, |out, module| {
            out.replace(&format!("\"{module}\""), &format!("\"{}\"", Self::MODULE))
        })
    }
}

/// Adds every file to the assets; returns the manifest's `entry`.
fn assemble(
    assets: &mut Assets,
    bundles: Vec<(&'static str, Built)>,
    settings: Built,
    work: &Path,
) -> Result<Value> {
    // What widgets.js knows of each bundle, and what the manifest tells of it.
    let (mut known, mut told) = (Vec::new(), serde_json::Map::new());
    for (bundle, Built { glue, wasm }) in bundles {
        let glue = esbuild(&glue, &work.join("glue.js"), &["--format=esm"])?;
        let glue = assets.put_hashed(bundle, "js", glue);
        let wasm = assets.put_hashed(bundle, "wasm", wasm);
        let elements: Vec<_> = registry::elements_of(bundle).map(|e| e.name).collect();
        let mut facts = json!({ "glue": named(&glue), "wasm": named(&wasm) });
        if BUNDLES.last() != Some(&bundle) {
            facts["elements"] = json!(elements);
        }
        known.push(facts);
        let files = json!({ "glue": glue[0], "wasm": wasm[0], "elements": elements });
        told.insert(bundle.to_owned(), files);
    }
    let consent = consent()?;
    let wasm = assets.put_hashed(consent.bundle, "wasm", settings.wasm);
    let look = style("consent-settings", work)?;
    let look = assets.put_hashed("consent-settings", "css", look);
    let glue = std::path::absolute(settings.glue)?;
    let glue = format!("--alias:consent-glue={}", glue.display());
    let locales = files_in("locales", "json")?;
    let languages = locales.keys().filter_map(|name| name.strip_suffix(".json"));
    let languages: Value = languages.collect();
    let facts = [
        ("__CONSENT_WASM__", named(&wasm)),
        ("__CONSENT_STYLE__", named(&look)),
        ("__LOCALES__", languages.clone()),
    ];
    let settings = loader(work, "consent-settings", &facts, &[&glue])?;
    let settings = assets.put_hashed("consent-settings", "js", settings);
    let files = json!({ "glue": settings[0], "wasm": wasm[0], "style": look[0] });
    told.insert(consent.bundle.to_owned(), files);
    let mut facts = widgets_facts()?;
    facts.push(("__BUNDLES__", known.into()));
    facts.push(("__LOCALES__", languages));
    let widgets = loader(work, "widgets", &facts, &[])?;
    let widgets = assets.put_hashed("widgets", "js", widgets);
    let names: Vec<_> = ELEMENTS.iter().map(|element| element.name).collect();
    let attributes = ELEMENTS.iter().flat_map(Element::attributes);
    let attributes: BTreeSet<_> = attributes.map(|attribute| attribute.name).collect();
    let attributes: Vec<_> = attributes.into_iter().collect();
    let facts = [
        ("__ATTRIBUTES__", attributes.into()),
        ("__VERSION__", env!("CARGO_PKG_VERSION").into()),
        ("__ELEMENTS__", names.into()),
        ("__CONSENT__", consent.name.into()),
        ("__PRIVACY_QUERY__", query("privacy")?.into()),
        ("__CONSENT_SETTINGS__", named(&settings)),
        ("__WIDGETS__", named(&widgets)),
    ];
    assets.put("account.js", loader(work, "loader", &facts, &[])?);
    let google = "google-consent-mode";
    let script = Path::new("src/embed/js").join(google).with_extension("js");
    let script = esbuild(&script, &work.join("google.js"), &["--format=iife"])?;
    assets.put(&format!("{google}.js"), script);
    for name in ["account", "account.layered", "consent"] {
        assets.put(&format!("{name}.css"), style(name, work)?);
    }
    let types = contract::types(&read_text("src/embed/js/account.d.ts")?)?;
    assets.put("account.d.ts", types.into_bytes());
    let elements = format!("{:#}\n", contract::manifest("account.js"));
    assets.put("custom-elements.json", elements.into_bytes());
    let mut queries = serde_json::Map::new();
    for element in registry::widgets() {
        if let Some(widget) = &element.widget {
            let file = format!("queries/{}.graphql", element.name);
            assets.put(&file, format!("{}\n", query(widget.document)?).into_bytes());
            queries.insert(element.name.to_owned(), file.into());
        }
    }
    for (name, banner) in files_in("src/embed/js/banner", "html")? {
        assets.put(&format!("banner/{name}"), banner);
    }
    for (name, locale) in locales {
        let messages: Value =
            serde_json::from_slice(&locale).with_context(|| format!("{name} is not JSON"))?;
        assets.put(&format!("locales/{name}"), serde_json::to_vec(&messages)?);
    }
    Ok(json!({
        "script": "account.js",
        "style": "account.css",
        "consentStyle": "consent.css",
        "widgets": widgets[0],
        "bundles": told,
        "queries": queries,
        "siteWide": site_wide(),
    }))
}

/// What widgets.js knows of elements and events.
fn widgets_facts() -> Result<Vec<(&'static str, Value)>> {
    let (mut elements, mut queries) = (serde_json::Map::new(), serde_json::Map::new());
    for element in registry::widgets() {
        let Some(widget) = &element.widget else {
            continue;
        };
        let document = query(widget.document)?;
        let operation = operation(&document)
            .with_context(|| format!("{}.graphql has no operation", widget.document))?;
        let (mut variables, mut from) = (serde_json::Map::new(), serde_json::Map::new());
        for (name, variable) in widget.variables {
            match variable {
                Variable::PageSize => {
                    variables.insert((*name).to_owned(), registry::PAGE_SIZE.into());
                }
                Variable::Config(key) => {
                    from.insert((*name).to_owned(), (*key).into());
                }
            }
        }
        let parameters = widget.url_parameters.iter();
        let parameters = parameters.map(|(name, key)| ((*name).to_owned(), (*key).into()));
        let parts = [
            ("variables", variables),
            ("from", from),
            ("parameters", parameters.collect()),
        ];
        let mut facts = json!({ "operation": operation });
        for (name, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
            facts[name] = part.into();
        }
        elements.insert(element.name.to_owned(), facts);
        queries.insert(operation.to_owned(), document.clone().into());
    }
    let cancelable = EVENTS.iter().filter(|event| event.is_cancelable);
    let cancelable: Vec<_> = cancelable.map(|event| event.name).collect();
    Ok(vec![
        ("__ELEMENTS__", elements.into()),
        ("__QUERIES__", queries.into()),
        ("__SITE_WIDE__", site_wide().into()),
        ("__CANCELABLE__", cancelable.into()),
    ])
}

/// The elements that a theme has on every page, which do not decide about the bundle.
fn site_wide() -> Vec<&'static str> {
    let site_wide = |element: &&Element| {
        element
            .widget
            .as_ref()
            .is_some_and(|widget| widget.is_site_wide)
    };
    registry::widgets()
        .filter(site_wide)
        .map(|element| element.name)
        .collect()
}

/// How one script names another: its name beside it, and its integrity.
fn named([name, integrity]: &[String; 2]) -> Value {
    json!([format!("./{name}"), integrity])
}

/// The script `src/embed/js/{name}.js`, with `facts` in the places of their names.
fn loader(work: &Path, name: &str, facts: &[(&str, Value)], options: &[&str]) -> Result<Vec<u8>> {
    let facts = facts.iter();
    let mut all: Vec<String> = facts
        .map(|(name, value)| format!("--define:{name}={value}"))
        .collect();
    all.push("--format=esm".to_owned());
    all.extend(options.iter().map(|option| (*option).to_owned()));
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let source = Path::new("src/embed/js").join(name).with_extension("js");
    esbuild(&source, &work.join(name).with_extension("js"), &all)
}

/// The style sheet `style/{name}.css`, with what it imports.
fn style(name: &str, work: &Path) -> Result<Vec<u8>> {
    let file = format!("{name}.css");
    esbuild(&Path::new("style").join(&file), &work.join(&file), &[])
}

/// Bundles and minifies `source`; returns what it wrote to `out`.
fn esbuild(source: &Path, out: &Path, options: &[&str]) -> Result<Vec<u8>> {
    let mut esbuild = command("esbuild");
    esbuild
        .arg(source)
        .args(["--bundle", "--minify", "--log-level=warning", BROWSERS])
        .args(options)
        .arg(format!("--outfile={}", out.display()));
    shell::run(&mut esbuild)?;
    read(out)
}

/// The files of this kind in a folder, by name.
fn files_in(folder: &str, kind: &str) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for file in fs::read_dir(folder).with_context(|| format!("cannot read {folder}/"))? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == kind) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            files.insert(name.into_owned(), read(&path)?);
        }
    }
    Ok(files)
}

/// The files to ship, by path below the folder they go to.
#[derive(Default)]
struct Assets(BTreeMap<String, Vec<u8>>);

impl Assets {
    fn put(&mut self, name: &str, bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), bytes);
    }

    /// Puts a file under a name that says what is in it; returns the name and the integrity.
    fn put_hashed(&mut self, name: &str, kind: &str, bytes: Vec<u8>) -> [String; 2] {
        let name = format!("{name}-{}.{kind}", fingerprint(&bytes));
        let integrity = integrity(&bytes);
        self.put(&name, bytes);
        [name, integrity]
    }

    /// Writes every file with its compressed forms and the manifest, in place of what `out` held.
    /// For the demo, nothing is compressed.
    fn write(&self, out: &Path, entry: &Value, purpose: Purpose) -> Result<()> {
        // Prepared beside it and then renamed, so that a store serving it never finds half of it.
        let fresh = out.with_extension("new");
        clear(&fresh)?;
        let mut files = serde_json::Map::new();
        for (name, bytes) in &self.0 {
            write(&fresh.join(name), bytes)?;
            if purpose == Purpose::Demo {
                let facts = json!({ "bytes": bytes.len(), "integrity": integrity(bytes) });
                files.insert(name.clone(), facts);
                continue;
            }
            let (gzip, brotli) = (gzip(bytes)?, brotli(bytes)?);
            if bytes.len() >= WORTH_COMPRESSING {
                write(&fresh.join(format!("{name}.gz")), &gzip)?;
                write(&fresh.join(format!("{name}.br")), &brotli)?;
            }
            let facts = json!({
                "bytes": bytes.len(),
                "gzip": gzip.len(),
                "brotli": brotli.len(),
                "integrity": integrity(bytes),
            });
            files.insert(name.clone(), facts);
        }
        let manifest = json!({
            "version": env!("CARGO_PKG_VERSION"),
            "entry": entry,
            "files": files,
        });
        let text = format!("{manifest:#}\n");
        write(&fresh.join(MANIFEST), text.as_bytes())?;
        remove(out)?;
        fs::rename(&fresh, out).with_context(|| format!("cannot replace {}", out.display()))
    }
}

fn read(path: impl AsRef<Path>) -> Result<Vec<u8>> {
    let path = path.as_ref();
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, bytes));
    written.with_context(|| format!("cannot write {}", path.display()))
}

fn clear(folder: &Path) -> Result<()> {
    remove(folder)?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn remove(folder: &Path) -> Result<()> {
    match folder.exists() {
        true => fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display())),
        false => Ok(()),
    }
}
