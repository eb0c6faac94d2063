//! Reads the generated types out of the `data` of an answer.
//!
//! serde makes the readers of each type anew for each format and its kind of error. Here they are made for
//! [`Part`], which gives a struct its fields in their order, so that none is looked for by its name, and
//! an error that says nothing: half the bytes of the same readers for `serde_json`'s text
//! (`docs/decisions/graphql-types.md`).

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, IntoDeserializer,
};
use serde::de::{VariantAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use std::fmt::{self, Display, Formatter};

/// The JSON is not what the document asked for.
#[derive(Debug)]
pub(super) struct Unreadable;

impl Display for Unreadable {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("unexpected JSON")
    }
}

impl std::error::Error for Unreadable {}

impl Error for Unreadable {
    fn custom<T: Display>(_: T) -> Self {
        Self
    }
}

/// Reads a `T` out of `value`.
///
/// # Errors
/// [`Unreadable`] where `value` is no `T`.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    T::deserialize(Part(value))
}

/// The field in which `graphql_client` has what belongs to the type of an object: of the same object.
const ON: &str = "on";

/// A value within an answer.
struct Part(Value);

impl IntoDeserializer<'_, Unreadable> for Part {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Part {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(is) => visitor.visit_bool(is),
            Value::Number(number) => match number.as_i64() {
                Some(number) => visitor.visit_i64(number),
                None => visitor.visit_f64(number.as_f64().ok_or(Unreadable)?),
            },
            Value::String(text) => visitor.visit_string(text),
            Value::Array(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::Array(items) = self.0 else {
            return Err(Unreadable);
        };
        visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Part)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::Object(members) = self.0 else {
            return Err(Unreadable);
        };
        let members = members.into_iter().map(|(key, value)| (key, Self(value)));
        visitor.visit_map(MapDeserializer::new(members))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let Value::Object(mut members) = self.0 else {
            return Err(Unreadable);
        };
        let rest = fields.contains(&ON).then(|| members.clone());
        let mut rest = rest.map(Value::Object);
        let fields = fields.iter().map(|field| {
            let value = match *field {
                ON => rest.take(),
                field => members.remove(field),
            };
            Self(value.unwrap_or_default())
        });
        visitor.visit_seq(SeqDeserializer::new(fields))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        let tag = self.0.get("__typename").and_then(Value::as_str);
        let tag = tag.ok_or(Unreadable)?;
        // One that is not among them came after this version: `Unknown`.
        let index = variants.iter().position(|variant| *variant == tag);
        visitor.visit_enum(Member {
            index: index.unwrap_or(variants.len()),
            object: self,
        })
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value::String(text) = self.0 else {
            return Err(Unreadable);
        };
        visitor.visit_string(text)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_i64(self.0.as_i64().ok_or(Unreadable)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_f64(self.0.as_f64().ok_or(Unreadable)?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u32 u64 u128 f32 char str bytes byte_buf unit unit_struct
        newtype_struct tuple tuple_struct identifier
    }
}

/// A member of a union or an interface.
struct Member {
    /// Which of the variants it is.
    index: usize,
    object: Part,
}

impl<'de> EnumAccess<'de> for Member {
    type Error = Unreadable;
    type Variant = Part;

    fn variant_seed<V: DeserializeSeed<'de>>(
        self,
        seed: V,
    ) -> Result<(V::Value, Part), Unreadable> {
        let variant = seed.deserialize(self.index.into_deserializer())?;
        Ok((variant, self.object))
    }
}

impl<'de> VariantAccess<'de> for Part {
    type Error = Unreadable;

    fn unit_variant(self) -> Result<(), Unreadable> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<T::Value, Unreadable> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Unreadable> {
        Err(Unreadable)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::documents::shared::{Field, FieldOn};
    use super::read;
    use serde_json::json;

    fn field(r#type: &str, more: (&str, serde_json::Value)) -> Option<Field> {
        let mut field = json!({
            "__typename": r#type, "entityId": 7, "label": "Size", "sortOrder": 1,
            "isBuiltIn": false, "isRequired": true,
        });
        field[more.0] = more.1;
        read(field).ok()
    }

    #[test]
    fn a_member_of_a_union_is_read_by_its_type_with_what_is_missing_left_out() {
        let found = field("TextFormField", ("maxLength", json!(5))).map(|field| field.on);
        assert!(matches!(found, Some(FieldOn::TextFormField(text))
            if text.max_length == Some(5) && text.default_text.is_none()));
    }

    #[test]
    fn a_member_of_a_union_that_came_later_is_unknown() {
        let found = field("SliderFormField", ("steps", json!([1]))).map(|field| field.on);
        assert!(matches!(found, Some(FieldOn::Unknown)));
    }

    #[test]
    fn what_the_schema_promises_must_be_there() {
        assert!(field("TextFormField", ("label", json!(null))).is_none());
        assert!(field("TextFormField", ("entityId", json!("7"))).is_none());
        assert!(field("TextFormField", ("__typename", json!(null))).is_none());
        assert!(read::<Field>(json!([])).is_err());
    }
}
