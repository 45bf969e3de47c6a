//! The names of types in Avro: namespaces, nested types and words that no type may have.

use super::options::{Nested, Options};
use crate::avro::schema::{Name, Primitive};
use crate::contract::{Contract, Enum, FileId, Message, MessageId};

/// The name of a message's record.
pub(super) fn of_message(contract: &Contract, options: &Options, message: &Message) -> Name {
    let path = path(contract, message.id);
    name(&package(contract, options, message.file), &path, options)
}

/// The name of an enum.
pub(super) fn of_enum(contract: &Contract, options: &Options, enumeration: &Enum) -> Name {
    let mut path = enumeration
        .parent
        .map(|parent| path(contract, parent))
        .unwrap_or_default();
    path.push(&enumeration.name);
    name(
        &package(contract, options, enumeration.file),
        &path,
        options,
    )
}

/// The name of a type that Avro needs and the contract does not have, inside of a message.
pub(super) fn inside(
    contract: &Contract,
    options: &Options,
    message: &Message,
    parts: &[&str],
) -> Name {
    let mut path = path(contract, message.id);
    path.extend(parts);
    name(&package(contract, options, message.file), &path, options)
}

/// The name of the record of a map's entries: that of protobuf's own entry message (`MapEntryName` of protoc).
pub(super) fn entry(field: &str) -> String {
    let mut name = String::with_capacity(field.len() + 5);
    let mut upper = true;
    for c in field.chars() {
        if c == '_' {
            upper = true;
        } else if std::mem::take(&mut upper) {
            name.push(c.to_ascii_uppercase());
        } else {
            name.push(c);
        }
    }
    name + "Entry"
}

fn package(contract: &Contract, options: &Options, file: FileId) -> String {
    let package = &contract.file(file).package;
    if package.is_empty() {
        options.namespace.clone()
    } else {
        package.clone()
    }
}

/// The names of the messages around a message, the outermost first, and its own.
fn path(contract: &Contract, id: MessageId) -> Vec<&str> {
    let mut path = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        let message = contract.message(id);
        path.push(message.name.as_str());
        next = message.parent;
    }
    path.reverse();
    path
}

fn name(package: &str, path: &[&str], options: &Options) -> Name {
    let (last, outer) = path.split_last().unwrap_or((&"", &[]));
    match options.nested {
        Nested::Namespace => {
            let package = Some(package).filter(|package| !package.is_empty());
            let parts: Vec<&str> = package.into_iter().chain(outer.iter().copied()).collect();
            Name {
                namespace: parts.join("."),
                name: legal(last),
            }
        }
        Nested::Underscore => Name {
            namespace: package.to_owned(),
            name: legal(&path.join("_")),
        },
    }
}

/// The name of a type that may not be called so: those of the primitive types are taken in every namespace.
fn legal(name: &str) -> String {
    if Primitive::of_name(name).is_some() {
        format!("{name}_")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_types_have_their_outer_type_in_the_namespace_or_in_the_name() {
        let name = |nested, package, path: &[&str]| {
            let options = Options {
                nested,
                ..Options::default()
            };
            name(package, path, &options).full()
        };
        assert_eq!(name(Nested::Namespace, "a.b", &["C", "D"]), "a.b.C.D");
        assert_eq!(name(Nested::Underscore, "a.b", &["C", "D"]), "a.b.C_D");
        assert_eq!(name(Nested::Namespace, "", &["C", "D"]), "C.D");
        assert_eq!(name(Nested::Underscore, "", &["C", "D"]), "C_D");
        assert_eq!(name(Nested::Namespace, "a", &["string"]), "a.string_");
    }

    #[test]
    fn entries_are_called_as_in_protobuf() {
        assert_eq!(entry("by_name"), "ByNameEntry");
        assert_eq!(entry("_x__y2"), "XY2Entry");
    }
}
