//! What stands on the disk, compared with what we wrote: content with other line endings, directories that will be empty.
//! Decides nothing about what is to happen with it.

use std::collections::BTreeSet;
use std::path::Path;

use super::manifest::sha256;

/// The directories of a relative path, outermost first: `a`, `a/b` for `a/b/c`.
pub(super) fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

/// Whether content is what we wrote, line endings aside (version control may have changed them).
pub(super) fn is_ours(bytes: &[u8], hash: &str) -> bool {
    sha256(bytes) == hash || sha256(&unix_lines(bytes)) == hash
}

/// The content with every CR LF as LF.
pub(super) fn unix_lines(bytes: &[u8]) -> Vec<u8> {
    let mut lines = Vec::with_capacity(bytes.len());
    for (index, &byte) in bytes.iter().enumerate() {
        if byte != b'\r' || bytes.get(index + 1) != Some(&b'\n') {
            lines.push(byte);
        }
    }
    lines
}

/// Whether a directory holds nothing but files that are leaving (and directories of such).
pub(super) fn only_holds(directory: &Path, path: &str, leaving: &BTreeSet<String>) -> bool {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return false;
    };
    entries.into_iter().all(|entry| {
        let Ok(entry) = entry else { return false };
        let inner = format!("{path}/{}", entry.file_name().to_string_lossy());
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => only_holds(&entry.path(), &inner, leaving),
            Ok(_) => leaving.contains(&inner),
            Err(_) => false,
        }
    })
}
