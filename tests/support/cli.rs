//! Runs the real `xlc` in a project of its own.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot set up its project has failed"
)]

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A project in a temporary directory.
pub struct Project {
    directory: tempfile::TempDir,
}

/// What a run of `xlc` came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// A contract and a configuration that generate two files of JSON Schema.
pub const CONTRACT: &str = "\
syntax = \"proto3\";
package shop.v1;

message Order {
  string id = 1;
}

message Item {
  int64 count = 1;
}
";

/// The configuration that goes with [`CONTRACT`].
pub const CONFIG: &str = "\
version = 1
contract = [\"proto\"]
include = [\"proto\"]

[target.json_schema]
out = \"gen/json\"
";

/// The files that the two generate, relative to the project.
pub const ITEM: &str = "gen/json/shop/v1/Item.schema.json";
pub const ORDER: &str = "gen/json/shop/v1/Order.schema.json";

impl Project {
    /// A project with these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let project = Self {
            directory: tempfile::tempdir().unwrap(),
        };
        for (path, text) in files {
            project.write(path, text);
        }
        project
    }

    /// A project with [`CONTRACT`] and [`CONFIG`].
    pub fn shop() -> Self {
        Self::new(&[("proto/shop/v1/shop.proto", CONTRACT), ("xlc.toml", CONFIG)])
    }

    pub fn path(&self) -> &Path {
        self.directory.path()
    }

    pub fn join(&self, path: &str) -> PathBuf {
        self.path().join(path)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.join(path)).unwrap()
    }

    /// `xlc` in the project's directory, without what the environment says of colour.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xlc"));
        command.args(arguments).current_dir(self.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "CI"] {
            command.env_remove(variable);
        }
        command
    }

    pub fn xlc(&self, arguments: &[&str]) -> Run {
        run(self.command(arguments), b"")
    }

    pub fn xlc_with_input(&self, arguments: &[&str], input: &[u8]) -> Run {
        run(self.command(arguments), input)
    }

    /// All files below a directory of the project with their content.
    pub fn files(&self, below: &str) -> BTreeMap<String, String> {
        let root = self.join(below);
        walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&root).unwrap();
                let text = std::fs::read(entry.path()).unwrap();
                let text = String::from_utf8_lossy(&text).into_owned();
                (path.to_string_lossy().replace('\\', "/"), text)
            })
            .collect()
    }
}

/// Runs a command with some standard input.
pub fn run(mut command: Command, input: &[u8]) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes it; that is its right.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
