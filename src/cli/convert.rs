//! `xlc convert`: messages from one format to another, one or a stream of them.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::ValueEnum;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::payload::{self, ContractArguments, Input, io_error};
use super::terminal::Terminal;
use super::{Global, Status};
use crate::avro::container::Packing;
use crate::avro::{Converter, Mapping};
use crate::config::Config;
use crate::contract::Contract;
use crate::convert::{self, Failure, Format, Progress, Refused};
use crate::diagnostics::{Diagnostic, codes};
use crate::dynamic::{Codec, Settings};
use crate::output::WholeFile;
use crate::pipeline::load_baseline;
use crate::source::Sources;
use crate::targets::avro::mapping_options;

/// Arguments of `xlc convert`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The payload [default: standard input]
    #[arg(value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
    /// The format of the payload
    #[arg(long, value_name = "FORMAT")]
    from: Name,
    /// The format to write
    #[arg(long, value_name = "FORMAT")]
    to: Name,
    /// The message, by its full name or the end of it that no other message has
    #[arg(short, long, value_name = "NAME")]
    message: String,
    /// The file to write; it appears when all of it is there [default: standard output]
    #[arg(short, long, value_name = "OUT", value_hint = clap::ValueHint::FilePath)]
    out: Option<PathBuf>,
    /// The wire format holds a stream: each message with its length before it, as a varint
    #[arg(long)]
    delimited: bool,
    /// Required fields may be missing
    #[arg(long)]
    partial: bool,
    /// How the blocks of a container file are packed
    #[arg(long, value_name = "CODEC", default_value = "null", value_parser = ["null", "deflate", "snappy"])]
    avro_codec: String,
    #[command(flatten, next_help_heading = "JSON and text")]
    text: Text,
    #[command(flatten, next_help_heading = "Without a configuration file")]
    contract: ContractArguments,
}

/// What JSON and the text format look like.
#[derive(Debug, clap::Args)]
struct Text {
    /// JSON: write each document over several lines, indented
    #[arg(long)]
    pretty: bool,
    /// JSON: write the names of the contract instead of JSON names
    #[arg(long)]
    proto_names: bool,
    /// Write the numbers of enum values instead of their names
    #[arg(long)]
    enum_numbers: bool,
    /// JSON: write fields without presence even if they are zero or empty
    #[arg(long)]
    all_fields: bool,
    /// Pass over fields that the contract does not have, and in JSON over names of enum values
    #[arg(long)]
    ignore_unknown: bool,
    /// Text: write unknown fields too, under their numbers, which cannot be read back
    #[arg(long)]
    print_unknown: bool,
}

/// A format on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Name {
    /// The wire format of protobuf
    Bin,
    /// ProtoJSON: one document or several, as in JSON Lines
    Json,
    /// protobuf's text format: one message
    Text,
    /// An Avro object container file
    Avro,
}

const DOING: &str = "could not convert";

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    if arguments.delimited && ![arguments.from, arguments.to].contains(&Name::Bin) {
        terminal.error("`--delimited` is about the wire format: one side must be `bin`");
        return Status::Failed;
    }
    let Some((loaded, config)) = arguments.contract.load(global, terminal, DOING) else {
        return Status::Failed;
    };
    let settings = Settings {
        as_prost: false,
        partial: arguments.partial,
        ignore_unknown: arguments.text.ignore_unknown,
        proto_names: arguments.text.proto_names,
        enum_numbers: arguments.text.enum_numbers,
        always_print: arguments.text.all_fields,
        indent: arguments.text.pretty,
        one_line: false,
        print_unknown: arguments.text.print_unknown,
    };
    let codec = Codec::with(&loaded.contract, settings);
    let names = [arguments.from, arguments.to];
    let mapping = match names.contains(&Name::Avro) {
        false => Ok(None),
        true => mapping(&loaded.contract, &config, &arguments.message).map(Some),
    };
    let mapping = match mapping {
        Ok(mapping) => mapping,
        Err(problems) => return terminal.fail(DOING, &problems, &loaded.sources),
    };
    if let (Some(mapping), Name::Avro, false) = (&mapping, arguments.to, global.quiet) {
        terminal.show(mapping.warnings(), &loaded.sources);
    }
    let opened = payload::open(arguments.file.as_deref()).map_err(Box::<Problem>::from);
    let converted = opened.and_then(|input| {
        let sides = (&codec, mapping.as_ref());
        convert(arguments, global.quiet, sides, input, terminal)
    });
    match converted {
        Ok(()) => Status::Clean,
        Err(problem) => terminal.fail(DOING, &[problem.diagnostic], &problem.sources),
    }
}

/// What stopped a conversion, with the text that it is shown in.
struct Problem {
    diagnostic: Diagnostic,
    sources: Sources,
}

impl From<Diagnostic> for Box<Problem> {
    fn from(diagnostic: Diagnostic) -> Self {
        let sources = Sources::default();
        Self::new(Problem {
            diagnostic,
            sources,
        })
    }
}

impl From<Box<Diagnostic>> for Box<Problem> {
    fn from(diagnostic: Box<Diagnostic>) -> Self {
        (*diagnostic).into()
    }
}

/// The message in Avro, as `[target.avro]` of the configuration has it.
fn mapping(contract: &Contract, config: &Config, name: &str) -> Result<Mapping, Vec<Diagnostic>> {
    let ty = payload::message(contract, name).map_err(|problem| vec![*problem])?;
    let Some(target) = config.targets.iter().find(|it| it.name == "avro") else {
        return Mapping::new(contract, &mapping_options(&toml::Table::new())?, &[ty]);
    };
    let options = mapping_options(&target.options)?;
    match target.baseline.as_ref().map(load_baseline).transpose() {
        Ok(None) => Mapping::new(contract, &options, &[ty]),
        Ok(Some(earlier)) => Mapping::with_baseline(contract, &options, &[ty], &earlier),
        Err(mut problem) => {
            // Its place is in the configuration, whose text is not at hand.
            problem.primary = None;
            Err(vec![problem.in_file(&config.name)])
        }
    }
}

fn convert(
    arguments: &Arguments,
    quiet: bool,
    (codec, mapping): (&Codec<'_>, Option<&Mapping>),
    mut input: Input,
    terminal: &mut Terminal,
) -> Result<(), Box<Problem>> {
    let ty = payload::message(codec.contract(), &arguments.message)?;
    let converter = mapping.and_then(|mapping| Converter::new(codec, mapping, ty));
    let packing = Packing::of_name(&arguments.avro_codec).unwrap_or_default();
    let format = |name| match name {
        Name::Bin if arguments.delimited => Some(Format::Delimited),
        Name::Bin => Some(Format::Bin),
        Name::Json => Some(Format::Json),
        Name::Text => Some(Format::Text),
        Name::Avro => Some(Format::Avro(converter.as_ref()?, packing)),
    };
    let (Some(from), Some(to)) = (format(arguments.from), format(arguments.to)) else {
        let text = format!("`{}` has no data of its own in Avro", arguments.message);
        return Err(Diagnostic::error(&codes::NO_MESSAGE, text).into());
    };
    let bar = bar(input.length);
    let (started, mut shown) = (Instant::now(), quiet);
    let mut progress = |progress: Progress| {
        // Drawn at its own pace; it is cheap to tell it.
        bar.set_position(progress.bytes);
        if !shown && started.elapsed() >= PATIENCE {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            shown = true;
        }
    };
    let mut between = |output: &mut dyn Write| {
        convert::convert(
            codec,
            ty,
            (from, &mut *input.reader),
            (to, output),
            &mut progress,
        )
    };
    let done = match &arguments.out {
        None => {
            let mut output = BufWriter::with_capacity(BUFFER, terminal.stream());
            let done = between(&mut output);
            // What was converted before a failure is told; the rest of the buffer is whole records.
            let flushed = output.flush();
            done.and_then(|done| flushed.map(|()| done).map_err(Failure::Write))
        }
        Some(path) => {
            let name = path.display().to_string();
            let file = WholeFile::begin(path).map_err(|error| io_error("write", &name, &error))?;
            let mut output = BufWriter::with_capacity(BUFFER, file);
            between(&mut output).and_then(|done| {
                let file = output
                    .into_inner()
                    .map_err(|error| Failure::Write(error.into_error()))?;
                file.keep().map_err(Failure::Write)?;
                Ok(done)
            })
        }
    };
    bar.finish_and_clear();
    match done {
        Ok(_) => Ok(()),
        // The terminal knows what a closed stream means.
        Err(Failure::Write(_)) if arguments.out.is_none() && terminal.is_broken() => Ok(()),
        Err(failure) => Err(problem(arguments, &input.name, failure)),
    }
}

/// Work shorter than this needs no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// What is written at once.
const BUFFER: usize = 64 << 10;

fn problem(arguments: &Arguments, input: &str, failure: Failure) -> Box<Problem> {
    let diagnostic = match failure {
        Failure::Read(error) => io_error("read", input, &error),
        Failure::Write(error) => {
            let out = arguments.out.as_ref();
            let name = out.map_or("<standard output>".into(), |it| it.display().to_string());
            io_error("write", &name, &error)
        }
        Failure::Container { offset, problem } => Diagnostic::error(&codes::PAYLOAD, problem)
            .in_file(input)
            .note(format!("at byte {offset} of the input")),
        Failure::Schema(path, problem) => {
            let problem = match path.is_empty() {
                true => problem,
                false => format!("`{path}`: {problem}"),
            };
            Diagnostic::error(&codes::PAYLOAD, problem)
                .in_file(input)
                .note("data of the one Avro schema cannot be read with the other")
        }
        Failure::Record(refused) => return record(input, *refused),
    };
    diagnostic.into()
}

/// A record that was refused: which one, where in it, and why.
fn record(input: &str, mut refused: Refused) -> Box<Problem> {
    let text = refused.text.take();
    let offset = refused.error.offset();
    let diagnostic = refusal(input, &refused);
    let (Some(text), Some(offset)) = (text, offset) else {
        return diagnostic.into();
    };
    let mut sources = Sources::default();
    let rest = text.get(offset..).unwrap_or_default();
    let end = rest.chars().next().map_or(0, char::len_utf8);
    let source = sources.add(input, Some(text.into()));
    let place = sources.span(source, offset..offset + end);
    let diagnostic = diagnostic.at(place, "");
    Box::new(Problem {
        diagnostic,
        sources,
    })
}

fn refusal(input: &str, refused: &Refused) -> Diagnostic {
    let Refused { record, error, .. } = refused;
    let path = error.path();
    let problem = match path.is_empty() {
        true => error.problem().to_owned(),
        false => format!("`{path}`: {}", error.problem()),
    };
    let diagnostic = Diagnostic::error(&codes::PAYLOAD, problem).in_file(input);
    if error.problem() == convert::ONE_TEXT {
        return diagnostic.help("write JSON: it holds as many as there are");
    }
    if error.position().is_some() {
        // The text itself shows where.
        return diagnostic;
    }
    let place = match refused.offset() {
        Some(offset) => format!("record {record}, at byte {offset} of the input"),
        None => format!(
            "record {record}, which begins at byte {} of the input",
            refused.start
        ),
    };
    let diagnostic = diagnostic.note(place);
    if error.problem() == convert::ONLY_ONE {
        return diagnostic.help("`--delimited` writes the length of each message before it");
    }
    match refused.read {
        false => diagnostic,
        true => diagnostic.note("it was read, and cannot be written in the other format"),
    }
}

/// A bar that is not drawn yet. On standard error it draws nothing unless that is a terminal.
fn bar(length: Option<u64>) -> ProgressBar {
    let template = match length {
        Some(_) => "{bar:30} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} to go",
        None => "{spinner} {bytes}, {bytes_per_sec}",
    };
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
