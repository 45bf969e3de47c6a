//! What the parts of a class are made from: the message, its names, and how types are spelled where they stand.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use super::layout::Annotation;
use super::module::Style;
use super::names::is_builtin;
use super::symbols::{MessageNames, Symbols};
use super::types::{ScalarFacts, facts};
use super::view::BuiltinsView;
use crate::contract::{
    Contract, EnumId, Field, FileId, Message, MessageId, OneofId, Presence, Scalar, Shape, Tag,
    Type,
};

/// A module under construction: what its classes turn out to need.
#[derive(Debug)]
pub(super) struct Module<'a> {
    pub(super) contract: &'a Contract,
    pub(super) symbols: &'a Symbols,
    pub(super) file: FileId,
    /// What holds for all modules.
    pub(super) style: Style<'a>,
    /// The one-byte tags that have a table of short heads.
    pub(super) heads: RefCell<BTreeSet<u32>>,
    /// Whether the module's own zero is needed.
    pub(super) uses_zero: Cell<bool>,
    /// Whether annotations go through `builtins`, as a field has the name of a builtin.
    pub(super) uses_builtins: Cell<bool>,
    /// Classes that annotations reach by another name, as a field has theirs.
    pub(super) hidden: RefCell<BTreeSet<String>>,
}

/// A class under construction.
#[derive(Debug, Clone, Copy)]
pub(super) struct Class<'a> {
    pub(super) module: &'a Module<'a>,
    pub(super) message: &'a Message,
    pub(super) names: &'a MessageNames,
    /// The column of the class body.
    pub(super) column: usize,
}

/// A field with its names.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member<'a> {
    pub(super) field: &'a Field,
    /// The attribute, or what stands for it in errors if it is a member of a oneof.
    pub(super) name: &'a str,
    /// The class in the oneof, with the path from the module.
    pub(super) arm: Option<&'a str>,
}

/// The type of one value, with what code for it must know.
#[derive(Debug, Clone)]
pub(super) enum Element {
    /// A scalar.
    Scalar(Scalar, ScalarFacts),
    /// An enum and its table.
    Enum {
        /// The class, as functions reach it.
        class: String,
        /// Its table.
        table: String,
        /// Whether unknown numbers are unknown fields.
        closed: bool,
        /// The first member, as functions reach it.
        first: String,
        /// The number of that member.
        default: i32,
        /// Whether it is `NullValue`.
        null: bool,
    },
    /// A message, as functions reach it.
    Message {
        /// The class.
        class: String,
        /// Whether it stands between group tags.
        group: bool,
        /// Whether JSON `null` is one of its values.
        null: bool,
    },
}

impl<'a> Module<'a> {
    /// A message class as functions reach it.
    pub(super) fn message_path(&self, id: MessageId) -> String {
        let path = &self.symbols.message(id).path;
        self.qualified(self.contract.message(id).file, path)
    }

    /// An enum class as functions reach it.
    pub(super) fn enum_path(&self, id: EnumId) -> String {
        let path = &self.symbols.enumeration(id).path;
        self.qualified(self.contract.enumeration(id).file, path)
    }

    /// A name of a file's module as this module reaches it.
    pub(super) fn qualified(&self, file: FileId, name: &str) -> String {
        match self.symbols.aliases(self.file).get(&file) {
            Some(alias) if file != self.file => format!("{alias}.{name}"),
            _ => name.to_owned(),
        }
    }

    /// The element type of a field, or the type of a map's value.
    pub(super) fn element(&self, ty: Type, verify_utf8: bool, group: bool) -> Element {
        match ty {
            Type::Scalar(scalar) => Element::Scalar(scalar, facts(scalar, verify_utf8)),
            Type::Enum(id) => {
                let enumeration = self.contract.enumeration(id);
                let names = self.symbols.enumeration(id);
                let class = self.enum_path(id);
                let first = names.values.first().map_or("", String::as_str);
                Element::Enum {
                    first: format!("{class}.{first}"),
                    class,
                    table: self.qualified(enumeration.file, &names.table),
                    closed: enumeration.closed,
                    default: enumeration.default_number(),
                    null: enumeration.is_null_value(),
                }
            }
            Type::Message(id) => Element::Message {
                class: self.message_path(id),
                group,
                null: self.contract.message(id).well_known
                    == Some(crate::contract::WellKnown::Value),
            },
        }
    }
}

impl<'a> Class<'a> {
    /// The contract.
    pub(super) fn contract(&self) -> &'a Contract {
        self.module.contract
    }

    /// The fields in declaration order.
    pub(super) fn members(&self) -> Vec<Member<'a>> {
        let indexes = 0..self.message.fields.len();
        indexes.map(|index| self.member(index)).collect()
    }

    /// The field at an index of the declaration.
    pub(super) fn member(&self, index: usize) -> Member<'a> {
        let Self { message, names, .. } = *self;
        Member {
            field: &message.fields[index],
            name: &names.fields[index],
            arm: names.arms[index].as_deref(),
        }
    }

    /// The fields in the order of their numbers.
    pub(super) fn members_by_number(&self) -> Vec<Member<'a>> {
        let order = self.message.field_order().into_iter();
        order.map(|index| self.member(index)).collect()
    }

    /// The class itself, as functions reach it.
    pub(super) fn path(&self) -> &'a str {
        &self.names.path
    }

    /// The attribute of a oneof.
    pub(super) fn oneof(&self, id: OneofId) -> &'a str {
        &self.names.oneofs[id.index()]
    }

    /// The class of a member of a oneof, as functions reach it.
    pub(super) fn arm_path(&self, arm: &str) -> String {
        format!("{}.{arm}", self.path())
    }

    /// The alias of a oneof, as functions reach it.
    pub(super) fn alias_path(&self, id: OneofId) -> String {
        format!("{}.{}", self.path(), self.names.aliases[id.index()])
    }

    /// The element type of a field.
    pub(super) fn element(&self, field: &Field) -> Element {
        self.module
            .element(field.shape.value_type(), field.verify_utf8, field.delimited)
    }

    /// A name as an annotation in the class body spells it: members of the class hide those of the module.
    pub(super) fn spelled(&self, name: &str) -> String {
        let root = name.split('.').next().unwrap_or(name);
        if !self.names.taken.contains(root) {
            name.to_owned()
        } else if is_builtin(name) {
            self.module.uses_builtins.set(true);
            format!("_builtins.{name}")
        } else {
            self.module.hidden.borrow_mut().insert(root.to_owned());
            format!("_self_{name}")
        }
    }

    /// The line before a class method.
    pub(super) fn class_method(&self) -> String {
        format!("@{}", self.spelled("classmethod"))
    }

    /// The builtin types that the heads of methods name.
    pub(super) fn builtins(&self) -> BuiltinsView {
        BuiltinsView {
            bool: self.spelled("bool"),
            bytes: self.spelled("bytes"),
            int: self.spelled("int"),
            object: self.spelled("object"),
            str: self.spelled("str"),
        }
    }

    /// The types that a value can have, in the class body or in a function.
    pub(super) fn value_types(&self, element: &Element, in_body: bool) -> Vec<String> {
        let spell = |name: &str| {
            if in_body {
                self.spelled(name)
            } else {
                name.to_owned()
            }
        };
        match element {
            Element::Scalar(_, facts) => vec![spell(facts.ty)],
            Element::Enum { class, closed, .. } if *closed => vec![spell(class)],
            Element::Enum { class, .. } => vec![spell(class), spell("int")],
            Element::Message { class, .. } => vec![spell(class)],
        }
    }

    /// The annotation of an attribute, in the class body or in a function.
    pub(super) fn annotation(&self, member: &Member<'_>, in_body: bool) -> Annotation {
        let spell = |name: &str| {
            if in_body {
                self.spelled(name)
            } else {
                name.to_owned()
            }
        };
        let element = self.element(member.field);
        let types = self.value_types(&element, in_body);
        match member.field.shape {
            Shape::Singular { presence, .. } => {
                let plain = Annotation {
                    generic: None,
                    union: types,
                };
                match presence {
                    Presence::Implicit => plain,
                    Presence::Explicit | Presence::Required => plain.or_none(),
                }
            }
            Shape::Repeated { .. } => Annotation::generic(&spell("list"), vec![types.join(" | ")]),
            Shape::Map { key, .. } => {
                let key = spell(facts(key, true).ty);
                Annotation::generic(&spell("dict"), vec![key, types.join(" | ")])
            }
        }
    }

    /// The annotation of a oneof's attribute.
    pub(super) fn oneof_annotation(&self, id: OneofId, in_body: bool) -> Annotation {
        let alias = self.alias_path(id);
        let alias = if in_body { self.spelled(&alias) } else { alias };
        Annotation::union([&alias, "None"])
    }

    /// The condition that the floating-point number `v` is set. Negative zero is not the default, which mostly is the
    /// same object as the module's zero.
    pub(super) fn float_is_set(&self) -> String {
        self.module.uses_zero.set(true);
        "if v or v is not _ZERO and _p.copysign(1, v) < 0:".to_owned()
    }

    /// Takes note that a table of short heads is needed, and names it; `None` if the tag is too long for one.
    pub(super) fn heads(&self, tag: u32) -> Option<String> {
        (tag < 128).then(|| {
            self.module.heads.borrow_mut().insert(tag);
            format!("_H{tag}")
        })
    }
}

impl Member<'_> {
    /// The tag of each of its values.
    pub(super) fn tag(&self) -> u32 {
        self.field.value_tag().get()
    }

    /// The tag with another wire type.
    pub(super) fn tag_of(&self, wire_type: u32) -> u32 {
        Tag::new(self.field.number, wire_type).get()
    }
}
