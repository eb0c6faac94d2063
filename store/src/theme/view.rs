//! What every page has: the shop around it, its language, its security headers.

use super::failure::Failure;
use crate::domain::consent::{self, GuestCookie};
use crate::domain::settings::{self, Settings};
use crate::domain::{Store, browser};
use crate::infra::assets::{Banner, Bundle, Widget};
use crate::infra::{db, http, random};
use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use storefront_rules::Category;

/// The query string of a page.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn read(query: Option<&str>) -> Self {
        let query = query.unwrap_or_default();
        Self(
            form_urlencoded::parse(query.as_bytes())
                .into_owned()
                .collect(),
        )
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut pairs = self.0.iter();
        pairs
            .find(|(own, _)| own == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether the page shall have the widget: `script=off` shows what is there without.
    fn wants_script(&self) -> bool {
        self.get("script") != Some("off")
    }
}

/// The name of the cookie that remembers the theme of the shop.
pub(super) const THEME: &str = "SHOP_THEME";

/// What the shop looks like: its own theme, or one on other people's style sheets, to show the elements in them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Theme {
    /// The shop's own, light or dark as the browser wants it.
    #[default]
    Own,
    /// The shop's own, always dark.
    Dark,
    /// On Tailwind's preflight.
    Tailwind,
    /// On Foundation 5 with normalize.css, as Cornerstone is, with Cornerstone's classes.
    Foundation,
}

impl Theme {
    const ALL: [Self; 4] = [Self::Own, Self::Dark, Self::Tailwind, Self::Foundation];

    /// The theme of this name.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// Its name in the query, the cookie and the markup.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Dark => "dark",
            Self::Tailwind => "tailwind",
            Self::Foundation => "foundation",
        }
    }

    /// What it is called on the page.
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::Own => "Fern",
            Self::Dark => "Dark",
            Self::Tailwind => "Tailwind",
            Self::Foundation => "Foundation",
        }
    }

    /// Its style sheets.
    pub(super) const fn sheets(self) -> &'static [&'static str] {
        match self {
            Self::Own | Self::Dark => &["/static/theme.css"],
            Self::Tailwind => &["/themes/preflight.css", "/static/theme.css"],
            Self::Foundation => &[
                "/themes/foundation.css",
                "/static/theme.css",
                "/static/cornerstone.css",
            ],
        }
    }

    /// The `appearance` of the elements in it.
    pub(super) const fn appearance(self) -> &'static str {
        match self {
            Self::Own | Self::Dark | Self::Tailwind => "default",
            Self::Foundation => "cornerstone",
        }
    }
}

/// What the layout needs.
pub(super) struct Page {
    pub(super) settings: Settings,
    /// BCP 47 tag of the page.
    pub(super) lang: String,
    /// `ltr` or `rtl`.
    pub(super) dir: &'static str,
    /// Lets the page's own script run under its policy.
    pub(super) nonce: String,
    /// The customer who is signed in.
    pub(super) customer_id: Option<i64>,
    /// What the shopper has granted of cookies besides the essential, by name; none before they
    /// decided, and where the store does not ask.
    pub(super) granted: Option<String>,
    /// What a page has that asks about cookies.
    pub(super) banner: Option<Banner>,
    /// What the shop looks like.
    pub(super) theme: Theme,
}

impl Page {
    pub(super) async fn new(
        store: &Store,
        headers: &HeaderMap,
        query: &Query,
    ) -> Result<Self, Failure> {
        let settings = store.db.read(settings::load).await;
        let settings = settings.map_err(|error: db::Error| error)?;
        let customer_id = browser::signed_in(store, headers).await?;
        let asks = settings.privacy_in_force().cookie_consent_enabled;
        let granted = if asks {
            decided(store, headers, customer_id).await?
        } else {
            None
        };
        let theme = query
            .get("theme")
            .map(str::to_owned)
            .or_else(|| browser::cookie_named(headers, THEME));
        let theme = theme.as_deref();
        let lang = query.get("lang").filter(|tag| is_language_tag(tag));
        let lang = lang.unwrap_or("en").to_owned();
        let banner = if asks && query.wants_script() {
            banner(store, headers, &lang, customer_id)?
        } else {
            None
        };
        Ok(Self {
            settings,
            banner,
            lang,
            dir: match query.get("dir") {
                Some("rtl") => "rtl",
                Some(_) | None => "ltr",
            },
            theme: theme.and_then(Theme::named).unwrap_or_default(),
            nonce: random::token()?,
            customer_id,
            granted,
        })
    }

    /// The themes that the shop can have.
    #[allow(clippy::unused_self, reason = "a template calls it on its page")]
    pub(super) const fn themes(&self) -> [Theme; 4] {
        Theme::ALL
    }

    /// The response that shows `template`, which holds this page.
    pub(super) fn show<T: Template>(
        nonce: &str,
        status: StatusCode,
        template: &T,
    ) -> Result<Response, Failure> {
        let html = template.render()?;
        let policy = format!(
            "default-src 'none'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; \
             img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
        );
        let fixed = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            http::NO_STORE,
            http::NO_SNIFF,
            (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
            (
                HeaderName::from_static("cross-origin-opener-policy"),
                "same-origin",
            ),
        ];
        let mut response = (status, fixed, html).into_response();
        response.headers_mut().insert(
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_str(&policy)?,
        );
        Ok(response)
    }
}

/// What a page with one of the widget's elements has besides.
pub(super) struct Embedded {
    /// The widget's files; none when they are not built or not wanted.
    pub(super) widget: Option<Widget>,
    /// The storefront token.
    pub(super) token: String,
}

impl Embedded {
    pub(super) fn new(
        store: &Store,
        headers: &HeaderMap,
        query: &Query,
        bundle: Bundle,
    ) -> Result<Self, Failure> {
        Ok(Self {
            widget: query
                .wants_script()
                .then(|| store.assets.widget(bundle))
                .flatten(),
            token: store.tokens.issue(&browser::own_origin(store, headers))?,
        })
    }
}

/// The banner about cookies, with what the theme puts into its places.
fn banner(
    store: &Store,
    headers: &HeaderMap,
    lang: &str,
    customer_id: Option<i64>,
) -> Result<Option<Banner>, Failure> {
    let Some(banner) = store.assets.banner(lang) else {
        return Ok(None);
    };
    let token = store.tokens.issue(&browser::own_origin(store, headers))?;
    let customer = customer_id.map_or_else(String::new, |id| id.to_string());
    let places = [
        ("{{settings.storefront_api.token}}", token),
        ("{{customer.id}}", customer),
    ];
    let markup = places
        .into_iter()
        .fold(banner.markup, |markup, (place, value)| {
            markup.replace(place, &value)
        });
    Ok(Some(Banner { markup, ..banner }))
}

/// What a shopper without JavaScript is told who cannot pass the check against robots; `what` a
/// robot shall not do, and what the shop does `instead` for whoever writes to it.
pub(super) fn needs_script(settings: &Settings, what: &str, instead: &str) -> String {
    let contact = &settings.contact_email;
    format!(
        "This store checks that no robot {what}, and the check needs JavaScript. Turn JavaScript on \
         and load the page again, or write to {contact} and we {instead}."
    )
}

/// Letters, digits and hyphens, as BCP 47 has them: nothing that could leave an attribute.
fn is_language_tag(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// A line of the summary of what is wrong.
pub(super) struct FormError {
    /// The field's id in the page; empty when no field has it.
    pub(super) target: String,
    pub(super) message: String,
}

impl FormError {
    pub(super) fn new(target: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            target: target.into(),
            message: message.into(),
        }
    }
}

/// What whoever looks at the page has granted, once they decided: a customer's record counts, a
/// guest's cookie.
async fn decided(
    store: &Store,
    headers: &HeaderMap,
    customer_id: Option<i64>,
) -> Result<Option<String>, db::Error> {
    let kept = match customer_id {
        Some(id) => {
            let read = move |connection: &_| consent::of_customer(connection, id);
            store.db.read(read).await?
        }
        None => browser::cookie_named(headers, GuestCookie::NAME)
            .and_then(|value| GuestCookie::read(&value))
            .map(|cookie| cookie.kept),
    };
    Ok(kept.map(|kept| {
        let granted = Category::ASKED.into_iter();
        let granted = granted.filter(|category| kept.decision.grants(*category));
        granted.map(Category::name).collect::<Vec<_>>().join(" ")
    }))
}
