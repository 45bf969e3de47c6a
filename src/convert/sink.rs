//! The records of an output. A record is written when it is whole, so a failure leaves no part of one.

use std::io::Write;

use super::{Failure, Format};
use crate::dynamic::{Codec, Error, Message};

/// The problem of a second message where there can be only one.
pub const ONLY_ONE: &str = "without lengths, the wire format holds one message and no more";

pub(super) struct Sink<'o, 'k, 'c> {
    codec: &'k Codec<'c>,
    format: Format,
    output: &'o mut dyn Write,
    bytes: Vec<u8>,
    text: String,
    /// Whether a record was put.
    begun: bool,
}

impl<'o, 'k, 'c> Sink<'o, 'k, 'c> {
    pub(super) fn new(codec: &'k Codec<'c>, format: Format, output: &'o mut dyn Write) -> Self {
        Self {
            codec,
            format,
            output,
            bytes: Vec::new(),
            text: String::new(),
            begun: false,
        }
    }

    /// Writes a message; `refused` says which one it is.
    pub(super) fn put(
        &mut self,
        message: &Message<'_>,
        refused: &mut dyn FnMut(Error) -> Failure,
    ) -> Result<(), Failure> {
        self.bytes.clear();
        match self.format {
            // Nothing tells where one ends and the next begins.
            Format::Bin if self.begun => {
                return Err(refused(Error::new(ONLY_ONE)));
            }
            Format::Bin => {
                // Kept back until it is known to be the only one.
                self.codec
                    .write_to(message, &mut self.bytes)
                    .map_err(refused)?;
            }
            Format::Delimited => {
                self.codec
                    .write_to(message, &mut self.bytes)
                    .map_err(refused)?;
                let mut length = Vec::with_capacity(10);
                crate::wire::put_varint(&mut length, self.bytes.len() as u64);
                self.output.write_all(&length)?;
                self.output.write_all(&self.bytes)?;
            }
            Format::Json => {
                self.text.clear();
                self.codec
                    .to_json_in(message, &mut self.text)
                    .map_err(refused)?;
                self.text.push('\n');
                self.output.write_all(self.text.as_bytes())?;
            }
        }
        self.begun = true;
        Ok(())
    }

    /// Writes what was kept back.
    pub(super) fn finish(self) -> Result<(), Failure> {
        if self.format == Format::Bin {
            self.output.write_all(&self.bytes)?;
        }
        self.output.flush()?;
        Ok(())
    }
}
