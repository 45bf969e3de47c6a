//! Identifiers: every name that a target writes into generated code is made here.
//!
//! A target says which case a role has and which words it may not use ([`NamePolicy`]); this module converts,
//! escapes and resolves collisions ([`Scope`]), so that names are unique, legal and *stable*: names are given in the
//! order of the numbers and a collision suffix is the number, so a new, higher number never renames an older element.

pub mod case;
mod scope;

pub use case::Case;
pub use scope::{Candidate, Scope};

use serde::Serialize;

use crate::contract::Enum;

/// An identifier of a target language: legal there, and unique in the scope that it was made in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Ident(String);

impl Ident {
    /// The identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Ident {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an identifier names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A message type.
    Message,
    /// An enum type.
    Enum,
    /// A value of an enum, after the enum's prefix is cut off.
    EnumValue,
    /// A field, oneofs included: both are members of the message.
    Field,
    /// The type of one member of a oneof.
    OneofMember,
    /// An extension.
    Extension,
    /// A service.
    Service,
    /// A method of a service.
    Method,
    /// A part of a package name or of a file's path.
    Module,
}

/// How a target language names things.
#[derive(Debug, Clone, Copy)]
pub struct NamePolicy {
    /// The case of identifiers of a role.
    pub case: fn(Role) -> Case,
    /// Whether a word cannot be used for a role: keywords, and what generated code of that role needs itself.
    pub is_reserved: fn(Role, &str) -> bool,
    /// Makes a legal identifier of a reserved word. Applied until the result is not reserved.
    pub escape: fn(&str) -> String,
}

impl NamePolicy {
    /// Appends an underscore: the escape of Python, C#, Rust and others.
    #[must_use]
    pub fn underscore(word: &str) -> String {
        format!("{word}_")
    }

    /// The identifier for `name` if nothing else were in its scope.
    fn convert(&self, role: Role, name: &str) -> String {
        let mut ident = (self.case)(role).apply(name);
        if ident.is_empty() || ident.starts_with(|c: char| c.is_ascii_digit()) {
            ident.insert(0, '_');
        }
        // A policy whose escape does not help would never end: a word is escaped three times at most.
        for _ in 0..3 {
            if !(self.is_reserved)(role, &ident) {
                break;
            }
            ident = (self.escape)(&ident);
        }
        ident
    }
}

/// The name of an enum value without the prefix that repeats the enum's name: `ACTIVE` of `STATUS_ACTIVE` in
/// `Status`. Each value is judged by itself, so that a new value never renames an older one; a value is left whole if
/// what remains is empty or begins with a digit.
#[must_use]
pub fn value_name<'a>(enumeration: &Enum, value: &'a str) -> &'a str {
    strip_prefix(&enumeration.name, value)
}

fn strip_prefix<'a>(enum_name: &str, value: &'a str) -> &'a str {
    // The prefix is compared without underscores and case (as protoc's C# generator does), because people write
    // both `STUDY_STATUS_` and `STUDYSTATUS_` for `StudyStatus`.
    let mut wanted = enum_name
        .bytes()
        .filter(|&b| b != b'_')
        .map(|b| b.to_ascii_uppercase());
    let mut expected = wanted.next();
    for (index, byte) in value.bytes().enumerate() {
        match (expected, byte) {
            (None, b'_') => {
                let rest = value.get(index..).unwrap_or("").trim_start_matches('_');
                let bad = rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit());
                return if bad { value } else { rest };
            }
            (_, b'_') => {}
            (Some(want), byte) if byte.to_ascii_uppercase() == want => expected = wanted.next(),
            _ => return value,
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::strip_prefix;

    #[test]
    fn an_enum_prefix_is_cut_off_where_a_name_remains() {
        for (enumeration, value, name) in [
            ("StudyStatus", "STUDY_STATUS_ACTIVE", "ACTIVE"),
            ("StudyStatus", "STUDYSTATUS_ACTIVE", "ACTIVE"),
            ("Status", "STATUSES_ACTIVE", "STATUSES_ACTIVE"),
            ("Status", "STATUS_", "STATUS_"),
            ("Status", "STATUS", "STATUS"),
            ("Layout", "LAYOUT_2D", "LAYOUT_2D"),
            ("foo_bar", "FOO_BAR_x", "x"),
            ("E", "A", "A"),
        ] {
            assert_eq!(
                strip_prefix(enumeration, value),
                name,
                "{enumeration} {value}"
            );
        }
    }
}
