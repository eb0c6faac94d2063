//! What can go wrong between here and the store.

use storefront_rules::FieldId;

/// Why a request failed. The only place that tells transport errors and HTTP statuses apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Nothing came back: no network, or the server is down.
    Offline,
    /// The deadline passed first.
    TimedOut,
    /// The element that asked is gone.
    Cancelled,
    /// 429: too many requests; try again after so many seconds.
    Throttled {
        /// From `Retry-After`, or a guess where the store gives none.
        seconds: u32,
    },
    /// 401: the storefront token has run out since the page was opened.
    Expired,
    /// 401: the store does not take the storefront token of the page.
    TokenRefused,
    /// 403: the storefront token belongs to another origin.
    Forbidden,
    /// The store does not know the pair of email address and password.
    InvalidCredentials,
    /// The store wants a new password before anybody signs in.
    ResetRequired,
    /// The store refused in words of its own.
    Refused(String),
    /// Any other status than 200.
    Unexpected {
        /// The HTTP status.
        status: u16,
    },
    /// The answer is not what the schema says.
    Unreadable,
}

impl ApiError {
    /// The error a status stands for; `None` for success.
    pub(super) const fn from_status(status: u16, retry_after: Option<u32>) -> Option<Self> {
        match status {
            200..=299 => None,
            401 => Some(Self::Expired),
            403 => Some(Self::Forbidden),
            429 => Some(Self::Throttled {
                seconds: match retry_after {
                    Some(seconds) => seconds,
                    None => 30,
                },
            }),
            status => Some(Self::Unexpected { status }),
        }
    }

    /// The error a GraphQL error stands for. The platform tells the refusals of a sign-in apart by
    /// their messages only; where there is a code, the code decides.
    pub(super) fn from_graphql(message: String, code: &str, retry_after: Option<u32>) -> Self {
        if let Some(seconds) = retry_after.filter(|_| code == "THROTTLED_LOGIN") {
            return Self::Throttled { seconds };
        }
        if message.starts_with("Invalid credentials") {
            return Self::InvalidCredentials;
        } else if message.starts_with("Reset password") {
            return Self::ResetRequired;
        }
        Self::Refused(message)
    }

    /// Whether the request may have been carried out although no answer came.
    #[must_use]
    pub const fn is_uncertain(&self) -> bool {
        match self {
            Self::Offline | Self::TimedOut | Self::Unreadable | Self::Unexpected { .. } => true,
            Self::Cancelled
            | Self::Throttled { .. }
            | Self::Expired
            | Self::TokenRefused
            | Self::Forbidden
            | Self::Refused(_) => false,
            Self::InvalidCredentials | Self::ResetRequired => false,
        }
    }

    /// What the developer of the page can do about it, where it is theirs to mend.
    #[must_use]
    pub const fn cure(&self) -> Option<&'static str> {
        match self {
            Self::TokenRefused => Some(
                "the store refuses the token: set `token` to a storefront token of this store and channel \
                 that has not run out",
            ),
            Self::Forbidden => Some(
                "the store refuses the token on this page's origin: name the origin in the token's \
                 `allowed_cors_origins`",
            ),
            Self::Offline
            | Self::TimedOut
            | Self::Cancelled
            | Self::Throttled { .. }
            | Self::Expired
            | Self::InvalidCredentials
            | Self::ResetRequired
            | Self::Refused(_)
            | Self::Unexpected { .. }
            | Self::Unreadable => None,
        }
    }

    /// The stable code of this error, for `account:error` and tests.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::TimedOut => "timed_out",
            Self::Cancelled => "cancelled",
            Self::Throttled { .. } => "throttled",
            Self::Expired => "expired",
            Self::TokenRefused => "config",
            Self::Forbidden => "forbidden",
            Self::InvalidCredentials => "invalid_credentials",
            Self::ResetRequired => "reset_required",
            Self::Refused(_) => "refused",
            Self::Unexpected { .. } => "unexpected",
            Self::Unreadable => "unreadable",
        }
    }
}

/// Why the store refused one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldError {
    /// The email address has an account.
    EmailInUse,
    /// The store takes no such email address.
    NotAnEmail,
    /// The store's own words.
    Message(String),
}

/// A business refusal, split once: what belongs to a field and what to the form as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserErrors {
    /// By field.
    pub fields: Vec<(FieldId, FieldError)>,
    /// About the password or the link that stands for it (`CustomerPasswordError`), in the store's
    /// own words.
    pub password: Option<String>,
    /// The rest, in the store's own words.
    pub form: Vec<String>,
}
