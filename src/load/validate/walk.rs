//! Finds the way in options: which elements have some, and which fields are set in their bytes, at any depth.
//! Needed by the rules on what an option may be set on, and by the search for imports that nothing uses.

use crate::load::descriptor::{FieldProto, FileProto, MessageRef, OptionsProto, TypeRef};
use crate::load::link::{Linked, Symbol};
use crate::load::paths::{join, to_i32, to_u32};
use crate::load::tag;
use crate::wire::{Reader, Value};

/// How deep messages in options are followed. The parser allows less.
const MAX_DEPTH: u32 = 100;

/// The kinds of elements that have options, in the order of `FieldOptions.OptionTargetType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    File,
    ExtensionRange,
    Message,
    Field,
    Oneof,
    Enum,
    EnumValue,
    Service,
    Method,
}

impl Target {
    pub(super) const ALL: [Self; 9] = [
        Self::File,
        Self::ExtensionRange,
        Self::Message,
        Self::Field,
        Self::Oneof,
        Self::Enum,
        Self::EnumValue,
        Self::Service,
        Self::Method,
    ];

    /// Its number in `FieldOptions.OptionTargetType`.
    pub(super) fn number(self) -> u32 {
        self as u32 + 1
    }

    /// The message that describes its options.
    fn schema(self) -> &'static str {
        match self {
            Self::File => "google.protobuf.FileOptions",
            Self::ExtensionRange => "google.protobuf.ExtensionRangeOptions",
            Self::Message => "google.protobuf.MessageOptions",
            Self::Field => "google.protobuf.FieldOptions",
            Self::Oneof => "google.protobuf.OneofOptions",
            Self::Enum => "google.protobuf.EnumOptions",
            Self::EnumValue => "google.protobuf.EnumValueOptions",
            Self::Service => "google.protobuf.ServiceOptions",
            Self::Method => "google.protobuf.MethodOptions",
        }
    }

    /// The number of `features` in the message that describes its options.
    pub(super) fn features(self) -> u32 {
        match self {
            Self::File | Self::ExtensionRange => 50,
            Self::Message => 12,
            Self::Field => 21,
            Self::Oneof => 1,
            Self::Enum => 7,
            Self::EnumValue => 2,
            Self::Service => 34,
            Self::Method => 35,
        }
    }

    /// What it is called in messages to people, with its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::ExtensionRange => "an extension range",
            Self::Message => "a message",
            Self::Field => "a field",
            Self::Oneof => "a oneof",
            Self::Enum => "an enum",
            Self::EnumValue => "an enum value",
            Self::Service => "a service",
            Self::Method => "a method",
        }
    }
}

/// Makes the path of an element's options.
type Path<'p> = dyn Fn() -> Vec<i32> + 'p;

/// Is given an element's kind, its options and their path.
type Visit<'v> = dyn FnMut(Target, &OptionsProto, &Path<'_>) + 'v;

/// Calls `visit` for every element of a file that has options, with a function that makes the path of the options.
pub(super) fn each(proto: &FileProto, visit: &mut Visit<'_>) {
    let mut visit = |target, options: &OptionsProto, path: &Path<'_>| {
        if !options.bytes().is_empty() {
            visit(target, options, path);
        }
    };
    visit(Target::File, &proto.options, &|| vec![tag::file::OPTIONS]);
    for (index, message) in proto.messages.iter().enumerate() {
        let path = |tail: &[i32]| join(&proto.message_path(to_u32(index)), tail);
        let at = |list, position, options| path(&[list, to_i32(position), options]);
        visit(Target::Message, &message.options, &|| {
            path(&[tag::message::OPTIONS])
        });
        for (position, field) in message.fields.iter().enumerate() {
            visit(Target::Field, &field.options, &|| {
                at(tag::message::FIELD, position, tag::field::OPTIONS)
            });
        }
        for (position, oneof) in message.oneofs.iter().enumerate() {
            visit(Target::Oneof, &oneof.options, &|| {
                at(tag::message::ONEOF_DECL, position, tag::oneof::OPTIONS)
            });
        }
        for (position, range) in message.extension_ranges.iter().enumerate() {
            let list = tag::message::EXTENSION_RANGE;
            visit(Target::ExtensionRange, &range.options, &|| {
                at(list, position, tag::extension_range::OPTIONS)
            });
        }
    }
    for (index, extension) in proto.extensions.iter().enumerate() {
        visit(Target::Field, &extension.field.options, &|| {
            join(&proto.extension_path(to_u32(index)), &[tag::field::OPTIONS])
        });
    }
    for (index, enumeration) in proto.enums.iter().enumerate() {
        let path = |tail: &[i32]| join(&proto.enum_path(to_u32(index)), tail);
        visit(Target::Enum, &enumeration.options, &|| {
            path(&[tag::enumeration::OPTIONS])
        });
        for (position, value) in enumeration.values.iter().enumerate() {
            let list = tag::enumeration::VALUE;
            visit(Target::EnumValue, &value.options, &|| {
                path(&[list, to_i32(position), tag::enum_value::OPTIONS])
            });
        }
    }
    for (index, service) in proto.services.iter().enumerate() {
        let path = |tail: &[i32]| join(&[tag::file::SERVICE, to_i32(index)], tail);
        visit(Target::Service, &service.options, &|| {
            path(&[tag::service::OPTIONS])
        });
        for (position, method) in service.methods.iter().enumerate() {
            let list = tag::service::METHOD;
            visit(Target::Method, &method.options, &|| {
                path(&[list, to_i32(position), tag::method::OPTIONS])
            });
        }
    }
}

/// All extensions of a load, sorted by what they extend and by number, then in the order of the files.
pub(super) struct Extensions(Vec<Extension>);

/// An extension in its place among all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Extension {
    pub(super) extendee: MessageRef,
    pub(super) number: i32,
    pub(super) file: u32,
    pub(super) index: u32,
}

impl Extensions {
    pub(super) fn of(linked: &Linked) -> Self {
        let mut sorted = Vec::new();
        for (file, linked_file) in linked.files.iter().enumerate() {
            for (index, extension) in linked_file.proto.extensions.iter().enumerate() {
                sorted.extend(extension.resolved_extendee.map(|extendee| Extension {
                    extendee,
                    number: extension.field.number,
                    file: to_u32(file),
                    index: to_u32(index),
                }));
            }
        }
        sorted.sort_unstable();
        Self(sorted)
    }

    pub(super) fn sorted(&self) -> &[Extension] {
        &self.0
    }

    /// Those of a message with this number; more than one only if the contract is wrong.
    fn with_number(&self, extendee: MessageRef, number: i32) -> &[Extension] {
        let key = (extendee, number);
        let start = self
            .0
            .partition_point(|extension| (extension.extendee, extension.number) < key);
        let tail = &self.0[start..];
        let length =
            tail.partition_point(|extension| (extension.extendee, extension.number) == key);
        &tail[..length]
    }
}

/// Something that is set in options.
#[derive(Clone, Copy)]
pub(super) enum Found<'a> {
    /// A field of a message.
    Field(&'a FieldProto),
    /// An extension, with the file that defines it.
    Extension(u32, &'a FieldProto),
    /// A message in a `google.protobuf.Any`.
    Packed(MessageRef),
}

/// Reads options by their descriptors.
pub(super) struct Walker<'a> {
    linked: &'a Linked,
    extensions: Extensions,
    schemas: [Option<MessageRef>; Target::ALL.len()],
    any: Option<MessageRef>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(linked: &'a Linked) -> Self {
        let message = |name| match linked.symbols.symbol(linked.symbols.find(name)?) {
            Symbol::Message(message) => Some(message),
            Symbol::Package
            | Symbol::Field { .. }
            | Symbol::Oneof { .. }
            | Symbol::Enum(_)
            | Symbol::EnumValue { .. }
            | Symbol::Extension(_)
            | Symbol::Service(_)
            | Symbol::Method { .. } => None,
        };
        Self {
            linked,
            extensions: Extensions::of(linked),
            schemas: Target::ALL.map(|target| message(target.schema())),
            any: message("google.protobuf.Any"),
        }
    }

    /// Calls `visit` for everything that is set in the options of an element.
    pub(super) fn options(
        &self,
        target: Target,
        options: &OptionsProto,
        visit: &mut dyn FnMut(Found<'a>),
    ) {
        if let Some(schema) = self.schemas[target as usize] {
            self.message(schema, Reader::new(options.bytes()), 0, visit);
        }
    }

    fn message(
        &self,
        message: MessageRef,
        mut reader: Reader<'_>,
        depth: u32,
        visit: &mut dyn FnMut(Found<'a>),
    ) {
        if depth == MAX_DEPTH {
            return;
        }
        if Some(message) == self.any {
            return self.any(reader, depth, visit);
        }
        let fields = &self.linked.message(message).fields;
        while let Ok(Some((number, value))) = reader.next() {
            let Ok(number) = i32::try_from(number) else {
                continue;
            };
            let field = match fields.iter().find(|field| field.number == number) {
                Some(field) => {
                    visit(Found::Field(field));
                    Some(field)
                }
                None => {
                    let mut last = None;
                    for extension in self.extensions.with_number(message, number) {
                        let proto = &self.linked.files[extension.file as usize].proto;
                        let field = &proto.extensions[extension.index as usize].field;
                        visit(Found::Extension(extension.file, field));
                        last = Some(field);
                    }
                    last
                }
            };
            if let (Some(TypeRef::Message(inner)), Value::Bytes(value) | Value::Group(value)) =
                (field.map(|field| field.resolved), value)
            {
                self.message(inner, value, depth + 1, visit);
            }
        }
    }

    /// Follows a `google.protobuf.Any` into the message that it holds.
    fn any(&self, mut reader: Reader<'_>, depth: u32, visit: &mut dyn FnMut(Found<'a>)) {
        let (mut held, mut bytes) = (None, None);
        while let Ok(Some((number, value))) = reader.next() {
            match (number, value) {
                (1, Value::Bytes(url)) => held = std::str::from_utf8(url.rest()).ok(),
                (2, Value::Bytes(value)) => bytes = Some(value),
                _ => {}
            }
        }
        let name = held.map(|url| url.rsplit('/').next().unwrap_or(url));
        let symbol = name.and_then(|name| self.linked.symbols.find(name));
        if let Some(Symbol::Message(message)) = symbol.map(|id| self.linked.symbols.symbol(id)) {
            visit(Found::Packed(message));
            if let Some(bytes) = bytes {
                self.message(message, bytes, depth + 1, visit);
            }
        }
    }
}
