//! Enums and their values.

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
    /// The first value of a number: its canonical name, the others being aliases.
    #[must_use]
    pub fn value(&self, number: i32) -> Option<&EnumValue> {
        self.values.iter().find(|value| value.number == number)
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
