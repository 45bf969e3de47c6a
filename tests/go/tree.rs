//! A generated Go module in a directory of its own, and Go's tools to judge it with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::support::toolchain;

/// A generated tree.
pub(crate) struct Tree {
    directory: TempDir,
    go: PathBuf,
}

impl Tree {
    /// The tree for the contracts below a directory, or `None` (after saying so) without Go.
    pub(crate) fn of_sources(
        name: &str,
        include: &str,
        contract: &str,
        module: &str,
    ) -> Option<Self> {
        Self::new(
            name,
            &[contract.to_owned()],
            &[include],
            &format!("module = \"{module}\""),
        )
    }

    /// The tree for contracts, with lines for `[target.go]`; paths are relative to the repository.
    pub(crate) fn new(
        name: &str,
        contracts: &[String],
        include: &[&str],
        options: &str,
    ) -> Option<Self> {
        let tree = Self::empty(name)?;
        tree.generate(
            contracts,
            include,
            &format!("{options}\ngo_mod = true"),
            ".",
        );
        Some(tree)
    }

    /// A module with the Study contract as xlc, google's generator and vtprotobuf's have it.
    pub(crate) fn beside_google() -> Option<Self> {
        let tree = Self::empty("google")?;
        let protoc = toolchain::protoc()?;
        let (google, vtprotobuf) = (
            toolchain::protoc_gen_go()?,
            toolchain::protoc_gen_go_vtproto()?,
        );
        let (pins, known) = (toolchain::go_module()?, toolchain::protoc_include()?);
        let contract = ["schemas/radiology".to_owned()];
        tree.generate(
            &contract,
            &["schemas"],
            "module = \"xlc.test/bench/ours\"",
            "ours",
        );
        tree.pin("xlc.test/bench", &pins);
        let files = ["study", "inference"].map(|name| format!("radiology/study/v1/{name}.proto"));
        for (name, plugin, features) in [
            ("go", google, ""),
            ("go-vtproto", vtprotobuf, ",features=marshal+unmarshal+size"),
        ] {
            run(Command::new(&protoc)
                .arg(format!("-I{}", repository("schemas").display()))
                .arg(format!("-I{}", known.display()))
                .arg(format!("--plugin=protoc-gen-{name}={}", plugin.display()))
                .arg(format!("--{name}_out={}", tree.path(".").display()))
                .arg(format!("--{name}_opt=module=xlc.test/bench{features}"))
                .args(
                    files
                        .iter()
                        .map(|file| format!("--{name}_opt=M{file}=xlc.test/bench/official")),
                )
                .args(&files));
        }
        for name in ["main.go", "messages.go", "agree_test.go"] {
            tree.copy(&format!("tests/go/bench/{name}"), name);
        }
        Some(tree)
    }

    /// A module with the kitchen sink and the editions, and the sets of descriptors that google's runtime knows them by.
    pub(crate) fn of_text_beside_google() -> Option<Self> {
        let tree = Self::empty("prototext")?;
        let (protoc, known) = (toolchain::protoc()?, toolchain::protoc_include()?);
        let pins = toolchain::go_module()?;
        let kitchen = "fixtures/contracts/kitchen_sink";
        let editions = ["2023", "2024"].map(|edition| format!("edition{edition}.binpb"));
        let mut contracts = vec![kitchen.to_owned()];
        for set in &editions {
            let path = format!("fixtures/contracts/editions/{set}");
            fs::copy(repository(&path), tree.path(set)).expect("the set is copied");
            contracts.push(path);
        }
        let options = "module = \"xlc.test/agree/ours\"\ntext_format = true";
        tree.generate(&contracts, &[kitchen], options, "ours");
        tree.pin("xlc.test/agree", &pins);
        run(Command::new(protoc)
            .current_dir(repository(kitchen))
            .args(["-I.", "--include_imports"])
            .arg(format!("-I{}", known.display()))
            .arg(format!(
                "--descriptor_set_out={}",
                tree.path("kitchen.binpb").display()
            ))
            .args(below(&repository(kitchen), ".proto")));
        tree.write("types_test.go", &tree.registry("ours"));
        Some(tree)
    }

    /// Makes it a module with the pinned dependencies.
    fn pin(&self, module: &str, pins: &Path) {
        let text = fs::read_to_string(pins.join("go.mod")).expect("go.mod is read");
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        self.write("go.mod", &format!("module {module}\n{body}"));
        fs::copy(pins.join("go.sum"), self.path("go.sum")).expect("go.sum is copied");
    }

    /// A file that makes a registry of all types of the generated packages below a directory.
    fn registry(&self, directory: &str) -> String {
        let files = below(&self.path("."), "xlc_types.go");
        let paths = files
            .iter()
            .filter_map(|path| path.strip_suffix("/xlc_types.go"));
        let (mut imports, mut lists) = (String::new(), String::new());
        for (index, path) in paths.enumerate() {
            imports += &format!("p{index} \"xlc.test/agree/{path}\"\n");
            lists += &format!("p{index}.Types(),\n");
        }
        format!(
            "package agree\nimport (\n\"xlc.test/agree/{directory}/xlc\"\n{imports})\nvar types = xlc.NewRegistry(\n{lists})\n"
        )
    }

    fn empty(name: &str) -> Option<Self> {
        let go = toolchain::go()?;
        let directory = tempfile::Builder::new()
            .prefix(&format!("xlc-go-{name}-"))
            .tempdir()
            .expect("a directory");
        Some(Self { directory, go })
    }

    fn generate(&self, contracts: &[String], include: &[&str], options: &str, out: &str) {
        let quoted = |paths: Vec<PathBuf>| -> String {
            let texts: Vec<String> = paths.iter().map(|path| format!("{path:?}")).collect();
            texts.join(", ")
        };
        let contracts = quoted(contracts.iter().map(|path| repository(path)).collect());
        let include = quoted(include.iter().map(|path| repository(path)).collect());
        let config = self.path("xlc.toml");
        self.write(
            "xlc.toml",
            &format!(
                "version = 1\ncontract = [{contracts}]\ninclude = [{include}]\n[target.go]\nout = \"{out}\"\n{options}\n"
            ),
        );
        run(Command::new(env!("CARGO_BIN_EXE_xlc"))
            .args(["gen", "--config"])
            .arg(config));
    }

    /// A path in the tree.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Writes a file of the tree.
    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        fs::write(path, text).expect("the file is written");
    }

    /// Copies a file of the repository into the tree.
    pub(crate) fn copy(&self, from: &str, to: &str) {
        let text = fs::read_to_string(repository(from)).expect("the file is read");
        self.write(to, &text);
    }

    /// Runs a command of Go in the tree.
    pub(crate) fn go(&self, arguments: &[&str]) -> String {
        run(Command::new(&self.go)
            .args(arguments)
            .current_dir(self.directory.path()))
    }

    /// Formatter, compiler and `go vet` have nothing to say.
    pub(crate) fn vet(&self) {
        let Some(gofmt) = toolchain::gofmt() else {
            return;
        };
        let changed = run(Command::new(gofmt)
            .args(["-l", "."])
            .current_dir(self.directory.path()));
        assert_eq!(changed, "", "gofmt would change files");
        self.go(&["vet", "./..."]);
    }

    /// What `go vet` says of a package that it refuses.
    pub(crate) fn vet_fails(&self, package: &str) -> String {
        let output = Command::new(&self.go)
            .args(["vet", package])
            .current_dir(self.directory.path())
            .output()
            .expect("go starts");
        assert!(!output.status.success(), "`go vet {package}` is content");
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    /// As [`Self::vet`], and neither has staticcheck.
    pub(crate) fn lint(&self) {
        self.vet();
        let Some(staticcheck) = toolchain::staticcheck() else {
            return;
        };
        let go = self.go.parent().expect("a parent");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(
            [go.to_owned()]
                .into_iter()
                .chain(std::env::split_paths(&path)),
        );
        run(Command::new(staticcheck)
            .arg("./...")
            .env("PATH", path.expect("a path"))
            .current_dir(self.directory.path()));
    }

    /// The packages' tests pass, and there are some.
    pub(crate) fn test(&self, packages: &[&str]) {
        let output = self.go(&[&["test", "-count=1"], packages].concat());
        assert!(!output.contains("no test"), "{output}");
    }
}

/// The files below a directory whose paths from there end in that.
fn below(directory: &Path, end: &str) -> Vec<String> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a directory is read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                let inside = path.strip_prefix(directory).expect("it is below");
                files.push(inside.to_string_lossy().into_owned());
            }
        }
    }
    files.sort();
    files
}

/// A path in the repository.
fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs a command that must succeed, and gives what it prints.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.success(),
        "{command:?} failed:\n{text}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    text
}
