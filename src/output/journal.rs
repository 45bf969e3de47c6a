//! The record of a commit: which prepared file goes where. It is what makes many renames one step: once it is there the
//! commit is carried out, by this run or by the next one, and before that it never happened.

use std::fs::File;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::claim::STAGING;
use super::manifest::sha256;
use super::path::below;

/// The journal of a commit that is being carried out, in the staging directory of the first output directory.
const COMMITTED: &str = "journal";
/// The same journal once a rename failed and what was done is being undone.
const UNDOING: &str = "journal-undo";
/// In the staging directories of the other output directories: where the first one is.
const POINTER: &str = "first";

/// A commit: the directories and what is to be done in them.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Journal {
    version: u32,
    /// The output directories, the one that holds the journal first, each relative to that one, so that a project that is
    /// moved after a kill still finds them.
    roots: Vec<String>,
    pub(super) steps: Vec<Step>,
    #[serde(skip)]
    home: PathBuf,
}

/// One file of a commit.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Step {
    /// Index of its directory.
    pub(super) root: usize,
    /// Its path in the directory.
    pub(super) path: String,
    /// Whether a prepared file is to be put there; otherwise what is there is to be removed.
    pub(super) write: bool,
    /// The SHA-256 of the file that was there before, if there was one. Not read off the kept copy: that can be the same
    /// file under a second name, which an edit in place changes too.
    pub(super) old: Option<String>,
}

/// What became of a journal that a killed run left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Recovery {
    /// The commit was finished.
    Finished,
    /// The commit was undone, because it could not be finished.
    Undone,
}

impl Journal {
    /// A journal for these directories (the first will hold it).
    pub(super) fn new(roots: &[PathBuf]) -> Self {
        let home = roots[0].clone();
        Self {
            version: 1,
            roots: roots.iter().map(|root| relative(&home, root)).collect(),
            steps: Vec::new(),
            home,
        }
    }

    /// The journal that a killed run left behind for a directory, if any.
    pub(super) fn pending(root: &Path) -> Option<Self> {
        let staging = root.join(STAGING);
        let home = match std::fs::read_to_string(staging.join(POINTER)) {
            Ok(pointer) => root.join(pointer).canonicalize().ok()?,
            Err(_) => root.to_path_buf(),
        };
        let staging = home.join(STAGING);
        let text = std::fs::read_to_string(staging.join(COMMITTED))
            .or_else(|_| std::fs::read_to_string(staging.join(UNDOING)))
            .ok()?;
        let mut journal: Self = serde_json::from_str(&text).ok()?;
        journal.home = home;
        // A pointer may outlive its commit: what it points at must know this directory.
        let known = journal.version == 1 && journal.roots().iter().any(|known| known == root);
        let safe = journal.steps.iter().all(|step| {
            step.root < journal.roots.len()
                && (step.path == super::MANIFEST || super::path::refusal(&step.path).is_none())
        });
        (known && safe).then_some(journal)
    }

    /// The directories, absolute.
    pub(super) fn roots(&self) -> Vec<PathBuf> {
        self.roots
            .iter()
            .map(|root| {
                let path = self.home.join(root);
                path.canonicalize().unwrap_or(path)
            })
            .collect()
    }

    fn destination(&self, step: &Step) -> PathBuf {
        below(&self.home.join(&self.roots[step.root]), &step.path)
    }

    fn staged(&self, index: usize, what: &str) -> PathBuf {
        let root = &self.roots[self.steps[index].root];
        self.home
            .join(root)
            .join(STAGING)
            .join(format!("{what}{index}"))
    }

    /// Adds a step and prepares it: the new content beside its place, and a second name for the old file.
    pub(super) fn stage(&mut self, root: usize, path: &str, new: Option<&str>) -> io::Result<()> {
        let index = self.steps.len();
        let mut step = Step {
            root,
            path: path.to_owned(),
            write: new.is_some(),
            old: None,
        };
        let place = self.destination(&step);
        step.old = content(&place).map(|bytes| sha256(&bytes));
        let old = step.old.is_some();
        self.steps.push(step);
        if old {
            let backup = self.staged(index, "old-");
            // A link costs nothing and keeps the time of the file; not every file system has links.
            if std::fs::hard_link(&place, &backup).is_err() {
                std::fs::copy(&place, &backup)?;
            }
        }
        if let Some(text) = new {
            File::create_new(self.staged(index, "new-"))?.write_all(text.as_bytes())?;
        }
        Ok(())
    }

    /// Makes sure that what was prepared is on the disk, not only in memory: a rename must never outlive its content.
    pub(super) fn sync(&self) -> io::Result<()> {
        let paths: Vec<PathBuf> = (0..self.steps.len())
            .filter(|&index| self.steps[index].write)
            .map(|index| self.staged(index, "new-"))
            .collect();
        // The disk works on many at once; one after the other, a thousand files would take seconds.
        let chunk = paths.len().div_ceil(SYNC_THREADS).max(1);
        std::thread::scope(|scope| {
            let workers: Vec<_> = paths
                .chunks(chunk)
                .map(|part| {
                    scope.spawn(move || {
                        part.iter()
                            .try_for_each(|path| File::options().write(true).open(path)?.sync_all())
                    })
                })
                .collect();
            workers.into_iter().try_for_each(|worker| {
                worker
                    .join()
                    .unwrap_or_else(|_| Err(io::Error::other("a worker thread failed")))
            })
        })?;
        for root in &self.roots {
            sync_directory(&self.home.join(root).join(STAGING));
        }
        Ok(())
    }

    /// Writes the pointers and then the journal. When it returns the commit has happened.
    pub(super) fn commit(&self) -> io::Result<()> {
        for root in &self.roots[1..] {
            let root = self.home.join(root);
            let staging = root.join(STAGING);
            let pointer = relative(&root.canonicalize()?, &self.home);
            write_synced(&staging.join(POINTER), pointer.as_bytes())?;
            sync_directory(&staging);
        }
        let staging = self.home.join(STAGING);
        let text = serde_json::to_vec(self)?;
        let draft = staging.join("journal-draft");
        write_synced(&draft, &text)?;
        std::fs::rename(&draft, staging.join(COMMITTED))?;
        sync_directory(&staging);
        Ok(())
    }

    /// Carries out one step.
    pub(super) fn apply(&self, index: usize) -> io::Result<()> {
        let step = &self.steps[index];
        let place = self.destination(step);
        if !step.write {
            remove(&place)?;
            self.prune(step);
            return Ok(());
        }
        if let Some(parent) = place.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if place.is_dir() {
            // All that was in it is gone; directories in it may be left.
            remove_empty(&place);
        }
        std::fs::rename(self.staged(index, "new-"), &place)
    }

    /// Finishes a commit that a killed run left behind, or undoes it if it cannot be finished. `resumed` is called
    /// after each step.
    pub(super) fn recover(&self, resumed: &mut dyn FnMut()) -> io::Result<Recovery> {
        if self.home.join(STAGING).join(UNDOING).exists() {
            self.undo()?;
            return Ok(Recovery::Undone);
        }
        for index in 0..self.steps.len() {
            if let Err(error) = self.resume(index) {
                self.turn_back()?;
                self.undo().map_err(|_| error)?;
                return Ok(Recovery::Undone);
            }
            resumed();
        }
        self.finish()?;
        Ok(Recovery::Finished)
    }

    /// Carries out a step that may have been carried out already. A file that somebody changed since the kill is
    /// left as it is: the comparison that follows finds it hand-edited.
    fn resume(&self, index: usize) -> io::Result<()> {
        let step = &self.steps[index];
        if step.write && !self.staged(index, "new-").exists() {
            return Ok(());
        }
        let now = content(&self.destination(step)).map(|bytes| sha256(&bytes));
        if now.is_none() && !step.write {
            // Gone already; the directories that it leaves empty may still be there.
            self.prune(step);
            return Ok(());
        }
        if now.is_none() || now == step.old {
            return self.apply(index);
        }
        Ok(())
    }

    /// Marks the commit as one that is being undone.
    pub(super) fn turn_back(&self) -> io::Result<()> {
        let staging = self.home.join(STAGING);
        std::fs::rename(staging.join(COMMITTED), staging.join(UNDOING))?;
        sync_directory(&staging);
        Ok(())
    }

    /// Puts back what was there before, last step first.
    pub(super) fn undo(&self) -> io::Result<()> {
        for (index, step) in self.steps.iter().enumerate().rev() {
            let place = self.destination(step);
            let backup = self.staged(index, "old-");
            let staged = self.staged(index, "new-");
            if backup.symlink_metadata().is_ok() {
                if let Some(parent) = place.parent() {
                    std::fs::create_dir_all(parent)?;
                }
                std::fs::rename(&backup, &place)?;
            } else if step.write && step.old.is_none() && !staged.exists() {
                remove(&place)?;
                self.prune(step);
            }
        }
        self.finish()
    }

    /// Ends the commit: what was renamed is on the disk, and the journal is gone. What is left in the staging directories
    /// means nothing any more.
    pub(super) fn finish(&self) -> io::Result<()> {
        let mut directories: Vec<PathBuf> = self
            .steps
            .iter()
            .filter_map(|step| Some(self.destination(step).parent()?.to_path_buf()))
            .collect();
        directories.sort();
        directories.dedup();
        for directory in directories {
            sync_directory(&directory);
        }
        let staging = self.home.join(STAGING);
        remove(&staging.join(COMMITTED))?;
        remove(&staging.join(UNDOING))?;
        sync_directory(&staging);
        Ok(())
    }

    /// Removes the directories of a removed file that are empty now, but not the output directory.
    fn prune(&self, step: &Step) {
        let mut path = step.path.as_str();
        while let Some((parent, _)) = path.rsplit_once('/') {
            let directory = below(&self.home.join(&self.roots[step.root]), parent);
            if std::fs::remove_dir(directory).is_err() {
                return;
            }
            path = parent;
        }
    }
}

/// How many files are synced at once.
const SYNC_THREADS: usize = 8;

fn write_synced(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(content)?;
    file.sync_all()
}

/// Asks for the entries of a directory to be put on the disk. Not every system lets a directory be opened for that;
/// where it does not, it also does not need it.
fn sync_directory(path: &Path) {
    if let Ok(directory) = File::open(path) {
        let _ = directory.sync_all();
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        Err(_) | Ok(()) => Ok(()),
    }
}

/// Removes a directory that holds nothing but directories.
fn remove_empty(path: &Path) {
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            remove_empty(&entry.path());
        }
    }
    // If it is not empty, the rename onto it fails and says so.
    let _ = std::fs::remove_dir(path);
}

fn content(path: &Path) -> Option<Vec<u8>> {
    if path.is_symlink() {
        return Some(
            path.read_link()
                .ok()?
                .to_string_lossy()
                .into_owned()
                .into_bytes(),
        );
    }
    std::fs::read(path).ok()
}

/// The way from one absolute directory to another; the absolute path itself if there is none (another drive).
fn relative(from: &Path, to: &Path) -> String {
    let from: Vec<Component<'_>> = from.components().collect();
    let to_parts: Vec<Component<'_>> = to.components().collect();
    let common = from
        .iter()
        .zip(&to_parts)
        .take_while(|(a, b)| a == b)
        .count();
    if common == 0 {
        return to.to_string_lossy().into_owned();
    }
    let up = from[common..].iter().map(|_| "..".to_owned());
    let down = to_parts[common..]
        .iter()
        .map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}
