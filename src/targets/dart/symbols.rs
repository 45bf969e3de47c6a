//! The Dart name of every element of a contract: libraries, classes, members. Prints nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{POLICY, hides_core};
use crate::contract::{Contract, EnumId, ExtensionId, File, FileId, Message, MessageId};
use crate::names::{Candidate, Case, Role, Scope, value_name};

/// The names of a whole contract.
#[derive(Debug)]
pub(super) struct Symbols {
    files: Vec<FileNames>,
    messages: Vec<MessageNames>,
    enums: Vec<EnumNames>,
    extensions: Vec<String>,
}

/// The names of a library.
#[derive(Debug, Clone, Default)]
pub(super) struct FileNames {
    /// The prefixes of the libraries that it refers to.
    pub(super) prefixes: BTreeMap<FileId, String>,
    /// The list of its types.
    pub(super) types: String,
    /// The prefix for names of `dart:core` that classes of this library hide: `core.` or nothing.
    pub(super) core: &'static str,
    /// All public names that it declares.
    pub(super) declared: BTreeSet<String>,
}

/// The names of a message.
#[derive(Debug, Clone, Default)]
pub(super) struct MessageNames {
    /// The class.
    pub(super) class: String,
    /// The interface of `copyWith`.
    pub(super) copy_with: String,
    /// The member for each field; for a member of a oneof, what its class calls the value.
    pub(super) fields: Vec<String>,
    /// The getter of each field with a default, by index of the field.
    pub(super) or_default: Vec<Option<String>>,
    /// The class of each member of a oneof.
    pub(super) arms: Vec<Option<String>>,
    /// The member and the sealed class of each oneof.
    pub(super) oneofs: Vec<(String, String)>,
}

/// The names of an enum.
#[derive(Debug, Clone, Default)]
pub(super) struct EnumNames {
    /// The class that fields have.
    pub(super) class: String,
    /// The enum of the known values: the same if it is closed.
    pub(super) known: String,
    /// The class of the other values.
    pub(super) unrecognized: String,
    /// The members, in declaration order.
    pub(super) values: Vec<String>,
}

fn candidate(role: Role, name: &str, number: Option<i32>) -> Candidate<'_> {
    Candidate { role, name, number }
}

fn take(scope: &mut Scope, role: Role, name: &str) -> String {
    scope.take(candidate(role, name, None)).as_str().to_owned()
}

impl Symbols {
    /// Names everything.
    pub(super) fn new(contract: &Contract) -> Self {
        let mut symbols = Self {
            files: Vec::new(),
            messages: vec![MessageNames::default(); contract.messages().len()],
            enums: vec![EnumNames::default(); contract.enums().len()],
            extensions: vec![String::new(); contract.extensions().len()],
        };
        for file in contract.files() {
            let names = symbols.name_file(contract, file);
            symbols.files.push(names);
        }
        symbols
    }

    /// The names of a library.
    pub(super) fn file(&self, id: FileId) -> &FileNames {
        &self.files[id.index()]
    }

    /// The names of a message.
    pub(super) fn message(&self, id: MessageId) -> &MessageNames {
        &self.messages[id.index()]
    }

    /// The names of an enum.
    pub(super) fn enumeration(&self, id: EnumId) -> &EnumNames {
        &self.enums[id.index()]
    }

    /// The variable of an extension.
    pub(super) fn extension(&self, id: ExtensionId) -> &str {
        &self.extensions[id.index()]
    }

    fn name_file(&mut self, contract: &Contract, file: &File) -> FileNames {
        let mut scope = Scope::new(POLICY);
        let messages = contract.messages_in(file.id);
        let enums = contract.enums_in(file.id);
        let flat = |name: &str| local_name(file, name).replace('.', "_");
        let paths: Vec<String> = messages
            .iter()
            .map(|it| flat(it.full_name.as_str()))
            .chain(enums.iter().map(|it| flat(it.full_name.as_str())))
            .collect();
        let candidates: Vec<_> = paths
            .iter()
            .map(|path| candidate(Role::Message, path, None))
            .collect();
        let idents = scope.assign(&candidates);
        let mut declared: BTreeSet<String> = idents
            .iter()
            .map(|ident| ident.as_str().to_owned())
            .collect();
        let (classes, enum_classes) = idents.split_at(messages.len());
        for (enumeration, class) in enums.iter().zip(enum_classes) {
            self.name_enum(contract, enumeration.id, class.as_str(), &mut scope);
            let names = self.enumeration(enumeration.id);
            declared.insert(names.known.clone());
            // A closed enum has none.
            if !names.unrecognized.is_empty() {
                declared.insert(names.unrecognized.clone());
            }
        }
        for (message, class) in messages.iter().zip(classes) {
            let names = name_message(message, class.as_str(), &mut scope);
            declared.insert(names.copy_with.clone());
            declared.extend(names.arms.iter().flatten().cloned());
            declared.extend(names.oneofs.iter().map(|(_, class)| class.clone()));
            self.messages[message.id.index()] = names;
        }
        for extension in contract.extensions_in(file.id) {
            let path = flat(extension.full_name.as_str());
            let number = Some(extension.field.number);
            let ident = scope.take(candidate(Role::Extension, &path, number));
            ident
                .as_str()
                .clone_into(&mut self.extensions[extension.id.index()]);
            declared.insert(ident.as_str().to_owned());
        }
        let stem = stem(&file.path);
        let types = take(&mut scope, Role::Extension, &format!("{stem}_types"));
        declared.insert(types.clone());
        let mut prefixes = BTreeMap::new();
        let mut prefix_scope = Scope::new(POLICY);
        for other in contract.referenced_files(file.id) {
            let name = Case::Snake.apply(&self::stem(&contract.file(other).path));
            let prefix = take(&mut prefix_scope, Role::Module, &format!("{name}$"));
            prefixes.insert(other, prefix);
        }
        let core = if declared.iter().any(|name| hides_core(name)) {
            "core."
        } else {
            ""
        };
        FileNames {
            prefixes,
            types,
            core,
            declared,
        }
    }

    fn name_enum(&mut self, contract: &Contract, id: EnumId, class: &str, scope: &mut Scope) {
        let enumeration = contract.enumeration(id);
        let (known, unrecognized) = if enumeration.closed {
            (class.to_owned(), String::new())
        } else {
            (
                take(scope, Role::Module, &format!("Known{class}")),
                take(scope, Role::Module, &format!("{class}Unrecognized")),
            )
        };
        let values: Vec<_> = enumeration
            .values
            .iter()
            .map(|value| {
                let name = value_name(enumeration, &value.name);
                candidate(Role::EnumValue, name, Some(value.number))
            })
            .collect();
        self.enums[id.index()] = EnumNames {
            class: class.to_owned(),
            known,
            unrecognized,
            values: Scope::new(POLICY)
                .assign(&values)
                .iter()
                .map(|ident| ident.as_str().to_owned())
                .collect(),
        };
    }
}

fn name_message(message: &Message, class: &str, scope: &mut Scope) -> MessageNames {
    let mut members = Scope::new(POLICY);
    let fields: Vec<_> = message
        .fields
        .iter()
        .map(|field| candidate(Role::Field, &field.name, Some(field.number)))
        .collect();
    let oneofs: Vec<_> = message
        .oneofs
        .iter()
        .map(|oneof| candidate(Role::Field, &oneof.name, None))
        .collect();
    let texts = |idents: Vec<crate::names::Ident>| -> Vec<String> {
        idents
            .iter()
            .map(|ident| ident.as_str().to_owned())
            .collect()
    };
    let fields = texts(members.assign(&fields));
    let oneof_members = texts(members.assign(&oneofs));
    let or_default = message
        .fields
        .iter()
        .zip(&fields)
        .map(|(field, name)| {
            let wanted = field.default.is_some() && field.oneof.is_none();
            wanted.then(|| take(&mut members, Role::Module, &format!("{name}OrDefault")))
        })
        .collect();
    let oneof_classes: Vec<String> = message
        .oneofs
        .iter()
        .map(|oneof| {
            let name = Case::Pascal.apply(oneof.name.trim_start_matches('_'));
            take(scope, Role::Module, &format!("{class}{name}"))
        })
        .collect();
    let arms = message
        .fields
        .iter()
        .map(|field| {
            let class = oneof_classes.get(field.oneof?.index())?;
            let name = Case::Pascal.apply(field.name.trim_start_matches('_'));
            Some(take(scope, Role::Module, &format!("{class}{name}")))
        })
        .collect();
    MessageNames {
        class: class.to_owned(),
        copy_with: take(scope, Role::Module, &format!("{class}CopyWith")),
        fields,
        or_default,
        arms,
        oneofs: oneof_members.into_iter().zip(oneof_classes).collect(),
    }
}

/// A full name without the package of its file.
fn local_name<'a>(file: &File, full_name: &'a str) -> &'a str {
    full_name
        .strip_prefix(file.package.as_str())
        .map_or(full_name, |rest| rest.trim_start_matches('.'))
}

/// The name of a file without directory and ending, what an identifier cannot have made an underscore.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    let name = name.strip_suffix(".proto").unwrap_or(name);
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}
