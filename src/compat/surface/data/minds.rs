//! Which kinds of change can matter to data in a format, and which of them hurt no payload of today.

use crate::compat::delta::{
    EnumChange, FieldChange, Kind, MessageChange, PackageChange, ValueChange,
};
use crate::compat::trial::Format;

/// Whether a kind of change can matter to data in a format.
pub(super) fn minds(format: Format, kind: Kind) -> bool {
    let json = format == Format::Json;
    match kind {
        Kind::File(_) => false,
        Kind::Package(change) => match change {
            PackageChange::Renamed => json,
            PackageChange::Removed => false,
        },
        Kind::Message(change) => match change {
            MessageChange::Added | MessageChange::Moved | MessageChange::DescriptorAccessor => {
                false
            }
            MessageChange::Removed | MessageChange::Renamed | MessageChange::JsonFormat => json,
            MessageChange::ReservedDropped
            | MessageChange::ExtensionRange
            | MessageChange::MessageSet => !json,
        },
        Kind::Field(change) => match change {
            FieldChange::Added
            | FieldChange::Removed
            | FieldChange::Renamed
            | FieldChange::JsonName => json,
            FieldChange::Renumbered
            | FieldChange::Utf8
            | FieldChange::Unreserved
            | FieldChange::NumberReused => !json,
            FieldChange::Kind
            | FieldChange::Cardinality
            | FieldChange::Required
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Default => true,
            FieldChange::Moved
            | FieldChange::Type
            | FieldChange::Packing
            | FieldChange::Jstype
            | FieldChange::CppString
            | FieldChange::JavaUtf8 => false,
        },
        Kind::Oneof(_) | Kind::Service(_) | Kind::Method(_) => false,
        Kind::Enum(change) => match change {
            EnumChange::Added | EnumChange::Removed | EnumChange::Renamed | EnumChange::Moved => {
                false
            }
            EnumChange::Openness | EnumChange::Default => true,
            EnumChange::ReservedDropped => !json,
            EnumChange::JsonFormat => json,
        },
        Kind::Value(change) => match change {
            ValueChange::Added | ValueChange::Removed => true,
            ValueChange::Renamed => json,
            ValueChange::Renumbered | ValueChange::Unreserved | ValueChange::NumberReused => !json,
            ValueChange::AliasAdded | ValueChange::AliasRemoved => false,
        },
    }
}

/// Whether a payload can show what a kind of change does on the wire.
pub(in crate::compat::surface) fn is_tried_on_the_wire(kind: Kind) -> bool {
    minds(Format::Wire, kind) && !is_hygiene(kind)
}

/// What hurts no payload of today: no trial can show it.
pub(super) fn is_hygiene(kind: Kind) -> bool {
    match kind {
        Kind::Message(change) => match change {
            MessageChange::ReservedDropped
            | MessageChange::ExtensionRange
            | MessageChange::JsonFormat => true,
            MessageChange::Added
            | MessageChange::Removed
            | MessageChange::Renamed
            | MessageChange::Moved
            | MessageChange::MessageSet
            | MessageChange::DescriptorAccessor => false,
        },
        Kind::Field(change) => {
            matches!(change, FieldChange::Unreserved | FieldChange::NumberReused)
        }
        Kind::Enum(change) => {
            matches!(change, EnumChange::ReservedDropped | EnumChange::JsonFormat)
        }
        Kind::Value(change) => {
            matches!(change, ValueChange::Unreserved | ValueChange::NumberReused)
        }
        Kind::File(_) | Kind::Package(_) | Kind::Oneof(_) | Kind::Service(_) | Kind::Method(_) => {
            false
        }
    }
}
