//! Entries of maps on the wire: messages of a key and a value.

use super::scalar::{scalar, value, verify_utf8};
use super::{WRONG_TYPE, submessage};
use crate::contract::{Scalar, Type};
use crate::dynamic::codec::Codec;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::table::Slot;
use crate::dynamic::{Key, Value};
use crate::wire::{Reader, TOO_DEEP};

/// Reads an entry of a map. A part that is missing is zero, of a part that is there twice the last one wins, and what an
/// entry does not have is passed over. `None` if the value is an unknown one of a closed enum.
pub(super) fn entry<'a>(
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
