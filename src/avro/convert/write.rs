//! A message as Avro data.

use crate::avro::mapping::{Form, Holds, Mapping, Member, Slot};
use crate::contract::{Field, Presence};
use crate::dynamic::{Codec, Error, Key, Message, Step, Value, Within};

/// Writes messages.
pub(super) struct Writer<'c, 'm> {
    pub(super) codec: &'m Codec<'c>,
    pub(super) mapping: &'m Mapping,
}

impl Writer<'_, '_> {
    /// A message in a form.
    pub(super) fn message(
        &self,
        form: Form,
        message: &Message<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        match form {
            Form::Record(id, _) => {
                let (record, ty) = super::record(self.codec, self.mapping, id)?;
                for slot in &record.slots {
                    match slot {
                        Slot::Field(index, holds) => {
                            let field = &ty.fields[*index];
                            self.field(*holds, field, message, out)
                                .within(|| Step::Field(field.name.clone()))?;
                        }
                        Slot::Oneof(_, members) => self.oneof(&ty.fields, members, message, out)?,
                    }
                }
                Ok(())
            }
            Form::Timestamp(_, units, _) => {
                put_long(out, timestamp(message, units)?);
                Ok(())
            }
            Form::Wrapper(id, wrapped) => {
                // The wrapper's only field.
                match message.get(1) {
                    Some(value) => self.value(wrapped.form(), value, out),
                    None => {
                        let field = self.codec.field(id, 1);
                        let zero = field.map(|field| self.codec.default_of(field));
                        self.value(wrapped.form(), &zero.ok_or_else(misfit)?, out)
                    }
                }
            }
            Form::Json(_) => {
                let text = self.codec.to_json(message)?;
                put_bytes(out, text.as_bytes());
                Ok(())
            }
            Form::Paths(_) => match message.get(1) {
                Some(Value::List(paths)) => self.list(Form::Scalar(TEXT), paths, out),
                Some(_) => Err(misfit()),
                None => {
                    put_long(out, 0);
                    Ok(())
                }
            },
            Form::Scalar(_)
            | Form::Decimal
            | Form::LongBits
            | Form::Fixed(_)
            | Form::Digits
            | Form::Symbol(..)
            | Form::EnumText(_)
            | Form::EnumNumber(_) => Err(misfit()),
        }
    }

    fn field(
        &self,
        holds: Holds,
        field: &Field,
        message: &Message<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        let value = message.get(field.number);
        match (holds, value) {
            (Holds::Plain(form), Some(value)) => self.value(form, value, out),
            (Holds::Plain(_), None) if field.presence() == Some(Presence::Required) => {
                Err(Error::new("a required field is missing"))
            }
            (Holds::Plain(form), None) => self.value(form, &self.codec.default_of(field), out),
            (Holds::Nullable(_) | Holds::NullForZero(_), None) => {
                put_long(out, 0);
                Ok(())
            }
            (Holds::Nullable(form) | Holds::NullForZero(form), Some(value)) => {
                put_long(out, 1);
                self.value(form, value, out)
            }
            (Holds::List(_) | Holds::Map(_) | Holds::TextMap(..) | Holds::Entries { .. }, None) => {
                put_long(out, 0);
                Ok(())
            }
            (Holds::List(form), Some(Value::List(list))) => self.list(form, list, out),
            (Holds::Map(form) | Holds::TextMap(_, form), Some(Value::Map(map))) => {
                let key = |key: &Key<'_>, out: &mut Vec<u8>| {
                    put_bytes(out, key_text(key)?.as_bytes());
                    Ok(())
                };
                self.map(map.iter(), key, form, out)
            }
            (Holds::Entries { key: of, value, .. }, Some(Value::Map(map))) => {
                let key = |key: &Key<'_>, out: &mut Vec<u8>| self.value(of, &Value::from(key), out);
                self.map(map.iter(), key, value, out)
            }
            (
                Holds::List(_) | Holds::Map(_) | Holds::TextMap(..) | Holds::Entries { .. },
                Some(_),
            ) => Err(misfit()),
        }
    }

    fn oneof(
        &self,
        fields: &[Field],
        members: &[Member],
        message: &Message<'_>,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        for (index, member) in members.iter().enumerate() {
            let field = &fields[member.field];
            if let Some(value) = message.get(field.number) {
                // The first branch is null.
                put_long(out, index as i64 + 1);
                let written = self.value(member.form, value, out);
                return written.within(|| Step::Field(field.name.clone()));
            }
        }
        put_long(out, 0);
        Ok(())
    }

    fn list(&self, form: Form, list: &[Value<'_>], out: &mut Vec<u8>) -> Result<(), Error> {
        if !list.is_empty() {
            put_long(out, list.len() as i64);
        }
        for (index, value) in list.iter().enumerate() {
            self.value(form, value, out).within(|| Step::Index(index))?;
        }
        put_long(out, 0);
        Ok(())
    }

    fn map<'v, 'b: 'v>(
        &self,
        entries: impl ExactSizeIterator<Item = (&'v Key<'b>, &'v Value<'b>)>,
        key: impl Fn(&Key<'b>, &mut Vec<u8>) -> Result<(), Error>,
        form: Form,
        out: &mut Vec<u8>,
    ) -> Result<(), Error> {
        if entries.len() > 0 {
            put_long(out, entries.len() as i64);
        }
        for (of, value) in entries {
            let written = key(of, out).and_then(|()| self.value(form, value, out));
            written.within(|| Step::Key(format!("{of:?}")))?;
        }
        put_long(out, 0);
        Ok(())
    }

    fn value(&self, form: Form, value: &Value<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        match (form, value) {
            (Form::Scalar(_), Value::Bool(value)) => out.push(u8::from(*value)),
            (Form::Scalar(_), Value::I32(value)) => put_long(out, (*value).into()),
            (Form::Scalar(_), Value::I64(value)) => put_long(out, *value),
            (Form::Scalar(_), Value::U32(value)) => put_long(out, (*value).into()),
            (Form::Scalar(_), Value::F32(value)) => out.extend(value.to_le_bytes()),
            (Form::Scalar(_), Value::F64(value)) => out.extend(value.to_le_bytes()),
            (Form::Scalar(_), Value::String(text)) => put_bytes(out, text.as_bytes()),
            (Form::Scalar(scalar), Value::Bytes(_)) if scalar == TEXT => {
                return Err(Error::new("text that is no UTF-8 cannot be an Avro string"));
            }
            (Form::Scalar(_), Value::Bytes(bytes)) => put_bytes(out, bytes),
            (Form::Decimal, Value::U64(value)) => put_decimal(out, *value),
            (Form::LongBits, Value::U64(value)) => put_long(out, *value as i64),
            (Form::Fixed(_), Value::U64(value)) => out.extend(value.to_be_bytes()),
            (Form::Digits, Value::U64(value)) => put_bytes(out, value.to_string().as_bytes()),
            (Form::Symbol(id, _), Value::Enum(number)) => {
                put_long(
                    out,
                    super::symbol(self.codec, self.mapping, id, *number) as i64,
                );
            }
            (Form::EnumText(id), Value::Enum(number)) => {
                let mut symbols = self.mapping.symbols(id).iter();
                match symbols.find(|(_, of)| of == number) {
                    Some((symbol, _)) => put_bytes(out, symbol.as_bytes()),
                    None => put_bytes(out, number.to_string().as_bytes()),
                }
            }
            (Form::EnumNumber(_), Value::Enum(number)) => put_long(out, (*number).into()),
            (_, Value::Message(message)) => return self.message(form, message, out),
            _ => return Err(misfit()),
        }
        Ok(())
    }
}

const TEXT: crate::contract::Scalar = crate::contract::Scalar::String;

/// The units since 1970 in a timestamp.
fn timestamp(message: &Message<'_>, units: i64) -> Result<i64, Error> {
    let seconds = match message.get(1) {
        Some(Value::I64(seconds)) => *seconds,
        Some(_) | None => 0,
    };
    let nanos = match message.get(2) {
        Some(Value::I32(nanos)) => *nanos,
        Some(_) | None => 0,
    };
    if !(0..1_000_000_000).contains(&nanos) {
        return Err(Error::new(format!(
            "a timestamp has {nanos} nanos, which are less than none or a second or more"
        )));
    }
    let part = i64::from(nanos) / (1_000_000_000 / units);
    let whole = seconds.checked_mul(units);
    whole
        .and_then(|whole| whole.checked_add(part))
        .ok_or_else(|| {
            Error::new("a timestamp does not fit into a `long`; `timestamp = \"record\"` holds it")
        })
}

/// Writes a number as a `decimal`: big-endian two's complement of as few bytes as will do. One whose first bit is set
/// needs a byte more, lest it be negative.
fn put_decimal(out: &mut Vec<u8>, value: u64) {
    let bytes = u128::from(value).to_be_bytes();
    let needed = 64 - value.leading_zeros() as usize + 1;
    put_bytes(out, &bytes[bytes.len() - needed.div_ceil(8)..]);
}

/// The key of a map as text, as ProtoJSON has it.
fn key_text(key: &Key<'_>) -> Result<String, Error> {
    Ok(match key {
        Key::Bool(value) => value.to_string(),
        Key::I32(value) => value.to_string(),
        Key::I64(value) => value.to_string(),
        Key::U32(value) => value.to_string(),
        Key::U64(value) => value.to_string(),
        Key::String(text) => text.clone().into_owned(),
        Key::Bytes(_) => {
            return Err(Error::new("text that is no UTF-8 cannot be an Avro string"));
        }
    })
}

fn put_long(out: &mut Vec<u8>, value: i64) {
    crate::wire::put_varint(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_long(out, bytes.len() as i64);
    out.extend_from_slice(bytes);
}

fn misfit() -> Error {
    Error::new("the value is not of the field's type")
}
