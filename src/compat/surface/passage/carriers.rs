//! Trials of enums, in a field that holds them and did not change itself.

use super::{ByPassage, Passage, Subject, Trip};
use crate::compat::delta::{Both, Ends, FieldAt};
use crate::compat::trial::{Direction, Effect, Evidence, number_in, shown, unnamed_number};
use crate::contract::{Enum, EnumId, EnumValue, Shape, Type};
use crate::dynamic::Message;

impl<'a, P: Passage> ByPassage<'_, 'a, P> {
    /// A field that holds both versions of an enum, as far as they go the same in both.
    fn carrier(&self, direction: Direction, enums: Both<EnumId>) -> Option<Both<FieldAt<'a>>> {
        let case = self.case;
        let pairs = &case.pairs;
        let holds = |at: FieldAt<'_>, id| at.field.shape.value_type() == Type::Enum(id);
        let form = |at: FieldAt<'_>| match at.field.shape {
            Shape::Singular { presence, .. } => (0, Some(presence)),
            Shape::Repeated { .. } => (1, None),
            Shape::Map { .. } => (2, None),
        };
        let known = pairs.messages.iter().map(|(types, _)| types);
        let known = known.filter(|types| self.passage.knows(*types));
        let fields = known.filter_map(|types| pairs.fields(types));
        let mut fields = fields.flat_map(|it| it.both.iter().copied());
        fields.find(|it| {
            holds(it.old, enums.old)
                && holds(it.new, enums.new)
                && form(it.old) == form(it.new)
                && self.passage.finds(direction, *it)
        })
    }

    /// An enum that has another name.
    pub(super) fn held(&mut self, direction: Direction, enums: Both<EnumId>) -> Option<Evidence> {
        let carrier = self.carrier(direction, enums)?;
        let trip = Trip {
            direction,
            types: carrier.map(|at| at.holder.id),
            subject: Subject::Field(carrier),
        };
        let case = self.case;
        let laboratory = &case.laboratory;
        let codec = direction.writer(laboratory.codecs());
        let from = direction.writer(carrier).field;
        let probes = laboratory.probes(direction, carrier);
        probes.iter().find_map(|message| {
            let meant = || shown(codec, from, message);
            self.evidence(trip, message, meant, |_| None)
        })
    }

    /// A number that nobody has a name for.
    pub(super) fn unnamed(&mut self, direction: Direction, enums: Both<&Enum>) -> Option<Evidence> {
        if direction.writer(enums).closed {
            return None;
        }
        let number = unnamed_number(enums)?;
        self.carry(direction, enums.map(|it| it.id), number, number)
    }

    /// A value: the writer sends it, if it has it.
    pub(super) fn value(
        &mut self,
        direction: Direction,
        enums: Both<&Enum>,
        ends: Ends<&EnumValue>,
    ) -> Option<Evidence> {
        let (sent, wanted) = match (ends, direction) {
            (Ends::Both(pair), _) => (direction.writer(pair).number, direction.reader(pair).number),
            (Ends::Old(only), Direction::Backward) | (Ends::New(only), Direction::Forward) => {
                (only.number, only.number)
            }
            (Ends::Old(_), Direction::Forward) | (Ends::New(_), Direction::Backward) => {
                return None;
            }
        };
        self.carry(direction, enums.map(|it| it.id), sent, wanted)
    }

    fn carry(
        &mut self,
        direction: Direction,
        enums: Both<EnumId>,
        sent: i32,
        wanted: i32,
    ) -> Option<Evidence> {
        let case = self.case;
        let carrier = self.carrier(direction, enums)?;
        let message = case.laboratory.with_number(direction, carrier, sent)?;
        let codecs = case.laboratory.codecs();
        let (from, to) = (
            direction.writer(carrier).field,
            direction.reader(carrier).field,
        );
        let trip = Trip {
            direction,
            types: carrier.map(|at| at.holder.id),
            subject: Subject::Field(carrier),
        };
        let judge = |read: &Message<'_>| {
            let found = number_in(read, to);
            let effect = match found {
                Some(number) if number == wanted => return None,
                // A field without presence that holds zero holds nothing.
                None if wanted == 0 => return None,
                Some(_) => Effect::Changed,
                None => Effect::Lost,
            };
            Some((effect, shown(direction.reader(codecs), to, read)))
        };
        let meant = || shown(direction.writer(codecs), from, &message);
        self.evidence(trip, &message, meant, judge)
    }
}
