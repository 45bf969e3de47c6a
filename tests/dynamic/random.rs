//! Messages made of bytes: few bytes make a small message, so that proptest can shrink what it found.

use proptest::prelude::*;
use xlc::contract::{MessageId, Scalar, Shape, Type};
use xlc::dynamic::{Codec, Map, Message, Value};

use super::contracts::{KITCHEN_SINK, of_directory};

/// Bytes that decide; zeros when there are no more.
pub(crate) struct Source<'b>(pub(crate) &'b [u8]);

impl Source<'_> {
    fn byte(&mut self) -> u8 {
        let Some((&first, rest)) = self.0.split_first() else {
            return 0;
        };
        self.0 = rest;
        first
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        [(); N].map(|()| self.byte())
    }

    /// Small numbers as often as large ones.
    fn number(&mut self) -> u64 {
        match self.byte() {
            small @ 0..0x80 => u64::from(small),
            0x80..0xc0 => u64::MAX - u64::from(self.byte()),
            0xc0.. => u64::from_le_bytes(self.bytes()),
        }
    }

    fn text(&mut self) -> String {
        let length = self.byte() % 5;
        (0..length)
            .map(|_| char::from_u32(u32::from_le_bytes(self.bytes()) % 0x11_0000).unwrap_or('"'))
            .collect()
    }
}

pub(crate) fn message(
    codec: &Codec<'_>,
    ty: MessageId,
    source: &mut Source<'_>,
    depth: u32,
) -> Message<'static> {
    let mut message = Message::new(ty);
    let declared = &codec.contract().message(ty);
    let mut numbers: Vec<i32> = declared.fields.iter().map(|field| field.number).collect();
    let extensions = codec.contract().extensions().iter();
    numbers.extend(
        extensions
            .filter(|it| it.extendee == ty)
            .map(|it| it.field.number),
    );
    if numbers.is_empty() {
        return message;
    }
    for _ in 0..source.byte() % 6 {
        let number = numbers[source.number() as usize % numbers.len()];
        let field = codec.field(ty, number).unwrap();
        let count = source.byte() % 4;
        let value = match field.shape {
            Shape::Singular { ty, .. } => value(codec, ty, source, depth),
            Shape::Repeated { ty, .. } => (0..count)
                .map(|_| value(codec, ty, source, depth))
                .collect::<Option<_>>()
                .map(Value::List),
            Shape::Map { key, value: ty } => (0..count)
                .map(|_| {
                    let key = value(codec, Type::Scalar(key), source, depth)?.into_key()?;
                    Some((key, value(codec, ty, source, depth)?))
                })
                .collect::<Option<Map<'_>>>()
                .map(Value::Map),
        };
        if let Some(value) = value {
            codec.set(&mut message, number, value).unwrap();
        }
    }
    // The largest number there is; some messages have a field or an extension of it.
    if source.byte() > 0xf0 && codec.field(ty, 536_870_911).is_none() {
        message.unknown_mut().extend(UNKNOWN);
    }
    message
}

/// A field that no message has.
const UNKNOWN: [u8; 6] = [0xf8, 0xff, 0xff, 0xff, 0x0f, 0x05];

/// A value of a type; `None` where messages nest too deep.
fn value(
    codec: &Codec<'_>,
    ty: Type,
    source: &mut Source<'_>,
    depth: u32,
) -> Option<Value<'static>> {
    Some(match ty {
        Type::Message(id) => Value::from(message(codec, id, source, depth.checked_sub(1)?)),
        Type::Enum(id) => {
            let enumeration = codec.contract().enumeration(id);
            match source.byte() {
                0xf0.. if !enumeration.closed => Value::Enum(source.number() as i32),
                index => Value::Enum(
                    enumeration.values[index as usize % enumeration.values.len()].number,
                ),
            }
        }
        Type::Scalar(scalar) => match (Value::zero(scalar), scalar) {
            (Value::Bool(_), _) => Value::Bool(source.byte() > 0x7f),
            (Value::I32(_), _) => Value::I32(source.number() as i32),
            (Value::I64(_), _) => Value::I64(source.number() as i64),
            (Value::U32(_), _) => Value::U32(source.number() as u32),
            (Value::U64(_), _) => Value::U64(source.number()),
            (Value::F32(_), _) => Value::F32(f32::from_le_bytes(source.bytes())),
            (Value::F64(_), _) => Value::F64(f64::from_le_bytes(source.bytes())),
            (_, Scalar::Bytes) => Value::Bytes(source.text().into_bytes().into()),
            (_, _) => Value::from(source.text()),
        },
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(which: usize, bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let contract = &*KITCHEN_SINK;
        let partial = xlc::dynamic::Settings { partial: true, ..Default::default() };
        let codec = Codec::with(contract, partial);
        let ty = contract.messages()[which % contract.messages().len()].id;
        let original = message(&codec, ty, &mut Source(&bytes), 4);
        let wire = codec.write(&original).unwrap();
        let read = codec.read(ty, &wire).unwrap();
        // Not the messages themselves: a NaN is not itself.
        prop_assert_eq!(&codec.write(&read).unwrap(), &wire);
        prop_assert_eq!(format!("{read:?}"), format!("{original:?}"));
        let text = codec.to_text(&original).unwrap();
        let read = codec.from_text(ty, &text).unwrap();
        prop_assert_eq!(codec.to_text(&read).unwrap(), text.as_str());
        // Text has no unknown fields, and every NaN is the same there.
        if !text.contains("nan") && !wire.windows(6).any(|it| it == UNKNOWN) {
            prop_assert_eq!(&codec.write(&read).unwrap(), &wire);
        }
        // Some well-known types hold what has no form in JSON.
        if let Ok(text) = codec.to_json(&original) {
            let read = codec.from_json(ty, &text).unwrap();
            prop_assert_eq!(codec.to_json(&read).unwrap(), text);
        }
    }
}

#[test]
fn the_contract_has_every_construct() {
    let contract = of_directory("fixtures/contracts/kitchen_sink");
    let shapes = |is: fn(Shape) -> bool| {
        let messages = contract.messages().iter();
        messages
            .flat_map(|it| &it.fields)
            .any(|field| is(field.shape))
    };
    assert!(shapes(|shape| matches!(shape, Shape::Map { .. })));
    assert!(shapes(|shape| matches!(
        shape,
        Shape::Repeated { packed: true, .. }
    )));
    assert!(contract.messages().iter().any(|it| it.message_set));
    assert!(!contract.extensions().is_empty());
}
