//! `xlc lock`: writes down what a contract has, or with `--check` tells whether that was done.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::check_compat::input::{self, Old, Place};
use super::terminal::{Terminal, Tone};
use super::{Global, Status, setup};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::{self, Failure, Loaded};
use crate::lock::{Added, Conflicts, Lock};
use crate::output::WholeFile;
use crate::source::{SourceId, Sources};

/// Arguments of `xlc lock`.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The contract: directories, .proto files or descriptor sets; xlc.toml is not read then, and xlc.lock is in the
    /// current directory [default: the contract of xlc.toml, and xlc.lock beside that file]
    #[arg(value_name = "CONTRACT", value_hint = clap::ValueHint::AnyPath)]
    contract: Vec<String>,
    /// Write nothing; tell what the lock lacks, and exit with 1 if it lacks anything
    #[arg(long)]
    check: bool,
    /// A version that was released earlier, in the words of `check-compat --against`; may be given again, in any order
    #[arg(long, value_name = "OLD", value_hint = clap::ValueHint::AnyPath)]
    from: Vec<String>,
    /// A directory that imports are looked up in after those of the versions themselves, for all versions; may be given
    /// again
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath)]
    include: Vec<String>,
}

const DOING: &str = "could not lock";

/// The text of a lock, and what messages show of it.
pub(super) struct Text {
    text: Arc<str>,
    pub(super) source: SourceId,
    pub(super) sources: Sources,
}

impl Text {
    /// Reads the file.
    pub(super) fn open(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let error = match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => return Ok(Self::new(&name, text.into())),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    let problem = Diagnostic::error(&codes::LOCK, format!("`{name}` is not UTF-8"));
                    problem
                        .note(format!(
                            "the byte at offset {at} is not part of a character"
                        ))
                        .help("take the file from git as it was, and run `xlc lock`")
                }
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Diagnostic::error(&codes::NOT_FOUND, format!("there is no lock `{name}`")).help(
                    "`xlc lock` writes it; `xlc lock --from tags:v*` with what was released before",
                )
            }
            Err(error) => {
                Diagnostic::error(&codes::IO, format!("`{name}` cannot be read: {error}"))
                    .help("check the path and its permissions")
            }
        };
        Err(Failure {
            sources: Sources::default(),
            diagnostics: vec![error],
        })
    }

    fn new(name: &str, text: Arc<str>) -> Self {
        let mut sources = Sources::default();
        let source = sources.add(name, Some(Arc::clone(&text)));
        Self {
            text,
            source,
            sources,
        }
    }

    /// What it says.
    pub(super) fn lock(&self, conflicts: Conflicts) -> Result<Lock<'_>, Failure> {
        let read = Lock::read(&self.text, self.source, &self.sources, conflicts);
        read.map_err(|problem| Failure {
            sources: self.sources.clone(),
            diagnostics: vec![*problem],
        })
    }
}

pub(super) fn run(arguments: &Arguments, global: &Global, terminal: &mut Terminal) -> Status {
    let Some((contract, place)) = contract(arguments, global, terminal) else {
        return Status::Failed;
    };
    let done = contract.and_then(|contract| {
        let released = released(arguments, &place)?;
        let text = match place.lock.exists() {
            true => Some(Text::open(&place.lock)?),
            false => None,
        };
        let conflicts = match arguments.check {
            true => Conflicts::Refuse,
            false => Conflicts::KeepBoth,
        };
        let mut lock = match &text {
            Some(text) => text.lock(conflicts)?,
            None => Lock::default(),
        };
        for version in &released {
            lock.add(&version.contract);
        }
        let before = text.as_ref().map(|it| &*it.text);
        let added = lock.add(&contract.contract);
        match arguments.check {
            true => Ok(check(
                &added,
                before.is_some(),
                &place.lock,
                global,
                terminal,
            )),
            false => {
                let history = !released.is_empty();
                let file = (place.lock.as_path(), before);
                write(&lock, &added, history, file, global, terminal)
            }
        }
    });
    match done {
        Ok(status) => status,
        Err(failure) => terminal.fail(DOING, &failure.diagnostics, &failure.sources),
    }
}

/// The contract and where it is; nothing after the reason was shown.
fn contract(
    arguments: &Arguments,
    global: &Global,
    terminal: &Terminal,
) -> Option<(Result<Loaded, Failure>, Place)> {
    if !arguments.contract.is_empty() {
        let loaded = input::read(&arguments.contract, &arguments.include);
        return Some((loaded, input::of_paths(&arguments.contract)));
    }
    let setup = setup::from_file(global, terminal, DOING)?;
    let mut roots = setup.config.include.clone();
    roots.extend(arguments.include.iter().map(PathBuf::from));
    let loaded = load::load(&setup.inputs, &roots);
    Some((loaded, input::of_config(&setup.config)))
}

/// The versions that were released earlier.
fn released(arguments: &Arguments, place: &Place) -> Result<Vec<Loaded>, Failure> {
    let mut olds: Vec<Old> = Vec::new();
    for entry in &arguments.from {
        let versions = input::versions(entry, place).map_err(|problem| Failure {
            sources: Sources::default(),
            diagnostics: vec![*problem],
        })?;
        olds.extend(versions);
    }
    let read = |old: &Old| input::read_old(old, place, &arguments.include);
    olds.iter().map(read).collect()
}

fn check(added: &Added, exists: bool, path: &Path, global: &Global, terminal: &Terminal) -> Status {
    let name = path.display();
    let lacking = added.lacking().count();
    if exists && lacking == 0 {
        if !global.quiet {
            let pending = match added.gone.len() {
                0 => String::new(),
                gone => format!("; `xlc lock` will mark {gone} as gone"),
            };
            let text = format!("{name}, which has all that the contract has{pending}");
            terminal.status(Tone::Good, "Checked", &text);
        }
        return Status::Clean;
    }
    if !exists {
        terminal.error(&format!("there is no lock `{name}`"));
    } else {
        if !global.quiet {
            let shown = match global.verbose {
                true => usize::MAX,
                false => MOST,
            };
            for line in added.lacking().take(shown) {
                terminal.status(Tone::Attention, "missing", line);
            }
        }
        let what = elements(lacking);
        terminal.error(&format!("`{name}` lacks {what} of the contract"));
    }
    terminal.help("`xlc lock` brings it up to date");
    Status::Findings
}

/// As many missing elements are shown, if not all are asked for.
const MOST: usize = 20;

fn elements(count: usize) -> String {
    match count {
        1 => "1 element".to_owned(),
        more => format!("{more} elements"),
    }
}

fn write(
    lock: &Lock<'_>,
    added: &Added,
    history: bool,
    (path, before): (&Path, Option<&str>),
    global: &Global,
    terminal: &Terminal,
) -> Result<Status, Failure> {
    let text = lock.text();
    let name = path.display();
    if before == Some(&text) {
        if !global.quiet {
            terminal.status(Tone::Good, "Unchanged", &name.to_string());
        }
        return Ok(Status::Clean);
    }
    let written = WholeFile::begin(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.keep()
    });
    if let Err(error) = written {
        let problem = Diagnostic::error(&codes::IO, format!("cannot write `{name}`: {error}"));
        return Err(Failure {
            sources: Sources::default(),
            diagnostics: vec![problem.help("check the path and its permissions")],
        });
    }
    if global.verbose {
        let lists = [
            ("new", &added.new),
            ("gone", &added.gone),
            ("back", &added.back),
        ];
        for (word, lines) in lists {
            for line in lines {
                terminal.status(Tone::Good, word, line);
            }
        }
    }
    if !global.quiet {
        let text = match history {
            false => format!("{name}: {}", summary(added, lock.conflicts())),
            true => {
                let (all, gone) = lock.counts();
                format!("{name}: {}, {gone} of them gone", elements(all))
            }
        };
        terminal.status(Tone::Good, "Locked", &text);
    }
    Ok(Status::Clean)
}

/// `3 new, 1 gone`, or what else was done.
fn summary(added: &Added, conflicts: usize) -> String {
    let counts = [
        (added.new.len(), "new"),
        (added.gone.len(), "gone"),
        (added.back.len(), "back"),
    ];
    let mut parts: Vec<String> = (counts.iter())
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    match conflicts {
        0 => {}
        1 => parts.push("1 conflict resolved".to_owned()),
        more => parts.push(format!("{more} conflicts resolved")),
    }
    match parts.is_empty() {
        true => "sorted".to_owned(),
        false => parts.join(", "),
    }
}
