//! What everything is called: the namespaces and types of a whole contract, and the members of each message. Decides
//! how one type is written at the place of another; knows nothing about what the code does.

use std::collections::{BTreeMap, BTreeSet};

use super::options::Options;
use super::words::POLICY;
use crate::contract::{Contract, EnumId, File, FileId, Message, MessageId};
use crate::names::{Candidate, Case, Role, Scope};

/// The namespace and the directory of the runtime.
pub(super) const RUNTIME: &str = "Xlc";

/// The namespace of the messages of package `google.protobuf`.
pub(super) const WELL_KNOWN: &str = "Xlc.WellKnownTypes";

/// A type of C#: its namespace, and its name there, with the types around it in front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Path {
    pub(super) namespace: String,
    pub(super) parts: Vec<String>,
}

/// The names of a contract's types.
#[derive(Debug)]
pub(super) struct Symbols<'a> {
    pub(super) contract: &'a Contract,
    namespaces: Vec<String>,
    messages: Vec<Path>,
    enums: Vec<Path>,
    /// Per file, the class that describes it.
    classes: Vec<String>,
    /// Per enum, the member of that class that holds its names and numbers.
    tables: Vec<String>,
    pub(super) members: Vec<Members>,
    /// Per namespace, what stands in it: types and further namespaces.
    contents: BTreeMap<String, BTreeSet<String>>,
}

/// The names inside one message.
#[derive(Debug)]
pub(super) struct Members {
    /// Per field, in declaration order: the property; for a member of a oneof the type of the arm.
    pub(super) fields: Vec<String>,
    /// Per field: the constant that holds its explicit default, if there is one.
    pub(super) defaults: Vec<Option<String>>,
    /// Per oneof: the property.
    pub(super) oneofs: Vec<String>,
    /// Per oneof: the type.
    pub(super) oneof_types: Vec<String>,
}

impl Path {
    /// The name without what is around it.
    pub(super) fn name(&self) -> &str {
        self.parts.last().map_or("", String::as_str)
    }
}

impl<'a> Symbols<'a> {
    pub(super) fn new(contract: &'a Contract, options: &Options) -> Self {
        let namespaces: Vec<String> = contract
            .files()
            .iter()
            .map(|file| namespace(file, options))
            .collect();
        let placeholder = Path {
            namespace: String::new(),
            parts: Vec::new(),
        };
        let mut symbols = Self {
            contract,
            messages: vec![placeholder.clone(); contract.messages().len()],
            enums: vec![placeholder; contract.enums().len()],
            classes: vec![String::new(); contract.files().len()],
            tables: vec![String::new(); contract.enums().len()],
            members: contract.messages().iter().map(members).collect(),
            contents: BTreeMap::new(),
            namespaces,
        };
        let mut files: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
        for file in contract.files() {
            let namespace = symbols.namespaces[file.id.index()].clone();
            files.entry(namespace).or_default().push(file.id);
        }
        for (namespace, files) in &files {
            symbols.name_namespace(namespace, files);
        }
        symbols.name_tables();
        symbols.list_contents();
        symbols
    }

    pub(super) fn namespace(&self, file: FileId) -> &str {
        &self.namespaces[file.index()]
    }

    pub(super) fn message(&self, id: MessageId) -> &Path {
        &self.messages[id.index()]
    }

    pub(super) fn enumeration(&self, id: EnumId) -> &Path {
        &self.enums[id.index()]
    }

    /// The class that describes a file.
    pub(super) fn class(&self, file: FileId) -> Path {
        Path {
            namespace: self.namespaces[file.index()].clone(),
            parts: vec![self.classes[file.index()].clone()],
        }
    }

    /// The member of its file's class that holds the names and numbers of an enum.
    pub(super) fn table(&self, id: EnumId) -> &str {
        &self.tables[id.index()]
    }

    /// The place of a message's body.
    pub(super) fn place(&self, id: MessageId) -> Place {
        let mut types = BTreeSet::new();
        let mut values = BTreeSet::new();
        let mut next = Some(id);
        while let Some(id) = next {
            let message = self.contract.message(id);
            let members = &self.members[id.index()];
            types.extend(["Types", "Extensions"].map(str::to_owned));
            types.extend(members.oneof_types.iter().cloned());
            types.extend(
                message
                    .messages
                    .iter()
                    .map(|&id| self.message(id).name().to_owned()),
            );
            types.extend(
                message
                    .enums
                    .iter()
                    .map(|&id| self.enumeration(id).name().to_owned()),
            );
            let fields = message.fields.iter().zip(&members.fields);
            values.extend(
                fields
                    .filter(|(field, _)| field.oneof.is_none())
                    .map(|(_, name)| name.clone()),
            );
            values.extend(members.oneofs.iter().cloned());
            next = message.parent;
        }
        values.extend(types.iter().cloned());
        let namespace = &self.message(id).namespace;
        Place {
            namespace: namespace.clone(),
            around: self.around(namespace),
            types,
            values,
        }
    }

    /// The place of the body of a oneof's type, where each arm hides what else has its name.
    pub(super) fn place_in_oneofs(&self, id: MessageId) -> Place {
        let mut place = self.place(id);
        let fields = self.contract.message(id).fields.iter();
        let named = fields.zip(&self.members[id.index()].fields);
        for (_, name) in named.filter(|(field, _)| field.oneof.is_some()) {
            place.types.insert(name.clone());
            place.values.insert(name.clone());
        }
        place
    }

    /// The place of a file's own class.
    pub(super) fn top(&self, file: FileId) -> Place {
        let namespace = &self.namespaces[file.index()];
        Place {
            namespace: namespace.clone(),
            around: self.around(namespace),
            types: BTreeSet::new(),
            values: BTreeSet::new(),
        }
    }

    /// What can be called by a short name in a namespace without being in it.
    fn around(&self, namespace: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut next = Some(namespace);
        while let Some(space) = next {
            names.extend(self.contents.get(space).into_iter().flatten().cloned());
            next = match space.rsplit_once('.') {
                Some((outer, _)) => Some(outer),
                None if space.is_empty() => None,
                None => Some(""),
            };
        }
        names
    }

    fn list_contents(&mut self) {
        let top = |path: &&Path| path.parts.len() == 1;
        let types = self.messages.iter().chain(&self.enums).filter(top);
        let classes = self.contract.files().iter().map(|file| self.class(file.id));
        let all: Vec<Path> = types.cloned().chain(classes).collect();
        for path in all {
            let name = path.parts.concat();
            self.contents
                .entry(path.namespace)
                .or_default()
                .insert(name);
        }
        for namespace in &self.namespaces {
            let mut outer = String::new();
            for part in namespace.split('.') {
                self.contents
                    .entry(outer.clone())
                    .or_default()
                    .insert(part.to_owned());
                outer = if outer.is_empty() {
                    part.to_owned()
                } else {
                    format!("{outer}.{part}")
                };
            }
        }
    }

    fn name_namespace(&mut self, namespace: &str, files: &[FileId]) {
        let contract = self.contract;
        let mut scope = Scope::new(POLICY);
        // A type cannot be called like a namespace beside it.
        for other in &self.namespaces {
            if let Some(rest) = other
                .strip_prefix(namespace)
                .and_then(|rest| rest.strip_prefix('.'))
            {
                scope.reserve(rest.split('.').next().unwrap_or(rest));
            }
        }
        let messages = files
            .iter()
            .flat_map(|&id| contract.file(id).messages.iter().copied());
        let enums = files
            .iter()
            .flat_map(|&id| contract.file(id).enums.iter().copied());
        let (messages, enums) = (messages.collect::<Vec<_>>(), enums.collect::<Vec<_>>());
        self.name_types(&mut scope, namespace, &[], &messages, &enums);
        let mut files = files.to_vec();
        files.sort_by_key(|&id| &contract.file(id).path);
        for id in files {
            let name = format!(
                "{}Contract",
                Case::Pascal.apply(stem(&contract.file(id).path))
            );
            self.classes[id.index()] = scope.take(candidate(Role::Message, &name)).to_string();
        }
    }

    fn name_types(
        &mut self,
        scope: &mut Scope,
        namespace: &str,
        around: &[String],
        messages: &[MessageId],
        enums: &[EnumId],
    ) {
        let contract = self.contract;
        let mut candidates: Vec<Candidate<'_>> = messages
            .iter()
            .map(|&id| candidate(Role::Message, &contract.message(id).name))
            .collect();
        candidates.extend(
            enums
                .iter()
                .map(|&id| candidate(Role::Enum, &contract.enumeration(id).name)),
        );
        let idents = scope.assign(&candidates);
        let path = |name: &str| {
            let mut parts = around.to_vec();
            parts.push(name.to_owned());
            Path {
                namespace: namespace.to_owned(),
                parts,
            }
        };
        for (&id, ident) in enums.iter().zip(&idents[messages.len()..]) {
            self.enums[id.index()] = path(ident.as_str());
        }
        for (&id, ident) in messages.iter().zip(&idents) {
            let path = path(ident.as_str());
            let mut inside = path.parts.clone();
            inside.push("Types".to_owned());
            self.messages[id.index()] = path;
            let message = contract.message(id);
            let (messages, enums) = (message.messages.clone(), message.enums.clone());
            self.name_types(
                &mut Scope::new(POLICY),
                namespace,
                &inside,
                &messages,
                &enums,
            );
        }
    }

    fn name_tables(&mut self) {
        for file in self.contract.files() {
            let mut scope = Scope::new(POLICY);
            for name in ["Types", "Registry", &self.classes[file.id.index()]] {
                scope.reserve(name);
            }
            let enums = self.contract.enums().iter().filter(|e| e.file == file.id);
            for enumeration in enums {
                let path = &self.enums[enumeration.id.index()].parts;
                let words: Vec<&str> = path
                    .iter()
                    .map(String::as_str)
                    .filter(|&part| part != "Types")
                    .collect();
                let name = words.concat() + "Names";
                let ident = scope.take(candidate(Role::Message, &name));
                self.tables[enumeration.id.index()] = ident.to_string();
            }
        }
    }
}

/// Where a type is mentioned: the namespace, and the names that mean something else there.
#[derive(Debug)]
pub(super) struct Place {
    namespace: String,
    around: BTreeSet<String>,
    types: BTreeSet<String>,
    values: BTreeSet<String>,
}

impl Place {
    /// How a type is written where only a type can stand.
    pub(super) fn mention(&self, path: &Path) -> String {
        self.write(path, &self.types)
    }

    /// How a type is written where a value could stand too.
    pub(super) fn mention_in_expression(&self, path: &Path) -> String {
        self.write(path, &self.values)
    }

    fn write(&self, path: &Path, taken: &BTreeSet<String>) -> String {
        let name = path.parts.join(".");
        let first = path.parts.first().map_or("", String::as_str);
        // Generated files use the namespace of the well-known types, and `System`, which has a few of the names.
        let used = path.namespace == WELL_KNOWN
            && !["Enum", "Type"].contains(&first)
            && !self.around.contains(first);
        if (path.namespace == self.namespace || used) && !taken.contains(first) {
            name
        } else {
            format!("global::{}.{name}", path.namespace)
        }
    }
}

/// Names for the fields and oneofs of a message.
fn members(message: &Message) -> Members {
    let mut scope = Scope::new(POLICY);
    // A member cannot be called like its class. What the class is called is not known here, but there is a
    // difference only if its name was taken, and then the member is free to have it.
    scope.reserve(&message.name);
    scope.reserve(&Case::Pascal.apply(&message.name));
    let mut candidates = Vec::new();
    for field in message.fields.iter().filter(|field| field.oneof.is_none()) {
        candidates.push(Candidate {
            role: Role::Field,
            name: &field.name,
            number: Some(field.number),
        });
    }
    for (index, oneof) in message.oneofs.iter().enumerate() {
        let members = message.members(crate::contract::OneofId::new(index));
        candidates.push(Candidate {
            role: Role::Field,
            name: &oneof.name,
            number: members.map(|field| field.number).min(),
        });
    }
    let mut idents: Vec<String> = scope
        .assign(&candidates)
        .iter()
        .map(ToString::to_string)
        .collect();
    let oneofs = idents.split_off(idents.len() - message.oneofs.len());
    let oneof_types: Vec<String> = oneofs
        .iter()
        .map(|name| {
            scope
                .take(candidate(Role::Message, &format!("{name}Oneof")))
                .to_string()
        })
        .collect();
    let mut plain = idents.into_iter();
    let mut arms: Vec<std::vec::IntoIter<String>> = oneof_types
        .iter()
        .enumerate()
        .map(|(index, name)| arms(message, index, name).into_iter())
        .collect();
    let mut fields = Vec::new();
    let mut defaults = Vec::new();
    for field in &message.fields {
        let name = match field.oneof {
            Some(oneof) => arms[oneof.index()].next(),
            None => plain.next(),
        };
        let name = name.unwrap_or_default();
        defaults.push(field.default.as_ref().map(|_| {
            let constant = Candidate {
                role: Role::Field,
                name: &format!("{name}Default"),
                number: Some(field.number),
            };
            scope.take(constant).to_string()
        }));
        fields.push(name);
    }
    Members {
        fields,
        defaults,
        oneofs,
        oneof_types,
    }
}

fn arms(message: &Message, oneof: usize, type_name: &str) -> Vec<String> {
    let mut scope = Scope::new(POLICY);
    scope.reserve(type_name);
    let candidates: Vec<Candidate<'_>> = message
        .members(crate::contract::OneofId::new(oneof))
        .map(|field| Candidate {
            role: Role::OneofMember,
            name: &field.name,
            number: Some(field.number),
        })
        .collect();
    scope
        .assign(&candidates)
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// The namespace of a file's types. A file without a package has its own: types should not stand outside of all.
fn namespace(file: &File, options: &Options) -> String {
    if let Some(namespace) = options.namespaces.get(&file.package) {
        return namespace.clone();
    }
    if file.package == "google.protobuf" {
        return WELL_KNOWN.to_owned();
    }
    if let Some(namespace) = file
        .options
        .csharp_namespace
        .as_deref()
        .filter(|name| !name.is_empty())
    {
        return namespace.to_owned();
    }
    if file.package.is_empty() {
        return Case::Pascal.apply(stem(&file.path));
    }
    let parts: Vec<String> = file
        .package
        .split('.')
        .map(|part| Case::Pascal.apply(part))
        .collect();
    parts.join(".")
}

/// The last part of a file's path, without `.proto`.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".proto").unwrap_or(name)
}

fn candidate(role: Role, name: &str) -> Candidate<'_> {
    Candidate {
        role,
        name,
        number: None,
    }
}
