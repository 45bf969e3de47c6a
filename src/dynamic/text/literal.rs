//! Values of the text format that are no messages (text format specification, "Value Types").

use std::borrow::Cow;

use super::lexer::Token;
use super::read::Reader;
use super::strings::unescape;
use crate::contract::{EnumId, Primitive, Scalar};
use crate::dynamic::Value;
use crate::dynamic::error::Error;
use crate::dynamic::read::NOT_UTF8;

impl<'a> Reader<'a, '_, '_> {
    /// Reads a scalar; text must be UTF-8 if that is verified.
    pub(super) fn scalar(&mut self, scalar: Scalar, verify: bool) -> Result<Value<'a>, Error> {
        let offset = self.lexer.offset();
        match scalar.primitive() {
            Primitive::Bool => self.boolean(),
            Primitive::Bytes => self.text().map(Value::Bytes),
            Primitive::String => match (utf8(self.text()?), verify) {
                (Ok(text), _) => Ok(Value::String(text)),
                (Err(bytes), false) => Ok(Value::Bytes(bytes)),
                (Err(_), true) => Err(Error::new(NOT_UTF8).at(offset)),
            },
            Primitive::Float => self.float(scalar).map(Value::F32),
            Primitive::Double => self.float(scalar).map(Value::F64),
            Primitive::Int32 => self.integer(scalar).map(Value::I32),
            Primitive::Int64 => self.integer(scalar).map(Value::I64),
            Primitive::Uint32 => self.integer(scalar).map(Value::U32),
            Primitive::Uint64 => self.integer(scalar).map(Value::U64),
        }
    }

    /// Reads strings that stand one after another, which are one.
    pub(super) fn text(&mut self) -> Result<Cow<'a, [u8]>, Error> {
        let Token::Text(first) = self.lexer.peek()? else {
            return Err(self.lexer.unexpected("a string"));
        };
        let offset = self.lexer.offset();
        self.lexer.pass();
        let is_more = matches!(self.lexer.peek()?, Token::Text(_));
        if !is_more && !first.contains('\\') {
            return Ok(Cow::Borrowed(first.as_bytes()));
        }
        let mut out = Vec::new();
        unescape(first, offset + 1, &mut out)?;
        while let Token::Text(more) = self.lexer.peek()? {
            let offset = self.lexer.offset();
            unescape(more, offset + 1, &mut out)?;
            self.lexer.pass();
        }
        Ok(Cow::Owned(out))
    }

    fn boolean(&mut self) -> Result<Value<'a>, Error> {
        let value = match self.lexer.peek()? {
            Token::Name("true" | "True" | "t") => Some(true),
            Token::Name("false" | "False" | "f") => Some(false),
            Token::Integer(text) => match magnitude(text) {
                Some(0) => Some(false),
                Some(1) => Some(true),
                Some(_) | None => None,
            },
            Token::Name(_) | Token::Float(_) | Token::Text(_) | Token::Sign(_) | Token::End => None,
        };
        let value = value.ok_or_else(|| self.lexer.unexpected("`true` or `false`"))?;
        self.lexer.pass();
        Ok(Value::Bool(value))
    }

    /// Reads an integer that fits its type. Unsigned ones have no sign, not even before 0.
    fn integer<T: TryFrom<i128>>(&mut self, scalar: Scalar) -> Result<T, Error> {
        let offset = self.lexer.offset();
        let is_signed = matches!(scalar.primitive(), Primitive::Int32 | Primitive::Int64);
        let negative = is_signed && self.lexer.takes('-')?;
        let Token::Integer(text) = self.lexer.peek()? else {
            let expected = format!("a number of type `{}`", scalar.name());
            return Err(self.lexer.unexpected(&expected));
        };
        self.lexer.pass();
        let value = magnitude(text).map(i128::from);
        let value = value.map(|value| if negative { -value } else { value });
        let fitting = value.and_then(|value| T::try_from(value).ok());
        fitting.ok_or_else(|| no_number(scalar, text, negative).at(offset))
    }

    /// Reads a float or double at its own width. Too large ones are infinite; octal and hexadecimal ones are none.
    fn float<T: std::str::FromStr>(&mut self, scalar: Scalar) -> Result<T, Error> {
        let offset = self.lexer.offset();
        let negative = self.lexer.takes('-')?;
        let token = self.lexer.peek()?;
        let is_decimal = |text: &str| text.len() == 1 || !text.starts_with('0');
        let text = match token {
            Token::Integer(text) if !is_decimal(text) => {
                return Err(no_number(scalar, text, negative).at(offset));
            }
            Token::Float(text) | Token::Integer(text) => Some(text),
            Token::Name(name) => {
                let lower = name.to_ascii_lowercase();
                match lower.as_str() {
                    "inf" | "infinity" => Some("inf"),
                    "nan" => Some("nan"),
                    _ => None,
                }
            }
            Token::Text(_) | Token::Sign(_) | Token::End => None,
        };
        let Some(text) = text else {
            let expected = format!("a number of type `{}`", scalar.name());
            return Err(self.lexer.unexpected(&expected));
        };
        self.lexer.pass();
        // A NaN has no sign that would say anything.
        let sign = if negative && text != "nan" { "-" } else { "" };
        let parsed = [sign, text].concat().parse();
        parsed.map_err(|_| no_number(scalar, text, negative).at(offset))
    }

    /// Reads a value of an enum: a name, or a number, which a closed enum must have.
    pub(super) fn enumeration(&mut self, id: EnumId) -> Result<Value<'a>, Error> {
        let (enumeration, table) = self.codec.enum_table(id);
        let offset = self.lexer.offset();
        let name = &enumeration.full_name;
        match self.lexer.peek()? {
            Token::Name(text) => {
                let number = table.number(text);
                let number = number.ok_or_else(|| {
                    Error::new(format!("`{name}` has no value `{text}`")).at(offset)
                })?;
                self.lexer.pass();
                Ok(Value::Enum(number))
            }
            Token::Integer(_) | Token::Sign('-') => {
                let number = self.integer(Scalar::Int32)?;
                match enumeration.closed && table.name(number).is_none() {
                    false => Ok(Value::Enum(number)),
                    true => {
                        let problem = format!("`{name}` has no value of number {number}");
                        Err(Error::new(problem).at(offset))
                    }
                }
            }
            Token::Float(_) | Token::Text(_) | Token::Sign(_) | Token::End => Err(self
                .lexer
                .unexpected(&format!("the name of a value of `{name}`"))),
        }
    }
}

/// Bytes as text; the same bytes if they are none.
fn utf8(bytes: Cow<'_, [u8]>) -> Result<Cow<'_, str>, Cow<'_, [u8]>> {
    match bytes {
        Cow::Borrowed(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(Cow::Borrowed(bytes)),
        },
        Cow::Owned(bytes) => match String::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Owned(text)),
            Err(error) => Err(Cow::Owned(error.into_bytes())),
        },
    }
}

/// The value of an integer without sign; `None` if it is beyond 64 bits.
fn magnitude(text: &str) -> Option<u64> {
    match text.strip_prefix(['0']) {
        None | Some("") => text.parse().ok(),
        Some(octal) => match octal.strip_prefix(['x', 'X']) {
            Some(digits) => u64::from_str_radix(digits, 16).ok(),
            None => u64::from_str_radix(octal, 8).ok(),
        },
    }
}

fn no_number(scalar: Scalar, text: &str, negative: bool) -> Error {
    let sign = if negative { "-" } else { "" };
    // A hostile number may be long.
    let shown: String = text.chars().take(40).collect();
    let ty = scalar.name();
    Error::new(format!("`{sign}{shown}` is no number of type `{ty}`"))
}
