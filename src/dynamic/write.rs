//! The wire format, written: fields in the order of their numbers, entries of maps in that of their keys, unknown fields
//! last. One message always gives the same bytes.

use super::codec::{Codec, no_field};
use super::error::{Error, Step, Within as _};
use super::read::{ITEM, MESSAGE, NOT_UTF8, TYPE_ID};
use super::slot::misfit;
use super::table::Slot;
use super::{Key, Message, Value};
use crate::contract::{Presence, Scalar, Shape, Type};
use crate::wire::{put_tag, put_varint};

/// Appends the fields of a message.
pub(super) fn message(
    codec: &Codec<'_>,
    message: &Message<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let table = codec.table(message.ty());
    for (number, value) in message.fields() {
        let slot = table.slot(number).ok_or_else(|| no_field(table, number))?;
        let written = match table.message.message_set {
            true => item(codec, slot, value, out),
            false => field(codec, slot, value, out),
        };
        written.within(|| Step::Field(slot.name()))?;
    }
    out.extend(message.unknown());
    Ok(())
}

fn field(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    value: &Value<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match (slot.field.shape, value) {
        (Shape::Singular { presence, .. }, value)
            if presence == Presence::Implicit && value.is_zero() =>
        {
            Ok(())
        }
        (Shape::Singular { ty, .. }, value) => tagged(codec, slot, ty, value, out),
        (Shape::Repeated { ty, packed: true }, Value::List(list)) => {
            if list.is_empty() {
                return Ok(());
            }
            put_tag(out, number(slot), 2);
            let as_written = (ty, ty.wire_type(false));
            with_length(out, |out| {
                for (index, value) in list.iter().enumerate() {
                    self::value(codec, slot, as_written, value, out)
                        .within(|| Step::Index(index))?;
                }
                Ok(())
            })
        }
        (Shape::Repeated { ty, packed: false }, Value::List(list)) => {
            for (index, value) in list.iter().enumerate() {
                tagged(codec, slot, ty, value, out).within(|| Step::Index(index))?;
            }
            Ok(())
        }
        (Shape::Map { key, value: ty }, Value::Map(map)) => {
            for (of, value) in map {
                put_tag(out, number(slot), 2);
                with_length(out, |out| {
                    put_tag(out, 1, key.wire_type());
                    scalar(slot, key, &Value::from(of), out)?;
                    // Messages in maps are never groups, whatever the feature of the field says.
                    put_tag(out, 2, ty.wire_type(false));
                    self::value(codec, slot, (ty, ty.wire_type(false)), value, out)
                })
                .within(|| Step::Key(of.to_string()))?;
            }
            Ok(())
        }
        (Shape::Repeated { .. } | Shape::Map { .. }, _) => Err(misfit()),
    }
}

fn number(slot: &Slot<'_>) -> u32 {
    u32::try_from(slot.field.number).unwrap_or(0)
}

/// A value with the tag before it and, for a group, the one after it.
fn tagged(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    ty: Type,
    value: &Value<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    put_tag(out, number(slot), slot.wire_type);
    self::value(codec, slot, (ty, slot.wire_type), value, out)?;
    if slot.wire_type == 3 {
        put_tag(out, number(slot), 4);
    }
    Ok(())
}

/// A value without a tag, in the form that the wire type of its tag says.
fn value(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    (ty, wire_type): (Type, u32),
    value: &Value<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match (ty, value) {
        (Type::Scalar(scalar), value) => self::scalar(slot, scalar, value, out),
        (Type::Enum(_), Value::Enum(number)) => {
            put_varint(out, i64::from(*number) as u64);
            Ok(())
        }
        (Type::Message(id), Value::Message(inner)) if inner.ty() == id => match wire_type == 3 {
            true => message(codec, inner, out),
            false => with_length(out, |out| message(codec, inner, out)),
        },
        (Type::Enum(_) | Type::Message(_), _) => Err(misfit()),
    }
}

fn scalar(
    slot: &Slot<'_>,
    scalar: Scalar,
    value: &Value<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    match (scalar, value) {
        (Scalar::Double, Value::F64(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Float, Value::F32(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Int32, Value::I32(value)) => put_varint(out, i64::from(*value) as u64),
        (Scalar::Int64, Value::I64(value)) => put_varint(out, *value as u64),
        (Scalar::Uint32, Value::U32(value)) => put_varint(out, u64::from(*value)),
        (Scalar::Uint64, Value::U64(value)) => put_varint(out, *value),
        (Scalar::Sint32, Value::I32(value)) => {
            put_varint(out, u64::from((value << 1 ^ value >> 31) as u32));
        }
        (Scalar::Sint64, Value::I64(value)) => put_varint(out, (value << 1 ^ value >> 63) as u64),
        (Scalar::Fixed32, Value::U32(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Fixed64, Value::U64(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Sfixed32, Value::I32(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Sfixed64, Value::I64(value)) => out.extend(value.to_le_bytes()),
        (Scalar::Bool, Value::Bool(value)) => out.push(u8::from(*value)),
        (Scalar::String, Value::String(text)) => put(out, text.as_bytes()),
        (Scalar::String, Value::Bytes(_)) if slot.field.verify_utf8 => {
            return Err(Error::new(NOT_UTF8));
        }
        (Scalar::String | Scalar::Bytes, Value::Bytes(bytes)) => put(out, bytes),
        (_, _) => return Err(misfit()),
    }
    Ok(())
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Appends the length of what `body` appends, and that. Most messages are shorter than 128 bytes: one byte is kept for
/// the length, and what was written moves only if that is not enough.
fn with_length(
    out: &mut Vec<u8>,
    body: impl FnOnce(&mut Vec<u8>) -> Result<(), Error>,
) -> Result<(), Error> {
    let start = out.len();
    out.push(0);
    body(out)?;
    let length = out.len() - start - 1;
    if let Ok(length @ 0..0x80) = u8::try_from(length) {
        out[start] = length;
        return Ok(());
    }
    let mut prefix = Vec::with_capacity(10);
    put_varint(&mut prefix, length as u64);
    out.splice(start..=start, prefix);
    Ok(())
}

/// An item of a MessageSet.
fn item(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    value: &Value<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Error> {
    let Value::Message(inner) = value else {
        return Err(misfit());
    };
    put_tag(out, ITEM, 3);
    put_tag(out, TYPE_ID, 0);
    put_varint(out, u64::from(number(slot)));
    put_tag(out, MESSAGE, 2);
    with_length(out, |out| message(codec, inner, out))?;
    put_tag(out, ITEM, 4);
    Ok(())
}

impl std::fmt::Display for Key<'_> {
    /// As a path shows it: text in quotes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::I32(value) => write!(f, "{value}"),
            Self::I64(value) => write!(f, "{value}"),
            Self::U32(value) => write!(f, "{value}"),
            Self::U64(value) => write!(f, "{value}"),
            Self::String(text) => write!(f, "{text:?}"),
            Self::Bytes(bytes) => write!(f, "{:?}", String::from_utf8_lossy(bytes)),
        }
    }
}
