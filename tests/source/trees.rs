//! The two versions of all edits at once, generated for every language, with the programs beside them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// A version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Old,
    New,
}

impl Side {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/source")
}

/// The names of the edits.
pub(crate) fn cases() -> &'static BTreeSet<String> {
    static CASES: OnceLock<BTreeSet<String>> = OnceLock::new();
    CASES.get_or_init(|| {
        let entries = fs::read_dir(fixtures()).unwrap();
        let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
        entries.map(|entry| name(entry.unwrap())).collect()
    })
}

/// Where each language has its programs: the name in the fixture, and the place in the tree.
const PROGRAMS: [(&str, &str); 4] = [
    ("use.py", "python/use/CASE.py"),
    ("use.go", "go/use/CASE/use.go"),
    ("use.dart", "dart/use/CASE.dart"),
    ("use.cs", "csharp/use/CASE.cs"),
];

const CONFIG: &str = "version = 1
contract = [\"proto\"]
include = [\"proto\"]

[target.python]
out = \"python/gen\"

[target.go]
out = \"go\"
module = \"example.com/gen\"
go_mod = true

[target.dart]
out = \"dart/gen\"

[target.csharp]
out = \"csharp/gen\"
";

/// The import root of one version of an edit alone.
pub(crate) fn root(side: Side, case: &str) -> PathBuf {
    tree(side).join("alone").join(case)
}

/// The tree of one version of all edits.
pub(crate) fn tree(side: Side) -> PathBuf {
    static OLD: OnceLock<PathBuf> = OnceLock::new();
    static NEW: OnceLock<PathBuf> = OnceLock::new();
    let made = match side {
        Side::Old => &OLD,
        Side::New => &NEW,
    };
    made.get_or_init(|| make(side)).clone()
}

fn make(side: Side) -> PathBuf {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let tree = base.join("source").join(side.name());
    if tree.exists() {
        fs::remove_dir_all(&tree).unwrap();
    }
    for case in cases() {
        let from = fixtures().join(case);
        for entry in fs::read_dir(from.join(side.name())).unwrap() {
            let path = entry.unwrap().path();
            let file = Path::new(case).join(path.file_name().unwrap());
            copy(&path, &tree.join("proto").join(&file));
            copy(&path, &tree.join("alone").join(case).join(&file));
        }
        for (file, place) in PROGRAMS {
            copy(&from.join(file), &tree.join(place.replace("CASE", case)));
        }
    }
    fs::write(tree.join("xlc.toml"), CONFIG).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_xlc"))
        .args(["gen", "-q"])
        .current_dir(&tree)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    tree
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    let text = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    fs::write(to, text).unwrap();
}
