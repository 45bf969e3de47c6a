//! From flags to a configuration: the file that holds here, or one made of the command line alone.

use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use super::Global;
use super::terminal::Terminal;
use crate::config::{self, Config, Draft, FILE_NAME};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::Input;
use crate::pipeline::known_targets;
use crate::source::Sources;

/// A configuration and its inputs, or nothing after the reason was shown.
pub(super) struct Setup {
    pub(super) config: Config,
    pub(super) inputs: Vec<Input>,
}

/// Reads the configuration file that holds here.
pub(super) fn from_file(global: &Global, terminal: &Terminal, doing: &str) -> Option<Setup> {
    let mut sources = Sources::default();
    let found = match &global.config {
        Some(file) => Ok(file.clone()),
        None => find(),
    };
    let read = found.and_then(|file| config::read(&file, known_targets(), &mut sources));
    complete(read, &sources, terminal, doing)
}

/// Reads a configuration that was made of flags.
pub(super) fn from_draft(draft: &Draft, terminal: &Terminal, doing: &str) -> Option<Setup> {
    let mut sources = Sources::default();
    let (name, text) = ("<command line>", draft.text());
    // Without a table of a target it does not matter which there are.
    let known = match draft.targets.is_empty() {
        true => &[][..],
        false => known_targets(),
    };
    let read = config::parse(name, &text, Path::new(""), known, &mut sources);
    complete(read, &sources, terminal, doing)
}

fn complete(
    read: Result<Config, Vec<Diagnostic>>,
    sources: &Sources,
    terminal: &Terminal,
    doing: &str,
) -> Option<Setup> {
    let result = read.and_then(|config| {
        let inputs = config.inputs(&mut standard_input)?;
        Ok(Setup { config, inputs })
    });
    match result {
        Ok(setup) => Some(setup),
        Err(diagnostics) => {
            terminal.fail(doing, &diagnostics, sources);
            None
        }
    }
}

fn find() -> Result<PathBuf, Vec<Diagnostic>> {
    let here = std::env::current_dir().map_err(|error| {
        let message = format!("cannot tell the current directory: {error}");
        vec![Diagnostic::error(&codes::IO, message)]
    })?;
    config::find(&here).ok_or_else(|| {
        vec![
            Diagnostic::error(
                &codes::NOT_FOUND,
                format!("no `{FILE_NAME}` here or in a directory above"),
            )
            .help("`xlc init` writes one to begin with; `--config FILE` names another")
            .help("`xlc gen TARGET --contract FILE --out DIR` works without one"),
        ]
    })
}

/// All of standard input.
pub(super) fn standard_input() -> io::Result<Vec<u8>> {
    if io::stdin().is_terminal() {
        return Err(io::Error::other(
            "standard input is a terminal, and a descriptor set is expected from a pipe",
        ));
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}
