//! Items of a MessageSet on the wire: groups of a type's number and a message.

use super::{END_GROUP, START_GROUP, fields, slot};
use crate::contract::Type;
use crate::dynamic::codec::Codec;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::{Message, Value};
use crate::wire::{self, Reader, TOO_DEEP};

/// The number of an item in a MessageSet, a group.
pub(in crate::dynamic) const ITEM: u32 = 1;
/// The number of the type in an item.
pub(in crate::dynamic) const TYPE_ID: u32 = 2;
/// The number of the message in an item.
pub(in crate::dynamic) const MESSAGE: u32 = 3;

/// Reads an item of a MessageSet whose start tag, at `start`, was just read. Type and message may come in any order; an
/// item whose type is not an extension of the contract is an unknown field, and one without either part is dropped. Of
/// a part that is there twice the first one counts, and nothing else in an item does.
pub(super) fn item<'a>(
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
