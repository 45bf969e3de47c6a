//! What the chapter of the book says is lost, as code: a message as it must come back.

use xlc::avro::mapping::{Enums, Timestamp};
use xlc::contract::{Type, WellKnown};
use xlc::dynamic::{Codec, Map, Message, Value};
use xlc::targets::avro::Options;

/// The message without what Avro loses under these options; `None` if it cannot be said at all.
pub(crate) fn lose<'a>(
    codec: &Codec<'_>,
    options: &Options,
    message: &Message<'a>,
) -> Option<Message<'a>> {
    let ty = codec.contract().message(message.ty());
    let mut kept = Message::new(message.ty());
    if ty.well_known == Some(WellKnown::Timestamp) && options.timestamp != Timestamp::Record {
        return timestamp(codec, options, message);
    }
    let is_json = matches!(
        ty.well_known,
        Some(WellKnown::Struct | WellKnown::Value | WellKnown::ListValue)
    );
    for (number, value) in message.fields() {
        // Extensions and unknown fields are no fields of the definition.
        let Some(field) = ty.fields.iter().find(|field| field.number == number) else {
            continue;
        };
        let of = field.shape.value_type();
        let value = if is_json {
            value.clone()
        } else if let Value::List(list) = value {
            let list = list.iter().map(|value| single(codec, options, of, value));
            Value::List(list.collect::<Option<_>>()?)
        } else if let Value::Map(map) = value {
            let entries = map
                .iter()
                .map(|(key, value)| Some((key.clone(), single(codec, options, of, value)?)));
            Value::Map(entries.collect::<Option<Map<'_>>>()?)
        } else {
            single(codec, options, of, value)?
        };
        codec.set(&mut kept, number, value).expect("it fits");
    }
    Some(kept)
}

fn single<'a>(
    codec: &Codec<'_>,
    options: &Options,
    ty: Type,
    value: &Value<'a>,
) -> Option<Value<'a>> {
    Some(match (ty, value) {
        (_, Value::Message(message)) => Value::from(lose(codec, options, message)?),
        (Type::Enum(id), Value::Enum(number)) if options.enums == Enums::Enum => {
            let enumeration = codec.contract().enumeration(id);
            match enumeration.value(*number) {
                Some(_) => Value::Enum(*number),
                None => Value::Enum(enumeration.default_number()),
            }
        }
        (_, value) => value.clone(),
    })
}

fn timestamp<'a>(
    codec: &Codec<'_>,
    options: &Options,
    message: &Message<'a>,
) -> Option<Message<'a>> {
    let (Some(Value::I64(seconds)), Some(Value::I32(nanos))) = (
        codec.get_or_default(message, 1),
        codec.get_or_default(message, 2),
    ) else {
        panic!("no timestamp: {message:?}");
    };
    let step = match options.timestamp {
        Timestamp::Micros => 1_000,
        Timestamp::Millis => 1_000_000,
        Timestamp::Nanos | Timestamp::Record => 1,
    };
    if options.timestamp == Timestamp::Nanos && !(-9_223_372_036..9_223_372_036).contains(&seconds)
    {
        return None;
    }
    let mut kept = message.clone();
    codec
        .set(&mut kept, 2, Value::I32(nanos - nanos % step))
        .expect("it fits");
    Some(kept)
}
