//! The records of an input: one at a time, in a buffer that is used again. A length that the input claims is never
//! believed: memory grows with what really comes.

use std::io::{self, BufRead, ErrorKind, Read as _};

use super::document::Scan;
use super::{Failure, Format, Refused};
use crate::dynamic::Error;

/// The largest message that protobuf allows, in bytes. Text may be no longer either.
const LARGEST: u64 = i32::MAX as u64;

pub(super) struct Records<'i> {
    framing: Framing,
    input: &'i mut dyn BufRead,
    buffer: Vec<u8>,
    /// Bytes that were read.
    position: u64,
    kind: Kind,
    /// Whether the only record was given.
    ended: bool,
}

/// Where a record ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// With the input.
    Whole,
    /// After as many bytes as stand before it.
    Length,
    /// With its JSON document.
    Document,
}

/// One record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'b> {
    pub(super) bytes: &'b [u8],
    /// Its offset in the input.
    pub(super) start: u64,
    pub(super) kind: Kind,
}

/// What a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The wire format.
    Wire,
    /// JSON.
    Json,
    /// The text format.
    Text,
}

impl<'i> Records<'i> {
    /// The records of an input that is no container file.
    pub(super) fn new(format: Format<'_, '_>, input: &'i mut dyn BufRead) -> Self {
        let (framing, kind) = match format {
            Format::Bin | Format::Avro(..) => (Framing::Whole, Kind::Wire),
            Format::Delimited => (Framing::Length, Kind::Wire),
            Format::Json => (Framing::Document, Kind::Json),
            Format::Text => (Framing::Whole, Kind::Text),
        };
        Self {
            framing,
            kind,
            input,
            buffer: Vec::new(),
            position: 0,
            ended: false,
        }
    }

    /// Bytes that were read.
    pub(super) fn bytes(&self) -> u64 {
        self.position
    }

    /// The next record, which is the one of this number; `None` at the end.
    pub(super) fn next(&mut self, number: u64) -> Result<Option<Record<'_>>, Failure> {
        self.buffer.clear();
        let found = match self.framing {
            Framing::Whole => self.whole(number)?,
            Framing::Length => self.delimited(number)?,
            Framing::Document => self.document(number)?,
        };
        Ok(found.map(|start| Record {
            bytes: &self.buffer,
            start,
            kind: self.kind,
        }))
    }

    /// Everything there is; no bytes at all are a message too.
    fn whole(&mut self, number: u64) -> Result<Option<u64>, Failure> {
        if std::mem::replace(&mut self.ended, true) {
            return Ok(None);
        }
        let read = (&mut *self.input)
            .take(LARGEST + 1)
            .read_to_end(&mut self.buffer)
            .map_err(Failure::Read)?;
        self.position = read as u64;
        match self.position > LARGEST {
            true => Err(refused(number, 0, 0, TOO_LARGE)),
            false => Ok(Some(0)),
        }
    }

    fn delimited(&mut self, number: u64) -> Result<Option<u64>, Failure> {
        let start = self.position;
        let mut length = 0u64;
        for shift in (0..).step_by(7) {
            let Some(byte) = self.byte()? else {
                return match shift {
                    0 => Ok(None),
                    _ => Err(refused(number, start, 0, "the input ends inside a length")),
                };
            };
            if shift > 63 {
                return Err(refused(
                    number,
                    start,
                    0,
                    "a length is longer than ten bytes",
                ));
            }
            length |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        if length > LARGEST {
            return Err(refused(number, start, 0, TOO_LARGE));
        }
        let start_of_message = self.position;
        let read = (&mut *self.input)
            .take(length)
            .read_to_end(&mut self.buffer)
            .map_err(Failure::Read)? as u64;
        self.position += read;
        if read < length {
            let problem = "the input ends inside a message";
            return Err(refused(number, start_of_message, read, problem));
        }
        Ok(Some(start_of_message))
    }

    fn byte(&mut self) -> Result<Option<u8>, Failure> {
        let byte = fill(self.input)?.first().copied();
        if byte.is_some() {
            self.input.consume(1);
            self.position += 1;
        }
        Ok(byte)
    }

    /// A JSON document; what is unfinished at the end is one too, and will not parse.
    fn document(&mut self, number: u64) -> Result<Option<u64>, Failure> {
        loop {
            let available = fill(self.input)?;
            let blank = available
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            let (blank_only, ended) = (blank == available.len(), available.is_empty());
            self.input.consume(blank);
            self.position += blank as u64;
            match (ended, blank_only) {
                (true, _) => return Ok(None),
                (false, true) => {}
                (false, false) => break,
            }
        }
        let start = self.position;
        let mut scan = Scan::default();
        loop {
            let available = fill(self.input)?;
            if available.is_empty() {
                return Ok(Some(start));
            }
            let end = scan.end(available);
            let taken = end.unwrap_or(available.len());
            self.buffer.extend_from_slice(&available[..taken]);
            self.input.consume(taken);
            self.position += taken as u64;
            if self.buffer.len() as u64 > LARGEST {
                return Err(refused(number, start, 0, TOO_LARGE));
            }
            if end.is_some() {
                return Ok(Some(start));
            }
        }
    }
}

const TOO_LARGE: &str = "a message is larger than 2 GiB";

/// Bytes that are there, after a wait if it must be; none at the end.
fn fill(input: &mut dyn BufRead) -> Result<&[u8], Failure> {
    loop {
        match input.fill_buf() {
            Ok(_) => break,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::Read(error)),
        }
    }
    // A second time, and at no cost: the borrow of the first would last too long.
    input.fill_buf().map_err(Failure::Read)
}

fn refused(record: u64, start: u64, offset: u64, problem: &'static str) -> Failure {
    let offset = usize::try_from(offset).unwrap_or(usize::MAX);
    Failure::Record(Box::new(Refused {
        record,
        start,
        in_block: false,
        read: false,
        error: Error::new(problem).at(offset),
        text: None,
    }))
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}
