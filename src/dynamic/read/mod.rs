//! The wire format, read as the official runtimes do: last one wins, messages merge, a field of another wire type and an
//! unknown value of a closed enum are unknown fields, packed and expanded lists are both taken.

mod map;
mod message_set;
mod scalar;

pub(super) use message_set::{ITEM, MESSAGE, TYPE_ID};
pub(super) use scalar::NOT_UTF8;

use map::entry;
use message_set::item;
use scalar::value;

use crate::contract::{MessageId, Presence, Shape, Type};
use crate::dynamic::codec::Codec;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::slot::misfit;
use crate::dynamic::table::{Slot, Table};
use crate::dynamic::{DEPTH, Map, Message, Value};
use crate::wire::{self, Reader, TOO_DEEP};

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

/// What is wrong with a field where another wire type is an error.
const WRONG_TYPE: &str = "the field is of another wire type";

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
        return Err(misfit());
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
