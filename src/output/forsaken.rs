//! Directories that xlc wrote to and no target writes to any more, because `out` moved. They are looked for when files appear
//! in a new place, near the configuration, and only told: what is in them may be somebody else's by now.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::manifest::{MANIFEST, Manifest};
use super::reconcile::{ChangeKind, Changes};
use super::tree::real;

/// A directory with files that are now written elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forsaken {
    /// The directory.
    pub directory: PathBuf,
    /// The targets that wrote there what they now write elsewhere.
    pub targets: BTreeSet<String>,
}

/// How deep below the configuration they are looked for, and among how many files and directories: a run must not take
/// long because a project is large.
const DEPTH: usize = 6;
const MOST: usize = 20_000;

/// Those of which a file was created somewhere else by these changes. `base` is the directory of the configuration, `outs`
/// are the directories that its targets write to.
#[must_use]
pub fn forsaken(changes: &Changes, base: &Path, outs: &[PathBuf]) -> Vec<Forsaken> {
    let is_new = |it: &&super::Directory| {
        let manifest = it.manifest.as_ref();
        manifest.is_some_and(|change| change.kind == ChangeKind::Create)
    };
    let fresh = changes.directories.iter().filter(is_new);
    let created: BTreeSet<&str> = fresh
        .flat_map(|it| it.changes.iter().map(|change| change.path.as_str()))
        .collect();
    if created.is_empty() {
        return Vec::new();
    }
    let outs: BTreeSet<PathBuf> = outs.iter().map(|out| real(out)).collect();
    let base = match base.as_os_str().is_empty() {
        true => Path::new("."),
        false => base,
    };
    let found = WalkDir::new(base)
        .max_depth(DEPTH)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(may_hold_output)
        .take(MOST)
        // What cannot be read holds nothing that could be told.
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name() == MANIFEST);
    let found = found.filter_map(|entry| {
        let directory = entry.path().parent()?;
        if outs.contains(&real(directory)) {
            return None;
        }
        let manifest = Manifest::read(directory).ok()??;
        let moved = manifest.files.into_iter();
        let moved = moved.filter(|(path, _)| created.contains(path.as_str()));
        let targets: BTreeSet<String> = moved.map(|(_, entry)| entry.target).collect();
        let directory = directory.strip_prefix("./").unwrap_or(directory);
        (!targets.is_empty()).then(|| Forsaken {
            directory: directory.to_path_buf(),
            targets,
        })
    });
    found.collect()
}

/// What makes a directory below the configuration a project of its own, which says itself what is written there.
const PROJECT: &str = "xlc.toml";

/// Whether generated files of this configuration may lie there: not in hidden directories, nor in those of other tools,
/// nor in other projects.
fn may_hold_output(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let is_hidden = name.starts_with('.') && name.len() > 1 && name != MANIFEST;
    let is_other = is_hidden
        || matches!(&*name, "node_modules" | "target")
        || (entry.file_type().is_dir() && entry.path().join(PROJECT).exists());
    entry.depth() == 0 || !is_other
}
