//! The names inside one message: its properties, constants, oneofs and their arms. Knows nothing outside of it.

use super::candidate;
use crate::contract::{Message, OneofId};
use crate::names::{Candidate, Case, Role, Scope};
use crate::targets::csharp::words::POLICY;

/// The names inside one message.
#[derive(Debug)]
pub(in crate::targets::csharp) struct Members {
    /// Per field, in declaration order: the property; for a member of a oneof the type of the arm.
    pub(in crate::targets::csharp) fields: Vec<String>,
    /// Per field: the constant that holds its explicit default, if there is one.
    pub(in crate::targets::csharp) defaults: Vec<Option<String>>,
    /// Per oneof: the property.
    pub(in crate::targets::csharp) oneofs: Vec<String>,
    /// Per oneof: the type.
    pub(in crate::targets::csharp) oneof_types: Vec<String>,
}

/// Names for the fields and oneofs of a message.
pub(super) fn members(message: &Message) -> Members {
    let mut scope = Scope::new(POLICY);
    // A member cannot be called like its class. What the class is called is known here but for what it is if its name
    // was taken, and then the member is free to have it.
    scope.reserve(&message.name);
    scope.reserve(&Case::Pascal.apply(&message.name));
    let class = Scope::new(POLICY).take(candidate(Role::Message, &message.name));
    scope.reserve(class.as_str());
    let mut candidates = Vec::new();
    for field in message.fields.iter().filter(|field| field.oneof.is_none()) {
        candidates.push(Candidate {
            role: Role::Field,
            name: &field.name,
            number: Some(field.number),
        });
    }
    for (index, oneof) in message.oneofs.iter().enumerate() {
        let members = message.members(OneofId::new(index));
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
        .members(OneofId::new(oneof))
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
