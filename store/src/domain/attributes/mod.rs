//! Attributes: what the merchant's systems note about customers. Shoppers read them and cannot write
//! them.

pub(crate) mod of_customer;
mod records;

#[cfg(test)]
pub(crate) use records::values_sql;
pub(crate) use records::{
    Attribute, AttributeValue, Filter, Type, ValueFilter, count, delete, delete_value, find,
    insert, list, list_values, named, rename, upsert_value, values_of,
};
