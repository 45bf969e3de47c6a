//! Messages from the text format (text format specification, "Syntax Elements"): fields in any order, a singular one
//! once, at most one of a oneof.

use std::borrow::Cow;

use super::lexer::{Bracketed, Lexer, Token};
use crate::contract::{MessageId, Scalar, Shape, Type, WellKnown};
use crate::dynamic::codec::Codec;
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::seen::{Seen, another_member, twice};
use crate::dynamic::slot::misfit;
use crate::dynamic::table::{Slot, Table};
use crate::dynamic::{DEPTH, Key, Map, Message, Value};
use crate::wire::TOO_DEEP;

/// Reads a whole text; required fields may be missing.
pub(in crate::dynamic) fn read<'a>(
    codec: &Codec<'_>,
    ty: MessageId,
    text: &'a str,
) -> Result<Message<'a>, Error> {
    let mut reader = Reader {
        codec,
        lexer: Lexer::new(text),
    };
    reader
        .fields(ty, None, DEPTH)
        .map_err(|error| error.in_text(text))
}

/// Reads one text.
pub(super) struct Reader<'a, 'k, 'c> {
    pub(super) codec: &'k Codec<'c>,
    pub(super) lexer: Lexer<'a>,
}

/// The field numbers of an Any.
const TYPE_URL: i32 = 1;
const ANY_VALUE: i32 = 2;

/// A message that is being read.
struct Open<'a, 't, 'c> {
    table: &'t Table<'c>,
    message: Message<'a>,
    /// Its singular fields that were read.
    seen: Seen,
    /// How many more messages may be nested.
    depth: usize,
}

impl<'a, 'k, 'c> Reader<'a, 'k, 'c> {
    /// Reads a message in its brackets. `depth` is how many more may be nested around it.
    fn message(&mut self, ty: MessageId, depth: usize) -> Result<Message<'a>, Error> {
        let (end, depth) = self.open(depth)?;
        self.fields(ty, Some(end), depth)
    }

    /// Reads the bracket before a message; gives the one after it, and how many more messages may be nested in it.
    pub(super) fn open(&mut self, depth: usize) -> Result<(char, usize), Error> {
        let offset = self.lexer.offset();
        let end = self.bracket()?;
        let depth = depth.checked_sub(1);
        Ok((end, depth.ok_or_else(|| Error::new(TOO_DEEP).at(offset))?))
    }

    /// Reads the bracket before fields; gives the one after them.
    fn bracket(&mut self) -> Result<char, Error> {
        let end = match self.lexer.peek()? {
            Token::Sign('{') => '}',
            Token::Sign('<') => '>',
            Token::Name(_)
            | Token::Integer(_)
            | Token::Float(_)
            | Token::Text(_)
            | Token::Sign(_)
            | Token::End => return Err(self.lexer.unexpected("`{`")),
        };
        self.lexer.pass();
        Ok(end)
    }

    /// Whether there is another field; false, and past the end, if there is none.
    pub(super) fn more(&mut self, end: Option<char>) -> Result<bool, Error> {
        match (self.lexer.peek()?, end) {
            (Token::End, None) => Ok(false),
            (Token::End, Some(_)) => Err(self.lexer.unexpected("the rest of a message")),
            (Token::Sign(sign), Some(end)) if sign == end => {
                self.lexer.pass();
                Ok(false)
            }
            (_, _) => Ok(true),
        }
    }

    /// Reads what may stand between fields.
    pub(super) fn separator(&mut self) -> Result<(), Error> {
        if !self.lexer.takes(',')? {
            self.lexer.takes(';')?;
        }
        Ok(())
    }

    /// Reads fields up to the bracket `end`, or up to the end of the text.
    fn fields(
        &mut self,
        ty: MessageId,
        end: Option<char>,
        depth: usize,
    ) -> Result<Message<'a>, Error> {
        let mut open = Open {
            table: self.codec.table(ty),
            message: Message::new(ty),
            seen: Seen::default(),
            depth,
        };
        while self.more(end)? {
            self.named(&mut open)?;
            self.separator()?;
        }
        Ok(open.message)
    }

    /// Reads a field with its name.
    fn named(&mut self, open: &mut Open<'a, 'k, 'c>) -> Result<(), Error> {
        let offset = self.lexer.offset();
        let names = open.table.text_names(self.codec.contract());
        let (index, name) = match self.lexer.peek()? {
            Token::Name(name) => {
                self.lexer.pass();
                (names.fields.get(name), Cow::Borrowed(name))
            }
            Token::Sign('[') => match self.lexer.bracketed()? {
                Bracketed::Url(url) => return self.any(open, url, offset),
                Bracketed::Extension(name) => {
                    let index = names.extensions.get(name.as_str());
                    (index, Cow::Owned(format!("[{name}]")))
                }
            },
            Token::Integer(_) | Token::Float(_) | Token::Text(_) | Token::Sign(_) | Token::End => {
                return Err(self.lexer.unexpected("the name of a field"));
            }
        };
        let Some(&index) = index else {
            let message = open.table.message;
            let reserved = message.reserved.names.iter().any(|it| *it == name);
            return match reserved || self.codec.settings.ignore_unknown {
                true => self.skip(open.depth),
                false => {
                    let problem = format!("`{}` has no field `{name}`", message.full_name);
                    Err(Error::new(problem).at(offset))
                }
            };
        };
        let slot = &open.table.slots[index];
        self.field(open, index, offset)
            .within(|| Step::Field(slot.name()))
    }

    /// Reads what follows the name of a field, which stands at `offset`.
    fn field(
        &mut self,
        open: &mut Open<'a, 'k, 'c>,
        index: usize,
        offset: usize,
    ) -> Result<(), Error> {
        let (table, depth) = (open.table, open.depth);
        let slot = &table.slots[index];
        let is_message = match slot.field.shape {
            Shape::Singular { ty, .. } | Shape::Repeated { ty, .. } => {
                matches!(ty, Type::Message(_))
            }
            Shape::Map { .. } => true,
        };
        if !self.lexer.takes(':')? && !is_message {
            return Err(self.lexer.unexpected("`:`"));
        }
        let number = slot.field.number;
        match slot.field.shape {
            Shape::Singular { ty, .. } => {
                if !open.seen.insert(index) {
                    return Err(twice().at(offset));
                }
                if slot.has_oneof(table, &open.message) {
                    return Err(another_member().at(offset));
                }
                let value = self.value(slot, ty, depth)?;
                slot.put(table, &mut open.message, value);
                Ok(())
            }
            Shape::Repeated { ty, .. } => self.list(|reader| {
                let list = open
                    .message
                    .get_or_insert_with(number, || Value::List(Vec::new()));
                let Value::List(list) = list else {
                    return Err(misfit());
                };
                let index = list.len();
                let value = reader.value(slot, ty, depth);
                list.push(value.within(|| Step::Index(index))?);
                Ok(())
            }),
            Shape::Map { key, value } => self.list(|reader| {
                let (key, value) = reader.entry(slot, (key, value), depth)?;
                let map = open
                    .message
                    .get_or_insert_with(number, || Value::Map(Map::new()));
                // Of a key that is there twice, the last one wins.
                if let Value::Map(map) = map {
                    map.insert(key, value);
                }
                Ok(())
            }),
        }
    }

    /// Reads one element, or several in square brackets.
    fn list(
        &mut self,
        mut element: impl FnMut(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        if !self.lexer.takes('[')? {
            return element(self);
        }
        if self.lexer.takes(']')? {
            return Ok(());
        }
        loop {
            element(self)?;
            if self.lexer.takes(']')? {
                return Ok(());
            }
            if !self.lexer.takes(',')? {
                return Err(self.lexer.unexpected("`,` or `]`"));
            }
        }
    }

    fn value(&mut self, slot: &Slot<'_>, ty: Type, depth: usize) -> Result<Value<'a>, Error> {
        match ty {
            Type::Scalar(scalar) => self.scalar(scalar, slot.field.verify_utf8),
            Type::Enum(id) => self.enumeration(id),
            Type::Message(id) => self.message(id, depth).map(Value::from),
        }
    }

    /// Reads an entry of a map: a message of the fields `key` and `value`, either of which may be missing.
    fn entry(
        &mut self,
        slot: &Slot<'_>,
        (key_type, value_type): (Scalar, Type),
        depth: usize,
    ) -> Result<(Key<'a>, Value<'a>), Error> {
        let start = self.lexer.offset();
        // An entry is no level of its own, as on the wire.
        let end = self.bracket()?;
        let (mut key, mut value) = (None, None);
        while self.more(Some(end))? {
            let offset = self.lexer.offset();
            let Token::Name(name @ ("key" | "value")) = self.lexer.peek()? else {
                return Err(self.lexer.unexpected("`key` or `value`"));
            };
            self.lexer.pass();
            let (part, ty) = match name {
                "key" => (&mut key, Type::Scalar(key_type)),
                _ => (&mut value, value_type),
            };
            if part.is_some() {
                return Err(twice().at(offset).within(Step::Field(name.into())));
            }
            if !self.lexer.takes(':')? && !matches!(ty, Type::Message(_)) {
                return Err(self.lexer.unexpected("`:`"));
            }
            let read = self.value(slot, ty, depth);
            *part = Some(read.within(|| Step::Field(name.into()))?);
            self.separator()?;
        }
        let key = key.unwrap_or_else(|| Value::zero(key_type)).into_key();
        let key = key.ok_or_else(|| Error::new("a map has keys that cannot be one").at(start))?;
        Ok((key, value.unwrap_or_else(|| self.codec.zero(value_type))))
    }

    /// Reads the message of an Any, whose URL stands at `offset` in place of a field's name.
    fn any(
        &mut self,
        open: &mut Open<'a, 'k, 'c>,
        url: String,
        offset: usize,
    ) -> Result<(), Error> {
        let codec = self.codec;
        if open.table.message.well_known != Some(WellKnown::Any) {
            let problem = "only an Any has a type's URL in place of a field's name";
            return Err(Error::new(problem).at(offset));
        }
        let ty = codec.type_of_url(&url).map_err(|error| error.at(offset))?;
        for number in [TYPE_URL, ANY_VALUE] {
            let index = open.table.by_number(number);
            if index.is_some_and(|index| !open.seen.insert(index)) {
                return Err(twice().at(offset));
            }
        }
        self.lexer.takes(':')?;
        let content = self.message(ty, open.depth);
        let content = content.and_then(|it| codec.write(&it).map_err(|error| error.at(offset)));
        let bytes = content.within(|| Step::Field(format!("[{url}]")))?;
        codec.set(&mut open.message, TYPE_URL, Value::from(url))?;
        codec.set(&mut open.message, ANY_VALUE, Value::Bytes(bytes.into()))
    }
}
