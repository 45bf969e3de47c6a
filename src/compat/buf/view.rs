//! A contract as buf sees it: all files, imported ones too; types by full name, the entries of maps among them, and
//! fields by number. Decides what an element is called there; compares nothing.

use std::collections::BTreeMap;

use crate::compat::delta::FieldAt;
use crate::contract::{
    Contract, Edition, Enum, Extension, Field, File, FileId, JsonFormat, Message, Presence,
    Reserved, Scalar, Service, Shape, Type,
};

/// A contract.
pub(super) struct View<'a> {
    pub(super) contract: &'a Contract,
    /// By path.
    pub(super) files: BTreeMap<&'a str, &'a File>,
    /// By name; the first file that has it, by path.
    pub(super) packages: BTreeMap<&'a str, &'a File>,
    /// By full name.
    pub(super) messages: BTreeMap<String, Holder<'a>>,
    /// By full name.
    pub(super) enums: BTreeMap<&'a str, &'a Enum>,
    /// By full name.
    pub(super) services: BTreeMap<&'a str, &'a Service>,
    /// By the full name of the message that they extend, and their number.
    pub(super) extensions: BTreeMap<(&'a str, i32), (&'a Extension, Slot<'a>)>,
}

/// A message, or the entry of a map.
pub(super) struct Holder<'a> {
    /// The message; for an entry, the one around it.
    pub(super) message: &'a Message,
    /// The map, if it is an entry.
    pub(super) map: Option<FieldAt<'a>>,
    /// The last part of its full name.
    pub(super) name: String,
    pub(super) fields: BTreeMap<i32, Slot<'a>>,
}

impl Holder<'_> {
    pub(super) fn json_format(&self) -> JsonFormat {
        self.message.json_format
    }

    /// What it reserves itself.
    pub(super) fn reserved(&self) -> Option<&Reserved> {
        self.map.is_none().then_some(&self.message.reserved)
    }
}

/// What a value is, the kinds of protobuf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Scalar(Scalar),
    Enum,
    Message,
    Group,
}

/// How many values there are and how their absence is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cardinality {
    Explicit,
    Implicit,
    Required,
    Repeated,
    Map,
}

/// A field, an extension, or the key or the value of a map.
pub(super) struct Slot<'a> {
    /// The field; for a key or a value, the map.
    pub(super) at: FieldAt<'a>,
    /// Whether it is the key or the value of a map.
    pub(super) of_entry: bool,
    pub(super) name: String,
    pub(super) number: i32,
    pub(super) json_name: String,
    pub(super) ty: Type,
    pub(super) sort: Sort,
    /// The full name of the message or enum.
    pub(super) type_name: Option<String>,
    pub(super) cardinality: Cardinality,
    /// Whether the declaration has the word `required`; editions say it by a feature.
    pub(super) says_required: bool,
    /// The name of the oneof, synthetic ones left out.
    pub(super) oneof: Option<&'a str>,
}

impl<'a> View<'a> {
    pub(super) fn new(contract: &'a Contract) -> Self {
        let mut packages: BTreeMap<&str, &File> = BTreeMap::new();
        let files: BTreeMap<&str, &File> = contract
            .files()
            .iter()
            .map(|it| (it.path.as_str(), it))
            .collect();
        for file in files.values() {
            packages.entry(&file.package).or_insert(file);
        }
        let mut messages = BTreeMap::new();
        for message in contract.messages() {
            for holder in holders(contract, message) {
                let full_name = match holder.map {
                    Some(_) => format!("{}.{}", message.full_name, holder.name),
                    None => message.full_name.to_string(),
                };
                messages.insert(full_name, holder);
            }
        }
        let enums = contract.enums().iter();
        let services = contract.services().iter();
        let extensions = contract.extensions().iter().map(|extension| {
            let holder = contract.message(extension.extendee);
            let at = FieldAt {
                holder,
                field: &extension.field,
                extension: Some(extension),
            };
            let key = (holder.full_name.as_str(), extension.field.number);
            (key, (extension, slot(contract, at)))
        });
        Self {
            contract,
            files,
            packages,
            messages,
            enums: enums.map(|it| (it.full_name.as_str(), it)).collect(),
            services: services.map(|it| (it.full_name.as_str(), it)).collect(),
            extensions: extensions.collect(),
        }
    }

    pub(super) fn path(&self, file: FileId) -> &'a str {
        &self.contract.file(file).path
    }

    /// The name of an element within its package.
    pub(super) fn nested<'n>(&self, file: FileId, full_name: &'n str) -> &'n str {
        let package = &self.contract.file(file).package;
        let skip = if package.is_empty() {
            0
        } else {
            package.len() + 1
        };
        full_name.get(skip..).unwrap_or(full_name)
    }
}

/// A message, and the entries of its maps.
fn holders<'a>(contract: &'a Contract, message: &'a Message) -> Vec<Holder<'a>> {
    let at = |field: &'a Field| FieldAt {
        holder: message,
        field,
        extension: None,
    };
    let fields = message.fields.iter().map(|it| slot(contract, at(it)));
    let mut found = vec![Holder {
        message,
        map: None,
        name: message.name.clone(),
        fields: fields.map(|it| (it.number, it)).collect(),
    }];
    for field in &message.fields {
        if let Shape::Map { key, value } = field.shape {
            let slots = [
                part(contract, at(field), 1, "key", Type::Scalar(key)),
                part(contract, at(field), 2, "value", value),
            ];
            found.push(Holder {
                message,
                map: Some(at(field)),
                name: entry_name(&field.name),
                fields: slots.into_iter().map(|it| (it.number, it)).collect(),
            });
        }
    }
    found
}

/// The name of the message that stands for the entries of a map: `labelsEntry` of `labels`, in upper camel case.
fn entry_name(field: &str) -> String {
    let mut name = String::new();
    let mut upper = true;
    for c in field.chars() {
        match c {
            '_' => upper = true,
            c if upper => {
                name.push(c.to_ascii_uppercase());
                upper = false;
            }
            c => name.push(c),
        }
    }
    name + "Entry"
}

fn slot<'a>(contract: &'a Contract, at: FieldAt<'a>) -> Slot<'a> {
    let field = at.field;
    let file = at.extension.map_or(at.holder.file, |it| it.file);
    let cardinality = match field.shape {
        Shape::Singular { presence, .. } => match presence {
            Presence::Explicit => Cardinality::Explicit,
            Presence::Implicit => Cardinality::Implicit,
            Presence::Required => Cardinality::Required,
        },
        Shape::Repeated { .. } => Cardinality::Repeated,
        Shape::Map { .. } => Cardinality::Map,
    };
    let ty = field.shape.value_type();
    let (sort, type_name) = match cardinality {
        Cardinality::Map => {
            let name = format!("{}.{}", at.holder.full_name, entry_name(&field.name));
            (Sort::Message, Some(name))
        }
        Cardinality::Explicit
        | Cardinality::Implicit
        | Cardinality::Required
        | Cardinality::Repeated => sort(contract, ty, field.delimited),
    };
    let oneofs = &at.holder.oneofs;
    let oneof = field.oneof.and_then(|id| oneofs.get(id.index()));
    Slot {
        at,
        of_entry: false,
        name: field.name.clone(),
        number: field.number,
        json_name: field.json_name.as_str().to_owned(),
        ty,
        sort,
        type_name,
        cardinality,
        says_required: cardinality == Cardinality::Required
            && contract.file(file).edition == Edition::Proto2,
        oneof: oneof.map(|it| it.name.as_str()),
    }
}

/// The key or the value of a map.
fn part<'a>(
    contract: &'a Contract,
    at: FieldAt<'a>,
    number: i32,
    name: &str,
    ty: Type,
) -> Slot<'a> {
    let (sort, type_name) = sort(contract, ty, false);
    Slot {
        at,
        of_entry: true,
        name: name.to_owned(),
        number,
        json_name: name.to_owned(),
        ty,
        sort,
        type_name,
        cardinality: Cardinality::Explicit,
        says_required: false,
        oneof: None,
    }
}

fn sort(contract: &Contract, ty: Type, delimited: bool) -> (Sort, Option<String>) {
    match ty {
        Type::Scalar(scalar) => (Sort::Scalar(scalar), None),
        Type::Enum(id) => {
            let name = contract.enumeration(id).full_name.to_string();
            (Sort::Enum, Some(name))
        }
        Type::Message(id) => {
            let name = contract.message(id).full_name.to_string();
            let sort = if delimited {
                Sort::Group
            } else {
                Sort::Message
            };
            (sort, Some(name))
        }
    }
}
