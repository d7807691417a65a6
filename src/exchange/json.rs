//! JSON objects into structs, strictly: an object is never read from a list by position.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::error::Category;
use std::fmt;
use std::marker::PhantomData;

use crate::exchange::{RowError, RowErrorKind};

/// A struct that is read from a JSON object alone; a derived struct also takes a list.
pub(super) struct Object<T>(pub T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FromMap<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for FromMap<T> {
            type Value = Object<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(Object)
            }
        }

        deserializer.deserialize_map(FromMap(PhantomData))
    }
}

/// Reads one whole object from a row's text.
pub(super) fn object<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, RowError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let Object(value) = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let at = error.path().to_string();
        refusal(&error.into_inner(), at)
    })?;
    json.end().map_err(|_| RowErrorKind::NotJson)?;
    Ok(value)
}

/// Keeps the kind and the path of a fault. The parser's own words may repeat values: they go.
fn refusal(error: &serde_json::Error, at: String) -> RowError {
    if error.classify() != Category::Data {
        return RowErrorKind::NotJson.into();
    }
    // The parser tells these apart in words alone; a test holds the words.
    let words = error.to_string();
    let kind = if words.starts_with("duplicate field") {
        RowErrorKind::RepeatedMember
    } else if words.starts_with("missing field") {
        RowErrorKind::MissingMember
    } else if words.starts_with("unknown field") {
        // The path would name the unknown member, which is text of the sender's.
        return RowErrorKind::UnknownMember.into();
    } else if at == "." {
        return RowErrorKind::NotAnObject.into();
    } else {
        RowErrorKind::WrongType
    };
    RowError { kind, at: (at != ".").then_some(at) }
}
