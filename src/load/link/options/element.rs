//! The elements of a file that can have options: how they are walked and addressed, and which message describes them.

use prost_types::UninterpretedOption;

use super::super::Symbols;
use crate::load::descriptor::{FileProto, OptionsProto, tag};
use crate::load::paths::{join, to_i32};

/// The messages that describe options, in the order of [`Element::schema`].
pub(super) const OPTIONS: [&str; 9] = [
    "google.protobuf.FileOptions",
    "google.protobuf.MessageOptions",
    "google.protobuf.FieldOptions",
    "google.protobuf.OneofOptions",
    "google.protobuf.ExtensionRangeOptions",
    "google.protobuf.EnumOptions",
    "google.protobuf.EnumValueOptions",
    "google.protobuf.ServiceOptions",
    "google.protobuf.MethodOptions",
];

/// An element of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    File,
    Message(u32),
    Field(u32, u32),
    Oneof(u32, u32),
    ExtensionRange(u32, u32),
    Extension(u32),
    Enum(u32),
    EnumValue(u32, u32),
    Service(u32),
    Method(u32, u32),
}

/// Takes all options of a file that are still to be interpreted.
pub(super) fn take(proto: &mut FileProto) -> Vec<(Element, Vec<UninterpretedOption>)> {
    let mut taken = Vec::new();
    let mut add = |element: Element, options: &mut OptionsProto| {
        let options = options.take_uninterpreted();
        if !options.is_empty() {
            taken.push((element, options));
        }
    };
    add(Element::File, &mut proto.options);
    for (index, message) in (0..).zip(&mut proto.messages) {
        add(Element::Message(index), &mut message.options);
        for (position, field) in (0..).zip(&mut message.fields) {
            add(Element::Field(index, position), &mut field.options);
        }
        for (position, oneof) in (0..).zip(&mut message.oneofs) {
            add(Element::Oneof(index, position), &mut oneof.options);
        }
        for (position, range) in (0..).zip(&mut message.extension_ranges) {
            add(Element::ExtensionRange(index, position), &mut range.options);
        }
    }
    for (index, extension) in (0..).zip(&mut proto.extensions) {
        add(Element::Extension(index), &mut extension.field.options);
    }
    for (index, enumeration) in (0..).zip(&mut proto.enums) {
        add(Element::Enum(index), &mut enumeration.options);
        for (position, value) in (0..).zip(&mut enumeration.values) {
            add(Element::EnumValue(index, position), &mut value.options);
        }
    }
    for (index, service) in (0..).zip(&mut proto.services) {
        add(Element::Service(index), &mut service.options);
        for (position, method) in (0..).zip(&mut service.methods) {
            add(Element::Method(index, position), &mut method.options);
        }
    }
    taken
}

impl Element {
    /// The index of its options message in [`OPTIONS`].
    pub(super) fn schema(self) -> usize {
        match self {
            Self::File => 0,
            Self::Message(_) => 1,
            Self::Field(..) | Self::Extension(_) => 2,
            Self::Oneof(..) => 3,
            Self::ExtensionRange(..) => 4,
            Self::Enum(_) => 5,
            Self::EnumValue(..) => 6,
            Self::Service(_) => 7,
            Self::Method(..) => 8,
        }
    }

    /// Its options, to be added to.
    pub(super) fn options_mut(self, proto: &mut FileProto) -> &mut OptionsProto {
        match self {
            Self::File => &mut proto.options,
            Self::Message(index) => &mut proto.messages[index as usize].options,
            Self::Field(message, index) => {
                &mut proto.messages[message as usize].fields[index as usize].options
            }
            Self::Oneof(message, index) => {
                &mut proto.messages[message as usize].oneofs[index as usize].options
            }
            Self::ExtensionRange(message, index) => {
                &mut proto.messages[message as usize].extension_ranges[index as usize].options
            }
            Self::Extension(index) => &mut proto.extensions[index as usize].field.options,
            Self::Enum(index) => &mut proto.enums[index as usize].options,
            Self::EnumValue(enumeration, index) => {
                &mut proto.enums[enumeration as usize].values[index as usize].options
            }
            Self::Service(index) => &mut proto.services[index as usize].options,
            Self::Method(service, index) => {
                &mut proto.services[service as usize].methods[index as usize].options
            }
        }
    }

    /// Writes the full name from which its custom options are looked up: its own, so that the scope around it is the
    /// first to be searched. For an extension range it is the name of the message.
    pub(super) fn scope(self, proto: &FileProto, symbols: &Symbols, out: &mut String) {
        let message = |index: u32| symbols.name(proto.messages[index as usize].symbol);
        let (outer, name) = match self {
            Self::File => (proto.package.as_str(), "_"),
            Self::Message(index) | Self::ExtensionRange(index, _) => (message(index), ""),
            Self::Field(index, position) => (
                message(index),
                proto.messages[index as usize].fields[position as usize]
                    .name
                    .as_str(),
            ),
            Self::Oneof(index, position) => (
                message(index),
                proto.messages[index as usize].oneofs[position as usize]
                    .name
                    .as_str(),
            ),
            Self::Extension(index) => (symbols.name(proto.extensions[index as usize].symbol), ""),
            Self::Enum(index) => (symbols.name(proto.enums[index as usize].symbol), ""),
            // A value is a sibling of its enum: both are looked up from the scope around the enum.
            Self::EnumValue(index, _) => (symbols.name(proto.enums[index as usize].symbol), ""),
            Self::Service(index) => (symbols.name(proto.services[index as usize].symbol), ""),
            Self::Method(index, position) => (
                symbols.name(proto.services[index as usize].symbol),
                proto.services[index as usize].methods[position as usize]
                    .name
                    .as_str(),
            ),
        };
        out.clear();
        out.push_str(outer);
        if !name.is_empty() {
            if !outer.is_empty() {
                out.push('.');
            }
            out.push_str(name);
        }
    }

    /// The path of its options.
    pub(super) fn options_path(self, proto: &FileProto) -> Vec<i32> {
        use tag::{enum_value, enumeration, extension_range, field, file, message, method};
        use tag::{oneof, service};
        let in_message = |index, tail: &[i32]| join(&proto.message_path(index), tail);
        match self {
            Self::File => vec![file::OPTIONS],
            Self::Message(index) => in_message(index, &[message::OPTIONS]),
            Self::Field(index, position) => {
                in_message(index, &[message::FIELD, to_i32(position), field::OPTIONS])
            }
            Self::Oneof(index, position) => in_message(
                index,
                &[message::ONEOF_DECL, to_i32(position), oneof::OPTIONS],
            ),
            Self::ExtensionRange(index, position) => in_message(
                index,
                &[
                    message::EXTENSION_RANGE,
                    to_i32(position),
                    extension_range::OPTIONS,
                ],
            ),
            Self::Extension(index) => join(&proto.extension_path(index), &[field::OPTIONS]),
            Self::Enum(index) => join(&proto.enum_path(index), &[enumeration::OPTIONS]),
            Self::EnumValue(index, position) => join(
                &proto.enum_path(index),
                &[enumeration::VALUE, to_i32(position), enum_value::OPTIONS],
            ),
            Self::Service(index) => vec![file::SERVICE, to_i32(index), service::OPTIONS],
            Self::Method(index, position) => vec![
                file::SERVICE,
                to_i32(index),
                service::METHOD,
                to_i32(position),
                method::OPTIONS,
            ],
        }
    }
}
