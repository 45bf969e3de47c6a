//! Carries out changes, all or none: claim, finish what a killed run left, compare again, prepare, commit, rename.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use super::claim::Claim;
use super::journal::{Journal, Recovery};
use super::reconcile::{Change, ChangeKind, Changes, Conflict, Directory, reconcile};
use super::tree::Tree;
use crate::diagnostics::{Diagnostic, codes};

/// What happens while changes are carried out, told step by step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Another run writes to one of the directories; this one waits for it.
    Waiting,
    /// A commit that a killed run left behind was finished.
    Finished,
    /// A commit that a killed run left behind was undone.
    Undone,
    /// A file is prepared.
    Staged,
    /// All files are prepared and on the disk.
    Synced,
    /// The commit has happened: from here on it is carried out, whatever happens to this process.
    Committed,
    /// A file is in its place, or gone from it.
    Applied,
    /// All are, and the journal is gone.
    Done,
}

/// What a commit did.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The changes that were made.
    pub changes: Changes,
}

/// Brings the directories of the trees to what the trees say, all or none.
///
/// # Errors
/// A diagnostic per conflict, in which case nothing is written; what the disk refused, in which case all is as before.
pub fn commit(
    trees: &[Tree],
    force: bool,
    observe: &mut dyn FnMut(Event),
) -> Result<Outcome, Vec<Diagnostic>> {
    let mut changes = reconcile(trees, force)?;
    loop {
        // Conflicts are told under the claims alone: what looks like one may be what another run has half done.
        let dirty: BTreeSet<PathBuf> = dirty(&changes).map(|it| it.root.clone()).collect();
        if dirty.is_empty() {
            return Ok(Outcome { changes });
        }
        let claims = match claim_all(dirty, observe) {
            Ok(claims) => claims,
            Err(problem) => {
                if !changes.directories.iter().any(|it| it.interrupted) {
                    refuse_conflicts(&changes)?;
                }
                return Err(problem);
            }
        };
        let result = claimed(trees, force, &claims, observe);
        match result {
            Ok(Some(done)) => {
                claims.into_iter().for_each(Claim::release);
                return Ok(Outcome { changes: done });
            }
            // Between the comparison and the claim another directory came to need a change: once more, with its claim.
            Ok(None) => {
                claims.into_iter().for_each(Claim::abandon);
                changes = reconcile(trees, force)?;
            }
            Err(problem) => {
                if claims
                    .iter()
                    .all(|claim| Journal::pending(claim.root()).is_none())
                {
                    claims.into_iter().for_each(Claim::abandon);
                }
                return Err(problem);
            }
        }
    }
}

/// The directories in which something is to be done.
fn dirty(changes: &Changes) -> impl Iterator<Item = &Directory> {
    changes.directories.iter().filter(|it| {
        // What a killed run prepared is swept even if there is nothing to write.
        it.staging
            || it.manifest.is_some()
            || it
                .changes
                .iter()
                .any(|change| change.kind != ChangeKind::Unchanged)
    })
}

/// What is done under the claims. `None` if they turn out not to be enough.
fn claimed(
    trees: &[Tree],
    force: bool,
    claims: &[Claim],
    observe: &mut dyn FnMut(Event),
) -> Result<Option<Changes>, Vec<Diagnostic>> {
    recover(claims, observe)?;
    let changes = reconcile(trees, force)?;
    refuse_conflicts(&changes)?;
    let dirty: Vec<&Directory> = dirty(&changes).collect();
    if dirty.is_empty() {
        return Ok(Some(changes));
    }
    if !dirty
        .iter()
        .all(|it| claims.iter().any(|claim| claim.root() == it.root))
    {
        return Ok(None);
    }
    write(&dirty, observe)?;
    Ok(Some(changes))
}

/// Claims the directories, and those that a killed run wrote together with them. In the order of their paths, so
/// that two runs never wait for each other.
fn claim_all(
    mut roots: BTreeSet<PathBuf>,
    observe: &mut dyn FnMut(Event),
) -> Result<Vec<Claim>, Vec<Diagnostic>> {
    loop {
        let mut claims = Vec::new();
        for root in &roots {
            match Claim::acquire(root, &mut || observe(Event::Waiting)) {
                Ok(claim) => claims.push(claim),
                Err(error) => {
                    let quiet = |claim: &Claim| Journal::pending(claim.root()).is_none();
                    claims.into_iter().filter(quiet).for_each(Claim::abandon);
                    return Err(vec![io_error("write to", root, &error)]);
                }
            }
        }
        let joined: BTreeSet<PathBuf> = roots
            .iter()
            .filter_map(|root| Journal::pending(root))
            .flat_map(|journal| journal.roots())
            .collect();
        if joined.is_subset(&roots) {
            return Ok(claims);
        }
        roots.extend(joined);
    }
}

/// Finishes or undoes what killed runs left behind.
fn recover(claims: &[Claim], observe: &mut dyn FnMut(Event)) -> Result<(), Vec<Diagnostic>> {
    for claim in claims {
        if let Some(journal) = Journal::pending(claim.root()) {
            match journal.recover(&mut || observe(Event::Applied)) {
                Ok(Recovery::Finished) => observe(Event::Finished),
                Ok(Recovery::Undone) => observe(Event::Undone),
                Err(error) => {
                    let problem =
                        io_error("finish what a killed run began in", claim.root(), &error);
                    return Err(vec![problem]);
                }
            }
        }
    }
    Ok(())
}

/// Prepares, commits and renames.
fn write(
    directories: &[&Directory],
    observe: &mut dyn FnMut(Event),
) -> Result<(), Vec<Diagnostic>> {
    let roots: Vec<PathBuf> = directories.iter().map(|it| it.root.clone()).collect();
    for root in &roots {
        clear_leftovers(root);
    }
    let mut journal = Journal::new(&roots);
    for (root, change) in ordered(directories) {
        journal
            .stage(root, &change.path, change.new.as_deref())
            .map_err(|error| vec![io_error("write", Path::new(&change.name), &error)])?;
        observe(Event::Staged);
    }
    let whole = |error| vec![io_error("write to", &directories[0].shown, &error)];
    journal.sync().map_err(whole)?;
    observe(Event::Synced);
    journal.commit().map_err(whole)?;
    observe(Event::Committed);
    for (index, (_, change)) in ordered(directories).into_iter().enumerate() {
        if let Err(error) = journal.apply(index) {
            let mut problem = io_error("write", Path::new(&change.name), &error);
            match journal.turn_back().and_then(|()| journal.undo()) {
                Ok(()) => problem = problem.note("nothing was changed: what was done was undone"),
                Err(second) => {
                    problem = problem
                        .note(format!("what was done could not be undone: {second}"))
                        .help("remove the cause and run `xlc gen` again: it finishes the work");
                }
            }
            return Err(vec![problem]);
        }
        observe(Event::Applied);
    }
    journal.finish().map_err(whole)?;
    observe(Event::Done);
    Ok(())
}

/// The steps of a commit: what goes first (a directory may have to make room for a file), then what comes, and the
/// manifests last.
fn ordered<'a>(directories: &[&'a Directory]) -> Vec<(usize, &'a Change)> {
    let pick = |wanted: fn(ChangeKind) -> bool| {
        directories.iter().enumerate().flat_map(move |(root, it)| {
            it.changes
                .iter()
                .filter(move |change| wanted(change.kind))
                .map(move |change| (root, change))
        })
    };
    let manifests = directories
        .iter()
        .enumerate()
        .flat_map(|(root, it)| it.manifest.iter().map(move |change| (root, change)));
    pick(|kind| kind == ChangeKind::Delete)
        .chain(pick(|kind| {
            matches!(
                kind,
                ChangeKind::Create | ChangeKind::Update | ChangeKind::LineEndings
            )
        }))
        .chain(manifests)
        .collect()
}

/// What a run that was killed before its commit had prepared.
fn clear_leftovers(root: &Path) {
    let staging = root.join(super::STAGING);
    for entry in std::fs::read_dir(staging).into_iter().flatten().flatten() {
        if entry.file_name() != "lock" {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

fn io_error(what: &str, path: &Path, error: &io::Error) -> Diagnostic {
    let path = path.display().to_string().replace('\\', "/");
    Diagnostic::error(&codes::IO, format!("cannot {what} `{path}`: {error}"))
}

/// A diagnostic per file that is in the way.
fn refuse_conflicts(changes: &Changes) -> Result<(), Vec<Diagnostic>> {
    let problems: Vec<Diagnostic> = changes
        .files()
        .filter_map(|change| match change.kind {
            ChangeKind::Conflict(conflict) => Some(explain(&change.name, conflict)),
            ChangeKind::Unchanged
            | ChangeKind::Create
            | ChangeKind::Update
            | ChangeKind::LineEndings
            | ChangeKind::Delete => None,
        })
        .collect();
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

fn explain(name: &str, conflict: Conflict) -> Diagnostic {
    const SHOW: &str =
        "`xlc gen --check --diff` shows what differs; `xlc gen --force` overwrites it";
    match conflict {
        Conflict::HandEdited => {
            Diagnostic::error(&codes::HAND_EDITED, format!("`{name}` was edited by hand"))
                .note("it is generated: the next change of the contract would undo the edit")
                .help(SHOW)
        }
        Conflict::HandEditedOrphan => Diagnostic::error(
            &codes::HAND_EDITED,
            format!("`{name}` was edited by hand and is no longer generated"),
        )
        .help("move it elsewhere to keep it; `xlc gen --force` deletes it"),
        Conflict::Foreign => Diagnostic::error(
            &codes::IN_THE_WAY,
            format!("`{name}` exists and was not written by xlc"),
        )
        .help(SHOW),
        Conflict::Directory => Diagnostic::error(
            &codes::IN_THE_WAY,
            format!("`{name}` is a directory, and a file is to be written there"),
        )
        .help("move the directory away"),
        Conflict::NoDirectory => Diagnostic::error(
            &codes::IN_THE_WAY,
            format!("`{name}` cannot be written: a file or a symbolic link stands where one of its directories should be"),
        )
        .help("move it away"),
    }
}
