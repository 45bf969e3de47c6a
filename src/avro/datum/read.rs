//! Reads data along a resolution. Whatever the bytes are, it ends with a value or an error: lengths are checked against
//! what is left, and lists of things that take no bytes are bounded.

use std::borrow::Cow;

use super::Value;
use super::resolve::{FieldRead, Read, RecordRead, Resolution};
use crate::avro::schema::{Body, Kind, Node, Primitive};
use crate::dynamic::{self, Error, Step, Within};
use crate::wire::Reader;

/// How deep records may be nested. A message can be two records: of a map's entry or a oneof's member, and its own.
pub(super) const MAX_DEPTH: usize = 2 * dynamic::DEPTH + 50;

/// How many items a list may have that take no bytes, such as nulls: more would cost memory that the input does not.
const MAX_EMPTY_ITEMS: usize = 100_000;

impl Resolution {
    /// Reads one value from the front of some bytes; gives it and how many bytes it took.
    ///
    /// # Errors
    /// With offset and path, if the bytes are no data of the writer's schema, or are data that the reader cannot read.
    pub fn read<'a>(&self, bytes: &'a [u8]) -> Result<(Value<'a>, usize), Error> {
        let mut input = Reader::new(bytes);
        let reading = Reading {
            of: self,
            passes_over: None,
        };
        let value = reading.value(&self.root, &mut input, MAX_DEPTH)?;
        Ok((value, input.offset()))
    }
}

/// One reading along a resolution.
pub(super) struct Reading<'r> {
    pub(super) of: &'r Resolution,
    /// Problems that are no errors: the field that has one is passed over.
    pub(super) passes_over: Option<&'r dyn Fn(usize) -> bool>,
}

impl Reading<'_> {
    /// `depth` is how many more records may be nested.
    pub(super) fn value<'a>(
        &self,
        read: &Read,
        input: &mut Reader<'a>,
        depth: usize,
    ) -> Result<Value<'a>, Error> {
        match read {
            Read::Primitive(primitive) => primitive_value(*primitive, input),
            Read::Promote(from, to) => {
                let offset = input.offset();
                promoted(primitive_value(*from, input)?, *to)
                    .ok_or_else(|| Error::new("the bytes are no UTF-8").at(offset))
            }
            Read::Array(items) => {
                let mut list = Vec::new();
                items_of(input, &mut |input, index| {
                    let item = self.value(items, input, depth);
                    list.push(item.within(|| Step::Index(index))?);
                    Ok(())
                })?;
                Ok(Value::Array(list))
            }
            Read::Map(values) => {
                let mut map = Vec::new();
                items_of(input, &mut |input, _| {
                    let key = string(input)?;
                    let value = self.value(values, input, depth);
                    let value = value.within(|| Step::Key(format!("{key:?}")))?;
                    map.push((key, value));
                    Ok(())
                })?;
                Ok(Value::Map(map))
            }
            Read::Record(index) => self.record(&self.of.records[*index], input, depth),
            Read::Enum(indices) => {
                let offset = input.offset();
                match indices.get(index(input)?) {
                    Some(Ok(index)) => Ok(Value::Enum(*index)),
                    Some(Err(problem)) => Err(self.failure(*problem).at(offset)),
                    None => Err(Error::new("an enum has no symbol of this index").at(offset)),
                }
            }
            Read::Fixed(size) => Ok(Value::Bytes(take(input, *size)?.into())),
            Read::Union(branches) => {
                let offset = input.offset();
                let branch = branches.get(index(input)?);
                let branch = branch
                    .ok_or_else(|| Error::new("a union has no branch of this index").at(offset))?;
                self.value(branch, input, depth)
            }
            Read::Branch(index, inner) => {
                let inner = self.value(inner, input, depth)?;
                Ok(Value::Union(*index, Box::new(inner)))
            }
            Read::Fail(problem) => Err(self.failure(*problem).at(input.offset())),
        }
    }

    fn record<'a>(
        &self,
        record: &RecordRead,
        input: &mut Reader<'a>,
        depth: usize,
    ) -> Result<Value<'a>, Error> {
        let depth = deeper(depth, input)?;
        let counts = |problem: &&usize| !self.passes_over.is_some_and(|it| it(**problem));
        if let Some(problem) = record.missing.iter().find(counts) {
            return Err(self.failure(*problem).at(input.offset()));
        }
        let mut values: Vec<Value<'a>> = record.empty.clone();
        for (place, field) in record.fields.iter().enumerate() {
            match field {
                FieldRead::Into(_, _, read) if self.passes_over.is_some_and(|it| read.has(it)) => {
                    if let Body::Record(fields) = &self.of.writer.get(record.of).body {
                        self.skip(&fields[place].node, input, depth)?;
                    }
                }
                FieldRead::Into(index, name, read) => {
                    let value = self.value(read, input, depth);
                    values[*index] = value.within(|| Step::Field(name.clone()))?;
                }
                FieldRead::Skip(node) => self.skip(node, input, depth)?,
            }
        }
        Ok(Value::Record(values))
    }

    /// Passes over a value that is not wanted.
    fn skip(&self, node: &Node, input: &mut Reader<'_>, depth: usize) -> Result<(), Error> {
        match &node.kind {
            Kind::Primitive(primitive) => primitive_value(*primitive, input).map(drop),
            Kind::Array(items) => items_of(input, &mut |input, _| self.skip(items, input, depth)),
            Kind::Map(values) => items_of(input, &mut |input, _| {
                string(input)?;
                self.skip(values, input, depth)
            }),
            Kind::Union(branches) => {
                let offset = input.offset();
                let branch = branches.get(index(input)?);
                let branch = branch
                    .ok_or_else(|| Error::new("a union has no branch of this index").at(offset))?;
                self.skip(branch, input, depth)
            }
            Kind::Named(id) => match &self.of.writer.get(*id).body {
                Body::Record(fields) => {
                    let depth = deeper(depth, input)?;
                    fields
                        .iter()
                        .try_for_each(|field| self.skip(&field.node, input, depth))
                }
                Body::Enum { .. } => index(input).map(drop),
                Body::Fixed(size) => take(input, *size).map(drop),
            },
        }
    }

    fn failure(&self, problem: usize) -> Error {
        let problem = self.of.problems().get(problem);
        Error::new(problem.map_or_else(String::new, |it| it.message.clone()))
    }
}

fn deeper(depth: usize, input: &Reader<'_>) -> Result<usize, Error> {
    depth
        .checked_sub(1)
        .ok_or_else(|| Error::new(crate::wire::TOO_DEEP).at(input.offset()))
}

/// The items of a list or map: blocks, each with its count before it; a negative one has a size behind it.
fn items_of<'a>(
    input: &mut Reader<'a>,
    item: &mut dyn FnMut(&mut Reader<'a>, usize) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut done = 0;
    let mut empty = 0;
    loop {
        let offset = input.offset();
        let count = long(input)?;
        if count == 0 {
            return Ok(());
        }
        if count < 0 {
            long(input)?;
        }
        for _ in 0..count.unsigned_abs() {
            let before = input.offset();
            item(input, done)?;
            done += 1;
            empty += usize::from(input.offset() == before);
            if empty > MAX_EMPTY_ITEMS {
                return Err(Error::new("a list has too many items that take no bytes").at(offset));
            }
        }
    }
}

fn primitive_value<'a>(primitive: Primitive, input: &mut Reader<'a>) -> Result<Value<'a>, Error> {
    Ok(match primitive {
        Primitive::Null => Value::Null,
        Primitive::Boolean => {
            let offset = input.offset();
            match input.array::<1>()? {
                [0] => Value::Boolean(false),
                [1] => Value::Boolean(true),
                [_] => return Err(Error::new("a boolean is neither 0 nor 1").at(offset)),
            }
        }
        Primitive::Int => {
            let offset = input.offset();
            let int = i32::try_from(long(input)?);
            Value::Int(int.map_err(|_| Error::new("an int has more than 32 bits").at(offset))?)
        }
        Primitive::Long => Value::Long(long(input)?),
        Primitive::Float => Value::Float(f32::from_le_bytes(input.array()?)),
        Primitive::Double => Value::Double(f64::from_le_bytes(input.array()?)),
        Primitive::Bytes => Value::Bytes(bytes(input)?.into()),
        Primitive::String => Value::String(string(input)?),
    })
}

/// A value as one of another primitive; `None` for bytes that are no text.
fn promoted(value: Value<'_>, to: Primitive) -> Option<Value<'_>> {
    Some(match (value, to) {
        (Value::Int(value), Primitive::Long) => Value::Long(value.into()),
        (Value::Int(value), Primitive::Float) => Value::Float(value as f32),
        (Value::Int(value), Primitive::Double) => Value::Double(value.into()),
        (Value::Long(value), Primitive::Float) => Value::Float(value as f32),
        (Value::Long(value), Primitive::Double) => Value::Double(value as f64),
        (Value::Float(value), Primitive::Double) => Value::Double(value.into()),
        (Value::String(Cow::Borrowed(text)), Primitive::Bytes) => {
            Value::Bytes(text.as_bytes().into())
        }
        (Value::Bytes(Cow::Borrowed(bytes)), Primitive::String) => {
            Value::String(std::str::from_utf8(bytes).ok()?.into())
        }
        (value, _) => value,
    })
}

/// A number of any length in zig-zag coding.
fn long(input: &mut Reader<'_>) -> Result<i64, Error> {
    let bits = input.varint()?;
    Ok((bits >> 1) as i64 ^ -((bits & 1) as i64))
}

/// The index of a symbol or branch; of a negative one there is none.
fn index(input: &mut Reader<'_>) -> Result<usize, Error> {
    Ok(usize::try_from(long(input)?).unwrap_or(usize::MAX))
}

fn bytes<'a>(input: &mut Reader<'a>) -> Result<&'a [u8], Error> {
    let offset = input.offset();
    let length =
        usize::try_from(long(input)?).map_err(|_| Error::new("a length is negative").at(offset))?;
    take(input, length)
}

fn string<'a>(input: &mut Reader<'a>) -> Result<Cow<'a, str>, Error> {
    let offset = input.offset();
    let text = std::str::from_utf8(bytes(input)?);
    text.map(Cow::Borrowed)
        .map_err(|_| Error::new("a string is not valid UTF-8").at(offset))
}

/// The next bytes.
fn take<'a>(input: &mut Reader<'a>, length: usize) -> Result<&'a [u8], Error> {
    Ok(input.take(length)?)
}
