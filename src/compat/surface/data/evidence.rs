//! Which trial shows what a change does to data; the trial decides the rest.

use crate::compat::changes::differences;
use crate::compat::delta::{
    Both, Delta, Ends, EnumChange, FieldAt, FieldChange, MessageChange, PackageChange,
};
use crate::compat::pair::{Cause, How};
use crate::compat::surface::Case;
use crate::compat::trial::{Direction, Effect, Evidence, Format};
use crate::contract::{Enum, EnumValue, Message};

/// What a change does to data in a format and a direction, if anything.
pub(super) fn evidence(
    format: Format,
    direction: Direction,
    delta: &Delta<'_>,
    case: &Case<'_>,
) -> Option<Evidence> {
    match delta {
        Delta::Package(PackageChange::Renamed, ends) => {
            package(format, direction, case, &ends.was()?.package)
        }
        Delta::Message(change, ends) => message(format, direction, *change, *ends, case),
        Delta::Field(change, holders, ends) => match ends {
            Ends::Both(pair) => field(format, direction, *change, *holders, *pair, case),
            Ends::Old(only) | Ends::New(only) => {
                alone(format, direction, *change, *holders, *ends, *only, case)
            }
        },
        Delta::Enum(change, Ends::Both(enums)) => {
            enumeration(format, direction, *change, *enums, case)
        }
        Delta::Value(_, enums, ends) => value(format, direction, *enums, *ends, case),
        Delta::Enum(_, Ends::Old(_) | Ends::New(_))
        | Delta::File(..)
        | Delta::Package(PackageChange::Removed, _)
        | Delta::Oneof(..)
        | Delta::Service(..)
        | Delta::Method(..) => None,
    }
}

/// A package is in the names by which an `Any` knows what it holds.
fn package(format: Format, direction: Direction, case: &Case<'_>, was: &str) -> Option<Evidence> {
    let contracts = case.pairs.contracts;
    let (ids, _) = case.pairs.messages.iter().find(|(ids, how)| {
        let file = contracts.old.message(ids.old).file;
        *how == How::Renamed(Cause::Package) && contracts.old.file(file).package == was
    })?;
    renamed(format, direction, ids_to_messages(case, ids), case)
}

fn ids_to_messages<'a>(
    case: &Case<'a>,
    ids: Both<crate::contract::MessageId>,
) -> Both<&'a Message> {
    let contracts = case.pairs.contracts;
    Both {
        old: contracts.old.message(ids.old),
        new: contracts.new.message(ids.new),
    }
}

fn renamed(
    format: Format,
    direction: Direction,
    messages: Both<&Message>,
    case: &Case<'_>,
) -> Option<Evidence> {
    let written = direction.writer(messages);
    case.laboratory.any(format, direction, written)
}

fn message(
    format: Format,
    direction: Direction,
    change: MessageChange,
    ends: Ends<&Message>,
    case: &Case<'_>,
) -> Option<Evidence> {
    match (change, ends) {
        (MessageChange::Renamed, Ends::Both(messages)) => {
            renamed(format, direction, messages, case)
        }
        (MessageChange::Removed, Ends::Old(gone)) if direction == Direction::Backward => {
            case.laboratory.any(format, direction, gone)
        }
        (MessageChange::MessageSet, Ends::Both(messages)) => {
            let fields = case.pairs.fields(messages.map(|it| it.id))?;
            (case.laboratory).extension(format, direction, &fields.both)
        }
        (
            MessageChange::Added
            | MessageChange::Removed
            | MessageChange::Renamed
            | MessageChange::Moved
            | MessageChange::MessageSet
            | MessageChange::ReservedDropped
            | MessageChange::ExtensionRange
            | MessageChange::JsonFormat
            | MessageChange::DescriptorAccessor,
            _,
        ) => None,
    }
}

/// A field that is in both versions.
fn field(
    format: Format,
    direction: Direction,
    change: FieldChange,
    holders: Both<&Message>,
    pair: Both<FieldAt<'_>>,
    case: &Case<'_>,
) -> Option<Evidence> {
    let laboratory = &case.laboratory;
    let fields = case.pairs.fields(holders.map(|it| it.id))?;
    let all = differences(pair, fields);
    let misses = all.iter().find(|it| misses(format, **it));
    let whole = all
        .iter()
        .find(|it| misses.is_none() && reshapes(**it))
        .or(misses);
    // What is not found, or is of another shape, is told once. The rest would only repeat it.
    if whole.is_some_and(|first| *first != change) {
        return None;
    }
    let tried = || laboratory.field(format, direction, pair);
    match change {
        FieldChange::Renumbered
        | FieldChange::Renamed
        | FieldChange::JsonName
        | FieldChange::Kind
        | FieldChange::Cardinality
        | FieldChange::Utf8 => tried().worst(),
        FieldChange::Presence => tried().worst().filter(|it| it.effect == Effect::Presence),
        FieldChange::Required => {
            let required = direction.reader(pair).field;
            let is_required = required.presence() == Some(crate::contract::Presence::Required);
            is_required.then(|| laboratory.missing(format, direction, holders, required))?
        }
        FieldChange::Oneof => {
            let excludes = |other: &&Both<FieldAt<'_>>| {
                let both = |at: FieldAt<'_>, other: FieldAt<'_>| {
                    at.field.oneof.is_some() && at.field.oneof == other.field.oneof
                };
                other.old.field.number != pair.old.field.number
                    && !both(direction.writer(pair), direction.writer(**other))
                    && both(direction.reader(pair), direction.reader(**other))
            };
            let other = fields.both.iter().find(excludes)?;
            laboratory.excluded(format, direction, holders, pair, *other)
        }
        FieldChange::Default => laboratory.unset(format, direction, pair),
        FieldChange::Added
        | FieldChange::Removed
        | FieldChange::Unreserved
        | FieldChange::NumberReused
        | FieldChange::Moved
        | FieldChange::Type
        | FieldChange::Packing
        | FieldChange::Jstype
        | FieldChange::CppString
        | FieldChange::JavaUtf8 => None,
    }
}

/// Whether a reader looks for the field where it no longer is.
fn misses(format: Format, change: FieldChange) -> bool {
    match format {
        Format::Wire => change == FieldChange::Renumbered,
        Format::Json => matches!(change, FieldChange::Renamed | FieldChange::JsonName),
    }
}

/// Whether a reader finds values of another shape.
fn reshapes(change: FieldChange) -> bool {
    matches!(change, FieldChange::Kind | FieldChange::Cardinality)
}

/// A field that is in one version.
fn alone(
    format: Format,
    direction: Direction,
    change: FieldChange,
    holders: Both<&Message>,
    ends: Ends<FieldAt<'_>>,
    only: FieldAt<'_>,
    case: &Case<'_>,
) -> Option<Evidence> {
    let has = match ends {
        Ends::Old(_) => Both {
            old: true,
            new: false,
        },
        Ends::New(_) | Ends::Both(_) => Both {
            old: false,
            new: true,
        },
    };
    match change {
        FieldChange::Required if direction.reader(has) => {
            (case.laboratory).missing(format, direction, holders, only.field)
        }
        FieldChange::Added | FieldChange::Removed if direction.writer(has) => {
            (case.laboratory).stranger(format, direction, holders, only)
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
        | FieldChange::Cardinality
        | FieldChange::Presence
        | FieldChange::Oneof
        | FieldChange::Utf8
        | FieldChange::Default
        | FieldChange::Moved
        | FieldChange::Type
        | FieldChange::Packing
        | FieldChange::Jstype
        | FieldChange::CppString
        | FieldChange::JavaUtf8 => None,
    }
}

fn enumeration(
    format: Format,
    direction: Direction,
    change: EnumChange,
    enums: Both<&Enum>,
    case: &Case<'_>,
) -> Option<Evidence> {
    let carrier = case.pairs.carrier(enums.map(|it| it.id))?;
    match change {
        EnumChange::Openness => case.laboratory.unnamed(format, direction, carrier, enums),
        EnumChange::Default => {
            let is_plain = [carrier.old, carrier.new]
                .iter()
                .all(|at| at.field.default.is_none());
            is_plain.then(|| case.laboratory.unset(format, direction, carrier))?
        }
        EnumChange::Added
        | EnumChange::Removed
        | EnumChange::Renamed
        | EnumChange::Moved
        | EnumChange::ReservedDropped
        | EnumChange::JsonFormat => None,
    }
}

/// A value of an enum: the writer sends it, if it has it.
fn value(
    format: Format,
    direction: Direction,
    enums: Both<&Enum>,
    ends: Ends<&EnumValue>,
    case: &Case<'_>,
) -> Option<Evidence> {
    let carrier = case.pairs.carrier(enums.map(|it| it.id))?;
    let (written, same) = match (ends, direction) {
        (Ends::Both(pair), _) => (direction.writer(pair), Some(direction.reader(pair))),
        (Ends::Old(only), Direction::Backward) | (Ends::New(only), Direction::Forward) => {
            (only, None)
        }
        (Ends::Old(_), Direction::Forward) | (Ends::New(_), Direction::Backward) => return None,
    };
    (case.laboratory).number(format, direction, carrier, written, same)
}
