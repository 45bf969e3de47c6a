//! Compares what should be with what is and with what xlc wrote last, and decides for each file what is to happen.
//! Reads the disk and changes nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::claim::STAGING;
use super::content::{ancestors, is_ours, only_holds, unix_lines};
use super::journal::Journal;
use super::manifest::{Entry, MANIFEST, Manifest, sha256};
use super::path::{below, shown};
use super::tree::{Tree, real};
use crate::diagnostics::{Diagnostic, codes};

/// What is to happen to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The path for people: the output directory as configured, and the path in it.
    pub name: String,
    /// The path relative to the output directory.
    pub path: String,
    /// What is to happen.
    pub kind: ChangeKind,
    /// What is on the disk, if it is a file; invalid UTF-8 replaced.
    pub old: Option<String>,
    /// What is to be there; `None` for a file that is to go.
    pub new: Option<String>,
}

/// What is to happen to a file, and with that the state that it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeKind {
    /// It is as it should be.
    Unchanged,
    /// It is missing and will be written.
    Create,
    /// It is stale: as xlc wrote it, but the contract or the tool has changed.
    Update,
    /// It differs from what should be there in line endings only; it will be written anew.
    LineEndings,
    /// It is orphaned: as xlc wrote it, and no longer part of the output.
    Delete,
    /// Somebody else's work is in the way.
    Conflict(Conflict),
}

/// Why a file is not touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conflict {
    /// A generated file was edited by hand.
    HandEdited,
    /// A generated file was edited by hand, and is no longer part of the output.
    HandEditedOrphan,
    /// A file that xlc did not write stands there.
    Foreign,
    /// A directory stands where a file is to be. Not even `--force` removes it.
    Directory,
    /// A file or a symbolic link stands where a directory is to be: writing would go elsewhere. Not even `--force` does.
    NoDirectory,
}

impl Conflict {
    /// Whether `--force` overcomes it.
    #[must_use]
    pub fn yields_to_force(self) -> bool {
        match self {
            Self::HandEdited | Self::HandEditedOrphan | Self::Foreign => true,
            Self::Directory | Self::NoDirectory => false,
        }
    }
}

/// The changes of one output directory.
#[derive(Debug, Clone)]
pub struct Directory {
    /// The directory as configured.
    pub shown: PathBuf,
    /// The directory without symbolic links, absolute.
    pub root: PathBuf,
    /// The files, in the order of their paths.
    pub changes: Vec<Change>,
    /// The manifest, if it is to be written (or removed, when nothing generated is left).
    pub manifest: Option<Change>,
    /// Whether a run was killed while it wrote here, and waits to be finished.
    pub interrupted: bool,
    /// Whether something is being prepared here, or was by a run that was killed.
    pub(super) staging: bool,
}

/// The changes of a run.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    /// Directory by directory.
    pub directories: Vec<Directory>,
}

impl Changes {
    /// All files of all directories, manifests left out.
    pub fn files(&self) -> impl Iterator<Item = &Change> {
        self.directories.iter().flat_map(|it| &it.changes)
    }

    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.directories.iter().all(|it| {
            !it.interrupted
                && it.manifest.is_none()
                && it
                    .changes
                    .iter()
                    .all(|change| change.kind == ChangeKind::Unchanged)
        })
    }

    /// How many files there are of a kind.
    #[must_use]
    pub fn count(&self, wanted: impl Fn(ChangeKind) -> bool) -> usize {
        self.files().filter(|change| wanted(change.kind)).count()
    }
}

/// Compares trees with the disk. With `force`, hand edits and foreign files are to be overwritten.
///
/// # Errors
/// If the disk or a manifest cannot be read.
pub fn reconcile(trees: &[Tree], force: bool) -> Result<Changes, Vec<Diagnostic>> {
    let mut changes = Changes::default();
    let mut diagnostics = Vec::new();
    for tree in trees {
        match directory(tree, force) {
            Ok(found) => changes.directories.push(found),
            Err(problem) => diagnostics.push(*problem),
        }
    }
    if diagnostics.is_empty() {
        Ok(changes)
    } else {
        Err(diagnostics)
    }
}

fn directory(tree: &Tree, force: bool) -> Result<Directory, Box<Diagnostic>> {
    let root = real(&tree.directory);
    if root.exists() && !root.is_dir() {
        return Err(Box::new(Diagnostic::error(
            &codes::IN_THE_WAY,
            format!("`{}` is not a directory", tree.directory.display()),
        )));
    }
    let (last, readable) = match Manifest::read(&root) {
        Ok(manifest) => (manifest, true),
        Err(_) if force => (None, false),
        Err(problem) => return Err(problem),
    };
    let written = last.as_ref().map(|it| it.files.clone()).unwrap_or_default();
    let mut state = State {
        tree,
        root: &root,
        written: &written,
        force,
    };
    let mut changes = Vec::new();
    let mut files: BTreeMap<String, Entry> = BTreeMap::new();
    for (path, planned) in tree.files() {
        changes.push(state.planned(path, &planned.text)?);
        let entry = Entry {
            sha256: sha256(planned.text.as_bytes()),
            target: planned.target.clone(),
        };
        files.insert(path.clone(), entry);
    }
    for (path, entry) in &written {
        if tree.files().contains_key(path) {
            continue;
        }
        if tree.resting.contains(&entry.target) {
            files.insert(path.clone(), entry.clone());
        } else {
            changes.extend(state.orphan(path, &entry.sha256)?);
        }
    }
    // A directory that becomes a file is gone by then, if all that is in it goes.
    let leaving: BTreeSet<String> = changes
        .iter()
        .filter(|change| change.kind == ChangeKind::Delete)
        .map(|change| change.path.clone())
        .collect();
    for change in &mut changes {
        if change.kind == ChangeKind::Conflict(Conflict::Directory)
            && only_holds(&below(&root, &change.path), &change.path, &leaving)
        {
            change.kind = ChangeKind::Create;
        }
        if change.kind == ChangeKind::Conflict(Conflict::NoDirectory)
            && ancestors(&change.path).any(|ancestor| leaving.contains(ancestor))
        {
            change.kind = ChangeKind::Create;
        }
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    let interrupted = Journal::pending(&root).is_some();
    Ok(Directory {
        manifest: manifest_change(tree, &root, last.as_ref(), readable, files),
        shown: tree.directory.clone(),
        staging: root.join(STAGING).exists(),
        root,
        changes,
        interrupted,
    })
}

/// The change of the manifest itself; `None` if it says what it should.
fn manifest_change(
    tree: &Tree,
    root: &Path,
    last: Option<&Manifest>,
    readable: bool,
    files: BTreeMap<String, Entry>,
) -> Option<Change> {
    if last.map_or(files.is_empty() && readable, |last| {
        last.files == files && !files.is_empty()
    }) {
        return None;
    }
    let old = std::fs::read_to_string(root.join(MANIFEST)).ok();
    let (kind, new) = match (&old, files.is_empty()) {
        (_, true) => (ChangeKind::Delete, None),
        (Some(_), false) => (ChangeKind::Update, Some(Manifest::new(files).text())),
        (None, false) => (ChangeKind::Create, Some(Manifest::new(files).text())),
    };
    Some(Change {
        name: shown(&tree.directory, MANIFEST),
        path: MANIFEST.to_owned(),
        kind,
        old,
        new,
    })
}

/// What is found at a path.
enum Found {
    Nothing,
    File(Vec<u8>),
    Directory,
    /// A parent is no directory of this tree: a file or a symbolic link.
    NoParent,
}

struct State<'a> {
    tree: &'a Tree,
    root: &'a Path,
    written: &'a BTreeMap<String, Entry>,
    force: bool,
}

impl State<'_> {
    fn change(
        &self,
        path: &str,
        kind: ChangeKind,
        old: Option<&[u8]>,
        new: Option<&str>,
    ) -> Change {
        let yields = match kind {
            ChangeKind::Conflict(conflict) => conflict.yields_to_force(),
            ChangeKind::Unchanged
            | ChangeKind::Create
            | ChangeKind::Update
            | ChangeKind::LineEndings
            | ChangeKind::Delete => false,
        };
        let kind = match (self.force && yields, new) {
            (true, Some(_)) => ChangeKind::Update,
            (true, None) => ChangeKind::Delete,
            (false, _) => kind,
        };
        Change {
            name: shown(&self.tree.directory, path),
            path: path.to_owned(),
            kind,
            old: old.map(|bytes| String::from_utf8_lossy(bytes).into_owned()),
            new: new.map(str::to_owned),
        }
    }

    fn planned(&mut self, path: &str, text: &str) -> Result<Change, Box<Diagnostic>> {
        let found = self.look(path)?;
        let bytes = match &found {
            Found::Nothing => return Ok(self.change(path, ChangeKind::Create, None, Some(text))),
            Found::Directory => {
                let kind = ChangeKind::Conflict(Conflict::Directory);
                return Ok(self.change(path, kind, None, Some(text)));
            }
            Found::NoParent => {
                let kind = ChangeKind::Conflict(Conflict::NoDirectory);
                return Ok(self.change(path, kind, None, Some(text)));
            }
            Found::File(bytes) => bytes,
        };
        let kind = if bytes == text.as_bytes() {
            ChangeKind::Unchanged
        } else if unix_lines(bytes) == text.as_bytes() {
            ChangeKind::LineEndings
        } else {
            match self.written.get(path) {
                Some(entry) if is_ours(bytes, &entry.sha256) => ChangeKind::Update,
                Some(_) => ChangeKind::Conflict(Conflict::HandEdited),
                None if self.renamed_in_case(path, bytes) => ChangeKind::Create,
                None => ChangeKind::Conflict(Conflict::Foreign),
            }
        };
        Ok(self.change(path, kind, Some(bytes), Some(text)))
    }

    /// Whether the file at `path` is an orphan of ours that differs in upper and lower case only: a file system that
    /// ignores case shows it under both names.
    fn renamed_in_case(&self, path: &str, bytes: &[u8]) -> bool {
        self.written.iter().any(|(other, entry)| {
            other.to_lowercase() == path.to_lowercase()
                && !self.tree.files().contains_key(other)
                && is_ours(bytes, &entry.sha256)
                && same_file::is_same_file(below(self.root, path), below(self.root, other))
                    .unwrap_or(false)
        })
    }

    /// A file that was written earlier and is no longer planned; `None` if it is gone already.
    fn orphan(&mut self, path: &str, hash: &str) -> Result<Option<Change>, Box<Diagnostic>> {
        Ok(match self.look(path)? {
            Found::Nothing | Found::Directory | Found::NoParent => None,
            Found::File(bytes) => {
                let kind = if is_ours(&bytes, hash) {
                    ChangeKind::Delete
                } else {
                    ChangeKind::Conflict(Conflict::HandEditedOrphan)
                };
                Some(self.change(path, kind, Some(&bytes), None))
            }
        })
    }

    fn look(&self, path: &str) -> Result<Found, Box<Diagnostic>> {
        let failure = |at: &Path, error: &std::io::Error| {
            Box::new(Diagnostic::error(
                &codes::IO,
                format!("cannot read `{}`: {error}", at.display()),
            ))
        };
        // A symbolic link on the way would lead the file out of the directory.
        for ancestor in ancestors(path) {
            let at = below(self.root, ancestor);
            match std::fs::symlink_metadata(&at) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(_) => return Ok(Found::NoParent),
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
                Err(error) => return Err(failure(&at, &error)),
            }
        }
        let at = below(self.root, path);
        match std::fs::symlink_metadata(&at) {
            Ok(metadata) if metadata.is_dir() => Ok(Found::Directory),
            // The link itself is replaced, not what it points to; so its own text is what stands there.
            Ok(metadata) if metadata.is_symlink() => match std::fs::read_link(&at) {
                Ok(link) => Ok(Found::File(
                    link.to_string_lossy().into_owned().into_bytes(),
                )),
                Err(error) => Err(failure(&at, &error)),
            },
            Ok(_) => std::fs::read(&at)
                .map(Found::File)
                .map_err(|error| failure(&at, &error)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(failure(&at, &error)),
        }
    }
}
