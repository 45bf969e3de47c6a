//! Values on the wire that are no messages.

use crate::contract::{EnumId, Scalar, Type};
use crate::dynamic::Value;
use crate::dynamic::codec::Codec;
use crate::dynamic::table::Slot;
use crate::wire::{Reader, WireError};

/// Reads a value that is no message; `None` for an unknown value of a closed enum.
#[inline]
pub(super) fn value<'a>(
    codec: &Codec<'_>,
    reader: &mut Reader<'a>,
    ty: Type,
    slot: &Slot<'_>,
) -> Result<Option<Value<'a>>, WireError> {
    match ty {
        Type::Scalar(kind) => scalar(reader, kind, verify_utf8(codec, slot)).map(Some),
        Type::Enum(id) => enumeration(codec, reader, id),
        // Messages are read where they are merged.
        Type::Message(_) => Ok(None),
    }
}

fn enumeration<'a>(
    codec: &Codec<'_>,
    reader: &mut Reader<'a>,
    id: EnumId,
) -> Result<Option<Value<'a>>, WireError> {
    let number = reader.varint()? as i32;
    let (enumeration, table) = codec.enum_table(id);
    let is_open = !enumeration.closed || codec.settings.as_prost;
    let known = is_open || table.name(number).is_some();
    Ok(known.then_some(Value::Enum(number)))
}

/// Whether the strings of a field must be UTF-8.
pub(super) fn verify_utf8(codec: &Codec<'_>, slot: &Slot<'_>) -> bool {
    slot.field.verify_utf8 || codec.settings.as_prost
}

/// Reads a scalar. Varints are cut to the width of their type, as all runtimes do.
#[inline]
pub(super) fn scalar<'a>(
    reader: &mut Reader<'a>,
    scalar: Scalar,
    verify_utf8: bool,
) -> Result<Value<'a>, WireError> {
    Ok(match scalar {
        Scalar::Double => Value::F64(f64::from_le_bytes(reader.array()?)),
        Scalar::Float => Value::F32(f32::from_le_bytes(reader.array()?)),
        Scalar::Int32 => Value::I32(reader.varint()? as i32),
        Scalar::Int64 => Value::I64(reader.varint()? as i64),
        Scalar::Uint32 => Value::U32(reader.varint()? as u32),
        Scalar::Uint64 => Value::U64(reader.varint()?),
        Scalar::Sint32 => {
            let value = reader.varint()? as u32;
            Value::I32((value >> 1) as i32 ^ -((value & 1) as i32))
        }
        Scalar::Sint64 => {
            let value = reader.varint()?;
            Value::I64((value >> 1) as i64 ^ -((value & 1) as i64))
        }
        Scalar::Fixed32 => Value::U32(u32::from_le_bytes(reader.array()?)),
        Scalar::Fixed64 => Value::U64(u64::from_le_bytes(reader.array()?)),
        Scalar::Sfixed32 => Value::I32(i32::from_le_bytes(reader.array()?)),
        Scalar::Sfixed64 => Value::I64(i64::from_le_bytes(reader.array()?)),
        Scalar::Bool => Value::Bool(reader.varint()? != 0),
        Scalar::String => {
            let text = reader.delimited()?;
            match std::str::from_utf8(text.rest()) {
                Ok(text) => Value::String(text.into()),
                Err(error) if verify_utf8 => {
                    return Err(WireError {
                        offset: text.offset() + error.valid_up_to(),
                        problem: NOT_UTF8,
                    });
                }
                Err(_) => Value::Bytes(text.rest().into()),
            }
        }
        Scalar::Bytes => Value::Bytes(reader.delimited()?.rest().into()),
    })
}

/// What is wrong with a string that must be text.
pub(in crate::dynamic) const NOT_UTF8: &str = "a string is not valid UTF-8";
