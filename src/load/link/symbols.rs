//! The symbol table: every full name of the files of a load, with what it stands for. Names are kept in one text, so
//! that tens of thousands of them cost two allocations. Decides nothing about visibility.

use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::load::descriptor::{EnumRef, MessageRef};
use crate::load::paths::to_u32;

/// An entry of [`Symbols`]. The default is a placeholder that stands for no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SymbolId(u32);

impl Default for SymbolId {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

/// What a full name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Symbol {
    /// A package, or the first parts of one.
    Package,
    /// A message.
    Message(MessageRef),
    /// A field of a message.
    Field {
        /// The message.
        message: MessageRef,
        /// Index in its fields.
        index: u32,
    },
    /// A oneof of a message.
    Oneof {
        /// The message.
        message: MessageRef,
        /// Index in its oneofs.
        index: u32,
    },
    /// An enum.
    Enum(EnumRef),
    /// A value of an enum; its scope is that *around* the enum.
    EnumValue {
        /// The enum.
        enumeration: EnumRef,
        /// Index in its values.
        index: u32,
    },
    /// An extension: index in the file's flat list.
    Extension(u32),
    /// A service: index in the file's list.
    Service(u32),
    /// A method of a service.
    Method {
        /// The service.
        service: u32,
        /// Index in its methods.
        index: u32,
    },
}

impl Symbol {
    /// Whether names can lie in its scope, as the lookup of compound names asks.
    pub(crate) fn is_scope(self) -> bool {
        match self {
            Self::Package | Self::Message(_) | Self::Enum(_) | Self::Service(_) => true,
            Self::Field { .. }
            | Self::Oneof { .. }
            | Self::EnumValue { .. }
            | Self::Extension(_)
            | Self::Method { .. } => false,
        }
    }

    /// Whether it is a type.
    pub(crate) fn is_type(self) -> bool {
        matches!(self, Self::Message(_) | Self::Enum(_))
    }

    /// What it is called in messages to people, with its article.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Package => "a package",
            Self::Message(_) => "a message",
            Self::Field { .. } => "a field",
            Self::Oneof { .. } => "a oneof",
            Self::Enum(_) => "an enum",
            Self::EnumValue { .. } => "an enum value",
            Self::Extension(_) => "an extension",
            Self::Service(_) => "a service",
            Self::Method { .. } => "a method",
        }
    }
}

#[derive(Debug, Clone)]
struct Entry {
    start: usize,
    length: u32,
    file: u32,
    symbol: Symbol,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Symbols {
    text: String,
    entries: Vec<Entry>,
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Symbols {
    /// Adds a name. If it is taken, the table stays as it is and the entry that has it is given back.
    pub(crate) fn insert(
        &mut self,
        name: &str,
        file: u32,
        symbol: Symbol,
    ) -> Result<SymbolId, SymbolId> {
        let hash = self.hasher.hash_one(name);
        if let Some(&found) = self
            .table
            .find(hash, |&index| self.text_of(index as usize) == name)
        {
            return Err(SymbolId(found));
        }
        let index = to_u32(self.entries.len());
        self.entries.push(Entry {
            start: self.text.len(),
            length: to_u32(name.len()),
            file,
            symbol,
        });
        self.text.push_str(name);
        let Self {
            text,
            entries,
            table,
            hasher,
        } = self;
        table.insert_unique(hash, index, |&index| {
            let entry = &entries[index as usize];
            hasher.hash_one(&text[entry.start..entry.start + entry.length as usize])
        });
        Ok(SymbolId(index))
    }

    /// The entry of a full name.
    pub(crate) fn find(&self, name: &str) -> Option<SymbolId> {
        self.table
            .find(self.hasher.hash_one(name), |&index| {
                self.text_of(index as usize) == name
            })
            .copied()
            .map(SymbolId)
    }

    /// What the entry stands for.
    pub(crate) fn symbol(&self, id: SymbolId) -> Symbol {
        self.entries[id.0 as usize].symbol
    }

    /// The file that defines it; of a package the first file that uses it.
    pub(crate) fn file(&self, id: SymbolId) -> u32 {
        self.entries[id.0 as usize].file
    }

    /// The full name; empty for the placeholder id.
    pub(crate) fn name(&self, id: SymbolId) -> &str {
        if id == SymbolId::default() {
            return "";
        }
        self.text_of(id.0 as usize)
    }

    /// All entries, in the order in which they were added.
    pub(crate) fn ids(&self) -> impl Iterator<Item = SymbolId> + use<> {
        (0..to_u32(self.entries.len())).map(SymbolId)
    }

    fn text_of(&self, index: usize) -> &str {
        let entry = &self.entries[index];
        &self.text[entry.start..entry.start + entry.length as usize]
    }
}
