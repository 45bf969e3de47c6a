//! Trials of fields: those that both versions have, those that one has, and those that exclude each other.

use super::{ByPassage, Passage, Subject, Trip};
use crate::compat::delta::{Both, FieldAt, FieldChange};
use crate::compat::trial::{Direction, Effect, Evidence, Laboratory, shown};
use crate::contract::{Message as MessageType, Oneof, Presence};
use crate::dynamic::Message;

impl<P: Passage> ByPassage<'_, '_, P> {
    /// A field that both versions have. What becomes of it is told of the first change that can be the reason.
    pub(super) fn changed(
        &mut self,
        direction: Direction,
        change: FieldChange,
        holders: Both<&MessageType>,
        pair: Both<FieldAt<'_>>,
    ) -> Option<Evidence> {
        let types = holders.map(|it| it.id);
        let key = (direction, types, pair.old.field.number);
        if self.told.contains(&key) {
            return None;
        }
        let is_name = matches!(change, FieldChange::Renamed | FieldChange::JsonName);
        if is_name && self.passage.finds(direction, pair) {
            return None;
        }
        let evidence = match change {
            FieldChange::Oneof => self.rivals(direction, pair),
            // That is told of the type itself.
            FieldChange::Type if self.is_explained(pair) => None,
            FieldChange::Renamed
            | FieldChange::JsonName
            | FieldChange::Renumbered
            | FieldChange::Kind
            | FieldChange::Type
            | FieldChange::Cardinality
            | FieldChange::Required
            | FieldChange::Presence => self.tried(direction, pair),
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing
            | FieldChange::Moved
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => None,
        }?;
        let reshapes = matches!(change, FieldChange::Kind | FieldChange::Cardinality);
        if reshapes && evidence.effect == Effect::Presence {
            // That is told of the presence.
            return None;
        }
        self.told.insert(key);
        Some(evidence)
    }

    /// The worst that becomes of a field's values.
    pub(super) fn tried(
        &mut self,
        direction: Direction,
        pair: Both<FieldAt<'_>>,
    ) -> Option<Evidence> {
        let case = self.case;
        let laboratory = &case.laboratory;
        let trip = Trip {
            direction,
            types: pair.map(|at| at.holder.id),
            subject: Subject::Field(pair),
        };
        let codecs = laboratory.codecs();
        let (writer, reader) = (direction.writer(codecs), direction.reader(codecs));
        let (from, to) = (direction.writer(pair).field, direction.reader(pair).field);
        let mut worst: Option<Evidence> = None;
        let mut messages = laboratory.probes(direction, pair);
        messages.extend(self.passage.probes(direction, pair));
        for message in messages {
            let judge = |read: &Message<'_>| {
                let effect = laboratory.effect(direction, pair, &message, read)?;
                Some((effect, shown(reader, to, read)))
            };
            let meant = || shown(writer, from, &message);
            if let Some(evidence) = self.evidence(trip, &message, meant, judge)
                && (worst.as_ref()).is_none_or(|it| evidence.effect.rank() > it.effect.rank())
            {
                let refused = evidence.effect == Effect::Refused;
                worst = Some(evidence);
                if refused {
                    break;
                }
            }
        }
        worst
    }

    /// A field that one version has.
    pub(super) fn alone(
        &mut self,
        direction: Direction,
        change: FieldChange,
        holders: Both<&MessageType>,
        only: FieldAt<'_>,
        of_new: bool,
    ) -> Option<Evidence> {
        let is_writers = direction.writer(Both {
            old: !of_new,
            new: of_new,
        });
        let types = holders.map(|it| it.id);
        let case = self.case;
        let codec = direction.writer(case.laboratory.codecs());
        match change {
            FieldChange::Added | FieldChange::Removed if is_writers => {
                let trip = Trip {
                    direction,
                    types,
                    subject: Subject::Stranger(only),
                };
                let message = Laboratory::sample(codec, only)?;
                let meant = || shown(codec, only.field, &message);
                self.evidence(trip, &message, meant, |_| None)
            }
            // Of a field that is new or gone a reader may ask more than the contract does: that it is always written.
            FieldChange::Added | FieldChange::Removed
                if only.field.presence() == Some(Presence::Required) =>
            {
                None
            }
            FieldChange::Added | FieldChange::Removed | FieldChange::Required if !is_writers => {
                let trip = Trip {
                    direction,
                    types,
                    subject: Subject::Missing(only),
                };
                let message = Message::new(direction.writer(types));
                let meant = || format!("`{}` not set", only.field.name);
                self.evidence(trip, &message, meant, |_| None)
            }
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Required
            | FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Renumbered
            | FieldChange::Renamed
            | FieldChange::JsonName
            | FieldChange::Kind
            | FieldChange::Type
            | FieldChange::Cardinality
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing
            | FieldChange::Moved
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => None,
        }
    }

    /// A field that excludes another one for the reader and not for the writer; or that is held elsewhere because of its
    /// oneof.
    fn rivals(&mut self, direction: Direction, pair: Both<FieldAt<'_>>) -> Option<Evidence> {
        if let Some(evidence) = self.tried(direction, pair) {
            let kept = evidence.effect != Effect::Presence;
            return kept.then_some(evidence);
        }
        let case = self.case;
        let fields = case.pairs.fields(pair.map(|at| at.holder.id))?;
        let together = |at: FieldAt<'_>, other: FieldAt<'_>| {
            at.field.oneof.is_some() && at.field.oneof == other.field.oneof
        };
        let excludes = |other: &&Both<FieldAt<'_>>| {
            other.old.field.number != pair.old.field.number
                && !together(direction.writer(pair), direction.writer(**other))
                && together(direction.reader(pair), direction.reader(**other))
        };
        let other = *fields.both.iter().find(excludes)?;
        let codecs = case.laboratory.codecs();
        let codec = direction.writer(codecs);
        let mut message = Laboratory::sample(codec, direction.writer(pair))?;
        let with = Laboratory::sample(codec, direction.writer(other))?;
        for (number, value) in with.fields() {
            codec.set(&mut message, number, value.clone()).ok()?;
        }
        let trip = Trip {
            direction,
            types: pair.map(|at| at.holder.id),
            subject: Subject::Rivals(pair),
        };
        let in_words = |codec, message: &Message<'_>, sides: [FieldAt<'_>; 2]| {
            sides.map(|it| shown(codec, it.field, message)).join(", ")
        };
        let meant = || {
            in_words(
                codec,
                &message,
                [pair, other].map(|it| direction.writer(it)),
            )
        };
        let judge = |read: &Message<'_>| {
            let fields = [pair, other].map(|it| direction.reader(it));
            let whole = fields.iter().all(|it| read.has(it.field.number));
            let seen = || in_words(direction.reader(codecs), read, fields);
            (!whole).then(|| (Effect::Lost, seen()))
        };
        self.evidence(trip, &message, meant, judge)
    }

    /// A oneof that has another name. What becomes of its members is told of it, once.
    pub(super) fn oneof(
        &mut self,
        direction: Direction,
        holders: Both<&MessageType>,
        oneofs: Both<&Oneof>,
    ) -> Option<Evidence> {
        let case = self.case;
        let types = holders.map(|it| it.id);
        let is_in = |at: FieldAt<'_>, oneof: &Oneof| {
            let own = at
                .field
                .oneof
                .and_then(|it| at.holder.oneofs.get(it.index()));
            own.is_some_and(|it| it.name == oneof.name)
        };
        let both = case.pairs.fields(types)?.both.iter().copied();
        let members = both.filter(|it| is_in(it.old, oneofs.old) && is_in(it.new, oneofs.new));
        let members: Vec<Both<FieldAt<'_>>> = members.collect();
        let evidence = members.iter().find_map(|it| self.tried(direction, *it))?;
        for member in members {
            self.told
                .insert((direction, types, member.old.field.number));
        }
        Some(evidence)
    }
}
