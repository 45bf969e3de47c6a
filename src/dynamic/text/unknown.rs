//! Unknown fields in the text format, for people to look at: the wire does not say what they mean, so what is written
//! here cannot be read back.

use super::strings::put_bytes;
use super::write::Writer;
use crate::dynamic::error::Error;
use crate::dynamic::json::number::push;
use crate::wire::{Reader, TOO_DEEP, Value};

/// What has a length is a message only so many messages deep; by then it has long been something else.
const DEPTH: usize = 10;

impl Writer<'_, '_, '_> {
    /// Appends unknown fields under their numbers.
    pub(super) fn unknown(&mut self, fields: &[u8]) -> Result<(), Error> {
        match fields_of(Reader::new(fields)) {
            Some(fields) => self.numbered(&fields, DEPTH),
            None => Err(Error::new("the unknown fields are no whole fields")),
        }
    }

    fn numbered(&mut self, fields: &[(u32, Value<'_>)], depth: usize) -> Result<(), Error> {
        for (number, value) in fields {
            let name = number.to_string();
            match value {
                Value::Varint(value) => self.line(&name, |out| push(out, format_args!("{value}"))),
                Value::Fixed64(value) => {
                    self.line(&name, |out| push(out, format_args!("0x{value:016x}")));
                }
                Value::Fixed32(value) => {
                    self.line(&name, |out| push(out, format_args!("0x{value:08x}")));
                }
                Value::Group(inner) => {
                    let fields = fields_of(*inner).unwrap_or_default();
                    if self.is_full() {
                        return Err(Error::new(TOO_DEEP));
                    }
                    self.message(&name, |writer| writer.numbered(&fields, depth))?;
                }
                Value::Bytes(bytes) => {
                    let is_message = depth > 0 && !bytes.is_empty();
                    match fields_of(*bytes).filter(|_| is_message) {
                        Some(fields) => {
                            let depth = depth.saturating_sub(1);
                            self.message(&name, |writer| writer.numbered(&fields, depth))?;
                        }
                        None => self.line(&name, |out| put_bytes(out, bytes.rest())),
                    }
                }
            }
        }
        Ok(())
    }
}

/// The fields that bytes hold; `None` if they are none up to the end.
fn fields_of(mut reader: Reader<'_>) -> Option<Vec<(u32, Value<'_>)>> {
    let mut fields = Vec::new();
    while let Some(field) = reader.next().ok()? {
        fields.push(field);
    }
    Some(fields)
}
