//! From linked descriptors to the contract: ids are given, map entries become the shape of their field, synthetic
//! oneofs go, and every element becomes what the contract has of it. Nothing is checked here.

use super::descriptor::{
    EnumProto, ExtensionProto, FileProto, MessageProto, MethodProto, OptionsProto, RangeProto,
    ServiceProto,
};
use super::facts::{Facts, FieldFacts, Ids, option};
use super::link::{Linked, LinkedFile, SymbolId, Symbols};
use super::locate;
use super::paths::{to_i32, to_u32};
use crate::contract::{
    Contract, Enum, EnumId, EnumValue, Extension, ExtensionId, ExtensionRange, Field, File, FileId,
    FileOptions, FullName, Idempotency, Import, ImportKind, JsonName, Message, MessageId, Method,
    NumberRange, Oneof, OneofId, Options, Parts, Reserved, Service, WellKnown,
};
use crate::wire;

/// Makes the contract. All names must be resolved, that is, the linker told no error.
pub(crate) fn lower(mut linked: Linked) -> Contract {
    linked.files.retain(|file| !file.hidden);
    let facts = Facts::collect(&linked);
    let files = std::mem::take(&mut linked.files);
    let mut lowerer = Lowerer {
        symbols: &linked.symbols,
        ids: &facts.ids,
        fields: facts.fields.into_iter(),
        file: 0,
        parts: Parts::default(),
    };
    for (index, mut file) in files.into_iter().enumerate() {
        locate::locate(&mut file.proto, file.source);
        lowerer.file = to_u32(index);
        lowerer.file(file);
    }
    Contract::new(lowerer.parts)
}

struct Lowerer<'a> {
    symbols: &'a Symbols,
    ids: &'a Ids,
    /// What is known of the fields, in the order in which they are lowered.
    fields: std::vec::IntoIter<FieldFacts>,
    file: u32,
    parts: Parts,
}

impl Lowerer<'_> {
    fn file(&mut self, file: LinkedFile) {
        let mut proto = file.proto;
        let id = FileId::new(self.file as usize);
        for (index, message) in std::mem::take(&mut proto.messages).into_iter().enumerate() {
            if let Some(id) = self.ids.message_at(self.file, to_u32(index)) {
                let message = self.message(id, message);
                self.parts.messages.push(message);
            } else {
                // A map entry is no message of the contract: its fields are passed over.
                self.fields
                    .by_ref()
                    .take(message.fields.len())
                    .for_each(drop);
            }
        }
        for extension in std::mem::take(&mut proto.extensions) {
            if let Some(extension) = self.extension(extension) {
                self.parts.extensions.push(extension);
            }
        }
        for enumeration in std::mem::take(&mut proto.enums) {
            let enumeration = self.enumeration(enumeration);
            self.parts.enums.push(enumeration);
        }
        let services = std::mem::take(&mut proto.services)
            .into_iter()
            .enumerate()
            .map(|(index, service)| {
                let service = self.service(index, service);
                let id = service.id;
                self.parts.services.push(service);
                id
            })
            .collect();
        let options = file_options(&proto.options);
        self.parts.files.push(File {
            id,
            source: file.source,
            edition: file.edition,
            requested: file.requested,
            imports: imports(&proto, &file.imports),
            messages: self.messages(&proto.top_messages),
            enums: self.enums(&proto.top_enums),
            services,
            extensions: self.extensions(&proto.top_extensions),
            options,
            raw_options: raw(proto.options),
            docs: proto.place.docs,
            package_docs: proto.package_place.docs,
            path: proto.path,
            package: proto.package,
        });
    }

    fn file_id(&self) -> FileId {
        FileId::new(self.file as usize)
    }

    fn full_name(&self, symbol: SymbolId) -> FullName {
        FullName::new(self.symbols.name(symbol))
    }

    /// The ids of messages of this file, map entries left out.
    fn messages(&self, indices: &[u32]) -> Vec<MessageId> {
        indices
            .iter()
            .filter_map(|&index| self.ids.message_at(self.file, index))
            .collect()
    }

    fn enums(&self, indices: &[u32]) -> Vec<EnumId> {
        indices
            .iter()
            .map(|&index| self.ids.enum_at(self.file, index))
            .collect()
    }

    fn extensions(&self, indices: &[u32]) -> Vec<ExtensionId> {
        indices
            .iter()
            .map(|&index| self.ids.extension_at(self.file, index))
            .collect()
    }

    fn message(&mut self, id: MessageId, message: MessageProto) -> Message {
        let full_name = self.full_name(message.symbol);
        let options = message.options.bytes();
        let message_set = flag(options, option::MESSAGE_SET);
        let deprecated = flag(options, option::MESSAGE_DEPRECATED);
        let (oneofs, oneof_ids) = real_oneofs(&message);
        let mut fields = Vec::with_capacity(message.fields.len());
        for field in message.fields {
            let oneof = field
                .oneof_index
                .and_then(|index| *oneof_ids.get(usize::try_from(index).ok()?)?);
            fields.extend(self.fields.next().map(|facts| facts.field(field, oneof)));
        }
        Message {
            id,
            file: self.file_id(),
            parent: message
                .parent
                .and_then(|parent| self.ids.message_at(self.file, parent)),
            well_known: WellKnown::of_message(full_name.as_str()),
            full_name,
            name: message.name,
            fields,
            oneofs: message
                .oneofs
                .into_iter()
                .zip(oneofs)
                .filter(|(_, real)| *real)
                .map(|(oneof, _)| Oneof {
                    name: oneof.name,
                    raw_options: raw(oneof.options),
                    docs: oneof.place.docs,
                    span: oneof.place.span,
                })
                .collect(),
            messages: self.messages(&message.messages),
            enums: self.enums(&message.enums),
            extensions: self.extensions(&message.extensions),
            extension_ranges: message
                .extension_ranges
                .into_iter()
                .map(|range| ExtensionRange {
                    range: open_range(range.range),
                    raw_options: raw(range.options),
                })
                .collect(),
            reserved: Reserved {
                ranges: message
                    .reserved_ranges
                    .into_iter()
                    .map(open_range)
                    .collect(),
                names: message.reserved_names,
            },
            message_set,
            json_format: message.features.json_format,
            deprecated,
            raw_options: raw(message.options),
            docs: message.place.docs,
            span: message.place.span,
        }
    }

    fn extension(&mut self, extension: ExtensionProto) -> Option<Extension> {
        let facts = self.fields.next()?;
        let full_name = self.full_name(extension.symbol);
        let extendee = self.ids.message(extension.resolved_extendee?)?;
        let mut field: Field = facts.field(extension.field, None);
        field.json_name = JsonName::new(format!("[{full_name}]"));
        field.json_name_explicit = false;
        Some(Extension {
            id: ExtensionId::new(self.parts.extensions.len()),
            file: self.file_id(),
            scope: extension
                .scope
                .and_then(|scope| self.ids.message_at(self.file, scope)),
            full_name,
            extendee,
            field,
        })
    }

    fn enumeration(&mut self, enumeration: EnumProto) -> Enum {
        let options = enumeration.options.bytes();
        Enum {
            id: EnumId::new(self.parts.enums.len()),
            file: self.file_id(),
            parent: enumeration
                .parent
                .and_then(|parent| self.ids.message_at(self.file, parent)),
            full_name: self.full_name(enumeration.symbol),
            name: enumeration.name,
            values: enumeration
                .values
                .into_iter()
                .map(|value| EnumValue {
                    name: value.name,
                    number: value.number,
                    deprecated: flag(value.options.bytes(), option::ENUM_VALUE_DEPRECATED),
                    raw_options: raw(value.options),
                    docs: value.place.docs,
                    span: value.place.span,
                })
                .collect(),
            closed: enumeration.features.closed_enum,
            allow_alias: flag(options, option::ENUM_ALLOW_ALIAS),
            json_format: enumeration.features.json_format,
            reserved: Reserved {
                ranges: enumeration
                    .reserved_ranges
                    .into_iter()
                    .map(|range| NumberRange {
                        first: range.start,
                        last: range.end,
                    })
                    .collect(),
                names: enumeration.reserved_names,
            },
            deprecated: flag(options, option::ENUM_DEPRECATED),
            raw_options: raw(enumeration.options),
            docs: enumeration.place.docs,
            span: enumeration.place.span,
        }
    }

    fn service(&mut self, index: usize, service: ServiceProto) -> Service {
        let methods = service.methods.into_iter();
        Service {
            id: self.ids.service_at(self.file, to_u32(index)),
            file: self.file_id(),
            full_name: self.full_name(service.symbol),
            name: service.name,
            methods: methods.filter_map(|method| self.method(method)).collect(),
            deprecated: flag(service.options.bytes(), option::SERVICE_DEPRECATED),
            raw_options: raw(service.options),
            docs: service.place.docs,
            span: service.place.span,
        }
    }

    fn method(&self, method: MethodProto) -> Option<Method> {
        let options = method.options.bytes();
        Some(Method {
            name: method.name,
            input: self.ids.message(method.resolved_input?)?,
            output: self.ids.message(method.resolved_output?)?,
            client_streaming: method.client_streaming,
            server_streaming: method.server_streaming,
            idempotency: match wire::last_varint(options, option::METHOD_IDEMPOTENCY) {
                Some(1) => Idempotency::NoSideEffects,
                Some(2) => Idempotency::Idempotent,
                Some(_) | None => Idempotency::Unknown,
            },
            deprecated: flag(options, option::METHOD_DEPRECATED),
            raw_options: raw(method.options),
            docs: method.place.docs,
            span: method.place.span,
        })
    }
}

/// For each oneof whether it is real, and its id if so. A synthetic oneof stands for a proto3 `optional` field.
fn real_oneofs(message: &MessageProto) -> (Vec<bool>, Vec<Option<OneofId>>) {
    let mut real = vec![true; message.oneofs.len()];
    for field in message.fields.iter().filter(|field| field.proto3_optional) {
        let index = field
            .oneof_index
            .and_then(|index| usize::try_from(index).ok());
        if let Some(real) = index.and_then(|index| real.get_mut(index)) {
            *real = false;
        }
    }
    let mut next = 0;
    let ids = real
        .iter()
        .map(|&real| {
            real.then(|| {
                next += 1;
                OneofId::new(next - 1)
            })
        })
        .collect();
    (real, ids)
}

fn imports(proto: &FileProto, imports: &[Option<u32>]) -> Vec<Import> {
    imports
        .iter()
        .zip(&proto.import_places)
        .enumerate()
        .filter_map(|(position, (import, place))| {
            let position = to_i32(position);
            Some(Import {
                file: FileId::new((*import)? as usize),
                kind: if proto.public_dependency.contains(&position) {
                    ImportKind::Public
                } else if proto.weak_dependency.contains(&position) {
                    ImportKind::Weak
                } else {
                    ImportKind::Plain
                },
                span: place.span,
            })
        })
        .collect()
}

fn file_options(options: &OptionsProto) -> FileOptions {
    let bytes = options.bytes();
    let text = |number| {
        wire::last_bytes(bytes, number).map(|value| String::from_utf8_lossy(value).into_owned())
    };
    FileOptions {
        go_package: text(option::FILE_GO_PACKAGE),
        csharp_namespace: text(option::FILE_CSHARP_NAMESPACE),
        java_package: text(option::FILE_JAVA_PACKAGE),
        deprecated: flag(bytes, option::FILE_DEPRECATED),
    }
}

fn flag(options: &[u8], number: u32) -> bool {
    wire::last_varint(options, number).is_some_and(|value| value != 0)
}

fn raw(mut options: OptionsProto) -> Options {
    Options(options.take_bytes())
}

/// A range of a message, whose end is excluded.
fn open_range(range: RangeProto) -> NumberRange {
    NumberRange {
        first: range.start,
        last: range.end.saturating_sub(1),
    }
}
