//! Which relative paths may be written: inside the output directory, on every system, and no name of ours.

use std::path::{Path, PathBuf};

use super::{MANIFEST, STAGING};

/// Why a path of an artifact (`/` between the parts) is refused; `None` if it is fine.
pub(super) fn refusal(path: &str) -> Option<&'static str> {
    if path.is_empty() {
        return Some("it is empty");
    }
    if path.contains(['\\', ':', '\0']) {
        return Some("it has a character that no portable file name has");
    }
    for part in path.split('/') {
        match part {
            "" => return Some("it is absolute or has an empty part"),
            "." | ".." => return Some("it leaves the output directory or points at it"),
            part if part.eq_ignore_ascii_case(MANIFEST) || part.eq_ignore_ascii_case(STAGING) => {
                return Some("xlc keeps its own records under that name");
            }
            part if part.ends_with(['.', ' ']) => {
                return Some("a part ends in a dot or a space, which Windows drops");
            }
            _ => {}
        }
    }
    None
}

/// The path on disk of a relative path below a directory.
pub(super) fn below(directory: &Path, path: &str) -> PathBuf {
    let mut full = directory.to_path_buf();
    full.extend(path.split('/'));
    full
}

/// `directory/path` for people, with `/`, without a leading `./`.
pub(super) fn shown(directory: &Path, path: &str) -> String {
    let directory = directory.display().to_string().replace('\\', "/");
    match directory.as_str() {
        "" | "." => path.to_owned(),
        _ => format!("{}/{path}", directory.trim_end_matches('/')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_that_leave_the_directory_or_are_not_portable_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../a",
            "a/../../b",
            "a//b",
            "./a",
            "a\\b",
            "C:/a",
            "a/.xlc-manifest.json",
            ".XLC-staging/a",
            "a./b",
            "a\0",
        ] {
            assert!(refusal(path).is_some(), "{path:?} passes");
        }
        for path in ["a", "a/b.py", "a..b/.c", "ä/ß"] {
            assert_eq!(refusal(path), None);
        }
    }
}
