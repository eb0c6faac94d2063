//! Creating and changing customers: the one operation behind V2 and V3.

use super::form_values::FormField;
use super::problem::Checks;
use super::rules::{AddressInput, Names, Rules};
use crate::domain::account::email_change;
use crate::domain::customers::{self, Change, MerchantChange, NewCustomer};
use crate::domain::form_fields::{self, Form, Owner};
use crate::domain::sessions;
use crate::domain::{Store, attributes, groups, passwords};
use crate::infra::problem::ProblemDetails;
use rusqlite::Connection;
use storefront_rules::Secret;
use storefront_rules::email::is_email;
use storefront_rules::text;

/// A customer as a request has them; what is `None` stays, or is empty.
#[derive(Clone, Default)]
pub(crate) struct CustomerInput {
    pub(crate) email: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) company: Option<String>,
    pub(crate) phone: Option<String>,
    /// 0 for none.
    pub(crate) group_id: Option<i64>,
    pub(crate) merchant: MerchantChange,
    pub(crate) password: Option<Secret>,
    pub(crate) form_fields: Vec<FormField>,
    pub(crate) addresses: Vec<AddressInput>,
    /// Ids of attributes, with values.
    pub(crate) attributes: Vec<(i64, String)>,
}

/// A password's hash, made before the transaction: hashing takes longer than all else.
pub(crate) type Hash = Option<String>;

impl CustomerInput {
    /// Validates what can be validated without the rest of the store, and hashes the password.
    pub(crate) async fn prepare(
        &self,
        store: &Store,
        rules: &Rules<'_>,
        at: &str,
        password_name: &str,
        checks: &mut Checks,
    ) -> Result<Hash, ProblemDetails> {
        // As they are kept: a name of spaces is none. What is taken, the shopper's own form takes too.
        for (name, text, length) in [
            ("first_name", &self.first_name, 1..=100),
            ("last_name", &self.last_name, 1..=100),
            ("email", &self.email, 3..=250),
            ("company", &self.company, 0..=255),
            ("phone", &self.phone, 0..=50),
        ] {
            checks.line(format!("{at}{name}"), text.as_deref(), length);
        }
        let merchant = &self.merchant;
        for (name, text, length) in [
            ("notes", &merchant.notes, 0..=10_000),
            (
                "tax_exempt_category",
                &merchant.tax_exempt_category,
                0..=255,
            ),
            ("registration_ip_address", &merchant.registration_ip, 0..=30),
        ] {
            checks.text(format!("{at}{name}"), text.as_ref(), length);
        }
        if self
            .email
            .as_deref()
            .is_some_and(|email| !is_email(text::trim(email)))
        {
            checks.refuse(format!("{at}email"), "must be an email address");
        }
        let Some(password) = &self.password else {
            return Ok(None);
        };
        let mut own = Checks::default();
        rules.password(&format!("{at}{password_name}"), password, &mut own);
        if !own.is_empty() {
            checks.take(own);
            return Ok(None);
        }
        Ok(Some(store.passwords.hash(password.clone()).await?))
    }

    fn check_group(
        &self,
        connection: &Connection,
        at: &str,
        checks: &mut Checks,
    ) -> Result<(), ProblemDetails> {
        if let Some(id) = self.group_id.filter(|id| *id != 0)
            && groups::find(connection, id)?.is_none()
        {
            let path = format!("{at}customer_group_id");
            checks.refuse(path, "There is no group with this id.");
        }
        Ok(())
    }

    /// Saves a new customer with all that is theirs, and returns their id; `None`, with what is
    /// wrong in `checks`, when they do not count.
    pub(crate) fn create(
        &self,
        connection: &Connection,
        rules: &Rules<'_>,
        hash: Hash,
        at: &str,
        names: Names,
        checks: &mut Checks,
    ) -> Result<Option<i64>, ProblemDetails> {
        self.check_group(connection, at, checks)?;
        if !checks.is_empty() {
            return Ok(None);
        }
        let text = |text: &Option<String>| text.as_deref().map(text::visible).unwrap_or_default();
        let new = NewCustomer {
            email: &text(&self.email),
            first_name: &text(&self.first_name),
            last_name: &text(&self.last_name),
            company: &text(&self.company),
            phone: &text(&self.phone),
            password_hash: hash.as_deref().unwrap_or_default(),
            group_id: self.group_id,
            merchant: self.merchant.clone(),
        };
        let kept = customers::insert(connection, &new);
        let Some(id) = checks.saved(format!("{at}email"), kept)? else {
            return Ok(None);
        };
        self.save_answers(connection, rules, id, at, checks)?;
        for (index, address) in self.addresses.iter().enumerate() {
            let at = format!("{at}addresses.{index}.");
            if let Some(draft) = rules.address(None, address, &at, names, checks) {
                draft.insert(connection, &rules.definitions, id)?;
            }
        }
        for (index, (attribute, value)) in self.attributes.iter().enumerate() {
            let at = format!("{at}attributes.{index}.");
            if check_value(
                connection,
                *attribute,
                value,
                &at,
                "attribute_value",
                checks,
            )? {
                attributes::upsert_value(connection, id, *attribute, value)?;
            }
        }
        Ok(Some(id))
    }

    /// Changes a customer.
    pub(crate) fn update(
        &self,
        connection: &Connection,
        rules: &Rules<'_>,
        before: &customers::records::Record,
        hash: Hash,
        at: &str,
        checks: &mut Checks,
    ) -> Result<(), ProblemDetails> {
        self.check_group(connection, at, checks)?;
        if !checks.is_empty() {
            return Ok(());
        }
        let text = |text: &Option<String>| text.as_deref().map(text::visible);
        let change = Change {
            email: text(&self.email),
            first_name: text(&self.first_name),
            last_name: text(&self.last_name),
            company: text(&self.company),
            phone: text(&self.phone),
            group_id: self.group_id,
            merchant: MerchantChange {
                must_reset: None,
                ..self.merchant.clone()
            },
        };
        let id = before.id;
        let kept = customers::update(connection, id, &change);
        if checks.saved(format!("{at}email"), kept)?.is_none() {
            return Ok(());
        }
        let email = change.email.as_ref().unwrap_or(&before.email);
        email_change::follow(connection, id, &before.email, email)?;
        if let Some(hash) = hash {
            passwords::replace(connection, id, email, &hash)?;
        }
        // After the password: a new one by itself asks for no other.
        if let Some(must_reset) = self.merchant.must_reset {
            customers::set_must_reset(connection, id, must_reset)?;
            if must_reset {
                sessions::end_of(connection, id)?;
            }
        }
        self.save_answers(connection, rules, id, at, checks)
    }

    fn save_answers(
        &self,
        connection: &Connection,
        rules: &Rules<'_>,
        id: i64,
        at: &str,
        checks: &mut Checks,
    ) -> Result<(), ProblemDetails> {
        let at = |index: usize| format!("{at}form_fields.{index}.");
        let (answered, values) = rules.answers(Form::Customer, &self.form_fields, &at, checks);
        let fields = &rules.definitions.customer;
        let owner = Owner::Customer(id);
        Ok(form_fields::upsert_values(
            connection, owner, fields, &answered, &values,
        )?)
    }
}

/// Whether `value` may be kept of the attribute with this number.
pub(crate) fn check_value(
    connection: &Connection,
    attribute: i64,
    value: &str,
    at: &str,
    value_name: &str,
    checks: &mut Checks,
) -> Result<bool, ProblemDetails> {
    let mut own = Checks::default();
    match attributes::find(connection, attribute)? {
        None => own.refuse(
            format!("{at}attribute_id"),
            "There is no attribute with this id.",
        ),
        Some(known) if !known.kind.takes(value) => {
            own.refuse(format!("{at}{value_name}"), "is not a valid value")
        }
        Some(_) => own.text(
            format!("{at}{value_name}"),
            Some(&value.to_owned()),
            0..=255,
        ),
    }
    let counts = own.is_empty();
    checks.take(own);
    Ok(counts)
}
