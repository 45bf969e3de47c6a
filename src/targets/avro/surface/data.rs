//! How a message passes as Avro data: it is written with the schema of its own version and read with that of the other, by
//! Avro's resolution. Knows nothing of changes.

use std::collections::HashMap;

use crate::avro::datum::{Problem, Resolution};
use crate::avro::{Body, Converter, Field, Mapping, Schema, TypeId, mapping::Slot};
use crate::compat::delta::{Both, FieldAt};
use crate::compat::surface::passage::{Arrival, Passage, Subject, Trip, complete};
use crate::compat::trial::{Direction, Payload};
use crate::contract::MessageId;
use crate::dynamic::{Codec, Message};

/// The schemas of two versions, and how data of the one is read as data of the other.
pub(super) struct Data<'c, 'a> {
    codecs: Both<&'c Codec<'a>>,
    sides: Both<Mapping>,
    /// Between the records of two messages, whatever they are called.
    resolutions: HashMap<(Direction, Both<MessageId>), Resolution>,
    /// Of a writer's data by the writer itself.
    own: HashMap<(Direction, MessageId), Resolution>,
    /// The last one that was narrowed down, and to what: many messages are sent for one thing.
    narrowed: Option<(Narrow, Resolution)>,
}

/// What a resolution is narrowed down to.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Narrow {
    direction: Direction,
    types: Both<MessageId>,
    keep: Keep,
}

/// Which problems of a resolution stay.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Keep {
    /// Those of a field of the reader, and of a member if it is in a union.
    Field(String, Option<TypeId>),
    /// That a field is missing.
    Missing(String),
    /// That the records have other names.
    Names,
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
    pub(super) fn new(codecs: Both<&'c Codec<'a>>, sides: Both<Mapping>) -> Self {
        Self {
            codecs,
            sides,
            resolutions: HashMap::new(),
            own: HashMap::new(),
            narrowed: None,
        }
    }

    /// The mappings of the writer and of the reader.
    fn mappings(&self, direction: Direction) -> (&Mapping, &Mapping) {
        let sides = Both {
            old: &self.sides.old,
            new: &self.sides.new,
        };
        (direction.writer(sides), direction.reader(sides))
    }

    fn resolution(&mut self, direction: Direction, types: Both<MessageId>) -> Option<&Resolution> {
        let key = (direction, types);
        if !self.resolutions.contains_key(&key) {
            let (writer, reader) = self.mappings(direction);
            let from = writer.record(direction.writer(types))?.ty;
            let to = reader.record(direction.reader(types))?.ty;
            let resolution = Resolution::of_records((writer.types(), from), (reader.types(), to));
            self.resolutions.insert(key, resolution);
        }
        self.resolutions.get(&key)
    }

    /// What the writer itself reads of its data: what Avro has no place for is not there.
    fn read_back(
        &mut self,
        direction: Direction,
        ty: MessageId,
        bytes: &[u8],
    ) -> Option<Message<'static>> {
        let key = (direction, ty);
        if !self.own.contains_key(&key) {
            let (writer, _) = self.mappings(direction);
            let record = (writer.types(), writer.record(ty)?.ty);
            let resolution = Resolution::of_records(record, record);
            self.own.insert(key, resolution);
        }
        let resolution = self.own.get(&key)?;
        let (writer, _) = self.mappings(direction);
        let converter = Converter::new(direction.writer(self.codecs), writer, ty)?;
        let (message, _) = converter.read(resolution, bytes).ok()?;
        Some(message.into_owned())
    }

    /// What a trip is about, as far as the resolution goes.
    fn keep(&self, trip: Trip<'_>) -> Keep {
        let (_, reader) = self.mappings(trip.direction);
        match trip.subject {
            Subject::Whole => Keep::Names,
            Subject::Field(pair) => match self.places(trip.direction, pair) {
                Some((from, to)) => Keep::Field(to.field.name.clone(), from.member),
                None => Keep::Nothing,
            },
            Subject::Missing(at) => match place(reader, at) {
                Some(place) => Keep::Missing(place.field.name.clone()),
                None => Keep::Nothing,
            },
            Subject::Stranger(_) | Subject::Rivals(_) => Keep::Nothing,
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

    fn narrow(&mut self, trip: Trip<'_>) -> Option<()> {
        let narrow = Narrow {
            direction: trip.direction,
            types: trip.types,
            keep: self.keep(trip),
        };
        if self.narrowed.as_ref().is_some_and(|(it, _)| *it == narrow) {
            return Some(());
        }
        let resolution = if narrow.keep == Keep::Names {
            self.by_name(trip)?
        } else {
            self.resolution(trip.direction, trip.types)?.clone()
        };
        let (writer, _) = self.mappings(trip.direction);
        let resolution = resolution.with_only(|problem| keeps(writer, &narrow.keep, problem));
        self.narrowed = Some((narrow, resolution));
        Some(())
    }

    /// The resolution of two messages as Avro has it, which goes by their names.
    fn by_name(&self, trip: Trip<'_>) -> Option<Resolution> {
        let (writer, reader) = self.mappings(trip.direction);
        let codecs = self.codecs;
        let (from, to) = (trip.direction.writer(codecs), trip.direction.reader(codecs));
        let schema: Schema =
            Converter::new(from, writer, trip.direction.writer(trip.types))?.schema();
        let reader = Converter::new(to, reader, trip.direction.reader(trip.types))?;
        Some(reader.resolution(&schema))
    }
}

/// Whether a problem is what a trip is about. What is wrong inside of the messages that a field holds is told of their
/// fields; the records that only Avro needs are the field's own.
fn keeps(writer: &Mapping, keep: &Keep, problem: &Problem) -> bool {
    let is_own = |record: &TypeId| writer.message_of(*record).is_none();
    let Some((_, inner)) = problem.records.split_first() else {
        return *keep == Keep::Names;
    };
    match keep {
        Keep::Field(name, member) => {
            let field = problem.path.split('.').next();
            let of_member = inner
                .first()
                .is_none_or(|it| member.is_none_or(|own| own == *it));
            field == Some(name) && of_member && inner.iter().all(is_own)
        }
        Keep::Missing(name) => inner.is_empty() && problem.missing.as_ref() == Some(name),
        Keep::Names | Keep::Nothing => false,
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
        let trip = Trip {
            direction,
            types,
            subject: Subject::Field(pair),
        };
        let keep = self.keep(trip);
        let Some(resolution) = self.resolution(direction, types) else {
            return false;
        };
        let problems = resolution.problems().to_vec();
        let (writer, _) = self.mappings(direction);
        problems.iter().any(|it| keeps(writer, &keep, it)) || !self.finds(direction, pair)
    }

    fn send(&mut self, trip: Trip<'_>, message: &Message<'_>) -> Option<Arrival> {
        let direction = trip.direction;
        let (from, to) = (direction.writer(self.codecs), direction.reader(self.codecs));
        let message = complete(from, message.clone().into_owned());
        let (writer, _) = self.mappings(direction);
        let mut bytes = Vec::new();
        let converter = Converter::new(from, writer, message.ty())?;
        converter.write(&message, &mut bytes).ok()?;
        let back = self.read_back(direction, message.ty(), &bytes)?;
        let is_kept = |(number, value)| back.get(number) == Some(value);
        if !message.fields().all(is_kept) {
            return None;
        }
        self.narrow(trip)?;
        let (_, resolution) = self.narrowed.as_ref()?;
        let (_, reader) = self.mappings(direction);
        let converter = Converter::new(to, reader, direction.reader(trip.types))?;
        let seen = match converter.read(resolution, &bytes) {
            Ok((read, _)) => Ok(Some(read.into_owned())),
            Err(error) => Err(error.to_string()),
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
