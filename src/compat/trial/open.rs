//! Trials of surfaces from elsewhere: the messages that are worth a trial, and the comparison of what was written with
//! what was read. How a message crosses is the surface's.

use super::field::{FieldTrial, common};
use super::{Direction, Effect, Format, Laboratory, probe, show, special};
use crate::compat::delta::{Both, FieldAt};
use crate::contract::{Enum, Field, Presence};
use crate::dynamic::{Codec, Message, Value};

impl<'c> Laboratory<'c> {
    /// The readers and writers of both versions. They ask for no required field, so that a trial of one field is about
    /// that field.
    #[must_use]
    pub fn codecs(&self) -> Both<&Codec<'c>> {
        Both {
            old: self.codecs.old.partial(),
            new: self.codecs.new.partial(),
        }
    }

    /// Messages of the writer in which a field, and nothing else, holds what is worth a trial: first nothing, then plain
    /// values, then the ends of its range.
    #[must_use]
    pub fn probes(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> Vec<Message<'static>> {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(pair), direction.reader(pair));
        let common = |inner| common(writer.contract, reader.contract, inner, to);
        let states = probe::states(writer.contract, from.field, &common).into_iter();
        let message = |state: Option<Value<'static>>| {
            let mut message = Message::new(from.holder.id);
            if let Some(value) = state {
                let field = from.field.number;
                writer.partial().set(&mut message, field, value).ok()?;
            }
            Some(message)
        };
        states.filter_map(message).collect()
    }

    /// A message of one version in which a field, and nothing else, holds a plain value.
    #[must_use]
    pub fn sample(codec: &Codec<'_>, at: FieldAt<'_>) -> Option<Message<'static>> {
        let value = probe::sample(codec.contract(), at.field)?;
        let mut message = Message::new(at.holder.id);
        codec.set(&mut message, at.field.number, value).ok()?;
        Some(message)
    }

    /// A message of the writer in which a field holds a number of an enum, alone, in a list or as a value of a map. `None`
    /// for the zero of a field without presence, which means nothing.
    #[must_use]
    pub fn with_number(
        &self,
        direction: Direction,
        carrier: Both<FieldAt<'_>>,
        number: i32,
    ) -> Option<Message<'static>> {
        let (writer, _) = self.sides(direction);
        let from = direction.writer(carrier);
        if from.field.presence() == Some(Presence::Implicit) && number == 0 {
            return None;
        }
        let mut message = Message::new(from.holder.id);
        let value = special::wrap(writer.partial(), from.field, number)?;
        message.set(from.field.number, value);
        Some(message)
    }

    /// What became of a field, `None` if it means the same.
    #[must_use]
    pub fn effect(
        &self,
        direction: Direction,
        pair: Both<FieldAt<'_>>,
        written: &Message<'_>,
        read: &Message<'_>,
    ) -> Option<Effect> {
        let (writer, reader) = self.sides(direction);
        let trial = FieldTrial {
            format: Format::Wire,
            writer: writer.partial(),
            reader: reader.partial(),
            from: direction.writer(pair),
            to: direction.reader(pair),
        };
        trial.effect(written, read)
    }
}

/// The number of an enum that a message holds in a field.
#[must_use]
pub fn number_in(message: &Message<'_>, field: &Field) -> Option<i32> {
    message.get(field.number).and_then(special::unwrap)
}

/// The lowest number from 1 that neither version of an enum has a name for.
#[must_use]
pub fn unnamed_number(enums: Both<&Enum>) -> Option<i32> {
    let named = |it: &i32| enums.old.value(*it).is_some() || enums.new.value(*it).is_some();
    (1..i32::MAX).find(|number| !named(number))
}

/// What a message holds in a field, in words: `total: 5`.
#[must_use]
pub fn shown(codec: &Codec<'_>, field: &Field, message: &Message<'_>) -> String {
    show::held(codec, field, message)
}
