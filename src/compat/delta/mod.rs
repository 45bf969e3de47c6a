//! What can change between two versions of a contract: typed deltas, each between two paired elements or at the one
//! end that there is. Decides what a change is called and what it is about; not whether it hurts anybody.

mod kind;
mod place;

pub use kind::{
    EnumChange, FieldChange, FileChange, Kind, MessageChange, MethodChange, OneofChange,
    PackageChange, ServiceChange, ValueChange,
};

use crate::contract::{Enum, EnumValue, Extension, Field, File, Message, Method, Oneof, Service};

/// A thing in the old version and its counterpart in the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Both<T> {
    /// In the old version.
    pub old: T,
    /// In the new version.
    pub new: T,
}

impl<T> Both<T> {
    /// The pair with each side mapped.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Both<U> {
        Both {
            old: f(self.old),
            new: f(self.new),
        }
    }
}

/// A thing that is there in at least one of the versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends<T> {
    /// It is gone.
    Old(T),
    /// It is new.
    New(T),
    /// It is in both.
    Both(Both<T>),
}

impl<T> Ends<T> {
    /// The ends, borrowed.
    pub fn as_ref(&self) -> Ends<&T> {
        match self {
            Self::Old(old) => Ends::Old(old),
            Self::New(new) => Ends::New(new),
            Self::Both(Both { old, new }) => Ends::Both(Both { old, new }),
        }
    }
}

impl<T: Copy> Ends<T> {
    /// The old end.
    pub fn was(self) -> Option<T> {
        match self {
            Self::Old(old) | Self::Both(Both { old, .. }) => Some(old),
            Self::New(_) => None,
        }
    }

    /// The new end.
    pub fn is(self) -> Option<T> {
        match self {
            Self::New(new) | Self::Both(Both { new, .. }) => Some(new),
            Self::Old(_) => None,
        }
    }

    /// The new end, or else the old one.
    pub fn any(self) -> T {
        match self {
            Self::Old(only) | Self::New(only) => only,
            Self::Both(both) => both.new,
        }
    }

    /// The ends mapped.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Ends<U> {
        match self {
            Self::Old(old) => Ends::Old(f(old)),
            Self::New(new) => Ends::New(f(new)),
            Self::Both(both) => Ends::Both(both.map(f)),
        }
    }

    /// Both ends, if there are two.
    pub fn both(self) -> Option<Both<T>> {
        match self {
            Self::Both(both) => Some(both),
            Self::Old(_) | Self::New(_) => None,
        }
    }
}

/// A field where it stands: in a message, or as an extension of one.
#[derive(Debug, Clone, Copy)]
pub struct FieldAt<'a> {
    /// The message whose values hold it.
    pub holder: &'a Message,
    /// The field.
    pub field: &'a Field,
    /// The extension that it is the field of, if it is one.
    pub extension: Option<&'a Extension>,
}

impl FieldAt<'_> {
    /// How people call it: `pkg.Message.field`, or the full name of the extension.
    #[must_use]
    pub fn full_name(self) -> String {
        match self.extension {
            Some(extension) => extension.full_name.to_string(),
            None => format!("{}.{}", self.holder.full_name, self.field.name),
        }
    }
}

/// One change.
#[derive(Debug, Clone, Copy)]
pub enum Delta<'a> {
    /// Of a file, which is known by its path.
    File(FileChange, Ends<&'a File>),
    /// Of a package, by files that show it.
    Package(PackageChange, Ends<&'a File>),
    /// Of a message.
    Message(MessageChange, Ends<&'a Message>),
    /// Of a field or an extension, in this pair of messages.
    Field(FieldChange, Both<&'a Message>, Ends<FieldAt<'a>>),
    /// Of a oneof, in this pair of messages.
    Oneof(OneofChange, Both<&'a Message>, Ends<&'a Oneof>),
    /// Of an enum.
    Enum(EnumChange, Ends<&'a Enum>),
    /// Of a value, in this pair of enums.
    Value(ValueChange, Both<&'a Enum>, Ends<&'a EnumValue>),
    /// Of a service.
    Service(ServiceChange, Ends<&'a Service>),
    /// Of a method, in this pair of services.
    Method(MethodChange, Both<&'a Service>, Ends<&'a Method>),
}

impl<'a> Delta<'a> {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::File(change, _) => Kind::File(*change),
            Self::Package(change, _) => Kind::Package(*change),
            Self::Message(change, _) => Kind::Message(*change),
            Self::Field(change, ..) => Kind::Field(*change),
            Self::Oneof(change, ..) => Kind::Oneof(*change),
            Self::Enum(change, _) => Kind::Enum(*change),
            Self::Value(change, ..) => Kind::Value(*change),
            Self::Service(change, _) => Kind::Service(*change),
            Self::Method(change, ..) => Kind::Method(*change),
        }
    }
}
