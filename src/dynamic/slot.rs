//! A field of a message that is made: whether a value fits it, and what setting it does to the rest of its oneof.

use super::error::{Error, Step};
use super::table::{Slot, Table};
use super::{Message, Value};
use crate::contract::{Presence, Scalar, Shape, Type};

impl Slot<'_> {
    /// Sets the field and unsets the rest of its oneof.
    pub(super) fn put<'a>(&self, table: &Table<'_>, message: &mut Message<'a>, value: Value<'a>) {
        self.clear_oneof(table, message);
        let says_nothing = match self.field.shape {
            Shape::Singular { presence, .. } => presence == Presence::Implicit && value.is_zero(),
            Shape::Repeated { .. } | Shape::Map { .. } => value.is_zero(),
        };
        if says_nothing {
            message.remove(self.field.number);
        } else {
            message.set(self.field.number, value);
        }
    }

    /// Unsets the other members of the field's oneof.
    pub(super) fn clear_oneof(&self, table: &Table<'_>, message: &mut Message<'_>) {
        let Some(oneof) = self.field.oneof else {
            return;
        };
        for &member in &table.oneofs[oneof.index()] {
            if member != self.field.number {
                message.remove(member);
            }
        }
    }

    /// Whether a member of the field's oneof is set, be it this one.
    pub(super) fn has_oneof(&self, table: &Table<'_>, message: &Message<'_>) -> bool {
        let members = self.field.oneof.map(|it| &table.oneofs[it.index()]);
        members.is_some_and(|it| it.iter().any(|&member| message.has(member)))
    }

    /// Checks that a value is one of the field.
    pub(super) fn check(&self, value: &Value<'_>) -> Result<(), Error> {
        let fits = match (self.field.shape, value) {
            (Shape::Singular { ty, .. }, value) => self.fits(ty, value),
            (Shape::Repeated { ty, .. }, Value::List(list)) => {
                list.iter().all(|value| self.fits(ty, value))
            }
            (Shape::Map { key, value: ty }, Value::Map(map)) => map.iter().all(|(of, value)| {
                let of = Value::from(of);
                self.fits(Type::Scalar(key), &of) && self.fits(ty, value)
            }),
            (Shape::Repeated { .. } | Shape::Map { .. }, _) => false,
        };
        match fits {
            true => Ok(()),
            false => Err(misfit().within(Step::Field(self.name()))),
        }
    }

    fn fits(&self, ty: Type, value: &Value<'_>) -> bool {
        match (ty, value) {
            (Type::Scalar(scalar), Value::Bytes(_)) => {
                value.is_of(scalar) && (scalar == Scalar::Bytes || !self.field.verify_utf8)
            }
            (Type::Scalar(scalar), value) => value.is_of(scalar),
            (Type::Enum(_), value) => matches!(value, Value::Enum(_)),
            (Type::Message(id), value) => value.as_message().is_some_and(|it| it.ty() == id),
        }
    }
}

/// An error about a value that is none of its field's type.
pub(super) fn misfit() -> Error {
    Error::new("the value is not of the field's type")
}
