//! Messages of a contract as Avro data and back, along the mapping of the contract. What is lost on the way is what the
//! mapping has no place for; what cannot be said at all is an error with the path of the field.

mod read;
mod write;

use serde_json::Value as Json;

use super::datum::{Resolution, Value};
use super::mapping::{Form, Mapping, Record};
use super::parse::Schema;
use super::schema::Node;
use crate::contract::{EnumId, Message as MessageType, MessageId};
use crate::dynamic::{Codec, Error, Message};

/// Converts one type of message.
#[derive(Debug, Clone, Copy)]
pub struct Converter<'c, 'm> {
    codec: &'m Codec<'c>,
    mapping: &'m Mapping,
    ty: MessageId,
    form: Form,
}

impl<'c, 'm> Converter<'c, 'm> {
    /// The converter of a message type, which must be a root of the mapping; `None` if it is not.
    #[must_use]
    pub fn new(codec: &'m Codec<'c>, mapping: &'m Mapping, ty: MessageId) -> Option<Self> {
        Some(Self {
            codec,
            mapping,
            ty,
            form: mapping.root(ty)?,
        })
    }

    /// The schema of the data.
    #[must_use]
    pub fn node(&self) -> Node {
        self.mapping.node(self.codec.contract(), self.form)
    }

    /// The schema of the data, standing by itself.
    #[must_use]
    pub fn schema(&self) -> Schema {
        Schema {
            types: self.mapping.types().clone(),
            root: self.node(),
        }
    }

    /// The schema as JSON.
    ///
    /// # Errors
    /// If it cannot be written down; see [`PrintError`](super::PrintError).
    pub fn schema_json(&self) -> Result<Json, super::PrintError> {
        super::print(self.mapping.types(), &self.node()).map(|printed| printed.value)
    }

    /// The fingerprint of the schema.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        super::fingerprint(self.mapping.types(), &self.node())
    }

    /// How data that was written with a schema is read as this message. As the specification wants it, a record is read as
    /// one of the same name, package aside, or with that name as an alias.
    #[must_use]
    pub fn resolution(&self, writer: &Schema) -> Resolution {
        Resolution::new(writer, (self.mapping.types(), &self.node()))
    }

    /// Appends a message as data of the schema. After an error the output is left with a part of it.
    ///
    /// # Errors
    /// With the path of the field, if Avro has no value for what it holds.
    pub fn write(&self, message: &Message<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        let writer = write::Writer {
            codec: self.codec,
            mapping: self.mapping,
        };
        writer.message(self.form, message, out)
    }

    /// Reads a message from the front of some bytes; gives it and how many bytes it took.
    ///
    /// # Errors
    /// With the path of the field, and the offset where the bytes are at fault.
    pub fn read<'a>(
        &self,
        resolution: &Resolution,
        bytes: &'a [u8],
    ) -> Result<(Message<'a>, usize), Error> {
        let (value, length) = resolution.read(bytes)?;
        Ok((self.message(value)?, length))
    }

    /// A value of the schema as a message.
    ///
    /// # Errors
    /// With the path of the field, if the contract has no place for what it holds.
    pub fn message<'a>(&self, value: Value<'a>) -> Result<Message<'a>, Error> {
        let reader = read::Reader {
            codec: self.codec,
            mapping: self.mapping,
        };
        reader.message(self.ty, self.form, value)
    }
}

/// The record of a message type, and the type.
fn record<'c, 'm>(
    codec: &Codec<'c>,
    mapping: &'m Mapping,
    id: MessageId,
) -> Result<(&'m Record, &'c MessageType), Error> {
    let record = mapping
        .record(id)
        .ok_or_else(|| Error::new("the message is not in the Avro schema"))?;
    Ok((record, codec.contract().message(id)))
}

/// The symbol of a number: of one without, the default.
fn symbol(codec: &Codec<'_>, mapping: &Mapping, id: EnumId, number: i32) -> usize {
    let symbols = mapping.symbols(id);
    let position = |number| symbols.iter().position(|(_, of)| *of == number);
    let default = codec.contract().enumeration(id).default_number();
    position(number)
        .or_else(|| position(default))
        .unwrap_or_default()
}
