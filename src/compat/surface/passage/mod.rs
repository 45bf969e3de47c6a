//! Surfaces on which messages pass from one version to the other: by a schema, in a format that is a target's. The target
//! says how a message passes; which messages are sent for which change, and what comes of it, is decided here, once.

mod carriers;
mod fields;

use std::collections::HashSet;

use super::{Case, Judge, SideEffect, Spot, Verdict};
use crate::compat::delta::{Both, Delta, Ends, EnumChange, FieldAt, Kind, MessageChange};
use crate::compat::pair::{Cause, How};
use crate::compat::trial::{Direction, Effect, Evidence, Payload, Witness};
use crate::contract::{Message as MessageType, MessageId, Presence, Type};
use crate::dynamic::{Codec, Message, Value};

/// What a message is sent for: a reader may refuse it for other reasons as well, which are told of other changes.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'t> {
    /// The message as a whole, by its name.
    Whole,
    /// A field that both versions have.
    Field(Both<FieldAt<'t>>),
    /// A field that the writer alone has.
    Stranger(FieldAt<'t>),
    /// A field that the reader alone has, and requires.
    Missing(FieldAt<'t>),
    /// Two fields that exclude each other for the reader.
    Rivals(Both<FieldAt<'t>>),
}

/// A message on its way.
#[derive(Debug, Clone, Copy)]
pub struct Trip<'t> {
    /// Who writes and who reads.
    pub direction: Direction,
    /// Its type on both sides.
    pub types: Both<MessageId>,
    /// What it is sent for.
    pub subject: Subject<'t>,
}

/// What came of a message.
#[derive(Debug)]
pub struct Arrival {
    /// What was sent.
    pub payload: Payload,
    /// What the reader has: a message, or nothing but the word that it is right. Or why it is refused.
    pub seen: Result<Option<Message<'static>>, String>,
}

/// How messages pass from one version to the other.
pub trait Passage {
    /// Whether there is anything of a message in a version.
    fn knows(&self, types: Both<MessageId>) -> bool;

    /// Whether a reader looks for a field where the writer writes it.
    fn finds(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool;

    /// Whether it is worth a trial of a field that did not change itself.
    fn suspects(&mut self, direction: Direction, pair: Both<FieldAt<'_>>) -> bool;

    /// More messages that are worth a trial of a field, beside those of its type.
    fn probes(&self, direction: Direction, pair: Both<FieldAt<'_>>) -> Vec<Message<'static>> {
        let _ = (direction, pair);
        Vec::new()
    }

    /// Sends a message. `None` if the writer cannot say in this format what it says, so that nobody ever writes it.
    fn send(&mut self, trip: Trip<'_>, message: &Message<'_>) -> Option<Arrival>;
}

/// A judge by passage.
pub struct ByPassage<'c, 'a, P> {
    surface: &'static str,
    minds: fn(Kind) -> bool,
    case: &'c Case<'a>,
    passage: P,
    /// Fields, by the old version's message and number, of which it was told what becomes of them.
    told: HashSet<(Direction, Both<MessageId>, i32)>,
}

impl<'c, 'a, P: Passage> ByPassage<'c, 'a, P> {
    /// A judge of the changes that a surface minds.
    pub fn new(
        surface: &'static str,
        minds: fn(Kind) -> bool,
        case: &'c Case<'a>,
        passage: P,
    ) -> Self {
        Self {
            surface,
            minds,
            case,
            passage,
            told: HashSet::new(),
        }
    }

    /// Sends a message, and gives the evidence if it is refused, or if `effect` finds fault with what is read.
    fn evidence(
        &mut self,
        trip: Trip<'_>,
        message: &Message<'_>,
        meant: impl FnOnce() -> String,
        judge: impl FnOnce(&Message<'_>) -> Option<(Effect, String)>,
    ) -> Option<Evidence> {
        let arrival = self.passage.send(trip, message)?;
        let (effect, seen) = match &arrival.seen {
            Err(problem) => (Effect::Refused, problem.clone()),
            Ok(None) => return None,
            Ok(Some(read)) => judge(read)?,
        };
        let writer = trip.direction.writer(self.case.pairs.contracts);
        let of = writer.message(message.ty()).full_name.to_string();
        let (payload, meant) = (arrival.payload, meant());
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

    fn judge_one(&mut self, direction: Direction, delta: &Delta<'_>) -> Option<Evidence> {
        match delta {
            Delta::Field(change, holders, ends) => {
                self.passage.knows(holders.map(|it| it.id)).then_some(())?;
                match ends {
                    Ends::Both(pair) => self.changed(direction, *change, *holders, *pair),
                    Ends::Old(only) | Ends::New(only) => {
                        let of_new = matches!(ends, Ends::New(_));
                        self.alone(direction, *change, *holders, *only, of_new)
                    }
                }
            }
            Delta::Message(MessageChange::Renamed, Ends::Both(messages)) => {
                self.whole(direction, *messages)
            }
            Delta::Oneof(_, holders, Ends::Both(oneofs)) => {
                self.passage.knows(holders.map(|it| it.id)).then_some(())?;
                self.oneof(direction, *holders, *oneofs)
            }
            Delta::Enum(change, Ends::Both(enums)) => match change {
                EnumChange::Renamed => self.held(direction, enums.map(|it| it.id)),
                EnumChange::Openness => self.unnamed(direction, *enums),
                EnumChange::Added
                | EnumChange::Removed
                | EnumChange::Default
                | EnumChange::ReservedDropped
                | EnumChange::Moved
                | EnumChange::JsonFormat => None,
            },
            Delta::Value(_, enums, ends) => self.value(direction, *enums, *ends),
            Delta::Message(..)
            | Delta::Enum(_, Ends::Old(_) | Ends::New(_))
            | Delta::Oneof(_, _, Ends::Old(_) | Ends::New(_))
            | Delta::File(..)
            | Delta::Package(..)
            | Delta::Service(..)
            | Delta::Method(..) => None,
        }
    }

    /// A message that has another name.
    fn whole(&mut self, direction: Direction, messages: Both<&MessageType>) -> Option<Evidence> {
        let types = messages.map(|it| it.id);
        self.passage.knows(types).then_some(())?;
        let trip = Trip {
            direction,
            types,
            subject: Subject::Whole,
        };
        let message = Message::new(direction.writer(types));
        let name = &direction.writer(messages).full_name;
        self.evidence(trip, &message, || format!("a `{name}`"), |_| None)
    }

    /// Whether the types that a field holds have other names now: that is told of them.
    fn is_explained(&self, pair: Both<FieldAt<'_>>) -> bool {
        let own = |how| how == Some(How::Renamed(Cause::Own));
        let types = pair.map(|at| at.field.shape.value_type());
        match (types.old, types.new) {
            (Type::Message(old), Type::Message(new)) => {
                let kind = Kind::Message(MessageChange::Renamed);
                (self.minds)(kind) && own(self.case.pairs.messages.how(Both { old, new }))
            }
            (Type::Enum(old), Type::Enum(new)) => {
                let kind = Kind::Enum(EnumChange::Renamed);
                (self.minds)(kind) && own(self.case.pairs.enums.how(Both { old, new }))
            }
            (Type::Scalar(_) | Type::Message(_) | Type::Enum(_), _) => false,
        }
    }

    /// What becomes of a field of which no change told.
    fn side_effect(&mut self, pair: Both<FieldAt<'_>>) -> Option<SideEffect> {
        let holders = pair.map(|at| at.holder);
        let key = (holders.map(|it| it.id), pair.old.field.number);
        if self.is_explained(pair) {
            return None;
        }
        let mut verdicts = Vec::new();
        for direction in Direction::ALL {
            if self.told.contains(&(direction, key.0, key.1))
                || !self.passage.suspects(direction, pair)
            {
                continue;
            }
            if let Some(evidence) = self.tried(direction, pair) {
                verdicts.push(Verdict::proved(self.surface, direction, evidence));
            }
        }
        if verdicts.is_empty() {
            return None;
        }
        let contracts = self.case.pairs.contracts;
        let spot = |contract, at: FieldAt<'_>| {
            let name = format!("{}.{}", at.holder.full_name, at.field.name);
            Spot::new(contract, at.holder.file, name, at.field.span)
        };
        Some(SideEffect {
            element: Ends::Both(Both {
                old: spot(contracts.old, pair.old),
                new: spot(contracts.new, pair.new),
            }),
            message: format!(
                "values of field `{}` of `{}` do not pass on `{}`, though the field did not change",
                pair.new.field.name, pair.new.holder.full_name, self.surface
            ),
            verdicts,
        })
    }
}

impl<P: Passage> Judge for ByPassage<'_, '_, P> {
    fn judge(&mut self, delta: &Delta<'_>, _: &[Verdict]) -> Vec<Verdict> {
        if !(self.minds)(delta.kind()) {
            return Vec::new();
        }
        let mut verdicts = Vec::new();
        for direction in Direction::ALL {
            if let Some(evidence) = self.judge_one(direction, delta) {
                verdicts.push(Verdict::proved(self.surface, direction, evidence));
            }
        }
        verdicts
    }

    fn side_effects(&mut self) -> Vec<SideEffect> {
        let case = self.case;
        let pairs = &case.pairs;
        let known = pairs.messages.iter().map(|(types, _)| types);
        let fields: Vec<Both<FieldAt<'_>>> = known
            .filter(|types| self.passage.knows(*types))
            .filter_map(|types| pairs.fields(types))
            .flat_map(|fields| fields.both.iter().copied())
            .collect();
        fields
            .into_iter()
            .filter_map(|it| self.side_effect(it))
            .collect()
    }
}

/// The message with all that it must hold: what is required and not set is zero.
#[must_use]
pub fn complete(codec: &Codec<'_>, message: Message<'static>) -> Message<'static> {
    completed(codec, message, DEPTH)
}

/// How deep what is required may nest: a message that requires itself can never be complete.
const DEPTH: usize = 8;

fn completed(codec: &Codec<'_>, mut message: Message<'static>, depth: usize) -> Message<'static> {
    let ty = codec.contract().message(message.ty());
    for field in &ty.fields {
        if let Some(value) = message.get_mut(field.number) {
            let inner = std::mem::replace(value, Value::Bool(false));
            *value = completed_value(codec, inner, depth);
        } else if field.presence() == Some(Presence::Required) {
            let zero = codec.zero(field.shape.value_type());
            message.set(field.number, completed_value(codec, zero, depth));
        }
    }
    message
}

fn completed_value(codec: &Codec<'_>, value: Value<'static>, depth: usize) -> Value<'static> {
    let Some(depth) = depth.checked_sub(1) else {
        return value;
    };
    match value {
        Value::Message(message) => Value::from(completed(codec, *message, depth)),
        Value::List(list) => {
            let items = list.into_iter();
            Value::List(items.map(|it| completed_value(codec, it, depth)).collect())
        }
        Value::Map(map) => {
            let entries = map.into_iter();
            let of = |(key, it)| (key, completed_value(codec, it, depth));
            Value::Map(entries.map(of).collect())
        }
        value @ (Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_)) => value,
    }
}
