//! The command line: arguments in, streams and exit codes out. Decides nothing about how anything is done.

mod accept;
mod check_compat;
mod completions;
mod convert;
mod diff;
mod dump;
mod explain;
mod generate;
mod init;
mod inspect;
mod list;
mod lock;
mod man;
mod payload;
mod plugin;
mod progress;
mod schema;
mod setup;
mod terminal;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum};

use terminal::Terminal;

/// What a run came to; it becomes the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    /// All is well: 0.
    Clean,
    /// A check found something: 1.
    Findings,
    /// It could not be done: 2.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Clean => 0,
            Status::Findings => 1,
            Status::Failed => 2,
        })
    }
}

/// One contract, any boundary: generates code and schemas from .proto files.
#[derive(Debug, Parser)]
#[command(name = "xlc", version, max_term_width = 100, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    global: Global,
}

const EXIT_CODES: &str = "Exit codes: 0 all is well; 1 a check found something (`gen --check`, `check-compat`, `lock --check`); 2 it could not be done";

/// Flags that every command takes.
#[derive(Debug, clap::Args)]
struct Global {
    /// The configuration file [default: xlc.toml here or in a directory above]
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    config: Option<std::path::PathBuf>,
    /// When to colour what is printed; `auto` heeds NO_COLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: When,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// List every file, unchanged ones too, and every error, however many there are
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a commented xlc.toml to begin with
    Init(init::Arguments),
    /// Generate the files of all targets, or of those that are named
    Gen(generate::Arguments),
    /// Tell whether a new version of a contract can stand in for an old one, with evidence
    CheckCompat(check_compat::Arguments),
    /// Show what changed between two versions of a contract, and how generated APIs do
    Diff(diff::Arguments),
    /// Accept findings of `check-compat`, with a reason, so that they do not count any more
    Accept(accept::Arguments),
    /// Write down what the contract has in xlc.lock, which keeps what is gone
    Lock(lock::Arguments),
    /// Convert messages between the wire format, JSON, the text format and Avro, one or a stream of them
    Convert(convert::Arguments),
    /// Show what is in a payload, with a contract or without
    Inspect(inspect::Arguments),
    /// Show what there is
    List(list::Arguments),
    /// Tell what the code of an error, a warning or a finding means
    Explain(explain::Arguments),
    /// Show the contract, or what a target makes of it, as JSON
    Dump(dump::Arguments),
    /// Print a JSON Schema: of xlc.toml, of the manifest or of a report
    Schema(schema::Arguments),
    /// Print a completion script for a shell
    Completions(completions::Arguments),
    /// Print the manual page (roff)
    Man,
    /// Answer a protoc `CodeGeneratorRequest` on standard input, as `protoc-gen-xlc` does
    #[command(hide = true)]
    ProtocPlugin,
}

/// The name under which protoc and buf call a plugin.
const PLUGIN_NAME: &str = "protoc-gen-xlc";

/// Runs the command line of this process.
///
/// The work is done on a thread with a large stack: a contract may be nested as deeply as its format allows, and
/// the stack that the system gives to the first thread is not ours to choose.
#[must_use]
pub fn main() -> ExitCode {
    terminal::report_panics();
    let worker = std::thread::Builder::new()
        .name("xlc".to_owned())
        .stack_size(STACK)
        .spawn(|| run(std::env::args_os().collect()));
    let status = match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(status)) => status,
        // The panic hook has said what is to be said.
        Ok(Err(_)) => Status::Failed,
        Err(error) => {
            Terminal::new(When::Auto).error(&format!("cannot start a thread: {error}"));
            Status::Failed
        }
    };
    status.into()
}

/// Address space, not memory: pages that are not touched cost nothing.
const STACK: usize = 256 << 20;

fn run(arguments: Vec<OsString>) -> Status {
    let called = arguments.first().map(Path::new).and_then(Path::file_stem);
    if called.is_some_and(|name| name == PLUGIN_NAME) && arguments.len() == 1 {
        return plugin::run(&mut Terminal::new(When::Auto));
    }
    let parsed = Arguments::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let Arguments { command, global } = match parsed {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version are asked for and go to standard output; the rest is a mistake.
            let status = match error.use_stderr() {
                true => Status::Failed,
                false => Status::Clean,
            };
            // A closed stream is no reason to fail.
            let _ = error.print();
            return status;
        }
    };
    let mut terminal = Terminal::new(global.color).show_all(global.verbose);
    let status = match command {
        Command::Init(arguments) => init::run(&arguments, &mut terminal),
        Command::Gen(arguments) => generate::run(&arguments, &global, &mut terminal),
        Command::CheckCompat(arguments) => check_compat::run(&arguments, &global, &mut terminal),
        Command::Diff(arguments) => diff::run(&arguments, &global, &mut terminal),
        Command::Accept(arguments) => accept::run(&arguments, &global, &mut terminal),
        Command::Lock(arguments) => lock::run(&arguments, &global, &mut terminal),
        Command::Convert(arguments) => convert::run(&arguments, &global, &mut terminal),
        Command::Inspect(arguments) => inspect::run(&arguments, &global, &mut terminal),
        Command::List(arguments) => list::run(&arguments, &mut terminal),
        Command::Explain(arguments) => explain::run(&arguments, &mut terminal),
        Command::Dump(arguments) => dump::run(&arguments, &global, &mut terminal),
        Command::Schema(arguments) => schema::run(&arguments, &mut terminal),
        Command::Completions(arguments) => completions::run(&arguments, &mut terminal),
        Command::Man => man::run(&mut terminal),
        Command::ProtocPlugin => plugin::run(&mut terminal),
    };
    terminal.finish(status)
}
