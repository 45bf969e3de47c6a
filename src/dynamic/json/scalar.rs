//! Scalars, enum values and keys from JSON. Numbers may be quoted, and may be written with an exponent or a fraction as
//! long as the value is exact.

use std::borrow::Cow;

use super::lexer::Kind;
use super::number::{integer, is_number};
use super::read::Reader;
use super::text;
use crate::contract::{EnumId, Primitive, Scalar};
use crate::dynamic::error::Error;
use crate::dynamic::{Key, Value};

impl<'a> Reader<'a, '_, '_> {
    pub(super) fn scalar(&mut self, scalar: Scalar) -> Result<Value<'a>, Error> {
        match scalar.primitive() {
            Primitive::Bool => match self.lexer.peek()? {
                Kind::Bool => self.lexer.bool().map(Value::Bool),
                Kind::Null | Kind::Number | Kind::String | Kind::Array | Kind::Object => {
                    Err(Error::new("`true` or `false` is expected"))
                }
            },
            Primitive::String => self.text("a string is expected").map(Value::String),
            Primitive::Bytes => {
                let encoded = self.text("a string of base64 is expected")?;
                let bytes = text::bytes(&encoded);
                let bytes = bytes.ok_or_else(|| Error::new("this is no base64"))?;
                Ok(Value::Bytes(bytes.into()))
            }
            Primitive::Double | Primitive::Float => {
                let text = self.numeral()?;
                float(scalar, &text)
            }
            Primitive::Int32 | Primitive::Int64 | Primitive::Uint32 | Primitive::Uint64 => {
                let text = self.numeral()?;
                let value = integer_of(scalar, &text);
                value.ok_or_else(|| no_integer(scalar, &text))
            }
        }
    }

    /// Reads a string, or says what is expected.
    pub(super) fn text(&mut self, expected: &'static str) -> Result<Cow<'a, str>, Error> {
        match self.lexer.peek()? {
            Kind::String => self.lexer.string(),
            Kind::Null | Kind::Bool | Kind::Number | Kind::Array | Kind::Object => {
                Err(Error::new(expected))
            }
        }
    }

    /// The text of a number, which may be in quotes.
    fn numeral(&mut self) -> Result<Cow<'a, str>, Error> {
        match self.lexer.peek()? {
            Kind::Number => self.lexer.number().map(Cow::Borrowed),
            Kind::String => self.lexer.string(),
            Kind::Null | Kind::Bool | Kind::Array | Kind::Object => {
                Err(Error::new("a number is expected"))
            }
        }
    }

    /// Reads a value of an enum; `None` for a name that it does not have and that is passed over.
    pub(super) fn enumeration(&mut self, id: EnumId) -> Result<Option<Value<'a>>, Error> {
        let (enumeration, table) = self.codec.enum_table(id);
        let name = &enumeration.full_name;
        match self.lexer.peek()? {
            Kind::Null if enumeration.is_null_value() => {
                self.lexer.null()?;
                Ok(Some(Value::Enum(0)))
            }
            Kind::String => {
                let text = self.lexer.string()?;
                match table.number(&text) {
                    Some(number) => Ok(Some(Value::Enum(number))),
                    None if self.codec.settings.ignore_unknown => Ok(None),
                    None => Err(Error::new(format!("`{name}` has no value `{text}`"))),
                }
            }
            Kind::Number => {
                let text = self.lexer.number()?;
                let number = integer(text).and_then(|value| i32::try_from(value).ok());
                match number {
                    Some(number) if !enumeration.closed || table.name(number).is_some() => {
                        Ok(Some(Value::Enum(number)))
                    }
                    Some(_) => Err(Error::new(format!(
                        "`{name}` has no value of number {text}"
                    ))),
                    None => Err(no_integer(Scalar::Int32, text)),
                }
            }
            Kind::Null | Kind::Bool | Kind::Array | Kind::Object => Err(Error::new(format!(
                "the name of a value of `{name}` is expected"
            ))),
        }
    }
}

fn no_integer(scalar: Scalar, text: &str) -> Error {
    // A hostile number may be long.
    let shown: String = text.chars().take(40).collect();
    Error::new(format!(
        "`{shown}` is no number of type `{}`",
        scalar.name()
    ))
}

/// The value of a JSON number in an integer type.
fn integer_of<'a>(scalar: Scalar, text: &str) -> Option<Value<'a>> {
    if !is_number(text) {
        return None;
    }
    let value = integer(text)?;
    match Value::zero(scalar) {
        Value::I32(_) => i32::try_from(value).ok().map(Value::I32),
        Value::I64(_) => i64::try_from(value).ok().map(Value::I64),
        Value::U32(_) => u32::try_from(value).ok().map(Value::U32),
        Value::U64(_) => u64::try_from(value).ok().map(Value::U64),
        Value::Bool(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_)
        | Value::Message(_)
        | Value::List(_)
        | Value::Map(_) => None,
    }
}

/// A float or double; one that is too large for its type is an error.
fn float<'a>(scalar: Scalar, text: &str) -> Result<Value<'a>, Error> {
    let special = match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    };
    let is_float = scalar == Scalar::Float;
    if let Some(value) = special {
        return Ok(match is_float {
            true => Value::F32(value as f32),
            false => Value::F64(value),
        });
    }
    let value = match is_number(text) {
        false => None,
        // Read at its own width, or it would be rounded twice.
        true if is_float => text.parse().ok().map(Value::F32),
        true => text.parse().ok().map(Value::F64),
    };
    match value {
        Some(Value::F32(value)) if value.is_infinite() => Err(no_integer(scalar, text)),
        Some(Value::F64(value)) if value.is_infinite() => Err(no_integer(scalar, text)),
        Some(value) => Ok(value),
        None => Err(no_integer(scalar, text)),
    }
}

/// The key of a map's entry.
pub(super) fn key(scalar: Scalar, name: Cow<'_, str>) -> Result<Key<'_>, Error> {
    match scalar {
        Scalar::String => Ok(Key::String(name)),
        Scalar::Bool => match &*name {
            "true" => Ok(Key::Bool(true)),
            "false" => Ok(Key::Bool(false)),
            _ => Err(Error::new("the key `true` or `false` is expected")),
        },
        Scalar::Double
        | Scalar::Float
        | Scalar::Int32
        | Scalar::Int64
        | Scalar::Uint32
        | Scalar::Uint64
        | Scalar::Sint32
        | Scalar::Sint64
        | Scalar::Fixed32
        | Scalar::Fixed64
        | Scalar::Sfixed32
        | Scalar::Sfixed64
        | Scalar::Bytes => integer_of(scalar, &name)
            .and_then(Value::into_key)
            .ok_or_else(|| no_integer(scalar, &name)),
    }
}
