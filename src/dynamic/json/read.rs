//! Messages from JSON: members of objects become fields, whether they are called by their JSON name or by that of the
//! contract. A field that is there twice is an error, and so are two members of a oneof.

use super::lexer::{Kind, Lexer};
use crate::contract::{MessageId, Scalar, Shape, Type, WellKnown};
use crate::dynamic::codec::Codec;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::seen::{Seen, another_member, twice};
use crate::dynamic::table::{Slot, Table};
use crate::dynamic::{DEPTH, Map, Message, Value};
use crate::wire::TOO_DEEP;

/// Reads a document; required fields may be missing.
pub(in crate::dynamic) fn read<'a>(
    codec: &Codec<'_>,
    ty: MessageId,
    text: &'a str,
) -> Result<Message<'a>, Error> {
    let mut reader = Reader {
        codec,
        lexer: Lexer::new(text),
    };
    let message = reader.message(ty, DEPTH)?;
    reader.lexer.end()?;
    Ok(message)
}

/// Reads one document.
pub(super) struct Reader<'a, 'k, 'c> {
    pub(super) codec: &'k Codec<'c>,
    pub(super) lexer: Lexer<'a>,
}

impl<'a> Reader<'a, '_, '_> {
    /// Reads a message in the form that its type has. `depth` is how many more messages may be nested.
    pub(super) fn message(&mut self, ty: MessageId, depth: usize) -> Result<Message<'a>, Error> {
        let message = self.codec.contract().message(ty);
        match message.own_json() {
            None => self.object(ty, None, depth),
            Some(well_known) => {
                let offset = self.lexer.offset();
                self.well_known(ty, well_known, depth)
                    .map_err(|error| error.at(offset))
            }
        }
    }

    /// Reads an object, but for the member `skip`.
    pub(super) fn object(
        &mut self,
        ty: MessageId,
        skip: Option<&str>,
        depth: usize,
    ) -> Result<Message<'a>, Error> {
        let codec = self.codec;
        let table = codec.table(ty);
        let mut message = Message::new(ty);
        let mut seen = Seen::default();
        let mut likely = 0;
        self.open(Kind::Object, "an object")?;
        let mut first = true;
        while let Some((offset, key)) = self.lexer.key(std::mem::take(&mut first))? {
            if skip == Some(&key) {
                self.lexer.skip(depth)?;
                continue;
            }
            let Some(index) = table.by_name(&key, likely) else {
                if !codec.settings.ignore_unknown {
                    return Err(no_member(table, &key).at(offset));
                }
                self.lexer.skip(depth)?;
                continue;
            };
            likely = index + 1;
            let slot = &table.slots[index];
            if !seen.insert(index) {
                return Err(twice().at(offset).within(Step::Field(slot.name())));
            }
            self.member(table, slot, &mut message, offset, depth)
                .within(|| Step::Field(slot.name()))?;
        }
        Ok(message)
    }

    /// Reads `{` or `[`, which is called so.
    pub(super) fn open(&mut self, kind: Kind, name: &str) -> Result<(), Error> {
        if self.lexer.peek()? != kind {
            let offset = self.lexer.offset();
            return Err(Error::new(format!("{name} is expected")).at(offset));
        }
        self.lexer.open()
    }

    fn member(
        &mut self,
        table: &Table<'_>,
        slot: &Slot<'_>,
        message: &mut Message<'a>,
        offset: usize,
        depth: usize,
    ) -> Result<(), Error> {
        let is_null = self.lexer.peek()? == Kind::Null;
        let value = match slot.field.shape {
            Shape::Singular { ty, .. } if is_null && !self.takes_null(ty) => None,
            Shape::Repeated { .. } | Shape::Map { .. } if is_null => None,
            Shape::Singular { ty, .. } => self.value(ty, depth)?.map(Some),
            Shape::Repeated { ty, .. } => Some(Some(self.list(ty, depth)?)),
            Shape::Map { key, value } => Some(Some(self.map(key, value, depth)?)),
        };
        match value {
            None if is_null => self.lexer.null(),
            // The name of an enum's value that is passed over.
            None | Some(None) => Ok(()),
            Some(Some(value)) => {
                if slot.has_oneof(table, message) {
                    return Err(another_member().at(offset));
                }
                slot.put(table, message, value);
                Ok(())
            }
        }
    }

    /// Whether `null` is a value of this type, not its absence.
    fn takes_null(&self, ty: Type) -> bool {
        let contract = self.codec.contract();
        match ty {
            Type::Scalar(_) => false,
            Type::Enum(id) => contract.enumeration(id).is_null_value(),
            Type::Message(id) => contract.message(id).well_known == Some(WellKnown::Value),
        }
    }

    /// Reads a value; `None` for a name that an enum does not have and that is passed over.
    fn value(&mut self, ty: Type, depth: usize) -> Result<Option<Value<'a>>, Error> {
        let offset = self.lexer.offset();
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar).map(Some),
            Type::Enum(id) => self.enumeration(id),
            Type::Message(id) => {
                let depth = depth
                    .checked_sub(1)
                    .ok_or_else(|| Error::new(TOO_DEEP).at(offset))?;
                self.message(id, depth).map(|it| Some(Value::from(it)))
            }
        }
        .map_err(|error| error.at(offset))
    }

    pub(super) fn list(&mut self, ty: Type, depth: usize) -> Result<Value<'a>, Error> {
        self.open(Kind::Array, "an array")?;
        let mut list = Vec::new();
        let mut first = true;
        let mut index = 0;
        while self.lexer.more(std::mem::take(&mut first), b']')? {
            self.not_null(ty)
                .and_then(|()| self.value(ty, depth))
                .map(|value| list.extend(value))
                .within(|| Step::Index(index))?;
            index += 1;
        }
        Ok(Value::List(list))
    }

    pub(super) fn map(
        &mut self,
        key_type: Scalar,
        ty: Type,
        depth: usize,
    ) -> Result<Value<'a>, Error> {
        self.open(Kind::Object, "an object")?;
        let mut map = Map::new();
        let mut first = true;
        while let Some((offset, name)) = self.lexer.key(std::mem::take(&mut first))? {
            let key = super::scalar::key(key_type, name).map_err(|error| error.at(offset))?;
            let value = self
                .not_null(ty)
                .and_then(|()| self.value(ty, depth))
                .within(|| Step::Key(key.to_string()))?;
            if let Some(value) = value {
                let step = Step::Key(key.to_string());
                if map.insert(key, value).is_some() {
                    return Err(twice().at(offset).within(step));
                }
            }
        }
        Ok(Value::Map(map))
    }

    /// Only a field can be `null`, unless that is a value.
    fn not_null(&mut self, ty: Type) -> Result<(), Error> {
        if self.lexer.peek()? == Kind::Null && !self.takes_null(ty) {
            let offset = self.lexer.offset();
            return Err(Error::new("`null` is no value here").at(offset));
        }
        Ok(())
    }
}

fn no_member(table: &Table<'_>, name: &str) -> Error {
    let message = &table.message.full_name;
    Error::new(format!("`{message}` has no field `{name}`"))
}
