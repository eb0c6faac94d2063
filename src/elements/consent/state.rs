//! What the settings of cookies begin with, and what comes of them.

use storefront_rules::Category;

/// What the settings of cookies show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentSettings {
    /// The categories that are asked about.
    pub asked: Vec<Category>,
    /// Those that are granted now.
    pub granted: Vec<Category>,
    /// Whether the browser sends Global Privacy Control.
    pub has_gpc: bool,
    /// What of the page needs a category, in words; nothing where nothing is known.
    pub services: Vec<(Category, String)>,
    /// Where the store's privacy policy stands.
    pub policy_url: Option<String>,
}

/// What a shopper does with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConsentAct {
    /// Decides: these are granted, and nothing else.
    Decided(Vec<Category>),
    /// Leaves without a decision.
    Closed,
}
