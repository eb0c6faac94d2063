//! The definitions of the account form and the address form, and the values given to custom fields.

pub(crate) mod records;

use crate::infra::db;
use rusqlite::{Connection, Row};
use serde::Deserialize;
use std::collections::HashMap;
use storefront_rules::{BuiltIn, Choice, Field, FieldId, FieldType, Value, Values, field};

/// The two forms a store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// What is asked of a customer (the platform's group 1).
    Customer,
    /// What is asked of an address (the platform's group 2).
    Address,
}

impl Form {
    const fn column(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Address => "address",
        }
    }
}

/// Both forms, each in the order in which it is asked.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(crate) struct Definitions {
    /// Of the account.
    pub customer: Vec<Field>,
    /// Of an address.
    pub address: Vec<Field>,
}

impl Definitions {
    /// The definition of one of the account form's built-in fields.
    #[must_use]
    pub(crate) fn account(&self, which: BuiltIn) -> Option<&Field> {
        let mut fields = self.customer.iter();
        fields.find(|field| field.built_in() == Some(which))
    }

    /// The fields of a form.
    #[must_use]
    pub(crate) fn of(&self, form: Form) -> &[Field] {
        match form {
            Form::Customer => &self.customer,
            Form::Address => &self.address,
        }
    }
}

/// What has values of custom fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// A customer, by id.
    Customer(i64),
    /// An address, by id.
    Address(i64),
}

impl Owner {
    /// Which rows have its values: their table, the column that says whose they are, and what it holds.
    const fn rows(self) -> (&'static str, &'static str, i64) {
        match self {
            Self::Customer(id) => ("customer_form_field_values", "customer_id", id),
            Self::Address(id) => ("address_form_field_values", "address_id", id),
        }
    }
}

/// The definitions as they stand.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn load(connection: &Connection) -> Result<Definitions, db::Error> {
    Ok(Definitions {
        customer: load_form(connection, Form::Customer)?,
        address: load_form(connection, Form::Address)?,
    })
}

fn load_form(connection: &Connection, form: Form) -> Result<Vec<Field>, db::Error> {
    let mut statement =
        connection.prepare_cached("SELECT definition FROM form_fields WHERE form = ?1")?;
    let mut rows = statement.query([form.column()])?;
    let mut fields = Vec::new();
    while let Some(row) = rows.next()? {
        fields.push(serde_json::from_str(
            row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?,
        )?);
    }
    field::sort(&mut fields);
    Ok(fields)
}

/// Puts `fields` in the place of a form's definitions. Values of a field that is no longer defined
/// go with it; those of a field that keeps its id stay.
///
/// # Errors
/// [`db::Error`], also for an id that the other form uses.
pub(crate) fn replace(
    connection: &Connection,
    form: Form,
    fields: &[Field],
) -> Result<(), db::Error> {
    let ids = serde_json::to_string(&fields.iter().map(|f| f.id).collect::<Vec<_>>())?;
    connection.execute(
        "DELETE FROM form_fields
         WHERE form = ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
        (form.column(), ids),
    )?;
    for field in fields {
        let changed = connection.execute(
            "INSERT INTO form_fields (id, form, definition) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET definition = excluded.definition
             WHERE form = excluded.form",
            (field.id.0, form.column(), serde_json::to_string(field)?),
        )?;
        if changed == 0 {
            return Err(db::Error::FieldOfOtherForm(field.id.0));
        }
    }
    Ok(())
}

/// Whether there are any definitions yet.
pub(crate) fn are_defined(connection: &Connection) -> Result<bool, db::Error> {
    Ok(
        connection.query_row("SELECT EXISTS (SELECT 1 FROM form_fields)", [], |row| {
            row.get(0)
        })?,
    )
}

/// The values that a customer gave to custom fields, by field.
///
/// # Errors
/// [`db::Error`].
pub(crate) fn values_of(connection: &Connection, customer_id: i64) -> Result<Values, db::Error> {
    let mut statement = connection.prepare_cached(
        "SELECT field_id, value FROM customer_form_field_values WHERE customer_id = ?1",
    )?;
    let mut rows = statement.query([customer_id])?;
    let mut values = Values::new();
    while let Some(row) = rows.next()? {
        values.insert(FieldId(row.get(0)?), value(row, 1)?);
    }
    Ok(values)
}

/// The values given to custom fields of each of these addresses, by its id: one query, however many
/// there are.
pub(crate) fn values_of_addresses(
    connection: &Connection,
    ids: &[i64],
) -> Result<HashMap<i64, Values>, db::Error> {
    let sql = "SELECT address_id, field_id, value FROM address_form_field_values
        WHERE address_id IN (SELECT value FROM json_each(?1))";
    values_by_owner(connection, sql, ids)
}

/// What each of these customers answered to custom fields, by their id, in the order of the form: two
/// queries, however many there are.
pub(crate) fn answers_of_customers(
    connection: &Connection,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<(Field, Value)>>, db::Error> {
    let sql = "SELECT customer_id, field_id, value FROM customer_form_field_values
        WHERE customer_id IN (SELECT value FROM json_each(?1))";
    let values = values_by_owner(connection, sql, ids)?;
    if values.is_empty() {
        return Ok(HashMap::new());
    }
    let fields = load(connection)?.customer;
    let answers = values.into_iter();
    Ok(answers
        .map(|(id, values)| (id, in_order(&fields, values)))
        .collect())
}

fn values_by_owner(
    connection: &Connection,
    sql: &str,
    ids: &[i64],
) -> Result<HashMap<i64, Values>, db::Error> {
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([serde_json::to_string(ids)?])?;
    let mut values: HashMap<i64, Values> = HashMap::new();
    while let Some(row) = rows.next()? {
        let own = values.entry(row.get(0)?).or_default();
        own.insert(FieldId(row.get(1)?), value(row, 2)?);
    }
    Ok(values)
}

/// The fields that have a value, each with it, in the order of `fields`.
pub(crate) fn in_order(fields: &[Field], mut values: Values) -> Vec<(Field, Value)> {
    let fields = fields.iter();
    fields
        .filter_map(|field| Some((field.clone(), values.remove(&field.id)?)))
        .collect()
}

fn value(row: &Row<'_>, column: usize) -> Result<Value, db::Error> {
    let json = row
        .get_ref(column)?
        .as_str()
        .map_err(rusqlite::Error::from)?;
    Ok(serde_json::from_str(json)?)
}

/// Saves the values of those of `fields` that are custom; the built-in ones have columns of their own.
pub(crate) fn insert_values(
    connection: &Connection,
    owner: Owner,
    fields: &[Field],
    values: &Values,
) -> Result<(), db::Error> {
    let (table, owner_id, id) = owner.rows();
    let sql = format!("INSERT INTO {table} ({owner_id}, field_id, value) VALUES (?1, ?2, ?3)");
    let mut statement = connection.prepare_cached(&sql)?;
    for field in fields.iter().filter(|field| !field.is_built_in) {
        if let Some(value) = values.get(&field.id) {
            statement.execute((id, field.id.0, serde_json::to_string(value)?))?;
        }
    }
    Ok(())
}

/// Puts `values` in the place of all that `owner` answered to custom fields.
pub(crate) fn replace_values(
    connection: &Connection,
    owner: Owner,
    fields: &[Field],
    values: &Values,
) -> Result<(), db::Error> {
    let (table, owner_id, id) = owner.rows();
    let sql = format!("DELETE FROM {table} WHERE {owner_id} = ?1");
    connection.execute(&sql, [id])?;
    insert_values(connection, owner, fields, values)
}

/// Puts `values` in the place of what `owner` answered to the same custom fields; what is empty is
/// taken away, and what is not among `answered` stays.
pub(crate) fn upsert_values(
    connection: &Connection,
    owner: Owner,
    fields: &[Field],
    answered: &[FieldId],
    values: &Values,
) -> Result<(), db::Error> {
    let (table, owner_id, id) = owner.rows();
    let sql = format!("DELETE FROM {table} WHERE {owner_id} = ?1 AND field_id = ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    for field in answered {
        statement.execute((id, field.0))?;
    }
    insert_values(connection, owner, fields, values)
}

/// The label of the option `id` among those of a field; empty when the merchant took it away since.
#[must_use]
pub(crate) fn option_label(field: &Field, id: i32) -> &str {
    field
        .kind
        .options()
        .iter()
        .find(|option| option.id == id)
        .map_or("", |option| option.label.as_str())
}

/// The text a value is shown as: labels instead of ids, and nothing of a password.
#[must_use]
pub(crate) fn shown(field: &Field, value: &Value) -> String {
    match value {
        Value::Text(text) | Value::MultilineText(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.to_string(),
        Value::Checkboxes(ids) => ids
            .iter()
            .map(|id| option_label(field, *id))
            .collect::<Vec<_>>()
            .join(", "),
        Value::MultipleChoice(id) => option_label(field, *id).to_owned(),
        Value::Password(_) => "••••••••".to_owned(),
    }
}

/// The forms of a store that nobody has configured yet: the platform's own fields.
#[must_use]
pub(crate) fn platform_defaults() -> Definitions {
    let text = |max_length| FieldType::Text {
        default: None,
        max_length,
    };
    let customer = vec![
        built_in(BuiltIn::EmailAddress, "Email address", true, text(None)),
        built_in(
            BuiltIn::Password,
            "Password",
            true,
            FieldType::Password { max_length: None },
        ),
        built_in(
            BuiltIn::ConfirmPassword,
            "Confirm password",
            true,
            FieldType::Password { max_length: None },
        ),
        receive_marketing_emails(),
    ];
    Definitions {
        customer,
        address: address_defaults(),
    }
}

/// The address form's built-in fields.
pub(crate) fn address_defaults() -> Vec<Field> {
    let text = |max| FieldType::Text {
        default: None,
        max_length: Some(max),
    };
    vec![
        built_in(BuiltIn::FirstName, "First name", true, text(255)),
        built_in(BuiltIn::LastName, "Last name", true, text(255)),
        built_in(BuiltIn::CompanyName, "Company name", false, text(255)),
        built_in(BuiltIn::Phone, "Phone number", false, text(50)),
        built_in(BuiltIn::AddressLine1, "Address line 1", true, text(255)),
        built_in(BuiltIn::AddressLine2, "Address line 2", false, text(255)),
        built_in(BuiltIn::City, "Suburb/City", true, text(100)),
        built_in(
            BuiltIn::Country,
            "Country",
            true,
            FieldType::Picklist {
                choose_prefix: "Choose a country".to_owned(),
                options: Vec::new(),
            },
        ),
        built_in(
            BuiltIn::State,
            "State/Province",
            true,
            FieldType::PicklistOrText {
                picklist_prefix: "Choose a state".to_owned(),
                max_length: Some(100),
            },
        ),
        built_in(BuiltIn::Zip, "Zip/Postcode", true, text(30)),
    ]
}

/// The box of the account form that asks for marketing emails: one option, numbered 0 like every
/// first option.
pub(crate) fn receive_marketing_emails() -> Field {
    built_in(
        BuiltIn::ReceiveMarketingEmails,
        "Exclusive offers",
        false,
        FieldType::Checkboxes {
            options: vec![Choice {
                id: 0,
                label: "Send me offers and news by email".to_owned(),
            }],
        },
    )
}

pub(crate) fn built_in(which: BuiltIn, label: &str, required: bool, kind: FieldType) -> Field {
    Field {
        id: which.id(),
        label: label.to_owned(),
        sort_order: which.id().0,
        required,
        is_built_in: true,
        kind,
    }
}
