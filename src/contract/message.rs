//! Messages and oneofs.

use serde::Serialize;

use super::{
    Docs, EnumId, ExtensionId, Field, FileId, FullName, JsonFormat, MaybeSpan, NumberRange,
    Options, Reserved, WellKnown, id,
};

id!(
    /// A message of one contract.
    MessageId
);

id!(
    /// A oneof of one message: an index into [`Message::oneofs`].
    OneofId
);

/// A message. Map entries are no messages here: they are the shape of their field.
#[derive(Debug, Clone)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The file that declares it.
    pub file: FileId,
    /// The message around it.
    pub parent: Option<MessageId>,
    /// The full name.
    pub full_name: FullName,
    /// The last part of the full name.
    pub name: String,
    /// The fields in declaration order, members of oneofs included.
    pub fields: Vec<Field>,
    /// The oneofs in declaration order, synthetic ones excluded.
    pub oneofs: Vec<Oneof>,
    /// Nested messages in declaration order, map entries excluded, groups included.
    pub messages: Vec<MessageId>,
    /// Nested enums in declaration order.
    pub enums: Vec<EnumId>,
    /// Extensions declared in its body, in declaration order.
    pub extensions: Vec<ExtensionId>,
    /// Numbers that extensions may use.
    pub extension_ranges: Vec<ExtensionRange>,
    /// Numbers and names that must not be used.
    pub reserved: Reserved,
    /// Whether it has the old MessageSet wire format.
    pub message_set: bool,
    /// Whether its JSON form is guaranteed.
    pub json_format: JsonFormat,
    /// Which of protobuf's well-known types it is, if any.
    pub well_known: Option<WellKnown>,
    /// Whether it is marked deprecated.
    pub deprecated: bool,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The name in the declaration.
    pub span: MaybeSpan,
}

/// What stands at one place of a written message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// A field: an index into [`Message::fields`].
    Field(usize),
    /// The extensions with these numbers.
    Extensions(NumberRange),
}

/// What a class of the message has one member for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// A field that is in no oneof: an index into [`Message::fields`].
    Field(usize),
    /// A oneof, whatever is set in it.
    Oneof(OneofId),
}

impl Message {
    /// What a class has members for, in an order of the fields: a oneof is where the first of its fields is.
    #[must_use]
    pub fn held(&self, order: impl IntoIterator<Item = usize>) -> Vec<Held> {
        let mut seen = vec![false; self.oneofs.len()];
        let mut held = Vec::new();
        for index in order {
            match self.fields[index].oneof {
                None => held.push(Held::Field(index)),
                Some(oneof) => {
                    if !std::mem::replace(&mut seen[oneof.index()], true) {
                        held.push(Held::Oneof(oneof));
                    }
                }
            }
        }
        held
    }

    /// The indexes of the fields in the order of their numbers. In this order they take their names too: the next version
    /// of a contract, which adds higher numbers, renames nothing then.
    #[must_use]
    pub fn field_order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.fields.len()).collect();
        order.sort_by_key(|&index| self.fields[index].number);
        order
    }

    /// The fields in the order of their numbers.
    #[must_use]
    pub fn fields_by_number(&self) -> Vec<&Field> {
        let order = self.field_order().into_iter();
        order.map(|index| &self.fields[index]).collect()
    }

    /// What a writer writes, in that order: fields and ranges of extensions by number. Unknown fields come last.
    #[must_use]
    pub fn wire_order(&self) -> Vec<Written> {
        let fields = (0..self.fields.len()).map(Written::Field);
        let ranges = self.extension_ranges.iter();
        let mut order: Vec<Written> = fields
            .chain(ranges.map(|range| Written::Extensions(range.range)))
            .collect();
        order.sort_by_key(|written| match written {
            Written::Field(index) => self.fields[*index].number,
            Written::Extensions(range) => range.first,
        });
        order
    }

    /// The members of a oneof, in declaration order.
    pub fn members(&self, oneof: OneofId) -> impl Iterator<Item = &Field> {
        self.fields
            .iter()
            .filter(move |field| field.oneof == Some(oneof))
    }

    /// Whether extensions are possible.
    #[must_use]
    pub fn is_extendable(&self) -> bool {
        !self.extension_ranges.is_empty()
    }
}

/// A group of fields of which at most one is set.
#[derive(Debug, Clone)]
pub struct Oneof {
    /// The name in the contract.
    pub name: String,
    /// All options, undecoded.
    pub raw_options: Options,
    /// Comments.
    pub docs: Docs,
    /// The name in the declaration.
    pub span: MaybeSpan,
}

/// A range of numbers for extensions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExtensionRange {
    /// The numbers.
    pub range: NumberRange,
    /// All options, undecoded.
    #[serde(skip)]
    pub raw_options: Options,
}
