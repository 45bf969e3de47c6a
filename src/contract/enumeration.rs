//! Enums and their values.

use std::collections::HashSet;

use super::{Docs, FileId, FullName, JsonFormat, MaybeSpan, MessageId, Options, Reserved, id};

id!(
    /// An enum of one contract.
    EnumId
);

/// An enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// Its id.
    pub id: EnumId,
    /// The file that declares it.
    pub file: FileId,
    /// The message around it.
    pub parent: Option<MessageId>,
    /// The full name.
    pub full_name: FullName,
    /// The last part of the full name.
    pub name: String,
    /// The values in declaration order; never empty. The first is the default of fields without one.
    pub values: Vec<EnumValue>,
    /// Whether unknown numbers are kept out of fields (as unknown fields), as in proto2.
    pub closed: bool,
    /// Whether two values may have one number.
    pub allow_alias: bool,
    /// Whether its JSON form is guaranteed.
    pub json_format: JsonFormat,
    /// Numbers and names that must not be used.
    pub reserved: Reserved,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The name in the declaration.
    pub span: MaybeSpan,
}

impl Enum {
    /// The index of the first value of a number. Its name is the canonical one, which writers of ProtoJSON take; later
    /// values of the number are its aliases, which readers know as well.
    #[must_use]
    pub fn canonical(&self, number: i32) -> Option<usize> {
        self.values.iter().position(|value| value.number == number)
    }

    /// The first value of a number; see [`Self::canonical`].
    #[must_use]
    pub fn value(&self, number: i32) -> Option<&EnumValue> {
        self.canonical(number).map(|index| &self.values[index])
    }

    /// The indexes of the values that are no aliases, in declaration order.
    #[must_use]
    pub fn canonical_values(&self) -> Vec<usize> {
        let mut seen = HashSet::new();
        let indexes = 0..self.values.len();
        indexes
            .filter(|&index| seen.insert(self.values[index].number))
            .collect()
    }

    /// The values that are no aliases, in the order of their numbers.
    #[must_use]
    pub fn numbers(&self) -> Vec<&EnumValue> {
        let canonical = self.canonical_values().into_iter();
        let mut values: Vec<&EnumValue> = canonical.map(|index| &self.values[index]).collect();
        values.sort_by_key(|value| value.number);
        values
    }

    /// The number of an unset field of this type.
    #[must_use]
    pub fn default_number(&self) -> i32 {
        self.values.first().map_or(0, |value| value.number)
    }
}

impl Enum {
    /// What the comments of the enum and of its values say to people, for formats that have one place for them all.
    #[must_use]
    pub fn prose(&self) -> String {
        let mut text = self.docs.prose().join("\n");
        let mut values = String::new();
        for value in &self.values {
            let mut docs = value.docs.prose();
            docs.retain(|line| !line.is_empty());
            let docs = docs.join(" ");
            let deprecated = if value.deprecated {
                " (deprecated)"
            } else {
                ""
            };
            if docs.is_empty() && deprecated.is_empty() {
                continue;
            }
            let colon = if docs.is_empty() { "" } else { ": " };
            values.push_str(&format!("\n- {}{deprecated}{colon}{docs}", value.name));
        }
        if !text.is_empty() && !values.is_empty() {
            text.push('\n');
        }
        text.push_str(&values);
        text.trim().to_owned()
    }
}

/// A value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// The name in the contract and in ProtoJSON.
    pub name: String,
    /// The number on the wire.
    pub number: i32,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The declaration.
    pub span: MaybeSpan,
}
