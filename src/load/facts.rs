//! What lowering must know of a file before it takes any file apart: ids of all elements, and of every field its
//! shape and default, which depend on elements of other files.

use super::defaults;
use super::descriptor::{EnumRef, FieldProto, Kind, Label, MessageRef, TypeRef};
use super::features::FieldPresence;
use super::link::Linked;
use crate::contract::{
    Default, EnumId, ExtensionId, Field, JsonName, MessageId, OneofId, Options, Presence, Scalar,
    ServiceId, Shape, Type,
};
use crate::wire;

/// The numbers of the options that are facts of the contract.
pub(crate) mod option {
    pub(crate) const FILE_JAVA_PACKAGE: u32 = 1;
    pub(crate) const FILE_GO_PACKAGE: u32 = 11;
    pub(crate) const FILE_DEPRECATED: u32 = 23;
    pub(crate) const FILE_CSHARP_NAMESPACE: u32 = 37;
    pub(crate) const MESSAGE_SET: u32 = 1;
    pub(crate) const MESSAGE_DEPRECATED: u32 = 3;
    pub(crate) const FIELD_DEPRECATED: u32 = 3;
    pub(crate) const FIELD_REDACT: u32 = 16;
    pub(crate) const ENUM_ALLOW_ALIAS: u32 = 2;
    pub(crate) const ENUM_DEPRECATED: u32 = 3;
    pub(crate) const ENUM_VALUE_DEPRECATED: u32 = 1;
    pub(crate) const SERVICE_DEPRECATED: u32 = 33;
    pub(crate) const METHOD_DEPRECATED: u32 = 33;
    pub(crate) const METHOD_IDEMPOTENCY: u32 = 34;
}

/// Everything that is needed.
pub(crate) struct Facts {
    pub(crate) ids: Ids,
    /// Of all fields and extensions, in the order of the files; in a file first the fields of its messages.
    pub(crate) fields: Vec<FieldFacts>,
}

/// The ids of the contract's elements, by their place in the descriptors.
pub(crate) struct Ids {
    messages: Vec<Vec<Option<MessageId>>>,
    /// The first id of each file; elements of these kinds are never left out.
    enums: Vec<usize>,
    extensions: Vec<usize>,
    services: Vec<usize>,
}

impl Ids {
    fn assign(linked: &Linked) -> Self {
        let mut ids = Self {
            messages: Vec::with_capacity(linked.files.len()),
            enums: Vec::new(),
            extensions: Vec::new(),
            services: Vec::new(),
        };
        let (mut messages, mut enums, mut extensions, mut services) = (0, 0, 0, 0);
        for file in &linked.files {
            let proto = &file.proto;
            ids.messages.push(
                proto
                    .messages
                    .iter()
                    .map(|message| {
                        (!message.map_entry).then(|| {
                            messages += 1;
                            MessageId::new(messages - 1)
                        })
                    })
                    .collect(),
            );
            ids.enums.push(enums);
            ids.extensions.push(extensions);
            ids.services.push(services);
            enums += proto.enums.len();
            extensions += proto.extensions.len();
            services += proto.services.len();
        }
        ids
    }

    /// The id of a message; `None` for a map entry.
    pub(crate) fn message(&self, message: MessageRef) -> Option<MessageId> {
        self.message_at(message.file, message.index)
    }

    pub(crate) fn message_at(&self, file: u32, index: u32) -> Option<MessageId> {
        *self.messages.get(file as usize)?.get(index as usize)?
    }

    pub(crate) fn enum_at(&self, file: u32, index: u32) -> EnumId {
        EnumId::new(self.enums[file as usize] + index as usize)
    }

    pub(crate) fn extension_at(&self, file: u32, index: u32) -> ExtensionId {
        ExtensionId::new(self.extensions[file as usize] + index as usize)
    }

    pub(crate) fn service_at(&self, file: u32, index: u32) -> ServiceId {
        ServiceId::new(self.services[file as usize] + index as usize)
    }
}

/// What a field is.
pub(crate) struct FieldFacts {
    shape: Shape,
    delimited: bool,
    verify_utf8: bool,
    default: Option<Default>,
}

impl Facts {
    /// Collects the facts of all files.
    pub(crate) fn collect(linked: &Linked) -> Self {
        let ids = Ids::assign(linked);
        let mut fields = Vec::new();
        let in_file = Collector { linked, ids: &ids };
        for file in &linked.files {
            for message in &file.proto.messages {
                let of_entry = message.map_entry;
                fields.extend(
                    message
                        .fields
                        .iter()
                        .map(|field| in_file.field(field, false, of_entry)),
                );
            }
            for extension in &file.proto.extensions {
                fields.push(in_file.field(&extension.field, true, false));
            }
        }
        Self { ids, fields }
    }
}

struct Collector<'a> {
    linked: &'a Linked,
    ids: &'a Ids,
}

impl Collector<'_> {
    fn field(&self, field: &FieldProto, extension: bool, of_entry: bool) -> FieldFacts {
        let features = field.features;
        let verify = |ty| ty == Type::Scalar(Scalar::String) && features.verify_utf8;
        if field.label == Label::Repeated
            && let Some((key, value)) = self.map_entry(field)
            && let (Some(Type::Scalar(key_type)), Some(value_type)) = (self.ty(key), self.ty(value))
        {
            let strings = [key, value];
            return FieldFacts {
                shape: Shape::Map {
                    key: key_type,
                    value: value_type,
                },
                delimited: false,
                verify_utf8: strings.iter().any(|field| {
                    field.kind == Some(Kind::Scalar(Scalar::String)) && field.features.verify_utf8
                }),
                default: None,
            };
        }
        let ty = self.ty(field).unwrap_or(Type::Scalar(Scalar::Int32));
        let message = matches!(ty, Type::Message(_));
        let shape = if field.label == Label::Repeated {
            Shape::Repeated {
                ty,
                packed: features.packed && ty.wire_type(features.delimited) != 2 && !message,
            }
        } else {
            Shape::Singular {
                ty,
                presence: match features.field_presence {
                    FieldPresence::LegacyRequired => Presence::Required,
                    FieldPresence::Explicit => Presence::Explicit,
                    FieldPresence::Implicit
                        if message || extension || field.oneof_index.is_some() =>
                    {
                        Presence::Explicit
                    }
                    FieldPresence::Implicit => Presence::Implicit,
                },
            }
        };
        FieldFacts {
            shape,
            delimited: message && features.delimited && !of_entry,
            verify_utf8: verify(ty),
            default: self.default(field),
        }
    }

    /// The key and the value of the map that a field is.
    fn map_entry(&self, field: &FieldProto) -> Option<(&FieldProto, &FieldProto)> {
        let TypeRef::Message(message) = field.resolved else {
            return None;
        };
        let message = self.linked.message(message);
        match message.fields.as_slice() {
            [key, value] if message.map_entry => Some((key, value)),
            _ => None,
        }
    }

    fn ty(&self, field: &FieldProto) -> Option<Type> {
        match (field.kind?, field.resolved) {
            (Kind::Scalar(scalar), _) => Some(Type::Scalar(scalar)),
            (Kind::Message | Kind::Group, TypeRef::Message(message)) => {
                self.ids.message(message).map(Type::Message)
            }
            (Kind::Enum, TypeRef::Enum(EnumRef { file, index })) => {
                Some(Type::Enum(self.ids.enum_at(file, index)))
            }
            (Kind::Message | Kind::Group, TypeRef::None | TypeRef::Enum(_))
            | (Kind::Enum, TypeRef::None | TypeRef::Message(_)) => None,
        }
    }

    fn default(&self, field: &FieldProto) -> Option<Default> {
        let enumeration = match field.resolved {
            TypeRef::Enum(enumeration) => Some(self.linked.enumeration(enumeration)),
            TypeRef::Message(_) | TypeRef::None => None,
        };
        defaults::parse(field.default_value.as_deref()?, field.kind?, enumeration)
    }
}

impl FieldFacts {
    /// The contract's field.
    pub(crate) fn field(self, field: FieldProto, oneof: Option<OneofId>) -> Field {
        let derived = JsonName::of_field(&field.name);
        let json_name = field.json_name.map(JsonName::new);
        let mut options = field.options;
        let bytes = options.take_bytes();
        let flag = |number| wire::last_varint(&bytes, number).is_some_and(|value| value != 0);
        Field {
            json_name_explicit: json_name.as_ref().is_some_and(|name| *name != derived),
            json_name: json_name.unwrap_or(derived),
            name: field.name,
            number: field.number,
            shape: self.shape,
            delimited: self.delimited,
            verify_utf8: self.verify_utf8,
            oneof,
            default: self.default,
            deprecated: flag(option::FIELD_DEPRECATED),
            redact: flag(option::FIELD_REDACT),
            raw_options: Options(bytes),
            docs: field.place.docs,
            span: field.place.span,
        }
    }
}
