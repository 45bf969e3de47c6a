//! Where Go code goes: which .proto files share a package, its import path, directory and name, and the file names.
//! Knows nothing of what the packages declare.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{Contract, File, FileId};
use crate::diagnostics::{Diagnostic, codes};

/// A Go package.
#[derive(Debug, Clone)]
pub(super) struct Package {
    /// Where it is below the root of the output; empty for the root itself.
    pub(super) dir: String,
    /// The import path.
    pub(super) path: String,
    /// The name in its `package` clauses.
    pub(super) name: String,
    /// The .proto files in it, in the order of their paths.
    pub(super) files: Vec<FileId>,
}

/// The packages of a contract.
#[derive(Debug)]
pub(super) struct Packages {
    /// All packages, in the order of their directories.
    pub(super) list: Vec<Package>,
    of_file: Vec<usize>,
    file_names: Vec<String>,
}

impl Packages {
    /// The index of the package of a file.
    pub(super) fn index(&self, file: FileId) -> usize {
        self.of_file[file.index()]
    }

    /// The path of the Go file for a .proto file, below the root of the output.
    pub(super) fn output(&self, file: FileId) -> String {
        inside(
            &self.list[self.index(file)].dir,
            &self.file_names[file.index()],
        )
    }

    /// Lays out a contract below the import path `module`.
    ///
    /// # Errors
    /// If two files give one import path two names, or packages would import one another in a circle.
    pub(super) fn lay_out(contract: &Contract, module: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut by_dir: BTreeMap<String, Package> = BTreeMap::new();
        let mut errors = Vec::new();
        for file in sorted(contract) {
            let (dir, name) = place(file, module);
            let package = by_dir.entry(dir.clone()).or_insert_with(|| Package {
                path: inside(module, &dir),
                dir,
                name: name.clone(),
                files: Vec::new(),
            });
            if package.name != name {
                errors.push(
                    Diagnostic::error(
                        &codes::GO_PACKAGE,
                        format!(
                            "the Go package `{}` is called `{}` and `{name}`",
                            package.path, package.name
                        ),
                    )
                    .in_file(file.path.as_str())
                    .help("give all files with one import path the same name after the `;` of `go_package`"),
                );
            }
            package.files.push(file.id);
        }
        let list: Vec<Package> = by_dir.into_values().collect();
        let mut of_file = vec![0; contract.files().len()];
        let mut file_names = vec![String::new(); contract.files().len()];
        for (index, package) in list.iter().enumerate() {
            let mut taken = BTreeSet::new();
            for &file in &package.files {
                of_file[file.index()] = index;
                file_names[file.index()] = file_name(&contract.file(file).path, &mut taken);
            }
        }
        let packages = Self {
            list,
            of_file,
            file_names,
        };
        errors.extend(packages.circle(contract));
        if errors.is_empty() {
            Ok(packages)
        } else {
            Err(errors)
        }
    }

    /// An error if packages import one another in a circle, which Go refuses though protobuf allows it.
    fn circle(&self, contract: &Contract) -> Option<Diagnostic> {
        let mut needs: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.list.len()];
        for &file in self.list.iter().flat_map(|package| &package.files) {
            let mentioned = contract.referenced_files(file).into_iter();
            needs[self.index(file)].extend(mentioned.map(|other| self.index(other)));
        }
        for (from, targets) in needs.iter_mut().enumerate() {
            targets.remove(&from);
        }
        let mut settled = vec![false; needs.len()];
        while let Some(next) = (0..needs.len())
            .find(|&i| !settled[i] && needs[i].iter().all(|&target| settled[target]))
        {
            settled[next] = true;
        }
        let mut at = settled.iter().position(|&done| !done)?;
        let mut trail: Vec<usize> = Vec::new();
        while !trail.contains(&at) {
            trail.push(at);
            at = *needs[at].iter().find(|&&target| !settled[target])?;
        }
        let begin = trail.iter().position(|&seen| seen == at).unwrap_or(0);
        let names: Vec<String> = trail[begin..]
            .iter()
            .chain([&at])
            .map(|&index| format!("`{}`", self.list[index].path))
            .collect();
        Some(
            Diagnostic::error(
                &codes::GO_PACKAGE,
                format!(
                    "Go packages would import one another: {}",
                    names.join(" -> ")
                ),
            )
            .help("give their files the same `go_package`"),
        )
    }
}

fn sorted(contract: &Contract) -> Vec<&File> {
    let generated = contract.generated_files();
    let mut files: Vec<&File> = generated.iter().map(|&id| contract.file(id)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// `dir/name`, or `name` in the root.
pub(super) fn inside(dir: &str, name: &str) -> String {
    match (dir, name) {
        ("", name) => name.to_owned(),
        (dir, "") => dir.to_owned(),
        (dir, name) => format!("{dir}/{name}"),
    }
}

/// The directory and the name of the package of a file: what `go_package` says, else the protobuf package. An import
/// path outside of `module` becomes a directory as it is.
fn place(file: &File, module: &str) -> (String, String) {
    let own = file.package == "google.protobuf";
    if let Some(option) = file.options.go_package.as_deref().filter(|_| !own) {
        let (path, name) = match option.split_once(';') {
            Some((path, name)) => (path, Some(name)),
            None => (option, None),
        };
        let path = path.trim_matches('/');
        let last = path.rsplit('/').next().unwrap_or_default();
        let dir = match path.strip_prefix(module) {
            Some("") => String::new(),
            Some(rest) if rest.starts_with('/') => rest[1..].to_owned(),
            Some(_) | None => path.to_owned(),
        };
        return (directory(&dir), package_name(name.unwrap_or(last)));
    }
    let dir = directory(&file.package.replace('.', "/"));
    let last = if dir.is_empty() { module } else { &dir };
    let name = package_name(last.rsplit('/').next().unwrap_or_default());
    (dir, name)
}

/// A directory whose parts Go neither ignores nor gives a meaning of its own, and that is not the runtime's.
fn directory(path: &str) -> String {
    let parts: Vec<String> = path
        .split('/')
        .filter(|part| !part.is_empty() && *part != "." && *part != "..")
        .map(|part| {
            let part = part.to_ascii_lowercase();
            match part.as_str() {
                "vendor" | "internal" | "testdata" => format!("{part}_"),
                _ if part.starts_with(['_', '.']) => format!("x{part}"),
                _ => part,
            }
        })
        .collect();
    match parts.first().map(String::as_str) {
        Some("xlc") => format!("xlc_{}", parts.join("/").trim_start_matches("xlc")),
        Some(_) | None => parts.join("/"),
    }
}

/// A legal name for a package.
fn package_name(text: &str) -> String {
    let mut name: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit() || c == '_') {
        name.insert(0, 'x');
    }
    if KEYWORDS.contains(&name.as_str()) || name.ends_with("_test") {
        name.push('_');
    }
    name
}

const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "main",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// `study_pb.go` for `radiology/study.proto`. The ending keeps Go from reading `scan_windows` as a file for Windows
/// and `struct_test` as a test. A name that is taken in the package gets its directories before it.
fn file_name(path: &str, taken: &mut BTreeSet<String>) -> String {
    let stem = path.strip_suffix(".proto").unwrap_or(path);
    let plain = |text: &str| {
        let name: String = text
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    '_'
                }
            })
            .collect();
        // Go does not see a file whose name begins with an underscore.
        match name.trim_start_matches('_') {
            "" => "x_pb.go".to_owned(),
            name => format!("{name}_pb.go"),
        }
    };
    let mut name = plain(stem.rsplit('/').next().unwrap_or(stem));
    if taken.contains(&name) {
        name = plain(stem);
    }
    while !taken.insert(name.clone()) {
        name.insert_str(0, "x_");
    }
    name
}
