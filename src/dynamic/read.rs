//! The wire format, read as the official runtimes do: last one wins, messages merge, a field of another wire type and an
//! unknown value of a closed enum are unknown fields, packed and expanded lists are both taken.

use super::codec::Codec;
use super::error::{Error, Step, Within as _};
use super::table::{Slot, Table};
use super::{DEPTH, Key, Map, Message, Value};
use crate::contract::{EnumId, MessageId, Presence, Scalar, Shape, Type};
use crate::wire::{self, Reader, TOO_DEEP, WireError};

/// Reads a whole message; required fields may be missing.
pub(super) fn message<'a>(
    codec: &Codec<'_>,
    ty: MessageId,
    bytes: &'a [u8],
) -> Result<Message<'a>, Error> {
    let mut message = Message::new(ty);
    let mut reader = Reader::new(bytes);
    fields(codec, &mut reader, &mut message, None, DEPTH)?;
    Ok(message)
}

/// Reads fields up to the end, or up to the end tag of `group`. `depth` is how many more messages may be nested.
fn fields<'a>(
    codec: &Codec<'_>,
    reader: &mut Reader<'a>,
    message: &mut Message<'a>,
    group: Option<u32>,
    depth: usize,
) -> Result<(), Error> {
    let table = codec.table(message.ty());
    while !reader.is_empty() {
        let start = *reader;
        let (number, wire_type) = reader.tag()?;
        if wire_type == END_GROUP {
            return match group == Some(number) {
                true => Ok(()),
                false => Err(start.error("a group ends that was not begun").into()),
            };
        }
        if table.message.message_set && (number, wire_type) == (ITEM, START_GROUP) {
            item(codec, start, reader, message, depth)?;
            continue;
        }
        let known = match slot(table, number) {
            Some(slot) => field(
                codec,
                table,
                slot,
                (start, wire_type),
                reader,
                message,
                depth,
            )?,
            None => false,
        };
        if !known {
            reader.skip(number, wire_type, depth)?;
            if !codec.settings.as_prost {
                message.unknown_mut().extend(reader.since(start.position()));
            }
        }
    }
    match group {
        None => Ok(()),
        Some(_) => Err(reader.error("a group does not end").into()),
    }
}

const START_GROUP: u32 = 3;
const END_GROUP: u32 = 4;

#[inline]
fn slot<'t, 'c>(table: &'t Table<'c>, number: u32) -> Option<&'t Slot<'c>> {
    table.slot(i32::try_from(number).ok()?)
}

/// Reads the value of a known field whose tag, at `start`, was just read. False, and nothing is read, if the wire type is
/// another one.
fn field<'a>(
    codec: &Codec<'_>,
    table: &Table<'_>,
    slot: &Slot<'_>,
    (start, wire_type): (Reader<'a>, u32),
    reader: &mut Reader<'a>,
    message: &mut Message<'a>,
    depth: usize,
) -> Result<bool, Error> {
    let packed = slot.packable && wire_type == 2;
    if slot.wire_type != wire_type && !packed {
        // prost does not look at the wire type of a map: whatever it is, a length is read.
        let is_map = matches!(slot.field.shape, Shape::Map { .. });
        match codec.settings.as_prost {
            true if is_map => {}
            true => {
                return Err(Error::from(start.error(WRONG_TYPE)).within(Step::Field(slot.name())));
            }
            false => return Ok(false),
        }
    }
    let number = slot.field.number;
    match slot.field.shape {
        Shape::Singular {
            ty: Type::Message(id),
            ..
        } => {
            slot.clear_oneof(table, message);
            let value = message.get_or_insert_with(number, || Value::from(Message::new(id)));
            submessage(codec, reader, value, (id, slot), depth)
                .within(|| Step::Field(slot.name()))?;
        }
        Shape::Singular { ty, presence } => {
            let value = value(codec, reader, ty, slot).within(|| Step::Field(slot.name()))?;
            match value {
                None => message.unknown_mut().extend(reader.since(start.position())),
                Some(value) if presence == Presence::Implicit && value.is_zero() => {
                    message.remove(number);
                }
                Some(value) => {
                    slot.clear_oneof(table, message);
                    message.set(number, value);
                }
            }
        }
        Shape::Repeated { ty, .. } => {
            list(codec, slot, ty, (start, packed), reader, message, depth)?;
        }
        Shape::Map { key, value } => {
            let entry = entry(codec, slot, (key, value), reader.delimited()?, depth)
                .within(|| Step::Field(slot.name()))?;
            match entry {
                None => message.unknown_mut().extend(reader.since(start.position())),
                Some((key, value)) => {
                    let map = message.get_or_insert_with(number, || Value::Map(Map::new()));
                    if let Value::Map(map) = map {
                        map.insert(key, value);
                    }
                }
            }
        }
    }
    Ok(true)
}

/// Reads a message into the value of a field, which it merges with.
fn submessage<'a>(
    codec: &Codec<'_>,
    reader: &mut Reader<'a>,
    value: &mut Value<'a>,
    (id, slot): (MessageId, &Slot<'_>),
    depth: usize,
) -> Result<(), Error> {
    if value.as_message().is_none_or(|inner| inner.ty() != id) {
        *value = Value::from(Message::new(id));
    }
    let Value::Message(inner) = value else {
        return Ok(());
    };
    let depth = depth.checked_sub(1).ok_or_else(|| reader.error(TOO_DEEP))?;
    if slot.wire_type == START_GROUP {
        let group = u32::try_from(slot.field.number).ok();
        return fields(codec, reader, inner, group, depth);
    }
    fields(codec, &mut reader.delimited()?, inner, None, depth)
}

/// Reads the elements of a list: one, or a packed run of them.
fn list<'a>(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    ty: Type,
    (start, packed): (Reader<'a>, bool),
    reader: &mut Reader<'a>,
    message: &mut Message<'a>,
    depth: usize,
) -> Result<(), Error> {
    let number = slot.field.number;
    let mut unknown = Vec::new();
    let mut run = match packed {
        true => reader.delimited().within(|| Step::Field(slot.name()))?,
        false => *reader,
    };
    if packed && run.is_empty() {
        return Ok(());
    }
    let value_of_field = message.get_or_insert_with(number, || Value::List(Vec::new()));
    let Value::List(list) = value_of_field else {
        return Err(super::codec::misfit());
    };
    loop {
        let index = list.len();
        let before = run;
        let path = |error: Error| {
            error
                .within(Step::Index(index))
                .within(Step::Field(slot.name()))
        };
        if let Type::Message(id) = ty {
            list.push(Value::from(Message::new(id)));
            submessage(codec, &mut run, &mut list[index], (id, slot), depth).map_err(path)?;
        } else {
            match value(codec, &mut run, ty, slot).map_err(|error| path(error.into()))? {
                Some(value) => list.push(value),
                None if packed => {
                    wire::put_tag(&mut unknown, u32::try_from(number).unwrap_or(0), 0);
                    unknown.extend(run.since(before.position()));
                }
                None => unknown.extend(run.since(start.position())),
            }
        }
        if !packed || run.is_empty() {
            break;
        }
    }
    if list.is_empty() {
        message.remove(number);
    }
    message.unknown_mut().append(&mut unknown);
    if !packed {
        *reader = run;
    }
    Ok(())
}

/// Reads a value that is no message; `None` for an unknown value of a closed enum.
#[inline]
fn value<'a>(
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
fn verify_utf8(codec: &Codec<'_>, slot: &Slot<'_>) -> bool {
    slot.field.verify_utf8 || codec.settings.as_prost
}

/// What is wrong with a field where another wire type is an error.
const WRONG_TYPE: &str = "the field is of another wire type";

/// Reads a scalar. Varints are cut to the width of their type, as all runtimes do.
#[inline]
fn scalar<'a>(
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
pub(super) const NOT_UTF8: &str = "a string is not valid UTF-8";

/// Reads an entry of a map. A part that is missing is zero, of a part that is there twice the last one wins, and what an
/// entry does not have is passed over. `None` if the value is an unknown one of a closed enum.
fn entry<'a>(
    codec: &Codec<'_>,
    slot: &Slot<'_>,
    (key_type, value_type): (Scalar, Type),
    mut reader: Reader<'a>,
    depth: usize,
) -> Result<Option<(Key<'a>, Value<'a>)>, Error> {
    let start = reader;
    // An entry is no level of its own, but for prost.
    let level = usize::from(codec.settings.as_prost);
    let depth = depth
        .checked_sub(level)
        .ok_or_else(|| reader.error(TOO_DEEP))?;
    let mut key = Value::zero(key_type);
    let mut value_now = codec.zero(value_type);
    let mut known = true;
    while !reader.is_empty() {
        let (number, wire_type) = reader.tag()?;
        match number {
            1 if wire_type == key_type.wire_type() => {
                key = scalar(&mut reader, key_type, verify_utf8(codec, slot))?;
            }
            2 if wire_type == value_type.wire_type(false) => {
                if let Type::Message(id) = value_type {
                    submessage(codec, &mut reader, &mut value_now, (id, slot), depth)
                        .within(|| Step::Key(shown(&key)))?;
                } else {
                    let read = value(codec, &mut reader, value_type, slot)
                        .within(|| Step::Key(shown(&key)))?;
                    known = read.is_some();
                    value_now = read.unwrap_or(value_now);
                }
            }
            1 | 2 if codec.settings.as_prost => return Err(reader.error(WRONG_TYPE).into()),
            _ => reader.skip(number, wire_type, depth)?,
        }
    }
    if !known {
        return Ok(None);
    }
    let key = key
        .into_key()
        .ok_or_else(|| Error::new("a map has keys that cannot be one").at(start.offset()))?;
    Ok(Some((key, value_now)))
}

/// A key as paths show it.
fn shown(key: &Value<'_>) -> String {
    key.clone()
        .into_key()
        .map_or_else(String::new, |key| key.to_string())
}

/// The number of an item in a MessageSet, a group.
pub(super) const ITEM: u32 = 1;
/// The number of the type in an item.
pub(super) const TYPE_ID: u32 = 2;
/// The number of the message in an item.
pub(super) const MESSAGE: u32 = 3;

/// Reads an item of a MessageSet whose start tag, at `start`, was just read. Type and message may come in any order; an
/// item whose type is not an extension of the contract is an unknown field, and one without either part is dropped. Of
/// a part that is there twice the first one counts, and nothing else in an item does.
fn item<'a>(
    codec: &Codec<'_>,
    start: Reader<'a>,
    reader: &mut Reader<'a>,
    message: &mut Message<'a>,
    depth: usize,
) -> Result<(), Error> {
    let mut type_id = None;
    let mut content: Option<Reader<'a>> = None;
    loop {
        let (number, wire_type) = match reader.is_empty() {
            true => return Err(start.error("a group does not end").into()),
            false => reader.tag()?,
        };
        match (number, wire_type) {
            (ITEM, END_GROUP) => break,
            (TYPE_ID, 0) => {
                let found = reader.varint()? as u32;
                type_id = type_id.or(Some(found));
            }
            (MESSAGE, 2) => {
                let found = reader.delimited()?;
                content = content.or(Some(found));
            }
            _ => reader.skip(number, wire_type, depth)?,
        }
    }
    let table = codec.table(message.ty());
    let (Some(type_id), Some(mut content)) = (type_id, content) else {
        return Ok(());
    };
    let known = slot(table, type_id).and_then(|slot| match slot.field.shape.value_type() {
        Type::Message(id) => Some((slot, id)),
        Type::Scalar(_) | Type::Enum(_) => None,
    });
    let Some((slot, id)) = known else {
        let out = message.unknown_mut();
        wire::put_tag(out, ITEM, START_GROUP);
        wire::put_tag(out, TYPE_ID, 0);
        wire::put_varint(out, u64::from(type_id));
        wire::put_bytes(out, MESSAGE, content.rest());
        wire::put_tag(out, ITEM, END_GROUP);
        return Ok(());
    };
    let value = message.get_or_insert_with(slot.field.number, || Value::from(Message::new(id)));
    let depth = depth.checked_sub(1).ok_or_else(|| start.error(TOO_DEEP))?;
    if let Value::Message(inner) = value {
        fields(codec, &mut content, inner, None, depth).within(|| Step::Field(slot.name()))?;
    }
    Ok(())
}
