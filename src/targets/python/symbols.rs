//! The Python name of every element of a contract: modules, classes, attributes. Prints nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{POLICY, module_part};
use crate::contract::{Contract, EnumId, ExtensionId, File, FileId, Message, MessageId, OneofId};
use crate::names::{Candidate, Case, Role, Scope, value_name};

/// The names of a whole contract.
#[derive(Debug)]
pub(super) struct Symbols {
    modules: Vec<Vec<String>>,
    aliases: Vec<BTreeMap<FileId, String>>,
    messages: Vec<MessageNames>,
    enums: Vec<EnumNames>,
    extensions: Vec<String>,
}

/// The names of a message and of what it holds.
#[derive(Debug, Clone, Default)]
pub(super) struct MessageNames {
    /// The class within its module: `Study.Series`.
    pub(super) path: String,
    /// The class itself.
    pub(super) name: String,
    /// The attribute of each field; of a member of a oneof, the name that errors show.
    pub(super) fields: Vec<String>,
    /// The class of each member of a oneof, by the index of the field.
    pub(super) arms: Vec<Option<String>>,
    /// The constant with each explicit default.
    pub(super) defaults: Vec<Option<String>>,
    /// The attribute of each oneof.
    pub(super) oneofs: Vec<String>,
    /// The type alias of each oneof.
    pub(super) aliases: Vec<String>,
    /// All names in the scope of the class body.
    pub(super) taken: BTreeSet<String>,
}

/// The names of an enum.
#[derive(Debug, Clone, Default)]
pub(super) struct EnumNames {
    /// The class within its module.
    pub(super) path: String,
    /// The class itself.
    pub(super) name: String,
    /// The table of its numbers and names, in the module.
    pub(super) table: String,
    /// The members, in declaration order.
    pub(super) values: Vec<String>,
}

impl Symbols {
    /// Names everything.
    pub(super) fn new(contract: &Contract) -> Self {
        let mut symbols = Self {
            modules: modules(contract),
            aliases: Vec::new(),
            messages: vec![MessageNames::default(); contract.messages().len()],
            enums: vec![EnumNames::default(); contract.enums().len()],
            extensions: vec![String::new(); contract.extensions().len()],
        };
        for file in contract.files() {
            symbols.name_file(contract, file);
        }
        symbols
    }

    /// The parts of the module of a file.
    pub(super) fn module(&self, file: FileId) -> &[String] {
        &self.modules[file.index()]
    }

    /// The modules that the module of a file refers to, with their names in it.
    pub(super) fn aliases(&self, file: FileId) -> &BTreeMap<FileId, String> {
        &self.aliases[file.index()]
    }

    /// The names of a message.
    pub(super) fn message(&self, id: MessageId) -> &MessageNames {
        &self.messages[id.index()]
    }

    /// The names of an enum.
    pub(super) fn enumeration(&self, id: EnumId) -> &EnumNames {
        &self.enums[id.index()]
    }

    /// The path of an extension within its module.
    pub(super) fn extension(&self, id: ExtensionId) -> &str {
        &self.extensions[id.index()]
    }

    fn name_file(&mut self, contract: &Contract, file: &File) {
        let mut scope = Scope::new(POLICY);
        let mut aliases = BTreeMap::new();
        for other in contract.referenced_files(file.id) {
            let last = self.modules[other.index()].last();
            let name = format!("_{}", last.map_or("root", String::as_str));
            let alias = scope.take(candidate(Role::Method, &name, None));
            aliases.insert(other, alias.as_str().to_owned());
        }
        let types = type_candidates(contract, &file.messages, &file.enums);
        let idents = scope.assign(&types);
        for (id, ident) in file.messages.iter().zip(&idents) {
            self.name_message(contract, *id, "", ident.as_str(), &aliases);
        }
        for (id, ident) in file.enums.iter().zip(&idents[file.messages.len()..]) {
            self.name_enum(contract, *id, "", ident.as_str());
        }
        for &id in &file.extensions {
            let field = &contract.extension(id).field;
            let ident = scope.take(candidate(Role::Extension, &field.name, Some(field.number)));
            ident.as_str().clone_into(&mut self.extensions[id.index()]);
        }
        self.name_tables(contract, file, &mut scope);
        self.aliases.push(aliases);
    }

    /// Tables of enums are names of the module, so that functions reach them with one look-up.
    fn name_tables(&mut self, contract: &Contract, file: &File, scope: &mut Scope) {
        for enumeration in contract.enums_in(file.id) {
            let names = &mut self.enums[enumeration.id.index()];
            let name = format!("_{}", names.path.replace('.', "_"));
            let table = scope.take(candidate(Role::Method, &name, None));
            table.as_str().clone_into(&mut names.table);
        }
    }

    fn name_enum(&mut self, contract: &Contract, id: EnumId, outer: &str, name: &str) {
        let enumeration = contract.enumeration(id);
        let values: Vec<_> = enumeration
            .values
            .iter()
            .map(|value| {
                let name = value_name(enumeration, &value.name);
                candidate(Role::EnumValue, name, Some(value.number))
            })
            .collect();
        self.enums[id.index()] = EnumNames {
            path: join(outer, name),
            name: name.to_owned(),
            table: String::new(),
            values: texts(Scope::new(POLICY).assign(&values)),
        };
    }

    fn name_message(
        &mut self,
        contract: &Contract,
        id: MessageId,
        outer: &str,
        name: &str,
        aliases: &BTreeMap<FileId, String>,
    ) {
        let message = contract.message(id);
        let mut scope = Scope::new(POLICY);
        for alias in aliases.values() {
            scope.reserve(alias);
        }
        let fields: Vec<_> = message
            .fields
            .iter()
            .map(|field| candidate(Role::Field, &field.name, Some(field.number)))
            .collect();
        let types = type_candidates(contract, &message.messages, &message.enums);
        let oneofs: Vec<_> = message
            .oneofs
            .iter()
            .map(|oneof| candidate(Role::Field, &oneof.name, None))
            .collect();
        let mut names = MessageNames {
            path: join(outer, name),
            name: name.to_owned(),
            fields: texts(scope.assign(&fields)),
            oneofs: texts(scope.assign(&oneofs)),
            ..MessageNames::default()
        };
        let idents = texts(scope.assign(&types));
        name_oneofs(message, &idents, &mut scope, &mut names);
        for field in &message.fields {
            names.defaults.push(field.default.as_ref().map(|_| {
                let name = format!("DEFAULT_{}", Case::Screaming.apply(&field.name));
                let default = candidate(Role::Method, &name, Some(field.number));
                scope.take(default).as_str().to_owned()
            }));
        }
        for &extension in &message.extensions {
            let field = &contract.extension(extension).field;
            let ident = scope.take(candidate(Role::Extension, &field.name, Some(field.number)));
            self.extensions[extension.index()] = join(&names.path, ident.as_str());
            names.taken.insert(ident.as_str().to_owned());
        }
        let taken = [&names.fields, &names.oneofs, &names.aliases, &idents];
        names.taken.extend(taken.into_iter().flatten().cloned());
        names.taken.extend(names.arms.iter().flatten().cloned());
        names.taken.extend(names.defaults.iter().flatten().cloned());
        let path = names.path.clone();
        self.messages[id.index()] = names;
        for (inner, ident) in message.messages.iter().zip(&idents) {
            self.name_message(contract, *inner, &path, ident, aliases);
        }
        for (inner, ident) in message.enums.iter().zip(&idents[message.messages.len()..]) {
            self.name_enum(contract, *inner, &path, ident);
        }
    }
}

/// Names the alias of each oneof and the class of each of its members. A class whose name a nested type has already
/// gets the name of the oneof in front.
fn name_oneofs(message: &Message, types: &[String], scope: &mut Scope, names: &mut MessageNames) {
    let is_type = |name: &str| types.iter().any(|it| it == name);
    for oneof in &message.oneofs {
        let plain = Case::Pascal.apply(&oneof.name);
        let name = if is_type(&plain) {
            format!("{plain}Oneof")
        } else {
            plain
        };
        let alias = scope.take(candidate(Role::OneofMember, &name, None));
        names.aliases.push(alias.as_str().to_owned());
    }
    names.arms = vec![None; message.fields.len()];
    for index in message.field_order() {
        let field = &message.fields[index];
        let Some(OneofName(oneof)) = field.oneof.map(|id| OneofName::of(message, id)) else {
            continue;
        };
        let plain = Case::Pascal.apply(&field.name);
        let name = if is_type(&plain) || names.aliases.contains(&plain) {
            format!("{oneof}_{}", field.name)
        } else {
            field.name.clone()
        };
        let arm = scope.take(candidate(Role::OneofMember, &name, Some(field.number)));
        names.arms[index] = Some(arm.as_str().to_owned());
    }
}

struct OneofName<'a>(&'a str);

impl<'a> OneofName<'a> {
    fn of(message: &'a Message, id: OneofId) -> Self {
        Self(&message.oneofs[id.index()].name)
    }
}

fn candidate(role: Role, name: &str, number: Option<i32>) -> Candidate<'_> {
    Candidate { role, name, number }
}

fn texts(idents: Vec<crate::names::Ident>) -> Vec<String> {
    idents
        .into_iter()
        .map(|ident| ident.as_str().to_owned())
        .collect()
}

fn join(outer: &str, name: &str) -> String {
    if outer.is_empty() {
        name.to_owned()
    } else {
        format!("{outer}.{name}")
    }
}

fn type_candidates<'a>(
    contract: &'a Contract,
    messages: &[MessageId],
    enums: &[EnumId],
) -> Vec<Candidate<'a>> {
    let messages = messages
        .iter()
        .map(|&id| candidate(Role::Message, &contract.message(id).name, None));
    let enums = enums
        .iter()
        .map(|&id| candidate(Role::Enum, &contract.enumeration(id).name, None));
    messages.chain(enums).collect()
}

/// The module of each file. A module whose name is a directory's, or another module's, gets an underscore.
fn modules(contract: &Contract) -> Vec<Vec<String>> {
    let mut parts: Vec<Vec<String>> = Vec::new();
    let mut directories = BTreeSet::new();
    for file in contract.files() {
        let path = file.path.strip_suffix(".proto").unwrap_or(&file.path);
        let module: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty())
            .map(|part| {
                let part = module_part(part);
                Scope::new(POLICY)
                    .take(candidate(Role::Module, &part, None))
                    .as_str()
                    .to_owned()
            })
            .collect();
        for end in 1..module.len() {
            directories.insert(module[..end].to_vec());
        }
        parts.push(module);
    }
    let mut taken = BTreeSet::new();
    for module in &mut parts {
        while directories.contains(module) || taken.contains(module) {
            if let Some(last) = module.last_mut() {
                last.push('_');
            } else {
                module.push("root".to_owned());
            }
        }
        taken.insert(module.clone());
    }
    parts
}
