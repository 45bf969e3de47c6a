//! The values that are tried: the ends of each type's range, and what tells types apart. Decides what is worth trying;
//! knows nothing of readers.

use crate::contract::{Contract, EnumId, Field, MessageId, Scalar, Shape, Type};
use crate::dynamic::{Map, Message, Value};

/// The fields of an inner message that both sides read alike, so that a difference is one of the field around it; `None`
/// if the other side has no such message at all, and any field will do.
pub(super) type Common<'f> = &'f dyn Fn(MessageId) -> Option<Vec<i32>>;

/// What a field may hold; `None` is nothing. Plain values first: the first one that fails is shown.
pub(super) fn states(
    contract: &Contract,
    field: &Field,
    common: Common<'_>,
) -> Vec<Option<Value<'static>>> {
    let values = |ty| values(contract, ty, field.verify_utf8, common);
    let mut states = vec![None];
    match field.shape {
        Shape::Singular { ty, .. } => states.extend(values(ty).into_iter().map(Some)),
        Shape::Repeated { ty, .. } => {
            let values = values(ty);
            let several: Vec<Value<'static>> = values.iter().skip(1).take(2).cloned().collect();
            if several.len() == 2 {
                states.push(Some(Value::List(several)));
            }
            states.extend(
                values
                    .into_iter()
                    .map(|value| Some(Value::List(vec![value]))),
            );
        }
        Shape::Map { key, value } => {
            let keys = scalars(key, field.verify_utf8);
            let values = values(value);
            let sample = values.get(1).or(values.first()).cloned();
            let some = keys.get(1).cloned();
            let entry = |key: Value<'static>, value: Value<'static>| {
                let mut map = Map::new();
                map.insert(key.into_key()?, value);
                Some(Some(Value::Map(map)))
            };
            if let Some(sample) = sample {
                let of = keys.into_iter().map(|key| entry(key, sample.clone()));
                states.extend(of.flatten());
            }
            if let Some(key) = some {
                let of = values.into_iter().map(|value| entry(key.clone(), value));
                states.extend(of.flatten());
            }
        }
    }
    states
}

/// A value that is not the default of its type, for a field that is only to be there.
pub(super) fn sample(contract: &Contract, field: &Field) -> Option<Value<'static>> {
    let any = |_: MessageId| None;
    match field.shape {
        Shape::Singular { ty, .. } => {
            let values = values(contract, ty, true, &any);
            let plain = values.iter().find(|value| !value.is_zero());
            plain.or(values.first()).cloned()
        }
        Shape::Repeated { .. } | Shape::Map { .. } => {
            states(contract, field, &any).into_iter().flatten().next()
        }
    }
}

fn values(
    contract: &Contract,
    ty: Type,
    verify_utf8: bool,
    common: Common<'_>,
) -> Vec<Value<'static>> {
    match ty {
        Type::Scalar(scalar) => scalars(scalar, verify_utf8),
        Type::Enum(id) => numbers(contract, id),
        Type::Message(id) => messages(contract, id, common),
    }
}

/// The default first, then a plain value, then the ends of the range and what other types read as something else.
fn scalars(scalar: Scalar, verify_utf8: bool) -> Vec<Value<'static>> {
    let list = |values: &[f64]| values.to_vec();
    match scalar {
        Scalar::Bool => vec![Value::Bool(false), Value::Bool(true)],
        Scalar::Int32 | Scalar::Sint32 | Scalar::Sfixed32 => {
            [0, 1, 2, -1, i32::MAX, i32::MIN].map(Value::I32).to_vec()
        }
        Scalar::Uint32 | Scalar::Fixed32 => [0, 1, 2, u32::MAX].map(Value::U32).to_vec(),
        Scalar::Int64 | Scalar::Sint64 | Scalar::Sfixed64 => {
            [0, 1, 2, -1, 1 << 32, (1 << 53) + 1, i64::MAX, i64::MIN]
                .map(Value::I64)
                .to_vec()
        }
        Scalar::Uint64 | Scalar::Fixed64 => [0, 1, 2, 1 << 32, (1 << 53) + 1, u64::MAX]
            .map(Value::U64)
            .to_vec(),
        Scalar::Float => [0.0, 1.0, 1.5, -1.0, 0.1, f32::MAX]
            .map(Value::F32)
            .to_vec(),
        Scalar::Double => list(&[0.0, 1.0, 1.5, -1.0, 0.1, 1e300])
            .into_iter()
            .map(Value::F64)
            .collect(),
        Scalar::String => {
            let mut values: Vec<Value<'static>> = ["", "a", "1", "YWI="].map(Value::from).to_vec();
            if !verify_utf8 {
                values.push(Value::Bytes(vec![0xff].into()));
            }
            values
        }
        Scalar::Bytes => [&b""[..], b"a", b"\x08\x01", b"\xff"]
            .map(|bytes| Value::Bytes(bytes.into()))
            .to_vec(),
    }
}

/// The numbers of an enum that are worth a trial: the named ones, and where it is open two that nobody named.
fn numbers(contract: &Contract, id: EnumId) -> Vec<Value<'static>> {
    let enumeration = contract.enumeration(id);
    let mut numbers: Vec<i32> = vec![enumeration.default_number()];
    for value in enumeration.values.iter().take(MOST_VALUES) {
        if !numbers.contains(&value.number) {
            numbers.push(value.number);
        }
    }
    if !enumeration.closed {
        numbers.push(unnamed(contract, &[id]));
        if enumeration.value(-1).is_none() {
            numbers.push(-1);
        }
    }
    numbers.into_iter().map(Value::Enum).collect()
}

/// As many values of an enum are tried.
const MOST_VALUES: usize = 256;

/// The lowest number from 1 that none of these enums has a name for.
fn unnamed(contract: &Contract, ids: &[EnumId]) -> i32 {
    let named = |number: &i32| {
        ids.iter()
            .any(|&id| contract.enumeration(id).value(*number).is_some())
    };
    (1..i32::MAX)
        .find(|number| !named(number))
        .unwrap_or(i32::MAX)
}

/// An empty message, and messages with one field that both sides know, the lowest by number. Where the other side has no
/// message at all, what becomes of the bytes depends on what is in them: one field of each type is tried.
fn messages(contract: &Contract, id: MessageId, common: Common<'_>) -> Vec<Value<'static>> {
    let mut found = vec![Value::from(Message::new(id))];
    let known = common(id);
    let mut tried: Vec<Scalar> = Vec::new();
    for field in contract.message(id).fields_by_number() {
        let Shape::Singular {
            ty: Type::Scalar(scalar),
            ..
        } = field.shape
        else {
            continue;
        };
        let is_wanted = match &known {
            Some(numbers) => tried.is_empty() && numbers.contains(&field.number),
            None => !tried.contains(&scalar),
        };
        if scalar == Scalar::Bool || !is_wanted {
            continue;
        }
        tried.push(scalar);
        for value in scalars(scalar, true).into_iter().skip(1) {
            let mut message = Message::new(id);
            message.set(field.number, value);
            found.push(Value::from(message));
        }
    }
    found
}
