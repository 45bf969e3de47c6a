//! From what is named on the command line to contracts: the configuration, directories, files, descriptor sets, and
//! revisions. A directory is its own import root, and so is that of a file.

use std::path::{Component, Path, PathBuf};

use super::git::{self, Wanted};
use crate::cli::setup;
use crate::config::{self, Config, ContractFile, Draft};
use crate::diagnostics::{Diagnostic, codes};
use crate::load::{self, Failure, Input, Loaded};
use crate::lock;
use crate::source::Sources;

/// The contract that is checked: where it is, so that the same can be found in a revision.
pub(in crate::cli) struct Place {
    paths: Vec<String>,
    roots: Vec<String>,
    /// Files of the contract on disk.
    files: Vec<PathBuf>,
    /// Whether files beside these, below `paths`, are left out on purpose.
    chosen: bool,
    /// Its lock, whether there is one or not.
    pub(in crate::cli) lock: PathBuf,
}

/// An old version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum Old {
    /// A directory, a file or a descriptor set.
    Path(String),
    /// A revision in git.
    Revision(String),
    /// What a lock holds.
    Lock(String),
}

/// The entry that stands for the lock of the contract.
pub(super) const LOCK: &str = "lock";

impl Old {
    /// How it is called.
    pub(in crate::cli) fn name(&self) -> &str {
        match self {
            Self::Path(path) => path,
            Self::Revision(revision) => revision,
            Self::Lock(path) => path,
        }
    }
}

/// The versions that an entry of `--against` stands for.
pub(in crate::cli) fn versions(entry: &str, place: &Place) -> Result<Vec<Old>, Box<Diagnostic>> {
    if let Some(revision) = entry.strip_prefix("git:") {
        return Ok(vec![Old::Revision(revision.to_owned())]);
    }
    if let Some(pattern) = entry.strip_prefix("tags:") {
        return Ok(git::tags(pattern)?.into_iter().map(Old::Revision).collect());
    }
    if entry == "latest-tag" {
        return Ok(vec![Old::Revision(git::latest_tag()?)]);
    }
    if entry == LOCK {
        return Ok(vec![Old::Lock(place.lock.display().to_string())]);
    }
    if Path::new(entry).extension().is_some_and(|it| it == LOCK) {
        return Ok(vec![Old::Lock(entry.to_owned())]);
    }
    Ok(vec![Old::Path(entry.to_owned())])
}

/// Where the contract of a configuration is.
pub(in crate::cli) fn of_config(config: &Config) -> Place {
    let text = |path: &PathBuf| tidy(&path.display().to_string());
    let files = config.contract.iter().filter_map(|file| match file {
        ContractFile::Proto(path) => Some(path.clone()),
        ContractFile::DescriptorSet(_) | ContractFile::StandardInput => None,
    });
    Place {
        paths: config.watched.iter().map(text).collect(),
        roots: config.include.iter().map(text).collect(),
        files: files.collect(),
        chosen: true,
        lock: Path::new(&config.name).with_file_name(lock::FILE_NAME),
    }
}

/// Where paths are.
pub(in crate::cli) fn of_paths(paths: &[String]) -> Place {
    Place {
        paths: paths.iter().map(|path| tidy(path)).collect(),
        roots: paths.iter().filter_map(|path| root(path)).collect(),
        files: Vec::new(),
        chosen: false,
        lock: PathBuf::from(lock::FILE_NAME),
    }
}

/// The contract in directories, files and descriptor sets. `include` are further import roots.
pub(in crate::cli) fn read(paths: &[String], include: &[String]) -> Result<Loaded, Failure> {
    let (inputs, roots) = inputs(paths, include).map_err(|diagnostics| Failure {
        sources: Sources::default(),
        diagnostics,
    })?;
    load::load(&inputs, &roots)
}

/// What is to be loaded of directories, files and descriptor sets, and the roots that their imports are looked up in.
pub(super) fn inputs(
    paths: &[String],
    include: &[String],
) -> Result<(Vec<Input>, Vec<PathBuf>), Vec<Diagnostic>> {
    let roots = paths.iter().filter_map(|path| root(path));
    let draft = Draft {
        contract: paths.to_vec(),
        include: roots.chain(include.iter().cloned()).collect(),
        ..Draft::default()
    };
    let mut sources = Sources::default();
    let (name, text) = ("<command line>", draft.text());
    let read = config::parse(name, &text, Path::new(""), &[], &mut sources);
    let read = read.and_then(|config| {
        let inputs = config.inputs(&mut setup::standard_input)?;
        Ok((inputs, config.include))
    });
    read.map_err(|diagnostics| unplaced(diagnostics).diagnostics)
}

/// An old version of what is at a place. `include` are import roots on disk, for what the version does not have itself.
pub(in crate::cli) fn read_old(
    old: &Old,
    place: &Place,
    include: &[String],
) -> Result<Loaded, Failure> {
    match old {
        Old::Path(path) => read(std::slice::from_ref(path), include),
        Old::Revision(revision) => {
            let inputs = revision_inputs(revision, place).map_err(unplaced)?;
            let roots: Vec<PathBuf> = include.iter().map(PathBuf::from).collect();
            load::load(&inputs, &roots)
        }
        Old::Lock(path) => {
            let message = format!("`{path}` is a lock, and no contract");
            let problem = Diagnostic::error(&codes::CONFIG, message);
            Err(unplaced(vec![problem.help(
                "name the versions that it is to hold: `tags:v*`, or a directory",
            )]))
        }
    }
}

fn revision_inputs(revision: &str, place: &Place) -> Result<Vec<Input>, Vec<Diagnostic>> {
    if place.roots.is_empty() {
        let problem = Diagnostic::error(
            &codes::CONFIG,
            format!("what to read of revision `{revision}` is not known"),
        );
        return Err(vec![problem.help(
            "name the new version by a directory or .proto files, as they are in git",
        )]);
    }
    let left_out = |path: &str| {
        let path = Path::new(path);
        place.chosen && path.is_file() && !place.files.iter().any(|it| plain(it) == plain(path))
    };
    let wanted = Wanted {
        paths: &place.paths,
        roots: &place.roots,
        except: &left_out,
    };
    git::read(revision, &wanted)
}

/// Problems of what was named: their place would be in a text that nobody wrote.
fn unplaced(diagnostics: Vec<Diagnostic>) -> Failure {
    let without = |diagnostic: Diagnostic| Diagnostic {
        primary: None,
        file: None,
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
        return Some(tidy(path));
    }
    if on_disk.extension().is_none_or(|it| it != "proto") {
        return None;
    }
    Some(match on_disk.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => tidy(&parent.display().to_string()),
        Some(_) | None => ".".to_owned(),
    })
}

/// A path as git writes it: relative to the current directory where that is possible, without `.`.
fn tidy(path: &str) -> String {
    let path = Path::new(path);
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let path = plain(path).display().to_string();
    match path.is_empty() {
        true => ".".to_owned(),
        false => path,
    }
}

/// A path without `.`.
fn plain(path: &Path) -> PathBuf {
    let parts = path.components();
    parts
        .filter(|part| !matches!(part, Component::CurDir))
        .collect()
}
