//! Whether all required fields are set, at any depth. Asked after reading and before writing, never in between: a
//! message may be read in pieces.

use super::codec::Codec;
use super::error::{Error, Step};
use super::{Message, Value};

/// An error with the path of the first required field that is missing, in the order of the numbers.
pub(super) fn check(codec: &Codec<'_>, message: &Message<'_>) -> Result<(), Error> {
    let table = codec.table(message.ty());
    if !table.checked {
        return Ok(());
    }
    for slot in &table.slots {
        let found = message.get(slot.field.number);
        match found {
            None if slot.is_required() => {
                return Err(
                    Error::new("a required field is missing").within(Step::Field(slot.name()))
                );
            }
            None => {}
            Some(value) => {
                within(codec, value).map_err(|error| error.within(Step::Field(slot.name())))?;
            }
        }
    }
    Ok(())
}

fn within(codec: &Codec<'_>, value: &Value<'_>) -> Result<(), Error> {
    match value {
        Value::Message(inner) => check(codec, inner),
        Value::List(list) => list.iter().enumerate().try_for_each(|(index, value)| {
            within(codec, value).map_err(|error| error.within(Step::Index(index)))
        }),
        Value::Map(map) => map.iter().try_for_each(|(key, value)| {
            within(codec, value).map_err(|error| error.within(Step::Key(key.to_string())))
        }),
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_) => Ok(()),
    }
}
