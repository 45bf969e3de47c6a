//! What a contract says of the fields at one place of a payload.

use std::borrow::Cow;

use super::Reading;
use crate::contract::{Contract, MessageId, Scalar, Shape, Type};
use crate::dynamic::Codec;
use crate::wire::{Reader, WireError};

/// Whose fields they are.
#[derive(Clone, Copy)]
pub(super) enum Context<'a, 'c> {
    /// Nobody knows.
    Unknown,
    /// A message's.
    Message(&'a Codec<'c>, MessageId),
    /// A map entry's, of these types.
    Entry(&'a Codec<'c>, Scalar, Type),
}

/// A field that the contract has.
pub(super) struct Known<'a, 'c> {
    codec: &'a Codec<'c>,
    pub(super) name: Cow<'a, str>,
    pub(super) ty: Cow<'a, str>,
    /// The type of its values; for a map, nothing that is asked for.
    pub(super) of: Type,
    /// Whose fields a message in it has.
    pub(super) inner: Context<'a, 'c>,
    wire_type: u32,
    packable: bool,
}

impl<'a, 'c> Context<'a, 'c> {
    pub(super) fn field(self, number: u32) -> Option<Known<'a, 'c>> {
        let number = i32::try_from(number).ok()?;
        match self {
            Self::Unknown => None,
            Self::Message(codec, ty) => {
                let field = codec.field(ty, number)?;
                let contract = codec.contract();
                let name = match contract
                    .message(ty)
                    .fields
                    .iter()
                    .any(|it| std::ptr::eq(it, field))
                {
                    true => field.name.as_str(),
                    // An extension: its full name in brackets.
                    false => field.json_name.as_str(),
                };
                let of = field.shape.value_type();
                let (inner, wire_type) = match field.shape {
                    Shape::Map { key, value } => (Self::Entry(codec, key, value), 2),
                    Shape::Singular { ty, .. } | Shape::Repeated { ty, .. } => {
                        (Self::of(codec, ty), ty.wire_type(field.delimited))
                    }
                };
                let is_map = matches!(field.shape, Shape::Map { .. });
                let repeated = matches!(field.shape, Shape::Repeated { .. });
                Some(Known {
                    codec,
                    name: Cow::Borrowed(name),
                    ty: shape(contract, field.shape),
                    of: if is_map { Type::Message(ty) } else { of },
                    inner,
                    wire_type,
                    packable: repeated && !matches!(wire_type, 2 | 3),
                })
            }
            Self::Entry(codec, key, value) => {
                let (name, of) = match number {
                    1 => ("key", Type::Scalar(key)),
                    2 => ("value", value),
                    _ => return None,
                };
                Some(Known {
                    codec,
                    name: Cow::Borrowed(name),
                    ty: Cow::Borrowed(ty(codec.contract(), of)),
                    of,
                    inner: Self::of(codec, of),
                    wire_type: of.wire_type(false),
                    packable: false,
                })
            }
        }
    }

    fn of(codec: &'a Codec<'c>, ty: Type) -> Self {
        match ty {
            Type::Message(id) => Self::Message(codec, id),
            Type::Scalar(_) | Type::Enum(_) => Self::Unknown,
        }
    }
}

fn shape(contract: &Contract, shape: Shape) -> Cow<'_, str> {
    match shape {
        Shape::Singular { ty: of, .. } => Cow::Borrowed(ty(contract, of)),
        Shape::Repeated { ty: of, .. } => Cow::Owned(format!("repeated {}", ty(contract, of))),
        Shape::Map { key, value } => {
            Cow::Owned(format!("map<{}, {}>", key.name(), ty(contract, value)))
        }
    }
}

fn ty(contract: &Contract, ty: Type) -> &str {
    match ty {
        Type::Scalar(scalar) => scalar.name(),
        Type::Message(id) => contract.message(id).full_name.as_str(),
        Type::Enum(id) => contract.enumeration(id).full_name.as_str(),
    }
}

impl<'a> Known<'a, '_> {
    /// Whether a value of this wire type is one of the field.
    pub(super) fn fits(&self, wire_type: u32) -> bool {
        wire_type == self.wire_type || (self.packable && wire_type == 2)
    }

    pub(super) fn varint(&self, value: u64) -> Reading<'a> {
        if let Type::Enum(id) = self.of {
            let number = value as i32;
            let value = self.codec.contract().enumeration(id).value(number);
            return Reading::Enum(number, value.map(|it| it.name.as_str()));
        }
        let unzigzag = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
        Reading::Number(match self.of {
            Type::Scalar(Scalar::Int32) => (value as i32).to_string(),
            Type::Scalar(Scalar::Int64) => (value as i64).to_string(),
            Type::Scalar(Scalar::Uint32) => (value as u32).to_string(),
            Type::Scalar(Scalar::Sint32) => unzigzag(u64::from(value as u32)).to_string(),
            Type::Scalar(Scalar::Sint64) => unzigzag(value).to_string(),
            Type::Scalar(Scalar::Bool) => (value != 0).to_string(),
            Type::Scalar(_) | Type::Message(_) | Type::Enum(_) => value.to_string(),
        })
    }

    pub(super) fn fixed32(&self, value: u32) -> Reading<'a> {
        Reading::Number(match self.of {
            Type::Scalar(Scalar::Float) => f32::from_bits(value).to_string(),
            Type::Scalar(Scalar::Sfixed32) => (value as i32).to_string(),
            Type::Scalar(_) | Type::Message(_) | Type::Enum(_) => value.to_string(),
        })
    }

    pub(super) fn fixed64(&self, value: u64) -> Reading<'a> {
        Reading::Number(match self.of {
            Type::Scalar(Scalar::Double) => f64::from_bits(value).to_string(),
            Type::Scalar(Scalar::Sfixed64) => (value as i64).to_string(),
            Type::Scalar(_) | Type::Message(_) | Type::Enum(_) => value.to_string(),
        })
    }

    /// The elements of a packed list.
    pub(super) fn packed(&self, mut content: Reader<'a>) -> Result<Reading<'a>, WireError> {
        let mut list = Vec::new();
        while !content.is_empty() {
            let value = match self.wire_type {
                1 => self.fixed64(u64::from_le_bytes(content.array()?)),
                5 => self.fixed32(u32::from_le_bytes(content.array()?)),
                _ => self.varint(content.varint()?),
            };
            list.push(match value {
                Reading::Number(text) => text,
                Reading::Enum(_, Some(name)) => name.to_owned(),
                Reading::Enum(number, None) => number.to_string(),
                Reading::Varint(_)
                | Reading::Fixed32(_)
                | Reading::Fixed64(_)
                | Reading::Text(_)
                | Reading::Bytes(_)
                | Reading::Packed(..)
                | Reading::List(_)
                | Reading::Message => String::new(),
            });
        }
        Ok(Reading::List(list))
    }
}
