//! The records of an output. A record is written when it is whole, so a failure leaves no part of one.

use std::io::Write;

use super::container::{Appending, written};
use super::{Failure, Format};
use crate::avro::container::ContainerWriter;
use crate::avro::{Converter, PrintError};
use crate::dynamic::{Codec, Error, Message};

/// The problem of a second message where there can be only one.
pub const ONLY_ONE: &str = "without lengths, the wire format holds one message and no more";

/// The problem of a second message in the text format.
pub const ONE_TEXT: &str = "the text format holds one message and no more";

pub(super) struct Sink<'o, 'k, 'c> {
    codec: &'k Codec<'c>,
    form: Form<'o, 'k, 'c>,
}

enum Form<'o, 'k, 'c> {
    /// The one message, kept back until it is known to be the only one.
    Bin(&'o mut dyn Write, Option<Vec<u8>>),
    /// A buffer for one message.
    Delimited(&'o mut dyn Write, Vec<u8>),
    /// A buffer for one document.
    Json(&'o mut dyn Write, String),
    /// The one message, kept back likewise.
    Text(&'o mut dyn Write, Option<String>),
    Avro(ContainerWriter<&'o mut dyn Write>, &'k Converter<'c, 'k>),
}

/// Why the schema of the message cannot stand in a file.
fn unprintable(error: &PrintError) -> Failure {
    let problem = match error {
        PrintError::NullNamespace { .. } => {
            "the Avro schema names a message without a package from within one; `namespace` in `[target.avro]` gives it one"
        }
        PrintError::TooDeep(_) => "the Avro schema of the message would nest too deep",
    };
    Failure::Schema(String::new(), problem.to_owned())
}

impl<'o, 'k, 'c> Sink<'o, 'k, 'c> {
    pub(super) fn new(
        codec: &'k Codec<'c>,
        format: Format<'k, 'c>,
        output: &'o mut dyn Write,
    ) -> Result<Self, Failure> {
        let form = match format {
            Format::Bin => Form::Bin(output, None),
            Format::Delimited => Form::Delimited(output, Vec::new()),
            Format::Json => Form::Json(output, String::new()),
            Format::Text => Form::Text(output, None),
            Format::Avro(converter, packing) => {
                let schema = converter.schema_json();
                let schema = schema.map_err(|error| unprintable(&error))?;
                let file = ContainerWriter::new(output, &schema, packing).map_err(written)?;
                Form::Avro(file, converter)
            }
        };
        Ok(Self { codec, form })
    }

    /// Writes a message; `refused` says which one it is.
    pub(super) fn put(
        &mut self,
        message: &Message<'_>,
        refused: &mut dyn FnMut(Error) -> Failure,
    ) -> Result<(), Failure> {
        match &mut self.form {
            // Nothing tells where one ends and the next begins.
            Form::Bin(_, Some(_)) => Err(refused(Error::new(ONLY_ONE))),
            Form::Bin(_, only) => {
                *only = Some(self.codec.write(message).map_err(refused)?);
                Ok(())
            }
            Form::Delimited(output, bytes) => {
                bytes.clear();
                self.codec.write_to(message, bytes).map_err(refused)?;
                let mut length = Vec::with_capacity(10);
                crate::wire::put_varint(&mut length, bytes.len() as u64);
                output.write_all(&length)?;
                output.write_all(bytes)?;
                Ok(())
            }
            Form::Json(output, text) => {
                text.clear();
                self.codec.to_json_in(message, text).map_err(refused)?;
                text.push('\n');
                output.write_all(text.as_bytes())?;
                Ok(())
            }
            // One text after another would be one message.
            Form::Text(_, Some(_)) => Err(refused(Error::new(ONE_TEXT))),
            Form::Text(_, only) => {
                *only = Some(self.codec.to_text(message).map_err(refused)?);
                Ok(())
            }
            Form::Avro(file, converter) => {
                let appended =
                    file.append(|out| converter.write(message, out).map_err(Appending::Data));
                appended.map_err(|problem| match problem {
                    Appending::Data(error) => refused(error),
                    Appending::File(error) => written(error),
                })
            }
        }
    }

    /// Writes what was kept back.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self.form {
            Form::Bin(output, only) => {
                output.write_all(&only.unwrap_or_default())?;
                output.flush()?;
            }
            Form::Text(output, only) => {
                output.write_all(only.unwrap_or_default().as_bytes())?;
                output.flush()?;
            }
            Form::Delimited(output, _) | Form::Json(output, _) => output.flush()?,
            Form::Avro(file, _) => drop(file.finish().map_err(written)?),
        }
        Ok(())
    }
}
