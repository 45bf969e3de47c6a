//! What the commands on payloads share: the contract and its message by name, the input, and how a refusal is told.

use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal as _};
use std::path::Path;

use super::Global;
use super::setup;
use super::terminal::Terminal;
use crate::config::{Config, Draft};
use crate::contract::{Contract, MessageId};
use crate::diagnostics::{Diagnostic, codes, nearest};
use crate::load::{self, Loaded};
use crate::source::Sources;

/// Where the contract comes from, if not from the configuration file.
#[derive(Debug, clap::Args)]
pub(super) struct ContractArguments {
    /// The contract: a file, directory or glob [default: that of the configuration file]
    #[arg(long, value_name = "PATH", conflicts_with = "config", value_hint = clap::ValueHint::AnyPath)]
    contract: Vec<String>,
    /// A directory that imports are looked up in [default: the directories of `--contract`, or the current one]
    #[arg(short = 'I', long, value_name = "DIR", requires = "contract", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
}

impl ContractArguments {
    /// Loads the contract, or says why it does not load.
    pub(super) fn load(
        &self,
        global: &Global,
        terminal: &Terminal,
        doing: &str,
    ) -> Option<(Loaded, Config)> {
        let setup = match self.contract.is_empty() {
            true => setup::from_file(global, terminal, doing),
            false => {
                let draft = Draft::of_contract(&self.contract, &self.include);
                setup::from_draft(&draft, terminal, doing)
            }
        }?;
        match load::load(&setup.inputs, &setup.config.include) {
            Ok(loaded) => Some((loaded, setup.config)),
            Err(failure) => {
                terminal.fail(doing, &failure.diagnostics, &failure.sources);
                None
            }
        }
    }
}

/// The message of this name: the full one, or the end of one that no other message has.
pub(super) fn message(contract: &Contract, name: &str) -> Result<MessageId, Box<Diagnostic>> {
    let name = name.trim_start_matches('.');
    let ends = |full: &str| {
        let rest = full.strip_suffix(name);
        rest.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    let found: Vec<_> = contract
        .messages()
        .iter()
        .filter(|message| ends(message.full_name.as_str()))
        .collect();
    let whole = found.iter().find(|it| it.full_name.as_str() == name);
    match (whole, found.as_slice()) {
        (Some(message), _) | (None, [message]) => Ok(message.id),
        (None, []) => Err(unknown(contract, name).into()),
        (None, several) => {
            let names: Vec<_> = several.iter().map(|it| it.full_name.as_str()).collect();
            let text = format!("{} messages are called `{name}`", several.len());
            let help = format!("name one of `{}`", names.join("`, `"));
            Err(Diagnostic::error(&codes::NO_MESSAGE, text)
                .help(help)
                .into())
        }
    }
}

fn unknown(contract: &Contract, name: &str) -> Diagnostic {
    let messages = || contract.messages().iter();
    let by_full_name = nearest(name, messages().map(|it| it.full_name.as_str()));
    let by_name = nearest(name, messages().map(|it| it.name.as_str())).and_then(|near| {
        messages()
            .find(|it| it.name == near)
            .map(|it| it.full_name.as_str())
    });
    let text = format!("the contract has no message `{name}`");
    let diagnostic = Diagnostic::error(&codes::NO_MESSAGE, text);
    match by_full_name.or(by_name) {
        Some(near) => diagnostic.help(format!("there is `{near}`")),
        None => diagnostic.help("`xlc dump contract` shows what the contract has"),
    }
}

/// A payload to read, with its name for messages and its length if that is known.
pub(super) struct Input {
    pub(super) name: String,
    pub(super) length: Option<u64>,
    pub(super) reader: Box<dyn BufRead>,
}

/// Many records are small: a buffer for a good number of them.
const BUFFER: usize = 256 << 10;

/// Opens a file, or standard input for `-` and for no name.
pub(super) fn open(file: Option<&Path>) -> Result<Input, Box<Diagnostic>> {
    let Some(path) = file.filter(|path| *path != Path::new("-")) else {
        if io::stdin().is_terminal() {
            let text = "standard input is a terminal, and a payload is expected";
            let problem = Diagnostic::error(&codes::IO, text);
            return Err(problem.help("name a file, or use a pipe").into());
        }
        return Ok(Input {
            name: "<standard input>".to_owned(),
            length: None,
            reader: Box::new(BufReader::with_capacity(BUFFER, io::stdin())),
        });
    };
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| Ok((file.metadata()?, file)));
    let (metadata, file) = opened.map_err(|error| io_error("read", &name, &error))?;
    Ok(Input {
        length: metadata.is_file().then_some(metadata.len()),
        name,
        reader: Box::new(BufReader::with_capacity(BUFFER, file)),
    })
}

/// A file that could not be read or written.
pub(super) fn io_error(verb: &str, name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::error(&codes::IO, format!("cannot {verb} `{name}`: {error}"))
}

/// Shows what stopped a run on a payload.
pub(super) fn fail(terminal: &Terminal, doing: &str, problem: Diagnostic) -> super::Status {
    terminal.fail(doing, &[problem], &Sources::default())
}
