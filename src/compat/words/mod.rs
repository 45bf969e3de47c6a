//! A change in one line, the same for every report: `field `total` of `shop.v1.Order` was `int64` and is `int32``.

mod field;

use self::field::of_field;
use super::delta::{
    Both, Delta, Ends, EnumChange, FileChange, MessageChange, MethodChange, OneofChange,
    PackageChange, ServiceChange, ValueChange,
};
use crate::contract::{
    Contract, Enum, EnumValue, File, FileId, Message, Method, NumberRange, Oneof, Reserved, Service,
};

/// The line.
pub(super) fn message(delta: &Delta<'_>, contracts: Both<&Contract>) -> String {
    match delta {
        Delta::File(change, ends) => of_file(*change, *ends),
        Delta::Package(change, ends) => of_package(*change, *ends),
        Delta::Message(change, ends) => of_message(*change, *ends, contracts),
        Delta::Field(change, holders, ends) => of_field(*change, *holders, *ends, contracts),
        Delta::Oneof(change, holders, ends) => of_oneof(*change, holders.new, *ends),
        Delta::Enum(change, ends) => of_enum(*change, *ends, contracts),
        Delta::Value(change, enums, ends) => of_value(*change, *enums, *ends),
        Delta::Service(change, ends) => of_service(*change, *ends, contracts),
        Delta::Method(change, services, ends) => of_method(*change, services.new, *ends, contracts),
    }
}

fn of_file(change: FileChange, ends: Ends<&File>) -> String {
    let path = &ends.any().path;
    let both = |value: fn(&File) -> String| {
        let was = ends.was().map(value).unwrap_or_default();
        let is = ends.is().map(value).unwrap_or_default();
        (was, is)
    };
    match change {
        FileChange::Added => format!("file `{path}` is new"),
        FileChange::Removed => format!("file `{path}` is gone"),
        FileChange::Package => {
            let (was, is) = both(|it| it.package.clone());
            format!("file `{path}` was of package `{was}` and is of `{is}`")
        }
        FileChange::Edition => {
            let (was, is) = both(|it| it.edition.name().to_owned());
            format!("file `{path}` was written in {was} and is in {is}")
        }
        FileChange::CcEnableArenas
        | FileChange::CcGenericServices
        | FileChange::CsharpNamespace
        | FileChange::GoPackage
        | FileChange::JavaGenericServices
        | FileChange::JavaMultipleFiles
        | FileChange::JavaOuterClassname
        | FileChange::JavaPackage
        | FileChange::ObjcClassPrefix
        | FileChange::OptimizeFor
        | FileChange::PhpClassPrefix
        | FileChange::PhpMetadataNamespace
        | FileChange::PhpNamespace
        | FileChange::PyGenericServices
        | FileChange::RubyPackage
        | FileChange::SwiftPrefix => {
            let option = change.name().trim_start_matches("file-").replace('-', "_");
            format!("`{option}` of file `{path}` changed")
        }
    }
}

fn of_package(change: PackageChange, ends: Ends<&File>) -> String {
    let name = &ends.any().package;
    match (change, ends.was()) {
        (PackageChange::Renamed, Some(old)) => {
            format!("package `{}` is `{name}` now", old.package)
        }
        (PackageChange::Renamed, None) => format!("package `{name}` has another name"),
        (PackageChange::Removed, _) => format!("package `{name}` is gone"),
    }
}

/// What moved from one file to another.
fn moved(thing: &str, files: Ends<FileId>, contracts: Both<&Contract>) -> String {
    match files {
        Ends::Both(files) => format!(
            "{thing} was in `{}` and is in `{}`",
            contracts.old.file(files.old).path,
            contracts.new.file(files.new).path
        ),
        Ends::Old(_) | Ends::New(_) => format!("{thing} is in another file"),
    }
}

fn of_message(change: MessageChange, ends: Ends<&Message>, contracts: Both<&Contract>) -> String {
    let name = &ends.any().full_name;
    match change {
        MessageChange::Added => format!("message `{name}` is new"),
        MessageChange::Removed => format!("message `{name}` is gone"),
        MessageChange::Renamed => match ends.was() {
            Some(old) => format!("message `{}` is `{name}` now", old.full_name),
            None => format!("message `{name}` has another name"),
        },
        MessageChange::Moved => moved(
            &format!("message `{name}`"),
            ends.map(|it| it.file),
            contracts,
        ),
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
        MessageChange::DescriptorAccessor => {
            format!("`no_standard_descriptor_accessor` of `{name}` changed")
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

fn of_enum(change: EnumChange, ends: Ends<&Enum>, contracts: Both<&Contract>) -> String {
    let name = &ends.any().full_name;
    match change {
        EnumChange::Added => format!("enum `{name}` is new"),
        EnumChange::Removed => format!("enum `{name}` is gone"),
        EnumChange::Renamed => match ends.was() {
            Some(old) => format!("enum `{}` is `{name}` now", old.full_name),
            None => format!("enum `{name}` has another name"),
        },
        EnumChange::Moved => moved(&format!("enum `{name}`"), ends.map(|it| it.file), contracts),
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

fn of_service(change: ServiceChange, ends: Ends<&Service>, contracts: Both<&Contract>) -> String {
    let name = &ends.any().full_name;
    match (change, ends.was()) {
        (ServiceChange::Added, _) => format!("service `{name}` is new"),
        (ServiceChange::Removed, _) => format!("service `{name}` is gone"),
        (ServiceChange::Renamed, Some(old)) => {
            format!("service `{}` is `{name}` now", old.full_name)
        }
        (ServiceChange::Renamed, None) => format!("service `{name}` has another name"),
        (ServiceChange::Moved, _) => moved(
            &format!("service `{name}`"),
            ends.map(|it| it.file),
            contracts,
        ),
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
    let number_kept = crate::compat::changes::is_reserved(reserved, number);
    let name_kept = reserved.names.iter().any(|it| it == name);
    match (number_kept, name_kept) {
        (false, false) => format!("number {number} and its name are"),
        (false, true) => format!("number {number} is"),
        (true, _) => "its name is".to_owned(),
    }
}

/// What was reserved of a number and a name.
fn was_reserved(reserved: &Reserved, number: i32, name: &str) -> String {
    match crate::compat::changes::is_reserved(reserved, number) {
        true => format!("number {number}"),
        false => format!("the name `{name}`"),
    }
}

/// What is no longer reserved, as it was written.
fn dropped(old: &Reserved, new: &Reserved) -> String {
    let range = |it: &&NumberRange| crate::compat::changes::uncovered(&new.ranges, **it).is_some();
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
