//! The widget's files, as `cargo xtask build` leaves them, and what its manifest says of them.

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use serde::Deserialize;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;
use tower_http::services::ServeDir;

/// A part of the widget that is fetched on its own; each page wants another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bundle {
    /// Opening an account.
    SignUp,
    /// Signing in, lost passwords, the newsletter.
    SignIn,
    /// The whole account, the address book too.
    Account,
}

impl Bundle {
    const fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::SignIn => "sign-in",
            Self::Account => "account",
        }
    }
}

/// The files that a page with a bundle's element names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Widget {
    pub(crate) script: String,
    pub(crate) style: String,
    /// What the script fetches for every element, and then for this bundle.
    pub(crate) modules: [Module; 2],
    pub(crate) wasm: String,
}

/// A script that another imports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Module {
    pub(crate) file: String,
    /// Empty when the manifest has none.
    pub(crate) integrity: String,
}

/// What a page that asks about cookies has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Banner {
    pub(crate) script: String,
    pub(crate) style: String,
    /// The markup that a theme takes over, with its places for the token and the customer.
    pub(crate) markup: String,
}

/// What the widget's build left.
#[derive(Clone, Debug, Deserialize)]
struct Manifest {
    entry: Entry,
    files: HashMap<String, File>,
}

#[derive(Clone, Debug, Deserialize)]
struct Entry {
    script: String,
    style: String,
    #[serde(rename = "consentStyle")]
    consent_style: String,
    widgets: String,
    bundles: HashMap<String, Files>,
    #[serde(default)]
    queries: HashMap<String, String>,
}

#[derive(Clone, Debug, Deserialize)]
struct Files {
    glue: String,
    wasm: String,
}

#[derive(Clone, Debug, Deserialize)]
struct File {
    integrity: String,
}

impl Manifest {
    fn widget(&self, bundle: Bundle) -> Option<Widget> {
        let Files { glue, wasm } = self.entry.bundles.get(bundle.name())?.clone();
        Some(Widget {
            script: self.entry.script.clone(),
            style: self.entry.style.clone(),
            modules: [self.entry.widgets.clone(), glue].map(|file| self.module(file)),
            wasm,
        })
    }

    fn module(&self, file: String) -> Module {
        let known = self.files.get(&file);
        Module {
            integrity: known.map_or_else(String::new, |known| known.integrity.clone()),
            file,
        }
    }
}

/// The directory of the widget's files.
pub(crate) struct Assets {
    directory: PathBuf,
    read: Mutex<Option<Read>>,
}

/// The manifest as it was at some time; `None` stands for a file that is absent or broken.
struct Read {
    changed: Option<SystemTime>,
    manifest: Option<Manifest>,
}

impl Assets {
    pub(crate) fn new(directory: PathBuf) -> Self {
        let assets = Self {
            directory,
            read: Mutex::new(None),
        };
        // A missing widget is said at the start, not when the first shopper comes.
        assets.manifest();
        assets
    }

    /// The files of a bundle; none when it is not built.
    pub(crate) fn widget(&self, bundle: Bundle) -> Option<Widget> {
        self.manifest()?.widget(bundle)
    }

    /// The document that the element called `account-{name}` asks first; none when it is not built.
    pub(crate) fn first_query(&self, name: &str) -> Option<String> {
        let file = self.manifest()?.entry.queries.get(name)?.clone();
        std::fs::read_to_string(self.directory.join(file)).ok()
    }

    /// The banner about cookies in `language` (a BCP 47 tag), or in English; none when it is not built.
    pub(crate) fn banner(&self, language: &str) -> Option<Banner> {
        let entry = self.manifest()?.entry;
        let language = language.split('-').next().unwrap_or_default();
        let markup = [language, "en"].into_iter().find_map(|language| {
            let file = format!("banner/{}.html", language.to_ascii_lowercase());
            std::fs::read_to_string(self.directory.join(file)).ok()
        });
        Some(Banner {
            script: entry.script,
            style: entry.consent_style,
            markup: markup?,
        })
    }

    /// The manifest; read anew when its file has changed.
    fn manifest(&self) -> Option<Manifest> {
        let path = self.directory.join("manifest.json");
        let changed = std::fs::metadata(&path).and_then(|m| m.modified()).ok();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = read.as_ref().filter(|read| read.changed == changed) {
            return read.manifest.clone();
        }
        let manifest = read_manifest(&path)
            .inspect_err(|error| {
                tracing::warn!(
                    directory = %self.directory.display(),
                    "no widget in the pages, only their plain forms: {error} (cargo xtask build makes it)"
                );
            })
            .ok();
        *read = Some(Read {
            changed,
            manifest: manifest.clone(),
        });
        manifest
    }
}

fn read_manifest(path: &Path) -> Result<Manifest, std::io::Error> {
    Ok(serde_json::from_slice(&std::fs::read(path)?)?)
}

/// Serves the files, compressed beforehand where a `.br` or `.gz` lies beside them.
pub(crate) fn files(assets: &Assets) -> Router {
    let files = ServeDir::new(&assets.directory)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn(headers))
}

async fn headers(request: Request, next: Next) -> Response {
    let hashed = is_hashed(request.uri().path());
    let mut response = next.run(request).await;
    let keep = hashed && response.status().is_success();
    let cache = if keep {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// Whether a file's name carries a hash of its content: `account-0123456789abcdef.js`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}
