//! What is in a payload whose message nobody knows, or that does not parse: the structure of the wire format, field by
//! field, with names and types beside it where a contract gives them and guesses where none does.
//!
//! Decides what bytes are likely to be. It must not know files and terminals; how it looks is decided by its emitters.

mod context;
mod guess;
mod human;
mod json;

pub use human::Human;
pub use json::Json;

use std::borrow::Cow;

use crate::contract::{MessageId, Scalar, Type};
use crate::dynamic::{Codec, DEPTH};
use crate::wire::{Reader, TOO_DEEP, WireError};

use context::{Context, Known};

/// A field as it stands in the payload.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<'a> {
    /// In how many messages it is nested.
    pub level: usize,
    /// Offset of its tag in the payload, in bytes.
    pub offset: usize,
    /// Its number.
    pub number: u32,
    /// How its value is encoded.
    pub wire: Wire,
    /// Its name in the contract.
    pub name: Option<Cow<'a, str>>,
    /// Its type in the contract, as in a .proto file.
    pub ty: Option<Cow<'a, str>>,
    /// Whether the contract has the field with another wire type, so that a reader takes it for an unknown one.
    pub mismatch: bool,
    /// Its value.
    pub value: Reading<'a>,
}

/// A wire type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// 0: a number of one to ten bytes.
    Varint,
    /// 1: eight bytes.
    Fixed64,
    /// 2: a length and as many bytes.
    Length(usize),
    /// 3: fields up to an end tag.
    Group,
    /// 5: four bytes.
    Fixed32,
}

/// What a value is, as the contract says, or as it seems.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading<'a> {
    /// A number of a type that is known.
    Number(String),
    /// The number of an enum's value, with its name.
    Enum(i32, Option<&'a str>),
    /// Some varint.
    Varint(u64),
    /// Some four bytes.
    Fixed32(u32),
    /// Some eight bytes.
    Fixed64(u64),
    /// Text.
    Text(&'a str),
    /// Bytes that seem to be nothing else, or are bytes.
    Bytes(&'a [u8]),
    /// Bytes that could be a packed list of varints, with the first of these.
    Packed(&'a [u8], Vec<u64>),
    /// A packed list of a known type, each as text.
    List(Vec<String>),
    /// A message: its fields follow, one level further in.
    Message,
}

/// Tells the fields of a payload one by one, outer ones before those in them.
///
/// # Errors
/// Where the payload stops being wire format: the offset, and what is wrong. All fields before that were told.
pub fn inspect<'a, 'c>(
    payload: &'a [u8],
    known: Option<(&'a Codec<'c>, MessageId)>,
    tell: &mut dyn FnMut(Found<'a>),
) -> Result<(), (usize, &'static str)> {
    let context = match known {
        Some((codec, ty)) => Context::Message(codec, ty),
        None => Context::Unknown,
    };
    let mut walk = Walk { tell };
    walk.fields(&mut Reader::new(payload), context, None, 0)
        .map_err(|error| (error.offset, error.problem))
}

struct Walk<'a, 't> {
    tell: &'t mut dyn FnMut(Found<'a>),
}

impl<'a> Walk<'a, '_> {
    fn fields(
        &mut self,
        reader: &mut Reader<'a>,
        context: Context<'a, '_>,
        group: Option<u32>,
        level: usize,
    ) -> Result<(), WireError> {
        if level > DEPTH {
            return Err(reader.error(TOO_DEEP));
        }
        while !reader.is_empty() {
            let start = *reader;
            let (number, wire_type) = reader.tag()?;
            if wire_type == 4 && group == Some(number) {
                return Ok(());
            }
            let known = context.field(number);
            let fits = known.as_ref().is_some_and(|it| it.fits(wire_type));
            let mut found = Found {
                level,
                offset: start.offset(),
                number,
                wire: Wire::Varint,
                name: known.as_ref().map(|it| it.name.clone()),
                ty: known.as_ref().map(|it| it.ty.clone()),
                mismatch: known.is_some() && !fits,
                value: Reading::Message,
            };
            let known = known.filter(|_| fits);
            match wire_type {
                0 => {
                    let value = reader.varint()?;
                    found.value = known.map_or(Reading::Varint(value), |it| it.varint(value));
                    (self.tell)(found);
                }
                1 => {
                    let value = u64::from_le_bytes(reader.array()?);
                    found.wire = Wire::Fixed64;
                    found.value = known.map_or(Reading::Fixed64(value), |it| it.fixed64(value));
                    (self.tell)(found);
                }
                5 => {
                    let value = u32::from_le_bytes(reader.array()?);
                    found.wire = Wire::Fixed32;
                    found.value = known.map_or(Reading::Fixed32(value), |it| it.fixed32(value));
                    (self.tell)(found);
                }
                3 => {
                    found.wire = Wire::Group;
                    (self.tell)(found);
                    let inner = known.map_or(Context::Unknown, |it| it.inner);
                    self.fields(reader, inner, Some(number), level + 1)?;
                }
                2 => self.delimited(reader.delimited()?, found, known)?,
                4 => return Err(start.error("a group ends that was not begun")),
                _ => return Err(start.error("a field has an unknown wire type")),
            }
        }
        match group {
            None => Ok(()),
            Some(_) => Err(reader.error("a group does not end")),
        }
    }

    fn delimited(
        &mut self,
        mut content: Reader<'a>,
        mut found: Found<'a>,
        known: Option<Known<'a, '_>>,
    ) -> Result<(), WireError> {
        let (level, bytes) = (found.level, content.rest());
        found.wire = Wire::Length(bytes.len());
        let inner = match known {
            None => {
                found.value = guess::guess(bytes, DEPTH.saturating_sub(level + 1));
                Context::Unknown
            }
            Some(known) => {
                found.value = match known.of {
                    Type::Scalar(Scalar::String) => match std::str::from_utf8(bytes) {
                        Ok(text) => Reading::Text(text),
                        Err(_) => Reading::Bytes(bytes),
                    },
                    Type::Scalar(Scalar::Bytes) => Reading::Bytes(bytes),
                    Type::Message(_) => Reading::Message,
                    Type::Scalar(_) | Type::Enum(_) => known.packed(content)?,
                };
                known.inner
            }
        };
        let is_message = found.value == Reading::Message;
        (self.tell)(found);
        match is_message {
            true => self.fields(&mut content, inner, None, level + 1),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
