//! `/customers/settings`: privacy and special groups, of the store and of its channel.

use super::response::Response;
use crate::domain::settings::{self, Channel};
use crate::domain::{Store, groups};
use crate::infra::problem::ProblemDetails;
use crate::infra::{db, http};
use crate::management::batch::{Json as Body, Nullable};
use crate::management::page::{Empty, Single};
use crate::management::path_id::Id;
use crate::management::problem::{Checks, ProblemBody};
use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_with::rust::double_option;
use utoipa::ToSchema;

/// The number of the one storefront.
const CHANNEL: i64 = 1;

/// The store's settings about customers. In a request, what is absent stays.
#[derive(Default, Deserialize, Serialize, ToSchema)]
pub(super) struct CustomerSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    privacy_settings: Option<PrivacySettings>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_group_settings: Option<GroupSettings>,
}

/// Cookies and the policy about them.
#[derive(Default, Deserialize, Serialize, ToSchema)]
struct PrivacySettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    ask_shopper_for_tracking_consent: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_url: Option<String>,
}

/// Ids of special groups; 0 for none.
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
        })
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
}

/// What the channel has otherwise than the store. Null is inherited; in a request, what is absent
/// stays.
#[derive(Default, Deserialize, Serialize, ToSchema)]
pub(super) struct ChannelSettings {
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<ChannelPrivacySettings>)]
    privacy_settings: Option<Option<ChannelPrivacySettings>>,
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<ChannelGroupSettings>)]
    customer_group_settings: Option<Option<ChannelGroupSettings>>,
    /// Kept, and not enforced: there is one channel.
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<bool>)]
    allow_global_logins: Option<Option<bool>>,
}

/// Cookies and the policy about them, of the channel.
#[derive(Default, Deserialize, Serialize, ToSchema)]
struct ChannelPrivacySettings {
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<bool>)]
    ask_shopper_for_tracking_consent: Option<Option<bool>>,
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<String>)]
    policy_url: Option<Option<String>>,
}

/// Ids of the channel's special groups; 0 for none.
#[derive(Default, Deserialize, Serialize, ToSchema)]
struct ChannelGroupSettings {
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<i64>)]
    guest_customer_group_id: Option<Option<i64>>,
    #[serde(default, deserialize_with = "double_option::deserialize")]
    #[schema(value_type = Option<i64>)]
    default_customer_group_id: Option<Option<i64>>,
}

impl ChannelSettings {
    fn of(channel: Channel) -> Self {
        Self {
            privacy_settings: Some(Some(ChannelPrivacySettings {
                ask_shopper_for_tracking_consent: Some(channel.cookie_consent_enabled),
                policy_url: Some(channel.privacy_policy_url),
            })),
            customer_group_settings: Some(Some(ChannelGroupSettings {
                guest_customer_group_id: Some(channel.guest_customer_group_id),
                default_customer_group_id: Some(channel.default_customer_group_id),
            })),
            allow_global_logins: Some(Some(!channel.refuses_global_logins)),
        }
    }

    /// What `channel` becomes.
    fn lay_over(self, channel: Channel) -> Channel {
        let privacy = self.privacy_settings.map(|privacy| {
            privacy.unwrap_or(ChannelPrivacySettings {
                ask_shopper_for_tracking_consent: Some(None),
                policy_url: Some(None),
            })
        });
        let privacy = privacy.unwrap_or_default();
        let groups = self.customer_group_settings.map(|groups| {
            groups.unwrap_or(ChannelGroupSettings {
                guest_customer_group_id: Some(None),
                default_customer_group_id: Some(None),
            })
        });
        let groups = groups.unwrap_or_default();
        let allows = self
            .allow_global_logins
            .map(|allows| allows.unwrap_or(true));
        Channel {
            cookie_consent_enabled: privacy
                .ask_shopper_for_tracking_consent
                .unwrap_or(channel.cookie_consent_enabled),
            privacy_policy_url: privacy.policy_url.unwrap_or(channel.privacy_policy_url),
            guest_customer_group_id: groups
                .guest_customer_group_id
                .unwrap_or(channel.guest_customer_group_id),
            default_customer_group_id: groups
                .default_customer_group_id
                .unwrap_or(channel.default_customer_group_id),
            refuses_global_logins: allows.map_or(channel.refuses_global_logins, |allows| !allows),
        }
    }
}

/// Refuses groups that are not there, and what is no link.
fn check(
    connection: &Connection,
    (default, guests): (Option<i64>, Option<i64>),
    url: Option<&String>,
) -> Result<(), ProblemDetails> {
    let mut checks = Checks::default();
    for (id, name) in [
        (default, "default_customer_group_id"),
        (guests, "guest_customer_group_id"),
    ] {
        if let Some(id) = id.filter(|id| *id != 0)
            && groups::find(connection, id)?.is_none()
        {
            let path = format!("customer_group_settings.{name}");
            checks.refuse(path, "There is no group with this id.");
        }
    }
    checks.text("privacy_settings.policy_url", url, 0..=2048);
    // It becomes a link in pages: no scripts, and a path leads to no other store.
    let is_path = |url: &str| {
        let mut characters = url.chars();
        url.starts_with('/')
            && !url.starts_with("//")
            && !characters.any(|c| c == '\\' || c.is_whitespace() || c.is_control())
    };
    let is_link = |url: &str| url.is_empty() || is_path(url) || http::is_web_url(url);
    if url.is_some_and(|url| !is_link(url)) {
        let message = "must be a URL with https or http, or a path like /privacy";
        checks.refuse("privacy_settings.policy_url", message);
    }
    checks.finish()
}

fn respond<T>(data: T) -> Json<Single<T>> {
    Json(Single {
        data,
        meta: Empty::default(),
    })
}

/// Shows the store's settings about customers.
#[utoipa::path(get, path = "/customers/settings", tag = "Settings", operation_id = "getCustomersSettings",
    responses((status = 200, body = Single<CustomerSettings>)))]
pub(super) async fn show(State(store): State<Store>) -> Response<Single<CustomerSettings>> {
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
) -> Response<Single<CustomerSettings>> {
    let change = move |connection: &Connection| {
        let (default, guests) = body.groups();
        let privacy = body.privacy_settings.as_ref();
        let url = privacy.and_then(|privacy| privacy.policy_url.as_ref());
        check(connection, (default, guests), url)?;
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
        Ok::<_, ProblemDetails>(CustomerSettings::of_store(connection)?)
    };
    Ok(respond(store.db.write(change).await?))
}

/// Shows what the channel has otherwise than the store; null is inherited.
#[utoipa::path(get, path = "/customers/settings/channels/{channel_id}", tag = "Settings", operation_id = "getCustomersSettingsChannel",
    params(("channel_id" = i64, Path, description = "1, the storefront.")),
    responses((status = 200, body = Single<ChannelSettings>), (status = 404, body = ProblemBody)))]
pub(super) async fn show_channel(
    State(store): State<Store>,
    Id(channel): Id,
) -> Response<Single<ChannelSettings>> {
    if channel != CHANNEL {
        return Err(ProblemDetails::not_found());
    }
    let settings = store.db.read(settings::load).await;
    let settings = settings.map_err(|error: db::Error| error)?;
    Ok(respond(ChannelSettings::of(settings.channel)))
}

/// Changes what the channel has otherwise than the store; null has it inherit again.
#[utoipa::path(put, path = "/customers/settings/channels/{channel_id}", tag = "Settings", operation_id = "updateCustomersSettingsChannel",
    params(("channel_id" = i64, Path, description = "1, the storefront.")),
    request_body = ChannelSettings,
    responses((status = 200, body = Single<ChannelSettings>), (status = 404, body = ProblemBody), (status = 422, body = ProblemBody)))]
pub(super) async fn change_channel(
    State(store): State<Store>,
    Id(channel): Id,
    Nullable(body): Nullable<ChannelSettings>,
) -> Response<Single<ChannelSettings>> {
    if channel != CHANNEL {
        return Err(ProblemDetails::not_found());
    }
    let change = move |connection: &Connection| {
        let channel = body.lay_over(settings::load(connection)?.channel);
        let special = (
            channel.default_customer_group_id,
            channel.guest_customer_group_id,
        );
        check(connection, special, channel.privacy_policy_url.as_ref())?;
        settings::merge(connection, &json!({ "channel": channel }))?;
        Ok::<_, ProblemDetails>(ChannelSettings::of(channel))
    };
    Ok(respond(store.db.write(change).await?))
}
