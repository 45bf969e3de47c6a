//! What a message is made of, field by field: the context of the views of its code.

use super::element::{Element, Kind};
use super::symbols::{MessageNames, Symbols};
use super::text;
use crate::contract::{Contract, Field, Held, Message, OneofId, Presence, Shape};

/// A message and what is needed to write its code.
pub(super) struct Class<'a> {
    pub(super) contract: &'a Contract,
    pub(super) symbols: &'a Symbols,
    pub(super) message: &'a Message,
    pub(super) names: &'a MessageNames,
    pub(super) core: &'static str,
    /// Whether a required field, at any depth, may be missing.
    pub(super) needs_check: bool,
}

/// A member of the class, in the order of the numbers.
pub(super) enum Member<'a> {
    /// A field of its own.
    Field(Part<'a>),
    /// A oneof, at the place of its first member.
    Oneof(OneofId, &'a str, &'a str),
}

/// A field and its names.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) field: &'a Field,
    pub(super) name: &'a str,
    pub(super) or_default: Option<&'a str>,
    pub(super) arm: Option<&'a str>,
    pub(super) element: Element,
}

/// How the value of a field is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Storage {
    /// A member that is never null.
    Plain,
    /// A member that is null if absent.
    Nullable,
    /// A private member that is null where the public one has the default.
    Boxed,
    /// As `Boxed`, and the constructor asks for it.
    Required,
    List,
    Map,
}

impl<'a> Class<'a> {
    pub(super) fn new(
        contract: &'a Contract,
        symbols: &'a Symbols,
        message: &'a Message,
        needs_check: bool,
    ) -> Self {
        Self {
            contract,
            symbols,
            message,
            names: symbols.message(message.id),
            core: symbols.file(message.file).core,
            needs_check,
        }
    }

    /// All fields in the order of their numbers.
    pub(super) fn parts(&self) -> Vec<Part<'a>> {
        let order = self.message.field_order().into_iter();
        order.map(|index| self.part(index)).collect()
    }

    /// The field at an index of the declaration.
    pub(super) fn part(&self, index: usize) -> Part<'a> {
        let field = &self.message.fields[index];
        Part {
            field,
            name: &self.names.fields[index],
            or_default: self.names.or_default[index].as_deref(),
            arm: self.names.arms[index].as_deref(),
            element: Element::of(self.contract, self.symbols, self.message.file, field),
        }
    }

    /// The members of the class.
    pub(super) fn members(&self) -> Vec<Member<'a>> {
        let held = self.message.held(self.message.field_order()).into_iter();
        held.map(|held| match held {
            Held::Field(index) => Member::Field(self.part(index)),
            Held::Oneof(oneof) => {
                let (member, class) = self.oneof(oneof);
                Member::Oneof(oneof, member, class)
            }
        })
        .collect()
    }

    /// The member and the class of a oneof.
    pub(super) fn oneof(&self, oneof: OneofId) -> (&'a str, &'a str) {
        let (member, class) = &self.names.oneofs[oneof.index()];
        (member, class)
    }

    /// The member of the oneof of a part.
    pub(super) fn holder(&self, part: &Part<'_>) -> &'a str {
        part.field.oneof.map_or("", |oneof| self.oneof(oneof).0)
    }

    pub(super) fn has_required(&self) -> bool {
        let required = |field: &Field| field.presence() == Some(Presence::Required);
        self.message.fields.iter().any(required)
    }

    /// The constructor for code: it asks for no required field.
    pub(super) fn maker(&self) -> String {
        if self.has_required() {
            format!("{}._", self.names.class)
        } else {
            self.names.class.clone()
        }
    }

    pub(super) fn is_extendable(&self) -> bool {
        self.message.is_extendable()
    }
}

impl Part<'_> {
    pub(super) fn storage(&self) -> Storage {
        match self.field.shape {
            Shape::Repeated { .. } => Storage::List,
            Shape::Map { .. } => Storage::Map,
            Shape::Singular { presence, .. } => match presence {
                Presence::Required => Storage::Required,
                Presence::Explicit => Storage::Nullable,
                Presence::Implicit if self.element.is_boxed() => Storage::Boxed,
                Presence::Implicit => Storage::Plain,
            },
        }
    }

    /// The type of the member.
    pub(super) fn ty(&self) -> String {
        let core = self.element.core;
        let ty = &self.element.ty;
        match self.field.shape {
            Shape::Repeated { .. } => format!("{core}List<{ty}>"),
            Shape::Map { .. } => format!("{core}Map<{}, {ty}>", self.key().ty),
            Shape::Singular { .. } if self.storage() == Storage::Nullable => format!("{ty}?"),
            Shape::Singular { .. } => ty.clone(),
        }
    }

    /// The type of a map while it is read.
    pub(super) fn read_map(&self) -> String {
        format!("xlc.ReadMap<{}, {}>", self.key().ty, self.element.ty)
    }

    /// The key type of a map.
    pub(super) fn key(&self) -> Element {
        let encoding = self.field.key_encoding();
        Element::key(encoding.unwrap_or(self.element.encoding), self.element.core)
    }

    /// What a value that the constructor is not given is.
    pub(super) fn absent(&self) -> String {
        match &self.field.default {
            Some(default) => self.element.default(default),
            None => self.element.zero.clone(),
        }
    }

    /// The member, private where there is a private one.
    pub(super) fn stored(&self) -> String {
        match self.storage() {
            Storage::Boxed | Storage::Required => format!("_{}", self.name),
            Storage::Plain | Storage::Nullable | Storage::List | Storage::Map => {
                self.name.to_owned()
            }
        }
    }

    /// Annotations of the member.
    pub(super) fn annotations(&self) -> Vec<String> {
        deprecated(self.field.deprecated, self.element.core)
    }

    pub(super) fn docs(&self) -> Vec<String> {
        text::docs(&self.field.docs, &format!("`{}`.", self.field.name))
    }

    /// Whether the value is a message, alone or in a list or map.
    pub(super) fn holds_messages(&self) -> bool {
        matches!(self.element.kind, Kind::Message { .. })
    }
}

/// The annotation of what is deprecated.
pub(super) fn deprecated(is: bool, core: &str) -> Vec<String> {
    if is {
        vec![format!("@{core}Deprecated('Deprecated in the contract.')")]
    } else {
        Vec::new()
    }
}
