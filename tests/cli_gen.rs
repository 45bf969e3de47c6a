//! `xlc gen` as a process: what it writes, what it says, and its exit codes.
#![cfg(feature = "cli")]

mod support;

use support::cli::{CONFIG, CONTRACT, ITEM, ORDER, Project};

#[test]
fn generating_twice_writes_once() {
    let project = Project::shop();
    let first = project.xlc(&["gen"]);
    assert_eq!((first.code, first.stdout.as_str()), (0, ""));
    assert_eq!(
        first.stderr,
        "    Finished create 2, update 0, delete 0, unchanged 0\n"
    );
    let before = std::fs::metadata(project.join(ITEM)).unwrap();
    let directory = std::fs::metadata(project.join("gen/json")).unwrap();
    let second = project.xlc(&["gen", "-v"]);
    assert_eq!(second.code, 0);
    insta::assert_snapshot!(second.stderr, @r"
       Unchanged gen/json/shop/v1/Item.schema.json
       Unchanged gen/json/shop/v1/Order.schema.json
        Finished create 0, update 0, delete 0, unchanged 2
    ");
    let after = std::fs::metadata(project.join(ITEM)).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    let now = std::fs::metadata(project.join("gen/json")).unwrap();
    assert_eq!(directory.modified().unwrap(), now.modified().unwrap());
    assert_eq!(project.xlc(&["gen", "-q"]).stderr, "");
}

#[test]
fn what_the_contract_no_longer_says_is_removed() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen"]).code, 0);
    project.write(
        "proto/shop/v1/shop.proto",
        "syntax = \"proto3\";\npackage other;\nmessage Order { string name = 1; }\n",
    );
    let run = project.xlc(&["gen", "-v"]);
    insta::assert_snapshot!(run.stderr, @r"
         Created gen/json/other/Order.schema.json
         Deleted gen/json/shop/v1/Item.schema.json
         Deleted gen/json/shop/v1/Order.schema.json
        Finished create 1, update 0, delete 2, unchanged 0
    ");
    assert!(
        !project.join("gen/json/shop").exists(),
        "an empty directory is left"
    );
}

#[test]
fn check_tells_each_state_and_exits_with_1() {
    let project = Project::shop();
    let run = project.xlc(&["gen", "--check"]);
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert!(
        run.stderr
            .contains("     missing gen/json/shop/v1/Item.schema.json\n"),
        "{run:?}"
    );
    assert!(!project.join("gen").exists(), "--check wrote something");
    assert_eq!(project.xlc(&["gen"]).code, 0);

    let clean = project.xlc(&["gen", "--check"]);
    assert_eq!(clean.code, 0);
    assert_eq!(clean.stderr, "     Checked 2 files, all up to date\n");

    let state = |prepare: &dyn Fn()| {
        prepare();
        let run = project.xlc(&["gen", "--check"]);
        assert_eq!(run.code, 1, "{run:?}");
        assert_eq!(project.xlc(&["gen", "--check", "-q"]).stderr, "");
        assert_eq!(project.xlc(&["gen", "--force", "-q"]).code, 0);
        assert_eq!(project.xlc(&["gen", "--check", "-q"]).code, 0);
        run.stderr
    };
    let edited = state(&|| project.write(ITEM, "mine\n"));
    let ended = state(&|| project.write(ITEM, &project.read(ITEM).replace('\n', "\r\n")));
    let gone = state(&|| std::fs::remove_file(project.join(ITEM)).unwrap());
    let record =
        state(&|| std::fs::remove_file(project.join("gen/json/.xlc-manifest.json")).unwrap());
    let stale = state(&|| {
        project.write(
            "proto/shop/v1/shop.proto",
            &CONTRACT.replace("count", "number"),
        );
    });
    let orphaned = state(&|| {
        let half = CONTRACT.split("message Item").next().unwrap();
        project.write("proto/shop/v1/shop.proto", half);
    });
    let orphan_edited = {
        project.write("proto/shop/v1/shop.proto", CONTRACT);
        assert_eq!(project.xlc(&["gen"]).code, 0);
        state(&|| {
            project.write(ITEM, "mine\n");
            let half = CONTRACT.split("message Item").next().unwrap();
            project.write("proto/shop/v1/shop.proto", half);
        })
    };
    let foreign = state(&|| {
        project.write(ITEM, "somebody's\n");
        project.write("proto/shop/v1/shop.proto", CONTRACT);
    });
    insta::assert_snapshot!(format!(
        "hand-edited\n{edited}\nline endings\n{ended}\nmissing\n{gone}\nthe record\n{record}\nstale\n{stale}\n\
         orphaned\n{orphaned}\nhand-edited and orphaned\n{orphan_edited}\nforeign\n{foreign}"
    ));
}

#[test]
fn a_hand_edit_is_not_overwritten_without_force() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen"]).code, 0);
    project.write(ORDER, "mine\n");
    project.write(
        "proto/shop/v1/shop.proto",
        &CONTRACT.replace("count", "number"),
    );
    let before = project.files("gen");
    let refused = project.xlc(&["gen"]);
    assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(refused.stderr);
    assert_eq!(
        project.files("gen"),
        before,
        "a refused run wrote something"
    );
    let forced = project.xlc(&["gen", "--force"]);
    assert_eq!(
        forced.stderr,
        "    Finished create 0, update 2, delete 0, unchanged 0\n"
    );
}

#[test]
fn a_foreign_file_is_not_overwritten_without_force() {
    let project = Project::shop();
    project.write(ITEM, "somebody's\n");
    let refused = project.xlc(&["gen"]);
    assert_eq!(refused.code, 2);
    insta::assert_snapshot!(refused.stderr);
    assert_eq!(project.files("gen").len(), 1);
}

#[test]
fn diffs_go_to_standard_output_and_can_be_applied() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen"]).code, 0);
    project.write(
        "proto/shop/v1/shop.proto",
        &CONTRACT.replace("count", "number"),
    );
    let checked = project.xlc(&["gen", "--check", "--diff"]);
    assert_eq!(checked.code, 1);
    insta::assert_snapshot!(checked.stdout);
    let dry = project.xlc(&["gen", "--dry-run", "--diff"]);
    assert_eq!((dry.code, &dry.stdout), (0, &checked.stdout));
    insta::assert_snapshot!(dry.stderr, @r"
    Would update gen/json/shop/v1/Item.schema.json
         Dry run create 0, update 1, delete 0, unchanged 1
    ");
    let written = project.xlc(&["gen", "--diff"]);
    assert_eq!((written.code, &written.stdout), (0, &checked.stdout));
    assert_eq!(project.xlc(&["gen", "--check"]).code, 0);
}

#[test]
fn errors_of_the_contract_show_their_place_and_exit_with_2() {
    let project = Project::shop();
    project.write(
        "proto/shop/v1/shop.proto",
        &CONTRACT.replace("int64 count", "Cuont count"),
    );
    let run = project.xlc(&["gen"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    insta::assert_snapshot!(run.stderr);
    assert_eq!(project.xlc(&["gen", "--check"]).code, 2);
    assert!(!project.join("gen").exists());
}

#[test]
fn the_configuration_is_found_above_and_paths_are_shown_from_here() {
    let project = Project::shop();
    let mut command = project.command(&["gen", "-v"]);
    command.current_dir(project.join("proto/shop"));
    let run = support::cli::run(command, b"");
    assert!(
        run.stderr.contains(&format!("Created ../../{ITEM}\n")),
        "{run:?}"
    );
    assert!(project.join(ITEM).exists());
}

#[test]
fn without_a_configuration_the_way_out_is_told() {
    let project = Project::new(&[]);
    let run = project.xlc(&["gen"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr);
}

#[test]
fn mistakes_in_the_configuration_are_shown_with_the_nearest_word() {
    let project = Project::shop();
    project.write(
        "xlc.toml",
        &CONFIG
            .replace("include", "inlcude")
            .replace("json_schema", "json_shema"),
    );
    let run = project.xlc(&["gen"]);
    assert_eq!(run.code, 2);
    insta::assert_snapshot!(run.stderr);
    project.write("xlc.toml", CONFIG);
    let run = project.xlc(&["gen", "json_shema"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("did you mean `json_schema`?"),
        "{run:?}"
    );
}

#[test]
fn one_target_works_without_a_configuration() {
    let project = Project::new(&[("proto/shop/v1/shop.proto", CONTRACT)]);
    let arguments = [
        "gen",
        "json_schema",
        "--contract",
        "proto",
        "-I",
        "proto",
        "--out",
        "gen/json",
        "--option",
        "names=proto",
    ];
    let run = project.xlc(&arguments);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(project.join(ITEM).exists());
    let mut wrong = arguments;
    wrong[9] = "nmes=proto";
    let run = project.xlc(&wrong);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("did you mean `names`?"), "{run:?}");
    assert_eq!(
        project
            .xlc(&["gen", "--contract", "proto", "--out", "x"])
            .code,
        2
    );
    assert_eq!(project.xlc(&["gen", "json_schema", "--out", "x"]).code, 2);
}

#[test]
fn an_output_directory_that_cannot_be_written_is_named() {
    let project = Project::shop();
    project.write("gen", "a file");
    let run = project.xlc(&["gen"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("gen/json"), "{run:?}");
    assert_eq!(project.read("gen"), "a file");
}

#[test]
fn hostile_contracts_are_refused_and_crash_nothing() {
    let deep = |open: &str, close: &str, times: usize| {
        let (open, close) = (open.repeat(times), close.repeat(times));
        format!("syntax = \"proto3\";\nmessage Top {{ {open} {close} }}\n")
    };
    let many = format!("syntax = \"proto3\"; {}", "message M {} ".repeat(20_000));
    for contract in [
        deep("message A {", "}", 100_000),
        deep("message A {", "}", 500),
        many,
    ] {
        let project = Project::shop();
        project.write("proto/shop/v1/shop.proto", &contract);
        let run = project.xlc(&["gen"]);
        assert_eq!(
            run.code,
            2,
            "{}",
            run.stderr.get(..2000).unwrap_or(&run.stderr)
        );
        assert!(run.stderr.contains("--> proto/shop/v1/shop.proto:"));
        assert!(!run.stderr.contains("internal error"));
        assert!(!project.join("gen").exists());
    }
}

#[test]
fn of_a_thousand_errors_a_hundred_are_shown() {
    let project = Project::shop();
    let fields: String = (1..=1000)
        .map(|number| format!("  Nothing f{number} = {number};\n"))
        .collect();
    project.write(
        "proto/shop/v1/shop.proto",
        &format!("syntax = \"proto3\";\nmessage M {{\n{fields}}}\n"),
    );
    let shown = |arguments: &[&str]| project.xlc(arguments).stderr.matches("\nerror[").count() + 1;
    assert_eq!(shown(&["gen"]), 100);
    assert_eq!(shown(&["gen", "-v"]), 1000);
    let end = project.xlc(&["gen"]).stderr;
    assert!(end.ends_with(
        "  = help: 900 more are not shown; `--verbose` shows all\nerror: could not generate: 1000 errors\n"
    ), "{end}");
}

#[test]
fn all_targets_are_written_or_none() {
    let project = Project::shop();
    let second = "\n[target.csharp]\nout = \"gen/csharp\"\n";
    project.write("xlc.toml", &format!("{CONFIG}{second}"));
    project.write(ITEM, "somebody's\n");
    assert_eq!(project.xlc(&["gen"]).code, 2);
    assert!(!project.join("gen/csharp").exists());
    assert_eq!(project.xlc(&["gen", "csharp"]).code, 0);
    assert!(project.join("gen/csharp").exists());
    assert_eq!(project.read(ITEM), "somebody's\n");
}

#[test]
fn directories_that_targets_share_or_nest_are_kept_apart_by_path() {
    let project = Project::shop();
    project.write(
        "xlc.toml",
        &format!("{CONFIG}\n[target.csharp]\nout = \"gen/json\"\n"),
    );
    assert_eq!(project.xlc(&["gen"]).code, 0);
    let both = project.files("gen/json");
    assert_eq!(project.xlc(&["gen", "json_schema"]).code, 0);
    assert_eq!(
        project.files("gen/json"),
        both,
        "one target removed the other's files"
    );
    project.write("xlc.toml", CONFIG);
    assert_eq!(project.xlc(&["gen"]).code, 0);
    assert_eq!(
        project.files("gen/json").len(),
        3,
        "what a target left behind stays"
    );
}

#[test]
fn what_a_killed_run_left_undone_is_told_and_finished() {
    let project = Project::shop();
    assert_eq!(project.xlc(&["gen"]).code, 0);
    // As a run leaves it that was killed after its commit: the tree that it wanted, prepared, and the journal.
    let before = project.files("gen/json");
    project.write(
        "proto/shop/v1/shop.proto",
        &CONTRACT.replace("count", "number"),
    );
    assert_eq!(project.xlc(&["gen"]).code, 0);
    let after = project.files("gen/json");
    let mut steps = Vec::new();
    for (path, text) in &after {
        if before[path] != *text {
            let hash = sha256(&project.join(&format!("gen/json/{path}")), &before[path]);
            project.write(&format!("gen/json/.xlc-staging/new-{}", steps.len()), text);
            steps.push(serde_json::json!({"root": 0, "path": path, "write": true, "old": hash}));
        }
    }
    assert_eq!(steps.len(), 2, "the file and the manifest change");
    let journal = serde_json::json!({"version": 1, "roots": ["."], "steps": steps});
    project.write("gen/json/.xlc-staging/journal", &journal.to_string());

    let checked = project.xlc(&["gen", "--check"]);
    assert_eq!(checked.code, 1);
    insta::assert_snapshot!(checked.stderr);
    let finished = project.xlc(&["gen"]);
    insta::assert_snapshot!(finished.stderr, @r"
       Recovered finished what an earlier run left undone
        Finished create 0, update 0, delete 0, unchanged 2
    ");
    assert_eq!(project.files("gen/json"), after);
}

/// Puts a text back and gives its SHA-256, as the manifest of the run that wrote it has it.
fn sha256(path: &std::path::Path, text: &str) -> String {
    use sha2::{Digest as _, Sha256};
    std::fs::write(path, text).expect("it can be written");
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
