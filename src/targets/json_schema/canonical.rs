//! The dialect `canonical`: exactly what a ProtoJSON serializer writes. Knows the serializer's options (names,
//! presence, enums as integers), not how schemas are put together.

use serde_json::{Value, json};

use super::dialect::{self, Dialect, Form, Schema, any_of};
use super::options::{EnumForm, Names, PresenceRule, Unknown};
use super::pattern::{self, Integer, object};
use crate::contract::{Enum, Field, Primitive, Scalar};

/// What serializers write, under their options.
#[derive(Debug, Clone, Copy)]
pub(super) struct Canonical {
    pub(super) unknown: Unknown,
    pub(super) names: Names,
    pub(super) presence: PresenceRule,
    pub(super) enums: EnumForm,
}

impl Dialect for Canonical {
    fn scalar(&self, scalar: Scalar) -> Form {
        if let Some(integer) = Integer::of(scalar) {
            return if integer.is_quoted() {
                dialect::decimal(integer)
            } else {
                Form::Inline(integer.as_number())
            };
        }
        match scalar.primitive() {
            Primitive::Float => Form::Shared("number-float", or_special(dialect::float())),
            Primitive::Double => Form::Shared("number-double", or_special(dialect::double())),
            Primitive::Bool => Form::Inline(object(json!({ "type": "boolean" }))),
            Primitive::Bytes => {
                let mut schema = pattern::text(pattern::BASE64);
                schema.insert("contentEncoding".into(), "base64".into());
                Form::Shared("text-base64", schema)
            }
            // Integers are done.
            Primitive::String
            | Primitive::Int32
            | Primitive::Int64
            | Primitive::Uint32
            | Primitive::Uint64 => Form::Inline(object(json!({ "type": "string" }))),
        }
    }

    fn enumeration(&self, enumeration: &Enum) -> Schema {
        if enumeration.is_null_value() {
            return object(match self.enums {
                EnumForm::Name => json!({ "type": "null" }),
                // Serializers disagree: most write `null` all the same, google's for Python the number.
                EnumForm::Integer => json!({ "enum": [null, 0] }),
            });
        }
        let canonical = enumeration.canonical_values().into_iter();
        let (numbers, names): (Vec<i32>, Vec<&str>) = canonical
            .map(|index| &enumeration.values[index])
            .map(|value| (value.number, value.name.as_str()))
            .unzip();
        match (self.enums, enumeration.closed) {
            (EnumForm::Name, true) => object(json!({ "type": "string", "enum": names })),
            (EnumForm::Name, false) => {
                let mut unknown = Integer::Int32.as_number();
                unknown.insert("not".into(), json!({ "enum": numbers }));
                any_of(vec![
                    json!({ "type": "string", "enum": names }),
                    Value::Object(unknown),
                ])
            }
            (EnumForm::Integer, true) => object(json!({ "type": "integer", "enum": numbers })),
            (EnumForm::Integer, false) => Integer::Int32.as_number(),
        }
    }

    fn timestamp(&self) -> Schema {
        let mut schema = pattern::text(&pattern::timestamp());
        schema.insert("format".into(), "date-time".into());
        schema
    }

    fn duration(&self) -> Schema {
        pattern::text(&pattern::duration())
    }

    fn names<'f>(&self, field: &'f Field) -> Vec<&'f str> {
        match self.names {
            Names::Json => vec![field.json_name.as_str()],
            Names::Proto => vec![&field.name],
        }
    }

    fn null_is_absent(&self) -> bool {
        false
    }

    fn writes_all(&self) -> bool {
        self.presence == PresenceRule::Always
    }

    fn writes_enum_numbers(&self) -> bool {
        self.enums == EnumForm::Integer
    }

    fn unknown(&self) -> Unknown {
        self.unknown
    }

    fn urn(&self) -> &'static str {
        "urn:protojson:"
    }
}

/// A number or the name of a value that is no JSON number.
fn or_special(number: Schema) -> Schema {
    any_of(vec![Value::Object(number), dialect::special_floats()])
}
