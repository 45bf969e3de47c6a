//! The trial of a field: every probe is written by one side and read by the other, and the field is compared.

use super::meaning::{self, compare};
use super::{Direction, Effect, Evidence, Format, Laboratory, Witness, probe, show};
use crate::compat::delta::{Both, FieldAt};
use crate::contract::{Contract, MessageId, Shape, Type};
use crate::dynamic::{Codec, Message, Value};

/// For each effect that turned up the first payload that showed it, in the order in which they turned up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcomes(Vec<Evidence>);

impl Outcomes {
    /// Adds evidence, unless the effect was seen before.
    pub(super) fn add(&mut self, evidence: Evidence) {
        if !self.effects().any(|effect| effect == evidence.effect) {
            self.0.push(evidence);
        }
    }

    /// The worst; of those that are equally bad, the one with the plainest value.
    #[must_use]
    pub fn worst(self) -> Option<Evidence> {
        let mut worst: Option<Evidence> = None;
        for evidence in self.0 {
            let is_worse = |it: &Evidence| evidence.effect.rank() > it.effect.rank();
            if worst.as_ref().is_none_or(is_worse) {
                worst = Some(evidence);
            }
        }
        worst
    }

    /// Every effect that turned up, in that order.
    pub fn effects(&self) -> impl Iterator<Item = Effect> + '_ {
        self.0.iter().map(|it| it.effect)
    }
}

impl<'c> Laboratory<'c> {
    /// What becomes of a field's values.
    #[must_use]
    pub fn field(&self, format: Format, direction: Direction, pair: Both<FieldAt<'_>>) -> Outcomes {
        let (writer, reader) = self.sides(direction);
        let (from, to) = (direction.writer(pair), direction.reader(pair));
        let common = |inner| common(writer.contract, reader.contract, inner, to);
        let states = probe::states(writer.contract, from.field, &common);
        let mut outcomes = Outcomes::default();
        let trial = FieldTrial {
            format,
            writer: writer.partial(),
            reader: reader.partial(),
            from,
            to,
        };
        for state in states {
            if let Some(evidence) = trial.run(state) {
                outcomes.add(evidence);
            }
        }
        outcomes
    }
}

/// The scalar fields of a message that the reader's type at the same place has just so; `None` if it has no message there.
pub(super) fn common(
    writer: &Contract,
    reader: &Contract,
    inner: MessageId,
    to: FieldAt<'_>,
) -> Option<Vec<i32>> {
    let Type::Message(other) = to.field.shape.value_type() else {
        return match to.field.shape {
            Shape::Map { .. } => Some(Vec::from([1, 2])),
            Shape::Singular { .. } | Shape::Repeated { .. } => None,
        };
    };
    if let Shape::Map { .. } = to.field.shape {
        return Some(Vec::from([1, 2]));
    }
    let (own, others) = (writer.message(inner), reader.message(other));
    let is_kept = |number: i32| {
        let find = |fields: &[crate::contract::Field]| {
            let field = fields.iter().find(|it| it.number == number)?;
            match field.shape {
                Shape::Singular {
                    ty: Type::Scalar(scalar),
                    ..
                } => Some((scalar, field.json_name.clone(), field.verify_utf8)),
                Shape::Singular { .. } | Shape::Repeated { .. } | Shape::Map { .. } => None,
            }
        };
        let kept = find(&own.fields);
        kept.is_some() && kept == find(&others.fields)
    };
    let numbers = own.fields.iter().map(|it| it.number);
    Some(numbers.filter(|number| is_kept(*number)).collect())
}

/// Whether a field is a map, or holds messages that are what the entries of one are.
fn is_entry(contract: &Contract, at: FieldAt<'_>) -> bool {
    let ty = match at.field.shape {
        Shape::Map { .. } => return true,
        Shape::Singular { ty, .. } | Shape::Repeated { ty, .. } => ty,
    };
    let Type::Message(id) = ty else {
        return false;
    };
    let fields = &contract.message(id).fields;
    let named = |number, name| {
        fields
            .iter()
            .any(|it| it.number == number && it.name == name)
    };
    named(1, "key") && named(2, "value")
}

/// One field, one format, one direction.
pub(super) struct FieldTrial<'t, 'c> {
    pub(super) format: Format,
    pub(super) writer: &'t Codec<'c>,
    pub(super) reader: &'t Codec<'c>,
    pub(super) from: FieldAt<'t>,
    pub(super) to: FieldAt<'t>,
}

impl FieldTrial<'_, '_> {
    fn run(&self, state: Option<Value<'static>>) -> Option<Evidence> {
        let mut message = Message::new(self.from.holder.id);
        if let Some(value) = state {
            self.writer
                .set(&mut message, self.from.field.number, value)
                .ok()?;
        }
        let payload = self.format.write(self.writer, &message)?;
        let (effect, seen) = match payload.read(self.reader, self.to.holder.id) {
            Ok(read) => (self.effect(&message, &read)?, self.seen(&read)),
            Err(error) => (Effect::Refused, error),
        };
        let from = self.from.field;
        let meant = show::held(self.writer, from, &message);
        Some(Evidence {
            effect,
            witness: Witness {
                of: self.from.holder.full_name.to_string(),
                payload,
                meant,
                seen,
            },
        })
    }

    /// What became of the field's value, `None` if it means the same.
    pub(super) fn effect(&self, written: &Message<'_>, read: &Message<'_>) -> Option<Effect> {
        let of = meaning::of_field;
        let meant = of(self.writer, written, self.from.field.number, self.format);
        let seen = of(self.reader, read, self.to.field.number, self.format);
        let defaults = (
            meaning::default(self.writer, self.from.field, self.format),
            meaning::default(self.reader, self.to.field, self.format),
        );
        let is_map = |at: FieldAt<'_>| matches!(at.field.shape, Shape::Map { .. });
        let unordered = is_map(self.from) || is_map(self.to);
        let defaults = (defaults.0.as_ref(), defaults.1.as_ref());
        let effect = compare(&meant, &seen, defaults, unordered);
        // A message that is no entry may have fields of the numbers of one; they mean something else.
        let foreign = (is_map(self.from) && !is_entry(self.reader.contract(), self.to))
            || (is_map(self.to) && !is_entry(self.writer.contract(), self.from));
        match effect {
            None if foreign && !meant.is_empty() => Some(Effect::Changed),
            effect => effect,
        }
    }

    /// What the reader has in the field, and where it has something that it should not.
    fn seen(&self, read: &Message<'_>) -> String {
        let contract = self.reader.contract();
        let own = show::held(self.reader, self.to.field, read);
        let strays = read
            .fields()
            .filter(|(number, _)| *number != self.to.field.number);
        let stray = strays.filter_map(|(number, value)| {
            let field = self.reader.field(read.ty(), number)?;
            Some(show::field(contract, field, Some(value)))
        });
        let mut parts: Vec<String> = std::iter::once(own).chain(stray).collect();
        if !read.unknown().is_empty() {
            parts.push("unknown bytes that it keeps".to_owned());
        }
        parts.join(", ")
    }
}
