//! One field of a message as Go code sees it: where its value is, and under which condition it is there.

use super::docs::quote;
use super::file::FileContext;
use super::symbols::Members;
use super::types::Value;
use crate::contract::{Default, Field, Presence, Scalar, Shape, Tag};

/// A field with its Go names and types.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    /// The field.
    pub(super) field: &'a Field,
    /// The field of the struct, or of the arm of a oneof.
    pub(super) ident: String,
    /// The getter.
    pub(super) getter: String,
    /// How the value is held.
    pub(super) holding: Holding,
    /// The value, the element or the value of a map.
    pub(super) value: Value,
    /// The value of an unset field.
    pub(super) default: Option<Default>,
    /// Whether its value is allocated together with those of other fields when the message is read.
    pub(super) shared: bool,
    /// Whether room for its value is allocated for several elements of a list at once.
    pub(super) spare: bool,
    /// The name in errors, as a literal.
    pub(super) label: String,
}

/// How a field holds its value or values.
#[derive(Debug)]
pub(super) enum Holding {
    /// A value that is always there.
    Plain,
    /// A pointer, or a slice of bytes, that is nil without a value.
    Pointer {
        /// Whether it has to be there.
        required: bool,
    },
    /// A member of a oneof.
    Arm {
        /// The type of the arm.
        ty: String,
        /// The struct field of the oneof.
        oneof: String,
        /// The index of the oneof.
        index: usize,
    },
    /// A list.
    List {
        /// Whether it is written packed.
        packed: bool,
    },
    /// A map.
    Map {
        /// The key.
        key: Value,
    },
}

impl<'a> Slot<'a> {
    /// The field at an index of a message.
    pub(super) fn new(
        file: &FileContext<'_>,
        members: &Members,
        field: &'a Field,
        index: usize,
    ) -> Self {
        let mut slot = Self::alone(file, field, members.fields[index].clone());
        slot.getter.clone_from(&members.getters[index]);
        if let Some(oneof) = field.oneof {
            slot.holding = Holding::Arm {
                ty: members.arms[index].clone(),
                oneof: members.oneofs[oneof.index()].clone(),
                index: oneof.index(),
            };
        }
        slot
    }

    /// A field that is in no oneof.
    pub(super) fn alone(file: &FileContext<'_>, field: &'a Field, ident: String) -> Self {
        let value = Value::new(file, field.encoding());
        let holding = match field.shape {
            Shape::Singular {
                presence: Presence::Implicit,
                ..
            } => Holding::Plain,
            Shape::Singular { presence, .. } => Holding::Pointer {
                required: presence == Presence::Required,
            },
            Shape::Repeated { packed, .. } => Holding::List { packed },
            Shape::Map { .. } => Holding::Map {
                key: Value::new(file, field.key_encoding().unwrap_or(field.encoding())),
            },
        };
        Self {
            field,
            ident,
            getter: String::new(),
            holding,
            value,
            default: file.contract().default_of(field),
            shared: false,
            spare: false,
            label: quote(&field.name),
        }
    }

    /// The struct field of the message.
    pub(super) fn place(&self) -> String {
        format!("m.{}", self.ident)
    }

    /// The expression of a value inside the block that [`Self::open`] begins.
    pub(super) fn value_expr(&self) -> String {
        match &self.holding {
            Holding::Plain => self.place(),
            Holding::Pointer { .. } if self.is_nilable() => self.place(),
            Holding::Pointer { .. } => format!("*m.{}", self.ident),
            Holding::Arm { .. } => format!("o.{}", self.ident),
            Holding::List { .. } => format!("m.{}[k]", self.ident),
            Holding::Map { .. } => "pair.Value".to_owned(),
        }
    }

    /// Whether a value with presence is held as it is, nil being its absence.
    pub(super) fn is_nilable(&self) -> bool {
        self.value.is_message() || self.value.is_bytes()
    }

    /// The statement that begins the block of a single value.
    pub(super) fn open(&self) -> String {
        match &self.holding {
            Holding::Plain => format!("if {} {{", self.value.nonzero(&self.place())),
            Holding::Pointer { .. } => format!("if m.{} != nil {{", self.ident),
            Holding::Arm { ty, oneof, .. } => {
                format!("if o, ok := m.{oneof}.(*{ty}); ok && o != nil {{")
            }
            Holding::List { .. } => format!("for k := range m.{} {{", self.ident),
            Holding::Map { .. } => format!("if len(m.{}) > 0 {{", self.ident),
        }
    }

    /// The Go type of the struct field.
    pub(super) fn go(&self) -> String {
        let value = &self.value.go;
        match &self.holding {
            Holding::Plain | Holding::Arm { .. } => value.clone(),
            Holding::Pointer { .. } if self.value.is_bytes() => value.clone(),
            Holding::Pointer { .. } => format!("*{value}"),
            Holding::List { .. } => format!("[]{value}"),
            Holding::Map { key } if self.value.is_message() => format!("map[{}]*{value}", key.go),
            Holding::Map { key } => format!("map[{}]{value}", key.go),
        }
    }

    /// The number of the field.
    pub(super) fn number(&self) -> u32 {
        self.field.number.unsigned_abs()
    }

    /// Whether the value is a group.
    pub(super) fn is_group(&self) -> bool {
        self.value.encoding.delimited
    }

    /// Whether enum values of unknown numbers are kept out.
    pub(super) fn is_closed(&self) -> bool {
        matches!(
            self.value.kind,
            super::types::Kind::Enum { closed: true, .. }
        )
    }

    /// The type of the room for the entries of a map with these keys.
    pub(super) fn room(&self, key: &Value) -> String {
        let pointer = if self.value.is_message() { "*" } else { "" };
        format!("xlcrt.Room[{}, {pointer}{}]", key.go, self.value.go)
    }

    /// The function that sorts the entries of a map with these keys.
    pub(super) fn pairs_function(key: &Value) -> &'static str {
        if matches!(
            key.kind,
            super::types::Kind::Scalar {
                scalar: Scalar::Bool,
                ..
            }
        ) {
            "BoolPairs"
        } else {
            "Pairs"
        }
    }
}

/// The number of bytes of a tag.
pub(super) fn tag_size(tag: Tag) -> usize {
    tag.bytes().len()
}

/// Statements that write a tag before `b[i]`.
pub(super) fn tag_lines(tag: Tag) -> Vec<String> {
    byte_lines(&tag.bytes())
}

/// Statements that write bytes before `b[i]`.
pub(super) fn byte_lines(bytes: &[u8]) -> Vec<String> {
    match bytes {
        [] => return Vec::new(),
        [byte] => return vec!["i--".to_owned(), format!("b[i] = {byte:#04x}")],
        _ => {}
    }
    let places: Vec<String> = (0..bytes.len())
        .map(|at| {
            if at == 0 {
                "b[i]".to_owned()
            } else {
                format!("b[i+{at}]")
            }
        })
        .collect();
    let values: Vec<String> = bytes.iter().map(|byte| format!("{byte:#04x}")).collect();
    vec![
        format!("i -= {}", bytes.len()),
        format!("{} = {}", places.join(", "), values.join(", ")),
    ]
}

/// Lines one level deeper, between an opening and a closing one.
pub(super) fn block(open: String, body: Vec<String>) -> Vec<String> {
    let mut lines = vec![open];
    lines.extend(body.into_iter().map(|line| format!("\t{line}")));
    lines.push("}".to_owned());
    lines
}
