//! A message: set fields in the order of their numbers, and what was not understood. Knows no contract: whether a value
//! fits its field is asked of the codec.

use super::Value;
use crate::contract::MessageId;

/// A message of a contract. Extensions are fields like others, by their number.
#[derive(Debug, Clone, PartialEq)]
pub struct Message<'a> {
    ty: MessageId,
    /// In the order of the numbers, each once.
    fields: Vec<(i32, Value<'a>)>,
    /// Whole fields (tag and value) as they came.
    unknown: Vec<u8>,
}

impl<'a> Message<'a> {
    /// An empty message of this type.
    #[must_use]
    pub fn new(ty: MessageId) -> Self {
        Self {
            ty,
            fields: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// Its type.
    #[must_use]
    pub fn ty(&self) -> MessageId {
        self.ty
    }

    /// Where the field of this number is, or would be.
    fn position(&self, number: i32) -> Result<usize, usize> {
        match self.fields.last() {
            // Payloads are mostly written in the order of the numbers.
            None => Err(0),
            Some((last, _)) if *last < number => Err(self.fields.len()),
            Some((last, _)) if *last == number => Ok(self.fields.len() - 1),
            Some(_) => self.fields.binary_search_by_key(&number, |field| field.0),
        }
    }

    /// The value of a field; `None` if it is not set.
    #[must_use]
    pub fn get(&self, number: i32) -> Option<&Value<'a>> {
        let at = self.position(number).ok()?;
        self.fields.get(at).map(|(_, value)| value)
    }

    /// The value of a field, to change it in place.
    pub fn get_mut(&mut self, number: i32) -> Option<&mut Value<'a>> {
        let at = self.position(number).ok()?;
        self.fields.get_mut(at).map(|(_, value)| value)
    }

    /// Whether a field is set.
    #[must_use]
    pub fn has(&self, number: i32) -> bool {
        self.position(number).is_ok()
    }

    /// Sets a field as it is: neither its type is checked nor is the rest of its oneof unset; [`super::Codec::set`]
    /// does both.
    pub fn set(&mut self, number: i32, value: Value<'a>) {
        match self.position(number) {
            Ok(at) => self.fields[at].1 = value,
            Err(at) => self.fields.insert(at, (number, value)),
        }
    }

    /// Unsets a field; returns what it held.
    pub fn remove(&mut self, number: i32) -> Option<Value<'a>> {
        let at = self.position(number).ok()?;
        Some(self.fields.remove(at).1)
    }

    /// The value of a field, set to this one first if it is not set.
    pub(super) fn get_or_insert_with(
        &mut self,
        number: i32,
        value: impl FnOnce() -> Value<'a>,
    ) -> &mut Value<'a> {
        let at = match self.position(number) {
            Ok(at) => at,
            Err(at) => {
                self.fields.insert(at, (number, value()));
                at
            }
        };
        &mut self.fields[at].1
    }

    /// The fields that are set, in the order of their numbers.
    pub fn fields(&self) -> impl ExactSizeIterator<Item = (i32, &Value<'a>)> {
        self.fields.iter().map(|(number, value)| (*number, value))
    }

    /// Unknown fields in the order in which they came: whole fields, tags included, on the wire format.
    #[must_use]
    pub fn unknown(&self) -> &[u8] {
        &self.unknown
    }

    /// The unknown fields, to add to them or drop them. Only whole fields may be left in there.
    pub fn unknown_mut(&mut self) -> &mut Vec<u8> {
        &mut self.unknown
    }

    /// Whether no field is set and none is unknown.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.unknown.is_empty()
    }

    /// The same message without borrows from the input.
    #[must_use]
    pub fn into_owned(self) -> Message<'static> {
        Message {
            ty: self.ty,
            fields: self
                .fields
                .into_iter()
                .map(|(number, value)| (number, value.into_owned()))
                .collect(),
            unknown: self.unknown,
        }
    }
}
