//! JSON of requests. serde's derived code takes a list for a struct, its fields in their order; here only
//! an object is one.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor,
};
use serde_json::{Error, Value};

/// Why a body is not what was expected. It quotes nothing of what was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JsonError {
    /// It is no JSON.
    #[error("is not JSON (line {line}, column {column})")]
    Syntax {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// A property is missing; the path is its own.
    #[error("is required")]
    Missing(String),
    /// There is a null where a value must be.
    #[error("must not be null")]
    Null(String),
    /// There is something of another type.
    #[error("has the wrong type")]
    Type(String),
}

impl JsonError {
    /// Where it is wrong, with dots: `0.email`; empty for the whole.
    pub(crate) fn path(&self) -> &str {
        match self {
            Self::Syntax { .. } => "",
            Self::Missing(path) | Self::Null(path) | Self::Type(path) => path,
        }
    }
}

/// Which nulls a body may have.
#[derive(Clone, Copy, Debug)]
pub(crate) enum NullRule {
    /// Those that a type takes.
    ByType,
    /// Those of properties with one of these names, and of properties that nobody knows.
    Only(&'static [&'static str]),
}

/// Reads a whole text.
///
/// # Errors
/// [`JsonError`].
pub(crate) fn from_slice<T: DeserializeOwned>(
    json: &[u8],
    nulls: NullRule,
) -> Result<T, JsonError> {
    let value: Value = serde_json::from_slice(json).map_err(|error| JsonError::Syntax {
        line: error.line(),
        column: error.column(),
    })?;
    serde_path_to_error::deserialize(Objects::new(value, nulls)).map_err(|error| {
        let path = error.path().to_string().replace('[', ".").replace(']', "");
        let path = path.trim_matches('.').to_owned();
        let message = error.inner().to_string();
        match missing(&message) {
            Some(name) if path.is_empty() => JsonError::Missing(name.to_owned()),
            Some(name) => JsonError::Missing(format!("{path}.{name}")),
            None if message == NULL => JsonError::Null(path),
            None => JsonError::Type(path),
        }
    })
}

/// The field whose absence a message of serde's is about; its name is one of ours.
fn missing(message: &str) -> Option<&str> {
    let (name, _) = message.strip_prefix("missing field `")?.split_once('`')?;
    Some(name)
}

/// What a deserializer says of a null that it refuses.
const NULL: &str = "null";

/// A value that gives structs nothing but objects.
struct Objects {
    value: Value,
    nulls: Nulls,
    /// Whether it stands in a list, and so names no variant.
    is_item: bool,
}

/// What is done with nulls.
#[derive(Clone, Copy)]
enum Nulls {
    /// They are taken where the type takes them.
    Taken,
    /// This value may be null, and so may properties of these names; all else may not.
    TakenHere(&'static [&'static str]),
    /// This value may be null if nobody reads it: an enum that is told apart by a tag has its properties
    /// read before it is known which.
    TakenUnread(&'static [&'static str]),
    /// Neither may this value.
    Refused(&'static [&'static str]),
}

impl Objects {
    const fn new(value: Value, nulls: NullRule) -> Self {
        let nulls = match nulls {
            NullRule::ByType => Nulls::Taken,
            NullRule::Only(names) => Nulls::Refused(names),
        };
        Self {
            value,
            nulls,
            is_item: false,
        }
    }

    /// The value, if it may be what it is.
    fn checked(self) -> Result<Value, Error> {
        match (&self.value, self.nulls) {
            (Value::Null, Nulls::Refused(_)) => Err(Error::custom(NULL)),
            _ => Ok(self.value),
        }
    }

    /// Visits it as what it is, where it is an object, with these properties known.
    fn visit<'de, V: Visitor<'de>>(self, known: &[&str], visitor: V) -> Result<V::Value, Error> {
        let nulls = self.nulls;
        match self.checked()? {
            Value::Array(items) => {
                let items = items.into_iter().map(|value| Self {
                    value,
                    nulls: nulls.of_items(),
                    is_item: true,
                });
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Value::Object(map) => {
                let pairs = map.into_iter().map(|(key, value)| {
                    let property = Self {
                        value,
                        nulls: nulls.of_property(&key, known),
                        is_item: false,
                    };
                    (key, property)
                });
                visitor.visit_map(MapDeserializer::new(pairs))
            }
            scalar @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
                scalar.deserialize_any(visitor)
            }
        }
    }
}

impl Nulls {
    const fn of_items(self) -> Self {
        match self {
            Self::Taken => Self::Taken,
            Self::TakenUnread(nullable) => Self::TakenUnread(nullable),
            Self::TakenHere(nullable) | Self::Refused(nullable) => Self::Refused(nullable),
        }
    }

    fn of_property(self, name: &str, known: &[&str]) -> Self {
        match self {
            Self::Taken => Self::Taken,
            Self::TakenHere(nullable) | Self::TakenUnread(nullable) | Self::Refused(nullable) => {
                if nullable.contains(&name) {
                    Self::TakenHere(nullable)
                } else if known.contains(&name) {
                    Self::Refused(nullable)
                } else {
                    Self::TakenUnread(nullable)
                }
            }
        }
    }
}

impl IntoDeserializer<'_, Error> for Objects {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The kinds that a value by itself reads as it should.
macro_rules! as_the_value_does {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
                self.checked()?.$method(visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Objects {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (&self.value, self.nulls) {
            // An `Option` takes this for an answer, and what is in it takes no null.
            (Value::Null, Nulls::TakenUnread(_)) => visitor.visit_some(Value::Null),
            _ => self.visit(&[], visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match (&self.value, self.nulls) {
            (Value::Null, Nulls::Refused(_)) => Err(Error::custom(NULL)),
            (Value::Null, Nulls::Taken | Nulls::TakenHere(_)) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.value.is_array() {
            return Err(Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.visit(fields, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.checked()?.deserialize_enum(name, variants, visitor)
    }

    /// Of a tag. An enum that is told apart by one takes a list as well, with the tag in front.
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_item {
            return Err(Error::invalid_type(Unexpected::Seq, &"an object"));
        }
        self.checked()?.deserialize_identifier(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.checked()?.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_any(visitor)
    }

    as_the_value_does! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        name: String,
        inner: Option<Inner>,
        #[serde(default)]
        list: Vec<Inner>,
        kind: Option<Kind>,
        #[serde(default)]
        shapes: Vec<Shape>,
        value: Option<Number>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "type", rename_all = "lowercase")]
    enum Shape {
        Round {
            radius: Option<i64>,
            depth: Option<Option<Number>>,
        },
        Other(Inner),
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i64),
        List(Vec<i64>),
        Of { number: Option<i64> },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        id: i64,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Small,
    }

    #[test]
    fn an_object_is_a_struct() {
        let json = br#"{"name":"a","inner":{"id":1},"list":[{"id":2}],"kind":"small","other":[]}"#;
        let outer: Outer = from_slice(json, NullRule::ByType).unwrap();
        assert_eq!(outer.name, "a");
        assert_eq!(outer.inner, Some(Inner { id: 1 }));
        assert_eq!(outer.list, [Inner { id: 2 }]);
        assert_eq!(outer.kind, Some(Kind::Small));
    }

    #[test]
    fn a_list_is_no_struct_at_any_depth() {
        for json in [
            r#"["a", null, [], null]"#,
            r#"{"name":"a","inner":[1]}"#,
            r#"{"name":"a","list":[[2]]}"#,
            r#"{"name":"a","shapes":[["round", 1, 2]]}"#,
            r#"{"name":"a","shapes":[["other", 1]]}"#,
        ] {
            assert!(
                from_slice::<Outer>(json.as_bytes(), NullRule::ByType).is_err(),
                "{json}"
            );
        }
    }

    #[test]
    fn a_null_is_refused_where_a_known_property_has_it() {
        let read = |json: &str, names| from_slice::<Outer>(json.as_bytes(), NullRule::Only(names));
        for (json, path) in [
            (r#"{"name":null}"#, "name"),
            (r#"{"name":"a","inner":null}"#, "inner"),
            (r#"{"name":"a","inner":{"id":null}}"#, "inner.id"),
            (r#"{"name":"a","list":[null]}"#, "list.0"),
        ] {
            assert_eq!(read(json, &[]), Err(JsonError::Null(path.to_owned())));
        }
        assert!(read(r#"{"name":"a","other":null}"#, &[]).is_ok());
        assert!(read(r#"{"name":"a","inner":null}"#, &["inner"]).is_ok());
    }

    #[test]
    fn a_null_is_refused_inside_an_enum_too_and_ignored_where_nobody_knows_the_property() {
        let read = |json: &str, names| from_slice::<Outer>(json.as_bytes(), NullRule::Only(names));
        for json in [
            r#"{"name":"a","shapes":[{"type":"round","radius":null}]}"#,
            r#"{"name":"a","shapes":[{"radius":null,"type":"round"}]}"#,
            r#"{"name":"a","shapes":[{"type":"other","id":null}]}"#,
            r#"{"name":"a","shapes":[{"type":null}]}"#,
            r#"{"name":"a","shapes":[{"type":"round","depth":{"number":null}}]}"#,
            r#"{"name":"a","value":{"number":null}}"#,
            r#"{"name":"a","value":[null]}"#,
        ] {
            assert!(read(json, &[]).is_err(), "{json}");
        }
        for json in [
            r#"{"name":"a","shapes":[{"type":"round"},{"type":"round","colour":null}]}"#,
            r#"{"name":"a","shapes":[{"type":"other","id":1,"colour":{"inner":[null]}}]}"#,
            r#"{"name":"a","value":[1]}"#,
        ] {
            assert!(read(json, &[]).is_ok(), "{json}");
        }
        let named = r#"{"name":"a","shapes":[{"type":"round","radius":null}]}"#;
        assert!(read(named, &["radius"]).is_ok());
    }

    #[test]
    fn what_is_wrong_has_its_path() {
        let read = |json: &str| from_slice::<Outer>(json.as_bytes(), NullRule::ByType).unwrap_err();
        assert_eq!(read("{}"), JsonError::Missing("name".to_owned()));
        assert_eq!(
            read(r#"{"name":"a","list":[{}]}"#),
            JsonError::Missing("list.0.id".to_owned())
        );
        assert_eq!(
            read(r#"{"name":"a","list":[{"id":"x"}]}"#),
            JsonError::Type("list.0.id".to_owned())
        );
        assert_eq!(read("{"), JsonError::Syntax { line: 1, column: 1 });
    }
}
