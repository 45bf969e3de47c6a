//! What everything is called: the namespaces and types of a whole contract, and (`members`) what is in each message.
//! `place` decides how one type is written at the place of another. None of it knows what the code does.

mod members;
mod place;

use std::collections::{BTreeMap, BTreeSet};

use super::options::Options;
use super::words::POLICY;
use crate::contract::{Contract, EnumId, File, FileId, MessageId};
use crate::names::{Candidate, Case, Role, Scope};
use members::{Members, members};
pub(super) use place::Place;

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
