//! From elements of a lock to a contract. Each element's place is its line. Knows nothing of why these elements were
//! chosen; at most one of them has any name or number.

mod field;

use std::borrow::Cow;
use std::collections::BTreeMap;

use hashbrown::HashMap;

use self::field::oneof;
use super::item::{FieldItem, FileItem, Item, Sort, TypeItem};
use crate::contract::{
    Contract, Docs, Edition, Enum, EnumId, EnumValue, ExtensionRange, File, FileId, FileOptions,
    FullName, JsonFormat, Message, MessageId, Method, NumberRange, Options, Parts, Reserved,
    Service, ServiceId, WellKnown,
};
use crate::source::{SourceId, Span};

/// What a version is made of.
#[derive(Debug, Default)]
pub(super) struct Selection<'i> {
    /// Files by path; of several with one path the first live one.
    files: BTreeMap<&'i str, (&'i FileItem<'i>, bool)>,
    pub(super) members: Vec<Member<'i>>,
}

/// An element of a version.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'i> {
    pub(super) item: &'i Item<'i>,
    pub(super) span: Option<Span>,
    /// Whether it is an element of the contract, as against one that its elements hold.
    pub(super) asked: bool,
}

impl<'i> Selection<'i> {
    /// Adds a file.
    pub(super) fn file(&mut self, file: &'i FileItem<'i>, live: bool) {
        let found = self.files.entry(&file.path).or_insert((file, live));
        if live && !found.1 {
            *found = (file, true);
        }
    }
}

/// What a type reserves: numbers and names.
type ReservedOf<'f> = dyn Fn(&str) -> (Vec<NumberRange>, Vec<String>) + 'f;

/// Makes the contract. `source` is the lock's text.
pub(super) fn contract(
    selection: &Selection<'_>,
    source: SourceId,
    reserved: &ReservedOf<'_>,
) -> Contract {
    let mut maker = Maker::new(selection, source);
    let types = maker.types.clone();
    for (at, file) in &types {
        let inner = maker.inner.remove(at.name).unwrap_or_default();
        match at.sort {
            Sort::Message {
                message_set,
                legacy_json,
            } => {
                let mut message = maker.message(at, *file, &inner, reserved);
                message.message_set = message_set;
                message.json_format = json_format(legacy_json);
                maker.parts.messages.push(message);
            }
            Sort::Enum {
                closed,
                default,
                legacy_json,
            } => {
                let mut enumeration = maker.enumeration(at, *file, &inner, reserved);
                enumeration.values.sort_by_key(|it| it.number != default);
                enumeration.closed = closed;
                enumeration.json_format = json_format(legacy_json);
                maker.parts.enums.push(enumeration);
            }
            Sort::Service => {
                let service = maker.service(at, *file, &inner);
                maker.parts.services.push(service);
            }
        }
    }
    maker.extensions();
    maker.nest();
    Contract::new(maker.parts)
}

fn json_format(legacy: bool) -> JsonFormat {
    match legacy {
        true => JsonFormat::LegacyBestEffort,
        false => JsonFormat::Allow,
    }
}

struct Maker<'i> {
    parts: Parts,
    /// The types with their files, in the order of the files; in a file an outer one before those in it.
    types: Vec<(&'i TypeItem<'i>, FileId)>,
    spans: HashMap<&'i str, Span>,
    messages: HashMap<&'i str, MessageId>,
    enums: HashMap<&'i str, EnumId>,
    /// The elements of each type, in the order of their numbers.
    inner: HashMap<&'i str, Vec<Member<'i>>>,
    extensions: Vec<(Member<'i>, &'i FieldItem<'i>)>,
    files: HashMap<(&'i str, bool), FileId>,
}

impl<'i> Maker<'i> {
    fn new(selection: &Selection<'i>, source: SourceId) -> Self {
        let mut maker = Self {
            parts: Parts::default(),
            types: Vec::new(),
            spans: HashMap::new(),
            messages: HashMap::new(),
            enums: HashMap::new(),
            inner: HashMap::new(),
            extensions: Vec::new(),
            files: HashMap::new(),
        };
        maker.make_files(selection, source);
        for member in &selection.members {
            match member.item {
                Item::Type(it) => {
                    let file = maker.file(&it.file, member.asked);
                    maker.types.push((it, file));
                    maker.spans.extend(member.span.map(|span| (it.name, span)));
                }
                Item::Field(it) if it.file.is_some() => maker.extensions.push((*member, it)),
                Item::Reserved(..) | Item::File(_) => {}
                Item::Extensions(..) | Item::Field(_) | Item::Value(_) | Item::Method(_) => {
                    let owner = member.item.owner().unwrap_or_default();
                    maker.inner.entry(owner).or_default().push(*member);
                }
            }
        }
        maker.types.sort_by_key(|(it, file)| (*file, it.name));
        let (mut messages, mut enums) = (0, 0);
        for (it, _) in &maker.types {
            match it.sort {
                Sort::Message { .. } => {
                    maker.messages.insert(it.name, MessageId::new(messages));
                    messages += 1;
                }
                Sort::Enum { .. } => {
                    maker.enums.insert(it.name, EnumId::new(enums));
                    enums += 1;
                }
                Sort::Service => {}
            }
        }
        maker
    }

    /// The files of all members: a path stands for two where only some of its types are asked for.
    fn make_files(&mut self, selection: &Selection<'i>, source: SourceId) {
        let mut wanted: Vec<(&str, bool)> = Vec::new();
        for member in &selection.members {
            let path = match member.item {
                Item::Type(it) => Some(&it.file),
                Item::Field(it) => it.file.as_ref(),
                Item::File(_)
                | Item::Reserved(..)
                | Item::Extensions(..)
                | Item::Value(_)
                | Item::Method(_) => None,
            };
            wanted.extend(path.map(|it| (&**it, member.asked)));
        }
        wanted.sort_unstable();
        wanted.dedup();
        for (path, asked) in wanted {
            let item = selection.files.get(path).map(|(item, _)| *item);
            let requested = asked && item.is_some_and(|it| !it.imported);
            let id = FileId::new(self.parts.files.len());
            self.files.insert((path, asked), id);
            let file = file(id, path, item, source, requested);
            self.parts.files.push(file);
        }
    }

    fn file(&self, path: &str, asked: bool) -> FileId {
        let found = self.files.get(&(path, asked)).copied();
        found.unwrap_or(FileId::new(0))
    }

    fn message(
        &self,
        item: &TypeItem<'_>,
        file: FileId,
        inner: &[Member<'_>],
        reserved: &ReservedOf<'_>,
    ) -> Message {
        let (ranges, names) = reserved(item.name);
        let mut message = Message {
            id: self.messages[item.name],
            file,
            parent: self.parent(item.name),
            well_known: WellKnown::of_message(item.name),
            full_name: FullName::new(item.name),
            name: short(item.name),
            fields: Vec::with_capacity(inner.len()),
            oneofs: Vec::new(),
            messages: Vec::new(),
            enums: Vec::new(),
            extensions: Vec::new(),
            extension_ranges: Vec::new(),
            reserved: Reserved { ranges, names },
            message_set: false,
            json_format: JsonFormat::Allow,
            deprecated: false,
            raw_options: Options::default(),
            docs: Docs::default(),
            span: self.spans.get(item.name).copied(),
        };
        for member in inner {
            match member.item {
                Item::Field(it) => {
                    let mut field = self.field(it, member.span);
                    field.oneof = it.oneof.map(|name| oneof(&mut message, name, member.span));
                    message.fields.push(field);
                }
                Item::Extensions(_, range) => message.extension_ranges.push(ExtensionRange {
                    range: *range,
                    raw_options: Options::default(),
                }),
                Item::File(_)
                | Item::Type(_)
                | Item::Reserved(..)
                | Item::Value(_)
                | Item::Method(_) => {}
            }
        }
        message.fields.sort_by_key(|it| it.number);
        message
    }

    fn enumeration(
        &self,
        item: &TypeItem<'_>,
        file: FileId,
        inner: &[Member<'_>],
        reserved: &ReservedOf<'_>,
    ) -> Enum {
        let (ranges, names) = reserved(item.name);
        let mut values = Vec::with_capacity(inner.len());
        for member in inner {
            if let Item::Value(it) = member.item {
                let value = EnumValue {
                    name: it.name.to_owned(),
                    number: it.number,
                    deprecated: false,
                    raw_options: Options::default(),
                    docs: Docs::default(),
                    span: member.span,
                };
                values.push((it.number, it.alias, value));
            }
        }
        values.sort_by(|a, b| (a.0, a.1, &a.2.name).cmp(&(b.0, b.1, &b.2.name)));
        Enum {
            id: self.enums[item.name],
            file,
            parent: self.parent(item.name),
            full_name: FullName::new(item.name),
            name: short(item.name),
            allow_alias: values.iter().any(|(_, alias, _)| *alias),
            values: values.into_iter().map(|(_, _, value)| value).collect(),
            closed: false,
            json_format: JsonFormat::Allow,
            reserved: Reserved { ranges, names },
            deprecated: false,
            raw_options: Options::default(),
            docs: Docs::default(),
            span: self.spans.get(item.name).copied(),
        }
    }

    fn service(&self, item: &TypeItem<'_>, file: FileId, inner: &[Member<'_>]) -> Service {
        let mut methods = Vec::with_capacity(inner.len());
        for member in inner {
            let Item::Method(it) = member.item else {
                continue;
            };
            let types = (self.messages.get(it.input), self.messages.get(it.output));
            let (Some(&input), Some(&output)) = types else {
                continue;
            };
            methods.push(Method {
                name: it.name.to_owned(),
                input,
                output,
                client_streaming: it.client_streaming,
                server_streaming: it.server_streaming,
                idempotency: it.idempotency,
                deprecated: false,
                raw_options: Options::default(),
                docs: Docs::default(),
                span: member.span,
            });
        }
        methods.sort_by(|a, b| a.name.cmp(&b.name));
        Service {
            id: ServiceId::new(self.parts.services.len()),
            file,
            full_name: FullName::new(item.name),
            name: short(item.name),
            methods,
            deprecated: false,
            raw_options: Options::default(),
            docs: Docs::default(),
            span: self.spans.get(item.name).copied(),
        }
    }

    /// The message in which something of this full name stands.
    fn parent(&self, name: &str) -> Option<MessageId> {
        let (around, _) = name.rsplit_once('.')?;
        self.messages.get(around).copied()
    }

    /// Tells files and messages what is in them.
    fn nest(&mut self) {
        let parts = &mut self.parts;
        let places = |id: Option<MessageId>, file: FileId| (id.map(MessageId::index), file.index());
        for at in 0..parts.messages.len() {
            let it = &parts.messages[at];
            let id = it.id;
            match places(it.parent, it.file) {
                (Some(parent), _) => parts.messages[parent].messages.push(id),
                (None, file) => parts.files[file].messages.push(id),
            }
        }
        for it in &parts.enums {
            match places(it.parent, it.file) {
                (Some(parent), _) => parts.messages[parent].enums.push(it.id),
                (None, file) => parts.files[file].enums.push(it.id),
            }
        }
        for it in &parts.extensions {
            match places(it.scope, it.file) {
                (Some(scope), _) => parts.messages[scope].extensions.push(it.id),
                (None, file) => parts.files[file].extensions.push(it.id),
            }
        }
        for it in &parts.services {
            parts.files[it.file.index()].services.push(it.id);
        }
    }
}

fn file(
    id: FileId,
    path: &str,
    item: Option<&FileItem<'_>>,
    source: SourceId,
    requested: bool,
) -> File {
    let owned = |text: Option<&Cow<'_, str>>| text.map(|it| it.to_string());
    File {
        id,
        path: path.to_owned(),
        source,
        package: owned(item.map(|it| &it.package)).unwrap_or_default(),
        // What the language version of a file means is written with its elements.
        edition: Edition::Edition2023,
        requested,
        imports: Vec::new(),
        messages: Vec::new(),
        enums: Vec::new(),
        services: Vec::new(),
        extensions: Vec::new(),
        options: FileOptions {
            go_package: owned(item.and_then(|it| it.go_package.as_ref())),
            csharp_namespace: owned(item.and_then(|it| it.csharp_namespace.as_ref())),
            java_package: owned(item.and_then(|it| it.java_package.as_ref())),
            deprecated: false,
        },
        raw_options: Options::default(),
        docs: Docs::default(),
        package_docs: Docs::default(),
    }
}

fn short(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}
