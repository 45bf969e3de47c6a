//! The record of what xlc wrote: path, content hash and target of each file, and the version of the tool. It tells stale
//! files from foreign ones and hand edits from old output.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::path::{refusal, shown};
use crate::diagnostics::{Diagnostic, codes};

/// The name of the manifest in each output directory.
pub const MANIFEST: &str = ".xlc-manifest.json";

/// What xlc wrote into a directory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "xlc manifest")]
pub(super) struct Manifest {
    /// What this file is, for people who open it.
    pub(super) comment: String,
    /// The version of this file's format: 1.
    pub(super) version: u32,
    /// The version of xlc that last changed a file of the directory. A newer version that changes no file leaves it, so
    /// that an upgrade alone makes no difference.
    pub(super) tool: String,
    /// The files by path, relative to the directory, with `/` between the parts.
    pub(super) files: BTreeMap<String, Entry>,
}

/// A file that xlc wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    /// The SHA-256 of the content, in lower-case hexadecimal.
    pub(super) sha256: String,
    /// The target that wrote it.
    pub(super) target: String,
}

impl Manifest {
    pub(super) fn new(files: BTreeMap<String, Entry>) -> Self {
        Self {
            comment:
                "Written by xlc. It tells generated files from hand edits; keep it beside them."
                    .to_owned(),
            version: 1,
            tool: concat!("xlc ", env!("CARGO_PKG_VERSION")).to_owned(),
            files,
        }
    }

    /// The manifest as a file.
    pub(super) fn text(&self) -> String {
        // A struct of strings and numbers always serialises.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads the manifest of a directory; `None` if there is none.
    pub(super) fn read(directory: &Path) -> Result<Option<Self>, Box<Diagnostic>> {
        let name = shown(directory, MANIFEST);
        let text = match std::fs::read_to_string(directory.join(MANIFEST)) {
            Ok(text) => text,
            Err(error)
                if matches!(
                    error.kind(),
                    std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
                ) =>
            {
                return Ok(None);
            }
            Err(error) => {
                return Err(Box::new(Diagnostic::error(
                    &codes::IO,
                    format!("cannot read `{name}`: {error}"),
                )));
            }
        };
        Self::parse(&text).map(Some).map_err(|reason| {
            Box::new(
                Diagnostic::error(&codes::MANIFEST, format!("`{name}` is not valid: {reason}"))
                    .note("it records what xlc wrote; without it a hand edit cannot be told from old output")
                    .help("restore it from version control, or write everything anew with `xlc gen --force`"),
            )
        })
    }

    fn parse(text: &str) -> Result<Self, String> {
        let manifest: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if manifest.version != 1 {
            return Err(format!(
                "version {} is not known: this xlc knows version 1",
                manifest.version
            ));
        }
        // Files named here get deleted: a path that leaves the directory must not even be looked at.
        match manifest
            .files
            .keys()
            .find_map(|path| refusal(path).map(|why| (path, why)))
        {
            Some((path, why)) => Err(format!("`{path}`: {why}")),
            None => Ok(manifest),
        }
    }
}

/// The SHA-256 of some content, in lower-case hexadecimal.
pub(super) fn sha256(content: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(content) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The JSON Schema of the manifest.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Manifest).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read_as_it_was_written_and_not_if_it_points_outside() {
        let entry = Entry {
            sha256: sha256(b"abc"),
            target: "python".into(),
        };
        assert_eq!(
            entry.sha256,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let manifest = Manifest::new([("a/b.py".to_owned(), entry.clone())].into());
        assert_eq!(Manifest::parse(&manifest.text()).unwrap(), manifest);
        let outside = Manifest::new([("../b.py".to_owned(), entry)].into());
        assert!(
            Manifest::parse(&outside.text())
                .unwrap_err()
                .contains("leaves")
        );
        assert!(
            Manifest::parse(&manifest.text().replace("\"version\": 1", "\"version\": 2"))
                .unwrap_err()
                .contains("version 2 is not known")
        );
        assert!(Manifest::parse("<<<<<<< HEAD").is_err());
    }
}
