//! Messages as JSON: fields in the order of their numbers, under their JSON names; 64-bit integers in quotes, enum
//! values by name, bytes as base64.

use super::number::{push, put_f32, put_f64};
use super::text::{put_bytes, put_string};
use crate::contract::{EnumId, Presence, Shape, Type};
use crate::dynamic::codec::{Codec, no_field};
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::read::NOT_UTF8;
use crate::dynamic::slot::misfit;
use crate::dynamic::table::Slot;
use crate::dynamic::{Key, Message, Value};

/// Appends a message.
pub(in crate::dynamic) fn write(
    codec: &Codec<'_>,
    message: &Message<'_>,
    out: &mut String,
) -> Result<(), Error> {
    Writer {
        codec,
        out,
        level: 0,
    }
    .message(message)
}

/// Writes one document.
pub(super) struct Writer<'o, 'k, 'c> {
    pub(super) codec: &'k Codec<'c>,
    pub(super) out: &'o mut String,
    /// How many brackets are open.
    level: usize,
}

impl Writer<'_, '_, '_> {
    /// Appends a message in the form that its type has.
    pub(super) fn message(&mut self, message: &Message<'_>) -> Result<(), Error> {
        match self.codec.contract().message(message.ty()).own_json() {
            None => {
                let mut first = true;
                self.open('{');
                self.members(message, &mut first)?;
                self.close(first, '}');
                Ok(())
            }
            Some(well_known) => self.well_known(message, well_known),
        }
    }

    pub(super) fn open(&mut self, bracket: char) {
        self.out.push(bracket);
        self.level += 1;
    }

    pub(super) fn close(&mut self, empty: bool, bracket: char) {
        self.level -= 1;
        if !empty {
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if self.codec.settings.indent {
            self.out.push('\n');
            for _ in 0..self.level {
                self.out.push_str("  ");
            }
        }
    }

    /// What stands before an element or a key.
    pub(super) fn next(&mut self, first: &mut bool) {
        if !std::mem::take(first) {
            self.out.push(',');
        }
        self.line();
    }

    pub(super) fn key(&mut self, first: &mut bool, name: &str) {
        self.next(first);
        put_string(self.out, name);
        self.colon();
    }

    fn colon(&mut self) {
        self.out.push_str(if self.codec.settings.indent {
            ": "
        } else {
            ":"
        });
    }

    /// Appends the fields of a message without its brackets.
    pub(super) fn members(&mut self, message: &Message<'_>, first: &mut bool) -> Result<(), Error> {
        let codec = self.codec;
        let table = codec.table(message.ty());
        if codec.settings.always_print {
            for slot in &table.slots {
                match message.get(slot.field.number) {
                    Some(value) => self.member(slot, value, first)?,
                    None if has_presence(slot) => {}
                    None => self.member(slot, &codec.default_of(slot.field), first)?,
                }
            }
            return Ok(());
        }
        for (number, value) in message.fields() {
            let slot = table.slot(number).ok_or_else(|| no_field(table, number))?;
            if has_presence(slot) || !value.is_zero() {
                self.member(slot, value, first)?;
            }
        }
        Ok(())
    }

    fn member(
        &mut self,
        slot: &Slot<'_>,
        value: &Value<'_>,
        first: &mut bool,
    ) -> Result<(), Error> {
        let name = match self.codec.settings.proto_names && !slot.is_extension() {
            true => slot.field.name.as_str(),
            false => slot.names.written,
        };
        self.key(first, name);
        self.field(slot.field.shape, value)
            .within(|| Step::Field(slot.name()))
    }

    pub(super) fn field(&mut self, shape: Shape, value: &Value<'_>) -> Result<(), Error> {
        match (shape, value) {
            (Shape::Singular { ty, .. }, value) => self.value(ty, value),
            (Shape::Repeated { ty, .. }, Value::List(list)) => {
                let mut first = true;
                self.open('[');
                for (index, value) in list.iter().enumerate() {
                    self.next(&mut first);
                    self.value(ty, value).within(|| Step::Index(index))?;
                }
                self.close(first, ']');
                Ok(())
            }
            (Shape::Map { value: ty, .. }, Value::Map(map)) => {
                let mut first = true;
                self.open('{');
                for (key, value) in map {
                    self.next(&mut first);
                    self.map_key(key)?;
                    self.colon();
                    self.value(ty, value)
                        .within(|| Step::Key(key.to_string()))?;
                }
                self.close(first, '}');
                Ok(())
            }
            (Shape::Repeated { .. } | Shape::Map { .. }, _) => Err(misfit()),
        }
    }

    fn map_key(&mut self, key: &Key<'_>) -> Result<(), Error> {
        match key {
            Key::Bool(value) => push(self.out, format_args!("\"{value}\"")),
            Key::I32(value) => push(self.out, format_args!("\"{value}\"")),
            Key::I64(value) => push(self.out, format_args!("\"{value}\"")),
            Key::U32(value) => push(self.out, format_args!("\"{value}\"")),
            Key::U64(value) => push(self.out, format_args!("\"{value}\"")),
            Key::String(text) => put_string(self.out, text),
            Key::Bytes(_) => return Err(Error::new(NOT_UTF8)),
        }
        Ok(())
    }

    fn value(&mut self, ty: Type, value: &Value<'_>) -> Result<(), Error> {
        match (ty, value) {
            (Type::Enum(id), Value::Enum(number)) => self.enumeration(id, *number),
            (Type::Message(id), Value::Message(inner)) if inner.ty() == id => self.message(inner),
            (Type::Scalar(scalar), Value::Bytes(bytes)) if value.is_of(scalar) => {
                if scalar == crate::contract::Scalar::String {
                    return Err(Error::new(NOT_UTF8));
                }
                put_bytes(self.out, bytes);
                Ok(())
            }
            (Type::Scalar(scalar), value) if value.is_of(scalar) => self.scalar(value),
            (Type::Scalar(_) | Type::Enum(_) | Type::Message(_), _) => Err(misfit()),
        }
    }

    /// Appends a scalar that is not bytes.
    pub(super) fn scalar(&mut self, value: &Value<'_>) -> Result<(), Error> {
        let out = &mut *self.out;
        match value {
            Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Value::I32(value) => push(out, format_args!("{value}")),
            Value::U32(value) => push(out, format_args!("{value}")),
            Value::I64(value) => push(out, format_args!("\"{value}\"")),
            Value::U64(value) => push(out, format_args!("\"{value}\"")),
            Value::F32(value) if value.is_finite() => put_f32(out, *value),
            Value::F64(value) if value.is_finite() => put_f64(out, *value),
            Value::F32(value) => out.push_str(special(f64::from(*value))),
            Value::F64(value) => out.push_str(special(*value)),
            Value::String(text) => put_string(out, text),
            Value::Bytes(_)
            | Value::Enum(_)
            | Value::Message(_)
            | Value::List(_)
            | Value::Map(_) => return Err(misfit()),
        }
        Ok(())
    }

    fn enumeration(&mut self, id: EnumId, number: i32) -> Result<(), Error> {
        let (enumeration, table) = self.codec.enum_table(id);
        if enumeration.is_null_value() {
            self.out.push_str("null");
            return Ok(());
        }
        match table.name(number) {
            Some(name) if !self.codec.settings.enum_numbers => put_string(self.out, name),
            Some(_) | None => push(self.out, format_args!("{number}")),
        }
        Ok(())
    }
}

/// Whether the field is printed whenever it is set, its zero too.
fn has_presence(slot: &Slot<'_>) -> bool {
    match slot.field.presence() {
        Some(Presence::Explicit | Presence::Required) => true,
        Some(Presence::Implicit) | None => false,
    }
}

/// What is no number in JSON.
fn special(value: f64) -> &'static str {
    if value.is_nan() {
        "\"NaN\""
    } else if value > 0.0 {
        "\"Infinity\""
    } else {
        "\"-Infinity\""
    }
}
