//! The records of an Avro object container file, a block in memory at a time.

use std::cell::Cell;
use std::io::{BufRead, Read};

use super::sink::Sink;
use super::{Failure, Progress, Refused};
use crate::avro::Converter;
use crate::avro::container::{ContainerError, ContainerReader};
use crate::dynamic::Error;

/// An input that tells how far it was read.
struct Counted<'i> {
    input: &'i mut dyn BufRead,
    read: &'i Cell<u64>,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(into)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

/// Converts all records of a file.
pub(super) fn read(
    converter: &Converter<'_, '_>,
    input: &mut dyn BufRead,
    sink: &mut Sink<'_, '_, '_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Progress, Failure> {
    let read = Cell::new(0);
    let mut file = ContainerReader::new(Counted { input, read: &read })?;
    let resolution = converter.resolution(file.schema());
    // What can be read of such data would be an accident.
    if let Some(problem) = resolution.problems().first() {
        let problem = problem.clone();
        return Err(Failure::Schema(problem.path, problem.message));
    }
    let mut done = Progress::default();
    while let Some(block) = file.next_block()? {
        let mut at = 0;
        for _ in 0..block.count {
            let record = done.records + 1;
            let refused = |read, error| {
                Failure::Record(Box::new(Refused {
                    record,
                    start: block.offset,
                    in_block: true,
                    read,
                    error,
                    text: None,
                }))
            };
            let (message, length) = converter
                .read(&resolution, &block.data[at..])
                .map_err(|error| refused(false, error))?;
            sink.put(&message, &mut |error| refused(true, error))?;
            at += length;
            done.records = record;
        }
        if at != block.data.len() {
            let problem = "a block holds more than its values".to_owned();
            let offset = block.offset;
            return Err(Failure::Container { offset, problem });
        }
        done.bytes = read.get();
        progress(done);
    }
    done.bytes = read.get();
    Ok(done)
}

impl From<ContainerError> for Failure {
    /// Of a file that is read; one that is written fails for no other reason than its output.
    fn from(error: ContainerError) -> Self {
        match error {
            ContainerError::Io(error) => Self::Read(error),
            ContainerError::Format { offset, problem } => Self::Container { offset, problem },
        }
    }
}

/// Why a message was not appended to a file.
pub(super) enum Appending {
    /// The message has no data.
    Data(Error),
    /// The output failed.
    File(ContainerError),
}

impl From<ContainerError> for Appending {
    fn from(error: ContainerError) -> Self {
        Self::File(error)
    }
}

/// A failure of a file that is written.
pub(super) fn written(error: ContainerError) -> Failure {
    match error {
        ContainerError::Io(error) => Failure::Write(error),
        ContainerError::Format { problem, .. } => Failure::Write(std::io::Error::other(problem)),
    }
}
