//! `check-compat --fix`: applies what the library says can be written. The new texts are loaded and compared again before
//! a file is touched; then all files are written, or none.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Versions;
use crate::cli::Status;
use crate::cli::terminal::{Terminal, Tone};
use crate::compat::Finding;
use crate::compat::fix::{self, Plan};
use crate::contract::File;
use crate::diagnostics::{Diagnostic, codes};
use crate::load::{self, Input};
use crate::output::{WholeFile, unified_diff};
use crate::source::Sources;

const DOING: &str = "could not fix";

/// What to do with a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Write it.
    Write,
    /// Print what it would change.
    Diff,
}

/// Carries a plan out, or fails with the reason shown. In the mode that writes the versions have to be read anew after it.
pub(super) fn run(
    versions: &Versions,
    plan: &Plan,
    mode: Mode,
    quiet: bool,
    terminal: &mut Terminal,
) -> Result<(), Status> {
    let texts = plan.texts(&versions.sources);
    if texts.is_empty() {
        if !quiet {
            terminal.done("nothing can be fixed");
        }
        return Ok(());
    }
    verify(versions, plan, &texts, terminal)?;
    if mode == Mode::Diff {
        for (name, old, new) in &texts {
            terminal.print(&unified_diff(name, Some(old), Some(new)));
        }
        return Ok(());
    }
    write(&texts).map_err(|problem| terminal.fail(DOING, &[*problem], &Sources::default()))?;
    if !quiet {
        for fix in &plan.fixes {
            let thing = format!("{}: {} in {}", fix.file, fix.text, fix.element);
            terminal.status(Tone::Good, "fixed", &thing);
        }
    }
    Ok(())
}

/// The files that may be edited: .proto files on disk that were named as inputs.
pub(super) fn owns<'v>(versions: &'v Versions) -> impl Fn(&File) -> bool + 'v {
    let files: BTreeSet<PathBuf> = (versions.inputs.iter())
        .filter_map(|input| match input {
            Input::File(path) => std::fs::canonicalize(path).ok(),
            Input::DescriptorSet { .. } | Input::Memory { .. } | Input::Request { .. } => None,
        })
        .collect();
    move |file| {
        let name = versions.sources.get(file.source).name();
        std::fs::canonicalize(name).is_ok_and(|it| files.contains(&it))
    }
}

/// Loads the new texts and compares again: nothing but reservations and JSON names may differ, nothing new may be found,
/// and what was to go must be gone.
fn verify(
    versions: &Versions,
    plan: &Plan,
    texts: &[(&str, &str, String)],
    terminal: &Terminal,
) -> Result<(), Status> {
    let changed: BTreeMap<&str, &String> =
        texts.iter().map(|(name, _, new)| (*name, new)).collect();
    let mut inputs = versions.inputs.clone();
    let mut replaced = BTreeSet::new();
    for file in versions.new.files() {
        let name = versions.sources.get(file.source).name();
        if let Some(text) = changed.get(name) {
            replaced.extend(std::fs::canonicalize(name).ok());
            inputs.push(Input::Memory {
                import: file.path.clone(),
                name: name.to_owned(),
                bytes: text.as_bytes().to_vec(),
                requested: true,
            });
        }
    }
    inputs.retain(|input| match input {
        Input::File(path) => std::fs::canonicalize(path).is_ok_and(|it| !replaced.contains(&it)),
        Input::DescriptorSet { .. } | Input::Memory { .. } | Input::Request { .. } => true,
    });
    let loaded = load::load(&inputs, &versions.roots)
        .map_err(|failure| terminal.fail(DOING, &failure.diagnostics, &failure.sources))?;
    let refuse = |reason: &str| {
        let problem =
            Diagnostic::error(&codes::IO, format!("the fixes were not written: {reason}"));
        let problem = problem
            .help("this is a bug in xlc; please report it, and do what the findings say by hand");
        terminal.fail(DOING, &[problem], &Sources::default())
    };
    if !fix::is_otherwise_same(&versions.new, &loaded.contract) {
        return Err(refuse(
            "they would change more than reservations and JSON names",
        ));
    }
    let told = |problems: Vec<Diagnostic>| terminal.fail(DOING, &problems, &versions.sources);
    for old in &versions.olds {
        let before = versions.findings(old).map_err(told)?;
        let before: BTreeSet<String> = before.iter().map(Finding::fingerprint).collect();
        let after = versions.findings_of(old, &loaded.contract).map_err(told)?;
        for finding in &after {
            let print = finding.fingerprint();
            if !before.contains(&print) {
                return Err(refuse(&format!("after them, {}", finding.message)));
            }
            if plan.fixes(&print) && fix::is_pending(finding) {
                return Err(refuse(&format!("they do not help: {}", finding.message)));
            }
        }
    }
    Ok(())
}

/// Writes all texts, or puts back what stood there before.
fn write(texts: &[(&str, &str, String)]) -> Result<(), Box<Diagnostic>> {
    let mut staged = Vec::new();
    for (name, old, new) in texts {
        let path = Path::new(name);
        let failed = |error: io::Error| failed(name, &error);
        let there = std::fs::read_to_string(path).map_err(failed)?;
        let mark = match there.strip_prefix(BYTE_ORDER_MARK) {
            Some(_) => BYTE_ORDER_MARK,
            None => "",
        };
        if there.strip_prefix(mark) != Some(old) {
            let problem =
                Diagnostic::error(&codes::IO, format!("`{name}` was changed in the meantime"));
            return Err(Box::new(problem.help("run it again")));
        }
        staged.push((
            path,
            there,
            stage(path, &format!("{mark}{new}")).map_err(failed)?,
        ));
    }
    let mut done: Vec<(&Path, String)> = Vec::new();
    for (path, there, file) in staged {
        if let Err(error) = file.keep() {
            for (path, text) in done {
                // What cannot be put back either is told by the error that follows.
                let _ = stage(path, &text).and_then(WholeFile::keep);
            }
            return Err(failed(&path.display().to_string(), &error));
        }
        done.push((path, there));
    }
    Ok(())
}

fn failed(name: &str, error: &io::Error) -> Box<Diagnostic> {
    let problem = Diagnostic::error(&codes::IO, format!("cannot write `{name}`: {error}"));
    Box::new(problem.help("no file was changed; `--diff` prints what to write"))
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

fn stage(path: &Path, text: &str) -> io::Result<WholeFile> {
    let mut file = WholeFile::begin(path)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}
