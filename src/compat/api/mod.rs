//! The public API of generated code as data: what a user can name, in the words of the language. A target makes it from
//! what its templates print; this says what a difference of two such lists is. Knows no language.

mod cause;
mod differ;
mod source;

pub use differ::{Difference, Differences, What};
pub use source::{Source, Words};

use crate::contract::{Contract, EnumId, ExtensionId, FileId, FullName, MessageId, Oneof, OneofId};
use crate::source::Span;

use super::surface::{Harm, Spot};

/// Everything that generated code lets its users name, what holds others before what it holds.
#[derive(Debug, Clone, Default)]
pub struct Api {
    items: Vec<Item>,
}

/// One thing that a user can name.
#[derive(Debug, Clone)]
pub struct Item {
    /// The element of the contract that it is made for.
    pub owner: Owner,
    /// What holds it: an index into the list. `None` for what stands alone, such as a module.
    pub within: Option<usize>,
    /// What sort of thing it is: `class`, `field`. Things of different sorts do not stand in for one another.
    pub kind: &'static str,
    /// Its name inside of what holds it. Unique there.
    pub name: String,
    /// How a user writes it, from the import on: `radiology.v1.study.Study.uid`.
    pub path: String,
    /// What is declared, without a value: `uid: str`.
    pub signature: String,
    /// The message or enum that the signature names, and how it spells it.
    pub names: Option<(Owner, String)>,
    /// The value that stands behind the signature: of a constant, or of what is not given.
    pub value: Option<String>,
    /// Its place where places count: positional arguments, positional patterns.
    pub position: Option<usize>,
    /// What a new one does to code that does not know it, if it does anything.
    pub obliges: Option<Obligation>,
}

/// What a new thing does to code that does not know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Obligation {
    /// How bad it is.
    pub harm: Harm,
    /// What happens: `a switch over it no longer covers all cases`.
    pub what: &'static str,
}

/// An element of a contract that something is generated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Owner {
    /// A file, for a module or a package.
    File(FileId),
    /// A message.
    Message(MessageId),
    /// A field of a message, by its number.
    Field(MessageId, i32),
    /// A oneof of a message.
    Oneof(MessageId, OneofId),
    /// An enum.
    Enum(EnumId),
    /// A value of an enum, by its index.
    Value(EnumId, usize),
    /// An extension.
    Extension(ExtensionId),
}

impl Item {
    /// Something with neither value nor place, that names no type and obliges nobody.
    #[must_use]
    pub fn new(
        owner: Owner,
        kind: &'static str,
        name: impl Into<String>,
        path: impl Into<String>,
        signature: impl Into<String>,
    ) -> Self {
        Self {
            owner,
            within: None,
            kind,
            name: name.into(),
            path: path.into(),
            signature: signature.into(),
            names: None,
            value: None,
            position: None,
            obliges: None,
        }
    }

    /// Inside of another one.
    #[must_use]
    pub fn within(mut self, holder: usize) -> Self {
        self.within = Some(holder);
        self
    }

    /// With the message or enum that the signature names.
    #[must_use]
    pub fn naming(mut self, names: Option<(Owner, String)>) -> Self {
        self.names = names;
        self
    }

    /// With a value.
    #[must_use]
    pub fn valued(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// The signature with the value.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.value {
            Some(value) => format!("{} = {value}", self.signature),
            None => self.signature.clone(),
        }
    }
}

impl Api {
    /// Adds something, and returns its index. What holds it has to be there already.
    pub fn add(&mut self, item: Item) -> usize {
        self.items.push(item);
        self.items.len() - 1
    }

    /// Where something is: how a user writes it, with what holds it in front if that does not say it.
    #[must_use]
    pub fn place(&self, item: &Item) -> String {
        let holder = item.within.map(|it| self.items[it].path.as_str());
        match holder.filter(|it| !item.path.starts_with(it)) {
            Some(holder) => format!("{holder}: {}", item.path),
            None => item.path.clone(),
        }
    }

    /// Everything, what holds others before what it holds.
    #[must_use]
    pub fn items(&self) -> &[Item] {
        &self.items
    }
}

impl Owner {
    /// The file that it is in, or is.
    #[must_use]
    pub fn file(self, contract: &Contract) -> FileId {
        match self {
            Self::File(id) => id,
            Self::Message(id) | Self::Field(id, _) | Self::Oneof(id, _) => {
                contract.message(id).file
            }
            Self::Enum(id) | Self::Value(id, _) => contract.enumeration(id).file,
            Self::Extension(id) => contract.extension(id).file,
        }
    }

    /// Whether it is a message, or anything in it at any depth.
    #[must_use]
    pub fn is_in(self, contract: &Contract, message: MessageId) -> bool {
        let first = match self {
            Self::File(_) => None,
            Self::Message(id) | Self::Field(id, _) | Self::Oneof(id, _) => Some(id),
            Self::Enum(id) | Self::Value(id, _) => contract.enumeration(id).parent,
            Self::Extension(id) => contract.extension(id).scope,
        };
        let mut outwards = std::iter::successors(first, |&id| contract.message(id).parent);
        outwards.any(|id| id == message)
    }

    /// The enum that it is, or is a value of.
    #[must_use]
    pub fn enumeration(self) -> Option<EnumId> {
        match self {
            Self::Enum(id) | Self::Value(id, _) => Some(id),
            Self::File(_)
            | Self::Message(_)
            | Self::Field(..)
            | Self::Oneof(..)
            | Self::Extension(_) => None,
        }
    }

    /// The oneof that it is, or is a member of.
    #[must_use]
    pub fn oneof(self, contract: &Contract) -> Option<(MessageId, &Oneof)> {
        let (id, index) = match self {
            Self::Oneof(id, index) => (id, index),
            Self::Field(id, number) => {
                let mut fields = contract.message(id).fields.iter();
                (id, fields.find(|it| it.number == number)?.oneof?)
            }
            Self::File(_)
            | Self::Message(_)
            | Self::Enum(_)
            | Self::Value(..)
            | Self::Extension(_) => return None,
        };
        Some((id, contract.message(id).oneofs.get(index.index())?))
    }

    /// The full name, the place and the file of the element.
    #[must_use]
    pub fn spot(self, contract: &Contract) -> Spot {
        let within = |scope: &FullName, name: &str| format!("{scope}.{name}");
        let (file, name, span): (FileId, String, Option<Span>) = match self {
            Self::File(id) => (id, contract.file(id).path.clone(), None),
            Self::Message(id) => {
                let it = contract.message(id);
                (it.file, it.full_name.to_string(), it.span)
            }
            Self::Field(id, number) => {
                let it = contract.message(id);
                let field = it.fields.iter().find(|field| field.number == number);
                let name = field.map_or("", |field| field.name.as_str());
                let span = field.and_then(|field| field.span).or(it.span);
                (it.file, within(&it.full_name, name), span)
            }
            Self::Oneof(id, oneof) => {
                let it = contract.message(id);
                let oneof = it.oneofs.get(oneof.index());
                let name = oneof.map_or("", |oneof| oneof.name.as_str());
                let span = oneof.and_then(|oneof| oneof.span).or(it.span);
                (it.file, within(&it.full_name, name), span)
            }
            Self::Enum(id) => {
                let it = contract.enumeration(id);
                (it.file, it.full_name.to_string(), it.span)
            }
            Self::Value(id, index) => {
                let it = contract.enumeration(id);
                let value = it.values.get(index);
                let name = value.map_or("", |value| value.name.as_str());
                let span = value.and_then(|value| value.span).or(it.span);
                (it.file, within(&it.full_name, name), span)
            }
            Self::Extension(id) => {
                let it = contract.extension(id);
                (it.file, it.full_name.to_string(), it.field.span)
            }
        };
        Spot::new(contract, file, name, span)
    }
}
