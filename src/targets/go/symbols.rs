//! The identifiers of everything that Go packages declare, given once for a whole contract. Nested types are flat in
//! Go: `Study.Series` is `StudySeries`, or `Study_Series` where that name is taken.

use super::names::POLICY;
use super::packages::Packages;
use crate::contract::{Contract, Enum, EnumId, ExtensionId, FileId, Message, MessageId, Oneof};
use crate::names::{Candidate, Case, Role, Scope, value_name};

/// Names of all elements, by their ids.
#[derive(Debug)]
pub(super) struct Symbols {
    /// The type of each message.
    pub(super) messages: Vec<String>,
    /// The members of each message.
    pub(super) members: Vec<Members>,
    /// The type of each enum.
    pub(super) enums: Vec<String>,
    /// The function that parses names of each enum.
    pub(super) parsers: Vec<String>,
    /// The constants of each enum, by the index of the value.
    pub(super) values: Vec<Vec<String>>,
    /// The variable of each extension.
    pub(super) extensions: Vec<String>,
}

/// The names inside and around one message.
#[derive(Debug, Clone, Default)]
pub(super) struct Members {
    /// The struct field of each field; for a member of a oneof, the field of its arm.
    pub(super) fields: Vec<String>,
    /// The getter of each field.
    pub(super) getters: Vec<String>,
    /// The arm type of each field that is a member of a oneof; empty for others.
    pub(super) arms: Vec<String>,
    /// The struct field of each oneof.
    pub(super) oneofs: Vec<String>,
    /// The getter of each oneof.
    pub(super) oneof_getters: Vec<String>,
    /// The interface of each oneof.
    pub(super) interfaces: Vec<String>,
}

impl Symbols {
    /// Names for a contract. Within a package, outer types come before nested ones, and both before what is made of
    /// their names; ties go by full name, so the order of files does not matter.
    pub(super) fn assign(contract: &Contract, packages: &Packages) -> Self {
        let mut symbols = Self {
            messages: vec![String::new(); contract.messages().len()],
            members: contract.messages().iter().map(members).collect(),
            enums: vec![String::new(); contract.enums().len()],
            parsers: vec![String::new(); contract.enums().len()],
            values: vec![Vec::new(); contract.enums().len()],
            extensions: vec![String::new(); contract.extensions().len()],
        };
        for index in 0..packages.list.len() {
            symbols.assign_package(contract, &|file| packages.index(file) == index);
        }
        symbols
    }

    fn assign_package(&mut self, contract: &Contract, holds: &dyn Fn(FileId) -> bool) {
        let mut scope = Scope::new(POLICY);
        for ty in types(contract, holds) {
            match ty {
                Named::Message(id) => {
                    let message = contract.message(id);
                    let outer = message.parent.map(|id| self.messages[id.index()].clone());
                    self.messages[id.index()] =
                        nested(&mut scope, Role::Message, outer.as_deref(), &message.name);
                }
                Named::Enum(id) => {
                    let of = contract.enumeration(id);
                    let outer = of.parent.map(|id| self.messages[id.index()].clone());
                    self.enums[id.index()] =
                        nested(&mut scope, Role::Enum, outer.as_deref(), &of.name);
                }
            }
        }
        for ty in types(contract, holds) {
            match ty {
                Named::Message(id) => self.assign_oneofs(&mut scope, contract.message(id)),
                Named::Enum(id) => self.assign_values(&mut scope, contract.enumeration(id)),
            }
        }
        let mut extensions: Vec<ExtensionId> = contract
            .extensions()
            .iter()
            .filter(|extension| holds(extension.file))
            .map(|extension| extension.id)
            .collect();
        extensions.sort_by_key(|&id| &contract.extension(id).full_name);
        for id in extensions {
            let extension = contract.extension(id);
            let outer = extension.scope.map(|id| self.messages[id.index()].clone());
            let name = format!("{}_ext", extension.field.name);
            self.extensions[id.index()] =
                nested(&mut scope, Role::Extension, outer.as_deref(), &name);
        }
    }

    fn assign_oneofs(&mut self, scope: &mut Scope, message: &Message) {
        let ty = self.messages[message.id.index()].clone();
        let members = &mut self.members[message.id.index()];
        for oneof in &message.oneofs {
            let interface = nested(scope, Role::OneofMember, Some(&ty), &oneof.name);
            members.interfaces.push(interface);
        }
        members.arms = vec![String::new(); message.fields.len()];
        for index in message.field_order() {
            let field = &message.fields[index];
            if let Some(oneof) = field.oneof {
                let interface = members.interfaces[oneof.index()].clone();
                members.arms[index] =
                    nested(scope, Role::OneofMember, Some(&interface), &field.name);
            }
        }
    }

    fn assign_values(&mut self, scope: &mut Scope, of: &Enum) {
        let ty = self.enums[of.id.index()].clone();
        let mut order: Vec<usize> = (0..of.values.len()).collect();
        order.sort_by_key(|&index| (of.values[index].number, index));
        let mut idents = vec![String::new(); of.values.len()];
        for index in order {
            let name = value_name(of, &of.values[index].name);
            idents[index] = nested(scope, Role::EnumValue, Some(&ty), name);
        }
        self.values[of.id.index()] = idents;
        let parser = [format!("Parse{ty}"), format!("Parse_{ty}")];
        self.parsers[of.id.index()] = scope.claim(Role::Enum, &parser).to_string();
    }
}

enum Named {
    Message(MessageId),
    Enum(EnumId),
}

/// The types of a package: outer before nested, then by full name.
fn types(contract: &Contract, holds: &dyn Fn(FileId) -> bool) -> Vec<Named> {
    let messages = contract
        .messages()
        .iter()
        .filter(|message| holds(message.file))
        .map(|message| {
            (
                message.full_name.as_str(),
                message.parent,
                Named::Message(message.id),
            )
        });
    let enums = contract
        .enums()
        .iter()
        .filter(|of| holds(of.file))
        .map(|of| (of.full_name.as_str(), of.parent, Named::Enum(of.id)));
    let depth = |parent: Option<MessageId>| {
        std::iter::successors(parent, |&id| contract.message(id).parent).count()
    };
    let mut list: Vec<_> = messages
        .chain(enums)
        .map(|(name, parent, named)| (depth(parent), name, named))
        .collect();
    list.sort_by_key(|&(depth, name, _)| (depth, name));
    list.into_iter().map(|(_, _, named)| named).collect()
}

/// A name in the scope of a package: `OuterName`, or `Outer_Name` if that is taken.
fn nested(scope: &mut Scope, role: Role, outer: Option<&str>, name: &str) -> String {
    let name = Case::PascalAcronyms.apply(name);
    let idents = match outer {
        None if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() => {
            vec![format!("X{name}")]
        }
        None => vec![name],
        Some(outer) => vec![format!("{outer}{name}"), format!("{outer}_{name}")],
    };
    scope.claim(role, &idents).to_string()
}

/// The names inside a message: each number takes its field and its getter, so a later field renames neither.
fn members(message: &Message) -> Members {
    let mut scope = Scope::new(POLICY);
    let mut members = Members {
        fields: vec![String::new(); message.fields.len()],
        getters: vec![String::new(); message.fields.len()],
        oneofs: vec![String::new(); message.oneofs.len()],
        oneof_getters: vec![String::new(); message.oneofs.len()],
        ..Members::default()
    };
    for index in message.field_order() {
        let field = &message.fields[index];
        if let Some(oneof) = field.oneof {
            let slot = oneof.index();
            if members.oneofs[slot].is_empty() {
                let (ident, getter) = pair(&mut scope, &message.oneofs[slot], field.number);
                members.oneofs[slot] = ident;
                members.oneof_getters[slot] = getter;
            }
            members.fields[index] = one(&mut Scope::new(POLICY), &field.name, field.number);
        } else {
            members.fields[index] = one(&mut scope, &field.name, field.number);
        }
        let getter = format!("get_{}", field.name);
        members.getters[index] = one(&mut scope, &getter, field.number);
    }
    members
}

fn pair(scope: &mut Scope, oneof: &Oneof, number: i32) -> (String, String) {
    let ident = one(scope, &oneof.name, number);
    (ident, one(scope, &format!("get_{}", oneof.name), number))
}

fn one(scope: &mut Scope, name: &str, number: i32) -> String {
    let candidate = Candidate {
        role: Role::Field,
        name,
        number: Some(number),
    };
    scope.take(candidate).to_string()
}
