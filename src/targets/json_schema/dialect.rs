//! The strategy by which the dialects differ: how a value of each kind looks, under which names a field stands, what
//! `null` means. What is the same in all dialects (messages, lists, maps, bundles) is not here.

use serde_json::{Map, Value, json};

use super::accept::Accept;
use super::canonical::Canonical;
use super::options::{DialectName, Options, Unknown};
use super::pattern::{self, Integer, object};
use crate::contract::{Enum, Field, Scalar, WellKnown};

/// A JSON Schema under construction: keywords in the order in which they are written.
pub(super) type Schema = Map<String, Value>;

/// Which documents the schemas describe.
pub(super) trait Dialect {
    /// The schema of a scalar value.
    fn scalar(&self, scalar: Scalar) -> Form;

    /// The schema of the values of an enum, `google.protobuf.NullValue` included.
    fn enumeration(&self, enumeration: &Enum) -> Schema;

    /// The schema of a `google.protobuf.Timestamp`.
    fn timestamp(&self) -> Schema;

    /// The schema of a `google.protobuf.Duration`.
    fn duration(&self) -> Schema;

    /// The names under which a field (no extension) may stand, the preferred one first.
    fn names<'f>(&self, field: &'f Field) -> Vec<&'f str>;

    /// Whether `null` stands for an absent field.
    fn null_is_absent(&self) -> bool;

    /// Whether fields without presence are always there.
    fn writes_all(&self) -> bool;

    /// Whether enum values are numbers.
    fn writes_enum_numbers(&self) -> bool;

    /// What becomes of properties that the contract does not know.
    fn unknown(&self) -> Unknown;

    /// What the default `$id` of a schema starts with. The dialects have different ids, because one id must not name
    /// two schemas.
    fn urn(&self) -> &'static str;
}

/// A schema, and whether it is long enough to be written once and referred to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Form {
    /// It stands where it is used.
    Inline(Schema),
    /// It stands in `$defs` under this name, which is no protobuf name: it holds a hyphen.
    Shared(&'static str, Schema),
}

/// The dialect that the options ask for.
pub(super) fn of(options: &Options) -> Box<dyn Dialect> {
    match options.dialect {
        DialectName::Canonical => Box::new(Canonical {
            unknown: options.unknown,
            names: options.names,
            presence: options.presence,
            enums: options.enums,
        }),
        DialectName::Accept => Box::new(Accept {
            unknown: options.unknown,
        }),
    }
}

/// The schema of a map's keys; `None` where every string will do. ProtoJSON writes them all as strings.
pub(super) fn map_key(key: Scalar) -> Option<Form> {
    if let Some(integer) = Integer::of(key) {
        return Some(decimal(integer));
    }
    (key == Scalar::Bool).then(|| Form::Inline(object(json!({ "enum": ["true", "false"] }))))
}

/// An integer in plain decimal notation, as a string.
pub(super) fn decimal(integer: Integer) -> Form {
    let name = match integer {
        Integer::Int32 => "decimal-int32",
        Integer::Uint32 => "decimal-uint32",
        Integer::Int64 => "decimal-int64",
        Integer::Uint64 => "decimal-uint64",
    };
    Form::Shared(name, pattern::text(&integer.decimal()))
}

/// The numbers that round to a finite float.
///
/// Serializers write the largest float as `3.4028235e+38`, which as a double is *above* the largest float; so the bound
/// is the midpoint between it and what would be the next one.
pub(super) fn float() -> Schema {
    let bound = 3.402_823_567_797_336_6e38_f64;
    object(json!({ "type": "number", "exclusiveMinimum": -bound, "exclusiveMaximum": bound }))
}

/// The finite doubles. The bounds are needed because many JSON parsers read `1.9e308` as infinity.
pub(super) fn double() -> Schema {
    object(json!({ "type": "number", "minimum": f64::MIN, "maximum": f64::MAX }))
}

/// The names of the floating-point values that JSON has no number for.
pub(super) fn special_floats() -> Value {
    json!({ "enum": ["NaN", "Infinity", "-Infinity"] })
}

/// The schema of a well-known message.
pub(super) fn well_known(dialect: &dyn Dialect, known: WellKnown) -> Form {
    Form::Inline(match known {
        WellKnown::Wrapper(scalar) => return dialect.scalar(scalar),
        WellKnown::Timestamp => dialect.timestamp(),
        WellKnown::Duration => dialect.duration(),
        WellKnown::FieldMask => pattern::text(pattern::FIELD_MASK),
        WellKnown::Any => object(json!({
            "type": "object",
            "properties": { "@type": { "type": "string", "pattern": "/[^/]+$" } },
            // An empty Any has no type.
            "anyOf": [{ "required": ["@type"] }, { "maxProperties": 0 }],
        })),
        WellKnown::Struct => object(json!({ "type": "object" })),
        WellKnown::ListValue => object(json!({ "type": "array" })),
        // Not `true`: some consumers (AsyncAPI among them) know no boolean schemas.
        WellKnown::Value => Schema::new(),
        WellKnown::Empty => object(match dialect.unknown() {
            Unknown::Closed => json!({ "type": "object", "additionalProperties": false }),
            Unknown::Open => json!({ "type": "object" }),
        }),
    })
}

/// A schema that one of the schemas given allows.
pub(super) fn any_of(schemas: Vec<Value>) -> Schema {
    object(json!({ "anyOf": schemas }))
}
