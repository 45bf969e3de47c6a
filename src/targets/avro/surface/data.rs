//! How a message passes as Avro data: it is written with the schema of its own version and read with that of the other, by
//! Avro's resolution. Knows nothing of changes.

use crate::avro::datum::{Problem, RecordPair, RecordPairs};
use crate::avro::{Body, Converter, Field, Mapping, TypeId, mapping::Slot};
use crate::compat::delta::{Both, FieldAt};
use crate::compat::surface::passage::{Arrival, Passage, Subject, Trip, complete};
use crate::compat::trial::{Direction, Payload};
use crate::contract::MessageId;
use crate::dynamic::{Codec, Message};

/// The schemas of two versions, and how data of the one is read as data of the other.
pub(super) struct Data<'c, 'a> {
    codecs: Both<&'c Codec<'a>>,
    sides: Both<Mapping>,
    /// By the direction: backward, then forward.
    across: [RecordPairs; 2],
    /// Of each side's data by itself.
    own: Both<RecordPairs>,
}

/// Which problems a trip is about.
#[derive(Debug)]
enum Keep {
    /// Those of a field of the reader, and of a member if it is in a union.
    Field(String, Option<TypeId>),
    /// That a field is missing.
    Missing(String),
    /// None.
    Nothing,
}

/// Where a field is in the record of its message.
struct Place<'m> {
    field: &'m Field,
    /// Of a member in a union, the record around its value.
    member: Option<TypeId>,
}

impl<'c, 'a> Data<'c, 'a> {
    pub(super) fn new(
        codecs: Both<&'c Codec<'a>>,
        sides: Both<Mapping>,
        types: impl Iterator<Item = Both<MessageId>>,
    ) -> Self {
        let records = |types: Both<MessageId>| {
            Some(Both {
                old: sides.old.record(types.old)?.ty,
                new: sides.new.record(types.new)?.ty,
            })
        };
        let pairs: Vec<Both<TypeId>> = types.filter_map(records).collect();
        let across = Direction::ALL.map(|direction| {
            let (from, to) = mappings(&sides, direction);
            let pair = |it: &Both<TypeId>| (direction.writer(*it), direction.reader(*it));
            record_pairs(from, to, &pairs.iter().map(pair).collect::<Vec<_>>())
        });
        let own = |mapping: &Mapping, side: fn(&Both<TypeId>) -> TypeId| {
            let pairs: Vec<RecordPair> = pairs.iter().map(|it| (side(it), side(it))).collect();
            record_pairs(mapping, mapping, &pairs)
        };
        Self {
            codecs,
            across,
            own: Both {
                old: own(&sides.old, |it| it.old),
                new: own(&sides.new, |it| it.new),
            },
            sides,
        }
    }

    /// The mappings of the writer and of the reader.
    fn mappings(&self, direction: Direction) -> (&Mapping, &Mapping) {
        mappings(&self.sides, direction)
    }

    fn across(&self, direction: Direction) -> &RecordPairs {
        let [backward, forward] = &self.across;
        match direction {
            Direction::Backward => backward,
            Direction::Forward => forward,
        }
    }

    /// The records of two messages, the writer's and the reader's.
    fn pair(&self, direction: Direction, types: Both<MessageId>) -> Option<RecordPair> {
        let (writer, reader) = self.mappings(direction);
        let from = writer.record(direction.writer(types))?.ty;
        Some((from, reader.record(direction.reader(types))?.ty))
    }

    /// What the writer itself reads of its data: what Avro has no place for is not there.
    fn read_back(
        &self,
        direction: Direction,
        ty: MessageId,
        bytes: &[u8],
    ) -> Option<Message<'static>> {
        let (writer, _) = self.mappings(direction);
        let record = writer.record(ty)?.ty;
        let own = Both {
            old: &self.own.old,
            new: &self.own.new,
        };
        let value = direction
            .writer(own)
            .read((record, record), &|_| true, bytes)?;
        let converter = Converter::new(direction.writer(self.codecs), writer, ty)?;
        Some(converter.message(value.ok()?).ok()?.into_owned())
    }

    /// What a trip is about, as far as the resolution goes.
    fn keep(&self, trip: Trip<'_>) -> Keep {
        let (_, reader) = self.mappings(trip.direction);
        match trip.subject {
            Subject::Field(pair) => match self.places(trip.direction, pair) {
                Some((from, to)) => Keep::Field(to.field.name.clone(), from.member),
                None => Keep::Nothing,
            },
            Subject::Missing(at) => match place(reader, at) {
                Some(place) => Keep::Missing(place.field.name.clone()),
                None => Keep::Nothing,
            },
            Subject::Whole | Subject::Stranger(_) | Subject::Rivals(_) => Keep::Nothing,
        }
    }

    fn places(
        &self,
        direction: Direction,
        pair: Both<FieldAt<'_>>,
    ) -> Option<(Place<'_>, Place<'_>)> {
        let (writer, reader) = self.mappings(direction);
        let from = place(writer, direction.writer(pair))?;
        Some((from, place(reader, direction.reader(pair))?))
    }

    /// What the reader makes of data, as far as a trip is about it.
    fn arrived(&self, trip: Trip<'_>, bytes: &[u8]) -> Option<Result<Message<'static>, String>> {
        let direction = trip.direction;
        let (_, reader) = self.mappings(direction);
        let keep = self.keep(trip);
        let counts = |problem: &Problem| counts(&keep, problem);
        let pair = self.pair(direction, trip.types)?;
        let to = direction.reader(self.codecs);
        let converter = Converter::new(to, reader, direction.reader(trip.types))?;
        let value = self.across(direction).read(pair, &counts, bytes)?;
        let message = value.and_then(|value| converter.message(value));
        let owned = message.map(Message::into_owned);
        Some(owned.map_err(|error| error.to_string()))
    }

    /// What the reader makes of a message as a whole, which Avro knows by the name of its record. Nothing, if that fits.
    fn named(&self, trip: Trip<'_>, bytes: &[u8]) -> Option<String> {
        let direction = trip.direction;
        let (writer, reader) = self.mappings(direction);
        let from = direction.writer(self.codecs);
        let to = direction.reader(self.codecs);
        let writer = Converter::new(from, writer, direction.writer(trip.types))?;
        let reader = Converter::new(to, reader, direction.reader(trip.types))?;
        let resolution = reader.resolution(&writer.schema());
        let is_named = |problem: &Problem| problem.records.is_empty();
        if !resolution.problems().iter().any(is_named) {
            return None;
        }
        Some(reader.read(&resolution, bytes).err()?.to_string())
    }
}

fn mappings(sides: &Both<Mapping>, direction: Direction) -> (&Mapping, &Mapping) {
    let sides = Both {
        old: &sides.old,
        new: &sides.new,
    };
    (direction.writer(sides), direction.reader(sides))
}

/// What is wrong inside of the messages that a field holds is told of their fields; the records that only Avro needs are
/// the field's own.
fn record_pairs(writer: &Mapping, reader: &Mapping, pairs: &[RecordPair]) -> RecordPairs {
    let messages = writer.message_records();
    let stands_alone = |record: TypeId| messages.contains(&record);
    RecordPairs::new(writer.types(), reader.types(), pairs, &stands_alone)
}

/// Whether a problem is what a trip is about.
fn counts(keep: &Keep, problem: &Problem) -> bool {
    let Some((_, inner)) = problem.records.split_first() else {
        return false;
    };
    match keep {
        Keep::Field(name, member) => {
            let field = problem.path.split('.').next();
            let of_member = |(record, _): &RecordPair| member.is_none_or(|own| own == *record);
            field == Some(name) && inner.first().is_none_or(of_member)
        }
        Keep::Missing(name) => inner.is_empty() && problem.missing.as_ref() == Some(name),
        Keep::Nothing => false,
    }
}

/// Where a field is; `None` for an extension, for which Avro has no place.
fn place<'m>(mapping: &'m Mapping, at: FieldAt<'_>) -> Option<Place<'m>> {
    let record = mapping.record(at.holder.id)?;
    let Body::Record(fields) = &mapping.types().get(record.ty).body else {
        return None;
    };
    if at.extension.is_some() {
        return None;
    }
    let own = |index: usize| at.holder.fields[index].number == at.field.number;
    let found = record
        .slots
        .iter()
        .zip(fields)
        .find_map(|(slot, field)| match slot {
            Slot::Field(index, _) => own(*index).then_some((field, None)),
            Slot::Oneof(_, members) => {
                let member = members.iter().find(|it| own(it.field))?;
                Some((field, Some(member.record)))
            }
        });
    found.map(|(field, member)| Place { field, member })
}

impl Passage for Data<'_, '_> {
    fn knows(&self, types: Both<MessageId>) -> bool {
        self.sides.old.record(types.old).is_some() && self.sides.new.record(types.new).is_some()
    }

    fn finds(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool {
        let Some((from, to)) = self.places(direction, pair) else {
            return true;
        };
        let (writer, reader) = self.mappings(direction);
        let name = &from.field.name;
        let field = to.field.name == *name || to.field.aliases.contains(name);
        let member = match (from.member, to.member) {
            (None, None) => true,
            (Some(from), Some(to)) => {
                let (from, to) = (&writer.types().get(from).name, reader.types().get(to));
                to.name.name == from.name || to.aliases.iter().any(|it| it.name == from.name)
            }
            (Some(_), None) | (None, Some(_)) => false,
        };
        field && member
    }

    fn suspects(&mut self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool {
        let types = pair.map(|at| at.holder.id);
        let keep = self.keep(Trip {
            direction,
            types,
            subject: Subject::Field(pair),
        });
        let Some(records) = self.pair(direction, types) else {
            return false;
        };
        let mut problems = self.across(direction).problems(records);
        problems.any(|it| counts(&keep, it)) || !self.finds(direction, pair)
    }

    fn send(&mut self, trip: Trip<'_>, message: &Message<'_>) -> Option<Arrival> {
        let from = trip.direction.writer(self.codecs);
        let message = complete(from, message.clone().into_owned());
        let (writer, _) = self.mappings(trip.direction);
        let mut bytes = Vec::new();
        let converter = Converter::new(from, writer, message.ty())?;
        converter.write(&message, &mut bytes).ok()?;
        let back = self.read_back(trip.direction, message.ty(), &bytes)?;
        let is_kept = |(number, value)| back.get(number) == Some(value);
        if !message.fields().all(is_kept) {
            return None;
        }
        let seen = match trip.subject {
            Subject::Whole => self.named(trip, &bytes).map_or(Ok(None), Err),
            Subject::Field(_) | Subject::Stranger(_) | Subject::Missing(_) | Subject::Rivals(_) => {
                self.arrived(trip, &bytes)?.map(Some)
            }
        };
        let text = data_encoding::HEXLOWER.encode(&bytes);
        Some(Arrival {
            payload: Payload::Other {
                format: "avro",
                text,
            },
            seen,
        })
    }
}
