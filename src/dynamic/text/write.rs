//! Messages as the text format: fields in the order of their numbers, one to a line, messages indented by two blanks.

use super::lexer::is_url_prefix;
use super::strings::{put_bytes, put_str, put_unverified};
use crate::contract::{Presence, Scalar, Shape, Type, WellKnown};
use crate::dynamic::codec::{Codec, no_field};
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::json::number::{push, put_f32, put_f64};
use crate::dynamic::slot::misfit;
use crate::dynamic::table::Slot;
use crate::dynamic::{DEPTH, Message, Value};

/// Appends a message, without brackets.
pub(in crate::dynamic) fn write(
    codec: &Codec<'_>,
    message: &Message<'_>,
    out: &mut String,
) -> Result<(), Error> {
    let start = out.len();
    let mut writer = Writer {
        codec,
        out,
        start,
        level: 0,
        entries: 0,
    };
    writer.fields(message)
}

/// Writes one text.
pub(super) struct Writer<'o, 'k, 'c> {
    codec: &'k Codec<'c>,
    pub(super) out: &'o mut String,
    /// Where the text begins in the output.
    start: usize,
    /// How many brackets are open.
    level: usize,
    /// How many of them are those of a map's entry, which is no message.
    entries: usize,
}

impl Writer<'_, '_, '_> {
    /// Appends the fields of a message.
    fn fields(&mut self, message: &Message<'_>) -> Result<(), Error> {
        if !self.any(message)? {
            let codec = self.codec;
            let table = codec.table(message.ty());
            for (number, value) in message.fields() {
                let slot = table.slot(number).ok_or_else(|| no_field(table, number))?;
                self.field(slot, table.message, value)
                    .within(|| Step::Field(slot.name()))?;
            }
        }
        match self.codec.settings.print_unknown {
            true => self.unknown(message.unknown()),
            false => Ok(()),
        }
    }

    fn field(
        &mut self,
        slot: &Slot<'_>,
        holder: &crate::contract::Message,
        value: &Value<'_>,
    ) -> Result<(), Error> {
        let name = match slot.is_extension() {
            true => slot.field.json_name.as_str(),
            false => self.codec.contract().text_name(holder, slot.field),
        };
        match (slot.field.shape, value) {
            (Shape::Singular { ty, presence }, value) => match presence {
                Presence::Implicit if value.is_zero() => Ok(()),
                Presence::Implicit | Presence::Explicit | Presence::Required => {
                    self.named(name, slot, ty, value)
                }
            },
            (Shape::Repeated { ty, .. }, Value::List(list)) => {
                list.iter().enumerate().try_for_each(|(index, value)| {
                    self.named(name, slot, ty, value)
                        .within(|| Step::Index(index))
                })
            }
            (Shape::Map { key, value: ty }, Value::Map(map)) => {
                map.iter().try_for_each(|(of, value)| {
                    self.entries += 1;
                    let written = self.message(name, |writer| {
                        writer.named("key", slot, Type::Scalar(key), &Value::from(of))?;
                        writer.named("value", slot, ty, value)
                    });
                    self.entries -= 1;
                    written.within(|| Step::Key(of.to_string()))
                })
            }
            (Shape::Repeated { .. } | Shape::Map { .. }, _) => Err(misfit()),
        }
    }

    /// Appends one value with a name before it.
    fn named(
        &mut self,
        name: &str,
        slot: &Slot<'_>,
        ty: Type,
        value: &Value<'_>,
    ) -> Result<(), Error> {
        match (ty, value) {
            (Type::Message(id), Value::Message(inner)) if inner.ty() == id => {
                self.message(name, |writer| writer.fields(inner))
            }
            (Type::Enum(id), Value::Enum(number)) => {
                let by_number = self.codec.settings.enum_numbers;
                let value = self.codec.enum_table(id).1.name(*number);
                self.line(name, |out| match value.filter(|_| !by_number) {
                    Some(value) => out.push_str(value),
                    None => push(out, format_args!("{number}")),
                });
                Ok(())
            }
            (Type::Scalar(Scalar::String), Value::Bytes(_)) if slot.field.verify_utf8 => {
                Err(Error::new(crate::dynamic::read::NOT_UTF8))
            }
            (Type::Scalar(scalar), value) if value.is_of(scalar) => {
                self.line(name, |out| put_scalar(out, scalar, value));
                Ok(())
            }
            (Type::Scalar(_) | Type::Enum(_) | Type::Message(_), _) => Err(misfit()),
        }
    }

    /// Appends a value that is no message.
    pub(super) fn line(&mut self, name: &str, value: impl FnOnce(&mut String)) {
        self.begin();
        self.out.push_str(name);
        self.out.push_str(": ");
        value(self.out);
        self.end();
    }

    /// Appends a message.
    pub(super) fn message(
        &mut self,
        name: &str,
        fields: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        self.begin();
        self.out.push_str(name);
        self.out.push_str(" {");
        self.end();
        self.level += 1;
        let written = fields(self);
        self.level -= 1;
        self.begin();
        self.out.push('}');
        self.end();
        written
    }

    /// Whether no more messages may be opened.
    pub(super) fn is_full(&self) -> bool {
        self.depth() >= DEPTH
    }

    /// How many messages are open.
    fn depth(&self) -> usize {
        self.level - self.entries
    }

    fn begin(&mut self) {
        match self.codec.settings.one_line {
            true if self.out.len() == self.start => {}
            true => self.out.push(' '),
            false => (0..self.level).for_each(|_| self.out.push_str("  ")),
        }
    }

    fn end(&mut self) {
        if !self.codec.settings.one_line {
            self.out.push('\n');
        }
    }

    /// Appends an Any by its content. False, and nothing is appended, if it is no Any, if its content cannot be read, or
    /// if that could not be read back.
    fn any(&mut self, message: &Message<'_>) -> Result<bool, Error> {
        let codec = self.codec;
        let is_any = codec.contract().message(message.ty()).well_known == Some(WellKnown::Any);
        let mut parts = message.fields();
        let (url, value) = match (parts.next(), parts.next(), parts.next()) {
            (Some((1, Value::String(url))), value, None) if is_any => (url, value),
            (_, _, _) => return Ok(false),
        };
        let value: &[u8] = match value {
            None => &[],
            Some((2, Value::Bytes(value))) => value,
            Some(_) => return Ok(false),
        };
        let prefix = url.rsplit_once('/').map(|(prefix, _)| prefix);
        let (true, Ok(ty)) = (prefix.is_some_and(is_url_prefix), codec.type_of_url(url)) else {
            return Ok(false);
        };
        let Ok(content) = codec.read(ty, value) else {
            return Ok(false);
        };
        if self.depth() + 1 + height(&content) > DEPTH {
            return Ok(false);
        }
        let name = format!("[{url}]");
        self.message(&name, |writer| writer.fields(&content))
            .within(|| Step::Field(name))?;
        Ok(true)
    }
}

/// How many messages are nested in a message.
fn height(message: &Message<'_>) -> usize {
    let heights = message.fields().map(|(_, value)| below(value));
    heights.max().unwrap_or(0)
}

/// How many messages a value adds to those around it.
fn below(value: &Value<'_>) -> usize {
    match value {
        Value::Message(inner) => 1 + height(inner),
        Value::List(list) => list.iter().map(below).max().unwrap_or(0),
        Value::Map(map) => map.values().map(below).max().unwrap_or(0),
        Value::Bool(_)
        | Value::I32(_)
        | Value::I64(_)
        | Value::U32(_)
        | Value::U64(_)
        | Value::F32(_)
        | Value::F64(_)
        | Value::String(_)
        | Value::Bytes(_)
        | Value::Enum(_) => 0,
    }
}

/// Appends a scalar, which is of this type.
fn put_scalar(out: &mut String, scalar: Scalar, value: &Value<'_>) {
    match value {
        Value::Bool(value) => push(out, format_args!("{value}")),
        Value::I32(value) | Value::Enum(value) => push(out, format_args!("{value}")),
        Value::I64(value) => push(out, format_args!("{value}")),
        Value::U32(value) => push(out, format_args!("{value}")),
        Value::U64(value) => push(out, format_args!("{value}")),
        Value::F32(value) if value.is_finite() => put_f32(out, *value),
        Value::F64(value) if value.is_finite() => put_f64(out, *value),
        Value::F32(value) => out.push_str(special(f64::from(*value))),
        Value::F64(value) => out.push_str(special(*value)),
        Value::String(text) => put_str(out, text),
        Value::Bytes(bytes) if scalar == Scalar::String => put_unverified(out, bytes),
        Value::Bytes(bytes) => put_bytes(out, bytes),
        // None of them is a scalar.
        Value::Message(_) | Value::List(_) | Value::Map(_) => {}
    }
}

/// What is no number.
fn special(value: f64) -> &'static str {
    if value.is_nan() {
        "nan"
    } else if value > 0.0 {
        "inf"
    } else {
        "-inf"
    }
}
