//! A change in one line, the same for every report: `field `total` of `shop.v1.Order` was `int64` and is `int32``.

use super::delta::{
    Both, Delta, Ends, EnumChange, FieldAt, FieldChange, MessageChange, MethodChange, OneofChange,
    PackageChange, ServiceChange, ValueChange,
};
use super::pair::Pairs;
use crate::contract::{
    Contract, Default, Enum, EnumValue, Field, Message, Method, NumberRange, Oneof, Presence,
    Reserved, Service, Shape, Type,
};

/// The line.
pub(super) fn message(delta: &Delta<'_>, pairs: &Pairs<'_>) -> String {
    let contracts = pairs.contracts;
    match delta {
        Delta::Package(PackageChange::Renamed, files) => format!(
            "package `{}` is `{}` now",
            files.old.package, files.new.package
        ),
        Delta::Message(change, ends) => of_message(*change, *ends),
        Delta::Field(change, holders, ends) => of_field(*change, *holders, *ends, contracts),
        Delta::Oneof(change, holders, ends) => of_oneof(*change, holders.new, *ends),
        Delta::Enum(change, ends) => of_enum(*change, *ends),
        Delta::Value(change, enums, ends) => of_value(*change, *enums, *ends),
        Delta::Service(change, ends) => of_service(*change, *ends),
        Delta::Method(change, services, ends) => of_method(*change, services.new, *ends, contracts),
    }
}

fn of_message(change: MessageChange, ends: Ends<&Message>) -> String {
    let name = &ends.any().full_name;
    match change {
        MessageChange::Added => format!("message `{name}` is new"),
        MessageChange::Removed => format!("message `{name}` is gone"),
        MessageChange::Renamed => match ends.was() {
            Some(old) => format!("message `{}` is `{name}` now", old.full_name),
            None => format!("message `{name}` has another name"),
        },
        MessageChange::ReservedDropped => {
            let what = ends
                .both()
                .map(|both| dropped(&both.old.reserved, &both.new.reserved));
            format!("`{name}` no longer reserves {}", what.unwrap_or_default())
        }
        MessageChange::ExtensionRange => {
            format!("`{name}` leaves fewer numbers to extensions")
        }
        MessageChange::MessageSet => match ends.any().message_set {
            true => format!("`{name}` has the MessageSet wire format now"),
            false => format!("`{name}` no longer has the MessageSet wire format"),
        },
        MessageChange::JsonFormat => format!("`json_format` of `{name}` changed"),
    }
}

fn of_field(
    change: FieldChange,
    holders: Both<&Message>,
    ends: Ends<FieldAt<'_>>,
    contracts: Both<&Contract>,
) -> String {
    let at = ends.any();
    let field = at.field;
    let thing = match at.extension {
        Some(extension) => format!("extension `{}`", extension.full_name),
        None => format!("field `{}` of `{}`", field.name, at.holder.full_name),
    };
    let number = field.number;
    let Some(both) = ends.both() else {
        return match change {
            FieldChange::Added => format!("{thing} is new"),
            FieldChange::Removed => format!("{thing} is gone"),
            FieldChange::Unreserved => {
                let missing = unreserved(&holders.new.reserved, number, &field.name);
                format!("{thing} is gone and {missing} not reserved")
            }
            FieldChange::NumberReused => {
                let reserved = was_reserved(&holders.old.reserved, number, &field.name);
                format!("{thing} has {reserved}, which was reserved")
            }
            FieldChange::Required => match ends {
                Ends::Old(_) => format!("required {thing} is gone"),
                Ends::New(_) | Ends::Both(_) => format!("{thing} is new and required"),
            },
            FieldChange::Renumbered
            | FieldChange::Renamed
            | FieldChange::JsonName
            | FieldChange::Kind
            | FieldChange::Cardinality
            | FieldChange::Presence
            | FieldChange::Oneof
            | FieldChange::Utf8
            | FieldChange::Default
            | FieldChange::Packing => format!("{thing} changed"),
        };
    };
    let types = Both {
        old: label(contracts.old, both.old.field),
        new: label(contracts.new, both.new.field),
    };
    let (old, new) = (both.old.field, both.new.field);
    match change {
        FieldChange::Renumbered => {
            format!("{thing} had number {} and has {}", old.number, new.number)
        }
        FieldChange::Renamed => match both.old.extension {
            Some(extension) => format!("{thing} was `{}`", extension.full_name),
            None => format!("{thing} was `{}`", old.name),
        },
        FieldChange::JsonName => format!(
            "{thing} was `{}` in JSON and is `{}`",
            old.json_name, new.json_name
        ),
        FieldChange::Kind | FieldChange::Cardinality => {
            format!("{thing} was `{}` and is `{}`", types.old, types.new)
        }
        FieldChange::Required => match new.presence() {
            Some(Presence::Required) => format!("{thing} is required now"),
            Some(Presence::Implicit | Presence::Explicit) | None => {
                format!("{thing} is no longer required")
            }
        },
        FieldChange::Presence => match new.presence() {
            Some(Presence::Implicit) => format!("{thing} no longer tells unset from zero"),
            Some(Presence::Explicit | Presence::Required) | None => {
                format!("{thing} tells unset from zero now")
            }
        },
        FieldChange::Oneof => match (oneof(both.old), oneof(both.new)) {
            (Some(was), Some(is)) => format!("{thing} was in oneof `{was}` and is in `{is}`"),
            (None, Some(is)) => format!("{thing} is in oneof `{is}` now"),
            (Some(was), None) => format!("{thing} is no longer in oneof `{was}`"),
            (None, None) => format!("{thing} is in another oneof"),
        },
        FieldChange::Utf8 => match new.verify_utf8 {
            true => format!("the text of {thing} is verified now"),
            false => format!("the text of {thing} is no longer verified"),
        },
        FieldChange::Default => format!(
            "{thing} had the default {} and has {}",
            default(contracts.old, old),
            default(contracts.new, new)
        ),
        FieldChange::Packing => format!("{thing} is written in another form"),
        FieldChange::Added
        | FieldChange::Removed
        | FieldChange::Unreserved
        | FieldChange::NumberReused => format!("{thing} changed"),
    }
}

fn oneof(at: FieldAt<'_>) -> Option<&str> {
    let id = at.field.oneof?;
    at.holder.oneofs.get(id.index()).map(|it| it.name.as_str())
}

/// A field's type as it is declared.
fn label(contract: &Contract, field: &Field) -> String {
    let ty = |ty: Type| match ty {
        Type::Scalar(scalar) => scalar.name().to_owned(),
        Type::Enum(id) => contract.enumeration(id).full_name.to_string(),
        Type::Message(id) if field.delimited => {
            format!("group {}", contract.message(id).full_name)
        }
        Type::Message(id) => contract.message(id).full_name.to_string(),
    };
    match field.shape {
        Shape::Singular { ty: of, .. } => ty(of),
        Shape::Repeated { ty: of, .. } => format!("repeated {}", ty(of)),
        Shape::Map { key, value } => format!("map<{}, {}>", key.name(), ty(value)),
    }
}

fn default(contract: &Contract, field: &Field) -> String {
    let Some(default) = &field.default else {
        return "of its type".to_owned();
    };
    match default {
        Default::Bool(value) => format!("`{value}`"),
        Default::Int(value) => format!("`{value}`"),
        Default::Uint(value) => format!("`{value}`"),
        Default::Float(value) => format!("`{value}`"),
        Default::Double(value) => format!("`{value}`"),
        Default::String(text) => format!("{text:?}"),
        Default::Bytes(bytes) => format!("\"{}\"", bytes.escape_ascii()),
        Default::Enum(number) => {
            let named = match field.shape.value_type() {
                Type::Enum(id) => contract.enumeration(id).value(*number),
                Type::Scalar(_) | Type::Message(_) => None,
            };
            named.map_or_else(|| format!("`{number}`"), |it| format!("`{}`", it.name))
        }
    }
}

fn of_oneof(change: OneofChange, holder: &Message, ends: Ends<&Oneof>) -> String {
    let thing = format!("oneof `{}` of `{}`", ends.any().name, holder.full_name);
    match (change, ends.was()) {
        (OneofChange::Added, _) => format!("{thing} is new"),
        (OneofChange::Removed, _) => format!("{thing} is gone"),
        (OneofChange::Renamed, Some(old)) => format!("{thing} was `{}`", old.name),
        (OneofChange::Renamed, None) => format!("{thing} has another name"),
    }
}

fn of_enum(change: EnumChange, ends: Ends<&Enum>) -> String {
    let name = &ends.any().full_name;
    match change {
        EnumChange::Added => format!("enum `{name}` is new"),
        EnumChange::Removed => format!("enum `{name}` is gone"),
        EnumChange::Renamed => match ends.was() {
            Some(old) => format!("enum `{}` is `{name}` now", old.full_name),
            None => format!("enum `{name}` has another name"),
        },
        EnumChange::Openness => match ends.any().closed {
            true => format!("enum `{name}` is closed now"),
            false => format!("enum `{name}` is open now"),
        },
        EnumChange::Default => {
            let first = |it: &Enum| {
                it.values
                    .first()
                    .map_or("", |it| it.name.as_str())
                    .to_owned()
            };
            let was = ends.was().map(first).unwrap_or_default();
            let is = ends.is().map(first).unwrap_or_default();
            format!("the first value of enum `{name}` was `{was}` and is `{is}`")
        }
        EnumChange::ReservedDropped => {
            let what = ends
                .both()
                .map(|both| dropped(&both.old.reserved, &both.new.reserved));
            format!(
                "enum `{name}` no longer reserves {}",
                what.unwrap_or_default()
            )
        }
        EnumChange::JsonFormat => format!("`json_format` of enum `{name}` changed"),
    }
}

fn of_value(change: ValueChange, enums: Both<&Enum>, ends: Ends<&EnumValue>) -> String {
    let value = ends.any();
    let thing = format!("value `{}` of enum `{}`", value.name, enums.new.full_name);
    let number = value.number;
    match change {
        ValueChange::Added => format!("{thing} is new"),
        ValueChange::Removed => format!("{thing} is gone"),
        ValueChange::Unreserved => {
            let missing = unreserved(&enums.new.reserved, number, &value.name);
            format!("{thing} is gone and {missing} not reserved")
        }
        ValueChange::NumberReused => {
            let reserved = was_reserved(&enums.old.reserved, number, &value.name);
            format!("{thing} has {reserved}, which was reserved")
        }
        ValueChange::Renumbered => match ends.was() {
            Some(old) => format!("{thing} had number {} and has {number}", old.number),
            None => format!("{thing} has another number"),
        },
        ValueChange::Renamed => match ends.was() {
            Some(old) => format!("{thing} was `{}`", old.name),
            None => format!("{thing} has another name"),
        },
        ValueChange::AliasAdded => format!("{thing} is one more name for {number}"),
        ValueChange::AliasRemoved => format!("{thing} is no longer a name for {number}"),
    }
}

fn of_service(change: ServiceChange, ends: Ends<&Service>) -> String {
    let name = &ends.any().full_name;
    match (change, ends.was()) {
        (ServiceChange::Added, _) => format!("service `{name}` is new"),
        (ServiceChange::Removed, _) => format!("service `{name}` is gone"),
        (ServiceChange::Renamed, Some(old)) => {
            format!("service `{}` is `{name}` now", old.full_name)
        }
        (ServiceChange::Renamed, None) => format!("service `{name}` has another name"),
    }
}

fn of_method(
    change: MethodChange,
    service: &Service,
    ends: Ends<&Method>,
    contracts: Both<&Contract>,
) -> String {
    let method = ends.any();
    let thing = format!("method `{}` of `{}`", method.name, service.full_name);
    let turned = |now: bool, who: &str| match now {
        true => format!("the {who} of {thing} sends a stream now"),
        false => format!("the {who} of {thing} no longer sends a stream"),
    };
    match change {
        MethodChange::Added => format!("{thing} is new"),
        MethodChange::Removed => format!("{thing} is gone"),
        MethodChange::Request => {
            format!(
                "{thing} takes `{}` now",
                contracts.new.message(method.input).full_name
            )
        }
        MethodChange::Response => {
            format!(
                "{thing} gives `{}` now",
                contracts.new.message(method.output).full_name
            )
        }
        MethodChange::ClientStreaming => turned(method.client_streaming, "client"),
        MethodChange::ServerStreaming => turned(method.server_streaming, "server"),
        MethodChange::Idempotency => format!("{thing} makes another promise of idempotency"),
    }
}

/// What is not reserved of a number and a name.
fn unreserved(reserved: &Reserved, number: i32, name: &str) -> String {
    let number_kept = super::changes::is_reserved(reserved, number);
    let name_kept = reserved.names.iter().any(|it| it == name);
    match (number_kept, name_kept) {
        (false, false) => format!("number {number} and its name are"),
        (false, true) => format!("number {number} is"),
        (true, _) => "its name is".to_owned(),
    }
}

/// What was reserved of a number and a name.
fn was_reserved(reserved: &Reserved, number: i32, name: &str) -> String {
    match super::changes::is_reserved(reserved, number) {
        true => format!("number {number}"),
        false => format!("the name `{name}`"),
    }
}

/// What is no longer reserved, as it was written.
fn dropped(old: &Reserved, new: &Reserved) -> String {
    let range = |it: &&NumberRange| super::changes::uncovered(&new.ranges, **it).is_some();
    let ranges = old
        .ranges
        .iter()
        .filter(range)
        .map(|it| match it.first == it.last {
            true => it.first.to_string(),
            false => format!("{} to {}", it.first, it.last),
        });
    let names = old.names.iter().filter(|it| !new.names.contains(it));
    let names = names.map(|it| format!("`{it}`"));
    ranges.chain(names).collect::<Vec<_>>().join(", ")
}
