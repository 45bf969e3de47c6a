//! The files that a directory should hold of ours, in memory and ordered. Decides which plans cannot be written at all.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::path::{below, refusal, shown};
use crate::diagnostics::{Diagnostic, codes};

/// A rendered file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its content.
    pub text: String,
    /// The target that planned it.
    pub target: String,
}

/// The files of one output directory, by path relative to it.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The output directory.
    pub directory: PathBuf,
    /// The targets of this run that write to it.
    pub targets: Vec<String>,
    /// Other targets of the configuration that write to it and are not part of this run: their files stay.
    pub resting: Vec<String>,
    files: BTreeMap<String, Planned>,
    /// Paths in lower case, as a file system that ignores case sees them.
    folded: BTreeMap<String, String>,
}

impl Tree {
    /// A tree without files.
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        Self {
            directory,
            targets: Vec::new(),
            resting: Vec::new(),
            files: BTreeMap::new(),
            folded: BTreeMap::new(),
        }
    }

    /// The files, in the order of their paths.
    #[must_use]
    pub fn files(&self) -> &BTreeMap<String, Planned> {
        &self.files
    }

    /// Adds a file.
    ///
    /// # Errors
    /// If the path is not safe, is taken, differs from another in upper and lower case only, or is a directory of another.
    pub fn add(&mut self, path: &str, planned: Planned) -> Result<(), Box<Diagnostic>> {
        let name = shown(&self.directory, path);
        let target = &planned.target;
        if let Some(reason) = refusal(path) {
            let error = format!("target `{target}` cannot write `{path}`: {reason}");
            return Err(Box::new(Diagnostic::error(&codes::OUTPUT_PATH, error)));
        }
        if let Some(other) = self.files.get(path) {
            return Err(clash(format!(
                "targets `{}` and `{target}` both write `{name}`",
                other.target
            )));
        }
        let mut key = path.to_lowercase();
        if let Some(other) = self.folded.get(&key) {
            let other = shown(&self.directory, other);
            return Err(clash(format!(
                "`{other}` and `{name}` differ in upper and lower case only"
            ))
            .map_note("macOS and Windows hold them for one file"));
        }
        let inside = self
            .folded
            .range(format!("{key}/")..)
            .next()
            .filter(|(other, _)| other.starts_with(&format!("{key}/")))
            .map(|(_, other)| other.clone());
        self.folded.insert(key.clone(), path.to_owned());
        let mut around = inside;
        while let Some((parent, _)) = key.rsplit_once('/') {
            key = parent.to_owned();
            if let Some(other) = self.folded.get(&key) {
                around = Some(other.clone());
            }
        }
        if let Some(other) = around {
            let other = shown(&self.directory, &other);
            return Err(clash(format!(
                "`{name}` and `{other}` cannot both exist: one is a directory of the other"
            )));
        }
        self.files.insert(path.to_owned(), planned);
        Ok(())
    }
}

fn clash(message: String) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(&codes::OUTPUT_PATH, message).help(
        "give the targets different `out` directories, or rename what the files are named after",
    ))
}

/// Adds a note to a boxed diagnostic.
trait MapNote {
    fn map_note(self, text: &str) -> Self;
}

impl MapNote for Box<Diagnostic> {
    fn map_note(self, text: &str) -> Self {
        Box::new((*self).note(text))
    }
}

/// Files that two trees with different directories would both write, because one directory lies in the other.
#[must_use]
pub fn overlaps(trees: &[Tree]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<PathBuf, &Tree> = BTreeMap::new();
    let mut found = Vec::new();
    for tree in trees {
        let root = real(&tree.directory);
        for path in tree.files.keys() {
            let full = below(&root, path);
            if let Some(other) = seen.insert(full, tree) {
                found.push(*clash(format!(
                    "`{}` is written by targets `{}` and `{}`",
                    shown(&tree.directory, path),
                    other.targets.join("`, `"),
                    tree.targets.join("`, `")
                )));
            }
        }
    }
    found
}

/// The directory without symbolic links, as far as it exists.
#[must_use]
pub fn real(directory: &Path) -> PathBuf {
    let mut missing = Vec::new();
    let absolute = std::path::absolute(directory).unwrap_or_else(|_| directory.to_path_buf());
    let mut current = absolute.as_path();
    loop {
        if let Ok(found) = current.canonicalize() {
            return missing
                .iter()
                .rev()
                .fold(found, |path: PathBuf, part| path.join(part));
        }
        match (current.parent(), current.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                current = parent;
            }
            // `..` after a directory that does not exist, or nothing exists at all.
            _ => return absolute,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(tree: &mut Tree, path: &str) -> Result<(), String> {
        let planned = Planned {
            text: String::new(),
            target: "t".into(),
        };
        tree.add(path, planned).map_err(|error| error.message)
    }

    #[test]
    fn plans_that_cannot_be_written_are_refused() {
        let mut tree = Tree::new("gen".into());
        add(&mut tree, "a/b.py").unwrap();
        for (path, reason) in [
            ("../x", "leaves the output directory"),
            ("a/b.py", "both write `gen/a/b.py`"),
            ("A/b.py", "differ in upper and lower case only"),
            ("a/b.py/c", "one is a directory of the other"),
            ("a", "one is a directory of the other"),
        ] {
            let error = add(&mut tree, path).unwrap_err();
            assert!(error.contains(reason), "{path}: {error}");
        }
        add(&mut tree, "ab").unwrap();
        assert_eq!(tree.files().len(), 2);
    }

    #[test]
    fn a_file_in_two_directories_of_which_one_lies_in_the_other_is_found() {
        let mut outer = Tree::new("gen".into());
        add(&mut outer, "python/a.py").unwrap();
        let mut inner = Tree::new("gen/../gen/python".into());
        add(&mut inner, "a.py").unwrap();
        add(&mut inner, "b.py").unwrap();
        // `..` is only resolved where the directories exist, as the system does it.
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(directory.path().join("gen/python")).unwrap();
        outer.directory = directory.path().join("gen");
        inner.directory = directory.path().join("gen/../gen/python");
        assert_eq!(overlaps(&[outer, inner]).len(), 1);
    }
}
