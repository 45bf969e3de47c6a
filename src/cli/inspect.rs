//! `xlc inspect`: what is in a payload, with a contract or without.

use std::io::{BufWriter, Write as _};
use std::path::PathBuf;

use clap::ValueEnum;

use super::payload::{self, ContractArguments, io_error};
use super::terminal::Terminal;
use super::{Global, Status};
use crate::contract::MessageId;
use crate::diagnostics::{Diagnostic, codes};
use crate::dynamic::Codec;
use crate::inspect::{Human, Json, inspect};

/// Arguments of `xlc inspect`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The payload, on the wire format [default: standard input]
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The message, by its full name or the end of it that no other message has; without it, values are guessed
    #[arg(short, long, value_name = "NAME")]
    message: Option<String>,
    /// How it is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Form,
    #[command(flatten, next_help_heading = "Without a configuration file")]
    contract: ContractArguments,
}

/// How a payload is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A line per field
    Human,
    /// An array of fields
    Json,
}

const DOING: &str = "could not inspect";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let Some(name) = &arguments.message else {
        return report(tell(arguments, None, terminal), terminal);
    };
    let Some((loaded, _)) = arguments.contract.load(global, terminal, DOING) else {
        return Status::Failed;
    };
    let codec = Codec::new(&loaded.contract);
    let told = payload::message(&loaded.contract, name)
        .and_then(|ty| tell(arguments, Some((&codec, ty)), terminal));
    report(told, terminal)
}

fn report(told: Result<(), Box<Diagnostic>>, terminal: &Terminal) -> Status {
    match told {
        Ok(()) => Status::Clean,
        Err(problem) => payload::fail(terminal, DOING, *problem),
    }
}

fn tell(
    arguments: &Arguments,
    known: Option<(&Codec<'_>, MessageId)>,
    terminal: &mut Terminal,
) -> Result<(), Box<Diagnostic>> {
    let mut input = payload::open(arguments.file.as_deref())?;
    let mut bytes = Vec::new();
    let read = input.reader.read_to_end(&mut bytes);
    read.map_err(|error| io_error("read", &input.name, &error))?;
    let mut output = BufWriter::new(terminal.stream());
    let mut json = Json::default();
    // The terminal keeps why it could not be written to.
    let told = inspect(&bytes, known, &mut |found| {
        let _ = match arguments.format {
            Form::Human => output.write_all(Human.line(&found).as_bytes()),
            Form::Json => output.write_all(json.field(&found).as_bytes()),
        };
    });
    if arguments.format == Form::Json {
        let _ = output.write_all(json.end().as_bytes());
    }
    let _ = output.flush();
    told.map_err(|(offset, problem)| {
        Diagnostic::error(&codes::PAYLOAD, problem)
            .in_file(&input.name)
            .note(format!("at byte {offset} of the input"))
            .into()
    })
}
