//! Object container files (Avro specification, "Object Container Files"): a header with the schema, then blocks of data.
//! Reads and writes them as a stream, a block at a time; what is in a block is for the converter. Knows no contract.

mod packing;

use std::io::{self, Read, Write};

use sha2::Digest as _;

pub use packing::Packing;

use super::parse::Schema;

/// What a file begins with.
pub const MAGIC: [u8; 4] = *b"Obj\x01";

/// How much data goes into one block before it is written.
const BLOCK: usize = 64 * 1024;

/// How large a block, or a header, may be, packed or not: what a reader holds in memory at most.
const MAX_BLOCK: usize = 256 * 1024 * 1024;

/// Why a file cannot be read.
#[derive(Debug)]
pub enum ContainerError {
    /// The input could not be read.
    Io(io::Error),
    /// The input is no container file, from this offset on.
    Format {
        /// Offset in bytes from the start of the file.
        offset: u64,
        /// What is wrong: lower case, no final period.
        problem: String,
    },
}

impl std::fmt::Display for ContainerError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Io(error) => error.fmt(f),
            Self::Format { offset, problem } => write!(f, "{problem} (at byte {offset})"),
        }
    }
}

impl std::error::Error for ContainerError {}

/// Writes a file.
#[derive(Debug)]
pub struct ContainerWriter<W: Write> {
    out: W,
    packing: Packing,
    sync: [u8; 16],
    block: Vec<u8>,
    count: i64,
}

impl<W: Write> ContainerWriter<W> {
    /// Begins a file with data of this schema.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn new(
        mut out: W,
        schema: &serde_json::Value,
        packing: Packing,
    ) -> Result<Self, ContainerError> {
        let schema = schema.to_string();
        // The marker need only be unlikely in the data; made from the schema, the same input gives the same file.
        let digest = sha2::Sha256::digest(schema.as_bytes());
        let mut sync = [0; 16];
        sync.copy_from_slice(&digest[..16]);
        let mut header = MAGIC.to_vec();
        put_long(&mut header, 2);
        put_bytes(&mut header, b"avro.codec");
        put_bytes(&mut header, packing.name().as_bytes());
        put_bytes(&mut header, b"avro.schema");
        put_bytes(&mut header, schema.as_bytes());
        put_long(&mut header, 0);
        header.extend(sync);
        out.write_all(&header).map_err(ContainerError::Io)?;
        Ok(Self {
            out,
            packing,
            sync,
            block: Vec::new(),
            count: 0,
        })
    }

    /// Appends one datum, which `write` puts behind what is there already. After an error of it nothing was appended.
    ///
    /// # Errors
    /// That of `write`, or that the file cannot be written.
    pub fn append<E: From<ContainerError>>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<(), E>,
    ) -> Result<(), E> {
        let before = self.block.len();
        if let Err(error) = write(&mut self.block) {
            self.block.truncate(before);
            return Err(error);
        }
        self.count += 1;
        if self.block.len() >= BLOCK {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), ContainerError> {
        if self.count == 0 {
            return Ok(());
        }
        let problem = |problem: &str| ContainerError::Format {
            offset: 0,
            problem: problem.to_owned(),
        };
        let data = self.packing.pack(&self.block).map_err(problem)?;
        let mut head = Vec::new();
        put_long(&mut head, self.count);
        put_long(&mut head, data.len() as i64);
        self.block.clear();
        self.count = 0;
        self.out
            .write_all(&head)
            .and_then(|()| self.out.write_all(&data))
            .and_then(|()| self.out.write_all(&self.sync))
            .map_err(ContainerError::Io)
    }

    /// Writes what is left, and gives the output back.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn finish(mut self) -> Result<W, ContainerError> {
        self.flush()?;
        self.out.flush().map_err(ContainerError::Io)?;
        Ok(self.out)
    }
}

/// Reads a file.
#[derive(Debug)]
pub struct ContainerReader<R: Read> {
    input: Counted<R>,
    packing: Packing,
    schema: Schema,
    sync: [u8; 16],
}

/// Some data of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// How many values there are.
    pub count: u64,
    /// The values, one after the other.
    pub data: Vec<u8>,
    /// Where the block begins in the file.
    pub offset: u64,
}

impl<R: Read> ContainerReader<R> {
    /// Reads the header of a file. The input should be buffered: it is read in small pieces.
    ///
    /// # Errors
    /// If it is none, or is packed in a way that is not known here.
    pub fn new(input: R) -> Result<Self, ContainerError> {
        let mut input = Counted { input, offset: 0 };
        if input.array::<4>()? != MAGIC {
            return Err(ContainerError::Format {
                offset: 0,
                problem: "the input is no Avro object container file: it does not begin with `Obj`"
                    .into(),
            });
        }
        let mut schema = None;
        let mut packing = Packing::Null;
        loop {
            let count = input.long()?;
            if count == 0 {
                break;
            }
            if count < 0 {
                input.long()?;
            }
            for _ in 0..count.unsigned_abs() {
                let key = input.bytes()?;
                let offset = input.offset;
                let value = String::from_utf8_lossy(&input.bytes()?).into_owned();
                let error = |problem| ContainerError::Format { offset, problem };
                if key == b"avro.schema" {
                    let parsed = Schema::parse_text(&value);
                    schema = Some(parsed.map_err(|problem| error(problem.to_string()))?);
                } else if key == b"avro.codec" {
                    packing = Packing::of_name(&value).ok_or_else(|| {
                        error(format!(
                            "the blocks are packed by `{value}`; `null`, `deflate` and `snappy` can be read"
                        ))
                    })?;
                }
            }
        }
        let schema = schema.ok_or_else(|| input.error("the header has no schema"))?;
        let sync = input.array()?;
        Ok(Self {
            input,
            packing,
            schema,
            sync,
        })
    }

    /// The schema that the data was written with.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.schema
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// If the input ends early or is no block.
    pub fn next_block(&mut self) -> Result<Option<Block>, ContainerError> {
        let offset = self.input.offset;
        let Some(first) = self.input.byte()? else {
            return Ok(None);
        };
        let count = self.input.long_from(first)?;
        let count = u64::try_from(count)
            .map_err(|_| self.input.error("a block has a negative number of values"))?;
        let data = self.input.bytes()?;
        if self.input.array::<16>()? != self.sync {
            return Err(self
                .input
                .error("a block does not end with the file's marker"));
        }
        let data = self
            .packing
            .unpack(data)
            .map_err(|problem| ContainerError::Format {
                offset,
                problem: problem.to_owned(),
            })?;
        Ok(Some(Block {
            count,
            data,
            offset,
        }))
    }
}

/// An input that knows how far it was read.
#[derive(Debug)]
struct Counted<R> {
    input: R,
    offset: u64,
}

impl<R: Read> Counted<R> {
    fn error(&self, problem: &str) -> ContainerError {
        ContainerError::Format {
            offset: self.offset,
            problem: problem.to_owned(),
        }
    }

    fn byte(&mut self) -> Result<Option<u8>, ContainerError> {
        let mut byte = [0];
        loop {
            return match self.input.read(&mut byte) {
                Ok(0) => Ok(None),
                Ok(_) => {
                    self.offset += 1;
                    Ok(Some(byte[0]))
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(ContainerError::Io(error)),
            };
        }
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ContainerError> {
        let mut array = [0; N];
        match self.input.read_exact(&mut array) {
            Ok(()) => {
                self.offset += N as u64;
                Ok(array)
            }
            Err(error) => Err(self.ended(error)),
        }
    }

    fn long(&mut self) -> Result<i64, ContainerError> {
        let first = self.byte()?;
        let first = first.ok_or_else(|| self.error("the input ends early"))?;
        self.long_from(first)
    }

    /// A number whose first byte was read.
    fn long_from(&mut self, first: u8) -> Result<i64, ContainerError> {
        let mut bits = u64::from(first & 0x7f);
        let mut byte = first;
        let mut shift = 7;
        while byte >= 0x80 {
            if shift > 63 {
                return Err(self.error("a number is longer than ten bytes"));
            }
            let next = self.byte()?;
            byte = next.ok_or_else(|| self.error("the input ends early"))?;
            bits |= u64::from(byte & 0x7f) << shift;
            shift += 7;
        }
        Ok((bits >> 1) as i64 ^ -((bits & 1) as i64))
    }

    fn bytes(&mut self) -> Result<Vec<u8>, ContainerError> {
        let length = self.long()?;
        let length = usize::try_from(length).ok().filter(|it| *it <= MAX_BLOCK);
        let length = length.ok_or_else(|| {
            self.error(
                "a length is negative, or larger than 256 MiB, which is the most that is read",
            )
        })?;
        // What is there decides how much memory is taken, not what is promised.
        let mut bytes = Vec::new();
        let read = (&mut self.input)
            .take(length as u64)
            .read_to_end(&mut bytes);
        match read {
            Ok(read) if read == length => {
                self.offset += length as u64;
                Ok(bytes)
            }
            Ok(_) => Err(self.error("the input ends early")),
            Err(error) => Err(ContainerError::Io(error)),
        }
    }

    fn ended(&self, error: io::Error) -> ContainerError {
        if error.kind() == io::ErrorKind::UnexpectedEof {
            self.error("the input ends early")
        } else {
            ContainerError::Io(error)
        }
    }
}

fn put_long(out: &mut Vec<u8>, value: i64) {
    crate::wire::put_varint(out, ((value << 1) ^ (value >> 63)) as u64);
}

fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    put_long(out, bytes.len() as i64);
    out.extend_from_slice(bytes);
}
