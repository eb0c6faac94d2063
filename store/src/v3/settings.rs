//! `/customers/settings`: privacy and special groups, of the store and of its channel.

use super::Answer;
use crate::admin::batch::Json as Body;
use crate::admin::number::Number;
use crate::admin::page::{Empty, Single};
use crate::admin::problem::{Checks, Problem, ProblemBody};
use crate::records::groups;
use crate::settings::{self, Settings};
use crate::{Store, db};
use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

/// The number of the one storefront.
const CHANNEL: i64 = 1;

/// Settings about customers. In a request, what is absent stays.
#[derive(Default, Deserialize, Serialize, ToSchema)]
pub(super) struct CustomerSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_settings: Option<PrivacySettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_group_settings: Option<GroupSettings>,
    /// Of a channel alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    allow_global_logins: Option<bool>,
}

/// Cookies and the policy about them.
#[derive(Default, Deserialize, Serialize, ToSchema)]
struct PrivacySettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_shopper_for_tracking_consent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_url: Option<String>,
}

/// Special groups, by number; 0 for none.
#[derive(Default, Deserialize, Serialize, ToSchema)]
struct GroupSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    guest_customer_group_id: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_customer_group_id: Option<i64>,
}

impl CustomerSettings {
    fn of_store(connection: &Connection) -> Result<Self, db::Error> {
        let privacy = settings::load(connection)?.privacy;
        let (default, guests) = groups::special(connection)?;
        Ok(Self {
            privacy_settings: Some(PrivacySettings {
                ask_shopper_for_tracking_consent: Some(privacy.cookie_consent_enabled),
                policy_url: Some(privacy.privacy_policy_url.unwrap_or_default()),
            }),
            customer_group_settings: Some(GroupSettings {
                guest_customer_group_id: Some(guests.unwrap_or(0)),
                default_customer_group_id: Some(default.unwrap_or(0)),
            }),
            allow_global_logins: None,
        })
    }

    /// What the channel has otherwise than the store.
    fn of_channel(settings: Settings) -> Self {
        let channel = settings.channel;
        Self {
            privacy_settings: Some(PrivacySettings {
                ask_shopper_for_tracking_consent: channel.cookie_consent_enabled,
                policy_url: channel.privacy_policy_url,
            }),
            customer_group_settings: Some(GroupSettings {
                guest_customer_group_id: channel.guest_customer_group_id,
                default_customer_group_id: channel.default_customer_group_id,
            }),
            allow_global_logins: Some(!channel.refuses_global_logins),
        }
    }

    fn groups(&self) -> (Option<i64>, Option<i64>) {
        let groups = self.customer_group_settings.as_ref();
        groups.map_or((None, None), |groups| {
            (
                groups.default_customer_group_id,
                groups.guest_customer_group_id,
            )
        })
    }

    fn check(&self, connection: &Connection) -> Result<(), Problem> {
        let mut checks = Checks::default();
        let (default, guests) = self.groups();
        for (id, name) in [
            (default, "default_customer_group_id"),
            (guests, "guest_customer_group_id"),
        ] {
            if let Some(id) = id.filter(|id| *id != 0)
                && groups::find(connection, id)?.is_none()
            {
                let path = format!("customer_group_settings.{name}");
                checks.refuse(path, "There is no group of this number.");
            }
        }
        let privacy = self.privacy_settings.as_ref();
        let url = privacy.and_then(|privacy| privacy.policy_url.as_ref());
        checks.text("privacy_settings.policy_url", url, 0..=2048);
        // It becomes a link in pages: no scripts.
        let is_link = |url: &String| {
            url.is_empty()
                || url.starts_with("https://")
                || url.starts_with("http://")
                || url.starts_with('/')
        };
        if url.is_some_and(|url| !is_link(url)) {
            checks.refuse("privacy_settings.policy_url", "must be a link");
        }
        checks.finish()
    }
}

fn respond(data: CustomerSettings) -> Json<Single<CustomerSettings>> {
    Json(Single {
        data,
        meta: Empty::default(),
    })
}

/// Shows the store's settings about customers.
#[utoipa::path(get, path = "/customers/settings", tag = "Settings", operation_id = "getCustomersSettings",
    responses((status = 200, body = Single<CustomerSettings>)))]
pub(super) async fn show(State(store): State<Store>) -> Answer<Single<CustomerSettings>> {
    let shown = store.db.read(CustomerSettings::of_store).await;
    Ok(respond(shown.map_err(|error: db::Error| error)?))
}

/// Changes the store's settings about customers: what shoppers are asked changes at once.
#[utoipa::path(put, path = "/customers/settings", tag = "Settings", operation_id = "updateCustomersSettings",
    request_body = CustomerSettings,
    responses((status = 200, body = Single<CustomerSettings>), (status = 422, body = ProblemBody)))]
pub(super) async fn change(
    State(store): State<Store>,
    Body(body): Body<CustomerSettings>,
) -> Answer<Single<CustomerSettings>> {
    let change = move |connection: &Connection| {
        body.check(connection)?;
        let (default, guests) = body.groups();
        groups::set_special(connection, default, guests)?;
        let mut privacy = json!({});
        if let Some(given) = body.privacy_settings {
            if let Some(asks) = given.ask_shopper_for_tracking_consent {
                privacy["cookie_consent_enabled"] = asks.into();
            }
            if let Some(url) = given.policy_url {
                privacy["privacy_policy_url"] = Some(url).filter(|url| !url.is_empty()).into();
            }
        }
        settings::merge(connection, &json!({ "privacy": privacy }))?;
        Ok::<_, Problem>(CustomerSettings::of_store(connection)?)
    };
    Ok(respond(store.db.write(change).await?))
}

/// Shows what the channel has otherwise than the store.
#[utoipa::path(get, path = "/customers/settings/channels/{channel_id}", tag = "Settings", operation_id = "getCustomersSettingsChannel",
    params(("channel_id" = i64, Path, description = "1, the storefront.")),
    responses((status = 200, body = Single<CustomerSettings>), (status = 404, body = ProblemBody)))]
pub(super) async fn show_channel(
    State(store): State<Store>,
    Number(channel): Number,
) -> Answer<Single<CustomerSettings>> {
    if channel != CHANNEL {
        return Err(Problem::not_found());
    }
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    Ok(respond(CustomerSettings::of_channel(settings)))
}

/// Changes what the channel has otherwise than the store.
#[utoipa::path(put, path = "/customers/settings/channels/{channel_id}", tag = "Settings", operation_id = "updateCustomersSettingsChannel",
    params(("channel_id" = i64, Path, description = "1, the storefront.")),
    request_body = CustomerSettings,
    responses((status = 200, body = Single<CustomerSettings>), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn change_channel(
    State(store): State<Store>,
    Number(channel): Number,
    Body(body): Body<CustomerSettings>,
) -> Answer<Single<CustomerSettings>> {
    if channel != CHANNEL {
        return Err(Problem::not_found());
    }
    let change = move |connection: &Connection| {
        body.check(connection)?;
        let (default, guests) = body.groups();
        let privacy = body.privacy_settings.unwrap_or_default();
        let mut channel = settings::load(connection)?.channel;
        channel.cookie_consent_enabled = privacy
            .ask_shopper_for_tracking_consent
            .or(channel.cookie_consent_enabled);
        channel.privacy_policy_url = privacy.policy_url.or(channel.privacy_policy_url);
        channel.default_customer_group_id = default.or(channel.default_customer_group_id);
        channel.guest_customer_group_id = guests.or(channel.guest_customer_group_id);
        if let Some(allows) = body.allow_global_logins {
            channel.refuses_global_logins = !allows;
        }
        settings::merge(connection, &json!({ "channel": channel }))?;
        Ok::<_, Problem>(CustomerSettings::of_channel(settings::load(connection)?))
    };
    Ok(respond(store.db.write(change).await?))
}
