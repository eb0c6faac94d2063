//! The platform's scalars.

use crate::infra::time;
use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};

/// An RFC 3339 timestamp. Form fields use its day alone.
pub(super) struct DateTime(pub(super) String);

#[Scalar]
impl ScalarType for DateTime {
    /// Any text is taken: whether it names a day is for the validator to say, at the field's path.
    fn parse(value: Value) -> InputValueResult<Self> {
        if let Value::String(text) = value {
            Ok(Self(text))
        } else {
            Err(InputValueError::expected_type(value))
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

impl From<storefront_rules::Date> for DateTime {
    fn from(date: storefront_rules::Date) -> Self {
        Self(date.to_utc())
    }
}

impl DateTime {
    /// The second so many after 1970-01-01T00:00:00Z.
    pub(super) fn from_seconds(seconds: i64) -> Self {
        Self(time::rfc3339(seconds))
    }
}

/// A decimal of any precision.
pub(super) struct BigDecimal(pub(super) f64);

#[Scalar]
impl ScalarType for BigDecimal {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = if let Value::Number(number) = &value {
            number.as_f64()
        } else {
            None
        };
        number
            .map(Self)
            .ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        self.0.into()
    }
}

/// A 64-bit integer.
pub(super) struct Long(pub(super) i64);

#[Scalar]
impl ScalarType for Long {
    fn parse(value: Value) -> InputValueResult<Self> {
        let number = if let Value::Number(number) = &value {
            number.as_i64()
        } else {
            None
        };
        number
            .map(Self)
            .ok_or_else(|| InputValueError::expected_type(value))
    }

    fn to_value(&self) -> Value {
        self.0.into()
    }
}

/// The schema's `Int` has 31 bits; a limit beyond them is no limit.
pub(super) fn int(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
