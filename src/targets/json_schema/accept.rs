//! The dialect `accept`: everything that a conforming ProtoJSON parser reads. Wider than the specification in one
//! place: the range of a quoted number with an exponent is not checked.

use serde_json::{Value, json};

use super::dialect::{self, Dialect, Form, Schema, any_of};
use super::options::Unknown;
use super::pattern::{self, Integer, object};
use crate::contract::{Enum, Field, Primitive, Scalar};

/// What parsers read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accept {
    pub(super) unknown: Unknown,
}

impl Dialect for Accept {
    fn scalar(&self, scalar: Scalar) -> Form {
        if let Some(integer) = Integer::of(scalar) {
            let name = match integer {
                Integer::Int32 => "accept-int32",
                Integer::Uint32 => "accept-uint32",
                Integer::Int64 => "accept-int64",
                Integer::Uint64 => "accept-uint64",
            };
            return Form::Shared(name, integer_or_quoted(integer));
        }
        match scalar.primitive() {
            Primitive::Float => Form::Shared("accept-float", float_or_quoted(dialect::float())),
            Primitive::Double => Form::Shared("accept-double", float_or_quoted(dialect::double())),
            Primitive::Bool => Form::Inline(object(json!({ "type": "boolean" }))),
            Primitive::Bytes => {
                let mut schema = pattern::text(pattern::ANY_BASE64);
                schema.insert("contentEncoding".into(), "base64".into());
                Form::Shared("accept-bytes", schema)
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
        let values = &enumeration.values;
        let names: Vec<&str> = values.iter().map(|value| value.name.as_str()).collect();
        let canonical = enumeration.canonical_values().into_iter();
        let numbers: Vec<i32> = canonical.map(|index| values[index].number).collect();
        let name = match self.unknown {
            Unknown::Closed => json!({ "type": "string", "enum": names }),
            Unknown::Open => json!({ "type": "string" }),
        };
        let number = if enumeration.closed {
            json!({ "type": "integer", "enum": numbers })
        } else {
            Value::Object(Integer::Int32.as_number())
        };
        let mut forms = vec![name, number];
        if enumeration.is_null_value() {
            forms.insert(0, json!({ "type": "null" }));
        }
        any_of(forms)
    }

    fn timestamp(&self) -> Schema {
        let mut schema = pattern::text(&pattern::any_timestamp());
        schema.insert("format".into(), "date-time".into());
        schema
    }

    fn duration(&self) -> Schema {
        pattern::text(&pattern::any_duration())
    }

    fn names<'f>(&self, field: &'f Field) -> Vec<&'f str> {
        let mut names = vec![field.json_name.as_str()];
        if field.name != field.json_name.as_str() {
            names.push(&field.name);
        }
        names
    }

    fn null_is_absent(&self) -> bool {
        true
    }

    fn writes_all(&self) -> bool {
        false
    }

    fn writes_enum_numbers(&self) -> bool {
        false
    }

    fn unknown(&self) -> Unknown {
        self.unknown
    }

    fn urn(&self) -> &'static str {
        "urn:protojson-accept:"
    }
}

/// A JSON number in range, or one in quotes: plain (exact), with a fraction of zeros (exact), or with an exponent.
fn integer_or_quoted(integer: Integer) -> Schema {
    let decimal = integer.decimal();
    let quoted = format!("(?:(?:{decimal}|-0)(?:\\.0+)?|{})", pattern::SCIENTIFIC);
    any_of(vec![
        Value::Object(integer.as_number()),
        Value::Object(pattern::text(&quoted)),
    ])
}

/// A JSON number in range, one in quotes, or the name of a value that is no JSON number.
fn float_or_quoted(number: Schema) -> Schema {
    any_of(vec![
        Value::Object(number),
        Value::Object(pattern::text(pattern::NUMERAL)),
        dialect::special_floats(),
    ])
}
