//! A run that is killed leaves the old tree or the new one. Each test starts itself anew as a process that dies at a chosen
//! step of a commit, and looks at what is left.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use xlc::output::{ChangeKind, Event, Planned, STAGING, Tree, commit, reconcile};

type Files = BTreeMap<String, String>;
/// Paths and texts.
type Listing<'a> = &'a [(&'a str, &'a str)];

/// What the two output directories hold before and after. The second state updates, creates, deletes, turns a directory
/// into a file and a file into a directory.
fn trees(place: &Path, new: bool) -> Vec<Tree> {
    let (one, two): (Listing<'_>, Listing<'_>) = if new {
        (
            &[
                ("kept", "same\n"),
                ("changed", "new\n"),
                ("turns", "new\n"),
                ("file/now", "new\n"),
                ("added/deep/n", "new\n"),
            ],
            &[("changed", "new\n"), ("added", "new\n")],
        )
    } else {
        (
            &[
                ("kept", "same\n"),
                ("changed", "old\n"),
                ("turns/a/b", "old\n"),
                ("file", "old\n"),
                ("gone/g", "old\n"),
            ],
            &[("changed", "old\n"), ("gone", "old\n")],
        )
    };
    [("one", one), ("sub/two", two)]
        .into_iter()
        .map(|(directory, files)| {
            let mut tree = Tree::new(place.join(directory));
            tree.targets.push("t".to_owned());
            for (path, text) in files {
                let planned = Planned {
                    text: (*text).to_owned(),
                    target: "t".to_owned(),
                };
                tree.add(path, planned).unwrap();
            }
            tree
        })
        .collect()
}

/// The files on the disk, without what a run prepares and without the manifests' hashes.
fn disk(place: &Path) -> Files {
    walkdir::WalkDir::new(place)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .filter(|entry| !entry.path().iter().any(|part| part == STAGING))
        .map(|entry| {
            let path = entry.path().strip_prefix(place).unwrap();
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (path.to_string_lossy().into_owned(), text)
        })
        .collect()
}

fn write(trees: &[Tree]) -> Vec<Event> {
    let mut events = Vec::new();
    commit(trees, false, &mut |event| events.push(event)).unwrap();
    events
}

fn fresh(place: &Path) -> Files {
    let _ = std::fs::remove_dir_all(place);
    std::fs::create_dir_all(place).unwrap();
    write(&trees(place, false));
    disk(place)
}

/// What the test program does when it was started to die: it commits and aborts at the step that it was told.
#[test]
#[ignore = "started by the other tests, as a process of its own"]
fn dies() {
    let place = std::env::var("XLC_TEST_PLACE").unwrap();
    let step: usize = std::env::var("XLC_TEST_STEP").unwrap().parse().unwrap();
    let mut steps = 0;
    commit(&trees(Path::new(&place), true), false, &mut |_| {
        if steps == step {
            // At once: no destructor runs and nothing is flushed, as with a signal that cannot be caught.
            std::process::abort();
        }
        steps += 1;
    })
    .unwrap();
}

/// Starts a process that commits the new state and dies at a step; false if it came to its end before.
fn die(place: &Path, step: usize) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "dies", "--ignored"])
        .env("XLC_TEST_PLACE", place)
        .env("XLC_TEST_STEP", step.to_string())
        .output()
        .unwrap()
        .status;
    !status.success()
}

/// Everything is clean, and nothing that a run prepares is left.
fn assert_new_and_clean(place: &Path, new: &Files, step: usize) {
    assert_eq!(&disk(place), new, "step {step}");
    assert!(reconcile(&trees(place, true), false).unwrap().is_clean());
    let left = walkdir::WalkDir::new(place)
        .into_iter()
        .map(Result::unwrap)
        .any(|entry| entry.file_name() == STAGING);
    assert!(!left, "step {step}: prepared files are left");
}

#[test]
fn killed_at_any_step_the_next_run_finds_the_old_tree_or_finishes_the_new_one() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    let old = fresh(place);
    let events = write(&trees(place, true));
    let new = disk(place);
    let committed = events
        .iter()
        .position(|it| *it == Event::Committed)
        .unwrap();
    assert!(
        events.len() - committed > 10,
        "the commit is too small to be of interest"
    );

    for (step, event) in events.iter().enumerate() {
        assert_eq!(fresh(place), old);
        assert!(die(place, step), "nothing died at step {step}");
        let left = disk(place);
        if step < committed {
            assert_eq!(
                left, old,
                "step {step} is before the commit and changed something"
            );
        }
        for (path, text) in &left {
            let whole = old.get(path) == Some(text) || new.get(path) == Some(text);
            assert!(whole, "step {step}: `{path}` is neither old nor new");
        }
        let finished = step >= committed && *event != Event::Done;
        let interrupted = |tree: Vec<Tree>| {
            let changes = reconcile(&tree, false).unwrap();
            changes.directories.iter().all(|it| it.interrupted)
        };
        assert_eq!(interrupted(trees(place, true)), finished, "step {step}");
        if finished {
            // The next run finishes the commit, and has nothing left to do itself.
            let outcome = commit(&trees(place, true), false, &mut |_| {}).unwrap();
            assert_eq!(
                outcome.changes.count(|kind| kind != ChangeKind::Unchanged),
                0
            );
        } else {
            write(&trees(place, true));
        }
        assert_new_and_clean(place, &new, step);
    }
}

#[test]
fn a_run_over_one_directory_finishes_the_commit_in_all() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    fresh(place);
    let events = write(&trees(place, true));
    let new = disk(place);
    let committed = events
        .iter()
        .position(|it| *it == Event::Committed)
        .unwrap();
    for only in [0, 1] {
        fresh(place);
        assert!(die(place, committed + 2));
        let mut part = trees(place, true);
        write(&[part.remove(only)]);
        assert_new_and_clean(place, &new, committed + 2);
    }
}

#[test]
fn a_project_that_was_moved_after_the_kill_is_finished_where_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path().join("here");
    fresh(&place);
    let events = write(&trees(&place, true));
    let new = disk(&place);
    let committed = events
        .iter()
        .position(|it| *it == Event::Committed)
        .unwrap();
    fresh(&place);
    assert!(die(&place, committed + 3));
    let moved = directory.path().join("there");
    std::fs::rename(&place, &moved).unwrap();
    write(&trees(&moved, true));
    assert_new_and_clean(&moved, &new, committed + 3);
    assert!(!place.exists());
}

#[test]
fn a_run_that_is_killed_while_it_finishes_another_is_finished_too() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    fresh(place);
    let events = write(&trees(place, true));
    let new = disk(place);
    let committed = events
        .iter()
        .position(|it| *it == Event::Committed)
        .unwrap();
    for second in 0.. {
        fresh(place);
        assert!(die(place, committed + 1));
        if !die(place, second) {
            assert!(second > 5, "finishing has {second} steps only");
            break;
        }
        write(&trees(place, true));
        assert_new_and_clean(place, &new, second);
    }
}

#[test]
fn an_edit_made_after_the_kill_is_not_lost() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    fresh(place);
    let events = write(&trees(place, true));
    let committed = events
        .iter()
        .position(|it| *it == Event::Committed)
        .unwrap();
    fresh(place);
    assert!(die(place, committed));
    std::fs::write(place.join("one/changed"), "mine\n").unwrap();
    let refused = commit(&trees(place, true), false, &mut |_| {}).unwrap_err();
    assert_eq!(refused.len(), 1);
    assert!(
        refused[0]
            .message
            .ends_with("one/changed` was edited by hand"),
        "{refused:?}"
    );
    assert_eq!(
        std::fs::read_to_string(place.join("one/changed")).unwrap(),
        "mine\n"
    );
    assert_eq!(
        std::fs::read_to_string(place.join("sub/two/added")).unwrap(),
        "new\n"
    );
}

/// The real program, killed by the system at any moment, not only between steps.
#[test]
#[cfg(unix)]
fn the_program_killed_at_random_moments_never_leaves_a_broken_tree() {
    let directory = tempfile::tempdir().unwrap();
    let place = directory.path();
    let contract = |version: usize| {
        let messages: String = (0..60)
            .map(|index| format!("message M{index} {{ string field_{version} = 1; }}\n"))
            .collect();
        format!("syntax = \"proto3\";\npackage p;\n{messages}")
    };
    let config = "version = 1\ncontract = [\"a.proto\"]\n[target.json_schema]\nout = \"gen\"\n";
    std::fs::write(place.join("xlc.toml"), config).unwrap();
    let generate = |wait: bool| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xlc"));
        let mut child = command
            .args(["gen", "-q"])
            .current_dir(place)
            .spawn()
            .unwrap();
        if wait {
            assert!(child.wait().unwrap().success());
        }
        child
    };
    std::fs::write(place.join("a.proto"), contract(0)).unwrap();
    let begun = std::time::Instant::now();
    drop(generate(true));
    let usual = begun.elapsed();
    for round in 1..=24u32 {
        std::fs::write(place.join("a.proto"), contract(round as usize)).unwrap();
        let mut child = generate(false);
        std::thread::sleep(usual * round / 24);
        let _ = child.kill();
        child.wait().unwrap();
        // Whatever was left: the next run needs no force and brings the tree to the new state.
        drop(generate(true));
        let files = disk(&place.join("gen"));
        assert_eq!(files.len(), 61);
        let wanted = format!("field{round}");
        let schemas = files
            .iter()
            .filter(|(path, _)| path.ends_with(".schema.json"));
        assert!(schemas.into_iter().all(|(_, text)| text.contains(&wanted)));
        assert!(!place.join("gen").join(STAGING).exists());
    }
}
