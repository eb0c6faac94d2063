//! What shoppers are asked about cookies.

use serde::{Deserialize, Serialize};

/// What cookies and scripts are for, by the platform's names (customers.v3.yml).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// What the shop cannot do without; never asked, never denied.
    Essential,
    /// What makes more of a page: videos, chats.
    Functional,
    /// Counting visits.
    Analytics,
    /// Following shoppers for advertising.
    Targeting,
}

impl Category {
    /// Those that are asked about.
    pub const ASKED: [Self; 3] = [Self::Functional, Self::Analytics, Self::Targeting];

    /// The platform's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Essential => "essential",
            Self::Functional => "functional",
            Self::Analytics => "analytics",
            Self::Targeting => "targeting",
        }
    }

    /// The category of this name, if shoppers are asked about it.
    #[must_use]
    pub fn asked(name: &str) -> Option<Self> {
        Self::ASKED.into_iter().find(|of| of.name() == name)
    }
}
