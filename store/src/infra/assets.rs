//! The widget's files, as `cargo xtask build` leaves them, and what its manifest says of them.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;
use tower_http::services::ServeDir;

/// What the build says of its files, beside them.
const MANIFEST: &str = "manifest.json";

/// For what never changes.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// For what is asked for anew each time, by its tag.
const NO_CACHE: &str = "no-cache";

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
#[derive(Debug, Deserialize)]
struct Manifest {
    version: String,
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

    /// The tag of what a file has now. Weak: compressed and plain, it is the same.
    fn etag(&self, path: &str) -> Option<HeaderValue> {
        let File { integrity } = self.files.get(path.trim_start_matches('/'))?;
        HeaderValue::try_from(format!("W/\"{integrity}\"")).ok()
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
    manifest: Option<Arc<Manifest>>,
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
        let manifest = self.manifest()?;
        let alone = language.split('-').next().unwrap_or_default();
        let alone = alone.to_ascii_lowercase();
        let markup = [language, alone.as_str(), "en"]
            .into_iter()
            .find_map(|language| {
                let file = format!("banner/{language}.html");
                std::fs::read_to_string(self.directory.join(file)).ok()
            });
        Some(Banner {
            script: manifest.entry.script.clone(),
            style: manifest.entry.consent_style.clone(),
            markup: markup?,
        })
    }

    /// The manifest; read anew when its file has changed.
    fn manifest(&self) -> Option<Arc<Manifest>> {
        let path = self.directory.join(MANIFEST);
        let changed = std::fs::metadata(&path).and_then(|m| m.modified()).ok();
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(read) = read.as_ref().filter(|read| read.changed == changed) {
            return read.manifest.clone();
        }
        let manifest = read_manifest(&path)
            .map(Arc::new)
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
    let bytes = std::fs::read(path)?;
    let mut manifest: Manifest = serde_json::from_slice(&bytes)?;
    let integrity = format!("sha256-{}", STANDARD.encode(Sha256::digest(&bytes)));
    let own = File { integrity };
    manifest.files.insert(MANIFEST.to_owned(), own);
    Ok(manifest)
}

/// Which of its files a path means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Release {
    /// Those of the newest build: `/account.js`.
    Newest,
    /// Those of one version, which never change: `/0.1.0/account.js`.
    Version,
    /// Those of the newest version that has this major number: `/v0/account.js`.
    Major,
}

impl Release {
    /// The release that a path names, and the path of the file in it.
    fn of_path<'a>(path: &'a str, version: &str) -> (Self, &'a str) {
        let major = version.split('.').next().unwrap_or_default();
        let inner = path.strip_prefix('/').unwrap_or(path);
        let (first, file) = inner.split_at(inner.find('/').unwrap_or(0));
        match first.strip_prefix('v') {
            _ if first.is_empty() => (Self::Newest, path),
            _ if first == version => (Self::Version, file),
            Some(number) if number == major => (Self::Major, file),
            Some(_) | None => (Self::Newest, path),
        }
    }

    /// How long a browser or a CDN may keep a file that is there.
    fn cache_control(self, file: &str) -> &'static str {
        match self {
            _ if is_hashed(file) => IMMUTABLE,
            Self::Version => IMMUTABLE,
            Self::Major => "public, max-age=300",
            Self::Newest => NO_CACHE,
        }
    }
}

/// Serves the files, compressed beforehand where a `.br` or `.gz` lies beside them. Pages of any origin
/// may have them.
pub(crate) fn files(assets: Arc<Assets>) -> Router {
    let files = ServeDir::new(&assets.directory)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(assets, release))
}

/// Finds the file of a release, and says how long it may be kept.
async fn release(State(assets): State<Arc<Assets>>, mut request: Request, next: Next) -> Response {
    let manifest = assets.manifest();
    let version = manifest.as_ref().map_or("", |manifest| &manifest.version);
    let path = request.uri().path().to_owned();
    let (release, file) = Release::of_path(&path, version);
    if let Ok(file) = file.parse::<PathAndQuery>() {
        *request.uri_mut() = Uri::from(file);
    }
    let etag = manifest.as_ref().and_then(|manifest| manifest.etag(file));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let condition = request.headers_mut().remove(header::IF_NONE_MATCH);
    let condition = condition.filter(|_| reads);
    let mut response = match (&etag, condition) {
        (Some(etag), Some(condition)) if names_tag(&condition, etag) => {
            StatusCode::NOT_MODIFIED.into_response()
        }
        (Some(_), Some(_)) => {
            // The tag alone decides where both are sent.
            request.headers_mut().remove(header::IF_MODIFIED_SINCE);
            next.run(request).await
        }
        _ => next.run(request).await,
    };
    let is_there = response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED;
    let headers = response.headers_mut();
    let cache_control = if is_there {
        release.cache_control(file)
    } else {
        NO_CACHE
    };
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(cache_control),
    );
    if let Some(etag) = etag.filter(|_| is_there) {
        headers.insert(header::ETAG, etag);
    }
    for (name, value) in [
        // Scripts of modules, WebAssembly and texts are read by pages of other origins only with it.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::VARY, "accept-encoding"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether `If-None-Match` names a tag, or says that any will do.
fn names_tag(condition: &HeaderValue, etag: &HeaderValue) -> bool {
    let (Ok(condition), Ok(etag)) = (condition.to_str(), etag.to_str()) else {
        return false;
    };
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let mut tags = condition.split(',').map(weak);
    condition.trim() == "*" || tags.any(|tag| tag == weak(etag))
}

/// Whether a file's name carries a hash of its content: `account-0123456789abcdef.js`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| hash.len() >= 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}
