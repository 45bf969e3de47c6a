//! The default of a field as a value (Avro specification, "Complex Types", table of default values), and the plainest
//! value of a field that has none. Knows no contract.

use serde_json::Value as Json;

use super::Value;
use crate::avro::schema::{Body, Field, Kind, Node, Primitive, Types};

/// The value that the JSON stands for; `None` if it is no default of the schema. Of a union it is the first branch's;
/// later ones are taken as well, as current specifications want it.
pub(super) fn value(types: &Types, node: &Node, json: &Json) -> Option<Value<'static>> {
    match &node.kind {
        Kind::Primitive(primitive) => primitive_value(*primitive, json),
        Kind::Array(items) => {
            let values = json
                .as_array()?
                .iter()
                .map(|item| value(types, items, item));
            values.collect::<Option<Vec<_>>>().map(Value::Array)
        }
        Kind::Map(values) => {
            let entries = json.as_object()?.iter();
            let entries =
                entries.map(|(key, item)| Some((key.clone().into(), value(types, values, item)?)));
            entries.collect::<Option<Vec<_>>>().map(Value::Map)
        }
        Kind::Union(branches) => branches.iter().enumerate().find_map(|(index, branch)| {
            let inner = value(types, branch, json)?;
            Some(Value::Union(index, Box::new(inner)))
        }),
        Kind::Named(id) => match &types.get(*id).body {
            Body::Record(fields) => {
                let object = json.as_object()?;
                let values = fields.iter().map(|field| {
                    let json = object.get(&field.name).or(field.default.as_ref())?;
                    value(types, &field.node, json)
                });
                values.collect::<Option<Vec<_>>>().map(Value::Record)
            }
            Body::Enum { symbols, .. } => {
                let symbol = json.as_str()?;
                symbols.iter().position(|it| it == symbol).map(Value::Enum)
            }
            Body::Fixed(size) => {
                let bytes = bytes(json)?;
                (bytes.len() == *size).then(|| Value::Bytes(bytes.into()))
            }
        },
    }
}

/// The plainest value of a schema, for a field without a default; deeper records than this are null.
pub(super) fn zero(types: &Types, node: &Node, depth: usize) -> Value<'static> {
    match &node.kind {
        Kind::Primitive(primitive) => match primitive {
            Primitive::Null => Value::Null,
            Primitive::Boolean => Value::Boolean(false),
            Primitive::Int => Value::Int(0),
            Primitive::Long => Value::Long(0),
            Primitive::Float => Value::Float(0.0),
            Primitive::Double => Value::Double(0.0),
            Primitive::Bytes => Value::Bytes(Vec::new().into()),
            Primitive::String => Value::String("".into()),
        },
        Kind::Array(_) => Value::Array(Vec::new()),
        Kind::Map(_) => Value::Map(Vec::new()),
        Kind::Union(branches) => match branches.first() {
            Some(first) => Value::Union(0, Box::new(zero(types, first, depth))),
            None => Value::Null,
        },
        Kind::Named(id) => match (&types.get(*id).body, depth.checked_sub(1)) {
            (Body::Record(fields), Some(depth)) => {
                let of = |field: &Field| match &field.default {
                    Some(json) => value(types, &field.node, json).unwrap_or(Value::Null),
                    None => zero(types, &field.node, depth),
                };
                Value::Record(fields.iter().map(of).collect())
            }
            (Body::Record(_), None) => Value::Null,
            (Body::Enum { .. }, _) => Value::Enum(0),
            (Body::Fixed(size), _) => Value::Bytes(vec![0; *size].into()),
        },
    }
}

fn primitive_value(primitive: Primitive, json: &Json) -> Option<Value<'static>> {
    Some(match primitive {
        Primitive::Null => json.is_null().then_some(Value::Null)?,
        Primitive::Boolean => Value::Boolean(json.as_bool()?),
        Primitive::Int => Value::Int(i32::try_from(json.as_i64()?).ok()?),
        Primitive::Long => Value::Long(json.as_i64()?),
        Primitive::Float => Value::Float(json.as_f64()? as f32),
        Primitive::Double => Value::Double(json.as_f64()?),
        Primitive::Bytes => Value::Bytes(bytes(json)?.into()),
        Primitive::String => Value::String(json.as_str()?.to_owned().into()),
    })
}

/// Bytes stand as the characters of the same numbers.
fn bytes(json: &Json) -> Option<Vec<u8>> {
    let chars = json.as_str()?.chars();
    chars.map(|c| u8::try_from(u32::from(c)).ok()).collect()
}
