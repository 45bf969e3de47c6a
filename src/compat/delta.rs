//! What can change between two versions of a contract: typed deltas, each between two paired elements or at the one
//! end that there is. Decides what a change is called and what it is about; not whether it hurts anybody.

use crate::contract::{
    Contract, Enum, EnumValue, Extension, Field, File, FullName, Message, Method, Oneof, Service,
};
use crate::source::Span;

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

    /// Both ends, if there are two.
    pub fn both(self) -> Option<Both<T>> {
        match self {
            Self::Both(both) => Some(both),
            Self::Old(_) | Self::New(_) => None,
        }
    }
}

/// Declares the changes of one sort of element, with the names by which the tables and the published report call them.
macro_rules! changes {
    ($(#[$doc:meta])* $name:ident($level:literal) { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name, such as `field-renumbered`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => concat!($level, "-", $text)),* }
            }
        }
    };
}

changes! {
    /// What happens to a package.
    PackageChange("package") {
        /// All its types are in another package.
        Renamed = "renamed",
    }
}

changes! {
    /// What happens to a message.
    MessageChange("message") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
        /// A number or a name is no longer reserved.
        ReservedDropped = "reserved-dropped",
        /// Numbers are no longer left to extensions.
        ExtensionRange = "extension-range",
        /// The MessageSet wire format came or went.
        MessageSet = "message-set",
        /// Its JSON form is no longer guaranteed, or is now.
        JsonFormat = "json-format",
    }
}

changes! {
    /// What happens to a field or an extension.
    FieldChange("field") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It is gone, and its number or name is not reserved.
        Unreserved = "unreserved",
        /// It is new and has a number that was reserved.
        NumberReused = "number-reused",
        /// It kept its name and has another number.
        Renumbered = "renumbered",
        /// It kept its number and has another name.
        Renamed = "renamed",
        /// It kept its name and has another one in JSON.
        JsonName = "json-name",
        /// Its values are of another kind.
        Kind = "kind",
        /// It holds one value instead of many, many instead of one, or a map.
        Cardinality = "cardinality",
        /// It is required now, or no longer.
        Required = "required",
        /// Its absence can be told from its default now, or no longer.
        Presence = "presence",
        /// Other fields exclude it.
        Oneof = "oneof",
        /// Its UTF-8 is verified now, or no longer.
        Utf8 = "utf8",
        /// It reads differently where it is not set.
        Default = "default",
        /// It is written packed now, or no longer.
        Packing = "packing",
    }
}

changes! {
    /// What happens to a oneof as such; what becomes of its members is told of them.
    OneofChange("oneof") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another name.
        Renamed = "renamed",
    }
}

changes! {
    /// What happens to an enum.
    EnumChange("enum") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
        /// It is closed now, or open.
        Openness = "openness",
        /// Its first value, which unset fields read as, is another one.
        Default = "default",
        /// A number or a name is no longer reserved.
        ReservedDropped = "reserved-dropped",
        /// Its JSON form is no longer guaranteed, or is now.
        JsonFormat = "json-format",
    }
}

changes! {
    /// What happens to a value of an enum.
    ValueChange("value") {
        /// Its number is new.
        Added = "added",
        /// Its number is gone.
        Removed = "removed",
        /// It is gone, and its number or name is not reserved.
        Unreserved = "unreserved",
        /// It is new and has a number that was reserved.
        NumberReused = "number-reused",
        /// It kept its name and has another number.
        Renumbered = "renumbered",
        /// Its number has another name.
        Renamed = "renamed",
        /// Its number has one more name.
        AliasAdded = "alias-added",
        /// Its number has one name less.
        AliasRemoved = "alias-removed",
    }
}

changes! {
    /// What happens to a service.
    ServiceChange("service") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It has another full name.
        Renamed = "renamed",
    }
}

changes! {
    /// What happens to a method.
    MethodChange("method") {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// Its request is another message.
        Request = "request",
        /// Its response is another message.
        Response = "response",
        /// The client sends a stream now, or no longer.
        ClientStreaming = "client-streaming",
        /// The server sends a stream now, or no longer.
        ServerStreaming = "server-streaming",
        /// What a repeated call does is another promise.
        Idempotency = "idempotency",
    }
}

/// The kind of a delta, of all sorts of elements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Of a package.
    Package(PackageChange),
    /// Of a message.
    Message(MessageChange),
    /// Of a field or an extension.
    Field(FieldChange),
    /// Of a oneof.
    Oneof(OneofChange),
    /// Of an enum.
    Enum(EnumChange),
    /// Of a value of an enum.
    Value(ValueChange),
    /// Of a service.
    Service(ServiceChange),
    /// Of a method.
    Method(MethodChange),
}

impl Kind {
    /// Every kind there is.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        all.extend(PackageChange::ALL.iter().copied().map(Self::Package));
        all.extend(MessageChange::ALL.iter().copied().map(Self::Message));
        all.extend(FieldChange::ALL.iter().copied().map(Self::Field));
        all.extend(OneofChange::ALL.iter().copied().map(Self::Oneof));
        all.extend(EnumChange::ALL.iter().copied().map(Self::Enum));
        all.extend(ValueChange::ALL.iter().copied().map(Self::Value));
        all.extend(ServiceChange::ALL.iter().copied().map(Self::Service));
        all.extend(MethodChange::ALL.iter().copied().map(Self::Method));
        all
    }

    /// The stable name, such as `field-renumbered`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Package(change) => change.name(),
            Self::Message(change) => change.name(),
            Self::Field(change) => change.name(),
            Self::Oneof(change) => change.name(),
            Self::Enum(change) => change.name(),
            Self::Value(change) => change.name(),
            Self::Service(change) => change.name(),
            Self::Method(change) => change.name(),
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
    /// Of a package.
    Package(PackageChange, Both<&'a File>),
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

    /// Where it stands in the old version: the element itself, or what it would be in.
    #[must_use]
    pub fn old_span(&self) -> Option<Span> {
        match self {
            Self::Package(..) => None,
            Self::Message(_, ends) => ends.was()?.span,
            Self::Field(_, holders, ends) => {
                ends.was().map_or(holders.old.span, |at| at.field.span)
            }
            Self::Oneof(_, holders, ends) => ends.was().map_or(holders.old.span, |it| it.span),
            Self::Enum(_, ends) => ends.was()?.span,
            Self::Value(_, enums, ends) => ends.was().map_or(enums.old.span, |it| it.span),
            Self::Service(_, ends) => ends.was()?.span,
            Self::Method(_, services, ends) => ends.was().map_or(services.old.span, |it| it.span),
        }
    }

    /// Where it stands in the new version: the element itself, or what it would be in.
    #[must_use]
    pub fn new_span(&self) -> Option<Span> {
        match self {
            Self::Package(..) => None,
            Self::Message(_, ends) => ends.is()?.span,
            Self::Field(_, holders, ends) => ends.is().map_or(holders.new.span, |at| at.field.span),
            Self::Oneof(_, holders, ends) => ends.is().map_or(holders.new.span, |it| it.span),
            Self::Enum(_, ends) => ends.is()?.span,
            Self::Value(_, enums, ends) => ends.is().map_or(enums.new.span, |it| it.span),
            Self::Service(_, ends) => ends.is()?.span,
            Self::Method(_, services, ends) => ends.is().map_or(services.new.span, |it| it.span),
        }
    }

    /// The full names of what it is about, where there is something.
    #[must_use]
    pub fn names(&self) -> (Option<String>, Option<String>) {
        fn both<T: Copy>(
            ends: Ends<T>,
            name: impl Fn(T) -> String,
        ) -> (Option<String>, Option<String>) {
            (ends.was().map(&name), ends.is().map(&name))
        }
        let within = |scope: &FullName, name: &str| format!("{scope}.{name}");
        match self {
            Self::Package(_, files) => (
                Some(files.old.package.clone()),
                Some(files.new.package.clone()),
            ),
            Self::Message(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Field(_, _, ends) => both(*ends, FieldAt::full_name),
            Self::Oneof(_, holders, ends) => (
                ends.was()
                    .map(|it| within(&holders.old.full_name, &it.name)),
                ends.is().map(|it| within(&holders.new.full_name, &it.name)),
            ),
            Self::Enum(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Value(_, enums, ends) => (
                ends.was().map(|it| within(&enums.old.full_name, &it.name)),
                ends.is().map(|it| within(&enums.new.full_name, &it.name)),
            ),
            Self::Service(_, ends) => both(*ends, |it| it.full_name.to_string()),
            Self::Method(_, services, ends) => (
                ends.was()
                    .map(|it| within(&services.old.full_name, &it.name)),
                ends.is()
                    .map(|it| within(&services.new.full_name, &it.name)),
            ),
        }
    }

    /// The package that it belongs to, in the new version where it is there.
    #[must_use]
    pub fn package<'c>(&self, old: &'c Contract, new: &'c Contract) -> &'c str
    where
        'a: 'c,
    {
        let file = |ends: Ends<crate::contract::FileId>| match ends {
            Ends::New(id) | Ends::Both(Both { new: id, .. }) => new.file(id).package.as_str(),
            Ends::Old(id) => old.file(id).package.as_str(),
        };
        fn ids<T: Copy, U: Copy>(ends: Ends<T>, id: impl Fn(T) -> U) -> Ends<U> {
            match ends {
                Ends::Old(old) => Ends::Old(id(old)),
                Ends::New(new) => Ends::New(id(new)),
                Ends::Both(both) => Ends::Both(both.map(id)),
            }
        }
        match self {
            Self::Package(_, files) => files.new.package.as_str(),
            Self::Message(_, ends) => file(ids(*ends, |it| it.file)),
            Self::Field(_, holders, _) | Self::Oneof(_, holders, _) => {
                file(Ends::New(holders.new.file))
            }
            Self::Enum(_, ends) => file(ids(*ends, |it| it.file)),
            Self::Value(_, enums, _) => file(Ends::New(enums.new.file)),
            Self::Service(_, ends) => file(ids(*ends, |it| it.file)),
            Self::Method(_, services, _) => file(Ends::New(services.new.file)),
        }
    }
}
