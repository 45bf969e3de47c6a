//! Well-known types from JSON, each of which has a form of its own.

use std::borrow::Cow;

use super::lexer::Kind;
use super::read::Reader;
use super::{text, time};
use crate::contract::{MessageId, Scalar, Shape, Type, WellKnown};
use crate::dynamic::error::{Error, Step, Within as _};
use crate::dynamic::{Message, Value};
use crate::wire::TOO_DEEP;

/// Field numbers of the well-known types.
pub(super) mod number {
    /// `Any.type_url`.
    pub(crate) const TYPE_URL: i32 = 1;
    /// `Any.value`.
    pub(crate) const ANY_VALUE: i32 = 2;
    /// `seconds` of `Timestamp` and `Duration`.
    pub(crate) const SECONDS: i32 = 1;
    /// `nanos` of `Timestamp` and `Duration`.
    pub(crate) const NANOS: i32 = 2;
    /// `FieldMask.paths`.
    pub(crate) const PATHS: i32 = 1;
    /// `value` of the wrappers, `Struct.fields`, `ListValue.values`.
    pub(crate) const ONLY: i32 = 1;
    /// `Value.null_value`.
    pub(crate) const NULL: i32 = 1;
    /// `Value.number_value`.
    pub(crate) const NUMBER: i32 = 2;
    /// `Value.string_value`.
    pub(crate) const STRING: i32 = 3;
    /// `Value.bool_value`.
    pub(crate) const BOOL: i32 = 4;
    /// `Value.struct_value`.
    pub(crate) const STRUCT: i32 = 5;
    /// `Value.list_value`.
    pub(crate) const LIST: i32 = 6;
}

/// The member of an Any that names its type.
pub(super) const TYPE: &str = "@type";
/// The member of an Any that holds a message with a form of its own.
pub(super) const VALUE: &str = "value";

impl<'a> Reader<'a, '_, '_> {
    pub(super) fn well_known(
        &mut self,
        ty: MessageId,
        well_known: WellKnown,
        depth: usize,
    ) -> Result<Message<'a>, Error> {
        let mut message = Message::new(ty);
        match well_known {
            WellKnown::Any => return self.any(ty, depth),
            WellKnown::Empty => return self.object(ty, None, depth),
            WellKnown::Timestamp => {
                let text = self.text("a timestamp is expected")?;
                let parts = time::timestamp(&text);
                self.put_time(&mut message, parts.ok_or_else(|| no("timestamp", &text))?)?;
            }
            WellKnown::Duration => {
                let text = self.text("a duration is expected")?;
                let parts = time::duration(&text);
                self.put_time(&mut message, parts.ok_or_else(|| no("duration", &text))?)?;
            }
            WellKnown::FieldMask => {
                let text = self.text("a field mask is expected")?;
                let paths = text.split(',').filter(|_| !text.is_empty()).map(|path| {
                    let path = text::snake(path).ok_or_else(|| no("path of a field mask", path));
                    path.map(Value::from)
                });
                let paths = paths.collect::<Result<Vec<_>, _>>()?;
                self.codec
                    .set(&mut message, number::PATHS, Value::List(paths))?;
            }
            WellKnown::Wrapper(scalar) => {
                let value = self.scalar(scalar)?;
                self.codec.set(&mut message, number::ONLY, value)?;
            }
            WellKnown::Struct => match self.shape(ty, number::ONLY)? {
                Shape::Map { key, value } => {
                    let map = self.map(key, value, depth)?;
                    self.codec.set(&mut message, number::ONLY, map)?;
                }
                Shape::Singular { .. } | Shape::Repeated { .. } => return Err(other_type()),
            },
            WellKnown::ListValue => {
                let ty = self.shape(ty, number::ONLY)?.value_type();
                let list = self.list(ty, depth)?;
                self.codec.set(&mut message, number::ONLY, list)?;
            }
            WellKnown::Value => self.any_json(&mut message, depth)?,
        }
        Ok(message)
    }

    fn shape(&self, ty: MessageId, number: i32) -> Result<Shape, Error> {
        let field = self.codec.field(ty, number);
        field.map(|field| field.shape).ok_or_else(other_type)
    }

    fn put_time(
        &self,
        message: &mut Message<'a>,
        (seconds, nanos): (i64, i32),
    ) -> Result<(), Error> {
        let codec = self.codec;
        codec.set(message, number::SECONDS, Value::I64(seconds))?;
        codec.set(message, number::NANOS, Value::I32(nanos))
    }

    /// Reads a `Value`: any JSON.
    fn any_json(&mut self, message: &mut Message<'a>, depth: usize) -> Result<(), Error> {
        let (number, value) = match self.lexer.peek()? {
            Kind::Null => {
                self.lexer.null()?;
                (number::NULL, Value::Enum(0))
            }
            Kind::Bool => (number::BOOL, Value::Bool(self.lexer.bool()?)),
            Kind::Number => (number::NUMBER, self.scalar(Scalar::Double)?),
            Kind::String => (number::STRING, Value::String(self.lexer.string()?)),
            Kind::Array => (number::LIST, self.part(message.ty(), number::LIST, depth)?),
            Kind::Object => {
                let part = self.part(message.ty(), number::STRUCT, depth)?;
                (number::STRUCT, part)
            }
        };
        self.codec.set(message, number, value)
    }

    fn part(&mut self, ty: MessageId, number: i32, depth: usize) -> Result<Value<'a>, Error> {
        let depth = depth.checked_sub(1).ok_or_else(|| Error::new(TOO_DEEP))?;
        match self.shape(ty, number)?.value_type() {
            Type::Message(inner) => self.message(inner, depth).map(Value::from),
            Type::Scalar(_) | Type::Enum(_) => Err(other_type()),
        }
    }

    /// Reads an Any: the members of a message, and `@type`, wherever it stands.
    fn any(&mut self, ty: MessageId, depth: usize) -> Result<Message<'a>, Error> {
        let mut message = Message::new(ty);
        let start = self.lexer.clone();
        let (url, is_empty) = self.type_of(depth)?;
        let Some((offset, url)) = url else {
            return match is_empty {
                true => Ok(message),
                false => Err(Error::new("an Any has no `@type`")),
            };
        };
        let inner = self
            .codec
            .type_of_url(&url)
            .map_err(|error| error.at(offset))?;
        let depth = depth.checked_sub(1).ok_or_else(|| Error::new(TOO_DEEP))?;
        self.lexer = start;
        let name = &self.codec.contract().message(inner).full_name;
        let content = match self.codec.contract().message(inner).has_plain_json() {
            true => self.object(inner, Some(TYPE), depth),
            false => self.wrapped(inner, depth),
        };
        let content = content.within(|| Step::Field(format!("({name})")))?;
        let bytes = self.codec.write(&content)?;
        self.codec
            .set(&mut message, number::TYPE_URL, Value::String(url))?;
        self.codec
            .set(&mut message, number::ANY_VALUE, Value::Bytes(bytes.into()))?;
        Ok(message)
    }

    /// Reads past an object; gives its `@type`, with its offset, and whether it has no members.
    #[expect(clippy::type_complexity, reason = "the parts are named by the caller")]
    fn type_of(&mut self, depth: usize) -> Result<(Option<(usize, Cow<'a, str>)>, bool), Error> {
        self.open(Kind::Object, "an object")?;
        let mut url = None;
        let mut first = true;
        let mut is_empty = true;
        while let Some((offset, key)) = self.lexer.key(std::mem::take(&mut first))? {
            is_empty = false;
            if key != TYPE {
                // It is read later; a message has two brackets at most, its own and those of a list or a map around it.
                self.lexer.skip(2 * depth)?;
            } else if url.is_some() {
                return Err(Error::new("`@type` is there twice").at(offset));
            } else {
                let offset = self.lexer.offset();
                let text = self.text("a type is expected");
                url = Some((offset, text.map_err(|error| error.at(offset))?));
            }
        }
        Ok((url, is_empty))
    }

    /// Reads the members `@type` and `value`.
    fn wrapped(&mut self, inner: MessageId, depth: usize) -> Result<Message<'a>, Error> {
        self.open(Kind::Object, "an object")?;
        let mut content = None;
        let mut first = true;
        while let Some((offset, key)) = self.lexer.key(std::mem::take(&mut first))? {
            if key == VALUE && content.is_none() {
                content = Some(self.message(inner, depth)?);
            } else if key == TYPE || (key != VALUE && self.codec.settings.ignore_unknown) {
                self.lexer.skip(depth)?;
            } else {
                return Err(Error::new("only `@type` and `value` are expected").at(offset));
            }
        }
        content.ok_or_else(|| Error::new("`value` is missing"))
    }
}

fn no(thing: &str, text: &str) -> Error {
    let shown: String = text.chars().take(40).collect();
    Error::new(format!("`{shown}` is no {thing}"))
}

/// A contract may define these types anew, and otherwise.
pub(super) fn other_type() -> Error {
    Error::new("the contract's type is not the well-known one")
}
