//! What is written, kept, deleted or refused, and that it happens wholly or not at all.
//!
//! A [`Tree`] is what a directory should hold of ours; [`reconcile`] compares it with the disk and the manifest of the
//! last run and yields [`Changes`], the one truth that `gen`, `--check`, `--diff` and `--dry-run` show; [`commit`]
//! carries them out. What the files mean is not known here.
//!
//! # What a reader sees while files are written
//!
//! Each file is the old one or the new one, never a part of one: it is replaced by a rename. Between the first and the
//! last rename (all files are ready on the disk before the first) some are old and some are new. If the process or the
//! machine dies before the commit point, all files are old; after it, the next run finishes the job before
//! it does anything else, and until then `--check` reports the tree as interrupted. If a rename fails, those that were
//! made are undone. Two runs over one directory wait for each other.

mod claim;
mod content;
mod diff;
mod forsaken;
mod journal;
mod manifest;
mod path;
mod reconcile;
mod transaction;
mod tree;
mod whole;

pub use claim::STAGING;
pub use diff::unified_diff;
pub use forsaken::{Forsaken, forsaken};
pub use manifest::{MANIFEST, schema as manifest_schema};
pub use reconcile::{Change, ChangeKind, Changes, Conflict, Directory, reconcile};
pub use transaction::{Event, Outcome, commit};
pub use tree::{Planned, Tree, overlaps, real as real_directory};
pub use whole::WholeFile;

#[cfg(test)]
mod tests;
