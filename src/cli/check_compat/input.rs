//! From what is named on the command line to contracts. A directory is its own import root, and so is that of a file.

use std::path::Path;

use crate::cli::Global;
use crate::cli::setup;
use crate::cli::terminal::Terminal;
use crate::config::{self, Draft};
use crate::diagnostics::Diagnostic;
use crate::load::{self, Failure, Loaded};
use crate::pipeline::known_targets;
use crate::source::Sources;

/// Why there is no contract.
pub(super) enum Unreadable {
    /// It was told already.
    Told,
    /// To be told.
    Failure(Failure),
}

impl From<Failure> for Unreadable {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

/// The contract that `xlc.toml` names.
pub(super) fn configured(
    global: &Global,
    terminal: &Terminal,
    doing: &str,
) -> Result<Loaded, Unreadable> {
    let setup = setup::from_file(global, terminal, doing).ok_or(Unreadable::Told)?;
    Ok(load::load(&setup.inputs, &setup.config.include)?)
}

/// The contract in directories, files and descriptor sets.
pub(super) fn read(paths: &[String]) -> Result<Loaded, Unreadable> {
    let include: Vec<String> = paths.iter().filter_map(|path| root(path)).collect();
    let draft = Draft {
        contract: paths.to_vec(),
        include,
        ..Draft::default()
    };
    let mut sources = Sources::default();
    let (name, text) = ("<command line>", draft.text());
    let read = config::parse(name, &text, Path::new(""), &known_targets(), &mut sources);
    let inputs = read.and_then(|config| {
        let inputs = config.inputs(&mut setup::standard_input)?;
        Ok((config, inputs))
    });
    match inputs {
        Ok((config, inputs)) => Ok(load::load(&inputs, &config.include)?),
        Err(diagnostics) => Err(Unreadable::Failure(unplaced(diagnostics))),
    }
}

/// Problems of what was named: their place would be in a text that nobody wrote.
fn unplaced(diagnostics: Vec<Diagnostic>) -> Failure {
    let without = |diagnostic: Diagnostic| Diagnostic {
        primary: None,
        ..diagnostic
    };
    Failure {
        sources: Sources::default(),
        diagnostics: diagnostics.into_iter().map(without).collect(),
    }
}

/// The import root of an entry; none for what is no source.
fn root(path: &str) -> Option<String> {
    let on_disk = Path::new(path);
    if on_disk.is_dir() {
        return Some(path.to_owned());
    }
    if on_disk.extension().is_none_or(|it| it != "proto") {
        return None;
    }
    Some(match on_disk.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.display().to_string(),
        Some(_) | None => ".".to_owned(),
    })
}
