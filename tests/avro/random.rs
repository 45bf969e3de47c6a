//! Random messages of a contract, the same in every run.

use xlc::contract::{Primitive, Scalar, Shape, Type};
use xlc::dynamic::{Codec, Map, Message, Value};

/// Numbers that look random (Knuth's multiplier).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self, below: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    /// A message with some of its fields set; required ones always.
    pub(crate) fn message(
        &mut self,
        codec: &Codec<'_>,
        ty: xlc::contract::MessageId,
        depth: usize,
    ) -> Message<'static> {
        let mut message = Message::new(ty);
        for field in &codec.contract().message(ty).fields {
            let required = field.presence() == Some(xlc::contract::Presence::Required);
            let is_message = matches!(field.shape.value_type(), Type::Message(_));
            if !required && (self.next(3) == 0 || (depth == 0 && is_message)) {
                continue;
            }
            let value = match field.shape {
                Shape::Singular { ty, .. } => self.value(codec, ty, depth),
                Shape::Repeated { ty, .. } => {
                    let count = self.next(3);
                    Value::List((0..count).map(|_| self.value(codec, ty, depth)).collect())
                }
                Shape::Map { key, value } => {
                    let mut map = Map::new();
                    for _ in 0..self.next(3) {
                        let key = self.scalar(key).into_key().expect("a key");
                        map.insert(key, self.value(codec, value, depth));
                    }
                    Value::Map(map)
                }
            };
            codec
                .set(&mut message, field.number, value)
                .expect("it fits");
        }
        message
    }

    fn value(&mut self, codec: &Codec<'_>, ty: Type, depth: usize) -> Value<'static> {
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar),
            Type::Message(id) => Value::from(self.message(codec, id, depth - 1)),
            Type::Enum(id) => {
                let values = &codec.contract().enumeration(id).values;
                let index = self.next(values.len() as u64) as usize;
                Value::Enum(values[index].number)
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> Value<'static> {
        // Small numbers, and such as need all their bits.
        let bits = match self.next(4) {
            0 => 0,
            1 => self.next(100),
            2 => u64::MAX - self.next(100),
            _ => self.next(1 << 30) << 34 | self.next(1 << 30) << 4,
        };
        let text = ["", "a", "true", "7", "Ä"][self.next(5) as usize];
        match scalar.primitive() {
            Primitive::Bool => Value::Bool(bits & 1 == 1),
            Primitive::Int32 => Value::I32((bits >> 8) as i32),
            Primitive::Int64 => Value::I64(bits as i64),
            Primitive::Uint32 => Value::U32((bits >> 8) as u32),
            Primitive::Uint64 => Value::U64(bits),
            Primitive::Float => Value::F32(bits as i32 as f32 / 8.0),
            Primitive::Double => Value::F64(bits as i64 as f64 / 8.0),
            Primitive::String => Value::from(text.to_owned()),
            Primitive::Bytes => Value::Bytes(text.as_bytes().to_vec().into()),
        }
    }
}
