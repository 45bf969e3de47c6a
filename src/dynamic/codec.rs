//! A contract made ready for reading and writing messages: tables, settings, and the entry points. How a format is read
//! and written is decided next door.

use std::sync::OnceLock;

use super::error::Error;
use super::table::{EnumTable, Table};
use super::{Message, Value};
use crate::contract::{
    Contract, Default as DefaultValue, Element, Enum, EnumId, Extension, Field, MessageId, Shape,
    Type,
};

/// How payloads are read and written. The default is what the specification asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// Required fields may be missing, in reading and in writing.
    pub partial: bool,
    /// The wire format is read as prost does, which differs from the specification: a field of another wire type is an
    /// error, closed enums are open, every string must be UTF-8, unknown fields are dropped, and required fields may be
    /// missing.
    pub as_prost: bool,
    /// Members and names of enum values that the contract does not have are passed over in JSON, and fields in text.
    /// Otherwise they are errors.
    pub ignore_unknown: bool,
    /// JSON is written with the names of the contract instead of its JSON names. Both are always read.
    pub proto_names: bool,
    /// JSON and text are written with the numbers of enum values instead of their names. Both are always read.
    pub enum_numbers: bool,
    /// JSON is written with all fields that have no presence: zeros, empty lists and empty maps.
    pub always_print: bool,
    /// JSON is written over several lines, indented.
    pub indent: bool,
    /// Text is written on one line, without a line end.
    pub one_line: bool,
    /// Text is written with unknown fields under their numbers, which no reader takes.
    pub print_unknown: bool,
}

/// A contract, ready for reading and writing its messages. Cheap to make: what is needed of a message is worked out when
/// it is first met. It can be shared by threads.
pub struct Codec<'c> {
    contract: &'c Contract,
    pub(super) settings: Settings,
    tables: Vec<OnceLock<Table<'c>>>,
    enums: Vec<OnceLock<EnumTable<'c>>>,
    /// The extensions of each message.
    extensions: Vec<Vec<&'c Extension>>,
    /// Whether a required field can be missing in a message.
    checked: Vec<bool>,
}

impl std::fmt::Debug for Codec<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Codec")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

impl<'c> Codec<'c> {
    /// The codec of a contract, as the specification asks for.
    #[must_use]
    pub fn new(contract: &'c Contract) -> Self {
        Self::with(contract, Settings::default())
    }

    /// The codec of a contract with settings.
    #[must_use]
    pub fn with(contract: &'c Contract, settings: Settings) -> Self {
        let mut extensions = vec![Vec::new(); contract.messages().len()];
        for extension in contract.extensions() {
            extensions[extension.extendee.index()].push(extension);
        }
        Self {
            contract,
            settings,
            tables: contract
                .messages()
                .iter()
                .map(|_| OnceLock::new())
                .collect(),
            enums: contract.enums().iter().map(|_| OnceLock::new()).collect(),
            extensions,
            checked: contract.needs_required_check(),
        }
    }

    /// The contract.
    #[must_use]
    pub fn contract(&self) -> &'c Contract {
        self.contract
    }

    /// The message type of this full name (no leading dot).
    #[must_use]
    pub fn find(&self, full_name: &str) -> Option<MessageId> {
        match self.contract.find(full_name)? {
            Element::Message(id) => Some(id),
            Element::Enum(_) | Element::Service(_) | Element::Extension(_) => None,
        }
    }

    /// The field or extension of this number in a message.
    #[must_use]
    pub fn field(&self, ty: MessageId, number: i32) -> Option<&'c Field> {
        self.table(ty).slot(number).map(|slot| slot.field)
    }

    /// Sets a field, and unsets the rest of its oneof. What says nothing unsets the field: the zero of a field with
    /// implicit presence, an empty list, an empty map.
    ///
    /// # Errors
    /// If the message has no such field, or the value is none of its type.
    pub fn set<'a>(
        &self,
        message: &mut Message<'a>,
        number: i32,
        value: Value<'a>,
    ) -> Result<(), Error> {
        let table = self.table(message.ty());
        let slot = table.slot(number).ok_or_else(|| no_field(table, number))?;
        slot.check(&value)?;
        slot.put(table, message, value);
        Ok(())
    }

    /// The value of a field, or what the contract gives it when it is not set: the default, zero, or an empty message,
    /// list or map. `None` if the message has no such field.
    #[must_use]
    pub fn get_or_default<'a>(&self, message: &Message<'a>, number: i32) -> Option<Value<'a>> {
        match message.get(number) {
            Some(value) => Some(value.clone()),
            None => Some(self.default_of(self.field(message.ty(), number)?)),
        }
    }

    /// The value that a field has when nothing sets it.
    #[must_use]
    pub fn default_of<'a>(&self, field: &Field) -> Value<'a> {
        match (&field.default, field.shape) {
            (_, Shape::Repeated { .. }) => Value::List(Vec::new()),
            (_, Shape::Map { .. }) => Value::Map(super::Map::new()),
            (None, Shape::Singular { ty, .. }) => self.zero(ty),
            (Some(default), Shape::Singular { ty, .. }) => explicit(default, ty),
        }
    }

    /// The zero of a type: for an enum its first value, for a message an empty one.
    #[must_use]
    pub fn zero<'a>(&self, ty: Type) -> Value<'a> {
        match ty {
            Type::Scalar(scalar) => Value::zero(scalar),
            Type::Enum(id) => Value::Enum(self.contract.enumeration(id).default_number()),
            Type::Message(id) => Value::from(Message::new(id)),
        }
    }

    /// Reads a message from the wire format.
    ///
    /// # Errors
    /// With offset and field path, if the bytes are no message of this type, or a required field is missing.
    pub fn read<'a>(&self, ty: MessageId, bytes: &'a [u8]) -> Result<Message<'a>, Error> {
        let message = super::read::message(self, ty, bytes)?;
        if !self.settings.as_prost {
            self.check_required(&message)?;
        }
        Ok(message)
    }

    /// Writes a message on the wire format: fields in the order of their numbers, entries of maps in that of their keys,
    /// unknown fields last. One message always gives the same bytes.
    ///
    /// # Errors
    /// If a value does not fit its field, or a required field is missing.
    pub fn write(&self, message: &Message<'_>) -> Result<Vec<u8>, Error> {
        let mut out = Vec::new();
        self.write_to(message, &mut out)?;
        Ok(out)
    }

    /// Appends what [`Codec::write`] gives; after an error the output is left with a part of it.
    ///
    /// # Errors
    /// As [`Codec::write`].
    pub fn write_to(&self, message: &Message<'_>, out: &mut Vec<u8>) -> Result<(), Error> {
        self.check_required(message)?;
        super::write::message(self, message, out)
    }

    /// Reads a message from ProtoJSON.
    ///
    /// # Errors
    /// With offset and field path, if the text is no JSON of this message, or a required field is missing.
    pub fn from_json<'a>(&self, ty: MessageId, text: &'a str) -> Result<Message<'a>, Error> {
        let message = super::json::read(self, ty, text)?;
        self.check_required(&message)?;
        Ok(message)
    }

    /// Writes a message as ProtoJSON: fields in the order of their numbers, on one line unless it is to be indented.
    /// Unknown fields are left out.
    ///
    /// # Errors
    /// If a value does not fit its field or has no form in JSON, or a required field is missing.
    pub fn to_json(&self, message: &Message<'_>) -> Result<String, Error> {
        let mut out = String::new();
        self.to_json_in(message, &mut out)?;
        Ok(out)
    }

    /// Appends what [`Codec::to_json`] gives; after an error the output is left with a part of it.
    ///
    /// # Errors
    /// As [`Codec::to_json`].
    pub fn to_json_in(&self, message: &Message<'_>, out: &mut String) -> Result<(), Error> {
        self.check_required(message)?;
        super::json::write(self, message, out)
    }

    /// Reads a message from protobuf's text format. Unlike on the wire, a singular field that is there twice is an error.
    /// Names that the contract reserves are passed over.
    ///
    /// # Errors
    /// With position and field path, if the text is none of this message, or a required field is missing.
    pub fn from_text<'a>(&self, ty: MessageId, text: &'a str) -> Result<Message<'a>, Error> {
        let message = super::text::read(self, ty, text)?;
        self.check_required(&message)?;
        Ok(message)
    }

    /// Writes a message in protobuf's text format: fields in the order of their numbers, none redacted, an Any by its
    /// content where the contract has its type. Unknown fields are left out unless the settings ask for them.
    ///
    /// # Errors
    /// If a value does not fit its field, or a required field is missing.
    pub fn to_text(&self, message: &Message<'_>) -> Result<String, Error> {
        let mut out = String::new();
        self.to_text_in(message, &mut out)?;
        Ok(out)
    }

    /// Appends what [`Codec::to_text`] gives; after an error the output is left with a part of it.
    ///
    /// # Errors
    /// As [`Codec::to_text`].
    pub fn to_text_in(&self, message: &Message<'_>, out: &mut String) -> Result<(), Error> {
        self.check_required(message)?;
        super::text::write(self, message, out)
    }

    /// The message type that the URL of an Any stands for: what follows its last slash.
    pub(super) fn type_of_url(&self, url: &str) -> Result<MessageId, Error> {
        let name = url.rsplit_once('/').map(|(_, name)| name);
        let ty = name.and_then(|name| self.find(name));
        ty.ok_or_else(|| Error::new(format!("the contract has no message of type `{url}`")))
    }

    /// Checks that no required field is missing at any depth, unless that is allowed.
    pub(super) fn check_required(&self, message: &Message<'_>) -> Result<(), Error> {
        match self.settings.partial {
            true => Ok(()),
            false => super::required::check(self, message),
        }
    }

    /// The facts of a message.
    #[inline]
    pub(super) fn table(&self, ty: MessageId) -> &Table<'c> {
        self.tables[ty.index()].get_or_init(|| {
            Table::new(
                self.contract.message(ty),
                &self.extensions[ty.index()],
                self.checked[ty.index()],
            )
        })
    }

    /// The facts of an enum.
    pub(super) fn enum_table(&self, id: EnumId) -> (&'c Enum, &EnumTable<'c>) {
        let enumeration = self.contract.enumeration(id);
        let table = self.enums[id.index()].get_or_init(|| EnumTable::new(enumeration));
        (enumeration, table)
    }
}

/// An error about a number that the message has no field for.
pub(super) fn no_field(table: &Table<'_>, number: i32) -> Error {
    let name = &table.message.full_name;
    Error::new(format!("`{name}` has no field of number {number}"))
}

/// An explicit default as a value of the field's type.
fn explicit<'a>(default: &DefaultValue, ty: Type) -> Value<'a> {
    let narrow = match ty {
        Type::Scalar(scalar) => Value::zero(scalar),
        Type::Enum(_) | Type::Message(_) => Value::Enum(0),
    };
    match (default, narrow) {
        (DefaultValue::Bool(value), _) => Value::Bool(*value),
        (DefaultValue::Int(value), Value::I32(_)) => {
            Value::I32(i32::try_from(*value).unwrap_or_default())
        }
        (DefaultValue::Int(value), _) => Value::I64(*value),
        (DefaultValue::Uint(value), Value::U32(_)) => {
            Value::U32(u32::try_from(*value).unwrap_or_default())
        }
        (DefaultValue::Uint(value), _) => Value::U64(*value),
        (DefaultValue::Float(value), _) => Value::F32(*value),
        (DefaultValue::Double(value), _) => Value::F64(*value),
        (DefaultValue::String(text), _) => Value::from(text.clone()),
        (DefaultValue::Bytes(bytes), _) => Value::Bytes(bytes.clone().into()),
        (DefaultValue::Enum(number), _) => Value::Enum(*number),
    }
}
