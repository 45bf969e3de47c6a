//! protoc as referee over contracts of other projects: each of their files is accepted or rejected as protoc does it,
//! has warnings on the same lines, and means the same. What differs is listed in `fixtures/protoc/trees.toml` with the
//! reason; nothing else may be in there.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use support::referee;
use support::toolchain;
use xlc::diagnostics::{Diagnostic, Severity};
use xlc::load::{Input, load};
use xlc::source::Sources;

#[derive(Deserialize)]
struct Listed {
    disagreement: Vec<Disagreement>,
}

#[derive(Deserialize)]
struct Disagreement {
    tree: String,
    kind: Kind,
    reason: String,
    /// Import paths; with a line for warnings.
    files: Vec<String>,
}

/// In what the loader and protoc differ about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// Only protoc accepts it.
    Rejected,
    /// Only we accept it.
    Accepted,
    /// Only protoc warns at this line.
    Silent,
    /// Only we warn at this line.
    Warned,
    /// It means something else.
    Meaning,
}

type Found = BTreeSet<(Kind, String)>;

/// Compares what was found in a tree with what is listed for it.
fn settle(tree: &str, mut found: Found) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/protoc/trees.toml");
    let text = std::fs::read_to_string(path).expect("it is there");
    let listed: Listed = toml::from_str(&text).expect("it is as described");
    let mut report = String::new();
    for disagreement in listed
        .disagreement
        .iter()
        .filter(|listed| listed.tree == tree)
    {
        assert!(!disagreement.reason.is_empty());
        for file in &disagreement.files {
            if !found.remove(&(disagreement.kind, file.clone())) {
                report += &format!("{:?} {file}: listed and not so\n", disagreement.kind);
            }
        }
    }
    let rest = found.len();
    for (kind, file) in found.into_iter().take(100) {
        report += &format!("{kind:?} {file}\n");
    }
    assert!(report.is_empty(), "{tree}, {rest} not listed:\n{report}");
}

/// Which files have errors of their own, and where warnings are.
#[derive(Default)]
struct Told {
    errors: BTreeSet<String>,
    warnings: BTreeSet<String>,
}

fn ours(sources: &Sources, diagnostics: &[Diagnostic], roots: &[PathBuf]) -> Told {
    let mut told = Told::default();
    for diagnostic in diagnostics {
        let (file, line) = match &diagnostic.primary {
            Some(label) => (
                sources.get(label.span.source).name(),
                label.span.start_line + 1,
            ),
            None => (diagnostic.file.as_deref().unwrap_or_default(), 0),
        };
        let import = referee::import_path(roots, Path::new(file));
        match diagnostic.severity {
            Severity::Error => drop(told.errors.insert(import)),
            Severity::Warning => drop(told.warnings.insert(format!("{import}:{line}"))),
        }
    }
    told
}

/// A file is as good as rejected if something that it imports is.
fn with_importers(
    mut rejected: BTreeSet<String>,
    imports: &BTreeMap<String, Vec<String>>,
) -> BTreeSet<String> {
    loop {
        let more: Vec<String> = imports
            .iter()
            .filter(|(file, _)| !rejected.contains(*file))
            .filter(|(_, imports)| imports.iter().any(|import| rejected.contains(import)))
            .map(|(file, _)| file.clone())
            .collect();
        if more.is_empty() {
            return rejected;
        }
        rejected.extend(more);
    }
}

/// Judges files of one load; gives back those that both accept. Left out, with all that imports them, are sources in an
/// edition, which are refused by design, and files whose imports are not in the tree.
fn judge(protoc: &Path, roots: &[PathBuf], files: &[PathBuf], found: &mut Found) -> Vec<PathBuf> {
    let imports: BTreeMap<String, Vec<String>> = files
        .iter()
        .map(|file| (referee::import_path(roots, file), referee::imports(file)))
        .collect();
    let built_in = toolchain::protoc_include();
    let in_tree = |import: &String| {
        let mut roots = roots.iter().chain(&built_in);
        roots.any(|root| root.join(import).exists())
    };
    let left_out = files
        .iter()
        .map(|file| (file, referee::import_path(roots, file)))
        .filter(|(file, path)| referee::is_edition(file) || !imports[path].iter().all(in_tree))
        .map(|(_, path)| path)
        .collect();
    let left_out = with_importers(left_out, &imports);
    let files: Vec<PathBuf> = files
        .iter()
        .filter(|file| !left_out.contains(&referee::import_path(roots, file)))
        .cloned()
        .collect();
    let files = &files;
    let said = referee::protoc_says(protoc, roots, files);
    let theirs = Told {
        errors: said
            .iter()
            .filter(|said| !said.is_warning)
            .map(|said| referee::import_path(roots, Path::new(&said.file)))
            .collect(),
        warnings: said
            .iter()
            .filter(|said| said.is_warning)
            .map(|said| {
                (
                    referee::import_path(roots, Path::new(&said.file)),
                    said.line,
                )
            })
            .map(|(file, line)| format!("{file}:{line}"))
            .collect(),
    };
    let inputs: Vec<_> = files.iter().cloned().map(Input::File).collect();
    let ours = match load(&inputs, roots) {
        Ok(loaded) => ours(&loaded.sources, &loaded.warnings, roots),
        Err(failure) => ours(&failure.sources, &failure.diagnostics, roots),
    };
    let we_reject = with_importers(ours.errors, &imports);
    let they_reject = with_importers(theirs.errors, &imports);
    let mut add =
        |kind, only: BTreeSet<String>| found.extend(only.into_iter().map(|file| (kind, file)));
    add(Kind::Rejected, &we_reject - &they_reject);
    add(Kind::Accepted, &they_reject - &we_reject);
    // Without a verdict on all files there are not all warnings.
    if we_reject.is_empty() && they_reject.is_empty() {
        add(Kind::Silent, &theirs.warnings - &ours.warnings);
        add(Kind::Warned, &ours.warnings - &theirs.warnings);
    }
    files
        .iter()
        .filter(|file| {
            let import = referee::import_path(roots, file);
            !we_reject.contains(&import) && !they_reject.contains(&import)
        })
        .cloned()
        .collect()
}

fn tree(name: &str) -> Option<(PathBuf, PathBuf)> {
    Some((
        toolchain::protoc()?,
        toolchain::contract_trees()?.join(name),
    ))
}

/// Every `n`th of them, so that a comparison of everything fits into a test run.
fn sample(files: &[PathBuf], n: usize) -> Vec<PathBuf> {
    files.iter().step_by(n).cloned().collect()
}

#[test]
fn googleapis() {
    let Some((protoc, root)) = tree("googleapis") else {
        return;
    };
    let roots = [root.clone()];
    let files = referee::proto_files(&root);
    assert!(files.len() > 7_000, "{}", files.len());
    let mut found = Found::new();
    let accepted = judge(&protoc, &roots, &files, &mut found);
    assert!(accepted.len() > 7_000, "{}", accepted.len());
    for difference in referee::differences(&protoc, &roots, &sample(&accepted, 40)) {
        found.insert((Kind::Meaning, difference));
    }
    settle("googleapis", found);
}

#[test]
fn kubernetes() {
    let Some((protoc, root)) = tree("kubernetes") else {
        return;
    };
    let roots = [root.clone()];
    let files = referee::proto_files(&root);
    assert!(files.len() > 60, "{}", files.len());
    let mut found = Found::new();
    let accepted = judge(&protoc, &roots, &files, &mut found);
    for difference in referee::differences(&protoc, &roots, &accepted) {
        found.insert((Kind::Meaning, difference));
    }
    settle("kubernetes", found);
}

#[test]
fn etcd() {
    let Some((protoc, root)) = tree("etcd") else {
        return;
    };
    let trees = root.parent().unwrap();
    let roots = [
        root.clone(),
        root.join("etcd/api/etcdserverpb"),
        trees.join("gogo/github.com/gogo/protobuf"),
        trees.join("googleapis"),
    ];
    let mut found = Found::new();
    for file in referee::proto_files(&root) {
        let accepted = judge(&protoc, &roots, &[file], &mut found);
        for difference in referee::differences(&protoc, &roots, &accepted) {
            found.insert((Kind::Meaning, difference));
        }
    }
    settle("etcd", found);
}

/// Its directories hold variants of the same packages, so each is a load of its own.
#[test]
fn gogo() {
    let Some((protoc, root)) = tree("gogo") else {
        return;
    };
    let own = root.join("github.com/gogo/protobuf");
    let mut directories: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for file in referee::proto_files(&root) {
        let directory = file.parent().unwrap().to_owned();
        directories.entry(directory).or_default().push(file);
    }
    assert!(directories.len() > 50, "{}", directories.len());
    let mut found = Found::new();
    for (directory, files) in directories {
        // protobuf's own files are vendored there, and found below their own root.
        let vendored = own.join("protobuf");
        let roots = if directory.starts_with(&vendored) {
            vec![vendored]
        } else {
            vec![root.clone(), vendored, directory]
        };
        let mut together = Found::new();
        let accepted = judge(&protoc, &roots, &files, &mut together);
        if together.is_empty() {
            for difference in referee::differences(&protoc, &roots, &accepted) {
                found.insert((Kind::Meaning, difference));
            }
            continue;
        }
        // protoc stops at the first file that it rejects, and files that are no contract together may be one alone.
        for file in files {
            let accepted = judge(&protoc, &roots, &[file], &mut found);
            for difference in referee::differences(&protoc, &roots, &accepted) {
                found.insert((Kind::Meaning, difference));
            }
        }
    }
    settle("gogo", found);
}

#[test]
fn conformance() {
    let (Some(protoc), Some(root)) = (toolchain::protoc(), toolchain::conformance_include()) else {
        return;
    };
    let roots = [root.clone()];
    let (sources, editions): (Vec<_>, Vec<_>) = referee::proto_files(&root)
        .into_iter()
        .partition(|file| !referee::is_edition(file));
    assert!(sources.len() >= 3 && !editions.is_empty());
    let mut found = Found::new();
    let accepted = judge(&protoc, &roots, &sources, &mut found);
    for difference in referee::differences(&protoc, &roots, &accepted) {
        found.insert((Kind::Meaning, difference));
    }
    settle("conformance", found);
    for file in editions {
        let bytes = referee::descriptor_set(&protoc, &roots, &[file], false);
        let name = "conformance.binpb".to_owned();
        let loaded = load(&[Input::DescriptorSet { name, bytes }], &[]);
        let told = loaded.map_or_else(|failure| failure.diagnostics, |loaded| loaded.warnings);
        assert!(told.is_empty(), "{told:#?}");
    }
}
