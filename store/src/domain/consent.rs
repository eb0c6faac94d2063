//! What people decide about cookies. Every decision is kept, field_errors and withdrawals too; the
//! newest of a subject counts. Nothing is granted that nobody decided.

use crate::infra::{clock, db};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::BTreeSet;
use storefront_rules::Category;

/// A decision about all categories: what it does not grant, it denies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decision {
    granted: BTreeSet<Category>,
}

/// Why two lists are no decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Undecided {
    /// A category is in both lists.
    #[error("'{}' is both allowed and denied.", .0.name())]
    Both(Category),
    /// A category is in neither list.
    #[error("'{}' is neither allowed nor denied. Send every category.", .0.name())]
    Neither(Category),
    /// The shop does not work without.
    #[error("'essential' cannot be denied.")]
    EssentialDenied,
}

impl Decision {
    /// Of a complete split; the essential may be left out of it.
    ///
    /// # Errors
    /// [`Undecided`].
    pub(crate) fn new(allow: &[Category], deny: &[Category]) -> Result<Self, Undecided> {
        if deny.contains(&Category::Essential) {
            return Err(Undecided::EssentialDenied);
        }
        for category in Category::ASKED {
            match (allow.contains(&category), deny.contains(&category)) {
                (true, true) => return Err(Undecided::Both(category)),
                (false, false) => return Err(Undecided::Neither(category)),
                (true, false) | (false, true) => {}
            }
        }
        Ok(Self::granting(allow))
    }

    fn granting(allow: &[Category]) -> Self {
        let asked = allow.iter().filter(|c| **c != Category::Essential);
        Self {
            granted: asked.copied().collect(),
        }
    }

    /// Whether a category may be used.
    #[must_use]
    pub(crate) fn grants(&self, category: Category) -> bool {
        category == Category::Essential || self.granted.contains(&category)
    }

    /// All that is allowed, the essential first.
    #[must_use]
    pub(crate) fn allow(&self) -> Vec<Category> {
        let granted = self.granted.iter().copied();
        std::iter::once(Category::Essential)
            .chain(granted)
            .collect()
    }

    /// All that is denied.
    #[must_use]
    pub(crate) fn deny(&self) -> Vec<Category> {
        let asked = Category::ASKED.into_iter();
        asked.filter(|c| !self.grants(*c)).collect()
    }
}

/// Who has decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// A customer, by id.
    Customer(i64),
    /// A browser, by the random id in its cookie.
    Guest(String),
}

/// What led to a decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Source {
    /// The question itself.
    Banner,
    /// The settings, opened later.
    Settings,
    /// Opening an account.
    SignUp,
    /// Taking back what was granted.
    Withdrawal,
    /// Global Privacy Control, set in the browser.
    Gpc,
    /// A guest's decision brought together with that of the account.
    Merge,
    /// The merchant's own systems.
    Admin,
    /// Nobody said.
    #[default]
    Unknown,
}

impl Source {
    const fn name(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::Settings => "settings",
            Self::SignUp => "signup",
            Self::Withdrawal => "withdrawal",
            Self::Gpc => "gpc",
            Self::Merge => "merge",
            Self::Admin => "admin",
            Self::Unknown => "unknown",
        }
    }

    /// What a page of the store says led to a decision; that it was the merchant, none may say.
    #[must_use]
    pub(crate) fn of_shopper(name: &str) -> Option<Self> {
        let of_shopper = [
            Self::Banner,
            Self::Settings,
            Self::SignUp,
            Self::Withdrawal,
            Self::Gpc,
            Self::Merge,
        ];
        of_shopper.into_iter().find(|source| source.name() == name)
    }
}

/// How the question was asked: proof of a consent needs it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Question {
    /// Which wording and categories, as the asker numbers them; at most 100 characters.
    pub revision: String,
    /// BCP 47 tag of the language it was asked in; at most 35 characters.
    pub locale: String,
    /// What led to the decision.
    pub source: Source,
}

/// A decision that counts, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SavedDecision {
    /// The decision.
    pub decision: Decision,
    /// When it was made, by the store's clock, in seconds since 1970.
    pub decided_at: i64,
}

/// Adds a decision to its subject's history.
pub(crate) fn save(
    connection: &Connection,
    subject: &Subject,
    decision: &Decision,
    asked: &Question,
) -> Result<SavedDecision, db::Error> {
    let (customer_id, guest_id) = match subject {
        Subject::Customer(id) => (Some(*id), None),
        Subject::Guest(id) => (None, Some(id.as_str())),
    };
    let decided_at = clock::now();
    connection.execute(
        "INSERT INTO consent_history
             (customer_id, guest_id, decided_at, revision, locale, source, allow, deny)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (
            customer_id,
            guest_id,
            decided_at,
            &asked.revision,
            &asked.locale,
            asked.source.name(),
            serde_json::to_string(&decision.allow())?,
            serde_json::to_string(&decision.deny())?,
        ),
    )?;
    Ok(SavedDecision {
        decision: decision.clone(),
        decided_at,
    })
}

/// The customer's decision that counts; none when they never made one.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn of_customer(
    connection: &Connection,
    customer_id: i64,
) -> Result<Option<SavedDecision>, db::Error> {
    let found = connection
        .query_row(
            "SELECT allow, decided_at FROM consent_history WHERE customer_id = ?1
             ORDER BY id DESC LIMIT 1",
            [customer_id],
            |row: &Row<'_>| Ok((row.get::<_, String>(0)?, row.get(1)?)),
        )
        .optional()?;
    let Some((allow, decided_at)) = found else {
        return Ok(None);
    };
    let allow: Vec<Category> = serde_json::from_str(&allow)?;
    Ok(Some(SavedDecision {
        decision: Decision::granting(&allow),
        decided_at,
    }))
}

/// A guest's decision, as their browser keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GuestCookie {
    /// The random id of the browser: 64 hexadecimal digits.
    pub guest_id: String,
    /// What was decided, and when.
    pub kept: SavedDecision,
}

impl GuestCookie {
    /// Name of the cookie.
    pub(crate) const NAME: &str = "SHOP_CONSENT";

    /// `v1.<guest id>.<seconds since 1970>.<what is granted besides the essential, joined by ->`.
    #[must_use]
    pub(crate) fn value(&self) -> String {
        let granted = self.kept.decision.granted.iter().map(|c| c.name());
        let granted: Vec<&str> = granted.collect();
        let (id, at) = (&self.guest_id, self.kept.decided_at);
        format!("v1.{id}.{at}.{}", granted.join("-"))
    }

    /// Reads what a browser sent; none when it is no such value.
    #[must_use]
    pub(crate) fn read(value: &str) -> Option<Self> {
        let mut parts = value.strip_prefix("v1.")?.splitn(3, '.');
        let (id, at, granted) = (parts.next()?, parts.next()?, parts.next()?);
        let is_id = id.len() == 64 && id.bytes().all(|b| b.is_ascii_hexdigit());
        let granted: Option<Vec<Category>> = granted
            .split('-')
            .filter(|name| !name.is_empty())
            .map(Category::asked)
            .collect();
        Some(Self {
            guest_id: is_id.then(|| id.to_owned())?,
            kept: SavedDecision {
                decision: Decision::granting(&granted?),
                decided_at: at.parse().ok()?,
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_is_a_complete_split_that_leaves_the_essential_alone() {
        use Category::{Analytics, Essential, Functional, Targeting};
        let decision = Decision::new(&[Analytics], &[Functional, Targeting]).unwrap();
        assert_eq!(decision.allow(), [Essential, Analytics]);
        assert_eq!(decision.deny(), [Functional, Targeting]);
        for (allow, deny, why) in [
            (
                vec![Analytics],
                vec![Functional],
                Undecided::Neither(Targeting),
            ),
            (
                vec![Analytics, Targeting],
                vec![Functional, Analytics],
                Undecided::Both(Analytics),
            ),
            (
                vec![Analytics, Targeting, Functional],
                vec![Essential],
                Undecided::EssentialDenied,
            ),
        ] {
            assert_eq!(Decision::new(&allow, &deny), Err(why));
        }
    }

    #[test]
    fn a_cookie_that_nobody_here_wrote_is_none() {
        let cookie = GuestCookie {
            guest_id: "ab".repeat(32),
            kept: SavedDecision {
                decision: Decision::granting(&[Category::Targeting, Category::Functional]),
                decided_at: 1_800_000_000,
            },
        };
        assert!(cookie.value().ends_with(".functional-targeting"));
        assert_eq!(GuestCookie::read(&cookie.value()), Some(cookie.clone()));
        for broken in [
            String::new(),
            "v1".to_owned(),
            "v1..0.".to_owned(),
            cookie.value().replace("v1", "v2"),
            cookie.value().replace("functional", "essential"),
            cookie.value().replace("1800000000", "soon"),
            cookie.value().replacen("ab", "xy", 1),
        ] {
            assert_eq!(GuestCookie::read(&broken), None, "{broken}");
        }
    }
}
