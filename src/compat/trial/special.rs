//! Trials of what is not the values of one field: what is missing, what the reader does not know, what excludes one
//! another, numbers of enums, defaults, types by name.

use super::field::Outcomes;
use super::{Direction, Effect, Evidence, Format, Laboratory, Witness, meaning, probe, show};
use crate::compat::delta::{Both, FieldAt};
use crate::contract::{
    Element, Enum, EnumValue, Field, Message as MessageType, Presence, Shape, Type,
};
use crate::dynamic::{Codec, Message, Value};

impl Laboratory<'_> {
    /// What a reader that requires a field makes of a message in which it is missing. All other fields that the writer
    /// has to set are set.
    #[must_use]
    pub fn missing(
        &self,
        format: Format,
        direction: Direction,
        holders: Both<&MessageType>,
        missing: &Field,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(holders), direction.reader(holders));
        let mut message = Message::new(from.id);
        for field in &from.fields {
            let is_required = field.presence() == Some(Presence::Required);
            if is_required && field.name == missing.name {
                // The writer never leaves it out.
                return None;
            }
            if is_required {
                let value = probe::sample(writer.contract, field)?;
                writer
                    .partial()
                    .set(&mut message, field.number, value)
                    .ok()?;
            }
        }
        let payload = format.write(writer.partial(), &message)?;
        payload.read(reader.partial(), to.id).ok()?;
        payload.read(reader.strict(), to.id).err()?;
        Some(Evidence {
            effect: Effect::Refused,
            witness: Witness {
                of: from.full_name.to_string(),
                payload,
                meant: format!("`{}` not set", missing.name),
                seen: format!("required field `{}` is missing", missing.name),
            },
        })
    }

    /// What a reader makes of a field that it does not have.
    #[must_use]
    pub fn stranger(
        &self,
        format: Format,
        direction: Direction,
        holders: Both<&MessageType>,
        field: FieldAt<'_>,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(holders), direction.reader(holders));
        let value = probe::sample(writer.contract, field.field)?;
        let mut message = Message::new(from.id);
        let number = field.field.number;
        writer.partial().set(&mut message, number, value).ok()?;
        let payload = format.write(writer.partial(), &message)?;
        let seen = payload.read(reader.partial(), to.id).err()?;
        Some(Evidence {
            effect: Effect::Refused,
            witness: Witness {
                of: from.full_name.to_string(),
                meant: show::field(writer.contract, field.field, message.get(number)),
                payload,
                seen,
            },
        })
    }

    /// What a reader makes of two fields that exclude each other for it and not for the writer.
    #[must_use]
    pub fn excluded(
        &self,
        format: Format,
        direction: Direction,
        holders: Both<&MessageType>,
        pair: Both<FieldAt<'_>>,
        other: Both<FieldAt<'_>>,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(holders), direction.reader(holders));
        let mut message = Message::new(from.id);
        let mut meant = Vec::new();
        for pair in [pair, other] {
            let field = direction.writer(pair).field;
            let value = probe::sample(writer.contract, field)?;
            writer
                .partial()
                .set(&mut message, field.number, value)
                .ok()?;
        }
        for pair in [pair, other] {
            let field = direction.writer(pair).field;
            let value = message.get(field.number)?;
            meant.push(show::field(writer.contract, field, Some(value)));
        }
        let payload = format.write(writer.partial(), &message)?;
        let of = from.full_name.to_string();
        let meant = meant.join(", ");
        let (effect, seen) = match payload.read(reader.partial(), to.id) {
            Ok(read) => {
                let fields = [pair, other].map(|pair| direction.reader(pair).field);
                if fields.iter().all(|field| read.has(field.number)) {
                    return None;
                }
                let shown = fields.map(|it| show::field(reader.contract, it, read.get(it.number)));
                (Effect::Lost, shown.join(", "))
            }
            Err(error) => (Effect::Refused, error),
        };
        Some(Evidence {
            effect,
            witness: Witness {
                of,
                payload,
                meant,
                seen,
            },
        })
    }

    /// What a field that nobody sets reads as on both sides. Values of enums are compared by their names.
    #[must_use]
    pub fn unset(
        &self,
        format: Format,
        direction: Direction,
        pair: Both<FieldAt<'_>>,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(pair), direction.reader(pair));
        let defaults = [(writer, from), (reader, to)].map(|(codecs, at)| {
            let value = codecs.partial().default_of(at.field);
            let ty = at.field.shape.value_type();
            let shown = match (ty, &value) {
                (Type::Enum(id), Value::Enum(number)) => {
                    let named = codecs.contract.enumeration(id).value(*number);
                    named.map_or_else(|| number.to_string(), |it| it.name.clone())
                }
                (Type::Scalar(_) | Type::Message(_) | Type::Enum(_), value) => {
                    show::value(codecs.contract, ty, value)
                }
            };
            (meaning::default(codecs.partial(), at.field, format), shown)
        });
        let [(was, meant), (is, seen)] = defaults;
        let (was, is) = (was?, is?);
        let enums = [from, to].map(|at| matches!(at.field.shape.value_type(), Type::Enum(_)));
        let same = match enums {
            [true, true] => meant == seen,
            [_, _] => was == is,
        };
        if same {
            return None;
        }
        let message = Message::new(from.holder.id);
        let payload = format.write(writer.partial(), &message)?;
        Some(Evidence {
            effect: Effect::Changed,
            witness: Witness {
                of: from.holder.full_name.to_string(),
                payload,
                meant: format!("`{}` not set, which reads as {meant}", from.field.name),
                seen: format!("`{}` not set, which reads as {seen}", to.field.name),
            },
        })
    }

    /// What becomes of one number of an enum in a field that holds both versions of it. `same` is the reader's value that
    /// means what the writer means; without one the number is to be kept as it is.
    #[must_use]
    pub fn number(
        &self,
        format: Format,
        direction: Direction,
        carrier: Both<FieldAt<'_>>,
        written: &EnumValue,
        same: Option<&EnumValue>,
    ) -> Option<Evidence> {
        self.carry(format, direction, carrier, written.number, same)
    }

    /// What becomes of a number that neither version of an enum has a name for.
    #[must_use]
    pub fn unnamed(
        &self,
        format: Format,
        direction: Direction,
        carrier: Both<FieldAt<'_>>,
        enums: Both<&Enum>,
    ) -> Option<Evidence> {
        if direction.writer(enums).closed {
            return None;
        }
        let number = super::unnamed_number(enums)?;
        self.carry(format, direction, carrier, number, None)
    }

    fn carry(
        &self,
        format: Format,
        direction: Direction,
        carrier: Both<FieldAt<'_>>,
        number: i32,
        same: Option<&EnumValue>,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(carrier), direction.reader(carrier));
        if from.field.presence() == Some(Presence::Implicit) && number == 0 {
            // It is never sent.
            return None;
        }
        let mut message = Message::new(from.holder.id);
        let value = wrap(writer.partial(), from.field, number)?;
        message.set(from.field.number, value);
        let payload = format.write(writer.partial(), &message)?;
        let written = message.get(from.field.number);
        let meant = show::field(writer.contract, from.field, written);
        let (effect, seen) = match payload.read(reader.partial(), to.holder.id) {
            Ok(read) => {
                let held = read.get(to.field.number);
                let found = held.and_then(unwrap);
                let wanted = same.map_or(number, |it| it.number);
                if found == Some(wanted) {
                    return None;
                }
                // An unset field that reads as the same value is not worth a finding of the value.
                let effect = match found {
                    Some(_) => Effect::Changed,
                    None => Effect::Lost,
                };
                (effect, show::field(reader.contract, to.field, held))
            }
            Err(error) => (Effect::Refused, error),
        };
        Some(Evidence {
            effect,
            witness: Witness {
                of: from.holder.full_name.to_string(),
                payload,
                meant,
                seen,
            },
        })
    }

    /// What a reader makes of an `Any` that holds a message by its name, where both versions know `Any`.
    #[must_use]
    pub fn any(
        &self,
        format: Format,
        direction: Direction,
        held: &MessageType,
    ) -> Option<Evidence> {
        let (writer, reader) = self.sides(direction);
        let any = writer.partial().find(ANY)?;
        let other = reader.partial().find(ANY)?;
        let name = held.full_name.as_str();
        let mut message = Message::new(any);
        message.set(1, Value::from(format!("type.googleapis.com/{name}")));
        let payload = format.write(writer.partial(), &message)?;
        let seen = match (format, reader.contract.find(name)) {
            (_, Some(Element::Message(_))) => return None,
            // The bytes pass; they cannot be unpacked.
            (Format::Wire, _) => return None,
            (Format::Json, _) => payload.read(reader.partial(), other).err()?,
        };
        Some(Evidence {
            effect: Effect::Refused,
            witness: Witness {
                of: ANY.to_owned(),
                payload,
                meant: format!("an `Any` that holds a `{name}`"),
                seen,
            },
        })
    }

    /// What becomes of the first extension that both versions have, in a message whose format changed as a whole.
    #[must_use]
    pub fn extension(
        &self,
        format: Format,
        direction: Direction,
        fields: &[Both<FieldAt<'_>>],
    ) -> Option<Evidence> {
        let pair = fields.iter().find(|pair| pair.old.extension.is_some())?;
        let outcomes: Outcomes = self.field(format, direction, *pair);
        outcomes.worst()
    }
}

const ANY: &str = "google.protobuf.Any";

/// A number as a field holds it: alone, in a list, or as a map's value.
pub(super) fn wrap(codec: &Codec<'_>, field: &Field, number: i32) -> Option<Value<'static>> {
    let value = Value::Enum(number);
    Some(match field.shape {
        Shape::Singular { .. } => value,
        Shape::Repeated { .. } => Value::List(vec![value]),
        Shape::Map { key, .. } => {
            let key = codec.zero(Type::Scalar(key)).into_key()?;
            Value::Map([(key, value)].into())
        }
    })
}

/// The number that a field holds.
pub(super) fn unwrap(value: &Value<'_>) -> Option<i32> {
    match value {
        Value::Enum(number) => Some(*number),
        Value::List(list) => list.first().and_then(unwrap),
        Value::Map(map) => map.values().next().and_then(unwrap),
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Message(_) => None,
    }
}
