//! Which change of a contract is the cause of which difference between two APIs. Decides by the elements that both are
//! about; nothing of how bad it is.

use super::{Api, Difference, Item, Owner, What};
use crate::compat::delta::{
    Both, Delta, EnumChange, FieldAt, FieldChange, FileChange, Kind, MessageChange, OneofChange,
    PackageChange, ValueChange,
};
use crate::contract::{Contract, Enum};

/// What a change of the contract can do to names and types, where these options of files say where code goes.
pub(super) fn minds(kind: Kind, options: &[FileChange]) -> bool {
    match kind {
        Kind::File(change) => change == FileChange::Removed || options.contains(&change),
        Kind::Package(change) => match change {
            PackageChange::Renamed => true,
            PackageChange::Removed => false,
        },
        Kind::Message(change) => match change {
            MessageChange::Removed
            | MessageChange::Renamed
            | MessageChange::Moved
            | MessageChange::MessageSet => true,
            MessageChange::Added
            | MessageChange::ReservedDropped
            | MessageChange::ExtensionRange
            | MessageChange::JsonFormat
            | MessageChange::DescriptorAccessor => false,
        },
        Kind::Field(change) => match change {
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Renamed
            | FieldChange::Moved
            | FieldChange::Kind
            | FieldChange::Type
            | FieldChange::Cardinality
            | FieldChange::Required
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Default => true,
            FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Renumbered
            | FieldChange::JsonName
            | FieldChange::Utf8
            | FieldChange::Packing
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Kind::Oneof(change) => match change {
            OneofChange::Removed | OneofChange::Renamed => true,
            OneofChange::Added => false,
        },
        Kind::Enum(change) => match change {
            EnumChange::Removed
            | EnumChange::Renamed
            | EnumChange::Moved
            | EnumChange::Openness
            | EnumChange::Default => true,
            EnumChange::Added | EnumChange::ReservedDropped | EnumChange::JsonFormat => false,
        },
        Kind::Value(change) => match change {
            ValueChange::Added
            | ValueChange::Removed
            | ValueChange::Renumbered
            | ValueChange::Renamed
            | ValueChange::AliasRemoved => true,
            ValueChange::Unreserved | ValueChange::NumberReused | ValueChange::AliasAdded => false,
        },
        Kind::Service(_) | Kind::Method(_) => false,
    }
}

/// A change of the contract as the cause of differences.
pub(super) struct Cause<'d, 'c> {
    pub(super) delta: &'d Delta<'d>,
    pub(super) contracts: Both<&'c Contract>,
}

impl Cause<'_, '_> {
    pub(super) fn causes(&self, difference: &Difference, apis: &Both<Api>) -> bool {
        let old = difference.old.map(|it| &apis.old.items()[it]);
        let new = difference.new.map(|it| &apis.new.items()[it]);
        let touches = old.is_some_and(|it| self.touches_old(it.owner) || self.names(it))
            || new.is_some_and(|it| self.touches_new(it.owner));
        touches && can_cause(self.delta.kind(), difference.what)
    }

    /// Whether an old thing is declared as it is because of what changed in the enum that it holds.
    fn names(&self, item: &Item) -> bool {
        let Delta::Enum(EnumChange::Openness | EnumChange::Default, ends) = self.delta else {
            return false;
        };
        let named = item.names.as_ref().map(|(owner, _)| *owner);
        named.is_some() && named == ends.was().map(|it| Owner::Enum(it.id))
    }

    fn touches_old(&self, owner: Owner) -> bool {
        let contract = self.contracts.old;
        match self.delta {
            Delta::File(FileChange::Removed, ends) => {
                ends.was().is_some_and(|it| owner == Owner::File(it.id))
            }
            Delta::File(_, ends) => ends.was().is_some_and(|it| owner.file(contract) == it.id),
            Delta::Package(_, ends) => {
                let package = |owner| match owner {
                    Owner::File(id) => Some(contract.file(id).package.as_str()),
                    Owner::Message(_)
                    | Owner::Field(..)
                    | Owner::Oneof(..)
                    | Owner::Enum(_)
                    | Owner::Value(..)
                    | Owner::Extension(_) => None,
                };
                ends.was()
                    .is_some_and(|it| package(owner) == Some(it.package.as_str()))
            }
            // Names inside may have the name of the message in them.
            Delta::Message(_, ends) => ends.was().is_some_and(|it| owner.is_in(contract, it.id)),
            Delta::Field(_, _, ends) => ends.was().is_some_and(|at| is_field(at, owner)),
            Delta::Oneof(_, holders, ends) => ends.was().is_some_and(|it| {
                let oneof = owner.oneof(contract);
                oneof.is_some_and(|(id, named)| id == holders.old.id && named.name == it.name)
            }),
            Delta::Enum(_, ends) => ends
                .was()
                .is_some_and(|it| owner.enumeration() == Some(it.id)),
            Delta::Value(_, enums, ends) => ends
                .was()
                .is_some_and(|it| is_value(owner, enums.old, &it.name)),
            Delta::Service(..) | Delta::Method(..) => false,
        }
    }

    fn touches_new(&self, owner: Owner) -> bool {
        match self.delta {
            Delta::Message(_, ends) => ends.is().is_some_and(|it| owner == Owner::Message(it.id)),
            Delta::Field(_, _, ends) => ends.is().is_some_and(|at| is_field(at, owner)),
            Delta::Enum(_, ends) => ends.is().is_some_and(|it| owner == Owner::Enum(it.id)),
            Delta::Value(_, enums, ends) => ends
                .is()
                .is_some_and(|it| is_value(owner, enums.new, &it.name)),
            Delta::File(..)
            | Delta::Package(..)
            | Delta::Oneof(..)
            | Delta::Service(..)
            | Delta::Method(..) => false,
        }
    }
}

fn is_value(owner: Owner, of: &Enum, name: &str) -> bool {
    match owner {
        Owner::Value(id, index) => {
            id == of.id && of.values.get(index).is_some_and(|it| it.name == name)
        }
        Owner::File(_)
        | Owner::Message(_)
        | Owner::Field(..)
        | Owner::Oneof(..)
        | Owner::Enum(_)
        | Owner::Extension(_) => false,
    }
}

fn is_field(at: FieldAt<'_>, owner: Owner) -> bool {
    match (at.extension, owner) {
        (None, Owner::Field(id, number)) => at.holder.id == id && at.field.number == number,
        (Some(extension), Owner::Extension(id)) => extension.id == id,
        (Some(_) | None, _) => false,
    }
}

/// Whether a kind of change is the sort of thing that has such a difference as its consequence.
fn can_cause(kind: Kind, what: What) -> bool {
    let is_placed = matches!(what, What::Gone | What::Moved);
    let is_declared = matches!(what, What::Gone | What::Changed | What::Valued);
    match kind {
        Kind::File(_) => is_placed,
        Kind::Field(change) => match change {
            FieldChange::Default => what == What::Valued,
            FieldChange::Added => matches!(what, What::Added | What::Taken | What::Placed),
            FieldChange::Removed | FieldChange::Renamed => {
                what != What::Valued && what != What::Changed
            }
            FieldChange::Moved => is_placed,
            FieldChange::Kind
            | FieldChange::Type
            | FieldChange::Cardinality
            | FieldChange::Presence => is_declared,
            FieldChange::Required => is_declared || what == What::Added,
            FieldChange::Oneof => true,
            FieldChange::Unreserved
            | FieldChange::NumberReused
            | FieldChange::Renumbered
            | FieldChange::JsonName
            | FieldChange::Utf8
            | FieldChange::Packing
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Kind::Message(MessageChange::Moved) | Kind::Enum(EnumChange::Moved) => is_placed,
        Kind::Package(_) | Kind::Message(_) | Kind::Oneof(_) | Kind::Enum(_) | Kind::Value(_) => {
            true
        }
        Kind::Service(_) | Kind::Method(_) => false,
    }
}
