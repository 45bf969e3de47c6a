//! Avro data as a message.

use std::borrow::Cow;

use crate::avro::datum::Value as Datum;
use crate::avro::mapping::{Form, Holds, Mapping, Member, Slot};
use crate::contract::{EnumId, Field, MessageId, Primitive, Scalar};
use crate::dynamic::{Codec, Error, Map, Message, Step, Value, Within};

/// Reads messages.
pub(super) struct Reader<'c, 'm> {
    pub(super) codec: &'m Codec<'c>,
    pub(super) mapping: &'m Mapping,
}

impl Reader<'_, '_> {
    /// A message of a form.
    pub(super) fn message<'a>(
        &self,
        ty: MessageId,
        form: Form,
        datum: Datum<'a>,
    ) -> Result<Message<'a>, Error> {
        match (form, datum) {
            (Form::Record(id, _), Datum::Record(values)) => self.record(id, values),
            (Form::Timestamp(_, units, _), Datum::Long(value)) => {
                let mut message = Message::new(ty);
                let nanos = value.rem_euclid(units) * (1_000_000_000 / units);
                self.put(&mut message, 1, Value::I64(value.div_euclid(units)))?;
                self.put(&mut message, 2, Value::I32(nanos as i32))?;
                Ok(message)
            }
            (Form::Wrapper(_, wrapped), datum) => {
                let mut message = Message::new(ty);
                let value = self.value(wrapped.form(), datum)?;
                self.put(&mut message, 1, value)?;
                Ok(message)
            }
            (Form::Json(id), Datum::String(text)) => {
                Ok(self.codec.from_json(id, &text)?.into_owned())
            }
            (Form::Paths(_), Datum::Array(paths)) => {
                let mut message = Message::new(ty);
                let paths = self.list(Form::Scalar(Scalar::String), paths)?;
                self.put(&mut message, 1, paths)?;
                Ok(message)
            }
            (
                Form::Record(..)
                | Form::Timestamp(..)
                | Form::Json(_)
                | Form::Paths(_)
                | Form::Scalar(_)
                | Form::Decimal
                | Form::LongBits
                | Form::Fixed(_)
                | Form::Digits
                | Form::Symbol(..)
                | Form::EnumText(_)
                | Form::EnumNumber(_),
                _,
            ) => Err(misfit()),
        }
    }

    fn record<'a>(&self, id: MessageId, values: Vec<Datum<'a>>) -> Result<Message<'a>, Error> {
        let (record, ty) = super::record(self.codec, self.mapping, id)?;
        let mut message = Message::new(id);
        for (slot, value) in record.slots.iter().zip(values) {
            match slot {
                Slot::Field(index, holds) => {
                    let field = &ty.fields[*index];
                    self.field(*holds, field, value, &ty.fields, &mut message)
                        .within(|| Step::Field(field.name.clone()))?;
                }
                Slot::Oneof(_, members) => self.oneof(members, &ty.fields, value, &mut message)?,
            }
        }
        Ok(message)
    }

    fn field<'a>(
        &self,
        holds: Holds,
        field: &Field,
        datum: Datum<'a>,
        all: &[Field],
        message: &mut Message<'a>,
    ) -> Result<(), Error> {
        let value = match (holds, datum) {
            (Holds::Nullable(_) | Holds::NullForZero(_), Datum::Union(0, _)) => return Ok(()),
            (Holds::Nullable(form) | Holds::NullForZero(form), Datum::Union(_, inner)) => {
                if let Some(other) = rival(field, all, message) {
                    return Err(Error::new(format!(
                        "`{other}` of the same oneof is not null either"
                    )));
                }
                self.value(form, *inner)?
            }
            (Holds::Plain(form), datum) => self.value(form, datum)?,
            (Holds::List(form), Datum::Array(items)) => self.list(form, items)?,
            (Holds::Map(form), Datum::Map(entries)) => {
                let text = |key| Ok(Value::String(key));
                self.map(entries.into_iter(), text, form)?
            }
            (Holds::TextMap(key, form), Datum::Map(entries)) => {
                self.map(entries.into_iter(), |text| key_of(key, &text), form)?
            }
            (Holds::Entries { key, value, .. }, Datum::Array(entries)) => {
                let pairs = entries
                    .into_iter()
                    .map(pair)
                    .collect::<Result<Vec<_>, _>>()?;
                self.map(pairs.into_iter(), |datum| self.value(key, datum), value)?
            }
            (
                Holds::Nullable(_)
                | Holds::NullForZero(_)
                | Holds::List(_)
                | Holds::Map(_)
                | Holds::TextMap(..)
                | Holds::Entries { .. },
                _,
            ) => return Err(misfit()),
        };
        if unknown_of_closed(self.codec, field, &value) {
            return Err(Error::new("the enum is closed and has no such number"));
        }
        self.put(message, field.number, value)
    }

    /// Sets a field.
    fn put<'a>(
        &self,
        message: &mut Message<'a>,
        number: i32,
        value: Value<'a>,
    ) -> Result<(), Error> {
        self.codec.set(message, number, value)
    }

    fn oneof<'a>(
        &self,
        members: &[Member],
        fields: &[Field],
        datum: Datum<'a>,
        message: &mut Message<'a>,
    ) -> Result<(), Error> {
        let Datum::Union(branch, inner) = datum else {
            return Err(misfit());
        };
        // The first branch is null.
        let Some(member) = branch.checked_sub(1).and_then(|index| members.get(index)) else {
            return Ok(());
        };
        let field = &fields[member.field];
        let Datum::Record(values) = *inner else {
            return Err(misfit());
        };
        let [value] = <[Datum<'_>; 1]>::try_from(values).map_err(|_| misfit())?;
        let value = self
            .value(member.form, value)
            .within(|| Step::Field(field.name.clone()))?;
        self.put(message, field.number, value)
    }

    fn list<'a>(&self, form: Form, items: Vec<Datum<'a>>) -> Result<Value<'a>, Error> {
        let values = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| self.value(form, item).within(|| Step::Index(index)));
        Ok(Value::List(values.collect::<Result<_, _>>()?))
    }

    /// The last of several entries of one key holds, as in protobuf.
    fn map<'a, K>(
        &self,
        entries: impl Iterator<Item = (K, Datum<'a>)>,
        key: impl Fn(K) -> Result<Value<'a>, Error>,
        form: Form,
    ) -> Result<Value<'a>, Error> {
        let mut map = Map::new();
        for (of, datum) in entries {
            let of = key(of)?.into_key().ok_or_else(misfit)?;
            let value = self
                .value(form, datum)
                .within(|| Step::Key(format!("{of:?}")))?;
            map.insert(of, value);
        }
        Ok(Value::Map(map))
    }

    fn value<'a>(&self, form: Form, datum: Datum<'a>) -> Result<Value<'a>, Error> {
        Ok(match (form, datum) {
            (Form::Scalar(_), Datum::Boolean(value)) => Value::Bool(value),
            (Form::Scalar(_), Datum::Int(value)) => Value::I32(value),
            (Form::Scalar(scalar), Datum::Long(value))
                if scalar.primitive() == Primitive::Uint32 =>
            {
                let narrow = u32::try_from(value);
                Value::U32(
                    narrow.map_err(|_| {
                        Error::new(format!("{value} is no unsigned number of 32 bits"))
                    })?,
                )
            }
            (Form::Scalar(_), Datum::Long(value)) => Value::I64(value),
            (Form::Scalar(_), Datum::Float(value)) => Value::F32(value),
            (Form::Scalar(_), Datum::Double(value)) => Value::F64(value),
            (Form::Scalar(_), Datum::String(text)) => Value::String(text),
            (Form::Scalar(_), Datum::Bytes(bytes)) => Value::Bytes(bytes),
            (Form::Decimal, Datum::Bytes(bytes)) => Value::U64(decimal(&bytes)?),
            (Form::LongBits, Datum::Long(value)) => Value::U64(value as u64),
            (Form::Fixed(_), Datum::Bytes(bytes)) => {
                let bytes = <[u8; 8]>::try_from(&*bytes).map_err(|_| misfit())?;
                Value::U64(u64::from_be_bytes(bytes))
            }
            (Form::Digits, Datum::String(text)) => {
                Value::U64(text.parse().map_err(|_| {
                    Error::new(format!("{text:?} is no unsigned number of 64 bits"))
                })?)
            }
            (Form::Symbol(id, _), Datum::Enum(index)) => {
                let symbol = self.mapping.symbols(id).get(index);
                Value::Enum(symbol.ok_or_else(misfit)?.1)
            }
            (Form::EnumText(id), Datum::String(text)) => self.enum_of_text(id, &text)?,
            (Form::EnumNumber(_), Datum::Int(number)) => Value::Enum(number),
            (
                Form::Record(id, _)
                | Form::Timestamp(id, ..)
                | Form::Wrapper(id, _)
                | Form::Json(id)
                | Form::Paths(id),
                datum,
            ) => Value::from(self.message(id, form, datum)?),
            _ => return Err(misfit()),
        })
    }

    fn enum_of_text<'a>(&self, id: EnumId, text: &str) -> Result<Value<'a>, Error> {
        let enumeration = self.codec.contract().enumeration(id);
        let mut symbols = self.mapping.symbols(id).iter();
        let symbol = symbols.find(|(symbol, _)| symbol == text).map(|it| it.1);
        // Aliases have no symbol of their own.
        let alias = || enumeration.values.iter().find(|value| value.name == text);
        let number = symbol
            .or_else(|| alias().map(|value| value.number))
            .or_else(|| text.parse().ok());
        let unknown = || format!("`{}` has no value {text:?}", enumeration.full_name);
        number.map(Value::Enum).ok_or_else(|| Error::new(unknown()))
    }
}

/// A member of the same oneof that is set already.
fn rival<'f>(field: &Field, all: &'f [Field], message: &Message<'_>) -> Option<&'f str> {
    field.oneof?;
    let mut others = all.iter().filter(|it| it.oneof == field.oneof);
    others
        .find(|it| it.number != field.number && message.has(it.number))
        .map(|it| it.name.as_str())
}

/// Whether a value is a number that a closed enum does not have.
fn unknown_of_closed(codec: &Codec<'_>, field: &Field, value: &Value<'_>) -> bool {
    let crate::contract::Type::Enum(id) = field.shape.value_type() else {
        return false;
    };
    let enumeration = codec.contract().enumeration(id);
    let unknown = |value: &Value<'_>| matches!(value, Value::Enum(number) if enumeration.value(*number).is_none());
    if let Value::List(list) = value {
        enumeration.closed && list.iter().any(unknown)
    } else if let Value::Map(map) = value {
        enumeration.closed && map.values().any(unknown)
    } else {
        enumeration.closed && unknown(value)
    }
}

/// The key and the value of an entry.
fn pair(entry: Datum<'_>) -> Result<(Datum<'_>, Datum<'_>), Error> {
    let Datum::Record(values) = entry else {
        return Err(misfit());
    };
    let [key, value] = <[Datum<'_>; 2]>::try_from(values).map_err(|_| misfit())?;
    Ok((key, value))
}

/// The key of a map from its text.
fn key_of<'a>(scalar: Scalar, text: &Cow<'a, str>) -> Result<Value<'a>, Error> {
    let key = match scalar.primitive() {
        Primitive::Bool => text.parse().map(Value::Bool).ok(),
        Primitive::Int32 => text.parse().map(Value::I32).ok(),
        Primitive::Int64 => text.parse().map(Value::I64).ok(),
        Primitive::Uint32 => text.parse().map(Value::U32).ok(),
        Primitive::Uint64 => text.parse().map(Value::U64).ok(),
        Primitive::String => Some(Value::String(text.clone())),
        Primitive::Double | Primitive::Float | Primitive::Bytes => None,
    };
    key.ok_or_else(|| Error::new(format!("{text:?} is no key of the map")))
}

/// The number of a `decimal` without digits after the point.
fn decimal(bytes: &[u8]) -> Result<u64, Error> {
    let error = || Error::new("a decimal is no unsigned number of 64 bits");
    let significant = match bytes.iter().position(|&byte| byte != 0) {
        None => return Ok(0),
        Some(first) => &bytes[first..],
    };
    let negative = bytes.first().is_some_and(|byte| byte & 0x80 != 0);
    if negative || significant.len() > 8 {
        return Err(error());
    }
    Ok(significant
        .iter()
        .fold(0, |sum, &byte| sum << 8 | u64::from(byte)))
}

fn misfit() -> Error {
    Error::new("the data is not of the field's type")
}
