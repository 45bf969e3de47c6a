//! Where files come from: include roots, descriptor sets, built-in files; and what is said when one does not come.

use std::path::{Path, PathBuf};

use prost::Message as _;
use prost_types::{FileDescriptorProto, FileDescriptorSet};
use xlc::diagnostics::{Diagnostic, Severity};
use xlc::load::{Failure, Input, Loaded, load};

/// Writes files below a new directory.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a temporary directory");
    for (path, text) in files {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a directory");
        std::fs::write(path, text).expect("written");
    }
    root
}

fn load_below(root: &Path, files: &[&str], include: &[&str]) -> Result<Loaded, Failure> {
    let inputs: Vec<_> = files
        .iter()
        .map(|file| Input::File(root.join(file)))
        .collect();
    let include: Vec<PathBuf> = include.iter().map(|path| root.join(path)).collect();
    load(&inputs, &include)
}

/// The errors, each as `place: code: message`, and all their help in one text.
fn errors(result: Result<Loaded, Failure>) -> (Vec<String>, String) {
    let failure = result.expect_err("it must not load");
    let shown = |diagnostic: &Diagnostic| {
        let place = diagnostic.primary.as_ref().map(|label| {
            let (file, position) = failure.sources.place(label.span);
            let name = file.rsplit('/').next().unwrap_or(file);
            format!("{name}:{}:{}", position.line, position.column)
        });
        format!(
            "{}: {}: {}",
            place.unwrap_or_default(),
            diagnostic.code.name,
            diagnostic.message
        )
    };
    let errors = failure
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    let help: Vec<_> = failure
        .diagnostics
        .iter()
        .flat_map(|diagnostic| diagnostic.help.clone())
        .collect();
    assert!(
        failure
            .diagnostics
            .iter()
            .all(|diagnostic| !diagnostic.help.is_empty())
    );
    (errors.map(shown).collect(), help.join("\n"))
}

fn set(files: Vec<FileDescriptorProto>) -> Input {
    Input::DescriptorSet {
        name: "set.binpb".into(),
        bytes: FileDescriptorSet { file: files }.encode_to_vec(),
    }
}

fn file(name: &str, syntax: &str, imports: &[&str]) -> FileDescriptorProto {
    FileDescriptorProto {
        name: Some(name.into()),
        syntax: Some(syntax.into()),
        dependency: imports.iter().map(|&import| import.into()).collect(),
        ..FileDescriptorProto::default()
    }
}

#[test]
fn a_missing_import_shows_where_and_what_it_may_mean() {
    let root = tree(&[
        (
            "a.proto",
            "syntax = \"proto3\";\nimport \"studdy.proto\";\nimport \"gone.proto\";\n",
        ),
        (
            "b.proto",
            "syntax = \"proto3\";\nimport \"gone.proto\";\nimport \"deep.proto\";\n",
        ),
        ("study.proto", "syntax = \"proto3\";"),
        ("sub/deep.proto", "syntax = \"proto3\";"),
    ]);
    let (errors, help) = errors(load_below(root.path(), &["b.proto", "a.proto"], &["."]));
    assert_eq!(
        errors,
        [
            "a.proto:2:1: import-not-found: `studdy.proto`, which `a.proto` imports, is not found",
            "a.proto:3:1: import-not-found: `gone.proto`, which `a.proto` imports, is not found",
            "b.proto:2:1: import-not-found: `gone.proto`, which `b.proto` imports, is not found",
            "b.proto:3:1: import-not-found: `deep.proto`, which `b.proto` imports, is not found",
        ]
    );
    assert!(help.contains("did you mean `study.proto`?"), "{help}");
    assert!(help.contains("`sub/deep.proto` is below"), "{help}");
}

#[test]
fn all_broken_files_are_told_and_their_importers_are_quiet() {
    let root = tree(&[
        (
            "a.proto",
            "syntax = \"proto3\"; message A { int32 x = ; }\nmessage B { int32 = 2; }",
        ),
        ("b.proto", "syntax = \"proto3\"; message C {"),
        (
            "c.proto",
            "syntax = \"proto3\"; import \"a.proto\"; message D { A a = 1; Own o = 2; }",
        ),
        ("d.proto", "syntax = \"proto3\"; import public \"a.proto\";"),
        (
            "e.proto",
            "syntax = \"proto3\"; import \"d.proto\"; message F { A a = 1; }",
        ),
    ]);
    let files = ["a.proto", "b.proto", "c.proto", "d.proto", "e.proto"];
    let (errors, _) = errors(load_below(root.path(), &files, &["."]));
    let places: Vec<_> = errors
        .iter()
        .map(|error| error.split(": ").next().unwrap_or_default())
        .collect();
    assert_eq!(
        places,
        ["a.proto:1:42", "a.proto:2:19", "b.proto:1:31"],
        "{errors:#?}"
    );
}

#[test]
fn a_file_must_lie_under_a_root_and_not_be_hidden() {
    let root = tree(&[("x/a.proto", ""), ("y/a.proto", ""), ("z/b.proto", "")]);
    let (told, help) = errors(load_below(root.path(), &["z/b.proto"], &["x"]));
    assert!(told[0].contains("outside-roots"), "{told:?}");
    assert!(help.contains("`include`"), "{help}");
    let (told, _) = errors(load_below(root.path(), &["y/a.proto"], &["x", "y"]));
    assert!(told[0].contains("shadowed-input"), "{told:?}");
    load_below(root.path(), &["x/a.proto"], &["x", "y"]).expect("the first root wins");
    let (told, _) = errors(load_below(root.path(), &["x/none.proto"], &["x"]));
    assert!(told[0].contains("not-found"), "{told:?}");
}

#[test]
fn an_edition_source_is_told_how_to_be_read() {
    let root = tree(&[(
        "study.proto",
        "// A comment.\nedition = \"2023\";\nmessage A {}",
    )]);
    let (told, help) = errors(load_below(root.path(), &["study.proto"], &["."]));
    assert!(
        told[0].starts_with("study.proto:2:1: edition-source"),
        "{told:?}"
    );
    assert!(
        help.contains("protoc --include_imports --include_source_info --descriptor_set_out=study.binpb study.proto"),
        "{help}"
    );
    assert!(help.contains("buf build -o study.binpb"), "{help}");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_leave_no_trace() {
    let text = "\u{feff}syntax = \"proto3\";\r\n// One.\r\n// Two.\r\nmessage A {}\r\n";
    let root = tree(&[("a.proto", text)]);
    let loaded = load_below(root.path(), &["a.proto"], &["."]).expect("it loads");
    assert_eq!(
        loaded.contract.messages()[0].docs.leading.as_deref(),
        Some(" One.\n Two.\n")
    );
}

#[test]
fn the_built_in_files_have_comments_and_give_way_to_the_users_own() {
    let import = "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\";";
    let root = tree(&[("a.proto", import)]);
    let loaded = load_below(root.path(), &["a.proto"], &["."]).expect("it loads");
    let timestamp = &loaded.contract.messages()[0];
    assert_eq!(timestamp.full_name.as_str(), "google.protobuf.Timestamp");
    assert!(timestamp.docs.leading.is_some());
    let own = "syntax = \"proto3\"; package google.protobuf; message Mine {}";
    let root = tree(&[
        ("a.proto", import),
        ("google/protobuf/timestamp.proto", own),
    ]);
    let loaded = load_below(root.path(), &["a.proto"], &["."]).expect("it loads");
    assert_eq!(loaded.contract.messages()[0].name, "Mine");
}

#[test]
fn a_descriptor_set_that_is_none_or_lacks_a_file_is_told() {
    let broken = Input::DescriptorSet {
        name: "set.binpb".into(),
        bytes: vec![0x0a, 0x05, 0x0a],
    };
    let (told, _) = errors(load(&[broken], &[]));
    assert_eq!(
        told,
        [": descriptor-set: `set.binpb` is not a descriptor set: a length reaches beyond the end"]
    );
    let (told, help) = errors(load(
        &[set(vec![file("a.proto", "proto3", &["gone.proto"])])],
        &[],
    ));
    assert_eq!(
        told,
        [": import-not-found: `gone.proto`, which `a.proto` imports, is not found"]
    );
    assert!(help.contains("--include_imports"), "{help}");
    let built_in = set(vec![file(
        "a.proto",
        "proto3",
        &["google/protobuf/any.proto"],
    )]);
    load(&[built_in], &[]).expect("built-in files need not be in the set");
}

#[test]
fn an_unknown_edition_is_told() {
    let mut bytes = FileDescriptorSet {
        file: vec![file("a.proto", "editions", &[])],
    }
    .encode_to_vec();
    // `edition = EDITION_UNSTABLE` (field 14, 9999) at the end of the only file.
    bytes.extend([0x70, 0x8f, 0x4e]);
    bytes[1] += 3;
    let input = Input::DescriptorSet {
        name: "set.binpb".into(),
        bytes,
    };
    let (told, _) = errors(load(&[input], &[]));
    assert_eq!(
        told,
        [
            ": unsupported-edition: `a.proto` is written in the unstable edition, which is not supported"
        ]
    );
}

#[test]
fn two_sets_may_share_files_but_not_disagree() {
    let shared = file("a.proto", "proto3", &[]);
    let mut changed = shared.clone();
    changed.package = Some("other".into());
    let other = file("b.proto", "proto3", &["a.proto"]);
    load(
        &[set(vec![shared.clone()]), set(vec![shared.clone(), other])],
        &[],
    )
    .expect("they agree");
    let (told, _) = errors(load(&[set(vec![shared]), set(vec![changed])], &[]));
    assert!(told[0].contains("descriptor-set"), "{told:?}");
}

#[test]
fn a_plugin_request_asks_for_some_of_its_files() {
    let files = vec![
        file("a.proto", "proto3", &[]),
        file("b.proto", "proto3", &["a.proto"]),
    ];
    let input = Input::Request {
        bytes: FileDescriptorSet { file: files }.encode_to_vec(),
        generate: vec!["b.proto".into()],
    };
    let loaded = load(&[input], &[]).expect("it loads");
    let requested: Vec<_> = loaded
        .contract
        .requested_files()
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(requested, ["b.proto"]);
}
