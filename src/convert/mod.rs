//! Streams of messages from one format to another: where a record begins and ends, and the loop over them.
//!
//! Decides the framing of records. It must not know what a record means (`dynamic` does), nor files and terminals: it
//! goes from a reader to a writer, one record in memory at a time.

mod container;
mod document;
mod records;
mod sink;

use std::io::{self, BufRead, Write};

use crate::avro::Converter;
use crate::avro::container::Packing;
use crate::contract::MessageId;
use crate::dynamic::{self, Codec};

use records::{Kind, Records};
use sink::Sink;
pub use sink::{ONE_TEXT, ONLY_ONE};

/// The form of a stream of messages.
#[derive(Debug, Clone, Copy)]
pub enum Format<'k, 'c> {
    /// The wire format: one message up to the end.
    Bin,
    /// The wire format: each message with its length before it as a varint, as protobuf's `parseDelimitedFrom` and
    /// `writeDelimitedTo` have it.
    Delimited,
    /// ProtoJSON: documents one after another, each over as many lines as it likes, as in JSON Lines. Written one to a
    /// line, unless the codec indents.
    Json,
    /// protobuf's text format: one message up to the end.
    Text,
    /// An Avro object container file, of which the converter knows the data. A file of any schema is read that resolves
    /// to the converter's.
    Avro(&'k Converter<'c, 'k>, Packing),
}

/// How far a conversion has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Records that were read and written.
    pub records: u64,
    /// Bytes that were read.
    pub bytes: u64,
}

/// Why a conversion stopped. What was written before stays in the writer: whole records and no part of one.
#[derive(Debug)]
pub enum Failure {
    /// The input could not be read.
    Read(io::Error),
    /// The output could not be written.
    Write(io::Error),
    /// The input is no container file, from this offset on.
    Container {
        /// Offset in bytes, from the start of the input.
        offset: u64,
        /// What is wrong: lower case, no final period.
        problem: String,
    },
    /// The data of the container file cannot be read as this message: a path of fields, and why.
    Schema(String, String),
    /// A record could not be converted.
    Record(Box<Refused>),
}

/// A record that could not be converted.
#[derive(Debug)]
pub struct Refused {
    /// Which one, from 1.
    pub record: u64,
    /// Offset in the input, in bytes: of the record, or of the block that it is in.
    pub start: u64,
    /// Whether `start` is that of a block, where offsets say nothing of the input: blocks may be packed.
    pub in_block: bool,
    /// Whether it was read, and cannot be written.
    pub read: bool,
    /// What is wrong, with the offset in the record.
    pub error: dynamic::Error,
    /// The record itself where people write it: in the text format.
    pub text: Option<String>,
}

impl Refused {
    /// Offset of what is wrong, from the start of the input; `None` where the error has none or is about writing.
    #[must_use]
    pub fn offset(&self) -> Option<u64> {
        let within = u64::try_from(self.error.offset()?).ok()?;
        (!self.read && !self.in_block).then(|| self.start.saturating_add(within))
    }
}

/// Converts messages of a type until the input ends. A format that says how data is converted must be of the same type.
///
/// # Errors
/// At the first record that cannot be converted, or when reading or writing fails.
pub fn convert<'k, 'c>(
    codec: &'k Codec<'c>,
    ty: MessageId,
    (from, input): (Format<'k, 'c>, &mut dyn BufRead),
    (to, output): (Format<'k, 'c>, &mut dyn Write),
    progress: &mut dyn FnMut(Progress),
) -> Result<Progress, Failure> {
    let mut sink = Sink::new(codec, to, output)?;
    let done = match from {
        Format::Avro(converter, _) => container::read(converter, input, &mut sink, progress)?,
        Format::Bin | Format::Delimited | Format::Json | Format::Text => {
            read(codec, ty, Records::new(from, input), &mut sink, progress)?
        }
    };
    sink.finish()?;
    Ok(done)
}

/// Converts records that are bytes or text.
fn read(
    codec: &Codec<'_>,
    ty: MessageId,
    mut records: Records<'_>,
    sink: &mut Sink<'_, '_, '_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Progress, Failure> {
    let mut done = Progress::default();
    while let Some(record) = records.next(done.records + 1)? {
        let (number, start) = (done.records + 1, record.start);
        let refused = |read: bool| {
            move |error| {
                let text = match record.kind {
                    Kind::Text if !read => str::from_utf8(record.bytes).ok(),
                    Kind::Wire | Kind::Json | Kind::Text => None,
                };
                Failure::Record(Box::new(Refused {
                    record: number,
                    start,
                    in_block: false,
                    read,
                    error,
                    text: text.map(str::to_owned),
                }))
            }
        };
        let text = || document::text(record.bytes);
        let message = match record.kind {
            Kind::Wire => codec.read(ty, record.bytes),
            Kind::Json => text().and_then(|it| codec.from_json(ty, it)),
            Kind::Text => text().and_then(|it| codec.from_text(ty, it)),
        };
        let message = message.map_err(refused(false))?;
        sink.put(&message, &mut refused(true))?;
        done.records += 1;
        done.bytes = records.bytes();
        progress(done);
    }
    done.bytes = records.bytes();
    Ok(done)
}

#[cfg(test)]
mod tests;
