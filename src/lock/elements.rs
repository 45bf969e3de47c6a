//! From a contract to the elements that a lock holds: all of its own files, and of imported ones the types that its own
//! hold. protobuf's own types are left out, which every version of xlc knows.

use std::borrow::Cow;

use super::default;
use super::item::{
    FieldItem, FileItem, Item, Kept, Label, MethodItem, Sort, TypeItem, TypeName, ValueItem,
};
use crate::contract::{
    Contract, Element, Enum, EnumId, Extension, Field, File, FileId, JsonFormat, JsonName, Message,
    MessageId, Presence, Reserved, Service, Shape, Type,
};

/// The package of protobuf's own types.
const GOOGLE: &str = "google.protobuf";

/// The elements of a contract, in no particular order.
pub(super) fn of_contract(contract: &Contract) -> Vec<Item<'_>> {
    let mut collector = Collector::new(contract);
    for file in contract.requested_files() {
        collector.file(file.id);
    }
    let asked = |file: FileId| contract.file(file).requested;
    for message in contract.messages().iter().filter(|it| asked(it.file)) {
        collector.message(message.id);
    }
    for enumeration in contract.enums().iter().filter(|it| asked(it.file)) {
        collector.enumeration(enumeration.id);
    }
    for service in contract.services().iter().filter(|it| asked(it.file)) {
        collector.service(service);
    }
    let is_extension = |it: &&Extension| asked(it.file) && !contract.is_option(it);
    for extension in contract.extensions().iter().filter(is_extension) {
        collector.extension(extension);
    }
    collector.finish()
}

/// The elements of some of protobuf's own types and of what they hold, as far as a contract has them.
pub(super) fn of_google<'a>(contract: &'a Contract, names: &[&str]) -> Vec<Item<'a>> {
    let mut collector = Collector::new(contract);
    collector.google = true;
    for name in names {
        match contract.find(name) {
            Some(Element::Message(id)) => collector.message(id),
            Some(Element::Enum(id)) => collector.enumeration(id),
            Some(Element::Service(_) | Element::Extension(_)) | None => {}
        }
    }
    collector.finish()
}

/// Whether a type is one of protobuf's own.
pub(super) fn is_google(name: &str) -> bool {
    name.strip_prefix(GOOGLE)
        .is_some_and(|rest| rest.starts_with('.'))
}

struct Collector<'a> {
    contract: &'a Contract,
    items: Vec<Item<'a>>,
    files: Vec<bool>,
    messages: Vec<bool>,
    enums: Vec<bool>,
    /// Messages that are still to be looked at.
    open: Vec<MessageId>,
    /// Whether protobuf's own types are wanted.
    google: bool,
}

impl<'a> Collector<'a> {
    fn new(contract: &'a Contract) -> Self {
        Self {
            contract,
            items: Vec::new(),
            files: vec![false; contract.files().len()],
            messages: vec![false; contract.messages().len()],
            enums: vec![false; contract.enums().len()],
            open: Vec::new(),
            google: false,
        }
    }

    /// Whether the types of a file are locked.
    fn is_locked(&self, file: &File) -> bool {
        file.requested || self.google || !is_google(&format!("{}.", file.package))
    }

    fn file(&mut self, id: FileId) {
        if std::mem::replace(&mut self.files[id.index()], true) {
            return;
        }
        let file = self.contract.file(id);
        let option = |value: &'a Option<String>| value.as_deref().map(Cow::Borrowed);
        self.items.push(Item::File(FileItem {
            path: Cow::Borrowed(&file.path),
            package: Cow::Borrowed(&file.package),
            go_package: option(&file.options.go_package),
            csharp_namespace: option(&file.options.csharp_namespace),
            java_package: option(&file.options.java_package),
            imported: !file.requested,
        }));
    }

    /// The path of a file, which is locked from now on.
    fn path(&mut self, id: FileId) -> Cow<'a, str> {
        self.file(id);
        Cow::Borrowed(&self.contract.file(id).path)
    }

    fn message(&mut self, id: MessageId) {
        self.open.push(id);
    }

    /// All elements, those included that the others hold.
    fn finish(mut self) -> Vec<Item<'a>> {
        while let Some(id) = self.open.pop() {
            let message = self.contract.message(id);
            let is_known = self.messages[id.index()];
            if is_known || !self.is_locked(self.contract.file(message.file)) {
                continue;
            }
            self.messages[id.index()] = true;
            // What is around it says where its package ends.
            self.open.extend(message.parent);
            self.one(message);
        }
        self.items
    }

    fn one(&mut self, message: &'a Message) {
        let name = message.full_name.as_str();
        let file = self.path(message.file);
        self.items.push(Item::Type(TypeItem {
            name,
            file,
            sort: Sort::Message {
                message_set: message.message_set,
                legacy_json: message.json_format == JsonFormat::LegacyBestEffort,
            },
        }));
        self.reserved(name, &message.reserved);
        for it in &message.extension_ranges {
            self.items.push(Item::Extensions(name, it.range));
        }
        for field in &message.fields {
            let oneof = field.oneof.and_then(|id| message.oneofs.get(id.index()));
            let item = FieldItem {
                oneof: oneof.map(|it| it.name.as_str()),
                ..self.field(name, field)
            };
            self.items.push(Item::Field(item));
        }
    }

    /// A field of a message, in no oneof.
    fn field(&mut self, holder: &'a str, field: &'a Field) -> FieldItem<'a> {
        let contract = self.contract;
        let value = field.shape.value_type();
        let ty = match value {
            Type::Scalar(scalar) => TypeName::Scalar(scalar),
            Type::Enum(id) => {
                self.enumeration(id);
                TypeName::Enum(contract.enumeration(id).full_name.as_str())
            }
            Type::Message(id) => {
                self.open.push(id);
                let name = contract.message(id).full_name.as_str();
                match field.delimited {
                    true => TypeName::Group(name),
                    false => TypeName::Message(name),
                }
            }
        };
        let told = matches!(value, Type::Message(_)) || field.oneof.is_some();
        let label = match field.shape {
            Shape::Singular { presence, .. } => match presence {
                Presence::Required => Label::Required,
                Presence::Explicit if !told => Label::Optional,
                Presence::Explicit | Presence::Implicit => Label::Plain,
            },
            Shape::Repeated { .. } => Label::Repeated,
            Shape::Map { key, .. } => Label::Map(key),
        };
        let derived = JsonName::of_field(&field.name);
        FieldItem {
            holder,
            number: field.number,
            name: &field.name,
            label,
            ty,
            oneof: None,
            json: (field.json_name != derived).then(|| Cow::Borrowed(field.json_name.as_str())),
            default: field
                .default
                .as_ref()
                .map(|it| Cow::Owned(default::text(it))),
            expanded: is_expanded(field.shape),
            unverified: has_text(field.shape) && !field.verify_utf8,
            file: None,
        }
    }

    fn extension(&mut self, extension: &'a Extension) {
        let holder = self.contract.message(extension.extendee);
        self.message(holder.id);
        let file = self.path(extension.file);
        let item = FieldItem {
            name: extension.full_name.as_str(),
            json: None,
            file: Some(file),
            ..self.field(holder.full_name.as_str(), &extension.field)
        };
        self.items.push(Item::Field(item));
        self.open.extend(extension.scope);
    }

    fn enumeration(&mut self, id: EnumId) {
        let enumeration: &'a Enum = self.contract.enumeration(id);
        let is_known = self.enums[id.index()];
        if is_known || !self.is_locked(self.contract.file(enumeration.file)) {
            return;
        }
        self.enums[id.index()] = true;
        self.open.extend(enumeration.parent);
        let name = enumeration.full_name.as_str();
        let file = self.path(enumeration.file);
        self.items.push(Item::Type(TypeItem {
            name,
            file,
            sort: Sort::Enum {
                closed: enumeration.closed,
                default: enumeration.default_number(),
                legacy_json: enumeration.json_format == JsonFormat::LegacyBestEffort,
            },
        }));
        self.reserved(name, &enumeration.reserved);
        for value in &enumeration.values {
            let first = enumeration.value(value.number);
            self.items.push(Item::Value(ValueItem {
                holder: name,
                number: value.number,
                name: &value.name,
                alias: first.is_some_and(|it| it.name != value.name),
            }));
        }
    }

    fn service(&mut self, service: &'a Service) {
        let name = service.full_name.as_str();
        let file = self.path(service.file);
        self.items.push(Item::Type(TypeItem {
            name,
            file,
            sort: Sort::Service,
        }));
        for method in &service.methods {
            self.message(method.input);
            self.message(method.output);
            self.items.push(Item::Method(MethodItem {
                holder: name,
                name: &method.name,
                input: self.contract.message(method.input).full_name.as_str(),
                output: self.contract.message(method.output).full_name.as_str(),
                client_streaming: method.client_streaming,
                server_streaming: method.server_streaming,
                idempotency: method.idempotency,
            }));
        }
    }

    fn reserved(&mut self, name: &'a str, reserved: &'a Reserved) {
        let ranges = reserved.ranges.iter().map(|it| Kept::Numbers(*it));
        let names = reserved.names.iter();
        let names = names.map(|it| Kept::Name(Cow::Borrowed(it.as_str())));
        let kept = ranges.chain(names).map(|kept| Item::Reserved(name, kept));
        self.items.extend(kept);
    }
}

/// Whether values are written one by one that could be packed.
fn is_expanded(shape: Shape) -> bool {
    match shape {
        Shape::Repeated { ty, packed } => ty.is_packable() && !packed,
        Shape::Singular { .. } | Shape::Map { .. } => false,
    }
}

/// Whether a field holds text.
pub(super) fn has_text(shape: Shape) -> bool {
    use crate::contract::Scalar::String;
    let is_text = |ty| ty == Type::Scalar(String);
    match shape {
        Shape::Singular { ty, .. } | Shape::Repeated { ty, .. } => is_text(ty),
        Shape::Map { key, value } => key == String || is_text(value),
    }
}
